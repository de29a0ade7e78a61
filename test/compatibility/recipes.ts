import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_FOLDER } from '../../demo/paths';

const FOLDER = join(__dirname, 'n8n');

/** A version of n8n that the package is run in. */
export interface Recipe {
	version: string;
	/** Its package.json and package-lock.json. */
	folder: string;
}

const byVersion = (one: Recipe, other: Recipe) =>
	one.version.localeCompare(other.version, 'en', { numeric: true });

/** Each version of n8n with a lock file, the oldest first; the newest is the demo's. */
export function recipes(newest: string): Recipe[] {
	const older = readdirSync(FOLDER).map((version) => ({ version, folder: join(FOLDER, version) }));
	return [...older.sort(byVersion), { version: newest, folder: DEMO_FOLDER }];
}

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_FOLDER, n8nFolder, n8nVersion, PROJECT_FOLDER } from '../demo/paths';

const FOLDER = join(PROJECT_FOLDER, 'test', 'compatibility', 'n8n');

/** A version of n8n that the package is run in. */
export interface Recipe {
	version: string;
	/** Its package.json and package-lock.json. */
	folder: string;
}

const byVersion = (one: Recipe, other: Recipe) =>
	one.version.localeCompare(other.version, 'en', { numeric: true });

/** Each version of n8n with a lock file of its own, the oldest first. */
export const olderRecipes = (): Recipe[] =>
	readdirSync(FOLDER)
		.map((version) => ({ version, folder: join(FOLDER, version) }))
		.sort(byVersion);

/** The same, and the demo's n8n, which is the newest. */
export const recipes = (): Recipe[] => [
	...olderRecipes(),
	{ version: n8nVersion(), folder: DEMO_FOLDER },
];

/** Whether it is in the cache: scripts/n8n.ts puts it there, or says why it does not install. */
export const isInstalled = ({ folder }: Recipe): boolean => existsSync(n8nFolder(folder));

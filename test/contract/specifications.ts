import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface Specification {
	/** `vbr` */
	product: string;
	/** `1.3-rev2` */
	version: string;
	file: string;
}

const ROOT = resolve(__dirname, '../..');

/**
 * Where Veeam's OpenAPI files are: the folder named by VEEAM_SPECS, or `../shared/specs` beside the
 * checkout. They are not part of this repository.
 */
export const SPECIFICATIONS_FOLDER = resolve(
	ROOT,
	process.env.VEEAM_SPECS ?? join('..', 'shared', 'specs'),
);

/** The specifications of a product that are there, named `<product>-<version>.json`. */
export function specificationsOf(product: string): Specification[] {
	if (!existsSync(SPECIFICATIONS_FOLDER)) return [];
	return readdirSync(SPECIFICATIONS_FOLDER)
		.map((name) => ({ name, match: /^([a-z0-9]+)-(.+)\.json$/.exec(name) }))
		.filter(({ match }) => match?.[1] === product)
		.map(({ name, match }) => ({
			product,
			version: match?.[2] ?? '',
			file: join(SPECIFICATIONS_FOLDER, name),
		}))
		.sort((a, b) => a.version.localeCompare(b.version));
}

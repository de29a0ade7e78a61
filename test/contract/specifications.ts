import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { nameOf, type OpenApi, type OpenApiOperation } from './openapi';
import { putBasePathIntoPaths } from './prepare';

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

/** The same of versions that came later into the catalogue: VEEAM_SPECS_OLDER, or `../shared/specs-older`. */
const OLDER_FOLDER = resolve(
	ROOT,
	process.env.VEEAM_SPECS_OLDER ?? join('..', 'shared', 'specs-older'),
);

/** The specifications of a product that are there, named `<product>-<version>.json`, the oldest first. */
export function specificationsOf(product: string): Specification[] {
	return [...new Set([SPECIFICATIONS_FOLDER, OLDER_FOLDER])]
		.filter((folder) => existsSync(folder))
		.flatMap((folder) => specificationsIn(folder, product))
		.sort((a, b) => a.version.localeCompare(b.version));
}

function specificationsIn(folder: string, product: string): Specification[] {
	return readdirSync(folder)
		.map((name) => ({ name, match: /^([a-z0-9]+)-(.+)\.json$/.exec(name) }))
		.filter(({ match }) => match?.[1] === product)
		.map(({ name, match }) => ({
			product,
			version: match?.[2] ?? '',
			file: join(folder, name),
		}));
}

/** What the specification itself says of an operation: not by way of our catalogue. */
export interface SpecifiedOperation {
	/** `GET /api/v1/jobs` */
	methodAndPath: string;
	/** Names of all query parameters. */
	query: string[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

type Parameters = NonNullable<OpenApiOperation['parameters']>;

/** Every operation in one of Veeam's files, by path. */
export function specifiedOperations(file: string): SpecifiedOperation[] {
	const document = JSON.parse(readFileSync(file, 'utf8')) as OpenApi;
	const { paths, components } = putBasePathIntoPaths(document);
	const shared = (components.parameters ?? {}) as Record<string, Parameters[number]>;
	const queryOf = (parameters: Parameters) =>
		parameters
			.map((parameter) => (parameter.$ref ? shared[nameOf(parameter.$ref)] : parameter))
			.filter((parameter) => parameter?.in === 'query')
			.map((parameter) => parameter?.name ?? '');
	return Object.entries(paths)
		.flatMap(([path, item]) => {
			const ofPath = (item.parameters ?? []) as unknown as Parameters;
			return Object.entries(item)
				.filter(([method]) => METHODS.includes(method))
				.map(([method, { parameters = [] }]) => ({
					methodAndPath: `${method.toUpperCase()} ${path}`,
					query: [...new Set(queryOf([...ofPath, ...parameters]))],
				}));
		})
		.sort((a, b) => a.methodAndPath.localeCompare(b.methodAndPath));
}

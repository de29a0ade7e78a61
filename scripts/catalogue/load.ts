import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'yaml';

import { CatalogueError } from './openapi';
import type { OpenApi, Schema } from './openapi';
import { fromOpenApi } from './normalise';
import { compareVersions } from './order';
import { PRODUCTS } from './products';
import type { Product } from './products';
import { fromSwagger2 } from './swagger2';
import { understand } from './understand';

/** One file, read and understood. */
export interface Source {
	/** As the user named it, or its name in the folder he named. */
	file: string;
	/** As parsed, for the independent count. */
	raw: Record<string, unknown>;
	/** As OpenAPI 3.0. */
	document: OpenApi;
	version: string;
}

export interface Sources {
	/** Oldest version first. */
	sources: Source[];
	/** Files of a folder that belong to another product, with its name. */
	foreign: Array<{ file: string; product: string }>;
}

/**
 * Reads OpenAPI files of a product. A file that is named has to be the product's; of a folder those
 * of other products are passed over.
 *
 * @param paths files, or folders with `.json`, `.yaml` and `.yml` files
 * @throws CatalogueError that names the file
 */
export function load(product: Product, paths: string[]): Sources {
	const sources: Source[] = [];
	const foreign: Sources['foreign'] = [];
	for (const { file, fromFolder } of paths.flatMap(filesAt)) {
		within(file, () => {
			const raw = parseFile(file);
			const document = toOpenApi3(raw);
			const other = productOf(document);
			if (other !== product) {
				if (other && fromFolder) return void foreign.push({ file, product: other.displayName });
				throw foreignFile(document, product, other);
			}
			understand(document);
			correctSpelling(product, [document.components?.schemas, raw.definitions, rawSchemas(raw)]);
			sources.push({ file, raw, document, version: product.version(document) });
		});
	}
	sources.sort((a, b) => compareVersions(a.version, b.version));
	refuseTwins(sources);
	return { sources, foreign };
}

function filesAt(given: string): Array<{ file: string; fromFolder: boolean }> {
	if (!existsSync(given)) {
		throw new CatalogueError(`${given} does not exist.`, 'Check the path.');
	}
	if (!statSync(given).isDirectory()) return [{ file: given, fromFolder: false }];
	return readdirSync(given)
		.filter((name) => /\.(json|ya?ml)$/i.test(name))
		.sort()
		.map((name) => ({ file: path.join(given, name), fromFolder: true }));
}

function parseFile(file: string): Record<string, unknown> {
	const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
	let value: unknown;
	try {
		value = /\.ya?ml$/i.test(file) || !/^\s*[{[]/.test(text) ? parse(text) : JSON.parse(text);
	} catch (error) {
		throw new CatalogueError(
			`It cannot be read: ${(error as Error).message.split('\n')[0]}`,
			'The file is damaged or no JSON or YAML: download it again.',
		);
	}
	if (value === null || typeof value !== 'object' || Array.isArray(value)) {
		throw new CatalogueError(
			'It is no OpenAPI document.',
			'Name an OpenAPI 3 or Swagger 2 file, in JSON or YAML.',
		);
	}
	return value as Record<string, unknown>;
}

function toOpenApi3(raw: Record<string, unknown>): OpenApi {
	const missing = ['info', 'paths'].find((part) => typeof raw[part] !== 'object' || !raw[part]);
	const isSwagger2 = raw.swagger === '2.0';
	const isOpenApi3 = typeof raw.openapi === 'string' && /^3\.[01]\./.test(raw.openapi);
	if (missing !== undefined || (!isSwagger2 && !isOpenApi3)) {
		throw new CatalogueError(
			missing === undefined
				? `It says it is ${String(raw.openapi ?? raw.swagger ?? 'nothing')}, neither OpenAPI 3 nor Swagger 2.`
				: `It has no "${missing}" and is no OpenAPI document.`,
			'Name an OpenAPI 3 or Swagger 2 file, in JSON or YAML.',
		);
	}
	return isSwagger2 ? fromSwagger2(raw) : fromOpenApi(raw);
}

/** In the document and in the file as it came, so that both readings see the same. */
function correctSpelling(product: Product, holders: unknown[]): void {
	for (const [name, respell] of Object.entries(product.misspelt ?? {})) {
		for (const holder of holders) {
			const schema = (holder as Record<string, Schema> | undefined)?.[name];
			if (!schema) continue;
			schema.enum = schema.enum?.map((value) => respell(String(value)));
			if (schema.default !== undefined) schema.default = respell(String(schema.default));
		}
	}
}

function rawSchemas(raw: Record<string, unknown>): unknown {
	return (raw.components as Record<string, unknown> | undefined)?.schemas;
}

function productOf(document: OpenApi): Product | undefined {
	return PRODUCTS.find((product) => product.recognises(document));
}

function foreignFile(document: OpenApi, product: Product, other?: Product): CatalogueError {
	return new CatalogueError(
		other
			? `It describes ${other.displayName}, not ${product.displayName}.`
			: `It is titled "${document.info.title}", which is no product the catalogue knows.`,
		other
			? `Run: npm run catalogue -- ${other.key} <file>.`
			: `Name a file of ${product.displayName}.`,
	);
}

function refuseTwins(sources: Source[]): void {
	sources.forEach(({ version, file }, index) => {
		const twin = sources.slice(0, index).find((other) => other.version === version);
		if (!twin) return;
		throw new CatalogueError(
			`Both ${twin.file} and ${file} describe version ${version}.`,
			'Name one file for each version.',
		);
	});
}

/** Errors from within name the file. */
export function within<T>(file: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof CatalogueError)) throw error;
		throw new CatalogueError(`${file}: ${error.message}`, error.description);
	}
}

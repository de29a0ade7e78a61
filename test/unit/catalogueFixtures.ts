import { writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Catalogue } from '../../nodes/shared/catalogue/types';
import { build } from '../../scripts/catalogue/build';
import { load } from '../../scripts/catalogue/load';
import type { Source } from '../../scripts/catalogue/load';
import { PRODUCTS } from '../../scripts/catalogue/products';
import type { Product } from '../../scripts/catalogue/products';
import { temporaryFolder } from '../support/temporaryFolder';

export type Json = Record<string, unknown>;

export const TITLES: Record<string, string> = {
	vbr: 'Veeam Backup & Replication REST API',
	vb365: 'Veeam Backup for Microsoft 365 REST API',
	vspc: 'Veeam Service Provider Console REST API',
};

export function product(key: string): Product {
	return PRODUCTS.find((one) => one.key === key)!;
}

export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** An OpenAPI 3.0 document of VBR with these paths and schemas. */
export function document(paths: Json, schemas: Json = {}, version = '1.0-rev0', key = 'vbr'): Json {
	return {
		openapi: '3.0.1',
		info: { title: TITLES[key], version },
		paths,
		components: { schemas },
	};
}

/** A document with one operation, `PUT /api/v1/things`, that takes a JSON body of this schema. */
export function taking(schema: Json, schemas: Json = {}, version = '1.0-rev0'): Json {
	const requestBody = { required: true, content: { 'application/json': { schema } } };
	return document({ '/api/v1/things': { put: operation({ requestBody }) } }, schemas, version);
}

export function operation(parts: Json = {}): Json {
	return {
		operationId: 'UpdateThing',
		summary: 'Update Thing',
		tags: ['Things'],
		responses: { '204': { description: 'Done' } },
		...parts,
	};
}

export function answering(schema: Json, status = '200', media = 'application/json'): Json {
	return { responses: { [status]: { content: { [media]: { schema } } } } };
}

/** A new folder with these files: objects as JSON, text as it is. */
export function folder(files: Record<string, Json | string>): string {
	const at = temporaryFolder('catalogue');
	for (const [name, content] of Object.entries(files)) {
		const text = typeof content === 'string' ? content : JSON.stringify(content);
		writeFileSync(path.join(at, name), text);
	}
	return at;
}

/** Loads documents through real files, as the command does. */
export function sourcesOf(documents: Json[], key = 'vbr'): Source[] {
	const files = Object.fromEntries(documents.map((one, index) => [`${index}.json`, one]));
	const at = folder(files);
	const paths = Object.keys(files).map((name) => path.join(at, name));
	return load(product(key), paths).sources;
}

/** The catalogue of these documents, oldest first or not. */
export function compiled(documents: Json[], key = 'vbr', committed?: Catalogue): Catalogue {
	return build(product(key), sourcesOf(documents, key), committed).catalogue;
}

/** What the body of the only operation becomes: `types` and `enums`, and the body itself. */
export function body(schema: Json, schemas: Json = {}) {
	const { operations, types, enums } = compiled([taking(schema, schemas)]);
	return { body: operations[0]!.body, types, enums };
}

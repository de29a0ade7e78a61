import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRODUCTS } from '../../nodes/products';
import { fromFile } from '../../nodes/shared/catalogue/stored';
import { benchOf } from '../integration/bench.support';
import { PREVIEWED } from './operations';

/** A JSON schema as n8n's own nodes have it: types, no values. */
export interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

const NODES_FOLDER = join(__dirname, '..', '..', 'nodes');

/** The version of the nodes: n8n reads the folder of exactly this one. */
const VERSION = 'v1.0.0';

/**
 * Runs each operation through its node against the simulated server, in the form's own settings
 * (n8n knows one preview of an operation: with Simplify on, as a new node has it).
 * @returns the text of every preview by its path below `nodes/`
 * @throws Error where an operation brings no item to learn from
 */
export async function generatePreviews(): Promise<Map<string, string>> {
	const files = new Map<string, string>();
	for (const { key: product, folder } of PRODUCTS) {
		const bench = await benchOf(product);
		try {
			for (const [key, parameters] of Object.entries(PREVIEWED[product])) {
				const [resource = '', operation = ''] = key.split('/');
				const items = await bench.json({ ...(await parameters(bench)), resource, operation });
				if (items.length === 0) throw new Error(`${folder}: ${key} brings no item`);
				const schema = merged(items, fieldTypes(folder, operation));
				const text = JSON.stringify({ ...schema, version: 1 }, null, '\t');
				files.set(`${folder}/__schema__/${VERSION}/${key}.json`, `${text}\n`);
			}
		} finally {
			await bench.close();
		}
	}
	return files;
}

/** The fields' types by the specification: what a field that is null everywhere would hold. */
function fieldTypes(folder: string, id: string): Record<string, string> {
	const text = readFileSync(join(NODES_FOLDER, folder, 'api/operations.json'), 'utf8');
	const { operations } = fromFile(JSON.parse(text));
	return operations.find((operation) => operation.id === id)?.returns.fields ?? {};
}

const SPECIFIED: Record<string, string> = {
	boolean: 'boolean',
	integer: 'number',
	number: 'number',
};

/** One schema for all values of a place; `types` for its fields that are null in all of them. */
function merged(values: unknown[], types: Record<string, string> = {}): Schema {
	const given = values.filter((value) => value !== null && value !== undefined);
	const [first] = given;
	if (Array.isArray(first)) {
		const entries = given.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : []));
		return entries.length === 0 ? { type: 'array' } : { type: 'array', items: merged(entries) };
	}
	if (typeof first === 'object') {
		const records = given as Array<Record<string, unknown>>;
		const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
		const properties = names.map((name): [string, Schema] => {
			const schema = merged(records.map((record) => record[name]));
			const specified = types[name];
			return [
				name,
				schema.type === 'null' && specified && !/[#{[]/.test(specified)
					? { type: SPECIFIED[specified] ?? 'string' }
					: schema,
			];
		});
		return { type: 'object', properties: Object.fromEntries(properties) };
	}
	return { type: first === undefined ? 'null' : typeof first };
}

import { minimalValue } from '../../../nodes/shared/catalogue';
import { fromFile } from '../../../nodes/shared/catalogue/stored';
import operations from '../../../nodes/VeeamBackupReplication/api/operations.json';
import type { Item } from '../../foundation/listQuery';
import { uuidFor } from '../../foundation/random';

const isObject = (value: unknown): value is Item =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A record with all that the newest version's type demands: a client may send it back as it came.
 *
 * @param type name of the type in the catalogue
 * @param kind its variant
 */
export function completed(type: string, kind: string, record: Item): Item {
	const catalogue = fromFile(operations);
	const newest = catalogue.versions.at(-1) ?? '';
	const smallest = minimalValue(catalogue, `#${type}`, newest, { variant: kind });
	return merged(smallest, record, String(record.id)) as Item;
}

/** What the record says, over what it lacks. */
function merged(smallest: unknown, said: unknown, seed: string): unknown {
	if (said === undefined) return named(smallest, seed);
	if (!isObject(smallest) || !isObject(said)) return said;
	const names = [...new Set([...Object.keys(said), ...Object.keys(smallest)])];
	return Object.fromEntries(
		names.map((name) => [name, merged(smallest[name], said[name], `${seed}.${name}`)]),
	);
}

/** IDs and texts of its own in place of empty ones. */
function named(value: unknown, seed: string): unknown {
	if (typeof value === 'string' && /^0{8}-/.test(value)) return uuidFor(seed);
	if (value === '') return seed.split('.').at(-1);
	if (Array.isArray(value)) return [];
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [name, named(entry, `${seed}.${name}`)]),
	);
}

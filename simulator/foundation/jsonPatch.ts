import { Refused } from './product';

export interface PatchOperation {
	op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
	path: string;
	from?: string;
	value?: unknown;
}

type Node = Record<string, unknown>;

/** A record with a JSON Patch applied (RFC 6902); refused where a path leads nowhere. */
export function patched(record: Node, operations: PatchOperation[]): Node {
	let result = structuredClone(record);
	for (const operation of operations) result = applied(result, operation);
	return result;
}

function applied(record: Node, { op, path, from, value }: PatchOperation): Node {
	const keys = keysOf(path);
	switch (op) {
		case 'add':
		case 'replace':
			return put(record, keys, alike(value, read(record, keys)), op === 'add');
		case 'remove':
			return take(record, keys);
		case 'copy':
			return put(record, keys, read(record, keysOf(from ?? '')), true);
		case 'move': {
			const moved = read(record, keysOf(from ?? ''));
			return put(take(record, keysOf(from ?? '')), keys, moved, true);
		}
		case 'test':
			if (JSON.stringify(read(record, keys)) !== JSON.stringify(alike(value, read(record, keys)))) {
				throw refusal(path, 'holds another value');
			}
			return record;
	}
}

function keysOf(pointer: string): string[] {
	if (!pointer.startsWith('/')) throw refusal(pointer, 'does not start with /');
	return pointer
		.slice(1)
		.split('/')
		.map((key) => key.replace(/~1/g, '/').replace(/~0/g, '~'));
}

function read(record: unknown, keys: string[]): unknown {
	return keys.reduce<unknown>((node, key) => (node as Node | null | undefined)?.[key], record);
}

function put(record: Node, keys: string[], value: unknown, isNew: boolean): Node {
	const parent = read(record, keys.slice(0, -1));
	const last = keys[keys.length - 1] as string;
	if (Array.isArray(parent)) {
		const index = last === '-' ? parent.length : Number(last);
		if (!Number.isInteger(index) || index > parent.length)
			throw refusal(keys.join('/'), 'leads nowhere');
		parent.splice(index, isNew ? 0 : 1, value);
		return record;
	}
	if (typeof parent !== 'object' || parent === null) throw refusal(keys.join('/'), 'leads nowhere');
	(parent as Node)[last] = value;
	return record;
}

function take(record: Node, keys: string[]): Node {
	const parent = read(record, keys.slice(0, -1)) as Node | unknown[] | undefined;
	const last = keys[keys.length - 1] as string;
	if (!parent || !(last in parent)) throw refusal(keys.join('/'), 'leads nowhere');
	if (Array.isArray(parent)) parent.splice(Number(last), 1);
	else delete parent[last];
	return record;
}

/** Patches may write values as text; they take the form of what they replace. */
function alike(value: unknown, before: unknown): unknown {
	if (typeof value !== 'string') return value;
	if (typeof before === 'boolean' && /^(true|false)$/i.test(value)) return /^true$/i.test(value);
	if (typeof before === 'number' && value.trim() !== '' && !Number.isNaN(Number(value))) {
		return Number(value);
	}
	return value;
}

function refusal(path: string, what: string): Refused {
	return new Refused({ because: 'invalid', problems: [{ where: `body${path}`, what }] });
}

import type { IDataObject } from 'n8n-workflow';

import type { VeeamClient } from '../../nodes/shared/http/types';

/**
 * Answers of a server with one field damaged. What a field decides is said by the test, from the
 * specification; nothing here knows the report.
 */

/** `undefined` stands for a field that is left out. */
export type Damage = { name: string; value: unknown; is: 'nothing' | 'unreadable' | 'future' };

const OTHERS: Damage[] = [
	{ name: 'left out', value: undefined, is: 'nothing' },
	{ name: 'null', value: null, is: 'nothing' },
	{ name: 'empty', value: '', is: 'nothing' },
	{ name: 'an unknown word', value: 'Bogus', is: 'unreadable' },
	{ name: 'an object', value: { a: 1 }, is: 'unreadable' },
	{ name: 'a list', value: [], is: 'unreadable' },
];

/** What can become of a value, none of which says the same as it did. */
export function damagesOf(value: unknown): Damage[] {
	const isTime = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);
	return [
		...OTHERS.filter(({ is }) => is === 'nothing' || typeof value !== 'object'),
		...(typeof value === 'object' && value !== null
			? [{ name: 'a text', value: 'Bogus', is: 'unreadable' } as const]
			: []),
		...(typeof value === 'number' || typeof value === 'object'
			? []
			: [{ name: 'a number', value: 12345, is: 'unreadable' } as const]),
		...(typeof value === 'boolean'
			? []
			: [{ name: 'true', value: true, is: 'unreadable' } as const]),
		...(isTime
			? [
					{ name: 'no day', value: '2026-13-45T99:00:00Z', is: 'unreadable' } as const,
					{ name: 'in the future', value: '2089-01-01T00:00:00Z', is: 'future' } as const,
				]
			: []),
	];
}

/** A place in a record: "result.result"; of a list inside it the first element is meant. */
const steps = (path: string): string[] => path.split('.');

/** All places of a record that have a value, to a depth of three. */
export function placesOf(record: unknown, before = '', depth = 3): string[] {
	if (typeof record !== 'object' || record === null || depth === 0) return [];
	const inner: unknown = Array.isArray(record) ? record[0] : record;
	if (typeof inner !== 'object' || inner === null) return [];
	return Object.entries(inner).flatMap(([name, value]) => [
		`${before}${name}`,
		...placesOf(value, `${before}${name}.`, depth - 1),
	]);
}

const within = (record: unknown): IDataObject =>
	(Array.isArray(record) ? (record[0] as unknown) : record) as IDataObject;

export const valueAt = (record: unknown, path: string): unknown =>
	steps(path).reduce<unknown>(
		(at, name) => (typeof at === 'object' && at !== null ? within(at)[name] : undefined),
		record,
	);

/** Puts a value into a copy of the record. */
export function damaged(record: unknown, path: string, { value }: Damage): IDataObject {
	const copy = structuredClone(record) as IDataObject;
	const names = steps(path);
	const last = names.pop() ?? '';
	let at = copy;
	for (const name of names) at = within(at[name]);
	if (value === undefined) delete at[last];
	else at[last] = value as IDataObject;
	return copy;
}

/** The list in an answer, and the answer with another one; undefined where it is one record. */
export function listIn(body: unknown): [unknown[], (list: unknown[]) => unknown] | undefined {
	if (Array.isArray(body)) return [body, (list) => list];
	const record = body as IDataObject;
	const key = ['data', 'results', 'items'].find((one) => Array.isArray(record?.[one]));
	return key === undefined
		? undefined
		: [record[key] as unknown[], (list) => ({ ...record, [key]: list })];
}

/** The record that is damaged: the first of a list, or the answer itself without its envelope. */
export function recordIn(body: unknown): [unknown, (record: unknown) => unknown] | undefined {
	const list = listIn(body);
	if (list) {
		const [[first, ...rest], put] = list;
		return first === undefined ? undefined : [first, (record) => put([record, ...rest])];
	}
	if (typeof body !== 'object' || body === null) return undefined;
	const { data } = body as IDataObject;
	return typeof data === 'object' && data !== null
		? [data, (record) => ({ ...body, data: record })]
		: [body, (record) => record];
}

/** The client, with `change` over the bodies of one path. */
export function withChanged(
	client: VeeamClient,
	path: string,
	change: (body: unknown) => unknown,
): VeeamClient {
	return {
		...client,
		request: async (one) => {
			const answer = await client.request(one);
			if (one.path !== path) return answer;
			const body = change(answer.body);
			if (body instanceof Error) throw body;
			return { ...answer, body: body as IDataObject };
		},
		list: async (one, options) => {
			const items = await client.list(one, options);
			if (one.path !== path) return items;
			const changed = change(items);
			if (changed instanceof Error) throw changed;
			return (listIn(changed)?.[0] ?? []) as IDataObject[];
		},
	};
}

/** Every text of a value, keys left out. */
export const textsOf = (value: unknown): string[] =>
	typeof value === 'string'
		? [value]
		: typeof value === 'object' && value !== null
			? Object.values(value).flatMap(textsOf)
			: [];

/** Words that a program says where it has nothing to say. */
export const SLIP = /undefined|\bNaN\b|Invalid Date|\[object|\bnull\b|\bInfinity\b/;

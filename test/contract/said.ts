/**
 * Nothing goes out that was not said: judges requests by what was given in the form and by the vendor's
 * own file. A recorder takes the place of the server.
 */
import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';

import type { VeeamRequest } from '../../nodes/shared/http/types';

/** What an expression can fail to give. */
export const NOTHINGS: Array<[kind: string, value: unknown]> = [
	['undefined', undefined],
	['null', null],
	['""', ''],
	['[]', []],
	['[""]', ['']],
	['{}', {}],
];

/** The node's own switches: they say nothing to the API. */
const OWN = new Set([
	...['resource', 'operation', 'bodyMode', 'returnAll', 'limit', 'simplify', 'previewOnly'],
	...[
		'waitForCompletion',
		'options',
		'outputFieldName',
		'binaryPropertyName',
		'setToNull',
		'includeReasons',
	],
]);

export const isOwn = ({ name }: Pick<INodeProperties, 'name'>): boolean => OWN.has(name);

/** A value of a field with nothing in it: a locator keeps its shape, a collection its entries. */
export function emptied(property: INodeProperties, given: unknown, nothing: unknown): unknown {
	if (property.type === 'resourceLocator') return { __rl: true, mode: 'id', value: nothing };
	if (property.type === 'collection')
		return Object.fromEntries(Object.keys((given ?? {}) as object).map((name) => [name, nothing]));
	if (property.type === 'resourceMapper') {
		const { value, ...rest } = (given ?? {}) as IDataObject;
		const names = Object.keys((value ?? {}) as object);
		return { ...rest, value: Object.fromEntries(names.map((name) => [name, nothing])) };
	}
	if (property.type === 'fixedCollection') return withoutValues(given, nothing);
	return nothing;
}

/** Conditions whose values say nothing: their fields stay. */
const withoutValues = (given: unknown, nothing: unknown): unknown =>
	Array.isArray(given)
		? given.map((one) => withoutValues(one, nothing))
		: typeof given !== 'object' || given === null || '__rl' in given
			? given
			: Object.fromEntries(
					Object.entries(given).map(([name, one]) => [
						name,
						name === 'value' ? nothing : withoutValues(one, nothing),
					]),
				);

/** Every value of the query and the body of a request, by where it stands. */
function* valuesOf({ query = {}, body }: VeeamRequest): Generator<[string, unknown]> {
	for (const entry of Object.entries(query)) yield entry;
	if (!body || !('value' in body)) return;
	const { value } = body;
	if (Array.isArray(value)) {
		// Steps of a JSON Patch, or a list.
		for (const one of value as Array<{ path?: unknown; value?: unknown }>) {
			const isStep = typeof one === 'object' && one !== null && typeof one.path === 'string';
			yield isStep ? [String(one.path).slice(1), one.value] : ['', one];
		}
		return;
	}
	if (typeof value === 'object' && value !== null) yield* Object.entries(value);
	else if (value !== undefined) yield ['', value];
}

const same = (a: unknown, b: unknown): boolean =>
	JSON.stringify(a) === JSON.stringify(b) ||
	(typeof a === 'string' && typeof b === 'string' && a.toLowerCase() === b.toLowerCase());

/** Name of the body where it was given as a whole. */
export const WHOLE = '*';

/** What may be in a request. */
export interface Said {
	/** Values by API name in lower case; a symbol where any was given. */
	named: Map<string, unknown[]>;
	/** What stands anywhere because it was given as a value: the nothing itself. */
	anywhere: unknown[];
	/** What the vendor's file gives as the default of a parameter that it requires. */
	defaults: Record<string, unknown>;
	/** The object that an update changes: what stands in it was not said anew. */
	record: IDataObject;
}

/** What a request holds that nobody said. */
export function unsaid(
	request: VeeamRequest,
	{ named, anywhere, defaults, record }: Said,
): string[] {
	const wrong: string[] = [];
	for (const [name, value] of valuesOf(request)) {
		if (value === undefined) continue;
		if (named.has(WHOLE) && !(name in (request.query ?? {}))) continue;
		const key = name.toLowerCase();
		if (named.get(key)?.some((one) => typeof one === 'symbol')) continue;
		const allowed = [...anywhere, ...(named.get(key) ?? [])];
		if (name in defaults) allowed.push(defaults[name]);
		if (request.method === 'PUT' && name in record) allowed.push(record[name]);
		if (allowed.some((one) => same(one, value))) continue;
		if (isMadeOf(value, anywhere)) continue;
		// Of an object of the record, a part may have been changed.
		if (request.method === 'PUT' && isPartOf(value, record[name], anywhere)) continue;
		wrong.push(`${name} = ${JSON.stringify(value)?.slice(0, 80)}`);
	}
	return wrong;
}

/** Whether an object holds at its ends nothing but what was given. */
const isMadeOf = (value: unknown, given: unknown[]): boolean =>
	given.some((one) => same(one, value)) ||
	(typeof value === 'object' &&
		value !== null &&
		!Array.isArray(value) &&
		Object.keys(value).length > 0 &&
		Object.values(value).every((one) => isMadeOf(one, given)));

/** Whether a value is what it was, less what does not go back, with nothing in some places. */
function isPartOf(value: unknown, was: unknown, anywhere: unknown[]): boolean {
	if (same(value, was) || anywhere.some((one) => same(one, value))) return true;
	if (Array.isArray(value) && Array.isArray(was))
		return value.every((one, index) => isPartOf(one, was[index], anywhere));
	const isObject = (one: unknown): one is IDataObject =>
		typeof one === 'object' && one !== null && !Array.isArray(one);
	if (!isObject(value) || !isObject(was)) return false;
	return Object.entries(value).every(([name, one]) => isPartOf(one, was[name], anywhere));
}

/** What a form says that nobody touched: the switches that a person sees, as they stand. */
export function visibleSwitches(
	shown: INodeProperties[],
	values: INodeParameters,
): Map<string, unknown[]> {
	const said = new Map<string, unknown[]>();
	for (const { name, type } of shown) {
		if (type !== 'boolean' || isOwn({ name })) continue;
		for (const one of [name, name.replace(/^(query|body)(?=[A-Z])/, '')])
			said.set(one.toLowerCase(), [values[name]]);
	}
	return said;
}

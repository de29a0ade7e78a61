import type { IDataObject } from 'n8n-workflow';

import type { Operation, Returns } from '../catalogue/types';
import { toItem } from '../common/rows';
import { clockAhead } from '../common/time';
import type { ListOptions, VeeamRequest, WaitOptions } from '../http/types';
import type { Call, Lifted, OutputItems, Product } from './product';
import { hintAtRunningWork } from './runningWork';
import { addReasons } from './sessionReasons';
import { fillNames, nameFieldsOf, withLinkedIds, withPlaces } from './relatedNames';
import { besideOf, readingsOf, simplify, SIMPLIFIED_FIELDS, withReadings } from './simplify';
import { isObject } from '../common/objects';

/** Items that hold these data and no file. */
export const asItems = (items: IDataObject[]): OutputItems => items.map((json) => ({ json }));

/**
 * An answer as items: each element of a list, the object itself, or a value under `value`. What holds
 * nothing makes no item.
 */
export function bodyToItems(body: unknown): IDataObject[] {
	return (Array.isArray(body) ? body : [body]).flatMap((one: unknown) => {
		if (one === undefined || one === null || one === '') return [];
		return [toItem(one)];
	});
}

/**
 * What the envelope of a single object or of a list of sessions holds, where the product has one and
 * the answer too; nothing where an operation that brings nothing back answers with an empty object.
 */
export function unenveloped(
	{ product }: Pick<Call, 'product'>,
	body: unknown,
	{ kind, items }: Returns,
): unknown {
	const isNothing = kind === 'nothing';
	const wraps = kind === 'item' || kind === 'sessions';
	const name = wraps ? items : isNothing ? product.adapter.itemEnvelope : undefined;
	const isObject = typeof body === 'object' && body !== null;
	const inner = name !== undefined && isObject && name in body ? (body as IDataObject)[name] : body;
	const isEmpty = typeof inner === 'object' && inner !== null && Object.keys(inner).length === 0;
	return isNothing && isEmpty ? undefined : inner;
}

/** The one item of a request that succeeded and brought nothing back. */
const done = (operation: Pick<Operation, 'method'>): IDataObject =>
	operation.method === 'DELETE' ? { deleted: true } : { success: true };

/**
 * Makes what a person reads first flat, with sizes in gigabytes, the age of times and the names of what
 * IDs name, then keeps ten fields of what has more; what has no more stays whole. See `Product.flatten`.
 *
 * @param now by the server's clock
 */
export async function simplified(
	call: Call,
	operation: Operation,
	items: IDataObject[],
	returns: Returns,
	now: number,
	bringsMore = false,
): Promise<IDataObject[]> {
	const known = { ...returns.fields };
	const { flatten = {}, overlay, idField } = call.product;
	for (const [outer, { names }] of Object.entries(flatten)) {
		if (!(outer in known)) continue;
		delete known[outer];
		for (const name of Object.values(names)) known[name] = 'any';
	}
	const readings = readingsOf(overlay, operation, known, now);
	const names = nameFieldsOf(call, operation, known);
	const flat = items.map((item) => lifted(item, flatten, () => true));
	const records = withLinkedIds(call, flat, names);
	for (const { name } of [...Object.values(readings), ...names]) known[name] = 'any';
	const all = withPlaces(withReadings(records, readings), names);
	const isShort = Object.keys(returns.fields ?? {}).length <= SIMPLIFIED_FIELDS;
	const simple = isShort
		? all
		: simplify(
				all,
				known,
				// What came along is no field of the object's own: related objects, what the wait found.
				(name) => bringsMore && !(name in known),
				idField,
				new Map([...besideOf(readings), ...names.map(({ name }) => [name, undefined] as const)]),
			);
	await fillNames(call, names, simple, records);
	return simple;
}

/** Lifts what the product always lifts: a session has one shape, whichever operation brings it. */
export function inOneShape({ flatten = {} }: Product, item: IDataObject): IDataObject {
	return lifted(item, flatten, ({ always, names }, inner) => {
		const isWhole = Object.keys(inner).every((name) => name in names);
		return always === true && isWhole && Object.keys(inner).length > 0;
	});
}

/** @param which of what can be lifted is */
function lifted(
	item: IDataObject,
	flatten: Record<string, Lifted>,
	which: (rule: Lifted, inner: IDataObject) => boolean,
): IDataObject {
	const flat: IDataObject = {};
	// No pair of name and value for each: lists are long.
	for (const name of Object.keys(item)) {
		const value = item[name];
		const rule = Object.hasOwn(flatten, name) ? flatten[name] : undefined;
		if (!rule || !isObject(value) || !which(rule, value)) flat[name] = value;
		else
			for (const [from, to] of Object.entries(rule.names)) {
				const part = value[from];
				if (part !== undefined) flat[to] = part;
			}
	}
	return flat;
}

/** What the user asked of the output. */
export interface OutputOptions {
	/** First so many items of a list; all where undefined. */
	limit?: number;
	/** Where a list takes its paging; found out by itself where undefined. */
	pageIn?: ListOptions['pageIn'];
	simplify: boolean;
	/** Read why the runs of a list failed. */
	includeReasons?: boolean;
	/** Related objects were asked for: they stay where the items are simplified. */
	embeds?: boolean;
	/** Follow what the answer started to its end; undefined: give the answer back at once. */
	wait?: WaitOptions;
	/** Field of the item that receives a file. */
	outputField: string;
}

/** Sends the request of an operation and turns the answer into items, as its kind asks. */
export async function send(
	call: Call,
	operation: Operation | Pick<Operation, 'method'>,
	returns: Returns,
	request: VeeamRequest,
	outputOptions: OutputOptions,
): Promise<OutputItems> {
	const shaped = (items: IDataObject[]) => items.map((item) => inOneShape(call.product, item));
	const bringsMore = outputOptions.embeds === true || outputOptions.wait !== undefined;
	let now = Date.now();
	const isFull = (one: typeof operation): one is Operation => 'path' in one;
	const tidied = async (items: IDataObject[]) =>
		outputOptions.simplify && isFull(operation)
			? await simplified(call, operation, items, returns, now, bringsMore)
			: shaped(items);
	const tidy = async (items: IDataObject[]) => asItems(await tidied(items));
	const onHeaders = (headers: Record<string, string>) => {
		now = Date.now() + (clockAhead(headers, Date.now()) ?? 0);
	};
	if (returns.kind === 'file') {
		const file = await call.client.download(request);
		return [
			{
				json: { fileName: file.fileName, mimeType: file.mimeType, fileSize: file.fileSize },
				binary: { [outputOptions.outputField]: file },
			},
		];
	}
	if (returns.kind === 'page' || returns.kind === 'list') {
		const records = await call.client.list(request, {
			limit: outputOptions.limit,
			pageIn: outputOptions.pageIn,
			onHeaders,
		});
		const items = await tidied(records);
		if (outputOptions.includeReasons && isFull(operation))
			await addReasons(call, operation, items, records);
		return asItems(items);
	}

	// Some versions start work without saying so: whether there is any is the adapter's to tell.
	if (outputOptions.wait) {
		const response = await call.client.request({ ...request, startsWork: true });
		onHeaders(response.headers);
		const ended = await call.client.wait(response, outputOptions.wait);
		// What started nothing comes back as it was answered.
		const records = await tidied(bodyToItems(unenveloped(call, ended, returns)));
		if (operation.method !== 'DELETE') return asItems(records.length ? records : [done(operation)]);
		// A delete that runs on at the server ends like any other: with `deleted`, and its session.
		return asItems([{ deleted: true, ...(records[0] ? { session: records[0] } : {}) }]);
	}
	const response = await call.client.request(request);
	const items = bodyToItems(unenveloped(call, response.body, returns));
	hintAtRunningWork(call, operation, response, items);
	onHeaders(response.headers);
	return items.length ? await tidy(items) : asItems([done(operation)]);
}

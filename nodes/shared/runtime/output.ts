import type { IDataObject } from 'n8n-workflow';

import type { Operation, Returns } from '../catalogue/types';
import type { ListOptions, VeeamRequest, VeeamResponse, WaitOptions } from '../http/types';
import type { Call } from './call';
import type { OutputItems } from './product';
import { simplify } from './simplify';

/** Items that hold these data and no file. */
export const asItems = (items: IDataObject[]): OutputItems => items.map((json) => ({ json }));

/** An answer as items: each element of a list, the object itself, or a value under `value`. */
export function bodyToItems(body: unknown): IDataObject[] {
	if (Array.isArray(body)) return body.flatMap(bodyToItems);
	if (body === undefined || body === null || body === '') return [];
	return typeof body === 'object' ? [body as IDataObject] : [{ value: body as string }];
}

/**
 * What the envelope of a single object holds, where the product has one and the answer too; nothing
 * where an operation that brings nothing back answers with an empty object.
 */
function unenveloped({ product }: Call, body: unknown, { kind, items }: Returns): unknown {
	const isNothing = kind === 'nothing';
	const name = kind === 'item' ? items : isNothing ? product.adapter.itemEnvelope : undefined;
	const isObject = typeof body === 'object' && body !== null;
	const inner = name !== undefined && isObject && name in body ? (body as IDataObject)[name] : body;
	const isEmpty = typeof inner === 'object' && inner !== null && Object.keys(inner).length === 0;
	return isNothing && isEmpty ? undefined : inner;
}

/** The one item of a request that succeeded and brought nothing back. */
const done = (operation: Pick<Operation, 'method'>): IDataObject =>
	operation.method === 'DELETE' ? { deleted: true } : { success: true };

/** Makes what a person reads first flat, then keeps ten fields. See `Product.flatten`. */
export function simplified(
	call: Call,
	items: IDataObject[],
	returns: Returns,
	embeds = false,
): IDataObject[] {
	const known = { ...returns.fields };
	const flatten = call.product.flatten ?? {};
	for (const [outer, names] of Object.entries(flatten)) {
		if (!(outer in known)) continue;
		delete known[outer];
		for (const name of Object.values(names)) known[name] = 'any';
	}
	return simplify(
		items.map((item) => flattened(item, flatten)),
		known,
		// What came along on request is no field of the object's own.
		(name) => embeds && !(name in known),
	);
}

function flattened(
	item: IDataObject,
	flatten: Record<string, Record<string, string>>,
): IDataObject {
	const flat: IDataObject = {};
	for (const [name, value] of Object.entries(item)) {
		const inner = flatten[name];
		if (!inner || typeof value !== 'object' || value === null) flat[name] = value;
		else
			for (const [from, to] of Object.entries(inner)) {
				const part = (value as IDataObject)[from];
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
	operation: Pick<Operation, 'method'>,
	returns: Returns,
	request: VeeamRequest,
	outputOptions: OutputOptions,
): Promise<OutputItems> {
	const tidy = (items: IDataObject[]) =>
		asItems(
			outputOptions.simplify ? simplified(call, items, returns, outputOptions.embeds) : items,
		);
	if (returns.kind === 'file') {
		const file = await call.client.download(request);
		return [
			{
				json: { fileName: file.fileName, mimeType: file.mimeType, fileSize: file.fileSize },
				binary: { [outputOptions.outputField]: file },
			},
		];
	}
	if (returns.kind === 'page' || returns.kind === 'list')
		return tidy(
			await call.client.list(request, {
				limit: outputOptions.limit,
				pageIn: outputOptions.pageIn,
			}),
		);

	// Some versions start work without saying so: whether there is any is the adapter's to tell.
	if (outputOptions.wait) {
		const response = await call.client.request({ ...request, startsWork: true });
		return await waited(call, operation, response, outputOptions);
	}
	const response = await call.client.request(request);
	const items = bodyToItems(unenveloped(call, response.body, returns));
	return items.length ? tidy(items) : asItems([done(operation)]);
}

async function waited(
	call: Call,
	operation: Pick<Operation, 'method'>,
	response: VeeamResponse,
	outputOptions: OutputOptions,
): Promise<OutputItems> {
	const records = bodyToItems(await call.client.wait(response, outputOptions.wait));
	if (operation.method !== 'DELETE') return asItems(records.length ? records : [done(operation)]);
	// A delete that runs on at the server ends like any other: with `deleted`, and its session.
	return asItems([{ deleted: true, ...(records[0] ? { session: records[0] } : {}) }]);
}

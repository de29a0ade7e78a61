import type { IDataObject } from 'n8n-workflow';

import { UserFacingFailure } from './errors';
import { present } from '../common/rows';
import { believable, continued, endless, MOST_PAGES } from './pages';
import { isPagedList } from './pagingPlacement';
import type { ProductAdapter, VeeamClient, VeeamRequest } from './types';

/** Half an answer must not look like an empty list. */
export const NO_LIST = {
	message: 'The server did not answer with a list.',
	description: 'The answer may have been cut off on the way: look at proxies in between.',
};

export interface Page {
	items: IDataObject[];
	headers: Record<string, string>;
	/** Position of the first item. */
	from: number;
	/** Where the next page begins; undefined after the last. */
	next: number | undefined;
	/** Of the last page, where the server gave fewer items than it said there are. */
	short?: Short;
	/** How many of its entries are null: nobody knows of what. */
	lost?: number;
}

/** A list that ended before the server's own count of it. */
export interface Short {
	/** What the server said. */
	total: number;
	/** The position at which it had nothing more to give. */
	ended: number;
}

/**
 * Reads a list page by page, as far as the caller wants: unlike `client.list`, which brings the
 * whole of it, whoever polls stops when the time is up and goes on there the next time.
 *
 * @param pageSize items a page; the server may give fewer
 * @param orderedBy what the list is ordered by: rows that are equal to the last of a page are read again,
 *   for the server may give them in another order with the next page
 */
export async function* walk(
	client: VeeamClient,
	adapter: Pick<ProductAdapter, 'paging' | 'catalogue'>,
	request: VeeamRequest,
	{
		from = 0,
		pageSize,
		orderedBy,
	}: { from?: number; pageSize: number; orderedBy?: (record: IDataObject) => unknown },
): AsyncGenerator<Page, void, undefined> {
	const { paging } = adapter;
	const isPaged = isPagedList(adapter, client.version, request);
	let offset = from;
	let repeated: VeeamRequest['query'];
	let last = '';
	let said: number | undefined;
	for (let pages = 0; ; pages++) {
		if (pages >= MOST_PAGES) throw new UserFacingFailure(endless(`${MOST_PAGES} pages`));
		const query = {
			...request.query,
			...repeated,
			...(isPaged ? { [paging.offset]: offset, [paging.limit]: pageSize } : {}),
		};
		const { body, headers } = await client.request({
			...request,
			query,
		});
		// A bare array is the whole list, whatever was asked for.
		const whole = !isPaged || Array.isArray(body);
		const list = paging.items(body);
		// Never taken for an empty list: everything would seem to be gone.
		if (!list) throw new UserFacingFailure(NO_LIST);
		const items = list.slice(whole ? offset : 0);
		repeated ??= continued(paging, body);
		const total = believable(paging.total(body), 0, offset + items.length);
		said = total ?? said;
		// A server that knows no pages gives the same list again.
		const text = items.length === 0 ? '' : JSON.stringify(items[0]);
		if (items.length === 0 || (offset > from && text === last)) {
			const short = (said ?? 0) > offset ? { short: { total: said ?? 0, ended: offset } } : {};
			yield { items: [], headers, from: offset, next: undefined, ...short };
			return;
		}
		last = text;
		const start = offset;
		offset += items.length;
		// A page may be shorter than asked for and still not be the last: without a total only an empty
		// one is.
		const more = !whole && (total === undefined || offset < total);
		if (orderedBy && more) offset -= tiesAtEnd(items, orderedBy);
		const there = present(items);
		const lost = items.length - there.length;
		yield {
			...{ items: there, headers, from: start, next: more ? offset : undefined },
			...(lost > 0 ? { lost } : {}),
		};
		if (!more) return;
	}
}

/** How many rows at the end are equal; none where the whole page is: the next one would be the same. */
function tiesAtEnd(items: IDataObject[], orderedBy: (record: IDataObject) => unknown): number {
	const last = orderedBy(items[items.length - 1] ?? {});
	let ties = 0;
	while (ties < items.length && orderedBy(items[items.length - 1 - ties] ?? {}) === last) ties++;
	return ties === items.length ? 0 : ties;
}

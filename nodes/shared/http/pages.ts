import type { IDataObject } from 'n8n-workflow';

import { present } from '../common/rows';
import { inOrder } from './concurrency';
import { isTooLarge, UserFacingFailure } from './errors';
import type { ListOptions, ProductAdapter, UserFacingError, VeeamRequest } from './types';
import { isObject } from '../common/objects';

/** Sends a request of a list and gives back the body. */
export type SendPage = (request: VeeamRequest) => Promise<unknown>;

/** One answer: `items` from position `offset` on; `total` where the server says it. */
interface Page {
	offset: number;
	items: IDataObject[];
	total: number | undefined;
}

type Paging = ProductAdapter['paging'];

/**
 * Reads a list to its end, or its first `limit` items.
 *
 * The first page says how many items there are and how large the server's pages are; they may be smaller
 * than asked for. The rest is split into pages of that size, and a few are read at the same time. A page
 * that comes back short is continued from where it ended.
 *
 * The list can change while it is read:
 *
 * - An item that moved to the next page is seen twice: it is kept once, by its key.
 * - When the total shrinks, items may have moved to a page that was already read. The positions before
 *   the page are read again.
 * - Items that were added are read at the end.
 *
 * A request with an offset in its own query starts there.
 *
 * @returns the items in the server's order; undefined where the answer is no list
 */
export async function readPages(
	request: VeeamRequest,
	{ limit = Infinity, pageIn = whereToPage(request), pageSize, onShort, onTotal }: ListOptions,
	paging: Paging,
	pagesAtOnce: number,
	send: SendPage,
): Promise<IDataObject[] | undefined> {
	let again: VeeamRequest['query'];
	// What was asked for itself: the list is read as if it began there.
	const start = startOf(request, pageIn, paging);
	const first = Math.min(pageSize ?? paging.pageSize, limit);
	const largest = pageSize === undefined ? (paging.largestPage ?? 0) : 0;
	const size = new PageSize(first, Math.max(first, largest));
	let pages = 0;
	let most = Infinity;
	const read = async (offset: number, count: number): Promise<Page | undefined> => {
		if (++pages > MOST_PAGES) throw new UserFacingFailure(endless(`${MOST_PAGES} pages`));
		const asked = again ? { ...request, query: { ...request.query, ...again } } : request;
		const wanted = Math.min(count, most);
		const page = withPage(asked, pageIn, paging, start + offset, wanted);
		// A page too large to be read is asked for in halves, this one and those after it.
		const smaller = pageIn !== 'none' && wanted > 1;
		const began = Date.now();
		const body = await send(page).catch((error: unknown) => {
			if (smaller && (isTooLarge(error) || size.isToBlame(error, wanted))) return TOO_LARGE;
			throw error;
		});
		if (body === TOO_LARGE) {
			most = Math.min(most, size.smaller(wanted));
			return await read(offset, count);
		}
		if (pageIn === 'query') again ??= continued(paging, body);
		const items = paging.items(body);
		if (!items) return undefined;
		const total = believable(paging.total(body), start, offset + items.length);
		size.learn(wanted, items.length, Date.now() - began);
		onTotal?.(total);
		return { offset, items, total };
	};
	const beginning = await read(0, first);
	if (!beginning) return undefined;
	const { items: these, total } = beginning;
	const unpaged = pageIn === 'none' || these.length === 0;
	if (unpaged || these.length >= Math.min(limit, total ?? Infinity)) {
		const there = present(these);
		// An empty page of a list that is said to have something is not its end, and null is no item.
		const said = Math.max(these.length, total ?? 0);
		if (there.length < Math.min(said, limit)) onShort?.(there.length, said);
		return there.slice(0, limit);
	}

	const collected = new Accumulator(paging, beginning);
	if (total !== undefined)
		await readStretches(read, collected, Math.min(total, limit), size, pagesAtOnce);
	await readOn(read, collected, these.length, limit);
	const { items, lastTotal, lost } = collected;
	const said = Math.max(lastTotal ?? 0, items.length + lost);
	if (items.length < Math.min(said, limit)) onShort?.(items.length, said);
	return items.slice(0, limit);
}

/** Pages of one list; nothing that has an end is longer. */
export const MOST_PAGES = 10_000;

/** Items of one list: more than that fit into no memory. */
const MOST_ITEMS = 2_000_000;

const TOO_LARGE = Symbol('larger than an answer may be');

export const endless = (read: string): UserFacingError => ({
	message: `The list does not end: ${read} have been read.`,
	description: 'Give a limit or a filter, so that less is asked for.',
});

/**
 * The total as far as it can be true: a whole number that is no smaller than what has been seen
 * already. Anything else is as good as none.
 */
export function believable(
	total: number | undefined,
	start: number,
	seen: number,
): number | undefined {
	const left = (total ?? NaN) - start;
	return Number.isSafeInteger(left) && left >= seen ? left : undefined;
}

/** Stretches planned at a time, after the first few: a total may be a lie. */
const MOST_AT_ONCE = 60;

/**
 * What lies between the first page and the end that the first page told, a few pages at a time. Stops
 * where the server has nothing new to give, whatever it says how much there is.
 */
async function readStretches(
	read: Read,
	collected: Accumulator,
	end: number,
	size: PageSize,
	pagesAtOnce: number,
): Promise<void> {
	let planned = pagesAtOnce;
	for (let offset = collected.end; offset < end; planned = Math.min(2 * planned, MOST_AT_ONCE)) {
		// While the pages grow, each round is planned with what the one before has shown.
		if (size.grows) planned = pagesAtOnce;
		const step = size.share(end - offset, pagesAtOnce);
		const offsets: number[] = [];
		for (; offset < end && offsets.length < planned; offset += step) offsets.push(offset);
		const ranges = await inOrder(
			offsets,
			pagesAtOnce,
			async (from) => await readStretch(read, from, Math.min(step, end - from), end),
		);
		let added = 0;
		for (const page of ranges.flat()) added += collected.add(page);
		if (added === 0 || ranges.some((pages) => pages.length === 0)) return;
	}
}

/** A page that comes within so many milliseconds may be larger the next time. */
const QUICK = 2_000;

/** What a server may answer to a page that is larger than it gives. */
const REFUSALS = ['400', '413', '422', '500'];

/**
 * How many items to ask for at once. Each page costs a connection of its own: while a server answers
 * quickly and gives all it was asked for, the pages double, up to the most that the product allows.
 */
class PageSize {
	/** The most that came at once: what the server is known to give. */
	private proven = 1;
	private wanted: number;

	constructor(
		private readonly first: number,
		private largest: number,
	) {
		this.wanted = first;
	}

	/** Whether the next pages may be larger than those before. */
	get grows(): boolean {
		return this.wanted > this.proven;
	}

	/** The size of a page where so much is left: a fair share of it, so that none waits for the others. */
	share(left: number, atOnce: number): number {
		const least = Math.min(this.first, this.wanted);
		return Math.max(least, Math.min(this.wanted, Math.ceil(left / atOnce)));
	}

	/** Looks at a page that came. */
	learn(asked: number, came: number, milliseconds: number): void {
		this.proven = Math.max(this.proven, came);
		if (milliseconds > QUICK || came < asked) this.largest = Math.min(this.largest, this.proven);
		this.wanted = Math.min(2 * this.proven, this.largest);
	}

	/** Whether a refusal may be because of the size: nothing as large has come yet. */
	isToBlame(error: unknown, asked: number): boolean {
		return asked > this.proven && this.proven > 1 && REFUSALS.includes(httpCodeOf(error));
	}

	/** What to ask for where that was too much. */
	smaller(asked: number): number {
		const half = Math.ceil(asked / 2);
		const next = asked > this.proven && this.proven > 1 ? this.proven : half;
		this.largest = Math.min(this.largest, next);
		this.wanted = Math.min(this.wanted, next);
		return next;
	}
}

const httpCodeOf = (error: unknown): string =>
	String((error as { httpCode?: unknown } | undefined)?.httpCode);

type Read = (offset: number, count: number) => Promise<Page | undefined>;

/** The items at `count` positions from `offset` on, in as many pages as the server makes of them. */
async function readStretch(
	read: Read,
	offset: number,
	count: number,
	knownTotal: number,
): Promise<Page[]> {
	const pages: Page[] = [];
	for (let at = offset; at < offset + count; ) {
		const page = await read(at, offset + count - at);
		if (!page || page.items.length === 0) break;
		const lost = knownTotal - (page.total ?? knownTotal);
		if (lost > 0) {
			const before = Math.max(0, at - lost);
			const shifted = await read(before, at - before);
			if (shifted) pages.push(shifted);
		}
		pages.push(page);
		at += page.items.length;
	}
	return pages;
}

/** What the stretches did not cover: items added meanwhile, or everything where no total is known. */
async function readOn(
	read: Read,
	collected: Accumulator,
	step: number,
	limit: number,
): Promise<void> {
	while (collected.items.length < limit && collected.end < (collected.total ?? Infinity)) {
		const page = await read(collected.end, Math.min(step, limit));
		// Nothing more, or a server that gives the same page again and again.
		if (!page || page.items.length === 0 || collected.add(page) === 0) return;
	}
}

/** Never seen. */
const NO_KEY = Symbol('an item that cannot be distinguished from others');

/** The items so far, each once. */
class Accumulator {
	readonly items: IDataObject[] = [];
	/** The position up to which the list has been read. */
	end = 0;
	/** The most any page said: one that shrank costs one empty page, one that grew is read on. */
	total: number | undefined;
	/** What the page read last said. */
	lastTotal: number | undefined;
	/** Entries that are null: nobody knows of what. */
	lost = 0;
	private readonly seen = new Set<string | typeof NO_KEY>();
	private readonly key: (item: IDataObject) => string | undefined;
	private last = '';

	constructor(paging: Paging, first: Page) {
		const keyOf = paging.key ?? (({ id }) => (typeof id === 'string' ? id : undefined));
		// Some lists hold texts, and any may hold null.
		const key = (item: unknown) => (isObject(item) ? keyOf(item) : undefined);
		// A field that repeats within one answer tells no two items apart.
		const keys = present(first.items).map(key);
		const telling = keys.every((k) => k !== undefined) && new Set(keys).size === keys.length;
		this.key = telling ? key : () => undefined;
		this.add(first);
	}

	/** @returns how many items were new */
	add({ offset, items, total }: Page): number {
		if (total !== undefined) this.total = Math.max(total, this.total ?? 0);
		this.lastTotal = total ?? this.lastTotal;
		const there = present(items);
		const keys = there.map((item) => this.key(item));
		if (keys.includes(undefined)) {
			// Without keys only a page that repeats the one before, or was read already, is known.
			const text = JSON.stringify(items);
			if (text === this.last || offset + items.length <= this.end) return 0;
			this.last = text;
		}
		if (offset >= this.end) this.lost += items.length - there.length;
		this.end = Math.max(this.end, offset + items.length);
		const fresh = there.filter((_, index) => !this.seen.has(keys[index] ?? NO_KEY));
		for (const key of keys) if (key !== undefined) this.seen.add(key);
		for (const item of fresh) this.items.push(item);
		if (this.items.length > MOST_ITEMS)
			throw new UserFacingFailure(endless(`${this.items.length} items`));
		return fresh.length;
	}
}

/**
 * The items of an answer: where it has null in place of a list and says that there are 0 of them, it is
 * an empty one. Anything else that is no list is none.
 */
export const asList = (value: unknown, total: number | undefined): IDataObject[] | undefined => {
	if (Array.isArray(value)) return value as IDataObject[];
	return value === null && total === 0 ? [] : undefined;
};

/** The query by which the server knows the list again; undefined where it gives none. */
export function continued({ continuation }: Paging, body: unknown): VeeamRequest['query'] {
	if (continuation === undefined || !isObject(body)) return undefined;
	const value = body[continuation];
	// A nil UUID is how some servers write that there is none.
	const given = typeof value === 'string' && /[^0-]/.test(value);
	return given ? { [continuation]: value } : undefined;
}

/** Where a request that is paged brings its own offset and limit along. */
export function ownPage(
	{ query, body }: Pick<VeeamRequest, 'query' | 'body'>,
	pageIn: NonNullable<ListOptions['pageIn']>,
): Record<string, unknown> {
	if (pageIn === 'query') return query ?? {};
	const value = body?.media === 'json' && isObject(body.value) ? body.value : {};
	if (pageIn === 'body') return value;
	return pageIn === 'body.pagination' && isObject(value.pagination) ? value.pagination : {};
}

/** The offset that the request brings along, a whole number; 0 where it brings none. */
function startOf(
	request: VeeamRequest,
	pageIn: NonNullable<ListOptions['pageIn']>,
	{ offset }: Paging,
): number {
	const given = Number(ownPage(request, pageIn)[offset] ?? 0);
	return Number.isInteger(given) && given > 0 ? given : 0;
}

/** See `ListOptions.pageIn`. */
function whereToPage({ method, body }: VeeamRequest): NonNullable<ListOptions['pageIn']> {
	if (method === 'GET') return 'query';
	if (body?.media !== 'json' || !isObject(body.value)) return 'none';
	if ('pagination' in body.value) return 'body.pagination';
	return 'limit' in body.value ? 'body' : 'none';
}

function withPage(
	request: VeeamRequest,
	pageIn: NonNullable<ListOptions['pageIn']>,
	paging: Paging,
	offset: number,
	count: number,
): VeeamRequest {
	if (pageIn === 'none') return request;
	const page = { [paging.offset]: offset, [paging.limit]: count };
	if (pageIn === 'query') return { ...request, query: { ...request.query, ...page } };
	const value =
		request.body?.media === 'json' && isObject(request.body.value) ? request.body.value : {};
	const paged =
		pageIn === 'body'
			? { ...value, ...page }
			: { ...value, pagination: { ...(value.pagination as IDataObject), ...page } };
	return { ...request, body: { media: 'json', value: paged } };
}

import type { IDataObject } from 'n8n-workflow';

import { clockAhead } from '../common/time';
import { UserFacingFailure } from '../http/errors';
import { readPages } from '../http/pages';
import { NO_LIST, walk, type Page } from '../http/pageWalk';
import { isPagedList } from '../http/pagingPlacement';
import type { ProductAdapter, VeeamClient, VeeamRequest } from '../http/types';
import { isObject } from '../common/objects';

/** Requests of one report without its head: an estate of 500 jobs and 200 repositories needs no more. */
const REQUESTS = 12;

/** Items of one list: no report is worth more. What is cut off is reported (`Sections.cut`). */
const MOST = 100_000;

const PAGES_AT_ONCE = 3;

/** A list as far as it was read. */
export interface ReadList {
	items: IDataObject[];
	/** False: there is more of it. */
	isWhole: boolean;
}

/** Something that can be read. What is nothing of the kind counts as missing: its state is not known. */
const isRecord = (item: unknown): boolean => isObject(item) && Object.keys(item).length > 0;

/** The records without those that came before, alike in every field. Without a key they may be two things. */
function eachOnce(
	records: IDataObject[],
	keyOf: (record: IDataObject) => unknown = ({ id }) => id,
): IDataObject[] {
	const byKey = new Map<unknown, IDataObject[]>();
	return records.filter((record) => {
		const key = keyOf(record);
		if (!key) return true;
		const others = byKey.get(key);
		if (!others) byKey.set(key, [record]);
		// A whole record is compared only where its key came before.
		else if (others.some((other) => JSON.stringify(other) === JSON.stringify(record))) return false;
		else others.push(record);
		return true;
	});
}

/**
 * Reads the server for one report, counts the requests, and learns the server's time, which these
 * products tell by the `Date` of an answer alone.
 */
export class PageReader implements Pick<VeeamClient, 'list'> {
	private requests = 0;
	private ahead: number | undefined;
	private wasShort = false;
	private readonly shared = new Map<string, ReadList>();

	/** @param pageSize items asked for at once, where a report asks for more than other operations do */
	constructor(
		readonly client: VeeamClient,
		private readonly adapter: Pick<ProductAdapter, 'paging' | 'catalogue'>,
		private readonly pageSize = adapter.paging.pageSize,
	) {}

	/** All items, in pages as big as the server takes; a list that fits one page is one request. */
	async list(request: VeeamRequest): Promise<IDataObject[]> {
		const { items, isWhole } = await this.read(request, Infinity);
		this.wasShort ||= !isWhole;
		return items;
	}

	/** Whether a list that was read by `list` or `pages` since the last call had fewer items than the server said. */
	takeShort(): boolean {
		const was = this.wasShort;
		this.wasShort = false;
		return was;
	}

	/**
	 * The first `most` items, and whether that is all: it is not where there are more, nor where the
	 * server gave fewer than it said there are, or null or something empty among them.
	 */
	async read(request: VeeamRequest, most = MOST): Promise<ReadList> {
		const { offset } = this.adapter.paging;
		const isPaged = isPagedList(this.adapter, this.client.version, request);
		let total: number | undefined;
		let short = false;
		const pages = async (part: VeeamRequest, limit: number): Promise<IDataObject[]> => {
			const items = await readPages(
				part,
				{
					limit,
					pageSize: this.pageSize,
					...(isPaged ? {} : { pageIn: 'none' as const }),
					onTotal: (count) => (total = count),
					onShort: () => (short = true),
				},
				this.adapter.paging,
				PAGES_AT_ONCE,
				async (page) => await this.ask(page),
			);
			if (!items) throw new UserFacingFailure(NO_LIST);
			return items;
		};
		const all = await pages(request, most);
		const records = all.filter(isRecord);
		if (records.length < all.length) short = true;
		const items = eachOnce(records, this.adapter.paging.key);
		if (short) return { items, isWhole: false };
		if (records.length < most) return { items, isWhole: true };
		if (total !== undefined) return { items, isWhole: total <= most };
		const next = { ...request, query: { ...request.query, [offset]: most } };
		return { items, isWhole: (await pages(next, 1)).length === 0 };
	}

	/** As `read`, of a whole list that several sections need: it is asked for once. */
	async readShared(path: string): Promise<ReadList> {
		const list = this.shared.get(path) ?? (await this.read({ method: 'GET', path }));
		this.shared.set(path, list);
		return list;
	}

	/** A list page by page, as far as the caller wants. */
	async *pages(request: VeeamRequest, pageSize = this.pageSize): AsyncGenerator<Page, void> {
		const client = { ...this.client, request: async (page: VeeamRequest) => await this.send(page) };
		for await (const page of walk(client, this.adapter, request, { pageSize })) {
			const items = page.items.filter(isRecord);
			this.wasShort ||=
				page.short !== undefined || page.lost !== undefined || items.length < page.items.length;
			const lost = (page.lost ?? 0) + page.items.length - items.length;
			yield { ...page, items, ...(lost > 0 ? { lost } : {}) };
		}
	}

	/** One object, out of its envelope where it has one; without a field where the answer is no object. */
	async get(path: string, envelope?: string, query?: VeeamRequest['query']): Promise<IDataObject> {
		const body = (await this.ask({ method: 'GET', path, ...(query ? { query } : {}) })) as
			| IDataObject
			| undefined;
		const found = (envelope === undefined ? undefined : body?.[envelope]) ?? body;
		// Whoever asked knows what is missing then, and says it.
		return isRecord(found) ? (found as IDataObject) : {};
	}

	/** As `get`, for the head of a report: it takes nothing from what the sections may ask. */
	async getHead(path: string, envelope?: string): Promise<IDataObject> {
		const before = this.requests;
		try {
			return await this.get(path, envelope);
		} finally {
			this.requests = before;
		}
	}

	/** Counts a request that is made elsewhere. */
	async counted<T>(read: () => Promise<T>): Promise<T> {
		this.requests++;
		return await read();
	}

	/** Whether there has been an answer, whose date tells the server's time. */
	get knowsTime(): boolean {
		return this.ahead !== undefined;
	}

	/** Milliseconds since 1970 by the server's clock, as far as an answer told it. */
	now(): number {
		return Date.now() + (this.ahead ?? 0);
	}

	/** Requests left for what is good to have. */
	get left(): number {
		return Math.max(0, REQUESTS - this.requests);
	}

	private async ask(request: VeeamRequest): Promise<unknown> {
		return (await this.send(request)).body;
	}

	private async send(request: VeeamRequest): ReturnType<VeeamClient['request']> {
		this.requests++;
		const answer = await this.client.request(request);
		// An answer without a date is of a proxy that took it away: n8n's clock is the nearest then.
		this.ahead ??= clockAhead(answer.headers, Date.now()) ?? 0;
		return answer;
	}
}

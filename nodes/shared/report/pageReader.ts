import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { walk, type Page } from '../http/pageWalk';
import { present } from '../common/rows';
import { isPagedList } from '../http/pagingPlacement';
import type { ProductAdapter, VeeamClient, VeeamRequest } from '../http/types';

/** Requests of one report: an estate of 500 jobs and 200 repositories needs no more. */
const REQUESTS = 12;

/** A difference of the clocks below is the time an answer took. */
const SLACK = 5_000;

/** Items of one list: no report is worth more. What is cut off is told (`Sections.cut`). */
const MOST = 100_000;

/** A list as far as it was read. */
export interface ReadList {
	items: IDataObject[];
	/** False: there is more of it. */
	isWhole: boolean;
}

/**
 * Reads the server for one report, counts the requests, and learns the server's time, which these
 * products tell by the `Date` of an answer alone.
 */
export class PageReader implements Pick<VeeamClient, 'list'> {
	private requests = 0;
	private ahead: number | undefined;

	/** @param pageSize items asked for at once, where a report asks for more than other operations do */
	constructor(
		readonly client: VeeamClient,
		private readonly adapter: Pick<ProductAdapter, 'paging' | 'catalogue'>,
		private readonly pageSize = adapter.paging.pageSize,
	) {}

	/** All items, in pages as big as the server takes; a list that fits one page is one request. */
	async list(request: VeeamRequest): Promise<IDataObject[]> {
		return (await this.read(request, Infinity)).items;
	}

	/** The first `most` items, and whether there are more. */
	async read(request: VeeamRequest, most = MOST): Promise<ReadList> {
		const { offset, limit, items, total } = this.adapter.paging;
		const isPaged = isPagedList(this.adapter, this.client.version, request);
		const pageSize = Math.min(this.pageSize, most);
		const body = await this.ask({
			...request,
			query: { ...request.query, ...(isPaged ? { [offset]: 0, [limit]: pageSize } : {}) },
		});
		const first = items(body);
		const there = present(first ?? []);
		// Raises what the transport says of an answer that is no list.
		if (!first) return { items: await this.client.list(request), isWhole: true };
		// Lists that know no pages come whole.
		const isUnpaged = !isPaged || (Array.isArray(body) && first.length !== pageSize);
		const known = total(body) ?? Infinity;
		if (isUnpaged || first.length === 0 || first.length >= known)
			return { items: there, isWhole: true };
		if (first.length >= most) return { items: there, isWhole: false };
		// One more than wanted says whether there is one.
		const rest = await this.client.list(
			{ ...request, query: { ...request.query, [offset]: first.length } },
			{ limit: most - first.length + 1, pageSize },
		);
		this.requests += Math.max(1, Math.ceil(rest.length / first.length));
		const all = [...there, ...rest];
		return { items: all.slice(0, most), isWhole: all.length <= most };
	}

	/** A list page by page, as far as the caller wants. */
	async *pages(request: VeeamRequest, pageSize = this.pageSize): AsyncGenerator<Page, void> {
		const client = { ...this.client, request: async (page: VeeamRequest) => await this.send(page) };
		yield* walk(client, this.adapter, request, { pageSize });
	}

	/** One object, out of its envelope where it has one. */
	async get(path: string, envelope?: string): Promise<IDataObject> {
		const body = (await this.ask({ method: 'GET', path })) as IDataObject | undefined;
		return ((envelope === undefined ? undefined : body?.[envelope]) ?? body ?? {}) as IDataObject;
	}

	/** Counts a request that is made elsewhere. */
	async counted<T>(read: () => Promise<T>): Promise<T> {
		this.requests++;
		return await read();
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
		const date = DateTime.fromHTTP(answer.headers?.date ?? '');
		const difference = date.isValid ? date.toMillis() - Date.now() : 0;
		this.ahead ??= Math.abs(difference) > SLACK ? difference : 0;
		return answer;
	}
}

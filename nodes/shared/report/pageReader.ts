import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { ProductAdapter, VeeamClient, VeeamRequest } from '../http/types';

/** Requests of one report: an estate of 500 jobs and 200 repositories needs no more. */
const REQUESTS = 12;

/** A difference of the clocks below is the time an answer took. */
const SLACK = 5_000;

/**
 * Reads the server for one report, counts the requests, and learns the server's time, which these
 * products tell by the `Date` of an answer alone.
 */
export class PageReader implements Pick<VeeamClient, 'list'> {
	private requests = 0;
	private ahead: number | undefined;

	constructor(
		readonly client: VeeamClient,
		private readonly paging: ProductAdapter['paging'],
	) {}

	/** All items, in pages as big as the server takes; a list that fits one page is one request. */
	async list(request: VeeamRequest): Promise<IDataObject[]> {
		const { offset, limit, pageSize, items, total } = this.paging;
		const body = await this.ask({
			...request,
			query: { ...request.query, [offset]: 0, [limit]: pageSize },
		});
		const first = items(body);
		// Raises what the transport says of an answer that is no list.
		if (!first) return await this.client.list(request);
		// Lists that know no pages come whole.
		const isWhole = Array.isArray(body) && first.length < pageSize;
		if (isWhole || first.length === 0 || first.length >= (total(body) ?? Infinity)) return first;
		const rest = await this.client.list({
			...request,
			query: { ...request.query, [offset]: first.length },
		});
		this.requests += Math.max(1, Math.ceil(rest.length / first.length));
		return [...first, ...rest];
	}

	/** One object, out of its envelope where it has one. */
	async get(path: string, envelope?: string): Promise<IDataObject> {
		const body = (await this.ask({ method: 'GET', path })) as IDataObject | undefined;
		return ((envelope === undefined ? undefined : body?.[envelope]) ?? body ?? {}) as IDataObject;
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
		this.requests++;
		const { body, headers } = await this.client.request(request);
		const date = DateTime.fromHTTP(headers.date ?? '');
		const difference = date.isValid ? date.toMillis() - Date.now() : 0;
		this.ahead ??= Math.abs(difference) > SLACK ? difference : 0;
		return body;
	}
}

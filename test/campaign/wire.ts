/** The HTTP below the nodes: a server of one of the products, and what goes wrong on the way. */
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import type { ProductKey } from '../../nodes/products';
import type { Clock } from './clock';
import { factsOf } from './facts';

export type Product = ProductKey;

export interface Request {
	/** Without the base that is the same for all. */
	path: string;
	query: Record<string, string>;
	/** The server's clock. */
	now: number;
}

/** What a server has to say to one request. */
export type Answer =
	| { list: IDataObject[]; unpaged?: boolean }
	| { record: IDataObject }
	| { status: number; body: IDataObject };

/** How one poll is disturbed. Requests are counted from 1. */
export interface Trouble {
	/** … or nothing at all. */
	kind:
		| 'none'
		| 'status'
		| 'network'
		| 'cut'
		| 'page'
		| 'nothing'
		| 'slow'
		| 'empty'
		| 'leftOut'
		| 'hang';
	/** The request it begins with. */
	at: number;
	/** It goes on to the poll's end; otherwise it meets one request. */
	lasts: boolean;
	status?: number;
}

export const CALM: Trouble = { kind: 'none', at: 0, lasts: false };

/** Asked where an answer is odd, to find out which product is there. */
const PROBES = /^\/(api\/)?$|thereIsNoSuchPath|users\/me|\/serverTime$|\/v[67]\/Jobs$/i;

const BASES: Record<Product, (version: string) => string> = {
	vbr: () => '',
	vb365: (version) => `/${version}`,
	vspc: () => '/api/v3',
};

export class Wire {
	trouble: Trouble = CALM;
	/** Requests of the present poll. */
	sent = 0;
	/** Bodies of the present poll, in bytes. */
	bytes = 0;
	/** The present poll met its trouble. */
	wasHit = false;
	readonly wrong = new Set<string>();
	/** Items of one page at the most. */
	pageSize = 1000;
	/** Added to what a list says how many there are. */
	overcount = 0;
	/** Milliseconds that the server's clock is ahead. */
	ahead = 0;
	/** Milliseconds a request takes. */
	latency = 50;
	/** Called before a request is answered: the world may change in the middle of a poll. */
	before: () => void = () => {};

	constructor(
		private readonly clock: Clock,
		private readonly product: Product,
		private readonly version: string,
		private readonly answer: (request: Request) => Answer | undefined,
	) {}

	begin(trouble: Trouble): void {
		this.trouble = trouble;
		this.sent = 0;
		this.bytes = 0;
		this.wasHit = false;
	}

	/** As n8n's helper answers, for the options that the package uses. */
	async request(options: IHttpRequestOptions): Promise<IDataObject> {
		this.sent++;
		this.clock.now += this.latency;
		const { kind, at, lasts, status = 500 } = this.trouble;
		const hit = kind !== 'none' && (lasts ? this.sent >= at : this.sent === at);
		if (hit) this.wasHit = true;
		await new Promise<void>((resolve) => setImmediate(resolve));
		if (hit && kind === 'hang') return await new Promise(() => {});
		if (hit && kind === 'network')
			throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
		if (hit && kind === 'slow') this.clock.now += 11_000;
		if (hit && kind === 'status')
			return this.full(status, { message: 'Not now', errorCode: 'UnexpectedError' });
		if (hit && kind === 'page') return this.full(200, '<html><body>Login</body></html>');
		if (hit && kind === 'nothing') return this.full(200, '');
		this.before();
		const url = new URL(options.url);
		const base = BASES[this.product](this.version);
		const path = decodeURIComponent(url.pathname.slice(base.length));
		const query: Record<string, string> = Object.fromEntries(url.searchParams);
		for (const [name, value] of Object.entries((options.qs ?? {}) as IDataObject)) {
			query[name] = String(value);
		}
		if (!PROBES.test(url.pathname)) this.check(path, query);
		const request = { path, query, now: this.clock.now + this.ahead };
		const found = this.answer(request);
		if (!found) {
			if (!PROBES.test(url.pathname)) this.wrong.add(`nobody answers GET ${path}`);
			return this.full(404, { message: `No ${path}` });
		}
		if ('status' in found) return this.full(found.status, found.body);
		this.isLeavingOut = hit && kind === 'leftOut';
		const body =
			'record' in found ? this.single(path, found.record) : this.page(path, query, found);
		const text = JSON.stringify(body);
		if (hit && kind === 'cut') return this.full(200, text.slice(0, Math.floor(text.length / 2)));
		return this.full(200, text);
	}

	/** What the version does not have is asked by nobody. */
	private check(path: string, query: Record<string, string>): void {
		const facts = factsOf(this.product, this.version, path);
		if (facts === undefined) return;
		if (facts === 'absent') {
			if (!/[\da-f]{8}-/.test(path)) this.wrong.add(`${this.version} has no ${path}`);
			return;
		}
		for (const name of Object.keys(query))
			if (!facts.query.has(name)) this.wrong.add(`${this.version} ${path} has no ?${name}`);
	}

	private single(path: string, record: IDataObject): IDataObject {
		const { data, ...others } = record;
		return data && Object.keys(others).length === 0
			? { data: this.known(path, data as IDataObject) }
			: this.known(path, record);
	}

	/** Fields that a server may leave out for once. */
	optional: string[] = [];
	private isLeavingOut = false;

	/** A record with the fields that the version has. */
	private known(path: string, whole: IDataObject): IDataObject {
		const record = this.isLeavingOut
			? Object.fromEntries(Object.entries(whole).filter(([name]) => !this.optional.includes(name)))
			: whole;
		const facts = factsOf(this.product, this.version, path);
		if (facts === undefined || facts === 'absent' || facts.fields.size === 0) return record;
		const foreign = Object.keys(record).filter((name) => !facts.fields.has(name));
		for (const name of foreign)
			if (!name.startsWith('_')) this.dropped.add(`${this.version} ${path}: ${name}`);
		return Object.fromEntries(
			Object.entries(record).filter(([name]) => facts.fields.has(name) || name.startsWith('_')),
		);
	}

	/** Fields of worlds that a version does not have. */
	readonly dropped = new Set<string>();

	private page(
		path: string,
		query: Record<string, string>,
		{ list, unpaged }: { list: IDataObject[]; unpaged?: boolean },
	): IDataObject | IDataObject[] {
		const { kind, at, lasts } = this.trouble;
		const isEmpty = kind === 'empty' && (lasts ? this.sent >= at : this.sent === at);
		const all = isEmpty ? [] : list;
		const paged = (offset: number, limit: number) =>
			all
				.slice(offset, offset + Math.min(limit, this.pageSize))
				.map((one) => this.known(path, one));
		const total = all.length + this.overcount;
		if (unpaged && this.product === 'vbr')
			return { items: all.map((one) => this.known(path, one)) };
		if (this.product === 'vbr') {
			const skip = Number(query.skip ?? 0);
			const data = paged(skip, Number(query.limit ?? 200));
			return {
				data,
				pagination: { total, count: data.length, skip, limit: Number(query.limit ?? 200) },
			};
		}
		const offset = Number(query.offset ?? 0);
		if (this.product === 'vspc') {
			const data = paged(offset, Math.min(500, Number(query.limit ?? 100)));
			return { meta: { pagingInfo: { total, count: data.length, offset } }, data, errors: [] };
		}
		if (unpaged) return all.map((one) => this.known(path, one));
		const limit = Number(query.limit ?? 30);
		const results = paged(offset, limit);
		const next = offset + results.length < total;
		return {
			offset,
			limit,
			results,
			...(this.version === 'v8' ? {} : { totalCount: total }),
			_links: next ? { next: { href: path } } : {},
		};
	}

	private full(statusCode: number, body: unknown): IDataObject {
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		this.bytes += text.length;
		return {
			statusCode,
			headers: { date: new Date(this.clock.now + this.ahead).toUTCString() },
			body: text,
		};
	}
}

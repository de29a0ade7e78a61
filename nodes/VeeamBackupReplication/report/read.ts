import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import type { QueryValue, VeeamClient } from '../../shared/http/types';

/** Requests of one report: an estate of 500 jobs and 200 repositories needs no more. */
const REQUESTS = 12;

/** Each page is a TLS handshake, and the server states no maximum; it may give fewer. */
const PAGE = 20_000;

/** A list that is longer is cut: no report is worth more. */
const MOST = 100_000;

/** Reads the server for one report and keeps count. */
export class Reader {
	private requests = 0;
	private now: number | undefined;

	/** Requests that something still to come must have. */
	reserved = 0;

	constructor(readonly client: VeeamClient) {}

	async list(
		path: string,
		query: Record<string, QueryValue> = {},
		{ limit = MOST, label }: { limit?: number; label?: string } = {},
	): Promise<IDataObject[]> {
		const items = await this.client.list(
			{ method: 'GET', path: `/api/v1${path}`, query, label },
			{
				limit,
				pageSize: PAGE,
				pageIn: 'query',
				onHeaders: ({ date }) => (this.now ??= httpTime(date)),
			},
		);
		this.requests += Math.max(1, Math.ceil(items.length / PAGE));
		return items;
	}

	async get(path: string): Promise<IDataObject> {
		this.requests++;
		const { body } = await this.client.request({ method: 'GET', path: `/api/v1${path}` });
		return (body ?? {}) as IDataObject;
	}

	/** The server's time in milliseconds: as its first answer told it, else asked for. */
	async serverNow(): Promise<number> {
		this.now ??= millis((await this.get('/serverTime')).serverTime);
		return this.now ?? Date.now();
	}

	/** Counts a request that is made elsewhere. */
	async one<T>(read: () => Promise<T>): Promise<T> {
		this.requests++;
		return await read();
	}

	/** Requests left for what is good to have. */
	get left(): number {
		return Math.max(0, REQUESTS - this.requests - this.reserved);
	}
}

export const textOf = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function httpTime(text: string | undefined): number | undefined {
	const time = DateTime.fromHTTP(text ?? '');
	return time.isValid ? time.toMillis() : undefined;
}

/**
 * Milliseconds of a time.
 *
 * @returns undefined where there is none, or a year that stands for "never" (0001, 1900)
 */
export function millis(text: unknown): number | undefined {
	if (typeof text !== 'string' || text === '') return undefined;
	const time = DateTime.fromISO(text, { zone: 'utc' });
	return time.isValid && time.year > 1970 ? time.toMillis() : undefined;
}

export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

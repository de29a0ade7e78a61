import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { present } from '../common/rows';
import type { ProductAdapter, VeeamClient, VeeamRequest } from '../http/types';
import type { Deadline } from './deadline';
import { readOptions } from './options';
import type { EventDefinition } from './types';
import { UserFacingFailure } from '../http/errors';
import { NO_LIST, walk, type Page, type Short } from '../http/pageWalk';

/** Options every event knows, from the trigger's own "Options". */
export interface CommonOptions {
	/** Tell at the first poll what is wrong at that time. */
	emitCurrentProblems: boolean;
	/** Tell again that a problem is still there, after so many hours; 0: never. */
	reminderHours: number;
	/** Items of one poll; what is more comes with the next. */
	maxItems: number;
	/** After a pause: what happened meanwhile is not told. */
	beginsAnew: boolean;
}

/** What an event works with during one poll. */
export interface PollContext {
	readonly client: VeeamClient;
	readonly adapter: ProductAdapter;
	readonly common: CommonOptions;
	/** The event's fields and options, by name, with their defaults. */
	readonly options: IDataObject;
	/**
	 * From when on the event is to watch, by the server's clock, where its first look comes late:
	 * what happened since then is news. Undefined where that is now.
	 */
	since?: number;
	/** The user changed the event's settings since the memory was made. */
	settingsChanged?: true;
	/** A list of this poll that ended before the server's own count of it. */
	readonly short?: Short;
	/** How many notifications may still be told in this poll. */
	readonly remainingItems: number;
	/** Milliseconds since 1970 by the server's clock, as far as its last answer told it. */
	serverNow(): number;
	/** n8n's own clock. */
	now(): number;
	/** Too little time is left to begin anything more. */
	isExpired(): boolean;
	/** Pages of a list, as big as `pageSize` says, from position `from` on. */
	pages(
		request: VeeamRequest,
		options?: {
			from?: number;
			pageSize?: number;
			/** What the list is ordered by: rows that are equal may change places between two pages. */
			orderedBy?: (record: IDataObject) => unknown;
		},
	): AsyncGenerator<Page, void, undefined>;
	/** One request, within the time that is left. */
	get(request: Omit<VeeamRequest, 'method'>): Promise<unknown>;
	/**
	 * The records of one request's list. What is no list is refused: taken for an empty one, everything
	 * would seem to be gone, or new.
	 *
	 * @throws UserFacingFailure
	 */
	list(request: Omit<VeeamRequest, 'method'>): Promise<IDataObject[]>;
}

export interface PollContextSetup {
	context: IPollFunctions;
	client: VeeamClient;
	adapter: ProductAdapter;
	event: EventDefinition;
	common: CommonOptions;
	remainingItems: number;
	deadline: Deadline;
	now: () => number;
}

export function createPollContext(setup: PollContextSetup): PollContext {
	const { context, client, adapter, event, common, remainingItems, deadline, now } = setup;
	let ahead = 0;
	const learnTime = (headers: Record<string, string>) => {
		const date = DateTime.fromHTTP(headers.date ?? '');
		// To the second, and some milliseconds old: only a real difference counts.
		const difference = date.isValid ? date.toMillis() - now() : 0;
		ahead = Math.abs(difference) > 5000 ? difference : 0;
	};
	const get = async (request: Omit<VeeamRequest, 'method'>): Promise<unknown> => {
		const { body, headers } = await client.request({ ...request, method: 'GET' });
		learnTime(headers);
		return body;
	};
	let short: Short | undefined;
	return {
		client,
		adapter,
		common,
		remainingItems,
		get short() {
			return short;
		},
		options: readOptions(context, event),
		serverNow: () => now() + ahead,
		now,
		isExpired: () => deadline.isExpired(),
		async *pages(request, { from, pageSize = adapter.paging.pageSize, orderedBy } = {}) {
			for await (const page of walk(client, adapter, request, { from, pageSize, orderedBy })) {
				learnTime(page.headers);
				short = page.short ?? short;
				yield page;
			}
		},
		get,
		async list(request) {
			const list = adapter.paging.items(await get(request));
			if (!list) throw new UserFacingFailure(NO_LIST);
			return present(list);
		},
	};
}

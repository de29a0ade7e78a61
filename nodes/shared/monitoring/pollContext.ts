import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { present } from '../common/rows';
import { clockAhead } from '../common/time';
import type { ProductAdapter, VeeamClient, VeeamRequest } from '../http/types';
import type { Deadline } from './deadline';
import { numberOf, readOptions } from './options';
import type { CommonOptions, EventDefinition, PollContext } from './types';
import { UserFacingFailure } from '../http/errors';
import { NO_LIST, walk, type Short } from '../http/pageWalk';

export type { CommonOptions, PollContext };

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

/** What the user set for all events. */
export function commonOptions(context: IPollFunctions): CommonOptions {
	const { emitCurrentProblems, reminderHours, maxItems, afterPause } = context.getNodeParameter(
		'options',
		{},
	) as IDataObject;
	return {
		emitCurrentProblems: emitCurrentProblems === true,
		reminderHours: Math.max(0, numberOf(reminderHours) ?? 0),
		maxItems: Math.max(1, numberOf(maxItems) ?? 500),
		beginsAnew: afterPause === 'beginAnew',
	};
}

export function createPollContext(setup: PollContextSetup): PollContext {
	const { context, client, adapter, event, common, remainingItems, deadline, now } = setup;
	let ahead = 0;
	const learnTime = (headers: Record<string, string>) => {
		ahead = clockAhead(headers, now()) ?? 0;
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

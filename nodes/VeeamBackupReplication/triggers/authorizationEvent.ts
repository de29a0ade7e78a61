import type { IDataObject } from 'n8n-workflow';

import { eventStreamEvent } from '../../shared/monitoring/eventStream';
import { shortKey } from '../../shared/monitoring/keys';
import { listOf, nameOptions, namePasses } from '../../shared/monitoring/options';
import { DAY, readTime, writeLike } from '../../shared/common/time';
import type { Notification, Severity } from '../../shared/monitoring/types';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { isKnown, same } from '../model/catalogueFacts';

const PATH = '/api/v1/authorization/events';

/** A request can wait for so long; its end changes the record in place. */
const LONGEST_WAIT = 40 * DAY;

/** By short id: 1 for each request that was told as pending. */
type Pending = Record<string, 1>;

/** The states a request of four-eyes authorization can have; others are notes in the same list. */
const STATES = ['Approved', 'Expired', 'Pending', 'Rejected'];

const ENDS: Record<string, Severity> = {
	approved: 'info',
	expired: 'warning',
	rejected: 'warning',
};

const isPending = ({ state }: IDataObject): boolean => same(state, 'Pending');

/** A request is told when it is made and when it is over: two notifications of one record. */
function timeOf(record: IDataObject): unknown {
	const { state, creationTime, processedTime, expirationTime } = record;
	if (isPending(record)) return creationTime;
	if (readTime(processedTime) !== undefined) return processedTime;
	return same(state, 'Expired') ? expirationTime : creationTime;
}

async function* requests(pollContext: PollContext, createdAfterFilter: string) {
	const takesList = isKnown(pollContext, `GET ${PATH}`, { name: 'stateFilter', isList: true });
	const query = { createdAfterFilter, ...(takesList ? { stateFilter: STATES } : {}) };
	for await (const page of pollContext.pages({ method: 'GET', path: PATH, query }))
		yield {
			...page,
			items: page.items.filter(({ state }) => STATES.some((one) => same(state, one))),
		};
}

const longAgo = (pollContext: PollContext): string =>
	new Date(pollContext.serverNow() - LONGEST_WAIT).toISOString();

/** Requests for a second person's approval, and what became of them. */
export const authorizationEvent = eventStreamEvent<Pending>(
	{
		value: 'authorizationEvent',
		name: 'Authorization (Four-Eyes) Event',
		short: 'Four-Eyes Event',
		description: 'An operation waits for the approval of a second person; later, what became of it',
		fields: [
			{
				displayName: 'States',
				name: 'authorizationEventStates',
				type: 'multiOptions',
				options: STATES.map((state) => ({ name: state, value: state })),
				default: [...STATES],
				description: 'Which to report',
			},
		],
		options: nameOptions(),
	},
	{
		newest: async (pollContext) => {
			const records: IDataObject[] = [];
			for await (const { items } of requests(pollContext, longAgo(pollContext)))
				records.push(...items);
			const time = (record: IDataObject) => readTime(timeOf(record)) ?? 0;
			return records.sort((a, b) => time(b) - time(a));
		},
		since: (pollContext, after) => {
			const time = readTime(after);
			return requests(
				pollContext,
				time === undefined ? longAgo(pollContext) : writeLike(after, time - LONGEST_WAIT),
			);
		},
		oldestFirst: false,
		id: (record) => `${String(record.id)}/${isPending(record) ? 'pending' : 'over'}`,
		time: timeOf,
		begin: () => ({}),
		objectId: ({ id }) => String(id),
		isProblem: isPending,
		emit: async ({ options }, record, pending) => {
			const key = shortKey(String(record.id));
			const wasTold = pending[key] === 1;
			const isWaiting = isPending(record);
			const wanted = listOf(options.authorizationEventStates);
			if (!isWaiting) delete pending[key];
			// Whoever opened a ticket wants to hear of its end.
			if (!wasTold && !wanted.some((one) => same(record.state, one))) return [];
			if (!namePasses(String(record.name), options.includeNames, options.excludeNames)) return [];
			if (isWaiting) pending[key] = 1;
			return [happeningOf(record, wasTold)];
		},
	},
);

function happeningOf(record: IDataObject, wasTold: boolean): Notification {
	const { id, name, state, createdBy, processedBy, expirationTime = null } = record;
	const isWaiting = isPending(record);
	const word = String(state).toLowerCase();
	const by = processedBy && word !== 'expired' ? ` by ${String(processedBy)}` : '';
	const whose = createdBy ? ` of ${String(createdBy)}` : '';
	const request = `The request "${String(name)}"${whose}`;
	return {
		transition: isWaiting ? 'problem' : wasTold ? 'recovered' : 'finished',
		severity: isWaiting ? 'warning' : (ENDS[word] ?? 'info'),
		object: { id: String(id), name: String(name), type: 'Authorization Request' },
		condition: 'pending',
		occurrence: `${String(id)}/${word}`,
		occurredAt: String(timeOf(record)),
		previous: { problem: wasTold },
		current: { problem: isWaiting, state, processedBy: processedBy ?? null, expirationTime },
		message: isWaiting
			? `${request} waits for approval.`
			: word === 'expired'
				? `${request} has expired.`
				: `${request} was ${word}${by}.`,
		record,
	};
}

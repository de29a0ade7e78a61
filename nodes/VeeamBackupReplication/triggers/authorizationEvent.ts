import type { IDataObject } from 'n8n-workflow';

import { asManyAs, eventStreamEvent } from '../../shared/monitoring/eventStream';
import { farewell, type Farewell } from '../../shared/monitoring/incidents';
import { shortKey } from '../../shared/monitoring/keys';
import { listOf, nameOptions, namePasses } from '../../shared/monitoring/options';
import { DAY, HOUR, isLocal, readTime, writeLike } from '../../shared/common/time';
import type { Notification, Severity } from '../../shared/monitoring/types';
import type { PollContext } from '../../shared/monitoring/pollContext';
import {
	isPending,
	isRequest,
	PATH,
	requestName,
	stateSince,
	STATES,
} from '../model/authorization';
import { isKnown } from '../model/catalogueFacts';
import { same, textOf } from '../model/text';

/** A request can wait for so long; its end changes the record in place. */
const LONGEST_WAIT = 40 * DAY;

/** No time zone is farther behind: a local time that is invented must not be ahead of real ones. */
const WEST = 12 * HOUR;

/** By short id: requests that were seen pending; id and name where that was reported, 2 where it was not. */
type Pending = Record<string, 2 | [id: string, name: string]>;

/** A request, and since when it has been in its state: where the server does not say, since it was seen. */
interface Seen extends IDataObject {
	request: IDataObject;
	since: string;
}

const ENDS: Record<string, Severity> = {
	approved: 'info',
	expired: 'warning',
	rejected: 'warning',
};

const keyOf = ({ id }: IDataObject): string => shortKey(String(id));

/** A request is reported when it is made and when it is over: two notifications of one record. */
async function* requests(pollContext: PollContext, createdAfterFilter: string, pending: Pending) {
	const takesList = isKnown(pollContext, `GET ${PATH}`, { name: 'stateFilter', isList: true });
	const query = { createdAfterFilter, ...(takesList ? { stateFilter: STATES } : {}) };
	for await (const page of pollContext.pages({ method: 'GET', path: PATH, query }))
		yield { ...page, items: page.items.filter(isRequest).map(seenOf) };

	function seenOf(request: IDataObject): Seen {
		const key = keyOf(request);
		if (isPending(request)) pending[key] ??= 2;
		const said = stateSince(request);
		// One that was pending at the last look ended since, however long ago it was made.
		const { creationTime } = request;
		const now = pollContext.serverNow() - (isLocal(creationTime) ? WEST : 0);
		const seen = pending[key] === undefined ? creationTime : writeLike(creationTime, now);
		return { request, since: String(said ?? seen) };
	}
}

const longAgo = (pollContext: PollContext): string =>
	new Date(pollContext.serverNow() - LONGEST_WAIT).toISOString();

/** Requests for a second person's approval, and what became of them. */
export const authorizationEvent = eventStreamEvent<Pending>(
	{
		value: 'authorizationEvent',
		requires: `GET ${PATH}`,
		name: 'Authorization (Four-Eyes) Event',
		action: 'On four-eyes request made or decided',
		short: 'Four-Eyes Event',
		description:
			'An operation is waiting for approval by a second person, or a decision has been made',
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
			for await (const { items } of requests(pollContext, longAgo(pollContext), {}))
				records.push(...items);
			const time = ({ since }: IDataObject) => readTime(since) ?? 0;
			return records.sort((a, b) => time(b) - time(a));
		},
		since: (pollContext, after, pending) => {
			const time = readTime(after);
			return requests(
				pollContext,
				time === undefined ? longAgo(pollContext) : writeLike(after, time - LONGEST_WAIT),
				pending,
			);
		},
		oldestFirst: false,
		id: ({ request }) => {
			const record = request as IDataObject;
			return `${String(record.id)}/${isPending(record) ? 'pending' : 'over'}`;
		},
		time: ({ since }) => since,
		begin: () => ({}),
		objectId: ({ request }) => String((request as IDataObject).id),
		isProblem: ({ request }) => isPending(request as IDataObject),
		isOwed: ({ request }, pending) =>
			!isPending(request as IDataObject) && Array.isArray(pending[keyOf(request as IDataObject)]),
		isWatched: ({ options }, seen, pending) => isWatched(options, (seen as Seen).request, pending),
		emit: async ({ options }, seen, pending) => {
			const { request } = seen as Seen;
			const key = keyOf(request);
			const wasEmitted = Array.isArray(pending[key]);
			const isWaiting = isPending(request);
			const isReported = isWatched(options, request, pending);
			if (!isWaiting) delete pending[key];
			if (!isReported) return [];
			if (isWaiting) pending[key] = [String(request.id), requestName(request).slice(0, 60)];
			return [notificationOf(request, wasEmitted)];
		},
		after: async ({ options, settingsChanged, remainingItems }, pending) =>
			settingsChanged
				? asManyAs(remainingItems, Object.entries(pending), ([key, known]) => {
						if (!Array.isArray(known)) return [];
						if (!listOf(options.authorizationEventStates).some((one) => same(one, 'Pending')))
							return close(pending, key, 'unpicked');
						return namePasses(known[1], options.includeNames, options.excludeNames)
							? []
							: close(pending, key, 'leftOut');
					})
				: [],
		leave: (pending) => Object.keys(pending).flatMap((key) => close(pending, key, 'eventUnpicked')),
	},
);

function isWatched(options: IDataObject, request: IDataObject, pending: Pending): boolean {
	// Whoever opened a ticket wants to hear of its end, whatever the request is called by now.
	if (Array.isArray(pending[keyOf(request)])) return true;
	const wanted = listOf(options.authorizationEventStates);
	if (!wanted.some((one) => same(request.state, one))) return false;
	return namePasses(requestName(request), options.includeNames, options.excludeNames);
}

/** The end of a request that is no longer watched. */
function close(pending: Pending, key: string, why: Farewell): Notification[] {
	const known = pending[key];
	// It was seen all the same: its end is no news.
	pending[key] = 2;
	if (!Array.isArray(known)) return [];
	const [id, name] = known;
	const object = { id, name, type: 'Authorization Request' };
	return [
		{
			transition: 'recovered',
			severity: 'info',
			object,
			condition: 'pending',
			occurrence: `${id}/${why}`,
			previous: { problem: true },
			current: { problem: false, watched: false },
			message: farewell(object, why),
			record: { ...object },
		},
	];
}

function notificationOf(record: IDataObject, wasEmitted: boolean): Notification {
	const { id, state, processedBy, expirationTime = null } = record;
	const isWaiting = isPending(record);
	const word = String(state).toLowerCase();
	const processor = textOf(processedBy);
	const by = processor && word !== 'expired' ? ` by ${processor}` : '';
	const creator = textOf(record.createdBy);
	const name = requestName(record);
	const request = `The request "${name}"${creator && ` of ${creator}`}`;
	const since = stateSince(record);
	return {
		transition: isWaiting ? 'problem' : wasEmitted ? 'recovered' : 'finished',
		severity: isWaiting ? 'warning' : (ENDS[word] ?? 'info'),
		object: { id: String(id), name, type: 'Authorization Request' },
		condition: 'pending',
		occurrence: `${String(id)}/${word}`,
		...(since === undefined ? {} : { occurredAt: String(since) }),
		previous: { problem: wasEmitted },
		current: { problem: isWaiting, state, processedBy: processor || null, expirationTime },
		message: isWaiting
			? `${request} waits for approval.`
			: word === 'expired'
				? `${request} has expired.`
				: `${request} was ${word}${by}.`,
		record,
	};
}

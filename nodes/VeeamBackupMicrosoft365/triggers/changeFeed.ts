import type { IDataObject, INodeProperties, NodeApiError } from 'n8n-workflow';

import { shortKey } from '../../shared/monitoring/keys';
import { DAY, span } from '../../shared/common/time';
import {
	EXAMPLE,
	type Notification,
	type Outcome,
	type EventDefinition,
} from '../../shared/monitoring/types';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { present } from '../../shared/common/rows';
import { UserFacingFailure } from '../../shared/http/errors';
import { CHANGE_KINDS, kindOf, type Change } from '../model/changeKinds';
import { nameChanges, type Named, type ToldChange } from './changeNames';

const PATH = '/Events';

/** Records of one answer. */
const PAGE = 500;

interface FeedState {
	/** How far the feed is read: as the server gave it. */
	token: string;
	/** When it was read, in milliseconds since 1970. */
	at: number;
	/** Read, but not reported yet: a token says where an answer ends, nothing within it. */
	pending?: Pending[];
}

/** A change that is to be reported, and the token it came after. */
type Pending = ToldChange & { token: string };

/** What the user wants of the feed. */
export interface FeedFilter {
	/** Keys of CHANGE_KINDS. */
	kinds: string[];
	changes: Change[];
}

/** "Changed" and "Removed", for an event's field. */
export const CHANGES: INodeProperties['options'] = [
	{ name: 'Added or Changed', value: 'changed' },
	{ name: 'Removed', value: 'removed' },
];

/**
 * An event that tells what the server's change feed (v8) tells. The server itself says how far a
 * reader has come, by a token; so no times are compared.
 */
export function changeFeedEvent(
	described: Omit<EventDefinition, 'poll' | 'sample' | 'requires'>,
	filterOf: (options: IDataObject) => FeedFilter,
): EventDefinition {
	return {
		...described,
		requires: `GET ${PATH}`,
		// Other kinds begin with the next change: a place in the feed holds for all.
		adoptsMemory: true,
		poll: async (pollContext, memory) =>
			memory === undefined
				? { notifications: [], memory: await latest(pollContext) }
				: await goOn(pollContext, filterOf(pollContext.options), memory as FeedState),
		sample: async (pollContext) => await sample(pollContext, filterOf(pollContext.options)),
	};
}

interface Answer {
	records: IDataObject[];
	token: string;
}

async function read(pollContext: PollContext, from: string, limit: number): Promise<Answer> {
	// Without a time the server may wait for changes as long as it likes.
	const body = await pollContext.get({ path: PATH, query: { from, limit, timeoutSeconds: 1 } });
	const { results, nextChangeToken } = (body ?? {}) as IDataObject;
	if (!Array.isArray(results) || typeof nextChangeToken !== 'string')
		throw new UserFacingFailure({
			message: 'The server did not answer with changes.',
			description: 'The answer may have been cut off on the way: look at proxies in between.',
		});
	return { records: results as IDataObject[], token: nextChangeToken };
}

async function latest(pollContext: PollContext): Promise<FeedState> {
	const { token } = await read(pollContext, 'latest', 1);
	return { token, at: pollContext.serverNow() };
}

async function goOn(
	pollContext: PollContext,
	filter: FeedFilter,
	before: FeedState,
): Promise<Outcome> {
	const left = (before.pending ?? []).filter(({ record }) => wanted(record, filter));
	const changes = new Map(left.map((one) => [keyOf(one.record), one]));
	let { token } = before;
	let gap: Notification | undefined;
	let isAll = false;
	try {
		while (!isAll && changes.size < pollContext.remainingItems && !pollContext.isExpired()) {
			const answer = await read(pollContext, token, PAGE);
			for (const record of answer.records) {
				const found = wanted(record, filter);
				if (!found) continue;
				// Of an object that changed several times the last change counts.
				const key = keyOf(record);
				changes.delete(key);
				changes.set(key, { ...found, token });
			}
			isAll = answer.records.length === 0 || answer.token === token;
			token = answer.token;
		}
	} catch (error) {
		if (!isOutdated(error)) throw error as NodeApiError;
		gap = outdated(pollContext, before);
		({ token } = await latest(pollContext));
		isAll = true;
	}
	const all = [...changes.values()];
	const notifications = await emit(pollContext, all.slice(0, pollContext.remainingItems));
	const pending = all.slice(notifications.length);
	const memory: FeedState = {
		token,
		at: pollContext.serverNow(),
		...(pending.length > 0 ? { pending } : {}),
	};
	const unfinished = !isAll || pending.length > 0;
	if (gap) notifications.push(gap);
	return { notifications, memory, ...(unfinished ? { unfinished } : {}) };
}

function wanted(record: IDataObject, { kinds, changes }: FeedFilter): ToldChange | undefined {
	const found = kindOf(record);
	if (!found || !kinds.includes(found.kind) || !changes.includes(found.change)) return undefined;
	return { ...found, record };
}

/** What is changed: a status besides makes another notification of it. */
const keyOf = ({ eventType, id, jobId, policyId, status }: IDataObject): string =>
	[eventType, id ?? jobId ?? policyId, status].join('/');

const isOutdated = (error: unknown): boolean => {
	const code = (error as NodeApiError | undefined)?.context?.errorCode;
	return String(code).toLowerCase() === 'outdatedchangetoken';
};

/** The server has forgotten what came after the token: the one thing that cannot be made good. */
function outdated(pollContext: PollContext, { at }: FeedState): Notification {
	const now = pollContext.serverNow();
	const since = new Date(at).toISOString();
	return {
		transition: 'changed',
		severity: 'warning',
		object: { id: 'changeFeed', name: 'Change Feed', type: 'Change Feed' },
		condition: 'gap',
		occurrence: `${at}`,
		previous: null,
		current: { from: since, to: new Date(now).toISOString() },
		message:
			now - at > DAY
				? // n8n saves the place in the feed with an item only: this one may be older than the last poll.
					`The server no longer knows its changes since ${since}, the place in the feed that n8n remembers from the last item. If the trigger ran until n8n was restarted, only what changed during the restart is missing; otherwise all changes since then may be. From now on they are reported again.`
				: `The server no longer knows its changes of the last ${span(now - at)}: changes since ${since} may be missing. From now on they are reported again.`,
		record: { since },
	};
}

/** As many as there is time to look up, the first ones. */
async function emit(pollContext: PollContext, changes: Pending[]): Promise<Notification[]> {
	const names = await nameChanges(pollContext, changes);
	return names.map((named, index) => notificationOf(changes[index] as Pending, named));
}

function notificationOf(
	{ kind, change, record, token }: Pending,
	{ name, organization, resource }: Named,
): Notification {
	const { eventType, eTag, objectsEtag, status } = record;
	const { name: type = kind } = CHANGE_KINDS[kind] ?? {};
	const id = String(record.id ?? record.jobId ?? record.policyId ?? '');
	return {
		transition: change,
		severity: 'info',
		object: { id, name: name ?? id, type },
		condition: 'change',
		// The server counts the changes of an object; where it does not, the place in the feed does.
		occurrence: [eventType, eTag ?? objectsEtag ?? shortKey(token), status].join('/'),
		previous: null,
		current: { change: eventType, ...(status === undefined ? {} : { status }) },
		message: messageOf(kind, type, change, name, { organization, status }),
		record,
		details: { organization, resource },
	};
}

const DONE = { changed: 'was added or changed', removed: 'was removed' };

function messageOf(
	kind: string,
	type: string,
	change: Change,
	name: string | undefined,
	{ organization, status }: { organization: string | null; status: unknown },
): string {
	const called = name === undefined ? undefined : CHANGE_KINDS[kind]?.title?.(name);
	const what = called ?? (name === undefined ? `${article(type)} ${type}` : `${type} "${name}"`);
	const where = organization === null ? '' : ` of ${organization}`;
	const done = kind === 'JobItems' ? 'were changed' : DONE[change];
	const how = typeof status === 'string' ? `: ${status}` : '';
	return `${what}${where} ${done}${how}.`;
}

const article = (word: string): string => (/^[aeiou]/i.test(word) ? 'An' : 'A');

/** The feed cannot be read backwards: an object of a picked kind, as if it had changed. */
async function sample(
	pollContext: PollContext,
	{ kinds, changes }: FeedFilter,
): Promise<Notification | undefined> {
	for (const kind of kinds) {
		const { list, records, jobId } = CHANGE_KINDS[kind] ?? { records: {} };
		const found = Object.entries(records).find(([, one]) => changes.includes(one));
		const resource = list && found && (await firstOf(pollContext, list));
		if (!resource) continue;
		const [eventType, change] = found;
		const { id, eTag = 1, organizationId } = resource;
		const record: IDataObject = {
			eventType,
			id,
			eTag,
			...(jobId ? { jobId: resource.jobId ?? id } : {}),
			...(organizationId ? { organizationId } : {}),
		};
		const emitted = { kind, change: 'changed' as const, record };
		const [named] = await nameChanges(pollContext, [emitted]);
		const notification = notificationOf({ ...emitted, change, token: '' }, named as Named);
		return { ...notification, message: `${EXAMPLE}${notification.message}` };
	}
	return undefined;
}

/** The first of a list; of what an organization has, that of the first organization. */
async function firstOf(pollContext: PollContext, list: string): Promise<IDataObject | undefined> {
	const first = async (path: string, pathParameters: Record<string, string> = {}) => {
		const page = await pollContext.get({ path, pathParameters, query: { limit: 1 } });
		return present(pollContext.adapter.paging.items(page) ?? [])[0];
	};
	if (!list.includes('{organizationId}')) return await first(list);
	const organization = await first('/Organizations');
	if (!organization) return undefined;
	const organizationId = String(organization.id);
	const found = await first(list, { organizationId });
	return found && { ...found, organizationId };
}

import type { IDataObject } from 'n8n-workflow';

import { DAY, readTime } from '../../shared/common/time';
import { eventStreamEvent } from '../../shared/monitoring/eventStream';
import { partsEvent } from '../../shared/monitoring/parts';
import { excludeUsers, includeUsers, listOf, userPasses } from '../../shared/monitoring/options';
import type { Notification } from '../../shared/monitoring/types';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { isKnown } from '../model/catalogueFacts';
import { restoreName } from '../model/restoreSessions';
import {
	kindOfSession,
	SESSION_KINDS,
	STARTED_SESSIONS,
	type SessionKind,
	type StartedSessions,
} from '../model/startedSessions';
import { textOf } from '../model/values';

/** How far back the newest session is looked for when the trigger begins. */
const LATELY = 3 * DAY;

/** Sessions of several lists come in one stream: each is wrapped with the list that it is of. */
interface Started extends IDataObject {
	list: SessionKind['list'];
	session: IDataObject;
}

const factsOf = ({ list }: Started): StartedSessions => STARTED_SESSIONS[list];

const timeOf = (one: Started): unknown => factsOf(one).startTime(one.session);

const pickedOf = ({ options }: PollContext): string[] => {
	const picked = listOf(options.sessionStartedTypes);
	return picked.length > 0 ? picked : Object.keys(SESSION_KINDS);
};

/** The list that a choice needs. */
const NEEDED = Object.fromEntries(
	Object.entries(SESSION_KINDS).map(([value, { list }]) => [
		value,
		[`GET ${STARTED_SESSIONS[list].path}`] as const,
	]),
);

const described = {
	value: 'sessionStarted',
	name: 'Session Started',
	action: 'On restore or data retrieval started',
	description: 'Someone starts to restore data, or to retrieve or remove archived data',
	fields: [
		{
			displayName: 'Session Types',
			name: 'sessionStartedTypes',
			type: 'multiOptions' as const,
			options: Object.entries(SESSION_KINDS).map(([value, { name }]) => ({ name, value })),
			// Those that read data or destroy some.
			default: [
				'retrieval',
				'exchangeRestore',
				'oneDriveRestore',
				'retrievalRemoval',
				'sharePointRestore',
				'teamsRestore',
			],
			description: 'Which sessions to report; all if empty',
		},
	],
	options: [excludeUsers(), includeUsers()],
	needs: { field: 'sessionStartedTypes', parts: NEEDED },
};

const startedIn = (list: SessionKind['list']) =>
	eventStreamEvent<Record<string, never>>(described, {
		newest: async (pollContext) => {
			const read = async (after: string | undefined) => {
				const found: Started[] = [];
				for await (const { items } of readStarted(pollContext, list, after)) found.push(...items);
				return found;
			};
			const found = await read(new Date(pollContext.serverNow() - LATELY).toISOString());
			// Where nothing began lately, the newest of all says where to go on.
			const all = found.length > 0 ? found : await read(undefined);
			return all.sort((a, b) => (readTime(timeOf(b)) ?? 0) - (readTime(timeOf(a)) ?? 0));
		},
		since: (pollContext, after) => readStarted(pollContext, list, after),
		oldestFirst: false,
		id: (record) => String((record as Started).session.id),
		time: (record) => timeOf(record as Started),
		// It is no state: a trigger that begins has nothing to say of what began before.
		isProblem: () => false,
		isWatched: (pollContext, record) => isWatched(pollContext, record as Started),
		begin: () => ({}),
		emit: async (pollContext, record) =>
			await Promise.resolve(notificationsOf(pollContext, record as Started)),
	});

const LISTS = Object.keys(STARTED_SESSIONS) as Array<SessionKind['list']>;

/** A restore, a retrieval or the like begins: who looks into backups is worth knowing at once. */
export const sessionStarted = partsEvent(
	described,
	LISTS.map((list) => {
		const { path, objectType }: StartedSessions = STARTED_SESSIONS[list];
		return {
			key: list,
			list: {
				id: `sessionStarted/${list}`,
				name: `${objectType}s`,
				path,
				advice: 'Take them out of Session Types, or let the user of the credential read them.',
			},
			event: startedIn(list),
			isWanted: (pollContext) => {
				return (
					pickedOf(pollContext).some((value) => SESSION_KINDS[value]?.list === list) &&
					isKnown(pollContext.client.version, `GET ${path}`)
				);
			},
		};
	}),
);

/** Pages of a list of sessions. */
async function* readStarted(
	pollContext: PollContext,
	list: SessionKind['list'],
	after: string | undefined,
) {
	const { path, since }: StartedSessions = STARTED_SESSIONS[list];
	const query = since !== undefined && after !== undefined ? { [since]: after } : {};
	for await (const page of pollContext.pages({ method: 'GET', path, query }))
		yield { items: page.items.map((session): Started => ({ list, session })) };
}

function isWatched(pollContext: PollContext, { list, session }: Started): boolean {
	const kind = kindOfSession(list, session);
	// A type that is not known yet is reported with the others of its list.
	if (kind !== undefined && !pickedOf(pollContext).includes(kind)) return false;
	return userPasses(textOf(session.initiatedBy) ?? '', pollContext.options);
}

function notificationsOf(pollContext: PollContext, one: Started): Notification[] {
	if (!isWatched(pollContext, one)) return [];
	const { list, session } = one;
	const kind = kindOfSession(list, session);
	const user = textOf(session.initiatedBy);
	const facts = factsOf(one);
	const id = String(session.id);
	return [
		{
			transition: 'started',
			severity: kind === undefined || SESSION_KINDS[kind]?.isSensitive ? 'warning' : 'info',
			object: {
				id,
				name:
					list === 'restores' ? restoreName(session) : (textOf(session.name) ?? facts.objectType),
				type: facts.objectType,
			},
			condition: 'started',
			occurrence: id,
			occurredAt: String(timeOf(one)),
			previous: null,
			current: { sessionId: id },
			message: `${facts.title(session)} began.`,
			record: session,
			details: {
				organization: textOf(session.organization) ?? null,
				sessionType:
					kind === undefined ? (textOf(session.type) ?? null) : SESSION_KINDS[kind]!.name,
				initiatedBy: user ?? null,
				clientHost: textOf(session.clientHost) ?? null,
				scope: textOf(session.scopeName) ?? null,
				reason: textOf(session.reason) ?? null,
			},
		},
	];
}

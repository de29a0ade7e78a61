import type { IDataObject } from 'n8n-workflow';

import { eventStreamEvent } from '../../shared/monitoring/eventStream';
import { excludeUsers, includeUsers, listOf, userPasses } from '../../shared/monitoring/options';
import type { Notification } from '../../shared/monitoring/types';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { PATH, typeFilter } from '../model/sessions';
import { SESSION_TYPES } from './choices';
import { isSensitive, kindOf, SENSITIVE_TYPES } from '../model/sessionTypes';
import { isNoId, same, textOf } from '../model/text';

const timeOf = ({ creationTime }: IDataObject): unknown => creationTime;

const typesOf = ({ options }: PollContext): string[] => listOf(options.sessionStartedTypes);

function isPicked(pollContext: PollContext, { sessionType }: IDataObject): boolean {
	const types = typesOf(pollContext);
	return types.length === 0 || types.some((type) => same(sessionType, type));
}

/** A restore, a deletion or the like begins: who looks into backups is worth knowing at once. */
export const sessionStarted = eventStreamEvent<Record<string, never>>(
	{
		value: 'sessionStarted',
		name: 'Session Started',
		action: 'On restore, deletion or configuration change started',
		short: 'Started',
		description:
			'Someone starts to restore, browse or delete backups; before API 1.3-rev0 the server does not say who',
		fields: [
			{
				displayName: 'Session Type Names or IDs',
				name: 'sessionStartedTypes',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getSessionTypes' },
				default: [...SENSITIVE_TYPES],
				description:
					'Which sessions to report; all if empty. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
		],
		options: [excludeUsers(), includeUsers()],
		needsValues: { field: 'sessionStartedTypes', ...SESSION_TYPES },
	},
	{
		newest: async (pollContext) => {
			const filter = typeFilter(pollContext.client, typesOf(pollContext));
			const query = { ...filter, orderColumn: 'CreationTime', orderAsc: false, limit: 20 };
			return await pollContext.list({ path: PATH, query });
		},
		since: (pollContext, after) =>
			pollContext.pages(
				{
					method: 'GET',
					path: PATH,
					query: {
						...typeFilter(pollContext.client, typesOf(pollContext)),
						createdAfterFilter: after,
						orderColumn: 'CreationTime',
						orderAsc: true,
					},
				},
				{ orderedBy: timeOf },
			),
		oldestFirst: true,
		id: ({ id }) => String(id),
		time: timeOf,
		// What is not picked says nothing, however often it is read.
		isRemembered: isPicked,
		// It is no state: a trigger that begins has nothing to say of what began before.
		isProblem: () => false,
		isWatched: (pollContext, session) =>
			isPicked(pollContext, session) &&
			userPasses(textOf(session.initiatedBy), pollContext.options),
		begin: () => ({}),
		emit: async (pollContext, session) =>
			await Promise.resolve(notificationsOf(pollContext, session)),
	},
);

function notificationsOf(pollContext: PollContext, session: IDataObject): Notification[] {
	const user = textOf(session.initiatedBy);
	if (!isPicked(pollContext, session) || !userPasses(user, pollContext.options)) return [];
	const id = String(session.id);
	const kind = kindOf(session);
	const name = textOf(session.name);
	return [
		{
			transition: 'started',
			severity: isSensitive(session) ? 'warning' : 'info',
			object: { id, name: name || kind, type: kind },
			condition: 'started',
			occurrence: id,
			occurredAt: String(timeOf(session)),
			previous: null,
			current: { sessionId: id },
			message: `${kind}${name && ` "${name}"`}${user && ` by ${user}`} began.`,
			record: session,
			details: {
				sessionType: session.sessionType ?? null,
				initiatedBy: user || null,
				jobId: isNoId(session.jobId) ? null : textOf(session.jobId),
				platformName: textOf(session.platformName) || null,
			},
		},
	];
}

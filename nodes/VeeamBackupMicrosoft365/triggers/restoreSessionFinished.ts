import type { IDataObject, NodeApiError } from 'n8n-workflow';

import { isUnreachable } from '../../shared/monitoring/eventFailures';
import { eventStreamEvent } from '../../shared/monitoring/eventStream';
import type { RunReason } from '../../shared/monitoring/finishedRuns';
import { excludeUsers, includeUsers, listOf, userPasses } from '../../shared/monitoring/options';
import { DAY, readTime, writeLike } from '../../shared/common/time';
import type { Notification, Severity } from '../../shared/monitoring/types';
import type { Page } from '../../shared/http/pageWalk';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { same } from '../api/read';
import type { JobResult } from '../model/jobStatus';
import {
	canAskByEnd,
	isStopped,
	readRestoreEvents,
	restoreEndTime,
	RESTORE_SESSIONS,
	RESTORE_TYPES,
	restoreName,
	restoreResultOf,
	restoreTitle,
	restoreTypeOf,
	troubleOf,
} from '../model/restoreSessions';
import { textOf } from '../model/values';

/** A session that is open for longer when the trigger begins is not found by v7 and earlier. */
const LONGEST = 30 * DAY;

/** Sessions that become visible late are looked for with every poll where they took no longer. */
const LONG = DAY;

interface Open {
	/** When the oldest session began that may still have to be reported, as the server writes it. */
	since?: string;
}

/** Restore sessions, when they are over. */
export const restoreSessionFinished = eventStreamEvent<Open>(
	{
		value: 'restoreSessionFinished',
		name: 'Restore Session Finished',
		action: 'On restore session finished',
		short: 'Restore',
		description: 'A restore session has ended: successfully, with warnings or failed',
		fields: [
			{
				displayName: 'Results',
				name: 'restoreSessionFinishedResults',
				type: 'multiOptions',
				options: ['Failed', 'Success', 'Warning'].map((name) => ({ name, value: name })),
				default: ['Failed', 'Success', 'Warning'],
				description: 'Which results to report',
			},
			{
				displayName: 'What Was Restored',
				name: 'restoreSessionFinishedTypes',
				type: 'multiOptions',
				options: Object.entries(RESTORE_TYPES).map(([value, name]) => ({ name, value })),
				default: [],
				description: 'Only these; all if empty',
			},
		],
		options: [
			excludeUsers(),
			{
				displayName: 'Include Reasons',
				name: 'includeReasons',
				type: 'boolean',
				default: true,
				description:
					'Whether to read why each item failed, which takes one request per failed session',
			},
			includeUsers(),
		],
	},
	{
		newest: async (pollContext) => {
			const lately = new Date(pollContext.serverNow() - LONGEST).toISOString();
			const query = canAskByEnd(pollContext.client.version)
				? { endTimeFrom: lately, orderBy: 'EndTime', orderAsc: false, limit: 100 }
				: { startTimeFrom: lately, limit: 10_000 };
			const found = await pollContext.list({ path: RESTORE_SESSIONS, query });
			return found.filter(isStopped).sort((a, b) => endOf(b) - endOf(a));
		},
		since: (pollContext, after, open, { lookBack }) =>
			canAskByEnd(pollContext.client.version)
				? pollContext.pages({
						method: 'GET',
						path: RESTORE_SESSIONS,
						query: {
							endTimeFrom: after,
							orderBy: 'EndTime',
							orderAsc: true,
						},
					})
				: sinceStart(pollContext, after, open, lookBack === true),
		oldestFirst: false,
		id: ({ id }) => String(id),
		time: restoreEndTime,
		isOver: isStopped,
		isProblem: (session) => restoreResultOf(session) !== 'Success',
		isWatched: ({ options }, session) => isWatched(options, session),
		begin: () => ({}),
		emit: async (pollContext, session) => await emit(pollContext, session),
	},
);

const endOf = (session: IDataObject): number => readTime(restoreEndTime(session)) ?? 0;

/**
 * v7 and earlier can filter sessions by their start only. The next poll therefore looks back to the start
 * of the oldest session that is still open or ended too late to be reported yet: a session that runs for
 * days is still found when it ends.
 */
async function* sinceStart(
	pollContext: PollContext,
	after: string | undefined,
	open: Open,
	isLookBack: boolean,
): AsyncGenerator<Page, void, undefined> {
	const end = readTime(after);
	const known = open.since ?? new Date(pollContext.serverNow() - LONGEST).toISOString();
	// One that becomes visible late began before all that are known.
	const late =
		end === undefined ? undefined : writeLike(after, end - (isLookBack ? LONGEST : LONG));
	const from = (readTime(late) ?? Infinity) < (readTime(known) ?? 0) ? String(late) : known;
	let oldest = after;
	const request = {
		method: 'GET' as const,
		path: RESTORE_SESSIONS,
		query: { startTimeFrom: from },
	};
	for await (const page of pollContext.pages(request)) {
		for (const session of page.items) {
			const start = readTime(session.creationTime);
			const isDone = isStopped(session) && endOf(session) < (readTime(after) ?? 0);
			if (isDone || start === undefined) continue;
			if (start < (readTime(oldest) ?? Infinity)) oldest = String(session.creationTime);
		}
		yield page;
	}
	if (isLookBack) return;
	const begun = readTime(oldest);
	// A second less: whether the bound itself counts is not documented.
	open.since = begun === undefined ? from : writeLike(oldest, begun - 1000);
}

const SEVERITIES: Record<JobResult, Severity> = {
	Failed: 'error',
	Warning: 'warning',
	Success: 'info',
};

function isWatched(options: IDataObject, session: IDataObject): boolean {
	const types = listOf(options.restoreSessionFinishedTypes);
	if (!listOf(options.restoreSessionFinishedResults).includes(restoreResultOf(session)))
		return false;
	if (types.length > 0 && !types.some((one) => same(session.type, one))) return false;
	return userPasses(String(session.initiatedBy ?? ''), options);
}

async function emit(pollContext: PollContext, session: IDataObject): Promise<Notification[]> {
	const { options } = pollContext;
	if (!isWatched(options, session)) return [];
	const { id, initiatedBy, scopeName, organization } = session;
	const result = restoreResultOf(session);
	const isGood = result === 'Success';
	const { reasons, unread } = isGood ? { reasons: [] } : await readReasons(pollContext, session);
	return [
		{
			transition: isGood ? 'finished' : 'problem',
			severity: SEVERITIES[result],
			object: { id: String(id), name: restoreName(session), type: 'Restore Session' },
			condition: 'failed',
			occurrence: String(id),
			occurredAt: restoreEndTime(session),
			previous: null,
			current: { result: session.result, sessionId: id },
			message: messageOf(session, result, reasons),
			record: session,
			details: {
				organization: textOf(organization) ?? null,
				restoreType: restoreTypeOf(session),
				initiatedBy: textOf(initiatedBy) ?? null,
				scope: textOf(scopeName) ?? null,
				...(unread ? { reasonsError: unread } : {}),
				reasons,
			},
		},
	];
}

/** So many items stand in the message; `reasons` has them all. */
const SHOWN = 10;

const OUTCOMES: Record<JobResult, string> = {
	Failed: 'failed',
	Warning: 'finished with warnings',
	Success: 'finished',
};

function messageOf(session: IDataObject, result: JobResult, reasons: RunReason[]): string {
	const lines = reasons
		.slice(0, SHOWN)
		.map(({ object, reasons: why }) => `• ${object}: ${why.join(' · ')}`);
	const more = reasons.length - SHOWN;
	const said = lines.length > 0 ? undefined : (textOf(session.details) ?? textOf(session.reason));
	const all = [...lines, ...(said ? [said] : []), ...(more > 0 ? [`• and ${more} more`] : [])];
	const what = `${restoreTitle(session)} ${OUTCOMES[result]}`;
	return [`${what}${all.length > 0 ? ':' : '.'}`, ...all].join('\n');
}

/** The items that went wrong. A failure is reported even where the server does not give its reasons. */
async function readReasons(
	pollContext: PollContext,
	{ id }: IDataObject,
): Promise<{ reasons: RunReason[]; unread?: string }> {
	if (pollContext.options.includeReasons !== true) return { reasons: [] };
	try {
		const events = await readRestoreEvents(pollContext.client, String(id));
		return { reasons: events.flatMap((event) => troubleOf(event) ?? []) };
	} catch (error) {
		// The next poll can.
		if (isUnreachable(error)) throw error as NodeApiError;
		return { reasons: [], unread: (error as Error).message };
	}
}

import type { IDataObject, NodeApiError } from 'n8n-workflow';

import { isUnreachable } from '../../shared/monitoring/eventFailures';
import { eventStreamEvent } from '../../shared/monitoring/eventStream';
import type { RunReason } from '../../shared/monitoring/finishedRuns';
import { listOf, namePasses } from '../../shared/monitoring/options';
import { DAY, readTime, writeLike } from '../../shared/common/time';
import type { Notification, Severity } from '../../shared/monitoring/types';
import type { Page } from '../../shared/http/pageWalk';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { same, versionNumber } from '../api/read';
import { textOf } from '../model/lookups';

const PATH = '/RestoreSessions';

/** What was restored, as people call it, by the server's word for its explorer. */
const TYPES: Record<string, string> = {
	Vex: 'Exchange',
	Veod: 'OneDrive',
	Vesp: 'SharePoint',
	Vet: 'Teams',
};

/** A session that is open for longer when the trigger begins is not found by v7 and earlier. */
const LONGEST = 30 * DAY;

interface Open {
	/** When the oldest session began that may still have to be told, as the server writes it. */
	since?: string;
}

/** Restore sessions, when they are over. */
export const restoreSessionFinished = eventStreamEvent<Open>(
	{
		value: 'restoreSessionFinished',
		name: 'Restore Session Finished',
		short: 'Restore',
		description: 'Someone has ended restoring or looking into backups: well, or with failures',
		fields: [
			{
				displayName: 'Results',
				name: 'restoreSessionFinishedResults',
				type: 'multiOptions',
				options: ['Failed', 'Success', 'Warning'].map((name) => ({ name, value: name })),
				default: ['Failed', 'Success', 'Warning'],
				description: 'Which results to tell',
			},
			{
				displayName: 'What Was Restored',
				name: 'restoreSessionFinishedTypes',
				type: 'multiOptions',
				options: Object.entries(TYPES).map(([value, name]) => ({ name, value })),
				default: [],
				description: 'Only these; all where empty',
			},
		],
		options: [
			{
				displayName: 'Exclude Users',
				name: 'excludeUsers',
				type: 'string',
				default: '',
				placeholder: 'e.g. *svc-audit',
				description:
					'Accounts whose sessions to leave out, separated by commas; * stands for anything',
			},
			{
				displayName: 'Include Reasons',
				name: 'includeReasons',
				type: 'boolean',
				default: true,
				description:
					'Whether to read why each item failed, which takes a request per failed session',
			},
			{
				displayName: 'Include Users',
				name: 'includeUsers',
				type: 'string',
				default: '',
				placeholder: 'e.g. *admin*',
				description: 'Only sessions of these accounts, separated by commas; * stands for anything',
			},
		],
	},
	{
		newest: async (pollContext) => {
			const lately = new Date(pollContext.serverNow() - LONGEST).toISOString();
			const query = endsAreKnown(pollContext)
				? { endTimeFrom: lately, orderBy: 'EndTime', orderAsc: false, limit: 100 }
				: { startTimeFrom: lately, limit: 10_000 };
			const found = await pollContext.list({ path: PATH, query });
			return found.filter(isOver).sort((a, b) => endOf(b) - endOf(a));
		},
		since: (pollContext, after, open) =>
			endsAreKnown(pollContext)
				? pollContext.pages({
						method: 'GET',
						path: PATH,
						query: {
							endTimeFrom: after,
							orderBy: 'EndTime',
							orderAsc: true,
						},
					})
				: sinceStart(pollContext, after, open),
		oldestFirst: false,
		id: ({ id }) => String(id),
		time: ({ endTime }) => endTime,
		isOver,
		isProblem: ({ result }) => !same(result, 'Success'),
		begin: () => ({}),
		emit: async (pollContext, session) => await emit(pollContext, session),
	},
);

/** From v8 on the server can be asked for sessions by their end. */
const endsAreKnown = ({ client }: PollContext): boolean => versionNumber(client.version) >= 8;

function isOver({ state }: IDataObject): boolean {
	return same(state, 'Stopped');
}

const endOf = ({ endTime }: IDataObject): number => readTime(endTime) ?? 0;

/**
 * v7 and earlier filter by the start alone. So what is open now, and what has ended too late to have
 * been told, says from when on the next poll has to look: a session that goes on for days is told
 * when it ends.
 */
async function* sinceStart(
	pollContext: PollContext,
	after: string | undefined,
	open: Open,
): AsyncGenerator<Page, void, undefined> {
	const from = open.since ?? new Date(pollContext.serverNow() - LONGEST).toISOString();
	let oldest = after;
	const request = { method: 'GET' as const, path: PATH, query: { startTimeFrom: from } };
	for await (const page of pollContext.pages(request)) {
		for (const session of page.items) {
			const start = readTime(session.creationTime);
			const isDone = isOver(session) && endOf(session) < (readTime(after) ?? 0);
			if (isDone || start === undefined) continue;
			if (start < (readTime(oldest) ?? Infinity)) oldest = String(session.creationTime);
		}
		yield page;
	}
	const begun = readTime(oldest);
	// A second less: whether the bound itself counts is not documented.
	open.since = begun === undefined ? from : writeLike(oldest, begun - 1000);
}

const SEVERITIES: Record<string, Severity> = { failed: 'error', warning: 'warning' };

async function emit(pollContext: PollContext, session: IDataObject): Promise<Notification[]> {
	const { options } = pollContext;
	const { id, result, type, initiatedBy, scopeName, organization } = session;
	const results = listOf(options.restoreSessionFinishedResults);
	const types = listOf(options.restoreSessionFinishedTypes);
	if (!results.some((one) => same(result, one))) return [];
	if (types.length > 0 && !types.some((one) => same(type, one))) return [];
	const user = String(initiatedBy ?? '');
	if (!namePasses(user, options.includeUsers, options.excludeUsers)) return [];

	const severity = SEVERITIES[String(result).toLowerCase()] ?? 'info';
	const isGood = severity === 'info';
	const { reasons, unread } = isGood ? { reasons: [] } : await readReasons(pollContext, session);
	return [
		{
			transition: isGood ? 'finished' : 'problem',
			severity,
			object: {
				id: String(id),
				name: textOf(session.name) ?? textOf(scopeName) ?? 'Restore',
				type: 'Restore Session',
			},
			condition: 'failed',
			occurrence: String(id),
			occurredAt: String(session.endTime),
			previous: null,
			current: { result, sessionId: id },
			message: messageOf(session, reasons),
			record: session,
			details: {
				organization: textOf(organization) ?? null,
				restoreType: typeName(type),
				initiatedBy: initiatedBy ?? null,
				scope: scopeName ?? null,
				...(unread ? { reasonsError: unread } : {}),
				reasons,
			},
		},
	];
}

const typeName = (type: unknown): string =>
	Object.entries(TYPES).find(([word]) => same(type, word))?.[1] ?? String(type ?? '');

/** So many items stand in the message; `reasons` has them all. */
const SHOWN = 10;

function messageOf(session: IDataObject, reasons: RunReason[]): string {
	const { type, name, initiatedBy, result, details, reason } = session;
	const outcome = same(result, 'Success')
		? 'finished'
		: same(result, 'Failed')
			? 'failed'
			: 'finished with warnings';
	const by = textOf(initiatedBy) ? ` by ${String(initiatedBy)}` : '';
	const lines = reasons
		.slice(0, SHOWN)
		.map(({ object, reasons: why }) => `• ${object}: ${why.join(' · ')}`);
	const more = reasons.length - SHOWN;
	const said = lines.length > 0 ? undefined : (textOf(details) ?? textOf(reason));
	const all = [...lines, ...(said ? [said] : []), ...(more > 0 ? [`• and ${more} more`] : [])];
	const what = `${typeName(type)} restore session "${String(name ?? '')}"${by} ${outcome}`;
	return [`${what}${all.length > 0 ? ':' : '.'}`, ...all].join('\n');
}

const BAD = ['Failed', 'Cancelled', 'Warning'];

/** The items that went wrong. A failure is told even where the server does not give its reasons. */
async function readReasons(
	pollContext: PollContext,
	{ id }: IDataObject,
): Promise<{ reasons: RunReason[]; unread?: string }> {
	if (pollContext.options.includeReasons !== true) return { reasons: [] };
	try {
		const events = await pollContext.client.list({
			method: 'GET',
			path: `${PATH}/{restoreSessionId}/Events`,
			pathParameters: { restoreSessionId: String(id) },
		});
		const bad = events.filter(({ status }) => BAD.some((one) => same(status, one)));
		const reasons = bad.map(({ itemName, title, status, message }) => ({
			object: textOf(itemName) ?? textOf(title) ?? 'Item',
			result: String(status),
			reasons: [textOf(message) ?? textOf(title) ?? 'no reason given'],
		}));
		return { reasons };
	} catch (error) {
		// The next poll can.
		if (isUnreachable(error)) throw error as NodeApiError;
		return { reasons: [], unread: (error as Error).message };
	}
}

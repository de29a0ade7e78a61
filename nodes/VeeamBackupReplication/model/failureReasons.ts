import type { IDataObject } from 'n8n-workflow';

import { fromFile, knows, standing, type Standing } from '../../shared/catalogue';
import type { ReadFields } from '../../shared/catalogue/readFields';
import type { RunReason } from '../../shared/common/runReason';
import { inOrder } from '../../shared/http/concurrency';
import type { VeeamClient } from '../../shared/http/types';
import operations from '../api/operations.json';
import { isNotOffered } from './notOffered';
import { same } from './text';

const TASK_SESSIONS = '/api/v1/sessions/{id}/taskSessions';

/** Whether a version has them. Not asked of the adapter: that reads the reasons of failed work here. */
const taskSessionsIn = ({ version }: Pick<VeeamClient, 'version'>): Standing =>
	standing(fromFile(operations), version, `GET ${TASK_SESSIONS}`);

const LOG = ['status', 'title', 'description'];

export const reads: ReadFields[] = [
	{
		operation: `GET ${TASK_SESSIONS}`,
		fields: ['id', 'name', 'creationTime', 'endTime', 'result.result', 'result.message'],
		without: 'the session stands for itself (before 1.2-rev1)',
	},
	{ operation: 'GET /api/v1/sessions/{id}/logs', fields: LOG },
	{
		operation: 'GET /api/v1/taskSessions/{id}/logs',
		fields: LOG,
		without: 'there are no task sessions (before 1.2-rev1)',
	},
];

/** Why one object failed; a session without task sessions (agents) stands for itself. */
export interface FailureReason extends IDataObject {
	sessionId: string;
	sessionName: string;
	sessionType: string;
	jobId: string | null;
	/** null where the session itself failed. */
	taskSessionId: string | null;
	/** The machine, share, database …; the session's name where the session itself failed. */
	objectName: string;
	/** Failed, Warning …, as the server spells it. */
	result: string;
	/** What the server gives as the result's message; often only a hint at the log. */
	message: string;
	/** What a person wants to read: the message unless it says nothing, then the failed log lines. */
	reasons: string[];
	creationTime: string | null;
	endTime: string | null;
}

export interface ReasonOptions {
	/** Read the logs of every object, or only of those whose message says nothing. Default 'always'. */
	logs?: 'always' | 'ifNeeded';
	/** Read the logs of so many objects only; the others come with their message alone. */
	detailed?: number;
}

/**
 * The failed objects of a session with their reasons, in the server's order; where none failed, the
 * ones with warnings; where there are none of those either, the session itself. Never empty.
 *
 * @param session as `GET /api/v1/sessions/{id}` gives it
 */
export async function readFailureReasons(
	client: VeeamClient,
	session: IDataObject,
	{ logs = 'always', detailed = Infinity }: ReasonOptions = {},
): Promise<FailureReason[]> {
	const tasks = await readTaskSessions(client, text(session.id));
	const failed = tasks.filter((task) => same(resultOf(task).result, 'Failed'));
	const warned = tasks.filter((task) => same(resultOf(task).result, 'Warning'));
	const objects =
		failed.length > 0 ? failed : same(resultOf(session).result, 'Failed') ? [] : warned;
	const emitted = objects.length > 0 ? objects : [session];

	return await inOrder([...emitted.entries()], 3, async ([index, record]) => {
		const { result, message } = resultOf(record);
		const silent = saysNothing(message);
		const wanted = index < detailed && (logs === 'always' || silent);
		const lines = wanted ? await readLogLines(client, record, record === session, result) : [];
		const isTask = record !== session;
		return {
			sessionId: text(session.id),
			sessionName: text(session.name),
			sessionType: text(session.sessionType),
			jobId: text(session.jobId) || null,
			taskSessionId: isTask ? text(record.id) : null,
			objectName: text(record.name) || text(session.name),
			result,
			message,
			reasons: distinct(silent && lines.length > 0 ? lines : [message, ...lines]),
			creationTime: text(record.creationTime) || null,
			endTime: text(record.endTime) || null,
		};
	});
}

/** The same for an item, object by object: the logs are read where the messages say nothing. */
export const reasonsByObject = async (
	client: VeeamClient,
	session: IDataObject,
): Promise<RunReason[]> =>
	(await readFailureReasons(client, session, { logs: 'ifNeeded', detailed: 50 })).map(
		({ objectName, result, reasons }) => ({ object: objectName, result, reasons }),
	);

/** Says of the reasons of one session that its objects are not told apart, and that they are none. */
export function hintAtMissingObjects(
	{ version }: Pick<VeeamClient, 'version'>,
	reasons: IDataObject[],
): string | undefined {
	const isToldApart = reasons.some(({ taskSessionId }) => taskSessionId !== null);
	if (isToldApart || taskSessionsIn({ version }) === 'known') return undefined;
	const isSilent = reasons.every(({ reasons: lines }) => (lines as string[]).length === 0);
	return [
		`API ${version} does not say which objects of a session failed: the item is about the whole session, with what its log says.`,
		...(isSilent
			? ['The session gives no reason, and no line of its log says that anything failed.']
			: []),
		'Objects come with API 1.2-rev1 (Veeam Backup & Replication 12.3.1).',
	].join(' ');
}

/** What an older version cannot say of a session: it has no task sessions. */
export const lackedReasons = ({ version }: Pick<VeeamClient, 'version'>): string | undefined =>
	taskSessionsIn({ version }) === 'unknown'
		? `API ${version} has no task sessions: the reasons are those of the whole session`
		: undefined;

/** One line per object, as an error shows them. */
export function reasonLines(reasons: FailureReason[]): string[] {
	return reasons.map(({ taskSessionId, objectName, reasons: lines }) => {
		const reason = lines.join(' · ') || 'the server gives no reason; look at its log';
		return taskSessionId === null ? reason : `${objectName}: ${reason}`;
	});
}

/** `result` of a session or task session: `{result, message, isCanceled}`. */
export function resultOf(record: IDataObject): {
	result: string;
	message: string;
	isCanceled: boolean;
} {
	const result = (record.result ?? {}) as IDataObject | string;
	// A task's result is the bare word; a virus scan has its result under another name.
	if (typeof result === 'string')
		return { result, message: '', isCanceled: same(result, 'Cancelled') };
	return {
		result: text(result.result) || (same(record.scanState, 'Failed') ? 'Failed' : ''),
		message: text(result.message).trim(),
		isCanceled: result.isCanceled === true,
	};
}

async function readTaskSessions(client: VeeamClient, sessionId: string): Promise<IDataObject[]> {
	const path = TASK_SESSIONS;
	const offered = taskSessionsIn(client);
	if (offered === 'unknown') return [];
	// Its paging came later: older versions answer with all at once.
	const isPaged = knows(fromFile(operations), client.version, `GET ${path}`, 'limit');
	return await client
		.list(
			{ method: 'GET', path, pathParameters: { id: sessionId } },
			{ pageIn: isPaged ? 'query' : 'none' },
		)
		.catch((error: Error) => {
			if (offered === 'unverified' && isNotOffered(error)) return [];
			throw error;
		});
}

/** The lines of a log that say what went wrong, each once. */
export async function readLogLines(
	client: VeeamClient,
	{ id }: IDataObject,
	isSession: boolean,
	result: string,
): Promise<string[]> {
	const path = `/api/v1/${isSession ? 'sessions' : 'taskSessions'}/{id}/logs`;
	const request = { method: 'GET' as const, path, pathParameters: { id: text(id) } };
	try {
		// Not `statusFilter`: 1.2-rev1 does not know it.
		const records = await client.list(request, { pageIn: 'none' });
		const failed = records.filter(({ status }) => same(status, 'Failed'));
		const warned = records.filter(({ status }) => same(status, 'Warning'));
		const telling = failed.length > 0 || same(result, 'Failed') ? failed : warned;
		const lines = distinct(telling.map(logLine));
		const telltale = lines.filter((line) => !isClosing(line));
		return telltale.length > 0 ? telltale : lines;
	} catch (error) {
		// A role may read sessions and not their logs; the rest of the reasons is still worth telling.
		return [`The log could not be read: ${(error as Error).message}`];
	}
}

/** "Processing of mail01 finished with errors": carries the result and no reason. */
const isClosing = (line: string): boolean =>
	/^(job|processing|task)\b.*\b(completed|ended|finished)\b/i.test(line);

function logLine({ title, description }: IDataObject): string {
	const [head, rest] = [text(title).trim(), text(description).trim()];
	return rest && !head.includes(rest) ? [head, rest].filter(Boolean).join(': ') : head;
}

/** Empty, or a mere hint at a log ("see session log for details"). */
export function saysNothing(message: string): boolean {
	const plain = message
		.toLowerCase()
		.replace(/[^a-z ]/g, '')
		.trim();
	return (
		plain === '' ||
		/^(please )?(see|check|refer to|review)\b.{0,60}\blogs?\b.{0,40}$/.test(plain) ||
		/^(failed|error|warning|success|none|job (has )?(failed|finished)( with (errors?|warnings?))?( at)?)$/.test(
			plain,
		)
	);
}

const distinct = (lines: string[]): string[] => [...new Set(lines.filter((line) => line !== ''))];

const text = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

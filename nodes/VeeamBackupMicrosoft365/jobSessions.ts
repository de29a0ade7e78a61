import type { IDataObject } from 'n8n-workflow';

import type { VeeamClient, VeeamResponse, WorkInProgress } from '../shared/transport/types';
import { answeredAt, readOne, same } from './read';

/** Why one object of a job failed, or the job's session itself. */
export interface FailureReason extends IDataObject {
	jobSessionId: string;
	jobId: string | null;
	/** Failed or Warning. */
	result: string;
	message: string;
	creationTime: string | null;
	endTime: string | null;
}

/** While it has one of these, a session goes on: a proxy server that is out of sight comes back. */
const RUNNING = ['Running', 'Queued', 'Disconnected'];

/** A session as v8 gives it back when a job is started, or as a list holds it. */
export function followJobSession(client: VeeamClient, started: IDataObject): WorkInProgress {
	const id = String(started.id);
	return {
		label: `The job (session ${id})`,
		poll: async () => outcomeOf(await readOne(client, '/JobSessions/{id}', { id })),
		reasons: async (record) => reasonLines(await readFailureReasons(client, record), record),
	};
}

/**
 * A job started without an answer (v7 and earlier): its session is the newest of the job that began
 * when the server answered, give or take what the clock of its header leaves out.
 */
export function followStartedJob(
	client: VeeamClient,
	jobId: string,
	response: VeeamResponse,
): WorkInProgress {
	const from = answeredAt(response) - TOLERANCE;
	let sessionId: string | undefined;
	return {
		get label() {
			return `The job ${jobId}${sessionId === undefined ? '' : ` (session ${sessionId})`}`;
		},
		async poll() {
			sessionId ??= await findSession(client, jobId, from);
			if (sessionId === undefined) return { done: false, failed: false, record: {} };
			return outcomeOf(await readOne(client, '/JobSessions/{id}', { id: sessionId }));
		},
		reasons: async (record) => reasonLines(await readFailureReasons(client, record), record),
	};
}

/** Seconds are all a Date header has, and a session may be there before the answer. */
const TOLERANCE = 10_000;

/**
 * The newest session of the job since a time. Those that have ended can be asked for by their end; one
 * that runs has no end, and only v7 and later can ask for those of one job.
 */
async function findSession(
	client: VeeamClient,
	jobId: string,
	from: number,
): Promise<string | undefined> {
	const ended = { endTimeLowerBound: new Date(from).toISOString() };
	const running = client.version.toLowerCase() === 'v7' ? { jobId } : {};
	for (const query of [ended, running]) {
		const sessions = await client.list(
			{ method: 'GET', path: '/JobSessions', query },
			{ limit: 10_000 },
		);
		const [newest] = sessions
			.filter((session) => same(session.jobId, jobId) && timeOf(session) >= from)
			.sort((a, b) => timeOf(b) - timeOf(a));
		if (newest) return String(newest.id);
	}
	return undefined;
}

const timeOf = ({ creationTime }: IDataObject): number => Date.parse(String(creationTime)) || 0;

function outcomeOf(record: IDataObject) {
	const done = !RUNNING.some((status) => same(record.status, status));
	const failed = same(record.status, 'Failed') || same(record.status, 'Stopped');
	return { done, failed: done && failed, record };
}

/**
 * What went wrong in a session, line by line as its log has it; the session itself where the log
 * names nothing. Never empty.
 */
export async function readFailureReasons(
	client: VeeamClient,
	session: IDataObject,
): Promise<FailureReason[]> {
	const lines = await client.list({
		method: 'GET',
		path: '/JobSessions/{sessionId}/LogItems',
		pathParameters: { sessionId: String(session.id) },
	});
	const errors = lines.filter(({ type }) => same(type, 'Error'));
	const warnings = lines.filter(({ type }) => same(type, 'Warning'));
	const told = errors.length > 0 ? errors : warnings;
	const reason = (line: IDataObject, result: string, message: unknown): FailureReason => ({
		jobSessionId: String(session.id),
		jobId: textOf(session.jobId),
		result,
		message: String(message ?? '') || 'The server gives no reason.',
		creationTime: textOf(line.creationTime),
		endTime: textOf(line.endTime),
	});
	if (told.length === 0) return [reason(session, String(session.status ?? ''), session.details)];
	const result = errors.length > 0 ? 'Failed' : 'Warning';
	return told.map((line) => reason(line, result, line.message));
}

function reasonLines(reasons: FailureReason[], session: IDataObject): string[] {
	return [
		...(same(session.status, 'Stopped') ? ['The session was stopped.'] : []),
		...new Set(reasons.map(({ message }) => message)),
		...(session.jobWillBeRetried === true ? ['The server will try the job again.'] : []),
	];
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

import type { IDataObject } from 'n8n-workflow';

import { UserFacingFailure } from '../../shared/http/errors';
import type { LongRunningOperation, VeeamClient } from '../../shared/http/types';
import { readOne, same } from '../api/read';
import { isKnown } from './catalogueFacts';
import { readFailureReasons, type FailureReason } from './failureReasons';
import { isOver, JOB_SESSIONS } from './jobSessions';

const SESSION = `${JOB_SESSIONS}/{id}`;

/** A session as v8 gives it back when a job is started, or as a list holds it. */
export function followJobSession(client: VeeamClient, started: IDataObject): LongRunningOperation {
	const id = String(started.id);
	return {
		label: `The job (session ${id})`,
		poll: async () => outcomeOf(await readOne(client, SESSION, { id })),
		reasons: async (record) => reasonLines(await readFailureReasons(client, record), record),
	};
}

/** A job in the path of a request: a backup job or a backup copy job. */
export interface StartedJob {
	id: string;
	isCopy: boolean;
}

/** Looks at the list before a start counts as one that came to nothing: about a minute of them. */
const LOOKS = 8;

/**
 * A job started without an answer (v7 and earlier): its session is one that was not there before.
 * Of several the first: after it may come a retry, or a run by schedule.
 *
 * @param before ids of the sessions the job had before it was started
 */
export function followStartedJob(
	client: VeeamClient,
	job: StartedJob,
	before: ReadonlySet<string>,
): LongRunningOperation {
	let looks = 0;
	let sessionId: string | undefined;
	return {
		get label() {
			return `The job ${job.id}${sessionId === undefined ? '' : ` (session ${sessionId})`}`;
		},
		async poll() {
			if (sessionId === undefined) {
				const [first] = (await readSessionsOf(client, job))
					.filter(({ id }) => !before.has(String(id)))
					.sort((a, b) => timeOf(a) - timeOf(b));
				if (first) sessionId = String(first.id);
				else if (++looks >= LOOKS) throw noSession(job);
			}
			if (sessionId === undefined) return { done: false, failed: false, record: {} };
			return outcomeOf(await readOne(client, SESSION, { id: sessionId }));
		},
		reasons: async (record) => reasonLines(await readFailureReasons(client, record), record),
	};
}

const noSession = ({ id }: StartedJob): UserFacingFailure =>
	new UserFacingFailure({
		message: `The server took the start of the job ${id}, but no session of it has appeared.`,
		description:
			'Look at the job in the console: it may be disabled, or its proxy server busy or offline. Switch off "Wait for Completion" to go on without its session.',
	});

/**
 * The sessions of one job, in full: v7 filters them by job, versions before it list those of a backup
 * job under the job (without its id), and those of copy jobs among all.
 */
export async function readSessionsOf(
	client: VeeamClient,
	{ id, isCopy }: StartedJob,
): Promise<IDataObject[]> {
	if (isKnown(client.version, `GET ${JOB_SESSIONS}`, 'jobId'))
		return await client.list({ method: 'GET', path: JOB_SESSIONS, query: { jobId: id } });
	if (!isCopy)
		return await client.list({
			method: 'GET',
			path: '/Jobs/{jobId}/JobSessions',
			pathParameters: { jobId: id },
		});
	const copies = await client.list({
		method: 'GET',
		path: JOB_SESSIONS,
		query: { jobType: 'Copy' },
	});
	return copies.filter(({ jobId }) => same(jobId, id));
}

const timeOf = ({ creationTime }: IDataObject): number => Date.parse(String(creationTime)) || 0;

function outcomeOf(record: IDataObject) {
	const done = isOver(record);
	const failed = same(record.status, 'Failed') || same(record.status, 'Stopped');
	return { done, failed: done && failed, record };
}

function reasonLines(reasons: FailureReason[], session: IDataObject): string[] {
	return [
		...(same(session.status, 'Stopped') ? ['The session was stopped.'] : []),
		...new Set(reasons.map(({ message }) => message)),
		...(session.jobWillBeRetried === true ? ['The server will try the job again.'] : []),
	];
}

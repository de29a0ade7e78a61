import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { present } from '../../shared/common/rows';
import { isUnreachable } from '../../shared/monitoring/eventFailures';
import { numberOf } from '../../shared/monitoring/options';
import { isLocal, MINUTE, readTime } from '../../shared/common/time';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { resultOf } from './failureReasons';
import { PATH as SESSIONS } from './sessions';

export const reads: ReadFields[] = [
	{
		operation: 'GET /api/v1/jobs/{id}',
		fields: [
			...['schedule.runAutomatically', 'schedule.retry.isEnabled'],
			...['schedule.retry.retryCount', 'schedule.retry.awaitMinutes'],
		],
	},
	{
		operation: `GET ${SESSIONS}`,
		fields: [
			...['id', 'jobId', 'creationTime', 'endTime', 'result.result', 'result.isCanceled'],
			...['retryInfo.retryNumber', 'originalSessionId'],
		],
		fallbacks: {
			'retryInfo.retryNumber': 'the tries are counted by the times of the sessions',
			originalSessionId: 'tries of one run are told by their times',
		},
	},
];

/** A job's automatic retry, as its schedule has it. */
interface Retry {
	count: number;
	/** Milliseconds between a failure and the next try. */
	wait: number;
}

/** A retry begins some time after the wait is over: the scheduler looks now and then. */
const SLACK = 10 * MINUTE;

/** A feed asks again about a session for 90 minutes only. */
const LONGEST_PATIENCE = 80 * MINUTE;

/** What was read of a job in a poll: asked for once, however many of its sessions failed. */
const readBefore = new WeakMap<PollContext['client'], Map<string, Promise<unknown>>>();

/**
 * Whether the server will try a failed session again by itself. Its job says whether and how often
 * it retries; the job's other sessions say how often it did, and whether the next try has begun.
 *
 * A run that someone started by hand is not retried, and nothing in its record says so surely: a
 * failure whose retry does not begin in time counts as the last.
 *
 * @returns undefined while the next try may still begin
 */
export async function willBeRetried(
	pollContext: PollContext,
	session: IDataObject,
): Promise<boolean | undefined> {
	if (resultOf(session).isCanceled) return false;
	const ended = readTime(session.endTime);
	const jobId = String(session.jobId);
	const retry = await once(pollContext, `job ${jobId}`, () => readRetry(pollContext, jobId));
	if (!retry || ended === undefined) return false;
	const sessions = await once(pollContext, `sessions ${jobId}`, () =>
		readSessions(pollContext, jobId),
	);
	const reach = retry.wait + SLACK;
	if (triesBefore(session, sessions, reach) >= retry.count) return false;
	if (sessions.some((other) => isNextTry(other, session, reach))) return true;
	const passed = pollContext.serverNow() - ended;
	// A time without an offset cannot be compared with the clock.
	if (isLocal(session.endTime) || reach > LONGEST_PATIENCE) return false;
	return passed < reach ? undefined : false;
}

function once<T>({ client }: PollContext, what: string, read: () => Promise<T>): Promise<T> {
	const known = readBefore.get(client) ?? new Map<string, Promise<unknown>>();
	readBefore.set(client, known);
	const found = (known.get(what) as Promise<T> | undefined) ?? read();
	known.set(what, found);
	return found;
}

/** Undefined where the job does not retry, is gone or may not be read. */
async function readRetry(pollContext: PollContext, id: string): Promise<Retry | undefined> {
	const job = await reading(async () => {
		const { body } = await pollContext.client.request({
			method: 'GET',
			path: '/api/v1/jobs/{id}',
			pathParameters: { id },
			timeoutSeconds: 10,
		});
		return body as IDataObject;
	});
	const schedule = (job?.schedule ?? {}) as IDataObject;
	const { isEnabled, retryCount, awaitMinutes } = (schedule.retry ?? {}) as IDataObject;
	const count = numberOf(retryCount) ?? 0;
	if (isEnabled !== true || schedule.runAutomatically === false || count <= 0) return undefined;
	return { count, wait: (numberOf(awaitMinutes) ?? 10) * MINUTE };
}

/** The job's latest sessions, newest first. */
async function readSessions(pollContext: PollContext, jobId: string): Promise<IDataObject[]> {
	const query = {
		...{ jobIdFilter: jobId, orderColumn: 'CreationTime', orderAsc: false, limit: 30 },
	};
	const found = await reading(async () =>
		pollContext.adapter.paging.items(await pollContext.get({ path: SESSIONS, query })),
	);
	return present(found ?? []);
}

/** What cannot be read is not known; a server that is away can be asked in the next poll. */
async function reading<T>(read: () => Promise<T>): Promise<T | undefined> {
	try {
		return await read();
	} catch (error) {
		if (isUnreachable(error)) throw error as Error;
		return undefined;
	}
}

/** How many tries of the same run came before: 0 for the run itself. */
function triesBefore(session: IDataObject, sessions: IDataObject[], reach: number): number {
	// From 1.3-rev2 on the session says it.
	const { retryNumber } = (session.retryInfo ?? {}) as IDataObject;
	const said = numberOf(retryNumber);
	if (said !== undefined) return said;
	const before = sessions.find((other) => isNextTry(session, other, reach));
	return before ? 1 + triesBefore(before, sessions, reach) : 0;
}

/** Whether one session is the try after another, failed one: it began soon after that ended. */
function isNextTry(next: IDataObject, failed: IDataObject, reach: number): boolean {
	if (next.id === failed.id) return false;
	const [began, ended] = [readTime(next.creationTime), readTime(failed.endTime)];
	if (began === undefined || ended === undefined) return false;
	const [run, other] = [failed.originalSessionId, next.originalSessionId];
	if (run && other && run !== other) return false;
	return began >= ended && began - ended <= reach && resultOf(failed).result === 'Failed';
}

import type { IDataObject } from 'n8n-workflow';

import { finishedRunsEvent, runFields, type RunResult } from '../../shared/monitoring/finishedRuns';
import { listOf } from '../../shared/monitoring/options';
import { DAY, readTime } from '../../shared/common/time';
import type { PollContext } from '../../shared/monitoring/pollContext';
import type { QueryValue } from '../../shared/http/types';
import { isOver, readFailureReasons } from '../model/jobSessions';
import { same } from '../api/read';
import { failedObjects } from '../model/failedObjects';
import { JOB_TYPES, jobsOf, linkedId, organizationName, textOf, type Job } from '../model/lookups';

const PATH = '/JobSessions';

/** How far back the newest session is looked for first. */
const LATELY = 3 * DAY;

/** Sessions of backup jobs and backup copy jobs, when they are over. */
export const jobSessionFinished = finishedRunsEvent(
	{
		value: 'jobSessionFinished',
		name: 'Job Session Finished',
		description: 'A backup or backup copy job has ended: failed, with warnings or well',
		...runFields('jobSessionFinished', 'getJobs', [
			{
				displayName: 'Job Types',
				name: 'jobSessionFinishedTypes',
				type: 'multiOptions',
				options: [
					{ name: 'Backup', value: 'Backup' },
					{ name: 'Backup Copy', value: 'Copy' },
				],
				default: ['Backup', 'Copy'],
				description: 'Which kinds of jobs count; all where empty',
			},
		]),
	},
	{
		newest: async (pollContext) => {
			// No order is documented: the page is as big as it may be, and sorted here.
			const read = async (bound: Record<string, QueryValue>) =>
				await pollContext.list({
					path: PATH,
					query: { ...kind(pollContext), ...bound, limit: 10_000 },
				});
			const lately = new Date(pollContext.serverNow() - LATELY).toISOString();
			const found = await read({ endTimeLowerBound: lately });
			const ended = (found.length > 0 ? found : await read({})).filter(isOver);
			return ended.sort((a, b) => endOf(b) - endOf(a));
		},
		since: (pollContext, after) =>
			pollContext.pages({
				method: 'GET',
				path: PATH,
				query: { ...kind(pollContext), endTimeLowerBound: after },
			}),
		oldestFirst: false,
		id: ({ id }) => String(id),
		time: ({ endTime }) => endTime,
		objectId: (session) => jobIdOf(session) ?? String(session.id),
		isOver,
		result: (session) => (isOver(session) ? resultOf(session) : undefined),
		jobIds: async (pollContext) => (await jobsOf(pollContext)).map(({ id }) => id),
		run: async (pollContext, session) => {
			const job = await jobOf(pollContext, session);
			const result = resultOf(session);
			// The server tries again what a warning is about, too: not the last word.
			const isLast = pollContext.options.onlyAfterLastRetry !== true || !willBeRetried(session);
			const types = listOf(pollContext.options.jobSessionFinishedTypes);
			const isWanted = types.length === 0 || types.some((type) => job.type === named(type));
			if (!isWanted || (result === 'Warning' && !isLast)) return undefined;
			return {
				id: String(session.id),
				jobId: job.id,
				name: job.name,
				type: job.type,
				result,
				message: messageOf(session),
				endTime: String(session.endTime),
				details: {
					jobType: job.type === JOB_TYPES.Copy ? 'Copy' : 'Backup',
					status: session.status,
					retryCount: session.retryCount ?? null,
					willBeRetried: textless(session.jobWillBeRetried),
					mainSessionId: session.mainSessionId ?? null,
				},
			};
		},
		// v6 and earlier do not say it: each failure is told then.
		willBeRetried: (_, session) => willBeRetried(session),
		reasons: async (pollContext, session) =>
			failedObjects(
				await readFailureReasons(pollContext.client, session),
				(await jobOf(pollContext, session)).name,
			),
		details: async (pollContext, session) => ({
			organization: await organizationName(
				pollContext,
				(await jobOf(pollContext, session)).organizationId,
			),
		}),
	},
);

const endOf = ({ endTime }: IDataObject): number => readTime(endTime) ?? 0;

const willBeRetried = ({ jobWillBeRetried }: IDataObject): boolean => jobWillBeRetried === true;

const textless = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

const named = (type: string): string | undefined =>
	Object.entries(JOB_TYPES).find(([name]) => same(type, name))?.[1];

/** The server filters by one type only. */
function kind({ options }: PollContext): Record<string, QueryValue> {
	const [type, ...more] = listOf(options.jobSessionFinishedTypes);
	return type !== undefined && more.length === 0 ? { jobType: type } : {};
}

/**
 * One that was stopped, by a person or by the end of its backup window, or that was not configured
 * has left something undone, but nothing has failed: a warning. So is what a later version may know.
 */
function resultOf({ status }: IDataObject): RunResult {
	if (same(status, 'Success')) return 'Success';
	return same(status, 'Failed') ? 'Failed' : 'Warning';
}

function messageOf({ status, details }: IDataObject): string {
	if (same(status, 'Stopped')) return 'It was stopped before its end.';
	return same(status, 'Success') ? '' : (textOf(details) ?? '');
}

/** v8 says it, before it a link does. */
const jobIdOf = (session: IDataObject): string | undefined =>
	textOf(session.jobId) ?? linkedId(session, 'CopyJobs') ?? linkedId(session, 'Jobs');

/** The job of a session; where nothing leads to it, the one that began its last run then. */
async function jobOf(pollContext: PollContext, session: IDataObject): Promise<Job> {
	const id = jobIdOf(session);
	const jobs = await jobsOf(pollContext);
	const created = readTime(session.creationTime);
	const found = jobs.find((job) =>
		id === undefined
			? created !== undefined && readTime(job.lastRun) === created
			: same(job.id, id),
	);
	if (found) return found;
	const isCopy = same(session.jobType, 'Copy') || linkedId(session, 'CopyJobs') !== undefined;
	const type = JOB_TYPES[isCopy ? 'Copy' : 'Backup'];
	// Deleted meanwhile, or one that the server does not name.
	return { id: id ?? String(session.id), name: 'unknown', type };
}

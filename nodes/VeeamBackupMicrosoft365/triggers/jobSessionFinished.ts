import type { IDataObject } from 'n8n-workflow';

import { finishedRunsEvent, runFields } from '../../shared/monitoring/finishedRuns';
import { listOf } from '../../shared/monitoring/options';
import { DAY } from '../../shared/common/time';
import type { PollContext } from '../../shared/monitoring/pollContext';
import type { QueryValue } from '../../shared/http/types';
import { failedObjects } from '../model/failedObjects';
import { readFailureReasons } from '../model/failureReasons';
import type { Job } from '../model/jobs';
import { JOB_TYPES } from '../model/jobStatus';
import {
	endOf,
	endTimeOf,
	isOver,
	JOB_SESSIONS,
	jobIdOf,
	jobsOfSessions,
	resultDetails,
	resultOf,
	unknownJob,
	willBeRetried,
} from '../model/jobSessions';
import { same } from '../api/read';
import { readWithoutEnd } from './endlessSessions';
import { jobsOf, organizationName } from './lookups';

/** How far back the newest session is looked for first. */
const LATELY = 3 * DAY;

/** Sessions of backup jobs and backup copy jobs, when they are over. */
export const jobSessionFinished = finishedRunsEvent(
	{
		value: 'jobSessionFinished',
		name: 'Job Session Finished',
		action: 'On job session finished or failed',
		description: 'A backup or backup copy job has ended: failed, with warnings or successfully',
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
				description: 'Which kinds of jobs count; all if empty',
			},
		]),
	},
	{
		newest: async (pollContext) => {
			// No order is documented: the page is as big as it may be, and sorted here.
			const read = async (bound: Record<string, QueryValue>) =>
				await pollContext.list({
					path: JOB_SESSIONS,
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
				path: JOB_SESSIONS,
				query: { ...kind(pollContext), endTimeLowerBound: after },
			}),
		leftOut: readWithoutEnd,
		oldestFirst: false,
		id: ({ id }) => String(id),
		time: endTimeOf,
		objectId: (session) => jobIdOf(session) ?? String(session.id),
		isOver,
		result: (session) => (isOver(session) ? resultOf(session) : undefined),
		isTypeWanted: ({ options }, type) => {
			const types = listOf(options.jobSessionFinishedTypes);
			const isWanted = (kind: string) => types.length === 0 || types.some((one) => same(one, kind));
			return Object.entries(JOB_TYPES).some(([kind, called]) => called === type && isWanted(kind));
		},
		jobIds: async (pollContext) => (await jobsOf(pollContext)).map(({ id }) => id),
		run: async (pollContext, session) => {
			const job = await jobOf(pollContext, session);
			const result = resultOf(session);
			// The server tries again what a warning is about, too: not the last word.
			const isLast =
				pollContext.options.onlyAfterLastRetry !== true || willBeRetried(session) !== true;
			const types = listOf(pollContext.options.jobSessionFinishedTypes);
			const isWanted = types.length === 0 || types.some((type) => same(job.kind, type));
			if (!isWanted || (result === 'Warning' && !isLast)) return undefined;
			return {
				id: String(session.id),
				jobId: job.id,
				name: job.name,
				type: job.type,
				result,
				message: resultDetails(session),
				endTime: endTimeOf(session),
				details: {
					jobType: job.kind,
					status: session.status,
					retryCount: session.retryCount ?? null,
					willBeRetried: willBeRetried(session) ?? null,
					mainSessionId: session.mainSessionId ?? null,
				},
			};
		},
		// v6 and earlier do not say it: each failure is reported then.
		willBeRetried: (_, session) => willBeRetried(session) === true,
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

/** The server filters by one type only. */
function kind({ options }: PollContext): Record<string, QueryValue> {
	const [type, ...more] = listOf(options.jobSessionFinishedTypes);
	return type !== undefined && more.length === 0 ? { jobType: type } : {};
}

type SessionJob = Pick<Job, 'id' | 'name' | 'kind' | 'type'> & Partial<Job>;

async function jobOf(pollContext: PollContext, session: IDataObject): Promise<SessionJob> {
	const found = jobsOfSessions([session], await jobsOf(pollContext));
	return found.get(session) ?? unknownJob(session);
}

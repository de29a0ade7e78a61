import type { IDataObject } from 'n8n-workflow';

import { readTime } from '../../shared/common/time';
import type { FailingJobs } from '../../shared/monitoring/finishedRuns';
import { shortKey } from '../../shared/monitoring/keys';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { isKnown } from '../model/catalogueFacts';
import { endOf, hasEnd, isOver, JOB_SESSIONS, jobIdOf, jobsOfSessions } from '../model/jobSessions';
import type { Job } from '../model/jobs';
import { jobsOf } from './lookups';

/** Jobs whose sessions are asked for in one look, and how many times for the same run. */
const JOBS_A_LOOK = 5;
const TRIES = 3;

/**
 * Sessions that failed without an end: the server's only filter by time is by the end, and leaves them
 * out. A job says when its last run began and how it ended; where no session with an end belongs to a
 * run that failed, the job's sessions are asked for.
 *
 * Requests: the lists of jobs (read once in a poll), the day's sessions where a job failed, and one for
 * each of five jobs; v6 cannot be asked for the sessions of a job: one list of at most 10,000.
 *
 * @param after only runs that began since
 */
export async function readWithoutEnd(
	pollContext: PollContext,
	after: string,
	memory: FailingJobs,
): Promise<IDataObject[]> {
	const from = readTime(after) ?? 0;
	const jobs = await jobsOf(pollContext);
	const failed = jobs.filter(
		({ lastResult, lastRun }) => lastResult === 'Failed' && (lastRun ?? 0) >= from,
	);
	const open = new Map(failed.map((job) => [shortKey(job.id), job]));
	const examined = Object.entries(memory.examined ?? {}).filter(
		([key, [run]]) => open.get(key)?.lastRun === run,
	);
	memory.examined = Object.fromEntries(examined);
	const triesOf = ({ id }: Job) => memory.examined?.[shortKey(id)]?.[1] ?? 0;
	const left = failed.filter((job) => triesOf(job) < TRIES);
	if (left.length === 0) return [];
	const ended = await readSessions(pollContext, { endTimeLowerBound: after });
	// Jobs begin at the same moment: the time alone does not say whose run it was.
	const runs = new Set(
		[...jobsOfSessions(ended, jobs)].map(
			([{ creationTime }, { id }]) => `${id}/${readTime(creationTime)}`,
		),
	);
	const lacking = left.filter(({ id, lastRun }) => !runs.has(`${id}/${lastRun}`));
	lacking.sort((a, b) => triesOf(a) - triesOf(b));
	const { version } = pollContext.client;
	const some = lacking.slice(0, JOBS_A_LOOK);
	if (some.length === 0) return [];
	const found: IDataObject[] = [];
	if (isKnown(version, `GET ${JOB_SESSIONS}`, 'jobId'))
		for (const { id } of some) {
			found.push(...(await readSessions(pollContext, { jobId: id })));
			if (pollContext.isExpired()) break;
		}
	else found.push(...(await readSessions(pollContext, {})));
	const endless = found.filter(
		(session) => isOver(session) && !hasEnd(session) && endOf(session) >= from,
	);
	for (const job of some) {
		const isFound = endless.some((session) => jobIdOf(session) === job.id);
		const key = shortKey(job.id);
		memory.examined[key] = [job.lastRun ?? 0, isFound ? TRIES : triesOf(job) + 1];
	}
	return endless;
}

const readSessions = async (
	pollContext: PollContext,
	query: Record<string, string>,
): Promise<IDataObject[]> =>
	await pollContext.list({ path: JOB_SESSIONS, query: { ...query, limit: 10_000 } });

import type { IDataObject } from 'n8n-workflow';

import { same } from '../api/read';
import { historyOf, type EndedRun, type JobPast } from '../../shared/report/history';
import { isAhead } from '../../shared/report/readable';
import type { ReportHistory, ReportOptions } from '../../shared/report/model';
import { endOf, isOver, jobsOfSessions, resultOf, type KnownSessions } from '../model/jobSessions';
import { STATUSES } from '../model/jobStatus';
import type { Job } from '../model/jobs';
import type { JobRuns } from './jobs';

/**
 * The history of all jobs of the report.
 *
 * @param runs of the period
 * @param known sessions of the period and of the days before it
 * @param period milliseconds since 1970
 */
export function jobHistory(
	jobs: Job[],
	runs: JobRuns[],
	known: KnownSessions,
	{ from, now }: { from: number; now: number },
	{ historyDays: days, timeZone }: ReportOptions,
): ReportHistory {
	const all = new Map<string, JobPast[]>();
	const ended = (session: IDataObject): EndedRun => ({
		at: endOf(session),
		result:
			STATUSES.some((one) => same(session.status, one)) && !isAhead(endOf(session), now)
				? resultOf(session)
				: 'Unknown',
	});
	for (const { job, sessions, result, isFailedByRecord } of runs) {
		const past: JobPast = { id: job.id, name: job.name, runs: sessions.map(ended) };
		if (job.lastRun !== undefined && isFailedByRecord)
			past.runs.push({ at: job.lastRun, result: 'Failed' });
		else if (job.lastRun !== undefined && result !== undefined && sessions.length === 0)
			past.runs.push({ at: job.lastRun, result });
		const key = job.id.toLowerCase();
		all.set(key, [...(all.get(key) ?? []), past]);
	}
	// Those of the period are in the runs, but for what cannot have ended yet.
	const others = known.sessions.filter(
		(one) => isOver(one) && (endOf(one) < from || isAhead(endOf(one), now)),
	);
	const owners = jobsOfSessions(others, jobs);
	for (const session of others) {
		const owner = owners.get(session);
		// A job that is gone has no name, and nothing of it can be mended.
		for (const past of (owner && all.get(owner.id.toLowerCase())) ?? [])
			past.runs.push(ended(session));
	}
	return historyOf([...all.values()].flat(), { now, days, timeZone }, known);
}

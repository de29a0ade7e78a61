import type { IDataObject } from 'n8n-workflow';

import { readTime } from '../../shared/common/time';
import type { Sections } from '../../shared/report/collect';
import { historyOf, historyStart, type EndedRun, type JobPast } from '../../shared/report/history';
import type { ReportHistory, ReportOptions } from '../../shared/report/model';
import type { PageReader } from '../../shared/report/pageReader';
import type { JobFinder } from '../model/jobFinder';
import { jobNameOf } from '../model/sessionTypes';
import { endOf, jobKeyOf, LOOK_BACK, readEarlierRuns, type Runs } from '../model/sessions';
import { resultIn, type JobReport } from './jobs';

/**
 * Runs before the period: as far back as the history goes and last successes are looked for.
 *
 * @returns undefined where the history is not wanted, lies in the period, or may not be read
 */
export async function readPast(
	reader: PageReader,
	sections: Sections,
	{ historyDays, timeZone }: ReportOptions,
	{
		from,
		now,
		ids,
		isFiltered,
		finder,
	}: { from: number; now: number; ids: Set<string>; isFiltered: boolean; finder: JobFinder },
): Promise<Runs | undefined> {
	const start = historyStart(now, historyDays, timeZone);
	if (start >= from) return undefined;
	const since = Math.min(start, from - LOOK_BACK);
	return await sections.of(
		'history',
		'Sessions before the period',
		async () => await readEarlierRuns(reader, { since, until: from }, ids, isFiltered, finder),
	);
}

/**
 * The history of all jobs of the report. A job that the server calls failed, and of which no session
 * says so, failed on the day its last run began.
 *
 * @param runs of the period
 * @param past runs before it; undefined: they could not be read, or the history needs none
 */
export function jobHistory(
	reports: JobReport[],
	runs: Runs,
	past: Runs | undefined,
	{ from, now, historyDays: days, timeZone }: ReportOptions & { from: number; now: number },
): ReportHistory {
	// Two jobs can have one ID, and nobody knows whose the runs are: both have them.
	const jobs = new Map<string, JobPast[]>();
	for (const { standing, row, session, key } of reports) {
		const at = session ? undefined : readTime(row?.time);
		const failed: EndedRun[] = at === undefined || !row ? [] : [{ at, result: row.result }];
		jobs.set(key, [...(jobs.get(key) ?? []), { id: key, name: standing.name, runs: failed }]);
	}
	const add = (key: string, session: IDataObject | undefined, ended: EndedRun[]) => {
		const name = (session && jobNameOf(session)) || key;
		const known = jobs.get(key) ?? [{ id: key, name, runs: [] }];
		jobs.set(key, known);
		for (const job of known) job.runs.push(...ended);
	};
	for (const { byJob } of past ? [runs, past] : [runs])
		for (const [key, sessions] of byJob)
			add(
				key,
				sessions[0],
				sessions.flatMap((one): EndedRun[] => {
					const at = endOf(one);
					return at === undefined ? [] : [{ at, result: resultIn(one) }];
				}),
			);
	for (const session of [...runs.unread, ...(past?.unread ?? [])]) {
		const at = endOf(session);
		if (at !== undefined) add(jobKeyOf(session), session, [{ at, result: 'Unknown' }]);
	}
	const before = past?.completeSince ?? from;
	const isWhole = runs.completeSince <= from;
	return historyOf(
		[...jobs.values()].flat(),
		{ now, days, timeZone },
		{ since: isWhole ? before : runs.completeSince, wrongSince: runs.isWhole ? before : from },
	);
}

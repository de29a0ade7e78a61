import type { IDataObject } from 'n8n-workflow';

import { MINUTE, readTime } from '../../shared/common/time';
import { iso, worstJobFirst } from '../../shared/report/assess';
import {
	filterFacts,
	jobPasses,
	type FilterFacts,
	type Sections,
} from '../../shared/report/collect';
import { gigabytes } from '../../shared/report/growth';
import { byJobName, jobState, type JobStanding } from '../../shared/report/jobTotals';
import type {
	ReportJob,
	ReportJobState,
	ReportLongRun,
	ReportMissedRun,
	ReportOptions,
	ReportSection,
} from '../../shared/report/model';
import { isAhead } from '../../shared/report/readable';
import type { Speech } from '../../shared/report/speech';
import type { PageReader } from '../../shared/report/pageReader';
import { same } from '../api/read';
import {
	endOf,
	isOver,
	jobIdOf,
	jobsOfSessions,
	resultOf,
	transferredIn,
	unknownJob,
} from '../model/jobSessions';
import { JOB_LISTS, knowsCopyJobs, overdueSince, readJobsOf, type Job } from '../model/jobs';
import { textOf } from '../model/values';
import { objectOf } from '../../shared/common/objects';

/** What needs the jobs: each of these is missing where they cannot be read. */
const NEED_JOBS: readonly ReportSection[] = ['jobs', 'missedRuns', 'unprotected'];

/** The jobs that the report is about. */
export interface ChosenJobs extends FilterFacts {
	jobs: Job[];
}

/** @returns undefined where neither backup jobs nor backup copy jobs are wanted or may be read */
export async function readChosenJobs(
	reader: PageReader,
	sections: Sections,
	options: ReportOptions,
): Promise<ChosenJobs | undefined> {
	const { version } = reader.client;
	const isPartial = !knowsCopyJobs(version);
	const concerned = sections.wants(...NEED_JOBS)
		? NEED_JOBS
		: sections.first('history', 'allJobs', 'growth');
	const read = async (kind: 'Backup' | 'Copy') =>
		await sections.of(concerned, JOB_LISTS[kind].what, async () => await readJobsOf(reader, kind));
	const backup = await read('Backup');
	const copy = isPartial ? undefined : await read('Copy');
	if (isPartial && sections.wants(...NEED_JOBS))
		sections.notOffered('jobs', sections.speech.say('copyJobsMissing', { version }));
	if (!backup && !copy) return undefined;
	const all = [...(backup ?? []), ...(copy ?? [])];
	const { includeJobs, excludeJobs } = options;
	// A pattern may be meant for jobs of the list that could not be read.
	const isWhole = backup !== undefined && (copy !== undefined || isPartial);
	const facts = filterFacts(
		all.map(({ name }) => name),
		isWhole ? includeJobs : [],
		isWhole ? excludeJobs : [],
		'Jobs',
		sections.speech,
	);
	return { ...facts, jobs: all.filter(({ name }) => jobPasses(name, options)) };
}

/** A job, or what is known of one that is gone, with its runs that ended in the period. */
export interface JobRuns {
	job: Pick<Job, 'id' | 'name' | 'type'> & Partial<Job>;
	/** The last first. */
	sessions: IDataObject[];
	/** How it stands; undefined: no run ended in the period. */
	result?: 'Success' | 'Warning' | 'Failed';
	/** The server calls its last run failed, and that is none of the sessions. */
	isFailedByRecord?: boolean;
}

/** The runs of the period, by their jobs. */
export interface PeriodRuns {
	runs: JobRuns[];
	/** Runs that belong to no job that is known. */
	unknown: IDataObject[];
	/** Of which nobody can say when they ended: they are in no run. */
	unread: IDataObject[];
}

/**
 * Every chosen job with its runs of the period, and what ran of jobs that are gone. The job's own last
 * result has a say besides: one that the server calls failed is never well, whatever sessions it lists.
 *
 * @param from,now beginning and end of the period, milliseconds since 1970
 * @param isFiltered the user chose jobs: then sessions of unknown ones do not count
 * @param nameless what a job is called that is gone
 */
export function runsOfJobs(
	jobs: Job[],
	sessions: IDataObject[] | undefined,
	{
		from,
		now,
		isFiltered,
		nameless,
	}: { from: number; now: number; isFiltered: boolean; nameless: string },
): PeriodRuns {
	const ended = (sessions ?? []).filter((session) => isOver(session) && endOf(session) >= from);
	const owners = jobsOfSessions(ended, jobs);
	// Two jobs can have one ID, and nobody knows whose the runs are: both have them.
	const runs = new Map<string, JobRuns[]>();
	for (const job of jobs) {
		const key = job.id.toLowerCase();
		runs.set(key, [...(runs.get(key) ?? []), { job, sessions: [] }]);
	}
	const unknown: IDataObject[] = [];
	const unread: IDataObject[] = [];
	for (const session of ended) {
		const owner = owners.get(session);
		if (!owner && (isFiltered || jobIdOf(session) === undefined)) {
			if (!isFiltered) unknown.push(session);
			continue;
		}
		if (isAhead(endOf(session), now)) {
			unread.push(session);
			continue;
		}
		const job = owner ?? { ...unknownJob(session), name: nameless };
		const key = job.id.toLowerCase();
		const known: JobRuns[] = runs.get(key) ?? [{ job, sessions: [] }];
		for (const run of known) run.sessions.push(session);
		runs.set(key, known);
	}
	const all = [...runs.values()].flat();
	for (const run of all) settle(run, sessions !== undefined, from);
	return { runs: all, unknown, unread };
}

function settle(run: JobRuns, areSessionsKnown: boolean, from: number): void {
	const { job, sessions } = run;
	sessions.sort((a, b) => endOf(b) - endOf(a));
	const [last] = sessions;
	run.result = last && resultOf(last);
	const { lastResult, lastRun } = job;
	const isOfPeriod = last !== undefined || (lastRun !== undefined && lastRun >= from);
	if (lastResult === 'Failed' && run.result !== 'Failed') {
		run.isFailedByRecord = true;
		if (isOfPeriod) run.result = 'Failed';
	} else if (!areSessionsKnown && lastResult && isOfPeriod) run.result = lastResult;
}

const failedRuns = ({ sessions }: JobRuns): number =>
	sessions.filter((one) => resultOf(one) === 'Failed').length;

/** @param now milliseconds since 1970, by the server's clock */
export function standingsOf(runs: JobRuns[], now: number): JobStanding[] {
	const byId = new Map(runs.map(({ job }) => [job.id.toLowerCase(), job]));
	return runs.map((run) => ({
		name: run.job.name,
		result: run.result,
		failures: failedRuns(run),
		isRunning: run.job.isRunning ?? false,
		isEnabled: run.job.isEnabled ?? true,
		isPlanned: isPlanned(run.job, byId, now),
	}));
}

/** All jobs with their last run of the period. */
export const jobStates = (runs: JobRuns[], standings: JobStanding[]): ReportJobState[] =>
	runs
		.flatMap(({ job, sessions, result }, index): ReportJobState[] => {
			const standing = standings[index];
			const last = sessions.find((one) => resultOf(one) === result) ?? sessions[0];
			const times = result && last && { start: readTime(last.creationTime), end: endOf(last) };
			const running = !result && job.isRunning ? { start: job.lastRun } : {};
			const sent = result && last ? transferredIn(last) : undefined;
			return standing
				? [
						{
							...jobState(
								standing,
								{ id: job.id, type: job.type },
								{ ...running, ...times, nextRun: job.isEnabled ? job.nextRun : undefined },
							),
							...(sent === undefined ? {} : { transferredGB: gigabytes(sent) }),
						},
					]
				: [];
		})
		.sort(byJobName);

/** What all runs of the period sent; undefined where none says so. */
export function transferredBy(runs: JobRuns[]): { transferredGB?: number } {
	const sent = runs.flatMap(({ sessions }) => sessions.flatMap((one) => transferredIn(one) ?? []));
	return sent.length === 0
		? {}
		: { transferredGB: gigabytes(sent.reduce((sum, bytes) => sum + bytes, 0)) };
}

/** Runs again by itself: at a time ahead, or as soon as the backup job runs that it copies. */
function isPlanned(job: JobRuns['job'], byId: Map<string, JobRuns['job']>, now: number): boolean {
	if (!job.isEnabled) return false;
	const { nextRun, backupJobId, schedulePolicy } = job.record ?? {};
	if (job.nextRun !== undefined) return job.nextRun >= now - 15 * MINUTE;
	// Written without an offset: planned, and nobody can say for when.
	if (readTime(nextRun) !== undefined) return true;
	const source = byId.get((textOf(backupJobId) ?? '').toLowerCase());
	if (!source || source === job || !same(objectOf(schedulePolicy).type, 'Immediate')) return false;
	return source.isRunning === true || isPlanned(source, new Map(), now);
}

/** A failed or warned job, with the session that says why; none where no list has it. */
export type FailedJob = ReportJob & { session?: IDataObject };

/** Jobs that ended the period badly, the worst first; no reasons yet. */
export function failuresOf(runs: JobRuns[], speech: Speech): FailedJob[] {
	return runs
		.flatMap((run): FailedJob[] => {
			const { job, sessions, result, isFailedByRecord } = run;
			const isEarlier = isFailedByRecord && result !== 'Failed';
			if (!isEarlier && (result === undefined || result === 'Success')) return [];
			// The session that failed is not there: what others say is not the reason.
			const session = isFailedByRecord ? undefined : sessions[0];
			const success =
				readTime(sessions.find((one) => resultOf(one) === 'Success')?.endTime) ?? job.lastBackup;
			const time = session ? endOf(session) : job.lastRun;
			return [
				{
					id: job.id,
					name: job.name,
					type: job.type,
					result: isEarlier || result === 'Failed' ? 'Failed' : 'Warning',
					time: time === undefined ? null : iso(time),
					...(isEarlier ? { isEarlier } : {}),
					...(success === undefined ? {} : { lastSuccess: iso(success) }),
					failures: Math.max(failedRuns(run), result === 'Failed' ? 1 : 0),
					objects: [],
					...(session ? { session } : { reason: speech.say('sessionUnlisted') }),
				},
			];
		})
		.sort(worstJobFirst);
}

/** Enabled jobs that should have run and did not; one that runs right now has not missed its run. */
export function missedRuns(jobs: Job[], now: number): ReportMissedRun[] {
	return jobs
		.flatMap((job): ReportMissedRun[] => {
			if (!job.isEnabled || job.isRunning) return [];
			const { id, name, lastRun } = job;
			const expected = overdueSince(job, now);
			if (expected === undefined) return [];
			return [
				{ id, name, expected: iso(expected), lastRun: lastRun === undefined ? null : iso(lastRun) },
			];
		})
		.sort((a, b) => (a.expected ?? '').localeCompare(b.expected ?? ''));
}

/**
 * Jobs that have been running since before the period, while their next run is overdue: they hang,
 * and nothing else of the report would say so.
 */
export function longRuns(jobs: Job[], from: number, now: number): ReportLongRun[] {
	return jobs
		.flatMap((job): ReportLongRun[] => {
			const expected = job.isRunning ? overdueSince(job, now) : undefined;
			if (expected === undefined) return [];
			const { id, name, lastRun } = job;
			if ((lastRun ?? expected) >= from) return [];
			return [
				{ id, name, since: lastRun === undefined ? null : iso(lastRun), expected: iso(expected) },
			];
		})
		.sort((a, b) => (a.since ?? '').localeCompare(b.since ?? ''));
}

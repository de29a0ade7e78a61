import type { IDataObject } from 'n8n-workflow';

import type { Sections } from '../../shared/report/collect';
import { iso, worstJobFirst } from '../../shared/report/assess';
import { readTime } from '../../shared/common/time';
import { jobState, type JobStanding } from '../../shared/report/jobTotals';
import type {
	ReportJob,
	ReportJobState,
	ReportLongRun,
	ReportMissedRun,
} from '../../shared/report/model';
import type { Speech } from '../../shared/report/speech';
import type { PageReader } from '../../shared/report/pageReader';
import { inWords } from '../model/catalogueFacts';
import { readLogLines, resultOf, saysNothing } from '../model/failureReasons';
import type { JobFinder } from '../model/jobFinder';
import type { Job } from '../model/jobs';
import {
	endOf,
	isResult,
	jobKeyOf,
	lastSuccessesOf,
	readLastSuccesses,
	type Runs,
} from '../model/sessions';
import { jobNameOf } from '../model/sessionTypes';
import { PATH as TASKS, readTasks } from '../model/taskSessions';
import { textOf } from '../model/text';
import { whereOffered } from './offered';

/** Failures without words whose log is read; the others point to it. */
const LOGS = 3;

/** A job, what it did in the period and what is to be said of it. */
export interface JobReport {
	/** By which the runs of the job are found. */
	key: string;
	standing: JobStanding;
	row?: ReportJob;
	/** The run that the row is about, where there is a session of it. */
	session?: IDataObject;
	isGone: boolean;
	state: ReportJobState;
	/** The run that the state is about, where there is a session of it. */
	shown?: IDataObject;
}

type Result = NonNullable<JobStanding['result']>;

/**
 * Every job once, by its runs, held against what `/jobs/states` says of its last one: a job that
 * failed there is never well here, whatever sessions there are. Without sessions (refused) the states
 * alone are the word. Jobs that are gone since and ran in the period count, too.
 *
 * @param runs undefined: sessions could not be read
 */
export function jobReports(
	jobs: Job[],
	runs: Runs | undefined,
	from: number,
	speech: Speech,
): JobReport[] {
	const known = jobs.map((job) => reportOf(job, runs, from, speech));
	const ids = new Set(jobs.map(({ id }) => id));
	const gone = [...(runs?.byJob ?? [])]
		.filter(([key]) => !ids.has(key))
		.flatMap(([key, sessions]): JobReport[] => {
			const [last] = sessions;
			if (!last) return [];
			const result = resultIn(last);
			const failures = sessions.filter((one) => isResult(one, 'Failed')).length;
			const name = jobNameOf(last) || key;
			return [
				{
					key,
					standing: {
						...{ name, result, failures },
						...{ isRunning: false, isEnabled: false, isPlanned: false },
					},
					isGone: true,
					state: jobState(
						{ name, result, failures, isRunning: false, isEnabled: false, isPlanned: false },
						{ id: key, type: inWords(textOf(last.sessionType)) },
						timesOf(last),
					),
					shown: last,
					...(result === 'Success'
						? {}
						: {
								session: last,
								row: rowOf(
									{ id: key, name, type: textOf(last.sessionType) },
									result,
									sessions,
									last,
									speech,
								),
							}),
				},
			];
		});
	return [...known, ...gone];
}

function reportOf(job: Job, runs: Runs | undefined, from: number, speech: Speech): JobReport {
	const sessions = runs?.byJob.get(job.id) ?? [];
	const [last] = sessions;
	const { lastResult, lastRun, isRunning } = job;
	const endedAt = last && endOf(last);
	// Where not all runs were read, one that went well may be missing after those that did not.
	const isKnown = last !== undefined && (endedAt ?? 0) >= (runs?.completeSince ?? 0);
	const isRecent = lastRun !== undefined && lastRun >= from;
	const ofStates =
		lastResult !== undefined && !isRunning && (isRecent || last) ? lastResult : undefined;
	let result: Result | undefined = isKnown
		? resultIn(last)
		: (ofStates ?? (last && resultIn(last)));
	if (lastResult === 'Failed' && !isRunning && (isRecent || last)) result = 'Failed';
	// Whoever disabled a job knows of it: it counts as disabled.
	const isEarlier = result === undefined && lastResult === 'Failed' && job.isEnabled;
	const session =
		result === 'Failed'
			? sessions.find((one) => isResult(one, 'Failed'))
			: result === 'Warning'
				? sessions.find((one) => isResult(one, 'Warning'))
				: undefined;
	const isBad = result === 'Failed' || result === 'Warning' || isEarlier;
	const standing: JobStanding = {
		name: job.name,
		...(result === undefined ? {} : { result }),
		failures: sessions.filter((one) => isResult(one, 'Failed')).length,
		isRunning,
		isEnabled: job.isEnabled,
		isPlanned: job.isPlanned,
	};
	return {
		key: job.id,
		standing,
		state: jobState(
			standing,
			{ id: job.id, type: inWords(job.type) },
			{
				...(result === undefined
					? isRunning
						? { start: lastRun }
						: {}
					: timesOf(session ?? last)),
				nextRun: job.nextRun,
			},
		),
		...(result !== undefined && (session ?? last) ? { shown: session ?? last } : {}),
		isGone: false,
		...(session === undefined ? {} : { session }),
		...(isBad
			? {
					row: {
						...rowOf(
							job,
							result === 'Warning' ? 'Warning' : 'Failed',
							sessions,
							session,
							speech,
							lastRun,
						),
						...(isEarlier ? { isEarlier: true as const } : {}),
					},
				}
			: {}),
	};
}

export const resultIn = (session: IDataObject): Result =>
	isResult(session, 'Failed') ? 'Failed' : isResult(session, 'Warning') ? 'Warning' : 'Success';

function rowOf(
	{ id, name, type }: { id: string; name: string; type: string },
	result: 'Failed' | 'Warning',
	sessions: IDataObject[],
	session: IDataObject | undefined,
	speech: Speech,
	lastRun?: number,
): ReportJob {
	const end = (session && endOf(session)) ?? lastRun;
	const success = sessions.find((one) => isResult(one, 'Success'));
	const succeeded = success && endOf(success);
	return {
		...{ id, name, type: inWords(type), result },
		time: end === undefined ? null : iso(end),
		...(succeeded === undefined ? {} : { lastSuccess: iso(succeeded) }),
		failures: sessions.filter((one) => isResult(one, 'Failed')).length,
		objects: [],
		...(session === undefined ? { reason: speech.say('sessionMissing') } : {}),
	};
}

/**
 * Adds why jobs failed, and when those without a success in the period had their last. What the
 * server refuses of it costs these details, never a failure.
 *
 * @param past runs before the period, where the history has read them: last successes are among them
 */
export async function addReasons(
	reader: PageReader,
	sections: Sections,
	reports: JobReport[],
	{ from, past, finder }: { from: number; past: Runs | undefined; finder: JobFinder },
): Promise<ReportJob[]> {
	const failing = reports.filter(({ row }) => row);
	const bare = failing.filter(({ row }) => row?.result === 'Failed' && !row.lastSuccess);
	if (bare.some(({ session }) => session)) {
		const last = past?.isWhole
			? lastSuccessesOf(past)
			: await sections.of('jobs', 'Last successes', async () =>
					readLastSuccesses(reader, from, finder),
				);
		for (const { row, session } of bare) {
			const time = last?.get(session ? jobKeyOf(session) : (row?.id ?? ''));
			if (row && time !== undefined) row.lastSuccess = iso(time);
		}
	}
	const sessions = failing.map(({ session }) => session).filter((one) => one !== undefined);
	const tasks =
		sessions.length === 0
			? undefined
			: await whereOffered(
					reader,
					sections,
					{
						...{ section: 'jobs', what: 'Task sessions', operation: `GET ${TASKS}` },
						note: sections.speech.say('failedObjectsMissing', { version: reader.client.version }),
					},
					async () => readTasks(reader, sessions),
				);
	if (tasks && !tasks.isWhole) sections.notes.push(sections.speech.say('reasonsYoungest'));
	let logs = LOGS;
	const worst = [...failing].sort((a, b) => order(a) - order(b));
	for (const { row, session } of worst) {
		if (!row || !session) continue;
		const own = tasks?.bySession.get(textOf(session.id)) ?? [];
		const shown = row.result === 'Failed' ? own.filter((task) => isResult(task, 'Failed')) : own;
		const why = async (record: IDataObject): Promise<string> => {
			const { message, result } = resultOf(record);
			const fallback = message || sections.speech.say('seeSessionLog');
			if (!saysNothing(message) || logs <= 0 || reader.left === 0) return fallback;
			logs--;
			// A log that may not be read says so in its line.
			const lines = await reader.counted(
				async () => await readLogLines(reader.client, record, record === session, result),
			);
			return lines.join(' · ') || fallback;
		};
		for (const task of shown)
			row.objects.push({
				name: textOf(task.name),
				result: isResult(task, 'Failed') ? 'Failed' : 'Warning',
				reason: await why(task),
			});
		if (row.objects.length === 0) row.reason = await why(session);
	}
	return failing.flatMap(({ row }) => row ?? []).sort(worstJobFirst);
}

/** When a run began and ended. */
const timesOf = (run: IDataObject | undefined): { start?: number; end?: number } =>
	run === undefined ? {} : { start: readTime(run.creationTime), end: readTime(run.endTime) };

const order = ({ row }: JobReport): number => Number(row?.result !== 'Failed');

const earliestFirst = (a: { expected: string | null }, b: { expected: string | null }): number =>
	(a.expected ?? '').localeCompare(b.expected ?? '');

/** Enabled jobs whose next run lies in the past by the server's clock, and that do not run. */
export const missedRuns = (jobs: Job[]): ReportMissedRun[] =>
	jobs
		.flatMap(({ id, name, isEnabled, isRunning, overdueSince, lastRun }): ReportMissedRun[] =>
			overdueSince === undefined || !isEnabled || isRunning
				? []
				: [
						{
							...{ id, name, expected: iso(overdueSince) },
							lastRun: lastRun === undefined ? null : iso(lastRun),
						},
					],
		)
		.sort(earliestFirst);

/** Jobs that have been running since before the period while their next run is overdue. */
export const longRuns = (jobs: Job[], from: number): ReportLongRun[] =>
	jobs
		.flatMap(({ id, name, isRunning, overdueSince, lastRun }): ReportLongRun[] =>
			isRunning && overdueSince !== undefined && (lastRun === undefined || lastRun < from)
				? [
						{
							...{ id, name, expected: iso(overdueSince) },
							since: lastRun === undefined ? null : iso(lastRun),
						},
					]
				: [],
		)
		.sort(earliestFirst);

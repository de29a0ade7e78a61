import type { IDataObject } from 'n8n-workflow';

import { valueLabel } from '../../shared/form/operationNames';
import { DAY, HOUR, MINUTE } from '../../shared/common/time';
import { jobPasses } from '../../shared/report/collect';
import type {
	ReportCounts,
	ReportJob,
	ReportMissedRun,
	ReportOptions,
} from '../../shared/report/model';
import { BACKUP_TYPES } from '../model/sessionTypes';
import { readLogLines, resultOf, same, saysNothing } from '../model/failureReasons';
import { names } from '../overlay';
import { iso, millis, textOf, type Reader } from './read';

/** How far back a last success is looked for. */
export const LOOK_BACK = 7 * DAY;

/** Failures without words whose log is read; the others point to it. */
const LOGS = 3;

/** A run that is so late has not merely been queued. */
const GRACE = 15 * MINUTE;

export const readJobs = async (reader: Reader, options: ReportOptions): Promise<IDataObject[]> =>
	(await reader.list('/jobs/states', {}, { label: 'Jobs' })).filter(({ name }) =>
		jobPasses(textOf(name), options),
	);

/** Jobs whose last run in the period failed or warned, and how many there are of each kind. */
export async function readFailures(
	reader: Reader,
	jobs: IDataObject[],
	options: ReportOptions,
	from: number,
): Promise<{ failures: ReportJob[]; counts: Partial<ReportCounts> }> {
	const sessions = await reader.list('/sessions', {
		endedAfterFilter: iso(from),
		orderColumn: 'EndTime',
		orderAsc: false,
	});
	const runs = runsByJob(sessions, jobs, options);
	const known = new Map(jobs.map((job) => [textOf(job.id), job]));
	const failing = [...runs.values()].filter(([last]) => isBad(last));
	const successes = await readSuccesses(reader, failing, from);
	const reasons = await readReasons(
		reader,
		failing.map(([last]) => last as IDataObject),
	);
	const failures = failing.map((all): ReportJob => {
		const last = all[0] as IDataObject;
		const job = known.get(textOf(last.jobId));
		const id = keyOf(last);
		const lastSuccess = all.find(succeeded)?.endTime ?? successes.get(id);
		const end = millis(last.endTime);
		return {
			id,
			name: textOf(job?.name) || textOf(last.name),
			type: valueLabel(names, textOf(job?.type) || textOf(last.sessionType)),
			result: same(resultOf(last).result, 'Failed') ? 'Failed' : 'Warning',
			time: end === undefined ? null : iso(end),
			...(lastSuccess ? { lastSuccess: iso(millis(lastSuccess) ?? 0) } : {}),
			failures: all.filter((run) => same(resultOf(run).result, 'Failed')).length,
			...(reasons.get(textOf(last.id)) ?? { objects: [] }),
		};
	});
	return {
		failures: failures.sort(
			(a, b) =>
				Number(a.result !== 'Failed') - Number(b.result !== 'Failed') ||
				b.failures - a.failures ||
				a.name.localeCompare(b.name),
		),
		counts: countsOf(jobs, runs, failures),
	};
}

function countsOf(
	jobs: IDataObject[],
	runs: Map<string, IDataObject[]>,
	failures: ReportJob[],
): Partial<ReportCounts> {
	const failed = failures.filter(({ result }) => result === 'Failed').length;
	const without = jobs.filter(({ id }) => !runs.has(textOf(id)));
	const running = without.filter(isRunning);
	const disabled = without.filter(isDisabled);
	return {
		// Jobs that are gone since ran in the period all the same.
		jobs: without.length + runs.size,
		succeeded: runs.size - failures.length,
		failed,
		warned: failures.length - failed,
		running: running.length,
		disabled: disabled.length,
		idle: without.length - running.length - disabled.length,
	};
}

/** Ended runs of each job in the period, the last first. */
function runsByJob(
	sessions: IDataObject[],
	jobs: IDataObject[],
	options: ReportOptions,
): Map<string, IDataObject[]> {
	const ids = new Set(jobs.map(({ id }) => textOf(id)));
	const isFiltered = options.includeJobs.length + options.excludeJobs.length > 0;
	const runs = new Map<string, IDataObject[]>();
	for (const session of sessions) {
		// Sessions of a job that is gone since count, too, unless the user chose jobs: theirs alone then.
		const isOurs =
			ids.has(textOf(session.jobId)) ||
			(!isFiltered && BACKUP_TYPES.some((type) => same(session.sessionType, type)));
		if (!isOurs || !same(session.state, 'Stopped') || same(resultOf(session).result, 'None'))
			continue;
		const id = keyOf(session);
		runs.set(id, [...(runs.get(id) ?? []), session]);
	}
	for (const all of runs.values())
		all.sort((a, b) => (millis(b.endTime) ?? 0) - (millis(a.endTime) ?? 0));
	return runs;
}

/** The job; where a session names none, whatever is called so. */
const keyOf = ({ jobId, name }: IDataObject): string => {
	const id = textOf(jobId);
	return /[1-9a-f]/i.test(id) ? id : textOf(name);
};

const isBad = (session: IDataObject | undefined): boolean =>
	session !== undefined &&
	['Failed', 'Warning'].some((result) => same(resultOf(session).result, result));

const succeeded = (session: IDataObject): boolean => same(resultOf(session).result, 'Success');

const isRunning = ({ status }: IDataObject): boolean =>
	['Running', 'Starting', 'Stopping'].some((word) => same(status, word));

const isDisabled = ({ status }: IDataObject): boolean => same(status, 'Disabled');

/** The last success before the period, of failed jobs that had none in it: one request for all of them. */
async function readSuccesses(
	reader: Reader,
	failing: IDataObject[][],
	from: number,
): Promise<Map<string, unknown>> {
	const without = failing.filter(
		(runs) => same(resultOf(runs[0] ?? {}).result, 'Failed') && !runs.some(succeeded),
	);
	const last = new Map<string, unknown>();
	if (without.length === 0) return last;
	const sessions = await reader.list(
		'/sessions',
		{
			endedAfterFilter: iso(from - LOOK_BACK),
			endedBeforeFilter: iso(from),
			resultFilter: 'Success',
			orderColumn: 'EndTime',
			orderAsc: false,
		},
		// One page, the youngest: busy servers have a hundred thousand.
		{ limit: 10_000 },
	);
	for (const session of sessions) {
		const id = keyOf(session);
		if (!last.has(id)) last.set(id, session.endTime);
	}
	return last;
}

type Reasons = Pick<ReportJob, 'objects' | 'reason'>;

/**
 * Why runs failed, by session: the task sessions of the whole time they ran, joined here, because
 * the server's filter by session type has been seen to match nothing. Runs without any (agents) say
 * it themselves; logs are read for the first few failures without words.
 */
async function readReasons(reader: Reader, runs: IDataObject[]): Promise<Map<string, Reasons>> {
	const reasons = new Map<string, Reasons>();
	if (runs.length === 0) return reasons;
	const begun = runs.flatMap(({ creationTime }) => millis(creationTime) ?? []);
	const tasks = await reader.list('/taskSessions', {
		endedAfterFilter: iso(Math.min(...begun) - HOUR),
		orderColumn: 'EndTime',
		orderAsc: false,
	});
	const bySession = new Map<string, IDataObject[]>();
	for (const task of tasks) {
		if (!isBad(task)) continue;
		const id = textOf(task.sessionId);
		bySession.set(id, [...(bySession.get(id) ?? []), task]);
	}
	let logs = LOGS;
	const worst = [...runs].sort(
		(a, b) =>
			Number(same(resultOf(b).result, 'Failed')) - Number(same(resultOf(a).result, 'Failed')),
	);
	for (const run of worst) {
		const own = bySession.get(textOf(run.id)) ?? [];
		const failed = own.filter((task) => same(resultOf(task).result, 'Failed'));
		const sessionFailed = same(resultOf(run).result, 'Failed');
		const emitted = sessionFailed ? failed : own;
		const why = async (record: IDataObject): Promise<string> => {
			const { message, result } = resultOf(record);
			const fallback = message || 'See the session log';
			if (!saysNothing(message) || logs <= 0 || reader.left === 0) return fallback;
			logs--;
			const lines = await reader.one(
				async () => await readLogLines(reader.client, record, record === run, result),
			);
			return lines.join(' · ') || fallback;
		};
		const objects: ReportJob['objects'] = [];
		for (const task of emitted)
			objects.push({
				name: textOf(task.name),
				result: same(resultOf(task).result, 'Failed') ? 'Failed' : 'Warning',
				reason: await why(task),
			});
		reasons.set(textOf(run.id), {
			objects,
			...(objects.length === 0 ? { reason: await why(run) } : {}),
		});
	}
	return reasons;
}

/** Enabled jobs whose next run lies in the past by the server's clock. */
export function missedRuns(jobs: IDataObject[], now: number): ReportMissedRun[] {
	return jobs
		.flatMap((job): ReportMissedRun[] => {
			const expected = millis(job.nextRun);
			if (expected === undefined || expected > now - GRACE) return [];
			if (isDisabled(job) || isRunning(job)) return [];
			const last = millis(job.lastRun);
			return [
				{
					id: textOf(job.id),
					name: textOf(job.name),
					expected: iso(expected),
					lastRun: last === undefined ? null : iso(last),
				},
			];
		})
		.sort((a, b) => (a.expected ?? '').localeCompare(b.expected ?? ''));
}

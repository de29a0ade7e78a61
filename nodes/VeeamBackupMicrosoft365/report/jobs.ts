import type { IDataObject } from 'n8n-workflow';

import { HOUR, MINUTE, readTime } from '../../shared/common/time';
import { jobPasses, type Sections } from '../../shared/report/collect';
import { iso, worstJobFirst } from '../../shared/report/assess';
import type {
	ReportJob,
	ReportMissedRun,
	ReportOptions,
	ReportSection,
} from '../../shared/report/model';
import type { JobStanding } from '../../shared/report/jobTotals';
import type { PageReader } from '../../shared/report/pageReader';
import { failedObjects } from '../model/failedObjects';
import { JOB_TYPES, linkedId, textOf } from '../model/lookups';
import { isOver, readFailureReasons } from '../model/jobSessions';
import { same, versionNumber } from '../api/read';

/** A job's record, with what kind it is. */
export interface ReportedJob {
	id: string;
	name: string;
	type: string;
	organizationId?: string;
	record: IDataObject;
}

/** Failed sessions whose log is read: it alone names the objects. */
const LOGS = 3;

/** Stands for the job where a line of a log names no object: an object may be called like its job. */
const ITSELF = '';

/** A run that is so late has not merely been queued. */
const GRACE = 15 * MINUTE;

/** When the clocks change, a daily job runs an hour earlier or later. */
const CLOCK_CHANGE = 2 * HOUR;

const DAILY = 24 * HOUR;

const isRunning = (status: unknown): boolean => !isOver({ status } as IDataObject);

/**
 * Backup jobs and backup copy jobs that the report is about. v4 and v5 do not tell copy jobs.
 *
 * @returns undefined where neither may be read
 */
export async function readJobs(
	reader: PageReader,
	sections: Sections,
	section: ReportSection,
	options: ReportOptions,
): Promise<ReportedJob[] | undefined> {
	const read = async (path: string, type: string): Promise<ReportedJob[]> =>
		(await reader.list({ method: 'GET', path, label: 'Jobs' }))
			.map((record) => ({
				id: String(record.id),
				name: textOf(record.name) ?? '',
				type,
				organizationId: textOf(record.organizationId) ?? linkedId(record, 'Organizations'),
				record,
			}))
			.filter(({ name }) => jobPasses(name, options));
	const { version } = reader.client;
	const backup = await sections.of(
		section,
		'Backup jobs',
		async () => await read('/Jobs', JOB_TYPES.Backup),
	);
	if (versionNumber(version) < 6) {
		const reason = `Backup copy jobs: API ${version} does not tell them; v6 or later does.`;
		sections.unavailable.push({ section, reason });
		return backup;
	}
	const copy = await sections.of(
		section,
		'Backup copy jobs',
		async () => await read('/CopyJobs', JOB_TYPES.Copy),
	);
	return backup || copy ? [...(backup ?? []), ...(copy ?? [])] : undefined;
}

/** The runs of a job that ended in the period, the last first. */
export interface JobRuns {
	id: string;
	/** Undefined: it is gone since, or may not be read. */
	job?: ReportedJob;
	sessions: IDataObject[];
}

/**
 * Sessions of the period by job: v8 names the job, before it a link does; one that nothing leads to
 * belongs to the job that began its last run then.
 */
export async function readRuns(
	reader: PageReader,
	jobs: ReportedJob[],
	from: number,
	isFiltered: boolean,
): Promise<JobRuns[]> {
	const sessions = await reader.list({
		method: 'GET',
		path: '/JobSessions',
		query: { endTimeLowerBound: iso(from) },
		label: 'Job Sessions',
	});
	const byId = new Map(jobs.map((job) => [job.id.toLowerCase(), job]));
	const byStart = new Map(jobs.map((job) => [readTime(job.record.lastRun), job]));
	const runs = new Map<string, JobRuns>();
	for (const session of sessions) {
		const end = readTime(session.endTime);
		if (isRunning(session.status) || end === undefined || end < from) continue;
		const named =
			textOf(session.jobId) ?? linkedId(session, 'CopyJobs') ?? linkedId(session, 'Jobs');
		const started = readTime(session.creationTime);
		const job =
			named === undefined
				? started === undefined
					? undefined
					: byStart.get(started)
				: byId.get(named.toLowerCase());
		const id = job?.id ?? named;
		// One of which nothing is known, or that the user did not ask for.
		if (id === undefined || (!job && isFiltered)) continue;
		const known = runs.get(id) ?? { id, job, sessions: [] };
		known.sessions.push(session);
		runs.set(id, known);
	}
	const all = [...runs.values()];
	for (const run of all) run.sessions.sort((a, b) => endOf(b) - endOf(a));
	return all;
}

const endOf = ({ endTime }: IDataObject): number => readTime(endTime) ?? 0;

/**
 * One that was stopped, by a person or by the end of its backup window, has left something undone,
 * but nothing has failed: a warning. So is what a later version may know.
 */
const resultOf = (session: IDataObject | undefined): ReportJob['result'] | 'Success' =>
	same(session?.status, 'Success')
		? 'Success'
		: same(session?.status, 'Failed')
			? 'Failed'
			: 'Warning';

/** Jobs whose last run in the period failed or warned, the worst first; no reasons yet. */
export function failuresOf(runs: JobRuns[]): Array<ReportJob & { session: IDataObject }> {
	return runs
		.flatMap(({ id, job, sessions }) => {
			const [last] = sessions;
			const result = resultOf(last);
			if (!last || result === 'Success') return [];
			const success =
				readTime(sessions.find((one) => resultOf(one) === 'Success')?.endTime) ??
				readTime(job?.record.lastBackup);
			const isCopy = same(last.jobType, 'Copy') || linkedId(last, 'CopyJobs') !== undefined;
			return [
				{
					id,
					name: job?.name ?? 'Unknown job',
					type: job?.type ?? JOB_TYPES[isCopy ? 'Copy' : 'Backup'],
					result,
					time: iso(endOf(last)),
					...(success === undefined ? {} : { lastSuccess: iso(success) }),
					failures: sessions.filter((one) => resultOf(one) === 'Failed').length,
					objects: [],
					session: last,
				},
			];
		})
		.sort(worstJobFirst);
}

/**
 * Adds why they failed: by object from the logs of the first ones, with the session's own words for
 * the others.
 *
 * @returns whether all logs were read
 */
export async function addReasons(
	reader: PageReader,
	failures: ReturnType<typeof failuresOf>,
): Promise<{ failures: ReportJob[]; all: boolean }> {
	let logs = Math.min(LOGS, reader.left);
	const all = failures.length <= logs;
	const emitted: ReportJob[] = [];
	for (const { session, ...job } of failures) {
		const lines = logs-- > 0 ? await linesOf(reader, session) : undefined;
		const found = failedObjects(lines ?? [], ITSELF);
		const own = found.find(({ object }) => object === ITSELF)?.reasons.join(' · ');
		const objects = found
			.filter(({ object }) => object !== ITSELF)
			.map(({ object, result, reasons }) => ({
				name: object,
				result: same(result, 'Failed') ? ('Failed' as const) : ('Warning' as const),
				reason: reasons.join(' · '),
			}));
		const stopped = same(session.status, 'Stopped') ? 'It was stopped before its end.' : undefined;
		const words = own ?? stopped ?? textOf(session.details) ?? 'See the log of its session.';
		emitted.push({
			...job,
			objects,
			...(objects.length > 0 && own === undefined ? {} : { reason: words }),
		});
	}
	return { failures: emitted, all };
}

/** Undefined where the account may not read the log: the failure itself is told all the same. */
async function linesOf(reader: PageReader, session: IDataObject) {
	const lines = await readFailureReasons(reader, session).catch((error: { httpCode?: unknown }) => {
		if (['403', '404'].includes(String(error.httpCode))) return undefined;
		throw error;
	});
	return lines?.map(({ result, message }) => ({ result, message }));
}

/** Each job as it stands, those that are gone since with their runs alone. */
export function jobStandings(jobs: ReportedJob[], runs: JobRuns[], now: number): JobStanding[] {
	const byId = new Map(runs.map((run) => [run.id, run]));
	const gone = runs.filter(({ id }) => !jobs.some((job) => job.id === id));
	const known = [...jobs.map((job) => ({ id: job.id, job })), ...gone];
	return known.map(({ id, job }): JobStanding => {
		const sessions = byId.get(id)?.sessions ?? [];
		return {
			name: job?.name ?? 'Unknown job',
			...(sessions.length > 0 ? { result: resultOf(sessions[0]) } : {}),
			failures: sessions.filter((one) => resultOf(one) === 'Failed').length,
			isRunning: job !== undefined && isRunning(job.record.lastStatus),
			isEnabled: job !== undefined && !isDisabled(job),
			isPlanned: (readTime(job?.record.nextRun) ?? 0) > now,
		};
	});
}

const isDisabled = ({ record }: ReportedJob): boolean => record.isEnabled === false;

/**
 * Enabled jobs whose next run lies in the past by the server's clock, and daily ones that did not
 * run when they should have the last time: a server that was off plans the next run anew.
 */
export function missedRuns(jobs: ReportedJob[], now: number): ReportMissedRun[] {
	return jobs
		.flatMap((job): ReportMissedRun[] => {
			const { id, name, record } = job;
			if (isDisabled(job) || isRunning(record.lastStatus)) return [];
			const last = readTime(record.lastRun);
			const expected = overdue(record, last, now);
			if (expected === undefined) return [];
			return [
				{ id, name, expected: iso(expected), lastRun: last === undefined ? null : iso(last) },
			];
		})
		.sort((a, b) => (a.expected ?? '').localeCompare(b.expected ?? ''));
}

function overdue(record: IDataObject, last: number | undefined, now: number): number | undefined {
	const next = readTime(record.nextRun);
	if (next === undefined) return undefined;
	if (next < now - GRACE) return next;
	const { type, dailyType, scheduleEnabled } = (record.schedulePolicy ?? {}) as IDataObject;
	const isDaily = scheduleEnabled === true && same(type, 'Daily') && same(dailyType, 'Everyday');
	const before = next - DAILY;
	const ran = last === undefined || last > before - CLOCK_CHANGE;
	return isDaily && !ran && before < now - GRACE ? before : undefined;
}

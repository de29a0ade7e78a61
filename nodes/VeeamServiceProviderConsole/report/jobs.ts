import { valueLabel } from '../../shared/form/operationNames';
import { MINUTE } from '../../shared/common/time';
import { iso, worstJobFirst } from '../../shared/report/assess';
import { gigabytes } from '../../shared/report/growth';
import { byJobName, jobState, type JobStanding } from '../../shared/report/jobTotals';
import type {
	ReportJob,
	ReportJobState,
	ReportLongRun,
	ReportMissedRun,
} from '../../shared/report/model';
import type { Speech } from '../../shared/report/speech';
import { transferredIn, type Job } from '../model/jobs';
import { same, text } from '../model/values';
import { overlay } from '../overlay';
import type { Owned } from './tenants';

/** A job, and whose it is. */
export interface ReportedJob extends Job {
	tenant?: string;
	tenantId?: string;
}

/** A run that is so late has not merely been queued. */
const GRACE = 15 * MINUTE;

const ownerOf = ({ tenantId }: ReportedJob) => (tenantId === undefined ? {} : { tenantId });

const tenantOf = ({ tenant }: ReportedJob) => (tenant === undefined ? {} : { tenant });

/** The result of a run that ended in the period; Microsoft 365 jobs say only when it began. */
const resultIn = (
	{ result, ranAt }: Job,
	from: number,
): ReportJob['result'] | 'Success' | undefined =>
	result && (ranAt ?? 0) >= from ? result : undefined;

/**
 * The last run failed before the period, and none came since: nothing has gone well since then. A
 * disabled job is left as it was on purpose.
 */
const failedEarlier = ({ result, ranAt, isEnabled }: Job, from: number): boolean =>
	result === 'Failed' && isEnabled && ranAt !== undefined && ranAt < from;

/** "Backup VM", "Windows Agent Job" … as the console calls it. */
function typeOf({ kind, record }: Job): string {
	const value = text(kind.value === 'agent' ? record.systemType : (record.type ?? record.jobType));
	if (!value || same(value, 'Unknown')) return kind.type;
	const label = valueLabel(overlay, value);
	if (kind.value === 'agent') return `${label} ${kind.type}`;
	return kind.value === 'vb365' ? `Microsoft 365 ${label}` : label;
}

/**
 * Jobs whose last run ended in the period and failed or warned, the worst first, and those whose last
 * run failed before it.
 */
export function failuresOf(
	jobs: ReportedJob[],
	from: number,
	speech: Speech,
): Array<Owned<ReportJob>> {
	return jobs
		.flatMap((job): Array<Owned<ReportJob>> => {
			const { kind, record, id, name, ranAt } = job;
			const isEarlier = failedEarlier(job, from);
			const result = isEarlier ? 'Failed' : resultIn(job, from);
			if (result === undefined || result === 'Success') return [];
			const objects = kind
				.reasons(record)
				.filter((reason) => result === 'Warning' || same(reason.result, 'Failed'))
				.map(({ object, result: outcome, reasons }) => ({
					name: object,
					result: same(outcome, 'Failed') ? ('Failed' as const) : ('Warning' as const),
					reason: reasons.join(' · '),
				}));
			const row: ReportJob = {
				id,
				name,
				type: typeOf(job),
				...tenantOf(job),
				result,
				time: ranAt === undefined ? null : iso(ranAt),
				...(isEarlier ? { isEarlier } : {}),
				// The console keeps the last run alone.
				lastSuccess: null,
				failures: Number(result === 'Failed' && !isEarlier),
				objects,
				...(objects.length > 0
					? {}
					: { reason: kind.message(record) || speech.say('reasonOfConsoleNone') }),
			};
			return [{ row, ...ownerOf(job) }];
		})
		.sort(
			(a, b) =>
				Number(a.row.isEarlier === true) - Number(b.row.isEarlier === true) ||
				worstJobFirst(a.row, b.row),
		);
}

/** Each job as it stands. Jobs of backup servers do not say when they run next: no plan is known of them. */
export const jobStandings = (jobs: ReportedJob[], from: number, now: number): JobStanding[] =>
	jobs.map((job) => {
		const result = resultIn(job, from);
		return {
			name: job.name,
			...(result === undefined ? {} : { result }),
			failures: Number(result === 'Failed'),
			isRunning: job.isRunning,
			isEnabled: job.isEnabled,
			isPlanned: (job.nextRun ?? 0) > now,
		};
	});

/** All jobs with their last run; Microsoft 365 jobs do not say when it ended. */
export const jobStates = (
	jobs: ReportedJob[],
	standings: JobStanding[],
	now: number,
): ReportJobState[] =>
	jobs
		.flatMap((job, index): ReportJobState[] => {
			const standing = standings[index];
			if (!standing) return [];
			const { result, isRunning } = standing;
			const isEnd = job.kind.time === 'lastEndTime';
			const isAhead = job.isEnabled && (job.nextRun ?? 0) > now;
			const about = { id: job.id, type: typeOf(job), ...tenantOf(job) };
			const sent = result ? transferredIn(job) : undefined;
			return [
				{
					...jobState(standing, about, {
						...(result || isRunning ? { start: job.beganAt } : {}),
						...(result && isEnd ? { end: job.ranAt } : {}),
						...(isAhead ? { nextRun: job.nextRun } : {}),
					}),
					...(sent === undefined ? {} : { transferredGB: gigabytes(sent) }),
				},
			];
		})
		.sort(byJobName);

const isOverdue = ({ nextRun, isEnabled }: Job, now: number): boolean =>
	isEnabled && nextRun !== undefined && nextRun <= now - GRACE;

/** Enabled jobs whose next run lies in the past; those of backup servers do not say it. */
export function missedRuns(jobs: ReportedJob[], now: number): Array<Owned<ReportMissedRun>> {
	return jobs
		.filter((job) => isOverdue(job, now) && !job.isRunning)
		.map((job) => ({
			row: {
				id: job.id,
				name: job.name,
				...tenantOf(job),
				expected: iso(job.nextRun ?? now),
				lastRun: job.beganAt === undefined ? null : iso(job.beganAt),
			},
			...ownerOf(job),
		}))
		.sort((a, b) => (a.row.expected ?? '').localeCompare(b.row.expected ?? ''));
}

/** Jobs that have been running for longer than the period while their next run is overdue. */
export function longRuns(
	jobs: ReportedJob[],
	from: number,
	now: number,
): Array<Owned<ReportLongRun>> {
	return jobs
		.filter((job) => job.isRunning && isOverdue(job, now) && (job.beganAt ?? 0) < from)
		.map((job) => ({
			row: {
				id: job.id,
				name: job.name,
				...tenantOf(job),
				since: job.beganAt === undefined ? null : iso(job.beganAt),
				expected: iso(job.nextRun ?? now),
			},
			...ownerOf(job),
		}));
}

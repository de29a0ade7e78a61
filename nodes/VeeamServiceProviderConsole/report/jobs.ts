import type { IDataObject } from 'n8n-workflow';

import { valueLabel } from '../../shared/form/operationNames';
import { MINUTE, readTime } from '../../shared/common/time';
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
import { JOB_KINDS, resultOf, type JobKind } from '../model/jobLists';
import { same, text } from '../model/lists';
import { names } from '../overlay';
import { organizationOf, type Tenants } from './tenants';

/** A job of one of the console's lists; it carries its last run only. */
export interface ReportedJob {
	kind: JobKind;
	record: IDataObject;
	id: string;
	name: string;
	tenant?: string;
	tenantId?: string;
}

/** A run that is so late has not merely been queued. */
const GRACE = 15 * MINUTE;

const RUNNING = ['Running', 'Starting', 'Stopping', 'Queued', 'Disconnected', 'WaitingTape'];

/**
 * Jobs of backup servers, agents and Microsoft 365 of the tenants that the report is about. A list
 * that may not be read is left out.
 *
 * @returns undefined where none may be read; besides, the records of all Microsoft 365 jobs, which
 *   name their servers
 */
export async function readJobs(
	reader: PageReader,
	sections: Sections,
	section: ReportSection,
	tenants: Tenants,
	options: ReportOptions,
): Promise<{ jobs: ReportedJob[]; microsoft365: IDataObject[] } | undefined> {
	const all: ReportedJob[] = [];
	let microsoft365: IDataObject[] = [];
	let isRead = false;
	for (const kind of JOB_KINDS) {
		const records = await sections.of(
			section,
			kind.name,
			async () => await reader.list({ method: 'GET', path: kind.path, label: kind.name }),
		);
		isRead ||= records !== undefined;
		if (kind.value === 'vb365') microsoft365 = records ?? [];
		for (const record of records ?? []) {
			const organization = organizationOf(record);
			const name = text(record.name);
			if (!tenants.passes(organization) || !jobPasses(name, options)) continue;
			const id = text(record.instanceUid);
			all.push({ kind, record, id, name, ...tenants.of(organization) });
		}
	}
	return isRead ? { jobs: all, microsoft365 } : undefined;
}

/** When the last run ended; Microsoft 365 jobs tell when it began alone. */
const endOf = ({ kind, record }: ReportedJob): number | undefined => readTime(record[kind.time]);

/** The result of a run that ended in the period. */
function resultIn(job: ReportedJob, from: number): ReportJob['result'] | 'Success' | undefined {
	const result = resultOf(job.kind, job.record);
	return result && (endOf(job) ?? 0) >= from ? result : undefined;
}

/** "Backup VM", "Windows Agent Job" … as the console calls it. */
function typeOf({ kind, record }: ReportedJob): string {
	const value = text(kind.value === 'agent' ? record.systemType : (record.type ?? record.jobType));
	if (!value || same(value, 'Unknown')) return kind.type;
	const label = valueLabel(names, value);
	if (kind.value === 'agent') return `${label} ${kind.type}`;
	return kind.value === 'vb365' ? `Microsoft 365 ${label}` : label;
}

/** Jobs whose last run ended in the period and failed or warned, the worst first. */
export function failuresOf(jobs: ReportedJob[], from: number): ReportJob[] {
	return jobs
		.flatMap((job): ReportJob[] => {
			const { kind, record, id, name, tenant } = job;
			const result = resultIn(job, from);
			if (result === undefined || result === 'Success') return [];
			const objects = kind
				.reasons(record)
				.filter((reason) => result === 'Warning' || same(reason.result, 'Failed'))
				.map(({ object, result: outcome, reasons }) => ({
					name: object,
					result: same(outcome, 'Failed') ? ('Failed' as const) : ('Warning' as const),
					reason: reasons.join(' · ') || 'No reason given',
				}));
			const end = endOf(job);
			return [
				{
					id,
					name,
					type: typeOf(job),
					...(tenant === undefined ? {} : { tenant }),
					result,
					time: end === undefined ? null : iso(end),
					failures: Number(result === 'Failed'),
					objects,
					...(objects.length > 0
						? {}
						: { reason: kind.message(record) || 'The console gives no reason' }),
				},
			];
		})
		.sort(worstJobFirst);
}

/** Each job as it stands. Jobs of backup servers tell no next run: a plan of theirs is not known. */
export const jobStandings = (jobs: ReportedJob[], from: number, now: number): JobStanding[] =>
	jobs.map((job) => {
		const result = resultIn(job, from);
		return {
			name: job.name,
			...(result === undefined ? {} : { result }),
			failures: Number(result === 'Failed'),
			isRunning: isRunning(job),
			isEnabled: !isDisabled(job),
			isPlanned: (readTime(job.record.nextRun) ?? 0) > now,
		};
	});

const isRunning = ({ kind, record }: ReportedJob): boolean =>
	RUNNING.some((status) => same(record[kind.status], status));

const isDisabled = ({ record }: ReportedJob): boolean => record.isEnabled === false;

/** Enabled jobs whose next run lies in the past; those of backup servers do not tell it. */
export function missedRuns(jobs: ReportedJob[], now: number): ReportMissedRun[] {
	return jobs
		.flatMap((job): ReportMissedRun[] => {
			const { record, id, name, tenant } = job;
			const expected = readTime(record.nextRun);
			if (expected === undefined || expected > now - GRACE) return [];
			if (isDisabled(job) || isRunning(job)) return [];
			const last = readTime(record.lastRun);
			return [
				{
					id,
					name,
					...(tenant === undefined ? {} : { tenant }),
					expected: iso(expected),
					lastRun: last === undefined ? null : iso(last),
				},
			];
		})
		.sort((a, b) => (a.expected ?? '').localeCompare(b.expected ?? ''));
}

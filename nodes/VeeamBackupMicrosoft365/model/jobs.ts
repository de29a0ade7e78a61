import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { HOUR, isLocal, MINUTE, readTime } from '../../shared/common/time';
import type { VeeamClient } from '../../shared/http/types';
import { optional, PAST, TIME, word, type Deciding } from '../../shared/report/readable';
import { same } from '../api/read';
import { isBeforeCatalogue, isKnown } from './catalogueFacts';
import {
	isRunning,
	JOB_TYPES,
	resultOfStatus,
	STATUSES,
	type JobKind,
	type JobResult,
} from './jobStatus';
import { linkedId, textOf } from './values';
import { objectOf } from '../../shared/common/objects';

const FIELDS = [
	...['id', 'name', 'lastRun', 'nextRun', 'lastBackup', 'isEnabled', 'lastStatus'],
	...['organizationId', 'schedulePolicy.type', 'schedulePolicy.dailyType', '_links'],
];

const FALLBACKS = {
	organizationId: 'a link of the record leads to it',
	lastBackup: 'the last success is looked for in the sessions of the period',
};

export const reads: ReadFields[] = [
	{
		operation: 'GET /Jobs',
		fields: [...FIELDS, 'schedulePolicy.scheduleEnabled'],
		fallbacks: FALLBACKS,
	},
	{
		operation: 'GET /CopyJobs',
		fields: [...FIELDS, 'backupJobId'],
		fallbacks: FALLBACKS,
	},
];

/** The list of each kind of job. v4 and v5 know no copy jobs. */
export const JOB_LISTS = {
	Backup: { path: '/Jobs', what: 'Backup jobs' },
	Copy: { path: '/CopyJobs', what: 'Backup copy jobs' },
} as const satisfies Record<JobKind, { path: string; what: string }>;

export const knowsCopyJobs = (version: string): boolean =>
	!isBeforeCatalogue(version) && isKnown(version, 'GET /CopyJobs');

/** All jobs that the version knows, backup copy jobs last. */
export async function readJobs(client: Pick<VeeamClient, 'list' | 'version'>): Promise<Job[]> {
	const backup = await readJobsOf(client, 'Backup');
	return knowsCopyJobs(client.version)
		? [...backup, ...(await readJobsOf(client, 'Copy'))]
		: backup;
}

/** What of a job decides, by the section that asks; one that never ran has no status. */
export const deciding: Record<'jobs' | 'missedRuns', Deciding> = {
	jobs: { lastStatus: optional(word(...STATUSES)), lastRun: PAST },
	missedRuns: { nextRun: TIME },
};

/** A backup job or a backup copy job. Times in milliseconds since 1970. */
export interface Job {
	id: string;
	/** Its ID where the server gives no name. */
	name: string;
	kind: JobKind;
	/** "Backup Job" or "Backup Copy Job" */
	type: string;
	organizationId?: string;
	isEnabled: boolean;
	isRunning: boolean;
	/** How its last run ended, as the server says; undefined while it runs or before its first. */
	lastResult?: JobResult;
	/** When its last run began. */
	lastRun?: number;
	/** Undefined: none is planned, or the server wrote it without an offset: no clock to compare with. */
	nextRun?: number;
	/** Its last backup that counts as one (v7). */
	lastBackup?: number;
	/** As the server gives it. */
	record: IDataObject;
}

/** All jobs of one kind. */
export async function readJobsOf(client: Pick<VeeamClient, 'list'>, kind: JobKind): Promise<Job[]> {
	const records = await client.list({ method: 'GET', path: JOB_LISTS[kind].path, label: 'Jobs' });
	return records.map((record) => jobOf(record, kind));
}

/** Its ID where the server gives no name. */
export const jobName = ({ name, id }: IDataObject): string => textOf(name) ?? String(id);

function jobOf(record: IDataObject, kind: JobKind): Job {
	const { lastStatus, lastRun, nextRun, lastBackup } = record;
	return {
		id: String(record.id),
		name: jobName(record),
		kind,
		type: JOB_TYPES[kind],
		organizationId: textOf(record.organizationId) ?? linkedId(record, 'Organizations'),
		isEnabled: record.isEnabled !== false,
		isRunning: isRunning(lastStatus),
		lastResult:
			textOf(lastStatus) === undefined || isRunning(lastStatus)
				? undefined
				: resultOfStatus(lastStatus),
		lastRun: readTime(lastRun),
		nextRun: isLocal(nextRun) ? undefined : readTime(nextRun),
		lastBackup: readTime(lastBackup),
		record,
	};
}

/** A run that is so late has not merely been queued. */
const GRACE = 15 * MINUTE;

/** When the clocks change, a daily job runs an hour earlier or later. */
const CLOCK_CHANGE = 2 * HOUR;

const DAILY = 24 * HOUR;

/**
 * When a job should have run and did not: its next run is past, or it is a daily one that did not run
 * when it should have the last time (a server that was off plans the next run anew). Undefined where
 * nothing is overdue. Whether the job is disabled or runs right now does not count here.
 *
 * @param now milliseconds since 1970, by the server's clock
 */
export function overdueSince({ nextRun, lastRun, record }: Job, now: number): number | undefined {
	if (nextRun === undefined) return undefined;
	if (nextRun < now - GRACE) return nextRun;
	const { type, dailyType, scheduleEnabled } = objectOf(record.schedulePolicy);
	const isDaily = scheduleEnabled === true && same(type, 'Daily') && same(dailyType, 'Everyday');
	const before = nextRun - DAILY;
	const ran = lastRun === undefined || lastRun > before - CLOCK_CHANGE;
	return isDaily && !ran && before < now - GRACE ? before : undefined;
}

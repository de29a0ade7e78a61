import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { HOUR, isLocal, MINUTE, readTime } from '../../shared/common/time';
import type { PageReader, ReadList } from '../../shared/report/pageReader';
import { optional, PAST, TIME, word, type Deciding } from '../../shared/report/readable';
import { sizesIn, type RunSizes } from './sessions';
import { isNoId, nameOf, same, textOf } from './text';

export const PATH = '/api/v1/jobs/states';

export const reads: ReadFields[] = [
	{
		operation: `GET ${PATH}`,
		fields: [
			...['id', 'name', 'type', 'status', 'lastRun', 'lastResult', 'nextRun'],
			...['nextRunPolicy', 'runAfterJob.jobId', 'backupCopyMode', 'sessionId'],
			...['sessionProgress.readSize', 'sessionProgress.transferredSize'],
		],
		fallbacks: {
			nextRunPolicy: 'only `status` says that a job is disabled',
			'runAfterJob.jobId': 'a job that runs after another has no plan of its own',
			backupCopyMode: 'a copy job that runs continuously has no plan of its own',
			'sessionProgress.readSize': 'the tasks of its sessions have their share',
			'sessionProgress.transferredSize': 'the tasks of its sessions have their share',
		},
	},
];

const LAST_RESULTS = ['None', 'Success', 'Warning', 'Failed'];

/** What of a job decides, by the section that asks. */
export const deciding: Record<'jobs' | 'missedRuns', Deciding> = {
	jobs: {
		// 1.3-rev0 added the last four.
		status: word(
			...['Running', 'Inactive', 'Disabled', 'Enabled', 'Stopping', 'Stopped', 'Starting'],
		),
		lastResult: optional(word(...LAST_RESULTS)),
		lastRun: PAST,
	},
	missedRuns: { nextRun: TIME },
};

/** A job as `/jobs/states` tells it. Times in milliseconds since 1970. */
export interface Job {
	id: string;
	name: string;
	/** "VSphereBackup": as the server spells it. */
	type: string;
	isRunning: boolean;
	isEnabled: boolean;
	/** Another run will come by itself. */
	isPlanned: boolean;
	/** A run has a time, or another job starts it. */
	isScheduled: boolean;
	/** Began then. */
	lastRun?: number;
	/** Of the last run that ended; undefined: none, or not known. */
	lastResult?: 'Success' | 'Warning' | 'Failed';
	/** When the next run should have begun, where that is past. */
	overdueSince?: number;
	/** So late is the next run at least, in milliseconds; undefined: not late, or none is known. */
	lateBy?: number;
	/** The last run began at least so long ago, in milliseconds; undefined: none, or not known. */
	idleFor?: number;
	/** Undefined: none is planned, it is past, or its time is written without an offset. */
	nextRun?: number;
	/** Of its last session, where the version has that: its id and what it read and sent, in bytes. */
	lastSession?: { id: string; sizes?: RunSizes };
	/** The next run may be past or ahead: it is written without an offset, and the server's is not known. */
	isVague: boolean;
}

/** A run that is so late has not merely been queued. */
const GRACE = 15 * MINUTE;

/** Time zones lie between UTC-12 and UTC+14. */
const WEST = 12 * HOUR;
const EAST = 14 * HOUR;

const RESULTS = ['Success', 'Warning', 'Failed'] as const;

export const readJobs = async (reader: PageReader): Promise<ReadList> =>
	await reader.read({ method: 'GET', path: PATH, label: 'Jobs' });

/** A job that runs, or is about to begin or to end. */
export const isRunning = ({ status }: IDataObject): boolean =>
	['Running', 'Starting', 'Stopping'].some((one) => same(status, one));

/**
 * A job that is disabled runs where someone starts it by hand: then only the note on its next run
 * says that it is disabled (from 1.3-rev0 on); undefined where nothing does.
 */
export function isDisabled(record: IDataObject): boolean | undefined {
	const { status, nextRunPolicy } = record;
	if (same(status, 'Disabled')) return true;
	if (!isRunning(record)) return typeof status === 'string' ? false : undefined;
	return /disabled/i.test(textOf(nextRunPolicy)) ? true : undefined;
}

/** The result of the last run; undefined while a job runs first, and where the record does not say. */
export const lastResultOf = ({ lastResult }: IDataObject): Job['lastResult'] =>
	RESULTS.find((result) => same(lastResult, result));

/**
 * How long ago a time is, at least: one without an offset may be later than it reads in UTC by as
 * much as a time zone can be.
 */
function sinceAtLeast(text: unknown, now: number): number | undefined {
	const time = readTime(text);
	return time === undefined ? undefined : now - time - (isLocal(text) ? WEST : 0);
}

/** @param now by the server's clock */
export function jobOf(record: IDataObject, now: number): Job {
	const isEnabled = isDisabled(record) !== true;
	const next = readTime(record.nextRun);
	const lateBy = sinceAtLeast(record.nextRun, now);
	const idleFor = sinceAtLeast(record.lastRun, now);
	const isPast = lateBy !== undefined && lateBy > GRACE;
	// Read as UTC, a time without an offset is wrong by as much as a time zone can be.
	const isAhead = next !== undefined && next - (isLocal(record.nextRun) ? EAST : 0) > now - GRACE;
	const { jobId } = (record.runAfterJob ?? {}) as IDataObject;
	const runsAfter = !isNoId(jobId);
	const isLinked =
		runsAfter ||
		same(record.backupCopyMode, 'Immediate') ||
		/continuous/i.test(textOf(record.nextRunPolicy));
	const lastRun = readTime(record.lastRun);
	return {
		id: textOf(record.id),
		name: nameOf(record),
		type: textOf(record.type),
		isRunning: isRunning(record),
		isEnabled,
		isPlanned: isEnabled && ((next !== undefined && !isPast) || isLinked),
		isScheduled: isEnabled && (next !== undefined || runsAfter),
		...(lastRun === undefined ? {} : { lastRun }),
		lastResult: lastResultOf(record),
		...(isPast ? { overdueSince: next } : {}),
		...(lateBy !== undefined && lateBy > 0 ? { lateBy } : {}),
		...(idleFor !== undefined && idleFor > 0 ? { idleFor } : {}),
		...(next !== undefined && isEnabled && !isPast && !isLocal(record.nextRun)
			? { nextRun: next }
			: {}),
		...(isNoId(record.sessionId)
			? {}
			: { lastSession: { id: textOf(record.sessionId), sizes: sizesIn(record.sessionProgress) } }),
		isVague: next !== undefined && !isPast && !isAhead,
	};
}

import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { HOUR, isLocal, MINUTE, readTime } from '../../shared/common/time';
import type { PageReader, ReadList } from '../../shared/report/pageReader';
import { isDisabled, isRunning } from './jobStates';
import { same } from './catalogueFacts';
import { isNoId, textOf } from './text';

export const reads: ReadFields[] = [
	{
		operation: 'GET /api/v1/jobs/states',
		fields: [
			...['id', 'name', 'type', 'status', 'lastRun', 'lastResult', 'nextRun'],
			...['nextRunPolicy', 'runAfterJob.jobId', 'backupCopyMode'],
		],
		fallbacks: {
			nextRunPolicy: 'only `status` says that a job is disabled',
			'runAfterJob.jobId': 'a job that runs after another has no plan of its own',
			backupCopyMode: 'a copy job that runs continuously has no plan of its own',
		},
	},
];

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
	/** Began then. */
	lastRun?: number;
	/** Of the last run that ended; undefined: none, or not known. */
	lastResult?: 'Success' | 'Warning' | 'Failed';
	/** When the next run should have begun, where that is past. */
	overdueSince?: number;
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
	await reader.read({ method: 'GET', path: '/api/v1/jobs/states', label: 'Jobs' });

/** @param now by the server's clock */
export function jobOf(record: IDataObject, now: number): Job {
	const isEnabled = isDisabled(record) !== true;
	const next = readTime(record.nextRun);
	const vague = isLocal(record.nextRun);
	// Read as UTC, a time without an offset is wrong by as much as a time zone can be.
	const isPast = next !== undefined && next + (vague ? WEST : 0) < now - GRACE;
	const isAhead = next !== undefined && next - (vague ? EAST : 0) > now - GRACE;
	const { jobId } = (record.runAfterJob ?? {}) as IDataObject;
	const isLinked =
		!isNoId(jobId) ||
		same(record.backupCopyMode, 'Immediate') ||
		/continuous/i.test(textOf(record.nextRunPolicy));
	const lastRun = readTime(record.lastRun);
	return {
		id: textOf(record.id),
		name: textOf(record.name),
		type: textOf(record.type),
		isRunning: isRunning(record),
		isEnabled,
		isPlanned: isEnabled && ((next !== undefined && !isPast) || isLinked),
		...(lastRun === undefined ? {} : { lastRun }),
		lastResult: RESULTS.find((result) => same(record.lastResult, result)),
		...(isPast ? { overdueSince: next } : {}),
		isVague: next !== undefined && !isPast && !isAhead,
	};
}

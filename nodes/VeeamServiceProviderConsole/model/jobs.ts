import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { readTime } from '../../shared/common/time';
import { amountOf } from '../../shared/monitoring/options';
import { optional, PAST, TIME, word, type Deciding } from '../../shared/report/readable';
import { organizationOf } from './companies';
import { isOneOf, same, text } from './values';
import { objectsIn } from '../../shared/common/objects';

export type RunResult = 'Success' | 'Warning' | 'Failed';

/** Why one object of a run failed. */
export interface RunReason extends IDataObject {
	object: string;
	/** Failed or Warning, as the server spells it. */
	result: string;
	reasons: string[];
}

/** One of the console's lists of jobs: each job carries its last run only. */
export interface JobKind {
	value: 'agent' | 'server' | 'vb365';
	/** "Agent Jobs" */
	name: 'Agent Jobs' | 'Backup Server Jobs' | 'Microsoft 365 Jobs';
	/** "Agent Job" */
	type: string;
	path: string;
	/** The field with the time by which runs are told apart. */
	time: 'lastEndTime' | 'lastRun';
	status: 'status' | 'lastStatus';
	/** Of the enum: a run is going on, or is about to. */
	running: readonly string[];
	/** All that a status can be. */
	statuses: readonly string[];
	message(job: IDataObject): string;
	reasons(job: IDataObject): RunReason[];
	details(job: IDataObject): IDataObject;
}

/** Objects that failed; those with warnings where none did. */
function taskReasons({ lastSessionTasks }: IDataObject): RunReason[] {
	const tasks = objectsIn(lastSessionTasks);
	const failed = tasks.filter(({ status }) => same(status, 'Failed'));
	const unlucky =
		failed.length > 0 ? failed : tasks.filter(({ status }) => same(status, 'Warning'));
	return unlucky.map(({ objectName, status, failureMessages }) => ({
		object: text(objectName) || 'An object without a name',
		result: text(status),
		reasons: (Array.isArray(failureMessages) ? failureMessages : []).map(text).filter(Boolean),
	}));
}

const COMMON_STATUSES = [
	...['Failed', 'None', 'Running', 'Starting', 'Stopping', 'Success', 'Unknown', 'Warning'],
];

export const JOB_KINDS: JobKind[] = [
	{
		value: 'agent',
		name: 'Agent Jobs',
		type: 'Agent Job',
		path: '/infrastructure/backupAgents/jobs',
		time: 'lastEndTime',
		status: 'status',
		running: ['Running', 'Starting', 'Stopping'],
		statuses: COMMON_STATUSES,
		message: ({ failureMessage }) => text(failureMessage),
		reasons: () => [],
		details: ({ systemType = null, backupAgentUid = null }) => ({
			jobType: systemType,
			backupAgentId: backupAgentUid,
		}),
	},
	{
		value: 'server',
		name: 'Backup Server Jobs',
		type: 'Job',
		path: '/infrastructure/backupServers/jobs',
		time: 'lastEndTime',
		status: 'status',
		running: ['Running', 'Starting', 'Stopping', 'WaitingRepository', 'WaitingTape'],
		statuses: [
			...COMMON_STATUSES,
			...['Disabling', 'Enabling', 'Idle', 'WaitingRepository', 'WaitingTape'],
		],
		message: ({ failureMessage }) => text(failureMessage),
		reasons: taskReasons,
		details: ({ type = null, backupServerUid = null }) => ({
			jobType: type,
			backupServerId: backupServerUid,
		}),
	},
	{
		value: 'vb365',
		name: 'Microsoft 365 Jobs',
		type: 'Microsoft 365 Job',
		path: '/infrastructure/vb365Servers/organizations/jobs',
		// The list says when a run began, not when it ended.
		time: 'lastRun',
		status: 'lastStatus',
		running: ['Running', 'Starting', 'Stopping', 'Queued', 'Disconnected'],
		statuses: [
			...COMMON_STATUSES,
			...['Deleting', 'Disconnected', 'NotConfigured', 'Queued', 'Stopped'],
		],
		message: ({ lastStatusDetails, lastErrorLogRecords }) =>
			text(lastStatusDetails) ||
			objectsIn(lastErrorLogRecords)
				.map(({ message }) => text(message))
				.filter(Boolean)
				.join(' · '),
		reasons: () => [],
		details: ({ jobType = null, vb365ServerName = null }) => ({
			jobType,
			microsoft365Server: vb365ServerName,
		}),
	},
];

const RESULTS: RunResult[] = ['Failed', 'Success', 'Warning'];

/** What of a job decides, by the section that asks. A result without a time is of nobody knows when. */
export const decidingOf = {
	jobs: ({ kind, record }: Pick<Job, 'kind' | 'record'>): Deciding => ({
		// One that never ran need not have a status.
		[kind.status]: record[kind.time] ? word(...kind.statuses) : optional(word(...kind.statuses)),
		[kind.time]: RESULTS.some((one) => same(record[kind.status], one))
			? { ...PAST, isOptional: undefined }
			: PAST,
	}),
	missedRuns: (): Deciding => ({ nextRun: TIME }),
};

/** A job of any kind, with its last run. Times are milliseconds since 1970. */
export interface Job {
	kind: JobKind;
	record: IDataObject;
	/** Its own, also where two servers have the ids of their jobs in common. */
	id: string;
	/** What paths take as the job's id. */
	instanceUid: string;
	/** Tells it from the others that have its `instanceUid`; undefined where none can have it. */
	scope?: string;
	name: string;
	/** Of the company, reseller or provider whose it is; empty where none. */
	organization: string;
	/** How the last run ended; undefined while one is going on, and where there was none. */
	result?: RunResult;
	isRunning: boolean;
	isEnabled: boolean;
	/** `kind.time` of the last run, as the server writes it; empty where there was none. */
	runTime: string;
	/** When the last run ended, or began where the list says no more. */
	ranAt?: number;
	/** When the last run began, the one that is going on included. */
	readonly beganAt?: number;
	/** Undefined where none is planned, and for jobs of backup servers, whose list does not say. */
	readonly nextRun?: number;
}

/** @param record an element of the list of its kind */
export function readJob(kind: JobKind, record: IDataObject): Job {
	const status = record[kind.status];
	const ranAt = readTime(record[kind.time]);
	// `uniqueUid` is the console's own; `instanceUid` of a server's job is the server's, and servers
	// that were cloned, migrated or restored have it in common.
	const [uniqueUid, instanceUid] = [text(record.uniqueUid), text(record.instanceUid)];
	const scope = uniqueUid || text(record.vb365ServerUid);
	const result = RESULTS.find((one) => same(status, one));
	return {
		kind,
		record,
		id: uniqueUid || [instanceUid, scope].filter(Boolean).join('/'),
		instanceUid,
		...(scope ? { scope } : {}),
		name: text(record.name),
		organization: organizationOf(record),
		...(result === undefined ? {} : { result }),
		isRunning: isOneOf(status, kind.running),
		isEnabled: record.isEnabled !== false,
		runTime: text(record[kind.time]),
		...(ranAt === undefined ? {} : { ranAt }),
		// Read when they are asked for: a trigger looks at thousands of jobs in each poll for their last run.
		get beganAt() {
			return readTime(record.lastRun);
		},
		get nextRun() {
			return readTime(record.nextRun);
		},
	};
}

/** What the last run sent to its target, in bytes; jobs of backup servers alone say it. */
export const transferredIn = ({ kind, record }: Job): number | undefined =>
	kind.value === 'server' ? amountOf(record.transferredData) : undefined;

const COMMON = ['instanceUid', 'name', 'isEnabled', 'lastRun'];

export const reads: ReadFields[] = [
	{
		operation: 'GET /infrastructure/backupAgents/jobs',
		fields: [
			...COMMON,
			'organizationUid',
			'status',
			'lastEndTime',
			'nextRun',
			'failureMessage',
			'systemType',
			'backupAgentUid',
		],
	},
	{
		operation: 'GET /infrastructure/backupServers/jobs',
		fields: [
			...COMMON,
			'uniqueUid',
			'organizationUid',
			'mappedOrganizationUid',
			'status',
			'lastEndTime',
			'failureMessage',
			'type',
			'backupServerUid',
			'lastSessionTasks',
			'lastSessionTasks.objectName',
			'lastSessionTasks.status',
			'lastSessionTasks.failureMessages',
			'transferredData',
		],
	},
	{
		operation: 'GET /infrastructure/vb365Servers/organizations/jobs',
		fields: [
			...COMMON,
			'vspcOrganizationUid',
			'lastStatus',
			'nextRun',
			'lastStatusDetails',
			'lastErrorLogRecords',
			'lastErrorLogRecords.message',
			'jobType',
			'vb365ServerUid',
			'vb365ServerName',
			'vb365OrganizationUid',
		],
	},
];

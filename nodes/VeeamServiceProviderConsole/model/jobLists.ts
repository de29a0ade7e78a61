import type { IDataObject } from 'n8n-workflow';

import type { RunReason, RunResult } from '../../shared/monitoring/finishedRuns';
import { DAY } from '../../shared/common/time';
import { same, text } from './lists';

/** One of the console's lists of jobs: each job carries its last run only. */
export interface JobKind {
	value: string;
	name: string;
	/** "Agent Job" */
	type: string;
	path: string;
	/** The field with the time by which runs are told apart, and asked for. */
	time: string;
	/** Milliseconds to look back, where `time` is that of a run's beginning. */
	overlap?: number;
	status: string;
	message(job: IDataObject): string;
	/** When the last run ended, where the list says so. */
	endTime(job: IDataObject): string | undefined;
	reasons(job: IDataObject): RunReason[];
	details(job: IDataObject): IDataObject;
}

const listed = (value: unknown): IDataObject[] =>
	Array.isArray(value) ? (value as IDataObject[]) : [];

/** Objects that failed; those with warnings where none did. */
function taskReasons({ lastSessionTasks }: IDataObject): RunReason[] {
	const tasks = listed(lastSessionTasks);
	const failed = tasks.filter(({ status }) => same(status, 'Failed'));
	const unlucky =
		failed.length > 0 ? failed : tasks.filter(({ status }) => same(status, 'Warning'));
	return unlucky.map(({ objectName, status, failureMessages }) => ({
		object: text(objectName),
		result: text(status),
		reasons: (Array.isArray(failureMessages) ? failureMessages : []).map(text).filter(Boolean),
	}));
}

export const JOB_KINDS: JobKind[] = [
	{
		value: 'agent',
		name: 'Agent Jobs',
		type: 'Agent Job',
		path: '/infrastructure/backupAgents/jobs',
		time: 'lastEndTime',
		status: 'status',
		message: ({ failureMessage }) => text(failureMessage),
		endTime: ({ lastEndTime }) => text(lastEndTime),
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
		message: ({ failureMessage }) => text(failureMessage),
		endTime: ({ lastEndTime }) => text(lastEndTime),
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
		// The list tells when a run began, not when it ended: one may take a week.
		time: 'lastRun',
		overlap: 7 * DAY,
		status: 'lastStatus',
		message: ({ lastStatusDetails, lastErrorLogRecords }) =>
			text(lastStatusDetails) ||
			listed(lastErrorLogRecords)
				.map(({ message }) => text(message))
				.filter(Boolean)
				.join(' · '),
		endTime: () => undefined,
		reasons: () => [],
		details: ({ jobType = null, vb365ServerName = null }) => ({
			jobType,
			microsoft365Server: vb365ServerName,
		}),
	},
];

const RESULTS: RunResult[] = ['Failed', 'Success', 'Warning'];

/** How the last run of a job ended; undefined while it runs, and where it never did. */
export const resultOf = ({ status }: JobKind, job: IDataObject): RunResult | undefined =>
	RESULTS.find((result) => same(job[status], result));

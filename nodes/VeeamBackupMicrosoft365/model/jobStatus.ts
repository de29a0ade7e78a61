import { same } from '../api/read';

export type JobKind = 'Backup' | 'Copy';

/** How people call the kinds of jobs. */
export const JOB_TYPES: Record<JobKind, string> = {
	Backup: 'Backup Job',
	Copy: 'Backup Copy Job',
};

export type JobResult = 'Success' | 'Warning' | 'Failed';

/** All that a session, or the last run of a job, can be. */
export const STATUSES = [
	...['Stopped', 'Running', 'Success', 'Failed', 'Warning', 'NotConfigured'],
	...['Disconnected', 'Queued'],
];

/** While it has one of these, a session goes on: a proxy server that is out of sight comes back. */
const RUNNING = ['Running', 'Queued', 'Disconnected'];

/** @param status of a session, or of a job's last run */
export const isRunning = (status: unknown): boolean => RUNNING.some((one) => same(status, one));

/**
 * What a status says of a run that is over. One that was stopped, by a person or by the end of its
 * backup window, or that was not configured has left something undone, but nothing has failed: a
 * warning. So is what a later version may know.
 */
export function resultOfStatus(status: unknown): JobResult {
	if (same(status, 'Success')) return 'Success';
	return same(status, 'Failed') ? 'Failed' : 'Warning';
}

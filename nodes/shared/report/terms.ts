/** What the lists of the report's model have in common. */

export type ReportStatus = 'good' | 'warning' | 'bad';

export type ReportSection =
	| 'jobs'
	| 'missedRuns'
	| 'unprotected'
	| 'repositories'
	| 'licenses'
	| 'findings'
	| 'tenants'
	| 'history'
	| 'allJobs'
	| 'about'
	| 'notBackedUp'
	| 'verifications'
	| 'configBackup'
	| 'infrastructure'
	| 'activities'
	| 'growth'
	| 'scaleOut';

/** A row that the last report did not have. */
export interface CanBeNew {
	isNew?: true;
}

/**
 * The protection report: one model for all products, from which every form is rendered. Gathering
 * (nodes/<Product>/report/) knows the product and no form; rendering (beside this file) knows the
 * forms and no product.
 */

/** Times are ISO 8601 in UTC; rendering shows them in `timeZone`. Sizes are gigabytes of 1024³ bytes. */
export interface ReportModel {
	title: string;
	/** "Veeam Backup & Replication" */
	product: string;
	/** Host and port. */
	server: string;
	/** The only tenant it is about (Service Provider Console, one item per tenant). */
	tenant?: string;
	generatedAt: string;
	period: { from: string; to: string; hours: number };
	/** IANA name. */
	timeZone: string;
	/** What matters, first: "2 jobs failed, 1 repository is low". */
	verdict: { status: ReportStatus; text: string };
	counts: ReportCounts;
	/** Jobs whose last run in the period failed, then those with warnings; worst first. */
	failures: ReportJob[];
	/** Enabled jobs that should have run and did not. */
	missedRuns: ReportMissedRun[];
	/** Objects without a restore point that is young enough. */
	unprotected: ReportObject[];
	/** The fullest first. */
	repositories: ReportRepository[];
	licenses: ReportLicense[];
	/** Security and compliance findings, malware. */
	findings: ReportFinding[];
	/** Per tenant (Service Provider Console), the worst first. */
	tenants: ReportTenant[];
	/** Sections the account may not read, or the version does not have; the rest still comes. */
	unavailable: Array<{ section: ReportSection; reason: string }>;
	/** What the figures leave out, in a sentence each: caps, where days left come from. */
	notes: string[];
}

export type ReportStatus = 'good' | 'warning' | 'bad';

export type ReportSection =
	| 'jobs'
	| 'missedRuns'
	| 'unprotected'
	| 'repositories'
	| 'licenses'
	| 'findings'
	| 'tenants';

/** Of everything, not only of the rows that are shown. */
export interface ReportCounts {
	jobs: number;
	succeeded: number;
	warned: number;
	failed: number;
	running: number;
	/** Had no run in the period. */
	idle: number;
	disabled: number;
	missedRuns: number;
	unprotected: number;
	repositories: number;
	lowRepositories: number;
	offlineRepositories: number;
	findings: number;
}

export interface ReportJob {
	id: string;
	name: string;
	/** "Backup Job" */
	type: string;
	tenant?: string;
	result: 'Failed' | 'Warning';
	/** End of the run. */
	time: string | null;
	/** Undefined: never, as far as the server remembers (see `notes`). */
	lastSuccess?: string;
	/** Runs that failed in the period. */
	failures: number;
	objects: Array<{ name: string; result: 'Failed' | 'Warning'; reason: string }>;
	/** Where no object says why. */
	reason?: string;
}

export interface ReportMissedRun {
	id: string;
	name: string;
	tenant?: string;
	/** When it should have run. */
	expected: string | null;
	lastRun: string | null;
}

export interface ReportObject {
	name: string;
	/** "Virtual Machine", "Mailbox" … */
	type: string;
	tenant?: string;
	/** Youngest restore point; null: there is none; undefined: older than the report looks back. */
	lastRestorePoint?: string | null;
}

export interface ReportRepository {
	id: string;
	name: string;
	tenant?: string;
	/** Undefined where the storage has no capacity of its own (object storage). */
	capacityGB?: number;
	freeGB?: number;
	/** 0 to 100 */
	usedPercent?: number;
	online?: boolean;
	status: ReportStatus;
	/** Whole days until it is full, and what that is taken from. */
	daysLeft?: number;
	daysLeftFrom?: 'history' | 'samples';
}

export interface ReportLicense {
	name: string;
	tenant?: string;
	status: ReportStatus;
	/** "Valid", "Expired" */
	state: string;
	expires?: string;
	daysLeft?: number;
	used?: number;
	total?: number;
	unit?: string;
}

export interface ReportFinding {
	/** "Malware detection", "Security analyzer" */
	source: string;
	text: string;
	status: ReportStatus;
	time?: string;
	tenant?: string;
}

export interface ReportTenant {
	id: string;
	name: string;
	status: ReportStatus;
	jobs: number;
	failed: number;
	warned: number;
	alarms: number;
}

/** What the user asked for, read from the node's fields. */
export interface ReportOptions {
	hours: number;
	/** IANA name; the workflow's where not given. */
	timeZone: string;
	title: string;
	/** `#00b336` */
	brandColour: string;
	/** Patterns with `*`; empty: all. */
	includeJobs: string[];
	excludeJobs: string[];
	includeTenants: string[];
	excludeTenants: string[];
	/** A repository below is low. */
	lowPercent: number;
	/** An object without a restore point for so long is unprotected. */
	rpoHours: number;
	/** A license is told this many days before. */
	expiresInDays: number;
	/** Rows of a section; "+12 more" stands for the others. */
	maxRows: number;
	sections: ReportSection[];
}

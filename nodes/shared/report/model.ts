import type { ReportExtras } from './extraModel';
import type { CanBeNew, ReportSection, ReportStatus } from './terms';

/**
 * The protection report: one model for all products, from which every form is rendered. Gathering
 * (nodes/<Product>/report/) knows the product and no form; rendering (beside this file) knows the
 * forms and no product.
 */

import type { Language } from './speech';

export type { CanBeNew, ReportSection, ReportStatus };

/** Times are ISO 8601 in UTC; rendering shows them in `timeZone`. Sizes are gigabytes of 1024³ bytes. */
export interface ReportModel extends ReportExtras {
	/** Of its sentences and words: all texts of the model that are not the server's; English if missing. */
	language?: Language;
	title: string;
	/** "Veeam Backup & Replication" */
	product: string;
	/** Host and port. */
	server: string;
	/** What the server says of itself, for the head; undefined: it says nothing, or not to this account. */
	host?: ReportHost;
	/** The only tenant it is about (Service Provider Console, one item per tenant). */
	tenant?: string;
	generatedAt: string;
	period: { from: string; to: string; hours: number };
	/** IANA name. */
	timeZone: string;
	verdict: ReportVerdict;
	counts: ReportCounts;
	/** Jobs whose last run in the period failed, then those with warnings; worst first. */
	failures: ReportJob[];
	/** Enabled jobs that should have run and did not. */
	missedRuns: ReportMissedRun[];
	/** Jobs that run for longer than the period while their next run is overdue. */
	longRuns: ReportLongRun[];
	/** Objects without a restore point that is young enough. */
	unprotected: ReportObject[];
	/** The fullest first. */
	repositories: ReportRepository[];
	licenses: ReportLicense[];
	/** Security and compliance findings, malware. */
	findings: ReportFinding[];
	/** Per tenant (Service Provider Console), the worst first. */
	tenants: ReportTenant[];
	/** Of combined reports: a row for each server, the worst first. */
	servers?: ReportServer[];
	/** How each job ended on each of the last days; undefined: not asked for, or not known. */
	history?: ReportHistory;
	/** Every job as it stands, by name; undefined: not asked for, or they could not be read. */
	allJobs?: ReportJobState[];
	/** Since the last report; undefined: there is none to compare with. */
	news?: ReportNews;
	/** What could not be read, or not to its end: the verdict is never good then. The rest still comes. */
	unavailable: ReportGap[];
	/**
	 * In a sentence each: what the figures leave out, what this version of the server does not offer,
	 * failures that a later run has mended, where days left come from. No verdict depends on a note.
	 */
	notes: string[];
}

export interface ReportHost {
	/** As it calls itself; undefined: it does not tell. */
	name?: string;
	/** Of the product, with the build: "13.0.1.1071". */
	version?: string;
}

export interface ReportVerdict {
	status: ReportStatus;
	/** What matters, first: "2 jobs failed, 1 repository is low". */
	text: string;
	/** The same as a list, the worst first; missing where there is one thing to say. */
	points?: ReportPoint[];
}

/** One thing that is wrong. */
export interface ReportPoint {
	status: ReportStatus;
	text: string;
	/** Where its rows are. */
	section?: ReportSection;
}

/** Lists of rows that are problems, or may be. */
export type ReportList =
	| 'failures'
	| 'missedRuns'
	| 'longRuns'
	| 'unprotected'
	| 'repositories'
	| 'licenses'
	| 'findings';

/** Something of a section that is missing. */
export interface ReportGap {
	section: ReportSection;
	/** "License: Access denied", with what was read and the server's words. */
	reason: string;
	/** The list was read as far as the report reads one; without it: it could not be read at all. */
	isCut?: true;
}

/**
 * Of everything, not only of the rows that are shown. null: nobody asked for it, or it could not be
 * read; never 0 then. `jobs` is the sum of the six that follow it.
 */
export interface ReportCounts {
	jobs: number | null;
	/** By the last run that ended in the period. */
	succeeded: number | null;
	warned: number | null;
	failed: number | null;
	/** No run ended in the period: one is going on. */
	running: number | null;
	/** No run ended in the period. */
	idle: number | null;
	/** No run ended in the period, and none will begin by itself. */
	disabled: number | null;
	missedRuns: number | null;
	unprotected: number | null;
	repositories: number | null;
	lowRepositories: number | null;
	offlineRepositories: number | null;
	findings: number | null;
	/** Machines of the inventory in no backup. */
	notBackedUp: number | null;
	/** Of SureBackup, replication, replicas and failover plans: those that failed or warned. */
	verifications: number | null;
	/** Proxies and servers that are not as they should be. */
	infrastructure: number | null;
	/** Restores and deletions of the period. */
	activities: number | null;
}

export interface ReportJob extends CanBeNew {
	id: string;
	name: string;
	/** "Backup Job" */
	type: string;
	tenant?: string;
	result: 'Failed' | 'Warning';
	/** End of the run. */
	time: string | null;
	/** The run ended before the period, and there was none since: the job counts as idle. */
	isEarlier?: true;
	/** Undefined: never, as far as the server remembers (see `notes`); null: the server does not tell. */
	lastSuccess?: string | null;
	/** Runs that failed in the period. */
	failures: number;
	objects: Array<{ name: string; result: 'Failed' | 'Warning'; reason: string }>;
	/** Where no object says why. */
	reason?: string;
}

/** Problems of this report that the last one did not have, and the other way round. */
export interface ReportNews {
	/** When the last report was made. */
	since: string;
	/** Rows with `isNew`. */
	count: number;
	solved: number;
}

/**
 * The worst result of the runs of a job that ended on a day. `none`: no run ended on it; `unknown`: the
 * runs of that day are not all known.
 */
export type DayMark = ReportStatus | 'none' | 'unknown';

export interface ReportHistory {
	/** ISO dates in the report's time zone, the last day of the period last. */
	days: string[];
	/** The worst first; jobs of which nothing is known on any day are left out. */
	jobs: ReportHistoryJob[];
}

export interface ReportHistoryJob {
	id: string;
	name: string;
	tenant?: string;
	/** One for each of the `days`. */
	marks: DayMark[];
}

/** A job and its last run that ended in the period, or that goes on. */
export interface ReportJobState {
	id: string;
	name: string;
	tenant?: string;
	/** "Backup Job" */
	type?: string;
	/** How the last run of the period ended; without one: what the job does instead. */
	state: 'Success' | 'Warning' | 'Failed' | 'Running' | 'Not run' | 'Disabled';
	/** Beginning and end of that run, as far as the server tells them. */
	start?: string;
	end?: string;
	/** Undefined: none is planned, or the server does not tell. */
	nextRun?: string;
	/** What that run read and sent to its target; undefined: the server does not tell. */
	readGB?: number;
	transferredGB?: number;
}

export interface ReportMissedRun extends CanBeNew {
	id: string;
	name: string;
	tenant?: string;
	/** When it should have run. */
	expected: string | null;
	lastRun: string | null;
}

export interface ReportLongRun extends CanBeNew {
	id: string;
	name: string;
	tenant?: string;
	/** When the run began. */
	since: string | null;
	/** When the next one should have begun. */
	expected: string | null;
}

export interface ReportObject extends CanBeNew {
	name: string;
	/** "Virtual Machine", "Mailbox" … */
	type: string;
	tenant?: string;
	/** Youngest restore point; null: there is none; undefined: older than the report looks back. */
	lastRestorePoint?: string | null;
}

export interface ReportRepository extends CanBeNew {
	id: string;
	name: string;
	tenant?: string;
	/** Undefined where the storage has no capacity of its own (object storage). */
	capacityGB?: number;
	freeGB?: number;
	/** 0 to 100 */
	usedPercent?: number;
	online?: boolean;
	/** What is wrong with it apart from space and reach, in a word or two: "Error", "Out of order". */
	trouble?: string;
	status: ReportStatus;
	/** Whole days until it is full, and what that is taken from. */
	daysLeft?: number;
	daysLeftFrom?: 'history' | 'samples';
}

export interface ReportLicense extends CanBeNew {
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
	/** When the support contract ends; no verdict depends on it. */
	supportEnds?: string;
}

export interface ReportFinding extends CanBeNew {
	/** Of the event or alarm, where it has one. */
	id?: string;
	/** "Malware detection", "Security & Compliance Analyzer" */
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

/** A server of a combined report. */
export interface ReportServer {
	/** Host and port, or which of the reports it would have been. */
	name: string;
	product: string;
	/** Of the product, with the build. */
	version?: string;
	status: ReportStatus;
	/** Its own verdict, or why there is no report. */
	text: string;
}

/** What the user asked for, read from the node's fields. */
export interface ReportOptions {
	hours: number;
	language: Language;
	/** IANA name; the workflow's where not given. */
	timeZone: string;
	title: string;
	/** `#00b336`; empty: the colour of the verdict. */
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
	/** A license is reported this many days before. */
	expiresInDays: number;
	/** Rows of a section; "+12 more" stands for the others. */
	maxRows: number;
	/** Days of the history, the day of the report included. */
	historyDays: number;
	/** What the last report did not have is marked. */
	markNews: boolean;
	sections: ReportSection[];
}

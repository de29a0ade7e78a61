import type { CanBeNew, ReportSection, ReportStatus } from './terms';

/** The lists of these sections. */
export const EXTRA_LISTS = [
	'about',
	'notBackedUp',
	'verifications',
	'configBackup',
	'infrastructure',
	'activities',
	'growth',
	'scaleOut',
] as const satisfies Array<keyof ReportExtras & ReportSection>;

/**
 * Sections that a report has where they are chosen. Each list is undefined where nobody asked for it or
 * it could not be read. Texts of these records are names and words of the server; all others are made
 * when a form is rendered. Times are ISO 8601 in UTC, sizes gigabytes of 1024³ bytes.
 */
export interface ReportExtras {
	/** The server that was asked, and those it manages. */
	about?: ReportServerFacts[];
	/** Machines of the inventory that are in no backup. */
	notBackedUp?: ReportMachine[];
	/** Runs of SureBackup and replication jobs, replicas and failover plans; the worst first. */
	verifications?: ReportVerification[];
	/** The backup of the server's own settings. */
	configBackup?: ReportConfigBackup[];
	/** Proxies and servers that are not as they should be, the worst first. */
	infrastructure?: ReportComponent[];
	/** Restores and deletions that began in the period, the last first. */
	activities?: ReportActivity[];
	/** What the repositories hold and how that has grown: the sum of all first. */
	growth?: ReportGrowth[];
	/** Scale-out repositories with their extents. */
	scaleOut?: ReportScaleOut[];
}

export interface ReportServerFacts {
	/** Undefined: the server does not tell its name. */
	name?: string;
	tenant?: string;
	/** "Backup Server", "Cloud Connect": as the server has it. */
	role?: string;
	/** Of the product, with the build: "13.0.1.1071". */
	version?: string;
	/** Of patches that are installed. */
	patches?: string[];
	/** "PostgreSQL 17": of the configuration database. */
	database?: string;
	/** "Windows" */
	platform?: string;
	/** Of the API, as the credential has it. */
	apiVersion?: string;
}

export interface ReportMachine extends CanBeNew {
	name: string;
	/** Where it runs. */
	host: string;
	/** Of combined reports: the server. */
	tenant?: string;
	/** As the server names it: "VSphere". */
	platform?: string;
}

export interface ReportVerification extends CanBeNew {
	id: string;
	name: string;
	tenant?: string;
	/** `replication` is a job, too: the section of the jobs counts it where that is wanted. */
	kind: 'sureBackup' | 'replication' | 'replica' | 'failoverPlan';
	/** Of the last run of the period; of replicas and plans the server's word for their state. */
	state: string;
	status: ReportStatus;
	/** Runs of the period that failed. */
	failures?: number;
	/** End of that run. */
	time?: string;
	/** What the server says of it. */
	reason?: string;
}

export interface ReportConfigBackup extends CanBeNew {
	/** Of combined reports: the server. */
	tenant?: string;
	state: 'enabled' | 'disabled' | 'overdue' | 'never';
	status: ReportStatus;
	/** Undefined: none is known. */
	lastSuccess?: string;
}

export interface ReportComponent extends CanBeNew {
	id: string;
	name: string;
	tenant?: string;
	kind: 'proxy' | 'server' | 'backupServer';
	/** What it is, where the kind does not say it all. */
	role?: string;
	state: 'offline' | 'unavailable' | 'outOfDate' | 'disabled' | 'error' | 'warning';
	status: ReportStatus;
}

export interface ReportActivity {
	/** "File-Level Restore", "Deletion of Backups": in the words of the console. */
	kind: string;
	/** What was restored or deleted. */
	name: string;
	tenant?: string;
	/** Who; undefined: the server does not say. */
	user?: string;
	/** When it began. */
	time: string;
	end?: string;
	/** `Running` as long as it goes on; undefined: the server does not say. */
	state?: 'Success' | 'Warning' | 'Failed' | 'Running' | 'Canceled';
	/** It takes something away. */
	isDeletion: boolean;
	/** What it is said to be for. */
	reason?: string;
}

export interface ReportGrowth {
	/** Undefined: the sum of all. */
	id?: string;
	name?: string;
	tenant?: string;
	/** What is stored there; undefined: not known. */
	usedGB?: number;
	/** Against the report nearest to one period ago; undefined: no report of then is kept. */
	grownGB?: number;
	/** When that report was made. */
	since?: string;
	/** Of all runs of the period, where the server tells it (the sum alone). */
	readGB?: number;
	transferredGB?: number;
}

export interface ReportScaleOut extends CanBeNew {
	id: string;
	name: string;
	tenant?: string;
	/** Sums of the extents that are known; undefined: of none. */
	capacityGB?: number;
	freeGB?: number;
	usedPercent?: number;
	status: ReportStatus;
	extents: ReportExtent[];
}

export interface ReportExtent {
	id: string;
	name: string;
	/** Undefined: the server does not say. */
	tier?: 'performance' | 'capacity' | 'archive';
	capacityGB?: number;
	freeGB?: number;
	online?: boolean;
	/** What the server says besides "Normal": "Maintenance", "Sealed". */
	modes: string[];
}

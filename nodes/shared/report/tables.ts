import type {
	ReportJob,
	ReportModel,
	ReportRepository,
	ReportSection,
	ReportStatus,
} from './model';
import { count } from './verdict';
import { date, size, time } from './words';

/**
 * The sections as every form shows them: the same rows, facts and order in HTML, plain text, Slack
 * and Teams. Texts are as the server gave them: each form escapes and cuts them its own way.
 */
export interface ReportTable {
	section: ReportSection;
	title: string;
	/** The first so many; `total` counts all. */
	rows: ReportRow[];
	total: number;
}

export interface ReportRow {
	name: string;
	status: ReportStatus;
	/** "Failed", "Low" */
	badge: string;
	/** Short, of our own words and numbers but for type and tenant. */
	facts: string[];
	/** Reasons: one for each object, or one without a name. */
	lines: Array<{ name?: string; text: string }>;
	/** More objects than there are lines. */
	moreLines: number;
	/** Percent used. */
	bar?: number;
}

/** Objects of one job: who needs all takes the CSV. */
const LINES = 5;
const FEW_LINES = 1;

export const SECTION_TITLES: Record<ReportSection, string> = {
	jobs: 'Jobs with failures and warnings',
	missedRuns: 'Missed runs',
	unprotected: 'Without a recent restore point',
	repositories: 'Repositories',
	licenses: 'Licenses',
	findings: 'Findings',
	tenants: 'Tenants',
};

/**
 * Sections that have anything to show, what matters most first.
 *
 * @param maxRows rows of each section
 * @param maxLines objects of each job
 */
export function tablesOf(
	model: ReportModel,
	maxRows: number,
	maxLines: number = LINES,
): ReportTable[] {
	const zone = model.timeZone;
	const table = <T>(
		section: ReportSection,
		all: T[],
		row: (item: T) => ReportRow,
	): ReportTable => ({
		section,
		title: SECTION_TITLES[section],
		rows: all.slice(0, maxRows).map(row),
		total: all.length,
	});
	return [
		table('tenants', model.tenants, (tenant) => ({
			...bare(tenant.name, tenant.status, words(tenant.status, 'Fine', 'Look', 'Trouble')),
			facts: [
				count(tenant.jobs, 'job'),
				...(tenant.failed ? [`${tenant.failed} failed`] : []),
				...(tenant.warned ? [`${tenant.warned} with warnings`] : []),
				...(tenant.alarms ? [count(tenant.alarms, 'alarm')] : []),
			],
		})),
		table('jobs', model.failures, (job) => jobRow(job, zone, maxLines)),
		table('missedRuns', model.missedRuns, (missed) => ({
			...bare(missed.name, 'bad', 'Missed'),
			facts: [
				...of(missed.tenant),
				...(missed.expected ? [`expected ${time(missed.expected, zone)}`] : []),
				`last run ${time(missed.lastRun, zone)}`,
			],
		})),
		table('unprotected', model.unprotected, (object) => ({
			...bare(object.name, 'bad', object.lastRestorePoint === null ? 'None' : 'Too old'),
			facts: [
				object.type,
				...of(object.tenant),
				object.lastRestorePoint === undefined
					? 'last restore point is older than the report looks back'
					: object.lastRestorePoint === null
						? 'no restore point'
						: `last restore point ${time(object.lastRestorePoint, zone)}`,
			],
		})),
		table('repositories', model.repositories, repositoryRow),
		table('findings', model.findings, (finding) => ({
			...bare(finding.text, finding.status, words(finding.status, 'Info', 'Warning', 'Alert')),
			facts: [
				finding.source,
				...of(finding.tenant),
				...(finding.time ? [time(finding.time, zone)] : []),
			],
		})),
		table('licenses', model.licenses, (license) => ({
			...bare(license.name, license.status, license.state),
			facts: [
				...of(license.tenant),
				...(license.expires
					? [
							`${(license.daysLeft ?? 0) < 0 ? 'expired' : 'expires'} ${date(license.expires, zone)}` +
								(license.daysLeft !== undefined && license.daysLeft >= 0
									? ` (${count(license.daysLeft, 'day')})`
									: ''),
						]
					: []),
				...(license.used === undefined
					? []
					: [
							`${license.used}${license.total === undefined ? '' : ` of ${license.total}`} ${license.unit ?? 'units'} used`,
						]),
			],
		})),
	].filter(({ total }) => total > 0);
}

const bare = (name: string, status: ReportStatus, badge: string): ReportRow => ({
	name,
	status,
	badge,
	facts: [],
	lines: [],
	moreLines: 0,
});

const words = (status: ReportStatus, good: string, warning: string, bad: string): string =>
	({ good, warning, bad })[status];

const of = (tenant: string | undefined): string[] => (tenant === undefined ? [] : [tenant]);

function jobRow(job: ReportJob, zone: string, maxLines: number): ReportRow {
	const lines = job.objects
		.slice(0, maxLines)
		.map(({ name, reason }) => ({ name, text: reason || 'no reason given' }));
	return {
		...bare(job.name, job.result === 'Failed' ? 'bad' : 'warning', job.result),
		facts: [
			job.type,
			...of(job.tenant),
			...(job.time ? [time(job.time, zone)] : []),
			...(job.failures > 1 ? [count(job.failures, 'failure')] : []),
			...(job.result === 'Failed'
				? [job.lastSuccess ? `last success ${time(job.lastSuccess, zone)}` : 'no success known']
				: []),
		],
		lines: lines.length === 0 && job.reason ? [{ text: job.reason }] : lines,
		moreLines: job.objects.length - lines.length,
	};
}

function repositoryRow(repository: ReportRepository): ReportRow {
	const { name, status, online, capacityGB, freeGB, usedPercent, daysLeft } = repository;
	return {
		...bare(name, status, online === false ? 'Offline' : words(status, 'OK', 'Low', 'Low')),
		facts: [
			...of(repository.tenant),
			...(freeGB === undefined || capacityGB === undefined
				? ['no capacity of its own']
				: [`${size(freeGB)} free of ${size(capacityGB)}`]),
			...(usedPercent === undefined ? [] : [`${Math.round(usedPercent)} % used`]),
			...(daysLeft === undefined ? [] : [`full in ${count(daysLeft, 'day')}`]),
		],
		...(usedPercent === undefined
			? {}
			: { bar: Math.min(100, Math.max(0, Math.round(usedPercent))) }),
	};
}

/** The headline figures: label and number, and how to colour a number that is not 0. */
export function figures({ counts }: ReportModel): Array<[string, number, ReportStatus]> {
	return [
		['Jobs', counts.jobs, 'good'],
		['Succeeded', counts.succeeded, 'good'],
		['Warnings', counts.warned, 'warning'],
		['Failed', counts.failed, 'bad'],
		...(counts.running > 0
			? ([['Running', counts.running, 'good']] as Array<[string, number, ReportStatus]>)
			: []),
	];
}

/** Sections that are missing, and what the figures leave out. */
export const remarks = (model: ReportModel): string[] => [
	...model.unavailable.map(
		({ section, reason }) => `${SECTION_TITLES[section]}: not available. ${reason}`,
	),
	...model.notes,
];

/**
 * The longest form that fits: with fewer objects of each job first, then with fewer and fewer rows.
 * The last has none, only the verdict and the counts of each section.
 */
export function fitToLimit<T>(
	maxRows: number,
	weigh: (form: T) => number,
	limit: number,
	form: (rows: number, lines: number) => T,
): T {
	const full = form(maxRows, LINES);
	if (weigh(full) <= limit) return full;
	for (let rows = maxRows; rows > 0; rows = Math.floor(rows * 0.7)) {
		const made = form(rows, FEW_LINES);
		if (weigh(made) <= limit) return made;
	}
	return form(0, 0);
}

/** Bytes of a text in UTF-8. */
export const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

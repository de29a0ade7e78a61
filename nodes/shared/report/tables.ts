import { MINUTE } from '../common/time';
import type {
	DayMark,
	ReportFinding,
	ReportJob,
	ReportJobState,
	ReportModel,
	ReportObject,
	ReportRepository,
	ReportSection,
	ReportStatus,
	ReportTenant,
} from './model';
import { count } from './verdict';
import { date, newsNote, size, time } from './words';

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
	/** ISO dates that the rows have marks for. */
	days?: string[];
}

export interface ReportRow {
	name: string;
	status: RowStatus;
	/** "Failed", "Low" */
	badge: string;
	/** Short, of our own words and numbers but for type and tenant. */
	facts: string[];
	/** Reasons: one for each object, or one without a name. */
	lines: Array<{ name?: string; text: string }>;
	/** More objects than there are lines. */
	moreLines: number;
	/** Percent used, and the colour of it: one that is offline is not full. */
	bar?: { percent: number; status: RowStatus };
	/** One mark for each of the table's `days`. */
	marks?: DayMark[];
	/** The last report did not have it. */
	isNew?: true;
}

/** As a row is coloured; neutral: nothing is known that could be good or bad. */
export type RowStatus = ReportStatus | 'neutral';

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
	history: 'History',
	allJobs: 'All jobs',
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
	const table = <T extends object>(
		section: ReportSection,
		all: T[],
		row: (item: T) => ReportRow,
	): ReportTable => ({
		section,
		title: SECTION_TITLES[section],
		rows: all.slice(0, maxRows).map((item) => ({
			...row(item),
			...('isNew' in item && item.isNew === true ? { isNew: true as const } : {}),
		})),
		total: all.length,
	});
	return [
		{
			...table('tenants', model.servers ?? [], ({ name, product, status, text }) => ({
				...bare(name, status, standingBadge({ status })),
				facts: product === '' ? [] : [product],
				lines: status === 'good' ? [] : [{ text }],
			})),
			title: 'Servers',
		},
		table('tenants', model.tenants, (tenant) => ({
			...bare(tenant.name, tenant.status, standingBadge(tenant)),
			facts: [
				count(tenant.jobs, 'job'),
				...(tenant.failed ? [`${tenant.failed} failed`] : []),
				...(tenant.warned ? [`${tenant.warned} with warnings`] : []),
				...(tenant.alarms ? [count(tenant.alarms, 'alarm')] : []),
			],
		})),
		table('jobs', model.failures, (job) => jobRow(job, zone, maxLines)),
		{
			...table('history', model.history?.jobs ?? [], ({ name, tenant, marks }) => ({
				...bare(name, 'neutral', ''),
				facts: of(tenant),
				marks,
			})),
			days: model.history?.days ?? [],
		},
		table('missedRuns', model.missedRuns, (missed) => ({
			...bare(missed.name, 'bad', 'Missed'),
			facts: [
				...of(missed.tenant),
				...(missed.expected ? [`expected ${time(missed.expected, zone)}`] : []),
				`last run ${time(missed.lastRun, zone)}`,
			],
		})),
		{
			...table('missedRuns', model.longRuns, (run) => ({
				...bare(run.name, 'warning', 'Running'),
				facts: [
					...of(run.tenant),
					`running since ${run.since ? time(run.since, zone) : 'before the period'}`,
					...(run.expected ? [`next run expected ${time(run.expected, zone)}`] : []),
				],
			})),
			title: 'Running for too long',
		},
		table('unprotected', model.unprotected, (object) => ({
			...bare(object.name, 'bad', objectBadge(object)),
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
			...bare(finding.text, finding.status, findingBadge(finding)),
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
		table('allJobs', model.allJobs ?? [], (job) => ({
			...bare(job.name, STATE_STATUS[job.state], job.state),
			facts: [
				...of(job.type),
				...of(job.tenant),
				...(job.start ? [`began ${time(job.start, zone)}`] : []),
				...(job.end ? [`ended ${time(job.end, zone)}`] : []),
				...of(durationOf(job)),
				...(job.nextRun ? [`next run ${time(job.nextRun, zone)}`] : []),
			],
		})),
	].filter(({ total }) => total > 0);
}

/** A job that is disabled, runs or was not due is neither good nor bad. */
const STATE_STATUS: Record<ReportJobState['state'], RowStatus> = {
	Success: 'good',
	Warning: 'warning',
	Failed: 'bad',
	Running: 'neutral',
	'Not run': 'neutral',
	Disabled: 'neutral',
};

/** "1:05 h", "12 min"; undefined where beginning or end is not known, or makes no sense. */
export function durationOf({ start, end }: ReportJobState): string | undefined {
	if (!start || !end) return undefined;
	const minutes = Math.round((Date.parse(end) - Date.parse(start)) / MINUTE);
	if (!(minutes >= 0)) return undefined;
	const hours = Math.floor(minutes / 60);
	return hours > 0 ? `${hours}:${String(minutes % 60).padStart(2, '0')} h` : `${minutes} min`;
}

/** The words of a row, the same in every form and in the CSV. */
export const standingBadge = ({ status }: Pick<ReportTenant, 'status'>): string =>
	words(status, 'Fine', 'Look', 'Trouble');

export const objectBadge = ({ lastRestorePoint }: ReportObject): string =>
	lastRestorePoint === null ? 'None' : 'Too old';

export const findingBadge = ({ status }: ReportFinding): string =>
	words(status, 'Info', 'Warning', 'Alert');

export function repositoryBadge({
	status,
	online,
	trouble,
	usedPercent,
}: ReportRepository): string {
	if (online === false) return 'Offline';
	if (trouble !== undefined && status !== 'good') return trouble;
	if (usedPercent === undefined && status === 'good') return online ? 'Online' : 'Unknown';
	return words(status, 'OK', 'Low', 'Low');
}

const bare = (name: string, status: RowStatus, badge: string): ReportRow => ({
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
			...(job.isEarlier ? ['not run since'] : []),
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
	const { name, status, online, trouble, capacityGB, freeGB, usedPercent, daysLeft } = repository;
	const isUnknown = usedPercent === undefined && status === 'good';
	return {
		...bare(name, isUnknown ? 'neutral' : status, repositoryBadge(repository)),
		facts: [
			...of(repository.tenant),
			...(trouble !== undefined && online === false ? [trouble] : []),
			freeGB === undefined || capacityGB === undefined
				? 'size not known'
				: `${size(freeGB)} free of ${size(capacityGB)}`,
			...(usedPercent === undefined ? [] : [`${Math.round(usedPercent)} % used`]),
			...(daysLeft === undefined ? [] : [`full in ${count(daysLeft, 'day')}`]),
		],
		...(usedPercent === undefined
			? {}
			: {
					bar: {
						percent: Math.min(100, Math.max(0, Math.round(usedPercent))),
						status: online === false ? ('neutral' as const) : status,
					},
				}),
	};
}

/**
 * The headline figures: label, number as it is shown and how to colour one that is not 0. Those of
 * the jobs add up; a dash stands where they could not be read. Where nobody asked for jobs, the
 * sections' own numbers stand there.
 */
export function figures(model: ReportModel): Array<[label: string, shown: string, RowStatus]> {
	const { counts, licenses, unavailable } = model;
	const figure = (
		label: string,
		number: number | null,
		status: ReportStatus,
	): [string, string, RowStatus] => [
		label,
		number === null ? '–' : number.toLocaleString('en'),
		number ? status : 'good',
	];
	const isUnread = counts.jobs === null && unavailable.some(({ section }) => section === 'jobs');
	if (counts.jobs === null && !isUnread) {
		const others = [
			figure('Missed runs', counts.missedRuns, 'bad'),
			figure('Unprotected', counts.unprotected, 'bad'),
			figure('Repositories', counts.repositories, 'good'),
			figure('Findings', counts.findings, 'warning'),
		].filter(([, text]) => text !== '–');
		return others.length > 0 ? others : [figure('Licenses', licenses.length, 'good')];
	}
	return [
		figure('Jobs', counts.jobs, 'good'),
		figure('Succeeded', counts.succeeded, 'good'),
		figure('Warnings', counts.warned, 'warning'),
		figure('Failed', counts.failed, 'bad'),
		...(counts.running ? [figure('Running', counts.running, 'good')] : []),
		...(counts.idle ? [figure('Not run', counts.idle, 'good')] : []),
		...(counts.disabled ? [figure('Disabled', counts.disabled, 'good')] : []),
	];
}

/** Sections that are missing, and what the figures leave out. */
export const remarks = (model: ReportModel): string[] => [
	...newsNote(model),
	...model.unavailable.map(
		({ section, reason, isCut }) =>
			`${SECTION_TITLES[section]}: ${isCut ? 'not complete' : 'not available'}. ${reason}`,
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

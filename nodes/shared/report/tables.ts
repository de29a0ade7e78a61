import { MINUTE } from '../common/time';
import { isFuller } from './assess';
import { factTables, problemTables, scaleOutTable, sizeFacts } from './extraTables';
import type {
	ReportFinding,
	ReportJob,
	ReportJobState,
	ReportLicense,
	ReportModel,
	ReportObject,
	ReportRepository,
	ReportSection,
	ReportStatus,
	ReportTenant,
} from './model';
import { speechOf, type Speech } from './speech';
import type { ReportRow, ReportTable, RowStatus } from './table';
import { newsNote } from './words';

export type { ReportRow, ReportTable, RowStatus };

/** Objects of one job: who needs all takes the CSV. */
const LINES = 5;
const FEW_LINES = 1;

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
	const speech = speechOf(model.language);
	const at = (iso: string | null | undefined) => speech.time(iso, zone);
	const table = <T extends object>(
		section: ReportSection,
		all: T[],
		row: (item: T) => ReportRow,
	): ReportTable => ({
		section,
		title: speech.say(`title:${section}`),
		...shownOf(all, maxRows, speech, (item) => ({
			...row(item),
			...('isNew' in item && item.isNew === true ? { isNew: true as const } : {}),
		})),
		total: all.length,
	});
	const forms = { table, bare, speech, at, maxLines };
	return [
		{
			...table('tenants', model.servers ?? [], ({ name, product, version, status, text }) => ({
				...bare(name, status, standingBadge({ status }, speech)),
				facts: product === '' ? [] : [[product, version].filter(Boolean).join(' ')],
				lines: status === 'good' ? [] : [{ text }],
			})),
			title: speech.say('titleServers'),
		},
		table('tenants', model.tenants, (tenant) => ({
			...bare(tenant.name, tenant.status, standingBadge(tenant, speech)),
			facts: tenantFacts(tenant, speech),
		})),
		table('jobs', model.failures, (job) => jobRow(job, at, speech, maxLines)),
		{
			...table('history', model.history?.jobs ?? [], ({ name, tenant, marks }) => ({
				...bare(name, 'neutral', ''),
				facts: of(tenant),
				marks,
			})),
			days: model.history?.days ?? [],
		},
		table('missedRuns', model.missedRuns, (missed) => ({
			...bare(missed.name, 'bad', speech.say('badgeMissed')),
			facts: [
				...of(missed.tenant),
				...(missed.expected ? [speech.say('expectedAt', { time: at(missed.expected) })] : []),
				missed.lastRun
					? speech.say('lastRunAt', { time: at(missed.lastRun) })
					: speech.say('neverRan'),
			],
		})),
		{
			...table('missedRuns', model.longRuns, (run) => ({
				...bare(run.name, 'warning', speech.say('badgeRunning')),
				facts: [
					...of(run.tenant),
					run.since
						? speech.say('runningSince', { time: at(run.since) })
						: speech.say('runningSinceBefore'),
					...(run.expected ? [speech.say('nextRunExpected', { time: at(run.expected) })] : []),
				],
			})),
			title: speech.say('titleLongRuns'),
		},
		table('unprotected', model.unprotected, (object) => ({
			...bare(object.name, 'bad', objectBadge(object, speech)),
			facts: [
				speech.term(object.type),
				...of(object.tenant),
				object.lastRestorePoint === undefined
					? speech.say('pointOlder')
					: object.lastRestorePoint === null
						? speech.say('pointNone')
						: speech.say('pointAt', { time: at(object.lastRestorePoint) }),
			],
		})),
		...problemTables(model, forms),
		table('repositories', model.repositories, (repository) => repositoryRow(repository, speech)),
		scaleOutTable(model, forms),
		table('findings', model.findings, (finding) => ({
			...bare(finding.text, finding.status, findingBadge(finding, speech)),
			maxName: 300,
			facts: [
				speech.term(finding.source),
				...of(finding.tenant),
				...(finding.time ? [at(finding.time)] : []),
			],
		})),
		table('licenses', model.licenses, (license) => ({
			...bare(license.name, licenseColour(license), speech.term(license.state)),
			facts: [
				...of(license.tenant),
				...expiryFacts(license, zone, speech),
				...of(usageOf(license, speech)),
				...of(supportOf(license, zone, model.generatedAt, speech)),
			],
		})),
		table('allJobs', model.allJobs ?? [], (job) => ({
			...bare(job.name, STATE_STATUS[job.state], speech.say(`state:${job.state}`)),
			facts: [
				...(job.type === undefined ? [] : [speech.term(job.type)]),
				...of(job.tenant),
				...(job.start ? [speech.say('beganAt', { time: at(job.start) })] : []),
				...(job.end ? [speech.say('endedAt', { time: at(job.end) })] : []),
				...of(durationOf(job, speech)),
				...sizeFacts(job, speech),
				...(job.nextRun ? [speech.say('nextRunAt', { time: at(job.nextRun) })] : []),
			],
		})),
		...factTables(model, forms),
	].filter(({ total }) => total > 0);
}

/** Of rows without a problem, one in so many of those that a section may have is shown: the rest is folded. */
const GOOD = 4;

/** Sections of which most rows are good, and of interest only where they are not. */
const isGood = (item: object): boolean => 'status' in item && item.status === 'good';

/** The first rows, and what is said of the others. */
function shownOf<T extends object>(
	all: T[],
	maxRows: number,
	speech: Speech,
	row: (item: T) => ReportRow,
): Pick<ReportTable, 'rows' | 'more'> {
	const good = all.filter(isGood);
	const few = new Set(good.slice(0, Math.ceil(maxRows / GOOD)));
	const shown = all.filter((item) => !isGood(item) || few.has(item)).slice(0, maxRows);
	const hidden = all.length - shown.length;
	const isHarmless = hidden === good.length - shown.filter(isGood).length;
	return {
		rows: shown.map(row),
		...(hidden === 0
			? {}
			: { more: speech.say(isHarmless ? 'moreGood' : 'moreInCsv', { n: hidden }) }),
	};
}

/** What is said of a tenant, the same in every form and in the CSV. */
export const tenantFacts = (
	{ jobs, failed, warned, alarms }: ReportTenant,
	speech: Speech,
): string[] => [
	speech.say('jobs', { n: jobs }),
	...(failed ? [speech.say('failedCount', { n: failed })] : []),
	...(warned ? [speech.say('warnedCount', { n: warned })] : []),
	...(alarms ? [speech.say('alarms', { n: alarms })] : []),
];

/** Of one whose state the server does not know, nobody can say that it is good. */
const licenseColour = ({ state, status }: ReportLicense): RowStatus =>
	status === 'good' && state.toLowerCase() === 'unknown' ? 'neutral' : status;

function expiryFacts({ expires, daysLeft }: ReportLicense, zone: string, speech: Speech): string[] {
	if (!expires) return [];
	const date = speech.date(expires, zone);
	if (daysLeft === undefined) return [speech.say('expiresOn', { date })];
	if (daysLeft < 0) return [speech.say('expiredOn', { date })];
	return [speech.say('expiresOnDays', { date, n: daysLeft })];
}

const UNIT = 'units';

/** "8 of 10 instances used"; undefined where the license says no usage. */
export function usageOf(
	{ used, total, unit = UNIT }: ReportLicense,
	speech: Speech,
): string | undefined {
	if (used === undefined) return undefined;
	const values = { used, unit: speech.term(unit) };
	return total === undefined
		? speech.say('usedUnits', values)
		: speech.say('usedOf', { ...values, total });
}

/** "support until 21 Nov 2026"; undefined where the license says no date, or that of its own end. */
function supportOf(
	{ supportEnds, expires }: ReportLicense,
	zone: string,
	now: string,
	speech: Speech,
): string | undefined {
	if (supportEnds === undefined) return undefined;
	const date = speech.date(supportEnds, zone);
	// Of a subscription both end on one day: said once.
	if (expires !== undefined && speech.date(expires, zone) === date) return undefined;
	return speech.say(supportEnds < now ? 'supportEnded' : 'supportEnds', { date });
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
export function durationOf({ start, end }: ReportJobState, speech: Speech): string | undefined {
	if (!start || !end) return undefined;
	const minutes = Math.round((Date.parse(end) - Date.parse(start)) / MINUTE);
	if (!(minutes >= 0)) return undefined;
	if (minutes < 60) return speech.say('durationMinutes', { n: minutes });
	const hours = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
	return speech.say('durationHours', { hours });
}

/** The words of a row, the same in every form and in the CSV. */
export const standingBadge = ({ status }: Pick<ReportTenant, 'status'>, speech: Speech): string =>
	speech.say(({ good: 'badgeFine', warning: 'badgeLook', bad: 'badgeTrouble' } as const)[status]);

export const objectBadge = ({ lastRestorePoint }: ReportObject, speech: Speech): string =>
	speech.say(lastRestorePoint === null ? 'badgeNoPoint' : 'badgeTooOld');

export const findingBadge = ({ status }: ReportFinding, speech: Speech): string =>
	speech.say(({ good: 'badgeInfo', warning: 'badgeWarning', bad: 'badgeAlert' } as const)[status]);

export function repositoryBadge(
	{ status, online, trouble, usedPercent }: ReportRepository,
	speech: Speech,
): string {
	if (online === false) return speech.say('badgeOffline');
	// Worse than what the server says of it: it is as good as full.
	if (trouble !== undefined && status !== 'good' && !isFuller({ status, trouble, online }))
		return speech.term(trouble);
	if (usedPercent === undefined && status === 'good')
		return speech.say(online ? 'badgeOnline' : 'badgeUnknown');
	return speech.say(status === 'good' ? 'badgeOk' : 'badgeLow');
}

const bare = (name: string, status: RowStatus, badge: string): ReportRow => ({
	name,
	status,
	badge,
	facts: [],
	lines: [],
	moreLines: 0,
});

const of = (tenant: string | undefined): string[] => (tenant === undefined ? [] : [tenant]);

function jobRow(
	job: ReportJob,
	at: (iso: string) => string,
	speech: Speech,
	maxLines: number,
): ReportRow {
	const lines = job.objects
		.slice(0, maxLines)
		.map(({ name, reason }) => ({ name, text: reason || speech.say('noReason') }));
	const isFailed = job.result === 'Failed';
	return {
		...bare(job.name, isFailed ? 'bad' : 'warning', speech.say(`state:${job.result}`)),
		facts: [
			speech.term(job.type),
			...of(job.tenant),
			...(job.time ? [at(job.time)] : []),
			...(job.isEarlier ? [speech.say('notRunSince')] : []),
			...(job.failures > 1 ? [speech.say('failures', { n: job.failures })] : []),
			...(!isFailed || job.lastSuccess === null
				? []
				: job.lastSuccess
					? [speech.say('lastSuccessAt', { time: at(job.lastSuccess) })]
					: [speech.say('noSuccess')]),
		],
		lines: lines.length === 0 && job.reason ? [{ text: job.reason }] : lines,
		moreLines: job.objects.length - lines.length,
	};
}

function repositoryRow(repository: ReportRepository, speech: Speech): ReportRow {
	const { name, status, online, trouble, capacityGB, freeGB, usedPercent, daysLeft } = repository;
	const isUnknown = usedPercent === undefined && status === 'good';
	return {
		...bare(name, isUnknown ? 'neutral' : status, repositoryBadge(repository, speech)),
		facts: [
			...of(repository.tenant),
			...(trouble !== undefined && (online === false || isFuller(repository))
				? [speech.term(trouble)]
				: []),
			freeGB === undefined || capacityGB === undefined
				? speech.say('sizeUnknown')
				: speech.say('freeOf', { free: speech.size(freeGB), capacity: speech.size(capacityGB) }),
			...(usedPercent === undefined
				? []
				: [speech.say('percentUsed', { n: Math.round(usedPercent) })]),
			...(daysLeft === undefined ? [] : [speech.say('fullIn', { n: daysLeft })]),
		],
		...(usedPercent === undefined
			? {}
			: {
					bar: {
						percent: Math.min(100, Math.max(0, Math.round(usedPercent))),
						status:
							online === false || (trouble !== undefined && !isFuller(repository))
								? ('neutral' as const)
								: status,
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
	const speech = speechOf(model.language);
	const figure = (
		label:
			| `figure${'Jobs' | 'Succeeded' | 'Warnings' | 'Failed' | 'Running' | 'Idle' | 'Disabled' | 'Missed' | 'Unprotected' | 'Repositories' | 'Findings' | 'Licenses' | 'NotBackedUp' | 'Verifications' | 'Infrastructure' | 'Activities'}`
			| 'badgeOffline'
			| 'badgeLow'
			| `title:${'configBackup' | 'scaleOut' | 'growth' | 'about'}`,
		number: number | null,
		status: ReportStatus,
	): [string, string, RowStatus] => [
		speech.say(label),
		number === null ? '–' : speech.number(number),
		number ? status : 'good',
	];
	const listed = (...lists: Array<'configBackup' | 'scaleOut' | 'growth' | 'about'>) =>
		lists.map((list) => figure(`title:${list}`, model[list]?.length ?? null, 'good'));
	const isKnown = ([, text]: [string, string, RowStatus]): boolean => text !== '–';
	const isUnread = counts.jobs === null && unavailable.some(({ section }) => section === 'jobs');
	if (counts.jobs === null && !isUnread) {
		const others = [
			figure('figureMissed', counts.missedRuns, 'bad'),
			figure('figureUnprotected', counts.unprotected, 'bad'),
			figure('figureRepositories', counts.repositories, 'good'),
			...(counts.offlineRepositories
				? [figure('badgeOffline', counts.offlineRepositories, 'bad')]
				: []),
			...(counts.lowRepositories ? [figure('badgeLow', counts.lowRepositories, 'warning')] : []),
			figure('figureFindings', counts.findings, 'warning'),
			figure('figureNotBackedUp', counts.notBackedUp ?? null, 'warning'),
			figure('figureVerifications', counts.verifications ?? null, 'bad'),
			figure('figureInfrastructure', counts.infrastructure ?? null, 'bad'),
			figure('figureActivities', counts.activities ?? null, 'good'),
			...listed('configBackup', 'scaleOut'),
		].filter(isKnown);
		if (others.length > 0) return others;
		// A number of rows says little: it stands where there is nothing else to count.
		const rows = listed('growth', 'about').filter(isKnown);
		return rows.length > 0 ? rows : [figure('figureLicenses', licenses.length, 'good')];
	}
	return [
		figure('figureJobs', counts.jobs, 'good'),
		figure('figureSucceeded', counts.succeeded, 'good'),
		figure('figureWarnings', counts.warned, 'warning'),
		figure('figureFailed', counts.failed, 'bad'),
		...(counts.running ? [figure('figureRunning', counts.running, 'good')] : []),
		...(counts.idle ? [figure('figureIdle', counts.idle, 'good')] : []),
		...(counts.disabled ? [figure('figureDisabled', counts.disabled, 'good')] : []),
	];
}

/**
 * Sections that are missing, and what the figures leave out.
 *
 * @param most of them; how many more there are is said then
 */
export function remarks(model: ReportModel, most = Infinity): string[] {
	const speech = speechOf(model.language);
	const all = [
		...newsNote(model),
		...model.unavailable.map(({ section, reason, isCut }) =>
			speech.say(isCut ? 'gapNotComplete' : 'gapNotAvailable', {
				section: speech.say(`title:${section}`),
				reason,
			}),
		),
		...model.notes,
	];
	return speech.withMore(all, most);
}

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

import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { byStatus } from './assess';
import { noCounts } from './collect';
import { EXTRA_LISTS, type ReportExtras } from './extraModel';
import { joinHistories } from './history';
import { byJobName } from './jobTotals';
import type {
	ReportCounts,
	ReportModel,
	ReportNews,
	ReportPoint,
	ReportServer,
	ReportList,
} from './model';
import { isHistory, isReport, isText } from './reportShape';
import { speechOf, type Language, type Speech } from './speech';
import { worst } from './verdict';
import { isObject } from '../common/objects';

/** A report as an item of Get Protection Report holds it, or why there is none (empty: nobody said). */
export type ReportPart = ReportModel | { error: string };

export interface CombinedTitle {
	language: Language;
	title: string;
	/** IANA name. */
	timeZone: string;
}

/**
 * Reads the data of one input item.
 *
 * @returns undefined where it is neither a report nor the error of one
 */
export function readReportPart(json: IDataObject): ReportPart | undefined {
	if (isReport(json)) return json as unknown as ReportModel;
	const { error } = json;
	if (error === undefined || error === null) return undefined;
	const text = isObject(error) ? error.message : error;
	return { error: isText(text) ? text : '' };
}

/** The language of the first report; English where there is none, or it is of an older package. */
export const languageOf = (parts: ReportPart[]): Language =>
	speechOf(parts.flatMap((part) => ('error' in part ? [] : [part.language]))[0]).language;

/**
 * One report over several servers: one verdict, one row for each server, and the rows of all of them
 * with the name of their server. A report that could not be made makes the verdict bad: nobody looked
 * at that server.
 *
 * @param parts at least one
 */
export function combineReports(
	parts: ReportPart[],
	{ title, timeZone, language }: CombinedTitle,
): ReportModel {
	const speech = speechOf(language);
	const came = parts.filter((part): part is ReportModel => !('error' in part));
	const reports = [...new Map(came.map((report) => [JSON.stringify(report), report])).values()];
	const failed = parts.flatMap((part, index): ReportServer[] =>
		'error' in part
			? [
					{
						name: speech.say('reportNumber', { n: index + 1 }),
						product: '',
						status: 'bad',
						text: speech.say('reportNone', { reason: part.error || speech.say('noReason') }),
					},
				]
			: [],
	);
	const named = nameServers(reports);
	const servers = [
		...failed,
		...named.flatMap(({ report, name }) =>
			name === undefined ? (report.servers ?? []) : [serverOf(report, name)],
		),
	].sort(byStatus);
	/** Rows of a list of all reports, each with its server where a tenant stands. */
	const all = <K extends ReportList>(list: K): ReportModel[K] =>
		named.flatMap(({ report, name }) =>
			report[list].map((row) => ({ ...row, tenant: at(name, row.tenant) })),
		) as ReportModel[K];
	const period = periodOf(reports);
	const news = joinNews(reports);
	const allJobs = named
		.flatMap(({ report, name }) =>
			(Array.isArray(report.allJobs) ? report.allJobs : []).map((job) => ({
				...job,
				tenant: at(name, job.tenant),
			})),
		)
		.sort(byJobName);
	const history = joinHistories(
		named.flatMap(({ report, name }) =>
			isHistory(report.history)
				? [{ history: report.history, name: (tenant?: string) => at(name, tenant) }]
				: [],
		),
	);
	return {
		language,
		title,
		product: [...new Set(reports.map(({ product }) => product))].join(', ') || 'Veeam',
		server: speech.say('servers', { n: servers.length }),
		generatedAt: latest(reports.map(({ generatedAt }) => generatedAt)) ?? period.to,
		period,
		timeZone,
		verdict: verdictOf(servers, speech),
		counts: sumOf(reports.map(({ counts }) => counts)),
		failures: all('failures').sort(
			(a, b) => Number(b.result === 'Failed') - Number(a.result === 'Failed'),
		),
		missedRuns: all('missedRuns'),
		longRuns: all('longRuns'),
		unprotected: all('unprotected'),
		repositories: all('repositories').sort(
			(a, b) => byStatus(a, b) || (b.usedPercent ?? -1) - (a.usedPercent ?? -1),
		),
		licenses: all('licenses').sort(byStatus),
		findings: all('findings').sort(byStatus),
		tenants: named
			.flatMap(({ report, name }) =>
				report.tenants.map((tenant) => ({ ...tenant, name: at(name, tenant.name) ?? '' })),
			)
			.sort(byStatus),
		servers,
		...(history === undefined ? {} : { history }),
		...(allJobs.length === 0 ? {} : { allJobs }),
		...joinExtras(named),
		...(news === undefined ? {} : { news }),
		unavailable: named.flatMap(({ report, name }) =>
			report.unavailable.map((gap) => ({ ...gap, reason: said(name, gap.reason, speech) })),
		),
		notes: [
			...otherLanguages(reports, speech),
			...(reports.length < came.length
				? [speech.say('reportsTwice', { n: came.length - reports.length })]
				: []),
			...leftOut(named, speech),
			...notesOf(named, speech),
		],
	};
}

/** Servers that a note names. */
const NOTE_SERVERS = 3;

/** The notes of all reports: what several of them say is said once, with their names. */
function notesOf(named: Array<{ report: ReportModel; name?: string }>, speech: Speech): string[] {
	const saying = new Map<string, Array<string | undefined>>();
	for (const { report, name } of named)
		for (const note of report.notes) saying.set(note, [...(saying.get(note) ?? []), name]);
	return [...saying].map(([note, all]) => {
		const names = [...new Set(all.flatMap((name) => name ?? []))];
		if (names.length === 0) return note;
		const list = speech.list(names.slice(0, NOTE_SERVERS));
		const more = names.length - NOTE_SERVERS;
		return said(more > 0 ? speech.say('andMore', { list, n: more }) : list, note, speech);
	});
}

/** The lists of sections that some reports have, each row with its server; those that none has are left out. */
function joinExtras(named: Array<{ report: ReportModel; name?: string }>): ReportExtras {
	const joined = EXTRA_LISTS.flatMap((list) => {
		const having = named.filter(({ report }) => Array.isArray(report[list]));
		if (having.length === 0) return [];
		const rows = having.flatMap(({ report, name }) =>
			(report[list] ?? []).map((row) => ({ ...row, tenant: at(name, row.tenant) })),
		);
		return [[list, rows]];
	});
	return Object.fromEntries(joined) as ReportExtras;
}

/** A server as its own report judges it. */
const serverOf = ({ product, host, verdict: { status, text } }: ReportModel, name: string) => ({
	...{ name, product, status, text },
	...(isText(host?.version) ? { version: host.version } : {}),
});

/** Sums, since the earliest of their last reports. */
function joinNews(reports: ReportModel[]): ReportNews | undefined {
	const all = reports.flatMap(({ news }) => (isObject(news) && isText(news.since) ? [news] : []));
	const since = all.map((news) => news.since).sort(byTime)[0];
	if (since === undefined) return undefined;
	const sum = (key: 'count' | 'solved') =>
		all.reduce((total, news) => total + (Number(news[key]) || 0), 0);
	return { since, count: sum('count'), solved: sum('solved') };
}

/** What a row is about, with its server: "Alpha (vspc:1280)". */
const at = (server: string | undefined, what: string | undefined): string | undefined =>
	server === undefined ? what : what === undefined ? server : `${what} (${server})`;

const said = (server: string | undefined, text: string, speech: Speech): string =>
	server === undefined ? text : speech.say('withDetails', { text: server, details: text });

/**
 * Host and port, with the tenant. Where two reports would be called alike the product comes too, then the
 * name of the server, and a number at last: of one server there can be reports on different jobs. A combined
 * report has none: its rows name their servers already.
 */
function nameServers(reports: ReportModel[]): Array<{ report: ReportModel; name?: string }> {
	const whole = reports.filter(({ servers }) => servers === undefined);
	const names = new Map(
		whole.map((report) => [
			report,
			report.tenant === undefined ? report.server : `${report.tenant}, ${report.server}`,
		]),
	);
	const more: Array<(report: ReportModel, place: number) => string> = [
		({ product }) => product,
		({ host }) => (isText(host?.name) ? host.name : ''),
		(_report, place) => String(place),
	];
	for (const details of more) {
		const alike = new Map<string, ReportModel[]>();
		for (const [report, name] of names) alike.set(name, [...(alike.get(name) ?? []), report]);
		for (const [name, several] of alike)
			if (several.length > 1)
				several.forEach((report, index) => {
					const text = details(report, index + 1);
					if (text) names.set(report, `${name} (${text})`);
				});
	}
	return reports.map((report) => {
		const name = names.get(report);
		return name === undefined ? { report } : { report, name };
	});
}

/** Servers that the verdict names; all stand in the rows. */
const TEXT_SERVERS = 5;

function verdictOf(servers: ReportServer[], speech: Speech): ReportModel['verdict'] {
	const total = servers.length;
	const wrong = servers.filter(({ status: one }) => one !== 'good');
	if (wrong.length === 0) return { status: 'good', text: speech.say('serversWell', { n: total }) };
	const named = wrong.slice(0, TEXT_SERVERS).map(({ name, text }) => said(name, text, speech));
	const more = wrong.length - named.length;
	const text =
		total === 1
			? speech.say('serverOnlyNeeds')
			: speech.say('serversNeed', { n: wrong.length, total });
	const details = [...named, ...(more > 0 ? [speech.say('serversMore', { n: more })] : [])];
	const status = worst(wrong.map(({ status: one }) => one));
	return {
		status,
		text: speech.say('withMore', { text, details: details.join(speech.say('semicolon')) }),
		points: [
			{ status, text, section: 'tenants' },
			...named.map(
				(one, index): ReportPoint => ({
					status: wrong[index]?.status ?? status,
					text: one,
				}),
			),
			...(more > 0
				? [
						{
							status: 'warning' as const,
							text: speech.sentence(speech.say('serversMore', { n: more })),
						},
					]
				: []),
		],
	};
}

/** Sums; null where no report knows the figure. */
function sumOf(all: ReportCounts[]): ReportCounts {
	const sums = noCounts();
	for (const key of Object.keys(sums) as Array<keyof ReportCounts>) {
		const known = all.flatMap((counts) => counts[key] ?? []);
		if (known.length > 0) sums[key] = known.reduce((sum, one) => sum + one, 0);
	}
	return sums;
}

/** Servers whose jobs are not in the sums, where those of others are. */
function leftOut(named: Array<{ report: ReportModel; name?: string }>, speech: Speech): string[] {
	const unknown = named.filter(({ report }) => report.counts.jobs === null);
	if (unknown.length === named.length) return [];
	return unknown.map(({ name }) => said(name, speech.say('jobsNotCounted'), speech));
}

/** Sentences of a report are made when it is: another language cannot change them. */
function otherLanguages(reports: ReportModel[], speech: Speech): string[] {
	const n = reports.filter(
		(report) => speechOf(report.language).language !== speech.language,
	).length;
	return n === 0 ? [] : [speech.say('otherLanguages', { n })];
}

const latest = (times: string[]): string | undefined => [...times].sort(byTime).at(-1);

const byTime = (a: string, b: string): number =>
	DateTime.fromISO(a).toMillis() - DateTime.fromISO(b).toMillis();

/** From the earliest beginning to the latest end. */
function periodOf(reports: ReportModel[]): ReportModel['period'] {
	const now = DateTime.utc().toISO();
	const from = reports.map((report) => report.period.from).sort(byTime)[0] ?? now;
	const to = latest(reports.map((report) => report.period.to)) ?? now;
	const hours = Math.round(DateTime.fromISO(to).diff(DateTime.fromISO(from)).as('hours'));
	return { from, to, hours };
}

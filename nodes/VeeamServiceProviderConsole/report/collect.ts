import type { IExecuteFunctions } from 'n8n-workflow';

import { HOUR } from '../../shared/common/time';
import { addDaysLeft, filterFacts, Sections, worstFirst } from '../../shared/report/collect';
import { byStatus, countsOf, daysLeftNote, hostOf, iso } from '../../shared/report/assess';
import type { ReportExtras, ReportGrowth } from '../../shared/report/extraModel';
import { growthOf } from '../../shared/report/growth';
import { jobCounts, jobsSeen } from '../../shared/report/jobTotals';
import { historyOf } from '../../shared/report/history';
import type { ReportModel, ReportStatus } from '../../shared/report/model';
import type { ReportRequest } from '../../shared/report/options';
import { PageReader } from '../../shared/report/pageReader';
import { speechOf, type Speech } from '../../shared/report/speech';
import { assessed } from '../../shared/report/verdict';
import type { VeeamClient, VeeamRequest } from '../../shared/http/types';
import { adapter } from '../api/adapter';
import { readConsole } from './extras';
import { failuresOf, jobStandings, jobStates, longRuns, missedRuns } from './jobs';
import { PATHS } from '../model/queries';
import { readList } from './lists';
import { EstateReader, type Found } from './read';
import { tenantRows, Tenants, type Owned } from './tenants';

/**
 * The protection report of a console, over all tenants or one for each; no request is about a single
 * job or tenant. An estate of 500 jobs and 200 repositories takes twelve, one more where Microsoft
 * 365 servers have jobs: no version gives two of these lists in one answer, and each can turn the
 * verdict alone.
 *
 * @param context keeps samples of the repositories' free space from run to run
 * @throws NodeApiError where the server cannot be reached, or refuses everything; where tenants are
 *   chosen and may not be listed
 */
export async function collect(
	context: Pick<IExecuteFunctions, 'getWorkflowStaticData'>,
	client: VeeamClient,
	options: ReportRequest,
): Promise<ReportModel[]> {
	const reader = new PageReader(client, adapter);
	const speech = speechOf(options.language);
	const sections = new Sections(options.sections, speech, reader);
	// The same time throughout, as the first answer gives it.
	let time: number | undefined;
	const now = () => (time ??= reader.now());

	const version = await readConsole(reader, sections);
	const estate = new EstateReader(reader, sections, options, now, version);
	const tenants = await readTenants(reader, sections, options);
	const found = await estate.all(tenants);
	sections.check();
	const report = new TenantReports(client.origin, sections, options, now());
	report.version = version;
	const filters = [
		filterFacts(estate.jobNames, options.includeJobs, options.excludeJobs, 'Jobs', speech),
		filterFacts(
			tenants.allNames,
			options.includeTenants,
			options.excludeTenants,
			'Tenants',
			speech,
		),
	];
	// Where the jobs or tenants are not known, nobody can say what a pattern would match.
	const known = [found.jobs !== undefined, tenants.areChosen];
	const judged = filters.filter((_, index) => known[index]);
	report.unmatched = judged.flatMap(({ unmatched }) => unmatched);
	report.notes = [...sections.notes, ...estate.notes, ...judged.flatMap(({ notes }) => notes)];
	const all = (found.repositories ?? []).map(({ row }) => row);
	if (all.length > 0)
		report.notes.push(
			daysLeftNote(
				addDaysLeft(all, context.getWorkflowStaticData('node'), client.origin, now()),
				speech,
			),
		);

	report.growth = found.stored
		? growthOf(
				found.stored.map(({ row }) => row),
				context.getWorkflowStaticData('node'),
				client.origin,
				{ now: now(), hours: options.hours },
			)
		: undefined;
	const { wanted } = tenants;
	// A filter that leaves no tenant gives a report all the same: it says so.
	if (!options.onePerTenant || wanted.length === 0)
		return [report.of(found, wanted, { isOverAll: true, areChosen: tenants.areChosen })];
	return wanted.map((company) => report.of(partOf(found, company.id), [company], {}));
}

/** What belongs to one tenant. */
function partOf(found: Found, tenant: string): Found {
	const own = <T extends { tenantId?: string }>(rows: T[] | undefined): T[] | undefined =>
		rows?.filter(({ tenantId }) => tenantId === tenant);
	return {
		jobs: own(found.jobs),
		repositories: own(found.repositories),
		licenses: own(found.licenses),
		findings: own(found.findings),
		unprotected: own(found.unprotected),
		history: own(found.history),
		scaleOut: own(found.scaleOut),
		stored: own(found.stored),
		extras: {
			about: own(found.extras.about),
			infrastructure: own(found.extras.infrastructure),
			verifications: own(found.extras.verifications),
			activities: own(found.extras.activities),
		},
	};
}

/** Without the right to list companies the rest still comes, but not where some are asked for. */
async function readTenants(
	reader: PageReader,
	sections: Sections,
	options: ReportRequest,
): Promise<Tenants> {
	const request: VeeamRequest = { method: 'GET', path: PATHS.companies };
	const { includeTenants, excludeTenants, onePerTenant } = options;
	if (onePerTenant || includeTenants.length + excludeTenants.length > 0)
		return new Tenants(
			// Of a tenant that is not listed nothing is looked at: every section lacks it.
			sections.itemsOf(
				options.sections,
				'Companies',
				await reader.read({ ...request, label: 'Companies' }),
			),
			options,
		);
	const naming = sections.wants('tenants') ? sections : new Sections(['tenants'], sections.speech);
	return new Tenants(await readList(reader, naming, ['tenants'], 'Companies', request), options);
}

/** Makes reports of what was read. */
class TenantReports {
	notes: string[] = [];
	/** Patterns of filters that nothing matches. */
	unmatched: string[] = [];
	/** Of the console; undefined: it is not known. */
	version: string | undefined;
	/** Over all: the first is the sum. */
	growth: ReportGrowth[] | undefined;

	constructor(
		private readonly origin: string,
		private readonly sections: Sections,
		private readonly options: ReportRequest,
		private readonly to: number,
	) {}

	/** @param companies whom the report is about */
	of(
		found: Found,
		companies: Array<{ id: string; name: string }>,
		{ isOverAll = false, areChosen = true }: { isOverAll?: boolean; areChosen?: boolean },
	): ReportModel {
		const { sections, options, to } = this;
		const from = to - options.hours * HOUR;
		const wants = {
			jobs: sections.wants('jobs'),
			missedRuns: sections.wants('missedRuns'),
			findings: sections.wants('findings'),
			tenants: isOverAll && sections.wants('tenants'),
		};
		const { jobs } = found;
		const standings = jobs && jobStandings(jobs, from, to);
		const failures = jobs ? failuresOf(jobs, from, sections.speech) : [];
		const missed = jobs && wants.missedRuns ? missedRuns(jobs, to) : undefined;
		const running = jobs && (wants.jobs || wants.missedRuns) ? longRuns(jobs, from, to) : [];
		const { unprotected, repositories, findings, licenses = [] } = found;
		const rows = <T>(owned: Array<Owned<T>> = []): T[] => owned.map(({ row }) => row);
		const lists = {
			...(missed ? { missedRuns: rows(missed) } : {}),
			...(unprotected
				? { unprotected: rows(unprotected).sort((a, b) => a.name.localeCompare(b.name)) }
				: {}),
			...(repositories ? { repositories: rows(repositories).sort(worstFirst) } : {}),
			...(findings && wants.findings ? { findings: rows(findings).sort(byStatus) } : {}),
		};
		const extras = extrasOf(found.extras);
		const { growth } = this;
		const stored = new Set(rows(found.stored).map(({ id }) => id));
		const grown = growth?.filter(({ id }) => (id === undefined ? isOverAll : stored.has(id)));
		const tenant = isOverAll ? undefined : companies[0]?.name;
		return assessed({
			language: options.language,
			title: options.title,
			product: adapter.displayName,
			server: this.origin.replace(/^https?:\/\//, ''),
			...hostOf({ version: this.version }),
			...(tenant === undefined ? {} : { tenant }),
			generatedAt: iso(to),
			period: { from: iso(from), to: iso(to), hours: options.hours },
			timeZone: options.timeZone,
			counts: countsOf(
				standings && wants.jobs ? jobCounts(standings) : undefined,
				{ ...lists, ...extras },
				options.lowPercent,
			),
			failures: wants.jobs ? rows(failures) : [],
			longRuns: rows(running),
			missedRuns: [],
			unprotected: [],
			repositories: [],
			findings: [],
			...lists,
			licenses: rows(licenses).sort(byStatus),
			tenants: wants.tenants
				? tenantRows(companies, {
						jobs: jobs ?? [],
						failures,
						findings: findings ?? [],
						troubles: [
							...(repositories ?? []),
							...licenses,
							...asTrouble('bad', missed ?? []),
							...asTrouble('bad', unprotected ?? []),
							...asTrouble('warning', running),
							...(found.extras.infrastructure ?? []),
							...(found.extras.verifications ?? []),
							...(found.scaleOut ?? []),
						],
					})
				: [],
			...(jobs && standings && sections.wants('allJobs')
				? { allJobs: jobStates(jobs, standings, to) }
				: {}),
			...extras,
			...(found.scaleOut ? { scaleOut: rows(found.scaleOut) } : {}),
			...(grown ? { growth: grown } : {}),
			...(found.history
				? {
						history: historyOf(
							rows(found.history),
							{ now: to, days: options.historyDays, timeZone: options.timeZone },
							{ since: 0 },
						),
					}
				: {}),
			unavailable: sections.unavailable,
			notes: [
				...this.notes,
				...(wants.tenants && jobs ? idleNote(companies, jobs, sections.speech) : []),
			],
			scope: {
				...options,
				wanted: options.sections,
				...(standings ? { jobs: jobsSeen(standings) } : {}),
				...(areChosen || options.onePerTenant ? { tenants: companies.length } : {}),
				unmatched: this.unmatched,
			},
		});
	}
}

const extrasOf = (found: Found['extras']): ReportExtras => ({
	...(found.about && { about: found.about.map(({ row }) => row) }),
	...(found.infrastructure && { infrastructure: found.infrastructure.map(({ row }) => row) }),
	...(found.verifications && { verifications: found.verifications.map(({ row }) => row) }),
	...(found.activities && { activities: found.activities.map(({ row }) => row) }),
});

const asTrouble = (
	status: ReportStatus,
	owned: Array<Owned<unknown>>,
): Array<Owned<{ status: ReportStatus }>> =>
	owned.map(({ tenantId }) => ({ row: { status }, ...(tenantId ? { tenantId } : {}) }));

/** Tenants named in one note. */
const NAMED = 10;

/** A provider has tenants that only rent a repository: no alarm, but not in silence either. */
function idleNote(
	companies: Array<{ id: string; name: string }>,
	jobs: Array<{ tenantId?: string }>,
	speech: Speech,
): string[] {
	const active = new Set(jobs.map(({ tenantId }) => tenantId));
	const idle = companies.filter(({ id }) => !active.has(id)).map(({ name }) => name);
	if (idle.length === 0) return [];
	const list = speech.list(idle.slice(0, NAMED));
	const more = idle.length - NAMED;
	const tenants = more > 0 ? speech.say('andMore', { list, n: more }) : list;
	return [speech.say('tenantsIdle', { tenants })];
}

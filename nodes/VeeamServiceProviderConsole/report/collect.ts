import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { HOUR } from '../../shared/common/time';
import { addDaysLeft, Sections, worstFirst } from '../../shared/report/collect';
import { byStatus, countsOf, daysLeftNote, iso } from '../../shared/report/assess';
import type {
	ReportFinding,
	ReportLicense,
	ReportModel,
	ReportObject,
	ReportRepository,
} from '../../shared/report/model';
import type { ReportRequest } from '../../shared/report/options';
import { jobCounts, jobsSeen } from '../../shared/report/jobTotals';
import { PageReader } from '../../shared/report/pageReader';
import { assessed } from '../../shared/report/verdict';
import type { VeeamClient } from '../../shared/http/types';
import { adapter } from '../api/adapter';
import { text } from '../model/lists';
import { failuresOf, jobStandings, missedRuns, readJobs, type ReportedJob } from './jobs';
import {
	LICENSES,
	readAlarms,
	readConsoleLicense,
	readLicenses,
	readRepositories,
	readServers,
	readUnprotected,
	WORKLOADS,
} from './state';
import { organizationOf, tenantRows, Tenants, type Owned } from './tenants';

/** All that was read, with whose it is. */
interface Found {
	jobs: ReportedJob[];
	repositories: Array<Owned<ReportRepository>>;
	licenses: Array<Owned<ReportLicense>>;
	findings: Array<Owned<ReportFinding>>;
	unprotected: Array<Owned<ReportObject>>;
}

/**
 * The protection report of a console, over all tenants or one for each, in at most twelve requests
 * for an estate of 500 jobs and 200 repositories; none of them is about a single job or tenant.
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
	const reader = new PageReader(client, adapter.paging);
	const sections = new Sections(options.sections);
	// The same time throughout, as the first answer tells it.
	let time: number | undefined;
	const now = () => (time ??= reader.now());

	const tenants = await readTenants(reader, sections, options);
	const { found, notes, isRead } = await readAll(reader, sections, tenants, options, now);
	sections.check();
	const all = found.repositories.map(({ row }) => row);
	if (all.length > 0)
		notes.push(
			daysLeftNote(addDaysLeft(all, context.getWorkflowStaticData('node'), client.origin, now())),
		);

	const to = now();
	const from = to - options.hours * HOUR;
	const model = (
		{ jobs, ...lists }: Found,
		companies: Array<{ id: string; name: string }>,
		tenant?: string,
	): ReportModel => {
		const rows = <T>(owned: Array<Owned<T>>): T[] => owned.map(({ row }) => row);
		const wantsJobs = sections.wants('jobs');
		const failures = wantsJobs || sections.wants('tenants') ? failuresOf(jobs, from) : [];
		const standings = jobStandings(jobs, from, to);
		const owners = new Map(jobs.map(({ id, tenantId }) => [id, tenantId]));
		const shown = {
			missedRuns: sections.wants('missedRuns') ? missedRuns(jobs, to) : [],
			unprotected: rows(lists.unprotected).sort((a, b) => a.name.localeCompare(b.name)),
			repositories: rows(lists.repositories).sort(worstFirst),
			findings: sections.wants('findings') ? rows(lists.findings).sort(byStatus) : [],
		};
		return assessed({
			title: options.title,
			product: adapter.displayName,
			server: client.origin.replace(/^https?:\/\//, ''),
			...(tenant === undefined ? {} : { tenant }),
			generatedAt: iso(to),
			period: { from: iso(from), to: iso(to), hours: options.hours },
			timeZone: options.timeZone,
			counts: countsOf(
				wantsJobs && isRead ? jobCounts(standings) : undefined,
				{
					...(sections.wants('missedRuns') && isRead ? { missedRuns: shown.missedRuns } : {}),
					...(sections.wants('unprotected') ? { unprotected: shown.unprotected } : {}),
					...(sections.wants('repositories') ? { repositories: shown.repositories } : {}),
					...(sections.wants('findings') ? { findings: shown.findings } : {}),
				},
				options.lowPercent,
			),
			scope: {
				...options,
				wanted: options.sections,
				...(isRead ? { jobs: jobsSeen(standings) } : {}),
			},
			failures: wantsJobs ? failures : [],
			longRuns: [],
			...shown,
			licenses: rows(lists.licenses).sort(byStatus),
			tenants:
				tenant === undefined && sections.wants('tenants')
					? tenantRows(companies, {
							jobs,
							failures: failures.map((row) => ({ row, tenantId: owners.get(row.id) })),
							findings: lists.findings,
						})
					: [],
			unavailable: sections.unavailable,
			notes,
		});
	};
	if (!options.onePerTenant) return [model(found, tenants.wanted)];
	return tenants.wanted.map((company) => {
		const own = <T extends { tenantId?: string }>(rows: T[]): T[] =>
			rows.filter(({ tenantId }) => tenantId === company.id);
		const part: Found = {
			jobs: own(found.jobs),
			repositories: own(found.repositories),
			licenses: own(found.licenses),
			findings: own(found.findings),
			unprotected: own(found.unprotected),
		};
		return model(part, [company], company.name);
	});
}

/** Without the right to list companies the rest still comes, but not where some are asked for. */
async function readTenants(
	reader: PageReader,
	sections: Sections,
	options: ReportRequest,
): Promise<Tenants> {
	const read = async () =>
		await reader.list({ method: 'GET', path: '/organizations/companies', label: 'Companies' });
	const isChosen =
		options.onePerTenant || options.includeTenants.length + options.excludeTenants.length > 0;
	if (isChosen) return new Tenants(await read(), options);
	const naming = sections.wants('tenants') ? sections : new Sections(['tenants']);
	return new Tenants(await naming.of('tenants', 'Companies', read), options);
}

/** What must be there comes first; lists of workloads are read as far as requests are left. */
async function readAll(
	reader: PageReader,
	sections: Sections,
	tenants: Tenants,
	options: ReportRequest,
	now: () => number,
): Promise<{ found: Found; notes: string[]; isRead: boolean }> {
	const notes: string[] = [];
	const wanting = (['jobs', 'missedRuns', 'tenants'] as const).find((one) => sections.wants(one));
	const read = wanting && (await readJobs(reader, sections, wanting, tenants, options));
	const jobs = read?.jobs;
	if (jobs && sections.wants('jobs'))
		notes.push(
			'The console knows the last run of each job only: failures before it and last successes are not told. A Microsoft 365 job counts by the time its last run began.',
		);
	if (jobs && sections.wants('missedRuns'))
		notes.push(
			'Missed runs are those of agent jobs and Microsoft 365 jobs: the console does not tell when a backup server job should run next.',
		);

	const owning = (['repositories', 'licenses'] as const).find((one) => sections.wants(one));
	const servers =
		(owning &&
			(await sections.of(owning, 'Backup servers', async () => await readServers(reader)))) ??
		new Map<string, IDataObject>();
	const repositories =
		(await sections.of(
			'repositories',
			'Repositories',
			async () => await readRepositories(reader, servers, tenants, options.lowPercent),
		)) ?? [];
	const alarmsFor = (['findings', 'tenants'] as const).find((one) => sections.wants(one));
	const findings =
		(alarmsFor &&
			(await sections.of(alarmsFor, 'Alarms', async () => await readAlarms(reader, tenants)))) ??
		[];
	const licenses = await readAllLicenses(reader, sections, tenants, options, {
		microsoft365: read?.microsoft365,
		servers,
		now,
	});

	const unprotected: Array<Owned<ReportObject>> = [];
	const counted: string[] = [];
	for (const workload of sections.wants('unprotected') ? WORKLOADS : []) {
		if (reader.left === 0) break;
		const before = now() - options.rpoHours * HOUR;
		const bare = await sections.of(
			'unprotected',
			workload.what,
			async () => await readUnprotected(reader, workload, before, tenants),
		);
		if (bare) counted.push(workload.what.toLowerCase());
		unprotected.push(...(bare ?? []));
	}
	if (counted.length > 0)
		notes.push(
			`Restore points are looked at for ${counted.join(', ')}; other protected workloads are not counted.`,
		);
	return {
		found: { jobs: jobs ?? [], repositories, licenses, findings, unprotected },
		notes,
		isRead: jobs !== undefined,
	};
}

async function readAllLicenses(
	reader: PageReader,
	sections: Sections,
	tenants: Tenants,
	{ expiresInDays, includeTenants }: ReportRequest,
	{
		microsoft365,
		servers,
		now,
	}: {
		microsoft365: IDataObject[] | undefined;
		servers: Map<string, IDataObject>;
		now: () => number;
	},
): Promise<Array<Owned<ReportLicense>>> {
	const judging = () => ({ now: now(), expiresInDays });
	const all: Array<Owned<ReportLicense>> = [];
	if (includeTenants.length === 0) {
		const console = await sections.of(
			'licenses',
			'License of the console',
			async () => await readConsoleLicense(reader, judging),
		);
		if (console) all.push({ row: console });
	}
	const ofServers = await sections.of(
		'licenses',
		LICENSES.servers.what,
		async () =>
			await readLicenses(
				reader,
				LICENSES.servers,
				(id) => ({
					name: text(servers.get(id)?.name) || id,
					organization: text(servers.get(id)?.organizationUid),
				}),
				tenants,
				judging,
			),
	);
	const vb365 = await microsoft365Servers(reader, sections, microsoft365);
	const ofVb365 =
		vb365.size === 0
			? undefined
			: await sections.of(
					'licenses',
					LICENSES.vb365.what,
					async () =>
						await readLicenses(
							reader,
							LICENSES.vb365,
							(id) => ({
								name: text(vb365.get(id)?.vb365ServerName) || text(vb365.get(id)?.name) || id,
								organization: organizationOf(vb365.get(id) ?? {}),
							}),
							tenants,
							judging,
						),
				);
	return [...all, ...(ofServers ?? []), ...(ofVb365 ?? [])];
}

/** Jobs name their Microsoft 365 server and its company; where no jobs are read, its list does. */
async function microsoft365Servers(
	reader: PageReader,
	sections: Sections,
	jobs: IDataObject[] | undefined,
): Promise<Map<string, IDataObject>> {
	if (jobs) return new Map(jobs.map((job) => [text(job.vb365ServerUid), job]));
	const path = '/infrastructure/vb365Servers';
	const servers = await sections.of(
		'licenses',
		'Microsoft 365 servers',
		async () => await reader.list({ method: 'GET', path, label: 'Microsoft 365 Servers' }),
	);
	return new Map((servers ?? []).map((server) => [text(server.instanceUid), server]));
}

import type { IDataObject } from 'n8n-workflow';

import { HOUR } from '../../shared/common/time';
import { iso } from '../../shared/report/assess';
import { jobPasses, type Sections } from '../../shared/report/collect';
import type {
	ReportFinding,
	ReportLicense,
	ReportObject,
	ReportRepository,
	ReportSection,
} from '../../shared/report/model';
import type { ReportScaleOut } from '../../shared/report/extraModel';
import type { Stored } from '../../shared/report/growth';
import type { ReportRequest } from '../../shared/report/options';
import { historyStart, type JobPast } from '../../shared/report/history';
import type { Term } from '../../shared/report/languages/en';
import type { Speech } from '../../shared/report/speech';
import type { PageReader } from '../../shared/report/pageReader';
import { unreadIn } from '../../shared/report/readable';
import type { VeeamRequest } from '../../shared/http/types';
import { ALARMS, deciding as decidingOfAlarms, readAlarm } from '../model/alarms';
import { hasJobHistory, readJobHistory } from '../model/jobHistory';
import { decidingOf, JOB_KINDS, readJob, type Job, type JobKind } from '../model/jobs';
import {
	deciding as decidingOfLicenses,
	isLicense,
	licenseKind,
	readLicense,
} from '../model/licenses';
import { PATHS, sortBy } from '../model/queries';
import {
	deciding as decidingOfRepositories,
	readRepository,
	REPOSITORIES,
} from '../model/repositories';
import { deciding as decidingOfServers, readServer, type Server } from '../model/servers';
import { deciding as decidingOfWorkloads, readWorkloads, WORKLOADS } from '../model/workloads';
import { text } from '../model/values';
import { readList, type Judged } from './lists';
import { ExtraReader, type FoundExtras } from './extras';
import type { ReportedJob } from './jobs';
import { alarmRows, licenseRow, licenseRows, repositoryRows, unprotectedRows } from './state';
import { scaleOutRows, storedRows } from './stores';
import type { Owned, Tenants } from './tenants';

/** All that was read, with whose it is; undefined: nobody asked for it, or none of it could be read. */
export interface Found {
	jobs?: ReportedJob[];
	repositories?: Array<Owned<ReportRepository>>;
	licenses?: Array<Owned<ReportLicense>>;
	findings?: Array<Owned<ReportFinding>>;
	unprotected?: Array<Owned<ReportObject>>;
	history?: Array<Owned<JobPast>>;
	scaleOut?: Array<Owned<ReportScaleOut>>;
	stored?: Array<Owned<Stored>>;
	extras: FoundExtras;
}

/** Reads the lists of one report. What is refused or cut is left to `sections`; nothing is skipped. */
export class EstateReader {
	readonly notes: string[] = [];
	private readonly speech: Speech;
	/** Of all jobs of the tenants that the report is about, whether the report is about them or not. */
	readonly jobNames: string[] = [];
	/** Microsoft 365 servers as their jobs name them; undefined where the jobs were not read. */
	private microsoft365: Map<string, Pick<Server, 'name' | 'organization'>> | undefined;

	constructor(
		private readonly reader: PageReader,
		private readonly sections: Sections,
		private readonly options: ReportRequest,
		private readonly now: () => number,
		/** Of the console. */
		private readonly version?: string,
	) {
		this.speech = sections.speech;
	}

	async all(tenants: Tenants): Promise<Found> {
		const jobs = await this.jobs(tenants);
		const servers = await this.servers(tenants);
		const repositories = await this.repositories(servers, tenants);
		const { lowPercent } = this.options;
		const wants = this.sections.wants.bind(this.sections);
		const alarms = await this.list(
			['findings', 'tenants'],
			'Alarms',
			{
				method: 'GET',
				path: ALARMS,
				query: {
					filter: JSON.stringify([
						{ property: 'lastActivation.status', operation: 'in', value: ['Error', 'Warning'] },
					]),
					sort: sortBy('lastActivation.time', 'descending'),
				},
			},
			{
				deciding: decidingOfAlarms,
				isOurs: (record) => tenants.mayPass(readAlarm(record).about.organization),
			},
		);
		const licenses = await this.licenses(servers, tenants);
		const unprotected = await this.unprotected(tenants);
		const history = await this.history(tenants);
		const extras = new ExtraReader(this.reader, this.sections, tenants, servers, this.version);
		const known = repositories?.map(readRepository);
		return {
			extras: await extras.all(this.now() - this.options.hours * HOUR),
			...(known && wants('scaleOut')
				? { scaleOut: scaleOutRows(known, servers, tenants, lowPercent) }
				: {}),
			...(known && wants('growth') ? { stored: storedRows(known, servers, tenants) } : {}),
			...(jobs ? { jobs } : {}),
			...(repositories && wants('repositories')
				? { repositories: repositoryRows(repositories, servers, tenants, lowPercent) }
				: {}),
			...(alarms ? { findings: alarmRows(alarms, tenants, this.sections.speech) } : {}),
			...(licenses ? { licenses } : {}),
			...(unprotected ? { unprotected } : {}),
			...(history ? { history } : {}),
		};
	}

	/** What the console remembers of past runs; it is asked for nothing where the version cannot. */
	private async history(tenants: Tenants): Promise<Array<Owned<JobPast>> | undefined> {
		const { version } = this.reader.client;
		if (!hasJobHistory(version)) {
			this.sections.notOffered('history', this.speech.say('historyMissing', { version }));
			return undefined;
		}
		const { historyDays, timeZone } = this.options;
		const start = historyStart(this.now(), historyDays, timeZone);
		const jobs = await this.sections.of(
			'history',
			'Session States Dashboard',
			async () => await readJobHistory(this.reader, start, this.now()),
		);
		if (jobs) this.notes.push(this.speech.say('historyRemembered'));
		return jobs
			?.filter(({ organization }) => tenants.passes(organization))
			.filter(({ name }) => jobPasses(name, this.options))
			.map(({ organization, ...job }) => {
				const { tenant, tenantId } = tenants.of(organization);
				return {
					row: { ...job, ...(tenant === undefined ? {} : { tenant }) },
					...(tenantId === undefined ? {} : { tenantId }),
				};
			});
	}

	private async list(
		sections: ReportSection[],
		what: Term,
		request: VeeamRequest,
		judged?: Judged,
	): Promise<IDataObject[] | undefined> {
		return await readList(this.reader, this.sections, sections, what, request, judged);
	}

	/** Jobs of backup servers, agents and Microsoft 365. A list that may not be read is left out. */
	private async jobs(tenants: Tenants): Promise<ReportedJob[] | undefined> {
		const all: ReportedJob[] = [];
		let isRead = false;
		const concerned: ReportSection[] = this.sections.wants('jobs', 'missedRuns', 'tenants')
			? ['jobs', 'missedRuns', 'tenants']
			: ['allJobs'];
		for (const kind of JOB_KINDS) {
			const records = await this.list(concerned, kind.name, {
				method: 'GET',
				path: kind.path,
			});
			if (!records) continue;
			isRead = true;
			const jobs = records.map((record) => readJob(kind, record));
			if (kind.value === 'vb365')
				this.microsoft365 = new Map(
					jobs.map(({ record, organization }) => [
						text(record.vb365ServerUid),
						{ name: text(record.vb365ServerName), organization },
					]),
				);
			const ours = jobs.filter(({ organization }) => tenants.passes(organization));
			this.jobNames.push(...ours.map(({ name }) => name));
			const chosen = ours.filter(({ name }) => jobPasses(name, this.options));
			this.unreadOf(kind, chosen);
			all.push(...chosen.map((job) => ({ ...job, ...tenants.of(job.organization) })));
		}
		if (isRead && this.sections.wants('jobs')) this.notes.push(this.speech.say('lastRunsOnly'));
		if (isRead && this.sections.wants('missedRuns'))
			this.notes.push(this.speech.say('missedRunsOfSome'));
		return isRead ? all : undefined;
	}

	/** Says which values of jobs decide and cannot be read. */
	private unreadOf(kind: JobKind, jobs: Job[]): void {
		for (const section of ['jobs', 'missedRuns'] as const)
			this.sections.unread(
				section,
				kind.name,
				jobs.map(({ record }) => record),
				{
					deciding: (record) => decidingOf[section]({ kind, record }),
					about: ({ name }) => text(name),
					now: this.now(),
				},
			);
	}

	/** By id: repositories and licenses name their server by it alone. */
	private async servers(tenants: Tenants): Promise<Map<string, Server>> {
		const needing: ReportSection[] = this.sections.wants('repositories', 'licenses')
			? ['repositories', 'licenses', 'infrastructure', 'about']
			: ['infrastructure', 'about', 'growth', 'scaleOut', 'verifications'];
		const records = await this.list(
			needing,
			'Backup servers',
			{ method: 'GET', path: PATHS.servers },
			{
				deciding: decidingOfServers,
				isOurs: (record) => tenants.mayPass(readServer(record).organization),
			},
		);
		return byId(records);
	}

	private async repositories(
		servers: Map<string, Server>,
		tenants: Tenants,
	): Promise<IDataObject[] | undefined> {
		const { path, query } = REPOSITORIES;
		const records = await this.list(['repositories', 'growth', 'scaleOut'], 'Repositories', {
			method: 'GET',
			path,
			query,
		});
		if (!records) return undefined;
		const joined = records
			.map(readRepository)
			.filter(({ serverId }) => tenants.mayPass(servers.get(serverId)?.organization ?? ''))
			.map(({ record }) => record);
		this.sections.unread(['repositories', 'scaleOut'], 'Repositories', joined, {
			...{ deciding: decidingOfRepositories, about: ({ name }) => text(name), now: this.now() },
		});
		return records;
	}

	private async licenses(
		servers: Map<string, Server>,
		tenants: Tenants,
	): Promise<Array<Owned<ReportLicense>> | undefined> {
		const { expiresInDays, includeTenants } = this.options;
		const assessing = () => ({ now: this.now(), expiresInDays });
		const all: Array<Owned<ReportLicense>> = [];
		let isRead = false;
		// The console's own license belongs to no tenant.
		if (includeTenants.length === 0) {
			const { what, path } = licenseKind('console');
			const record = await this.sections.of(
				'licenses',
				what,
				async () => await this.reader.get(path, 'data'),
			);
			isRead ||= record !== undefined;
			if (record && isLicense(record))
				all.push({
					row: licenseRow(record, { name: 'Veeam Service Provider Console' }, assessing()),
				});
			if (record && isLicense(record))
				this.sections.unread('licenses', what, [record], {
					...{ deciding: decidingOfLicenses, now: this.now() },
				});
			else if (record)
				this.sections.cut(
					'licenses',
					this.speech.say('licenseNone', { what: this.speech.term(what) }),
				);
		}
		const read = async (
			value: 'servers' | 'vb365',
			owners: Map<string, Pick<Server, 'name' | 'organization'>>,
		) => {
			const { what, path } = licenseKind(value);
			const request: VeeamRequest = { method: 'GET', path };
			const records = await this.list(['licenses'], what, request, {
				deciding: decidingOfLicenses,
				isOurs: (record) =>
					tenants.mayPass(owners.get(readLicense(record).serverId)?.organization ?? ''),
			});
			isRead ||= records !== undefined;
			all.push(...licenseRows(records ?? [], owners, tenants, assessing()));
		};
		await read('servers', servers);
		if (this.sections.wants('licenses')) {
			const owners = await this.microsoft365Servers();
			if (owners?.size === 0) this.notes.push(this.speech.say('licensesNotLookedAt'));
			else await read('vb365', owners ?? new Map());
		}
		return isRead ? all : undefined;
	}

	/**
	 * Jobs name their Microsoft 365 server and its company; where no jobs are read, its list does.
	 *
	 * @returns undefined where neither could be read
	 */
	private async microsoft365Servers(): Promise<
		Map<string, Pick<Server, 'name' | 'organization'>> | undefined
	> {
		if (this.microsoft365) return this.microsoft365;
		const records = await this.list(['licenses'], 'Microsoft 365 servers', {
			method: 'GET',
			path: PATHS.vb365Servers,
		});
		return records && byId(records);
	}

	private async unprotected(tenants: Tenants): Promise<Array<Owned<ReportObject>> | undefined> {
		const all: Array<Owned<ReportObject>> = [];
		const counted: string[] = [];
		for (const { what, type, path } of WORKLOADS) {
			const before = this.now() - this.options.rpoHours * HOUR;
			const young = {
				property: 'latestRestorePointDate',
				operation: 'greaterThanOrEqual',
				value: iso(before),
			};
			const records = await this.list(
				['unprotected'],
				what,
				{
					method: 'GET',
					path,
					// Not "lessThan": one without any restore point has no date.
					query: { filter: JSON.stringify([{ operation: 'not', items: [young] }]) },
				},
				{
					deciding: decidingOfWorkloads,
					isOurs: (record) =>
						readWorkloads([record]).every(({ organization }) => tenants.mayPass(organization)),
				},
			);
			if (!records) continue;
			// Of the others nobody can say whether they have one that is young enough.
			const dated = records.filter(
				(record) => unreadIn(record, decidingOfWorkloads, this.now()).length === 0,
			);
			counted.push(this.speech.term(what.toLowerCase()));
			all.push(...unprotectedRows(dated, type, before, tenants));
		}
		if (counted.length === 0) return undefined;
		this.notes.push(this.speech.say('workloadsCounted', { lists: this.speech.list(counted) }));
		return all;
	}
}

const byId = (records: IDataObject[] | undefined): Map<string, Server> =>
	new Map((records ?? []).map(readServer).map((server) => [server.id, server]));

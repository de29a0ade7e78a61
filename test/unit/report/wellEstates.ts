/**
 * Estates of every product and version that are well, what each field of their answers decides, and a tally
 * of what may never be said of an estate. Nothing here is asked of the report.
 */
import { NodeApiError, type IDataObject } from 'n8n-workflow';

import { collect as collectMicrosoft365 } from '../../../nodes/VeeamBackupMicrosoft365/report/collect';
import { collect as collectReplication } from '../../../nodes/VeeamBackupReplication/report/collect';
import { collect as collectConsole } from '../../../nodes/VeeamServiceProviderConsole/report/collect';
import type { VeeamClient } from '../../../nodes/shared/http/types';
import { renderCsv } from '../../../nodes/shared/report/csv';
import { renderHtml } from '../../../nodes/shared/report/html';
import type { ReportModel, ReportSection } from '../../../nodes/shared/report/model';
import type { ReportRequest } from '../../../nodes/shared/report/options';
import { renderSlackBlocks } from '../../../nodes/shared/report/slackBlocks';
import { LANGUAGES, type Language } from '../../../nodes/shared/report/speech';
import { renderTeamsCard } from '../../../nodes/shared/report/teamsCard';
import { renderText } from '../../../nodes/shared/report/text';
import { subject } from '../../../nodes/shared/report/words';
import { backupServer, REVISIONS, type BackupServer } from '../../support/backupServer';
import { recordIn, SLIP, textsOf } from '../../support/damage';
import { request } from '../../support/reportClient';
import { makeEstate } from '../m365/oracle/estate';
import { diceOf } from '../m365/oracle/random';
import { VERSIONS as MICROSOFT_365 } from '../m365/oracle/schema';
import { serve } from '../m365/oracle/server';
import { consoleOf } from '../vspc/console';
import { estateOf, VERSIONS as CONSOLES } from '../vspc/estates';

const NOW = Date.now();
const at = (hours: number): string => new Date(NOW + hours * 3_600_000).toISOString();

/**
 * What a field decides:
 *
 * - `must`: the server always says it, and without it nothing is known: never good;
 * - `may`: nothing there is an answer ("never", "no limit"); what cannot be read is none: not good then;
 * - `past`: as `may`, and a time that has not come says nothing either;
 * - `free`: names, links and the like, by which records are found: only words and crashes are looked at.
 *
 * What is not listed decides nothing: the report stays good.
 */
export type Decides = 'must' | 'may' | 'past' | 'free';

export interface Product {
	name: string;
	client(): VeeamClient;
	/** @param more options that are not the usual ones */
	report(
		client: VeeamClient,
		language: Language,
		more?: Partial<ReportRequest>,
	): Promise<ReportModel[]>;
	fields: Record<string, Record<string, Decides>>;
}

const ALL: ReportSection[] = [
	...(['jobs', 'missedRuns', 'unprotected', 'repositories', 'licenses', 'findings'] as const),
	...(['tenants', 'history', 'allJobs', 'about', 'notBackedUp', 'verifications'] as const),
	...(['configBackup', 'infrastructure', 'activities', 'growth', 'scaleOut'] as const),
];

const SPOKEN = Object.keys(LANGUAGES) as Language[];

const context = () => ({ getWorkflowStaticData: () => ({}) });

const session = (id: string, jobId: string, sessionType: string): IDataObject => ({
	...{ id, jobId, name: jobId, sessionType, state: 'Stopped', usn: 1, initiatedBy: 'ada' },
	...{ creationTime: at(-3), endTime: at(-2), progressPercent: 100, platformName: 'VMware' },
	result: { result: 'Success', message: '', isCanceled: false },
	progress: { readSize: 10, transferredSize: 5 },
});

/** A server on which everything that a report can look at is there, and well. */
const WELL: BackupServer = {
	jobs: ['j1', 'j2'].map((id) => ({
		...{ id, name: id, type: 'Backup', status: 'Inactive', workload: 'vm', description: '' },
		...{ lastResult: 'Success', lastRun: at(-3), nextRun: at(9), sessionId: `s-${id}` },
	})),
	sessions: [
		session('s-j1', 'j1', 'BackupJob'),
		session('s-j2', 'j2', 'BackupJob'),
		session('s-sb', 'sb', 'SureBackup'),
		session('s-rs', '00000000-0000-0000-0000-000000000000', 'RestoreVm'),
	],
	repositories: ['r1', 'r2'].map((id) => ({
		...{ id, name: id, type: 'WinLocal', hostName: 'h', path: 'C:\\', isOnline: true },
		...{ capacityGB: 100, freeGB: 50, usedSpaceGB: 50, isOutOfDate: false },
	})),
	objects: [
		...['m1', 'm2'].map((name) => ({
			...{ id: `o-${name}`, name, type: 'VM', platformName: 'VMware', platformId: 'p' },
			...{ restorePointsCount: 3, backupId: 'b', objectId: `vm-${name}` },
		})),
	],
	points: ['m1', 'm2'].map((name) => ({
		...{ id: `p-${name}`, name, platformName: 'VMware', platformId: 'p', backupId: 'b' },
		...{ creationTime: at(-4), type: 'Increment', backupObjectId: `o-${name}` },
	})),
	inventory: ['m1', 'm2'].map((name) => ({
		...{ name, objectId: `vm-${name}`, hostName: 'vc', size: '1 GB', platform: 'VMware' },
		type: 'VirtualMachine',
	})),
	malware: [
		{ severity: 'Clean', state: 'Created' },
		{ severity: 'Infected', state: 'FalsePositive' },
	].map((one, index) => ({
		...{ id: `e${index}`, type: 'Unknown', detectionTimeUtc: at(-2), creationTimeUtc: at(-2) },
		...{ details: 'd', source: 's', createdBy: 'c', engine: 'e', ...one },
		machine: { displayName: 'm1', uuid: `u${index}`, backupObjectId: 'o-m1' },
	})),
	practices: [
		{ id: 'x', bestPractice: 'MFAEnabled', status: 'OK', note: '' },
		{ id: 'y', bestPractice: 'EmailNotification', status: 'Suppressed', note: '' },
	],
	servers: [{ id: 'v', name: 'vc', type: 'ViHost', description: '', status: 'Available' }],
	proxies: [
		{
			...{ id: 'x', name: 'proxy', description: '', type: 'ViProxy', hostName: 'h', hostId: 'h' },
			...{ isDisabled: false, isOnline: true, isOutOfDate: false },
		},
	],
	replicas: [{ id: 'q', name: 'replica', type: 'Regular', jobId: 'j', state: 'Ready' }],
	scaleOut: [
		{
			...{ id: 'so', name: 'SOBR', description: '' },
			performanceTier: { performanceExtents: [{ id: 'r1', name: 'r1', status: ['Normal'] }] },
			capacityTier: { isEnabled: false },
			archiveTier: { isEnabled: false },
		},
	],
	configBackup: {
		isEnabled: true,
		backupRepositoryId: 'r1',
		lastSuccessfulBackup: { lastSuccessfulTime: at(-8), sessionId: 'c' },
	},
	info: { name: 'B', buildVersion: '13.0.1.1', patches: [] },
	license: {
		...{ status: 'Valid', edition: 'EnterprisePlus', type: 'Subscription', licensedTo: 'X' },
		expirationDate: at(9_000),
		instanceLicenseSummary: { licensedInstancesNumber: 100, usedInstancesNumber: 40 },
	},
};

const INSTANCES = 'instanceLicenseSummary';
const TIER = 'performanceTier';

const REPLICATION: Product['fields'] = {
	'/api/v1/jobs/states': {
		...{ id: 'free', name: 'free', status: 'must', lastResult: 'may', nextRun: 'may' },
		...{ lastRun: 'free', sessionId: 'free' },
	},
	'/api/v1/sessions': {
		...{ id: 'free', jobId: 'free', name: 'free', sessionType: 'free', state: 'must' },
		...{ result: 'must', 'result.result': 'must', endTime: 'free', creationTime: 'free' },
		...{ initiatedBy: 'free', 'result.isCanceled': 'free' },
	},
	'/api/v1/backupInfrastructure/repositories/states': {
		...{ isOnline: 'must', capacityGB: 'must', freeGB: 'must', id: 'free', isOutOfDate: 'free' },
	},
	'/api/v1/license': {
		...{ status: 'must', expirationDate: 'may', [INSTANCES]: 'may' },
		...{ [`${INSTANCES}.licensedInstancesNumber`]: 'must' },
		...{ [`${INSTANCES}.usedInstancesNumber`]: 'must', [`${INSTANCES}.expirationDate`]: 'may' },
	},
	'/api/v1/malwareDetection/events': {
		...{ severity: 'must', state: 'free', creationTimeUtc: 'free', detectionTimeUtc: 'free' },
		...{ machine: 'free', 'machine.uuid': 'free' },
	},
	'/api/v1/securityAnalyzer/bestPractices': { status: 'must' },
	'/api/v1/backupObjects': {
		...{ id: 'free', name: 'free', platformName: 'free', platformId: 'free', backupId: 'free' },
		...{ objectId: 'free', restorePointsCount: 'free' },
	},
	'/api/v1/restorePoints': {
		...{ creationTime: 'past', name: 'free', platformName: 'free', platformId: 'free' },
		...{ backupId: 'free' },
	},
	'/api/v1/backupInfrastructure/proxies/states': {
		...{ isOnline: 'must', isDisabled: 'must', isOutOfDate: 'must' },
	},
	'/api/v1/backupInfrastructure/managedServers': { status: 'must' },
	'/api/v1/configBackup': {
		...{ isEnabled: 'must', lastSuccessfulBackup: 'must' },
		'lastSuccessfulBackup.lastSuccessfulTime': 'past',
	},
	'/api/v1/replicas': { state: 'may' },
	'/api/v1/backupInfrastructure/scaleOutRepositories': {
		...{ [TIER]: 'must', [`${TIER}.performanceExtents`]: 'must' },
		...{ [`${TIER}.performanceExtents.status`]: 'may' },
		...{ [`${TIER}.performanceExtents.id`]: 'free' },
	},
	'/api/v1/serverInfo': { name: 'free', buildVersion: 'free' },
	'/api/v1/inventory': { hostName: 'free', name: 'free', platform: 'free', type: 'free' },
	'/api/v1/inventory/{hostname}': {
		...{ hostName: 'free', name: 'free', platform: 'free', type: 'free', objectId: 'free' },
	},
};

const M365_JOB: Record<string, Decides> = {
	...{ id: 'free', name: 'free', isEnabled: 'free', lastStatus: 'may', lastRun: 'free' },
	...{ nextRun: 'may', schedulePolicy: 'free', _links: 'free', organizationId: 'free' },
	...{ backupJobId: 'free', 'schedulePolicy.type': 'free', 'schedulePolicy.dailyType': 'free' },
	...{ 'schedulePolicy.scheduleEnabled': 'free', '_links.organization': 'free' },
	'_links.organization.href': 'free',
};

const MICROSOFT: Product['fields'] = {
	'/Jobs': M365_JOB,
	'/CopyJobs': M365_JOB,
	'/JobSessions': {
		...{ id: 'free', jobId: 'free', status: 'must', creationTime: 'free', endTime: 'free' },
		...{ _links: 'free', '_links.job': 'free', '_links.job.href': 'free', jobType: 'free' },
		...{ '_links.self': 'free', '_links.self.href': 'free' },
	},
	'/BackupRepositories': {
		...{ capacityBytes: 'may', freeSpaceBytes: 'may', objectStorage: 'free' },
		...{ isOutOfSync: 'must', isOutOfOrder: 'must', isOutdated: 'must', objectStorageId: 'free' },
		...{ 'objectStorage.sizeLimitEnabled': 'free', 'objectStorage.sizeLimitGB': 'free' },
		...{ 'objectStorage.freeSpaceBytes': 'free' },
	},
	'/objectstoragerepositories': {
		...{ id: 'free', sizeLimitEnabled: 'free', sizeLimitGB: 'free', freeSpaceBytes: 'free' },
	},
	'/Proxies': { status: 'must', maintenanceModeState: 'free' },
	'/License': {
		...{ status: 'must', licenseExpires: 'may', expirationDate: 'may' },
		...{ totalNumber: 'must', usedNumber: 'must' },
	},
	'/LicensedUsers': { id: 'free', name: 'free', lastBackupDate: 'past' },
	'/ProtectedUsers': {
		id: 'free',
		msid: 'free',
		displayName: 'free',
		mailboxes: 'free',
		'mailboxes.email': 'free',
	},
	'/Organizations/{organizationId}/Users': {
		...{ id: 'free', name: 'free', displayName: 'free', type: 'free', msid: 'free' },
	},
	'/ServiceInstance': { version: 'free' },
};

const CONSOLE_JOB: Record<string, Decides> = {
	...{ instanceUid: 'free', uniqueUid: 'free', organizationUid: 'free', isEnabled: 'free' },
	...{ mappedOrganizationUid: 'free', vspcOrganizationUid: 'free', backupServerUid: 'free' },
	...{ vb365ServerUid: 'free', name: 'free', nextRun: 'may', lastRun: 'free' },
};
const CONSOLE_LICENSE: Record<string, Decides> = { status: 'must', expirationDate: 'may' };
const CONSOLE_WORKLOAD: Record<string, Decides> = {
	...{ name: 'free', organizationUid: 'free', instanceUid: 'free', backupServerUid: 'free' },
	...{ backupAgentUid: 'free', latestRestorePointDate: 'past' },
};

const CONSOLE: Product['fields'] = {
	'/organizations/companies': { instanceUid: 'free', name: 'free' },
	'/infrastructure/backupAgents/jobs': { ...CONSOLE_JOB, status: 'must', lastEndTime: 'may' },
	'/infrastructure/backupServers/jobs': { ...CONSOLE_JOB, status: 'must', lastEndTime: 'may' },
	'/infrastructure/vb365Servers/organizations/jobs': {
		...{ ...CONSOLE_JOB, lastStatus: 'must', lastRun: 'may', vb365ServerName: 'free' },
	},
	'/infrastructure/backupServers': {
		...{ status: 'must', instanceUid: 'free', organizationUid: 'free', name: 'free' },
	},
	'/infrastructure/vb365Servers': {
		...{ status: 'must', instanceUid: 'free', organizationUid: 'free', name: 'free' },
	},
	'/infrastructure/backupServers/repositories': {
		...{ instanceUid: 'free', backupServerUid: 'free', name: 'free', _embedded: 'must' },
		...{ '_embedded.status': 'must', '_embedded.capacity': 'free', '_embedded.freeSpace': 'free' },
		...{ '_embedded.isCapacityAvailable': 'free', '_embedded.isFreeSpaceAvailable': 'free' },
		...{ '_embedded.type': 'free', '_embedded.usedSpace': 'free' },
	},
	'/alarms/active': { lastActivation: 'must', 'lastActivation.status': 'must' },
	'/licensing/backupServers': {
		...{ ...CONSOLE_LICENSE, backupServerUid: 'free', units: 'may', usedUnits: 'may' },
		...{ sockets: 'may', usedSockets: 'may', capacity: 'may', usedCapacity: 'may' },
	},
	'/licensing/vb365Servers': {
		...{ ...CONSOLE_LICENSE, vb365ServerUid: 'free', licensedUsers: 'may', protectedUsers: 'may' },
	},
	'/licensing/console': CONSOLE_LICENSE,
	'/protectedWorkloads/virtualMachines': CONSOLE_WORKLOAD,
	'/protectedWorkloads/computersManagedByConsole': CONSOLE_WORKLOAD,
	'/protectedWorkloads/computersManagedByBackupServer': CONSOLE_WORKLOAD,
	'/infrastructure/backupServers/proxies': {
		...{ status: 'must', isDisabled: 'free', isOutOfDate: 'free', backupServerUid: 'free' },
	},
	'/infrastructure/backupServers/failoverplans': { status: 'must', backupServerUid: 'free' },
	'/about': { serverVersion: 'free' },
};

/** What the consoles of the oracle do not have: a proxy, a failover plan, an activity. */
const CONSOLE_MORE: Record<string, IDataObject[]> = {
	'/infrastructure/backupServers/proxies': [
		{
			...{ instanceUid: 'px', name: 'proxy', hostName: 'h', backupServerUid: 'b' },
			...{ status: 'Healthy', isDisabled: false, isOutOfDate: false },
		},
	],
	'/infrastructure/backupServers/failoverplans': [
		{ instanceUid: 'fp', name: 'plan', backupServerUid: 'b', status: 'Ready' },
	],
};

const wanted = (language: Language, hours = 24) => request({ sections: ALL, hours, language });

const PRODUCTS: Product[] = [
	...REVISIONS.map(
		(revision): Product => ({
			name: `Backup & Replication ${revision}`,
			client: () => backupServer(revision, WELL),
			report: async (client, language, more) => [
				await collectReplication(context(), client, { ...wanted(language), ...more }),
			],
			fields: REPLICATION,
		}),
	),
	...MICROSOFT_365.flatMap((version): Product[] =>
		seedsOf((seed) => {
			const estate = makeEstate(diceOf(seed), version);
			return (
				estate.pageMaximum > 10 &&
				// The first is the one that is damaged.
				estate.sessions[0]?.endedInPeriod === true &&
				Object.keys(estate.refused).length === 0 &&
				estate.jobs.length > 2 &&
				estate.jobs.length < 9
			);
		}).map((seed) => {
			const estate = makeEstate(diceOf(seed), version);
			return {
				name: `Microsoft 365 ${version} (${seed})`,
				client: () => serve(estate).client,
				report: async (client, language, more) => [
					await collectMicrosoft365(context(), client, {
						...wanted(language, estate.hours),
						sections: ALL.filter((one) => one !== 'activities'),
						...more,
					}),
				],
				fields: MICROSOFT,
			};
		}),
	),
	...CONSOLES.flatMap((version): Product[] =>
		seedsOf((seed) => estateOf(seed, version).refused.size === 0).map((seed) => {
			const estate = estateOf(seed, version);
			const answers = { ...estate.answers, ...CONSOLE_MORE };
			return {
				name: `Service Provider Console ${version} (${seed})`,
				client: () => consoleOf({ ...estate, answers }, 500).client,
				report: async (client, language, more) =>
					await collectConsole(context(), client, {
						...wanted(language),
						sections: ALL.filter((one) => one !== 'history'),
						...more,
					}),
				fields: CONSOLE,
			};
		}),
	),
];

/** Estates that may do: which are well is seen by their reports. */
function seedsOf(fits: (seed: number) => boolean): number[] {
	return Array.from({ length: 60 }, (_, index) => index + 1).filter(fits);
}

export const statusOf = (models: ReportModel[]): string =>
	models.some(({ verdict }) => verdict.status === 'bad')
		? 'bad'
		: models.some(({ verdict }) => verdict.status === 'warning')
			? 'warning'
			: 'good';

/** Slips in any form of the reports. */
function slipsIn(models: ReportModel[]): string[] {
	const texts = models.flatMap((model) => [
		subject(model),
		renderText(model, 20),
		renderHtml(model, 20, ''),
		renderCsv(model),
		...textsOf(renderSlackBlocks(model, 20)),
		...textsOf(renderTeamsCard(model, 20)),
	]);
	return texts.flatMap((text) => {
		const found = SLIP.exec(text);
		return found ? [text.slice(Math.max(0, found.index - 60), found.index + 40)] : [];
	});
}

export const versionOf = ({ name }: Product): string => name.replace(/ \(\d+\)$/, '');

export const VERSIONS = [...new Set(PRODUCTS.map(versionOf))];

/** The first estate of a version that is well, with the answers that its report asks for. */
export async function wellOf(
	name: string,
): Promise<{ product: Product; bodies: Map<string, unknown>; models: ReportModel[] }> {
	for (const product of PRODUCTS.filter((one) => versionOf(one) === name)) {
		const bodies = new Map<string, unknown>();
		const client = product.client();
		const keep = (path: string, body: unknown) => {
			if (!bodies.has(path) && recordIn(body)) bodies.set(path, body);
		};
		const watched: VeeamClient = {
			...client,
			request: async (one) => {
				const answer = await client.request(one);
				keep(one.path, answer.body);
				return answer;
			},
			list: async (one, options) => {
				const items = await client.list(one, options);
				keep(one.path, items);
				return items;
			},
		};
		const models = await product.report(watched, 'en');
		if (statusOf(models) === 'good') return { product, bodies, models };
	}
	throw new Error(`No estate of ${name} is well`);
}

/** A tally of what may never be. */
export class Faults {
	readonly green: string[] = [];
	readonly red: string[] = [];
	readonly slips: string[] = [];
	readonly crashes: string[] = [];
	reports = 0;

	/** The report of a client; undefined where there is none, which is a fault unless `mayFail`. */
	async of(product: Product, client: VeeamClient, what: string, mayFail = false) {
		this.reports++;
		const language = SPOKEN[this.reports % SPOKEN.length] ?? 'en';
		try {
			const models = await product.report(client, language);
			if (this.reports % 7 === 0)
				this.slips.push(...slipsIn(models).map((one) => `${what}: ${one}`));
			return models;
		} catch (error) {
			if (!mayFail || !(error instanceof NodeApiError))
				this.crashes.push(
					`${what}: ${(error as Error).stack?.split('\n').slice(0, 3).join(' | ')}`,
				);
			return undefined;
		}
	}

	/** Says how many there are, and fails where there are any. */
	none(name: string, more: string): void {
		const { green, red, slips, crashes, reports } = this;
		console.info(
			`${name}: ${reports} reports (${more}); ${green.length} falsely good, ${red.length} falsely worse, ${slips.length} slips, ${crashes.length} crashes`,
		);
		expect({ green, red, slips, crashes }).toEqual({ green: [], red: [], slips: [], crashes: [] });
	}
}

import { derived, Stored, type Collection, type CollectionMaker } from '../foundation/collections';
import { iso } from '../foundation/clock';
import type { Item } from '../foundation/listQuery';
import { uuidFor } from '../foundation/random';
import type { Estate } from './estate';
import { backupCopyFacts, backupVmFacts } from './estate/jobs';
import { COMPANY_NAMES, companyId, licenseUsageRecord } from './estate/tenants';
import { protectedWorkloads } from './protectedWorkloads';
import { VSPC_ACCOUNTS } from './users';

const KEY = 'instanceUid';

/** The records of a collection of which a field has a value; what is put there gets it. */
function where(
	all: Stored,
	field: string,
	value: string | undefined,
	facts: Item = {},
): Collection {
	const wanted = value?.toLowerCase();
	return {
		key: all.key,
		list: () => all.list().filter((record) => String(record[field]).toLowerCase() === wanted),
		get: (id) => all.get(id),
		put: (record) => all.put({ ...facts, ...record, [field]: value }),
		remove: (id) => all.remove(id),
	};
}

/** The console's own lists, by path. */
export function listCollections(estate: Estate): Record<string, CollectionMaker> {
	const jobsOf = (type: string, facts: (job: Item) => Item) => (backupServerUid?: string) =>
		derived(
			() =>
				estate.jobs
					.list()
					.filter((job) => job.type === type)
					.filter(
						(job) => !backupServerUid || job.backupServerUid === backupServerUid.toLowerCase(),
					)
					.map(facts),
			KEY,
		);
	const copyJobs = jobsOf('BackupCopy', backupCopyFacts);
	const vmJobs = jobsOf('BackupVm', backupVmFacts);
	const stored: Record<string, Stored> = {
		'/organizations': estate.organizations,
		'/organizations/companies': estate.companies,
		'/organizations/resellers': estate.resellers,
		'/organizations/locations': estate.locations,
		'/infrastructure/sites': estate.sites,
		'/infrastructure/sites/tenants': estate.tenants,
		'/infrastructure/backupServers': estate.backupServers,
		'/infrastructure/backupServers/jobs': estate.jobs,
		'/infrastructure/backupServers/repositories': estate.repositories,
		'/infrastructure/managementAgents': estate.managementAgents,
		'/infrastructure/backupAgents': estate.backupAgents,
		'/infrastructure/backupAgents/jobs': estate.agentJobs,
		'/infrastructure/vb365Servers': estate.vb365Servers,
		'/infrastructure/vb365Servers/organizations/jobs': estate.vb365Jobs,
		'/alarms/templates': estate.alarmTemplates,
		'/alarms/active': estate.alarms,
		'/users': new Stored(users(), KEY),
	};
	return {
		...Object.fromEntries(Object.entries(stored).map(([path, list]) => [path, () => list])),
		...platforms(estate),
		...protectedWorkloads(estate),
		'/organizations/{}/locations': ({ organizationUid }) =>
			where(estate.locations, 'organizationUid', organizationUid),
		'/organizations/companies/usage': () => usage(estate),
		'/organizations/companies/{}/usage': ({ companyUid }) => usage(estate, companyUid),
		'/infrastructure/sites/{}/tenants': ({ siteUid }) => where(estate.tenants, 'siteUid', siteUid),
		'/infrastructure/backupServers/{}/jobs': ({ backupServerUid }) =>
			where(estate.jobs, 'backupServerUid', backupServerUid),
		'/infrastructure/backupServers/jobs/backupCopyJobs': () => copyJobs(),
		'/infrastructure/backupServers/{}/jobs/backupCopyJobs': ({ backupServerUid }) =>
			copyJobs(backupServerUid),
		'/infrastructure/backupServers/jobs/backupVmJobs': () => vmJobs(),
		'/infrastructure/backupServers/{}/jobs/backupVmJobs': ({ backupServerUid }) =>
			vmJobs(backupServerUid),
		'/infrastructure/backupServers/{}/repositories': ({ backupServerUid }) =>
			where(estate.repositories, 'backupServerUid', backupServerUid),
		'/infrastructure/vb365Servers/organizations/jobs/backup': () =>
			where(estate.vb365Jobs, 'jobType', 'BackupJob'),
		'/infrastructure/vb365Servers/organizations/jobs/copy': () =>
			where(estate.vb365Jobs, 'jobType', 'CopyJob'),
		'/alarms/active/{}/history': ({ activeAlarmUid = '' }) =>
			derived(() => {
				const alarm = estate.alarms.get(activeAlarmUid);
				return (
					estate.alarmHistory.get(activeAlarmUid) ?? (alarm ? [alarm.lastActivation as Item] : [])
				);
			}, KEY),
		'/licensing/reports': () => reports(estate),
		'/licensing/backupServers': () =>
			derived(() => estate.backupServers.list().map(licenseOf(estate)), 'backupServerUid'),
		'/licensing/vb365Servers': () =>
			derived(() => estate.vb365Servers.list().map(vb365LicenseOf(estate)), 'vb365ServerUid'),
		'/licensing/usage/organizations': () =>
			derived(
				() =>
					COMPANY_NAMES.filter((name) => estate.companies.get(companyId(name))).map(
						licenseUsageRecord,
					),
				'organizationUid',
			),
	};
}

/** The latest monthly report, whichever day or number is asked for. */
function reports(estate: Estate): Collection {
	const date = iso(estate.now).slice(0, 10);
	const usages = COMPANY_NAMES.map((name) => ({
		organizationUid: companyId(name),
		organizationName: name,
		organizationType: 'Company',
		usedPoints: licensedPoints(name),
	}));
	const report: Item = {
		reportStatus: 'ApprovalRequired',
		reportParameters: {
			reportId: 1,
			reportDate: date,
			reportInterval: { fromDate: date, toDate: date },
		},
		reportSummary: { contractId: '00000003', companyName: 'Example Hosting' },
		organizationsUsage: usages,
		usageDetails: [],
		appendices: [],
	};
	return { key: 'id', list: () => [report], get: () => report };
}

function licensedPoints(company: string): number {
	const servers = licenseUsageRecord(company).servers as Array<{
		workloads: Array<{ usedUnits: number }>;
	}>;
	return servers
		.flatMap(({ workloads }) => workloads)
		.reduce((sum, { usedUnits }) => sum + usedUnits, 0);
}

/** Without a day: today's usage; a query with `fromDate` or `toDate` finds the days before, too. */
function usage(estate: Estate, companyUid?: string): Collection {
	const mine = ({ companyUid: id }: Item) => !companyUid || id === companyUid.toLowerCase();
	return derived((query) => {
		const all = query.fromDate || query.toDate ? estate.usage() : estate.usageToday();
		return all.filter(mine);
	}, 'companyUid');
}

/** Backup agents and their jobs, of all platforms and of one. */
function platforms(estate: Estate): Record<string, CollectionMaker> {
	const makers = ['windows', 'linux', 'mac'].flatMap(
		(platform): Array<[string, CollectionMaker]> => {
			const name = platform.charAt(0).toUpperCase() + platform.slice(1);
			const path = `/infrastructure/backupAgents/${platform}`;
			return [
				[path, () => where(estate.backupAgents, 'agentPlatform', name)],
				[`${path}/jobs`, () => where(estate.agentJobs, 'systemType', name)],
				[
					`${path}/{}/jobs`,
					({ backupAgentUid }) =>
						where(estate.agentJobs, 'backupAgentUid', backupAgentUid, { systemType: name }),
				],
			];
		},
	);
	return Object.fromEntries(makers);
}

function licenseOf(estate: Estate) {
	return (server: Item): Item => ({
		autoUpdateEnabled: true,
		backupServerUid: server[KEY],
		edition: 'EnterprisePlus',
		monitoring: false,
		packages: ['Suite'],
		company: 'Example Hosting',
		email: 'backup@example.lab',
		contactPerson: 'Backup Team',
		expirationDate: iso(estate.now + 41 * 86_400_000),
		supportExpirationDate: iso(estate.now + 41 * 86_400_000),
		licenseIds: [uuidFor(`license/${String(server.name)}`)],
		supportIds: ['00000003'],
		sectionTypes: ['Instances'],
		status: server.status === 'Inaccessible' ? 'Unknown' : 'Valid',
		cloudConnect: server.backupServerRoleType === 'CloudConnect' ? 'Enterprise' : 'No',
		units: 100,
		usedUnits: 61,
		unitType: 'Points',
		type: 'Rental',
	});
}

function vb365LicenseOf(estate: Estate) {
	return (server: Item): Item => ({
		autoUpdateEnabled: true,
		vb365ServerUid: server[KEY],
		company: 'Example Hosting',
		email: 'backup@example.lab',
		expirationDate: iso(estate.now + 41 * 86_400_000),
		supportExpirationDate: iso(estate.now + 41 * 86_400_000),
		licenseId: uuidFor(`license/${String(server.name)}`),
		supportId: '00000004',
		status: 'Valid',
		licensedUsers: 50,
		protectedUsers: 47,
		type: 'Rental',
	});
}

function users(): Item[] {
	return VSPC_ACCOUNTS.map(({ name, role, mfa }) => userRecord(name, role, mfa));
}

/** A user as the API shows it. */
export function userRecord(name: string, role: string, mfa = false): Item {
	return {
		role,
		profile: {
			firstName: name,
			lastName: 'Example',
			title: 'Unknown',
			email: `${name}@example.lab`,
		},
		instanceUid: uuidFor(`vspc/user/${name}`),
		organizationUid: uuidFor('vspc/provider'),
		userName: name,
		status: 'Enabled',
		mfaPolicyStatus: mfa ? 'Enabled' : 'Disabled',
		mfaPolicyConfigurationStatus: mfa ? 'Configured' : 'NotConfigured',
	};
}

import { iso } from '../../foundation/clock';
import type { Item } from '../../foundation/listQuery';
import { numberFor, uuidFor } from '../../foundation/random';

const DAY = 86_400_000;

export const PROVIDER = { id: uuidFor('vspc/provider'), name: 'Example Hosting' };

export function resellerId(name: string): string {
	return uuidFor(`vspc/reseller/${name}`);
}

export function companyId(name: string): string {
	return uuidFor(`vspc/company/${name}`);
}

export function locationId(company: string): string {
	return uuidFor(`vspc/location/${company}`);
}

const RESELLERS = ['North Reseller', 'South Reseller'];

const COMPANIES: Array<[name: string, reseller?: string, status?: string]> = [
	['Acme Bakery'],
	['Blue Harbor Logistics'],
	['Cedar Clinic', 'North Reseller'],
	['Delta Engineering', 'North Reseller'],
	['Elm Street School', 'South Reseller'],
	['Fjord Fisheries', undefined, 'Disabled'],
];

export const COMPANY_NAMES = COMPANIES.map(([name]) => name);

const services = (isBackupResourcesEnabled: boolean): Item => ({
	hostedServices: { isVbPublicCloudManagementEnabled: false },
	remoteServices: {
		isBackupResourcesEnabled,
		backupAgentsManagement: {
			isWorkstationAgentsQuotaEnabled: false,
			isServerAgentsQuotaEnabled: false,
		},
		backupServersManagement: { isEnabled: true },
		vb365ServersManagement: { isEnabled: true },
		isVbPublicCloudManagementEnabled: false,
	},
});

export function companyRecord(name: string, reseller?: string, status = 'Active'): Item {
	return {
		instanceUid: companyId(name),
		name,
		status,
		resellerUid: reseller ? resellerId(reseller) : null,
		subscriptionPlanUid: null,
		isRestAccessEnabled: false,
		isAlarmDetectEnabled: true,
		companyServices: services(true),
		loginUrl: 'https://vspc.example.lab:1280',
	};
}

export function companies(): Item[] {
	return COMPANIES.map(([name, reseller, status]) => companyRecord(name, reseller, status));
}

export function resellers(): Item[] {
	return RESELLERS.map((name) => ({
		instanceUid: resellerId(name),
		proPartnerId: '',
		name,
		status: 'Active',
		isRestAccessEnabled: true,
		resellerServices: { isFileLevelRestoreEnabled: true, cloudConnectManagementEnabled: false },
	}));
}

export function organizationRecord(instanceUid: string, name: string, type: string): Item {
	const domain = `${name.toLowerCase().replace(/\W+/g, '-')}.example`;
	return {
		name,
		instanceUid,
		alias: name.split(' ')[0]?.toLowerCase(),
		type,
		taxId: '',
		email: `backup@${domain}`,
		phone: '',
		country: 276,
		state: null,
		countryName: 'Germany',
		regionName: '',
		city: 'Berlin',
		street: '',
		notes: '',
		zipCode: '10115',
		website: `https://${domain}`,
		veeamTenantId: '',
		companyId: '',
	};
}

export function organizations(): Item[] {
	return [
		organizationRecord(PROVIDER.id, PROVIDER.name, 'Provider'),
		...RESELLERS.map((name) => organizationRecord(resellerId(name), name, 'Reseller')),
		...COMPANY_NAMES.map((name) => organizationRecord(companyId(name), name, 'Company')),
	];
}

export function locationRecord(company: string): Item {
	return {
		name: 'Default location',
		quotaGb: null,
		instanceUid: locationId(company),
		organizationUid: companyId(company),
		type: 'Default',
	};
}

const COUNTERS = [
	'ManagedWorkstationAgents',
	'ManagedServerAgents',
	'BackedupVms',
	'CloudTotalUsage',
	'CloudRepositoryUsageByVm',
	'VmCloudBackups',
	'Vb365ProtectedUsers',
];

/** A company's usage of one day; counters are whole numbers, sizes bytes. */
export function usageRecord(company: string, resellerUid: unknown, date: string): Item {
	return {
		companyUid: companyId(company),
		resellerUid,
		locationUid: locationId(company),
		date,
		counters: COUNTERS.map((type) => ({
			type,
			value: /Usage/.test(type)
				? numberFor(`${company}/${type}`, 50, 900) * 1_073_741_824
				: numberFor(`${company}/${type}`, 0, 40),
		})),
	};
}

/** Points that a company's workloads take, server by server. */
export function licenseUsageRecord(company: string): Item {
	const workload = (description: string) => {
		const count = numberFor(`${company}/${description}`, 1, 30);
		return {
			id: uuidFor(`workload/${company}/${description}`),
			description,
			unitType: 'Points',
			rentalUnits: count * 11,
			newUnits: 0,
			usedUnits: count * 11,
			rentalCount: count,
			newCount: 0,
			usedCount: count,
			workloadsByPlatform: [],
		};
	};
	return {
		organizationUid: companyId(company),
		organizationType: 'Company',
		providerUid: PROVIDER.id,
		servers: [
			{
				serverUid: uuidFor(`vspc/server/${company}`),
				serverType: 'BackupAndReplication',
				workloads: [workload('VMs'), workload('Server Agents'), workload('Workstation Agents')],
			},
		],
	};
}

export function tenantRecord(company: string, siteUid: string, now: number): Item {
	return {
		instanceUid: uuidFor(`vspc/tenant/${company}`),
		siteUid,
		siteName: 'vcc01.example.lab',
		type: 'General',
		lastActive: iso(now - numberFor(company, 0, 3) * DAY),
		isLeaseExpirationEnabled: false,
		description: `Cloud Connect tenant of ${company}`,
		isThrottlingEnabled: false,
		maxConcurrentTask: 2,
		isBackupProtectionEnabled: true,
		backupProtectionPeriod: 7,
		name: company.toLowerCase().replace(/\W+/g, '-'),
		isEnabled: true,
		isBackupResourcesEnabled: true,
		isNativeReplicationResourcesEnabled: false,
		isVcdReplicationResourcesEnabled: false,
		assignedForCompany: companyId(company),
		backupServerUid: uuidFor('vspc/server/vcc01'),
	};
}

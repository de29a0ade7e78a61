import { iso } from '../../foundation/clock';
import type { Item } from '../../foundation/listQuery';
import { numberFor, uuidFor } from '../../foundation/random';
import { COMPANY_NAMES, companyId, locationId, PROVIDER } from './tenants';

const HOUR = 3_600_000;
const GB = 1_073_741_824;

export const SITE_ID = uuidFor('vspc/site/vcc01');

/** Companies with a backup server of their own, with its state. */
const SERVERS: Array<[company: string, status: string]> = [
	['Acme Bakery', 'Healthy'],
	['Blue Harbor Logistics', 'Healthy'],
	['Cedar Clinic', 'Warning'],
	['Delta Engineering', 'Inaccessible'],
];

export function serverId(company: string): string {
	return uuidFor(`vspc/server/${company}`);
}

export function hostOf(company: string): string {
	return `vbr.${company.toLowerCase().replace(/\W+/g, '-')}.example`;
}

export function agentId(host: string): string {
	return uuidFor(`vspc/agent/${host}`);
}

export function sites(): Item[] {
	return [
		{
			siteName: 'vcc01.example.lab',
			siteUid: SITE_ID,
			description: 'Cloud Connect of the provider',
			backupServerUid: uuidFor('vspc/server/vcc01'),
			managementAgentUid: agentId('vcc01.example.lab'),
			maintenanceModeIsEnabled: false,
			tenantManagementInCloudConnectIsEnabled: true,
		},
	];
}

export function backupServers(): Item[] {
	const server = (instanceUid: string, name: string, rest: Item): Item => ({
		instanceUid,
		name,
		version: '13.0.1.180',
		displayVersion: '13.0.1.180',
		installationUid: uuidFor(`installation/${name}`),
		managementAgentUid: agentId(name),
		inHighAvailabilityCluster: false,
		...rest,
	});
	return [
		server(uuidFor('vspc/server/vcc01'), 'vcc01.example.lab', {
			organizationUid: PROVIDER.id,
			locationUid: uuidFor('vspc/location/provider'),
			backupServerRoleType: 'CloudConnect',
			status: 'Healthy',
		}),
		...SERVERS.map(([company, status]) =>
			server(serverId(company), hostOf(company), {
				organizationUid: companyId(company),
				locationUid: locationId(company),
				backupServerRoleType: 'Client',
				status,
			}),
		),
	];
}

/** Computers with a management agent: each company's server and two or three more. */
function computersOf(company: string): string[] {
	const domain = hostOf(company).replace(/^vbr\./, '');
	const more = ['fs01', 'ws01', 'lnx01'].slice(0, numberFor(company, 2, 3));
	const own = SERVERS.some(([name]) => name === company) ? [hostOf(company)] : [];
	const macs = company === 'Elm Street School' ? ['mac01'] : [];
	return [...own, ...[...more, ...macs].map((host) => `${host}.${domain}`)];
}

export function managementAgents(now: number): Item[] {
	const all = COMPANY_NAMES.flatMap((company) =>
		computersOf(company).map((host): [string, string, string] => [
			company,
			host,
			locationId(company),
		]),
	);
	return all.map(([company, hostName, locationUid]) => {
		const isDown = company === 'Delta Engineering' && hostName.startsWith('vbr.');
		return {
			locationUid,
			instanceUid: agentId(hostName),
			organizationUid: companyId(company),
			hostName,
			friendlyName: hostName.split('.')[0],
			lastHeartbeatTime: iso(now - (isDown ? 26 * HOUR : 60_000)),
			version: '9.1.0.30345',
			discoveryTime: iso(now - 300 * 24 * HOUR),
			tag: '',
			status: isDown ? 'Inaccessible' : 'Healthy',
			type: 'Client',
			computerInfo: {
				hostName,
				guestOs: hostName.startsWith('lnx') ? 'Ubuntu 24.04' : 'Windows Server 2022',
				guestOsType: hostName.startsWith('lnx') ? 'Linux' : 'Server',
				platformType: 'vSphere',
				ipAddresses: [`192.0.2.${numberFor(hostName, 1, 254)}`],
			},
			connectionStatus: isDown ? 'Inaccessible' : 'Online',
			isRebootRequired: false,
			versionStatus: hostName.startsWith('ws') ? 'OutOfDate' : 'UpToDate',
			role: 'Client',
		};
	});
}

const PLATFORMS = [
	['lnx', 'Linux'],
	['mac', 'Mac'],
] as const;

export function backupAgents(now: number): Item[] {
	return COMPANY_NAMES.flatMap((company) =>
		computersOf(company)
			.filter((host) => !host.startsWith('vbr.'))
			.map((host) => {
				const isWorkstation = /^(ws|mac)/.test(host);
				return {
					guiMode: 'Full',
					instanceUid: uuidFor(`vspc/backupAgent/${host}`),
					agentPlatform: PLATFORMS.find(([start]) => host.startsWith(start))?.[1] ?? 'Windows',
					status: 'Active',
					managementAgentStatus: 'Healthy',
					managementAgentUid: agentId(host),
					siteUid: SITE_ID,
					organizationUid: companyId(company),
					name: host,
					operationMode: isWorkstation ? 'Workstation' : 'Server',
					platform: isWorkstation ? 'Physical' : 'Virtual',
					version: '13.0.1.203',
					versionStatus: isWorkstation ? 'OutOfDate' : 'UpToDate',
					activationTime: iso(now - 300 * 24 * HOUR),
					managementMode: 'ManagedByConsole',
					installationType: 'Full',
					totalJobsCount: 1,
					runningJobsCount: 0,
					successJobsCount: 1,
				};
			}),
	);
}

/** Repositories, each with the facts that only `expand=BackupRepositoryInfo` shows. */
export function repositories(): Array<{ record: Item; info: Item }> {
	const all: Array<
		[name: string, server: string, host: string, capacityGB: number, freeGB: number]
	> = [
		['Cloud Repository 1', uuidFor('vspc/server/vcc01'), 'vcc01.example.lab', 20_480, 6_100],
		...SERVERS.map(([company]): [string, string, string, number, number] => [
			'Default Backup Repository',
			serverId(company),
			hostOf(company),
			2_048,
			company === 'Cedar Clinic' ? 90 : 880,
		]),
	];
	return all.map(([name, backupServerUid, hostName, capacity, free]) => ({
		record: { instanceUid: uuidFor(`vspc/repository/${hostName}/${name}`), name, backupServerUid },
		info: {
			parentRepositoryUid: null,
			perVMBackupFiles: true,
			capacity: capacity * GB,
			isCapacityAvailable: true,
			freeSpace: free * GB,
			isFreeSpaceAvailable: true,
			usedSpace: (capacity - free) * GB,
			isUsedSpaceAvailable: true,
			backupSize: (capacity - free) * GB,
			isImmutabilityEnabled: false,
			immutabilityInterval: null,
			type: 'Windows',
			path: 'D:\\Backup',
			hostName,
			hostUid: uuidFor(`vspc/host/${hostName}`),
			isOutOfDate: false,
			status: free / capacity < 0.05 ? 'Warning' : 'Healthy',
			isCloud: false,
		},
	}));
}

export function vb365Servers(): Item[] {
	const name = hostOf('Blue Harbor Logistics').replace('vbr', 'vbo');
	return [
		{
			instanceUid: uuidFor('vspc/vb365'),
			locationUid: locationId('Blue Harbor Logistics'),
			organizationUid: companyId('Blue Harbor Logistics'),
			managementAgentUid: agentId(name),
			installationUid: uuidFor('vspc/vb365/installation'),
			name,
			version: '8.1.0.3503',
			majorVersion: 8,
			serverApiVersion: 'V8',
			status: 'Healthy',
			managementAgentStatus: 'Healthy',
		},
	];
}

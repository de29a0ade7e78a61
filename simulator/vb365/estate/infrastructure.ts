import type { Item } from '../../foundation/listQuery';
import { uuidFor } from '../../foundation/random';

const GB = 1_073_741_824;

export function proxyId(hostName: string): string {
	return uuidFor(`vb365/proxy/${hostName}`);
}

export function repositoryId(name: string): string {
	return uuidFor(`vb365/repository/${name}`);
}

const PROXIES: Array<[hostName: string, type: string, operatingSystem: string, status: string]> = [
	['vbo01.example.lab', 'Local', 'Windows', 'Online'],
	['proxy01.example.lab', 'Domain', 'Windows', 'Online'],
	['proxy02.example.lab', 'Workgroup', 'Linux', 'Offline'],
];

export function proxies(): Item[] {
	return PROXIES.map(([hostName, type, operatingSystem, status], index) => ({
		type,
		useInternetProxy: false,
		internetProxyType: null,
		operatingSystem,
		id: proxyId(hostName),
		proxyPoolId: index === 0 ? null : uuidFor('vb365/pool'),
		hostName,
		fqdn: hostName,
		description: `Backup proxy server ${index + 1}`,
		port: 9193,
		enableNetworkThrottling: false,
		throttlingValue: 0,
		throttlingUnit: 'Mbps',
		status,
		maintenanceModeState: 'Disabled',
		cpuUsagePercent: status === 'Online' ? 12.5 : 0,
		memoryUsagePercent: status === 'Online' ? 41.2 : 0,
		version: '13.0.0.1000',
		serviceAccount: 'LocalSystem',
		role: ['Processor'],
		_links: {
			self: { href: `/~/Proxies/${proxyId(hostName)}` },
			repositories: { href: `/~/BackupRepositories?proxyId=${proxyId(hostName)}` },
		},
	}));
}

export function proxyPools(): Item[] {
	const id = uuidFor('vb365/pool');
	const _links = { self: { href: `/~/ProxyPools/${id}` } };
	return [{ id, name: 'Pool 1', description: 'Backup proxy pool', _links }];
}

type Repository = [name: string, proxy: string, capacityGB: number, freeGB: number, rest: Item];

const REPOSITORIES: Repository[] = [
	['Default Backup Repository', 'vbo01.example.lab', 2048, 133, {}],
	['Object Storage Repository', 'proxy01.example.lab', 0, 0, { objectStorage: s3Compatible() }],
	[
		'Azure Archive',
		'proxy01.example.lab',
		0,
		0,
		{ isLongTerm: true, isOutOfSync: true, objectStorage: azure() },
	],
	[
		'Branch Repository',
		'proxy02.example.lab',
		1024,
		700,
		{ isOutOfOrder: true, outOfOrderReason: 'The backup proxy server is offline' },
	],
	['Upgraded Repository', 'vbo01.example.lab', 512, 300, { isOutdated: true }],
];

export function repositories(): Item[] {
	return REPOSITORIES.map(([name, proxy, capacityGB, freeGB, rest]) => {
		const id = repositoryId(name);
		return {
			objectStorageEncryptionEnabled: false,
			capacityBytes: capacityGB * GB,
			freeSpaceBytes: freeGB * GB,
			id,
			name,
			description: `${name} of the simulator`,
			path: `E:\\Backup\\${name.replace(/ /g, '')}`,
			retentionType: 'ItemLevel',
			retentionPeriodType: 'Yearly',
			yearlyRetentionPeriod: 'Years3',
			retentionFrequencyType: 'Daily',
			dailyTime: '00:00:00',
			dailyType: 'Everyday',
			proxyId: proxyId(proxy),
			organizationId: null,
			isLongTerm: false,
			isOutdated: false,
			isOutOfSync: false,
			isIndexed: true,
			isMigrationLocked: false,
			isOutOfOrder: false,
			outOfOrderReason: '',
			...rest,
			_links: {
				self: { href: `/~/BackupRepositories/${id}` },
				proxy: { href: `/~/Proxies/${proxyId(proxy)}` },
			},
		};
	});
}

function s3Compatible(): Item {
	return {
		type: 'AmazonS3Compatible',
		amazonBucketS3Compatible: {
			servicePoint: 'https://s3.example.lab',
			customRegionId: 'eu-lab',
			name: 'vb365',
			trustServerCertificate: true,
		},
		s3Folder: 'Backups',
		id: uuidFor('vb365/objectStorage/s3'),
		accountId: uuidFor('vb365/account/s3'),
		sizeLimitEnabled: true,
		sizeLimitGB: 4096,
		usedSpaceBytes: 1500 * GB,
		freeSpaceBytes: 2596 * GB,
		enableImmutability: true,
		enableImmutabilityGovernanceMode: false,
		immutabilityPeriodDays: 14,
	};
}

function azure(): Item {
	return {
		type: 'AzureBlobArchive',
		azureContainer: { name: 'vb365-archive', regionType: 'Global' },
		azureFolder: 'Archive',
		id: uuidFor('vb365/objectStorage/azure'),
		accountId: uuidFor('vb365/account/azure'),
		sizeLimitEnabled: false,
		usedSpaceBytes: 820 * GB,
		enableImmutability: false,
	};
}

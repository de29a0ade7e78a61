import type { Item } from '../../foundation/listQuery';
import { uuidFor } from '../../foundation/random';
import { completed } from './complete';
import { BACKUP_SERVER } from './servers';

interface Seed {
	name: string;
	type: string;
	description: string;
	host?: string;
	path: string;
	capacityGB: number;
	freeGB: number;
	usedSpaceGB: number;
	isOnline?: boolean;
	/** Real servers send this as a boolean or as text. */
	isOutOfDate?: boolean;
	/** Part of the scale-out repository. */
	extent?: 'Performance' | 'Capacity';
}

export const SCALE_OUT_NAME = 'Scale-out Repository 1';

const SEEDS: Seed[] = [
	{
		name: 'Default Backup Repository',
		type: 'WinLocal',
		description: 'Created by the installation',
		host: BACKUP_SERVER.name,
		path: 'C:\\Backup',
		capacityGB: 199.4,
		freeGB: 11.2,
		usedSpaceGB: 171.8,
	},
	{
		name: 'Main Repository',
		type: 'WinLocal',
		description: 'Daily backups of the data centre',
		host: BACKUP_SERVER.name,
		path: 'D:\\Backups',
		capacityGB: 20480,
		freeGB: 8345.7,
		usedSpaceGB: 11902.3,
	},
	{
		name: 'Hardened Repository',
		type: 'LinuxHardened',
		description: 'Immutable for 14 days',
		host: 'lnxrepo01.example.lab',
		path: '/mnt/backup',
		capacityGB: 40960,
		freeGB: 17203.1,
		usedSpaceGB: 23110.6,
	},
	{
		name: 'NAS Repository',
		type: 'Smb',
		description: 'Share of the old NAS',
		path: '\\\\nas01.example.lab\\backup',
		capacityGB: 8192,
		freeGB: 2210.4,
		usedSpaceGB: 5921.5,
		isOnline: false,
	},
	{
		name: 'Linux Repository',
		type: 'LinuxLocal',
		description: 'Agents',
		host: 'lnxrepo02.example.lab',
		path: '/backup/agents',
		capacityGB: 10240,
		freeGB: 6127.9,
		usedSpaceGB: 4001.2,
		isOutOfDate: true,
	},
	{
		name: 'Dedup Appliance',
		type: 'DellDataDomain',
		description: 'Logical size exceeds the disks',
		host: 'winproxy01.example.lab',
		path: 'dd01:/backup',
		capacityGB: 51200,
		freeGB: 30944,
		usedSpaceGB: 96311.8,
	},
	{
		name: 'Azure Archive Container',
		type: 'AzureBlob',
		description: 'Object storage has no capacity',
		path: 'https://example.blob.core.windows.net/backup',
		capacityGB: 0,
		freeGB: 0,
		usedSpaceGB: 7420.9,
	},
	{
		name: 'S3 Offsite Bucket',
		type: 'AmazonS3',
		description: 'Offsite copies',
		path: 'amazonS3://example-offsite/backup',
		capacityGB: 0,
		freeGB: 0,
		usedSpaceGB: 12833.3,
	},
	{
		name: 'Extent 1',
		type: 'LinuxHardened',
		description: 'Performance tier',
		host: 'lnxrepo01.example.lab',
		path: '/mnt/extent1',
		capacityGB: 15360,
		freeGB: 5120.5,
		usedSpaceGB: 10009.1,
		extent: 'Performance',
	},
	{
		name: 'Extent 2',
		type: 'WinLocal',
		description: 'Performance tier',
		host: 'winproxy01.example.lab',
		path: 'E:\\Extent2',
		capacityGB: 15360,
		freeGB: 4800.2,
		usedSpaceGB: 10333.4,
		extent: 'Performance',
	},
	{
		name: 'S3 Capacity Tier',
		type: 'AmazonS3',
		description: 'Capacity tier',
		path: 'amazonS3://example-capacity/sobr1',
		capacityGB: 0,
		freeGB: 0,
		usedSpaceGB: 18240,
		extent: 'Capacity',
	},
];

export function repositoryId(name: string): string {
	return uuidFor(`repository/${name}`);
}

export function repositories(): Item[] {
	return SEEDS.map((seed) => completed('RepositoryModel', seed.type, repositoryOf(seed)));
}

function repositoryOf({ name, type, description, host, path }: Seed): Item {
	return {
		id: repositoryId(name),
		name,
		description,
		uniqueId: '',
		type,
		...(host && { hostId: uuidFor(`server/${host}`) }),
		...(path.includes('://')
			? { bucket: { path }, taskLimitEnabled: false }
			: { repository: { path, taskLimitEnabled: true, maxTaskCount: 4 } }),
		mountServer: {
			mountServerSettingsType: 'Windows',
			windows: {
				mountServerId: BACKUP_SERVER.id,
				writeCacheFolder: 'C:\\ProgramData\\Veeam\\Backup\\IRCache',
				vPowerNFSEnabled: true,
			},
		},
	};
}

/** State of each repository, by its id. */
export function repositoryStates(): Map<string, Item> {
	return new Map(SEEDS.map((seed) => [repositoryId(seed.name), stateOf(seed)]));
}

function stateOf(seed: Seed): Item {
	return {
		...(seed.host && { hostId: uuidFor(`server/${seed.host}`), hostName: seed.host }),
		path: seed.path,
		capacityGB: seed.capacityGB,
		freeGB: seed.freeGB,
		usedSpaceGB: seed.usedSpaceGB,
		isOnline: seed.isOnline ?? true,
		isOutOfDate: seed.isOutOfDate ?? false,
		...(seed.extent && {
			scaleOutRepositoryDetails: {
				membership: SCALE_OUT_NAME,
				scaleOutRepositoryId: repositoryId(SCALE_OUT_NAME),
				extentType: seed.extent,
			},
		}),
	};
}

export function scaleOutRepositories(): Item[] {
	const extents = (tier: Seed['extent']) => SEEDS.filter(({ extent }) => extent === tier);
	return [
		{
			id: repositoryId(SCALE_OUT_NAME),
			name: SCALE_OUT_NAME,
			description: 'Two extents and a bucket',
			uniqueId: '',
			performanceTier: {
				performanceExtents: extents('Performance').map(({ name }) => ({
					id: repositoryId(name),
					name,
					status: ['Normal'],
				})),
				advancedSettings: { perVmBackup: true, fullWhenExtentOffline: false },
			},
			placementPolicy: { type: 'DataLocality' },
			capacityTier: {
				isEnabled: true,
				extents: extents('Capacity').map(({ name }) => ({
					id: repositoryId(name),
					status: ['Normal'],
				})),
				copyPolicyEnabled: true,
				movePolicyEnabled: false,
			},
			archiveTier: { isEnabled: false },
		},
	];
}

import type { Item } from '../../foundation/listQuery';
import { uuidFor } from '../../foundation/random';

/** The backup server's own host, which every local repository belongs to. */
export const BACKUP_SERVER = { id: uuidFor('server/vbr01.example.lab'), name: 'vbr01.example.lab' };

const SERVERS: Array<[name: string, type: string, description: string, status?: string]> = [
	['vbr01.example.lab', 'WindowsHost', 'Backup server'],
	['vcenter01.example.lab', 'ViHost', 'vCenter of the data centre'],
	['hvcluster01.example.lab', 'HvCluster', 'Hyper-V cluster of the branch'],
	['lnxrepo01.example.lab', 'LinuxHost', 'Hardened repository'],
	['lnxrepo02.example.lab', 'LinuxHost', 'Linux repository'],
	['winproxy01.example.lab', 'WindowsHost', 'Backup proxy'],
	['nas01.example.lab', 'WindowsHost', 'Gateway of the NAS', 'Unavailable'],
];

export function managedServers(): Item[] {
	return SERVERS.map(([name, type, description, status = 'Available']) => ({
		id: uuidFor(`server/${name}`),
		name,
		description,
		type,
		status,
		credentialsId: uuidFor('credentials/VBR01\\backupadmin'),
		networkSettings: {},
	}));
}

const PROXIES: Array<[name: string, type: string, host: string, state: Item]> = [
	['VMware Backup Proxy', 'ViProxy', 'vbr01.example.lab', {}],
	['winproxy01.example.lab', 'ViProxy', 'winproxy01.example.lab', {}],
	['hvproxy01.example.lab', 'HvProxy', 'hvcluster01.example.lab', { isOnline: false }],
	['General purpose proxy', 'GeneralPurposeProxy', 'nas01.example.lab', { isDisabled: true }],
];

export function proxies(): Item[] {
	return PROXIES.map(([name, type, host]) => ({
		id: uuidFor(`proxy/${name}`),
		name,
		description: `Runs on ${host}`,
		type,
		server: { hostId: uuidFor(`server/${host}`), hostName: host, maxTaskCount: 4 },
	}));
}

/** State of each proxy, by its id. */
export function proxyStates(): Map<string, Item> {
	return new Map(
		PROXIES.map(([name, , host, state]) => [
			uuidFor(`proxy/${name}`),
			{
				hostId: uuidFor(`server/${host}`),
				hostName: host,
				isDisabled: false,
				isOnline: true,
				isOutOfDate: false,
				...state,
			},
		]),
	);
}

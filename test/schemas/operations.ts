import type { INodeParameters } from 'n8n-workflow';

import type { ProductKey } from '../../nodes/products';
import type { Bench } from '../integration/bench.support';

type AnyBench = Bench<{ close(): Promise<void> }>;

/** `resource/operation`, with the parameters where it needs some. */
export type Previewed = Record<string, (bench: AnyBench) => Promise<INodeParameters>>;

const asItIs = async (): Promise<INodeParameters> => ({});

const plain = (...keys: string[]) => Object.fromEntries(keys.map((key) => [key, asItIs]));

/** The id of the first entry of a list, as a parameter "By ID". */
const firstOf =
	(parameter: string, list: INodeParameters, idField = 'id') =>
	async (bench: AnyBench): Promise<INodeParameters> => {
		const [first] = await bench.json({ ...list, limit: 1 });
		if (first === undefined) throw new Error(`${JSON.stringify(list)} lists nothing`);
		return { [parameter]: { __rl: true, mode: 'id', value: String(first[idField]) } };
	};

const failedSession = firstOf('sessionId', {
	resource: 'session',
	operation: 'getManySessions',
	filters: { typeFilter: 'BackupJob', resultFilter: ['Failed'] },
});

/** The operations people use most: what jobs did, where backups are, how much room is left. */
export const PREVIEWED: Record<ProductKey, Previewed> = {
	vbr: {
		...plain(
			'backup/getManyBackups',
			'backupObject/getManyBackupObjects',
			'backupServer/getServerInfo',
			'job/getManyJobs',
			'job/getManyJobStates',
			'license/getInstalledLicense',
			'malwareEvent/getManyMalwareEvents',
			'managedServer/getManyServers',
			'proxy/getManyProxies',
			'proxy/getManyProxyStates',
			'repository/getManyRepositories',
			'repository/getManyRepositoryStates',
			'restorePoint/getManyRestorePoints',
			'scaleOutRepository/getManySobrs',
			'securityAnalyzer/getBestPracticesResult',
			'session/getManySessions',
			'taskSession/getManyTaskSessions',
		),
		'session/getFailureReasons': failedSession,
		'session/getSession': failedSession,
		'taskSession/getSessionTaskSessions': failedSession,
	},
	vb365: {
		...plain(
			'backupJob/getBackupJobs',
			'backupRepository/getBackupRepositories',
			'jobSession/getJobSessions',
			'license/getLicense',
			'licensedUser/getLicensedUsers',
			'organization/getOrganizations',
			'protectedObject/getProtectedUsers',
			'proxyServer/getBackupProxyServers',
			'restorePoint/getRestorePoints',
		),
		'jobSession/getFailureReasons': firstOf('jobSessionsId', {
			resource: 'jobSession',
			operation: 'getJobSessions',
			filters: { status: 'Failed' },
		}),
		'organizationUser/getOrganizationUsers': firstOf('organizationId', {
			resource: 'organization',
			operation: 'getOrganizations',
		}),
	},
	vspc: plain(
		'backupAgent/listBackupAgents',
		'backupAgentJob/listBackupAgentJobs',
		'backupRepository/listBackupRepositories',
		'backupServer/listBackupServers',
		'company/listCompanies',
		'company/listCompaniesUsage',
		'job/listBackupServerJobs',
		'organization/listOrganizations',
		'protectedVm/listProtectedVms',
		'site/listSites',
		'tenant/listTenants',
		'triggeredAlarm/listActiveAlarms',
	),
};

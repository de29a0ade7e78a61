/** In which field of an event its conditions are picked, for the events of states that have one. */
import { iso, HOUR } from '../clock';
import type { StateWorld } from './states';

interface Choices {
	field: string;
	/** Choices that need more than a record: full soon needs days of samples. */
	unseen?: string[];
	/** Conditions that the world of the campaign does not have; the first kind's. */
	more?: string[];
	/** Answers for choices that the world of the campaign does not use. */
	answer?: StateWorld['answer'];
}

export const CHOICES: Record<string, Choices> = {
	'vbr repositoryStateChanged': { field: 'repositoryConditions', unseen: ['fullSoon'] },
	'vbr jobMissedRun': { field: 'jobMissedRunConditions' },
	'vbr scaleOutExtentChanged': { field: 'scaleOutExtentChangedConditions', unseen: ['pending'] },
	'vbr proxyOrServerStateChanged': { field: 'proxyOrServerConditions' },
	'vbr securityFinding': { field: 'securityFindingConditions' },
	'vbr license': {
		field: 'licenseConditions',
		unseen: ['supportExpiring'],
		answer: ([license, instances], { path, now }, version) => {
			if (path !== '/api/v1/license') return undefined;
			const end = {
				expirationDate: iso(now + (license!.level.expiring ? 25 : 300) * 24 * HOUR),
			};
			const isSummary = version === '1.3-rev2';
			return {
				record: {
					...{ edition: 'Enterprise', licensedTo: 'Us', supportId: '1', type: 'Rental' },
					status: license!.level.notValid ? 'Expired' : 'Valid',
					...(isSummary ? {} : end),
					instanceLicenseSummary: {
						licensedInstancesNumber: 100,
						usedInstancesNumber: instances!.level.overused ? 95 : 50,
						...(isSummary ? end : {}),
					},
				},
			};
		},
	},
	'vbr configBackupOverdue': { field: 'configBackupOverdueConditions' },
	'vb365 repositoryStateChanged': {
		field: 'repositoryConditions',
		unseen: ['fullSoon'],
		more: ['outOfDate', 'outOfOrder', 'notIndexed'],
		answer: (things, { path }, version) =>
			path === '/BackupRepositories'
				? {
						unpaged: version !== 'v8',
						list: things.map(({ id, name, level }) => ({
							...{ id, name, path: 'D:\\', capacityBytes: 1000 * 1024 ** 3 },
							freeSpaceBytes: (level.lowSpace ? 80 : 500) * 1024 ** 3,
							isOutOfSync: level.outOfSync === 1,
							isOutOfOrder: level.outOfOrder === 1,
							isOutdated: level.outOfDate === 1,
							isIndexed: !level.notIndexed,
						})),
					}
				: undefined,
	},
	'vb365 proxyStateChanged': {
		field: 'proxyStateChangedConditions',
		more: ['maintenance'],
		answer: (things, { path }, version) =>
			path === '/Proxies'
				? {
						unpaged: version !== 'v8',
						list: things.map(({ id, name, level }) => ({
							...{ id, hostName: name, port: 9193 },
							status: level.offline ? 'Offline' : 'Online',
							maintenanceModeState: level.maintenance ? 'Enabled' : 'Disabled',
						})),
					}
				: undefined,
	},
	'vb365 license': { field: 'licenseConditions' },
	'vspc repositoryStateChanged': { field: 'repositoryConditions', unseen: ['fullSoon'] },
	'vspc backupServerStateChanged': { field: 'backupServerConditions' },
	'vspc agentStateChanged': {
		field: 'agentConditions',
		more: ['outOfDate'],
		answer: (things, { path }) =>
			path === '/infrastructure/backupAgents'
				? {
						list: things.map(({ id, name, level }) => ({
							...{
								instanceUid: id,
								name,
								operationMode: 'Server',
								managementAgentStatus: 'Online',
							},
							status: level.offline ? 'NotRunning' : 'Active',
							installationType: level.unhealthy ? 'Broken' : 'Full',
							versionStatus: level.outOfDate ? 'OutOfDate' : 'UpToDate',
						})),
					}
				: { list: [] },
	},
	'vspc managementAgentStateChanged': {
		field: 'managementAgentConditions',
		more: ['outOfDate', 'rejected'],
		answer: (things, { path, now }) =>
			path === '/infrastructure/managementAgents'
				? {
						list: things.map(({ id, name, level }) => ({
							...{ instanceUid: id, hostName: name, lastHeartbeatTime: iso(now - HOUR) },
							connectionStatus: level.offline
								? 'Inaccessible'
								: level.rejected
									? 'Rejected'
									: 'Online',
							status: level.unhealthy ? 'Error' : 'Healthy',
							isRebootRequired: level.rebootRequired === 1,
							versionStatus: level.outOfDate ? 'OutOfDate' : 'UpToDate',
						})),
					}
				: { list: [] },
	},
	'vspc license': { field: 'licenseConditions' },
};

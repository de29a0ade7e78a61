/** Worlds of things that are there all the time: well, wrong, worse, gone and back. */
import type { IDataObject } from 'n8n-workflow';

import { DAY, HOUR, iso } from '../clock';
import type { Settings } from '../settings';
import type { Answer, Product, Request } from '../wire';

/** One thing of a world. */
export interface Thing {
	id: string;
	name: string;
	/** Which of the world's kinds it is. */
	kind: string;
	isThere: boolean;
	/** By condition: 0 well, 1 wrong, 2 worse. */
	level: Record<string, number>;
	/** When the level last left 0, by the server's clock. */
	since: Record<string, number>;
	/** Values whose change is reported. */
	value: Record<string, string | number | boolean>;
	/** Counts what became of it. */
	count: number;
}

export interface Kind {
	/** Conditions with the highest level each may have. */
	conditions: Record<string, number>;
	/** Values that change, with what they can be. */
	values?: Record<string, Array<string | number | boolean>>;
	/** So many things of it. */
	most: number;
	/** It cannot go. */
	stays?: boolean;
	id?: string;
}

export interface StateWorld {
	product: Product;
	event: string;
	versions: string[];
	parameters: IDataObject;
	kinds: Record<string, Kind>;
	/** Coming and going are reported. */
	presence?: boolean;
	/** The user can choose things by their names. */
	names?: true;
	/** Which of the choices of the event's field makes a condition watched; default: its own name. */
	choiceOf?(thing: Thing, what: string): string;
	/** Conditions of which the server says when they began. */
	dated?: string[];
	/** Fields that a server may leave out for once. */
	optional?: string[];
	/** By condition or value: the first version that has it. */
	needs?: Record<string, string>;
	/** The level as the event sees it, where others of the thing's conditions matter. */
	level?(thing: Thing, condition: string, settings: Settings): number;
	answer(things: Thing[], request: Request, version: string): Answer | undefined;
}

const data = (list: IDataObject[]): Answer => ({ list });

const VBR = ['1.2-rev1', '1.3-rev0', '1.3-rev1', '1.3-rev2'];
const VB365 = ['v6', 'v7', 'v8'];
const VSPC = ['3.5.1', '3.6', '3.6.1'];

/** Free space at the levels 0, 1 and 2, of 1,000. */
const FREE = [500, 80, 30];

/**
 * How low space is by the user's threshold: 1 below it, one more with each half of it. None of the
 * amounts lies between a threshold of the campaign and one and a half times as much but 50 percent at 60,
 * which is below it.
 */
const spaceLevel: StateWorld['level'] = ({ level }, condition, { lowPercent }) => {
	if (condition !== 'lowSpace') return level[condition] ?? 0;
	const percent = FREE[level.lowSpace!]! / 10;
	return percent >= lowPercent ? 0 : Math.min(4, 1 + Math.floor(Math.log2(lowPercent / percent)));
};
const share = [50, 92, 100];

/** What the settings of the jobs are about. */
const SETTINGS: Record<string, string> = {
	'storage.retentionPolicy.quantity': 'retention',
	'storage.retentionPolicy.type': 'retention',
	'storage.backupRepositoryId': 'repository',
	'storage.advancedSettings.storageData.encryption.isEnabled': 'encryption',
	'schedule.runAutomatically': 'schedule',
	'guestProcessing.guestFSIndexing.isEnabled': 'guestProcessing',
};

const company = { organizationUid: '11111111-0000-4000-8000-000000000001' };

const COMPANIES = data([
	{ instanceUid: company.organizationUid, name: 'Tenant', status: 'Active' },
]);
const isCompanies = (path: string) => path === '/organizations/companies';
const SERVERS = data([
	{ instanceUid: 'srv', name: 'Server', status: 'Healthy', ...company },
	{ instanceUid: 'srv2', name: 'Server 2', status: 'Healthy', ...company },
]);

export const STATE_WORLDS: StateWorld[] = [
	{
		product: 'vbr',
		event: 'repositoryStateChanged',
		names: true,
		versions: VBR,
		parameters: { repositoryConditions: ['lowSpace', 'offline', 'outOfDate'] },
		kinds: { repository: { conditions: { lowSpace: 2, offline: 1, outOfDate: 1 }, most: 12 } },
		needs: { outOfDate: '1.3-rev0' },
		optional: ['isOnline', 'isOutOfDate', 'freeGB'],
		level: spaceLevel,
		answer: (things, { path }) =>
			path === '/api/v1/backupInfrastructure/repositories/states'
				? data(
						things.map(({ id, name, level }) => ({
							...{ id, name, type: 'WinLocal', description: '', path: 'D:\\' },
							...{ capacityGB: 1000, freeGB: FREE[level.lowSpace!], usedSpaceGB: 1 },
							...{ isOnline: !level.offline, isOutOfDate: level.outOfDate === 1 },
						})),
					)
				: undefined,
	},
	{
		product: 'vbr',
		event: 'jobStateChanged',
		names: true,
		versions: VBR,
		parameters: { jobStateChangedChanges: ['added', 'isEnabled', 'lastResult', 'removed'] },
		presence: true,
		kinds: {
			job: {
				conditions: {},
				values: { isEnabled: [true, false], lastResult: ['Success', 'Warning', 'Failed'] },
				most: 12,
			},
		},
		optional: ['lastResult', 'status'],
		answer: (things, { path }) =>
			path === '/api/v1/jobs/states'
				? data(
						things.map(({ id, name, value }) => ({
							...{ id, name, type: 'Backup', workload: 'vm', description: '' },
							status: value.isEnabled ? 'inactive' : 'disabled',
							lastResult: value.lastResult,
						})),
					)
				: undefined,
	},
	{
		product: 'vbr',
		event: 'jobSettingsChanged',
		names: true,
		versions: VBR,
		parameters: {
			jobSettingsChangedSettings: [
				...['encryption', 'guestProcessing', 'repository', 'retention', 'schedule'],
			],
		},
		choiceOf: (_, what) => SETTINGS[what] ?? what,
		kinds: {
			job: {
				conditions: {},
				values: {
					'storage.retentionPolicy.quantity': [7, 14, 30],
					'storage.retentionPolicy.type': ['Days', 'RestorePoints'],
					'storage.backupRepositoryId': ['r1', 'r2'],
					'storage.advancedSettings.storageData.encryption.isEnabled': [true, false],
					'schedule.runAutomatically': [true, false],
					'guestProcessing.guestFSIndexing.isEnabled': [true, false],
				},
				most: 8,
			},
		},
		optional: ['storage', 'schedule', 'guestProcessing'],
		answer: (things, { path }) =>
			path === '/api/v1/jobs'
				? data(
						things.map(({ id, name, value }) => {
							const job: IDataObject = { id, name, type: 'VSphereBackup', isDisabled: false };
							for (const [setting, is] of Object.entries(value)) {
								const parts = setting.split('.');
								const last = parts.pop()!;
								const at = parts.reduce((one, part) => (one[part] ??= {}) as IDataObject, job);
								at[last] = is;
							}
							return job;
						}),
					)
				: undefined,
	},
	{
		product: 'vbr',
		event: 'jobMissedRun',
		names: true,
		versions: VBR,
		parameters: { jobMissedRunConditions: ['disabled', 'missedRun', 'notRun'] },
		dated: ['missedRun', 'notRun'],
		kinds: { job: { conditions: { disabled: 1, missedRun: 1, notRun: 1 }, most: 12 } },
		level: ({ level }, condition) =>
			condition !== 'disabled' && level.disabled ? 0 : (level[condition] ?? 0),
		answer: (things, { path, now }) =>
			path === '/api/v1/jobs/states'
				? data(
						things.map(({ id, name, level, since }) => ({
							...{ id, name, type: 'Backup', lastResult: 'Success' },
							status: level.disabled ? 'disabled' : 'inactive',
							nextRun: iso(level.missedRun ? since.missedRun! - 5 * HOUR : now + HOUR),
							lastRun: iso(level.notRun ? since.notRun! - 9 * DAY : now - HOUR),
						})),
					)
				: undefined,
	},
	{
		product: 'vbr',
		event: 'scaleOutExtentChanged',
		names: true,
		versions: VBR,
		parameters: {
			scaleOutExtentChangedConditions: ['evacuating', 'maintenance', 'resyncRequired', 'sealed'],
		},
		kinds: {
			extent: {
				conditions: { evacuating: 1, maintenance: 1, resyncRequired: 1, sealed: 1 },
				most: 9,
			},
		},
		answer: (things, { path }) =>
			path === '/api/v1/backupInfrastructure/scaleOutRepositories'
				? data(
						[0, 1, 2].map((number) => ({
							...{ id: `sobr${number}`, name: `SOBR ${number}`, description: '' },
							performanceTier: {
								performanceExtents: things
									.filter((_, index) => index % 3 === number)
									.map(({ id, name, level }) => {
										const words = { evacuating: 'Evacuate', maintenance: 'Maintenance' };
										const more = { resyncRequired: 'ResyncRequired', sealed: 'Sealed' };
										const all = Object.entries({ ...words, ...more });
										const on = all.filter(([one]) => level[one]).map(([, word]) => word);
										return { id, name, status: on.length > 0 ? on : ['Normal'] };
									}),
							},
						})),
					)
				: undefined,
	},
	{
		product: 'vbr',
		event: 'proxyOrServerStateChanged',
		names: true,
		versions: VBR.slice(1),
		parameters: {
			proxyOrServerConditions: ['disabled', 'offline', 'outOfDate', 'unavailable'],
		},
		kinds: {
			proxy: { conditions: { disabled: 1, offline: 1, outOfDate: 1 }, most: 6 },
			server: { conditions: { unavailable: 1 }, most: 6 },
		},
		optional: ['isOnline', 'isDisabled', 'isOutOfDate'],
		answer: (things, { path }) => {
			const of = (kind: string) => things.filter((thing) => thing.kind === kind);
			if (path === '/api/v1/backupInfrastructure/proxies/states')
				return data(
					of('proxy').map(({ id, name, level }) => ({
						...{ id, name, type: 'ViProxy' },
						isDisabled: level.disabled === 1,
						isOnline: !level.offline,
						isOutOfDate: level.outOfDate === 1,
					})),
				);
			if (path !== '/api/v1/backupInfrastructure/managedServers') return undefined;
			return data(
				of('server').map(({ id, name, level }) => ({
					...{ id, name, type: 'WindowsHost', description: '' },
					status: level.unavailable ? 'Unavailable' : 'Available',
				})),
			);
		},
	},
	{
		product: 'vbr',
		event: 'securityFinding',
		names: true,
		versions: VBR.slice(1),
		parameters: { securityFindingConditions: ['unableToCheck', 'violation'] },
		kinds: { practice: { conditions: { unableToCheck: 1, violation: 1 }, most: 8, stays: true } },
		// A violation that cannot be checked stays a violation.
		level: ({ level }, condition) =>
			condition === 'unableToCheck' && level.violation
				? 0
				: condition === 'violation' && level.unableToCheck && !level.violation
					? -1
					: (level[condition] ?? 0),
		answer: (things, { path }) =>
			path === '/api/v1/securityAnalyzer/bestPractices'
				? {
						unpaged: true,
						list: things.map(({ id, name, level }) => ({
							...{ id, bestPractice: name, note: '' },
							status: level.violation ? 'Violation' : level.unableToCheck ? 'UnableToCheck' : 'OK',
						})),
					}
				: undefined,
	},
	{
		product: 'vbr',
		event: 'license',
		versions: VBR.slice(0, 3),
		parameters: { licenseConditions: ['expiring', 'notValid', 'overused'] },
		dated: ['expiring'],
		kinds: {
			license: { conditions: { expiring: 1, notValid: 1 }, most: 1, stays: true, id: 'license' },
			instances: { conditions: { overused: 2 }, most: 1, stays: true, id: 'instances' },
		},
		optional: ['expirationDate', 'instanceLicenseSummary'],
		answer: (things, { path, now }) => {
			const [license, instances] = things;
			return path === '/api/v1/license'
				? {
						record: {
							...{ edition: 'Enterprise', licensedTo: 'Us', supportId: '1', type: 'Rental' },
							status: license!.level.notValid ? 'Expired' : 'Valid',
							expirationDate: iso(
								license!.level.expiring ? license!.since.expiring! + 25 * DAY : now + 300 * DAY,
							),
							instanceLicenseSummary: {
								licensedInstancesNumber: 100,
								usedInstancesNumber: share[instances!.level.overused!],
							},
						},
					}
				: undefined;
		},
	},
	{
		product: 'vbr',
		event: 'configBackupOverdue',
		versions: VBR,
		parameters: { configBackupOverdueOptions: { overdueDays: 30 } },
		dated: ['overdue'],
		kinds: {
			backup: { conditions: { disabled: 1, overdue: 1 }, most: 1, stays: true, id: 'configBackup' },
		},
		level: ({ level }, condition) =>
			condition === 'overdue' && level.disabled ? -1 : (level[condition] ?? 0),
		answer: ([backup], { path, now }) =>
			path === '/api/v1/configBackup'
				? {
						record: {
							isEnabled: !backup!.level.disabled,
							lastSuccessfulBackup: {
								lastSuccessfulTime: iso(
									backup!.level.overdue ? backup!.since.overdue! - 31 * DAY : now - HOUR,
								),
								sessionId: 's',
							},
						},
					}
				: undefined,
	},
	{
		product: 'vb365',
		event: 'repositoryStateChanged',
		versions: VB365,
		parameters: { repositoryConditions: ['lowSpace', 'outOfSync', 'outOfDate', 'outOfOrder'] },
		kinds: { repository: { conditions: { lowSpace: 2, outOfSync: 1 }, most: 10 } },
		optional: ['isOutOfSync', 'freeSpaceBytes', 'capacityBytes'],
		level: spaceLevel,
		answer: (things, { path }, version) =>
			path === '/BackupRepositories'
				? {
						unpaged: version !== 'v8',
						list: things.map(({ id, name, level }) => ({
							...{ id, name, path: 'D:\\' },
							capacityBytes: 1000 * 1024 ** 3,
							freeSpaceBytes: FREE[level.lowSpace!]! * 1024 ** 3,
							isOutOfSync: level.outOfSync === 1,
							...{ isOutOfOrder: false, isOutdated: false, isIndexed: true },
						})),
					}
				: undefined,
	},
	{
		product: 'vb365',
		event: 'proxyStateChanged',
		versions: VB365,
		parameters: { proxyStateChangedConditions: ['offline'] },
		kinds: { proxy: { conditions: { offline: 1 }, most: 8 } },
		optional: ['status'],
		answer: (things, { path }, version) =>
			path === '/Proxies'
				? {
						unpaged: version !== 'v8',
						list: things.map(({ id, name, level }) => ({
							...{ id, hostName: name, port: 9193 },
							status: level.offline ? 'Offline' : 'Online',
						})),
					}
				: undefined,
	},
	{
		product: 'vb365',
		event: 'license',
		versions: VB365,
		parameters: { licenseConditions: ['expiring', 'notValid', 'overused'] },
		dated: ['expiring'],
		kinds: {
			license: {
				conditions: { expiring: 1, notValid: 1, overused: 2 },
				most: 1,
				stays: true,
				id: 'license',
			},
		},
		optional: ['licenseExpires', 'expirationDate', 'usedNumber'],
		answer: ([license], { path, now }) => {
			const { level, since } = license!;
			const end = iso(level.expiring ? since.expiring! + 25 * DAY : now + 300 * DAY);
			return path === '/License'
				? {
						record: {
							...{ status: level.notValid ? 'Expired' : 'Valid', type: 'Rental' },
							...{ licensedTo: 'Us', licenseExpires: end, expirationDate: end },
							...{ totalNumber: 100, usedNumber: share[level.overused!] },
						},
					}
				: undefined;
		},
	},
	{
		product: 'vspc',
		event: 'repositoryStateChanged',
		names: true,
		versions: VSPC,
		parameters: { repositoryConditions: ['lowSpace', 'outOfDate', 'unhealthy'] },
		kinds: { repository: { conditions: { lowSpace: 2, outOfDate: 1, unhealthy: 2 }, most: 10 } },
		level: spaceLevel,
		answer: (things, { path }) => {
			if (isCompanies(path)) return COMPANIES;
			if (path === '/infrastructure/backupServers') return SERVERS;
			return path === '/infrastructure/backupServers/repositories'
				? data(
						things.map(({ id, name, level }) => ({
							...{ instanceUid: id, name, backupServerUid: 'srv' },
							_embedded: {
								...{ capacity: 1000 * 1024 ** 3, isCapacityAvailable: true, hostName: 'host' },
								...{ freeSpace: FREE[level.lowSpace!]! * 1024 ** 3, isFreeSpaceAvailable: true },
								isOutOfDate: level.outOfDate === 1,
								status: ['Healthy', 'Warning', 'Error'][level.unhealthy!],
							},
						})),
					)
				: undefined;
		},
	},
	{
		product: 'vspc',
		event: 'backupServerStateChanged',
		names: true,
		versions: VSPC,
		parameters: {
			backupServerConditions: ['offline', 'unhealthy', 'version'],
			backupServerStateChangedOptions: { offlineMinutes: 0 },
		},
		kinds: {
			server: {
				conditions: { offline: 1, unhealthy: 1 },
				values: { version: ['12.1', '12.2', '12.3'] },
				most: 8,
			},
		},
		optional: ['version', 'displayVersion', 'status'],
		// What is offline cannot say how it is.
		level: ({ level }, condition) =>
			condition === 'unhealthy' && level.offline ? -1 : (level[condition] ?? 0),
		answer: (things, { path }) => {
			if (isCompanies(path)) return COMPANIES;
			return path === '/infrastructure/backupServers'
				? data(
						things.map(({ id, name, level, value }) => ({
							...{ instanceUid: id, name, ...company, version: value.version },
							displayVersion: value.version,
							status: level.offline ? 'Inaccessible' : level.unhealthy ? 'Warning' : 'Healthy',
						})),
					)
				: undefined;
		},
	},
	{
		product: 'vspc',
		event: 'agentStateChanged',
		names: true,
		versions: VSPC,
		parameters: {
			agentConditions: ['offline', 'unhealthy'],
			agentStateChangedOptions: { offlineMinutes: 0 },
		},
		kinds: { agent: { conditions: { offline: 1, unhealthy: 1 }, most: 12 } },
		optional: ['status', 'installationType'],
		answer: (things, { path }) => {
			if (isCompanies(path)) return COMPANIES;
			return path === '/infrastructure/backupAgents'
				? data(
						things.map(({ id, name, level }) => ({
							...{ instanceUid: id, name, ...company, operationMode: 'Server' },
							status: level.offline ? 'NotRunning' : 'Active',
							managementAgentStatus: 'Online',
							installationType: level.unhealthy ? 'Broken' : 'Full',
						})),
					)
				: undefined;
		},
	},
	{
		product: 'vspc',
		event: 'managementAgentStateChanged',
		names: true,
		versions: VSPC,
		parameters: {
			managementAgentConditions: ['offline', 'rebootRequired', 'unhealthy'],
			managementAgentStateChangedOptions: { offlineMinutes: 0 },
		},
		dated: ['offline'],
		kinds: { agent: { conditions: { offline: 1, rebootRequired: 1, unhealthy: 1 }, most: 12 } },
		optional: ['isRebootRequired', 'connectionStatus', 'status'],
		answer: (things, { path, now }) => {
			if (isCompanies(path)) return COMPANIES;
			return path === '/infrastructure/managementAgents'
				? data(
						things.map(({ id, name, level, since }) => ({
							...{ instanceUid: id, hostName: name, ...company },
							connectionStatus: level.offline ? 'Inaccessible' : 'Online',
							lastHeartbeatTime: iso(level.offline ? since.offline! - 60_000 : now),
							status: level.unhealthy ? 'Error' : 'Healthy',
							isRebootRequired: level.rebootRequired === 1,
						})),
					)
				: undefined;
		},
	},
	{
		product: 'vspc',
		event: 'companyChanged',
		names: true,
		versions: VSPC,
		parameters: {},
		presence: true,
		kinds: {
			company: {
				conditions: {},
				values: { name: ['Alpha 1', 'Beta 2', 'Gamma 3'], status: ['Active', 'Disabled'] },
				most: 10,
			},
		},
		optional: ['status'],
		answer: (things, { path }) =>
			isCompanies(path)
				? data(
						things.map(({ id, value }) => ({
							...{ instanceUid: id, name: value.name, status: value.status },
						})),
					)
				: undefined,
	},
	{
		product: 'vspc',
		event: 'companyUsage',
		versions: VSPC,
		parameters: {},
		kinds: {
			resource: {
				conditions: {
					serversOverused: 2,
					storageOverused: 2,
					vmsOverused: 2,
					workstationsOverused: 2,
				},
				most: 8,
			},
		},
		optional: ['usedStorageQuota', 'vmBackups'],
		answer: (things, { path }) => {
			if (isCompanies(path)) return COMPANIES;
			if (/\/backupResources\/usage$/.test(path))
				return data(
					things.map(({ id, level }) => ({
						...{ backupResourceUid: id, companyUid: company.organizationUid },
						serverBackups: share[level.serversOverused!],
						usedStorageQuota: share[level.storageOverused!]! * 1024 ** 3,
						vmBackups: share[level.vmsOverused!],
						workstationBackups: share[level.workstationsOverused!],
					})),
				);
			return /\/backupResources$/.test(path)
				? data(
						things.map(({ id, name }) => ({
							...{ instanceUid: id, cloudRepositoryName: name },
							companyUid: company.organizationUid,
							...{ storageQuota: 100 * 1024 ** 3, serversQuota: 100, vmsQuota: 100 },
							workstationsQuota: 100,
							isServersQuotaUnlimited: false,
							...{ isVmsQuotaUnlimited: false, isWorkstationsQuotaUnlimited: false },
						})),
					)
				: undefined;
		},
	},
	{
		product: 'vspc',
		event: 'license',
		versions: VSPC,
		parameters: { licenseOf: ['console', 'servers'] },
		dated: ['expiring'],
		choiceOf: ({ kind }) => (kind === 'console' ? 'console' : 'servers'),
		kinds: {
			server: { conditions: { expiring: 1, notValid: 2, overused: 2 }, most: 6 },
			console: { conditions: { expiring: 1, notValid: 2 }, most: 1, stays: true, id: 'console' },
		},
		optional: ['expirationDate', 'usedUnits', 'status'],
		answer: (things, { path, now }) => {
			if (isCompanies(path)) return COMPANIES;
			if (path === '/infrastructure/backupServers') return SERVERS;
			const of = ({ level, since }: Thing) => ({
				status: ['Valid', 'Warning', 'Expired'][level.notValid!],
				expirationDate: iso(level.expiring ? since.expiring! + 25 * DAY : now + 300 * DAY),
			});
			if (path === '/licensing/console')
				return { record: { data: of(things.find(({ kind }) => kind === 'console')!) } };
			return path === '/licensing/backupServers'
				? data(
						things
							.filter(({ kind }) => kind === 'server')
							.map((thing) => ({
								...{ backupServerUid: thing.id, ...of(thing), units: 100 },
								usedUnits: share[thing.level.overused!],
							})),
					)
				: undefined;
		},
	},
	{
		product: 'vspc',
		event: 'alarm',
		versions: VSPC,
		parameters: {},
		dated: ['alarm'],
		kinds: { alarm: { conditions: { alarm: 2 }, most: 10 } },
		answer: (things, { path }) => {
			if (isCompanies(path)) return COMPANIES;
			if (path === '/alarms/templates') return data([{ instanceUid: 'tpl', name: 'Job state' }]);
			return path === '/alarms/active'
				? data(
						things.map((thing) => ({
							instanceUid: `alarm-${thing.id}`,
							alarmTemplateUid: 'tpl',
							repeatCount: thing.count,
							object: {
								...{ instanceUid: thing.id, objectUid: thing.id, type: 'BackupServerJob' },
								...{ objectName: thing.name, ...company },
							},
							lastActivation: {
								status: ['Resolved', 'Warning', 'Error'][thing.level.alarm!],
								time: iso(thing.since.alarm ?? 0),
								message: 'Something\r\n',
							},
						})),
					)
				: undefined;
		},
	},
];

/**
 * Sections that a report of a backup server has where they are chosen: each held against what was put
 * on the server, on every revision. The server's answers are built from the specifications.
 */
import type { IDataObject } from 'n8n-workflow';

import { collect } from '../../../nodes/VeeamBackupReplication/report/collect';
import type { ReportModel, ReportOptions, ReportSection } from '../../../nodes/shared/report/model';
import {
	backupServer,
	REVISIONS,
	type BackupServer,
	type Revision,
} from '../../support/backupServer';
import { request } from '../../support/reportClient';

const NOW = Date.now();
const at = (hours: number): string => new Date(NOW + hours * 3_600_000).toISOString();
const GB = 1024 ** 3;

let kept: IDataObject = {};
beforeEach(() => (kept = {}));

async function report(
	revision: Revision,
	server: BackupServer,
	sections: ReportSection[],
	options: Partial<ReportOptions> = {},
): Promise<ReportModel & { asked: string[] }> {
	const client = backupServer(revision, server);
	const model = await collect({ getWorkflowStaticData: () => kept }, client, {
		...request(options),
		sections,
	});
	return { ...model, asked: client.asked.map(({ path }) => path.replace('/api/v1', '')) };
}

const session = (id: string, sessionType: string, more: IDataObject = {}): IDataObject => ({
	...{ id, name: id, sessionType, state: 'Stopped', jobId: `job of ${id}` },
	...{ creationTime: at(-3), endTime: at(-2), initiatedBy: 'CORP\\ada' },
	result: { result: 'Success', message: '', isCanceled: false },
	...more,
});
const failed = (message: string) => ({
	result: { result: 'Failed', message, isCanceled: false },
});

describe.each(REVISIONS)('%s', (revision) => {
	const isOldest = revision === '1.2-rev1';

	describe('the server itself', () => {
		it('is in the head of each report, and costs nothing where the account may not read it', async () => {
			const license = { status: 'Valid' };
			const info = { name: 'BACKUP01', buildVersion: '13.0.1.1071' };
			const known = await report(revision, { info, license }, ['licenses']);
			expect(known.host).toEqual({ name: 'BACKUP01', version: '13.0.1.1071' });
			expect(known.about).toBeUndefined();
			const refused = await report(revision, { refused: { '/serverInfo': 403 }, license }, [
				'licenses',
			]);
			expect(refused.host).toBeUndefined();
			expect(refused.unavailable).toEqual([]);
			expect(refused.verdict).toEqual(known.verdict);
		});

		it('alone is no report where all that was asked for is refused', async () => {
			const info = { name: 'BACKUP01', buildVersion: '13.0.1.1071' };
			const refused = { '/license': 403 };
			await expect(report(revision, { info, refused }, ['licenses'])).rejects.toThrow();
		});

		it('is named with version, patches and database, in one request', async () => {
			const { about, asked } = await report(
				revision,
				{
					info: {
						...{ name: 'BACKUP01', buildVersion: '13.0.1.1071', patches: ['P1'] },
						...{ databaseVendor: 'PostgreSql', sqlServerVersion: '17.4', platform: 'Linux' },
					},
				},
				['about'],
			);
			expect(about).toEqual([
				{
					...{ name: 'BACKUP01', version: '13.0.1.1071', patches: ['P1'] },
					...{ database: 'PostgreSql 17.4', apiVersion: revision },
					...(isOldest ? {} : { platform: 'Linux' }),
				},
			]);
			expect(asked).toEqual(['/serverInfo']);
		});

		it.each([
			['refused', { refused: { '/serverInfo': 403 }, license: { status: 'Valid' } }],
			['cut off', { info: {}, license: { status: 'Valid' } }],
		])('is missed where it is %s, and the verdict is not good', async (_, server) => {
			const { about, unavailable, verdict } = await report(
				revision,
				server as unknown as BackupServer,
				['licenses', 'about'],
			);
			expect(about).toBeUndefined();
			expect(unavailable).toMatchObject([{ section: 'about' }]);
			expect(verdict.status).toBe('warning');
		});
	});

	describe('machines in no backup', () => {
		const machine = (name: string, objectId: string, hostName = 'vc1', more: IDataObject = {}) => ({
			...{ name, objectId, hostName, platform: 'VMware', type: 'VirtualMachine', size: '1 GB' },
			...more,
		});
		const backed = (name: string, objectId: string | undefined, more: IDataObject = {}) => ({
			...{ id: `${name}/${objectId}`, name, platformName: 'VMware', type: 'VM', backupId: 'b' },
			...{ restorePointsCount: 1, platformId: 'p', ...(objectId ? { objectId } : {}) },
			...more,
		});
		const missing = async (inventory: IDataObject[], objects: IDataObject[]) =>
			await report(revision, { inventory, objects }, ['notBackedUp']);

		it('are those that no backup has, whatever their case', async () => {
			const { notBackedUp, counts, verdict, asked } = await missing(
				[machine('Web01', 'vm-1'), machine('db01', 'vm-2'), machine('new', 'vm-3')],
				[backed('web01', 'vm-1'), backed('db01', 'vm-2', { restorePointsCount: 0 })],
			);
			expect(notBackedUp).toEqual([{ name: 'new', host: 'vc1', platform: 'VMware' }]);
			expect(counts.notBackedUp).toBe(1);
			expect(verdict.status).toBe('warning');
			expect(asked).toEqual([
				'/serverInfo',
				'/inventory',
				'/inventory/{hostname}',
				'/backupObjects',
			]);
		});

		it('are none that was renamed, moved to another id, or is known by an agent', async () => {
			const { notBackedUp, unavailable } = await missing(
				[
					machine('renamed', 'vm-1'),
					machine('moved', 'vm-92'),
					machine('agent', 'vm-3'),
					machine('old', 'vm-4'),
				],
				[
					backed('before', 'vm-1'),
					backed('moved', 'vm-2'),
					backed('agent.corp.example', undefined, { platformName: 'WindowsPhysical' }),
					backed('outdated_old', 'vm-77'),
				],
			);
			expect(notBackedUp).toEqual([]);
			expect(unavailable).toEqual([]);
		});

		it('are known by an agent of their own domain alone, and not by a part of its address', async () => {
			const physical = { platformName: 'LinuxPhysical' };
			const { notBackedUp, unavailable } = await missing(
				[
					machine('app.lab.example', 'vm-1'),
					machine('192.0.2.9', 'vm-2'),
					machine('mail.lab.example', 'vm-3'),
					machine('twin', 'vm-4'),
					machine('twin', 'vm-5', 'vc2'),
				],
				[
					backed('app.corp.example', undefined, physical),
					backed('192.0.2.5', undefined, physical),
					backed('mail', undefined, physical),
					backed('twin', undefined, physical),
				],
			);
			expect(notBackedUp!.map(({ name }) => name).sort()).toEqual(['192.0.2.9', 'app.lab.example']);
			expect(unavailable[0]?.reason).toContain('twin (vc1), twin (vc2)');
		});

		it('are told apart by id where two are called alike', async () => {
			const { notBackedUp } = await missing(
				[machine('twin', 'vm-1'), machine('twin', 'vm-2', 'vc2')],
				[backed('twin', 'vm-1')],
			);
			expect(notBackedUp).toEqual([{ name: 'twin', host: 'vc2', platform: 'VMware' }]);
		});

		it('on two servers that give the same ids are not mistaken for each other', async () => {
			const { notBackedUp } = await missing(
				[machine('a', 'vm-1'), machine('b', 'vm-1', 'vc2')],
				[backed('a', 'vm-1')],
			);
			expect(notBackedUp).toMatchObject([{ name: 'b', host: 'vc2' }]);
		});

		it('are not guessed at: twins whose backup has no id are a gap, not a row', async () => {
			const hyperV = { platform: 'HyperV' };
			const { notBackedUp, unavailable, verdict } = await missing(
				[machine('twin', 'a', 'hv1', hyperV), machine('twin', 'b', 'hv2', hyperV)],
				[backed('twin', undefined, { platformName: 'HyperV' })],
			);
			expect(notBackedUp).toEqual([]);
			expect(unavailable).toMatchObject([{ section: 'notBackedUp', isCut: true }]);
			expect(unavailable[0]?.reason).toContain('twin (hv1), twin (hv2)');
			expect(verdict.status).toBe('warning');
		});

		it('are no templates, folders or replicas of others', async () => {
			const { notBackedUp } = await missing(
				[
					machine('t', 'vm-8', 'vc1', { type: 'Template' }),
					machine('f', 'group-1', 'vc1', { type: 'Folder' }),
					machine('web', 'vm-1'),
					machine('web_replica', 'vm-9'),
				],
				[backed('web', 'vm-1')],
			);
			expect(notBackedUp).toEqual([]);
		});

		it('are not listed where the backups could not be read', async () => {
			const { notBackedUp, unavailable, counts } = await report(
				revision,
				{
					inventory: [machine('a', 'vm-1')],
					refused: { '/backupObjects': 500 },
					info: { name: 'B', buildVersion: '13', patches: [] },
				},
				['notBackedUp', 'about'],
			);
			expect(notBackedUp).toBeUndefined();
			expect(counts.notBackedUp).toBeNull();
			expect(unavailable).toContainEqual(expect.objectContaining({ section: 'notBackedUp' }));
		});

		it('of more than twenty servers are not all asked for, which is said', async () => {
			const { asked, unavailable } = await missing(
				Array.from({ length: 25 }, (_, index) => machine(`m${index}`, `vm-${index}`, `h${index}`)),
				[],
			);
			expect(asked.filter((path) => path === '/inventory/{hostname}')).toHaveLength(20);
			expect(unavailable).toMatchObject([{ section: 'notBackedUp', isCut: true }]);
		});
	});

	describe('SureBackup and replicas', () => {
		it('are the last run of each job in the period, and replicas that are not ready', async () => {
			const { verifications, counts, verdict, asked } = await report(
				revision,
				{
					sessions: [
						session('1', 'SureBackup', { jobId: 'a', name: 'Lab', ...failed('No ping') }),
						session('2', 'SureBackup', { jobId: 'a', name: 'Lab', endTime: at(-9) }),
						session('3', 'ReplicaJob', { jobId: 'r', name: 'DR' }),
						session('4', 'SureBackup', { jobId: 'z', name: 'Old', endTime: at(-30) }),
						session('5', 'BackupJob', { jobId: 'b', name: 'Daily' }),
					],
					replicas: [
						{ id: 'x', name: 'vm1', type: 'Regular', state: 'Ready' },
						{ id: 'y', name: 'vm2', type: 'Regular', state: 'Failover' },
						{ id: 'z', name: 'vm3', type: 'Regular', state: 'FailedFailover' },
					],
				},
				['verifications'],
			);
			expect(verifications).toEqual([
				{
					...{ id: 'a', name: 'Lab', kind: 'sureBackup', state: 'Failed', status: 'bad' },
					...{ failures: 1, time: at(-2), reason: 'No ping' },
				},
				{ id: 'z', name: 'vm3', kind: 'replica', state: 'Failed Failover', status: 'bad' },
				{
					...{ id: 'r', name: 'DR', kind: 'replication', state: 'Success', status: 'good' },
					...{ failures: 0, time: at(-2) },
				},
				{ id: 'y', name: 'vm2', kind: 'replica', state: 'Failover', status: 'good' },
			]);
			expect(counts.verifications).toBe(2);
			expect(verdict.status).toBe('bad');
			expect(asked).toEqual(['/serverInfo', '/sessions', '/replicas']);
		});
	});

	describe('the configuration backup', () => {
		const of = async (configBackup: unknown) =>
			await report(revision, { configBackup }, ['configBackup']);
		it.each([
			[
				'enabled',
				'good',
				{ isEnabled: true, lastSuccessfulBackup: { lastSuccessfulTime: at(-20) } },
			],
			[
				'overdue',
				'warning',
				{ isEnabled: true, lastSuccessfulBackup: { lastSuccessfulTime: at(-60) } },
			],
			[
				'disabled',
				'warning',
				{ isEnabled: false, lastSuccessfulBackup: { lastSuccessfulTime: at(-20) } },
			],
			['never', 'warning', { isEnabled: true }],
		])('is %s', async (state, status, answer) => {
			const { configBackup, verdict, asked } = await of(answer);
			expect(configBackup).toMatchObject([{ state, status }]);
			expect(verdict.status).toBe(status);
			expect(asked).toEqual(['/serverInfo', '/configBackup']);
		});

		it('that is half an answer is not well', async () => {
			await expect(of({})).rejects.toThrow();
		});
	});

	it('names proxies and servers that are down, and those that are off on purpose', async () => {
		const { infrastructure, counts, verdict, notes } = await report(
			revision,
			{
				proxies: [
					{ id: '1', name: 'P1', isDisabled: false, isOnline: true, isOutOfDate: false },
					{ id: '2', name: 'P2', isDisabled: false, isOnline: false, isOutOfDate: false },
					{ id: '3', name: 'P3', isDisabled: true, isOnline: false, isOutOfDate: false },
					{ id: '4', name: 'P4', isDisabled: false, isOnline: true, isOutOfDate: true },
				],
				servers: [
					{ id: '5', name: 'esx1', type: 'ViHost', status: 'Available' },
					{ id: '6', name: 'esx2', type: 'ViHost', status: 'Unavailable' },
				],
			},
			['infrastructure'],
		);
		const down = { id: '6', name: 'esx2', kind: 'server', state: 'unavailable', status: 'bad' };
		const proxy = (id: string, state: string, status: string) => ({
			...{ id, name: `P${id}`, kind: 'proxy', state, status },
		});
		expect(infrastructure).toEqual(
			isOldest
				? [down]
				: [
						down,
						proxy('2', 'offline', 'bad'),
						proxy('4', 'outOfDate', 'warning'),
						proxy('3', 'disabled', 'good'),
					],
		);
		expect(counts.infrastructure).toBe(isOldest ? 1 : 3);
		expect(verdict.status).toBe('bad');
		expect(notes.some((note) => note.includes('1.3-rev0'))).toBe(isOldest);
	});

	it('means the period by the server’s clock, also where nothing else is asked before', async () => {
		const hour = 3_600_000;
		const { activities, period } = await report(
			revision,
			{
				ahead: -20 * hour,
				sessions: [
					session('within', 'FileLevelRestore', { creationTime: at(-40), endTime: at(-39) }),
					session('before', 'FileLevelRestore', { creationTime: at(-46), endTime: at(-45) }),
				],
			},
			['activities'],
		);
		expect(activities?.map(({ name }) => name)).toEqual(['within']);
		expect(Math.abs(Date.parse(period.to) - (NOW - 20 * hour))).toBeLessThan(hour);
	});

	it('says so where the server does not tell its time', async () => {
		const { unavailable } = await report(
			revision,
			{ refused: { '/serverInfo': 403, '/serverTime': 403 } },
			['activities'],
		);
		expect(unavailable).toEqual([
			{ section: 'activities', reason: expect.stringMatching(/^Server: /), isCut: true },
		]);
	});

	it('says who restored and deleted what in the period', async () => {
		const { activities, counts, verdict, asked, notes } = await report(
			revision,
			{
				sessions: [
					session('r', 'FileLevelRestore', { name: 'mail01' }),
					session('d', 'DeleteBackup', { name: 'Old', creationTime: at(-5), ...failed('x') }),
					session('i', 'InstantRecovery', {
						...{ name: 'sql', creationTime: at(-1), endTime: null, state: 'Working' },
						result: { result: 'None', message: '', isCanceled: false },
					}),
					session('e', 'RestoreVm', { creationTime: at(-30), endTime: at(-29) }),
					session('b', 'BackupJob'),
				],
			},
			['activities'],
		);
		const user = isOldest ? {} : { user: 'CORP\\ada' };
		expect(activities).toEqual([
			{
				...{ kind: 'Instant Recovery', name: 'sql', time: at(-1), ...user },
				...{ state: 'Running', isDeletion: false },
			},
			{
				...{ kind: 'File-Level Restore', name: 'mail01', time: at(-3), end: at(-2), ...user },
				...{ state: 'Success', isDeletion: false },
			},
			{
				...{ kind: 'Deletion of Backups', name: 'Old', time: at(-5), end: at(-2), ...user },
				...{ state: 'Failed', isDeletion: true },
			},
		]);
		expect(counts.activities).toBe(3);
		// Whoever restores has done nothing wrong.
		expect(verdict.status).toBe('good');
		expect(asked).toEqual(['/serverInfo', '/sessions']);
		expect(notes).toHaveLength(isOldest ? 1 : 0);
	});

	describe('what runs read and sent', () => {
		const progress = { readSize: 30 * GB, transferredSize: 10 * GB, processedSize: 99 * GB };
		const ESTATE: BackupServer = {
			jobs: [
				{
					...{ id: 'a', name: 'A', type: 'VSphereBackup', status: 'Inactive', sessionId: 's1' },
					...{ lastResult: 'Success', lastRun: at(-3), nextRun: at(20) },
					sessionProgress: progress,
				},
			],
			sessions: [
				session('s1', 'BackupJob', { jobId: 'a', progress }),
				session('s0', 'BackupJob', {
					...{ jobId: 'a', creationTime: at(-9), endTime: at(-8) },
					progress: { readSize: 6 * GB, transferredSize: 2 * GB },
				}),
			],
			tasks: [
				{
					id: 't1',
					sessionId: 's1',
					endTime: at(-2),
					progress: { readSize: 20 * GB, transferredSize: 4 * GB },
				},
				{
					id: 't2',
					sessionId: 's1',
					endTime: at(-2),
					progress: { readSize: 10 * GB, transferredSize: 6 * GB },
				},
				{
					id: 't3',
					sessionId: 's0',
					endTime: at(-8),
					progress: { readSize: 6 * GB, transferredSize: 2 * GB },
				},
				{ id: 't4', sessionId: 's1', endTime: at(-2), progress: null },
			],
		};

		it('stands with each job; the tasks are asked only where nothing else has it', async () => {
			const { allJobs, asked } = await report(revision, ESTATE, ['allJobs']);
			expect(allJobs).toMatchObject([{ name: 'A', readGB: 30, transferredGB: 10 }]);
			expect(asked.includes('/taskSessions')).toBe(isOldest);
		});

		it('is summed up over the period with what the repositories hold', async () => {
			const { growth, asked } = await report(
				revision,
				{
					...ESTATE,
					repositories: [
						{ id: 'r', name: 'R', capacityGB: 100, freeGB: 40, usedSpaceGB: 55, isOnline: true },
						{ id: 'o', name: 'O', capacityGB: -1, freeGB: 0, usedSpaceGB: 5, isOnline: true },
					],
				},
				['growth'],
			);
			expect(growth).toEqual([
				{ usedGB: 60, readGB: 36, transferredGB: 12 },
				{ id: 'r', name: 'R', usedGB: 55 },
				{ id: 'o', name: 'O', usedGB: 5 },
			]);
			expect(asked.filter((path) => path === '/taskSessions')).toHaveLength(
				revision === '1.3-rev2' ? 0 : 1,
			);
		});
	});

	it('shows scale-out repositories with their extents, low as a whole', async () => {
		const state = (id: string, freeGB: number, more: IDataObject = {}) => ({
			...{ id, name: `Extent ${id}`, capacityGB: 100, freeGB, usedSpaceGB: 1, isOnline: true },
			...more,
		});
		const { scaleOut, verdict, asked } = await report(
			revision,
			{
				repositories: [state('1', 8), state('2', 8), state('3', 50, { isOnline: false })],
				scaleOut: [
					{
						...{
							id: 's',
							name: 'SOBR',
							performanceTier: {
								performanceExtents: [
									{ id: '1', name: 'Extent 1', status: ['Normal'] },
									{ id: '2', name: 'Extent 2', status: ['Maintenance'] },
								],
							},
						},
						...{ capacityTier: { isEnabled: true, extents: [{ id: '3' }] } },
						archiveTier: { isEnabled: false, extentId: '9' },
					},
				],
			},
			['scaleOut'],
		);
		expect(scaleOut).toEqual([
			{
				...{ id: 's', name: 'SOBR', capacityGB: 200, freeGB: 16, usedPercent: 92, status: 'bad' },
				extents: [
					{
						...{ id: '1', name: 'Extent 1', tier: 'performance', modes: [] },
						...{ capacityGB: 100, freeGB: 8, online: true },
					},
					{
						...{ id: '2', name: 'Extent 2', tier: 'performance', modes: ['Maintenance'] },
						...{ capacityGB: 100, freeGB: 8, online: true },
					},
					{
						...{ id: '3', name: 'Extent 3', tier: 'capacity', modes: [] },
						...{ capacityGB: 100, freeGB: 50, online: false },
					},
				],
			},
		]);
		expect(verdict.status).toBe('bad');
		expect(asked).toEqual([
			'/serverInfo',
			'/backupInfrastructure/repositories/states',
			'/backupInfrastructure/scaleOutRepositories',
		]);
	});

	it('says when support ends, and judges nothing by it', async () => {
		const summary = { licensedInstancesNumber: 10, usedInstancesNumber: 5 };
		const { licenses, verdict } = await report(
			revision,
			{
				license: {
					...{ status: 'Valid', edition: 'EnterprisePlus', type: 'Perpetual' },
					...(revision === '1.3-rev2'
						? { instanceLicenseSummary: { ...summary, supportExpirationDate: at(-48) } }
						: { supportExpirationDate: at(-48), instanceLicenseSummary: summary }),
				},
			},
			['licenses'],
		);
		expect(licenses).toMatchObject([{ status: 'good', supportEnds: at(-48) }]);
		expect(verdict.status).toBe('good');
	});

	it('does not list findings of a machine that was marked as clean since', async () => {
		const event = (id: string, hours: number, severity: string, name: string) => ({
			...{ id, type: 'EncryptedData', severity, state: 'Created', details: 'x', source: 'Manual' },
			...{ detectionTimeUtc: at(hours), creationTimeUtc: at(hours), createdBy: '', engine: '' },
			machine: { displayName: name, uuid: `uuid of ${name}` },
		});
		const { findings, counts } = await report(
			revision,
			{
				malware: [
					event('1', -9, 'Infected', 'cleaned'),
					event('2', -5, 'Clean', 'cleaned'),
					event('3', -9, 'Clean', 'again'),
					event('4', -5, 'Infected', 'again'),
					event('5', -5, 'Suspicious', 'other'),
				],
			},
			['findings'],
		);
		expect(findings.map(({ id }) => id)).toEqual(['4', '5']);
		expect(counts.findings).toBe(2);
	});
});

describe('growth', () => {
	const estate = (usedSpaceGB: number): BackupServer => ({
		repositories: [{ id: 'r', name: 'R', capacityGB: 100, freeGB: 1, usedSpaceGB, isOnline: true }],
	});

	it('is that since the report one period ago', async () => {
		jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });
		try {
			await report('1.3-rev2', estate(50), ['growth']);
			jest.setSystemTime(NOW + 6 * 3_600_000);
			const { growth: young } = await report('1.3-rev2', estate(52), ['growth']);
			expect(young![1]).toEqual({ id: 'r', name: 'R', usedGB: 52 });
			jest.setSystemTime(NOW + 24 * 3_600_000);
			const { growth } = await report('1.3-rev2', estate(57.5), ['growth']);
			expect(growth![0]).toMatchObject({ usedGB: 57.5, grownGB: 7.5 });
			expect(Date.parse(growth![1]!.since!)).toBeCloseTo(NOW, -4);
		} finally {
			jest.useRealTimers();
		}
	});
});

import type { IDataObject } from 'n8n-workflow';

import { collect } from '../../../nodes/VeeamBackupReplication/report/collect';
import { licenseRows } from '../../../nodes/VeeamBackupReplication/report/licenses';
import type { ReportModel, ReportOptions } from '../../../nodes/shared/report/model';
import {
	backupServer,
	REVISIONS,
	type BackupServer,
	type Revision,
} from '../../support/backupServer';
import { bigVbrReport } from '../../support/bigReports';
import { request } from '../../support/reportClient';

const HOUR = 3_600_000;
const at = (hoursAgo: number) => new Date(Date.now() - hoursAgo * HOUR).toISOString();
const PLACE = { platformName: 'VMware', platformId: '00000000-0000-0000-0000-000000000000' };

const job = (id: string, changes: IDataObject = {}): IDataObject => ({
	...{ id, name: `Job ${id}`, type: 'VSphereBackup', status: 'Inactive', lastResult: 'Success' },
	...{ lastRun: at(3), nextRun: at(-20) },
	...changes,
});

const session = (id: string, jobId: string, hoursAgo: number, result: string, message = '') => ({
	...{ id, jobId, name: `Session of ${jobId}`, sessionType: 'BackupJob', state: 'Stopped' },
	...{ creationTime: at(hoursAgo + 1), endTime: at(hoursAgo) },
	result: { result, message, isCanceled: false },
});

const object = (id: string, changes: IDataObject = {}): IDataObject => ({
	...{ id, name: id, objectId: id, type: 'VM', backupId: 'main', restorePointsCount: 7 },
	...PLACE,
	...changes,
});

const point = (backupObjectId: string, hoursAgo: number, changes: IDataObject = {}) => ({
	...{ id: `${backupObjectId}/${hoursAgo}`, name: backupObjectId, backupObjectId },
	...{ creationTime: at(hoursAgo), backupId: 'main', ...PLACE },
	...changes,
});

const WELL: BackupServer = {
	jobs: [job('a')],
	sessions: [session('s', 'a', 3, 'Success')],
	repositories: [{ id: 'r', name: 'R', capacityGB: 100, freeGB: 50, isOnline: true }],
	license: { status: 'Valid', edition: 'EnterprisePlus', type: 'Perpetual' },
};

const all = ['jobs', 'missedRuns', 'unprotected', 'repositories', 'licenses', 'findings'] as const;

async function report(
	server: BackupServer,
	options: Partial<ReportOptions> = {},
	revision: Revision = '1.3-rev1',
): Promise<ReportModel & { asked: string[] }> {
	const client = backupServer(revision, { ...WELL, ...server });
	const kept = {};
	const model = await collect({ getWorkflowStaticData: () => kept }, client, {
		...request({ sections: [...all] }),
		...options,
	});
	return { ...model, asked: client.asked.map(({ path }) => path.replace('/api/v1', '')) };
}

/** One job failed, and its list could not be read as a whole. */
const FAILED_AND_CUT = {
	status: 'bad',
	text: '1 job failed; not read completely: jobs',
	points: [
		{ status: 'bad', section: 'jobs', text: '1 job failed' },
		{ status: 'warning', text: 'Not read completely: jobs' },
	],
};

describe('failed jobs', () => {
	it('are those whose last run failed; one that ended well is a remark', async () => {
		const { failures, counts, notes, verdict } = await report({
			jobs: [job('a'), job('b', { lastResult: 'Failed' })],
			sessions: [
				session('1', 'a', 5, 'Failed', 'No space'),
				session('2', 'a', 4, 'Success'),
				session('3', 'b', 5, 'Success'),
				session('4', 'b', 4, 'Failed', 'No space'),
				session('5', 'b', 3, 'Failed', 'Still no space'),
			],
		});
		expect(failures).toEqual([
			{
				...{ id: 'b', name: 'Job b', type: 'vSphere Backup', result: 'Failed', failures: 2 },
				time: expect.any(String),
				lastSuccess: expect.any(String),
				objects: [],
				reason: 'Still no space',
			},
		]);
		expect(counts).toMatchObject({ jobs: 2, succeeded: 1, failed: 1, warned: 0, idle: 0 });
		expect(notes).toContain('1 failed run, the last one good: Job a (1).');
		expect(verdict).toEqual({ status: 'bad', text: '1 job failed' });
	});

	it('of which only the list of jobs knows are failed all the same', async () => {
		const { failures, counts, verdict } = await report({
			jobs: [job('a', { lastResult: 'Failed' }), job('b', { lastResult: 'Failed' })],
			sessions: [session('1', 'b', 1, 'Success')],
		});
		expect(counts).toMatchObject({ jobs: 2, failed: 2, succeeded: 0 });
		expect(failures.map(({ reason }) => reason)).toEqual([
			'The server lists the job as failed, and no session of it says why.',
			'The server lists the job as failed, and no session of it says why.',
		]);
		expect(verdict.status).toBe('bad');
	});

	it('before the period, and not run since, are a warning', async () => {
		const { failures, counts, verdict } = await report({
			jobs: [job('a', { lastResult: 'Failed', lastRun: at(60) }), job('b')],
			sessions: [session('1', 'b', 1, 'Success')],
		});
		expect(counts).toMatchObject({ jobs: 2, failed: 0, succeeded: 1, idle: 1 });
		expect(failures).toMatchObject([{ id: 'a', isEarlier: true }]);
		expect(verdict).toEqual({
			status: 'warning',
			text: '1 job failed before the period and has not run since',
		});
	});

	it('look for their last success before the period in one request for all', async () => {
		const { failures, asked } = await report({
			jobs: [job('a'), job('b')],
			sessions: [
				session('0', 'a', 30, 'Success'),
				session('9', 'a', 54, 'Success'),
				session('1', 'a', 5, 'Failed', 'x'),
				session('2', 'b', 5, 'Failed', 'y'),
			],
		});
		expect(failures.map(({ name, lastSuccess }) => [name, lastSuccess])).toEqual([
			['Job a', expect.any(String)],
			['Job b', undefined],
		]);
		expect(asked.filter((path) => path === '/sessions')).toHaveLength(2);
		expect(asked.filter((path) => path === '/taskSessions')).toHaveLength(1);
	});

	it('take their reasons from the task sessions, and no more than three logs', async () => {
		// One time for all: the server gives the latest first.
		const endTime = at(5);
		const task = (index: number, message: string) => ({
			...{ id: `t${index}`, sessionId: '1', name: `vm${index}`, endTime },
			result: { result: 'Failed', message },
		});
		const { failures, asked } = await report({
			sessions: [session('1', 'a', 5, 'Failed', 'See the log')],
			tasks: [task(0, 'Disk is gone'), ...[1, 2, 3, 4, 5].map((index) => task(index, ''))],
		});
		expect(failures[0]?.objects.slice(0, 2)).toEqual([
			{ name: 'vm0', result: 'Failed', reason: 'Disk is gone' },
			{ name: 'vm1', result: 'Failed', reason: 'See the session log' },
		]);
		expect(asked.filter((path) => path.endsWith('/logs'))).toHaveLength(3);
	});

	it.each([403, 500])('stay where the task sessions are refused with %i', async (status) => {
		const { failures, counts, verdict } = await report({
			sessions: [session('1', 'a', 5, 'Failed', 'No space')],
			refused: { '/taskSessions': status },
		});
		expect([failures.length, counts.failed]).toEqual([1, 1]);
		expect(verdict).toEqual(FAILED_AND_CUT);
	});

	it('are known from the list of jobs where the sessions are refused', async () => {
		const { counts, verdict } = await report({
			jobs: [job('a', { lastResult: 'Failed' }), job('b')],
			refused: { '/sessions': 403 },
		});
		expect(counts).toMatchObject({ jobs: 2, failed: 1, succeeded: 1 });
		expect(verdict).toEqual(FAILED_AND_CUT);
	});

	it('are not those of other jobs where the user chose some', async () => {
		const { failures } = await report(
			{ sessions: [session('1', 'z', 5, 'Failed', 'x'), session('2', 'a', 5, 'Success')] },
			{ excludeJobs: ['Session*'] },
		);
		expect(failures).toEqual([]);
	});

	it('are found behind 120,000 sessions that went well', async () => {
		const jobs = Array.from({ length: 600 }, (_, index) =>
			job(`j${index}`, { lastResult: index < 10 ? 'Failed' : 'Success', lastRun: at(1) }),
		);
		const sessions = jobs.flatMap(({ id }, index) =>
			Array.from({ length: 200 }, (_, run) =>
				index < 10
					? session(`${id}/${run}`, String(id), 23.5, 'Failed')
					: session(`${id}/${run}`, String(id), 0.1 + run * 0.1, 'Success'),
			),
		);
		const { counts, verdict } = await report({ jobs, sessions }, { sections: ['jobs'] });
		expect(counts).toMatchObject({ jobs: 600, failed: 10, succeeded: 590, idle: 0 });
		expect(verdict).toEqual({ status: 'bad', text: '10 jobs failed' });
	});
});

describe('a day is not called well where', () => {
	it.each<[string, BackupServer, Partial<ReportOptions>, string]>([
		['there is no job', { jobs: [], sessions: [] }, {}, 'No job was found'],
		['no job has the name', {}, { includeJobs: ['SLQ*'] }, 'No job matches "SLQ*"'],
		[
			'a pattern of several matches nothing',
			{},
			{ includeJobs: ['Job*', 'SLQ*'] },
			'Nothing matches "SLQ*"',
		],
		[
			'all jobs are disabled',
			{ jobs: ['a', 'b'].map((id) => job(id, { status: 'Disabled' })), sessions: [] },
			{},
			'All 2 jobs are disabled',
		],
		[
			'no job ran and none will',
			{ jobs: [job('a', { lastRun: at(720), nextRun: null })], sessions: [] },
			{},
			'No job ran in the period, and none is planned',
		],
		[
			'a job runs for days while its next run is overdue',
			{
				jobs: [
					job('a', { status: 'Running', lastRun: at(72), nextRun: at(48), lastResult: 'None' }),
				],
				sessions: [],
			},
			{},
			'1 job has been running for too long',
		],
		[
			'jobs may not be read',
			{ refused: { '/jobs/states': 403 } },
			{},
			'Nothing wrong in what could be read; not read completely: jobs, missed runs',
		],
	])('%s', async (_, server, options, text) => {
		const { verdict } = await report(server, options);
		expect(verdict).toEqual({ status: 'warning', text });
	});

	it('but is well where a weekly job is between two runs', async () => {
		const { verdict, counts } = await report({
			jobs: [job('a', { lastRun: at(100), nextRun: at(-68) })],
			sessions: [],
		});
		expect(verdict.text).toBe(
			'All is well: no job was due in the period, the repository has space',
		);
		expect(counts).toMatchObject({ jobs: 1, idle: 1 });
	});

	it('counts are null where nothing was read, not 0', async () => {
		const { counts } = await report({ refused: { '/jobs/states': 500 } });
		expect(counts).toMatchObject({ jobs: null, failed: null, missedRuns: null, repositories: 1 });
	});
});

describe.each(REVISIONS)('machines without a recent restore point (%s)', (revision) => {
	const bare = async (server: BackupServer, options: Partial<ReportOptions> = {}) => {
		const model = await report(server, { sections: ['unprotected'], ...options }, revision);
		return model.unprotected.map(({ name }) => name);
	};
	const backups = ['main', 'copy'].map((id) => ({
		id,
		jobId: id === 'main' ? 'a' : 'b',
		...PLACE,
	}));

	it('are those with none in any of their backups, with their last one', async () => {
		const { unprotected, asked } = await report(
			{
				objects: [
					object('copied'),
					object('copied-2', { name: 'copied', objectId: 'copied', backupId: 'copy' }),
					object('old'),
					object('new', { restorePointsCount: 0 }),
				],
				points: [
					point('copied-2', 3, { name: 'Copied', backupId: 'copy' }),
					point('copied', 90),
					point('old', 54),
					point('old', 78),
				],
			},
			{ sections: ['unprotected'] },
			revision,
		);
		expect(unprotected).toEqual([
			{ name: 'new', type: 'VM', lastRestorePoint: null },
			{ name: 'old', type: 'VM', lastRestorePoint: expect.stringMatching(/Z$/) },
		]);
		expect(asked.length).toBeLessThanOrEqual(13);
	});

	it('belong to the chosen jobs alone', async () => {
		const server = {
			jobs: [job('a'), job('b')],
			backups,
			objects: [
				object('a1'),
				object('a2'),
				object('b1', { backupId: 'copy' }),
				// In both jobs, with a young point in one.
				object('both'),
				object('both-2', { name: 'both', objectId: 'both', backupId: 'copy' }),
			],
			points: [point('a1', 3), point('both-2', 3, { name: 'both', backupId: 'copy' })],
		};
		expect(await bare(server, { includeJobs: ['Job a'] })).toEqual(['a2', 'both']);
		expect(await bare(server, { excludeJobs: ['Job a'] })).toEqual(['b1']);
		expect(await bare(server)).toEqual(['a2', 'b1']);
	});

	it('are not agents added by address, whose points have the name of the host', async () => {
		const agent = { platformName: 'LinuxPhysical' };
		expect(
			await bare({
				objects: [
					object('192.0.2.65', agent),
					object('192.0.2.66', agent),
					object('192.0.2.67', agent),
				],
				points: [
					point('192.0.2.65', 3, { ...agent, name: 'host-65' }),
					point('192.0.2.66', 99, { ...agent, name: 'host-66' }),
					point('192.0.2.67', 3, { ...agent, name: 'host-67' }),
				],
			}),
		).toEqual(['192.0.2.66']);
	});

	it('are not hidden by another machine whose points bear their name', async () => {
		const agent = { platformName: 'LinuxPhysical' };
		expect(
			await bare({
				objects: [object('192.0.2.1', agent), object('192.0.2.2', agent), object('web', agent)],
				points: [
					point('192.0.2.1', 3, { ...agent, name: 'web' }),
					point('192.0.2.2', 3, { ...agent, name: 'unknown' }),
				],
			}),
		).toEqual(['web']);
	});

	it('are told apart where two share a name', async () => {
		expect(
			await bare({
				objects: [
					object('o1', { name: 'sql', objectId: 'vm-1' }),
					object('o2', { name: 'sql', objectId: 'vm-2', backupId: 'copy' }),
				],
				points: [point('o1', 3, { name: 'sql' })],
			}),
		).toEqual(['sql']);
	});

	it('are not file shares, whose points are numbered; of chosen jobs they are found, too', async () => {
		const share = { platformName: 'UnstructuredData' };
		const server = {
			backups: [
				{ id: 'main', jobId: 'a', ...PLACE, ...share },
				{ id: 'copy', jobId: 'b', ...PLACE, ...share },
			],
			jobs: [job('a'), job('b')],
			objects: [
				object('o1', { ...share, name: '\\\\nas\\good' }),
				object('o2', { ...share, name: '\\\\nas\\old', restorePointsCount: 1 }),
				object('o3', { ...share, name: '\\\\nas\\other', backupId: 'copy' }),
			],
			points: [
				point('o1', 3, { ...share, name: '\\\\nas\\good Id: 0' }),
				point('o2', 99, { ...share, name: '\\\\nas\\old Id: 0' }),
				point('o3', 99, { ...share, name: '\\\\nas\\other Id: 0', backupId: 'copy' }),
			],
		};
		expect(await bare(server)).toEqual(['\\\\nas\\old', '\\\\nas\\other']);
		expect(await bare(server, { includeJobs: ['Job a'] })).toEqual(['\\\\nas\\old']);
	});

	it('are not left-overs, which are counted', async () => {
		const { unprotected, notes } = await report(
			{ objects: [object('outdated_vm'), object('vm')], points: [point('vm', 3)] },
			{},
			revision,
		);
		expect(unprotected).toEqual([]);
		expect(notes).toContain('1 left-over backup object (outdated_…) is not counted as a machine.');
	});

	it('that cannot be asked for one by one are told, and hide nothing', async () => {
		const agents = Array.from({ length: 400 }, (_, index) => `192.0.2.${index}`);
		const place = { platformName: 'LinuxPhysical' };
		const { verdict, unavailable, asked } = await report(
			{
				objects: agents.map((name) => object(name, place)),
				points: agents.map((name) => point(name, 3, { ...place, name: `host ${name}` })),
			},
			{},
			revision,
		);
		expect(verdict).toEqual({
			status: 'warning',
			text: 'Nothing wrong in what could be read; not read completely: restore points',
		});
		expect(unavailable[0]).toMatchObject({ isCut: true, reason: expect.stringMatching(/^100 of/) });
		expect(asked.length).toBeLessThan(320);
	});

	it('are read no further than until each has a point: 120,000 points', async () => {
		const objects = Array.from({ length: 3_000 }, (_, index) => object(`vm${index}`));
		const points = objects.flatMap(({ id }) =>
			Array.from({ length: 40 }, (_, hour) => point(String(id), hour + 0.5)),
		);
		const { unprotected, asked } = await report(
			{ objects, points },
			{ sections: ['unprotected'] },
			revision,
		);
		expect(unprotected).toEqual([]);
		expect(asked.length).toBeLessThanOrEqual(3);
	});
});

describe('the license', () => {
	const rows = (license: IDataObject) =>
		licenseRows(license, { now: Date.now(), expiresInDays: 30 }).map(
			({ status, state, daysLeft }) => [status, state, daysLeft],
		);
	const license = (status: string, days: number, used = 1) => ({
		...{
			status,
			edition: 'EnterprisePlus',
			type: 'Subscription',
			expirationDate: at(-24 * days - 1),
		},
		instanceLicenseSummary: { licensedInstancesNumber: 10, usedInstancesNumber: used },
	});

	it('warns before it expires and where more is used than there is', () => {
		expect(rows(license('Valid', 31))).toEqual([['good', 'Valid', 31]]);
		expect(rows(license('Valid', 30))).toEqual([['warning', 'Valid', 30]]);
		expect(rows(license('Valid', 200, 11))).toEqual([['warning', 'Valid', 200]]);
		expect(rows(license('Expired', -3))).toEqual([['bad', 'Expired', -3]]);
	});

	it.each(REVISIONS)('that expires is told on %s, wherever its date is', async (revision) => {
		const { licenses } = await report({ license: license('Valid', 5) }, {}, revision);
		expect(licenses).toMatchObject([{ status: 'warning', daysLeft: 5 }]);
	});

	it('without an end (perpetual) is good', () => {
		expect(rows({ status: 'Valid', type: 'Perpetual' })).toEqual([['good', 'Valid', undefined]]);
	});
});

it.each(REVISIONS)('malware events of %s are told, false alarms left out', async (revision) => {
	const event = {
		...{ id: 'e1', machine: { displayName: 'vm1' }, details: 'Locked files', severity: 'Infected' },
		// Of other software: found long ago, recorded now.
		...{ creationTimeUtc: at(1), detectionTimeUtc: revision < '1.3-rev1' ? at(1) : at(900) },
	};
	const { findings } = await report(
		{ malware: [event, { ...event, state: 'FalsePositive' }] },
		{},
		revision,
	);
	expect(findings).toEqual([
		{
			id: 'e1',
			source: 'Malware detection',
			text: 'vm1: Locked files (Infected)',
			status: 'bad',
			time: expect.any(String),
		},
	]);
});

it('times of next runs without an offset are no missed run, and the report says so', async () => {
	const { missedRuns, notes } = await report({
		jobs: [job('a', { nextRun: at(4).replace(/\.\d+Z$/, '') })],
	});
	expect(missedRuns).toEqual([]);
	expect(notes).toContain(
		'The server writes the times of next runs without an offset: a run that is late by less than a day may not be noticed.',
	);
});

describe.each(REVISIONS)('500 jobs and 200 repositories (%s)', (revision) => {
	it.each([
		[Infinity, 13],
		[200, 25],
	])('at %d a page take at most %d requests', async (page, most) => {
		const { counts, requests } = await bigVbrReport(revision, page);
		expect(counts).toMatchObject({ jobs: 500, failed: 500, repositories: 200, unprotected: 0 });
		expect(requests).toBeLessThanOrEqual(most);
	});
});

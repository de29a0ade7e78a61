import { NodeApiError, type IDataObject } from 'n8n-workflow';

import { collect } from '../../../nodes/VeeamBackupMicrosoft365/report/collect';
import { missedRuns, runsOfJobs } from '../../../nodes/VeeamBackupMicrosoft365/report/jobs';
import { readJobsOf, type Job } from '../../../nodes/VeeamBackupMicrosoft365/model/jobs';
import { clientOf, refused, request } from '../../support/reportClient';

const NOW = Date.parse('2026-11-21T06:00:00Z');
const HOUR = 3_600_000;
const hours = (count: number): string => new Date(NOW + count * HOUR).toISOString();

/** Jobs as the model reads them from records. */
const jobsOf = async (records: IDataObject[]): Promise<Job[]> =>
	await readJobsOf({ list: async () => await Promise.resolve(records) }, 'Backup');

const record = (more: IDataObject): IDataObject => ({
	id: 'j1',
	name: 'Mailboxes',
	isEnabled: true,
	lastStatus: 'Success',
	...more,
});

const missedOf = async (more: IDataObject) => missedRuns(await jobsOf([record(more)]), NOW);

const DAILY = { scheduleEnabled: true, type: 'Daily', dailyType: 'Everyday' };

describe('a Microsoft 365 job missed its run', () => {
	it('where its next run is past', async () => {
		expect(await missedOf({ nextRun: hours(-2), lastRun: hours(-26) })).toEqual([
			{ id: 'j1', name: 'Mailboxes', expected: hours(-2), lastRun: hours(-26) },
		]);
	});

	it('where it is daily and did not run the last time', async () => {
		expect(
			await missedOf({ nextRun: hours(14), lastRun: hours(-34), schedulePolicy: DAILY }),
		).toEqual([{ id: 'j1', name: 'Mailboxes', expected: hours(-10), lastRun: hours(-34) }]);
	});

	it.each([
		['is disabled', { nextRun: hours(-2), isEnabled: false }],
		['is running', { nextRun: hours(-2), lastStatus: 'running' }],
		['is late by minutes only', { nextRun: hours(-0.1) }],
		['has no schedule', { nextRun: null, lastRun: hours(-900) }],
		['ran as it should', { nextRun: hours(14), lastRun: hours(-10), schedulePolicy: DAILY }],
		[
			'ran before the clocks changed',
			{ nextRun: hours(14), lastRun: hours(-11), schedulePolicy: DAILY },
		],
		['has never run', { nextRun: hours(14), lastRun: null, schedulePolicy: DAILY }],
		[
			'runs on workdays only',
			{
				nextRun: hours(14),
				lastRun: hours(-58),
				schedulePolicy: { ...DAILY, dailyType: 'Workdays' },
			},
		],
		[
			'has a next run without an offset: nobody knows whose clock',
			{ nextRun: '2026-11-21T03:00:00' },
		],
	])('not where it %s', async (_, more) => {
		expect(await missedOf(more)).toEqual([]);
	});
});

describe('sessions find their job', () => {
	const session = (id: string, more: IDataObject): IDataObject => ({
		id,
		status: 'Success',
		creationTime: hours(-5),
		endTime: hours(-4),
		...more,
	});
	const runsOf = async (sessions: IDataObject[], isFiltered = false) => {
		const jobs = await jobsOf([
			record({ lastRun: hours(-3) }),
			record({ id: 'j2', name: 'Copy', lastStatus: 'Warning', lastRun: hours(-3) }),
		]);
		const { runs } = runsOfJobs(jobs, sessions, {
			...{ from: NOW - 24 * HOUR, now: NOW, isFiltered, nameless: 'Unknown job' },
		});
		return runs
			.filter((run) => run.sessions.length > 0)
			.map((run) => [run.job.id, run.sessions.map(({ id }) => id)]);
	};

	it('by its id, by a link, or by when its last run began', async () => {
		expect(
			await runsOf([
				session('named', { jobId: 'J1' }),
				session('linked', { _links: { job: { href: '/v6/CopyJobs/j2' } } }),
				session('started', { creationTime: hours(-3), endTime: hours(-2) }),
				session('of nobody', {}),
			]),
		).toEqual([
			['j1', ['started', 'named']],
			['j2', ['linked']],
		]);
	});

	it('and of jobs that began at the same moment each gets the one that ended as it says', async () => {
		const began = { creationTime: hours(-3) };
		expect(
			await runsOf([
				session('a', { ...began, status: 'Warning', endTime: hours(-2) }),
				session('b', { ...began, endTime: hours(-1) }),
			]),
		).toEqual([
			['j1', ['b']],
			['j2', ['a']],
		]);
	});

	it('also where one failed without an end, or with one in the year 1', async () => {
		const failed = { jobId: 'j1', status: 'Failed' };
		expect(
			await runsOf([
				session('none', { ...failed, endTime: null }),
				session('never', { ...failed, creationTime: hours(-6), endTime: '0001-01-01T00:00:00Z' }),
			]),
		).toEqual([['j1', ['none', 'never']]]);
	});

	it('unless they go on, or ended before the period', async () => {
		expect(
			await runsOf([
				session('running', { jobId: 'j1', status: 'Running', endTime: null }),
				session('waiting', { jobId: 'j1', status: 'Disconnected' }),
				session('old', { jobId: 'j1', endTime: hours(-25) }),
			]),
		).toEqual([]);
	});

	it('and those of jobs that are gone count where no jobs are chosen', async () => {
		const sessions = [session('gone', { jobId: 'j9', status: 'Failed' })];
		expect(await runsOf(sessions)).toEqual([['j9', ['gone']]]);
		expect(await runsOf(sessions, true)).toEqual([]);
	});
});

describe('a report of Microsoft 365', () => {
	const context = { getWorkflowStaticData: () => ({}) };
	const inHours = (count: number): string => new Date(Date.now() + count * HOUR).toISOString();
	const EMPTY = {
		'/Jobs': [],
		'/CopyJobs': [],
		'/JobSessions': { results: [], totalCount: 0 },
		'/BackupRepositories': [],
		'/License': { status: 'Valid', totalNumber: 10, usedNumber: 4 },
		'/Proxies': [],
		'/LicensedUsers': { results: [], totalCount: 0 },
	};

	it('of v5 and v7 notes what that version does not have, and can be good', async () => {
		const good = {
			...EMPTY,
			'/Jobs': [record({ lastStatus: 'Success', nextRun: inHours(5) })],
		};
		const v5 = await collect(context, clientOf('v5', good), request());
		expect(v5.unavailable).toEqual([]);
		expect(v5.notes).toEqual(
			expect.arrayContaining([
				'Backup copy jobs are not in API v5: v6 or later has them.',
				'Invalid and outdated repositories are not in API v5: v8 has them.',
			]),
		);
		expect(v5.verdict).toEqual({
			status: 'good',
			text: 'All is well: no job was due in the period',
		});
		const v7 = await collect(context, clientOf('v7', good), request());
		expect(v7.verdict.status).toBe('good');
	});

	it('comes without what the account may not read, and the jobs speak for their sessions', async () => {
		const client = clientOf('v8', {
			...EMPTY,
			'/ProtectedUsers': [],
			'/License': refused(403),
			'/JobSessions': refused(403),
			'/Jobs': [record({ lastStatus: 'Failed', lastRun: inHours(-3) })],
		});
		const { unavailable, counts, failures, verdict } = await collect(context, client, request());
		expect(unavailable).toEqual([
			{ section: 'jobs', reason: 'Job sessions: Refused' },
			{ section: 'licenses', reason: 'License: Refused' },
		]);
		expect(counts).toMatchObject({ jobs: 1, failed: 1, succeeded: 0 });
		expect(failures).toMatchObject([{ name: 'Mailboxes', result: 'Failed', failures: 1 }]);
		expect(verdict.status).toBe('bad');
	});

	it('lists all jobs where they are asked for, with the run that decides how they stand', async () => {
		const [long, began, ended, now] = [inHours(-99), inHours(-3), inHours(-2), inHours(-1)];
		const session = {
			...{ id: 's', jobId: 'j1', status: 'Success', jobType: 'Backup' },
			...{ creationTime: began, endTime: ended },
		};
		const client = clientOf('v8', {
			...EMPTY,
			'/JobSessions': [session],
			'/Jobs': [
				record({ id: 'j1', name: 'B', lastStatus: 'Success', lastRun: began }),
				record({ id: 'j2', name: 'A', lastStatus: 'Running', lastRun: now }),
				record({
					id: 'j3',
					name: 'C',
					lastStatus: 'Success',
					isEnabled: false,
					lastRun: long,
				}),
			],
		});
		const { allJobs } = await collect(context, client, request({ sections: ['allJobs'] }));
		expect(allJobs).toMatchObject([
			{ name: 'A', state: 'Running', start: now },
			{ name: 'B', state: 'Success', start: began, end: ended },
			{ name: 'C', state: 'Disabled' },
		]);
	});

	it.each([403, 404, 500, 503])('comes when the log of a session answers %d', async (status) => {
		const client = clientOf('v8', {
			...EMPTY,
			'/ProtectedUsers': [],
			'/Jobs': [record({ lastStatus: 'Failed' })],
			'/JobSessions': [
				{ id: 's1', jobId: 'j1', status: 'Failed', endTime: inHours(-1), details: 'Full.' },
			],
			'/JobSessions/{sessionId}/LogItems': refused(status),
		});
		const { failures, notes } = await collect(context, client, request());
		expect(failures).toMatchObject([{ name: 'Mailboxes', reason: 'Full.', objects: [] }]);
		expect(notes).toContain('Reasons of "Mailboxes" could not be read: Refused');
	});

	it('says of a job that hangs that it has been running for too long', async () => {
		const client = clientOf('v8', {
			...EMPTY,
			'/ProtectedUsers': [],
			'/Jobs': [record({ lastStatus: 'Running', lastRun: inHours(-72), nextRun: inHours(-48) })],
		});
		const { longRuns, verdict } = await collect(context, client, request());
		expect(longRuns).toMatchObject([{ id: 'j1', name: 'Mailboxes' }]);
		expect(verdict).toEqual({
			status: 'warning',
			text: '1 job has been running for too long',
		});
	});

	it('remarks on 4,100 failed runs of jobs whose last one was good', async () => {
		const jobs = Array.from({ length: 100 }, (_, index) =>
			record({ id: `j${index}`, name: `Job ${index}`, nextRun: inHours(1) }),
		);
		const sessions = jobs.flatMap(({ id }) =>
			Array.from({ length: 288 }, (_, index) => ({
				id: `${String(id)}/${index}`,
				jobId: id,
				status: index % 7 === 1 ? 'Failed' : 'Success',
				endTime: inHours(-index / 12 - 0.01),
			})),
		);
		const client = clientOf('v8', {
			...EMPTY,
			'/ProtectedUsers': [],
			'/Jobs': jobs,
			'/JobSessions': { results: sessions, totalCount: sessions.length },
		});
		const { verdict, notes, counts } = await collect(context, client, request());
		expect(counts).toMatchObject({ jobs: 100, succeeded: 100, failed: 0 });
		expect(verdict.status).toBe('good');
		expect(notes.join('\n')).toContain('4,100 failed runs, the last one good: Job 0 (41), ');
	});

	it('reads no license out of an answer that is none', async () => {
		const client = clientOf('v8', { ...EMPTY, '/ProtectedUsers': [], '/License': 'cut of' });
		const { unavailable, licenses } = await collect(context, client, request());
		expect(licenses).toEqual([]);
		expect(unavailable).toEqual([
			{ section: 'licenses', reason: 'License: The server did not answer with its license.' },
		]);
	});

	it('fails where nothing may be read, and where the login does', async () => {
		const all = (status: number) =>
			Object.fromEntries(
				[...Object.keys(EMPTY), '/ProtectedUsers'].map((path) => [path, refused(status)]),
			);
		await expect(collect(context, clientOf('v8', all(403)), request())).rejects.toThrow('Refused');
		const client = clientOf('v8', all(401));
		await expect(collect(context, client, request())).rejects.toThrow(NodeApiError);
		expect(client.asked).toEqual(['/ServiceInstance', '/Jobs']);
	});

	it('of v7 finds the space of object storage where that version lists it', async () => {
		const client = clientOf('v7', {
			...EMPTY,
			'/BackupRepositories': [
				{ id: 'r1', name: 'Disk', capacityBytes: 2 ** 40, freeSpaceBytes: 2 ** 39 },
				{ id: 'r2', name: 'Bucket', capacityBytes: 0, freeSpaceBytes: 0, objectStorageId: 'o' },
				{ id: 'r3', name: 'No limit', capacityBytes: 0, freeSpaceBytes: 0 },
			],
			'/objectstoragerepositories': [
				{ id: 'o', sizeLimitEnabled: true, sizeLimitGB: 100, freeSpaceBytes: 4 * 2 ** 30 },
			],
		});
		const { repositories } = await collect(
			context,
			client,
			request({ sections: ['repositories'] }),
		);
		expect(repositories).toEqual([
			{ id: 'r2', name: 'Bucket', capacityGB: 100, freeGB: 4, usedPercent: 96, status: 'bad' },
			{ id: 'r1', name: 'Disk', capacityGB: 1024, freeGB: 512, usedPercent: 50, status: 'good' },
			{ id: 'r3', name: 'No limit', status: 'good' },
		]);
		expect(client.asked).toEqual([
			'/ServiceInstance',
			'/BackupRepositories',
			'/objectstoragerepositories',
		]);
	});

	it('asks only for the sections that are wanted', async () => {
		const client = clientOf('v8', EMPTY);
		await collect(context, client, request({ sections: ['licenses'] }));
		expect(client.asked).toEqual(['/ServiceInstance', '/License']);
	});

	it('takes names as they are, and the server for the time', async () => {
		const name = '<script>alert("1")</script> \u202e🚀';
		const ended = '2020-02-02T01:00:00Z';
		const client = clientOf(
			'v8',
			{
				...EMPTY,
				'/ProtectedUsers': [],
				'/Jobs': [{ id: 'j1', name, isEnabled: true, lastBackup: '2020-01-31T20:00:00Z' }],
				'/JobSessions': [
					{ id: 's1', jobId: 'j1', status: 'Failed', endTime: ended, details: name },
				],
				'/JobSessions/{sessionId}/LogItems': [
					{ type: 'Error', message: `Processing ${name}: ${name}` },
				],
			},
			'Sun, 02 Feb 2020 06:00:00 GMT',
		);
		const { failures, period } = await collect(context, client, request());
		expect(failures).toEqual([
			{
				id: 'j1',
				name,
				type: 'Backup Job',
				result: 'Failed',
				time: '2020-02-02T01:00:00.000Z',
				lastSuccess: '2020-01-31T20:00:00.000Z',
				failures: 1,
				objects: [{ name, result: 'Failed', reason: name }],
			},
		]);
		expect(period.to.slice(0, 16)).toBe('2020-02-02T06:00');
	});
});

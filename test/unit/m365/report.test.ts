import { NodeApiError, type IDataObject } from 'n8n-workflow';

import { collect } from '../../../nodes/VeeamBackupMicrosoft365/report/collect';
import {
	missedRuns,
	readRuns,
	type ReportedJob,
} from '../../../nodes/VeeamBackupMicrosoft365/report/jobs';
import { adapter } from '../../../nodes/VeeamBackupMicrosoft365/api/adapter';
import { PageReader } from '../../../nodes/shared/report/pageReader';
import { clientOf, refused, request } from '../../support/reportClient';

const NOW = Date.parse('2026-11-21T06:00:00Z');
const HOUR = 3_600_000;
const hours = (count: number): string => new Date(NOW + count * HOUR).toISOString();

const job = (record: IDataObject): ReportedJob => ({
	id: 'j1',
	name: 'Mailboxes',
	type: 'Backup Job',
	record: { id: 'j1', name: 'Mailboxes', isEnabled: true, lastStatus: 'Success', ...record },
});

const DAILY = { scheduleEnabled: true, type: 'Daily', dailyType: 'Everyday' };

describe('a Microsoft 365 job missed its run', () => {
	it('where its next run is past', () => {
		expect(missedRuns([job({ nextRun: hours(-2), lastRun: hours(-26) })], NOW)).toEqual([
			{ id: 'j1', name: 'Mailboxes', expected: hours(-2), lastRun: hours(-26) },
		]);
	});

	it('where it is daily and did not run the last time', () => {
		const schedulePolicy = DAILY;
		expect(
			missedRuns([job({ nextRun: hours(14), lastRun: hours(-34), schedulePolicy })], NOW),
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
	])('not where it %s', (_, record) => {
		expect(missedRuns([job(record)], NOW)).toEqual([]);
	});
});

describe('sessions find their job', () => {
	const jobs = [job({ lastRun: hours(-3) }), { ...job({}), id: 'j2', name: 'Copy' }];
	const session = (id: string, more: IDataObject): IDataObject => ({
		id,
		status: 'Success',
		creationTime: hours(-5),
		endTime: hours(-4),
		...more,
	});
	const runsOf = async (sessions: IDataObject[], isFiltered = false) => {
		const client = clientOf('v6', {
			'/JobSessions': { results: sessions, totalCount: sessions.length },
		});
		const reader = new PageReader(client, adapter.paging);
		const runs = await readRuns(reader, jobs, NOW - 24 * HOUR, isFiltered);
		return runs.map((run) => [run.id, run.sessions.map(({ id }) => id)]);
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
	const EMPTY = {
		'/Jobs': [],
		'/CopyJobs': [],
		'/JobSessions': { results: [], totalCount: 0 },
		'/BackupRepositories': [],
		'/License': { status: 'Valid', totalNumber: 10, usedNumber: 4 },
		'/Proxies': [],
		'/LicensedUsers': { results: [], totalCount: 0 },
	};

	it('of v5 says what that version does not tell', async () => {
		const { unavailable, verdict } = await collect(context, clientOf('v5', EMPTY), request());
		expect(unavailable).toEqual([
			{ section: 'jobs', reason: 'Backup copy jobs: API v5 does not tell them; v6 or later does.' },
			{
				section: 'findings',
				reason: 'Invalid and outdated repositories: API v5 does not tell them; v8 does.',
			},
		]);
		expect(verdict).toEqual({
			status: 'warning',
			text: 'Nothing wrong in what could be read; not read completely: jobs, findings',
		});
	});

	it('comes without what the account may not read', async () => {
		const client = clientOf('v8', {
			...EMPTY,
			'/ProtectedUsers': [],
			'/License': refused(403),
			'/JobSessions': refused(403),
			'/Jobs': [{ id: 'j1', name: 'Mailboxes', isEnabled: true }],
		});
		const { unavailable, counts } = await collect(context, client, request());
		expect(unavailable).toEqual([
			{ section: 'jobs', reason: 'Job sessions: Refused' },
			{ section: 'licenses', reason: 'License: Refused' },
		]);
		expect(counts.jobs).toBeNull();
	});

	it('fails where nothing may be read, and where the login does', async () => {
		const all = (status: number) =>
			Object.fromEntries(
				[...Object.keys(EMPTY), '/ProtectedUsers'].map((path) => [path, refused(status)]),
			);
		await expect(collect(context, clientOf('v8', all(403)), request())).rejects.toThrow('Refused');
		const client = clientOf('v8', all(401));
		await expect(collect(context, client, request())).rejects.toThrow(NodeApiError);
		expect(client.asked).toEqual(['/Jobs']);
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
		expect(client.asked).toEqual(['/BackupRepositories', '/objectstoragerepositories']);
	});

	it('asks only for the sections that are wanted', async () => {
		const client = clientOf('v8', EMPTY);
		await collect(context, client, request({ sections: ['licenses'] }));
		expect(client.asked).toEqual(['/License']);
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

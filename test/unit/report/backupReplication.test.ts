import type { IDataObject } from 'n8n-workflow';

import { readFailures } from '../../../nodes/VeeamBackupReplication/report/jobs';
import { Reader } from '../../../nodes/VeeamBackupReplication/report/read';
import { readLicenses, readMalware } from '../../../nodes/VeeamBackupReplication/report/security';
import { readUnprotected } from '../../../nodes/VeeamBackupReplication/report/unprotected';
import type { ReportOptions } from '../../../nodes/shared/report/model';
import type { VeeamClient, VeeamRequest } from '../../../nodes/shared/http/types';

const NOW = Date.parse('2026-11-21T06:00:00Z');
const HOUR = 3_600_000;
const at = (hoursAgo: number) => new Date(NOW - hoursAgo * HOUR).toISOString();

const OPTIONS = { rpoHours: 24, includeJobs: [], excludeJobs: [] } as unknown as ReportOptions;

/** A reader of lists by path; a list may depend on the query. */
function readerOf(
	lists: Record<string, IDataObject[] | ((query: VeeamRequest['query']) => IDataObject[])>,
	version = '1.3-rev2',
): { reader: Reader; asked: VeeamRequest[] } {
	const asked: VeeamRequest[] = [];
	const answer = (request: VeeamRequest) => {
		asked.push(request);
		const list = lists[request.path.replace('/api/v1', '')] ?? [];
		return typeof list === 'function' ? list(request.query) : list;
	};
	const client = {
		version,
		list: async (request: VeeamRequest) => answer(request),
		request: async (request: VeeamRequest) => ({ body: answer(request)[0] }),
	} as unknown as VeeamClient;
	return { reader: new Reader(client), asked };
}

const session = (id: string, jobId: string, hoursAgo: number, result: string, message = '') => ({
	id,
	jobId,
	name: `Session of ${jobId}`,
	sessionType: 'BackupJob',
	state: 'Stopped',
	creationTime: at(hoursAgo + 1),
	endTime: at(hoursAgo),
	result: { result, message, isCanceled: false },
});

const jobs = ['a', 'b'].map((id) => ({
	id,
	name: `Job ${id}`,
	type: 'VSphereBackup',
	status: 'Inactive',
}));

describe('failed jobs', () => {
	it('are those whose last run failed: one that went well on its retry is not', async () => {
		const { reader } = readerOf({
			'/sessions': [
				session('1', 'a', 5, 'failed', 'No space'),
				session('2', 'a', 4, 'Success'),
				session('3', 'b', 5, 'Success'),
				session('4', 'b', 4, 'FAILED', 'No space'),
				session('5', 'b', 3, 'Failed', 'Still no space'),
			],
		});
		const { failures, counts } = await readFailures(reader, jobs, OPTIONS, NOW - 24 * HOUR);
		expect(failures).toEqual([
			{
				id: 'b',
				name: 'Job b',
				type: 'vSphere Backup',
				result: 'Failed',
				time: at(3),
				lastSuccess: at(5),
				failures: 2,
				objects: [],
				reason: 'Still no space',
			},
		]);
		expect(counts).toEqual({
			jobs: 2,
			succeeded: 1,
			failed: 1,
			warned: 0,
			running: 0,
			disabled: 0,
			idle: 0,
		});
	});

	it('look for their last success before the period in one request for all', async () => {
		const { reader, asked } = readerOf({
			'/sessions': (query) =>
				query?.resultFilter === 'Success'
					? [session('0', 'a', 30, 'Success'), session('9', 'a', 54, 'Success')]
					: [session('1', 'a', 5, 'Failed', 'x'), session('2', 'b', 5, 'Failed', 'y')],
		});
		const { failures } = await readFailures(reader, jobs, OPTIONS, NOW - 24 * HOUR);
		expect(failures.map(({ name, lastSuccess }) => [name, lastSuccess])).toEqual([
			['Job a', at(30)],
			['Job b', undefined],
		]);
		expect(asked.map(({ path }) => path)).toEqual([
			'/api/v1/sessions',
			'/api/v1/sessions',
			'/api/v1/taskSessions',
		]);
	});

	it('take their reasons from the task sessions, and a log where those say nothing', async () => {
		const { reader, asked } = readerOf({
			'/sessions': [session('1', 'a', 5, 'Failed', 'See the log')],
			'/taskSessions': [
				{ id: 't1', sessionId: '1', name: 'vm1', result: { result: 'Failed', message: 'Locked' } },
				{ id: 't2', sessionId: '1', name: 'vm2', result: { result: 'Failed', message: '' } },
				{ id: 't3', sessionId: '1', name: 'vm3', result: { result: 'Success', message: '' } },
				{ id: 't4', sessionId: '7', name: 'vm4', result: { result: 'Failed', message: 'Other' } },
			],
			'/taskSessions/{id}/logs': [
				{ status: 'Succeeded', title: 'Queued' },
				{ status: 'Failed', title: 'Disk is full' },
			],
		});
		const { failures } = await readFailures(reader, jobs, OPTIONS, NOW - 24 * HOUR);
		expect(failures[0]!.objects).toEqual([
			{ name: 'vm1', result: 'Failed', reason: 'Locked' },
			{ name: 'vm2', result: 'Failed', reason: 'Disk is full' },
		]);
		const logs = asked.filter(({ path }) => path.endsWith('/logs'));
		expect(logs.map(({ pathParameters }) => pathParameters)).toEqual([{ id: 't2' }]);
	});

	it('read no more than three logs', async () => {
		const { reader, asked } = readerOf({
			'/sessions': [session('1', 'a', 5, 'Failed', 'See the log')],
			'/taskSessions': Array.from({ length: 20 }, (_, index) => ({
				id: `t${index}`,
				sessionId: '1',
				name: `vm${index}`,
				result: { result: 'Failed', message: '' },
			})),
		});
		await readFailures(reader, jobs, OPTIONS, NOW - 24 * HOUR);
		expect(asked.filter(({ path }) => path.endsWith('/logs'))).toHaveLength(3);
	});

	it('are not those of other jobs where the user chose some', async () => {
		const { reader } = readerOf({ '/sessions': [session('1', 'z', 5, 'Failed', 'x')] });
		const chosen = { ...OPTIONS, excludeJobs: ['Session'] };
		const { failures } = await readFailures(reader, jobs, chosen, NOW - 24 * HOUR);
		expect(failures).toEqual([]);
	});
});

describe('objects without a recent restore point', () => {
	const object = (name: string, backupId: string, restorePointsCount = 3) => ({
		id: `${backupId}/${name}`,
		name,
		type: 'VM',
		platformId: 'p',
		backupId,
		restorePointsCount,
	});

	it('are those with none in any of their backups', async () => {
		const { reader } = readerOf({
			'/backupObjects': [
				object('copied', 'main'),
				object('copied', 'copy'),
				object('old', 'main'),
				object('new', 'main', 0),
				object('ancient', 'main'),
			],
			'/restorePoints': (query) =>
				query?.createdAfterFilter
					? [{ name: 'Copied', backupId: 'copy', creationTime: at(3) }]
					: [
							{ name: 'old', backupId: 'main', creationTime: at(30) },
							{ name: 'old', backupId: 'main', creationTime: at(54) },
						],
		});
		expect(await readUnprotected(reader, OPTIONS, NOW, undefined)).toEqual([
			{ name: 'ancient', type: 'VM' },
			{ name: 'new', type: 'VM', lastRestorePoint: null },
			{ name: 'old', type: 'VM', lastRestorePoint: at(30) },
		]);
	});

	it('belong to the chosen jobs alone', async () => {
		const { reader } = readerOf({
			'/backupObjects': [object('a1', 'A', 0), object('b1', 'B', 0)],
			'/backups': [
				{ id: 'A', jobId: 'a' },
				{ id: 'B', jobId: 'b' },
			],
		});
		const found = await readUnprotected(reader, OPTIONS, NOW, new Set(['b']));
		expect(found.map(({ name }) => name)).toEqual(['b1']);
	});
});

describe('the license', () => {
	const rows = async (license: IDataObject) =>
		(await readLicenses(readerOf({ '/license': [license] }).reader, 30, NOW)).map(
			({ status, state, daysLeft }) => [status, state, daysLeft],
		);
	const license = (status: string, days: number, used = 1) => ({
		status,
		edition: 'EnterprisePlus',
		type: 'Subscription',
		expirationDate: at(-24 * days - 1),
		instanceLicenseSummary: { licensedInstancesNumber: 10, usedInstancesNumber: used },
	});

	it('warns before it expires and where more is used than there is', async () => {
		expect(await rows(license('Valid', 31))).toEqual([['good', 'Valid', 31]]);
		expect(await rows(license('Valid', 30))).toEqual([['warning', 'Valid', 30]]);
		expect(await rows(license('Valid', 200, 11))).toEqual([['warning', 'Valid', 200]]);
		expect(await rows(license('Expired', -3))).toEqual([['bad', 'Expired', -3]]);
	});

	it('without an end (perpetual) is good', async () => {
		expect(await rows({ status: 'Valid', type: 'Perpetual' })).toEqual([
			['good', 'Valid', undefined],
		]);
	});
});

it.each([
	['1.3-rev2', 'createdAfterTimeUtcFilter'],
	['1.3-rev0', 'detectedAfterTimeUtcFilter'],
])('malware events of %s are asked for by %s, false alarms left out', async (version, filter) => {
	const event = { machine: { displayName: 'vm1' }, details: 'Locked files', severity: 'Infected' };
	const { reader, asked } = readerOf(
		{ '/malwareDetection/events': [event, { ...event, state: 'FalsePositive' }] },
		version,
	);
	expect(await readMalware(reader, NOW)).toEqual([
		{ source: 'Malware detection', text: 'vm1: Locked files (Infected)', status: 'bad' },
	]);
	expect(asked[0]!.query).toEqual({ [filter]: at(0) });
});

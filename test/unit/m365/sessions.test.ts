import { follow } from '../../../nodes/VeeamBackupMicrosoft365/api/waiters';
import type { VeeamClient, LongRunningOperation } from '../../../nodes/shared/http/types';
import { readBinary } from '../../support/executeNode';
import { BackupServer } from '../transport.support';
import { answering, ID, run, sent } from './support';

let server: BackupServer;
beforeAll(async () => {
	server = await BackupServer.start();
});
afterAll(async () => await server.stop());
beforeEach(() => server.reset());

const JOB = ID(1);
const SESSION = ID(2);
const MAILBOX = ID(8);
const soon = () => new Date(Date.now() + 1000).toISOString();
const jobSession = (status: string, more = {}) => ({
	id: SESSION,
	jobId: JOB,
	status,
	creationTime: soon(),
	details: '',
	...more,
});

describe('a job that is started and waited for', () => {
	const start = { jobId: { mode: 'id', value: JOB }, waitForCompletion: true };

	it('gives its session back in v8, which is followed to its end', async () => {
		const states = ['Running', 'Success'];
		server.handle = answering({
			[`POST /v8/Jobs/${JOB}/start`]: jobSession('Queued'),
			[`GET /v8/JobSessions/${SESSION}`]: () => ({ body: jobSession(states.shift()!) }),
		});
		const { json } = await run(server, 'startBackupJob', start);
		expect(json).toMatchObject([{ id: SESSION, status: 'Success' }]);
	});

	const page = (results: object[]) => ({ body: { offset: 0, limit: 10000, results } });
	const at = (time: string, id: number, more = {}) => ({
		...jobSession('Running', { creationTime: `2026-01-31T${time}Z`, ...more }),
		id: ID(id),
	});

	it('says nothing in v7: its session is the one that was not there before', async () => {
		// No clock tells them apart: the server's is years behind, and it is slow to answer.
		const before = [at('20:00:00', 5)];
		const lists = [before, before, [at('22:00:00', 6), at('21:59:00', 2), ...before]];
		server.handle = answering({
			[`POST /v7/Jobs/${JOB}/start`]: () => ({
				status: 204,
				headers: { date: 'Sat, 31 Jan 2032 22:30:00 GMT' },
			}),
			'GET /v7/JobSessions': () => page(lists.shift()!),
			[`GET /v7/JobSessions/${ID(2)}`]: jobSession('Warning'),
		});
		const { json } = await run(server, 'startBackupJob', start, { apiVersion: 'v7' });
		// A run by schedule began after it, before anyone looked.
		expect(json).toEqual([jobSession('Warning', { creationTime: expect.any(String) })]);
		const list = `GET /v7/JobSessions?jobId=${JOB}&offset=0&limit=10000`;
		expect(sent(server)).toEqual([
			list,
			`POST /v7/Jobs/${JOB}/start`,
			list,
			list,
			`GET /v7/JobSessions/${ID(2)}`,
		]);
	});

	it('lists its sessions under the job in v6', async () => {
		const lists = [[], [{ id: SESSION, creationTime: '2026-01-31T22:00:00Z' }]];
		server.handle = answering({
			[`GET /v6/Jobs/${JOB}/JobSessions`]: () => page(lists.shift()!),
			[`POST /v6/Jobs/${JOB}/start`]: () => ({ status: 200 }),
			[`GET /v6/JobSessions/${SESSION}`]: jobSession('Success'),
		});
		const { json } = await run(server, 'startBackupJob', start, { apiVersion: 'v6' });
		expect(json).toMatchObject([{ id: SESSION, status: 'Success' }]);
	});

	it('may be a copy job, whose session is found among those of all copy jobs', async () => {
		const other = at('22:01:00', 6, { jobId: ID(7) });
		const lists = [[], [other, at('22:00:00', 2)]];
		server.handle = answering({
			'GET /v6/JobSessions': () => page(lists.shift()!),
			[`POST /v6/CopyJobs/${JOB}/start`]: () => ({ status: 200 }),
			[`GET /v6/JobSessions/${SESSION}`]: jobSession('Success'),
		});
		const { json } = await run(
			server,
			'startBackupCopyJob',
			{ copyJobId: { mode: 'id', value: JOB }, waitForCompletion: true },
			{ apiVersion: 'v6' },
		);
		expect(json).toMatchObject([{ id: SESSION, status: 'Success' }]);
		expect(sent(server)[0]).toBe('GET /v6/JobSessions?jobType=Copy&offset=0&limit=10000');
	});

	it('of which no session appears is given up after eight looks, with what to check', async () => {
		let looks = 0;
		const client = {
			version: 'v7',
			list: async () => ((looks += 1), [{ id: SESSION }]),
		} as unknown as VeeamClient;
		const work = follow(client, {
			status: 204,
			headers: {},
			body: undefined,
			request: { method: 'POST', path: '/Jobs/{jobId}/start', pathParameters: { jobId: JOB } },
			snapshotRunningWork: new Set([SESSION]),
		}) as LongRunningOperation;
		for (let look = 0; look < 7; look++)
			expect(await work.poll()).toEqual({ done: false, failed: false, record: {} });
		await expect(work.poll()).rejects.toMatchObject({
			message: `The server took the start of the job ${JOB}, but no session of it has appeared.`,
			description: expect.stringMatching(/disabled.*Wait for Completion/),
		});
		expect(looks).toBe(8);
	});

	it('raises an error with the lines of its log when it fails', async () => {
		server.handle = answering({
			[`POST /v8/Jobs/${JOB}/start`]: jobSession('Running'),
			[`GET /v8/JobSessions/${SESSION}`]: jobSession('Failed', { jobWillBeRetried: true }),
			[`GET /v8/JobSessions/${SESSION}/LogItems`]: {
				offset: 0,
				limit: 10000,
				results: [
					{ type: 'Success', message: 'Connected to organization' },
					{ type: 'Error', message: 'Failed to process mailbox: Ann' },
					{ type: 'Error', message: 'Failed to process mailbox: Bob' },
					{ type: 'Error', message: 'Job finished with errors' },
				],
			},
		});
		await expect(run(server, 'startBackupJob', start)).rejects.toMatchObject({
			message: `The job (session ${SESSION}) failed.`,
			description:
				'Failed to process mailbox: Ann\nFailed to process mailbox: Bob\nThe server will try the job again.',
		});
	});

	it.each<[string, Array<[type: string, message: string]>, object[]]>([
		[
			'the warnings where no error but the closing line is there',
			[
				['Warning', 'Mailbox of Ann has no license'],
				['Error', 'Job finished with error at 1/31/2026 10:13:05 PM'],
			],
			[{ result: 'Warning', message: 'Mailbox of Ann has no license' }],
		],
		[
			'the closing line where the log says nothing else',
			[
				['Success', 'Connected to organization'],
				['Error', 'Job finished with errors'],
			],
			[{ result: 'Failed', message: 'Job finished with errors' }],
		],
		[
			'an error of the whole job, which is no closing line',
			[
				['Error', 'Job failed: the repository is full'],
				['Error', 'Job finished with errors'],
			],
			[{ result: 'Failed', message: 'Job failed: the repository is full' }],
		],
		['the session where the log is empty', [], [{ result: 'Failed', message: 'Out of memory' }]],
	])('gives as its reasons %s', async (_, log, expected) => {
		const session = jobSession('Failed', { details: 'Out of memory' });
		const results = log.map(([type, message]) => ({ type, message }));
		server.handle = answering({
			[`GET /v8/JobSessions/${SESSION}`]: session,
			[`GET /v8/JobSessions/${SESSION}/LogItems`]: () => page(results),
		});
		const { json } = await run(server, 'getFailureReasons', {
			jobSessionsId: { mode: 'id', value: SESSION },
		});
		expect(json).toEqual(
			expected.map((reason) => ({
				jobSessionId: SESSION,
				jobId: JOB,
				...reason,
				creationTime: log.length > 0 ? null : session.creationTime,
				endTime: null,
			})),
		);
	});

	it('returns at once when nobody waits: the session in v8, a success before', async () => {
		server.handle = answering({
			[`POST /v8/Jobs/${JOB}/start`]: jobSession('Running', { creationTime: 'now' }),
			[`POST /v7/Jobs/${JOB}/start`]: () => ({ status: 204 }),
		});
		const now = { ...start, waitForCompletion: false };
		expect((await run(server, 'startBackupJob', now)).json).toEqual([
			jobSession('Running', { creationTime: 'now' }),
		]);
		expect((await run(server, 'startBackupJob', now, { apiVersion: 'v7' })).json).toEqual([
			{ success: true },
		]);
	});
});

describe('a restore session', () => {
	const session = (state: string, more = {}) => ({
		id: SESSION,
		state,
		type: 'Vex',
		creationTime: soon(),
		...more,
	});

	it('is opened, looked into, exported from and stopped', async () => {
		const pst = Buffer.from('!BDN mail of Ann');
		server.handle = answering({
			[`POST /v8/Organizations/${ID(9)}/explore`]: () => ({
				status: 201,
				body: session('Working'),
			}),
			[`GET /v8/RestoreSessions/${SESSION}`]: session('Working'),
			[`GET /v8/RestoreSessions/${SESSION}/organization/mailboxes`]: {
				offset: 0,
				limit: 50,
				results: [{ id: MAILBOX, name: 'Ann', email: 'ann@example.com' }],
			},
			[`POST /v8/RestoreSessions/${SESSION}/organization/mailboxes/${MAILBOX}/exportToPst`]:
				() => ({
					headers: {
						'content-type': 'application/octet-stream',
						'content-disposition': 'attachment; filename="Ann.pst"',
					},
					body: pst,
				}),
			[`POST /v8/RestoreSessions/${SESSION}/Stop`]: () => ({ status: 204 }),
		});
		const inSession = { restoreSessionId: { mode: 'id', value: SESSION } };
		const opened = await run(server, 'createRestoreSessionForOrganization', {
			organizationId: { mode: 'id', value: ID(9) },
			additionalFields: { type: 'Vex' },
			waitForCompletion: true,
		});
		expect(opened.json).toMatchObject([{ id: SESSION, state: 'Working' }]);
		expect(JSON.parse(String(server.calls[0]?.body))).toEqual({ type: 'Vex' });

		const { json } = await run(server, 'getMailboxes', inSession);
		expect(json).toEqual([{ id: MAILBOX, name: 'Ann', email: 'ann@example.com' }]);

		const exported = await run(server, 'exportMailboxData', {
			...inSession,
			mailboxId: { mode: 'id', value: MAILBOX },
		});
		expect(exported.json).toMatchObject([{ fileName: 'Ann.pst' }]);
		expect(await readBinary(exported.items[0]?.binary?.data)).toEqual(pst);

		expect((await run(server, 'stopRestoreSession', inSession)).json).toEqual([{ success: true }]);
	});

	it('stays open while something is restored in it: its events tell when that has ended', async () => {
		const path = `/v8/RestoreSessions/${SESSION}/organization/mailboxes/${MAILBOX}/restore`;
		const event = (id: number, status: string) => ({
			id: ID(id),
			type: 'Restore',
			status,
			itemName: 'Inbox',
			message: 'Mailbox is full',
			startTime: '2026-01-31T22:00:00Z',
		});
		const before = event(3, 'Success');
		const now = (status: string) => [before, event(4, status)];
		const lists = [[before], now('Running'), now('Failed'), now('Failed')];
		server.handle = answering({
			[`POST ${path}`]: { sessionId: SESSION },
			[`GET /v8/RestoreSessions/${SESSION}`]: session('Working'),
			[`GET /v8/RestoreSessions/${SESSION}/Events`]: () => ({
				body: { offset: 0, limit: 10000, results: lists.shift()! },
			}),
		});
		await expect(
			run(server, 'restoreMailboxDataToOriginalExchangeServer', {
				restoreSessionId: { mode: 'id', value: SESSION },
				mailboxId: { mode: 'id', value: MAILBOX },
				bodyMode: 'json',
				bodyJson: '{}',
				waitForCompletion: true,
			}),
		).rejects.toMatchObject({
			message: `The restore (session ${SESSION}) failed.`,
			description: 'Inbox: Mailbox is full',
		});
	});
});

describe('sessions of repositories', () => {
	const repository = { repositoryId: { mode: 'id', value: ID(4) }, waitForCompletion: true };

	it('are followed while the cache synchronizes', async () => {
		const record = (state: string) => ({ id: SESSION, repositoryId: ID(4), state });
		const states = ['Synchronizing', 'None'];
		server.handle = answering({
			[`POST /v8/BackupRepositories/${ID(4)}/Sync`]: record('Synchronizing'),
			[`GET /v8/RepositorySynchronizeSessions/${SESSION}`]: () => ({
				body: record(states.shift()!),
			}),
		});
		const { json } = await run(server, 'synchronizeCache', repository);
		expect(json).toEqual([record('None')]);
	});

	it('are followed while the owner changes, to the reason why it could not', async () => {
		const record = (status: string) => ({
			id: SESSION,
			status,
			repositoryIds: [ID(4)],
			details: 'The proxy server is offline',
		});
		server.handle = answering({
			[`POST /v8/BackupRepositories/${ID(4)}/changeOwner`]: record('Waiting'),
			[`GET /v8/RepositoryOwnerChangeSessions/${SESSION}`]: record('Failed'),
		});
		await expect(
			run(server, 'changeOwnerForBackupRepositoryByRepositoryId', repository),
		).rejects.toMatchObject({
			message: `The change of owner (session ${SESSION}) failed.`,
			description: 'The proxy server is offline',
		});
	});
});

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

	it('says nothing in v7: its session is found by job and time', async () => {
		server.handle = answering({
			[`POST /v7/Jobs/${JOB}/start`]: () => ({ status: 204 }),
			'GET /v7/JobSessions': ({ url }: { url: string }) => ({
				body: {
					offset: 0,
					limit: 10000,
					results: /endTime/.test(url)
						? []
						: [
								{ ...jobSession('Success'), id: ID(5), creationTime: '2020-01-01T00:00:00Z' },
								{ ...jobSession('Running'), id: ID(6), jobId: ID(7) },
								jobSession('Running'),
							],
				},
			}),
			[`GET /v7/JobSessions/${SESSION}`]: jobSession('Warning'),
		});
		const { json } = await run(server, 'startBackupJob', start, { apiVersion: 'v7' });
		expect(json).toMatchObject([{ id: SESSION, status: 'Warning' }]);
		expect(sent(server).filter((line) => /JobSessions\?/.test(line))).toEqual([
			expect.stringMatching(/^GET \/v7\/JobSessions\?endTimeLowerBound=.*&offset=0&limit=10000$/),
			`GET /v7/JobSessions?jobId=${JOB}&offset=0&limit=10000`,
		]);
	});

	it('may be a copy job, whose session is found alike', async () => {
		server.handle = answering({
			[`POST /v6/CopyJobs/${JOB}/start`]: () => ({ status: 200 }),
			'GET /v6/JobSessions': { offset: 0, limit: 10000, results: [jobSession('Success')] },
			[`GET /v6/JobSessions/${SESSION}`]: jobSession('Success'),
		});
		const { json } = await run(
			server,
			'startBackupCopyJob',
			{
				copyJobId: { mode: 'id', value: JOB },
				waitForCompletion: true,
			},
			{ apiVersion: 'v6' },
		);
		expect(json).toMatchObject([{ id: SESSION, status: 'Success' }]);
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
				],
			},
		});
		await expect(run(server, 'startBackupJob', start)).rejects.toMatchObject({
			message: `The job (session ${SESSION}) failed.`,
			description:
				'Failed to process mailbox: Ann\nFailed to process mailbox: Bob\nThe server will try the job again.',
		});
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
		const event = (status: string) => ({
			id: ID(3),
			type: 'Restore',
			status,
			itemName: 'Inbox',
			message: 'Mailbox is full',
			startTime: soon(),
		});
		const states = ['Running', 'Failed', 'Failed'];
		server.handle = answering({
			[`POST ${path}`]: { sessionId: SESSION },
			[`GET /v8/RestoreSessions/${SESSION}`]: session('Working'),
			[`GET /v8/RestoreSessions/${SESSION}/Events`]: () => ({
				body: {
					offset: 0,
					limit: 10000,
					results: [
						{ ...event('Success'), startTime: '2020-01-01T00:00:00Z' },
						event(states.shift()!),
					],
				},
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

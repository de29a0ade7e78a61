import type { IDataObject, INode } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

import type { RequestContext } from '../../nodes/shared/http/attempt';
import { DEFAULT_SETTINGS } from '../../nodes/shared/http/settings';
import type {
	ListOptions,
	VeeamClient,
	VeeamRequest,
	VeeamResponse,
	WaitOptions,
	LongRunningOperation,
} from '../../nodes/shared/http/types';
import { waitFor } from '../../nodes/shared/http/wait';
import { adapter } from '../../nodes/VeeamBackupReplication/api/adapter';
import { readFailureReasons } from '../../nodes/VeeamBackupReplication/model/failureReasons';
import { follow } from '../../nodes/VeeamBackupReplication/api/waiters';

const NODE: INode = {
	id: '1',
	name: 'Veeam',
	type: 'veeam',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** A server as a table: what each path answers, one after the other, the last for ever. */
class Server {
	readonly asked: string[] = [];
	readonly listOptions: Record<string, ListOptions | undefined> = {};

	constructor(
		private readonly answers: Record<string, unknown[]>,
		private readonly version = '1.3-rev1',
	) {}

	private answer(request: VeeamRequest): unknown {
		const path = request.path.replace(
			/\{(\w+)\}/g,
			(_, name: string) => request.pathParameters?.[name] ?? '?',
		);
		this.asked.push(path);
		const queue = this.answers[path];
		if (!queue) throw refusal('404', `nothing at ${path}`);
		const next = queue.length > 1 ? queue.shift() : queue[0];
		if (next instanceof Error) throw next;
		return next;
	}

	client(): VeeamClient {
		return {
			version: this.version,
			origin: 'https://vbr:9419',
			request: async (request) => ({ status: 200, headers: {}, body: this.answer(request) }),
			list: async (request, options) => {
				this.listOptions[request.path] = options;
				return adapter.paging.items(this.answer(request)) ?? [];
			},
			preview: ({ method, path }) => ({ method, url: path, headers: {} }),
			download: async () => await Promise.reject(new Error('no downloads here')),
			wait: async () => await Promise.reject(new Error('no waiting here')),
		};
	}
}

function refusal(httpCode: string, message: string, transient = false): NodeApiError {
	const error = new NodeApiError(NODE, { message }, { message, httpCode });
	error.message = message;
	error.context.transient = transient;
	return error;
}

/** Waits with a clock of its own, and tells how long it paused each time. */
async function wait(
	server: Server,
	response: Partial<VeeamResponse>,
	options: WaitOptions = {},
	signal?: { aborted: boolean },
) {
	const works = follow(server.client(), { status: 201, headers: {}, body: undefined, ...response });
	if (!works) return { records: undefined, pauses: [], works };
	let now = 0;
	const slept: number[] = [];
	const requestContext = {
		context: { getExecutionCancelSignal: () => signal },
		node: NODE,
		itemIndex: 3,
		credential: { password: 'Summer2030!' },
		carried: new Set(),
		settings: {
			...DEFAULT_SETTINGS,
			now: () => now,
			sleep: async (milliseconds: number) => {
				now += milliseconds;
				slept.push(milliseconds / 1000);
			},
		},
	} as unknown as RequestContext;
	const list: LongRunningOperation[] = Array.isArray(works) ? works : [works];
	const seconds = () => now / 1000;
	return { records: await waitFor(requestContext, list, options), seconds: seconds(), works };
}

async function errorOf(promise: Promise<unknown>) {
	const error = (await promise.then(
		() => undefined,
		(reason: unknown) => reason,
	)) as (Error & { description?: string; context?: IDataObject }) | undefined;
	if (!error) throw new Error('Nothing was raised');
	return {
		name: error.name,
		message: error.message,
		description: error.description,
		itemIndex: error.context?.itemIndex,
	};
}

const SESSION = {
	id: 's1',
	name: 'Backup Job 1',
	sessionType: 'BackupJob',
	jobId: 'j1',
	state: 'Working',
	creationTime: '2030-01-01T00:00:00Z',
	progressPercent: 10,
	result: { result: 'None', message: '', isCanceled: false },
};
const ended = (result: string, message = '', isCanceled = false) => ({
	...SESSION,
	state: 'Stopped',
	endTime: '2030-01-01T01:00:00Z',
	result: { result, message, isCanceled },
});
const task = (id: string, name: string, result: string, message: string) => ({
	id,
	name,
	sessionId: 's1',
	type: 'Backup',
	state: 'Stopped',
	creationTime: '2030-01-01T00:00:00Z',
	endTime: '2030-01-01T00:30:00Z',
	result: { result, message, isCanceled: false },
});

describe('waiting for a session', () => {
	it('polls from 2 seconds backing off to 15 until it has stopped, and gives the last record', async () => {
		const working = Array.from({ length: 8 }, () => SESSION);
		const server = new Server({ '/api/v1/sessions/s1': [...working, ended('Success')] });

		const { records, seconds } = await wait(server, { body: SESSION });

		expect(records).toEqual([ended('Success')]);
		// 2 + 3 + 4.5 + 6.75 + 10.125 + 15 + 15 + 15
		expect(seconds).toBeCloseTo(71.375, 5);
		expect(server.asked).toHaveLength(9);
	});

	it.each([['Warning'], ['None'], ['success']])(
		'counts the result %p as a success',
		async (result) => {
			const server = new Server({ '/api/v1/sessions/s1': [ended(result)] });
			expect((await wait(server, { body: SESSION })).records).toEqual([ended(result)]);
		},
	);

	it('compares states without regard to case', async () => {
		const server = new Server({
			'/api/v1/sessions/s1': [{ ...ended('Success'), state: 'stopped' }],
		});
		expect((await wait(server, { body: SESSION })).records).toHaveLength(1);
	});

	it('gives up after the timeout, naming the session, and says that the work goes on', async () => {
		const server = new Server({ '/api/v1/sessions/s1': [SESSION] });

		expect(await errorOf(wait(server, { body: SESSION }, { timeoutSeconds: 30 }))).toEqual({
			name: 'NodeOperationError',
			message: '"Backup Job 1" (session s1) did not end within 30 seconds.',
			description:
				'The work continues on the server. Raise "Timeout" under Options, or wait for it later by its ID.',
			itemIndex: 3,
		});
	});

	it('stops waiting when the user stops the execution', async () => {
		const signal = { aborted: false };
		const server = new Server({ '/api/v1/sessions/s1': [SESSION] });
		const waiting = wait(server, { body: SESSION }, {}, signal);
		signal.aborted = true;

		expect((await errorOf(waiting)).message).toBe('The execution was stopped.');
	});

	it('waits out a server that is away for a while, but not for ever and not for a refusal', async () => {
		const away = refusal('503', 'away', true);
		const back = new Server({
			'/api/v1/sessions/s1': [SESSION, away, away, away, ended('Success')],
		});
		expect((await wait(back, { body: SESSION })).records).toEqual([ended('Success')]);

		const gone = new Server({ '/api/v1/sessions/s1': [SESSION, away] });
		expect((await errorOf(wait(gone, { body: SESSION }))).message).toBe('away');
		expect(gone.asked.length).toBeGreaterThan(10);

		const refused = new Server({ '/api/v1/sessions/s1': [refusal('403', 'not yours')] });
		expect((await errorOf(wait(refused, { body: SESSION }))).message).toBe('not yours');
		expect(refused.asked).toHaveLength(1);
	});

	it('raises the reason of each failed object when it failed', async () => {
		const server = new Server({
			'/api/v1/sessions/s1': [ended('Failed', 'Job has failed')],
			'/api/v1/sessions/s1/taskSessions': [
				{
					data: [
						task('t1', 'vm-sql', 'Failed', 'Disk full. Password was Summer2030!'),
						task('t2', 'vm-web', 'Success', ''),
						task('t3', 'vm-dc', 'failed', 'See session log for details'),
					],
				},
			],
			'/api/v1/taskSessions/t3/logs': [
				{
					totalRecords: 3,
					records: [
						{ status: 'Succeeded', title: 'Started' },
						{ status: 'Failed', title: 'Cannot create snapshot', description: 'Quota exceeded' },
						{ status: 'failed', title: 'Processing finished with errors' },
					],
				},
			],
		});

		expect(await errorOf(wait(server, { body: SESSION }))).toEqual({
			name: 'NodeOperationError',
			message: '"Backup Job 1" (session s1) failed.',
			description:
				'vm-sql: Disk full. Password was *****\n' + 'vm-dc: Cannot create snapshot: Quota exceeded',
			itemIndex: 3,
		});
		expect(server.asked).not.toContain('/api/v1/taskSessions/t1/logs');
	});

	it('shows ten reasons and counts the rest', async () => {
		const tasks = Array.from({ length: 13 }, (_, i) =>
			task(`t${i}`, `vm-${i}`, 'Failed', `no ${i}`),
		);
		const server = new Server({
			'/api/v1/sessions/s1': [ended('Failed')],
			'/api/v1/sessions/s1/taskSessions': [{ data: tasks }],
		});

		const { description } = await errorOf(wait(server, { body: SESSION }));
		const lines = description?.split('\n') ?? [];
		expect(lines).toHaveLength(11);
		expect(lines[0]).toBe('vm-0: no 0');
		expect(lines[10]).toBe('+3 more');
	});

	it('reads no more logs than it shows', async () => {
		const tasks = Array.from({ length: 13 }, (_, i) => task(`t${i}`, `vm-${i}`, 'Failed', ''));
		const server = new Server({
			'/api/v1/sessions/s1': [ended('Failed')],
			'/api/v1/sessions/s1/taskSessions': [{ data: tasks }],
			...Object.fromEntries(
				tasks.map(({ id }) => [`/api/v1/taskSessions/${id}/logs`, [{ records: [] }]]),
			),
		});

		await errorOf(wait(server, { body: SESSION }));
		expect(server.asked.filter((path) => path.endsWith('/logs'))).toHaveLength(10);
	});

	it('gives a failed session back where that is asked for', async () => {
		const server = new Server({ '/api/v1/sessions/s1': [ended('Failed', 'bad')] });
		const { records } = await wait(server, { body: SESSION }, { onFailure: 'return' });
		expect(records).toEqual([ended('Failed', 'bad')]);
	});

	it('counts a session somebody stopped as failed, unless stopping was the wish', async () => {
		const answers = () => ({
			'/api/v1/sessions/s1': [ended('Failed', 'Canceled by user', true)],
			'/api/v1/sessions/s1/taskSessions': [{ data: [] }],
		});
		const path = (name: string) => ({ method: 'POST' as const, path: `/api/v1/jobs/{id}/${name}` });

		const { description } = await errorOf(
			wait(new Server(answers()), { body: SESSION, request: path('start') }),
		);
		expect(description).toBe('The session was stopped.\nCanceled by user');
		const stopped = await wait(new Server(answers()), { body: SESSION, request: path('stop') });
		expect(stopped.records).toHaveLength(1);
	});

	it('waits for all sessions of an answer and names the ones that failed', async () => {
		const started = { data: [SESSION, { ...SESSION, id: 's2', name: 'Second' }] };
		const request = { method: 'POST' as const, path: '/api/v1/backups/runHealthcheck' };
		const answers = (second: string) => ({
			'/api/v1/sessions/s1': [ended('Success')],
			'/api/v1/sessions/s2': [
				{ ...SESSION, id: 's2', name: 'Second' },
				{ ...ended(second, 'why'), id: 's2', name: 'Second' },
			],
			'/api/v1/sessions/s2/taskSessions': [{ data: [] }],
		});

		const { records } = await wait(new Server(answers('Success')), { body: started, request });
		expect(records?.map(({ id }) => id)).toEqual(['s1', 's2']);
		expect(await errorOf(wait(new Server(answers('Failed')), { body: started, request }))).toEqual({
			name: 'NodeOperationError',
			message: '"Second" (session s2) failed.',
			description: 'why',
			itemIndex: 3,
		});
	});

	it('follows nothing where nothing was started', async () => {
		const client = new Server({}).client();
		const answer = (body: unknown, method: 'GET' | 'POST' = 'POST') =>
			follow(client, { status: 200, headers: {}, body, request: { method, path: '/x' } });
		expect(answer(undefined)).toBeUndefined();
		expect(answer({ id: 'r1', name: 'Repository', type: 'WinLocal' })).toBeUndefined();
		expect(answer('text')).toBeUndefined();
		expect(answer({ data: [{ id: 'j', status: 'Running' }] })).toBeUndefined();
		expect(answer({ data: [SESSION] }, 'GET')).toBeUndefined();
	});
});

describe('waiting for a session that mounts something', () => {
	const MOUNTING = { ...SESSION, sessionType: 'InstantRecovery', name: 'vm-sql' };
	const VMS = '/api/v1/restore/instantRecovery/vSphere/vm';
	const HYPER_V = '/api/v1/restore/instantRecovery/hyperV/vm';
	const start = { method: 'POST' as const, path: VMS };
	const mount = (state: string, errorMessage?: string) => ({
		data: [
			{ id: 'm0', sessionId: 'another', state: 'Mounted' },
			{ id: 'm1', sessionId: 's1', state, errorMessage },
		],
	});

	it('ends when the mount point is mounted, and brings it along', async () => {
		const server = new Server({
			'/api/v1/sessions/s1': [MOUNTING],
			[VMS]: [mount('Mounting'), mount('mounted')],
		});

		expect((await wait(server, { body: MOUNTING, request: start })).records).toEqual([
			{ ...MOUNTING, mountPoint: { id: 'm1', sessionId: 's1', state: 'mounted' } },
		]);
	});

	it('fails with what the mount point says', async () => {
		const server = new Server({
			'/api/v1/sessions/s1': [MOUNTING],
			[VMS]: [mount('Failed', 'No space on the host')],
		});

		expect(await errorOf(wait(server, { body: MOUNTING, request: start }))).toMatchObject({
			message: '"vm-sql" (session s1) failed.',
			description: 'No space on the host',
		});
	});

	it('goes by 100 percent where no mount point is listed or the list is closed to the role', async () => {
		const server = new Server({
			'/api/v1/sessions/s1': [MOUNTING, { ...MOUNTING, progressPercent: 100 }],
			[VMS]: [{ data: [] }],
			[HYPER_V]: [refusal('403', 'not yours')],
		});

		const { records } = await wait(server, { body: MOUNTING, request: start });
		expect(records).toEqual([{ ...MOUNTING, progressPercent: 100 }]);
	});

	it.each([
		[
			'FileInstantRecovery',
			'/api/v1/restore/instantRecovery/unstructuredData',
			{ sessionId: 's1', state: 'Published' },
		],
		[
			'FirstClassDiskInstantRestore',
			'/api/v1/restore/instantRecovery/vSphere/fcd',
			{ sessionId: 's1', state: 'Mounted' },
		],
		[
			'PublishBackupContentViaMount',
			'/api/v1/dataIntegration',
			{ id: 's1', mountState: 'Mounted' },
		],
		['LinuxFileLevelRestore', '/api/v1/backupBrowser/flr', { sessionId: 's1' }],
		['EntraIdRestore', '/api/v1/backupBrowser/entraIdTenant', { sessionId: 's1' }],
	])('knows where a mount of %s is listed', async (sessionType, path, mountPoint) => {
		const session = { ...SESSION, sessionType };
		const server = new Server({
			'/api/v1/sessions/s1': [session],
			[path]: [{ data: [mountPoint] }],
		});

		// A session given by its id: nobody knows what started it.
		const request = { method: 'GET' as const, path: '/api/v1/sessions/{id}' };
		expect((await wait(server, { body: session, request })).records).toEqual([
			{ ...session, mountPoint },
		]);
	});

	it('does not take a mount that is just ending for one that is ready', async () => {
		const server = new Server({
			'/api/v1/sessions/s1': [{ ...MOUNTING, state: 'Stopping' }, ended('Success')],
			[VMS]: [mount('Mounted')],
		});
		const request = { method: 'GET' as const, path: '/api/v1/sessions/{id}' };

		expect((await wait(server, { body: MOUNTING, request })).records).toEqual([ended('Success')]);
	});

	it('waits for the end where the mount is to end', async () => {
		const server = new Server({
			'/api/v1/sessions/s1': [
				MOUNTING,
				{ ...MOUNTING, state: 'Stopping' },
				{ ...ended('Success') },
			],
			[VMS]: [mount('Mounted')],
		});
		const request = { method: 'POST' as const, path: `${VMS}/{mountId}/unmount` };

		expect((await wait(server, { body: MOUNTING, request })).records).toEqual([ended('Success')]);
		expect(server.asked).not.toContain(VMS);
	});
});

describe('waiting for other work', () => {
	const TASK = {
		id: 't9',
		type: 'FlrSearch',
		name: 'Search',
		state: 'Working',
		result: 'None',
		progressPercent: 1,
		creationTime: 'x',
	};

	it('follows a task to its end', async () => {
		const done = { ...TASK, state: 'Stopped', result: 'Success' };
		const server = new Server({ '/api/v1/tasks/t9': [TASK, done] });
		expect((await wait(server, { body: TASK })).records).toEqual([done]);
	});

	it.each([
		['Cancelled', 'The task was cancelled.'],
		['Failed', 'The server gives no reason for tasks.'],
	])('fails for a task that ended %s', async (result, description) => {
		const server = new Server({ '/api/v1/tasks/t9': [{ ...TASK, state: 'Stopped', result }] });
		expect(await errorOf(wait(server, { body: TASK }))).toMatchObject({
			message: '"Search" (task t9) failed.',
			description,
		});
	});

	it('follows a restore of Entra ID items below the session it belongs to', async () => {
		const restore = { id: 'r1', name: 'Restore users', state: 'Running' };
		const path = '/api/v1/backupBrowser/entraIdTenant/b7/restoreSessions/r1';
		const request = {
			method: 'POST' as const,
			path: '/api/v1/backupBrowser/entraIdTenant/{sessionId}/restoreItems',
			pathParameters: { sessionId: 'b7' },
		};
		const done = { ...restore, state: 'Warning' };
		const ok = new Server({ [path]: [restore, done] });
		expect((await wait(ok, { body: restore, request })).records).toEqual([done]);

		const bad = new Server({ [path]: [{ ...restore, state: 'Failed', reason: 'Access denied' }] });
		expect((await errorOf(wait(bad, { body: restore, request }))).description).toBe(
			'Access denied',
		);
	});
});

describe('the reasons of a failure', () => {
	const common = {
		sessionId: 's1',
		sessionName: 'Backup Job 1',
		sessionType: 'BackupJob',
		jobId: 'j1',
	};

	it('are one record per failed object, with the failed lines of its log', async () => {
		const server = new Server({
			'/api/v1/sessions/s1/taskSessions': [
				{
					data: [
						task('t1', 'vm-sql', 'Failed', 'Disk full'),
						task('t2', 'vm-web', 'Warning', 'slow'),
					],
				},
			],
			'/api/v1/taskSessions/t1/logs': [
				{
					records: [
						{ status: 'Failed', title: 'Cannot write' },
						{ status: 'Warning', title: 'x' },
					],
				},
			],
		});

		expect(await readFailureReasons(server.client(), ended('Failed', 'Job failed'))).toEqual([
			{
				...common,
				taskSessionId: 't1',
				objectName: 'vm-sql',
				result: 'Failed',
				message: 'Disk full',
				reasons: ['Disk full', 'Cannot write'],
				creationTime: '2030-01-01T00:00:00Z',
				endTime: '2030-01-01T00:30:00Z',
			},
		]);
	});

	it('are those of the session itself where it has no task sessions, as with agents', async () => {
		const server = new Server({
			'/api/v1/sessions/s1/taskSessions': [{ data: [] }],
			'/api/v1/sessions/s1/logs': [{ records: [{ status: 'Failed', title: 'Agent is offline' }] }],
		});

		expect(await readFailureReasons(server.client(), ended('Failed', ''))).toEqual([
			{
				...common,
				taskSessionId: null,
				objectName: 'Backup Job 1',
				result: 'Failed',
				message: '',
				reasons: ['Agent is offline'],
				creationTime: '2030-01-01T00:00:00Z',
				endTime: '2030-01-01T01:00:00Z',
			},
		]);
	});

	it('are the warnings where nothing failed', async () => {
		const server = new Server({
			'/api/v1/sessions/s1/taskSessions': [
				{ data: [task('t1', 'vm-a', 'Success', ''), task('t2', 'vm-web', 'Warning', '')] },
			],
			'/api/v1/taskSessions/t2/logs': [{ records: [{ status: 'Warning', title: 'Low space' }] }],
		});

		const reasons = await readFailureReasons(server.client(), ended('Warning'));
		expect(reasons.map(({ objectName, reasons: lines }) => [objectName, lines])).toEqual([
			['vm-web', ['Low space']],
		]);
	});

	it('still come when a log is closed to the role', async () => {
		const server = new Server({
			'/api/v1/sessions/s1/taskSessions': [{ data: [task('t1', 'vm-sql', 'Failed', 'Disk full')] }],
			'/api/v1/taskSessions/t1/logs': [refusal('403', 'not yours')],
		});

		const [reason] = await readFailureReasons(server.client(), ended('Failed'));
		expect(reason?.reasons).toEqual(['Disk full', 'The log could not be read: not yours']);
	});

	it('are read without paging where the version has none for task sessions', async () => {
		const path = '/api/v1/sessions/{id}/taskSessions';
		for (const [version, pageIn] of [
			['1.2-rev1', 'none'],
			['1.3-rev0', 'none'],
			['1.3-rev1', 'query'],
		] as const) {
			const server = new Server(
				{
					'/api/v1/sessions/s1/taskSessions': [{ data: [] }],
					'/api/v1/sessions/s1/logs': [{ records: [] }],
				},
				version,
			);
			await readFailureReasons(server.client(), ended('Failed', 'bad'));
			expect(server.listOptions[path]).toEqual({ pageIn });
		}
	});
});

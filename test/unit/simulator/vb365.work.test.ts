import { connected, type Microsoft365Client } from './vb365.client';

type Row = Record<string, unknown>;

describe('The work of Veeam Backup for Microsoft 365', () => {
	let client: Microsoft365Client;

	beforeAll(async () => {
		client = await connected({ settings: { sessionSeconds: 60, downloadBytes: 5000 } });
	});
	beforeEach(async () => {
		await client.simulator.control.reset();
		await client.login();
	});
	afterAll(() => client.simulator.close());

	const sessionsOf = async (jobId: string) =>
		(await client.get(`/JobSessions?jobId=${jobId}&limit=100`)).body.results as Row[];

	it('starts a job: v8 answers with the session, v7 with nothing', async () => {
		const job = await client.named('/Jobs', 'Teams');
		const copy = await client.named('/CopyJobs', 'Copy - Exchange');
		const now = await client.post(`/Jobs/${job.id}/start`, { full: false });
		const old = await client.post(`/CopyJobs/${copy.id}/start`, {}, 'v7');
		const running = (await client.get(`/JobSessions/${now.body.id}`)).body;
		await client.simulator.control.advance(61);
		const ended = (await client.get(`/JobSessions/${now.body.id}`)).body;

		expect([now.status, old.status, old.bytes.length]).toEqual([200, 204, 0]);
		expect(running).toMatchObject({ jobId: job.id, status: 'Running', endTime: null });
		expect(ended).toMatchObject({ status: 'Success', progress: 100 });
		expect((await sessionsOf(copy.id))[0]).toMatchObject({ jobType: 'Copy', status: 'Success' });
		expect(await client.named('/Jobs', 'Teams')).toMatchObject({ lastStatus: 'Success' });
	});

	it('leaves a restore point behind, but not when the job fails', async () => {
		const count = async () => (await client.get('/RestorePoints?limit=1000')).body.results.length;
		const before = await count();
		await client.simulator.control.runJob('Teams', { status: 'Failed', atOnce: true });
		const failed = await count();
		await client.simulator.control.runJob('Teams', { atOnce: true });

		expect([failed, await count()]).toEqual([before, before + 1]);
	});

	it('tells the reason of a failed object in the log', async () => {
		const session = await client.simulator.control.runJob('Teams', {
			status: 'Failed',
			object: 'Support',
			reason: 'The mailbox is locked',
			atOnce: true,
		});
		const log = await client.get(`/JobSessions/${String(session.id)}/LogItems`);

		expect(session).toMatchObject({ status: 'Failed', details: 'Job finished with errors' });
		expect(
			log.body.results
				.filter(({ type }: Row) => type === 'Error')
				.map(({ message }: Row) => message),
		).toEqual(['Processing Support: The mailbox is locked', 'Job finished with errors']);
	});

	it('stops a running job and refuses to stop one that is not', async () => {
		const job = await client.named('/Jobs', 'Teams');
		const early = await client.post(`/Jobs/${job.id}/stop`);
		const { id } = (await client.post(`/Jobs/${job.id}/start`, {})).body;
		const again = await client.post(`/Jobs/${job.id}/start`, {});
		const stop = await client.post(`/Jobs/${job.id}/stop`);

		expect([early.status, again.status, stop.status]).toEqual([409, 409, 204]);
		expect((await client.get(`/JobSessions/${id}`)).body.status).toBe('Stopped');
	});

	it('starts nothing while the proxy is offline', async () => {
		await client.simulator.control.proxy('vbo01.example.lab', { status: 'Offline' });
		const job = await client.named('/Jobs', 'Teams');
		const { status, body } = await client.post(`/Jobs/${job.id}/start`, {});

		expect([status, body.errorCode]).toEqual([500, 'ProxyOffline']);
	});

	it('opens a restore session, finds a mail, exports it and ends the session', async () => {
		const { id: organization } = await client.named('/Organizations', 'example.onmicrosoft.com');
		const opened = await client.post(`/Organizations/${organization}/explore`, { type: 'Vex' });
		const session = `/RestoreSessions/${opened.body.id}`;
		await client.simulator.control.advance(3000);
		const later = (await client.get(session)).body;
		const mailbox = await client.named(`${session}/organization/mailboxes`, 'Ada Winter');
		const path = `${session}/organization/mailboxes/${mailbox.id}`;
		const folder = await client.named(`${path}/folders`, 'Inbox');
		const items = (await client.get(`${path}/items?parentId=${folder.id}&limit=100`)).body.results;
		const found = (await client.post(`${path}/search`, { query: 'subject:invoice' })).body.results;
		const one = (await client.get(`${path}/items/${found[0].id}`)).body;
		const file = await client.post(`${path}/items/exportToPst`, { items: [{ id: found[0].id }] });
		const events = (await client.get(`${session}/Events`)).body.results;
		const stop = await client.post(`${session}/Stop`);
		const late = await client.get(`${session}/organization/mailboxes`);

		expect(opened.status).toBe(201);
		expect(later).toMatchObject({ state: 'Working', endTime: null });
		expect(items).toHaveLength(6);
		expect(found.map(({ subject }: Row) => subject)).toEqual(Array(4).fill('Invoice 4711'));
		expect(one.subject).toBe('Invoice 4711');
		expect(file.headers['content-disposition']).toContain('example.onmicrosoft.com.pst');
		expect(file.bytes).toHaveLength(5000);
		expect(events).toMatchObject([{ type: 'Export', status: 'Success' }]);
		expect(stop.status).toBe(204);
		expect((await client.get(session)).body).toMatchObject({
			state: 'Stopped',
			result: 'Success',
		});
		expect([late.status, late.body.errorCode]).toEqual([409, 'OperationConflict']);
	});

	const opened = async () => {
		const { id } = await client.named('/Organizations', 'example.onmicrosoft.com');
		const session = await client.post(`/Organizations/${id}/explore`, { type: 'Vex' });
		const path = `/RestoreSessions/${session.body.id}`;
		const mailbox = await client.named(`${path}/organization/mailboxes`, 'Ada Winter');
		return { id: session.body.id, path, mailbox: `${path}/organization/mailboxes/${mailbox.id}` };
	};

	it('restores in v8 inside the open session, up to v7 before it answers', async () => {
		const { id, path, mailbox } = await opened();
		const now = await client.post(`${mailbox}/restore`, {});
		const running = (await client.get(`${path}/Events`)).body.results;
		await client.simulator.control.advance(61);
		const over = (await client.get(`${path}/Events`)).body.results;
		const statistics = (await client.get(`${path}/Statistics`)).body;
		const old = await client.post(`${mailbox}/restore`, {}, 'v7');

		expect(now.body).toEqual({ sessionId: id });
		expect(running).toMatchObject([{ type: 'Restore', status: 'Running', endTime: null }]);
		expect(over).toMatchObject([{ type: 'Restore', status: 'Success' }]);
		expect(statistics).toMatchObject({ totalItemsCount: 1, restoredItemsCount: 1 });
		expect(old.body).not.toHaveProperty('sessionId');
		expect(old.body).toMatchObject({ createdItemsCount: 1, failedItemsCount: 0, warnings: [] });
	});

	it('tells why a restore failed', async () => {
		await client.simulator.control.nextOutcome({
			status: 'Failed',
			match: 'restore',
			reason: 'The mailbox is gone',
		});
		const { path, mailbox } = await opened();
		await client.post(`${mailbox}/restore`, {});
		await client.simulator.control.advance(61);

		expect((await client.get(`${path}/Events`)).body.results).toMatchObject([
			{ status: 'Failed', message: 'The mailbox is gone' },
		]);
		expect((await client.get(path)).body).toMatchObject({ state: 'Working', result: 'Failed' });
	});

	it('restores for an operator in a session that ends by itself', async () => {
		const { id, mailbox } = await opened();
		const { sessionId } = (await client.post(`${mailbox}/items/operatorRestore`, {})).body;
		const running = (await client.get(`/RestoreSessions/${sessionId}`)).body;
		await client.simulator.control.advance(61);
		const over = (await client.get(`/RestoreSessions/${sessionId}`)).body;

		expect(sessionId).not.toBe(id);
		expect([running.state, over.state, over.result]).toEqual(['Working', 'Stopped', 'Success']);
	});

	it('synchronises a repository', async () => {
		const repository = await client.named('/BackupRepositories', 'Azure Archive');
		const sync = await client.post(`/BackupRepositories/${repository.id}/Sync`);
		const path = `/RepositorySynchronizeSessions/${sync.body.id}`;
		const running = (await client.get(path)).body;
		await client.simulator.control.advance(61);
		const after = await client.named('/BackupRepositories', 'Azure Archive');

		expect(running).toMatchObject({ repositoryId: repository.id, state: 'Synchronizing' });
		expect((await client.get(path)).body).toMatchObject({ state: 'None', progressPercent: 100 });
		expect([repository.isOutOfSync, after.isOutOfSync]).toEqual([true, false]);
	});

	it('gives a repository to another proxy', async () => {
		const repository = await client.named('/BackupRepositories', 'Upgraded Repository');
		const proxy = await client.named('/Proxies', 'proxy01.example.lab');
		const path = `/BackupRepositories/${repository.id}/changeOwner`;
		const change = await client.post(`${path}?proxyId=${proxy.id}`);
		await client.simulator.control.advance(61);
		const session = (await client.get(`/RepositoryOwnerChangeSessions/${change.body.id}`)).body;
		const after = await client.named('/BackupRepositories', 'Upgraded Repository');

		expect(change.body).toMatchObject({ status: 'Running', toOwnerId: proxy.id });
		expect(session.status).toBe('Succeeded');
		expect(after.proxyId).toBe(proxy.id);
	});

	it('tells changes from a token on, and says when a token is outdated', async () => {
		const latest = await client.get('/Events?from=latest');
		const session = await client.simulator.control.runJob('Teams', { atOnce: true });
		const { body } = await client.get(`/Events?from=${latest.body.nextChangeToken}&limit=2`);
		const rest = await client.get(`/Events?from=${body.nextChangeToken}`);
		await client.simulator.control.expireChangeTokens();
		const late = await client.get(`/Events?from=${body.nextChangeToken}`);

		expect(latest.body.results).toEqual([]);
		expect(body.results).toMatchObject([
			{ eventType: 'JobSessionUpdate', id: session.id, status: 'Running', jobType: 'Backup' },
			{ eventType: 'RestorePointUpdate' },
		]);
		expect(rest.body.results).toMatchObject([
			{ eventType: 'JobSessionUpdate', id: session.id, status: 'Success' },
			{ eventType: 'JobUpdate' },
		]);
		expect([late.status, late.body.errorCode]).toEqual([400, 'OutdatedChangeToken']);
	});

	it('adds, changes and removes a repository', async () => {
		const body = { name: 'New', retentionType: 'ItemLevel', path: 'E:\\New' };
		const added = await client.post('/BackupRepositories', body);
		const path = `/BackupRepositories/${added.body.id}`;
		const edited = await client.send('PUT', path, { body: { ...body, description: 'Changed' } });
		const after = (await client.get(path)).body;
		const removed = await client.send('DELETE', path);

		expect([added.status, edited.status, removed.status]).toEqual([201, 204, 204]);
		expect(after).toMatchObject({ name: 'New', description: 'Changed' });
		expect((await client.get(path)).status).toBe(404);
	});

	it('removes the items of a job that a body names', async () => {
		const { id } = await client.named('/Jobs', 'Teams');
		const path = `/Jobs/${id}/SelectedItems`;
		const [first, ...others] = (await client.get(path)).body.results as Row[];
		const removed = await client.send('DELETE', path, { body: [first?.id] });

		expect(removed.status).toBe(204);
		expect((await client.get(path)).body.results).toEqual(others);
	});
});

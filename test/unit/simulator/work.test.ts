import { Client, connected } from './client';

describe('Work that goes on in the simulated backup server', () => {
	let client: Client;
	const session = async (id: string) => (await client.get(`/sessions/${id}`)).body;
	const extents = async () => {
		const { id } = await client.named(
			'/backupInfrastructure/scaleOutRepositories',
			'Scale-out Repository 1',
		);
		const { body } = await client.get(`/backupInfrastructure/scaleOutRepositories/${id}`);
		return { id, extents: body.performanceTier.performanceExtents };
	};

	beforeAll(async () => {
		client = await connected({
			tokenLifetimeSeconds: 86_400,
			settings: { sessionSeconds: 100 },
		});
	});
	beforeEach(async () => {
		await client.simulator.control.reset();
		await client.login();
	});
	afterAll(() => client.simulator.close());

	const startJob = async (name: string) => {
		const job = await client.named('/jobs', name);
		const reply = await client.post(`/jobs/${job.id}/start`, { performActiveFull: false });
		return { job, reply };
	};
	const jobState = async (name: string) => client.named('/jobs/states', name);

	it('runs a job from Starting over Working to Stopped', async () => {
		const { control } = client.simulator;
		const { job, reply } = await startJob('Backup - Production VMs');
		const { id } = reply.body;
		const steps = [await session(id)];
		const running = await jobState('Backup - Production VMs');
		for (const seconds of [30, 30, 60]) {
			await control.advance(seconds);
			steps.push(await session(id));
		}
		const after = await jobState('Backup - Production VMs');

		expect(reply.status).toBe(201);
		expect(reply.body).toMatchObject({ jobId: job.id, sessionType: 'BackupJob' });
		expect(reply.body).not.toHaveProperty('endTime');
		expect(steps.map(({ state }) => state)).toEqual(['Starting', 'Working', 'Working', 'Stopped']);
		expect(steps.map(({ result }) => result.result)).toEqual(['None', 'None', 'None', 'Success']);
		const percents = steps.map(({ progressPercent }) => progressPercent);
		expect(percents).toEqual([...percents].sort((a, b) => a - b));
		expect([percents[0], percents[3]]).toEqual([0, 100]);
		expect(running).toMatchObject({ status: 'Running', lastResult: 'None', sessionId: id });
		expect(after).toMatchObject({ status: 'Inactive', lastResult: 'Success', sessionId: id });
	});

	it('leaves restore points behind and takes space', async () => {
		const space = async () =>
			(await client.named('/backupInfrastructure/repositories/states', 'Main Repository')).freeGB;
		const points = async () =>
			(await client.get('/restorePoints?nameFilter=sql01&limit=1')).body.pagination.total;
		const before = { space: await space(), points: await points() };
		await client.simulator.control.runJob('Backup - Production VMs', { atOnce: true });

		expect(await points()).toBe(before.points + 1);
		expect(await space()).toBeCloseTo(before.space - 6, 5);
	});

	it('refuses to start a running job, and stops one', async () => {
		const { job, reply } = await startJob('Backup - Production VMs');
		const again = await client.post(`/jobs/${job.id}/start`, { performActiveFull: false });
		const stop = await client.post(`/jobs/${job.id}/stop`, { gracefulStop: false });

		expect(again.status).toBe(400);
		expect(stop.status).toBe(201);
		expect(await session(reply.body.id)).toMatchObject({
			state: 'Stopped',
			result: { result: 'Failed', isCanceled: true },
		});
	});

	it('keeps the reason of a failed object in its log when the session only points there', async () => {
		await client.simulator.control.nextOutcome({
			result: 'Failed',
			object: 'sql01',
			reason: 'The disk is locked',
		});
		const { reply } = await startJob('Backup - Production VMs');
		await client.simulator.control.advance(120);
		const { body } = await client.get(`/sessions/${reply.body.id}/taskSessions`);
		const results = body.data.map(
			({ name, result }: { name: string; result: { result: string } }) => [name, result.result],
		);
		const failed = body.data.find(({ name }: { name: string }) => name === 'sql01');
		const log = await client.get(`/taskSessions/${failed.id}/logs`);

		expect((await session(reply.body.id)).result).toEqual({
			result: 'Failed',
			message: 'See the session log for details',
			isCanceled: false,
		});
		expect(results).toEqual([
			['dc01', 'Success'],
			['sql01', 'Failed'],
			['app01', 'Success'],
			['web01', 'Success'],
		]);
		expect(failed.result.message).toBe('See the session log for details');
		expect(
			log.body.records
				.filter(({ status }: { status: string }) => status === 'Failed')
				.map(({ title }: { title: string }) => title),
		).toContain('The disk is locked');
	});

	it('has an agent job that failed without task sessions, its reason in the session log', async () => {
		const state = await jobState('Agents - Branch Servers');
		const tasks = await client.get(`/sessions/${state.sessionId}/taskSessions`);
		const log = await client.get(`/sessions/${state.sessionId}/logs`);

		expect(state.lastResult).toBe('Failed');
		expect(tasks.body.data).toEqual([]);
		expect(log.body.records.map(({ title }: { title: string }) => title)).toContain(
			'br-srv02.example.lab cannot be reached: connection timed out',
		);
	});

	it('disables and enables jobs, with the status code of the revision', async () => {
		const job = await client.named('/jobs', 'Backup - Exchange');
		const old = await client.post(`/jobs/${job.id}/disable`, undefined, { version: '1.2-rev1' });
		const disabled = await jobState('Backup - Exchange');
		const enable = await client.post(`/jobs/${job.id}/enable`);

		expect([old.status, enable.status]).toEqual([200, 204]);
		expect(disabled.status).toBe('Disabled');
		expect((await jobState('Backup - Exchange')).status).toBe('Inactive');
	});

	const newRepository = async () => {
		const server = await client.named('/backupInfrastructure/managedServers', 'vbr01.example.lab');
		return {
			type: 'WinLocal',
			name: 'New Repository',
			description: 'Added by a test',
			hostId: server.id,
			repository: { path: 'F:\\New', maxTaskCount: 2 },
			mountServer: {
				mountServerSettingsType: 'Windows',
				windows: {
					mountServerId: server.id,
					writeCacheFolder: 'C:\\Cache',
					vPowerNFSEnabled: false,
				},
			},
		};
	};

	it('adds, changes and removes a repository when the session ends', async () => {
		const { control } = client.simulator;
		const path = '/backupInfrastructure/repositories';
		const body = await newRepository();
		const added = await client.post(path, body);
		const tooEarly = await client.named(path, 'New Repository');
		await control.advance(120);
		const repository = await client.named(path, 'New Repository');
		const changed = await client.ask(`/api/v1${path}/${repository.id}`, {
			method: 'PUT',
			body: { ...body, id: repository.id, description: 'Changed' },
		});
		await control.advance(120);
		const after = await client.get(`${path}/${repository.id}`);
		const state = await client.named(`${path}/states`, 'New Repository');
		const removed = await client.ask(`/api/v1${path}/${repository.id}`, { method: 'DELETE' });
		const gone = await client.get(`${path}/${repository.id}`);

		expect([added.status, added.body.state]).toEqual([201, 'Starting']);
		expect(tooEarly).toBeUndefined();
		expect(repository).toMatchObject({ name: 'New Repository', hostId: body.hostId });
		expect(changed.body.state).toBe('Starting');
		expect(after.body).toMatchObject({ id: repository.id, description: 'Changed' });
		expect(state).toMatchObject({ isOnline: true, capacityGB: 1024 });
		expect(removed.status).toBe(204);
		expect(gone.status).toBe(404);
	});

	it('adds nothing when the session fails', async () => {
		const { control } = client.simulator;
		await control.nextOutcome({ result: 'Failed', message: 'The server is not reachable' });
		const path = '/backupInfrastructure/repositories';
		const added = await client.post(path, await newRepository());
		await control.advance(120);

		expect((await session(added.body.id)).result).toEqual({
			result: 'Failed',
			message: 'The server is not reachable',
			isCanceled: false,
		});
		expect(await client.named(path, 'New Repository')).toBeUndefined();
	});

	it('brings an outdated repository up to date by a rescan', async () => {
		const path = '/backupInfrastructure/repositories';
		const { id } = await client.named(path, 'Linux Repository');
		await client.post(`${path}/rescan`, { repositoryIds: [id] });
		await client.simulator.control.advance(120);

		expect((await client.named(`${path}/states`, 'Linux Repository')).isOutOfDate).toBe(false);
	});

	it('puts extents in sealed and maintenance mode, and back', async () => {
		const { control } = client.simulator;
		const path = '/backupInfrastructure/scaleOutRepositories';
		const { id, extents: before } = await extents();
		const body = { repositoryIds: [before[0].id] };
		const statuses: string[][] = [];
		for (const mode of [
			'enableSealedMode',
			'enableMaintenanceMode',
			'disableSealedMode',
			'disableMaintenanceMode',
		]) {
			const { status } = await client.post(`${path}/${id}/${mode}`, body);
			expect(status).toBe(201);
			await control.advance(120);
			statuses.push((await extents()).extents[0].status);
		}
		const stranger = await client.post(`${path}/${id}/enableSealedMode`, { repositoryIds: [id] });

		expect(statuses).toEqual([['Sealed'], ['Sealed', 'Maintenance'], ['Maintenance'], ['Normal']]);
		expect((await extents()).extents[1].status).toEqual(['Normal']);
		expect(stranger.status).toBe(404);
	});

	it('keeps a mount session working while it is mounted', async () => {
		const { control } = client.simulator;
		const path = '/restore/instantRecovery/vSphere/vm';
		const point = (await client.get('/restorePoints?nameFilter=sql01')).body.data[0];
		const mounting = await client.post(path, {
			type: 'OriginalLocation',
			restorePointId: point.id,
			secureRestore: { antivirusScanEnabled: false },
		});
		const early = (await client.get(path)).body.data;
		await control.advance(3600);
		const mounted = (await client.get(path)).body.data;
		const working = await session(mounting.body.id);
		const unmount = await client.post(`${path}/${mounted[0].id}/unmount`);
		await control.advance(120);

		expect(early).toMatchObject([{ sessionId: mounting.body.id, state: 'Mounting' }]);
		expect(mounted).toMatchObject([{ state: 'Mounted', vmName: 'sql01' }]);
		expect(working).toMatchObject({ state: 'Working', progressPercent: 100 });
		expect(unmount.status).toBe(200);
		expect((await client.get(path)).body.data).toEqual([]);
		expect(await session(mounting.body.id)).toMatchObject({
			state: 'Stopped',
			result: { result: 'Success' },
		});
	});

	it('runs tasks apart from sessions', async () => {
		const { control } = client.simulator;
		const started = await client.post('/inventory/vcenter01.example.lab/rescan');
		const listed = (await client.get('/tasks?stateFilter=Starting')).body.data;
		await control.advance(50);
		const working = await client.get(`/tasks/${started.body.id}`);
		await control.advance(70);
		const ended = await client.get(`/tasks/${started.body.id}`);

		expect(started.body).toMatchObject({ type: 'HierarchyRescan', state: 'Starting' });
		expect(listed.map(({ id }: { id: string }) => id)).toEqual([started.body.id]);
		expect(working.body).toMatchObject({ state: 'Working', result: 'None' });
		expect(ended.body).toMatchObject({ state: 'Stopped', result: 'Success' });
		expect((await client.get(`/sessions/${started.body.id}`)).status).toBe(404);
	});

	it('stores what is created at once: credentials appear, change and go', async () => {
		const created = await client.post('/credentials', {
			type: 'Standard',
			username: 'EXAMPLE\\svc',
			password: 'hush',
			description: 'For a test',
		});
		const { id } = created.body;
		const read = await client.get(`/credentials/${id}`);
		const listed = (await client.get('/credentials')).body.data.map(
			(one: { id: string }) => one.id,
		);
		const removed = await client.ask(`/api/v1/credentials/${id}`, { method: 'DELETE' });

		expect(created.status).toBe(201);
		expect(read.body).toMatchObject({ id, username: 'EXAMPLE\\svc', description: 'For a test' });
		expect(JSON.stringify(read.body)).not.toContain('hush');
		expect(listed).toContain(id);
		expect(removed.status).toBe(204);
		expect((await client.get(`/credentials/${id}`)).status).toBe(404);
	});

	it('keeps changed settings', async () => {
		const before = (await client.get('/trafficRules')).body;
		const changed = { ...before, uploadStreamsCount: 7, preferredNetworks: { isEnabled: false } };
		const put = await client.ask('/api/v1/trafficRules', { method: 'PUT', body: changed });

		expect([put.status, put.body]).toEqual([201, changed]);
		expect((await client.get('/trafficRules')).body).toEqual(changed);
	});
});

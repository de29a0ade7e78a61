/** Updates that change what was said and nothing else, and previews, against simulated servers. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { VeeamBackupReplication } from '../../nodes/VeeamBackupReplication/VeeamBackupReplication.node';
import { resourceMapping } from '../support/executeNode';
import { startBench as startVbr } from './backupReplication.support';
import type { Bench } from './bench.support';
import { startBench as startMicrosoft365 } from './microsoft365.support';
import { startBench as startConsole } from './serviceProviderConsole.support';

jest.setTimeout(120_000);

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });

/** As the editor saves a resource mapper. */
const change = (value: IDataObject) => ({
	fieldsToChange: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] } as never,
});

interface Server {
	control: {
		requests(): Promise<Array<{ method: string; path: string; body?: unknown }>>;
		reset(): Promise<unknown>;
	};
	url: string;
	close(): Promise<void>;
}

const writesOf = async ({ simulator }: Bench<Server>) =>
	(await simulator.control.requests()).filter(
		({ method, path }) => method !== 'GET' && !/token/i.test(path),
	);

describe('Backup & Replication', () => {
	let bench: Awaited<ReturnType<typeof startVbr>>;
	beforeAll(async () => (bench = await startVbr()));
	afterAll(async () => await bench.close());
	beforeEach(async () => await bench.simulator.control.reset());

	const raw = async (parameters: INodeParameters) =>
		(await bench.json({ ...parameters, simplify: false }))[0]!;

	async function jobId(name = 'Backup - File Servers') {
		const jobs = await bench.json({ resource: 'job', operation: 'getManyJobs', returnAll: true });
		return byId(jobs.find((job) => job.name === name)!.id);
	}

	it('changes only the daily time of a job', async () => {
		const job = { resource: 'job', jobId: await jobId() };
		const before = await raw({ ...job, operation: 'getJob' });
		const value = { 'schedule.daily.localTime': '21:15' };
		await bench.run({ ...job, operation: 'updateJob', ...change(value) });
		const after = await raw({ ...job, operation: 'getJob' });
		const expected = structuredClone(before) as { schedule: { daily: { localTime: string } } };
		expected.schedule.daily.localTime = '21:15';
		expect(after).toEqual(expected);
		const [write, ...more] = await writesOf(bench as never);
		expect(more).toEqual([]);
		expect(write).toMatchObject({ method: 'PUT', body: { type: before.type } });
	});

	it('takes the fields from an expression, nested or with dots, and refuses what there is not', async () => {
		const job = { resource: 'job', operation: 'updateJob', jobId: await jobId() };
		const items = [{ json: { wanted: { schedule: { daily: { localTime: '20:00' } } } } }];
		await bench.run({ ...job, fieldsToChange: '={{ $json.wanted }}' }, { items });
		const [write] = await writesOf(bench as never);
		expect(write!.body).toMatchObject({ schedule: { daily: { localTime: '20:00' } } });
		expect(await bench.failure({ ...job, ...change({ 'schedule.dayly.localTime': 'x' }) })).toEqual(
			{
				message: '"Update (Job)" has no field "schedule.dayly.localTime"',
				description: expect.stringContaining('"schedule.daily.localTime"'),
			},
		);
		expect(
			(await bench.failure({ ...job, ...change({ 'schedule.daily.isEnabled': 'often' }) })).message,
		).toBe('The value "often" of "Enabled (Daily, Schedule)" is not true or false');
		expect(await writesOf(bench as never)).toHaveLength(1);
	});

	it('shows the present values in the form', async () => {
		const job = { resource: 'job', operation: 'updateJob', jobId: await jobId() };
		const { schedule } = (await raw({ ...job, operation: 'getJob' })) as {
			schedule: { daily: { localTime: string } };
		};
		const setup = { node: VeeamBackupReplication, parameters: job, credentials: bench.credentials };
		const { fields } = await resourceMapping({ ...setup, method: 'fieldsToChange' });
		expect(fields.find(({ id }) => id === 'schedule.daily.localTime')).toMatchObject({
			displayName: 'Local Time (Daily, Schedule)',
			type: 'string',
			required: false,
			removed: true,
			defaultValue: schedule.daily.localTime,
		});
	});

	it('changes one switch of the notifications', async () => {
		const settings = { resource: 'backupServer' };
		const get = { ...settings, operation: 'getNotifications' };
		const before = await raw(get);
		const value = { storageSpaceThresholdEnabled: before.storageSpaceThresholdEnabled !== true };
		await bench.run({ ...settings, operation: 'updateNotifications', ...change(value) });
		expect(await raw(get)).toEqual({ ...before, ...value });
	});

	it('previews the update of a repository: nothing is sent, the difference is told', async () => {
		const list = { resource: 'repository', operation: 'getManyRepositories', returnAll: true };
		const [repository] = await bench.json({ ...list, simplify: false });
		const update = {
			resource: 'repository',
			operation: 'updateRepository',
			repositoryId: byId(repository!.id),
			previewOnly: true,
			...change({ description: 'Edited' }),
		};
		const [preview] = await bench.json(update);
		expect(preview).toMatchObject({
			preview: true,
			method: 'PUT',
			url: expect.stringContaining(
				`/api/v1/backupInfrastructure/repositories/${String(repository!.id)}`,
			),
			headers: { 'x-api-version': '1.3-rev2' },
			body: { name: repository!.name, description: 'Edited' },
			changes: [{ field: 'description', from: repository!.description, to: 'Edited' }],
		});
		expect(JSON.stringify(preview)).not.toMatch(/bearer|authorization/i);
		expect(await writesOf(bench as never)).toEqual([]);
	});

	it('sends nothing where nothing changes, and says so', async () => {
		const job = { resource: 'job', operation: 'updateJob', jobId: await jobId() };
		const { items, hints } = await bench.run({
			...job,
			...change({ name: 'Backup - File Servers' }),
		});
		expect(items).toHaveLength(1);
		expect(hints.map(({ message }) => message)).toEqual([
			'"Update (Job)" has nothing to change: the object has these values already. Nothing has been sent.',
		]);
		expect(await writesOf(bench as never)).toEqual([]);
	});

	it('previews what creates, starts and deletes', async () => {
		const job = { resource: 'job', jobId: await jobId(), previewOnly: true };
		for (const operation of ['startJob', 'deleteJob', 'disableJob']) {
			const [preview] = await bench.json({ ...job, operation });
			expect(preview).toMatchObject({
				preview: true,
				url: expect.stringContaining('/api/v1/jobs/'),
			});
		}
		const [created] = await bench.json({
			resource: 'credential',
			operation: 'createCreds',
			credentialType: 'Standard',
			username: 'svc',
			password: 'not-to-be-seen',
			previewOnly: true,
		});
		expect(created).toMatchObject({ method: 'POST', body: { username: 'svc', password: '*****' } });
		expect(await writesOf(bench as never)).toEqual([]);
	});
});

describe('an object that is changed between reading and writing it', () => {
	let bench: Awaited<ReturnType<typeof startVbr>>;
	beforeAll(async () => (bench = await startVbr()));
	afterAll(async () => await bench.close());
	beforeEach(async () => await bench.simulator.control.reset());

	const update = { resource: 'job', operation: 'updateJob' };

	/** Runs an update while somebody else changes the same job, after it was read. */
	async function meanwhile() {
		const { control } = bench.simulator;
		const list = { resource: 'job', operation: 'getManyJobs', simplify: false };
		const [{ id, description }] = (await bench.json({ ...list, limit: 1 })) as [IDataObject];
		const path = '/api/v1/jobs';
		await control.clearRequests();
		await control.fault({ method: 'PUT', action: { kind: 'delay', milliseconds: 3_000 } });
		const running = bench.run({ ...update, jobId: byId(id), ...change({ name: 'Mine' }) }).then(
			() => undefined,
			(error: Error & { description?: string }) => error,
		);
		for (let isRead = false; !isRead; )
			isRead = (await control.requests()).some(({ method }) => method === 'PUT');
		await control.change(path, String(id), { description: 'Changed by somebody else' });
		const error = await running;
		const get = { resource: 'job', operation: 'getJob', jobId: byId(id) };
		const [after] = await bench.json({ ...get, simplify: false });
		return { error, before: description, after: after! };
	}

	it('is refused by a server that marks states, and the node says what that means', async () => {
		await bench.simulator.control.settings({ marksStates: true });
		const { error, after } = await meanwhile();
		expect(error?.description).toContain(
			'Somebody changed the object between reading and writing it. Nothing has been changed: run the node again.',
		);
		expect(after).toMatchObject({ description: 'Changed by somebody else' });
		expect(after.name).not.toBe('Mine');
	});

	it('is overwritten where the server marks none, as docs/limits.md says', async () => {
		const { error, before, after } = await meanwhile();
		expect(error).toBeUndefined();
		expect(after).toMatchObject({ name: 'Mine', description: before });
	});

	it('is changed where nobody else did', async () => {
		const { control } = bench.simulator;
		await control.settings({ marksStates: true });
		const list = { resource: 'job', operation: 'getManyJobs', simplify: false };
		for (const { id } of await bench.json({ ...list, returnAll: true })) {
			await bench.run({ ...update, jobId: byId(id), ...change({ description: 'Mine' }) });
			const get = { resource: 'job', operation: 'getJob', jobId: byId(id) };
			const [after] = await bench.json({ ...get, simplify: false });
			expect(after).toMatchObject({ description: 'Mine' });
		}
		const puts = (await control.requests()).filter(({ method }) => method === 'PUT');
		expect(puts.length).toBeGreaterThan(2);
	});
});

describe.each(['v6', 'v7', 'v8'])('Backup for Microsoft 365 %s', (apiVersion) => {
	let bench: Awaited<ReturnType<typeof startMicrosoft365>>;
	beforeAll(async () => (bench = await startMicrosoft365()));
	afterAll(async () => await bench.close());

	it('changes the description of a job and of a repository, and nothing else', async () => {
		const credentials = bench.connect({ apiVersion });
		const json = async (parameters: INodeParameters) =>
			await bench.json({ ...parameters, simplify: false }, credentials);
		for (const [resource, list, get, edit, id, field] of [
			[
				'backupJob',
				'getBackupJobs',
				'getBackupJob',
				'editBackupJobSettings',
				'jobId',
				'description',
			],
			[
				'backupRepository',
				'getBackupRepositories',
				'getBackupRepository',
				'editBackupRepositorySettings',
				'repositoryId',
				'description',
			],
		] as const) {
			const [first] = await json({ resource, operation: list, limit: 1 });
			const one = { resource, [id]: byId(first!.id) };
			const [before] = await json({ ...one, operation: get });
			await json({ ...one, operation: edit, ...change({ [field]: 'Edited' }) });
			const [after] = await json({ ...one, operation: get });
			expect(after).toEqual({ ...before, [field]: 'Edited' });
		}
	});
});

it('Service Provider Console: changes one setting of a backup agent', async () => {
	const bench = await startConsole();
	try {
		const resource = 'windowsBackupAgent';
		const list = { resource, operation: 'listWindowsBackupAgents', limit: 1, simplify: false };
		const [agent] = await bench.json(list);
		const one = { resource, backupAgentUid: byId(agent!.instanceUid) };
		const get = { ...one, operation: 'getBackupAgentSettings', simplify: false };
		const [before] = await bench.json(get);
		const value = { disableScheduleWakeup: before!.disableScheduleWakeup !== true };
		await bench.run({ ...one, operation: 'setBackupAgentSettings', ...change(value) });
		const [after] = await bench.json(get);
		expect(after).toEqual({ ...before, ...value });
	} finally {
		await bench.close();
	}
});

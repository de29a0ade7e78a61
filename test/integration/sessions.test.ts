/** Sessions: many of them, waiting for them, and why they failed. */
import { startBench, type Bench } from './backupReplication.support';

jest.setTimeout(120_000);

let bench: Bench;
beforeAll(async () => (bench = await startBench({ sessions: 10_000 })));
afterAll(async () => await bench.close());
afterEach(async () => await bench.simulator.control.clearFaults());

const id = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
const allSessions = {
	resource: 'session',
	operation: 'getManySessions',
	returnAll: true,
	filters: { orderColumn: 'CreationTime', orderAsc: true },
};

describe('10,000 sessions', () => {
	let expected: unknown[];

	const ids = async () => (await bench.run(allSessions)).items.map(({ json }) => json.id);

	it('arrive complete and in order', async () => {
		expected = await ids();
		expect(new Set(expected).size).toBe(expected.length);
		expect(expected.length).toBeGreaterThan(10_000);
		const { items } = await bench.run(allSessions);
		const times = items.map(({ json }) => Date.parse(json.creationTime as string));
		expect(times).toEqual([...times].sort((a, b) => a - b));
	});

	it.each([
		['a page comes back short', { kind: 'shortPage', missing: 137 }],
		['the total changes', { kind: 'changeTotal', by: -900 }],
		['a connection is reset', { kind: 'reset' }],
		['the server is busy', { kind: 'status', status: 503, headers: { 'retry-after': '1' } }],
	] as const)('arrive complete although %s', async (_, action) => {
		await bench.simulator.control.fault({ path: '/api/v1/sessions', after: 3, action });
		expect(await ids()).toEqual(expected);
	});
});

describe('a job', () => {
	const job = async (name: string) => {
		const { results } = await bench.pick('jobId', { resource: 'job', operation: 'startJob' }, name);
		return { __rl: true, mode: 'list', value: results[0]!.value as string };
	};
	const start = async (name: string, more = {}) => ({
		resource: 'job',
		operation: 'startJob',
		jobId: await job(name),
		performActiveFull: false,
		waitForCompletion: true,
		...more,
	});

	beforeAll(async () => await bench.simulator.control.speed(2_000));

	it('is started and waited for', async () => {
		await bench.simulator.control.nextOutcome({ result: 'Success' });
		const { items } = await bench.run(await start('Backup - Exchange'));
		expect(items).toMatchObject([{ json: { state: 'Stopped', result: 'Success' } }]);
	});

	it('that fails raises an error with the reason of each failed object', async () => {
		await bench.simulator.control.nextOutcome({
			result: 'Failed',
			object: 'mail01',
			reason: 'The disk is locked by another process',
		});
		const { message, description } = await bench.failure(await start('Backup - Exchange'));
		expect(message).toMatch(/^"Backup - Exchange.*failed/);
		expect(description).toMatch(/mail01: .*The disk is locked by another process/);
	});

	it('that fails is returned where asked', async () => {
		await bench.simulator.control.nextOutcome({ result: 'Failed' });
		const { items } = await bench.run(
			await start('Backup - Exchange', { options: { onFailure: 'return' } }),
		);
		expect(items).toMatchObject([{ json: { state: 'Stopped', result: 'Failed' } }]);
	});

	it('that takes longer than the timeout says that the work goes on', async () => {
		await bench.simulator.control.speed(1);
		const { message, description } = await bench.failure(
			await start('Backup - Exchange', { options: { timeoutSeconds: 1 } }),
		);
		await bench.simulator.control.speed(2_000);
		expect(message).toMatch(/1 second/);
		expect(description).toMatch(/goes on|continues/);
	});

	it('that failed before tells why: one item per failed object, paired', async () => {
		const failed = await bench.run({
			resource: 'session',
			operation: 'getManySessions',
			limit: 1,
			filters: { resultFilter: ['Failed'], typeFilter: ['BackupJob'] },
		});
		const { items } = await bench.run({
			resource: 'session',
			operation: 'getFailureReasons',
			sessionId: id(failed.items[0]!.json.id),
		});
		expect(items.length).toBeGreaterThan(0);
		for (const item of items)
			expect(item).toEqual({
				json: expect.objectContaining({
					sessionId: failed.items[0]!.json.id,
					objectName: expect.stringMatching(/\w/),
					result: 'Failed',
					reasons: expect.arrayContaining([expect.stringMatching(/.{10,}/)]),
				}),
				pairedItem: { item: 0 },
			});
	});

	it('of agents, which has no task sessions, stands for itself', async () => {
		await bench.simulator.control.runJob('Agents - Branch Servers', {
			result: 'Failed',
			atOnce: true,
		});
		const all = await bench.run({
			resource: 'session',
			operation: 'getManySessions',
			limit: 1,
			filters: {
				resultFilter: ['Failed'],
				nameFilter: 'Agents - Branch*',
				orderColumn: 'CreationTime',
				orderAsc: false,
			},
		});
		const { items } = await bench.run({
			resource: 'session',
			operation: 'getFailureReasons',
			sessionId: id(all.items[0]!.json.id),
		});
		expect(items).toMatchObject([{ json: { taskSessionId: null, result: 'Failed' } }]);
	});
});

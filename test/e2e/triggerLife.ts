import type { DemoStack } from '../../demo/stack';
import { importPolling, report, reported, veeamTrigger, type PollingWorkflow } from './polling';
import { baseNode, executeFrom, inARow, outputOf, statusOf } from './workflows';

const EXCHANGE = 'Backup - Exchange';

/** Polling triggers in published workflows. */
export function triggerLifeTests(stackOf: () => DemoStack): void {
	const running: PollingWorkflow[] = [];
	const publish = async (name: string, events = ['sessionFinished', 'repositoryStateChanged']) => {
		const workflow = await importPolling(stackOf(), {
			name,
			nodes: [veeamTrigger('Watch', events), report(stackOf())],
		});
		running.push(workflow);
		await workflow.poll();
		return workflow;
	};
	const fail = async (reason: string) =>
		await stackOf().vbr.control.runJob(EXCHANGE, {
			result: 'Failed',
			object: 'mail02',
			reason,
			atOnce: true,
		});
	// The first failure opens the incident, further ones are repeated under it.
	const failed = (reason: string, more = '') =>
		`${more === '' ? 'problem' : 'repeated'}: Backup Job "${EXCHANGE}" failed${more}:\n• mail02: ${reason}`;
	const arrived = async (text: string, by?: string) =>
		await stackOf().standIns.tickets.waitFor(
			({ body: { item, by: workflow } }) =>
				String((item as { message: string }).message).includes(text) &&
				(by === undefined || by === workflow),
			75_000,
		);

	beforeEach(() => stackOf().standIns.tickets.clear());
	afterEach(async () => {
		for (const workflow of running.splice(0)) await workflow.stop();
	});

	it('the first poll is silent; a failed job comes once, with the reason', async () => {
		const workflow = await publish('Life: first poll');
		expect(await workflow.executions()).toEqual([]);

		await fail('Disk is locked');
		await workflow.poll();
		await arrived('Disk is locked');
		await workflow.poll();
		await workflow.poll();

		expect(await workflow.executions()).toHaveLength(1);
		expect(reported(stackOf())).toEqual([failed('Disk is locked')]);
		expect(stackOf().standIns.tickets.calls[0]!.body.item).toMatchObject({
			event: 'sessionFinished',
			transition: 'problem',
			severity: 'error',
			object: { name: EXCHANGE, type: 'Backup Job' },
			condition: 'failed',
			product: 'Veeam Backup & Replication',
			reasons: [
				{
					object: 'mail02',
					result: 'Failed',
					reasons: ['Disk is locked'],
				},
			],
		});
	});

	it('n8n is killed while sessions end and repositories fall: nothing lost, nothing twice; the schedule goes on', async () => {
		const { n8n, vbr: simulator, standIns } = stackOf();
		const workflow = await publish('Life: killed');
		await fail('before it was killed');
		await workflow.poll();
		await arrived('before it was killed');

		await n8n.kill();
		await fail('while it is dead');
		await fail('just before it starts again');
		await simulator.control.repository('Main Repository', { isOnline: false });
		await simulator.control.repository('Hardened Repository', { freeGB: 400 });
		await expect(fetch(n8n.address)).rejects.toThrow('fetch failed');
		await n8n.start();
		await arrived('"Hardened Repository"');
		await arrived('"Main Repository"');

		// No hand is laid on it: n8n polls by its schedule, once a minute.
		await simulator.control.repository('Main Repository', { isOnline: true });
		await arrived('is online again');
		expect(reported(stackOf()).sort()).toEqual(
			[
				failed('before it was killed'),
				failed('while it is dead', ' (2 failures in a row)'),
				failed('just before it starts again', ' (3 failures in a row)'),
				'problem: Repository "Hardened Repository" is low on space: 400.0 GB of 40960 GB free (1.0 %).',
				'problem: Repository "Main Repository" is offline.',
				'recovered: Repository "Main Repository" is online again.',
			].sort(),
		);
		await workflow.poll();
		expect(standIns.tickets.calls).toHaveLength(6);
	}, 240_000);

	it('a manual test shows the latest happening of each event and changes nothing', async () => {
		const unpublished = await importPolling(stackOf(), {
			name: 'Life: manual test',
			nodes: [
				veeamTrigger('Watch', ['sessionFinished', 'repositoryStateChanged']),
				baseNode('Unchanged', 'noOp', 1, {}),
			],
		});
		const published = await publish('Life: manual test while published');
		await fail('Disk is locked');
		await arrived('Disk is locked');
		await published.poll();
		const before = published.memory();

		for (const { id } of [unpublished, published]) {
			const execution = await executeFrom(stackOf(), id, 'Watch');
			expect(await statusOf(stackOf(), execution)).toBe('success');
			expect(await outputOf(stackOf(), execution, 'Watch')).toEqual([
				expect.objectContaining({
					event: 'sessionFinished',
					transition: 'problem',
					message: failed('Disk is locked').replace('problem: ', 'Test: '),
				}),
				expect.objectContaining({
					event: 'repositoryStateChanged',
					object: expect.objectContaining({ type: 'Repository' }),
				}),
			]);
		}

		expect(unpublished.memory()).toBeNull();
		expect(published.memory()).toEqual(before);
		// A manual run goes through the whole workflow: what it sent does not count.
		stackOf().standIns.tickets.clear();
		await fail('Disk is full');
		await arrived('Disk is full');
		expect(reported(stackOf())).toEqual([failed('Disk is full', ' (2 failures in a row)')]);
	});

	it('the same trigger in two workflows: each hears of everything, once', async () => {
		const one = await publish('Life: one');
		await fail('for one alone');
		const other = await publish('Life: other');
		await fail('for both');

		await other.poll();
		await one.poll();
		await arrived('for both', 'Life: one');
		await arrived('for both', 'Life: other');
		await other.poll();

		expect(reported(stackOf(), 'Life: one')).toEqual([
			failed('for one alone'),
			failed('for both', ' (2 failures in a row)'),
		]);
		expect(reported(stackOf(), 'Life: other')).toEqual([failed('for both')]);
	});

	it('two triggers in one workflow do not disturb each other', async () => {
		const { vbr: simulator } = stackOf();
		const nodes = [
			veeamTrigger('Watch Jobs', ['sessionFinished']),
			veeamTrigger('Watch Repositories', ['repositoryStateChanged']),
			report(stackOf()),
		];
		const to = { main: [[{ node: 'Report', type: 'main', index: 0 }]] };
		const workflow = await importPolling(stackOf(), {
			name: 'Life: two triggers',
			nodes: inARow(nodes).nodes,
			connections: { 'Watch Jobs': to, 'Watch Repositories': to },
			settings: { executionOrder: 'v1' },
		});
		running.push(workflow);
		await workflow.poll();
		expect(await workflow.executions()).toEqual([]);

		await simulator.control.repository('Main Repository', { isOnline: false });
		await workflow.poll();
		await arrived('is offline');
		await fail('Disk is locked');
		await workflow.poll();
		await arrived('Disk is locked');
		await workflow.poll();

		expect(reported(stackOf())).toEqual([
			'problem: Repository "Main Repository" is offline.',
			failed('Disk is locked'),
		]);
		expect(await workflow.executions()).toHaveLength(2);
	});
}

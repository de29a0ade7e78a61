/** The trigger of Veeam Backup & Replication, poll by poll. */
import { VeeamBackupReplicationTrigger } from '../../nodes/VeeamBackupReplication/VeeamBackupReplicationTrigger.node';
import { startSimulator, type Simulator } from '../../simulator';
import { ActiveTrigger } from '../support/pollNode';
import { connectTo } from './backupReplication.support';

jest.setTimeout(120_000);

let simulator: Simulator;
beforeEach(async () => (simulator = await startSimulator()));
afterEach(async () => await simulator.close());

const triggerOn = (parameters: Record<string, unknown>) =>
	new ActiveTrigger({
		node: new VeeamBackupReplicationTrigger(),
		credentials: connectTo(simulator.url),
		parameters: parameters as never,
	});

describe('a job that fails', () => {
	it('is told once, with the reason of each object, and again when it succeeds', async () => {
		const trigger = triggerOn({ events: ['sessionFinished'] });
		expect(await trigger.activate()).toEqual([]);
		expect(await trigger.poll()).toEqual([]);
		await simulator.control.runJob('Backup - Exchange', {
			result: 'Failed',
			object: 'mail02',
			reason: 'Disk is locked',
			atOnce: true,
		});
		const items = await trigger.poll();
		expect(items).toHaveLength(1);
		expect(await trigger.poll()).toEqual([]);
		expect(await trigger.restart()).toEqual([]);
	});
});

describe('a repository', () => {
	it('is told when it goes offline, and when it is back', async () => {
		const trigger = triggerOn({ events: ['repositoryStateChanged'] });
		expect(await trigger.activate()).toEqual([]);
		await simulator.control.repository('Main Repository', { isOnline: false });
		const [problem] = await trigger.poll();
		await simulator.control.repository('Main Repository', { isOnline: true });
		const [recovered] = await trigger.poll();
		expect([problem?.message, recovered?.message]).toEqual([
			'Repository "Main Repository" is offline.',
			'Repository "Main Repository" is online again.',
		]);
	});
});

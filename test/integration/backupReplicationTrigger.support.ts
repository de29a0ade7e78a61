import type { IDataObject } from 'n8n-workflow';

import { VeeamBackupReplicationTrigger } from '../../nodes/VeeamBackupReplication/VeeamBackupReplicationTrigger.node';
import { startSimulator, type Simulator } from '../../simulator';
import { ActiveTrigger } from '../support/pollNode';
import { connectTo } from './backupReplication.support';

export let simulator: Simulator;

/** One simulated server for a whole file, as at the start for each test. */
export function useSimulator(): void {
	beforeAll(async () => {
		simulator = await startSimulator();
	});
	beforeEach(async () => await simulator.control.reset());
	afterAll(async () => await simulator.close());
}

/** The trigger with these parameters; not yet activated. */
export const triggerOn = (
	parameters: Record<string, unknown>,
	credential: Record<string, string> = {},
): ActiveTrigger =>
	new ActiveTrigger({
		node: new VeeamBackupReplicationTrigger(),
		credentials: connectTo(simulator.url, credential),
		parameters: parameters as never,
	});

/** With one event, its options and, where wanted, the trigger's own options. */
export const eventOn = (
	event: string,
	{
		fields = {},
		options = {},
		common = {},
		credential = {},
	}: {
		fields?: IDataObject;
		options?: IDataObject;
		common?: IDataObject;
		credential?: Record<string, string>;
	} = {},
): ActiveTrigger =>
	triggerOn(
		{ events: [event], ...fields, [`${event}Options`]: options, options: common },
		credential,
	);

/** What there is to see at a glance. */
export const glance = (items: IDataObject[]) =>
	items.map(({ transition, message }) => `${String(transition)}: ${String(message)}`);

/** Requests of the next poll, logins left out. */
export async function requestsOf(trigger: ActiveTrigger): Promise<string[]> {
	await simulator.control.clearRequests();
	await trigger.poll();
	return (await simulator.control.requests())
		.filter(({ path }) => !path.endsWith('/token'))
		.map(({ method, path }) => `${method} ${path}`);
}

/**
 * What has to hold for a problem that comes, goes and comes again: one incident key, three ids.
 *
 * @returns a glance at all items, in order
 */
export async function comesGoesComes(
	trigger: ActiveTrigger,
	{ wrong, right }: { wrong: () => Promise<unknown>; right: () => Promise<unknown> },
): Promise<string[]> {
	expect(await trigger.activate()).toEqual([]);
	const items: IDataObject[] = [];
	for (const change of [wrong, right, wrong]) {
		await change();
		// Two events of one object have to differ in time.
		await simulator.control.advance(60);
		items.push(...(await trigger.poll()));
		expect(await trigger.poll()).toEqual([]);
	}
	expect(items).toHaveLength(3);
	expect(new Set(items.map(({ incidentKey }) => incidentKey)).size).toBe(1);
	expect(new Set(items.map(({ eventId }) => eventId)).size).toBe(3);
	return glance(items);
}

/** A manual test gives an item and leaves the trigger's memory alone. */
export async function sampleOf(trigger: ActiveTrigger): Promise<IDataObject> {
	await trigger.activate();
	const before = trigger.stateSize;
	const [item, ...more] = await trigger.poll('manual');
	expect(more).toEqual([]);
	expect(trigger.stateSize).toBe(before);
	expect(await trigger.poll()).toEqual([]);
	return item ?? {};
}

/** A whole item, but for what differs from run to run; `record` needs to hold what is given. */
export const wholeItem = (
	given: {
		event: string;
		transition: string;
		severity: string;
		message: string;
		object: { id: unknown; name: string; type: string };
		condition: string;
		record: IDataObject;
	} & IDataObject,
): IDataObject => {
	const server = simulator.url.replace('https://', '');
	const { object, condition, record } = given;
	return {
		occurredAt: null,
		previous: { problem: false },
		...given,
		record: expect.objectContaining(record) as unknown as IDataObject,
		eventId: expect.stringMatching(/^[\w-]{22}$/) as unknown as string,
		incidentKey: `${server}/${object.type}/${String(object.id)}/${condition}`,
		detectedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as unknown as string,
		product: 'Veeam Backup & Replication',
		server,
	};
};

/** `current` of a problem that has just opened. */
export const opened = (values: IDataObject, level = 1): IDataObject => ({
	problem: true,
	since: expect.stringMatching(/^\d{4}-/) as unknown as string,
	level,
	...values,
});

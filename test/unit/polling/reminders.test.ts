/**
 * Where few items fit into a poll, reminders that are due all the time keep nothing else waiting: what is
 * gone is closed, what is new is heard of, in each list of an event. The worlds are the campaign's.
 */
import type { IDataObject } from 'n8n-workflow';

import { Clock, MINUTE } from '../../campaign/clock';
import { Host } from '../../campaign/host';
import { credentialOf, triggerOf } from '../../campaign/nodes';
import { anyAnswer } from '../../campaign/runStates';
import { CALM, Wire } from '../../campaign/wire';
import { STATE_WORLDS, type StateWorld, type Thing } from '../../campaign/worlds/states';

const NOW = Date.parse('2026-03-02T07:00:00Z');

let clock: Clock;
beforeEach(() => (clock = new Clock(NOW)));
afterEach(() => clock.restore());

const thingsOf = ({ kinds }: StateWorld, level: number): Thing[] =>
	Object.entries(kinds).flatMap(([kind, { conditions, values = {}, id }]) =>
		Array.from({ length: id ? 1 : 8 }, (_, index) => ({
			...{ id: id ?? `${kind}-${index}-0000`, name: `${kind} ${index}`, kind },
			...{ isThere: true, count: 1 },
			level: Object.fromEntries(Object.keys(conditions).map((name) => [name, level])),
			since: Object.fromEntries(Object.keys(conditions).map((name) => [name, NOW])),
			value: Object.fromEntries(Object.entries(values).map(([name, [one]]) => [name, one!])),
		})),
	);

const worlds = STATE_WORLDS.filter(({ kinds }) =>
	Object.values(kinds).some(
		({ conditions, stays, id }) => Object.keys(conditions).length > 0 && !stays && !id,
	),
).map((world) => [`${world.product} ${world.event}`, world] as [string, StateWorld]);

it.each(worlds)('%s: one item a poll, a reminder due in each', async (_, world) => {
	const { product, versions, event, parameters } = world;
	const version = versions[versions.length - 1]!;
	let things = thingsOf(world, 0);
	const wire = new Wire(
		clock,
		product,
		version,
		(request) => world.answer(things, request, version) ?? anyAnswer(product, request, version),
	);
	const host = new Host({
		...{ node: triggerOf(product), clock, wire, keeping: 'memory' },
		parameters: { ...parameters, events: [event], options: { maxItems: 1, reminderHours: 1 } },
		credential: credentialOf(product, version),
	});
	const polls = async (count: number): Promise<string[]> => {
		const all: IDataObject[] = [];
		for (let poll = 0; poll < count; poll++) {
			clock.now += 16 * MINUTE;
			const { items, error } = await host.poll(CALM);
			if (error) throw error;
			all.push(...items);
		}
		return all.map(({ transition, condition, object }) =>
			[transition, condition, (object as IDataObject).id].join(' '),
		);
	};
	await host.activate(CALM);
	things = thingsOf(world, 1);
	const before = await polls(200);
	const problems = new Set(before.filter((one) => one.startsWith('problem ')));
	expect(problems.size).toBeGreaterThan(4);
	expect(before.filter((one) => one.startsWith('reminder ')).length).toBeGreaterThan(4);
	// The last of each kind goes; the others stay wrong.
	things = things.filter(({ name }) => !name.endsWith(' 7'));
	const after = await polls(200);
	const closed = after.filter((one) => one.startsWith('recovered '));
	const isLeft = (problem: string) => things.some(({ id }) => problem.endsWith(id));
	const gone = [...problems].filter((one) => !isLeft(one));
	expect(closed.sort()).toEqual(gone.map((one) => one.replace('problem', 'recovered')).sort());
	expect(after.filter((one) => one.startsWith('reminder ')).length).toBeGreaterThan(4);
});

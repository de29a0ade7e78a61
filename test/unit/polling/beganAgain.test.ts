/**
 * Problems of which the server says when they began: one that was there when the trigger began is not
 * reported, but one that began later is, also where no poll saw that the first was over. The worlds are
 * the campaign's.
 */
import type { IDataObject } from 'n8n-workflow';

import { Clock, HOUR, MINUTE } from '../../campaign/clock';
import { Host } from '../../campaign/host';
import { credentialOf, triggerOf } from '../../campaign/nodes';
import { CALM, Wire } from '../../campaign/wire';
import { STATE_WORLDS, type StateWorld, type Thing } from '../../campaign/worlds/states';

const NOW = Date.parse('2026-03-02T07:00:00Z');

let clock: Clock;
beforeEach(() => (clock = new Clock(NOW)));
afterEach(() => clock.restore());

/** One thing of each kind; the first that has the condition is wrong by it. */
const thingsOf = ({ kinds }: StateWorld, wrong: string, began: () => number): Thing[] =>
	Object.entries(kinds).map(([kind, { conditions, values = {}, id }], _, all) => ({
		...{ id: id ?? `${kind}-1`, name: `Thing of ${kind}`, kind, isThere: true },
		level: Object.fromEntries(
			Object.keys(conditions).map((one) => [
				one,
				Number(one === wrong && kind === all.find(([, own]) => wrong in own.conditions)?.[0]),
			]),
		),
		since: { [wrong]: began() },
		value: Object.fromEntries(Object.entries(values).map(([name, [first]]) => [name, first!])),
		// Of alarms: how many times they were triggered.
		count: began(),
	}));

function workflowOf(world: StateWorld, condition: string, options: IDataObject = {}) {
	const version = world.versions[world.versions.length - 1]!;
	const { product, event } = world;
	const state = { began: NOW - HOUR };
	const wire = new Wire(clock, product, version, (request) =>
		world.answer(
			thingsOf(world, condition, () => state.began),
			request,
			version,
		),
	);
	const parameters = { events: [event], ...world.parameters, options };
	const host = new Host({
		...{ node: triggerOf(product), clock, wire, keeping: 'memory', parameters },
		credential: credentialOf(product, version),
	});
	const poll = async () => {
		clock.now += 4 * MINUTE;
		const { items, error } = await host.poll(CALM);
		if (error) throw error;
		return items.filter((item) => item.condition === condition);
	};
	return { host, poll, state };
}

const said = (items: IDataObject[]) => items.map(({ transition }) => transition);

const dated = STATE_WORLDS.flatMap((world) =>
	(world.dated ?? []).map(
		(condition) => [`${world.product} ${world.event} ${condition}`, world, condition] as const,
	),
);

it('there are such events of each product', () => {
	expect(new Set(dated.map(([, { product }]) => product)).size).toBe(3);
});

describe.each(dated)('%s', (_, world, condition) => {
	it('is reported once where it began again between two polls', async () => {
		const { host, poll, state } = workflowOf(world, condition);
		await host.activate(CALM);
		expect(said(await poll())).toEqual([]);
		state.began = clock.now + MINUTE;
		const items = await poll();
		expect(said(items)).toEqual(['problem']);
		expect(said(await poll())).toEqual([]);
		// n8n died before it saved: what is found again is the same.
		const before = host.state;
		state.began += MINUTE;
		expect(said(await poll())).toEqual([]);
		host.remember(before);
		expect(said(await poll())).toEqual([]);
	});

	it('has the same id where it is found again', async () => {
		const { host, poll, state } = workflowOf(world, condition);
		await host.activate(CALM);
		const before = host.state;
		state.began = clock.now + MINUTE;
		const [first] = await poll();
		host.remember(before);
		const [again] = await poll();
		expect(first?.transition).toBe('problem');
		expect([again?.eventId, again?.incidentKey]).toEqual([first?.eventId, first?.incidentKey]);
	});

	it('is one problem where it was reported at first', async () => {
		const { host, poll, state } = workflowOf(world, condition, { emitCurrentProblems: true });
		const { items } = await host.activate(CALM);
		expect(said(items.filter((item) => item.condition === condition))).toEqual(['problem']);
		state.began = clock.now + MINUTE;
		expect(said(await poll())).toEqual([]);
	});
});

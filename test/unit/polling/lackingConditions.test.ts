/**
 * Every condition that can be picked, in every version of every product: either it is reported where
 * something is wrong by it, or the trigger says that the version does not know it. Records have the
 * fields that the version's specification has; the worlds are the campaign's.
 */
import type { IDataObject } from 'n8n-workflow';

import { Clock, MINUTE } from '../../campaign/clock';
import { hasSpecs } from '../../campaign/facts';
import { Host } from '../../campaign/host';
import { credentialOf, triggerOf } from '../../campaign/nodes';
import { CALM, Wire, type Product } from '../../campaign/wire';
import { STATE_WORLDS, type StateWorld, type Thing } from '../../campaign/worlds/states';
import { CHOICES } from '../../campaign/worlds/choices';

const NOW = Date.parse('2026-03-02T07:00:00Z');
const VERSIONS: Record<Product, string[]> = {
	vbr: ['1.2-rev1', '1.3-rev0', '1.3-rev1', '1.3-rev2'],
	vb365: ['v6', 'v7', 'v8'],
	vspc: ['3.5.1', '3.6', '3.6.1'],
};

let clock: Clock;
beforeEach(() => (clock = new Clock(NOW)));
afterEach(() => clock.restore());

/** One thing of each kind; the one that has the condition is wrong by it. */
const thingsOf = ({ kinds }: StateWorld, wrong?: string, more: string[] = []): Thing[] =>
	Object.entries(kinds).map(([kind, { conditions, values = {}, id }], index) => {
		const names = [...Object.keys(conditions), ...(index === 0 ? more : [])];
		return {
			...{ id: id ?? `${kind}-1`, name: `Thing of ${kind}`, kind, isThere: true, count: 1 },
			level: Object.fromEntries(names.map((one) => [one, Number(one === wrong)])),
			since: Object.fromEntries(names.map((one) => [one, NOW])),
			value: Object.fromEntries(
				Object.entries(values).map(([name, all]) => [name, all[name === wrong ? 1 : 0]!]),
			),
		};
	});

async function outcomeOf(world: StateWorld, version: string, condition: string) {
	clock.now = NOW;
	const { product, event } = world;
	const { field, more, answer = world.answer } = CHOICES[`${product} ${event}`]!;
	const state: { wrong?: string } = {};
	const wire = new Wire(clock, product, version, (request) =>
		answer(thingsOf(world, state.wrong, more), request, version),
	);
	const host = new Host({
		...{ node: await triggerOf(product), clock, wire, keeping: 'memory' },
		parameters: { events: [event], ...world.parameters, [field]: [condition], options: {} },
		credential: credentialOf(product, version),
	});
	const first = await host.activate(CALM);
	if (first.error) return { refusal: `${first.error.message}` };
	state.wrong = condition;
	const heard: IDataObject[] = [];
	for (let count = 0; count < 3; count++) {
		clock.now += 4 * MINUTE;
		heard.push(...(await host.poll(CALM)).items);
	}
	return { isReported: heard.some((item) => item.condition === condition) };
}

const withChoices = STATE_WORLDS.filter(
	({ product, event }) => CHOICES[`${product} ${event}`] !== undefined,
);

(hasSpecs ? describe : describe.skip)('with the specifications', () => {
	describe.each(withChoices.map((world) => [`${world.product} ${world.event}`, world] as const))(
		'%s',
		(_, world) => {
			it.each(VERSIONS[world.product])('%s', async (version) => {
				const node = await triggerOf(world.product);
				const { field, more = [], unseen = [] } = CHOICES[`${world.product} ${world.event}`]!;
				const property = node.description.properties.find(({ name }) => name === field);
				const all = (property?.options as Array<{ value: string }>).map(({ value }) => value);
				const silent: string[] = [];
				const known = [...Object.keys(conditionsOf(world)), ...more];
				for (const condition of all.filter((one) => !unseen.includes(one))) {
					// A choice that no world knows would be proved by nothing.
					expect([condition, known.includes(condition)]).toEqual([condition, true]);
					const { refusal, isReported } = await outcomeOf(world, version, condition);
					if (refusal !== undefined)
						expect(refusal).toMatch(/has none of the picked conditions|needs API/);
					else if (!isReported) silent.push(condition);
				}
				expect(silent).toEqual([]);
			});
		},
	);
});

const conditionsOf = ({ kinds }: StateWorld): object =>
	Object.assign(
		{},
		...Object.values(kinds).flatMap((one) => [one.conditions, one.values]),
	) as object;

it.each([
	['vbr', '1.2-rev1', 'repositoryStateChanged', 'repositoryConditions', ['offline', 'outOfDate']],
	['vb365', 'v7', 'repositoryStateChanged', 'repositoryConditions', ['outOfSync', 'outOfDate']],
	['vspc', '3.5.1', 'agentStateChanged', 'agentConditions', ['offline', 'outOfDate']],
	[
		'vbr',
		'1.2-rev1',
		'proxyOrServerStateChanged',
		'proxyOrServerConditions',
		['unavailable', 'outOfDate'],
	],
] as const)('%s %s %s: what of the choices is not watched is said once', async (...given) => {
	const [product, version, event, field, conditions] = given;
	const world = STATE_WORLDS.find((one) => one.product === product && one.event === event)!;
	const wire = new Wire(clock, product, version, (request) =>
		world.answer(thingsOf(world), request, version),
	);
	const parameters: IDataObject = { events: [event], [field]: [...conditions], options: {} };
	const host = new Host({
		...{ node: await triggerOf(product), clock, wire, keeping: 'memory', parameters },
		credential: credentialOf(product, version),
	});
	const { items, error } = await host.activate(CALM);
	expect(error).toBeUndefined();
	expect(items).toMatchObject([
		{
			...{ event, transition: 'changed', condition: 'notInVersion', severity: 'warning' },
			current: { version, notWatched: ['outOfDate'] },
		},
	]);
	expect(String(items[0]?.message)).toMatch(
		/does not watch "[^"]*Out of Date[^"]*" \(API .* or later\)/,
	);
	for (let count = 0; count < 3; count++) {
		clock.now += MINUTE;
		expect((await host.poll(CALM)).items).toEqual([]);
	}
	// After a restart, too: it was saved with the item.
	host.boot();
	clock.now += MINUTE;
	expect((await host.poll(CALM)).items).toEqual([]);
});

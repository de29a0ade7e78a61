/** One campaign in a world of states. */
import type { IDataObject } from 'n8n-workflow';

import { Clock, DAY, HOUR, MINUTE } from './clock';
import type { Dice } from './dice';
import { Host, type Keeping, type Polled } from './host';
import { edited, firstSettings, parametersOf } from './edits';
import { StateJudge, type Verdicts } from './judgeStates';
import { credentialOf, triggerOf } from './nodes';
import { troubleOf } from './troubles';
import { CALM, Wire, type Answer, type Product, type Request } from './wire';
import type { StateWorld, Thing } from './worlds/states';

export interface Counts {
	polls: number;
	faults: number;
	kills: number;
	heard: number;
	checks: number;
	verdicts: Verdicts;
	/** Requests that the version does not know. */
	wrongRequests: string[];
}

class World {
	readonly things: Thing[] = [];
	private made = 0;

	constructor(
		private readonly described: StateWorld,
		private readonly dice: Dice,
	) {
		for (const [kind, { most, stays }] of Object.entries(described.kinds))
			for (let count = stays ? most : dice.from(1, most); count > 0; count--) this.make(kind);
	}

	private make(kind: string): Thing {
		const { conditions, values = {}, id } = this.described.kinds[kind]!;
		const thing: Thing = {
			id: id ?? `${kind}-${++this.made}-0000`,
			name: `Thing ${this.made}`,
			kind,
			isThere: true,
			level: Object.fromEntries(Object.keys(conditions).map((name) => [name, 0])),
			since: {},
			value: Object.fromEntries(
				Object.entries(values).map(([name, all]) => [name, this.dice.pick(all)]),
			),
			count: 1,
		};
		this.things.push(thing);
		return thing;
	}

	get there(): Thing[] {
		return this.things.filter(({ isThere }) => isThere);
	}

	/** Something changes. @returns what did */
	change(now: number): Thing {
		const { dice } = this;
		const thing = dice.pick(this.things);
		const { conditions, values = {}, stays, most } = this.described.kinds[thing.kind]!;
		const chance = dice.from(1, 100);
		if (chance <= 8 && !stays) {
			thing.isThere = !thing.isThere;
			return thing;
		}
		if (chance <= 12 && !stays && this.things.length < 3 * most) return this.make(thing.kind);
		const names = [...Object.keys(conditions), ...Object.keys(values)];
		const name = dice.pick(names);
		if (name in values) {
			thing.value[name] = dice.pick(values[name]!);
			return thing;
		}
		const before = thing.level[name] ?? 0;
		// Over for a moment, and wrong again.
		if (before > 0 && this.described.dated?.includes(name) && dice.percent(20)) {
			thing.since[name] = now;
			thing.count++;
			return thing;
		}
		const level = before > 0 && dice.percent(55) ? 0 : dice.from(0, conditions[name]!);
		thing.level[name] = level;
		if (before === 0 && level > 0) {
			thing.since[name] = now;
			thing.count++;
		}
		return thing;
	}
}

export async function runStates(
	whole: StateWorld,
	keeping: Keeping,
	version: string,
	dice: Dice,
	seed: number,
	log?: (line: string) => void,
): Promise<Counts> {
	const clock = new Clock(Date.parse('2026-03-02T07:00:00Z') + dice.from(0, 300) * DAY);
	try {
		return await run(inVersion(whole, version), keeping, version, dice, seed, clock, log);
	} finally {
		clock.restore();
	}
}

/** To the smallest question that tells whether a server is there. */
export function anyAnswer(
	product: Product,
	{ path }: Request,
	version: string,
): Answer | undefined {
	if (product === 'vspc') return path === '/users/me' ? { record: { data: {} } } : undefined;
	const isJobs = path === (product === 'vbr' ? '/api/v1/jobs/states' : '/Jobs');
	return isJobs ? { list: [], unpaged: product === 'vb365' && version !== 'v8' } : undefined;
}

/** The world without what the version does not tell. */
function inVersion(world: StateWorld, version: string): StateWorld {
	const { versions, needs = {} } = world;
	const isThere = (name: string) =>
		versions.indexOf(version) >= versions.indexOf(needs[name] ?? versions[0]!);
	const only = <T>(all: Record<string, T>): Record<string, T> =>
		Object.fromEntries(Object.entries(all).filter(([name]) => isThere(name)));
	const kinds = Object.entries(world.kinds).map(([name, kind]) => [
		name,
		{ ...kind, conditions: only(kind.conditions), values: only(kind.values ?? {}) },
	]);
	return {
		...world,
		kinds: Object.fromEntries(kinds) as StateWorld['kinds'],
	};
}

async function run(
	described: StateWorld,
	keeping: Keeping,
	version: string,
	dice: Dice,
	seed: number,
	clock: Clock,
	log: (line: string) => void = () => {},
): Promise<Counts> {
	const { product, event } = described;
	const label = `${product} ${event} ${version} ${keeping} seed ${seed}`;
	log(`# ${label}`);
	const world = new World(described, dice);
	const judge = new StateJudge(described, label);
	const counts = { polls: 0, faults: 0, kills: 0, heard: 0 };
	const wire = new Wire(
		clock,
		product,
		version,
		(request) =>
			described.answer(world.there, request, version) ?? anyAnswer(product, request, version),
	);
	wire.optional = described.optional ?? [];
	wire.pageSize = dice.pick([3, 20, 1000]);
	wire.ahead = dice.pick([0, 0, -2 * HOUR, 3 * HOUR]);
	wire.latency = dice.pick([20, 200]);
	const server = () => clock.now + wire.ahead;
	const maxItems = dice.pick([1, 3, 500, 500]);
	log(`# at most ${maxItems} items, pages of ${wire.pageSize}, ${wire.ahead / HOUR} h ahead`);
	const reminderHours = dice.pick([0, 0, 1, 8]);
	let settings = firstSettings(described);
	const parameters: IDataObject = {
		...parametersOf(described, settings),
		options: { maxItems, reminderHours },
	};
	judge.reminderHours = reminderHours;
	const host = new Host({
		node: triggerOf(product),
		clock,
		wire,
		keeping,
		parameters,
		credential: credentialOf(product, version),
	});

	if (dice.percent(30))
		for (let count = dice.from(1, 6); count > 0; count--) world.change(server());
	for (const thing of world.things) judge.note(thing, clock.now, settings);
	let polls = 0;
	const hear = (polled: Polled, isUnsaved: boolean, isLie = false) => {
		counts.polls++;
		counts.heard += polled.items.length;
		for (const item of polled.items)
			log(
				`  ${String(item.transition)} ${String(item.condition)} ${String(item.message)} ${String(item.eventId)}${isUnsaved ? ' (unsaved)' : ''}`,
			);
		if (polled.error) log(`  ! ${polled.error.message}`);
		// What the trigger says of itself comes on top.
		const own = ['unreadable', 'notInVersion'];
		const most = polled.items.filter(({ condition }) => !own.includes(String(condition))).length;
		if (most > maxItems) judge.verdicts.wrong.push(`${label}: ${most} items, not ${maxItems}`);
		const { from, to } = polled;
		judge.hear(polled.items, { from, to, isUnsaved, isLie, poll: ++polls });
	};
	const first = await host.activate(CALM);
	hear(first, false);
	if (first.error) throw new Error(`${label}: ${first.error.message}`);
	judge.baseline = clock.now;
	judge.reads.push({ ...first, isSaved: true });
	if (maxItems < 500) judge.longestLook = 25;
	/** Polls in a row that nothing disturbed, and since the last change. */
	let clean = 0;
	let still = 0;
	/**
	 * The server gave an empty list or left fields out, and no truthful look followed: as n8n remembers it,
	 * and as it saved it.
	 */
	const lied = { now: false, saved: false };
	/** Polls in a row that lied in nothing: where few items fit into one, a look takes several. */
	let truthful = 0;
	const canMove = dice.percent(50);
	const canEdit = dice.percent(50);
	let hasMoved = false;
	const change = () => {
		const thing = world.change(server());
		judge.note(thing, clock.now, settings);
		log(
			`${new Date(clock.now).toISOString()} ${thing.id} ${JSON.stringify([thing.isThere, thing.level, thing.value])}`,
		);
	};
	const die = () => {
		judge.restarts.push(clock.now);
		host.boot();
		lied.now = lied.saved;
		truthful = 0;
		clean = 0;
	};
	const steps = dice.from(40, 90);
	for (let step = 0; step < steps; step++) {
		clock.now += dice.percent(5) ? dice.from(1, 30) * HOUR : dice.from(1, 9) * MINUTE;
		still++;
		if (dice.percent(55))
			for (let count = dice.pick([1, 1, 2, 6]); count > 0; count--) {
				change();
				still = 0;
			}
		let isKilled = dice.percent(6);
		if (canEdit && dice.percent(8)) {
			settings = edited(described, settings, dice);
			Object.assign(parameters, parametersOf(described, settings));
			clock.now++;
			judge.edits.push(clock.now);
			for (const thing of world.things) judge.note(thing, clock.now, settings);
			// n8n starts a workflow anew when it is saved.
			isKilled ||= dice.percent(70);
			still = 0;
			clean = 0;
			log(`${new Date(clock.now).toISOString()} edited ${JSON.stringify(settings)}`);
		}
		// What was never saved cannot be gone on with.
		isKilled &&= !host.isFresh;
		if (isKilled) {
			counts.kills++;
			clock.now += dice.percent(30) ? dice.from(1, 20) * HOUR : 0;
			die();
			log(`${new Date(clock.now).toISOString()} restart`);
		}
		let trouble = troubleOf(dice, 30);
		// Two looks in a row that lie are the truth, as far as anybody can know.
		const canLie = (kind: string) => kind === 'empty' || kind === 'leftOut';
		if (canLie(trouble.kind) && (lied.now || lied.saved)) trouble = CALM;
		if (trouble.kind === 'hang' && host.isFresh) trouble = CALM;
		if (trouble.kind !== 'none') counts.faults++;
		const loses = dice.percent(4) && !host.isFresh;
		const when = new Date(clock.now).toISOString();
		hasMoved = false;
		wire.before = () => {
			if (!canMove || !dice.percent(3)) return;
			hasMoved = true;
			change();
		};
		const polled = isKilled ? await host.activate(trouble) : await host.poll(trouble, loses);
		wire.before = () => {};
		if (hasMoved) still = 0;
		log(`${when} poll ${trouble.kind} ${JSON.stringify(trouble)}${loses ? ' loses' : ''}`);
		const isLost = loses && !isKilled;
		const isLie = wire.wasHit && trouble.kind === 'empty';
		hear(polled, isLost && polled.items.length > 0, isLie);
		// A poll that waits out a refusal looks at nothing.
		const hasLooked = wire.sent > 0 && !polled.error && !polled.killed;
		if (hasLooked) {
			truthful = wire.wasHit ? 0 : truthful + 1;
			if (truthful > judge.longestLook) lied.now = false;
			else if (wire.wasHit) lied.now ||= canLie(trouble.kind);
		}
		if (polled.isSaved) lied.saved = lied.now;
		const isClean = hasLooked && !wire.wasHit && !isLost && !hasMoved && maxItems === 500;
		if (hasLooked && !wire.wasHit && !isLost) judge.reads.push({ isSaved: false, ...polled });
		if (polled.killed || isLost) {
			counts.kills++;
			die();
		}
		clean = isClean ? clean + 1 : 0;
		if (clean > 2) judge.check(world.things, clock.now, still > 4 && clean > 4);
	}
	// Nothing changes any more, nothing is in the way: in the end everything has been heard.
	for (let count = 0; count < (maxItems === 500 ? 8 : 80); count++) {
		clock.now += 16 * MINUTE;
		const polled = await host.poll(CALM);
		hear(polled, false);
		judge.reads.push({ isSaved: false, ...polled });
	}
	judge.check(world.things, clock.now, true);
	return {
		...counts,
		checks: judge.checks,
		verdicts: judge.verdicts,
		wrongRequests: [...wire.wrong],
	};
}

/** One campaign in a world of records, and the verdict on it. */
import type { IDataObject } from 'n8n-workflow';

import { Clock, DAY, HOUR, iso, MINUTE } from './clock';
import type { Dice } from './dice';
import { Host, type Keeping, type Polled } from './host';
import type { Heard, Verdicts } from './judgeStates';
import { credentialOf, triggerOf } from './nodes';
import type { Counts } from './runStates';
import { troubleOf } from './troubles';
import { CALM, Wire } from './wire';
import { ALL, type Happened, type RecordWorld } from './worlds/records';

export async function runRecords(
	world: RecordWorld,
	keeping: Keeping,
	version: string,
	dice: Dice,
	seed: number,
	log: (line: string) => void = () => {},
): Promise<Counts> {
	const clock = new Clock(Date.parse('2026-03-02T07:00:00Z') + dice.from(0, 300) * DAY);
	try {
		return await run(world, keeping, version, dice, seed, clock, log);
	} finally {
		clock.restore();
	}
}

async function run(
	world: RecordWorld,
	keeping: Keeping,
	version: string,
	dice: Dice,
	seed: number,
	clock: Clock,
	log: (line: string) => void,
): Promise<Counts> {
	const { product, event } = world;
	const label = `${product} ${event} ${version} ${keeping} seed ${seed}`;
	log(`# ${label}`);
	const all: Happened[] = [];
	let made = 0;
	const owners = dice.from(3, 12);
	const lateness = dice.pick([0, 80 / 60, world.late]);
	const happen = (end: number, lateBy: number): void => {
		const owner = `job-${dice.from(1, owners)}`;
		// Two runs of a job cannot end in the same second; where only the last one is to be seen, its end is
		// what tells it from another.
		const second = (time: number) => Math.floor(time / 1000);
		if (world.lastOnly && all.some((one) => one.owner === owner && second(one.end) === second(end)))
			return;
		const own = `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`;
		const id = world.follows ? `${own}/waits` : own;
		const start = end - dice.from(1, 120) * MINUTE;
		const result = dice.pick(['Success', 'Success', 'Warning', 'Failed'] as const);
		const one: Happened = { id, owner, start, end, visible: end + lateBy, result };
		all.push(one, ...(world.follows ? [world.follows(one, dice)] : []));
		log(
			`${new Date(end).toISOString()} ${id.slice(-3)} ${owner} ${result}${lateBy ? ` visible ${new Date(end + lateBy).toISOString()}` : ''}`,
		);
	};
	let isEmpty = false;
	// Of a server that writes its times without an offset: how far it is ahead of UTC.
	const zone = dice.pick([undefined, undefined, 2, -5.5]);
	const isLocal = zone !== undefined && product !== 'vspc';
	const ahead = isLocal ? zone * HOUR : 0;
	const wire = new Wire(clock, product, version, (request) => {
		const query = isLocal ? withOffset(request.query, ahead) : request.query;
		const answer = world.answer(
			all.filter(({ visible }) => visible <= request.now),
			{ ...request, query },
			version,
			dice,
		);
		return isLocal && answer && 'list' in answer
			? { ...answer, list: answer.list.map((one) => withoutOffset(one, ahead)) }
			: answer;
	});
	wire.pageSize = dice.pick([20, 1000]);
	wire.ahead = dice.pick([0, 0, -2 * HOUR, 3 * HOUR]);
	const server = () => clock.now + wire.ahead;
	const parameters = world.parameters(dice);
	const maxItems = dice.pick([2, 500, 500]);
	for (let count = dice.from(0, 300); count > 0; count--)
		happen(server() - dice.from(1, 20 * 24 * 60) * MINUTE, 0);

	const whole: IDataObject = { events: [event], ...parameters, options: { maxItems } };
	const host = new Host({
		...{ node: triggerOf(product), clock, wire, keeping, parameters: whole },
		credential: credentialOf(product, version),
	});
	const canEdit = dice.percent(60);
	log(`# ${isLocal ? `local ${zone}` : 'UTC'}, ${maxItems} items, late by ${lateness} h`);
	const counts = { polls: 0, faults: 0, kills: 0, heard: 0 };
	const tooMany: string[] = [];
	const heard: Heard[] = [];
	const reads: number[] = [];
	/** What the console showed as a job's last run after a poll that nothing disturbed. */
	const shown = new Set<string>();
	const hear = (polled: Polled, isUnsaved: boolean) => {
		counts.polls++;
		counts.heard += polled.items.length;
		for (const item of polled.items) {
			heard.push({ item, from: polled.from, to: polled.to, isUnsaved, poll: counts.polls });
			log(
				`  ${new Date(polled.to).toISOString()} ${String(item.transition)} ${String(item.condition)} ${world.idOf(item).slice(-3)} ${String(item.message)}${isUnsaved ? ' (unsaved)' : ''}`,
			);
		}
		if (polled.error) log(`  ! ${polled.error.message}`);
		// What the trigger says of itself comes on top.
		const own = ['unreadable', 'notInVersion'];
		const most = polled.items.filter(({ condition }) => !own.includes(String(condition))).length;
		if (most > maxItems) tooMany.push(`${label}: ${most} items, not ${maxItems}`);
		// A poll that waits out a refusal asks nothing.
		const isClean = wire.sent > 0 && !wire.wasHit && !polled.error && !polled.killed && !isUnsaved;
		if (isClean && polled.isSaved) reads.push(polled.from + wire.ahead);
		if (isClean && world.follows && maxItems === 500)
			for (const one of all) {
				const now = polled.from + wire.ahead;
				const isDecided = all.some(
					({ id, visible }) =>
						id === one.id.replace('waits', 'over') && visible <= polled.to + wire.ahead,
				);
				if (one.visible <= now && (one.id.endsWith('over') || !isDecided)) shown.add(one.id);
			}
		if (isClean && world.lastOnly && maxItems === 500)
			for (const owner of new Set(all.map((one) => one.owner))) {
				const runs = all.filter(
					(one) => one.owner === owner && one.visible <= polled.from + wire.ahead,
				);
				if (runs.length > 0) shown.add(runs.reduce((a, b) => (b.end >= a.end ? b : a)).id);
			}
	};
	let leftOut: string[] = [];
	const wishes: Wish[] = [{ at: 0, results: world.wanted(whole), leftOut }];
	const first = await host.activate(CALM);
	if (first.error) throw new Error(`${label}: ${first.error.message}`);
	hear(first, false);
	const begun = first.to + wire.ahead;
	for (let steps = dice.from(30, 70); steps > 0; steps--) {
		const pause = dice.percent(6) ? dice.from(1, 30) * HOUR : dice.from(1, 9) * MINUTE;
		clock.now += pause;
		// After the poll before, which would have seen it otherwise.
		const ago = Math.floor((pause - 1) / 1000);
		const together = server() - dice.from(0, Math.min(ago, 3600)) * 1000;
		for (let count = dice.pick([0, 1, 1, 3, dice.percent(15) ? 40 : 2]); count > 0; count--) {
			const end = dice.percent(40) ? together : server() - dice.from(0, ago) * 1000;
			const isLate = lateness > 0 && dice.percent(25);
			happen(end, isLate ? dice.from(1, lateness * 60) * MINUTE : dice.pick([0, 0, 20_000]));
		}
		let isKilled = dice.percent(6);
		if (canEdit && dice.percent(8)) {
			// An option of another version of the package, say: it wants nothing else.
			whole[`${event}Options`] = { ...(parameters[`${event}Options`] as object), edited: steps };
			if (world.results && dice.percent(60)) {
				const others = dice.shuffled(ALL.filter((one) => one !== 'Failed'));
				whole[world.results] = ['Failed', ...others.slice(0, dice.from(0, 2))];
			}
			if (world.judged === 'runs' && dice.percent(40)) {
				leftOut = dice.percent(40) ? [] : dice.shuffled([...'123456789']).slice(0, dice.from(1, 4));
				whole[`${event}Options`] = {
					...(whole[`${event}Options`] as object),
					excludeNames: leftOut.map((digit) => `*job-${digit}`).join(', '),
				};
			}
			wishes.push({ at: server(), results: world.wanted(whole), leftOut });
			isKilled ||= dice.percent(70);
			log(
				`${new Date(clock.now).toISOString()} edited ${JSON.stringify(world.results && whole[world.results])}`,
			);
		}
		// What was never saved cannot be gone on with.
		isKilled &&= !host.isFresh;
		if (isKilled) {
			counts.kills++;
			host.boot();
			log(`${new Date(clock.now).toISOString()} restart`);
		}
		let trouble = troubleOf(dice, 30);
		// Two looks in a row that lie are the truth, as far as anybody can know.
		const canLie = trouble.kind === 'empty' && !isEmpty;
		if (trouble.kind === 'leftOut' || (trouble.kind === 'empty' && !canLie)) trouble = CALM;
		if (trouble.kind === 'hang' && host.isFresh) trouble = CALM;
		if (trouble.kind !== 'none') counts.faults++;
		log(`${new Date(clock.now).toISOString()} poll ${trouble.kind}`);
		const loses = !isKilled && dice.percent(4) && !host.isFresh;
		const polled = isKilled ? await host.activate(trouble) : await host.poll(trouble, loses);
		isEmpty = wire.wasHit && trouble.kind === 'empty';
		hear(polled, loses && polled.items.length > 0);
		if (polled.killed || loses) {
			counts.kills++;
			host.boot();
		}
	}
	// Everything becomes visible in the end, and is looked for once an hour.
	const last = Math.max(...all.map(({ visible }) => visible), server());
	while (server() < last) {
		clock.now += 3 * HOUR;
		hear(await host.poll(CALM), false);
	}
	for (let count = 0; count < (maxItems === 500 ? 12 : 200); count++) {
		clock.now += 21 * MINUTE;
		hear(await host.poll(CALM), false);
	}
	const verdicts = judge(world, label, {
		all,
		heard,
		begun,
		wishes,
		reads: maxItems === 500 ? reads : [],
		shown,
		ahead: wire.ahead,
	});
	verdicts.wrong.push(...tooMany);
	return { ...counts, checks: all.length, verdicts, wrongRequests: [...wire.wrong] };
}

const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+$/;

/** Times of a server that writes none with an offset, read as its own. */
const withOffset = (query: Record<string, string>, ahead: number): Record<string, string> =>
	Object.fromEntries(
		Object.entries(query).map(([name, value]) => [
			name,
			TIME.test(value) ? iso(Date.parse(`${value}Z`) - ahead) : value,
		]),
	);

/** A record as such a server writes it. */
const withoutOffset = (record: IDataObject, ahead: number): IDataObject =>
	Object.fromEntries(
		Object.entries(record).map(([name, value]) => [
			name,
			typeof value === 'string' && value.endsWith('Z') && TIME.test(value.slice(0, -1))
				? iso(Date.parse(value) + ahead).slice(0, -1)
				: value,
		]),
	);

/** What results the user wants to hear of, from a time on by the server's clock. */
interface Wish {
	at: number;
	results: string[];
	/** Jobs whose names end with one of these. */
	leftOut: string[];
}

const wants = ({ results, leftOut }: Wish, { result, owner }: Happened): boolean =>
	results.includes(result) && !leftOut.some((digit) => owner.endsWith(`-${digit}`));

interface Case {
	all: Happened[];
	heard: Heard[];
	/** When the trigger had begun, by the server's clock. */
	begun: number;
	wishes: Wish[];
	/** Milliseconds that the server's clock is ahead. */
	ahead: number;
	/** When polls began that read everything, by the server's clock. */
	reads: number[];
	shown: Set<string>;
}

/** The wishes that held between two times. */
const during = (wishes: Wish[], from: number, to: number): Wish[] =>
	wishes.filter(({ at }, index) => at <= to && (wishes[index + 1]?.at ?? Infinity) >= from);

function judge(
	world: RecordWorld,
	label: string,
	{ all, heard, begun, wishes, reads, shown, ahead }: Case,
): Verdicts {
	const verdicts: Verdicts = { lost: [], twice: [], wrong: [] };
	const own = heard.filter(
		({ item }) => item.event === world.event && item.condition !== 'unreadable',
	);
	const saved = own.filter(({ isUnsaved }) => !isUnsaved);
	const byId = new Map(all.map((one) => [one.id, one]));
	const said = (one: Happened) =>
		`${label}: ${one.id.slice(-4)} of ${one.owner} ${one.result} ended ${new Date(one.end).toISOString()}, visible ${new Date(one.visible).toISOString()}`;
	const times = new Map<string, number>();
	for (const { item } of saved) times.set(world.idOf(item), (times.get(world.idOf(item)) ?? 0) + 1);
	for (const one of all) {
		const count = times.get(one.id) ?? 0;
		if (count > 1) verdicts.twice.push(said(one));
		const isNews = one.visible > begun;
		if (count > 0 && !isNews) verdicts.wrong.push(`${said(one)}: it was there before`);
		// An end that the clock's precision puts beside the beginning may count as either.
		const isDue =
			one.visible > begun + 2000 &&
			(world.lastOnly
				? shown.has(one.id) && one.end > begun
				: world.follows
					? shown.has(one.id)
					: true);
		const isWanted = during(wishes, one.end, Infinity).every((wish) => wants(wish, one));
		if (count === 0 && isDue && isWanted) verdicts.lost.push(said(one));
	}
	for (const { item, from } of saved) {
		const one = byId.get(world.idOf(item));
		if (!one || item.transition === 'recovered') continue;
		// It was read with settings that left it out: later ones make no news of it.
		const isHistory = wishes.some(
			({ at }, index) =>
				at <= from + ahead &&
				index > 0 &&
				reads.some((read) => read > one.visible && read < at) &&
				!during(wishes, one.end, at - 1).some((wish) => wants(wish, one)),
		);
		if (isHistory) verdicts.wrong.push(`${said(one)}: it was left out then`);
	}
	// Found again, it is the same.
	for (const one of own.filter(({ isUnsaved }) => isUnsaved)) {
		const again = saved.find(
			(other) => other.poll > one.poll && world.idOf(other.item) === world.idOf(one.item),
		);
		if (
			again &&
			again.item.transition === one.item.transition &&
			again.item.eventId !== one.item.eventId
		)
			verdicts.twice.push(
				`${label}: ${world.idOf(one.item)} has another eventId when it is found again`,
			);
	}
	const ids = saved.map(({ item }) => String(item.eventId));
	if (new Set(ids).size < ids.length) verdicts.twice.push(`${label}: an eventId stands for two`);
	if (world.judged === 'requests') judgeRequests(world, label, saved, verdicts);
	if (world.judged === 'runs') judgeRuns(world, label, saved, byId, { all, wishes }, verdicts);
	return verdicts;
}

/** The incident of a request: what was reported to wait is closed by its decision. */
function judgeRequests(
	world: RecordWorld,
	label: string,
	heard: Heard[],
	verdicts: Verdicts,
): void {
	const waiting = new Set<string>();
	for (const { item, from } of heard) {
		const id = world.idOf(item);
		const request = id.replace(/\/.*/, '');
		const expected = id.endsWith('/waits')
			? 'problem'
			: waiting.has(request)
				? 'recovered'
				: 'finished';
		if (item.transition !== expected)
			verdicts.wrong.push(
				`${label}: ${String(item.transition)} of ${id.slice(-10)} at ${new Date(from).toISOString()}, not ${expected}`,
			);
		if (id.endsWith('/waits')) waiting.add(request);
		else waiting.delete(request);
	}
}

/** The incident of a job: opened by a failure, ended by what is none and did not end before it. */
function judgeRuns(
	world: RecordWorld,
	label: string,
	heard: Heard[],
	byId: Map<string, Happened>,
	{ all, wishes }: Pick<Case, 'all' | 'wishes'>,
	verdicts: Verdicts,
): void {
	const open = new Map<string, { end: number; at: number }>();
	for (const { item, from } of heard) {
		const one = byId.get(world.idOf(item));
		if ((item.current as IDataObject).watched === false) {
			open.delete(String((item.object as IDataObject).id));
			continue;
		}
		if (!one) {
			verdicts.wrong.push(`${label}: ${String(item.message)}: nobody knows it`);
			continue;
		}
		const { transition } = item as { transition: string };
		const known = open.get(one.owner);
		const expected =
			one.result === 'Failed'
				? known
					? ['repeated']
					: // A run that gave no item may have ended it between.
						['problem']
				: known && one.end >= Math.floor(known.end / 1000) * 1000
					? ['recovered', 'finished']
					: ['finished'];
		// A success that gives no item where nothing is open may have ended the incident before.
		const silent =
			known !== undefined &&
			all.some(
				(other) =>
					other.owner === one.owner && other.result !== 'Failed' && other.end >= known.end - 1000,
			);
		if (!expected.includes(transition) && !(silent && ['problem', 'finished'].includes(transition)))
			verdicts.wrong.push(
				`${label}: ${transition} of ${one.owner} ${one.result} ${one.id.slice(-4)} at ${new Date(from).toISOString()}, not ${expected.join(' or ')}`,
			);
		if (transition === 'problem' || transition === 'repeated')
			open.set(one.owner, { end: Math.max(one.end, known?.end ?? 0), at: from });
		if (transition === 'recovered') open.delete(one.owner);
	}
	for (const [owner, { end, at }] of open) {
		const healed = all.find(
			(one) =>
				one.owner === owner &&
				one.result !== 'Failed' &&
				one.end > end + 1000 &&
				during(wishes, one.end, Infinity).every((wish) =>
					wants(wish, { ...one, result: 'Failed' }),
				) &&
				one.visible > at + 4 * 60 * 60_000,
		);
		if (healed && !world.lastOnly)
			verdicts.lost.push(`${label}: the end of the problem of ${owner}, by ${healed.id.slice(-4)}`);
	}
}

export type { IDataObject };

/** One campaign of a server that is away at times, with "Server Unreachable" picked alone or beside another event. */
import { Clock, DAY, HOUR, MINUTE } from './clock';
import type { Dice } from './dice';
import { Host, type Keeping, type Polled } from './host';
import { credentialOf, triggerOf } from './nodes';
import { anyAnswer, type Counts } from './runStates';
import { CALM, Wire, type Product, type Trouble } from './wire';

export const EVENT = 'serverReachability';

export const VERSIONS: Record<Product, string[]> = {
	vbr: ['1.2-rev1', '1.3-rev0', '1.3-rev1', '1.3-rev2'],
	vb365: ['v6', 'v7', 'v8'],
	vspc: ['3.5.1', '3.6', '3.6.1'],
};

export async function runReachability(
	product: Product,
	keeping: Keeping,
	version: string,
	dice: Dice,
	seed: number,
	log: (line: string) => void = () => {},
): Promise<Counts> {
	const clock = new Clock(Date.parse('2026-03-02T07:00:00Z') + dice.from(0, 300) * DAY);
	const label = `${product} ${EVENT} ${version} ${keeping} seed ${seed}`;
	log(`# ${label}`);
	const wire = new Wire(clock, product, version, (request) => anyAnswer(product, request, version));
	wire.ahead = dice.pick([0, -2 * HOUR, 3 * HOUR]);
	const needed = dice.pick([1, 2, 3]);
	const host = new Host({
		...{ node: triggerOf(product), clock, wire, keeping },
		parameters: { events: [EVENT], [`${EVENT}Options`]: { polls: needed }, options: {} },
		credential: credentialOf(product, version),
	});
	const verdicts: Counts['verdicts'] = { lost: [], twice: [], wrong: [] };
	const counts = { polls: 0, faults: 0, kills: 0, heard: 0, checks: 0 };
	const ids = new Set<string>();
	/** As the workflow knows it, and as n8n has saved it. */
	let isOpen = false;
	/** Polls in a row that found nobody: at least, since the restart, and at most. */
	const failed = { least: 0, most: 0 };
	/** At most, as n8n has saved it: what a later poll found may be forgotten. */
	let savedMost = 0;
	const restart = () => {
		counts.kills++;
		host.boot();
		failed.least = 0;
		failed.most = Math.max(failed.most, savedMost);
	};
	/** What was said and not saved: it has to come again as it was, while nothing has changed. */
	let unsaved: { transition: unknown; eventId: unknown } | undefined;

	const hear = ({ items, error, from, isSaved }: Polled, isAway: boolean, isLost: boolean) => {
		counts.polls++;
		counts.checks++;
		counts.heard += items.length;
		const said = `${label} at ${new Date(from).toISOString()}`;
		for (const { transition, message, eventId } of items)
			log(`  ${String(transition)} ${String(message)} ${String(eventId)}${isLost ? ' lost' : ''}`);
		if (error) verdicts.wrong.push(`${said}: ${error.message}`);
		if (items.length > 1) verdicts.twice.push(said);
		const [item] = items;
		if (isAway) {
			failed.least++;
			failed.most++;
		} else Object.assign(failed, { least: 0, most: 0 });
		if (isSaved) savedMost = failed.most;
		const may = isAway ? !isOpen && failed.most >= needed : isOpen;
		const must = isAway ? !isOpen && failed.least >= needed : isOpen;
		const expected = isAway ? 'problem' : 'recovered';
		if (item && (!may || item.transition !== expected || item.condition !== 'unreachable'))
			verdicts.wrong.push(`${said}: ${String(item.transition)}`);
		if (!item && must) verdicts.lost.push(`${said}: ${expected}`);
		if (
			item &&
			unsaved &&
			unsaved.transition === item.transition &&
			unsaved.eventId !== item.eventId
		)
			verdicts.twice.push(`${said}: has another eventId when it is found again`);
		if (item) unsaved = isLost ? (item as unknown as typeof unsaved) : undefined;
		if (!item || isLost) return;
		if (ids.has(String(item.eventId))) verdicts.twice.push(`${said}: the eventId was there`);
		ids.add(String(item.eventId));
		isOpen = isAway;
	};

	try {
		hear(await host.activate(CALM), false, false);
		let isAway = false;
		for (let step = dice.from(60, 120); step > 0; step--) {
			clock.now += dice.percent(5) ? dice.from(1, 30) * HOUR : dice.from(1, 9) * MINUTE;
			if (dice.percent(isAway ? 35 : 25)) {
				isAway = !isAway;
				// Another outage than the one that was said last.
				unsaved = undefined;
			}
			const away: Trouble = {
				kind: dice.pick(['network', 'status']),
				...{ at: 1, lasts: true, status: dice.pick([502, 503, 504]) },
			};
			if (isAway) counts.faults++;
			const isKilled = dice.percent(8) && !host.isFresh;
			if (isKilled) restart();
			log(
				`${new Date(clock.now).toISOString()} ${isAway ? 'away' : 'there'}${isKilled ? ' restart' : ''}`,
			);
			const trouble = isAway ? away : CALM;
			const loses = !isKilled && dice.percent(6) && !host.isFresh;
			const polled = isKilled ? await host.activate(trouble) : await host.poll(trouble, loses);
			const isLost = loses && polled.items.length > 0;
			hear(polled, isAway, isLost);
			if (loses) restart();
		}
		return { ...counts, verdicts, wrongRequests: [...wire.wrong] };
	} finally {
		clock.restore();
	}
}

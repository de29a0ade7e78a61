/** The same occurrence, found again from an earlier memory, is the same; every other one is another. */
import type { Condition } from '../../../nodes/shared/monitoring/incidents';
import type { Notification } from '../../../nodes/shared/monitoring/types';
import { below } from '../../../nodes/shared/monitoring/thresholds';
import { Poller, Things } from './polling.support';

const low: Condition = {
	name: 'low',
	level: ({ value }, before) => below(Number(value), { opens: 10, closes: 15 }, before),
	message: ({ id }, transition) => `${String(id)} ${transition}`,
	current: ({ value }) => ({ value }),
};

/** The server says since when. */
const dated: Condition = { ...low, start: ({ value }) => `2026-01-0${Math.floor(Number(value))}` };

const whole = {
	tracked: [
		{
			name: 'value',
			value: ({ value }: { value?: unknown }) => Number(value),
			message: ({ id }: { id?: unknown }) => `${String(id)} changed`,
		},
	],
	presence: { isWanted: () => true, message: ({ name }: { name: string }) => name },
};

const keyOf = ({ object, condition, transition, occurrence }: Notification) =>
	[object.id, condition, transition, occurrence].join(' ');

let things: Things;
let now: number;
beforeEach(() => {
	things = new Things();
	now = Date.parse('2026-01-10T12:00:00Z');
	for (const id of ['a', 'b', 'c']) things.set(id, 50);
});

const poller = (...args: Parameters<Things['event']>) =>
	new Poller(things.event(...args), () => ({
		now: (now += 60_000),
		common: { reminderHours: 1 },
	}));

/** What becomes of the things, step after step: all of it is wanted. */
const STEPS: Array<() => void> = [
	() => things.set('a', 5),
	() => things.set('a', 2),
	() => (now += 2 * 3_600_000),
	() => (now += 2 * 3_600_000),
	() => things.set('a', 50),
	() => things.set('b', 5),
	() => things.set('a', 5),
	() => (things.list = things.list.filter(({ id }) => id !== 'b')),
	() => {},
	() => things.set('b', 5),
	() => things.set('b', 50),
	() => things.set('d', 5),
	() => (things.list = things.list.filter(({ id }) => id !== 'd')),
	() => {},
	() => things.set('d', 5),
];

it.each([
	['says nothing of a beginning', low],
	['says when it began', dated],
])(
	'where the server %s, each step gives its own, and the same when it is found again',
	async (_, one) => {
		const trigger = poller([one], whole);
		await trigger.poll();
		const all: string[] = [];
		for (const step of STEPS) {
			const saved = trigger.memory;
			step();
			const first = (await trigger.poll()).map(keyOf);
			// n8n was killed before it saved: hours later the same is found again.
			trigger.back(saved);
			now += 3 * 60_000;
			expect((await trigger.poll()).map(keyOf)).toEqual(first);
			all.push(...first);
		}
		// problem, changed, worsened, two reminders, recovered ...: what happened is 25 different things.
		expect(all.length).toBeGreaterThan(20);
		expect(new Set(all).size).toBe(all.length);
	},
);

it('goes back over several polls that were emitted and never saved', async () => {
	const trigger = poller([low], whole);
	await trigger.poll();
	const saved = trigger.memory;
	const run = async () => {
		const found: string[] = [];
		for (const value of [5, 50, 5, 50, 5]) {
			things.set('a', value);
			found.push(...(await trigger.poll()).map(keyOf));
		}
		return found;
	};
	const first = await run();
	things.set('a', 50);
	trigger.back(saved);
	now += 3_600_000;
	expect(await run()).toEqual(first);
	expect(new Set(first).size).toBe(first.length);
});

it('is the same in a workflow that is imported anew where the server says when it began', async () => {
	const loud = () => ({ now: (now += 60_000), common: { emitCurrentProblems: true } });
	things.set('a', 5);
	const first = await new Poller(things.event([dated]), loud).poll();
	now += 86_400_000;
	const again = await new Poller(things.event([dated]), loud).poll();
	expect(again.map(keyOf)).toEqual(first.map(keyOf));
	things.set('a', 4);
	const later = await new Poller(things.event([dated]), loud).poll();
	expect(later.map(keyOf)).not.toEqual(first.map(keyOf));
});

it('never counts from the beginning again, however many objects come and go', async () => {
	const trigger = poller([low]);
	await trigger.poll();
	const found: string[] = [];
	for (let round = 0; round < 3; round++) {
		for (let index = 0; index < 600; index++) things.set(`${round % 2}-${index}`, 5);
		found.push(...(await trigger.poll({ remainingItems: 5000 })).map(keyOf));
		things.list = [];
		await trigger.poll({ remainingItems: 5000 });
		found.push(...(await trigger.poll({ remainingItems: 5000 })).map(keyOf));
	}
	expect(found).toHaveLength(3 * 600 * 2);
	expect(new Set(found).size).toBe(found.length);
});

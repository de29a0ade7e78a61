/** Things compared with the last look: problems that begin, worsen and end. */
import type { Condition } from '../../../nodes/shared/monitoring/incidents';
import { onePage } from '../../../nodes/shared/monitoring/snapshotDiff';
import { below } from '../../../nodes/shared/monitoring/thresholds';
import type { Notification } from '../../../nodes/shared/monitoring/types';
import { Poller, Things, watchOf } from './polling.support';

const HOUR = 3_600_000;

/** Low below 10, well again from 15 on. */
const low: Condition = {
	name: 'low',
	level: ({ value }, before) => below(Number(value), { opens: 10, closes: 15 }, before),
	message: ({ id }, transition) => `${String(id)} ${transition}`,
	current: ({ value }) => ({ value }),
};

let things: Things;
let now: number;
beforeEach(() => {
	things = new Things();
	now = Date.parse('2026-01-10T12:00:00Z');
	for (const id of ['a', 'b', 'c']) things.set(id, 50);
});

const poller = (...args: Parameters<Things['event']>) =>
	new Poller(things.event(...args), () => ({ now: (now += 60_000) }));

const short = (notifications: Notification[]) => notifications.map(({ message }) => message);

it('tells a problem, its end and the next problem, under one key and as three events', async () => {
	const trigger = poller([low]);
	await trigger.poll();
	const told: Notification[] = [];
	for (const value of [5, 50, 5]) {
		things.set('a', value);
		told.push(...(await trigger.poll()));
		expect(await trigger.poll()).toEqual([]);
	}
	expect(short(told)).toEqual(['a problem', 'a recovered', 'a problem']);
	expect(new Set(told.map(({ object, condition }) => `${object.id}${condition}`)).size).toBe(1);
	expect(new Set(told.map(({ transition, occurrence }) => transition + occurrence)).size).toBe(3);
});

it('learns a value also where there is no room for more, and reports its next change', async () => {
	const names: Record<number, string> = { 5: 'five', 4: 'four' };
	const band = {
		name: 'band',
		value: ({ value }: { value?: unknown }) => names[Number(value)],
		message: (_: unknown, was: unknown, is: unknown) => `${String(was)} became ${String(is)}`,
	};
	const trigger = poller([low], { tracked: [band] });
	await trigger.poll();
	things.set('a', 5);
	expect(short(await trigger.poll({ remainingItems: 1 }))).toEqual(['a problem']);
	things.set('a', 4);
	expect(short(await trigger.poll())).toEqual(['five became four']);
});

it('tells the whole of it', async () => {
	const trigger = poller([low]);
	await trigger.poll();
	things.set('a', 9);
	const since = now + 60_000;
	expect(await trigger.poll()).toEqual([
		{
			transition: 'problem',
			severity: 'warning',
			object: { id: 'a', name: 'Thing a', type: 'Thing' },
			condition: 'low',
			occurrence: expect.any(String) as string,
			previous: { problem: false },
			current: { problem: true, since: new Date(since).toISOString(), level: 1, value: 9 },
			message: 'a problem',
			record: { id: 'a', value: 9 },
			details: undefined,
		},
	]);
});

it('does not flap around the threshold', async () => {
	const trigger = poller([low]);
	await trigger.poll();
	const told: string[] = [];
	for (const value of [9.9, 10.1, 9.8, 12, 9.9, 14.9, 15, 14, 10, 9.9]) {
		things.set('a', value);
		told.push(...short(await trigger.poll()));
	}
	expect(told).toEqual(['a problem', 'a recovered', 'a problem']);
});

it('tells each worse degree once', async () => {
	const trigger = poller([low]);
	await trigger.poll();
	const told: string[] = [];
	for (const value of [9, 4, 9, 4, 2, 0, 50]) {
		things.set('a', value);
		told.push(...short(await trigger.poll()));
	}
	expect(told).toEqual(['a problem', 'a worsened', 'a worsened', 'a worsened', 'a recovered']);
});

it('reminds of a problem after so many hours, each time with another id', async () => {
	const trigger = poller([low]);
	await trigger.poll();
	things.set('a', 5);
	const told: Notification[] = [];
	for (let hour = 0; hour < 9; hour++) {
		told.push(...(await trigger.poll({ now: now + hour * HOUR, common: { reminderHours: 4 } })));
	}
	expect(short(told)).toEqual(['a problem', 'a reminder', 'a reminder']);
	expect(new Set(told.map(({ transition, occurrence }) => transition + occurrence)).size).toBe(3);
});

it('does not remind of what the server does not say', async () => {
	const known: Condition = {
		...low,
		level: (record, before, facts) =>
			record.value === -1 ? undefined : low.level(record, before, facts),
	};
	const trigger = poller([known]);
	await trigger.poll();
	const told: string[] = [];
	for (const value of [5, -1, 5, 50]) {
		things.set('a', value);
		now += 5 * HOUR;
		told.push(...short(await trigger.poll({ now, common: { reminderHours: 4 } })));
	}
	expect(told).toEqual(['a problem', 'a reminder', 'a recovered']);
});

describe('what was wrong before the trigger', () => {
	beforeEach(() => things.set('a', 5));

	it('is not told, neither is its end', async () => {
		const trigger = poller([low]);
		expect(await trigger.poll()).toEqual([]);
		things.set('a', 50);
		expect(await trigger.poll()).toEqual([]);
		things.set('a', 5);
		expect(short(await trigger.poll())).toEqual(['a problem']);
	});

	it('is told when it gets worse', async () => {
		const trigger = poller([low]);
		await trigger.poll();
		things.set('a', 1);
		expect(short(await trigger.poll())).toEqual(['a worsened']);
		things.set('a', 50);
		expect(short(await trigger.poll())).toEqual(['a recovered']);
	});

	it('is told where current problems are wanted', async () => {
		const trigger = poller([low]);
		const common = { emitCurrentProblems: true };
		expect(short(await trigger.poll({ common }))).toEqual(['a problem']);
		expect(await trigger.poll({ common })).toEqual([]);
	});
});

it('keeps what was known where a record does not say', async () => {
	const trigger = poller([
		{ ...low, level: ({ value }) => (value === -1 ? undefined : Number(Number(value) < 10)) },
	]);
	await trigger.poll();
	const told: string[] = [];
	for (const value of [5, -1, 5, 50]) {
		things.set('a', value);
		told.push(...short(await trigger.poll()));
	}
	expect(told).toEqual(['a problem', 'a recovered']);
});

it('tells a problem of an object that is new', async () => {
	const trigger = poller([low]);
	await trigger.poll();
	things.set('new', 5);
	expect(short(await trigger.poll())).toEqual(['new problem']);
});

describe('an object that goes', () => {
	it('closes its problem after two polls without it', async () => {
		const trigger = poller([low]);
		await trigger.poll();
		things.set('a', 5);
		await trigger.poll();
		things.list = things.list.filter(({ id }) => id !== 'a');
		expect(await trigger.poll()).toEqual([]);
		expect(short(await trigger.poll())).toEqual([
			'Thing "Thing a" is no longer there: the problem is closed.',
		]);
		expect(await trigger.poll()).toEqual([]);
	});

	it('is not gone when one page missed it', async () => {
		const trigger = poller([low]);
		await trigger.poll();
		things.set('a', 5);
		await trigger.poll();
		const all = things.list;
		things.list = all.filter(({ id }) => id !== 'a');
		await trigger.poll();
		things.list = all;
		expect(await trigger.poll()).toEqual([]);
		things.set('a', 50);
		expect(short(await trigger.poll())).toEqual(['a recovered']);
	});

	it('and one that comes is told where that is wanted', async () => {
		const trigger = poller([], {
			presence: {
				isWanted: () => true,
				message: ({ name }, which) => `${name} was ${which}`,
			},
		});
		await trigger.poll();
		things.set('new', 1);
		expect(short(await trigger.poll())).toEqual(['Thing new was added']);
		things.list = things.list.filter(({ id }) => id !== 'a');
		await trigger.poll();
		expect(short(await trigger.poll())).toEqual(['Thing a was removed']);
	});
});

it('tells values that change as they are', async () => {
	const trigger = poller([], {
		tracked: [
			{
				name: 'value',
				value: ({ value }) => Number(value),
				message: ({ id }, before, after) => `${String(id)}: ${before} → ${after}`,
			},
		],
	});
	await trigger.poll();
	things.set('a', 1);
	const [told] = await trigger.poll();
	expect(told).toMatchObject({
		transition: 'changed',
		previous: { value: 50 },
		current: { value: 1 },
		message: 'a: 50 → 1',
	});
	expect(await trigger.poll()).toEqual([]);
});

describe('more than a poll can do', () => {
	/** 1,000 things in pages of 100. */
	async function* pages(from: number) {
		for (let at = from; at < things.list.length; at += 100) {
			const items = things.list.slice(at, at + 100);
			const next = at + 100 < things.list.length ? at + 100 : undefined;
			yield await Promise.resolve({ items, from: at, next });
		}
	}
	beforeEach(() => {
		things.list = Array.from({ length: 1000 }, (_, index) => ({ id: `t${index}`, value: 50 }));
	});

	it('is told over several polls when there are too many items, each once', async () => {
		const trigger = poller([low], { pages: (_, from) => pages(from) });
		await trigger.poll();
		things.list = things.list.map((thing) => ({ ...thing, value: 5 }));
		const told: string[] = [];
		for (let count = 0; count < 5; count++) {
			const some = short(await trigger.poll({ remainingItems: 270 }));
			expect(some.length).toBeLessThanOrEqual(270);
			told.push(...some);
		}
		expect(told).toEqual(things.list.map(({ id }) => `${id} problem`));
	});

	it('goes on where the time was up, and takes nothing for gone or new', async () => {
		const trigger = poller([low], {
			pages: (_, from) => pages(from),
			presence: { isWanted: () => true, message: ({ name }, which) => `${name} ${which}` },
		});
		for (let count = 0; count < 25; count++)
			expect(await trigger.poll({ late: () => true })).toEqual([]);
		things.set('t999', 5);
		const told: string[] = [];
		// What is read again takes some polls more.
		for (let count = 0; count < 12; count++)
			told.push(...short(await trigger.poll({ late: () => true })));
		expect(told).toEqual(['t999 problem']);
	});
});

it('remembers 10,000 objects, some of them in trouble, in less than 500 KB', async () => {
	things.list = Array.from({ length: 10_000 }, (_, index) => ({
		id: `7c37e4f0-0000-4000-8000-${String(index).padStart(12, '0')}`,
		value: index % 20 === 0 ? 5 : 50,
	}));
	const trigger = poller([low], { keep: () => 'kf3k2a 1ekg0 -3m' });
	await trigger.poll();
	await trigger.poll();
	expect(JSON.stringify(trigger.memory).length).toBeLessThan(500_000);
});

describe('a manual test', () => {
	it('shows what is wrong', async () => {
		things.set('b', 3);
		const event = things.event([low]);
		expect(await event.sample(watchOf({}))).toMatchObject({
			transition: 'problem',
			message: 'b problem',
		});
	});

	it('shows the first object as an example where nothing is wrong', async () => {
		const event = things.event([low]);
		expect(await event.sample(watchOf({}))).toMatchObject({
			transition: 'problem',
			object: { id: 'a' },
			message: 'Example: a problem',
		});
	});

	it('shows nothing where there is nothing', async () => {
		things.list = [];
		expect(await things.event([low], { pages: () => onePage([]) }).sample(watchOf({}))).toBe(
			undefined,
		);
	});
});

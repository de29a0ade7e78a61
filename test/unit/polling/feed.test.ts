/** Records that happen once: nothing lost, nothing twice. */
import type { IDataObject } from 'n8n-workflow';

import { listOf } from '../../../nodes/shared/monitoring/options';
import type { PollContext } from '../../../nodes/shared/monitoring/pollContext';
import { cursorOf, idsOf, Poller, Sessions } from './polling.support';

const at = (minute: number, second = 0) =>
	new Date(Date.UTC(2026, 0, 10, 12, minute, second)).toISOString();

let sessions: Sessions;
beforeEach(() => (sessions = new Sessions()));

it('is silent about what is there when it begins', async () => {
	sessions.end('old', at(0));
	const poller = new Poller(sessions.event());
	expect(await poller.poll()).toEqual([]);
	expect(await poller.poll()).toEqual([]);
});

it('begins with the problems of the last day where that is wanted', async () => {
	sessions.end('long ago', '2026-01-08T00:00:00.000Z');
	sessions.end('yesterday', '2026-01-09T20:00:00.000Z');
	sessions.end('now', at(0));
	const poller = new Poller(sessions.event());
	expect(idsOf(await poller.poll({ common: { emitCurrentProblems: true } }))).toEqual([
		'yesterday',
		'now',
	]);
	expect(await poller.poll()).toEqual([]);
});

it('begins with all of them, no more in one poll than it may give', async () => {
	for (let index = 10; index < 40; index++) sessions.end(`s${index}`, at(index));
	const poller = new Poller(sessions.event());
	const told = idsOf(
		await poller.poll({ remainingItems: 7, common: { emitCurrentProblems: true } }),
	);
	expect(told).toHaveLength(7);
	for (let poll = 0; poll < 5; poll++)
		told.push(...idsOf(await poller.poll({ remainingItems: 7 })));
	expect(told).toEqual(Array.from({ length: 30 }, (_, index) => `s${index + 10}`));
});

it('keeps a current problem of which nothing can be said yet', async () => {
	sessions.end('pending', at(0));
	let isKnown = false;
	const event = sessions.event(async (_, { id }) =>
		isKnown ? [{ object: { id: String(id) } } as never] : undefined,
	);
	const poller = new Poller(event);
	expect(await poller.poll({ common: { emitCurrentProblems: true } })).toEqual([]);
	isKnown = true;
	expect(idsOf(await poller.poll())).toEqual(['pending']);
	expect(await poller.poll()).toEqual([]);
});

describe('late is not lost', () => {
	const day = (number: number, hour = 0) => new Date(Date.UTC(2026, 0, number, hour)).toISOString();
	const now = Date.parse('2026-01-10T12:00:00Z');

	/** So many that a poll does not read a week of them each time. */
	const fill = (from: number, to: number, perDay = 60) => {
		for (let date = from; date <= to; date++)
			for (let index = 0; index < perDay; index++)
				sessions.end(
					`${date}-${index}`,
					new Date(Date.UTC(2026, 0, date, 0, index * 10)).toISOString(),
				);
	};

	it.each([
		['few records', 1],
		['many records', 60],
	])(
		'a run that appears 6 days after its end is emitted once, and no older one (%s)',
		async (_, perDay) => {
			fill(1, 10, perDay);
			let clock = now;
			const poller = new Poller(sessions.event(), () => ({ now: clock, remainingItems: 5 }));
			expect(await poller.poll()).toEqual([]);
			sessions.end('late', day(4, 13));
			sessions.end('too late', day(2));
			const told: string[] = [];
			for (let poll = 0; poll < 200; poll++) {
				clock += 60_000;
				told.push(...idsOf(await poller.poll()));
			}
			expect(told).toEqual(['late']);
		},
	);

	it('a look back of many pages goes on from poll to poll', async () => {
		sessions.pageSize = 20;
		fill(3, 10);
		let clock = now;
		const poller = new Poller(sessions.event(), () => ({ now: clock }));
		await poller.poll();
		let pages = 0;
		sessions.before = () => void pages++;
		sessions.end('late', day(9, 3));
		const told: string[] = [];
		let most = 0;
		for (let poll = 0; poll < 120; poll++) {
			clock += 60_000;
			pages = 0;
			told.push(...idsOf(await poller.poll()));
			most = Math.max(most, pages);
		}
		expect(told).toEqual(['late']);
		expect(most).toBeLessThan(15);
	});
});

it('an overlap that takes longer than a poll does not keep it from what is new', async () => {
	sessions.pageSize = 5;
	for (let index = 0; index < 200; index++)
		sessions.end(`old ${index}`, new Date(Date.UTC(2026, 0, 10, 10, 30, index * 20)).toISOString());
	const poller = new Poller(sessions.event());
	await poller.poll();
	const told: string[] = [];
	for (let minute = 0; minute < 30; minute++) {
		sessions.end(`new ${minute}`, at(minute));
		let pages = 0;
		sessions.before = () => void pages++;
		told.push(...idsOf(await poller.poll({ late: () => pages >= 4 })));
	}
	expect(told.length).toBeGreaterThanOrEqual(25);
	expect(new Set(told).size).toBe(told.length);
});

it('goes on while there is nothing to emit and time is left: silence takes no room', async () => {
	sessions.pageSize = 50;
	sessions.end('old', at(0));
	const quiet = sessions.event(async (_, { id }) =>
		Promise.resolve(String(id).startsWith('bad') ? [{ object: { id: String(id) } } as never] : []),
	);
	const poller = new Poller(quiet);
	await poller.poll();
	for (let index = 0; index < 3000; index++) sessions.end(`good ${index}`, at(1, index / 60));
	sessions.end('bad', at(58));
	expect(idsOf(await poller.poll({ remainingItems: 5 }))).toEqual(['bad']);
});

it('a session whose end time changes later is emitted once', async () => {
	sessions.end('old', at(0));
	const poller = new Poller(sessions.event());
	await poller.poll();
	sessions.end('changed', at(10));
	expect(idsOf(await poller.poll())).toEqual(['changed']);
	// Its end time changes in place, by more than the overlap.
	sessions.end('changed', '2026-01-10T15:00:00.000Z');
	sessions.end('next', '2026-01-10T15:01:00.000Z');
	expect(idsOf(await poller.poll({ now: Date.parse('2026-01-10T16:00:00Z') }))).toEqual(['next']);
});

it('a clock that jumps three hours ahead and back repeats nothing and reopens nothing', async () => {
	let clock = Date.parse('2026-01-10T12:00:00Z');
	const poller = new Poller(sessions.event(), () => ({ now: clock }));
	sessions.end('before', at(0));
	await poller.poll();
	sessions.end('a', at(1));
	expect(idsOf(await poller.poll())).toEqual(['a']);
	clock += 3 * 3_600_000;
	sessions.end('b', '2026-01-10T15:05:00.000Z');
	expect(idsOf(await poller.poll())).toEqual(['b']);
	clock -= 3 * 3_600_000;
	sessions.end('c', at(8));
	const told: string[] = [];
	for (let poll = 0; poll < 5; poll++) told.push(...idsOf(await poller.poll()));
	expect(told).toEqual(['c']);
});

it('a far future time without an offset does not silence the stream', async () => {
	const local = (minute: number) => at(minute).replace('Z', '');
	sessions.end('old', local(0));
	const poller = new Poller(sessions.event());
	await poller.poll();
	sessions.end('odd', '2031-05-05T00:00:00.000');
	expect(idsOf(await poller.poll())).toEqual(['odd']);
	sessions.end('real', local(5));
	expect(idsOf(await poller.poll())).toEqual(['real']);
	expect(await poller.poll()).toEqual([]);
});

it('a baseline without a finished record begins at the time of the server, not with everything', async () => {
	for (let index = 0; index < 300; index++)
		sessions.end(`history ${index}`, new Date(Date.UTC(2025, 11, 1, 0, index)).toISOString());
	const all = sessions.list;
	sessions.list = [];
	sessions.run('running');
	const poller = new Poller(sessions.event());
	await poller.poll();
	sessions.list = all;
	sessions.end('new', at(1));
	expect(idsOf(await poller.poll())).toEqual(['new']);
});

it('tells the first record of a server that had none', async () => {
	const poller = new Poller(sessions.event());
	await poller.poll();
	sessions.end('first', at(0));
	expect(idsOf(await poller.poll())).toEqual(['first']);
	expect(await poller.poll()).toEqual([]);
});

it('tells a session of 30 hours once, when it ends', async () => {
	sessions.end('old', at(0));
	sessions.run('long');
	const poller = new Poller(sessions.event());
	await poller.poll();
	sessions.end('short', at(30));
	expect(idsOf(await poller.poll())).toEqual(['short']);
	sessions.end('long', '2026-01-11T18:00:00.000Z');
	expect(idsOf(await poller.poll())).toEqual(['long']);
	expect(await poller.poll()).toEqual([]);
});

it('tells two that end in the same second, even when one shows up a poll later', async () => {
	sessions.end('old', at(0));
	const poller = new Poller(sessions.event());
	await poller.poll();
	sessions.end('one', at(5, 7));
	expect(idsOf(await poller.poll())).toEqual(['one']);
	sessions.end('other', at(5, 7));
	expect(idsOf(await poller.poll())).toEqual(['other']);
	expect(await poller.poll()).toEqual([]);
});

it('tells a session that ended before the newest one known, but was closed late', async () => {
	sessions.end('old', at(0));
	const poller = new Poller(sessions.event());
	await poller.poll();
	sessions.end('quick', at(40));
	await poller.poll();
	sessions.end('late', at(10));
	expect(idsOf(await poller.poll())).toEqual(['late']);
	expect(await poller.poll()).toEqual([]);
});

it.each([true, false])(
	'tells 1,000 oldest first, each once, over several polls (server sorts: %s)',
	async (oldestFirst) => {
		sessions.oldestFirst = oldestFirst;
		sessions.pageSize = 90;
		sessions.end('old', at(0));
		const poller = new Poller(sessions.event());
		await poller.poll();
		const expected = Array.from({ length: 1000 }, (_, index) => `s${index}`);
		for (const [index, id] of expected.entries()) sessions.end(id, at(1, Math.floor(index / 7)));
		const told: string[][] = [];
		do told.push(idsOf(await poller.poll({ remainingItems: 300 })));
		while (told.at(-1)?.length);
		expect(told.map(({ length }) => length)).toEqual([300, 300, 300, 100, 0]);
		expect(told.flat()).toEqual(expected);
	},
);

it('goes on where a poll ran out of time', async () => {
	sessions.pageSize = 10;
	sessions.end('old', at(0));
	const poller = new Poller(sessions.event());
	await poller.poll();
	for (let index = 10; index < 60; index++) sessions.end(`s${index}`, at(1, index));
	let pages = 0;
	sessions.before = () => void pages++;
	const first = await poller.poll({ late: () => pages >= 2 });
	expect(first.length).toBeGreaterThan(0);
	expect(first.length).toBeLessThan(50);
	sessions.before = () => {};
	const rest = idsOf(await poller.poll());
	expect([...idsOf(first), ...rest]).toEqual(
		Array.from({ length: 50 }, (_, index) => `s${index + 10}`),
	);
});

it.each([1, 3])('catches up after a poll that fails on page %i', async (page) => {
	sessions.pageSize = 10;
	sessions.end('old', at(0));
	const poller = new Poller(sessions.event());
	await poller.poll();
	for (let index = 10; index < 55; index++) sessions.end(`s${index}`, at(1, index));
	sessions.before = (at) => {
		if (at === page) throw new Error('500');
	};
	await expect(poller.poll()).rejects.toThrow('500');
	sessions.before = () => {};
	expect(idsOf(await poller.poll())).toEqual(
		Array.from({ length: 45 }, (_, index) => `s${index + 10}`),
	);
});

it('catches up after what there is to tell could not be read', async () => {
	sessions.end('old', at(0));
	let broken = true;
	const event = sessions.event(async (_, record) => {
		if (broken && record.id === 's2') throw new Error('reset');
		return await Promise.resolve([{ object: { id: String(record.id) } } as never]);
	});
	const poller = new Poller(event);
	await poller.poll();
	for (const id of ['s1', 's2', 's3']) sessions.end(id, at(1));
	await expect(poller.poll()).rejects.toThrow('reset');
	broken = false;
	expect(idsOf(await poller.poll())).toEqual(['s1', 's2', 's3']);
});

it('tells again what was told after the last save, and no more, when n8n was killed', async () => {
	sessions.end('old', at(0));
	const poller = new Poller(sessions.event());
	await poller.poll();
	sessions.end('told', at(1));
	await poller.poll();
	const saved = poller.memory;
	sessions.end('while down', at(2));
	await poller.poll({ remainingItems: 0 });
	poller.back(saved);
	expect(idsOf(await poller.poll())).toEqual(['while down']);
});

/** Settings that let a session in by its name; without any, all. */
const wanted = ({ options }: PollContext, { id }: IDataObject): boolean =>
	options.wanted === undefined || listOf(options.wanted).some((one) => String(id).endsWith(one));

const edit = (optionsBefore: IDataObject, since: string) => ({
	...{ settingsChanged: true as const, optionsBefore, since: Date.parse(since) },
});

describe('an edit of the settings', () => {
	const FEW_AND_MANY: Array<[string, number]> = [
		['few records', 1],
		['many records', 60],
	];
	const fill = (perDay: number) => {
		for (let date = 2; date <= 10; date++)
			for (let index = 0; index < perDay; index++)
				sessions.end(`${date}-${index} old`, day(date, 0, index * 20));
	};
	const day = (date: number, hour: number, minute = 0) =>
		new Date(Date.UTC(2026, 0, date, hour, minute)).toISOString();
	let clock: number;
	beforeEach(() => (clock = Date.parse(day(10, 22))));

	const begun = async (perDay: number) => {
		fill(perDay);
		sessions.end('4 left out', day(4, 1));
		sessions.end('10 left out', day(10, 21));
		const poller = new Poller(sessions.event(undefined, wanted), () => ({ now: clock }));
		const before = { options: { wanted: 'old' } };
		await poller.poll(before);
		await poller.poll(before);
		return poller;
	};
	const polls = async (poller: Poller, count: number, remainingItems = 500) => {
		const told: string[] = [];
		for (let poll = 0; poll < count; poll++) {
			clock += 60_000;
			told.push(...idsOf(await poller.poll({ remainingItems })));
		}
		return told;
	};

	it.each(FEW_AND_MANY)('keeps what becomes visible with it, %s', async (_, perDay) => {
		const poller = await begun(perDay);
		sessions.end('late old', day(6, 5));
		const edited = edit({ wanted: 'old' }, day(10, 22));
		const told = idsOf(await poller.poll({ edited }));
		told.push(...(await polls(poller, 80)));
		expect(told).toEqual(['late old']);
	});

	it.each(FEW_AND_MANY)('keeps what becomes visible after it, %s', async (_, perDay) => {
		const poller = await begun(perDay);
		const edited = edit({ wanted: 'old' }, day(10, 22));
		const told = idsOf(await poller.poll({ edited }));
		told.push(...(await polls(poller, 80)));
		// Longer than what nobody wants to hear of is remembered.
		sessions.end('newer old', day(11, 4));
		clock = Date.parse(day(11, 5));
		told.push(...(await polls(poller, 80)));
		expect(told).toEqual(['newer old']);
		sessions.end('late old', day(6, 5));
		sessions.end('late left out', day(6, 5));
		expect((await polls(poller, 130)).sort()).toEqual(['late left out', 'late old']);
	});

	it('keeps what waits for its turn, also where the server has an empty list for once', async () => {
		const poller = await begun(1);
		for (let index = 0; index < 6; index++) sessions.end(`${index} old`, day(10, 22, index));
		clock += 10 * 60_000;
		const told = idsOf(await poller.poll({ remainingItems: 2, options: { wanted: 'old' } }));
		const all = sessions.list;
		sessions.list = [];
		told.push(...idsOf(await poller.poll({ options: { wanted: 'old' } })));
		sessions.list = all;
		const edited = edit({ wanted: 'old' }, new Date(clock).toISOString());
		told.push(...idsOf(await poller.poll({ edited, remainingItems: 2 })));
		told.push(...(await polls(poller, 10, 2)));
		expect(told).toEqual(Array.from({ length: 6 }, (_, index) => `${index} old`));
	});

	it('a second one before everything was read loses nothing either', async () => {
		sessions.pageSize = 20;
		const poller = await begun(60);
		sessions.end('late old', day(6, 5));
		const told = idsOf(await poller.poll({ edited: edit({ wanted: 'old' }, day(10, 22)) }));
		clock += 60_000;
		told.push(...idsOf(await poller.poll({ edited: edit({}, new Date(clock).toISOString()) })));
		told.push(...(await polls(poller, 200)));
		expect(told).toEqual(['late old']);
	});
});

describe('times without an offset', () => {
	const local = (text: string) => text.replace('Z', '');

	it('are given back to the server without one', async () => {
		sessions.end('old', local(at(0)));
		const poller = new Poller(sessions.event());
		await poller.poll();
		sessions.end('new', local(at(5)));
		expect(idsOf(await poller.poll())).toEqual(['new']);
		expect(sessions.asked.every((after) => !after?.endsWith('Z'))).toBe(true);
	});

	it('an edit of the settings: what they left out before is history, what came late is not', async () => {
		sessions.end('old', local(at(0)));
		const poller = new Poller(sessions.event(undefined, wanted));
		await poller.poll({ options: { wanted: 'old, new' } });
		sessions.end('new', local(at(5)));
		sessions.end('late new', local(at(-30)));
		sessions.end('history', local(at(-30)));
		const edited = edit({ wanted: 'old, new' }, at(2));
		expect(idsOf(await poller.poll({ edited }))).toEqual(['late new', 'new']);
		expect(await poller.poll()).toEqual([]);
	});

	it('go back an hour at the end of daylight saving time, and nothing is lost', async () => {
		sessions.end('old', '2026-10-25T01:30:00.000');
		const poller = new Poller(sessions.event());
		await poller.poll();
		sessions.end('summer', '2026-10-25T02:55:00.000');
		expect(idsOf(await poller.poll())).toEqual(['summer']);
		sessions.end('winter', '2026-10-25T02:05:00.000');
		expect(idsOf(await poller.poll())).toEqual(['winter']);
		sessions.end('later', '2026-10-25T02:57:00.000');
		expect(idsOf(await poller.poll())).toEqual(['later']);
		expect(await poller.poll()).toEqual([]);
	});
});

it.each(['+02:00', '-05:30'])('reads times with the offset %s', async (offset) => {
	sessions.end('old', `2026-01-10T12:00:00${offset}`);
	const poller = new Poller(sessions.event(), () => ({ now: Date.parse('2026-01-11T00:00:00Z') }));
	await poller.poll();
	sessions.end('new', `2026-01-10T12:05:00${offset}`);
	expect(idsOf(await poller.poll())).toEqual(['new']);
	expect(await poller.poll()).toEqual([]);
	expect(cursorOf(poller.memory)).toBe(`2026-01-10T12:05:00${offset}`);
});

it('goes on when the date of the server was wrong for a while', async () => {
	sessions.end('old', at(0));
	const poller = new Poller(sessions.event());
	await poller.poll();
	sessions.end('wrong date', '2031-05-05T00:00:00.000Z');
	expect(idsOf(await poller.poll())).toEqual(['wrong date']);
	sessions.end('right again', at(7));
	expect(idsOf(await poller.poll())).toEqual(['right again']);
	expect(await poller.poll()).toEqual([]);
});

it('leaves out sessions that ended in the year 1900', async () => {
	sessions.end('odd', '1900-01-01T00:00:00.000Z');
	sessions.end('old', at(0));
	const poller = new Poller(sessions.event());
	await poller.poll({ common: { emitCurrentProblems: true } });
	sessions.end('odd too', '1900-01-01T00:00:00.000Z');
	expect(await poller.poll()).toEqual([]);
});

it('forgets what it does not read again: a month of 5,000 sessions a day stays small', async () => {
	sessions.end('old', '2026-01-01T00:00:00.000Z');
	const poller = new Poller(sessions.event(), () => ({ now: Date.parse('2026-02-01T00:00:00Z') }));
	await poller.poll();
	let size = 0;
	for (let day = 1; day <= 30; day++) {
		sessions.list = Array.from({ length: 5000 }, (_, index) => ({
			id: `${day}-${index}`,
			endTime: new Date(Date.UTC(2026, 0, day) + index * 17_000).toISOString(),
			state: 'Stopped',
		}));
		expect(await poller.poll({ remainingItems: 10_000 })).toHaveLength(5000);
		size = Math.max(size, JSON.stringify(poller.memory).length);
	}
	expect(size).toBeLessThan(300_000);
});

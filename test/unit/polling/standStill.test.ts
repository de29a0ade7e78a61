/** A trigger that comes no further, and a poll that hangs, say so. Driven by the node itself. */
import type { IDataObject } from 'n8n-workflow';

import { Clock, MINUTE } from '../../campaign/clock';
import { Host } from '../../campaign/host';
import { credentialOf, triggerOf } from '../../campaign/nodes';
import { CALM, Wire } from '../../campaign/wire';

let clock: Clock;
beforeEach(() => {
	clock = new Clock(Date.parse('2026-03-02T07:00:00Z'));
});
afterEach(() => clock.restore());

const TRIGGERED = '2026-03-02T06:00:00Z';

const alarm = (number: number) => ({
	...{ instanceUid: `alarm-${number}`, alarmTemplateUid: 'tpl', repeatCount: 1 },
	object: { instanceUid: `job-${number}`, objectName: `Job ${number}`, type: 'BackupServerJob' },
	lastActivation: { status: 'Error', time: TRIGGERED, message: '' },
});

async function alarms(list: () => IDataObject[]) {
	const wire = new Wire(clock, 'vspc', '3.6.1', ({ path }) => ({
		list: path === '/alarms/active' ? list() : [],
	}));
	const host = new Host({
		node: await triggerOf('vspc'),
		clock,
		wire,
		keeping: 'memory',
		parameters: { events: ['alarm'], options: {} },
		credential: credentialOf('vspc', '3.6.1'),
	});
	const poll = async () => {
		clock.now += MINUTE;
		const { items, error } = await host.poll(CALM);
		if (error) throw error;
		return items.map(({ transition, condition, message }) =>
			[transition, condition, message].map(String).join(' '),
		);
	};
	return { wire, poll };
}

it('a feed that comes no further in three polls says so once, and once when it does again', async () => {
	const all = Array.from({ length: 12 }, (_, index) => alarm(index));
	const { wire, poll } = await alarms(() => all);
	await poll();
	expect(await poll()).toEqual([]);
	// Two rows a page, each of which takes as long as a poll may go on.
	wire.pageSize = 2;
	wire.latency = 34_000;
	expect([await poll(), await poll()]).toEqual([[], []]);
	expect(await poll()).toEqual([
		expect.stringMatching(
			/^problem unreadable "Alarm" cannot be watched: Reading .* 3 polls in a row/,
		),
	]);
	expect([await poll(), await poll(), await poll()]).toEqual([[], [], []]);
	wire.latency = 10;
	expect(await poll()).toEqual(['recovered unreadable "Alarm" is watched again.']);
	expect(await poll()).toEqual([]);
});

it('a list that is shorter than the server says is told about after three polls, once, and once when it is whole', async () => {
	const all = [alarm(0)];
	const { wire, poll } = await alarms(() => all);
	await poll();
	wire.overcount = 37;
	expect([await poll(), await poll()]).toEqual([[], []]);
	expect(await poll()).toEqual([
		'problem unreadable "Alarm" is watched in part: The server says that there are 38 items, and gives 1, 3 polls in a row. What it keeps back is not watched. The account of the credential may not see all of it, or the server or a proxy in between counts or cuts wrongly.',
	]);
	// What it gives is watched all the same.
	all.push(alarm(1));
	const [news, ...others] = await poll();
	expect(news).toMatch(/^problem alarm /);
	expect(others).toEqual([]);
	expect(await poll()).toEqual([]);
	wire.overcount = 0;
	expect(await poll()).toEqual(['recovered unreadable "Alarm" is watched again.']);
	expect(await poll()).toEqual([]);
});

it('a count that is wrong now and then says nothing', async () => {
	const { wire, poll } = await alarms(() => [alarm(0)]);
	await poll();
	for (const overcount of [1, 1, 0, 5, 5, 0, 1e12, 0]) {
		wire.overcount = overcount;
		expect(await poll()).toEqual([]);
	}
});

it('a feed that goes on, however slowly, says nothing', async () => {
	let count = 3;
	const { poll } = await alarms(() => Array.from({ length: count }, (_, index) => alarm(index)));
	await poll();
	for (let polls = 0; polls < 6; polls++) {
		count++;
		const [first, ...others] = await poll();
		expect(first).toMatch(/^problem alarm /);
		expect(others).toEqual([]);
	}
});

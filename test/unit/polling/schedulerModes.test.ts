/** n8n's three ways of keeping a trigger's memory, one after the other. Driven by the node itself. */
import type { IDataObject } from 'n8n-workflow';

import { Clock, iso, MINUTE } from '../../campaign/clock';
import { Host, type Keeping } from '../../campaign/host';
import { credentialOf, triggerOf } from '../../campaign/nodes';
import { CALM, Wire, type Trouble } from '../../campaign/wire';

let clock: Clock;
beforeEach(() => {
	clock = new Clock(Date.parse('2026-03-02T07:00:00Z'));
});
afterEach(() => clock.restore());

const MODES: Keeping[] = ['memory', 'scheduler', 'durable'];

/** Alarms of a console, and whether the server can be reached. */
function watch(keeping: Keeping, events: string[], options: IDataObject = {}) {
	const active: IDataObject[] = [];
	const wire = new Wire(clock, 'vspc', '3.6.1', ({ path }) => ({
		list: path === '/alarms/active' ? active : [],
	}));
	const credential = credentialOf('vspc', '3.6.1');
	const host = new Host({
		node: triggerOf('vspc'),
		clock,
		wire,
		keeping,
		parameters: { events, ...options, options: {} },
		credential,
	});
	const raise = (number: number) =>
		active.push({
			...{ instanceUid: `alarm-${number}`, alarmTemplateUid: 'tpl', repeatCount: 1 },
			object: {
				instanceUid: `job-${number}`,
				objectName: `Job ${number}`,
				type: 'BackupServerJob',
			},
			lastActivation: { status: 'Error', time: iso(clock.now), message: '' },
		});
	const said = async (polling: () => ReturnType<Host['poll']>) => {
		clock.now += MINUTE;
		const { items, error } = await polling();
		return error
			? [`error: ${error.message}`]
			: items.map(({ transition, condition }) => `${String(transition)} ${String(condition)}`);
	};
	const poll = async (trouble: Trouble = CALM) => await said(async () => await host.poll(trouble));
	const activate = async (trouble: Trouble = CALM) =>
		await said(async () => await host.activate(trouble));
	const polls = async (times: number, trouble?: Trouble) => {
		const all: string[][] = [];
		for (let count = 0; count < times; count++) all.push(await poll(trouble));
		return all;
	};
	return { active, credential, raise, poll, polls, activate, host, wire };
}

const status = (code: number): Trouble => ({
	...CALM,
	kind: 'status',
	at: 1,
	lasts: true,
	status: code,
});
const broken: Trouble = { ...CALM, kind: 'network', at: 1, lasts: true };

describe.each(MODES)('With the memory kept as in mode "%s"', (keeping) => {
	it('what happens between the activation and the next poll is reported', async () => {
		const { raise, poll, activate } = watch(keeping, ['alarm']);
		raise(1);
		expect(await activate()).toEqual([]);
		raise(2);
		expect(await poll()).toEqual(['problem alarm']);
		expect(await poll()).toEqual([]);
	});

	it('that holds too where the server stumbles at the polls in between', async () => {
		const { raise, poll, polls, activate } = watch(keeping, ['alarm']);
		expect(await activate()).toEqual([]);
		raise(1);
		expect(await polls(2, broken)).toEqual([[], []]);
		expect(await poll()).toEqual(['problem alarm']);
	});

	it('polls without an answer are counted: one item after three, one when there is one again', async () => {
		const { poll, polls, activate } = watch(keeping, ['alarm', 'serverReachability'], {
			serverReachabilityOptions: { polls: 3 },
		});
		await activate();
		const many = await polls(8, broken);
		expect(many.flat()).toEqual(['problem unreachable']);
		expect(many.findIndex(({ length }) => length > 0)).toBe(2);
		expect(await poll()).toEqual(['recovered unreachable']);
		expect(await poll()).toEqual([]);
	});

	it('what is no longer there is closed at the second look, once', async () => {
		const { active, raise, poll, polls, activate } = watch(keeping, ['alarm']);
		await activate();
		raise(1);
		expect(await poll()).toEqual(['problem alarm']);
		active.length = 0;
		expect(await polls(3)).toEqual([[], ['recovered alarm'], []]);
	});

	it('a server that answers 500 for 100 minutes is one item, and an error an hour later', async () => {
		const { polls, activate } = watch(keeping, ['alarm']);
		await activate();
		expect((await polls(100, status(500))).flat()).toEqual([
			'problem unreadable',
			'error: The server failed (HTTP 500).',
		]);
	});

	it('a refused login is tried a few times an hour, and at once with a corrected credential', async () => {
		const { credential, raise, poll, polls, activate, wire } = watch(keeping, ['alarm']);
		await activate();
		let asked = 0;
		const errors: string[] = [];
		for (let count = 0; count < 60; count++) {
			errors.push(...(await poll(status(401))));
			if (wire.sent > 0) asked++;
		}
		// At once, after a minute, after 5, and every 15.
		expect(errors.length).toBeGreaterThan(3);
		expect(errors.length).toBeLessThanOrEqual(6);
		expect(asked).toBe(errors.length);
		raise(1);
		expect(await poll()).toEqual([]);
		credential.apiKey = 'another';
		expect(await poll()).toEqual(['problem alarm']);
		expect(await polls(2)).toEqual([[], []]);
	});

	it('a trigger that never worked raises its error at each activation', async () => {
		const { activate, host } = watch(keeping, ['alarm']);
		for (let count = 0; count < 4; count++) {
			host.publish();
			expect(await activate(status(401))).toEqual([expect.stringMatching(/^error: /)]);
		}
	});
});

describe.each(['scheduler', 'durable'] as const)('In mode "%s"', (keeping) => {
	it('a poll that begins before n8n has saved the last one gives nothing twice, and gives again what was never saved', async () => {
		const { raise, poll, activate, host } = watch(keeping, ['alarm']);
		await activate();
		await poll();
		raise(1);
		expect((await host.poll(CALM, true)).items).toHaveLength(1);
		clock.now += 1_000;
		expect((await host.poll(CALM)).items).toEqual([]);
		expect(await poll()).toEqual(['problem alarm']);
		expect(await poll()).toEqual([]);
	});
});

/**
 * Polls that hang: the next one takes over, and what a hung one finds when it wakes up changes nothing. The
 * server is the campaign's.
 */
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { Clock, iso, MINUTE } from '../../campaign/clock';
import { Host } from '../../campaign/host';
import { credentialOf, triggerOf } from '../../campaign/nodes';
import { CALM, Wire } from '../../campaign/wire';

const NOW = Date.parse('2026-03-02T07:00:00Z');

let clock: Clock;
beforeEach(() => (clock = new Clock(NOW)));
afterEach(() => clock.restore());

function setup() {
	const ended: string[] = [];
	const offline: string[] = [];
	/** Requests from this one on wait until it is released. */
	let gate: { isOpen: boolean; open: () => void; opened: Promise<void> } | undefined;
	const wire = new Wire(clock, 'vbr', '1.3-rev2', ({ path }) => {
		if (path === '/api/v1/sessions')
			return {
				list: ended.map((id) => ({
					...{ id, jobId: id, name: id, sessionType: 'BackupJob', state: 'Stopped' },
					...{ creationTime: iso(NOW), endTime: iso(NOW + MINUTE) },
					result: { result: 'Failed', message: '', isCanceled: false },
				})),
			};
		return {
			list: ['r'].map((id) => ({
				id,
				name: id,
				type: 'WinLocal',
				isOnline: !offline.includes(id),
			})),
		};
	});
	const answer = wire.request.bind(wire);
	wire.request = async (options: IHttpRequestOptions) => {
		if (gate) await gate.opened;
		return await answer(options);
	};
	const host = new Host({
		...{ node: triggerOf('vbr'), clock, wire, keeping: 'memory' },
		parameters: {
			events: ['sessionFinished', 'repositoryStateChanged'],
			repositoryConditions: ['offline'],
			sessionFinishedOptions: { includeReasons: false, onlyAfterLastRetry: false },
			options: {},
		},
		credential: credentialOf('vbr', '1.3-rev2'),
	});
	const said = ({ items, error }: { items: IDataObject[]; error?: Error }) => {
		expect(error).toBeUndefined();
		return items.map(
			({ transition, object }) => `${String(transition)} ${String((object as IDataObject).id)}`,
		);
	};
	const poll = async () => {
		clock.now += MINUTE;
		return said(await host.poll(CALM));
	};
	/** A poll whose requests wait, after it has begun. */
	const hang = async () => {
		let open = () => {};
		const opened = new Promise<void>((resolve) => (open = resolve));
		gate = { isOpen: false, open, opened };
		clock.now += MINUTE;
		const running = host.poll(CALM);
		for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
		gate = undefined;
		return async () => {
			open();
			return said(await running);
		};
	};
	return { ended, offline, host, poll, hang };
}

it('a poll that is under way keeps the next one from asking; what it finds counts', async () => {
	const { ended, host, poll, hang } = setup();
	await host.activate(CALM);
	const first = await hang();
	ended.push('a');
	clock.now -= 50_000;
	expect(await poll()).toEqual([]);
	expect(await first()).toEqual(['problem a']);
	expect(await poll()).toEqual([]);
});

it.each(['first', 'second'])(
	'two that hang are passed over, the %s wakes up first',
	async (which) => {
		const { ended, offline, host, poll, hang } = setup();
		await host.activate(CALM);
		const first = await hang();
		const second = await hang();
		ended.push('a');
		offline.push('r');
		// Both have hung for longer than any poll may: the third one takes over.
		expect(await poll()).toEqual(['problem a', 'problem r']);
		const woken = which === 'first' ? [first, second] : [second, first];
		for (const wake of woken) expect(await wake()).toEqual([]);
		expect(await poll()).toEqual([]);
		offline.pop();
		ended.push('b');
		expect(await poll()).toEqual(['problem b', 'recovered r']);
		// What n8n has saved is what the polls said that counted.
		host.boot();
		expect(await poll()).toEqual([]);
	},
);

it('one that wakes up while another asks does not take its place', async () => {
	const { ended, offline, host, poll, hang } = setup();
	await host.activate(CALM);
	const first = await hang();
	const second = await hang();
	ended.push('a');
	expect(await first()).toEqual([]);
	// The second one is still under way: it counts, and is the only one.
	offline.push('r');
	expect(await second()).toEqual(['problem a', 'problem r']);
	expect(await poll()).toEqual([]);
});

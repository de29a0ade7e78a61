/** The option After a Pause, and a memory that cannot go on. Driven by the nodes themselves. */
import type { IDataObject } from 'n8n-workflow';

import { Clock, DAY, HOUR, iso, MINUTE } from '../../campaign/clock';
import { Host } from '../../campaign/host';
import { credentialOf, triggerOf } from '../../campaign/nodes';
import { CALM, Wire, type Trouble } from '../../campaign/wire';

interface Session {
	id: string;
	job: string;
	end: number;
	result: 'Success' | 'Failed';
}

let clock: Clock;
let sessions: Session[];
let repositories: Record<string, boolean>;
let jobs: string[];
let requests: Array<{ id: string; state: string; at: number }>;
beforeEach(() => {
	clock = new Clock(Date.parse('2026-03-02T07:00:00Z'));
	sessions = [];
	repositories = { main: true, other: true };
	jobs = ['a', 'b'];
	requests = [];
});
afterEach(() => clock.restore());

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

function end(job: string, result: Session['result'], ago = 0): void {
	sessions.push({ id: uuid(sessions.length + 1), job, end: clock.now - ago, result });
}

async function trigger(options: IDataObject, more: IDataObject = {}) {
	const wire = new Wire(clock, 'vbr', '1.3-rev2', ({ path, query }) => {
		if (path === '/api/v1/sessions')
			return {
				list: sessions
					.filter((one) => one.end >= (Date.parse(query.endedAfterFilter ?? '') || 0))
					.filter(
						({ result }) => !query.resultFilter || query.resultFilter.split(',').includes(result),
					)
					.sort((a, b) => (query.orderAsc === 'true' ? 1 : -1) * (a.end - b.end))
					.map((one) => ({
						...{ id: one.id, jobId: one.job, name: one.job, sessionType: 'BackupJob' },
						...{ state: 'Stopped', creationTime: iso(one.end - HOUR), endTime: iso(one.end) },
						result: { result: one.result, message: '', isCanceled: false },
					})),
			};
		if (path === '/api/v1/jobs/states')
			return { list: jobs.map((id) => ({ id, name: `Job ${id}`, status: 'inactive' })) };
		if (path === '/api/v1/authorization/events')
			return {
				list: requests.map(({ id, state, at }) => ({
					...{ id, name: `Delete ${id}`, state, creationTime: iso(at), createdBy: 'me' },
				})),
			};
		return path.endsWith('/repositories/states')
			? {
					list: Object.entries(repositories).map(([id, isOnline]) => ({
						...{ id, name: id, type: 'WinLocal', capacityGB: 100, freeGB: 50, isOnline },
					})),
				}
			: undefined;
	});
	const host = new Host({
		node: await triggerOf('vbr'),
		clock,
		wire,
		keeping: 'memory',
		parameters: {
			events: ['sessionFinished', 'repositoryStateChanged', 'jobStateChanged'],
			repositoryConditions: ['offline'],
			jobStateChangedChanges: ['added', 'isEnabled', 'lastResult', 'removed'],
			sessionFinishedResults: ['Failed'],
			authorizationEventStates: ['Approved', 'Pending'],
			sessionFinishedOptions: { includeReasons: false, onlyAfterLastRetry: false },
			options,
			...more,
		},
		credential: credentialOf('vbr', '1.3-rev2'),
	});
	const poll = async (trouble: Trouble = CALM) => {
		const { items, error } = await host.poll(trouble);
		if (error) throw error;
		return items.map(({ transition, condition, object }) =>
			[transition, condition, (object as IDataObject).name].map(String).join(' '),
		);
	};
	return { host, wire, poll, pollWhole: async () => (await host.poll(CALM)).items };
}

const PAUSED = 'changed beganAnew server.example:9419';

/** Something is open when the pause begins, and everything happens in it. */
async function paused(options: IDataObject, restarts = false, more: IDataObject = {}) {
	end('old', 'Success', 3 * HOUR);
	const all = await trigger(options, more);
	await all.host.activate(CALM);
	clock.now += MINUTE;
	end('a', 'Failed');
	repositories.main = false;
	clock.now += MINUTE;
	await all.poll();
	const at = clock.now;
	for (let day = 1; day <= 3; day++) {
		clock.now = at + day * DAY;
		end('b', 'Failed', 2 * HOUR);
		end('c', 'Failed', HOUR);
	}
	repositories.main = true;
	repositories.other = false;
	jobs = ['b', 'new'];
	if (restarts) all.host.boot();
	return all;
}

it.each([{}, { afterPause: 'report' }])('reports what happened meanwhile: %j', async (options) => {
	const { poll } = await paused(options);
	const items = await poll();
	expect(items.filter((one) => /problem|repeated/.test(one))).toHaveLength(7);
	expect(items).toContain('recovered offline main');
	expect(items).toContain('added presence Job new');
	expect(items).not.toContain(PAUSED);
});

describe.each([
	['the workflow was not active', false],
	['n8n was down', true],
])('starts fresh: %s', (_, restarts) => {
	it('closes what is open, says what it passes over, and goes on', async () => {
		const { poll, pollWhole } = await paused({ afterPause: 'beginAnew' }, restarts);
		const [notice, ...others] = await pollWhole();
		expect(notice).toMatchObject({
			...{ event: 'beganAnew', transition: 'changed', severity: 'warning', condition: 'beganAnew' },
			previous: { polledAt: expect.stringMatching(/^2026-03-02T07:02:00/) as string },
			current: {
				openProblems: 2,
				since: expect.stringMatching(/^2026-03-05T07:02:00/) as string,
			},
		});
		expect(String(notice?.message)).toMatch(/not polled for 3 days.*Session Finished, Repository/s);
		expect(others.map((item) => `${String(item.transition)} ${String(item.condition)}`)).toEqual([
			'recovered offline',
		]);
		clock.now += MINUTE;
		expect(await poll()).toEqual([]);
		// What comes later is news, and what was open is closed by the job's next run.
		end('a', 'Success');
		end('b', 'Failed');
		repositories.other = true;
		jobs = ['new'];
		clock.now += MINUTE;
		expect(await poll()).toEqual(['recovered failed a', 'problem failed b']);
		clock.now += MINUTE;
		expect(await poll()).toEqual(['removed presence Job b']);
	});
});

it('the notice has the same eventId when the poll is run again', async () => {
	const { host, pollWhole } = await paused({ afterPause: 'beginAnew' }, true);
	const { items } = await host.poll(CALM, true);
	host.boot();
	clock.now += MINUTE;
	const [again] = await pollWhole();
	expect(again?.event).toBe('beganAnew');
	expect(again?.eventId).toBe(items[0]?.eventId);
});

it('with Emit Current Problems it reports what is wrong now', async () => {
	const { poll } = await paused({ afterPause: 'beginAnew', emitCurrentProblems: true });
	expect(await poll()).toEqual([
		PAUSED,
		'problem failed b',
		'problem failed c',
		'recovered offline main',
		'problem offline other',
	]);
});

it('a poll that fails in the pause’s first minute does not turn the pause into news', async () => {
	const { poll, host, wire } = await paused({ afterPause: 'beginAnew' });
	const away: Trouble = { kind: 'status', at: 1, lasts: true, status: 503 };
	const { items } = await host.poll(away);
	expect(items.map(({ event }) => event)).toEqual(['beganAnew']);
	clock.now += MINUTE;
	expect(wire.wasHit).toBe(true);
	expect(await poll()).toEqual(['recovered offline main']);
});

it.each([
	['a night without n8n', 23 * HOUR, undefined, false],
	['a day and more', 25 * HOUR, undefined, true],
	['polled once a week', 7 * DAY, { mode: 'everyWeek', hour: 7, minute: 0, weekday: 1 }, false],
	['a week left out', 14 * DAY, { mode: 'everyWeek', hour: 7, minute: 0, weekday: 1 }, true],
	['polled once a day', 25 * HOUR, { mode: 'everyDay', hour: 7, minute: 0 }, false],
	['on working days', 70 * HOUR, { mode: 'custom', cronExpression: '*/5 8-18 * * 1-5' }, false],
	['once a month', 31 * DAY, { mode: 'custom', cronExpression: '0 0 7 1 * *' }, false],
])('what is a pause: %s', async (_, span, item, isPause) => {
	const pollTimes = item ? { pollTimes: { item: [item] } } : {};
	const { host, poll } = await trigger({ afterPause: 'beginAnew' }, pollTimes);
	await host.activate(CALM);
	clock.now += span;
	expect(await poll()).toEqual(isPause ? [PAUSED] : []);
});

it('a server that was away for days is no pause', async () => {
	const { host, poll } = await trigger({ afterPause: 'beginAnew' });
	await host.activate(CALM);
	clock.now += HOUR;
	end('a', 'Failed');
	for (let hours = 0; hours < 60; hours += 4) {
		clock.now += 4 * HOUR;
		await host.poll({ kind: 'status', at: 1, lasts: true, status: 503 });
	}
	clock.now += HOUR;
	expect(await poll()).toEqual(['problem failed a']);
});

it('what a four-eyes request came to in the pause is said where it was reported before', async () => {
	const more = { events: ['authorizationEvent'] };
	const { host, poll } = await trigger({ afterPause: 'beginAnew' }, more);
	await host.activate(CALM);
	requests = [{ id: uuid(1), state: 'Pending', at: clock.now }];
	clock.now += MINUTE;
	expect(await poll()).toEqual([`problem pending Delete ${uuid(1)}`]);
	const made = { id: uuid(2), state: 'Approved', at: clock.now + DAY };
	requests = [{ id: uuid(1), state: 'Approved', at: clock.now - MINUTE }, made];
	clock.now += 3 * DAY;
	expect(await poll()).toEqual([PAUSED, `recovered pending Delete ${uuid(1)}`]);
	clock.now += MINUTE;
	expect(await poll()).toEqual([]);
});

it('Service Provider Console: alarms and jobs that are open are closed, what is new is known', async () => {
	const runs: Record<string, { end: number; status: string }> = {};
	let alarms: string[] = [];
	/** When each was triggered. */
	const triggered: Record<string, number> = {};
	const wire = new Wire(clock, 'vspc', '3.6.1', ({ path }) => {
		if (path === '/alarms/active')
			return {
				list: alarms.map((id) => ({
					...{ instanceUid: id, alarmTemplateUid: 'tpl', repeatCount: 1 },
					object: { instanceUid: id, objectName: id, type: 'BackupServerJob' },
					lastActivation: {
						...{ status: 'Error', message: '' },
						time: iso((triggered[id] ??= clock.now)),
					},
				})),
			};
		if (path !== '/infrastructure/backupServers/jobs') return { list: [] };
		return {
			list: Object.entries(runs).map(([id, { end: at, status }]) => ({
				...{ instanceUid: id, name: id, status, lastRun: iso(at), lastEndTime: iso(at) },
			})),
		};
	});
	const host = new Host({
		...{ node: await triggerOf('vspc'), clock, wire, keeping: 'memory' },
		parameters: {
			events: ['jobFinished', 'alarm'],
			jobFinishedResults: ['Failed'],
			jobFinishedKinds: ['server'],
			options: { afterPause: 'beginAnew' },
		},
		credential: credentialOf('vspc', '3.6.1'),
	});
	const poll = async () => {
		clock.now += MINUTE;
		return (await host.poll(CALM)).items.map(({ transition, object }) =>
			[transition, (object as IDataObject).name].map(String).join(' '),
		);
	};
	const run = (id: string, status: string) => (runs[id] = { end: clock.now, status });
	for (const id of ['a', 'b', 'c']) run(id, 'Success');
	await host.activate(CALM);
	clock.now += MINUTE;
	run('a', 'Failed');
	alarms = ['x', 'y'];
	expect(await poll()).toEqual(['problem a', 'problem x', 'problem y']);
	clock.now += 3 * DAY;
	run('b', 'Failed');
	alarms = ['y', 'z'];
	expect(await poll()).toEqual(['changed server.example:1280']);
	run('a', 'Success');
	run('c', 'Failed');
	alarms = ['y', 'z', 'new'];
	expect(await poll()).toEqual(['recovered a', 'problem c', 'problem new', 'recovered x']);
	run('b', 'Success');
	alarms = ['z', 'new'];
	await poll();
	expect(await poll()).toEqual(['recovered y']);
});

describe('a memory that cannot go on', () => {
	it.each([
		['another format', { format: 2, server: 'server.example:9419', events: {} }, /format 2/],
		['no format', { something: 'else' }, /format unknown/],
		['another server', { format: 3, server: 'old.example:9419', events: {} }, /old\.example:9419/],
	])('%s: starts fresh, and says so once', async (_, memory, words) => {
		const { host, poll, pollWhole } = await trigger({});
		end('a', 'Failed', HOUR);
		host.remember({ veeam: memory });
		const [notice, ...others] = await pollWhole();
		expect(notice).toMatchObject({ event: 'beganAnew', transition: 'changed' });
		expect(String(notice?.message)).toMatch(words);
		expect(others).toEqual([]);
		clock.now += MINUTE;
		expect(await poll()).toEqual([]);
	});

	it('a first poll says nothing', async () => {
		const { poll } = await trigger({});
		expect(await poll()).toEqual([]);
	});
});

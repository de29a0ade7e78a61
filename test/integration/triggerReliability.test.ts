/** What must hold whatever goes wrong: nothing lost, nothing twice, and no noise. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { VeeamBackupReplicationTrigger } from '../../nodes/VeeamBackupReplication/VeeamBackupReplicationTrigger.node';
import { startSimulator, type Simulator } from '../../simulator';
import { ActiveTrigger } from '../support/pollNode';
import { connectTo } from './backupReplication.support';

jest.setTimeout(180_000);

let simulator: Simulator;
beforeEach(async () => (simulator = await startSimulator()));
afterEach(async () => {
	jest.restoreAllMocks();
	await simulator.close();
});

const SESSIONS = '/api/v1/sessions';
const REPOSITORIES = '/api/v1/backupInfrastructure/repositories/states';
const BOTH = ['sessionFinished', 'repositoryStateChanged'];

const triggerOn = (
	parameters: INodeParameters,
	credential: Record<string, string> = {},
	more: { budget?: number; name?: string } = {},
) =>
	new ActiveTrigger({
		node: new VeeamBackupReplicationTrigger(),
		credentials: connectTo(simulator.url, credential),
		parameters,
		...more,
	});

const fail = async (job = 'Backup - Exchange') =>
	String((await simulator.control.runJob(job, { result: 'Failed', atOnce: true })).id);

const repository = async (isOnline: boolean) =>
	await simulator.control.repository('Main Repository', { isOnline });

const sessionIds = (items: IDataObject[]) =>
	items.map(({ record, event }) =>
		event === 'sessionFinished' ? (record as IDataObject).id : event,
	);

const messages = (items: IDataObject[]) => items.map(({ message }) => message);

/** No requests for reasons; and what the jobs write fills no repository. */
const quick = {
	sessionFinishedOptions: { includeReasons: false, onlyAfterLastRetry: false },
	repositoryConditions: ['offline'],
};

describe('n8n is killed', () => {
	it('while sessions end and a repository falls: nothing is lost and nothing told twice', async () => {
		const trigger = triggerOn({ events: BOTH, ...quick });
		await trigger.activate();
		const before = await fail();
		expect(sessionIds(await trigger.poll())).toEqual([before]);
		// Seen, not saved: nothing was told.
		await trigger.poll();
		const during = [await fail(), await fail('Backup - File Servers')];
		await repository(false);
		const after = await trigger.restart();
		expect(sessionIds(after)).toEqual([...during, 'repositoryStateChanged']);
		expect(await trigger.restart()).toEqual([]);
		expect(await trigger.poll()).toEqual([]);
	});
});

describe('a poll that fails half-way', () => {
	it.each([
		['the server breaks', { kind: 'status', status: 500, body: {} }],
		['the connection is reset', { kind: 'reset' }],
		['a web page comes back', { kind: 'html' }],
		['half an answer comes back', { kind: 'broken' }],
	] as const)('because %s: the next one catches up', async (_, action) => {
		const trigger = triggerOn({ events: BOTH, ...quick });
		await trigger.activate();
		const expected: string[] = [];
		for (let index = 0; index < 5; index++) expected.push(await fail());
		await repository(false);
		await simulator.control.fault({ path: REPOSITORIES, times: 2, action });
		await simulator.control.fault({ path: SESSIONS, times: 2, action });
		const told = [...(await trigger.poll()), ...(await trigger.poll()), ...(await trigger.poll())];
		expect(sessionIds(told).sort()).toEqual([...expected, 'repositoryStateChanged'].sort());
		expect(await trigger.poll()).toEqual([]);
	});

	it('because the server breaks on page 3: the next one catches up', async () => {
		const trigger = triggerOn({
			events: ['sessionFinished'],
			...quick,
			options: { maxItems: 5000 },
		});
		await trigger.activate();
		const expected: string[] = [];
		for (let index = 0; index < 2100; index++) expected.push(await fail());
		await simulator.control.fault({
			path: SESSIONS,
			after: 2,
			action: { kind: 'status', status: 500, body: { message: 'Broken' } },
		});
		expect(await trigger.poll()).toEqual([]);
		expect(sessionIds(await trigger.poll()).sort()).toEqual(expected.sort());
		expect(await trigger.poll()).toEqual([]);
	});

	it('because the token has expired: it is renewed in the same poll', async () => {
		const trigger = triggerOn({ events: ['sessionFinished'], ...quick });
		await trigger.activate();
		const id = await fail();
		await simulator.control.expireTokens(true);
		expect(sessionIds(await trigger.poll())).toEqual([id]);
	});

	it('because a page hangs: it ends in time, and the next one catches up', async () => {
		const trigger = triggerOn({ events: ['sessionFinished'], ...quick }, {}, { budget: 8000 });
		await trigger.activate();
		const id = await fail();
		await simulator.control.fault({ path: SESSIONS, times: 2, action: { kind: 'hang' } });
		expect(await trigger.poll()).toEqual([]);
		expect(sessionIds(await trigger.poll())).toEqual([id]);
	});
});

describe('1,000 sessions that end between two polls', () => {
	it('are told once each, oldest first, in as many polls as the cap says', async () => {
		const trigger = triggerOn({
			events: ['sessionFinished'],
			...quick,
			options: { maxItems: 400 },
		});
		await trigger.activate();
		const expected: string[] = [];
		for (let index = 0; index < 1000; index++) expected.push(await fail());
		const polls: IDataObject[][] = [];
		do polls.push(await trigger.poll());
		while (polls.at(-1)?.length);
		expect(polls.map(({ length }) => length)).toEqual([400, 400, 200, 0]);
		const told = polls.flat();
		expect([...sessionIds(told)].sort()).toEqual([...expected].sort());
		const times = told.map(({ occurredAt }) => Date.parse(String(occurredAt)));
		expect(times).toEqual([...times].sort((a, b) => a - b));
		expect(new Set(told.map(({ eventId }) => eventId)).size).toBe(1000);
		expect(trigger.stateSize).toBeLessThan(100_000);
	});
});

it.each([3600, -3600])('a server whose clock is %i seconds off loses nothing', async (seconds) => {
	await simulator.control.advance(seconds);
	const trigger = triggerOn({ events: ['sessionFinished'], ...quick });
	expect(await trigger.activate()).toEqual([]);
	const id = await fail();
	expect(sessionIds(await trigger.poll())).toEqual([id]);
	expect(await trigger.poll()).toEqual([]);
});

it('a job that runs for 30 hours is told once, when it ends', async () => {
	const trigger = triggerOn({ events: ['sessionFinished'], ...quick });
	await trigger.activate();
	await simulator.control.settings({ sessionSeconds: 30 * 3600 });
	const { id } = await simulator.control.runJob('Backup - Exchange', { result: 'Failed' });
	await simulator.control.advance(29 * 3600);
	const short = await fail('Backup - File Servers');
	expect(sessionIds(await trigger.poll())).toEqual([short]);
	await simulator.control.advance(2 * 3600);
	expect(sessionIds(await trigger.poll())).toEqual([id]);
	expect(await trigger.poll()).toEqual([]);
});

describe('changed settings', () => {
	it('lose nothing of what stays picked, and start fresh with what is added', async () => {
		const trigger = triggerOn({ events: BOTH, ...quick });
		await trigger.activate();
		await fail();
		await repository(false);
		const items = await trigger.change({ repositoryConditions: ['offline', 'outOfDate'] });
		expect(items.map(({ event }) => event)).toEqual(['sessionFinished', 'repositoryStateChanged']);
		await repository(true);
		expect(messages(await trigger.poll())).toEqual([
			'Repository "Main Repository" is online again.',
		]);
		await repository(false);
		expect(messages(await trigger.poll())).toEqual(['Repository "Main Repository" is offline.']);
	});

	it('an event that is taken out and put in again starts fresh', async () => {
		const trigger = triggerOn({ events: BOTH, ...quick });
		await trigger.activate();
		await trigger.change({ events: ['repositoryStateChanged'] });
		await fail();
		expect(await trigger.change({ events: BOTH })).toEqual([]);
		const id = await fail();
		expect(sessionIds(await trigger.poll())).toEqual([id]);
	});
});

it('two triggers do not disturb each other', async () => {
	const one = triggerOn({ events: ['sessionFinished'], ...quick }, {}, { name: 'One' });
	const other = triggerOn({ events: ['sessionFinished'], ...quick }, {}, { name: 'Other' });
	await one.activate();
	await other.activate();
	const id = await fail();
	const [first] = await one.poll();
	const [second] = await other.poll();
	expect(sessionIds([first!, second!])).toEqual([id, id]);
	// The same occurrence has the same ID, whoever reports it.
	expect(first?.eventId).toBe(second?.eventId);
});

it('a poll that begins while one is under way gives nothing', async () => {
	const trigger = triggerOn({ events: ['sessionFinished'], ...quick });
	await trigger.activate();
	const id = await fail();
	const told = await Promise.all([trigger.poll(), trigger.poll()]);
	expect(told.map(sessionIds)).toEqual([[id], []]);
});

it('a manual test during a poll does not let the next poll overlap it', async () => {
	const trigger = triggerOn({ events: ['sessionFinished'], ...quick });
	await trigger.activate();
	const id = await fail();
	await simulator.control.fault({
		path: SESSIONS,
		action: { kind: 'delay', milliseconds: 1500 },
	});
	const slow = trigger.poll();
	await new Promise((done) => setTimeout(done, 300));
	await trigger.poll('manual');
	expect(await trigger.poll()).toEqual([]);
	expect(sessionIds(await slow)).toEqual([id]);
});

describe('a missing right', () => {
	it('for one event is told once, and the others go on', async () => {
		const trigger = triggerOn({ events: BOTH, ...quick });
		await trigger.activate();
		const refuse = async (times: number) =>
			await simulator.control.fault({
				path: REPOSITORIES,
				times,
				action: {
					kind: 'status',
					status: 403,
					body: { errorCode: 'AccessDenied', message: 'No right' },
				},
			});
		await refuse(2);
		const id = await fail();
		const items = await trigger.poll();
		expect(sessionIds(items)).toEqual([id, 'repositoryStateChanged']);
		expect(items[1]).toMatchObject({
			transition: 'problem',
			severity: 'error',
			condition: 'unreadable',
			object: { id: 'repositoryStateChanged', name: 'Repository State Changed', type: 'Event' },
		});
		expect(items[1]?.message).toContain('"Repository State Changed" cannot be watched: ');
		const next = await fail();
		expect(sessionIds(await trigger.poll())).toEqual([next]);
		await repository(false);
		expect(messages(await trigger.poll())).toEqual([
			'"Repository State Changed" is watched again.',
			'Repository "Main Repository" is offline.',
		]);
	});

	it('for the only event fails the activation', async () => {
		const later = Date.now() + 20 * 60_000;
		await simulator.control.fault({
			path: REPOSITORIES,
			action: { kind: 'status', status: 403, body: { errorCode: 'AccessDenied', message: 'No' } },
		});
		const trigger = triggerOn({ events: ['repositoryStateChanged'] });
		await expect(trigger.activate()).rejects.toThrow(/may not|right|role|permission/i);
		// Nobody heard of it by an item: its end is nothing to tell.
		jest.spyOn(Date, 'now').mockImplementation(() => later);
		expect(await trigger.activate()).toEqual([]);
	});
});

describe('a server that cannot be reached', () => {
	const unreachable = { events: [...BOTH, 'serverReachability'], ...quick };

	it('is told once and once again when it is back, with what happened meanwhile', async () => {
		const trigger = triggerOn(unreachable);
		await trigger.activate();
		await simulator.control.fault({ times: 100, action: { kind: 'reset' } });
		const away = [await trigger.poll(), await trigger.poll(), await trigger.poll()];
		expect(away.map(({ length }) => length)).toEqual([0, 1, 0]);
		const problem = away[1]?.[0];
		expect(problem).toMatchObject({ transition: 'problem', condition: 'unreachable' });
		await simulator.control.clearFaults();
		const id = await fail();
		const [again, ...rest] = await trigger.poll();
		expect(again).toMatchObject({
			transition: 'recovered',
			incidentKey: problem?.incidentKey,
		});
		expect(sessionIds(rest)).toEqual([id]);
		expect(await trigger.poll()).toEqual([]);
	});

	it('raises an error with the third poll, and not every minute', async () => {
		const trigger = triggerOn({ events: BOTH });
		await trigger.activate();
		await simulator.control.fault({ times: 1000, action: { kind: 'reset' } });
		expect(await trigger.poll()).toEqual([]);
		expect(await trigger.poll()).toEqual([]);
		await expect(trigger.poll()).rejects.toThrow(/connection|closed|reset|broke/i);
		expect(await trigger.poll()).toEqual([]);
		const later = Date.now() + 61 * 60_000;
		jest.spyOn(Date, 'now').mockImplementation(() => later);
		await expect(trigger.poll()).rejects.toThrow();
	});

	it('fails the activation', async () => {
		const trigger = triggerOn({ events: BOTH });
		await simulator.control.fault({ times: 100, action: { kind: 'reset' } });
		await expect(trigger.activate()).rejects.toThrow();
	});
});

it('a wrong password is tried once a poll, then seldom: the account is not locked out', async () => {
	const trigger = triggerOn({ events: BOTH }, { password: 'wrong' });
	const tries = async () =>
		(await simulator.control.requests()).filter(({ path }) => path.endsWith('/token')).length;
	await expect(trigger.activate()).rejects.toThrow(
		'The server refuses the username or the password.',
	);
	const first = await tries();
	expect(first).toBeLessThanOrEqual(2);
	await expect(trigger.poll()).rejects.toThrow();
	const second = await tries();
	for (let minute = 0; minute < 4; minute++) expect(await trigger.poll()).toEqual([]);
	expect(await tries()).toBe(second);
	const later = Date.now() + 6 * 60_000;
	jest.spyOn(Date, 'now').mockImplementation(() => later);
	await expect(trigger.poll()).rejects.toThrow();
	expect(await tries()).toBeLessThanOrEqual(second + 2);
});

describe('an idle poll', () => {
	it('costs one request for each event', async () => {
		const trigger = triggerOn({ events: BOTH, ...quick });
		await trigger.activate();
		await simulator.control.clearRequests();
		await trigger.poll();
		const asked = (await simulator.control.requests()).map(
			({ method, path }) => `${method} ${path}`,
		);
		expect(asked).toEqual([`GET ${SESSIONS}`, `GET ${REPOSITORIES}`]);
	});
});

describe('a manual test', () => {
	it('shows the latest of each event and changes nothing', async () => {
		const trigger = triggerOn({ events: BOTH });
		await trigger.activate();
		await repository(false);
		const id = await fail();
		const size = trigger.stateSize;
		const shown = await trigger.poll('manual');
		expect(shown.map(({ event, transition }) => [event, transition])).toEqual([
			['sessionFinished', 'problem'],
			['repositoryStateChanged', 'problem'],
		]);
		expect((shown[0]?.record as IDataObject).id).toBe(id);
		expect(trigger.stateSize).toBe(size);
		expect(await trigger.poll()).toHaveLength(2);
	});

	it('says so when there is nothing to show', async () => {
		const trigger = triggerOn({
			events: ['sessionFinished'],
			sessionFinishedOptions: { includeNames: 'no such job' },
		});
		await expect(trigger.poll('manual')).rejects.toThrow('The server has nothing to show yet');
	});
});

it.each([
	[{ events: [] }, 'No event is picked'],
	[{ events: ['sessionFinished', 'nonsense'] }, 'The event "nonsense" does not exist'],
])('refuses %j before anything is sent', async (parameters, message) => {
	await expect(triggerOn(parameters).activate()).rejects.toThrow(message);
	expect(await simulator.control.requests()).toEqual([]);
});

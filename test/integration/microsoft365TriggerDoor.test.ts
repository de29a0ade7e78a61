/** The trigger of Veeam Backup for Microsoft 365: rights, failures, big servers, several events. */
import { trigger as product } from '../../nodes/VeeamBackupMicrosoft365/triggers';
import { startMicrosoft365Simulator, type Microsoft365Simulator } from '../../simulator';
import { loadOptions } from '../support/executeNode';
import { requestsOf, setupFor, triggerOn, UUID } from './microsoft365Trigger.support';

jest.setTimeout(120_000);

let simulator: Microsoft365Simulator;
beforeAll(async () => (simulator = await startMicrosoft365Simulator()));
afterAll(async () => await simulator.close());
beforeEach(async () => await simulator.control.reset());

const all = product.events.map(({ value }) => value);
const older = all.filter((event) => !['protectedUserChanged', 'changeFeed'].includes(event));
const FAILED = { status: 'Failed', atOnce: true } as const;

it('all events together begin silently and cost one request a list while nothing happens', async () => {
	const trigger = triggerOn(simulator, { events: all });
	expect(await trigger.activate()).toEqual([]);
	await simulator.control.clearRequests();
	expect(await trigger.poll()).toEqual([]);
	expect(await requestsOf(simulator)).toEqual([
		'GET /v8/JobSessions',
		'GET /v8/BackupRepositories',
		'GET /v8/License',
		'GET /v8/Proxies',
		'GET /v8/RestoreSessions',
		'GET /v8/DataRetrievalSessions',
		'GET /v8/RestoreSessions',
		'GET /v8/Events',
		'GET /v8/Events',
		'GET /v8/Jobs',
	]);
});

it.each(['v4', 'v5', 'v6', 'v7'])(
	'%s has all events but those of the change feed, one request a list while nothing happens',
	async (apiVersion) => {
		const trigger = triggerOn(simulator, { events: older }, { apiVersion });
		// What repositories of v8 say is picked at first.
		expect(await trigger.activate()).toMatchObject([
			{ event: 'repositoryStateChanged', condition: 'notInVersion' },
			// Nobody knows what kinds of restores v4 and v5 have: no specification is public.
			...(['v4', 'v5'].includes(apiVersion)
				? [
						{
							event: 'sessionStarted',
							condition: 'notInVersion',
							current: { notWatched: [], unverified: expect.arrayContaining(['exchangeRestore']) },
						},
					]
				: []),
		]);
		await simulator.control.clearRequests();
		expect(await trigger.poll()).toEqual([]);
		expect(await requestsOf(simulator)).toEqual(
			[
				'JobSessions',
				'BackupRepositories',
				'License',
				'Proxies',
				'RestoreSessions',
				'DataRetrievalSessions',
				'RestoreSessions',
				'Jobs',
			].map((list) => `GET /${apiVersion}/${list}`),
		);
		await simulator.control.runJob('Teams', FAILED);
		await simulator.control.proxy('proxy01.example.lab', { status: 'Offline' });
		expect((await trigger.poll()).map(({ event }) => event)).toEqual([
			'jobSessionFinished',
			'proxyStateChanged',
		]);
	},
);

it('an event without the right says so once, the others go on', async () => {
	const trigger = triggerOn(simulator, { events: ['jobSessionFinished', 'license'] });
	await trigger.activate();
	const body = { message: 'Access denied', errorCode: 'ResourceAccessDenied' };
	await simulator.control.fault({
		path: '/v8/License*',
		times: 99,
		action: { kind: 'status', status: 403, body },
	});
	expect(await trigger.poll()).toMatchObject([
		{
			event: 'license',
			transition: 'problem',
			condition: 'unreadable',
			message: expect.stringMatching(/^"License" cannot be watched: Access denied/),
		},
	]);
	await simulator.control.runJob('Teams', FAILED);
	expect(await trigger.poll()).toMatchObject([{ event: 'jobSessionFinished' }]);
	expect(await trigger.poll()).toEqual([]);
	await simulator.control.clearFaults();
	expect(await trigger.poll()).toMatchObject([{ event: 'license', transition: 'recovered' }]);
});

it('a failure is told with its job where organizations and reasons are not to be read', async () => {
	const trigger = triggerOn(simulator, { events: ['jobSessionFinished'] });
	await trigger.activate();
	const body = { message: 'Access denied', errorCode: 'ResourceAccessDenied' };
	for (const path of ['/v8/Organizations*', '/v8/JobSessions/*/LogItems*'])
		await simulator.control.fault({ path, action: { kind: 'status', status: 403, body } });
	await simulator.control.runJob('Teams', FAILED);
	expect(await trigger.poll()).toMatchObject([
		{
			message: 'Backup Job "Teams" failed:\nJob finished with errors',
			organization: null,
			reasons: [],
			reasonsError: 'Access denied',
		},
	]);
});

it('a server that is away is told once, and when it is back; nothing is lost meanwhile', async () => {
	const trigger = triggerOn(simulator, { events: ['jobSessionFinished', 'serverReachability'] });
	await trigger.activate();
	await simulator.control.runJob('Teams', FAILED);
	await simulator.control.fault({ path: '/v8/*', times: 99, action: { kind: 'reset' } });
	const away = [await trigger.poll(), await trigger.poll(), await trigger.poll()];
	await simulator.control.clearFaults();
	expect(away.map((items) => items.map(({ transition }) => transition))).toEqual([
		[],
		['problem'],
		[],
	]);
	expect(await trigger.poll()).toMatchObject([
		{ event: 'serverReachability', transition: 'recovered' },
		{ event: 'jobSessionFinished', object: { name: 'Teams' } },
	]);
});

it('1,000 sessions that end between two polls all arrive, once, oldest first', async () => {
	const trigger = triggerOn(simulator, {
		events: ['jobSessionFinished'],
		jobSessionFinishedResults: ['Success'],
		options: { maxItems: 400 },
	});
	await trigger.activate();
	for (let i = 0; i < 1000; i++)
		await simulator.control.runJob('Teams', { status: 'Success', atOnce: true });
	const polls = [];
	for (let i = 0; i < 4; i++) polls.push(await trigger.poll());
	expect(polls.map(({ length }) => length)).toEqual([400, 400, 200, 0]);
	const items = polls.flat();
	expect(new Set(items.map(({ eventId }) => eventId)).size).toBe(1000);
	const times = items.map(({ occurredAt }) => String(occurredAt));
	expect(times).toEqual([...times].sort());
});

it('with 50,000 sessions in the past an idle poll is one small request and the memory small', async () => {
	await simulator.control.addSessions(50_000);
	for (const apiVersion of ['v7', 'v8']) {
		const trigger = triggerOn(simulator, { events: ['jobSessionFinished'] }, { apiVersion });
		await trigger.activate();
		await simulator.control.clearRequests();
		expect(await trigger.poll()).toEqual([]);
		expect(await requestsOf(simulator)).toEqual([`GET /${apiVersion}/JobSessions`]);
		expect(trigger.stateSize).toBeLessThan(20_000);
	}
});

it.each(['v4', 'v8'])(
	'in %s the jobs to pick from are by name, of both kinds',
	async (apiVersion) => {
		const found = await loadOptions({ ...setupFor(simulator, { apiVersion }), method: 'getJobs' });
		const backup = ['Branch - Everything', 'Branch - Old Sites', 'Exchange - All Users'];
		const others = ['SharePoint and OneDrive', 'Teams'];
		const copies = apiVersion === 'v4' ? [] : ['Copy - Branch', 'Copy - Exchange'];
		expect(found.map(({ name }) => name)).toEqual(
			[...backup, ...copies, ...others].sort((a, b) => a.localeCompare(b)),
		);
		expect(found.find(({ name }) => name === 'Teams')).toEqual({
			name: 'Teams',
			value: UUID,
			description: 'Backup Job',
		});
	},
);

/** The trigger of Veeam Backup for Microsoft 365: the change feed of v8. */
import { startMicrosoft365Simulator, type Microsoft365Simulator } from '../../simulator';
import { ISO, requestsOf, told, triggerOn } from './microsoft365Trigger.support';

jest.setTimeout(120_000);

let simulator: Microsoft365Simulator;
beforeAll(async () => (simulator = await startMicrosoft365Simulator()));
afterAll(async () => await simulator.close());
beforeEach(async () => await simulator.control.reset());

const users = () => triggerOn(simulator, { events: ['protectedUserChanged'] });
const feed = (changeFeedKinds: string[], more = {}) =>
	triggerOn(simulator, { events: ['changeFeed'], changeFeedKinds, ...more });
const ADA = 'Ada Winter';
const ORGANIZATION = 'example.onmicrosoft.com';

it('a user that comes into a backup, goes and comes again is told each time', async () => {
	const trigger = users();
	expect(await trigger.activate()).toEqual([]);
	expect(await trigger.poll()).toEqual([]);
	const items = [];
	for (const isProtected of [true, false, true]) {
		await simulator.control.user(ADA, { isProtected });
		items.push(...(await trigger.poll()));
		expect(await trigger.poll()).toEqual([]);
	}
	expect(told(items)).toEqual([
		['changed', 'info', `Protected User "${ADA}" of ${ORGANIZATION} was added or changed.`],
		['removed', 'info', 'A Protected User was removed.'],
		['changed', 'info', `Protected User "${ADA}" of ${ORGANIZATION} was added or changed.`],
	]);
	expect(new Set(items.map(({ incidentKey }) => incidentKey)).size).toBe(1);
	expect(new Set(items.map(({ eventId }) => eventId)).size).toBe(3);
	expect(await trigger.restart()).toEqual([]);
});

it('the item holds the record of the feed and what it is about', async () => {
	const trigger = users();
	await trigger.activate();
	const { id } = await simulator.control.user(ADA, { isProtected: true });
	const { host } = new URL(simulator.url);
	expect(await trigger.poll()).toEqual([
		{
			event: 'protectedUserChanged',
			transition: 'changed',
			severity: 'info',
			message: `Protected User "${ADA}" of ${ORGANIZATION} was added or changed.`,
			object: { id, name: ADA, type: 'Protected User' },
			condition: 'change',
			eventId: expect.stringMatching(/^[\w-]{22}$/),
			incidentKey: `${host}/Protected User/${String(id)}/change`,
			detectedAt: ISO,
			occurredAt: null,
			product: 'Veeam Backup for Microsoft 365',
			server: host,
			previous: null,
			current: { change: 'ProtectedUserUpdate' },
			organization: ORGANIZATION,
			resource: expect.objectContaining({ id, displayName: ADA, accountType: 'User' }),
			record: { eventType: 'ProtectedUserUpdate', id, eTag: expect.any(Number) },
		},
	]);
});

it('an idle poll is one request, which goes on where the last one ended', async () => {
	const trigger = users();
	await trigger.activate();
	await simulator.control.clearRequests();
	await trigger.poll();
	await trigger.poll();
	expect(await requestsOf(simulator)).toEqual(['GET /v8/Events', 'GET /v8/Events']);
	const [first, second] = await simulator.control.requests();
	expect(first?.query).toEqual({
		from: expect.not.stringMatching(/^latest$/),
		limit: '500',
		timeoutSeconds: '1',
	});
	expect(second?.query).toEqual(first?.query);
});

it('a token that the server has forgotten is told once, and the feed goes on from there', async () => {
	const trigger = users();
	await trigger.activate();
	await simulator.control.user(ADA, { isProtected: true });
	await simulator.control.expireChangeTokens();
	const { host } = new URL(simulator.url);
	expect(await trigger.poll()).toEqual([
		expect.objectContaining({
			transition: 'changed',
			severity: 'warning',
			message: expect.stringMatching(
				/^The server no longer knows its changes of the last 1 minute: changes since \S+ may be missing\. From now on they are reported again\.$/,
			),
			object: { id: 'changeFeed', name: 'Change Feed', type: 'Change Feed' },
			incidentKey: `${host}/Change Feed/changeFeed/gap`,
			current: { from: ISO, to: ISO },
		}),
	]);
	expect(await trigger.poll()).toEqual([]);
	await simulator.control.user(ADA, { isProtected: false });
	expect(await trigger.poll()).toMatchObject([{ transition: 'removed' }]);
});

it('more than fits into a poll comes with the next, each once and in order', async () => {
	const trigger = feed(['ProtectedUser'], { options: { maxItems: 4 } });
	await trigger.activate();
	const ids = Array.from({ length: 9 }, (_, index) => `user-${index}`);
	for (const id of ids) {
		await simulator.control.tellChange('ProtectedUserDelete', id);
		// What nobody asked for does not take their place.
		await simulator.control.tellChange('RestorePointUpdate', id);
	}
	const polls = [];
	for (let i = 0; i < 4; i++) polls.push(await trigger.poll());
	expect(polls.map(({ length }) => length)).toEqual([4, 4, 1, 0]);
	expect(polls.flat().map(({ object }) => (object as { id: string }).id)).toEqual(ids);
});

it('of an object that changes several times between two polls the last change is told', async () => {
	const trigger = feed(['RestoreSession']);
	await trigger.activate();
	const { id } = await simulator.control.openRestore();
	await simulator.control.endRestore(String(id));
	expect(await trigger.poll()).toMatchObject([
		{
			message: `Restore Session "Explore ${ORGANIZATION}" was added or changed.`,
			resource: { state: 'Stopped' },
		},
	]);
});

it('names of many are read as one list', async () => {
	const trigger = users();
	await trigger.activate();
	const names = ['Ada Winter', 'Ben Okafor', 'Carla Moretti', 'Mia Novak', 'Noah Fischer'];
	for (const name of names) await simulator.control.user(name, { isProtected: true });
	await simulator.control.clearRequests();
	const items = await trigger.poll();
	expect(items.map(({ object }) => (object as { name: string }).name)).toEqual(names);
	expect(await requestsOf(simulator)).toEqual([
		'GET /v8/Events',
		'GET /v8/Events',
		'GET /v8/ProtectedUsers',
		'GET /v8/Organizations',
	]);
});

it.each([
	['Job', 'JobUpdate', {}, 'Job "Teams" of example.onmicrosoft.com was added or changed.'],
	[
		'JobItems',
		'JobSelectedItemsChange',
		{},
		'The items of job "Teams" of example.onmicrosoft.com were changed.',
	],
	[
		'JobSession',
		'JobSessionUpdate',
		{ status: 'Failed' },
		'A session of job "Teams" of example.onmicrosoft.com was added or changed: Failed.',
	],
	['ProtectedGroup', 'ProtectedGroupDelete', {}, 'A Protected Group was removed.'],
	[
		'M365BackupStoragePolicy',
		'M365BackupStoragePolicyUpdate',
		{},
		'A Microsoft 365 Backup Storage Policy was added or changed.',
	],
])('%s: %s is told as a sentence', async (kind, eventType, more, message) => {
	const { jobId } = await simulator.control.runJob('Teams', { atOnce: true });
	const trigger = feed([kind]);
	await trigger.activate();
	const id = kind === 'Job' ? jobId : 'some-id';
	await simulator.control.tellChange(eventType, id, { jobId, ...more });
	expect(await trigger.poll()).toMatchObject([{ message, current: { change: eventType } }]);
});

it('only picked kinds and changes are told, users of the organization by name', async () => {
	const trigger = feed(['OrganizationUser'], { changeFeedChanges: ['changed'] });
	await trigger.activate();
	await simulator.control.addUser('Zoe Quist', { isProtected: true });
	await simulator.control.removeUser('Ben Okafor');
	await simulator.control.runJob('Teams', { atOnce: true });
	expect((await trigger.poll()).map(({ message }) => message)).toEqual([
		`Organization User "Zoe Quist" of ${ORGANIZATION} was added or changed.`,
	]);
});

it('v7 has no change feed: the event says so before anything is sent', async () => {
	for (const [event, name] of [
		['protectedUserChanged', 'Protected User Changed'],
		['changeFeed', 'Change Feed'],
	]) {
		const trigger = triggerOn(simulator, { events: [event!] }, { apiVersion: 'v7' });
		await expect(trigger.activate()).rejects.toMatchObject({
			message: `"${name}" needs API v8 or later; this credential uses v7`,
		});
	}
	expect(await requestsOf(simulator)).toEqual([]);
});

it.each(['JobItems', 'Job', 'JobSession', 'OrganizationUser', 'ProtectedUser', 'RestorePoint'])(
	'a manual test of %s shows one of them and leaves the memory alone',
	async (kind) => {
		const trigger = feed([kind]);
		await trigger.activate();
		const [item] = await trigger.poll('manual');
		expect(item?.message).toMatch(/^Example: .*"[^"]+".*\.$/);
		expect(await trigger.poll()).toEqual([]);
	},
);

it('a poll that fails half-way is caught up with', async () => {
	const trigger = users();
	await trigger.activate();
	await simulator.control.user(ADA, { isProtected: true });
	const broken = { kind: 'status', status: 500, body: { message: 'Database is locked' } } as const;
	await simulator.control.fault({
		path: '/v8/ProtectedUsers*',
		times: 5,
		action: { kind: 'reset' },
	});
	expect(await trigger.poll()).toEqual([]);
	await simulator.control.clearFaults();
	await simulator.control.fault({ path: '/v8/Events*', times: 5, after: 1, action: broken });
	expect(await trigger.poll()).toEqual([]);
	await simulator.control.clearFaults();
	expect(await trigger.poll()).toMatchObject([{ object: { name: ADA } }]);
	expect(await trigger.poll()).toEqual([]);
});

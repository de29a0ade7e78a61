/** The trigger of Veeam Backup for Microsoft 365: restore sessions. */
import { startMicrosoft365Simulator, type Microsoft365Simulator } from '../../simulator';
import { ISO, requestsOf, told, triggerOn } from './microsoft365Trigger.support';

jest.setTimeout(120_000);

let simulator: Microsoft365Simulator;
beforeAll(async () => (simulator = await startMicrosoft365Simulator()));
afterAll(async () => await simulator.close());
beforeEach(async () => await simulator.control.reset());

const events = ['restoreSessionFinished'];
const NAME = 'Explore example.onmicrosoft.com';
const LOCKED = [
	{ itemName: 'Invoice', status: 'Failed', message: 'The mailbox is locked' },
] as const;

const restore = async (items: readonly object[] = [], facts = {}) => {
	const { id } = await simulator.control.openRestore(facts);
	return await simulator.control.endRestore(String(id), [...items] as never);
};

it('the item says who has restored what, and what went wrong', async () => {
	const trigger = triggerOn(simulator, { events });
	expect(await trigger.activate()).toEqual([]);
	const session = await restore(LOCKED);
	const { host } = new URL(simulator.url);
	expect(await trigger.poll()).toEqual([
		{
			event: 'restoreSessionFinished',
			transition: 'problem',
			severity: 'error',
			message: `Exchange restore session "${NAME}" by VBO01\\admin failed:\n• Invoice: The mailbox is locked`,
			object: { id: session.id, name: NAME, type: 'Restore Session' },
			condition: 'failed',
			eventId: expect.stringMatching(/^[\w-]{22}$/),
			incidentKey: `${host}/Restore Session/${String(session.id)}/failed`,
			detectedAt: ISO,
			occurredAt: session.endTime,
			product: 'Veeam Backup for Microsoft 365',
			server: host,
			previous: null,
			current: { result: 'Failed', sessionId: session.id },
			organization: 'example.onmicrosoft.com',
			restoreType: 'Exchange',
			initiatedBy: 'VBO01\\admin',
			scope: 'example.onmicrosoft.com',
			reasons: [{ object: 'Invoice', result: 'Failed', reasons: ['The mailbox is locked'] }],
			record: expect.objectContaining({ id: session.id, state: 'Stopped' }),
		},
	]);
	expect(await trigger.poll()).toEqual([]);
	expect(await trigger.restart()).toEqual([]);
});

it.each(['v4', 'v6', 'v7', 'v8'])(
	'in %s one that is open for days when the trigger begins is told once, when it ends',
	async (apiVersion) => {
		const { id } = await simulator.control.openRestore({ hoursAgo: 70, type: 'Vet' });
		const trigger = triggerOn(simulator, { events }, { apiVersion });
		expect(await trigger.activate()).toEqual([]);
		for (let day = 0; day < 3; day++) {
			await simulator.control.advance(24 * 3600);
			// Others that end meanwhile move the time that was reached.
			await restore();
			expect(await trigger.poll()).toHaveLength(1);
		}
		await simulator.control.endRestore(String(id));
		expect(told(await trigger.poll())).toEqual([
			['finished', 'info', `Teams restore session "${NAME}" by VBO01\\admin finished.`],
		]);
		expect(await trigger.poll()).toEqual([]);
	},
);

it.each([
	['v8', { orderBy: 'EndTime', orderAsc: 'true', endTimeFrom: ISO }],
	['v7', { startTimeFrom: ISO }],
])('in %s an idle poll is one request, for what the last one left', async (apiVersion, query) => {
	const trigger = triggerOn(simulator, { events }, { apiVersion });
	await trigger.activate();
	await trigger.poll();
	await simulator.control.clearRequests();
	await trigger.poll();
	expect(await requestsOf(simulator)).toEqual([`GET /${apiVersion}/RestoreSessions`]);
	const [asked] = await simulator.control.requests();
	expect(asked?.query).toEqual({ ...query, offset: '0', limit: '10000' });
	// Where sessions are few, each poll looks as far back as late ones count: seven days.
	const bound = Object.values(asked?.query ?? {}).find((value) => ISO.asymmetricMatch(value));
	expect(Date.now() - Date.parse(String(bound))).toBeLessThan(9 * 24 * 3_600_000);
});

it('those that do not fit into one poll come with the next, each once', async () => {
	for (const apiVersion of ['v7', 'v8']) {
		const trigger = triggerOn(simulator, { events, options: { maxItems: 2 } }, { apiVersion });
		const ids = [];
		for (let i = 0; i < 5; i++)
			ids.push((await simulator.control.openRestore({ hoursAgo: i * 20 })).id);
		await trigger.activate();
		for (const id of ids) await simulator.control.endRestore(String(id));
		const polls = [];
		for (let i = 0; i < 4; i++) polls.push(await trigger.poll());
		expect(polls.map(({ length }) => length)).toEqual([2, 2, 1, 0]);
		expect(
			polls
				.flat()
				.map(({ object }) => (object as { id: string }).id)
				.sort(),
		).toEqual(ids.sort());
	}
});

it('the options pick results, explorers and users, and leave reasons out', async () => {
	const name = 'restoreSessionFinished';
	const all = [
		triggerOn(simulator, { events, [`${name}Results`]: ['Failed'] }),
		triggerOn(simulator, { events, [`${name}Types`]: ['Veod'] }),
		triggerOn(simulator, { events, [`${name}Options`]: { includeUsers: 'VBO01\\oper*' } }),
		triggerOn(simulator, { events, [`${name}Options`]: { excludeUsers: '*admin' } }),
	];
	const silent = triggerOn(simulator, { events, [`${name}Options`]: { includeReasons: false } });
	for (const trigger of [...all, silent]) await trigger.activate();
	await restore();
	const { id } = await restore(LOCKED, { type: 'Veod', initiatedBy: 'VBO01\\operator' });
	for (const trigger of all)
		expect(await trigger.poll()).toMatchObject([{ object: { id }, restoreType: 'OneDrive' }]);
	await simulator.control.clearRequests();
	expect(await silent.poll()).toMatchObject([{}, { reasons: [] }]);
	expect(await requestsOf(simulator)).toEqual(['GET /v8/RestoreSessions']);
});

it('tells at the start what failed within a day, and in a test the latest', async () => {
	await restore(LOCKED);
	const trigger = triggerOn(simulator, { events, options: { emitCurrentProblems: true } });
	expect(await trigger.activate()).toMatchObject([{ transition: 'problem' }]);
	expect(await trigger.poll('manual')).toMatchObject([{ transition: 'problem' }]);
	expect(await trigger.poll()).toEqual([]);
});

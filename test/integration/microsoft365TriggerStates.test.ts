/** The trigger of Veeam Backup for Microsoft 365: repositories and proxies. */
import { startMicrosoft365Simulator, type Microsoft365Simulator } from '../../simulator';
import { ISO, requestsOf, told, triggerOn } from './microsoft365Trigger.support';

jest.setTimeout(120_000);

let simulator: Microsoft365Simulator;
beforeAll(async () => (simulator = await startMicrosoft365Simulator()));
afterAll(async () => await simulator.close());
beforeEach(async () => await simulator.control.reset());

const GB = 1024 ** 3;
const MAIN = 'Default Backup Repository';
const DAY = 86_400;

/** Sets something wrong, right and wrong again, and gives what was told. */
async function thrice(event: string, wrong: () => unknown, right: () => unknown, more = {}) {
	const trigger = triggerOn(simulator, { events: [event], ...more });
	expect(await trigger.activate()).toEqual([]);
	const items = [];
	for (const change of [wrong, right, wrong]) {
		await change();
		items.push(...(await trigger.poll()));
		expect(await trigger.poll()).toEqual([]);
	}
	expect(new Set(items.map(({ incidentKey }) => incidentKey)).size).toBe(1);
	expect(new Set(items.map(({ eventId }) => eventId)).size).toBe(3);
	return items;
}

const repository =
	(changes: object, name = MAIN) =>
	() =>
		simulator.control.repository(name, { ...changes });

describe('a repository', () => {
	beforeEach(repository({ freeSpaceBytes: 900 * GB }));

	it('low on space is told with figures, and when it has room again', async () => {
		const items = await thrice(
			'repositoryStateChanged',
			repository({ freeSpaceBytes: 150 * GB }),
			repository({ freeSpaceBytes: 900 * GB }),
		);
		const low = `Repository "${MAIN}" is low on space: 150.0 GB of 2048 GB free (7.3 %).`;
		const well = `Repository "${MAIN}" has enough space again: 900.0 GB of 2048 GB free (43.9 %).`;
		expect(told(items)).toEqual([
			['problem', 'warning', low],
			['recovered', 'info', well],
			['problem', 'warning', low],
		]);
	});

	it('that wobbles around the threshold is told once, by percent and by GB', async () => {
		const byPercent = triggerOn(simulator, { events: ['repositoryStateChanged'] });
		const byGB = triggerOn(simulator, {
			events: ['repositoryStateChanged'],
			repositoryStateChangedOptions: { lowPercent: 0, lowGB: 200 },
		});
		const items = { byPercent: [] as unknown[], byGB: [] as unknown[] };
		await byPercent.activate();
		await byGB.activate();
		for (const free of [199, 206, 199, 250, 150]) {
			await repository({ freeSpaceBytes: free * GB })();
			items.byPercent.push(...(await byPercent.poll()));
			items.byGB.push(...(await byGB.poll()));
		}
		expect(items.byPercent).toMatchObject([{ current: { freeGB: 199 } }]);
		expect(items.byGB).toMatchObject([{ current: { freeGB: 199 } }]);
	});

	it('invalid is told with its reason: the whole item', async () => {
		const trigger = triggerOn(simulator, { events: ['repositoryStateChanged'] });
		await trigger.activate();
		const record = await simulator.control.repository(MAIN, {
			isOutOfOrder: true,
			outOfOrderReason: 'The path is gone',
		});
		const { host } = new URL(simulator.url);
		expect(await trigger.poll()).toEqual([
			{
				event: 'repositoryStateChanged',
				transition: 'problem',
				severity: 'error',
				message: `Repository "${MAIN}" is invalid and cannot be used: The path is gone`,
				object: { id: record.id, name: MAIN, type: 'Repository' },
				condition: 'outOfOrder',
				eventId: expect.stringMatching(/^[\w-]{22}$/),
				incidentKey: `${host}/Repository/${String(record.id)}/outOfOrder`,
				detectedAt: ISO,
				occurredAt: null,
				product: 'Veeam Backup for Microsoft 365',
				server: host,
				previous: { problem: false },
				current: {
					problem: true,
					since: ISO,
					level: 1,
					isOutOfOrder: true,
					outOfOrderReason: 'The path is gone',
				},
				record: expect.objectContaining({ id: record.id, isOutOfOrder: true }),
			},
		]);
	});

	it.each([
		['outOfSync', { isOutOfSync: true }, 'is out of sync with its object storage: synchronize it.'],
		['outOfDate', { isOutdated: true }, 'is out of date: upgrade it.'],
		['notIndexed', { isIndexed: false }, 'is not indexed.'],
		['outOfOrder', { isOutOfOrder: true }, 'is invalid and cannot be used.'],
	])('%s is told, recovered and told again', async (condition, wrong, message) => {
		const right = Object.fromEntries(Object.entries(wrong).map(([name, value]) => [name, !value]));
		const items = await thrice('repositoryStateChanged', repository(wrong), repository(right), {
			repositoryConditions: [condition],
		});
		expect(items.map((item) => [item.transition, item.condition])).toEqual([
			['problem', condition],
			['recovered', condition],
			['problem', condition],
		]);
		expect(items[0]?.message).toBe(`Repository "${MAIN}" ${message}`);
	});

	it('on object storage is low when the limit of its bucket is near', async () => {
		const trigger = triggerOn(simulator, { events: ['repositoryStateChanged'] });
		await trigger.activate();
		const objectStorage = { sizeLimitEnabled: true, sizeLimitGB: 4096, freeSpaceBytes: 100 * GB };
		await simulator.control.repository('Object Storage Repository', { objectStorage });
		expect(await trigger.poll()).toMatchObject([
			{ condition: 'lowSpace', current: { capacityGB: 4096, freeGB: 100, freePercent: 2.4 } },
		]);
		await simulator.control.repository('Object Storage Repository', {
			objectStorage: { ...objectStorage, sizeLimitEnabled: false, freeSpaceBytes: 0 },
		});
		expect(await trigger.poll()).toEqual([]);
	});

	it('will be full soon by what it has lost since the trigger began', async () => {
		const trigger = triggerOn(simulator, {
			events: ['repositoryStateChanged'],
			repositoryConditions: ['fullSoon'],
			repositoryStateChangedOptions: { fullInDays: 5 },
		});
		await trigger.activate();
		await simulator.control.advance(DAY);
		await simulator.control.repository(MAIN, { freeSpaceBytes: 650 * GB });
		expect(await trigger.poll()).toMatchObject([
			{ condition: 'fullSoon', current: { daysLeft: 3 } },
		]);
	});

	it.each(['v4', 'v6', 'v7'])(
		'in %s is watched for what that version tells',
		async (apiVersion) => {
			const events = ['repositoryStateChanged'];
			const trigger = triggerOn(simulator, { events }, { apiVersion });
			await trigger.activate();
			await simulator.control.repository(MAIN, { freeSpaceBytes: GB, isOutOfOrder: true });
			expect(await trigger.poll()).toMatchObject([{ condition: 'lowSpace' }]);
			const other = triggerOn(
				simulator,
				{ events, repositoryConditions: ['outOfOrder'] },
				{ apiVersion },
			);
			await expect(other.activate()).rejects.toMatchObject({
				message: `API ${apiVersion} has none of the picked conditions of "Repository State Changed"`,
				description:
					'Pick others under Conditions, or choose another API version in the credential, if the server has it: what is picked needs API v8 or later.',
			});
		},
	);
});

describe('a proxy', () => {
	const proxy = (changes: object) => () =>
		simulator.control.proxy('proxy01.example.lab', { ...changes });

	it('that goes offline is told, and when it is back', async () => {
		const items = await thrice(
			'proxyStateChanged',
			proxy({ status: 'Offline' }),
			proxy({ status: 'Online' }),
		);
		expect(told(items)).toEqual([
			['problem', 'error', 'Backup proxy "proxy01.example.lab" is offline.'],
			['recovered', 'info', 'Backup proxy "proxy01.example.lab" is online again.'],
			['problem', 'error', 'Backup proxy "proxy01.example.lab" is offline.'],
		]);
		expect(items[0]).toMatchObject({
			object: { name: 'proxy01.example.lab', type: 'Proxy' },
			current: { status: 'Offline', maintenanceModeState: 'Disabled' },
		});
	});

	it('in maintenance mode is told where asked for', async () => {
		const items = await thrice(
			'proxyStateChanged',
			proxy({ maintenanceModeState: 'Enabling' }),
			proxy({ maintenanceModeState: 'Disabled' }),
			{ proxyStateChangedConditions: ['maintenance'] },
		);
		expect(told(items.slice(0, 2))).toEqual([
			['problem', 'info', 'Backup proxy "proxy01.example.lab" is in maintenance mode.'],
			['recovered', 'info', 'Backup proxy "proxy01.example.lab" is out of maintenance mode again.'],
		]);
	});
});

it('an idle poll is one request per event; problems of the start are told where wished', async () => {
	const events = ['repositoryStateChanged', 'proxyStateChanged', 'license'];
	const trigger = triggerOn(simulator, { events, options: { emitCurrentProblems: true } });
	const items = await trigger.activate();
	expect(items.map(({ condition }) => condition).sort()).toEqual([
		'lowSpace',
		'offline',
		'outOfDate',
		'outOfOrder',
		'outOfSync',
	]);
	await simulator.control.clearRequests();
	expect(await trigger.poll()).toEqual([]);
	expect(await requestsOf(simulator)).toEqual([
		'GET /v8/BackupRepositories',
		'GET /v8/Proxies',
		'GET /v8/License',
	]);
	const [first] = await simulator.control.requests();
	expect(first?.query).toEqual({ offset: '0', limit: '10000' });
});

it('a manual test shows each of them and leaves the memory alone', async () => {
	const events = ['repositoryStateChanged', 'proxyStateChanged', 'license'];
	const trigger = triggerOn(simulator, { events });
	await trigger.activate();
	const before = trigger.stateSize;
	const items = await trigger.poll('manual');
	expect(items.map(({ event }) => event)).toEqual(events);
	for (const { message } of items) expect(message).toMatch(/^(Test|Example): \S/);
	expect(items[2]?.message).toMatch(/^Example: The license of Example Ltd /);
	expect(trigger.stateSize).toBe(before);
	expect(await trigger.poll()).toEqual([]);
});

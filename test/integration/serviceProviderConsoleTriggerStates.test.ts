/** The trigger of Veeam Service Provider Console, poll by poll: what is there all the time. */
import type { IDataObject } from 'n8n-workflow';

import {
	startServiceProviderConsoleSimulator,
	type ServiceProviderConsoleSimulator,
} from '../../simulator';
import { uuidFor } from '../../simulator/foundation/random';
import {
	messages,
	opensAndCloses,
	requestsOf,
	transitions,
	triggerOn,
} from './serviceProviderConsoleTrigger.support';

jest.setTimeout(120_000);

let simulator: ServiceProviderConsoleSimulator;
beforeAll(async () => (simulator = await startServiceProviderConsoleSimulator()));
beforeEach(async () => await simulator.control.reset());
afterAll(async () => await simulator.close());

const GB = 1024 ** 3;
const HOST = 'vbr.acme-bakery.example';
const BACKUP_AGENT = uuidFor('vspc/backupAgent/fs01.acme-bakery.example');
const AGENT = 'fs01.acme-bakery.example';

/** Every event of states: how its problem begins and ends, what is said, what an idle poll costs. */
const CASES = [
	{
		event: 'repositoryStateChanged',
		wrong: () => simulator.control.repository(HOST, { freeSpace: 50 * GB }),
		well: () => simulator.control.repository(HOST, { freeSpace: 900 * GB }),
		message: `Acme Bakery: Repository "Default Backup Repository" on ${HOST} is low on space: 50.0 GB of 2048 GB free (2.4 %).`,
		condition: 'lowSpace',
		paths: ['/infrastructure/backupServers/repositories'],
	},
	{
		event: 'backupServerStateChanged',
		more: { backupServerStateChangedOptions: { offlineMinutes: 0 } },
		wrong: () => simulator.control.server(HOST, { status: 'Inaccessible' }),
		well: () => simulator.control.server(HOST, { status: 'Healthy' }),
		message: `Acme Bakery: Backup server "${HOST}" is offline.`,
		condition: 'offline',
		paths: ['/infrastructure/backupServers'],
	},
	{
		event: 'managementAgentStateChanged',
		wrong: () => simulator.control.agent(AGENT, { connectionStatus: 'Rejected' }),
		well: () => simulator.control.agent(AGENT, { connectionStatus: 'Online' }),
		message: `Acme Bakery: Management agent "${AGENT}" is rejected by the console: accept its connection or remove it.`,
		condition: 'rejected',
		paths: ['/infrastructure/managementAgents'],
	},
	{
		event: 'agentStateChanged',
		wrong: () => simulator.control.agent(BACKUP_AGENT, { installationType: 'Broken' }),
		well: () => simulator.control.agent(BACKUP_AGENT, { installationType: 'Full' }),
		message: `Acme Bakery: Backup agent "${AGENT}" has a broken installation: install it again.`,
		condition: 'unhealthy',
		paths: ['/infrastructure/backupAgents'],
	},
	{
		event: 'companyUsage',
		wrong: () => simulator.control.cloudResource('Acme Bakery', { usedSpace: 950 * GB }),
		well: () => simulator.control.cloudResource('Acme Bakery', { usedSpace: 400 * GB }),
		message:
			'Acme Bakery: Storage quota of "Cloud of Acme Bakery" is used up to 95 %: 950.0 GB of 1000.0 GB.',
		condition: 'storageOverused',
		paths: [
			'/infrastructure/sites/tenants/backupResources/usage',
			'/infrastructure/sites/tenants/backupResources',
		],
	},
	{
		event: 'license',
		wrong: () => simulator.control.license(HOST, { usedUnits: 95 }),
		well: () => simulator.control.license(HOST, { usedUnits: 10 }),
		message: `Acme Bakery: The license of "${HOST}" is used up to 95 %: 95 of 100 points.`,
		condition: 'overused',
		paths: ['/licensing/backupServers', '/licensing/console'],
	},
];

describe('a problem', () => {
	it.each(CASES)(
		'of $event opens, closes and opens under one key; an idle poll is small',
		async ({ event, more = {}, wrong, well, message, condition, paths }) => {
			const trigger = triggerOn(simulator, { events: [event], ...more });
			const [problem] = await opensAndCloses(trigger, wrong, well);
			const object = problem?.object as { id: string; type: string };
			const record = problem?.record as IDataObject;
			expect(problem).toEqual({
				event,
				transition: 'problem',
				severity: expect.stringMatching(/^(warning|error)$/),
				message,
				object: { id: object.id, name: expect.any(String), type: expect.any(String) },
				condition,
				eventId: expect.any(String),
				incidentKey: [
					new URL(simulator.url).host,
					// Servers have the ids of their repositories in common.
					...(object.type === 'Repository' ? [record.backupServerUid] : []),
					object.type,
					object.id,
					condition,
				].join('/'),
				detectedAt: expect.any(String),
				occurredAt: null,
				product: 'Veeam Service Provider Console',
				server: new URL(simulator.url).host,
				previous: { problem: false },
				current: expect.objectContaining({ problem: true, level: expect.any(Number) }),
				company: { id: expect.any(String), name: 'Acme Bakery' },
				record: expect.any(Object),
			});
			expect(await requestsOf(simulator, trigger)).toEqual({ items: [], paths });
		},
	);

	it.each(CASES)('of $event is told on 3.5.1 too, and a test gives a sample', async (one) => {
		const trigger = triggerOn(
			simulator,
			{ events: [one.event], ...one.more },
			{ apiVersion: '3.5.1' },
		);
		await trigger.activate();
		await one.wrong();
		expect(messages(await trigger.poll('manual'))).toEqual([
			expect.stringMatching(/^(Test|Example): \S/),
		]);
		expect(messages(await trigger.poll())).toEqual([one.message]);
	});

	it('that is there already is told on request', async () => {
		const trigger = triggerOn(simulator, {
			events: ['backupServerStateChanged', 'managementAgentStateChanged', 'repositoryStateChanged'],
			options: { emitCurrentProblems: true },
		});
		expect(messages(await trigger.activate()).sort()).toEqual([
			'Cedar Clinic: Backup server "vbr.cedar-clinic.example" reports a problem.',
			'Cedar Clinic: Repository "Default Backup Repository" on vbr.cedar-clinic.example is low on space: 90.0 GB of 2048 GB free (4.4 %).',
			'Cedar Clinic: Repository "Default Backup Repository" on vbr.cedar-clinic.example reports a problem.',
			'Delta Engineering: Backup server "vbr.delta-engineering.example" is offline.',
			'Delta Engineering: Management agent "vbr.delta-engineering.example" is offline: last seen 26 hours ago.',
		]);
	});
});

describe('an agent or a server that goes offline', () => {
	it('is told when it has been so for ten minutes, and not when it only restarts', async () => {
		const trigger = triggerOn(simulator, {
			events: ['agentStateChanged', 'backupServerStateChanged'],
		});
		await trigger.activate();
		const state = async (agent: string, server: string) => {
			await simulator.control.agent(BACKUP_AGENT, { status: agent });
			await simulator.control.server(HOST, { status: server });
		};
		await state('NotRunning', 'Inaccessible');
		expect(await trigger.poll()).toEqual([]);
		await state('Active', 'Healthy');
		expect(await trigger.poll()).toEqual([]);
		await state('NotRunning', 'Inaccessible');
		await trigger.poll();
		await simulator.control.advance(11 * 60);
		expect(messages(await trigger.poll()).sort()).toEqual([
			`Acme Bakery: Backup agent "${AGENT}" is offline.`,
			`Acme Bakery: Backup server "${HOST}" is offline.`,
		]);
		await state('Active', 'Healthy');
		expect(transitions(await trigger.poll())).toEqual(['recovered', 'recovered']);
	});
});

describe('what is told', () => {
	it('depends on the conditions and options that the user picked', async () => {
		const of = (event: string, more: object) =>
			triggerOn(simulator, {
				events: [event],
				options: { emitCurrentProblems: true },
				...more,
			});
		const count = async (event: string, more: object) => (await of(event, more).activate()).length;
		const aged = { agentConditions: ['outOfDate'] };
		const all = await count('agentStateChanged', aged);
		const nobody = ['00000000-0000-0000-0000-000000000001'];
		const option = async (agentStateChangedOptions: object) =>
			await count('agentStateChanged', { ...aged, agentStateChangedOptions });
		expect(all).toBeGreaterThan(1);
		expect(await option({ skipWorkstations: true })).toBe(0);
		expect(await option({ companies: nobody })).toBe(0);
		expect(await option({ includeNames: 'ws01.acme*' })).toBe(1);
		expect(await option({ excludeNames: 'ws01.acme*' })).toBe(all - 1);
		const repositories = async (repositoryStateChangedOptions: object) =>
			await count('repositoryStateChanged', { repositoryStateChangedOptions });
		expect(await repositories({})).toBe(2);
		expect(await repositories({ lowPercent: 2 })).toBe(1);
		expect(await repositories({ companies: nobody })).toBe(0);
		const soon = { licenseOf: ['servers'], licenseOptions: { expiresInDays: 60 } };
		expect(await count('license', { licenseOf: ['servers'] })).toBe(0);
		expect(await count('license', soon)).toBe(5);
		expect(await count('license', { licenseOptions: { companies: nobody } })).toBe(0);
		expect(await count('companyUsage', { companyUsageOptions: { usagePercent: 60 } })).toBe(1);
	});

	it.each([
		['rebootRequired', { isRebootRequired: true }, 'waits for a restart of its computer'],
		['outOfDate', { versionStatus: 'OutOfDate' }, 'is out of date: update it'],
		['unhealthy', { status: 'FailedToUpdate' }, 'reports a problem or failed to update'],
	])('of a management agent: %s', async (condition, changes, words) => {
		const trigger = triggerOn(simulator, {
			events: ['managementAgentStateChanged'],
			managementAgentConditions: [condition],
		});
		await trigger.activate();
		await simulator.control.agent(AGENT, changes);
		expect(messages(await trigger.poll())).toEqual([
			`Acme Bakery: Management agent "${AGENT}" ${words}.`,
		]);
	});
});

describe('a company', () => {
	it('is told when it comes, is renamed, disabled and removed', async () => {
		const trigger = triggerOn(simulator, { events: ['companyChanged'] });
		expect(await trigger.activate()).toEqual([]);
		await simulator.control.addCompany('Zeta Labs');
		const [added] = await trigger.poll();
		await simulator.control.company('Zeta Labs', { status: 'Disabled' });
		const [disabled] = await trigger.poll();
		await simulator.control.removeCompany('Zeta Labs');
		const removed = [...(await trigger.poll()), ...(await trigger.poll())];
		const { object } = added as { object: { id: string } };
		expect([added, disabled, ...removed]).toMatchObject([
			{ transition: 'added', message: 'The company "Zeta Labs" was added.' },
			{
				transition: 'changed',
				severity: 'warning',
				message: 'The company "Zeta Labs" is now disabled (it was active).',
				previous: { status: 'Active' },
				current: { status: 'Disabled' },
			},
			{
				transition: 'removed',
				message: 'The company "Zeta Labs" was removed.',
				company: { id: object.id, name: 'Zeta Labs' },
			},
		]);
		expect((await requestsOf(simulator, trigger)).paths).toEqual(['/organizations/companies']);
	});
});

describe('a right that is missing', () => {
	it('for one event is told once, and the others go on', async () => {
		const trigger = triggerOn(simulator, { events: ['alarm', 'companyChanged'] });
		await trigger.activate();
		await simulator.control.fault({
			path: '/api/v3/alarms/active',
			times: 20,
			action: { kind: 'status', status: 403, body: { errors: [{ message: 'Access denied' }] } },
		});
		await simulator.control.addCompany('Zeta Labs');
		const told = [...(await trigger.poll()), ...(await trigger.poll())];
		expect(told.map(({ event, condition }) => [event, condition]).sort()).toEqual([
			['alarm', 'unreadable'],
			['companyChanged', 'presence'],
		]);
	});
});

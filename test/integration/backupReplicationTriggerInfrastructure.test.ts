/** Repositories, extents of scale-out repositories, proxies and managed servers. */
import { uuidFor } from '../../simulator/foundation/random';
import { repositoryId } from '../../simulator/vbr/estate/repositories';
import {
	comesGoesComes,
	eventOn,
	glance,
	opened,
	simulator,
	useSimulator,
	wholeItem,
} from './backupReplicationTrigger.support';

useSimulator();

const API = '/api/v1/backupInfrastructure';

describe('a repository', () => {
	const MAIN = 'Main Repository';
	const set = (state: Record<string, unknown>, name = MAIN) =>
		simulator.control.repository(name, state);
	const watching = (conditions: string[], options = {}) =>
		eventOn('repositoryStateChanged', { fields: { repositoryConditions: conditions }, options });

	it('is told when it goes offline, comes back and goes again', async () => {
		expect(
			await comesGoesComes(eventOn('repositoryStateChanged'), {
				wrong: () => set({ isOnline: false }),
				right: () => set({ isOnline: 'true' }),
			}),
		).toEqual([
			'problem: Repository "Main Repository" is offline.',
			'recovered: Repository "Main Repository" is online again.',
			'problem: Repository "Main Repository" is offline.',
		]);
	});

	it('is told when it runs low, worse at half of that, over well above it', async () => {
		const trigger = watching(['lowSpace']);
		await trigger.activate();
		await set({ capacityGB: 1000, freeGB: 90 });
		const [problem] = await trigger.poll();
		expect(problem).toEqual(
			wholeItem({
				event: 'repositoryStateChanged',
				transition: 'problem',
				severity: 'warning',
				message: 'Repository "Main Repository" is low on space: 90.0 GB of 1000 GB free (9.0 %).',
				object: { id: repositoryId(MAIN), name: MAIN, type: 'Repository' },
				condition: 'lowSpace',
				current: opened({ capacityGB: 1000, freeGB: 90, freePercent: 9 }),
				record: { freeGB: 90 },
			}),
		);
		const told: string[] = [];
		for (const freeGB of [49, 120, 80, 151]) {
			await set({ freeGB });
			told.push(...glance(await trigger.poll()));
		}
		expect(told).toEqual([
			'worsened: Repository "Main Repository" is even lower on space: 49.0 GB of 1000 GB free (4.9 %).',
			'recovered: Repository "Main Repository" has enough space again: 151.0 GB of 1000 GB free (15.1 %).',
		]);
	});

	it('is measured in gigabytes where the user wants that; object storage never runs low', async () => {
		const trigger = watching(['lowSpace'], {
			lowPercent: 0,
			lowGB: 500,
			includeNames: 'Main*, S3*',
		});
		await trigger.activate();
		await set({ freeGB: 499 });
		await set({ freeGB: 1 }, 'NAS Repository');
		expect(glance(await trigger.poll())).toEqual([
			'problem: Repository "Main Repository" is low on space: 499.0 GB of 20480 GB free (2.4 %).',
		]);
	});

	it('is told when it will be full soon, from what the trigger has seen itself', async () => {
		const trigger = watching(['fullSoon'], { fullInDays: 10, includeNames: MAIN });
		await set({ freeGB: 9000 });
		await trigger.activate();
		const start = Date.now();
		const clock = jest.spyOn(Date, 'now');
		const told: string[] = [];
		try {
			for (const [day, freeGB] of [
				[1, 8000],
				[2, 7000],
				[3, 4000],
				[4, 4000],
				[5, 12_000],
			] as const) {
				clock.mockReturnValue(start + day * 86_400_000);
				await set({ freeGB });
				told.push(...glance(await trigger.poll()));
			}
		} finally {
			clock.mockRestore();
		}
		expect(told).toEqual([
			expect.stringMatching(
				/^problem: Repository "Main Repository" will be full in \d+ days if it goes on like this: /,
			),
			expect.stringMatching(/^recovered: Repository "Main Repository" no longer fills up soon: 1/),
		]);
	});

	it('is told when its components are out of date, though the server says so by a word', async () => {
		const trigger = watching(['outOfDate']);
		await trigger.activate();
		await set({ isOutOfDate: 'true' });
		await set({ isOutOfDate: 'false' }, 'Linux Repository');
		expect(glance(await trigger.poll())).toEqual([
			'problem: Repository "Main Repository" runs outdated components: upgrade them.',
		]);
	});
});

describe('an extent of a scale-out repository', () => {
	const SCALE_OUT = 'Scale-out Repository 1';
	const id = repositoryId(SCALE_OUT);
	const set = (status: string[] | string) =>
		simulator.control.change(`${API}/scaleOutRepositories`, id, {
			performanceTier: {
				performanceExtents: [
					{ id: repositoryId('Extent 1'), name: 'Extent 1', status },
					{ id: repositoryId('Extent 2'), name: 'Extent 2', status: ['Normal'] },
				],
			},
		});

	it('is told when it is sealed, and in use again', async () => {
		const trigger = eventOn('scaleOutExtentChanged');
		await trigger.activate();
		await set(['Sealed']);
		const [problem] = await trigger.poll();
		expect(problem).toEqual(
			wholeItem({
				event: 'scaleOutExtentChanged',
				transition: 'problem',
				severity: 'warning',
				message:
					'Extent "Extent 1" of scale-out repository "Scale-out Repository 1" is sealed: no more backups are written to it.',
				object: {
					id: repositoryId('Extent 1'),
					name: 'Extent 1',
					type: 'Scale-Out Repository Extent',
				},
				condition: 'sealed',
				current: opened({ status: ['Sealed'] }),
				scaleOutRepository: { id, name: SCALE_OUT },
				record: { status: ['Sealed'] },
			}),
		);
		await set(['Maintenance', 'Evacuate']);
		const about = 'Extent "Extent 1" of scale-out repository "Scale-out Repository 1"';
		expect(glance(await trigger.poll())).toEqual([
			`problem: ${about} is being evacuated.`,
			`problem: ${about} is in maintenance mode.`,
			`recovered: ${about} is no longer sealed.`,
		]);
	});

	it('has one status as a word in 1.2-rev1, and is chosen by condition and name', async () => {
		const setup = {
			fields: { scaleOutExtentChangedConditions: ['maintenance'] },
			credential: { apiVersion: '1.2-rev1' },
		};
		expect(
			await comesGoesComes(eventOn('scaleOutExtentChanged', setup), {
				wrong: () => set('Maintenance'),
				right: () => set('Sealed'),
			}),
		).toHaveLength(3);
		const other = eventOn('scaleOutExtentChanged', { ...setup, options: { excludeNames: '*1' } });
		await other.activate();
		await set('Maintenance');
		expect(await other.poll()).toEqual([]);
	});
});

describe('proxies and managed servers', () => {
	const PROXY = 'winproxy01.example.lab';
	const server = (status: string) =>
		simulator.control.change(`${API}/managedServers`, uuidFor(`server/${PROXY}`), { status });

	it('are told when a proxy goes offline, comes back and goes again', async () => {
		expect(
			await comesGoesComes(eventOn('proxyOrServerStateChanged'), {
				wrong: () => simulator.control.proxy(PROXY, { isOnline: false }),
				right: () => simulator.control.proxy(PROXY, { isOnline: true }),
			}),
		).toEqual([
			`problem: Proxy "${PROXY}" is offline.`,
			`recovered: Proxy "${PROXY}" is online again.`,
			`problem: Proxy "${PROXY}" is offline.`,
		]);
	});

	it('are told when a server is unavailable, by its own type', async () => {
		const trigger = eventOn('proxyOrServerStateChanged');
		await trigger.activate();
		await server('Unavailable');
		const [problem] = await trigger.poll();
		expect(problem).toEqual(
			wholeItem({
				event: 'proxyOrServerStateChanged',
				transition: 'problem',
				severity: 'error',
				message: `Managed server "${PROXY}" is unavailable.`,
				object: { id: uuidFor(`server/${PROXY}`), name: PROXY, type: 'Managed Server' },
				condition: 'unavailable',
				current: opened({ status: 'Unavailable' }),
				record: { type: 'WindowsHost' },
			}),
		);
		await server('Available');
		expect(glance(await trigger.poll())).toEqual([
			`recovered: Managed server "${PROXY}" is available again.`,
		]);
	});

	it('are told as the user picks conditions and names, a few in one poll', async () => {
		const trigger = eventOn('proxyOrServerStateChanged', {
			fields: { proxyOrServerConditions: ['disabled', 'outOfDate', 'unavailable'] },
			options: { includeNames: 'win*, VMware*' },
			common: { maxItems: 2 },
		});
		await trigger.activate();
		await simulator.control.proxy(PROXY, { isOutOfDate: true, isOnline: false });
		await simulator.control.proxy('VMware Backup Proxy', { isDisabled: true });
		await server('Unavailable');
		expect(glance(await trigger.poll())).toEqual([
			'problem: Proxy "VMware Backup Proxy" is disabled.',
			`problem: Proxy "${PROXY}" runs outdated components: upgrade them.`,
		]);
		expect(glance(await trigger.poll())).toEqual([
			`problem: Managed server "${PROXY}" is unavailable.`,
		]);
		expect(await trigger.poll()).toEqual([]);
	});
});

/** The license and the configuration backup: what only a Backup Administrator may read. */
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

const API = '/api/v1';
const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();
const ahead = (days: number) => ago(-days);

describe('a license', () => {
	const set = (values: Record<string, unknown>) =>
		simulator.control.change(`${API}/license`, undefined, values);
	const instances = (used: number, more = {}) =>
		set({
			instanceLicenseSummary: { licensedInstancesNumber: 100, usedInstancesNumber: used, ...more },
		});

	const NAMED = [
		['1.3-rev1', 'License', (date: string) => set({ expirationDate: date })],
		['1.3-rev2', 'Instance license', (date: string) => instances(10, { expirationDate: date })],
	] as const;

	it.each(NAMED)(
		'is told by %s when it ends soon, worse at half the time, over when it is renewed',
		async (apiVersion, named, ends) => {
			const trigger = eventOn('license', {
				options: { expiresInDays: 20 },
				credential: { apiVersion },
			});
			expect(await trigger.activate()).toEqual([]);
			const told: string[] = [];
			for (const days of [20.5, 9.5, 9.4, -1.5, 300, 12.5]) {
				await ends(ahead(days));
				told.push(...glance(await trigger.poll()).map((text) => text.replace(/ on [\d-]+/, '')));
			}
			expect(told).toEqual([
				`problem: ${named} expires in 20 days,.`,
				`worsened: ${named} expires in 9 days,.`,
				`worsened: ${named} expired.`,
				`recovered: ${named} does not expire soon any more.`,
				`problem: ${named} expires in 12 days,.`,
			]);
		},
	);

	it('is told when it is used up to so many percent, again at 100, and with room again', async () => {
		const trigger = eventOn('license', { options: { usagePercent: 85 } });
		await trigger.activate();
		await instances(85);
		const [problem] = await trigger.poll();
		expect(problem).toEqual(
			wholeItem({
				event: 'license',
				transition: 'problem',
				severity: 'warning',
				message: 'Instance license is used up to 85 %: 85 of 100 instances (85 %).',
				object: { id: 'instances', name: 'Instance license', type: 'License' },
				condition: 'overused',
				current: opened({ used: 85, licensed: 100, usedPercent: 85 }),
				licensedTo: 'Example Ltd',
				edition: 'EnterprisePlus',
				supportId: '00000001',
				record: { id: 'instances', unit: 'instances' },
			}),
		);
		const told: string[] = [];
		for (const used of [101, 82, 79]) {
			await instances(used);
			told.push(...glance(await trigger.poll()));
		}
		expect(told).toEqual([
			'worsened: Instance license is used up to 101 %: 101 of 100 instances (101 %).',
			'recovered: Instance license has room again: 79 of 100 instances (79 %) used.',
		]);
	});

	it('is told when it is not valid, and when its parts or their support end', async () => {
		const trigger = eventOn('license', {
			fields: { licenseConditions: ['expiring', 'notValid', 'supportExpiring'] },
		});
		await trigger.activate();
		await set({ status: 'Invalid', expirationDate: null, supportExpirationDate: null });
		await instances(1, { expirationDate: ahead(25.5), supportExpirationDate: ahead(3.5) });
		const told = glance(await trigger.poll()).map((text) => text.replace(/ on [\d-]+/, ''));
		expect(told).toEqual([
			'problem: License is not valid: install a valid license.',
			'problem: Instance license expires in 25 days,.',
			'problem: Instance license: support expires in 3 days,.',
		]);
	});
});

describe('the configuration backup', () => {
	const set = (values: Record<string, unknown>) =>
		simulator.control.change(`${API}/configBackup`, undefined, values);
	const success = (days: number) =>
		set({ lastSuccessfulBackup: { lastSuccessfulTime: ago(days) } });

	it('is told when it is overdue, and when it has succeeded', async () => {
		const told = await comesGoesComes(eventOn('configBackupOverdue'), {
			wrong: () => success(3),
			right: () => success(1),
		});
		expect(told).toEqual([
			'problem: Configuration backup is overdue: it last succeeded 3 days ago.',
			'recovered: Configuration backup has succeeded again.',
			'problem: Configuration backup is overdue: it last succeeded 3 days ago.',
		]);
	});

	it('is told when it is switched off, and overdue by the last success that was named', async () => {
		const trigger = eventOn('configBackupOverdue', { options: { overdueDays: 30 } });
		await trigger.activate();
		await success(20);
		await set({ isEnabled: false });
		const [problem] = await trigger.poll();
		expect(problem).toEqual(
			wholeItem({
				event: 'configBackupOverdue',
				transition: 'problem',
				severity: 'warning',
				message: 'Configuration backup is not enabled.',
				object: {
					id: 'configBackup',
					name: 'Configuration backup',
					type: 'Configuration Backup',
				},
				condition: 'disabled',
				current: opened({
					isEnabled: false,
					lastSuccessfulTime: expect.any(String) as unknown as string,
				}),
				record: { isEnabled: false },
			}),
		);
		// A success that was named once stays known, and grows old.
		await set({ isEnabled: true, lastSuccessfulBackup: null });
		expect(glance(await trigger.poll())).toEqual([
			'recovered: Configuration backup is enabled again.',
		]);
		await simulator.control.advance(11 * 24 * 3600);
		expect(glance(await trigger.poll())).toEqual([
			expect.stringMatching(
				/^problem: Configuration backup is overdue: it last succeeded 31 days ago\.$/,
			),
		]);
	});
});

describe.each([
	['license', '/api/v1/license'],
	['configBackupOverdue', '/api/v1/configBackup'],
	['securityFinding', '/api/v1/securityAnalyzer/bestPractices'],
])('half an answer to %s', (event, path) => {
	it('closes no problem', async () => {
		const trigger = eventOn(event, { common: { emitCurrentProblems: true } });
		await simulator.control.change(`${API}/license`, undefined, { status: 'Invalid' });
		await simulator.control.change(`${API}/configBackup`, undefined, { isEnabled: false });
		expect(await trigger.activate()).not.toEqual([]);
		const action = { kind: 'status', status: 200, body: {} } as const;
		await simulator.control.fault({ path, times: 1, action });
		expect([await trigger.poll(), await trigger.poll()]).toEqual([[], []]);
	});
});

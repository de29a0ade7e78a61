/** The trigger of Veeam Backup for Microsoft 365: the license. */
import { startMicrosoft365Simulator, type Microsoft365Simulator } from '../../simulator';
import { ISO, told, triggerOn } from './microsoft365Trigger.support';

jest.setTimeout(120_000);

let simulator: Microsoft365Simulator;
beforeAll(async () => (simulator = await startMicrosoft365Simulator()));
afterAll(async () => await simulator.close());
beforeEach(async () => await simulator.control.reset());

const DAY = 86_400;

describe('the license', () => {
	const licence = (set: object) => () =>
		simulator.control.change('/License', undefined, { ...set });
	const inDays = async (days: number) => {
		const now = Date.parse(await simulator.control.advance(0));
		return new Date(now + days * DAY * 1000).toISOString();
	};

	it('that expires soon is told, worse each time the days have halved, and well when renewed', async () => {
		const trigger = triggerOn(simulator, { events: ['license'] });
		expect(await trigger.activate()).toEqual([]);
		const items = [];
		for (const days of [29.5, 14.5, 400, 29.5]) {
			const licenseExpires = await inDays(days);
			await licence({ licenseExpires, licenseID: `license-${days}` })();
			items.push(...(await trigger.poll()));
		}
		const on = expect.stringMatching(
			/^The license of Example Ltd expires in \d+ days, on \d{4}-\d\d-\d\d\.$/,
		);
		expect(told(items)).toEqual([
			['problem', 'warning', on],
			['worsened', 'error', on],
			['recovered', 'info', expect.stringMatching(/does not expire soon any more\.$/)],
			['problem', 'warning', on],
		]);
		expect(new Set(items.map(({ incidentKey }) => incidentKey)).size).toBe(1);
		expect(new Set(items.map(({ eventId }) => eventId)).size).toBe(4);
	});

	it('is told when it is nearly used up, used up and not valid', async () => {
		const trigger = triggerOn(simulator, {
			events: ['license'],
			licenseOptions: { usagePercent: 80, expiresInDays: 1 },
		});
		await licence({ usedNumber: 10 })();
		await trigger.activate();
		const items = [];
		for (const usedNumber of [20, 19, 25, 18]) {
			await licence({ usedNumber })();
			items.push(...(await trigger.poll()));
		}
		await licence({ status: 'Expired' })();
		items.push(...(await trigger.poll()));
		expect(told(items)).toEqual([
			[
				'problem',
				'warning',
				'The license of Example Ltd is nearly used up: 20 of 25 users (80 %).',
			],
			['worsened', 'error', 'The license of Example Ltd is used up: 25 of 25 users (100 %).'],
			[
				'recovered',
				'info',
				'The license of Example Ltd is used less again: 18 of 25 users (72 %).',
			],
			['problem', 'error', 'The license of Example Ltd is no longer valid: expired.'],
		]);
	});

	it.each(['v4', 'v6', 'v7'])('expires in %s, whatever the field is called', async (apiVersion) => {
		const licenseConditions = ['expiring'];
		const trigger = triggerOn(
			simulator,
			{ events: ['license'], licenseConditions },
			{ apiVersion },
		);
		await trigger.activate();
		await licence({ licenseExpires: await inDays(3.5) })();
		expect(await trigger.poll()).toMatchObject([
			{ condition: 'expiring', current: { daysLeft: 3, expirationDate: ISO } },
		]);
	});
});

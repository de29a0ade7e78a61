/** The trigger of Veeam Backup for Microsoft 365: restores that begin. */
import { startMicrosoft365Simulator, type Microsoft365Simulator } from '../../simulator';
import { ISO, told, triggerOn } from './microsoft365Trigger.support';

jest.setTimeout(120_000);

let simulator: Microsoft365Simulator;
beforeAll(async () => (simulator = await startMicrosoft365Simulator()));
afterAll(async () => await simulator.close());
beforeEach(async () => await simulator.control.reset());

const events = ['sessionStarted'];
const NAME = 'Explore example.onmicrosoft.com';
const EVE = 'VBO01\\eve';

describe.each(['v6', 'v8'])('a restore that begins, in %s', (apiVersion) => {
	it('is reported once while it runs, with who began it; what ran before is not', async () => {
		await simulator.control.openRestore({ hoursAgo: 2, initiatedBy: EVE });
		const trigger = triggerOn(simulator, { events }, { apiVersion });
		expect(await trigger.activate()).toEqual([]);
		expect(await trigger.poll()).toEqual([]);
		await simulator.control.advance(60);
		const session = await simulator.control.openRestore({ type: 'Vet', initiatedBy: EVE });
		const { host } = new URL(simulator.url);
		expect(await trigger.poll()).toEqual([
			{
				event: 'sessionStarted',
				transition: 'started',
				severity: 'warning',
				message: `Teams restore session "${NAME}" by ${EVE} began.`,
				object: { id: session.id, name: NAME, type: 'Restore Session' },
				condition: 'started',
				eventId: expect.stringMatching(/^[\w-]{22}$/),
				incidentKey: `${host}/Restore Session/${String(session.id)}/started`,
				detectedAt: ISO,
				occurredAt: session.creationTime,
				product: 'Veeam Backup for Microsoft 365',
				server: host,
				previous: null,
				current: { sessionId: session.id },
				organization: 'example.onmicrosoft.com',
				sessionType: 'Teams Restore',
				initiatedBy: EVE,
				clientHost: session.clientHost || null,
				scope: 'example.onmicrosoft.com',
				reason: session.reason || null,
				record: expect.objectContaining({ id: session.id, type: 'Vet' }),
			},
		]);
		await simulator.control.endRestore(String(session.id));
		await simulator.control.advance(3600);
		expect([await trigger.poll(), await trigger.restart()]).toEqual([[], []]);
	});

	it('is left out by its type or by who began it, as the user wants', async () => {
		const options = { excludeUsers: '*eve' };
		const trigger = triggerOn(
			simulator,
			{ events, sessionStartedTypes: ['exchangeRestore'], sessionStartedOptions: options },
			{ apiVersion },
		);
		expect(await trigger.activate()).toEqual([]);
		await simulator.control.advance(60);
		await simulator.control.openRestore({ type: 'Vet', initiatedBy: 'VBO01\\adam' });
		await simulator.control.openRestore({ type: 'Vex', initiatedBy: EVE });
		await simulator.control.openRestore({ type: 'Vex', initiatedBy: 'VBO01\\adam' });
		expect(told(await trigger.poll())).toEqual([
			['started', 'warning', `Exchange restore session "${NAME}" by VBO01\\adam began.`],
		]);
	});
});

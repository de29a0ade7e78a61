/** The trigger of Veeam Service Provider Console, poll by poll: alarms and jobs. */
import {
	startServiceProviderConsoleSimulator,
	type ServiceProviderConsoleSimulator,
} from '../../simulator';
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

const HOST = 'vbr.acme-bakery.example';
const raise = async (more = {}) =>
	String((await simulator.control.raiseAlarm({ message: 'It broke', ...more })).instanceUid);

describe('an alarm', () => {
	it('opens, closes and opens again under one key, with its company', async () => {
		const trigger = triggerOn(simulator, { events: ['alarm'] });
		let id = '';
		const told = await opensAndCloses(
			trigger,
			async () => (id = await raise()),
			async () => await simulator.control.alarm(id, 'Resolved'),
		);
		const record = told[0]?.record as { instanceUid: string; alarmTemplateUid: string };
		const { organizationUid, objectUid } = (told[0]?.record as { object: Record<string, string> })
			.object;
		const objectId = `${record.alarmTemplateUid}/${objectUid}`;
		expect(told[0]).toEqual({
			event: 'alarm',
			transition: 'problem',
			severity: 'error',
			message: `Acme Bakery: Alarm "Job state" on backup server "${HOST}" was triggered (error): It broke`,
			object: { id: objectId, name: HOST, type: 'Backup Server' },
			condition: 'alarm',
			eventId: expect.any(String),
			incidentKey: `${new URL(simulator.url).host}/Backup Server/${objectId}/alarm`,
			detectedAt: expect.any(String),
			occurredAt: expect.any(String),
			product: 'Veeam Service Provider Console',
			server: new URL(simulator.url).host,
			previous: null,
			current: { status: 'Error', repeatCount: 1, remark: null },
			alarm: 'Job state',
			alarmId: record.instanceUid,
			company: { id: organizationUid, name: 'Acme Bakery' },
			record,
		});
		expect(messages(told)[1]).toBe(
			`Acme Bakery: Alarm "Job state" on backup server "${HOST}" was resolved (resolved).`,
		);
	});

	it('that vanishes from the list is resolved, under its key and with its company', async () => {
		const trigger = triggerOn(simulator, { events: ['alarm'] });
		let id = '';
		const told = await opensAndCloses(
			trigger,
			async () => (id = await raise()),
			async () => await simulator.control.removeAlarm(id),
			2,
		);
		expect(told[1]?.company).toEqual(told[0]?.company);
	});

	it('is told when it gets worse, is acknowledged, or repeats, as the user wants', async () => {
		const trigger = triggerOn(simulator, {
			events: ['alarm'],
			alarmChanges: ['acknowledged', 'changed', 'resolved', 'triggered'],
		});
		await trigger.activate();
		const id = await raise({ status: 'Warning' });
		const told = [];
		for (const status of ['Warning', 'Error', 'Acknowledged', 'Resolved']) {
			if (status !== 'Warning') await simulator.control.alarm(id, status);
			told.push(...(await trigger.poll()));
		}
		expect(transitions(told)).toEqual(['problem', 'worsened', 'changed', 'recovered']);
		expect(new Set(told.map(({ eventId }) => eventId)).size).toBe(4);
	});

	it('counts by severity, object type and company', async () => {
		const infos = triggerOn(simulator, { events: ['alarm'], alarmSeverities: ['Info'] });
		const types = triggerOn(simulator, {
			events: ['alarm'],
			alarmOptions: { objectTypes: ['CloudGateway'] },
		});
		const others = triggerOn(simulator, {
			events: ['alarm'],
			alarmOptions: { companies: ['00000000-0000-0000-0000-000000000001'] },
		});
		const all = triggerOn(simulator, { events: ['alarm'] });
		for (const trigger of [infos, types, others, all]) await trigger.activate();
		await raise();
		const told = [];
		for (const trigger of [infos, types, others, all]) told.push((await trigger.poll()).length);
		expect(told).toEqual([0, 0, 0, 1]);
	});

	it('that is there already is told on request; an idle poll is one request; a test is a sample', async () => {
		const options = { emitCurrentProblems: true };
		const trigger = triggerOn(simulator, { events: ['alarm'], options });
		expect(transitions(await trigger.activate())).toEqual(['problem', 'problem', 'problem']);
		const shown = await trigger.poll('manual');
		expect(transitions(shown)).toEqual(['problem']);
		expect(shown[0]?.message).toMatch(/^Test: \S/);
		expect(await requestsOf(simulator, trigger)).toEqual({ items: [], paths: ['/alarms/active'] });
	});
});

describe('a job', () => {
	it('fails, succeeds and fails again under one key, with its company and reasons', async () => {
		const trigger = triggerOn(simulator, { events: ['jobFinished'] });
		const run = async (status: 'Failed' | 'Success') => {
			await simulator.control.advance(600);
			await simulator.control.runJob('Daily VMs', {
				status,
				object: 'erp01',
				failureMessage: 'Disk is locked',
				atOnce: true,
			});
		};
		const [problem] = await opensAndCloses(
			trigger,
			async () => await run('Failed'),
			async () => await run('Success'),
		);
		const record = problem?.record as Record<string, string>;
		expect(problem).toEqual({
			event: 'jobFinished',
			transition: 'problem',
			severity: 'error',
			message: 'Acme Bakery: Job "Daily VMs" failed:\n• erp01: Disk is locked',
			object: { id: record.instanceUid, name: 'Daily VMs', type: 'Job' },
			condition: 'failed',
			eventId: expect.any(String),
			incidentKey: `${new URL(simulator.url).host}/${record.uniqueUid}/Job/${record.instanceUid}/failed`,
			detectedAt: expect.any(String),
			occurredAt: record.lastEndTime,
			product: 'Veeam Service Provider Console',
			server: new URL(simulator.url).host,
			previous: null,
			current: {
				result: 'Failed',
				sessionId: `${record.instanceUid}/${record.lastEndTime}`,
				failuresInRow: 1,
			},
			jobType: 'BackupVm',
			backupServerId: record.backupServerUid,
			reasons: [{ object: 'erp01', result: 'Failed', reasons: ['Disk is locked'] }],
			company: { id: record.mappedOrganizationUid, name: 'Acme Bakery' },
			record,
		});
	});

	it.each(['Daily VMs', 'Agent backup of fs01', 'Mailboxes'])(
		'that runs for 30 hours is told once, at its end: %s',
		async (job) => {
			const trigger = triggerOn(simulator, { events: ['jobFinished'] });
			await simulator.control.settings({ sessionSeconds: 30 * 3600 });
			await trigger.activate();
			await simulator.control.runJob(job, { status: 'Failed' });
			expect(await trigger.poll()).toEqual([]);
			await simulator.control.advance(29 * 3600);
			// Others end meanwhile: the newest end that is known goes on.
			for (const other of ['CAD Servers', 'Copy to archive', 'Agent backup of lnx01'])
				await simulator.control.runJob(other, { status: 'Success', atOnce: true });
			expect(await trigger.poll()).toEqual([]);
			await simulator.control.advance(2 * 3600);
			expect(await trigger.poll()).toMatchObject([
				{ transition: 'problem', object: { name: job } },
			]);
			expect(await trigger.poll()).toEqual([]);
		},
	);

	it('is one request for each of the picked kinds in an idle poll', async () => {
		const all = triggerOn(simulator, { events: ['jobFinished'] });
		const agents = triggerOn(simulator, { events: ['jobFinished'], jobFinishedKinds: ['agent'] });
		for (const trigger of [all, agents]) await trigger.activate();
		expect(await requestsOf(simulator, all)).toEqual({
			items: [],
			paths: [
				'/infrastructure/backupAgents/jobs',
				'/infrastructure/backupServers/jobs',
				'/infrastructure/vb365Servers/organizations/jobs',
			],
		});
		expect((await requestsOf(simulator, agents)).paths).toEqual([
			'/infrastructure/backupAgents/jobs',
		]);
	});

	it('counts by result, name, company and failures in a row; a test gives a sample', async () => {
		const of = (more: object) => triggerOn(simulator, { events: ['jobFinished'], ...more });
		const triggers = [
			of({ jobFinishedResults: ['Warning'] }),
			of({ jobFinishedOptions: { excludeNames: 'Daily*' } }),
			of({ jobFinishedOptions: { failuresInRow: 2 } }),
			of({ jobFinishedOptions: { companies: ['00000000-0000-0000-0000-000000000001'] } }),
			of({ jobFinishedOptions: { includeNames: 'Daily*' } }),
		];
		for (const trigger of triggers) await trigger.activate();
		const counts: number[][] = [];
		for (let round = 0; round < 2; round++) {
			await simulator.control.advance(60);
			await simulator.control.runJob('Daily VMs', { status: 'Failed', atOnce: true });
			const told = [];
			for (const trigger of triggers) told.push((await trigger.poll()).length);
			counts.push(told);
		}
		expect(counts).toEqual([
			[0, 0, 0, 0, 1],
			[0, 0, 1, 0, 1],
		]);
		expect(await triggers[4]?.poll('manual')).toHaveLength(1);
	});
});

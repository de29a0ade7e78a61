/** The trigger of Veeam Backup for Microsoft 365: sessions of jobs. */
import { startMicrosoft365Simulator, type Microsoft365Simulator } from '../../simulator';
import { ISO, requestsOf, told, triggerOn, UUID } from './microsoft365Trigger.support';

jest.setTimeout(120_000);

let simulator: Microsoft365Simulator;
beforeAll(async () => (simulator = await startMicrosoft365Simulator()));
afterAll(async () => await simulator.close());
beforeEach(async () => await simulator.control.reset());

const JOB = 'Exchange - All Users';
const FAILED = {
	status: 'Failed',
	object: 'Ada Winter',
	reason: 'The mailbox is locked',
	atOnce: true,
} as const;
const SUCCESS = { status: 'Success', atOnce: true } as const;
const LINE = `Backup Job "${JOB}" failed:\n• Ada Winter: The mailbox is locked`;

const events = ['jobSessionFinished'];
const run = async (outcome: object, job = JOB) => await simulator.control.runJob(job, outcome);
const withOptions = (options: object, apiVersion = 'v8') =>
	triggerOn(simulator, { events, jobSessionFinishedOptions: { ...options } }, { apiVersion });

it('a job that fails, recovers and fails again is one incident, told three times', async () => {
	const trigger = triggerOn(simulator, { events });
	expect(await trigger.activate()).toEqual([]);
	expect(await trigger.poll()).toEqual([]);
	const items = [];
	for (const outcome of [FAILED, SUCCESS, FAILED]) {
		await run(outcome);
		items.push(...(await trigger.poll()));
		expect(await trigger.poll()).toEqual([]);
	}
	expect(told(items)).toEqual([
		['problem', 'error', LINE],
		['recovered', 'info', `Backup Job "${JOB}" succeeded again.`],
		['problem', 'error', LINE],
	]);
	expect(new Set(items.map(({ incidentKey }) => incidentKey)).size).toBe(1);
	expect(new Set(items.map(({ eventId }) => eventId)).size).toBe(3);
	expect(await trigger.restart()).toEqual([]);
});

it('the item says what, when, where and why', async () => {
	const trigger = triggerOn(simulator, { events });
	await trigger.activate();
	const session = await run(FAILED);
	const { host } = new URL(simulator.url);
	expect(await trigger.poll()).toEqual([
		{
			event: 'jobSessionFinished',
			transition: 'problem',
			severity: 'error',
			message: LINE,
			object: { id: session.jobId, name: JOB, type: 'Backup Job' },
			condition: 'failed',
			eventId: expect.stringMatching(/^[\w-]{22}$/),
			incidentKey: `${host}/Backup Job/${String(session.jobId)}/failed`,
			detectedAt: ISO,
			occurredAt: session.endTime,
			product: 'Veeam Backup for Microsoft 365',
			server: host,
			previous: null,
			current: { result: 'Failed', sessionId: session.id, failuresInRow: 1 },
			organization: 'example.onmicrosoft.com',
			jobType: 'Backup',
			status: 'Failed',
			retryCount: 0,
			willBeRetried: false,
			mainSessionId: session.id,
			reasons: [{ object: 'Ada Winter', result: 'Failed', reasons: ['The mailbox is locked'] }],
			record: expect.objectContaining({ id: session.id, status: 'Failed' }),
		},
	]);
});

it.each(['v4', 'v6', 'v7', 'v8'])(
	'%s tells job, organization and reason alike',
	async (version) => {
		const trigger = withOptions({}, version);
		expect(await trigger.activate()).toEqual([]);
		const { jobId } = await run(FAILED);
		await run(
			{ status: 'Warning', object: 'Mia Novak', reason: 'Throttled', atOnce: true },
			'Copy - Branch',
		);
		const items = await trigger.poll();
		expect(
			items.map(({ object, message, organization, jobType }) => ({
				object,
				message,
				organization,
				jobType,
			})),
		).toEqual([
			{
				object: { id: jobId, name: JOB, type: 'Backup Job' },
				message: LINE,
				organization: 'example.onmicrosoft.com',
				jobType: 'Backup',
			},
			{
				object: {
					id: UUID,
					name: version === 'v4' ? 'Unknown job' : 'Copy - Branch',
					type: 'Backup Copy Job',
				},
				message: expect.stringMatching(/ finished with warnings:\n• Mia Novak: Throttled$/),
				organization: version === 'v4' ? null : 'branch.onmicrosoft.com',
				jobType: 'Copy',
			},
		]);
	},
);

it('an idle poll is one request, one with something to tell reads jobs, organizations and log', async () => {
	const trigger = triggerOn(simulator, { events });
	await trigger.activate();
	await simulator.control.clearRequests();
	await trigger.poll();
	expect(await requestsOf(simulator)).toEqual(['GET /v8/JobSessions']);
	await run(FAILED);
	await simulator.control.clearRequests();
	await trigger.poll();
	expect((await requestsOf(simulator)).sort()).toEqual([
		'GET /v8/CopyJobs',
		'GET /v8/JobSessions',
		expect.stringMatching(/^GET \/v8\/JobSessions\/.*\/LogItems$/),
		'GET /v8/Jobs',
		'GET /v8/Organizations',
	]);
});

it('a failure that will be retried is told only when the last retry has failed', async () => {
	const [patient, eager] = [withOptions({}), withOptions({ onlyAfterLastRetry: false })];
	await patient.activate();
	await eager.activate();
	for (const status of ['Failed', 'Warning']) {
		await run({ ...FAILED, status, jobWillBeRetried: true });
		expect(await patient.poll()).toEqual([]);
		expect(await eager.poll()).toMatchObject([{ willBeRetried: true, status }]);
	}
	await run({ ...FAILED, retryCount: 3 });
	expect(await patient.poll()).toMatchObject([
		{ message: LINE, retryCount: 3, willBeRetried: false, current: { failuresInRow: 1 } },
	]);
});

it('a session that runs for 30 hours is told once, when it ends', async () => {
	const trigger = triggerOn(simulator, { events });
	await trigger.activate();
	await simulator.control.settings({ sessionSeconds: 30 * 3600 });
	await simulator.control.runJob(JOB, { status: 'Failed' });
	expect(await trigger.poll()).toEqual([]);
	await simulator.control.advance(29 * 3600);
	expect(await trigger.poll()).toEqual([]);
	await simulator.control.advance(2 * 3600);
	expect(await trigger.poll()).toMatchObject([{ object: { name: JOB }, transition: 'problem' }]);
	expect(await trigger.poll()).toEqual([]);
});

it('a session that was stopped is a warning that says so', async () => {
	const trigger = withOptions({ includeReasons: false });
	await trigger.activate();
	await simulator.control.runJob(JOB);
	await simulator.control.stopJob(JOB);
	expect(told(await trigger.poll())).toEqual([
		[
			'finished',
			'warning',
			`Backup Job "${JOB}" finished with warnings:\nIt was stopped before its end.`,
		],
	]);
});

describe('the options', () => {
	it('pick types of jobs, and let the server filter by the only one', async () => {
		const trigger = triggerOn(simulator, { events, jobSessionFinishedTypes: ['Copy'] });
		await trigger.activate();
		await run(FAILED);
		await run(FAILED, 'Copy - Exchange');
		await simulator.control.clearRequests();
		expect(await trigger.poll()).toMatchObject([
			{ object: { name: 'Copy - Exchange', type: 'Backup Copy Job' } },
		]);
		const [sessions] = await simulator.control.requests();
		expect(sessions?.query).toMatchObject({ jobType: 'Copy', limit: '10000' });
	});

	it('pick jobs, results and names', async () => {
		const { jobId } = await run(SUCCESS, 'Teams');
		const picked = [
			withOptions({ jobs: [jobId] }),
			withOptions({ includeNames: 'tea*' }),
			withOptions({ excludeNames: 'Exchange*' }),
			triggerOn(simulator, { events, jobSessionFinishedResults: ['Warning'] }),
		];
		for (const trigger of picked) await trigger.activate();
		await run(FAILED);
		await run({ ...FAILED, status: 'Warning' }, 'Teams');
		for (const trigger of picked)
			expect(await trigger.poll()).toMatchObject([
				{ object: { name: 'Teams' }, severity: 'warning' },
			]);
	});

	it('give one item per object, and leave the reasons out', async () => {
		const [perObject, without] = [
			withOptions({ onePer: 'object' }),
			withOptions({ includeReasons: false, reportRecovery: false }),
		];
		await perObject.activate();
		await without.activate();
		await run(FAILED);
		expect(await perObject.poll()).toMatchObject([
			{ message: LINE, reasons: [{ object: 'Ada Winter' }] },
		]);
		expect(await without.poll()).toMatchObject([{ reasons: [] }]);
		await run(SUCCESS);
		expect(await without.poll()).toEqual([]);
	});

	it.each(['v6', 'v8'])('tell at the start what has failed last (%s)', async (apiVersion) => {
		await run(FAILED);
		await run(SUCCESS);
		const trigger = triggerOn(
			simulator,
			{ events, options: { emitCurrentProblems: true } },
			{ apiVersion },
		);
		const items = await trigger.activate();
		expect(items.map(({ object }) => (object as { name: string }).name).sort()).toEqual([
			'Copy - Branch',
			'SharePoint and OneDrive',
			'Teams',
		]);
		expect(await trigger.poll()).toEqual([]);
	});
});

it('a manual test shows the latest failure and leaves the memory alone', async () => {
	const trigger = triggerOn(simulator, { events });
	await trigger.activate();
	await run(FAILED);
	expect(await trigger.poll('manual')).toMatchObject([{ message: `Test: ${LINE}` }]);
	expect(await trigger.poll()).toMatchObject([{ message: LINE }]);
});

import { randomUUID } from 'node:crypto';
import type { Asked, Reply } from './https';
import { connected, type ServiceProviderConsoleClient } from './vspc.client';

type Row = Record<string, unknown>;

describe('The work of Veeam Service Provider Console', () => {
	let client: ServiceProviderConsoleClient;

	beforeAll(async () => {
		client = await connected({ settings: { sessionSeconds: 60 } });
	});
	beforeEach(() => client.simulator.control.reset());
	afterAll(() => client.simulator.close());

	const COMPANIES = '/organizations/companies';
	const newCompany = (name: string) => ({
		organizationInput: { name },
		ownerCredentials: { userName: name },
	});
	const create = (name: string, requestId?: string): Promise<Reply> =>
		client.send('POST', COMPANIES, {
			body: newCompany(name),
			...(requestId && { headers: { 'X-Request-id': requestId } }),
		});
	const called = async (name: string) =>
		(
			await client.get(COMPANIES, {
				filter: [{ property: 'name', operation: 'equals', value: name }],
			})
		).body.data.length as number;
	const path = (reply: Reply) => new URL(String(reply.headers.location)).pathname;
	const follow = (reply: Reply, rest = '', asked: Asked = {}) =>
		client.ask(`${path(reply)}${rest}`, asked);

	describe('that goes on after the answer', () => {
		it('runs, succeeds and keeps its result for five minutes', async () => {
			const { control } = client.simulator;
			await control.answerLater({ method: 'POST', path: COMPANIES, seconds: 10 });
			const accepted = await create('Later Ltd');
			const running = await follow(accepted);
			const tooEarly = await follow(accepted, '/result');
			const before = await called('Later Ltd');
			await control.answerAtOnce();
			await control.advance(11);
			const over = await follow(accepted);
			const result = await follow(accepted, '/result');
			const after = await called('Later Ltd');
			await control.advance(301);

			expect([accepted.status, accepted.bytes.length]).toEqual([202, 0]);
			expect(running.body.data).toMatchObject({ status: 'running', actionName: 'Create Company' });
			expect([tooEarly.status, before]).toEqual([400, 0]);
			expect(over.body.data.status).toBe('succeed');
			expect([result.status, result.body.data.name, after]).toEqual([200, 'Later Ltd', 1]);
			expect((await follow(accepted)).status).toBe(404);
		});

		it('fails as told, and keeps its reason for an hour', async () => {
			const { control } = client.simulator;
			await control.answerLater({
				result: 'failed',
				message: 'The agent is not connected',
				times: 1,
			});
			const accepted = await create('Never Ltd');
			await control.advance(4);
			const over = await follow(accepted);
			await control.advance(3000);
			const result = await follow(accepted, '/result');

			expect(over.body.data.status).toBe('failed');
			expect(result.status).toBe(400);
			expect(result.body.errors[0].message).toBe('The agent is not connected');
			expect(await called('Never Ltd')).toBe(0);
		});

		it('is called off', async () => {
			await client.simulator.control.answerLater({ times: 1 });
			const accepted = await create('Called Off Ltd');
			await follow(accepted, '', { method: 'DELETE' });
			await client.simulator.control.advance(10);

			expect((await follow(accepted)).body.data.status).toBe('canceled');
			expect(await called('Called Off Ltd')).toBe(0);
		});

		it('is there for reads, downloads and selections, too', async () => {
			await client.simulator.control.answerLater({ seconds: 1 });
			const list = await client.get(COMPANIES, { select: [{ propertyPath: 'name' }], limit: 1 });
			const file = await client.get('/infrastructure/managementAgents/packages/linux', {
				tokenExpiryPeriodDays: 3,
			});
			await client.simulator.control.answerAtOnce();
			await client.simulator.control.advance(2);

			expect((await follow(list, '/result')).body.data).toEqual([{ name: 'Acme Bakery' }]);
			expect((await follow(file, '/result')).bytes.length).toBeGreaterThan(1000);
		});
	});

	describe('with a request id', () => {
		it('is done once and answered the same, for five minutes', async () => {
			const id = randomUUID();
			const [first, second] = [await create('Once Ltd', id), await create('Once Ltd', id)];
			await client.simulator.control.advance(301);
			const late = await create('Once Ltd', id);

			expect(second.body).toEqual(first.body);
			expect(late.body.data.instanceUid).not.toBe(first.body.data.instanceUid);
			expect(await called('Once Ltd')).toBe(2);
		});

		it('is done once although the connection broke before the answer', async () => {
			const id = randomUUID();
			await client.simulator.control.fault({ method: 'POST', action: { kind: 'resetAfter' } });

			await expect(create('Broken Ltd', id)).rejects.toThrow();
			expect((await create('Broken Ltd', id)).status).toBe(200);
			expect(await called('Broken Ltd')).toBe(1);
		});

		it('is done twice without one', async () => {
			await create('Twice Ltd');
			await create('Twice Ltd');

			expect(await called('Twice Ltd')).toBe(2);
		});

		it('makes the id that of the async action', async () => {
			const id = randomUUID();
			await client.simulator.control.answerLater({ times: 1 });
			const [first, second] = [await create('Id Ltd', id), await create('Id Ltd', id)];

			expect([first.status, second.status]).toEqual([202, 202]);
			expect(path(first)).toBe(`/api/v3/asyncActions/${id}`);
			expect(path(second)).toBe(path(first));
		});

		it('refuses an id that is none, or belongs to another request', async () => {
			const id = randomUUID();
			await create('Mine Ltd', id);
			const other = await client.get('/about', {}, { headers: { 'X-Request-id': id } });

			expect((await create('Nonsense Ltd', 'nonsense')).status).toBe(400);
			expect(other.status).toBe(400);
		});
	});

	describe('on bodies', () => {
		const company = async () => (await client.get(COMPANIES)).body.data[0] as Row;
		const patch = async (body: unknown) =>
			client.send('PATCH', `${COMPANIES}/${String((await company()).instanceUid)}`, { body });

		it('applies a JSON Patch', async () => {
			const { status, body } = await patch([
				{ op: 'replace', path: '/name', value: 'Acme Bakery GmbH' },
				{ op: 'replace', path: '/isAlarmDetectEnabled', value: 'false' },
				{
					op: 'replace',
					path: '/companyServices/remoteServices/isBackupResourcesEnabled',
					value: false,
				},
			]);
			const after = await company();

			expect(status).toBe(200);
			expect(body.data).toEqual(after);
			expect(after).toMatchObject({
				name: 'Acme Bakery GmbH',
				isAlarmDetectEnabled: false,
				companyServices: { remoteServices: { isBackupResourcesEnabled: false } },
			});
		});

		it.each<[string, unknown]>([
			['no list', { name: 'New' }],
			['an operation nobody knows', [{ op: 'change', path: '/name', value: 'x' }]],
			['a field nobody knows', [{ op: 'replace', path: '/nonsense', value: 'x' }]],
			[
				'a value of another type',
				[{ op: 'replace', path: '/isAlarmDetectEnabled', value: 'maybe' }],
			],
			['a status nobody knows', [{ op: 'replace', path: '/status', value: 'Nonsense' }]],
			['a path that leads nowhere', [{ op: 'replace', path: '/name/a/b', value: 'x' }]],
			['a test that fails', [{ op: 'test', path: '/name', value: 'Somebody' }]],
		])('refuses a patch with %s and changes nothing', async (_, body) => {
			const before = await company();

			expect((await patch(body)).status).toBe(400);
			expect(await company()).toEqual(before);
		});

		const licence = (field: string) => ({
			raw: {
				type: 'multipart/form-data; boundary=b',
				content: `--b\r\nContent-Disposition: form-data; name="${field}"; filename="l.lic"\r\n\r\nlicence\r\n--b--\r\n`,
			},
		});

		it('takes a licence in the field `license` alone', async () => {
			const good = await client.send('PUT', '/licensing/console', licence('license'));
			const wrong = await client.send('PUT', '/licensing/console', licence('file'));

			expect(good.status).toBe(200);
			expect(wrong.status).toBe(400);
			expect(wrong.body.errors[0]).toMatchObject({ propertyName: 'license' });
		});
	});

	it('runs a job, and tells of its failed objects', async () => {
		const { control } = client.simulator;
		const jobs = '/infrastructure/backupServers/jobs';
		const job = (await client.get(jobs)).body.data[0];
		await control.nextOutcome({
			status: 'Failed',
			object: 'erp01',
			failureMessage: 'Disk is locked',
		});
		const start = await client.send('POST', `${jobs}/${job.instanceUid}/start`);
		const again = await client.send('POST', `${jobs}/${job.instanceUid}/start`);
		const running = (await client.get(`${jobs}/${job.instanceUid}`)).body.data;
		await control.advance(61);
		const after = (await client.get(`${jobs}/${job.instanceUid}`)).body.data;

		expect([start.status, again.status, running.status]).toEqual([200, 400, 'Running']);
		expect(after).toMatchObject({ status: 'Failed', failureMessage: 'Disk is locked' });
		expect(
			after.lastSessionTasks.map((task: Row) => [task.objectName, task.failureMessages]),
		).toEqual([
			['erp01', ['Disk is locked']],
			['dc01', []],
		]);
	});

	it('raises, acknowledges and resolves alarms, and keeps their history', async () => {
		const alarm = await client.simulator.control.raiseAlarm({
			company: 'Acme Bakery',
			objectName: 'Daily VMs',
			message: 'The job has failed',
		});
		const one = `/alarms/active/${String(alarm.instanceUid)}`;
		await client.send('POST', `${one}/acknowledge?comment=Looking&resolveOnClients=false`);
		await client.simulator.control.alarm('Daily VMs', 'Resolved');
		const history = (await client.get(`${one}/history`)).body.data;
		const incomplete = await client.send('POST', `${one}/resolve`);

		expect(history.map(({ status }: Row) => status)).toEqual(['Resolved', 'Acknowledged', 'Error']);
		expect(history[1].remark).toBe('Looking');
		expect((await client.get(one)).body.data.lastActivation.status).toBe('Resolved');
		expect(incomplete.status).toBe(400);
	});

	it('throttles, and says in the body alone how long', async () => {
		await client.simulator.control.throttle(7);
		const { status, body, headers } = await client.get('/about');

		expect(status).toBe(429);
		expect(body.errors[0].retryAfter).toBe(7);
		expect(headers).not.toHaveProperty('retry-after');
		expect((await client.get('/about')).status).toBe(200);
	});

	it('fails as every server error arrives', async () => {
		await client.simulator.control.failServer({ retryable: true });
		const { status, body } = await client.get('/about');

		expect([status, body.errors[0].type]).toEqual([520, 'retryableLogical']);
		expect((await client.get('/about')).status).toBe(200);
	});
});

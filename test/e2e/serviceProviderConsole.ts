import { DateTime } from 'luxon';
import type { DemoStack } from '../../demo/stack';
import { COMPANY_NAMES, usageRecord } from '../../simulator/vspc/estate/tenants';
import { unreachableTests } from './unreachable';
import { exampleNamed, executeFrom, outputOf, publish, statusOf, veeamNode } from './workflows';

/** What Veeam Service Provider Console does in a real n8n. */
export function serviceProviderConsoleTests(stackOf: () => DemoStack): void {
	beforeEach(async () => await stackOf().vspc.control.reset());

	const byPassword = {
		authentication: 'password',
		username: 'admin',
		password: 'veeam-demo',
	};

	it('a token that expired between two runs is renewed by one login, unnoticed', async () => {
		const { vspc: server, credentials, api } = stackOf();
		// The demo's own credential has an API key, which does not expire.
		const veeamServiceProviderConsoleApi = await api.saveCredential(
			'Service provider by password (test)',
			'veeamServiceProviderConsoleApi',
			{ ...server.credential, ...byPassword },
		);
		const workflow = await publish(
			{ ...stackOf(), credentials: { ...credentials, veeamServiceProviderConsoleApi } },
			'Service provider: expired token',
			[
				veeamNode(
					'Companies',
					{ resource: 'company', operation: 'listCompanies', returnAll: true, simplify: false },
					{},
					'veeamServiceProviderConsole',
				),
			],
		);
		const before = await workflow.run<{ name: string }>();
		expect(await server.control.expireTokens()).toBeGreaterThan(0);
		await server.control.clearRequests();

		const after = await workflow.run<{ name: string }>();

		expect(after).toEqual(before);
		expect(after).toHaveLength(6);
		const calls = (await server.control.requests()).map(
			({ method, path, status }) => `${method} ${path} ${status}`,
		);
		expect(calls[0]).toBe(`GET ${API}/organizations/companies 401`);
		expect(calls.filter((call) => call.startsWith('POST'))).toEqual([`POST ${API}/token 200`]);
		expect(calls.at(-1)).toBe(`GET ${API}/organizations/companies 200`);
	});

	it('the example "failed jobs" puts out one line for each, with its tenant and the reason', async () => {
		const example = exampleNamed(
			stackOf(),
			'Service provider: failed jobs of all tenants, one line each',
		);
		const execution = await executeFrom(stackOf(), example.id, 'Every Morning at 7');

		expect(await statusOf(stackOf(), execution)).toBe('success');
		// The jobs ran so many hours before the start: when, only this run knows.
		const jobs = await outputOf<{ name: string; lastRun: string }>(
			stackOf(),
			execution,
			'Get Failed Jobs',
		);
		const lastRun = (job: string) => jobs.find(({ name }) => name === job)!.lastRun;
		expect(jobs.map((job) => Date.parse(job.lastRun))).toEqual(
			jobs.map((job) => Date.parse(job.lastRun)).sort((one, other) => other - one),
		);
		expect(await outputOf(stackOf(), execution, 'One Line Each')).toEqual([
			{
				tenant: 'Cedar Clinic',
				job: 'Patient Records',
				status: 'Warning',
				line: `Cedar Clinic: Patient Records (Warning, ${lastRun('Patient Records')}) The repository is low on free space`,
			},
			{
				tenant: 'Cedar Clinic',
				job: 'Offsite Copy',
				status: 'Failed',
				line: `Cedar Clinic: Offsite Copy (Failed, ${lastRun('Offsite Copy')}) The cloud gateway cannot be reached: connection timed out`,
			},
			{
				tenant: 'Blue Harbor Logistics',
				job: 'Production',
				status: 'Failed',
				line: `Blue Harbor Logistics: Production (Failed, ${lastRun('Production')}) Failed to create a snapshot: the datastore is full`,
			},
		]);
	});

	it('the example "monthly usage" puts out the highest value of every counter of every tenant', async () => {
		const example = exampleNamed(stackOf(), 'Service provider: monthly usage per tenant');
		const execution = await executeFrom(stackOf(), example.id, 'First of the Month');

		expect(await statusOf(stackOf(), execution)).toBe('success');
		const rows = await outputOf<UsageRow>(stackOf(), execution, 'Row');
		expect(rows).toHaveLength(42);
		expect(sorted(rows)).toEqual(sorted(usageOfLastMonth()));
	});

	describe("the credential's Test button", () => {
		const test = async (changes: Record<string, unknown> = {}) =>
			await stackOf().api.testCredential(stackOf().credentials.veeamServiceProviderConsoleApi!, {
				...stackOf().vspc.credential,
				...changes,
			});

		it('says yes to the API key, and to the right password', async () => {
			const yes = { status: 'OK', message: expect.stringMatching(/^Connected: Veeam /) as string };
			expect(await test()).toEqual(yes);
			expect(await test(byPassword)).toEqual(yes);
		});

		it('says that the API key is refused', async () => {
			expect(await test({ apiKey: 'not this one' })).toEqual({
				status: 'Error',
				message:
					'The server does not accept the API key. It is wrong, or it has been deleted or disabled. Create a new one.',
			});
		});

		it('says that the password is wrong', async () => {
			const { status, message } = await test({ ...byPassword, password: 'not this one' });
			expect(status).toBe('Error');
			expect(message).toMatch(/^The server refuses the username or the password\. /);
		});

		it('tells a user with multi-factor authentication to use a key', async () => {
			expect(await test({ ...byPassword, username: 'mfa' })).toEqual({
				status: 'Error',
				message:
					'The user has multi-factor authentication, with which n8n cannot log in. Choose API Key under Authentication, and create a key for the user in Veeam Service Provider Console. A key needs no second factor.',
			});
		});

		it('says that the server does not know the API version', async () => {
			const { status, message } = await test({ apiVersion: 'other', otherApiVersion: '9.9' });
			expect(status).toBe('Error');
			expect(message).toMatch(/^The server does not know API version 9\.9\. /);
		});

		unreachableTests(test);
	});
}

const API = '/api/v3';

interface UsageRow {
	month: string;
	company: string;
	counter: string;
	value: number;
}

const sorted = (rows: UsageRow[]): UsageRow[] =>
	[...rows].sort((one, other) =>
		`${one.company} ${one.counter}`.localeCompare(`${other.company} ${other.counter}`),
	);

/** The estate's own counters, which are the same on every day. */
function usageOfLastMonth(): UsageRow[] {
	const month = DateTime.now().minus({ months: 1 });
	return COMPANY_NAMES.flatMap((company) => {
		const { counters } = usageRecord(company, null, month.toISODate());
		return (counters as Array<{ type: string; value: number }>).map(({ type, value }) => ({
			month: month.toFormat('yyyy-MM'),
			company,
			counter: type,
			value,
		}));
	});
}

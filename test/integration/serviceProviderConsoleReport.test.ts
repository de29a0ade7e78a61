/** The protection report of Veeam Service Provider Console, against the simulated console. */
import { steady } from '../support/reportModel';
import { badDay } from './serviceProviderConsoleReport.expected';
import { startBench, type Bench } from './serviceProviderConsole.support';

jest.setTimeout(60_000);

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
afterAll(async () => await bench.close());
beforeEach(async () => await bench.simulator.control.reset());

const report = (reportOptions = {}) => ({
	resource: 'report',
	operation: 'getProtectionReport',
	reportOptions: { markNews: false, ...reportOptions },
});

/** The estate's usual troubles, and a run that was missed. */
const makeBadDay = async ({ simulator: { control } }: Bench): Promise<void> => {
	const nextRun = new Date(Date.now() - 2.1 * 3_600_000).toISOString();
	await control.job('Agent backup of lnx01', { nextRun });
};

/** Tenant, verdict, jobs, repositories, licenses. */
const TENANTS = [
	[
		'Acme Bakery',
		'1 job failed, 1 job missed its run, 1 object without a recent restore point',
		5,
		1,
		1,
	],
	[
		'Blue Harbor Logistics',
		'2 jobs failed, 1 object without a recent restore point, 1 finding, 1 job with warnings',
		7,
		1,
		2,
	],
	[
		'Cedar Clinic',
		'1 job failed, 1 repository is in trouble (Warning), 1 repository is low, 1 finding, 1 job with warnings',
		4,
		1,
		1,
	],
	[
		'Delta Engineering',
		'2 objects without a recent restore point, 1 repository is offline, 1 finding',
		4,
		1,
		1,
	],
	['Elm Street School', 'All is well: 3 jobs succeeded', 3, 0, 0],
	['Fjord Fisheries', 'All is well: 2 jobs succeeded', 2, 0, 0],
];

it('a bad day is told whole', async () => {
	await makeBadDay(bench);
	const [json = {}] = await bench.json(report());
	expect(steady(json)).toEqual(badDay);
});

it('3.5.1 tells the same', async () => {
	await makeBadDay(bench);
	const [json = {}] = await bench.json(report(), bench.connect({ apiVersion: '3.5.1' }));
	expect(steady(json)).toEqual(badDay);
});

it('a good day says so', async () => {
	await bench.simulator.control.makeGoodDay();
	const [json = {}] = await bench.json(report());
	expect(steady(json)).toMatchObject({
		verdict: {
			status: 'good',
			text: 'All is well: 24 jobs succeeded, all 5 repositories have space',
		},
		counts: { jobs: 24, succeeded: 24, failed: 0, unprotected: 0, findings: 0 },
		failures: [],
		missedRuns: [],
		unprotected: [],
		findings: [],
		unavailable: [],
	});
});

it('500 jobs and 200 repositories take 13 requests and one for Microsoft 365 licenses, none per job or tenant', async () => {
	await bench.simulator.control.addEstate({ jobs: 500, repositories: 200 });
	await bench.simulator.control.clearRequests();
	const [json = {}] = await bench.json(report());
	expect(json.counts).toMatchObject({ jobs: 525, repositories: 205 });
	const paths = (await bench.simulator.control.requests()).map(({ path }) => path);
	// One list of each kind: none is left out for a budget.
	expect(paths).toContain('/api/v3/protectedWorkloads/computersManagedByBackupServer');
	expect(paths.filter((path) => path !== '/api/v3/licensing/vb365Servers')).toHaveLength(13);
	expect(new Set(paths).size).toBe(paths.length);
});

it('a report for each tenant takes no more requests than one over all', async () => {
	await makeBadDay(bench);
	const asked = async (options: object) => {
		await bench.simulator.control.clearRequests();
		const result = await bench.run(report(options));
		return { ...result, count: (await bench.simulator.control.requests()).length };
	};
	const { items, count } = await asked({ onePerTenant: true });
	expect(count).toBe((await asked({})).count);
	const told = items.map(({ json: { tenant, verdict, counts, repositories, licenses } }) => [
		tenant,
		(verdict as { text: string }).text,
		(counts as { jobs: number }).jobs,
		(repositories as unknown[]).length,
		(licenses as unknown[]).length,
	]);
	expect(told).toEqual(TENANTS);
	expect(items.map(({ binary }) => binary?.data?.mimeType)).toEqual(items.map(() => 'text/csv'));
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(items.map(() => ({ item: 0 })));
});

it('only the tenants that are asked for are told', async () => {
	const [json = {}] = await bench.json(report({ includeTenants: 'Cedar*, Elm Street School' }));
	expect((json.tenants as Array<{ name: string }>).map(({ name }) => name)).toEqual([
		'Cedar Clinic',
		'Elm Street School',
	]);
	const rows = ['failures', 'unprotected', 'repositories', 'licenses', 'findings'].flatMap(
		(section) => json[section] as Array<{ tenant?: string }>,
	);
	expect(new Set(rows.map(({ tenant }) => tenant))).toEqual(new Set(['Cedar Clinic']));
});

it('a list that is refused is named, and the rest comes', async () => {
	await bench.simulator.control.fault({
		path: '/api/v3/alarms/active',
		action: { kind: 'status', status: 403, body: { errors: [{ message: 'Not allowed' }] } },
	});
	const [json = {}] = await bench.json(report());
	expect(json.unavailable).toEqual([
		{ section: 'findings', reason: expect.stringMatching(/^Alarms: .*/) as string },
		{ section: 'tenants', reason: expect.stringMatching(/^Alarms: .*/) as string },
	]);
	expect(json.counts).toMatchObject({ failed: 4, repositories: 5, findings: null });
});

/** The protection report of Veeam Backup for Microsoft 365, against the simulated server. */
import { steady } from '../support/reportModel';
import { badDay } from './microsoft365Report.expected';
import { startBench, type Bench } from './microsoft365.support';

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

/** Paths that were asked for, without those of the login. */
const asked = async (): Promise<string[]> =>
	(await bench.simulator.control.requests())
		.filter(({ method }) => method === 'GET')
		.map(({ path }) => path);

const hoursFromNow = (hours: number): string =>
	new Date(Date.now() + hours * 3_600_000).toISOString();

/** The estate's usual troubles, and a run that was missed, an old backup and a license that ends. */
const makeBadDay = async ({ simulator: { control } }: Bench): Promise<void> => {
	await control.job('Exchange - All Users', { nextRun: hoursFromNow(-2.1) });
	await control.user('Ada Winter', { lastBackupDate: hoursFromNow(-60) });
	await control.change('/License', undefined, { licenseExpires: hoursFromNow(10 * 24 + 1) });
};

it('a bad day is told whole', async () => {
	await makeBadDay(bench);
	const [json = {}] = await bench.json(report());
	expect(steady(json)).toEqual(badDay);
	expect(json.subject).toBe(`❌ Backup Report (127.0.0.1): ${badDay.verdict.text}`);
});

it('a good day says so', async () => {
	await bench.simulator.control.makeGoodDay();
	const [json = {}] = await bench.json(report());
	expect(steady(json)).toMatchObject({
		verdict: {
			status: 'good',
			text: 'All is well: 7 jobs succeeded, all 5 repositories have space',
		},
		counts: { jobs: 7, succeeded: 7, failed: 0, unprotected: 0, findings: 0 },
		failures: [],
		missedRuns: [],
		unprotected: [],
		findings: [],
		unavailable: [],
	});
});

it('v6 tells the same, and what it does not know', async () => {
	await makeBadDay(bench);
	const [json = {}] = await bench.json(report(), bench.connect({ apiVersion: 'v6' }));
	// v6 says of no job when it was last backed up; its sessions of the period hold no success.
	const [first, second, third] = badDay.failures.map(({ lastSuccess, ...failure }) => {
		expect(lastSuccess).toBeDefined();
		return failure;
	});
	const [branch, low, upgraded, objectStorage, ...others] = badDay.repositories;
	expect(steady(json)).toEqual({
		...badDay,
		verdict: {
			status: 'bad',
			text: '2 jobs failed, 1 job missed its run, 5 objects without a recent restore point, 2 findings, 1 repository is low, 1 license is expiring or used up, 1 job with warnings',
			points: badDay.verdict.points
				.filter(({ text }) => !text.includes('trouble'))
				.map((point) => (point.section === 'findings' ? { ...point, text: '2 findings' } : point)),
		},
		counts: { ...badDay.counts, findings: 2 },
		// One list less to ask for: the third log is read, too.
		failures: [
			first,
			second,
			{
				...third,
				objects: [
					{
						name: 'Projects',
						result: 'Warning',
						reason: 'Requests to the site are being throttled by Microsoft 365',
					},
				],
				reason: undefined,
			},
		],
		repositories: [
			low,
			upgraded,
			{ ...branch, status: 'good', trouble: undefined },
			{ id: objectStorage?.id, name: 'Object Storage Repository', status: 'good' },
			...others,
		],
		findings: badDay.findings.filter(({ text }) => /^proxy02|out of sync/.test(text)),
		// v6 alone says until when there is support.
		licenses: [{ ...badDay.licenses[0], name: 'Subscription', supportEnds: '+241 h' }],
		notes: [
			badDay.notes[1],
			badDay.notes[2],
			'Invalid and outdated repositories are not in API v6: v8 has them.',
			badDay.notes[3],
		],
	});
});

it.each(['v4', 'v5', 'v7', 'v8'])('%s gives a report, too', async (apiVersion) => {
	const [json = {}] = await bench.json(report(), bench.connect({ apiVersion }));
	expect(json.counts).toMatchObject({ failed: 2, repositories: 5 });
	// What a version does not have is a note, and no reason for a warning.
	expect(json.unavailable).toEqual([]);
});

it.each(['v6', 'v8'])(
	'500 jobs and 200 repositories take at most 13 requests of %s, none per job',
	async (apiVersion) => {
		await bench.simulator.control.addEstate({ jobs: 500, repositories: 200 });
		const [json = {}] = await bench.json(report(), bench.connect({ apiVersion }));
		expect(json.counts).toMatchObject({ jobs: 507, failed: 502, repositories: 205 });
		const paths = await asked();
		expect(paths.length).toBeLessThanOrEqual(13);
		expect(paths.filter((path) => /\/Jobs\/./i.test(path))).toEqual([]);
		expect(paths.filter((path) => path.endsWith('/LogItems')).length).toBeLessThanOrEqual(3);
	},
);

it('jobs that are left out are not told', async () => {
	const [json = {}] = await bench.json(report({ excludeJobs: 'Copy*, teams' }));
	expect((json.failures as Array<{ name: string }>).map(({ name }) => name)).toEqual([
		'SharePoint and OneDrive',
	]);
	expect(json.counts).toMatchObject({ jobs: 4, failed: 0, warned: 1 });
});

it('a list that is refused is named, and the rest comes', async () => {
	await bench.simulator.control.fault({
		path: '/v8/License',
		action: { kind: 'status', status: 403, body: { message: 'Not allowed to see licenses' } },
	});
	const [json = {}] = await bench.json(report());
	expect(json.unavailable).toEqual([
		{ section: 'licenses', reason: expect.stringMatching(/^License: .*/) as string },
	]);
	expect(json.counts).toMatchObject({ failed: 2, repositories: 5 });
});

it('the item carries the CSV as a file', async () => {
	const { items } = await bench.run(report({ outputField: 'report' }));
	expect(items[0]?.binary?.report).toMatchObject({ mimeType: 'text/csv' });
	expect(items[0]?.pairedItem).toEqual({ item: 0 });
});

/** The protection report of a backup server: what it says, and how few requests it takes. */
import type { INodeExecutionData } from 'n8n-workflow';

import type { ReportModel } from '../../nodes/shared/report/model';
import { readBinary } from '../support/executeNode';
import { startBench, type Bench } from './backupReplication.support';

jest.setTimeout(120_000);

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
afterAll(async () => await bench.close());
afterEach(async () => await bench.simulator.control.clearFaults());

const report = (options = {}) => ({
	resource: 'report',
	operation: 'getProtectionReport',
	reportOptions: { timeZone: 'Europe/Berlin', ...options },
});

const modelOf = ({ json }: INodeExecutionData): ReportModel => json as unknown as ReportModel;

async function enlarge(path: string, body: object): Promise<void> {
	const answer = await fetch(`${bench.simulator.controlUrl}${path}`, {
		method: 'POST',
		body: JSON.stringify(body),
		headers: { 'content-type': 'application/json' },
	});
	expect([answer.status, await answer.text()]).toEqual([200, expect.any(String)]);
}

async function asked(): Promise<string[]> {
	const requests = await bench.simulator.control.requests();
	return requests.filter(({ path }) => !path.includes('/token')).map(({ path }) => path);
}

describe('the report of the small estate', () => {
	it('begins with the verdict, and gives reasons, repositories, license and findings', async () => {
		const { items } = await bench.run(report());
		expect(items).toHaveLength(1);
		const model = modelOf(items[0]!);
		expect(model.verdict).toMatchObject({
			status: 'bad',
			text: '2 jobs failed, 1 repository is offline, 1 repository is low, 3 findings, 2 jobs with warnings',
		});
		expect(model.failures.slice(0, 2)).toEqual([
			expect.objectContaining({
				name: 'Agents - Branch Servers',
				result: 'Failed',
				objects: [],
				lastSuccess: expect.stringMatching(/Z$/),
				reason: expect.stringContaining('br-srv02.example.lab cannot be reached'),
			}),
			expect.objectContaining({
				name: 'Backup - Exchange',
				lastSuccess: expect.stringMatching(/Z$/),
				objects: [
					{
						name: 'mail01',
						result: 'Failed',
						reason: expect.stringContaining('VSS writer Exchange timed out'),
					},
				],
			}),
		]);
		expect(model.repositories[0]).toMatchObject({ name: 'NAS Repository', online: false });
		expect(model.repositories[1]).toMatchObject({
			name: 'Default Backup Repository',
			usedPercent: 94.4,
			status: 'warning',
		});
		expect(model.licenses).toEqual([
			expect.objectContaining({ status: 'good', used: 83, total: 100, unit: 'instances' }),
		]);
		expect(model.unavailable).toEqual([]);
	});

	it('comes in every form, with the CSV as a file in the field of choice', async () => {
		const { items } = await bench.run(report({ outputField: 'table', title: 'Night' }));
		const { json, binary } = items[0]!;
		expect(json.subject).toMatch(/^❌ Night \(.*\): 2 jobs failed/);
		expect(json.html).toMatch(/^<!DOCTYPE html>[^]*mail01[^]*<\/html>\s*$/);
		expect(json.text).toContain('mail01');
		expect(JSON.stringify(json.slackBlocks)).toContain('mail01');
		expect(JSON.stringify(json.teamsCard)).toContain('mail01');
		expect(binary!.table).toMatchObject({
			mimeType: 'text/csv',
			fileName: expect.stringMatching(/^protection-report-\d{4}-\d\d-\d\d\.csv$/),
		});
		expect((await readBinary(binary!.table)).toString()).toMatch(
			/\r\nJobs,,Backup - Exchange,.*Failed,mail01,/,
		);
	});

	it('takes only the jobs and sections that are asked for', async () => {
		const { items } = await bench.run(
			report({ includeJobs: 'Backup - *', excludeJobs: '*Servers', sections: ['jobs'] }),
		);
		const model = modelOf(items[0]!);
		expect(model.failures.map(({ name }) => name)).toEqual(['Backup - Exchange']);
		expect([model.repositories, model.licenses, model.findings]).toEqual([[], [], []]);
	});

	it('says what the account may not read, and still brings the rest', async () => {
		const { items } = await bench.run(report(), {
			credentials: bench.connect({ username: '.\\viewer' }),
		});
		const model = modelOf(items[0]!);
		expect(model.unavailable).toEqual([
			{ section: 'licenses', reason: expect.stringMatching(/^License: ./) },
			{ section: 'findings', reason: expect.stringMatching(/^Security & Compliance Analyzer: ./) },
		]);
		expect(model.failures.length).toBeGreaterThan(0);
		expect(model.repositories.length).toBeGreaterThan(0);
	});

	it.each([
		// Knows neither agent jobs nor their sessions: one of the two that failed.
		['1.2-rev1', 1],
		['1.3-rev0', 2],
	])('comes from a server of %s, too', async (apiVersion, failed) => {
		const { items } = await bench.run(report(), { credentials: bench.connect({ apiVersion }) });
		const model = modelOf(items[0]!);
		expect(model.unavailable).toEqual([]);
		expect(model.counts).toMatchObject({ failed, warned: 2, offlineRepositories: 1 });
	});

	it('fails with the reason where a choice is wrong', async () => {
		expect(await bench.failure(report({ timeZone: 'Mars/Olympus' }))).toEqual({
			message: '"Time Zone" is "Mars/Olympus": there is no such time zone',
			description: expect.stringContaining('Europe/Berlin'),
		});
	});

	it('lists objects whose youngest restore point is older than the RPO', async () => {
		const { items } = await bench.run(report({ rpoHours: 6, sections: ['unprotected'] }));
		const { unprotected } = modelOf(items[0]!);
		expect(unprotected.map(({ name }) => name)).toContain('mail01');
		expect(unprotected.map(({ name }) => name)).not.toContain('hv-app01');
		for (const { lastRestorePoint } of unprotected)
			expect(Date.now() - Date.parse(lastRestorePoint!)).toBeGreaterThan(6 * 3_600_000);
	});
});

describe('an estate of more than 500 jobs and 200 repositories', () => {
	beforeAll(async () => {
		await enlarge('/estate/jobs', {
			count: 500,
			objects: 20,
			result: 'Failed',
			message: 'See the session log for details',
		});
		await enlarge('/estate/repositories', { count: 200 });
	});

	it('is read in at most 13 requests, and none of them per job', async () => {
		await bench.run({ ...report() });
		await bench.simulator.control.clearRequests();
		const { items } = await bench.run(report());
		const model = modelOf(items[0]!);
		expect(model.counts).toMatchObject({ failed: 502, unprotected: 10_000 });
		expect(model.counts.repositories).toBeGreaterThan(200);
		expect(model.failures.every(({ objects, reason }) => objects.length > 0 || reason)).toBe(true);
		const paths = await asked();
		expect(paths.length).toBeLessThanOrEqual(13);
		expect(paths.filter((path) => path.endsWith('/logs')).length).toBeLessThanOrEqual(3);
		const others = paths.filter((path) => !path.endsWith('/logs'));
		expect(others.filter((path) => /[0-9a-f]{8}-/.test(path))).toEqual([]);
		expect(Buffer.byteLength(String(items[0]!.json.html))).toBeLessThanOrEqual(100_000);
	});

	it('is read in at most 13 requests with jobs left out, too', async () => {
		await bench.simulator.control.clearRequests();
		await bench.run(report({ excludeJobs: 'Job 1*' }));
		expect((await asked()).length).toBeLessThanOrEqual(13);
	});
});

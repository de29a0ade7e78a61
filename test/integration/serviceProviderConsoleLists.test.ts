/** Lists of the Service Provider Console: paging, the query language, what expand brings. */
import type { INodeParameters } from 'n8n-workflow';

import { startBench, type Bench } from './serviceProviderConsole.support';

jest.setTimeout(60_000);

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
afterAll(async () => await bench.close());
beforeEach(async () => await bench.simulator.control.reset());

const jobs = { resource: 'job', operation: 'listBackupServerJobs', returnAll: true };
const companies = { resource: 'company', operation: 'listCompanies', returnAll: true };
const copyJobObjects = {
	resource: 'backupCopyJob',
	operation: 'listBackupCopyJobsObjects',
};
const BELOW = '/api/v3/infrastructure/backupServers/jobs/backupCopyJobs/jobObjects';

/** What was asked for in the query language, as an object. */
const asked = async (path: string) =>
	(await bench.simulator.control.requests())
		.filter((request) => request.path === path)
		.map(({ query }) =>
			Object.fromEntries(
				Object.entries(query).map(([name, value]) => [
					name,
					/^(filter|sort|select)$/.test(name) ? (JSON.parse(String(value)) as unknown) : value,
				]),
			),
		);
const where = (match: string, conditions: object[]): INodeParameters => ({
	queryFilter: { condition: conditions as never },
	queryOptions: { match },
});
const field = (value: string) => ({ __rl: true, mode: 'name', value });
const listed = (value: string) => ({ __rl: true, mode: 'list', value });

describe('all objects of backup copy jobs', () => {
	it('come complete by pages of 500', async () => {
		const items = await bench.json({ ...copyJobObjects, returnAll: true, simplify: false });
		expect(items.length).toBeGreaterThan(0);
		expect(await asked(BELOW)).toEqual([{ offset: '0', limit: '500' }]);
	});

	it('come once each where pages hold less than asked', async () => {
		const all = await bench.json({ ...copyJobObjects, returnAll: true, simplify: false });
		await bench.simulator.control.fault({
			path: BELOW,
			action: { kind: 'shortPage', missing: all.length - 1 },
		});
		await bench.simulator.control.clearRequests();
		expect(await bench.json({ ...copyJobObjects, returnAll: true, simplify: false })).toEqual(all);
		expect(await asked(BELOW)).toEqual([
			{ offset: '0', limit: '500' },
			// By the size of the pages that the server makes.
			{ offset: '1', limit: '1' },
			{ offset: '2', limit: '1' },
		]);
	});

	it('start at an offset, with a limit and without', async () => {
		const all = await bench.json({ ...copyJobObjects, returnAll: true, simplify: false });
		expect(all.length).toBeGreaterThan(2);
		const from = (offset: number) => ({
			...copyJobObjects,
			queryOptions: { offset },
			simplify: false,
		});
		expect(await bench.json({ ...from(1), limit: 1 })).toEqual(all.slice(1, 2));
		expect((await asked(BELOW)).at(-1)).toEqual({ offset: '1', limit: '1' });
		expect(await bench.json({ ...from(1), returnAll: true })).toEqual(all.slice(1));
		expect((await asked(BELOW)).at(-1)).toEqual({ offset: '1', limit: '500' });
		expect(await bench.json({ ...from(all.length), returnAll: true })).toEqual([]);
	});

	it('stop at the limit, and start at an offset by any path', async () => {
		const all = await bench.json({ ...copyJobObjects, returnAll: true, simplify: false });
		expect(await bench.json({ ...copyJobObjects, limit: 2, simplify: false })).toEqual(
			all.slice(0, 2),
		);
		expect((await asked(BELOW)).at(-1)).toEqual({ offset: '0', limit: '2' });
		for (const path of [BELOW, BELOW.replace('/api/v3', '')]) {
			const rest = await bench.json({
				resource: 'apiRequest',
				operation: 'apiRequest',
				requestPath: `${path}?offset=1&limit=1`,
				requestReturns: 'allPages',
			});
			expect(rest).toEqual(all.slice(1));
		}
	});
});

it('gives more than a page of items complete and once', async () => {
	await bench.simulator.control.addCompanies(501);
	const items = await bench.json(companies);
	expect(items.length).toBeGreaterThan(501);
	expect(new Set(items.map(({ instanceUid }) => instanceUid)).size).toBe(items.length);
	expect((await asked('/api/v3/organizations/companies')).map(({ offset }) => offset)).toEqual([
		'0',
		'500',
	]);
});

describe('a filter', () => {
	const failed = { property: listed('status'), operator: 'equals', value: 'Failed' };
	const named = { property: field('name'), operator: 'contains', value: 'COPY' };
	const path = '/api/v3/infrastructure/backupServers/jobs';
	const all = async () => await bench.json({ ...jobs, simplify: false });

	it('of conditions that all have to be met', async () => {
		const expected = (await all()).filter(
			({ status, name }) => status === 'Failed' && /copy/i.test(String(name)),
		);
		const items = await bench.json({ ...jobs, ...where('all', [failed, named]), simplify: false });
		expect(items).toEqual(expected);
		expect(expected).toHaveLength(1);
		expect((await asked(path)).at(-1)!.filter).toEqual([
			{ property: 'status', operation: 'equals', collation: 'ignorecase', value: 'Failed' },
			{ property: 'name', operation: 'contains', collation: 'ignorecase', value: 'COPY' },
		]);
	});

	it('of conditions any of which is enough', async () => {
		const expected = (await all()).filter(
			({ status, name }) => status === 'Failed' || /copy/i.test(String(name)),
		);
		const items = await bench.json({ ...jobs, ...where('any', [failed, named]), simplify: false });
		expect(items).toEqual(expected);
		expect(expected.length).toBeGreaterThan(2);
	});

	it('that is one of several, of booleans, of a field inside another', async () => {
		const oneOf = { property: listed('status'), operator: 'in', value: 'Failed, Warning' };
		const enabled = { property: listed('isEnabled'), operator: 'equals', value: 'true' };
		const expected = (await all()).filter(
			({ status, isEnabled }) => ['Failed', 'Warning'].includes(String(status)) && isEnabled,
		);
		expect(
			await bench.json({ ...jobs, ...where('all', [oneOf, enabled]), simplify: false }),
		).toEqual(expected);
		expect(expected.length).toBeGreaterThan(2);

		const alarms = { resource: 'triggeredAlarm', operation: 'listActiveAlarms', returnAll: true };
		const every = (await bench.json({ ...alarms, simplify: false })) as Array<{
			lastActivation: { status: string };
		}>;
		const errors = await bench.json({
			...alarms,
			...where('all', [
				{ property: field('lastActivation.status'), operator: 'equals', value: 'Error' },
			]),
			simplify: false,
		});
		expect(errors).toEqual(every.filter((alarm) => alarm.lastActivation.status === 'Error'));
		expect(errors.length).toBeGreaterThan(0);
		expect(errors.length).toBeLessThan(every.length);
	});

	it('of nested groups as JSON, together with the other conditions', async () => {
		const json = [
			{
				operation: 'or',
				items: [
					{ property: 'status', operation: 'equals', value: 'Warning' },
					{
						operation: 'and',
						items: [
							{ property: 'status', operation: 'equals', value: 'Failed' },
							{ property: 'type', operation: 'equals', value: 'BackupCopy' },
						],
					},
				],
			},
		];
		const items = await bench.json({
			...jobs,
			...where('all', [{ property: listed('isEnabled'), operator: 'equals', value: 'true' }]),
			queryOptions: { filterJson: JSON.stringify(json) },
		});
		expect(items.map(({ name }) => name).sort()).toEqual(['Offsite Copy', 'Patient Records']);
		expect((await asked(path)).at(-1)!.filter).toEqual([
			{ property: 'isEnabled', operation: 'equals', value: true },
			...json,
		]);
	});
});

it('sorts, and returns the fields that were asked for', async () => {
	const items = await bench.json({
		...companies,
		queryOptions: {
			select: ['name', 'status'],
			sort: { order: [{ property: listed('name'), direction: 'descending' }] },
		},
	});
	const names = items.map(({ name }) => String(name));
	expect(names).toEqual([...names].sort().reverse());
	expect(items[0]).toEqual({ name: 'Fjord Fisheries', status: 'Disabled' });
	expect((await asked('/api/v3/organizations/companies')).at(-1)).toEqual({
		select: [{ propertyPath: 'name' }, { propertyPath: 'status' }],
		sort: [{ property: 'name', direction: 'descending' }],
		offset: '0',
		limit: '500',
	});
});

it('makes what expand brings along fields of the items, simplified or not', async () => {
	for (const simplify of [true, false]) {
		const items = await bench.json({
			resource: 'backupCopyJob',
			operation: 'listBackupCopyJobs',
			returnAll: true,
			queryOptions: { expand: ['BackupServerJob'] },
			simplify,
		});
		expect(items).toHaveLength(3);
		for (const item of items) {
			expect(item).toMatchObject({
				instanceUid: expect.any(String),
				backupServerJob: { name: expect.stringMatching(/copy/i), type: 'BackupCopy' },
			});
			expect(item).not.toHaveProperty('_embedded');
		}
	}
});

it('lets a person choose a company by a part of its name', async () => {
	const get = { resource: 'company', operation: 'getCompany' };
	const { results } = await bench.pick('companyUid', get, 'ACME');
	expect(results.map(({ name }) => name)).toEqual(['Acme Bakery']);
	expect(await bench.json({ ...get, companyUid: listed(String(results[0]!.value)) })).toMatchObject(
		[{ name: 'Acme Bakery', instanceUid: results[0]!.value }],
	);
});

import { connected, type ServiceProviderConsoleClient } from './vspc.client';

type Row = Record<string, unknown>;

describe('The lists of Veeam Service Provider Console', () => {
	let client: ServiceProviderConsoleClient;

	beforeAll(async () => {
		client = await connected();
	});
	beforeEach(() => client.simulator.control.reset());
	afterAll(() => client.simulator.close());

	const COMPANIES = '/organizations/companies';
	const JOBS = '/infrastructure/backupServers/jobs';
	const names = async (path: string, query: Row) =>
		(await client.get(path, query)).body.data.map(({ name }: Row) => name);

	it('answers a page with its figures', async () => {
		const { body } = await client.get(COMPANIES, { limit: 2, offset: 3 });

		expect(body.data.map(({ name }: Row) => name)).toEqual([
			'Delta Engineering',
			'Elm Street School',
		]);
		expect(body.meta).toEqual({ pagingInfo: { total: 6, count: 2, offset: 3 } });
		expect(body.errors).toBeNull();
	});

	it('gives 100 a page, 500 at most', async () => {
		await client.simulator.control.addCompanies(510);
		const count = async (query: Row) =>
			(await client.get(COMPANIES, query)).body.meta.pagingInfo.count;

		expect([await count({}), await count({ limit: 9999 })]).toEqual([100, 500]);
	});

	it.each<[string, unknown, string[]]>([
		[
			'equals',
			{ property: 'status', operation: 'equals', value: 'Failed' },
			['Production', 'Offsite Copy'],
		],
		['notEquals', { property: 'isEnabled', operation: 'notEquals', value: true }, ['Old Test VMs']],
		[
			'in',
			{ property: 'status', operation: 'in', value: ['Warning', 'None'] },
			['Patient Records', 'Old Test VMs'],
		],
		['contains, to the letter', { property: 'name', operation: 'contains', value: 'copy' }, []],
		[
			'contains, ignoring case',
			{ property: 'name', operation: 'contains', collation: 'ignorecase', value: 'copy' },
			['Copy to cloud', 'Copy to cloud', 'Offsite Copy'],
		],
		['greaterThan', { property: 'retentionLimit', operation: 'greaterThan', value: 14 }, []],
		[
			'and',
			{
				operation: 'and',
				items: [
					{ property: 'status', operation: 'equals', value: 'Failed' },
					{ property: 'type', operation: 'equals', value: 'BackupCopy' },
				],
			},
			['Offsite Copy'],
		],
		[
			'or with a group inside',
			{
				operation: 'or',
				items: [
					{ property: 'status', operation: 'equals', value: 'None' },
					{
						operation: 'and',
						items: [
							{ property: 'status', operation: 'equals', value: 'Failed' },
							{ property: 'type', operation: 'equals', value: 'BackupVm' },
						],
					},
				],
			},
			['Production', 'Old Test VMs'],
		],
		[
			'not',
			{
				operation: 'not',
				items: [{ property: 'status', operation: 'in', value: ['Success', 'Failed'] }],
			},
			['Patient Records', 'Old Test VMs'],
		],
		[
			'exclusiveOr',
			{
				operation: 'exclusiveOr',
				items: [
					{ property: 'status', operation: 'equals', value: 'Failed' },
					{ property: 'type', operation: 'equals', value: 'BackupCopy' },
				],
			},
			['Copy to cloud', 'Production', 'Copy to cloud'],
		],
	])('filters by %s', async (_, expression, expected) => {
		expect(await names(JOBS, { filter: [expression] })).toEqual(expected);
	});

	it('takes the conditions of a list together, and looks into nested fields', async () => {
		const filter = [
			{ property: 'lastActivation.status', operation: 'equals', value: 'Error' },
			{ property: 'repeatCount', operation: 'greaterThanOrEqual', value: 3 },
		];
		const { body } = await client.get('/alarms/active', { filter });

		expect(body.data.map(({ object }: { object: Row }) => object.objectName)).toEqual([
			'Production',
		]);
	});

	it('compares times as times', async () => {
		const value = new Date(Date.now() - 4 * 3_600_000).toISOString();
		const filter = [{ property: 'lastActivation.time', operation: 'greaterThan', value }];

		expect((await client.get('/alarms/active', { filter })).body.data).toHaveLength(1);
	});

	it('sorts by several properties, then cuts the page', async () => {
		const sort = [
			{ property: 'type', direction: 'ascending' },
			{ property: 'name', direction: 'descending' },
		];

		expect(await names(JOBS, { sort, limit: 4 })).toEqual([
			'Offsite Copy',
			'Copy to cloud',
			'Copy to cloud',
			'Production',
		]);
	});

	it('returns the fields that are selected, nested ones too', async () => {
		const select = [{ propertyPath: 'repeatCount' }, { propertyPath: 'object.objectName' }];
		const { body } = await client.get('/alarms/active', { select, limit: 1 });
		const company = (await client.get(COMPANIES, { limit: 1 })).body.data[0];
		const path = `${COMPANIES}/${company.instanceUid}`;
		const one = await client.get(path, { select: [{ propertyPath: 'name' }] });

		expect(body.data).toEqual([{ repeatCount: 3, object: { objectName: 'Production' } }]);
		expect(one.body.data).toEqual({ name: 'Acme Bakery' });
	});

	it('embeds what is expanded, and nothing else', async () => {
		const path = `${JOBS}/backupCopyJobs`;
		const plain = (await client.get(path)).body.data;
		const full = (await client.get(path, { expand: 'BackupServerJob' })).body.data;
		const repository = (
			await client.get('/infrastructure/backupServers/repositories', {
				expand: 'BackupRepositoryInfo',
			})
		).body.data[0];

		expect(plain).toHaveLength(3);
		expect(plain.some((one: Row) => '_embedded' in one)).toBe(false);
		expect(
			full.map(
				(one: { _embedded: { backupServerJob: Row } }) => one._embedded.backupServerJob.name,
			),
		).toEqual(['Copy to cloud', 'Copy to cloud', 'Offsite Copy']);
		expect(repository._embedded).toMatchObject({
			status: 'Healthy',
			hostName: 'vcc01.example.lab',
		});
	});

	it.each<[string, Row, string]>([
		['text that is no JSON', { filter: 'nonsense' }, 'filter'],
		[
			'an operation nobody knows',
			{ filter: [{ property: 'name', operation: 'like', value: 1 }] },
			'filter[0].operation',
		],
		[
			'a property nobody knows',
			{ filter: [{ property: 'nonsense', operation: 'equals', value: 1 }] },
			'filter',
		],
		['a sort without a property', { sort: [{ direction: 'ascending' }] }, 'sort[0].property'],
		['an expansion nobody knows', { expand: 'Nonsense' }, 'expand'],
		['a limit of zero', { limit: 0 }, 'limit'],
	])('refuses %s', async (_, query, parameterName) => {
		const { status, body } = await client.get(COMPANIES, query);

		expect(status).toBe(400);
		expect(body.errors).toEqual([
			{ message: expect.any(String), type: 'logical', code: 150, parameterName },
		]);
	});

	it('tells the usage of each company, today and day by day', async () => {
		await client.simulator.control.usage('Acme Bakery', { BackedupVms: 77 });
		const today = (await client.get(`${COMPANIES}/usage`)).body.data;
		const day = today[0].date;
		const month = await client.get(`${COMPANIES}/usage`, { fromDate: '2000-01-01', toDate: day });
		const counter = today[0].counters.find(({ type }: Row) => type === 'BackedupVms');

		expect(today).toHaveLength(6);
		expect(counter.value).toBe(77);
		expect(month.body.meta.pagingInfo.total).toBe(6 * 62);
	});

	it('shows failed jobs of all tenants: on servers, on agents and of Microsoft 365', async () => {
		const failed = async (path: string, property: string) =>
			names(path, { filter: [{ property, operation: 'equals', value: 'Failed' }] });

		expect(await failed(JOBS, 'status')).toEqual(['Production', 'Offsite Copy']);
		expect(await failed('/infrastructure/backupAgents/jobs', 'status')).toEqual([
			'Agent backup of ws01',
		]);
		expect(await failed('/infrastructure/vb365Servers/organizations/jobs', 'lastStatus')).toEqual([
			'Teams and SharePoint',
		]);
	});

	it('adds and removes companies', async () => {
		const body = {
			organizationInput: { name: 'Gamma Print' },
			ownerCredentials: { userName: 'gamma', password: 'hush' },
		};
		const created = await client.send('POST', COMPANIES, { body });
		const path = `${COMPANIES}/${created.body.data.instanceUid}`;
		const organization = await client.get(path, { expand: 'Organization' });
		const removed = await client.send('DELETE', `${path}?removeAllAgents=true`);
		await client.simulator.control.removeCompany('Acme Bakery');

		expect(created.body.data).toMatchObject({ name: 'Gamma Print', status: 'Active' });
		expect(JSON.stringify(created.body)).not.toContain('hush');
		expect(organization.body.data._embedded.organization).toMatchObject({ name: 'Gamma Print' });
		expect(removed.status).toBe(200);
		expect((await client.get(path)).status).toBe(404);
		expect(await names(COMPANIES, {})).not.toContain('Acme Bakery');
	});
});

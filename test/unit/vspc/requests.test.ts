import { readBinary, storeBinary } from '../../support/executeNode';
import { BackupServer } from '../transport.support';
import { BASE, credentials, failure, json, KEY, page, run, spoken } from './support';

let server: BackupServer;

beforeAll(async () => {
	server = await BackupServer.start();
});
afterAll(async () => await server.stop());
beforeEach(() => {
	server.reset();
	server.tokens.add(KEY);
});

const id = (number: number): string =>
	`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const COMPANY = id(7);

describe('a list', () => {
	const links = Array.from({ length: 1200 }, (_, index) => ({
		jobUid: id(index),
		linkedJobUid: id(5000 + index),
	}));
	const operation = {
		resource: 'backupCopyJob',
		operation: 'listBackupCopyJobsObjects',
		// It would read the names of the jobs.
		simplify: false,
	};

	it('arrives complete and in order, 500 a page', async () => {
		server.handle = (request) => ({ body: page(links, request) });
		expect(json(await run(server, { ...operation, returnAll: true }))).toEqual(links);
		expect(server.calls.map(({ url }) => url)).toEqual([
			`${BASE}/infrastructure/backupServers/jobs/backupCopyJobs/jobObjects?offset=0&limit=500`,
			`${BASE}/infrastructure/backupServers/jobs/backupCopyJobs/jobObjects?offset=500&limit=500`,
			`${BASE}/infrastructure/backupServers/jobs/backupCopyJobs/jobObjects?offset=1000&limit=200`,
		]);
	});

	it('stops at the limit', async () => {
		server.handle = (request) => ({ body: page(links, request) });
		expect(json(await run(server, { ...operation, limit: 3 }))).toEqual(links.slice(0, 3));
		expect(server.calls.map(({ url }) => new URL(url, 'https://x').search)).toEqual([
			'?offset=0&limit=3',
		]);
	});

	it('carries the key and the version, and no request ID, as it changes nothing', async () => {
		server.handle = (request) => ({ body: page([], request) });
		await run(server, operation);
		expect(server.calls[0]?.headers).toMatchObject({
			authorization: `Bearer ${KEY}`,
			'x-client-version': '3.6.1',
		});
		expect(server.calls[0]?.headers).not.toHaveProperty('x-request-id');
	});
});

describe('the query language', () => {
	beforeEach(() => {
		server.handle = (request) => ({ body: page([], request) });
	});
	const rule = (property: string, operator: string, value: unknown, more = {}) => ({
		property: { __rl: true, mode: 'list', value: property },
		operator,
		value: value as string,
		...more,
	});

	it('says all conditions, with values by the type of their field', async () => {
		await run(server, {
			resource: 'job',
			operation: 'listBackupServerJobs',
			queryFilter: {
				condition: [
					rule('status', 'in', 'failed, warning'),
					rule('isEnabled', 'equals', 'true'),
					rule('lastDuration', 'greaterThan', '60'),
					rule('name', 'contains', '2024', { ignoreCase: false }),
				],
			},
		});
		expect(spoken(server.calls[0]!, 'filter')).toEqual([
			{
				property: 'status',
				operation: 'in',
				collation: 'ignorecase',
				value: ['Failed', 'Warning'],
			},
			{ property: 'isEnabled', operation: 'equals', value: true },
			{ property: 'lastDuration', operation: 'greaterThan', value: 60 },
			{ property: 'name', operation: 'contains', value: '2024' },
		]);
	});

	it('says any condition as one group, beside what is written as JSON', async () => {
		const nested = {
			operation: 'not',
			items: [{ property: 'area', operation: 'equals', value: 'Internal' }],
		};
		await run(server, {
			resource: 'triggeredAlarm',
			operation: 'listActiveAlarms',
			queryFilter: {
				condition: [
					rule('lastActivation.status', 'equals', 'Error'),
					rule('repeatCount', 'lessThan', '5'),
				],
			},
			queryOptions: { match: 'any', filterJson: JSON.stringify([nested]) },
		});
		expect(spoken(server.calls[0]!, 'filter')).toEqual([
			{
				operation: 'or',
				items: [
					{
						property: 'lastActivation.status',
						operation: 'equals',
						collation: 'ignorecase',
						value: 'Error',
					},
					{ property: 'repeatCount', operation: 'lessThan', value: 5 },
				],
			},
			nested,
		]);
	});

	it('says the order and the fields', async () => {
		await run(server, {
			resource: 'job',
			operation: 'listBackupServerJobs',
			queryOptions: {
				select: ['name', 'status'],
				sort: {
					order: [
						{ property: { value: 'lastRun', mode: 'list', __rl: true }, direction: 'descending' },
					],
				},
			},
		});
		expect(spoken(server.calls[0]!, 'select')).toEqual([
			{ propertyPath: 'name' },
			{ propertyPath: 'status' },
		]);
		expect(spoken(server.calls[0]!, 'sort')).toEqual([
			{ property: 'lastRun', direction: 'descending' },
		]);
	});

	it('asks for what a condition is about before anything is sent', async () => {
		expect(
			await failure(
				run(server, {
					resource: 'job',
					operation: 'listBackupServerJobs',
					queryFilter: { condition: [rule('', 'equals', 'x')] },
				}),
			),
		).toMatchObject({ message: 'A field in "Filter by Field" is empty' });
		expect(server.calls).toEqual([]);
	});

	it('names the field whose value is of the wrong type', async () => {
		const { message } = await failure(
			run(server, {
				resource: 'job',
				operation: 'listBackupServerJobs',
				queryFilter: { condition: [rule('lastDuration', 'equals', 'long')] },
			}),
		);
		expect(message).toBe('The value "long" of "lastDuration" is not a whole number');
	});

	it('makes fields of what expand brings along', async () => {
		server.handle = (request) => ({
			body: page([{ name: 'Acme', _embedded: { organization: { name: 'Acme Ltd' } } }], request),
		});
		const result = await run(server, {
			resource: 'company',
			operation: 'listCompanies',
			simplify: false,
			queryOptions: { expand: ['Organization'] },
		});
		expect(json(result)).toEqual([{ name: 'Acme', organization: { name: 'Acme Ltd' } }]);
		expect(new URL(server.calls[0]!.url, 'https://x').searchParams.getAll('expand')).toEqual([
			'Organization',
		]);
	});
});

describe('a single object', () => {
	it('comes without its envelope', async () => {
		server.handle = () => ({
			body: {
				data: { name: 'Acme', _embedded: { organization: { name: 'A' } } },
				meta: {},
				errors: null,
			},
		});
		const result = await run(server, {
			resource: 'company',
			operation: 'getCompany',
			companyUid: COMPANY,
			simplify: false,
		});
		expect(json(result)).toEqual([{ name: 'Acme', organization: { name: 'A' } }]);
	});

	it('that is deleted says so', async () => {
		server.handle = () => ({ body: {} });
		const result = await run(server, {
			resource: 'company',
			operation: 'deleteCompany',
			companyUid: COMPANY,
			removeAllAgents: true,
		});
		expect(server.calls[0]?.url).toBe(
			`${BASE}/organizations/companies/${COMPANY}?removeAllAgents=true`,
		);
		expect(json(result)).toEqual([{ deleted: true }]);
	});
});

describe('a change of fields', () => {
	const update = { resource: 'company', operation: 'editCompany', companyUid: COMPANY };
	const sent = () => JSON.parse(String(server.calls[0]?.body)) as unknown;
	beforeEach(() => {
		server.handle = () => ({ body: { data: { name: 'New' } } });
	});

	it('is a JSON Patch that replaces each', async () => {
		const result = await run(server, {
			...update,
			fieldsToChange: {
				mappingMode: 'defineBelow',
				value: { name: 'New', status: 'disabled', isRestAccessEnabled: false },
				schema: [],
			},
		});
		expect(server.calls[0]).toMatchObject({
			method: 'PATCH',
			url: `${BASE}/organizations/companies/${COMPANY}`,
		});
		expect(sent()).toEqual([
			{ op: 'replace', path: '/name', value: 'New' },
			{ op: 'replace', path: '/status', value: 'Disabled' },
			{ op: 'replace', path: '/isRestAccessEnabled', value: false },
		]);
		expect(json(result)).toEqual([{ name: 'New' }]);
	});

	it.each([
		['holds nothing', { name: 'New', resellerUid: null }, '"Reseller" is empty'],
		['nobody knows', { nam: 'New' }, '"Update (Company)" has no field "nam"'],
	])('with a field that %s is refused by its name', async (_, value, message) => {
		const fieldsToChange = { mappingMode: 'defineBelow', value };
		expect((await failure(run(server, { ...update, fieldsToChange }))).message).toBe(message);
		expect(server.calls).toEqual([]);
	});

	it('takes a patch, or an object, as JSON', async () => {
		const patch = [{ op: 'remove', path: '/resellerUid' }];
		await run(server, { ...update, bodyMode: 'json', bodyJson: JSON.stringify(patch) });
		expect(sent()).toEqual(patch);
		server.reset();
		server.tokens.add(KEY);
		await run(server, { ...update, bodyMode: 'json', bodyJson: '{"loginUrl": null}' });
		expect(sent()).toEqual([{ op: 'replace', path: '/loginUrl', value: null }]);
	});

	it('that changes nothing is not sent', async () => {
		expect(await failure(run(server, update))).toEqual({
			message: '"Fields to Change" is empty: "Update (Company)" has nothing to change',
			description: 'Add a field under "Fields to Change" and give it a value.',
		});
		expect(server.calls).toEqual([]);
	});

	it('names a field that the version of the credential lacks', async () => {
		const { message } = await failure(
			run(server, {
				...update,
				fieldsToChange: {
					mappingMode: 'defineBelow',
					value: { permissions: ['GlobalPluginAccess'] },
				},
			}),
		);
		expect(message).toBe('"Permissions" needs API 3.5.1 or earlier; this credential uses 3.6.1');
	});
});

describe('a file', () => {
	it('is uploaded as the form field that licenses have', async () => {
		server.handle = () => ({ body: { data: { edition: 'Enterprise' } } });
		const binary = { data: await storeBinary(Buffer.from('<license/>'), 'veeam.lic', 'text/xml') };
		const result = await run(
			server,
			{
				resource: 'siteLicense',
				operation: 'installSiteLicense',
				siteUid: COMPANY,
				simplify: false,
			},
			{ items: [{ json: {}, binary }] },
		);
		const [request] = server.calls;
		expect(request?.method).toBe('PUT');
		expect(String(request?.body)).toContain(
			'Content-Disposition: form-data; name="license"; filename="veeam.lic"\r\nContent-Type: text/xml\r\n\r\n<license/>',
		);
		expect(json(result)).toEqual([{ edition: 'Enterprise' }]);
	});

	it('comes as binary data, XML too', async () => {
		server.handle = () => ({
			headers: { 'content-type': 'application/xml' },
			body: '<configuration/>',
		});
		const { items } = await run(server, {
			resource: 'deploymentTask',
			operation: 'getBackupServerDeploymentXml',
			backupServerDeploymentType: 'Standalone',
		});
		expect(items[0]?.json).toMatchObject({ mimeType: 'application/xml' });
		expect(String(await readBinary(items[0]?.binary?.data))).toBe('<configuration/>');
	});
});

describe('a form of texts', () => {
	it('is sent as one', async () => {
		server.handle = () => ({ body: { data: { accessToken: 'a' } } });
		await run(
			server,
			{ resource: 'authentication', operation: 'refreshToken', refreshToken: 'r' },
			{ credentials: credentials(server, { apiVersion: '3.5.1' }) },
		);
		expect(server.calls[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
		expect(String(server.calls[0]?.body)).toContain('name="refreshToken"\r\n\r\nr\r\n');
	});
});

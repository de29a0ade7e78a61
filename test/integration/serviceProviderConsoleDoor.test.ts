/** Sign-in, versions, and errors a person can act on: Service Provider Console. */
import type { INodeParameters } from 'n8n-workflow';

import { VSPC_API_KEYS } from '../../simulator';
import { startBench, type Bench } from './serviceProviderConsole.support';

jest.setTimeout(120_000);

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
afterAll(async () => await bench.close());
beforeEach(async () => await bench.simulator.control.reset());

const NOBODY = '00000000-0000-4000-8000-000000000000';
const list = { resource: 'company', operation: 'listCompanies', limit: 2 };
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const company = (value: string) => ({
	resource: 'company',
	operation: 'getCompany',
	companyUid: byId(value),
});
const location = (more: INodeParameters = {}) => ({
	resource: 'location',
	operation: 'createLocation',
	organizationUid: byId(NOBODY),
	name: 'Warehouse',
	quotaGb: 5,
	...more,
});
const asJson = (bodyJson: string): INodeParameters => ({
	resource: 'company',
	operation: 'createCompany',
	bodyMode: 'json',
	bodyJson,
});
const password = {
	authentication: 'password',
	apiKey: '',
	username: 'admin',
	password: 'veeam-demo',
};

describe('a person signs in', () => {
	it('by API key, without a login, and the version goes along', async () => {
		const credentials = bench.connect({});
		expect(await bench.json(list, credentials)).toHaveLength(2);
		expect(await bench.simulator.control.requests()).toEqual([
			expect.objectContaining({
				method: 'GET',
				path: '/api/v3/organizations/companies',
				headers: expect.objectContaining({ 'x-client-version': '3.6.1' }),
			}),
		]);
	});

	it('by password: once, and once more when the token has expired', async () => {
		const credentials = bench.connect(password);
		await bench.json(list, credentials);
		await bench.json(list, credentials);
		expect(credentials.logins).toBe(1);
		await bench.simulator.control.expireTokens(true);
		expect(await bench.json(list, credentials)).toHaveLength(2);
		expect(credentials.logins).toBe(2);
	});

	it('by a read-only key, which reads and is told why it may not write', async () => {
		const credentials = bench.connect({ apiKey: VSPC_API_KEYS.readOnly });
		expect(await bench.json(list, credentials)).toHaveLength(2);
		const { message, description } = await bench.failure(location(), credentials);
		expect(message).toBe('The account of the credential may not do this.');
		expect(description).toMatch(/API key is not read-only/);
	});

	it('with a second factor is told to use a key', async () => {
		expect(await bench.failure(list, bench.connect({ ...password, username: 'mfa' }))).toEqual({
			message: 'The user has multi-factor authentication, with which n8n cannot log in.',
			description: expect.stringContaining(
				'Choose API Key under Authentication, and create a key for the user in Veeam Service Provider Console. A key needs no second factor.',
			) as string,
		});
	});

	it.each([
		['a wrong password', { ...password, password: 'nonsense' }, /username or the password/],
		['a key that is none', { apiKey: 'nonsense' }, /key|token/i],
		['no key', { apiKey: '' }, /API Key/],
		[
			'a pasted token that is old',
			{ authentication: 'token', accessToken: 'nonsense' },
			/does not accept the access token of the credential/,
		],
		['a version that is none', { apiVersion: 'other', otherApiVersion: 'v8' }, /v8/],
		['an untrusted certificate', { ignoreSslIssues: false }, /certificate/i],
		['an address where nothing answers', { serverUrl: 'https://127.0.0.1:1' }, /127\.0\.0\.1:1/],
		['an address that is none', { serverUrl: 'service provider' }, /Server URL/],
		[
			'a path at the end',
			{ serverUrl: 'https://vspc.example.lab/backup/console' },
			/more than.*backup/,
		],
	])('with %s is told so', async (_, change, message) => {
		const error = await bench.failure(list, bench.connect(change));
		expect(error.message).toMatch(message);
		expect(error.description).toMatch(/\w{4,}/);
		expect(JSON.stringify(error)).not.toMatch(/veeam-demo|nonsense|simulated-/);
	});

	it('with a version the server lacks is told which it has', async () => {
		const connected = bench.connect({ apiVersion: 'other', otherApiVersion: '9.9' });
		expect(await bench.failure(list, connected)).toEqual({
			message: 'The server does not know API version 9.9.',
			description:
				'Choose another API version in the credential: 3.6.1 belongs to release 9.1 of the console, 3.6 to 9.0, 3.5.1 to 8.1, and a release also knows the versions before its own. The server says: X-Client-Version 9.9 is not supported; known are 3.5.1, 3.6, 3.6.1.',
		});
	});

	it.each([
		['no scheme', (url: string) => url.replace('https://', '')],
		['a trailing slash', (url: string) => `${url}/`],
	])('at a server URL with %s', async (_, change) => {
		const connected = bench.connect({ serverUrl: change(bench.simulator.url) });
		expect(await bench.json(list, connected)).toHaveLength(2);
	});
});

describe('bad input', () => {
	const condition = (more: object): INodeParameters => ({
		...list,
		queryFilter: { condition: [more as never] },
	});
	const before: Array<[string, INodeParameters, RegExp]> = [
		['an empty id', company(''), /"Company"/],
		['an id with a slash', company('a/../b'), /^The value "a\/\.\.\/b" of "Company" is not an ID$/],
		['an id of dots', company('..'), /^The value "\.\." of "Company" is not an ID$/],
		['a limit of 0', { ...list, limit: 0 }, /Limit/],
		['invalid JSON in the body', asJson('{"name": '), /JSON/],
		['a required field that is empty', location({ name: '' }), /"Name"/],
		[
			'a condition without a field',
			condition({ property: { __rl: true, mode: 'name', value: '' }, value: 'x' }),
			/A field in "Filter by Field" is empty/,
		],
		['a filter that is no JSON', { ...list, queryOptions: { filterJson: '[{' } }, /JSON/],
		['a number that is none', location({ quotaGb: 'plenty' }), /Quota.*plenty|plenty.*Quota/],
	];
	it('a JSON body is sent as it was given: the server says what it lacks', async () => {
		const error = await bench.failure(asJson('{"name": "Warehouse"}'));
		expect(`${error.message} ${error.description}`).toMatch(
			/organizationInput|resellerUid|instanceUid|required/i,
		);
		const asked = await bench.simulator.control.requests();
		expect(asked.filter(({ method }) => method === 'POST')).toMatchObject([
			{ method: 'POST', body: { name: 'Warehouse' } },
		]);
	});

	it.each(before)('%s is told before anything is sent', async (_, parameters, message) => {
		const error = await bench.failure(parameters);
		expect(error.message).toMatch(message);
		expect(error.description).toMatch(/\w{4,}/);
		expect(await bench.simulator.control.requests()).toEqual([]);
	});

	it('a date that is none is told before anything is sent', async () => {
		const error = await bench.failure({
			resource: 'company',
			operation: 'listCompaniesUsage',
			limit: 1,
			filters: { fromDate: 'yesterday-ish' },
			queryOptions: {},
		});
		expect(error.message).toMatch(/yesterday-ish/);
		expect(await bench.simulator.control.requests()).toEqual([]);
	});

	it('an operation that the version lacks is told before anything is sent', async () => {
		const { message, description } = await bench.failure(
			{ resource: 'deploymentTask', operation: 'getVOneServerDeploymentXml' },
			bench.connect({ apiVersion: '3.5.1' }),
		);
		expect(message).toMatch(/3\.5\.1/);
		expect(description).toMatch(/another API version/);
		expect(await bench.simulator.control.requests()).toEqual([]);
	});

	it('an id with a slash stays one part of the path', async () => {
		const provider = { resource: 'identityProvider', operation: 'getIdentityProvider' };
		await bench
			.json({
				...provider,
				organizationUid: byId(NOBODY),
				identityProviderName: byId('a/../b?c#d'),
			})
			.catch(() => undefined);
		// What follows a path that is not found asks which product the server is.
		const [asked] = await bench.simulator.control.requests();
		expect(asked).toMatchObject({
			path: `/api/v3/organizations/${NOBODY}/identityProviders/a%2F..%2Fb%3Fc%23d`,
		});
	});

	it('a list without entries gives no items', async () => {
		const nobody = { property: { __rl: true, mode: 'name', value: 'name' }, value: 'No Such' };
		expect(await bench.json({ ...condition(nobody), returnAll: true })).toEqual([]);
	});

	it('an id that the server does not know is named', async () => {
		const { message, description } = await bench.failure(company(NOBODY));
		expect(message).toContain(NOBODY);
		expect(description).toMatch(/Check the ID/);
	});

	it('an error that names a field is shown with the name the form has', async () => {
		await bench.simulator.control.fault({
			method: 'POST',
			path: '/api/v3/organizations/locations',
			action: {
				kind: 'status',
				status: 400,
				body: {
					errors: [
						{ message: 'Too large', type: 'logical', code: 150, propertyName: 'quotaGb' },
						{ message: 'Taken', type: 'logical', code: 150, propertyName: 'resource.name' },
					],
				},
			},
		});
		expect(await bench.failure(location())).toEqual({
			message: '"Quota (GB)" (quotaGb): Too large. "Name" (resource.name): Taken.',
			description: 'Check "Quota (GB)", "Name".',
		});
	});

	it.each([
		['a web page', { kind: 'html' }, /Service Provider Console.* answered with a web page/],
		['a web page of a proxy', { kind: 'html', status: 502 }, /web page \(HTTP 502\)/],
		['half an answer', { kind: 'broken' }, /^The server did not answer with a list\.$/],
		['a redirect', { kind: 'redirect', location: 'https://evil.example/' }, /redirects.*evil/],
	] as const)('%s is told as what it is', async (_, action, message) => {
		await bench.simulator.control.fault({
			path: '/api/v3/organizations/companies',
			times: 9,
			action,
		});
		const error = await bench.failure(list);
		expect(error.message).toMatch(message);
		expect(error.description).toMatch(/\w{4,}/);
	});

	it('a read whose connection breaks is asked again', async () => {
		await bench.simulator.control.fault({
			path: '/api/v3/organizations/companies',
			action: { kind: 'reset' },
		});
		expect(await bench.json(list)).toHaveLength(2);
	});

	it('a license that has expired is told in the words of the console', async () => {
		await bench.simulator.control.fault({
			path: '/api/v3/organizations/companies',
			times: 10,
			action: {
				kind: 'status',
				status: 520,
				body: { errors: [{ message: 'License has expired', type: 'logical', code: 20 }] },
			},
		});
		const { message, description } = await bench.failure(list);
		expect(message).toMatch(/License has expired/);
		expect(description).toMatch(/\w{4,}/);
	});
});

/** Sign-in, versions, and errors a person can act on: Microsoft 365. */
import type { INodeParameters } from 'n8n-workflow';

import { VB365_APPLICATIONS } from '../../simulator';
import type { FaultAction } from '../../simulator/foundation/faults';
import { VeeamBackupMicrosoft365 } from '../../nodes/VeeamBackupMicrosoft365/VeeamBackupMicrosoft365.node';
import { listSearch } from '../support/executeNode';
import { startBench, type Bench } from './microsoft365.support';

jest.setTimeout(120_000);

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
afterAll(async () => await bench.close());
beforeEach(async () => await bench.simulator.control.reset());

const NOBODY = '00000000-0000-4000-8000-000000000000';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const status = (code: number, body: object): FaultAction => ({
	kind: 'status',
	status: code,
	body,
});
const list = { resource: 'backupRepository', operation: 'getBackupRepositories', limit: 2 };
const repository = (value: string) => ({
	resource: 'backupRepository',
	operation: 'getBackupRepository',
	repositoryId: byId(value),
});

it('logs in once, and once more when the token has expired', async () => {
	const credentials = bench.connect({});
	await bench.json(list, credentials);
	await bench.json(list, credentials);
	expect(credentials.logins).toBe(1);
	await bench.simulator.control.expireTokens(true);
	expect(await bench.json(list, credentials)).toHaveLength(2);
	expect(credentials.logins).toBe(2);
});

it('does not send a token again that was refused, where n8n hands it out once more', async () => {
	const credentials = bench.connect({});
	await bench.json(list, credentials);
	const outdated = structuredClone(credentials.stored);
	await bench.simulator.control.expireTokens(true);
	await bench.json(list, credentials);
	// As if another request of the same moment had written its token back last.
	Object.assign(credentials.stored, outdated);
	await bench.simulator.control.clearRequests();
	expect(await bench.json({ ...list, simplify: false }, credentials)).toHaveLength(2);
	const statuses = (await bench.simulator.control.requests()).map(({ status }) => status);
	expect(statuses).toEqual([200]);
});

it('logs in with the certificate of an application', async () => {
	const application = bench.connect({
		authentication: 'certificate',
		clientId: VB365_APPLICATIONS[0]!,
		assertionToken: 'header.claims.signature',
	});
	expect(await bench.json(list, application)).toHaveLength(2);
});

it.each(['v6', 'v7', 'v8'])('reads any path of the API in %s', async (apiVersion) => {
	const request = {
		resource: 'apiRequest',
		operation: 'apiRequest',
		requestPath: '/BackupRepositories',
		requestReturns: 'allPages',
	};
	const credentials = bench.connect({ apiVersion });
	const items = await bench.json(request, credentials);
	expect(items.map(({ name }) => name)).toEqual(
		(await bench.json({ ...list, returnAll: true }, credentials)).map(({ name }) => name),
	);
});

it.each(['v6', 'v7', 'v8'])(
	'asks for the list of organizations as %s wants it',
	async (apiVersion) => {
		await bench.simulator.control.clearRequests();
		const other = { node: VeeamBackupMicrosoft365, credentials: bench.connect({ apiVersion }) };
		const { results } = await listSearch({
			...{ ...other, method: 'organizationIdSearch' },
			parameters: { resource: 'organization', operation: 'getOrganization' },
		});
		expect(results.length).toBeGreaterThan(0);
		const asked = (await bench.simulator.control.requests()).find(({ path }) =>
			path.endsWith('/Organizations'),
		);
		// Required by v6 alone.
		expect(asked?.query.extendedView).toBe(apiVersion === 'v6' ? 'true' : undefined);
	},
);

describe('a credential', () => {
	it.each([
		[
			'a wrong password',
			{ password: 'nonsense' },
			/refuses the username or the password/,
			/\.\\user/,
		],
		[
			'a version the server lacks',
			{ apiVersion: 'other', otherApiVersion: 'v9' },
			/API version v9/,
			/API version in the credential|It supports/,
		],
		['a version that is none', { apiVersion: 'other', otherApiVersion: '8.0' }, /8\.0/, /v8/],
		['an untrusted certificate', { ignoreSslIssues: false }, /certificate/i, /Ignore SSL/i],
		[
			'an address where nothing answers',
			{ serverUrl: 'https://127.0.0.1:1' },
			/127\.0\.0\.1:1/,
			/4443/,
		],
		['an address that is none', { serverUrl: 'backup server' }, /Server URL/, /https:/],
		[
			'a path at the end',
			{ serverUrl: 'https://vb365.example.lab/backup/console' },
			/more than.*backup/,
			/\w{4,}/,
		],
		['no password', { password: '' }, /Password/, /\w{4,}/],
	])('with %s says so', async (_, change, message, description) => {
		const error = await bench.failure(list, bench.connect(change));
		expect(error.message).toMatch(message);
		expect(error.description).toMatch(description);
		expect(JSON.stringify(error)).not.toContain('veeam-demo');
	});

	it('whose server adds a second factor says what works instead', async () => {
		await bench.simulator.control.fault({
			method: 'POST',
			path: '/v8/token',
			action: {
				kind: 'status',
				status: 400,
				body: { error: 'invalid_grant', error_description: 'MFA code is required' },
			},
		});
		const { message, description } = await bench.failure(list, bench.connect({}));
		expect(message).toBe(
			'The account uses multi-factor authentication, with which a password cannot log in.',
		);
		expect(description).toMatch(/Application Certificate/);
	});

	it.each([
		['no scheme', (url: string) => url.replace('https://', '')],
		['a trailing slash', (url: string) => `${url}/`],
	])('works with a server URL with %s', async (_, change) => {
		const connected = bench.connect({ serverUrl: change(bench.simulator.url) });
		expect(await bench.json(list, connected)).toHaveLength(2);
	});
});

describe('bad input', () => {
	const before: Array<[string, INodeParameters, RegExp]> = [
		['an empty id', repository(''), /"Repository"/],
		['an id with a slash', repository('a/../b'), /a\/\.\.\/b|"Repository"/],
		['an id of dots', repository('..'), /\.\.|"Repository"/],
		[
			'invalid JSON in the body',
			{
				resource: 'backupJob',
				operation: 'createBackupJob',
				bodyMode: 'json',
				bodyJson: '{"name": tru',
			},
			/JSON/,
		],
		['a limit of 0', { ...list, limit: 0 }, /Limit/],
		[
			'a date that is none',
			{
				resource: 'jobSession',
				operation: 'getJobSessions',
				filters: { endTimeLowerBound: 'yesterday-ish' },
			},
			/"yesterday-ish" of "Ended After" is not a date/,
		],
	];
	it.each(before)('%s is told before anything is sent', async (_, parameters, message) => {
		const credentials = bench.connect({});
		await bench.simulator.control.clearRequests();
		const error = await bench.failure(parameters, credentials);
		expect(error.message).toMatch(message);
		expect(error.description).toMatch(/\w{4,}/);
		expect(await bench.simulator.control.requests()).toEqual([]);
	});

	it('an operation that the version lacks is told before anything is sent', async () => {
		await bench.simulator.control.clearRequests();
		const { message, description } = await bench.failure(
			{ resource: 'proxyPool', operation: 'getBackupProxyPools' },
			bench.connect({ apiVersion: 'v6' }),
		);
		expect(message).toMatch(/Proxy Pool.*v6|v6.*Proxy Pool/s);
		expect(description).toMatch(/another API version/);
		expect(await bench.simulator.control.requests()).toEqual([]);
	});

	it('a value that the server does not know is told with those it knows', async () => {
		const { message } = await bench.failure({
			resource: 'jobSession',
			operation: 'getJobSessions',
			filters: { status: 'Wobbly' },
		});
		expect(message).toMatch(/status.*Succeeded/);
	});

	it('an id that the server does not know is named', async () => {
		const { message, description } = await bench.failure(repository(NOBODY));
		expect(message).toContain(NOBODY);
		expect(description).toMatch(/Check the ID/);
	});

	it('a license that has expired is named as such', async () => {
		await bench.simulator.control.fault({
			path: '/v8/BackupRepositories*',
			action: {
				kind: 'status',
				status: 400,
				body: { message: 'License has expired', errorCode: 'HttpError', stackTrace: '   at Veeam' },
			},
		});
		const { message, description } = await bench.failure(list);
		expect(message).toBe('The license of the server does not allow this: License has expired');
		expect(description).toBe(
			'Install, renew or extend the license in Veeam Backup for Microsoft 365.',
		);
	});

	const STACK = '   at Veeam.Archiver.REST.Controllers.Controller.Invoke()';

	it.each<[string, FaultAction, RegExp, RegExp]>([
		[
			'ProxyOffline',
			status(500, { message: 'Proxy proxy01 is offline', errorCode: 'ProxyOffline' }),
			/^Proxy proxy01 is offline$/,
			/^Start the proxy server/,
		],
		[
			'ParameterValidationFailure',
			status(400, { message: 'limit is no number', errorCode: 'ParameterValidationFailure' }),
			/^limit is no number$/,
			/^Check the values of the fields/,
		],
		[
			'an error without a message',
			status(500, { errorCode: 'HttpError' }),
			/^The server failed \(HTTP 500\)\.$/,
			/logs say more/,
		],
		[
			'a web page',
			{ kind: 'html' },
			/ answered with a web page, not as the REST API of Veeam/,
			/^Something else may listen there/,
		],
		[
			'JSON that breaks off',
			{ kind: 'broken' },
			/^The server did not answer with a list\.$/,
			/^Check that https:.* is a Veeam/,
		],
	])('%s is told without a stack trace', async (_, action, message, description) => {
		await bench.simulator.control.fault({
			path: '/v8/BackupRepositories*',
			times: 10,
			action:
				action.kind === 'status'
					? { ...action, body: { ...(action.body as object), stackTrace: STACK } }
					: action,
		});
		const error = await bench.failure(list);
		expect(error.message).toMatch(message);
		expect(error.description).toMatch(description);
		expect(JSON.stringify(error)).not.toMatch(/Controllers|<html/i);
	});

	it('a connection that breaks is tried again for a read, never for a write', async () => {
		await bench.simulator.control.fault({
			path: '/v8/BackupRepositories',
			action: { kind: 'reset' },
		});
		expect(await bench.json(list)).toHaveLength(2);
		const start = { resource: 'backupJob', operation: 'startBackupJob' };
		const { results } = await bench.pick('jobId', { ...start, jobId: byId(NOBODY) });
		const job = { ...start, jobId: byId(String(results[0]!.value)) };
		await bench.simulator.control.fault({
			path: '/v8/Jobs/*/start',
			action: { kind: 'resetAfter' },
		});
		await bench.simulator.control.clearRequests();
		const { message, description } = await bench.failure(job);
		expect(message).toMatch(/connection/i);
		expect(description).toMatch(/\w{4,}/);
		const starts = (await bench.simulator.control.requests()).filter(
			({ method }) => method === 'POST',
		);
		expect(starts.map(({ path }) => path)).toEqual([`/v8/Jobs/${job.jobId.value}/start`]);
	});

	it('a pasted token that has expired is told, and nothing is logged in', async () => {
		const credentials = bench.connect({ authentication: 'token', accessToken: 'expired-long-ago' });
		await bench.simulator.control.clearRequests();
		const { message, description } = await bench.failure(list, credentials);
		expect(message).toMatch(/token/);
		expect(description).toMatch(/Paste a new one/);
		expect(JSON.stringify([message, description])).not.toContain('expired-long-ago');
		const asked = await bench.simulator.control.requests();
		expect(asked.filter(({ path }) => path.endsWith('/token'))).toEqual([]);
	});

	it('a list without items gives none', async () => {
		const empty = { ...list, filters: { organizationId: byId(NOBODY) } };
		expect(await bench.json(empty)).toEqual([]);
		expect(await bench.json({ ...empty, returnAll: true })).toEqual([]);
	});

	it('an account that may not do it is told', async () => {
		const { message, description } = await bench.failure(
			list,
			bench.connect({ username: 'operator' }),
		);
		expect(message).toMatch(/Restore Operator|may not/);
		expect(description).toMatch(/account that is allowed/);
	});
});

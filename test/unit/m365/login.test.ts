import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { readError } from '../../../nodes/VeeamBackupMicrosoft365/api/errors';
import { VeeamBackupMicrosoft365 } from '../../../nodes/VeeamBackupMicrosoft365/VeeamBackupMicrosoft365.node';
import { testCredential } from '../../support/executeNode';
import { BackupServer, PASSWORD, USER, type Answer } from '../transport.support';
import { credential, credentialsOf } from './support';

let server: BackupServer;
beforeAll(async () => {
	server = await BackupServer.start();
});
afterAll(async () => await server.stop());
beforeEach(() => {
	server.reset();
	server.handle = () => ({ body: { offset: 0, limit: 1, results: [] } });
});

const node = new VeeamBackupMicrosoft365();
const test = async (more: ICredentialDataDecryptedObject = {}) =>
	await testCredential({
		node,
		credentials: credentialsOf(credential(server, more)),
		method: 'testVeeamBackupMicrosoft365Api',
		credentialType: 'veeamBackupMicrosoft365Api',
	});
const form = () => Object.fromEntries(new URLSearchParams(String(server.received[0]?.body)));

const OK = {
	status: 'OK',
	message: expect.stringMatching(
		/^Connected: Veeam Backup for Microsoft 365 (as \S+|by access token), API v\d\.$/,
	) as string,
};

describe('testing the credential', () => {
	it('logs in with a password, without the antiforgery token, and reads a job', async () => {
		expect(await test()).toEqual(OK);
		expect(server.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
			'POST /v8/token',
			'GET /v8/Jobs?limit=1',
			'GET /v8/ServiceInstance',
			'POST /v8/token/logout',
		]);
		expect(form()).toEqual({
			grant_type: 'password',
			username: USER,
			password: PASSWORD,
			disable_antiforgery_token: 'true',
		});
		expect(server.received[1]?.headers.authorization).toBe('Bearer token-number-1');
	});

	it('leaves the antiforgery token out where a version does not know it', async () => {
		expect(await test({ apiVersion: 'v6' })).toEqual(OK);
		expect(form()).toEqual({ grant_type: 'password', username: USER, password: PASSWORD });
		expect(server.received[0]?.url).toBe('/v6/token');
	});

	it('logs in with the certificate of an application', async () => {
		server.login = () => {
			server.tokens.add('of-the-application');
			return { body: { access_token: 'of-the-application' } };
		};
		const application = {
			authentication: 'certificate',
			clientId: 'app',
			assertionToken: 'ey.jwt.sig',
		};
		expect(await test(application)).toEqual(OK);
		expect(form()).toEqual({
			grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
			client_id: 'app',
			assertion: 'ey.jwt.sig',
			disable_antiforgery_token: 'true',
		});
	});

	it('says that an assertion is not taken, without repeating it', async () => {
		server.login = () => ({ status: 401, body: { message: 'Invalid assertion ey.jwt.sig' } });
		const { status, message } = await test({
			authentication: 'certificate',
			clientId: 'app',
			assertionToken: 'ey.jwt.sig',
		});
		expect(status).toBe('Error');
		expect(message).toMatch(/^The server refuses the client ID or the assertion\. An assertion/);
		expect(message).not.toContain('ey.jwt.sig');
	});

	it('takes a pasted token without logging in', async () => {
		server.tokens.add('pasted');
		expect(await test({ authentication: 'token', accessToken: 'Bearer pasted' })).toEqual(OK);
		expect(server.received.map(({ url }) => url)).toEqual([
			'/v8/Jobs?limit=1',
			'/v8/ServiceInstance',
		]);
	});

	it('is content with a restore operator, who may not see jobs', async () => {
		server.handle = () => ({ status: 403, body: { errorCode: 'ResourceAccessDenied' } });
		expect(await test()).toEqual(OK);
	});

	it.each<[string, Answer, string]>([
		[
			'is missing',
			{ status: 404 },
			'The server does not know API version v8. Choose another API version in the credential: each release of the product knows its own (v8 from 8.0) and those before it.',
		],
		[
			'is refused by name',
			{ status: 400, body: { message: 'Unsupported API version. Supported versions: v6, v7' } },
			'The server does not know API version v8. It supports v6, v7. Choose one of them as API version in the credential.',
		],
		[
			'is missing, and the server says which it has',
			{ status: 404, body: { message: 'API version v8 is not supported, use v7' } },
			'The server does not know API version v8. It supports v7. Choose one of them as API version in the credential.',
		],
	])('says that the version is wrong where it %s', async (_, answer, message) => {
		server.login = () => answer;
		expect(await test()).toEqual({ status: 'Error', message });
	});

	it('says that a pasted token is not taken', async () => {
		expect(await test({ authentication: 'token', accessToken: 'of-yesterday' })).toEqual({
			status: 'Error',
			message:
				'The server does not accept the access token. It has expired or is wrong. Paste a new one, or switch to password login.',
		});
	});

	it.each([
		[{ password: 'not it' }, /^The server refuses the username or the password\./],
		[{ password: '' }, /^"Password" in the credential is empty\./],
		[
			{ authentication: 'certificate', clientId: 'app' },
			/^"Assertion" in the credential is empty\./,
		],
		[
			{ apiVersion: 'other', otherApiVersion: '8.1' },
			/^"Other API Version" in the credential is not a version: "8\.1"\. Versions look like v8\.$/,
		],
	])('says what is wrong with %j', async (more, expected) => {
		const { status, message } = await test(more);
		expect(status).toBe('Error');
		expect(message).toMatch(expected);
	});
});

describe('errors of the server', () => {
	const STACK = 'at Veeam.Archiver.REST.Controller.Get() in C:\\build\\Controller.cs:line 7';

	it.each([
		['ProxyOffline', /proxy server/],
		['ResourceAccessDenied', /account/],
		['ResourceNotFound', /Check the ID/],
		['ParameterValidationFailure', /values of the fields/],
		['OutdatedChangeToken', /"latest"/],
		['OperationConflict', /Wait until/],
		['Timeout', /Try again later/],
		['OrganizationTransfer', /transfer has ended/],
		['RepositoryOwnerChangeTooManyLinks', /Include All Related Repositories/],
	])('%s say what to do, and never show the stack', (errorCode, hint) => {
		const body = { message: 'What the server says', errorCode, stackTrace: STACK };
		const legible = readError(400, body, 'v8');
		expect(legible).toMatchObject({ message: 'What the server says', code: errorCode });
		expect(legible.description).toMatch(hint);
		expect(JSON.stringify(legible)).not.toContain('Controller');
		// Without a message there is one of ours.
		expect(readError(400, { errorCode }, 'v8').message).toMatch(/^The .+\.$|^Something .+\.$/);
	});

	it('about a version that the server does not know, name those it knows', () => {
		const body = { message: 'Unsupported API version. Supported versions: v5, v6, v7' };
		expect(readError(400, body, 'v8')).toMatchObject({
			message: 'The server does not know API version v8.',
			description: 'It supports v5, v6, v7. Choose one of them as API version in the credential.',
		});
		expect(readError(404, undefined, 'v8').message).toBe(
			'The server does not know this address in API version v8.',
		);
	});
});

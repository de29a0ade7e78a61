import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { VeeamBackupReplicationApi } from '../../credentials/VeeamBackupReplicationApi.credentials';
import { testCredential } from '../support/executeNode';
import {
	BackupServer,
	ClientNode,
	credentialsOf,
	PASSWORD,
	passwordCredential,
	USER,
} from './transport.support';

let server: BackupServer;

beforeAll(async () => {
	server = await BackupServer.start();
});
afterAll(async () => await server.stop());
beforeEach(() => server.reset());

const test = async (data: ICredentialDataDecryptedObject) =>
	await testCredential({
		node: ClientNode,
		credentials: credentialsOf(data),
		method: 'testVeeamBackupReplicationApi',
		credentialType: 'veeamBackupReplicationApi',
	});

async function refusal(data: ICredentialDataDecryptedObject): Promise<string | undefined> {
	const result = await test(data);
	expect(result.status).toBe('Error');
	expect(result.message).not.toContain(PASSWORD);
	return result.message;
}

describe('testing the credential', () => {
	it('logs in, reads what every role may read, and is content', async () => {
		server.handle = ({ url }) => ({
			body: url.endsWith('serverInfo') ? { buildVersion: '13.0.1.180' } : {},
		});
		expect(await test(passwordCredential(server))).toEqual({
			status: 'OK',
			message: 'Connected: Veeam Backup & Replication 13.0.1.180 as DOMAIN\\backup, API 1.3-rev1.',
		});
		const [login, states] = server.received;
		expect(login).toMatchObject({
			method: 'POST',
			url: '/api/oauth2/token',
			headers: {
				'x-api-version': '1.3-rev1',
				'content-type': 'application/x-www-form-urlencoded',
			},
		});
		expect(Object.fromEntries(new URLSearchParams(login?.body.toString()))).toEqual({
			grant_type: 'password',
			username: USER,
			password: PASSWORD,
		});
		expect(states).toMatchObject({
			method: 'GET',
			url: '/api/v1/jobs/states?limit=1',
			headers: { authorization: 'Bearer token-number-1', 'x-api-version': '1.3-rev1' },
		});
		// The token that it opened it gives back.
		expect(server.received.slice(2)).toMatchObject([
			{ method: 'GET', url: '/api/v1/serverInfo' },
			{
				method: 'POST',
				url: '/api/oauth2/logout',
				headers: { authorization: 'Bearer token-number-1' },
			},
		]);
		expect(server.received).toHaveLength(4);
	});

	it('takes a pasted token without logging in, with or without the word Bearer', async () => {
		server.tokens.add('pasted');
		for (const accessToken of ['pasted', ' Bearer pasted\n'])
			expect(
				await test(passwordCredential(server, { authentication: 'token', accessToken })),
			).toEqual({
				status: 'OK',
				message: 'Connected: Veeam Backup & Replication by access token, API 1.3-rev1.',
			});
		expect(server.received.map(({ url }) => url)).toEqual([
			'/api/v1/jobs/states?limit=1',
			'/api/v1/serverInfo',
			'/api/v1/jobs/states?limit=1',
			'/api/v1/serverInfo',
		]);
	});

	it('says that nothing answers', async () => {
		const gone = await BackupServer.start();
		const { port } = gone;
		await gone.stop();
		expect(await refusal(passwordCredential({ url: `https://localhost:${port}` }))).toMatch(
			new RegExp(`^Nothing answers at localhost:${port}: .* firewall`),
		);
	});

	it('says that the certificate is not trusted', async () => {
		expect(await refusal(passwordCredential(server, { ignoreSslIssues: false }))).toMatch(
			/^The certificate of localhost:\d+ is not trusted: it is self-signed\. .*"Ignore SSL Issues"/,
		);
		expect(server.received).toEqual([]);
	});

	it('says that the password is wrong, after one try', async () => {
		expect(await refusal(passwordCredential(server, { password: 'not it' }))).toBe(
			'The server refuses the username or the password. Check both. Domain accounts are written DOMAIN\\user or user@domain, local ones .\\user. The server says: Invalid credentials',
		);
		expect(server.received).toHaveLength(1);
	});

	it.each([
		[400, { error: 'invalid_grant', error_description: 'MFA is enabled for this user' }],
		[401, { errorCode: 'AccessDenied', message: 'Multi-factor authentication is required' }],
	])('says that the account needs MFA (HTTP %i)', async (status, body) => {
		server.login = () => ({ status, body });
		expect(await refusal(passwordCredential(server))).toMatch(
			/^The account uses multi-factor authentication.*service account.*Access Token/,
		);
	});

	it.each(['login', 'handle'] as const)(
		'says which versions are supported where %s does not know the one chosen',
		async (step) => {
			server[step] = () => ({
				status: 400,
				body: {
					errorCode: 'UnexpectedContent',
					message:
						'Unsupported RESTAPI version. The following versions are supported: 1.1-rev2, 1.2-rev0, 1.2-rev1',
				},
			});
			expect(await refusal(passwordCredential(server))).toBe(
				'The server does not know API version 1.3-rev1. It supports 1.1-rev2, 1.2-rev0 and 1.2-rev1. Choose one of them as API version in the credential.',
			);
		},
	);

	it('says that a pasted token is expired or wrong', async () => {
		expect(
			await refusal(
				passwordCredential(server, { authentication: 'token', accessToken: 'long-gone' }),
			),
		).toBe(
			'The server does not accept the access token. It has expired or is wrong. Paste a new one, or switch to password login.',
		);
	});

	it.each([
		['serverUrl', { serverUrl: 'https://x/gateway' }, '"Server URL" in the credential has more'],
		['username', { username: ' ' }, '"Username" in the credential is empty.'],
		['password', { password: '' }, '"Password" in the credential is empty.'],
		['accessToken', { authentication: 'token' }, '"Access Token" in the credential is empty.'],
		[
			'otherApiVersion',
			{ apiVersion: 'other', otherApiVersion: 'latest' },
			'"Other API Version" in the credential is not a version: "latest".',
		],
	])('names the field %s when it is wrong, and sends nothing', async (_name, more, message) => {
		expect(await refusal(passwordCredential(server, more))).toContain(message);
		expect(server.received).toEqual([]);
	});

	it('says that the account lacks a role, the service is starting, or something else answers', async () => {
		server.login = () => ({ status: 403, body: { errorCode: 'AccessDenied', message: 'No role' } });
		expect(await refusal(passwordCredential(server))).toMatch(
			/^The account may not use the REST API/,
		);

		server.login = () => ({ status: 503 });
		expect(await refusal(passwordCredential(server))).toMatch(/^The server is not available/);

		server.login = () => ({ headers: { 'content-type': 'text/html' }, body: '<html></html>' });
		expect(await refusal(passwordCredential(server))).toMatch(
			/answered with a web page \(HTTP 200\)/,
		);

		server.login = () => ({ status: 302, headers: { location: 'https://evil.example/?x' } });
		expect(await refusal(passwordCredential(server))).toMatch(
			/^The server redirects the request to another server, https:\/\/evil\.example\./,
		);
		// Nobody but the login had the password; what looks about has nothing.
		for (const { url, headers, body } of server.received)
			if (url !== '/api/oauth2/token')
				expect([url, headers.authorization, body.length]).toEqual([url, undefined, 0]);
	});

	it('does not follow a redirect with the token', async () => {
		server.handle = ({ url }) =>
			url === '/elsewhere' ? { body: {} } : { status: 302, headers: { location: '/elsewhere' } };
		expect(await refusal(passwordCredential(server))).toMatch(
			/^The server redirects the request to \/elsewhere\./,
		);
	});
});

describe('authenticating a request', () => {
	const { authenticate } = new VeeamBackupReplicationApi();
	const sign = async (data: ICredentialDataDecryptedObject, options: IHttpRequestOptions) => {
		if (typeof authenticate !== 'function') throw new Error('authenticate is a function');
		return await authenticate(data, options);
	};
	const data = () =>
		passwordCredential(server, {
			sessionToken: JSON.stringify({ origin: server.url, username: USER, token: 't1' }),
		});

	it('adds token and version for the own server', async () => {
		const signed = {
			url: `${server.url}/api/v1/jobs`,
			headers: { 'x-api-version': '1.3-rev1', accept: 'x', Authorization: 'Bearer t1' },
			skipSslCertificateValidation: true,
			disableFollowRedirect: true,
			maxRedirects: 0,
			sendCredentialsOnCrossOriginRedirect: false,
		};
		expect(
			await sign(data(), { url: `${server.url}/api/v1/jobs`, headers: { accept: 'x' } }),
		).toEqual(signed);
		expect(
			await sign(data(), {
				url: '/api/v1/jobs',
				baseURL: server.url,
				headers: { accept: 'x' },
			}),
		).toEqual({ ...signed, url: '/api/v1/jobs', baseURL: server.url });
	});

	it.each(['https://evil.example/', 'https://localhost:1/', 'http://localhost/'])(
		'refuses to take the token to %s',
		async (url) => {
			await expect(sign(data(), { url })).rejects.toMatchObject({
				message: `The request goes to ${new URL(url).origin}, but the credential belongs to ${server.url}.`,
			});
		},
	);

	it('keeps what n8n needs: no session to start with, an expirable hidden field', () => {
		const { properties } = new VeeamBackupReplicationApi();
		expect(properties.find(({ name }) => name === 'sessionToken')).toMatchObject({
			type: 'hidden',
			default: '',
			typeOptions: { expirable: true, password: true },
		});
		expect(properties.find(({ name }) => name === 'ignoreSslIssues')?.default).toBe(false);
		const versions = properties.find(({ name }) => name === 'apiVersion')?.options ?? [];
		expect(versions.map((option) => 'value' in option && option.value)).toEqual([
			'auto',
			'1.3-rev2',
			'1.3-rev1',
			'1.3-rev0',
			'1.2-rev1',
			'1.2-rev0',
			'1.1-rev2',
			'1.1-rev1',
			'1.1-rev0',
			'other',
		]);
	});
});

import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { logIn, probe } from '../../../nodes/VeeamServiceProviderConsole/api/login';
import type { Send } from '../../../nodes/shared/credential/types';
import { readError } from '../../../nodes/VeeamServiceProviderConsole/api/errors';

const password: ICredentialDataDecryptedObject = {
	serverUrl: 'vspc.example.com',
	authentication: 'password',
	username: 'PROVIDER\\n8n',
	password: 'Summer & Winter 2030!',
	apiVersion: '3.6.1',
};
const key: ICredentialDataDecryptedObject = {
	serverUrl: 'vspc.example.com',
	authentication: 'apiKey',
	apiKey: ' Bearer the-key ',
	apiVersion: '3.6',
};

/** A server that gives one answer; `sent` holds what it was asked. */
function server(statusCode: number, body: unknown) {
	const sent: IHttpRequestOptions[] = [];
	const send: Send = async (options) => {
		sent.push(options);
		return { statusCode, headers: {}, body: JSON.stringify(body) };
	};
	return { sent, send };
}

const refusal = async (promise: Promise<unknown>) => {
	const { message, description } = await promise.then(
		() => {
			throw new Error('Expected a refusal');
		},
		(error: { message: string; description?: string }) => error,
	);
	return { message, description };
};

describe('logging in', () => {
	it('sends a form and keeps the token with the server and the user it belongs to', async () => {
		const { sent, send } = server(200, { access_token: 'token', token_type: 'bearer' });
		expect(JSON.parse(await logIn(send, password))).toEqual({
			origin: 'https://vspc.example.com:1280',
			username: 'PROVIDER\\n8n',
			token: 'token',
		});
		expect(sent).toMatchObject([
			{
				method: 'POST',
				url: 'https://vspc.example.com:1280/api/v3/token',
				headers: {
					'X-Client-Version': '3.6.1',
					'Content-Type': 'application/x-www-form-urlencoded',
				},
				body: 'grant_type=password&username=PROVIDER%5Cn8n&password=Summer+%26+Winter+2030%21',
			},
		]);
	});

	it.each([
		['asks for a second factor', 200, { mfa_token: 'abc', access_token: '' }],
		['says so', 400, { error: 'mfa_required', error_description: 'MFA is enabled' }],
	])('tells a user with MFA to use a key, where the server %s', async (_how, status, body) => {
		expect(await refusal(logIn(server(status, body).send, password))).toEqual({
			message: 'The user has multi-factor authentication, with which n8n cannot log in.',
			description:
				'Choose API Key under Authentication, and create a key for the user in Veeam Service Provider Console. A key needs no second factor.',
		});
	});

	it('says that the password is wrong', async () => {
		const body = { error: 'invalid_grant', error_description: 'Bad credentials' };
		expect(await refusal(logIn(server(400, body).send, password))).toMatchObject({
			message: 'The server refuses the username or the password.',
		});
	});
});

describe('testing an API key', () => {
	it("reads the user's own record", async () => {
		const { sent, send } = server(200, { data: { userName: 'n8n' } });
		await probe(send, key, undefined);
		expect(sent).toMatchObject([
			{
				method: 'GET',
				url: 'https://vspc.example.com:1280/api/v3/users/me',
				headers: { 'X-Client-Version': '3.6', Authorization: 'Bearer the-key' },
			},
		]);
	});

	it('says that the key is wrong', async () => {
		expect(await refusal(probe(server(401, {}).send, key, undefined))).toEqual({
			message: 'The server does not accept the API key.',
			description: 'It is wrong, or it has been deleted or disabled. Create a new one.',
		});
	});

	it('says that there is none', async () => {
		const { sent, send } = server(200, {});
		expect(await refusal(probe(send, { ...key, apiKey: '' }, undefined))).toEqual({
			message: '"API Key" in the credential is empty.',
			description: 'Paste a key, or choose another way under Authentication.',
		});
		expect(sent).toEqual([]);
	});
});

describe('an error answer', () => {
	const version = { version: '3.6.1' };

	it('may ask to wait, in seconds', () => {
		const body = { errors: [{ message: 'Slow down', type: 'logical', code: 1, retryAfter: 30 }] };
		expect(readError(429, body, version)).toEqual({
			code: '1',
			retryAfterSeconds: 30,
			message: 'The server gets too many requests.',
			description: 'Send fewer requests, or request less at once. The server says: Slow down.',
			retryable: true,
		});
	});

	it('with status 520 is a failure of the server, to be repeated only where it says so', () => {
		const error = (type: string) => ({ errors: [{ message: 'No', type, code: 2 }] });
		expect(readError(520, error('retryableLogical'), version).retryable).toBe(true);
		expect(readError(520, error('transport'), version)).toEqual({
			code: '2',
			message: 'No.',
			description:
				'The console could not reach the machine concerned. Check that its management agent is online.',
		});
	});

	it('about the version says which to choose', () => {
		const body = { errors: [{ message: 'Client version 3.7 is not supported', type: 'logical' }] };
		expect(readError(400, body, { version: '3.7' })).toMatchObject({
			message: 'The server does not know API version 3.7.',
		});
	});

	it('without a body still says something', () => {
		expect(readError(520, undefined, version)).toEqual({
			message: 'The server failed (HTTP 520).',
			description: 'Something went wrong inside Veeam Service Provider Console. Its logs say more.',
		});
	});
});

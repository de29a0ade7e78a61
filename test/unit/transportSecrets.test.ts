/**
 * What a request carries is quoted by nobody: servers that send back in their error what they were sent,
 * as it was, in JSON, in a URL or in HTML.
 */
import {
	BackupServer,
	credentialsOf,
	passwordCredential,
	PASSWORD,
	withClient,
	type Answer,
} from './transport.support';
import { ask } from '../../nodes/shared/credential/ask';
import { adapter as vbr } from '../../nodes/VeeamBackupReplication/api/adapter';
import type { VeeamClient } from '../../nodes/shared/http/types';

let server: BackupServer;
beforeAll(async () => (server = await BackupServer.start()));
afterAll(async () => await server.stop());
beforeEach(() => server.reset());

/** With what regular expressions, JSON, URLs and HTML take for something else. */
const SECRETS: Record<string, string> = {
	password: 'a,b"c\'d}e&f=g',
	newPassword: 'Sommer 2030; \\o/ <ä>',
	secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCY==',
	sharedKey: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq==',
	passphrase: 'correct horse, battery "staple"',
	privateKey: '-----BEGIN KEY-----\nAbCd/+==\n-----END KEY-----',
	accessToken: 'ey.J0.eXAi',
	applicationCertificate: 'MIIKcAIBAzCCCiw=',
};

const BODIES: Record<string, (name: string, value: string) => unknown> = {
	'on top of the body': (name, value) => ({ name: 'visible', [name]: value }),
	'inside it': (name, value) => ({ account: { credentials: [{ [name]: value }] } }),
	'in a step of a JSON Patch': (name, value) => [{ op: 'replace', path: `/a/${name}`, value }],
};

/** How a server may quote a text. */
const QUOTES: Record<string, (text: string) => string> = {
	'as it is': (text) => text,
	'in JSON': (text) => JSON.stringify({ was: text }),
	'in a URL': (text) => `https://x.example/?q=${encodeURIComponent(text)}`,
	'in a form': (text) => new URLSearchParams({ q: text }).toString(),
};

/** Parts of a secret that no ordinary text has. */
const partsOf = (secret: string): string[] =>
	secret
		.split(/[^\w+/=.-]+/)
		.filter((part) => part.length >= 6)
		.concat(secret);

/** The error of a client that sends a body; undefined where it goes through. */
const failing = async (client: VeeamClient, value: unknown): Promise<Error | undefined> =>
	await client
		.request({
			method: 'POST',
			path: '/api/v1/credentials',
			body: { media: 'json', value },
		})
		.then(
			() => undefined,
			(caught: Error) => caught,
		);

it.each(Object.keys(SECRETS))('%s of a request is in no error', async (name) => {
	const secret = SECRETS[name] ?? '';
	const leaks: string[] = [];
	let errors = 0;
	await withClient(credentialsOf(passwordCredential(server)), async (client) => {
		for (const [where, bodyOf] of Object.entries(BODIES))
			for (const [how, quote] of Object.entries(QUOTES))
				for (const status of [400, 403, 409, 422, 500]) {
					server.handle = () => ({
						status,
						body: {
							errorCode: 'InvalidName',
							message: `Cannot take "visible": ${quote(secret)}`,
							details: [quote(secret)],
						},
					});
					const error = await failing(client, bodyOf(name, secret));
					if (!error) continue;
					errors++;
					const { message, stack } = error;
					const { description } = error as { description?: string };
					const said = [message, description, stack, JSON.stringify(error)].join('\n');
					if (status === 400 && !said.includes('visible'))
						leaks.push(`${how}: nothing is said: ${said.slice(0, 200)}`);
					for (const part of [...partsOf(secret), PASSWORD])
						if (said.includes(part)) leaks.push(`${where}, ${how}, ${status}: ${part}`);
				}
	});
	expect(leaks).toEqual([]);
	expect(errors).toBe(60);
});

describe('work that failed after it was begun', () => {
	const [secret, other] = ['a,b"c\'d}e&f=g', 'Winter-2031-key'];
	const session = { id: 's1', name: 'Infrastructure', sessionType: 'Infrastructure' };
	const body = {
		media: 'json' as const,
		value: { name: 'visible', account: { password: secret, keyFile: other } },
	};
	const begin = { method: 'POST' as const, path: '/api/v1/jobs', body };

	/** What a client says of work that the server begins, and ends as told. */
	async function said(later: (url: string) => Answer): Promise<string> {
		server.handle = ({ method, url }) =>
			method === 'POST' ? { body: { ...session, state: 'Working' } } : later(url);
		const error = await withClient(credentialsOf(passwordCredential(server)), async (client) => {
			const response = await client.request(begin);
			return await client.wait(response).then(
				() => undefined,
				(caught: Error & { description?: string }) => caught,
			);
		});
		return [error?.message, error?.description, error?.stack, JSON.stringify(error)].join('\n');
	}

	it('quotes in its result', async () => {
		const message = `Cannot reach visible with ${JSON.stringify(secret)}, nor with ${other}`;
		const result = { result: 'Failed', message, isCanceled: false };
		const text = await said((url) => ({
			body:
				url.includes('/sessions/s1?') || url.endsWith('/sessions/s1')
					? { ...session, name: `Check ${other}`, state: 'Stopped', result }
					: { data: [], records: [] },
		}));
		expect(text).toContain('Cannot reach visible');
		for (const part of [...partsOf(secret), other]) expect(text).not.toContain(part);
	});

	it('quotes in the error of a look at it', async () => {
		const text = await said(() => ({
			status: 400,
			body: { errorCode: 'X', message: `visible: ${secret} ${encodeURIComponent(other)}` },
		}));
		expect(text).toContain('visible');
		for (const part of [...partsOf(secret), other]) expect(text).not.toContain(part);
	});

	it('quotes in its name, when the time is up', async () => {
		server.handle = ({ method }) => ({
			body: { ...session, name: `visible ${secret} ${other}`, state: 'Working', method },
		});
		const text = await withClient(credentialsOf(passwordCredential(server)), async (client) => {
			const response = await client.request(begin);
			return await client.wait(response, { timeoutSeconds: 0 }).then(
				() => '',
				({ message }: Error) => message,
			);
		});
		expect(text).toMatch(/visible .* did not end within/);
		for (const part of [...partsOf(secret), other]) expect(text).not.toContain(part);
	});
});

it('what a login sends is in nothing that is read of its refusal', async () => {
	const sent = 'Summer 2030 & more';
	const send = async () => ({
		statusCode: 400,
		headers: {},
		body: JSON.stringify({
			error: 'invalid',
			message: `visible ${sent} ${encodeURIComponent(sent)}`,
		}),
	});
	const options = {
		method: 'POST' as const,
		url: `${server.url}/api/oauth2/token`,
		body: new URLSearchParams({ username: 'me', password: sent }).toString(),
		headers: { Authorization: 'Bearer the-old-token' },
	};
	const connection = { origin: server.url, ignoreSslIssues: true };
	const { body } = await ask(send as never, connection, vbr.login.product, options);
	expect(JSON.stringify(body)).toContain('visible');
	expect(JSON.stringify(body)).not.toMatch(/Summer|2030/);
});

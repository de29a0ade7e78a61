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
} from './transport.support';
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

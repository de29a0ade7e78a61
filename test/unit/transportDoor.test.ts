import { randomBytes } from 'node:crypto';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { FileTooLargeError } from 'n8n-core';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ProductAdapter, VeeamClient, VeeamRequest } from '../../nodes/shared/http/types';
import { adapter as vbr } from '../../nodes/VeeamBackupReplication/api/adapter';
import {
	type BinaryDataMode,
	readBinary,
	storeBinary,
	type TestCredentials,
	useBinaryDataMode,
} from '../support/executeNode';
import {
	type Answer,
	BackupServer,
	credentialsOf,
	PASSWORD,
	passwordCredential,
	quickSettings,
	withClient,
} from './transport.support';

const STATES: VeeamRequest = { method: 'GET', path: '/api/v1/jobs/states' };
const START: VeeamRequest = {
	method: 'POST',
	path: '/api/v1/jobs/{id}/start',
	pathParameters: { id: 'j1' },
	body: { media: 'json', value: {} },
};

let server: BackupServer;
let credentials: TestCredentials;

beforeAll(async () => {
	server = await BackupServer.start();
});
afterAll(async () => await server.stop());
beforeEach(() => {
	server.reset();
	credentials = credentialsOf(passwordCredential(server));
});

interface Raised {
	name: string;
	message: string;
	description?: string | null;
	httpCode?: string | null;
	context: Record<string, unknown>;
}

/** What a promise was rejected with; holds that no secret is anywhere in it. */
async function raised(promise: Promise<unknown>): Promise<Raised> {
	const error: unknown = await promise.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	if (!(error instanceof Error)) throw new Error('Nothing was raised');
	expectNoSecrets(error);
	return error as unknown as Raised;
}

function expectNoSecrets(error: Error): void {
	const everything = everyText(error);
	for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), 'token-number-', 'pasted-secret'])
		expect(everything.filter((text) => text.includes(secret))).toEqual([]);
	expect(everything.filter((text) => /authorization/i.test(text))).toEqual([]);
}

/** Every string reachable from an error: own and hidden properties, causes, nested objects. */
function everyText(value: unknown, seen = new Set<unknown>()): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null || seen.has(value)) return [];
	seen.add(value);
	return Reflect.ownKeys(value).flatMap((key) => [
		String(key),
		...everyText((value as Record<PropertyKey, unknown>)[key], seen),
	]);
}

const request = async (
	what: VeeamRequest,
	options?: Parameters<typeof withClient>[2],
): Promise<unknown> =>
	await withClient(credentials, async (client) => (await client.request(what)).body, options);

describe('a request', () => {
	it('carries token, version and JSON to the right address', async () => {
		server.handle = () => ({ body: { id: 's1' }, status: 201, headers: { 'x-more': 'yes' } });

		const response = await withClient(
			credentials,
			async (client) =>
				await client.request({
					...START,
					pathParameters: { id: 'a/b?c' },
					query: { typeFilter: ['Backup', 'Replica'], force: true, none: undefined },
				}),
		);

		expect(response).toMatchObject({
			status: 201,
			body: { id: 's1' },
			headers: { 'x-more': 'yes' },
			request: { method: 'POST', path: '/api/v1/jobs/{id}/start' },
		});
		const [sent] = server.calls;
		expect(sent).toMatchObject({
			method: 'POST',
			url: '/api/v1/jobs/a%2Fb%3Fc/start?typeFilter=Backup&typeFilter=Replica&force=true',
			headers: {
				authorization: 'Bearer token-number-1',
				'x-api-version': '1.3-rev1',
				'content-type': 'application/json',
				accept: 'application/json',
			},
		});
		// n8n itself drops a body without fields.
		expect(sent?.body.toString()).toBe('{}');
	});

	it('brings back JSON, text, or nothing', async () => {
		const answers = ['{"a":1}', '', 'plain words', '\uFEFF[1]'];
		const bodies: unknown[] = [];
		for (const body of answers) {
			server.handle = () => ({ body });
			bodies.push(await request(STATES));
		}
		expect(bodies).toEqual([{ a: 1 }, undefined, 'plain words', [1]]);
	});

	it('sends a form as a form', async () => {
		await request({ ...START, body: { media: 'form', value: { a: 'x y', b: '&' } } });
		expect(server.calls[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
		expect(server.calls[0]?.body.toString()).toBe('a=x+y&b=%26');
	});

	it('turns the words true and false of repository states into booleans, in lists as well', async () => {
		const state = { id: 'r1', isOnline: 'true', isOutOfDate: 'false' };
		const repaired = { id: 'r1', isOnline: true, isOutOfDate: false };
		server.handle = ({ url }) => ({
			body: url.includes('states') ? { data: [state], pagination: { total: 1 } } : state,
		});
		const path = '/api/v1/backupInfrastructure/repositories';

		await withClient(credentials, async (client) => {
			expect(await client.list({ method: 'GET', path: `${path}/states` })).toEqual([repaired]);
			expect((await client.request({ method: 'GET', path: `${path}/r1` })).body).toEqual(repaired);
			expect((await client.request({ method: 'GET', path: `${path}/states` })).body).toEqual({
				data: [repaired],
				pagination: { total: 1 },
			});
		});
	});

	it('with an id that is none is refused before anything is sent', async () => {
		for (const id of ['..', '', 'a\nb']) {
			const error = await raised(request({ ...START, pathParameters: { id } }, { itemIndex: 0 }));
			expect(error.name).toBe('NodeOperationError');
			expect(error.message).toContain('"id"');
			expect(error.context.itemIndex).toBe(0);
		}
		expect(server.received).toEqual([]);
	});

	it('with a wrong server URL is refused before anything is sent', async () => {
		credentials = credentialsOf(passwordCredential({ url: 'http://vbr:9419' }));
		const error = await raised(request(STATES));
		expect(error.name).toBe('NodeOperationError');
		expect(error.message).toBe(
			'"Server URL" in the credential starts with http://, which would send the password unencrypted.',
		);
	});

	it('does not follow a redirect, and names where it leads', async () => {
		server.handle = () => ({
			status: 302,
			headers: { location: 'https://evil.example/x?token=1' },
		});
		const error = await raised(request(STATES));
		expect(error.message).toBe(
			'The server redirects the request to another server, https://evil.example.',
		);
		expect(server.calls).toHaveLength(1);

		server.handle = () => ({ status: 307, headers: { location: '/login' } });
		expect((await raised(request(STATES))).message).toBe(
			'The server redirects the request to /login.',
		);
	});

	it('answered by a web page says that something else listens there', async () => {
		const page = '<!DOCTYPE html><html>IIS</html>';
		for (const status of [200, 404]) {
			server.handle = () => ({ status, headers: { 'content-type': 'text/html' }, body: page });
			const error = await raised(request(STATES));
			expect(error.message).toBe(
				`localhost:${server.port} answered with a web page (HTTP ${status}), not as the REST API of Veeam Backup & Replication does.`.replace(
					status === 200 ? ' (HTTP 200)' : '\u0000',
					'',
				),
			);
			expect(error.description).toContain('9419');
		}
	});

	it('refused by the server says what happened and how to fix it, for the item it belongs to', async () => {
		server.handle = () => ({
			status: 403,
			body: {
				errorCode: 'AccessDenied',
				message: `No rolePermissions for ${PASSWORD}\n   at Veeam.Rest.Check() in x.cs:line 1`,
			},
		});
		const error = await raised(
			request(
				{ ...STATES, label: 'Get Many (Job State)' },
				{
					itemIndex: 1,
					items: [{ json: {} }, { json: {} }],
				},
			),
		);
		expect({
			name: error.name,
			message: error.message,
			description: error.description,
			httpCode: error.httpCode,
			context: error.context,
		}).toEqual({
			name: 'NodeApiError',
			message: 'The account of the credential may not do this.',
			description:
				'Give it a role that allows this, under Users and Roles in Veeam Backup & Replication (some operations need Backup Administrator, some Security Administrator). The server says: No rolePermissions for *****',
			httpCode: '403',
			context: {
				itemIndex: 1,
				errorCode: 'AccessDenied',
				operation: 'Get Many (Job State)',
			},
		});
	});

	it('keeps a message that contains the name of a system error', async () => {
		server.handle = () => ({ status: 400, body: { message: 'Unknown field "rolePermissions"' } });
		expect((await raised(request(STATES))).message).toBe('Unknown field "rolePermissions"');
	});
});

describe('repeating', () => {
	it('a read after 429 and 503 pauses as the server asks, or longer each time', async () => {
		const paused: number[] = [];
		const answers = [
			{ status: 429, headers: { 'retry-after': '3' } },
			{ status: 503 },
			{ status: 503, headers: { 'retry-after': new Date(Date.now() + 5000).toUTCString() } },
			{ body: { fine: true } },
		];
		server.handle = () => answers.shift() ?? {};

		expect(await request(STATES, { settings: quickSettings(paused) })).toEqual({ fine: true });
		expect(server.calls).toHaveLength(4);
		// In steps of a second: 3, then 2 (second step of the back-off), then almost 5.
		expect(paused.slice(0, 5)).toEqual([1, 1, 1, 1, 1]);
		const total = paused.reduce((sum, pause) => sum + pause, 0);
		expect(total).toBeGreaterThan(8);
		expect(total).toBeLessThanOrEqual(10);
	});

	it('a read gives up after five tries and says what the server said', async () => {
		server.handle = () => ({
			status: 503,
			body: { errorCode: 'ServiceUnavailable', message: 'Starting' },
		});
		const error = await raised(request(STATES));
		expect(server.calls).toHaveLength(5);
		expect(error.message).toBe('The server is not available at the moment.');
		expect(error.description).toBe(
			'It may be starting or busy. Try again later. The server says: Starting',
		);
		expect(error.context.transient).toBe(true);
	});

	it('a read does not wait longer than its budget, and says how long the server wants', async () => {
		server.handle = () => ({ status: 429, headers: { 'retry-after': '3600' } });
		const error = await raised(request(STATES));
		expect(server.calls).toHaveLength(1);
		expect(error.description).toContain('The server asks to wait 3600 seconds.');
	});

	it('a read after the line was cut, and after silence', async () => {
		const answers: Answer[] = [
			{ hangUp: true },
			{ silent: true },
			{ body: { fine: false }, stallAfter: 5 },
			{ body: { fine: false }, cutAfter: 5 },
			{ body: { fine: true } },
		];
		server.handle = () => answers.shift() ?? {};
		const settings = { ...quickSettings(), readTimeout: 0.3 };

		expect(await request(STATES, { settings })).toEqual({ fine: true });
		expect(server.calls).toHaveLength(5);
	});

	it('a read of a server that stays silent ends in words', async () => {
		server.handle = () => ({ silent: true });
		const settings = { ...quickSettings(), readTimeout: 0.2, repeats: 1 };
		const error = await raised(request(STATES, { settings }));
		expect(error.message).toBe(`localhost:${server.port} was silent for 0.2 seconds.`);
		expect(server.calls).toHaveLength(2);
	});

	it.each([
		['429', { status: 429 }],
		['503', { status: 503 }],
		['a cut line', { hangUp: true }],
	])('never happens to a write after %s', async (_name, answer) => {
		server.handle = () => answer;
		const error = await raised(request(START));
		expect(server.calls).toHaveLength(1);
		if ('hangUp' in answer)
			expect(error.description).toContain(
				'It is not known whether the change took effect: check before you repeat it.',
			);
	});

	it('happens to a search by POST, which only reads', async () => {
		const answers = [{ status: 503 }, { body: { data: [{ id: '1' }], pagination: { total: 1 } } }];
		server.handle = () => answers.shift() ?? {};
		const found = await withClient(
			credentials,
			async (client) =>
				await client.list({
					method: 'POST',
					path: '/api/v1/inventory',
					body: { media: 'json', value: { pagination: {} } },
				}),
		);
		expect(found).toEqual([{ id: '1' }]);
	});

	it('happens to a write where the product knows it again by a key, with the same key', async () => {
		let keys = 0;
		const adapter: ProductAdapter = {
			...vbr,
			writesAreIdempotent: true,
			headers: () => ({ 'x-request-id': `key-${++keys}` }),
			readError: (status) => ({ message: `HTTP ${status}`, retryable: status === 520 }),
		};
		const answers = [{ status: 520 }, { hangUp: true }, { body: { fine: true } }];
		server.handle = () => answers.shift() ?? {};

		expect(await request(START, { adapter })).toEqual({ fine: true });
		expect(server.calls.map(({ headers }) => headers['x-request-id'])).toEqual([
			'key-1',
			'key-1',
			'key-1',
		]);
	});

	it('ends when the user stops the execution', async () => {
		const stop = new AbortController();
		server.handle = () => ({ status: 503 });
		const settings = { sleep: async () => stop.abort() };
		const error = await raised(request(STATES, { settings, signal: stop.signal }));
		expect(error.message).toBe('The execution was stopped.');
		expect(server.calls).toHaveLength(1);
	});
});

describe('an expired token', () => {
	it('is renewed once, and the request repeated once, writes too', async () => {
		credentials.stored.veeamBackupReplicationApi = passwordCredential(server, {
			sessionToken: session('long-gone'),
		});
		expect(await request(START)).toEqual({ ok: true });
		const starts = server.calls.filter(({ url }) => url.includes('/start'));
		expect(starts.map(({ headers }) => headers.authorization)).toEqual([
			'Bearer long-gone',
			'Bearer token-number-1',
		]);
		expect(server.logins).toBe(1);
		// Kept for the next execution.
		expect(credentials.stored.veeamBackupReplicationApi?.sessionToken).toBe(
			session('token-number-1'),
		);
		await request(STATES);
		expect(server.logins).toBe(1);
	});

	it('that expires between pages costs one login, and the list is complete', async () => {
		const items = Array.from({ length: 90 }, (_, i) => ({ id: `s${i}` }));
		let pages = 0;
		server.handle = ({ url }) => {
			const skip = Number(/skip=(\d+)/.exec(url)?.[1] ?? 0);
			const limit = Number(/limit=(\d+)/.exec(url)?.[1] ?? 0);
			if (++pages === 1) server.tokens.clear();
			return { body: { data: items.slice(skip, skip + limit), pagination: { total: 90 } } };
		};
		const adapter = { ...vbr, paging: { ...vbr.paging, pageSize: 10 } };
		const read = await withClient(
			credentials,
			async (client) => await client.list({ method: 'GET', path: '/api/v1/sessions' }),
			{ adapter },
		);
		expect(read).toEqual(items);
		// One for the first page, one for the three that met the expired token together.
		expect(server.logins).toBe(2);
	});

	it('that the server refuses again right after the login is not renewed for ever', async () => {
		for (const sessionToken of ['', session('gone')]) {
			server.reset();
			server.login = () => ({ body: { access_token: 'token-number-nobody-takes' } });
			credentials = credentialsOf(passwordCredential(server, { sessionToken }));
			const error = await raised(request(START));
			expect(error.message).toBe('The server refuses the token it has just given.');
			expect(server.received.filter(({ url }) => url.includes('token'))).toHaveLength(1);
			expect(server.received.filter(({ url }) => url.includes('/start'))).toHaveLength(2);
		}
	});

	it('that was pasted says so, and is not repeated', async () => {
		credentials = credentialsOf(
			passwordCredential(server, { authentication: 'token', accessToken: 'pasted-secret-token' }),
		);
		const error = await raised(request(STATES));
		expect(error.message).toBe('The server does not accept the access token of the credential.');
		expect(error.description).toBe(
			'It has expired or is wrong. Paste a new one into the credential, or switch the credential to password login, which renews its token by itself.',
		);
		expect(server.received).toHaveLength(1);
		expect(error.httpCode).toBe('401');
	});

	it('whose renewal fails says why, without a second try that could lock the account', async () => {
		credentials = credentialsOf(passwordCredential(server, { password: 'wrong-Summer' }));
		const error = await raised(request(STATES));
		expect(error.message).toBe('The server refuses the username or the password.');
		expect(error.name).toBe('NodeApiError');
		expect(server.received.map(({ url }) => url)).toEqual(['/api/oauth2/token']);
	});

	it('is not asked for elsewhere: a login that is redirected stops there', async () => {
		server.login = () => ({ status: 307, headers: { location: '/evil' } });
		const error = await raised(request(STATES));
		expect(error.message).toBe('The server redirects the request to /evil.');
		expect(server.received.filter(({ method }) => method !== 'GET')).toHaveLength(1);
		expect(server.received.filter(({ url }) => url.startsWith('/evil'))).toEqual([]);
	});

	it('of another server or another account is not sent: the new one is asked for', async () => {
		for (const other of [
			JSON.stringify({ origin: 'https://old:9419', username: 'DOMAIN\\backup', token: 'stolen' }),
			JSON.stringify({ origin: server.url, username: 'somebody', token: 'stolen' }),
			'stolen',
		]) {
			server.reset();
			credentials = credentialsOf(passwordCredential(server, { sessionToken: other }));
			expect(await request(STATES)).toEqual({ ok: true });
			expect(
				server.received.filter(({ headers }) => headers.authorization?.includes('stolen')),
			).toEqual([]);
			expect(server.logins).toBe(1);
		}
	});
});

const session = (token: string) =>
	JSON.stringify({ origin: server.url, username: 'DOMAIN\\backup', token });

describe('a server out of reach', () => {
	it('names host and port', async () => {
		const gone = await BackupServer.start();
		const { port } = gone;
		await gone.stop();
		credentials = credentialsOf(passwordCredential({ url: `https://localhost:${port}` }));
		const error = await raised(request(STATES));
		expect(error.message).toBe(`Nothing answers at localhost:${port}: the connection was refused.`);
		expect(error.context.transient).toBe(true);
	});

	it('with a self-signed certificate is refused unless the credential says otherwise', async () => {
		credentials = credentialsOf(passwordCredential(server, { ignoreSslIssues: false }));
		const error = await raised(request(STATES));
		expect(error.message).toBe(
			`The certificate of localhost:${server.port} is not trusted: it is self-signed.`,
		);
		expect(error.description).toContain('Ignore SSL Issues');
		expect(server.received).toEqual([]);
	});

	it.each([
		['expired', { expired: true }, 'it has expired'],
		['of another host', { host: 'elsewhere.example.com' }, 'it was issued for another host name'],
	])('with a certificate that is %s says so', async (_name, options, reason) => {
		const odd = await BackupServer.start(options);
		const before = getCACertificates();
		setDefaultCACertificates([...before, odd.certificate]);
		try {
			credentials = credentialsOf(passwordCredential(odd, { ignoreSslIssues: false }));
			const error = await raised(request(STATES));
			expect(error.message).toBe(
				`The certificate of localhost:${odd.port} is not trusted: ${reason}.`,
			);
			credentials = credentialsOf(passwordCredential(odd));
			expect(await request(STATES)).toEqual({ ok: true });
		} finally {
			setDefaultCACertificates(before);
			await odd.stop();
		}
	});
});

describe.each<BinaryDataMode>(['default', 'filesystem', 'database', 's3'])(
	'files, where n8n keeps binary data in mode %s,',
	(mode) => {
		beforeAll(async () => await useBinaryDataMode(mode));
		afterAll(async () => await useBinaryDataMode('filesystem'));

		const UPLOAD: VeeamRequest = {
			method: 'POST',
			path: '/api/v1/license/install',
			body: { media: 'binary', binaryProperty: 'data' },
		};
		const file = randomBytes(3_000_000);

		const upload = async (what: VeeamRequest, stored = true): Promise<unknown> => {
			const data = stored
				? await storeBinary(file, 'new "license".lic', 'application/xml')
				: {
						data: file.toString('base64'),
						mimeType: 'application/xml',
						fileName: 'new "license".lic',
					};
			return await request(what, { items: [{ json: {}, binary: { data } }] });
		};
		const download = async (
			what: VeeamRequest,
			settings = quickSettings(),
		): Promise<{ bytes: Buffer; fileName?: string; mimeType: string }> =>
			await withClient(
				credentials,
				async (client: VeeamClient) => {
					const binary = await client.download(what);
					return {
						bytes: await readBinary(binary),
						fileName: binary.fileName,
						mimeType: binary.mimeType,
					};
				},
				{ settings },
			);
		const DOWNLOAD: VeeamRequest = { method: 'GET', path: '/api/v1/exportlogs/x/download' };

		it('go up as they are, with their length, streamed from where n8n keeps them', async () => {
			expect(await upload(UPLOAD)).toEqual({ ok: true });
			const sent = server.calls.at(-1);
			expect(sent?.headers).toMatchObject({
				'content-type': 'application/octet-stream',
				'content-length': String(file.length),
			});
			expect(sent?.body.equals(file)).toBe(true);
		});

		it('that n8n keeps in memory go up as well', async () => {
			expect(await upload(UPLOAD, false)).toEqual({ ok: true });
			expect(server.calls.at(-1)?.body.equals(file)).toBe(true);
		});

		it('go up after the token has expired', async () => {
			credentials = credentialsOf(passwordCredential(server, { sessionToken: session('gone') }));
			expect(await upload(UPLOAD)).toEqual({ ok: true });
			expect(server.logins).toBe(1);
			expect(server.calls.at(-1)?.body.equals(file)).toBe(true);
		});

		it('go up though the server cuts the line on an expired token instead of answering', async () => {
			server.impatient = true;
			credentials = credentialsOf(passwordCredential(server, { sessionToken: session('gone') }));
			expect(await upload(UPLOAD)).toEqual({ ok: true });
			expect(server.calls.at(-1)?.body.equals(file)).toBe(true);
		});

		it('go up once more when the token expires between the look and the upload', async () => {
			let uploads = 0;
			credentials = credentialsOf(passwordCredential(server));
			server.handle = ({ url }) => {
				// The look at the session is answered, then the token dies.
				if (url.includes('/jobs/states') && uploads++ === 0) server.tokens.clear();
				return { body: { ok: true } };
			};
			expect(await upload(UPLOAD)).toEqual({ ok: true });
			const tries = server.calls.filter(({ url }) => url.includes('/license/install'));
			expect(tries).toHaveLength(2);
			expect(tries.every(({ body }) => body.equals(file))).toBe(true);
		});

		it('go up in a form where the API wants a form', async () => {
			await upload({
				...UPLOAD,
				body: { media: 'multipart', field: 'license', binaryProperty: 'data' },
			});
			const sent = server.calls.at(-1);
			const boundary = /boundary=(.+)$/.exec(sent?.headers['content-type'] ?? '')?.[1];
			const form = await new Response(new Uint8Array(sent?.body ?? []), {
				headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
			}).formData();
			const license = form.get('license') as File;
			expect(license.name).toBe('new "license".lic');
			expect(Buffer.from(await license.arrayBuffer()).equals(file)).toBe(true);
		});

		it('that are missing or empty are refused before anything is sent', async () => {
			const missing = await raised(
				request({ ...UPLOAD, body: { media: 'binary', binaryProperty: 'other' } }),
			);
			expect(missing.name).toBe('NodeOperationError');
			expect(missing.message).toContain("'other'");
			const data = await storeBinary(Buffer.alloc(0));
			const empty = await raised(request(UPLOAD, { items: [{ json: {}, binary: { data } }] }));
			expect(empty.message).toBe('The file in "data" is empty.');
			expect(server.calls.filter(({ url }) => url.includes('install'))).toEqual([]);
		});

		it('come down with name and type', async () => {
			server.handle = () => ({
				body: file,
				headers: {
					'content-type': 'application/zip; charset=x',
					'content-disposition': "attachment; filename*=UTF-8''logs%20M.zip",
				},
			});
			const { bytes, fileName, mimeType } = await download(DOWNLOAD);
			expect(bytes.equals(file)).toBe(true);
			expect({ fileName, mimeType }).toEqual({
				fileName: 'logs M.zip',
				mimeType: 'application/zip',
			});
		});

		it('come down after the token has expired', async () => {
			credentials = credentialsOf(passwordCredential(server, { sessionToken: session('gone') }));
			server.handle = ({ url }) => ({ body: url.includes('download') ? file : '{}' });
			expect((await download(DOWNLOAD)).bytes.equals(file)).toBe(true);
			expect(server.logins).toBe(1);
		});

		it('that break off halfway are fetched anew', async () => {
			const answers = [{ body: file, cutAfter: 1_000_000 }, { body: file }];
			server.handle = () => answers.shift() ?? { body: file };
			expect((await download(DOWNLOAD)).bytes.equals(file)).toBe(true);
			expect(server.calls).toHaveLength(2);
		});

		it('that stall halfway are given up and fetched anew', async () => {
			const answers = [{ body: file, stallAfter: 1_000_000 }, { body: file }];
			server.handle = () => answers.shift() ?? { body: file };
			const settings = { ...quickSettings(), fileTimeout: 1.5 };
			expect((await download(DOWNLOAD, settings)).bytes.equals(file)).toBe(true);
			expect(server.calls).toHaveLength(2);
		});

		it('that break off again and again end in words', async () => {
			server.handle = () => ({ body: file, cutAfter: 1000 });
			const error = await raised(download(DOWNLOAD, { ...quickSettings(), repeats: 1 }));
			expect(error.message).toMatch(/^The download broke off: localhost:\d+ closed the connection/);
			expect(server.calls).toHaveLength(2);
		});

		it('the server refuses to give say why', async () => {
			server.handle = () => ({
				status: 404,
				body: { errorCode: 'NotFound', message: 'No such log' },
			});
			const error = await raised(download(DOWNLOAD));
			expect(error.message).toBe('No such log');
			expect(error.httpCode).toBe('404');
		});

		it('that drip are given up and fetched anew', async () => {
			const answers = [{ body: file, dripEvery: 50 }, { body: file }];
			server.handle = () => answers.shift() ?? { body: file };
			const settings = { ...quickSettings(), fileTimeout: 1.5 };
			expect((await download(DOWNLOAD, settings)).bytes.equals(file)).toBe(true);
			expect(server.calls).toHaveLength(2);
		});
	},
);

describe('a file that n8n cannot keep', () => {
	afterAll(async () => await useBinaryDataMode('filesystem'));

	it.each([
		[new FileTooLargeError({ fileSizeMb: 600, maxFileSizeMb: 512, fileId: 'f1' })],
		[Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })],
		// S3 is out of reach, not the server.
		[Object.assign(new Error('connect ECONNREFUSED 10.0.0.9:9000'), { code: 'ECONNREFUSED' })],
		[Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })],
	])('is told in the words of its storage: %s', async (refusal) => {
		await useBinaryDataMode('database', refusal);
		server.handle = () => ({ body: randomBytes(1000) });
		const error = await raised(
			withClient(
				credentials,
				async (client) =>
					await client.download({ method: 'GET', path: '/api/v1/exportlogs/x/download' }),
			),
		);
		expect(error.message).toBe('n8n could not store the file.');
		expect(error.description).toContain(refusal.message);
		expect(error.description).toContain('N8N_DEFAULT_BINARY_DATA_MODE');
		expect(server.calls).toHaveLength(1);
	});
});

describe('waiting', () => {
	it('works on the answer of a request as it comes', async () => {
		const started = {
			id: 's1',
			name: 'Job',
			sessionType: 'BackupJob',
			state: 'Starting',
			result: { result: 'None' },
		};
		const states = [started, { ...started, state: 'Stopped', result: { result: 'Success' } }];
		server.handle = ({ method }) => ({ body: method === 'POST' ? started : states.shift() });
		const record = await withClient(credentials, async (client) => {
			const response = await client.request(START);
			return await client.wait(response);
		});
		expect(record).toEqual({ ...started, state: 'Stopped', result: { result: 'Success' } });
	});

	it('gives the answer itself back where nothing was started', async () => {
		server.handle = () => ({ body: { id: 'x' } });
		const record = await withClient(credentials, async (client, context: IExecuteFunctions) => {
			expect(context.getNode().name).toBe('Client');
			return await client.wait(await client.request(STATES));
		});
		expect(record).toEqual({ id: 'x' });
	});
});

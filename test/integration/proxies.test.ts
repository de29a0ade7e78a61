/**
 * n8n behind a company's proxy (HTTPS_PROXY, ALL_PROXY, NO_PROXY): what the proxy does wrong is told
 * as the proxy's, never as the Veeam server's. A real proxy answers CONNECT; the requests are those of
 * n8n-core's helpers.
 */
import { createServer, type AddressInfo } from 'node:net';
import { sessions } from '../../nodes/shared/credential/sessionKeeper';
import { DEFAULT_SETTINGS } from '../../nodes/shared/http/settings';
import type { ProductAdapter } from '../../nodes/shared/http/types';
import { adapter as vb365 } from '../../nodes/VeeamBackupMicrosoft365/api/adapter';
import { adapter as vbr } from '../../nodes/VeeamBackupReplication/api/adapter';
import { adapter as vspc } from '../../nodes/VeeamServiceProviderConsole/api/adapter';
import type { RunningServer } from '../../simulator';
import { everyWay, PRODUCTS_UNDER_TEST } from '../support/products';
import { ConnectProxy, setProxy, type ProxyAnswer } from '../support/proxy';
import {
	BackupServer,
	passwordCredential,
	quickSettings,
	withClient,
} from '../unit/transport.support';
import { TestCredentials } from '../support/executeNode';

jest.setTimeout(120_000);

let proxy: ConnectProxy;
let undo = () => {};
beforeAll(async () => (proxy = await ConnectProxy.start()));
afterAll(async () => await proxy.stop());
beforeEach(() => {
	sessions.clear();
	proxy.answer = 'tunnel';
	proxy.asked.length = 0;
	through();
});
afterEach(() => undo());

/** Sets HTTPS_PROXY, as an administrator does: with the proxy's user and password. */
function through(
	variables: Record<string, string> = { HTTPS_PROXY: `http://jo:s3cret@${proxy.host}` },
) {
	undo();
	undo = setProxy(variables);
}

const PAGE = '<html><body>Proxy error</body></html>';

describe.each(PRODUCTS_UNDER_TEST)('$name behind a proxy', (product) => {
	let server: RunningServer;
	let host: string;
	beforeAll(async () => {
		server = await product.start();
		({ host } = new URL(server.url));
	});
	afterAll(async () => await server.close());

	const ways = async () => await everyWay(product, { ...product.account, serverUrl: server.url });
	const all = (text: string) => ({ action: text, trigger: text, test: text });

	it.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])('works, through %s', async (variable) => {
		through({ [variable]: `http://${proxy.host}` });
		expect(await ways()).toEqual(all('OK'));
		expect(new Set(proxy.asked)).toEqual(new Set([host]));
	});

	it('works without it where NO_PROXY names the server', async () => {
		through({ HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: '127.0.0.1' });
		expect(await ways()).toEqual(all('OK'));
	});

	const WAY_OUT = /add 127\.0\.0\.1 to the NO_PROXY variable/;

	/** Each way says the same, names the way out, never the server as the cause, and no secret. */
	async function saysOfProxy(text: RegExp) {
		const said = await ways();
		for (const way of ['action', 'trigger', 'test'] as const) {
			expect([way, said[way]]).toEqual([way, expect.stringMatching(text)]);
			expect(said[way]).toMatch(WAY_OUT);
			expect(said[way]).toMatch(/The Veeam server was not asked/);
			expect(said[way]).not.toMatch(/s3cret|jo:|REST API service|web page/);
		}
	}

	it.each<[ProxyAnswer, RegExp]>([
		[
			{ status: 407, body: PAGE, headers: { 'proxy-authenticate': 'Basic' } },
			/^The proxy ADDRESS requires a login \(HTTP 407\) before it connects n8n to HOST\./,
		],
		[
			{ status: 403, body: PAGE },
			/^The proxy ADDRESS does not let n8n connect to HOST \(HTTP 403\)\./,
		],
		[
			{ status: 401, body: PAGE },
			/^The proxy ADDRESS does not let n8n connect to HOST \(HTTP 401\)\./,
		],
		[
			{ status: 502, body: PAGE },
			/^The proxy ADDRESS could not connect n8n to HOST \(HTTP 502\)\./,
		],
		[{ status: 503 }, /^The proxy ADDRESS could not connect n8n to HOST \(HTTP 503\)\./],
		[
			{ status: 504, body: '{"error":"timeout"}', headers: { 'content-type': 'application/json' } },
			/^The proxy ADDRESS could not connect n8n to HOST \(HTTP 504\)\./,
		],
	])('that answers CONNECT with %j', async (answer, text) => {
		proxy.answer = answer;
		const { source } = text;
		await saysOfProxy(new RegExp(source.replace('ADDRESS', proxy.host).replace('HOST', host)));
		expect(proxy.asked.length).toBeGreaterThanOrEqual(3);
	});

	it('that hangs up', async () => {
		proxy.answer = 'hang up';
		await saysOfProxy(
			/^The proxy( 127\.0\.0\.1:\d+)? closed the connection instead of connecting n8n to/,
		);
	});

	it('that is not there', async () => {
		through({ HTTPS_PROXY: 'http://127.0.0.1:1' });
		await saysOfProxy(/^Nothing answers at the proxy 127\.0\.0\.1:1: the connection was refused\./);
	});

	it('whose name nobody knows', async () => {
		through({ HTTPS_PROXY: 'http://proxy.invalid:3128' });
		await saysOfProxy(/^The host name of the proxy proxy\.invalid(:3128)? is not known here\./);
	});

	it('that is no proxy', async () => {
		proxy.answer = 'nonsense';
		await saysOfProxy(
			// n8n's older helper, which the test has, takes off the address.
			/^What answers at the address of the proxy( 127\.0\.0\.1:\d+)? is no HTTP proxy\./,
		);
	});

	describe('that never answers CONNECT, in the credential test', () => {
		beforeEach(() => void jest.replaceProperty(DEFAULT_SETTINGS, 'loginTimeout', 1));
		afterEach(() => jest.restoreAllMocks());
		const test = async (serverUrl = server.url) =>
			(await everyWay(product, { ...product.account, serverUrl }, ['test'])).test;

		it('is named as the cause, with the way out', async () => {
			proxy.answer = 'silence';
			const said = await test();
			expect(said).toMatch(
				new RegExp(`^The proxy did not connect n8n to ${host} within 1 seconds\\.`),
			);
			expect(said).toMatch(WAY_OUT);
			expect(said).not.toMatch(/was silent|s3cret/);
		});

		const hanging = async (variables: Record<string, string>) => {
			// Reads, so that it notices when somebody leaves.
			const silent = createServer((socket) => void socket.on('error', () => {}).resume());
			await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
			through(variables);
			const { port } = silent.address() as AddressInfo;
			const said = await test(`https://127.0.0.1:${port}`);
			await new Promise((done) => silent.close(done));
			return said;
		};

		it('is not where the server itself is silent, without a proxy and behind one that works', async () => {
			const proxied = { HTTPS_PROXY: `http://${proxy.host}` };
			for (const variables of [{}, proxied]) {
				const said = await hanging(variables);
				expect(said).toMatch(/was silent for 1 seconds/);
				expect(said).not.toMatch(/The proxy did not/);
			}
		});

		it('is named with a doubt where NO_PROXY may name the server, which nobody can see', async () => {
			proxy.answer = 'silence';
			const said = await hanging({
				...{ HTTPS_PROXY: `http://${proxy.host}`, NO_PROXY: '127.0.0.1' },
			});
			expect(said).toMatch(/If NO_PROXY names the server already, it is the server that is silent/);
		});
	});
});

describe.each<[string, ProductAdapter, string]>([
	['Veeam Backup & Replication', vbr, '1.3-rev1'],
	['Veeam Backup for Microsoft 365', vb365, 'v8'],
	['Veeam Service Provider Console', vspc, '3.6.1'],
])('a request of %s through a proxy', (name, adapter, apiVersion) => {
	let server: BackupServer;
	beforeAll(async () => (server = await BackupServer.start()));
	afterAll(async () => await server.stop());
	beforeEach(() => server.tokens.add('pasted'));

	const { Credential } = PRODUCTS_UNDER_TEST.find((product) => product.name === name)!;
	const ask = async (method: 'GET' | 'POST' = 'GET') => {
		const data = passwordCredential(server, {
			...{ authentication: 'token', accessToken: 'pasted', apiVersion },
		});
		const credentials = new TestCredentials([new Credential()], {
			[adapter.credentialType]: data,
		});
		return await withClient(
			credentials,
			async (client) => (await client.request({ method, path: '/x' })).body,
			{ adapter, settings: { ...quickSettings(), repeats: 1, readTimeout: 1, writeTimeout: 1 } },
		).catch((error: Error & { description?: string }) => `${error.message} ${error.description}`);
	};

	it('that never answers CONNECT: the proxy is named, and a change is known not to have arrived', async () => {
		proxy.answer = 'silence';
		const text = `The proxy ${proxy.host} did not connect n8n to ${new URL(server.url).host} within 1 seconds.`;
		expect(await ask()).toContain(text);
		const change = await ask('POST');
		expect(change).toContain(text);
		expect(change).not.toMatch(/not known whether/);
	});

	it('is the server’s own where the tunnel stands and the server says no or hangs', async () => {
		server.handle = () => ({ status: 503, body: { message: 'Starting' } });
		expect(await ask()).not.toMatch(/proxy/i);
		server.handle = () => ({ silent: true });
		expect(await ask()).toMatch(/was silent for 1 seconds/);
		expect(await ask()).not.toMatch(/The proxy/);
	});

	it('407 inside the tunnel is a proxy’s too: one that looks into it', async () => {
		server.handle = () => ({ status: 407, body: PAGE });
		expect(await ask()).toMatch(/^The proxy( \S+)? requires a login \(HTTP 407\)/);
	});
});

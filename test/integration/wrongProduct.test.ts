/**
 * A server URL that leads to something else: another product of Veeam, a web interface, a web server,
 * n8n itself. Whoever tests the credential or runs a node is told what answers there.
 */
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';

import { sessions } from '../../nodes/shared/credential/sessionKeeper';
import type { RunningServer } from '../../simulator';
import { selfSignedCertificate } from '../../simulator/foundation/certificate';
import { everyWay, PRODUCTS_UNDER_TEST } from '../support/products';

jest.setTimeout(120_000);

const PASSWORD = 'hunter22-of-the-test';

interface Elsewhere {
	/** What it is, or what is quoted of it. */
	text: RegExp;
	answer(
		method: string,
		path: string,
	): { status: number; type?: string; body?: string; location?: string };
}

const page = (title: string) => `<!DOCTYPE html><html><head><title>${title}</title></head></html>`;
const html = (status: number, body: string) => ({ status, type: 'text/html', body });

const ELSEWHERE: Record<string, Elsewhere> = {
	'a web server': {
		text: /answered with a web page "404 Not Found" \(HTTP 404\)\.$/,
		answer: () => html(404, page('404 Not Found')),
	},
	'a web server that has its page everywhere': {
		text: /answered with a web page "Welcome to nginx!" \(HTTP 200\)\.$/,
		answer: () => html(200, page('\n  Welcome to\tnginx! ')),
	},
	n8n: {
		text: /n8n answers at HOST\.$/,
		answer: (method, path) =>
			path.startsWith('/api/v1')
				? {
						status: 401,
						type: 'application/json',
						body: '{"message":"\'X-N8N-API-KEY\' header required"}',
					}
				: method === 'GET'
					? html(200, page('n8n.io - Workflow Automation'))
					: html(404, `<pre>Cannot ${method} ${path}</pre>`),
	},
	'Enterprise Manager (9398)': {
		text: /Veeam Backup Enterprise Manager answers at HOST\.$/,
		answer: (_method, path) =>
			path === '/api/'
				? {
						status: 200,
						type: 'application/xml',
						body: '<?xml version="1.0"?><EnterpriseManager xmlns="http://www.veeam.com/ent/v1.0"><Links/></EnterpriseManager>',
					}
				: { status: 404 },
	},
	'the web interface of Enterprise Manager': {
		text: /Veeam Backup Enterprise Manager answers at HOST\.$/,
		answer: (_method, path) =>
			path === '/'
				? html(200, page('Veeam Backup Enterprise Manager'))
				: html(404, page('404 - File or directory not found.')),
	},
};

/** A server with an answer for everything; what it received. */
class OtherServer {
	readonly received: Array<{ method: string; url: string; text: string }> = [];
	private constructor(private readonly server: Server) {}

	static async start({ answer }: Elsewhere): Promise<OtherServer> {
		const { key, cert } = await selfSignedCertificate();
		const server = createServer({ key, cert });
		const other = new OtherServer(server);
		server.on('request', (request, response) => {
			const { method = '', url = '' } = request;
			let text = JSON.stringify(request.headers);
			request.on('data', (chunk: Buffer) => (text += chunk.toString()));
			request.on('end', () => {
				other.received.push({ method, url, text });
				const { status, type, body, location } = answer(method, url.split('?')[0] ?? '');
				response
					.writeHead(status, {
						...(type ? { 'content-type': type } : {}),
						...(location ? { location } : {}),
						connection: 'close',
					})
					.end(body);
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return other;
	}

	get url(): string {
		return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}

beforeEach(() => sessions.clear());

const ways = (text: RegExp, host: string) => {
	const said = expect.stringMatching(
		new RegExp(text.source.replace('HOST', host).replace(/\$$/, ' ')),
	) as string;
	return { action: said, trigger: said, test: said };
};

describe.each(PRODUCTS_UNDER_TEST)('the credential of $name', (product) => {
	const account = { ...product.account, password: PASSWORD };
	const pasted = { authentication: 'token', accessToken: 'token-of-the-test', apiVersion: 'auto' };

	describe.each(PRODUCTS_UNDER_TEST.filter((other) => other !== product))(
		'at the address of $name',
		(other) => {
			let server: RunningServer;
			let host: string;
			beforeAll(async () => {
				server = await other.start();
				({ host } = new URL(server.url));
			});
			afterAll(async () => await server.close());

			it.each([
				['a password', account],
				['a pasted token', pasted],
				['a pasted token and a version', { ...pasted, apiVersion: product.version }],
			])('with %s: the other product is named, in test and run', async (_what, data) => {
				const text = new RegExp(
					`^This is not the REST API of ${product.name}: ${other.name} answers at HOST\\.$`,
				);
				const said = await everyWay(product, { ...data, serverUrl: server.url });
				expect(said).toEqual(ways(text, host));
				expect(said.test).toContain(`${product.name} listens on port ${product.port} by default`);
				expect(said.test).toContain(`${other.name} has nodes and a credential of its own.`);
			});
		},
	);

	describe.each(Object.entries(ELSEWHERE))('at the address of %s', (_name, elsewhere) => {
		let server: OtherServer;
		beforeAll(async () => (server = await OtherServer.start(elsewhere)));
		afterAll(async () => await server.stop());

		it.each([
			['a password', account],
			['a pasted token', pasted],
		])('with %s: what answers is told', async (_what, data) => {
			const { host } = new URL(server.url);
			const text = new RegExp(
				`^This is not the REST API of ${product.name}: .*${elsewhere.text.source}`,
			);
			const said = await everyWay(product, { ...data, serverUrl: server.url });
			expect(said).toEqual(ways(text, host));
			// What looks about carries no secret: only a login has the password, only a call the token.
			for (const { method, url, text: received } of server.received) {
				if (received.includes(encodeURIComponent(PASSWORD))) expect(method).toBe('POST');
				if (/thereIsNoSuchPath|^\/$|^\/api\/$/.test(url))
					expect(received).not.toMatch(/hunter22|token-of-the-test/);
			}
		});
	});

	it.each([
		'/swagger/index.html',
		'/login?returnUrl=%2F',
		'/#/dashboard',
		'/api/v3/',
		'/v8/swagger',
	])('works with what a browser adds to the address: %s', async (rest) => {
		const server = await product.start();
		const data = { ...product.account, serverUrl: `${server.url}${rest}` };
		expect(await everyWay(product, data, ['test'])).toEqual({ test: 'OK' });
		await server.close();
	});
});

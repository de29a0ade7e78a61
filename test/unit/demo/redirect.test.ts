import { execFile } from 'node:child_process';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { certificateFor } from '../../../simulator/foundation/certificate';
import { HOST } from '../../../demo/ports';

/** Runs a script in a Node of its own, as n8n runs. */
async function run(script: string, redirects: object): Promise<string> {
	const preload = join(__dirname, '../../../demo/redirect.cjs');
	return await new Promise((done, fail) =>
		execFile(
			process.execPath,
			['--require', preload, '--eval', script],
			{ env: { ...process.env, VEEAM_DEMO_REDIRECTS: JSON.stringify(redirects) } },
			(error, stdout) => (error ? fail(error) : done(stdout.trim())),
		),
	);
}

describe('A host that is redirected', () => {
	const servers: Array<ReturnType<typeof createServer>> = [];
	afterEach(() => servers.splice(0).forEach((server) => server.close()));

	/** A server with a certificate for these hosts. It answers with the host it was asked for. */
	async function serve(hosts: string[]): Promise<{ port: number; ca: string }> {
		const { key, cert } = await certificateFor(hosts);
		const server = createServer({ key, cert }, (request, response) => {
			response.end(`${request.headers.host}${request.url}`);
		});
		servers.push(server);
		await new Promise<void>((done) => server.listen(0, HOST, done));
		return { port: (server.address() as { port: number }).port, ca: cert };
	}

	const byHttps = (url: string) =>
		`require('https').get('${url}', (response) => response.pipe(process.stdout)).on('error', (error) => console.log(error.code))`;
	const byFetch = (url: string) =>
		`fetch('${url}').then((response) => response.text()).then(console.log, (error) => console.log(error.cause.code))`;

	it.each([
		['https', byHttps],
		['fetch', byFetch],
	])('is reached by %s under its own name, over TLS that is checked', async (_way, call) => {
		const redirects = { 'slack.com': await serve(['slack.com']) };

		expect(await run(call('https://slack.com/api/x'), redirects)).toBe('slack.com/api/x');
	});

	it('is refused where the certificate is for another name', async () => {
		const redirects = { 'slack.com': await serve(['example.com']) };

		expect(await run(byHttps('https://slack.com/'), redirects)).toBe(
			'ERR_TLS_CERT_ALTNAME_INVALID',
		);
	});

	it('changes nothing for others: their certificates are not trusted for that', async () => {
		const to = await serve(['slack.com', 'localhost']);

		expect(await run(byHttps(`https://localhost:${to.port}/`), { 'slack.com': to })).toBe(
			'DEPTH_ZERO_SELF_SIGNED_CERT',
		);
	});
});

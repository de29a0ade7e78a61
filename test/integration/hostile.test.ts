/**
 * A server that means harm, or has gone mad, against each product: what it does must cost an error in
 * words and nothing more. The nodes run in n8n-core's own contexts, over its real HTTP helpers.
 */
import { gzipSync } from 'node:zlib';
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { connect } from '../../nodes/shared/http';
import type { ClientSettings } from '../../nodes/shared/http';
import type { VeeamClient } from '../../nodes/shared/http/types';
import { executeNode, TestCredentials } from '../support/executeNode';
import { PRODUCTS_ON_THE_WIRE } from '../support/wire';
import {
	BackupServer,
	DESCRIPTION,
	PASSWORD,
	quickSettings,
	USER,
} from '../unit/transport.support';

let server: BackupServer;
let other: BackupServer;

beforeAll(async () => {
	server = await BackupServer.start();
	other = await BackupServer.start();
});
afterAll(async () => {
	await server.stop();
	await other.stop();
});
beforeEach(() => {
	server.reset();
	other.reset();
});

describe.each(PRODUCTS_ON_THE_WIRE)(
	'against $name, a server that',
	({ key, adapter, Credential, version, path, page }) => {
		const type = adapter.credentialType;

		const data = (more: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject => ({
			serverUrl: server.url,
			authentication: 'password',
			username: USER,
			password: PASSWORD,
			apiVersion: version,
			ignoreSslIssues: true,
			...more,
		});
		const stored = (more: ICredentialDataDecryptedObject = {}) =>
			new TestCredentials([new Credential()], { [type]: data(more) });
		const session = (token: string) =>
			JSON.stringify({ origin: server.url, username: USER, token });

		/** Runs a node that uses a client for each of its items, as the action nodes do. */
		async function runWithHints<T>(
			use: (client: VeeamClient, context: IExecuteFunctions) => Promise<T>,
			{
				credentials = stored(),
				settings = {},
				items = 1,
			}: {
				credentials?: TestCredentials;
				settings?: Partial<ClientSettings>;
				items?: number;
			} = {},
		) {
			const results: Array<T | Error> = [];
			class Client implements INodeType {
				description = {
					...DESCRIPTION,
					inputs: [NodeConnectionTypes.Main],
					credentials: [{ name: type, required: true }],
				};
				async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
					for (let index = 0; index < items; index++)
						try {
							const client = await connect(this, index, adapter, {
								...quickSettings(),
								...settings,
							});
							results.push(await use(client, this));
						} catch (error) {
							results.push(error as Error);
						}
					return [[]];
				}
			}
			const { hints } = await executeNode({
				node: Client,
				credentials,
				items: Array.from({ length: items }, () => ({ json: {} })),
			});
			return { results, hints };
		}

		const run = async <T>(...asked: Parameters<typeof runWithHints<T>>) =>
			(await runWithHints<T>(...asked)).results;

		const ask = async (client: VeeamClient) => (await client.request({ method: 'GET', path })).body;
		const list = async (client: VeeamClient) => await client.list({ method: 'GET', path });
		const errorOf = ([error]: unknown[]): Error & { description?: string } => {
			if (!(error instanceof Error)) throw new Error(`No error: ${JSON.stringify(error)}`);
			return error;
		};

		it('refuses the password is asked once for twenty items, and not again for a while', async () => {
			const wrong = stored({ password: 'rotated away' });
			const errors = await run(ask, { items: 20, credentials: wrong });

			expect(server.received).toHaveLength(1);
			const texts = new Set(errors.map((error) => errorOf([error]).message));
			expect([...texts]).toHaveLength(1);
			expect([...texts][0]).toMatch(/^The server refuses/);
			expect(errorOf(errors).description).toMatch(
				/[.!?…]["')]? No login with these values is tried before \d\d:\d\d UTC.*To try at once, correct the credential/,
			);

			// Wherever it comes from: an expired session of another execution, another credential alike.
			await run(ask, { credentials: stored({ password: 'rotated away', sessionToken: '' }) });
			expect(server.received).toHaveLength(1);
			// Another password is another matter.
			expect(await run(ask)).toEqual([{ ok: true }]);
		});

		it('refuses it again is asked at most three times in half an hour', async () => {
			const start = Date.now();
			const clock = jest.spyOn(Date, 'now');
			try {
				for (let minute = 0; minute < 30; minute++) {
					clock.mockImplementation(() => start + minute * 60_000);
					await run(ask, { credentials: stored({ password: 'rotated away' }) });
				}
				expect(server.received).toHaveLength(3);
			} finally {
				clock.mockRestore();
			}
		});

		it('has forgotten the session gets one login for ten executions at once', async () => {
			const runs = Array.from({ length: 10 }, async () =>
				run(ask, { credentials: stored({ sessionToken: session('expired') }) }),
			);
			expect(await Promise.all(runs)).toEqual(Array.from({ length: 10 }, () => [{ ok: true }]));
			expect(server.logins).toBe(1);
		});

		it('has forgotten the session that another process stored, and the one kept here: one login', async () => {
			await run(ask);
			server.tokens.clear();
			const credentials = stored({ sessionToken: session('of another worker') });
			expect(await run(ask, { credentials })).toEqual([{ ok: true }]);
			expect(server.logins).toBe(2);
		});

		it('sends a blank now and then for ever is given up', async () => {
			server.handle = () => ({ body: ' '.repeat(10_000), dripEvery: 20 });
			const settings = { readTimeout: 1, longestAnswer: 1, repeats: 0 };
			const { message } = errorOf(await run(ask, { settings }));
			expect(message).toMatch(
				/^localhost:\d+ (was silent for|did not finish its answer within) \d/,
			);
		});

		it('sends a great deal, but for ever, is given up', async () => {
			server.handle = () => ({ body: ' '.repeat(10_000), floodEvery: 5 });
			const settings = { readTimeout: 1, longestAnswer: 2, repeats: 0 };
			const { message } = errorOf(await run(ask, { settings }));
			expect(message).toMatch(/did not finish its answer within 2 seconds/);
		});

		it.each([
			['as it is', (body: Buffer) => ({ body })],
			[
				'packed',
				(body: Buffer) => ({ body: gzipSync(body), headers: { 'content-encoding': 'gzip' } }),
			],
		])('answers more than the limit, %s, is not read to the end', async (_how, answer) => {
			server.handle = () => answer(Buffer.alloc(30_000_000, ' '));
			const credentials = stored({ largestAnswerMb: 2 });
			const error = errorOf(await run(ask, { credentials }));
			expect(error.message).toMatch(/^The answer of localhost:\d+ is larger than 2 MB/);
			expect(error.description).toMatch(/Ask for less.*"Largest Answer \(MB\)" in the credential/);
		});

		it.each([
			['a word without end', 'a'.repeat(5_000_000)],
			['what looks like a stack trace', `at ${'a'.repeat(1_000_000)}`],
			['blanks and colons', `password${' '.repeat(500_000)}`],
			['brackets', '[{("'.repeat(300_000)],
			['versions', 'v1.2-rev1 '.repeat(200_000)],
		])('explains an error by %s is quoted in short', async (_what, text) => {
			for (const body of [
				{ message: text, errorCode: text },
				{ errors: [{ message: text, type: text, propertyName: text }] },
				{ error: text, error_description: text },
				text,
			]) {
				server.handle = () => ({ status: 400, body });
				const error = errorOf(await run(ask));
				expect(error.message.length + (error.description ?? '').length).toBeLessThan(12_100);
			}
		});

		it('redirects elsewhere gets nothing carried there', async () => {
			server.handle = () => ({ status: 302, headers: { location: `${other.url}/steal` } });
			expect(errorOf(await run(ask)).message).toMatch(/redirects the request to another server/);
			expect(other.received).toEqual([]);
		});

		describe('has an API version of its own, and the credential leaves it to us,', () => {
			const known = adapter.versions.map(({ version: one }) => one);
			/** Knows the older of the two newest versions, and says no more than products do. */
			const old = known[1]!;
			const speaksOld = ({ url, headers }: { url: string; headers: Record<string, unknown> }) =>
				[
					headers['x-api-version'],
					headers['x-client-version'],
					/^\/(v\d)\//.exec(url)?.[1],
				].includes(old);
			const unknown = () =>
				key === 'vspc'
					? { status: 400, body: { error: { code: 'UnsupportedApiVersion', message: 'no' } } }
					: key === 'vbr'
						? {
								status: 400,
								body: {
									errorCode: 'UnexpectedContent',
									message: `Unsupported RESTAPI version. The following versions are supported: ${old}`,
								},
							}
						: { status: 404 };
			beforeEach(() => {
				const { login } = server;
				server.login = (request) => (speaksOld(request) ? login(request) : unknown());
				server.handle = (request) => (speaksOld(request) ? { body: { ok: true } } : unknown());
			});

			it('is asked with the newest that both know, after one login; later ones ask no more', async () => {
				const credentials = stored({ apiVersion: 'auto' });
				const version = async (client: VeeamClient) => {
					await ask(client);
					return client.version;
				};
				expect(await run(version, { credentials, items: 3 })).toEqual([old, old, old]);
				expect(server.logins).toBe(1);
				const before = server.received.length;
				// Kept with the session, as n8n stores it.
				expect(await run(version, { credentials })).toEqual([old]);
				expect(server.received).toHaveLength(before + 1);
			});

			it('is found by a pasted token, too, and looked for again after a day', async () => {
				server.tokens.add('pasted');
				const credentials = stored({
					apiVersion: 'auto',
					authentication: 'token',
					accessToken: 'pasted',
				});
				const version = async (client: VeeamClient) => {
					await ask(client);
					return client.version;
				};
				expect(await run(version, { credentials, items: 2 })).toEqual([old, old]);
				const before = server.received.length;
				await run(version, { credentials });
				expect(server.received).toHaveLength(before + 1);

				server.handle = () => ({ body: { ok: true } });
				const tomorrow = Date.now() + 25 * 3_600_000;
				const clock = jest.spyOn(Date, 'now').mockImplementation(() => tomorrow);
				try {
					expect(await run(version, { credentials })).toEqual([known[0]]);
				} finally {
					clock.mockRestore();
				}
			});

			it('knows none that we know: that is said', async () => {
				server.login = () => unknown();
				const error = errorOf(await run(ask, { credentials: stored({ apiVersion: 'auto' }) }));
				expect(error.message).toMatch(/knows (none of the API versions|API)/);
			});
		});

		describe('another node with the credential, by n8n’s', () => {
			const uses: Array<[string, (context: IExecuteFunctions, url: string) => Promise<unknown>]> = [
				[
					'older helper and `uri`, as the HTTP Request node',
					async (context, uri) =>
						await context.helpers.requestWithAuthentication.call(context, type, {
							method: 'GET',
							uri,
							json: true,
							followRedirect: true,
							maxRedirects: 21,
							rejectUnauthorized: true,
						}),
				],
				[
					'newer helper',
					async (context, url) =>
						await context.helpers.httpRequestWithAuthentication.call(context, type, {
							method: 'GET',
							url,
							json: true,
						}),
				],
			];

			it.each(uses)(
				'%s, works after one login, also where it is answered 404',
				async (_how, use) => {
					const url = `${server.url}/any/path`;
					expect(await run(async (_client, context) => await use(context, url))).toEqual([
						{ ok: true },
					]);
					server.handle = () => ({ status: 404, body: {} });
					const credentials = stored();
					errorOf(await run(async (_client, context) => await use(context, url), { credentials }));
					expect(server.logins).toBe(1);
				},
			);

			it.each(uses)(
				'%s, gets one login where the stored session is as old as the one kept here',
				async (_how, use) => {
					await run(ask);
					server.tokens.clear();
					const credentials = stored({ sessionToken: session('of another worker') });
					const url = `${server.url}/any/path`;
					const used = await run(async (_client, context) => await use(context, url), {
						credentials,
					});
					expect(used).toEqual([{ ok: true }]);
					expect(server.logins).toBe(2);
				},
			);

			it.each(uses)('%s, takes the token nowhere else', async (_how, use) => {
				server.handle = () => ({ status: 302, headers: { location: `${other.url}/steal` } });
				errorOf(
					await run(async (_client, context) => await use(context, `${server.url}/any/path`)),
				);
				errorOf(await run(async (_client, context) => await use(context, `${other.url}/any/path`)));
				expect(other.received).toEqual([]);
			});
		});

		describe('counts its list', () => {
			const items = (count: number) =>
				Array.from({ length: count }, (_, index) => ({
					id: `item-${index}`,
					instanceUid: `item-${index}`,
				}));
			/** Pages of a list, at most so many items each. */
			const serve = (all: unknown[], total: unknown, most: number) => {
				server.handle = ({ url }) => {
					const query = new URL(url, server.url).searchParams;
					const from = Number(query.get(adapter.paging.offset) ?? 0);
					const limit = Number(query.get(adapter.paging.limit) ?? most);
					const count = Math.min(limit, most);
					return { body: page(all.slice(from, from + count), total, from, count) };
				};
			};

			it.each([
				['1e12', 1e12],
				['-1', -1],
				['0', 0],
				['NaN', 'NaN'],
				['null', null],
				['3, smaller than the page', 3],
				['40, larger than the truth', 40],
				['1.5', 1.5],
			])('as %s: all 25 items come', async (_what, total) => {
				serve(items(25), total, 10);
				const [result] = await run(list);
				expect(result).toHaveLength(25);
				expect(server.calls.length).toBeLessThan(15);
			});

			it('too high says so where the list is shown', async () => {
				serve(items(25), 40, 10);
				const { hints, results } = await runWithHints(list);
				expect(results[0]).toHaveLength(25);
				expect(hints.map(({ message }) => message)).toEqual([
					expect.stringMatching(/the server said that there are 40 items, and gave 25/),
				]);
			});

			it('as right, but always gives the same page, is given up', async () => {
				server.handle = () => ({ body: page(items(10), 1e9, 0, 10) });
				const [result] = await run(list);
				expect(result).toHaveLength(10);
				expect(server.calls.length).toBeLessThan(15);
			});

			it('not at all and never comes to an end, is given up in words', async () => {
				let next = 0;
				const some = () =>
					Array.from({ length: 150_000 }, () => ({ id: `${++next}`, instanceUid: `${next}` }));
				server.handle = () => ({ body: page(some(), undefined, 0, 150_000) });
				const error = errorOf(await run(list));
				expect(error.message).toMatch(/^The list does not end: \d+ items have been read/);
				expect(error.description).toMatch(/limit or a filter/);
			}, 180_000);

			it('and gives pages larger than an answer may be: they are asked for in halves', async () => {
				const all = items(40).map((item) => ({ ...item, note: 'x'.repeat(60_000) }));
				serve(all, 40, 1000);
				const [result] = await run(list, { credentials: stored({ largestAnswerMb: 1 }) });
				expect(result).toHaveLength(40);
			});
		});
	},
);

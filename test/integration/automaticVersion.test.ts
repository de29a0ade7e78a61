/**
 * API Version: Automatic, attacked: servers older and newer than the package, servers that are updated or
 * restored to versions that have nothing in common, between executions and within one, two credentials for a
 * server, a credential whose server changes, many executions at first. Versions and answers are the servers'
 * own; what a version lacks is read from Veeam's reference ("Versioning").
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { PRODUCTS, type ProductKey } from '../../nodes/products';
import { testCredential, type TestCredentials } from '../support/executeNode';
import { ActiveTrigger } from '../support/pollNode';
import { askedOf, PASSWORDS } from '../support/wire';
import { benchOf, credentialFor, type Failure } from './bench.support';

jest.setTimeout(120_000);

const LISTS: Record<ProductKey, INodeParameters> = {
	vbr: { resource: 'job', operation: 'getManyJobStates', limit: 2, simplify: false },
	vb365: {
		resource: 'backupRepository',
		operation: 'getBackupRepositories',
		limit: 2,
		simplify: false,
	},
	vspc: { resource: 'company', operation: 'listCompanies', limit: 2, simplify: false },
};

const EVENTS: Record<ProductKey, string> = {
	vbr: 'sessionFinished',
	vb365: 'jobSessionFinished',
	vspc: 'jobFinished',
};

/** Lacking in the older of the two versions; and the product version that brought it. */
const LATER: Record<ProductKey, { list: INodeParameters; brought: RegExp }> = {
	vbr: {
		list: { resource: 'proxy', operation: 'getManyProxyStates' },
		brought: /API 1\.3-rev0 came with Veeam Backup & Replication 13\.0\./,
	},
	vb365: {
		list: { resource: 'proxyPool', operation: 'getBackupProxyPools' },
		brought: /API v8 came with Veeam Backup for Microsoft 365 8\./,
	},
	vspc: {
		list: { resource: 'deploymentTask', operation: 'getVOneServerDeploymentXml' },
		brought: /API 3\.6 came with Veeam Service Provider Console 9\.0\./,
	},
};

/** The versions of an older and a newer server, and what they are called. */
const SERVERS: Record<
	ProductKey,
	{ before: string; after: string; older: string; called: RegExp }
> = {
	vbr: {
		before: '1.2-rev1',
		after: '1.3-rev1',
		older: '1.0-rev2',
		called: /The server is Veeam Backup & Replication 11a \(API 1\.0-rev2\)/,
	},
	vb365: {
		before: 'v7',
		after: 'v8',
		older: 'v5',
		called: /The server is Veeam Backup for Microsoft 365 5 \(API v5\)/,
	},
	vspc: {
		before: '3.5.1',
		after: '3.6.1',
		older: '3.3',
		called: /The server is Veeam Service Provider Console 7\.0 \(API 3\.3\)/,
	},
};

const isLogin = ({ path }: { path: string }) => path.endsWith('/token');

describe.each(
	PRODUCTS.map(({ key, product, Node, TriggerNode }) => ({ key, product, Node, TriggerNode })),
)('$key', ({ key, product, Node, TriggerNode }) => {
	const { before, after, older, called } = SERVERS[key];
	const list = LISTS[key];
	let bench: Awaited<ReturnType<typeof benchOf<ProductKey>>>;
	beforeAll(async () => {
		bench = await benchOf(key, {});
	});
	afterAll(async () => await bench.close());
	beforeEach(async () => await bench.simulator.control.reset());

	const knows = async (...supportedVersions: string[]) =>
		await bench.simulator.control.settings({ supportedVersions });

	/** A credential by password, or by a token (a key for the console). */
	const automatic = async (by: 'password' | 'token'): Promise<TestCredentials> => {
		if (by === 'password') return bench.connect({ apiVersion: 'auto', ...PASSWORDS[key] });
		if (key === 'vspc') return bench.connect({ apiVersion: 'auto' });
		const other = bench.connect({ apiVersion: 'auto' });
		await bench.json(list, other);
		const [{ sessionToken }] = Object.values(other.stored) as [IDataObject];
		const { token } = JSON.parse(String(sessionToken)) as { token: string };
		return bench.connect({ apiVersion: 'auto', authentication: 'token', accessToken: token });
	};

	const received = async (work: () => Promise<unknown>) => {
		const { length } = await bench.simulator.control.requests();
		await work();
		return (await bench.simulator.control.requests()).slice(length);
	};

	const versionOf = async (credentials: TestCredentials) =>
		askedOf((await received(async () => await bench.json(list, credentials))).at(-1)!);

	const tested = async (credentials: TestCredentials) => {
		const type = product.adapter.credentialType;
		return await testCredential({
			node: Node,
			credentials,
			method: `test${type[0]!.toUpperCase()}${type.slice(1)}`,
			credentialType: type,
		});
	};

	describe.each(['password', 'token'] as const)('by %s', (by) => {
		it.each([
			['an update', before, after],
			['a restore', after, before],
		])(
			'%s after which no version is left of before: the next run finds it',
			async (_, first, then) => {
				await bench.simulator.control.tokenLifetime(400 * 3_600);
				await knows(first);
				const credentials = await automatic(by);
				expect(await versionOf(credentials)).toBe(first);
				await knows(then);
				expect(await versionOf(credentials)).toBe(then);
				// And keeps it: no request beside that of the list.
				const asked = await received(async () => await bench.json(list, credentials));
				expect(asked.map(askedOf)).toEqual([then]);
			},
		);

		it('asks nothing more of the server than a credential with a version does', async () => {
			const credentials = await automatic(by);
			await bench.json(list, credentials);
			const asked = await received(async () => {
				await bench.json(list, credentials);
				await bench.json(list, credentials);
			});
			expect(asked.filter(isLogin)).toEqual([]);
			expect(asked).toHaveLength(2);
		});

		it('looks for the version once where many executions begin together', async () => {
			const credentials = await automatic(by);
			await knows(before);
			const asked = await received(async () => {
				await Promise.all(
					Array.from({ length: 8 }, async () => {
						const { items } = await bench.run(list, {
							credentials,
							items: [{ json: {} }, { json: {} }],
						});
						expect(items).toHaveLength(4);
					}),
				);
			});
			const newest = asked.filter((one) => askedOf(one) === product.adapter.versions[0]!.version);
			expect(newest).toHaveLength(1);
			expect(asked.filter((one) => isLogin(one) && (one.status ?? 0) < 400)).toHaveLength(
				by === 'password' ? 1 : 0,
			);
		});

		it('says in the test what it found, today and after an update', async () => {
			await bench.simulator.control.tokenLifetime(400 * 3_600);
			await knows(before);
			const credentials = await automatic(by);
			for (const version of [before, after]) {
				await knows(before, version);
				const { status, message } = await tested(credentials);
				expect(message).toMatch(
					new RegExp(
						`^Connected: ${product.adapter.displayName}( [\\d.]+)? .*, API ${version}\\.$`,
					),
				);
				expect(status).toBe('OK');
			}
		});
	});

	it('names a server older than all that the package knows for what it is', async () => {
		await knows(older);
		const { message, description } = await bench.failure(list, await automatic('password'));
		expect(message).toMatch(called);
		expect(description).toMatch(/Update it/);
		const { status, message: said } = await tested(await automatic('password'));
		expect(status).toBe('Error');
		expect(said).toMatch(called);
	});

	it('between two items of an execution: the item begins again, and none is lost', async () => {
		await bench.simulator.control.tokenLifetime(400 * 3_600);
		await knows(after);
		const credentials = await automatic('password');
		await bench.json(list, credentials);
		const update = setTimeout(() => void knows(before), 15);
		const { failed } = await bench
			.run(
				{ ...list, limit: 1 },
				{ credentials, items: Array.from({ length: 60 }, () => ({ json: {} })) },
			)
			.then(
				() => ({ failed: undefined }),
				(error: Failure) => ({ failed: error }),
			);
		clearTimeout(update);
		// Each item begins anew: none is lost.
		expect(failed).toBeUndefined();
		expect(await versionOf(credentials)).toBe(before);
	});

	it('names the product version that brings what the found version lacks', async () => {
		await knows(before);
		const credentials = await automatic('password');
		const { message, description } = await bench.failure(LATER[key].list, credentials);
		expect(message).toMatch(new RegExp(`needs API .* or later; this credential uses ${before}`));
		expect(description).toMatch(/^API Version is Automatic, .* update the server/);
		expect(description).toMatch(LATER[key].brought);
	});

	it('a trigger misses a poll at most', async () => {
		await bench.simulator.control.tokenLifetime(400 * 3_600);
		await knows(before);
		const trigger = new ActiveTrigger({
			node: new TriggerNode(),
			credentials: await automatic('password'),
			parameters: { events: [EVENTS[key]] } as never,
		});
		await trigger.activate();
		await trigger.poll();
		await knows(after);
		await trigger.poll().catch(() => []);
		const asked = await received(async () => await trigger.poll());
		const answered = asked.filter((one) => (one.status ?? 0) < 400);
		expect(answered.filter((one) => !isLogin(one)).length).toBeGreaterThan(0);
		expect(new Set(answered.map(askedOf))).toEqual(new Set([after]));
	});

	it('two credentials for a server, one with a version of its own: neither takes the other’s', async () => {
		await knows(before, after);
		const fixed = bench.connect({ apiVersion: before, ...PASSWORDS[key] });
		const auto = await automatic('password');
		expect(await versionOf(fixed)).toBe(before);
		expect(await versionOf(auto)).toBe(after);
		expect(await versionOf(fixed)).toBe(before);
	});

	it('a credential whose server URL changes has the version of the new server', async () => {
		await knows(after);
		const credentials = await automatic('password');
		expect(await versionOf(credentials)).toBe(after);
		const other = await benchOf(key, {});
		try {
			await other.simulator.control.settings({ supportedVersions: [before] });
			const [name] = Object.keys(credentials.stored) as [string];
			credentials.stored[name] = {
				...credentials.stored[name],
				serverUrl: credentialFor(key, other.simulator.url).stored[name]!.serverUrl!,
			};
			expect((await bench.json(list, credentials)).length).toBeGreaterThan(0);
			expect(askedOf((await other.simulator.control.requests()).at(-1)!)).toBe(before);
		} finally {
			await other.close();
		}
	});
});

it('names a server that is newer than the package', async () => {
	const bench = await benchOf('vbr', {}, { apiVersion: 'auto' });
	try {
		await bench.simulator.control.settings({ supportedVersions: ['1.4-rev0', '1.4-rev1'] });
		const { message, description } = await bench.failure(LISTS.vbr);
		expect(message).toMatch(
			/only API versions that are newer than this package: 1\.4-rev0, 1\.4-rev1/,
		);
		expect(description).toMatch(/Update the package/);
	} finally {
		await bench.close();
	}
});

it('says the product version that the API version tells to an account that may not read it', async () => {
	const bench = await benchOf('vbr', {}, { apiVersion: 'auto' });
	try {
		const result = async (...supportedVersions: string[]) => {
			await bench.simulator.control.settings({ supportedVersions });
			await bench.simulator.control.fault({
				path: '/api/v1/serverInfo',
				action: {
					kind: 'status',
					status: 403,
					body: { errorCode: 'AccessDenied', message: 'Access denied', resourceId: '' },
				},
			});
			return await testCredential({
				node: PRODUCTS.find(({ key }) => key === 'vbr')!.Node,
				credentials: bench.credentials,
				method: 'testVeeamBackupReplicationApi',
				credentialType: 'veeamBackupReplicationApi',
			});
		};
		expect((await result('1.3-rev0', '1.3-rev1')).message).toMatch(
			/^Connected: Veeam Backup & Replication 13\.0\.1 as .*, API 1\.3-rev1\.$/,
		);
		expect((await result('1.3-rev1', '1.3-rev2')).message).toMatch(
			/^Connected: Veeam Backup & Replication 13\.1 or later as .*, API 1\.3-rev2\.$/,
		);
	} finally {
		await bench.close();
	}
});

it('between two pages of a list it is an error that says what to do, and the next execution works', async () => {
	const bench = await benchOf('vbr', { sessions: 2_500 }, { apiVersion: 'auto' });
	const sessions = { resource: 'session', operation: 'getManySessions', returnAll: true };
	try {
		const { control } = bench.simulator;
		await control.tokenLifetime(400 * 3_600);
		await control.settings({ supportedVersions: ['1.3-rev1'] });
		await bench.json(LISTS.vbr);
		await control.fault({
			path: '/api/v1/sessions',
			after: 1,
			times: 100,
			action: {
				kind: 'status',
				status: 400,
				body: {
					errorCode: 'NotImplemented',
					message: 'Unsupported RESTAPI version. The following versions are supported: 1.2-rev1.',
					resourceId: '',
				},
			},
		});
		const { message, description } = await bench.failure(sessions);
		expect(message).toBe('The server does not know API version 1.3-rev1 any more.');
		expect(description).toMatch(/updated or restored.* Run this again/);
		await control.clearFaults();
		await control.settings({ supportedVersions: ['1.2-rev1'] });
		const found = await bench.json(sessions);
		expect(found.length).toBeGreaterThan(1_000);
		// As with a credential that has the version from the start: that one knows fewer kinds of sessions.
		expect(found).toHaveLength(
			(await bench.json(sessions, bench.connect({ apiVersion: '1.2-rev1' }))).length,
		);
		expect(askedOf((await control.requests()).at(-1)!)).toBe('1.2-rev1');
	} finally {
		await bench.close();
	}
});

it('lets another node with the credential get the answer that makes n8n log in, where the server has changed', async () => {
	const bench = await benchOf('vbr', {}, { apiVersion: 'auto' });
	try {
		await bench.json(LISTS.vbr);
		const [data] = Object.values(bench.credentials.stored) as [IDataObject];
		const { login } = PRODUCTS.find(({ key }) => key === 'vbr')!.product.adapter;
		const elsewhere = { ...data, serverUrl: 'https://other.example:9419' } as never;
		const url = 'https://other.example:9419/api/v1/jobs';
		const { headers } = await login.authenticate(elsewhere, { method: 'GET', url });
		// Neither the token nor the version of the former server; a version that every server has.
		expect(headers).not.toHaveProperty('Authorization');
		expect(headers).toMatchObject({ 'x-api-version': '1.1-rev0' });
	} finally {
		await bench.close();
	}
});

/** Backup repositories and lists of Microsoft 365, in the versions that differ. */
import { startBench, type Bench } from './microsoft365.support';

jest.setTimeout(60_000);

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
afterAll(async () => await bench.close());
beforeEach(async () => await bench.simulator.control.reset());

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
const organizations = { resource: 'organization', operation: 'getOrganizations', returnAll: true };
const repositories = {
	resource: 'backupRepository',
	operation: 'getBackupRepositories',
	returnAll: true,
};
const version = (apiVersion: string) => bench.connect({ apiVersion });
const named = async (name: string) => {
	const { results } = await bench.pick(
		'repositoryId',
		{ resource: 'backupRepository', operation: 'getBackupRepository' },
		name,
	);
	expect(results.map((one) => one.name)).toEqual([name]);
	return { __rl: true, mode: 'list', value: String(results[0]!.value) };
};

/** As a person reads it: links name the version they were asked in. */
const withoutLinks = (items: Array<Record<string, unknown>>) =>
	items.map((item) =>
		Object.fromEntries(Object.entries(item).filter(([name]) => name !== '_links')),
	);

describe('the repositories an organization uses', () => {
	const used = async (apiVersion: string) => {
		const credentials = version(apiVersion);
		const [{ id }] = (await bench.json(organizations, credentials)) as [{ id: string }];
		return await bench.run(
			{
				resource: 'organization',
				operation: 'getOrganizationRepositories',
				organizationId: byId(id),
				returnAll: true,
				simplify: false,
			},
			{ credentials },
		);
	};

	it('come as the same items from the bare array of v4 and the page of v6, v7 and v8', async () => {
		const [v4, v6, v7, v8] = [
			await used('v4'),
			await used('v6'),
			await used('v7'),
			await used('v8'),
		];
		const expected = withoutLinks(v6.items.map(({ json }) => json));
		for (const { items, hints } of [v4, v7, v8]) {
			const shared = withoutLinks(items.map(({ json }) => json)).map((item) =>
				Object.fromEntries(
					Object.entries(item).filter(([name]) => name !== 'protectedObjectsCount'),
				),
			);
			expect(shared).toEqual(expected);
			expect(hints).toEqual([]);
		}
		// v6 and v7 do not count what a repository protects.
		expect(v8.items[1]?.json).toMatchObject({ protectedObjectsCount: 4 });
		for (const { items } of [v6, v7])
			expect(items[1]?.json).not.toHaveProperty('protectedObjectsCount');
		expect(v4.items.map(({ json }) => JSON.stringify(json._links))).toEqual(
			v6.items.map(({ json }) => JSON.stringify(json._links).replace('/v6/', '/v4/')),
		);
		expect(v6.items).toHaveLength(3);
		expect(v6.items[1]).toEqual({
			json: {
				repositoryId: 'bfcb2c93-6a13-4508-a117-79f44019d2ff',
				usedSpaceBytes: 184683593728,
				localCacheUsedSpaceBytes: 0,
				objectStorageUsedSpaceBytes: 0,
				isAvailable: true,
				details: '',
				_links: {
					backupRepository: {
						href: '/v6/backuprepositories/bfcb2c93-6a13-4508-a117-79f44019d2ff',
					},
				},
			},
			pairedItem: { item: 0 },
		});
	});

	it('are asked for without a hint, other lists of v4 and v5 with one', async () => {
		for (const apiVersion of ['v4', 'v5']) {
			const { hints, items } = await bench.run(organizations, {
				credentials: version(apiVersion),
			});
			expect(items.length).toBeGreaterThan(1);
			expect(hints).toEqual([
				{
					message: `"Get Many (Organization)" is unverified for API ${apiVersion}: it was sent as API v6 has it. Check the result.`,
					location: 'outputPane',
					type: 'warning',
				},
			]);
		}
	});
});

it.each([
	['organizations', organizations, { v7: [], v8: [] }],
	['backup repositories', repositories, { v7: [], v8: [] }],
	[
		'backup jobs',
		{ resource: 'backupJob', operation: 'getBackupJobs', returnAll: true, simplify: false },
		{ v7: [], v8: ['eTag', 'organizationId'] },
	],
	[
		'backup copy jobs',
		{ resource: 'backupCopyJob', operation: 'getBackupCopyJobs', returnAll: true, simplify: false },
		{ v7: [], v8: ['eTag', 'organizationId'] },
	],
])(
	'%s are an array in v7 and a page in v8: the items are the same, but for what one of them has alone',
	async (_, list, alone) => {
		const [v7, v8] = [await bench.json(list, version('v7')), await bench.json(list, version('v8'))];
		const namesOf = (items: typeof v7) => [...new Set(items.flatMap(Object.keys))].sort();
		const [older, newer] = [namesOf(v7), namesOf(v8)];
		expect(older.filter((name) => !newer.includes(name))).toEqual(alone.v7);
		expect(newer.filter((name) => !older.includes(name))).toEqual(alone.v8);

		const shared = (items: Array<Record<string, unknown>>) =>
			items.map((item) =>
				Object.fromEntries(
					Object.entries(item).filter(([name]) => older.includes(name) && newer.includes(name)),
				),
			);
		expect(v8.length).toBeGreaterThan(0);
		expect(shared(withoutLinks(v8))).toEqual(shared(withoutLinks(v7)));
	},
);

it('stops at the limit where the version has no paging, too', async () => {
	const limited = { ...repositories, returnAll: false, limit: 2 };
	const all = await bench.json(repositories, version('v7'));
	expect(await bench.json(limited, version('v7'))).toEqual(all.slice(0, 2));
	expect(await bench.json(limited, version('v8'))).toEqual(all.slice(0, 2));
});

it('filters the list by organization, proxy server and long term', async () => {
	const full = { ...repositories, simplify: false };
	const all = await bench.json(full);
	const { proxyId } = all[0] as { proxyId: string };
	const [{ id: organizationId }] = (await bench.json(organizations)) as [{ id: string }];
	const used = await bench.json({
		resource: 'organization',
		operation: 'getOrganizationRepositories',
		organizationId: byId(organizationId),
		returnAll: true,
		simplify: false,
	});
	const cases: Array<[object, (item: Record<string, unknown>) => boolean]> = [
		[
			{ organizationId: byId(organizationId) },
			({ id }) => used.some(({ repositoryId }) => repositoryId === id),
		],
		[{ proxyId: byId(proxyId) }, (item) => item.proxyId === proxyId],
		[{ longTerm: true }, ({ isLongTerm }) => isLongTerm === true],
		[{ longTerm: false }, ({ isLongTerm }) => isLongTerm === false],
	];
	for (const [filters, holds] of cases) {
		const expected = all.filter(holds);
		expect(await bench.json({ ...full, filters: filters as never })).toEqual(expected);
		expect(expected.length).toBeLessThan(all.length);
	}
});

const account = { accountId: '11111111-1111-4111-8111-111111111111' };
const STORAGES = {
	'S3-compatible': {
		...account,
		type: 'AmazonS3Compatible',
		s3Folder: 'backup',
		amazonBucketS3Compatible: {
			name: 'bucket',
			servicePoint: 'https://s3.example.lab',
			customRegionId: 'us-east-1',
		},
	},
	'Amazon S3': {
		...account,
		type: 'AmazonS3',
		s3Folder: 'backup',
		amazonBucketS3Aws: { regionType: 'Global', regionId: 'eu-central-1', name: 'bucket' },
		enableImmutability: true,
		immutabilityPeriodDays: 30,
	},
	Azure: {
		...account,
		type: 'AzureBlob',
		azureFolder: 'backup',
		azureContainer: { name: 'container', regionType: 'Global' },
		sizeLimitEnabled: true,
		sizeLimitGB: 1024,
	},
};

it.each(Object.entries(STORAGES))(
	'adds a repository with %s object storage, edits and deletes it',
	async (_kind, objectStorage) => {
		const [{ proxyId }] = (await bench.json({ ...repositories, simplify: false })) as [
			{ proxyId: string },
		];
		const added = await bench.json({
			resource: 'backupRepository',
			operation: 'addBackupRepository',
			retentionType: 'SnapshotBased',
			additionalFields: {
				name: 'New Repository',
				description: 'From a test',
				proxyId: byId(proxyId),
				retentionFrequencyType: 'Daily',
			},
			fieldsToSet: { mappingMode: 'defineBelow', value: { objectStorage } },
			simplify: false,
		});
		expect(added).toEqual([
			expect.objectContaining({
				id: expect.stringMatching(/^[\da-f-]{36}$/),
				name: 'New Repository',
				description: 'From a test',
				retentionType: 'SnapshotBased',
				proxyId,
			}),
		]);
		const sent = (await bench.simulator.control.requests()).at(-1)!;
		expect(sent).toMatchObject({ method: 'POST', path: '/v8/BackupRepositories' });
		expect(sent.body).toEqual({
			name: 'New Repository',
			description: 'From a test',
			retentionType: 'SnapshotBased',
			retentionFrequencyType: 'Daily',
			proxyId,
			objectStorage,
		});

		const repositoryId = await named('New Repository');
		const edited = await bench.run({
			resource: 'backupRepository',
			operation: 'editBackupRepositorySettings',
			repositoryId,
			fieldsToChange: { mappingMode: 'defineBelow', value: { description: 'Edited' } },
		});
		expect(edited.items).toEqual([{ json: { success: true }, pairedItem: { item: 0 } }]);
		const get = { resource: 'backupRepository', operation: 'getBackupRepository', repositoryId };
		expect(await bench.json(get)).toMatchObject([{ description: 'Edited' }]);

		const removed = await bench.run({
			resource: 'backupRepository',
			operation: 'removeBackupRepository',
			repositoryId,
		});
		expect(removed.items).toEqual([
			{ json: expect.objectContaining({ deleted: true }), pairedItem: { item: 0 } },
		]);
		const { message } = await bench.failure(get);
		expect(message).toMatch(new RegExp(repositoryId.value));
	},
);

it('names the organizations whose backups lie in a repository', async () => {
	const repositoryId = await named('Object Storage Repository');
	const list = {
		resource: 'backupRepository',
		operation: 'getBackedUpOrganizations',
		repositoryId,
	};
	const all = { ...list, returnAll: true, simplify: false };
	const [v7, v8] = [await bench.json(all, version('v7')), await bench.json(all)];
	expect(v8).toEqual([
		{
			id: expect.stringMatching(/^[\da-f-]{36}$/),
			name: 'example.onmicrosoft.com',
			usedSpaceBytes: 0,
			localCacheUsedSpaceBytes: 4_653_056,
			objectStorageUsedSpaceBytes: expect.any(Number),
		},
	]);
	expect(v7).toEqual(v8);
});

describe('work on a repository is followed', () => {
	beforeEach(async () => await bench.simulator.control.speed(2_000));

	it('when its cache is synchronized', async () => {
		const repositoryId = await named('Azure Archive');
		const synchronize = {
			resource: 'backupRepository',
			operation: 'synchronizeCache',
			repositoryId,
		};
		expect(await bench.json({ ...synchronize, waitForCompletion: true })).toEqual([
			expect.objectContaining({
				repositoryId: repositoryId.value,
				state: 'None',
				progressPercent: 100,
				error: '',
			}),
		]);
	});

	it('when it changes its owner, and what the change says when it fails', async () => {
		const proxies = await bench.json({
			resource: 'proxyServer',
			operation: 'getBackupProxyServers',
			returnAll: true,
		});
		const change = {
			resource: 'backupRepository',
			operation: 'changeOwnerForBackupRepositoryByRepositoryId',
			repositoryId: await named('Branch Repository'),
			filters: { proxyId: byId(proxies[1]!.id) },
			waitForCompletion: true,
			// The list of repositories is nested: simplified items leave it out.
			simplify: false,
		};
		expect(await bench.json(change)).toEqual([
			expect.objectContaining({
				status: 'Succeeded',
				repositoryIds: [change.repositoryId.value],
				toOwnerId: proxies[1]!.id,
				endTime: expect.stringMatching(/^\d{4}-/),
			}),
		]);
		const { message } = await bench.failure({ ...change, filters: {} });
		expect(message).toMatch(/proxyId|Proxy/);
	});
});

/** IDs of other objects inside "Fields to Set" and "Fields to Change": dropdowns of what there is. */
import type { IDataObject, INodeParameters, INodeType, ResourceMapperField } from 'n8n-workflow';

import { PRODUCTS, type ProductKey } from '../../nodes/products';
import type { FaultAction } from '../../simulator/foundation/faults';
import { resourceMapping, type TestCredentials } from '../support/executeNode';
import { benchOf } from './bench.support';

jest.setTimeout(120_000);

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
const ELSEWHERE = '0f9c3b52-6a1d-4f0e-9a55-3f1c2b7d8e90';

/** As the editor saves a resource mapper. */
const mapped = (value: IDataObject, schema: ResourceMapperField[] = []) =>
	({ mappingMode: 'defineBelow', value, matchingColumns: [], schema }) as never;

const nodeOf = (key: ProductKey) =>
	new (PRODUCTS.find((one) => one.key === key)!.Node)() as INodeType;

async function offered(
	key: ProductKey,
	credentials: TestCredentials,
	parameters: INodeParameters,
): Promise<Map<string, ResourceMapperField>> {
	const setup = { node: nodeOf(key), parameters, credentials };
	const { fields } = await resourceMapping({ ...setup, method: 'fieldsToChange' });
	return new Map(fields.map((field) => [field.id, field]));
}

/** The IDs of a dropdown, in no order. */
const idsOf = (field?: ResourceMapperField): string[] =>
	(field?.options ?? []).map(({ value }) => String(value)).sort();

const namesOf = (field?: ResourceMapperField): string[] =>
	(field?.options ?? []).map(({ name }) => name);

describe('VBR', () => {
	let bench: Awaited<ReturnType<typeof benchOf<'vbr'>>>;
	beforeAll(async () => (bench = await benchOf('vbr')));
	afterAll(async () => await bench.close());
	beforeEach(async () => await bench.simulator.control.reset());

	const ACCOUNT = 'account.credentialsId';
	const MOUNT = 'mountServer.windows.mountServerId';
	const create = (given: IDataObject = {}) => ({
		resource: 'repository',
		operation: 'createRepository',
		repositoryType: 'S3Compatible',
		fieldsToSet: mapped(given),
	});
	const open = async (given?: IDataObject) =>
		await offered('vbr', bench.credentials, create(given));

	const all = async (resource: string, operation: string) =>
		await bench.json({ resource, operation, returnAll: true, simplify: false });
	const ids = (items: IDataObject[]) => items.map(({ id }) => String(id)).sort();

	const answer = async (path: string, action: FaultAction, query?: Record<string, string>) =>
		await bench.simulator.control.fault({ method: 'GET', path, query, times: 20, action });
	const lists = (data: unknown[], total = data.length): FaultAction => ({
		kind: 'status',
		status: 200,
		body: { data, pagination: { total, count: data.length, skip: 0, limit: 250 } },
	});

	it('an S3-compatible repository takes its account and its mount server from lists, each read once', async () => {
		const accounts = await all('cloudCredential', 'getManyCloudCreds');
		const servers = await all('managedServer', 'getManyServers');
		await bench.simulator.control.clearRequests();
		const fields = await open();
		expect(accounts.length).toBeGreaterThan(1);
		expect(fields.get(ACCOUNT)).toMatchObject({ type: 'options', required: true });
		expect(idsOf(fields.get(ACCOUNT))).toEqual(ids(accounts));
		expect(namesOf(fields.get(ACCOUNT))).toEqual(
			accounts.map(({ account }) => account).sort() as string[],
		);
		for (const id of [MOUNT, 'mountServer.linux.mountServerId', 'proxyAppliance.managedServerId'])
			expect(idsOf(fields.get(id))).toEqual(ids(servers));
		expect(namesOf(fields.get(MOUNT))).toContain(servers[0]!.name);
		const paths = (await bench.simulator.control.requests()).map(({ path }) => path);
		expect(paths.filter((path) => /cloudCredentials|managedServers/.test(path))).toHaveLength(2);
	});

	it.each<[string, FaultAction]>([
		[
			'refused',
			{ kind: 'status', status: 403, body: { errorCode: 'AccessDenied', message: 'No' } },
		],
		['no list', { kind: 'html' }],
		['cut off', { kind: 'broken' }],
		['empty', { kind: 'status', status: 200, body: { data: [], pagination: { total: 0 } } }],
		[
			'of nothing',
			{ kind: 'status', status: 200, body: { data: [null, 'text', [], { id: null }] } },
		],
		['never answered', { kind: 'hang' }],
	])('a list that is %s leaves a text field, and the others as they are', async (_, action) => {
		await answer('/api/v1/cloudCredentials', action);
		const fields = await open();
		expect(fields.get(ACCOUNT)).toMatchObject({
			type: 'string',
			displayName: 'Account: Credentials ID',
		});
		expect(fields.get(ACCOUNT)).not.toHaveProperty('options');
		expect(fields.get(MOUNT)).toMatchObject({ type: 'options' });
	});

	it('of 3,000 the first 500 are there, and the label says how to name another', async () => {
		const entry = (index: number) => ({
			id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
			account: `account ${String(index).padStart(4, '0')}`,
		});
		const page = (skip: number) => Array.from({ length: 250 }, (_, index) => entry(skip + index));
		for (const skip of [0, 250, 500])
			await answer('/api/v1/cloudCredentials', lists(page(skip), 3_000), { skip: String(skip) });
		const field = (await open()).get(ACCOUNT);
		expect(field?.options).toHaveLength(500);
		expect(namesOf(field)[499]).toBe('account 0499');
		expect(field?.displayName).toBe(
			'Account: Credentials ID (First 500 Listed; Use an Expression for Others)',
		);
		const asked = (await bench.simulator.control.requests()).filter(({ path }) =>
			path.includes('cloudCredentials'),
		);
		expect(asked).toHaveLength(3);
	});

	it('two of the same name can be told apart, and one without a name is there by its ID', async () => {
		await answer(
			'/api/v1/cloudCredentials',
			lists([
				{ id: 'a1', account: 'backup', description: 'Berlin' },
				{ id: 'a2', account: 'backup', description: 'Vienna' },
				{ id: 'a3', account: 'same', description: 'one' },
				{ id: 'a4', account: 'same', description: 'one' },
				{ id: 'a5', account: null, description: null },
				{ id: 'a5', account: null },
			]),
		);
		expect((await open()).get(ACCOUNT)?.options).toEqual([
			{ name: 'a5', value: 'a5' },
			{ name: 'backup (Berlin)', value: 'a1' },
			{ name: 'backup (Vienna)', value: 'a2' },
			{ name: 'same (one) (a3)', value: 'a3' },
			{ name: 'same (one) (a4)', value: 'a4' },
		]);
	});

	it('what the form holds stays a choice; an expression is none', async () => {
		const given = { [ACCOUNT]: ELSEWHERE, [MOUNT]: '={{ $json.id }}' };
		const fields = await open(given);
		expect(fields.get(ACCOUNT)?.options?.[0]).toEqual({
			name: `${ELSEWHERE} (Not in the List)`,
			value: ELSEWHERE,
		});
		expect(idsOf(fields.get(MOUNT))).toEqual(ids(await all('managedServer', 'getManyServers')));
	});

	describe('an update', () => {
		const first = async () => {
			const jobs = await all('job', 'getManyJobs');
			return jobs.find(({ storage }) => (storage as IDataObject)?.backupRepositoryId)!;
		};
		const FIELD = 'storage.backupRepositoryId';
		const update = async (value: IDataObject, schema?: ResourceMapperField[]) => ({
			resource: 'job',
			operation: 'updateJob',
			jobId: byId((await first()).id),
			fieldsToChange: mapped(value, schema),
		});

		it('shows the present repository among all there are', async () => {
			const { storage } = await first();
			const present = (storage as IDataObject).backupRepositoryId;
			const field = (await offered('vbr', bench.credentials, await update({}))).get(FIELD);
			expect(field).toMatchObject({ type: 'options', defaultValue: present });
			expect(idsOf(field)).toEqual(ids(await all('repository', 'getManyRepositories')));
			// One that is not listed (any more) stands there all the same.
			const other = [{ id: ELSEWHERE, name: 'Another' }];
			await answer('/api/v1/backupInfrastructure/repositories', lists(other));
			const alone = (await offered('vbr', bench.credentials, await update({}))).get(FIELD);
			expect(alone?.options).toEqual([
				{ name: `${String(present)} (Not in the List)`, value: present },
				{ name: 'Another', value: ELSEWHERE },
			]);
		});

		it.each([
			['typed', ELSEWHERE],
			['by an expression', `={{ "${ELSEWHERE}" }}`],
		])('takes an ID that is not in the list, %s', async (_, value) => {
			const fields = await offered('vbr', bench.credentials, await update({}));
			const schema = [...fields.values()].map((field) =>
				field.id === FIELD ? { ...field, removed: false } : field,
			);
			const parameters = { ...(await update({ [FIELD]: value }, schema)), previewOnly: true };
			const [preview] = await bench.json(parameters);
			expect(preview!.changes).toMatchObject([{ field: FIELD, to: ELSEWHERE }]);
		});
	});
});

describe('VB365 v8', () => {
	let bench: Awaited<ReturnType<typeof benchOf<'vb365'>>>;
	beforeAll(async () => (bench = await benchOf('vb365')));
	afterAll(async () => await bench.close());

	it('an S3-compatible repository takes its account from the list', async () => {
		const accounts = await bench.json({
			resource: 'cloudAccount',
			operation: 'getAccounts',
			returnAll: true,
			simplify: false,
		});
		const fields = await offered('vb365', bench.credentials, {
			resource: 'backupRepository',
			operation: 'addBackupRepository',
			fieldsToSet: mapped({ 'objectStorage.type': 'AmazonS3Compatible' }),
		});
		expect(accounts.length).toBeGreaterThan(1);
		expect(fields.get('objectStorage.accountId')).toMatchObject({ type: 'options' });
		expect(idsOf(fields.get('objectStorage.accountId'))).toEqual(
			accounts.map(({ id }) => String(id)).sort(),
		);
		expect(new Set(namesOf(fields.get('objectStorage.accountId'))).size).toBe(accounts.length);
	});
});

describe('VSPC', () => {
	let bench: Awaited<ReturnType<typeof benchOf<'vspc'>>>;
	beforeAll(async () => (bench = await benchOf('vspc')));
	afterAll(async () => await bench.close());

	it('a discovery rule takes its backup policy from the list', async () => {
		const fields = await offered('vspc', bench.credentials, {
			resource: 'windowsDiscoveryRule',
			operation: 'createWindowsCustomDiscoveryRule',
			fieldsToSet: mapped({}),
		});
		const field = fields.get('deploymentSettings.backupPolicyUid');
		expect(field).toMatchObject({ type: 'options' });
		expect(namesOf(field)).toEqual(['Backup Policy 1', 'Backup Policy 2', 'Backup Policy 3']);
	});

	it('a job takes its repository from the list of the chosen server, and is text before', async () => {
		const job = {
			resource: 'vmBackupJob',
			operation: 'createBackupVmVSphereJob',
			fieldsToSet: mapped({}),
		};
		const FIELD = 'storage.backupRepositoryId';
		const before = await offered('vspc', bench.credentials, job);
		expect(before.get(FIELD)).toMatchObject({ type: 'string' });
		const data = [{ instanceUid: ELSEWHERE, name: 'Main', backupServerUid: ELSEWHERE }];
		await bench.simulator.control.fault({
			path: `/api/v3/infrastructure/backupServers/${ELSEWHERE}/repositories`,
			action: {
				kind: 'status',
				status: 200,
				body: { meta: { pagingInfo: { total: 1, count: 1, offset: 0 } }, data },
			},
		});
		const chosen = { ...job, backupServerUid: byId(ELSEWHERE) };
		const after = await offered('vspc', bench.credentials, chosen);
		expect(after.get(FIELD)?.options).toEqual([{ name: 'Main', value: ELSEWHERE }]);
	});
});

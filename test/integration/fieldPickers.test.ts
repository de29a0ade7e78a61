/** IDs of other objects inside "Fields to Set" and "Fields to Change": dropdowns of what there is. */
import {
	NodeHelpers,
	type IDataObject,
	type INodeParameters,
	type INodeType,
	type ResourceMapperField,
} from 'n8n-workflow';

import { PRODUCTS, type ProductKey } from '../../nodes/products';
import type { FaultAction } from '../../simulator/foundation/faults';
import { loadOptions, resourceMapping, type TestCredentials } from '../support/executeNode';
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

	const REFUSED = 'Credentials ID (Account) (List Not Available; Give the ID)';
	const EMPTY = 'Credentials ID (Account) (List Is Empty; Give the ID)';

	it.each<[string, FaultAction, string]>([
		[
			'refused',
			{ kind: 'status', status: 403, body: { errorCode: 'AccessDenied', message: 'No' } },
			REFUSED,
		],
		['no list', { kind: 'html' }, REFUSED],
		['cut off', { kind: 'broken' }, REFUSED],
		['empty', { kind: 'status', status: 200, body: { data: [], pagination: { total: 0 } } }, EMPTY],
		[
			'of nothing',
			{ kind: 'status', status: 200, body: { data: [null, 'text', [], { id: null }] } },
			EMPTY,
		],
		['never answered', { kind: 'hang' }, REFUSED],
	])(
		'a list that is %s leaves a text field whose label says so, and the others as they are',
		async (_, action, displayName) => {
			await answer('/api/v1/cloudCredentials', action);
			const fields = await open();
			expect(fields.get(ACCOUNT)).toMatchObject({ type: 'string', displayName });
			expect(fields.get(ACCOUNT)).not.toHaveProperty('options');
			expect(fields.get(MOUNT)).toMatchObject({ type: 'options' });
		},
	);

	it('without a connection every ID is text, and the labels say that there is no list', async () => {
		for (const path of ['/api/oauth2/token', '/api/v1/serverInfo'])
			await bench.simulator.control.fault({ path, times: 20, action: { kind: 'html' } });
		const fields = await open();
		expect(fields.get(ACCOUNT)).toMatchObject({ type: 'string', displayName: REFUSED });
		expect(fields.get(MOUNT)?.displayName).toMatch(/ \(List Not Available; Give the ID\)$/);
		expect(fields.get('bucket.folderName')?.displayName).toBe('Folder Name (Bucket)');
	});

	it('lists beyond the eight that a form reads are named on the labels, and come once a field is added', async () => {
		const job = (given: IDataObject) => ({
			resource: 'job',
			operation: 'createJob',
			jobType: 'VSphereBackup',
			fieldsToSet: mapped(given),
		});
		const later = / \(Give the ID; Listed When Added and Refreshed\)$/;
		const before = [...(await offered('vbr', bench.credentials, job({}))).values()];
		const dropdowns = before.filter(({ type, id }) => type === 'options' && /Ids?$/.test(id));
		expect(dropdowns.length).toBeGreaterThan(0);
		for (const late of before.filter(({ displayName }) => later.test(displayName))) {
			const now = await offered('vbr', bench.credentials, job({ [late.id]: ELSEWHERE }));
			expect(now.get(late.id)).toMatchObject({ type: 'options' });
			expect(now.get(late.id)?.displayName).not.toMatch(later);
		}
	});

	describe('a list of IDs', () => {
		const GATEWAYS = 'account.connectionSettings.gatewayServerIds';
		const LABEL = 'Gateway Server IDs (Connection Settings, Account)';

		it('is picked from what there is, one of them; the label says how to give several', async () => {
			const servers = await all('managedServer', 'getManyServers');
			const field = (await open()).get(GATEWAYS);
			expect(field).toMatchObject({
				type: 'options',
				displayName: `${LABEL} (Pick One; Use an Expression for Several)`,
			});
			expect(idsOf(field)).toEqual(ids(servers));
		});

		it('is text with commas where the list cannot be had', async () => {
			await answer('/api/v1/backupInfrastructure/managedServers', { kind: 'html' });
			expect((await open()).get(GATEWAYS)).toMatchObject({
				type: 'string',
				displayName: `${LABEL} (Comma-Separated) (List Not Available; Give the ID)`,
			});
		});

		it('stands with the names of those that the form holds', async () => {
			const [one, two] = await all('managedServer', 'getManyServers');
			const several = `${String(one!.id)}, ${String(two!.id)}`;
			const field = (await open({ [GATEWAYS]: several })).get(GATEWAYS);
			expect(field?.options?.[0]).toEqual({
				name: `${String(one!.name)}, ${String(two!.name)}`,
				value: several,
			});
		});

		it.each<[string, (several: string[]) => unknown, number]>([
			['one that was picked', ([one]) => one, 1],
			['several with commas', (several) => several.join(', '), 2],
			['several as a list', (several) => several, 2],
			['several as JSON text', (several) => JSON.stringify(several), 2],
		])('arrives as a list: %s', async (_, given, length) => {
			const servers = (await all('managedServer', 'getManyServers')).slice(0, 2);
			const several = servers.map(({ id }) => String(id));
			const [preview] = await bench.json({
				...create({
					'account.servicePoint': 'https://s3.example',
					'account.regionId': 'eu',
					[ACCOUNT]: ELSEWHERE,
					'account.connectionSettings.connectionType': 'SelectedGateway',
					[GATEWAYS]: given(several) as string,
					'bucket.bucketName': 'b',
					'bucket.folderName': 'f',
				}),
				name: 'S3',
				description: 'Offsite',
				previewOnly: true,
			});
			expect(preview!.body).toMatchObject({
				account: { connectionSettings: { gatewayServerIds: several.slice(0, length) } },
			});
		});
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
			'Credentials ID (Account) (First 500 Listed; Use an Expression for Others)',
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
			{ name: 'same (one) [a3]', value: 'a3' },
			{ name: 'same (one) [a4]', value: 'a4' },
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

	describe('an ID among Additional Fields', () => {
		const repository = { resource: 'backupRepository', operation: 'addBackupRepository' };
		const path = '/v8/Proxies';
		beforeEach(async () => await bench.simulator.control.reset());

		const choices = async (method: string, parameters: INodeParameters = repository) =>
			await loadOptions({
				node: nodeOf('vb365'),
				credentials: bench.credentials,
				parameters,
				method,
			});
		const answers = async (results: unknown[]) =>
			await bench.simulator.control.fault({
				path,
				times: 20,
				action: {
					kind: 'status',
					status: 200,
					body: { offset: 0, limit: 1000, results },
				},
			});

		it('is chosen from what there is, and sent', async () => {
			const list = { resource: 'proxyServer', returnAll: true, simplify: false };
			const proxies = await bench.json({ ...list, operation: 'getBackupProxyServers' });
			const entries = await choices('proxyIdChoices');
			expect(entries).toHaveLength(proxies.length);
			for (const { id, hostName } of proxies)
				expect(entries).toContainEqual({ name: String(hostName), value: id });
			const [preview] = await bench.json({
				...repository,
				retentionType: 'ItemLevel',
				additionalFields: { proxyId: entries[0]!.value as string, name: 'Mail' },
				previewOnly: true,
			});
			expect(preview!.body).toMatchObject({ proxyId: entries[0]!.value });
		});

		it('tells those of one name apart, and says where there are more', async () => {
			await answers([
				{ id: ELSEWHERE, hostName: 'proxy' },
				{ id: `${ELSEWHERE}-2`, hostName: 'proxy' },
			]);
			const twins = await choices('proxyIdChoices');
			expect(new Set(twins.map(({ name }) => name)).size).toBe(2);
			await bench.simulator.control.reset();
			await answers(
				Array.from({ length: 600 }, (_, at) => ({ id: `id-${at}`, hostName: `proxy ${at}` })),
			);
			const many = await choices('proxyIdChoices');
			expect(many).toHaveLength(501);
			expect(many.at(-1)).toEqual({
				name: 'First 500: Give Others by an Expression',
				value: '',
			});
		});

		it('that has nothing to choose says how to get one', async () => {
			await answers([]);
			await expect(choices('proxyIdChoices')).rejects.toMatchObject({
				message: '"Get many proxy servers" gives nothing to choose from',
				description: expect.stringMatching(
					/^Make one with "Add a proxy server", or give the ID\.$/,
				),
			});
		});

		it('whose list is refused says so', async () => {
			const body = { message: 'No' };
			await bench.simulator.control.fault({
				path,
				times: 20,
				action: { kind: 'status', status: 403, body },
			});
			await expect(choices('proxyIdChoices')).rejects.toMatchObject({
				message: 'The account of the credential may not do this.',
			});
		});
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
		expect(before.get(FIELD)).toMatchObject({
			type: 'string',
			displayName: 'Backup Repository ID (Storage) (Choose Backup Server for a List)',
		});
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
		// The editor loads the fields again when the server is chosen later.
		const { description } = nodeOf('vspc');
		const mappers = description.properties.filter(
			(property) =>
				property.name === 'fieldsToSet' &&
				NodeHelpers.displayParameter({ ...job, bodyMode: 'fields' }, property, null, description),
		);
		expect(mappers).toHaveLength(1);
		expect(mappers[0]!.typeOptions?.loadOptionsDependsOn).toContain('backupServerUid');
	});
});

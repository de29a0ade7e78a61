/** What every operation shares: sign-in, files, any path, and errors a person can act on. */
import { storeBinary, readBinary } from '../support/executeNode';
import { connectTo, startBench, type Bench } from './backupReplication.support';

jest.setTimeout(120_000);

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
afterAll(async () => await bench.close());
beforeEach(async () => await bench.simulator.control.reset());

const NOBODY = '00000000-0000-4000-8000-000000000000';
const repositories = { resource: 'repository', operation: 'getManyRepositories', limit: 2 };
const repository = (value: string) => ({
	resource: 'repository',
	operation: 'getRepository',
	repositoryId: { __rl: true, mode: 'id', value },
});

it('logs in once, and once more when the token has expired', async () => {
	const { credentials } = bench;
	const before = credentials.logins;
	await bench.run(repositories);
	await bench.run(repositories);
	expect(credentials.logins - before).toBeLessThanOrEqual(1);
	const after = credentials.logins;
	await bench.simulator.control.expireTokens();
	const { items } = await bench.run(repositories);
	expect(items).toHaveLength(2);
	expect(credentials.logins).toBe(after + 1);
});

describe('any path of the API', () => {
	const request = (more: object) => ({ resource: 'apiRequest', operation: 'apiRequest', ...more });

	it('gives every item of all pages', async () => {
		const { items } = await bench.run(
			request({ requestPath: '/api/v1/jobs/states?limit=3', requestReturns: 'allPages' }),
		);
		expect(items).toHaveLength(12);
	});

	it('takes a full address of the own server', async () => {
		const { items } = await bench.run(
			request({ requestPath: `${bench.simulator.url}/api/v1/serverTime` }),
		);
		expect(items).toEqual([
			{
				json: expect.objectContaining({ serverTime: expect.any(String) }),
				pairedItem: { item: 0 },
			},
		]);
	});

	it('starts work and waits for it', async () => {
		await bench.simulator.control.speed(600);
		const [job] = (await bench.run({ resource: 'job', operation: 'getManyJobs', limit: 1 })).items;
		const { items } = await bench.run(
			request({
				requestMethod: 'POST',
				requestPath: `/api/v1/jobs/${String(job!.json.id)}/start`,
				requestBody: '{"performActiveFull": false}',
				waitForCompletion: true,
			}),
		);
		expect(items).toMatchObject([{ json: { state: 'Stopped' } }]);
	});
});

describe('files', () => {
	it('come down into the field the user named', async () => {
		await bench.simulator.control.settings({ downloadBytes: 300_000 });
		const { items } = await bench.run({
			resource: 'license',
			operation: 'createLicenseReport',
			reportFormat: 'Html',
			outputFieldName: 'report',
		});
		const content = await readBinary(items[0]!.binary!.report);
		expect(content).toHaveLength(300_000);
		expect(items[0]!.json).toMatchObject({ fileName: expect.stringMatching(/\w/) });
	});

	it('go up as they are, after the token has expired too', async () => {
		const upload = {
			resource: 'entraIdItem',
			operation: 'uploadEntraUser',
			backupId: { __rl: true, mode: 'id', value: NOBODY },
			binaryPropertyName: 'data',
		};
		const content = Buffer.alloc(200_000, 'user@example.lab,');
		const items = [{ json: {}, binary: { data: await storeBinary(content, 'users.csv') } }];
		await bench.simulator.control.expireTokens();
		await bench.run(upload, { items });
		const received = (await bench.simulator.control.requests()).filter(({ path }) =>
			path.endsWith('/uploadUser'),
		);
		expect(received.at(-1)).toMatchObject({ method: 'POST' });
		expect(JSON.stringify(received.at(-1))).toContain('200000');
	});
});

it('ends the wait of a recovery when the machine is mounted', async () => {
	await bench.simulator.control.speed(60);
	const [point] = (
		await bench.run({ resource: 'restorePoint', operation: 'getManyRestorePoints', limit: 1 })
	).items;
	const { items } = await bench.run({
		resource: 'instantRecoveryToVSphere',
		operation: 'vSphereRecoveryMount',
		bodyMode: 'json',
		bodyJson: {
			restorePointId: String(point!.json.id),
			type: 'OriginalLocation',
			vmTagsRestoreEnabled: false,
			secureRestore: {},
			powerUp: false,
			reason: '',
		},
		waitForCompletion: true,
	});
	expect(items).toMatchObject([{ json: { mountPoint: { state: 'Mounted' } } }]);
	expect(items[0]!.json.state).not.toBe('Stopped');
});

describe('an error', () => {
	it('for an id that the server does not know names it and what to do', async () => {
		const { message, description } = await bench.failure(repository(NOBODY));
		expect(message).toBe(`The server knows no object with the ID ${NOBODY}.`);
		expect(description).toMatch(/ID|list/);
	});

	it('for a value of an enum that the server does not know carries what the server says', async () => {
		const { message } = await bench.failure({
			resource: 'repository',
			operation: 'getManyRepositories',
			filters: { typeFilter: ['Floppy'] },
		});
		expect(message).toMatch(/typeFilter|Floppy/);
	});

	it('of a role that may not do it asks for a role', async () => {
		const viewer = connectTo(bench.simulator.url, { username: 'viewer' });
		const { message, description } = await bench.failure(
			{ resource: 'license', operation: 'getInstalledLicense' },
			viewer,
		);
		expect(message).toMatch(/may not|not allowed|denied|permission/i);
		expect(description).toMatch(/role/i);
	});

	it.each([
		['wrong password', { password: 'nonsense' }, /password|username/i],
		['version the server lacks', { apiVersion: 'other', otherApiVersion: '9.9-rev9' }, /9\.9-rev9/],
		['untrusted certificate', { ignoreSslIssues: false }, /certificate/i],
		['address where nothing answers', { serverUrl: 'https://127.0.0.1:1' }, /127\.0\.0\.1:1/],
		['address that is none', { serverUrl: 'backup server' }, /Server URL/],
	])('for a credential with a %s says so', async (_, change, message) => {
		const error = await bench.failure(repositories, connectTo(bench.simulator.url, change));
		expect(error.message).toMatch(message);
		expect(error.description).toMatch(/\w{4,}/);
		expect(JSON.stringify(error)).not.toContain('veeam-demo');
	});
});

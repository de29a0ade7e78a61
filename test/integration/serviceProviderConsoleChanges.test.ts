/** Changes in the Service Provider Console: once and no more, waited for, files up and down. */
import type { INodeParameters } from 'n8n-workflow';

import { readBinary, storeBinary } from '../support/executeNode';
import { startBench, type Bench } from './serviceProviderConsole.support';

jest.setTimeout(60_000);

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
afterAll(async () => await bench.close());
beforeEach(async () => {
	await bench.simulator.control.reset();
	await bench.simulator.control.speed(2_000);
});

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
const company = async (name: string) =>
	String(
		(await bench.json({ ...companies, returnAll: true })).find((one) => one.name === name)!
			.instanceUid,
	);
const companies = { resource: 'company', operation: 'listCompanies', simplify: false };
const locations = { resource: 'location', operation: 'listLocations', returnAll: true };
const addLocation = async (name: string): Promise<INodeParameters> => ({
	resource: 'location',
	operation: 'createLocation',
	organizationUid: byId(await company('Acme Bakery')),
	name,
	quotaGb: 50,
});
const sent = async (method: string, part: string) =>
	(await bench.simulator.control.requests()).filter(
		(request) => request.method === method && request.path.includes(part),
	);
const called = async (name: string) =>
	(await bench.json({ ...locations, simplify: false })).filter(
		(location) => location.name === name,
	);

describe('an answer that comes later', () => {
	it('is waited for: the item is the result', async () => {
		await bench.simulator.control.answerLater({ method: 'POST', path: '/organizations/locations' });
		const items = await bench.json(await addLocation('Later'));
		expect(items).toEqual([
			expect.objectContaining({
				instanceUid: expect.stringMatching(/^[\da-f-]{36}$/),
				name: 'Later',
				quotaGb: 50,
			}),
		]);
		expect(await called('Later')).toEqual(items);
		const paths = (await sent('GET', '/asyncActions/')).map(({ path }) =>
			path.replace(/[\da-f-]{36}/, '{id}'),
		);
		expect(paths.slice(-2)).toEqual([
			'/api/v3/asyncActions/{id}',
			'/api/v3/asyncActions/{id}/result',
		]);
	});

	it('is waited for of a list, too', async () => {
		const expected = await bench.json(companies);
		await bench.simulator.control.answerLater({ path: '/organizations/companies' });
		expect(await bench.json(companies)).toEqual(expected);
	});

	it('is waited for although the token expires meanwhile', async () => {
		const credentials = bench.connect({
			authentication: 'password',
			apiKey: '',
			username: 'admin',
			password: 'veeam-demo',
		});
		await bench.simulator.control.answerLater({ method: 'POST', path: '/organizations/locations' });
		await bench.simulator.control.fault({
			path: '/api/v3/asyncActions/*',
			action: { kind: 'status', status: 401, body: { errors: [{ message: 'Expired' }] } },
		});
		expect(await bench.json(await addLocation('Patient'), credentials)).toMatchObject([
			{ name: 'Patient' },
		]);
		expect(credentials.logins).toBe(2);
		expect(await called('Patient')).toHaveLength(1);
	});

	it('that is gone is told, and the change was made once', async () => {
		await bench.simulator.control.answerLater({ method: 'POST', path: '/organizations/locations' });
		await bench.simulator.control.fault({
			path: '/api/v3/asyncActions/*/result',
			times: 9,
			action: { kind: 'status', status: 404, body: { errors: [{ message: 'Gone' }] } },
		});
		const { message, description } = await bench.failure(await addLocation('Lost'));
		expect(message).toBe('The server has done it, but no longer has its answer.');
		expect(description).toMatch(/Do not make a change again/);
		expect(await called('Lost')).toHaveLength(1);
	});

	it('that is a failure raises an error with the reason', async () => {
		await bench.simulator.control.answerLater({
			path: '/organizations/locations',
			method: 'POST',
			result: 'failed',
			message: 'The quota of the company is used up',
		});
		const { message, description } = await bench.failure(await addLocation('Never'));
		expect(message).toMatch(/The quota of the company is used up/);
		expect(description).toMatch(/\w{4,}/);
		expect(await called('Never')).toEqual([]);
	});
});

describe('a change whose connection breaks', () => {
	it('after the server has done it is repeated, and done once', async () => {
		// The server remembers request ids for five minutes of its clock.
		await bench.simulator.control.speed(1);
		await bench.simulator.control.fault({
			method: 'POST',
			path: '/api/v3/organizations/locations',
			action: { kind: 'resetAfter' },
		});
		const items = await bench.json(await addLocation('Once'));
		expect(await called('Once')).toEqual(items);
		const requests = await sent('POST', '/organizations/locations');
		expect(requests).toHaveLength(2);
		const ids = requests.map(({ headers }) => headers['x-request-id']);
		expect(ids[0]).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
		expect(ids[1]).toBe(ids[0]);
	});

	it('has another request id for each item, so that equal changes are all done', async () => {
		const { items } = await bench.run(await addLocation('Twin'), {
			items: [{ json: {} }, { json: {} }],
		});
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(await called('Twin')).toHaveLength(2);
	});
});

describe('a console that is busy', () => {
	it('says in the body how long to wait, and is asked again then', async () => {
		await bench.simulator.control.throttle(1, 1, '/api/v3/organizations/locations');
		const before = Date.now();
		const items = await bench.json(await addLocation('Patient'));
		expect(Date.now() - before).toBeGreaterThanOrEqual(1_000);
		expect(await called('Patient')).toEqual(items);
		expect(await sent('POST', '/organizations/locations')).toHaveLength(2);
	});

	it('for longer than anyone waits says so', async () => {
		await bench.simulator.control.throttle(3_600, 1, '/api/v3/organizations/locations');
		const { message, description } = await bench.failure(await addLocation('Impatient'));
		expect(message).toMatch(/too many requests/);
		expect(description).toMatch(/less/);
		expect(await called('Impatient')).toEqual([]);
	});
});

it('reads 520 as the error it is, by its type', async () => {
	await bench.simulator.control.fault({
		path: '/api/v3/organizations/companies',
		times: 10,
		action: {
			kind: 'status',
			status: 520,
			body: {
				errors: [{ message: 'The agent does not answer', type: 'transport', code: 11 }],
			},
		},
	});
	expect(await bench.failure(companies)).toEqual({
		message: 'The agent does not answer.',
		description:
			'The console could not reach the machine concerned. Check that its management agent is online.',
	});
});

it('sends plain fields as a JSON Patch of what changes alone', async () => {
	const uid = await company('Cedar Clinic');
	const patch = {
		resource: 'company',
		operation: 'editCompany',
		companyUid: byId(uid),
		simplify: false,
	};
	const items = await bench.json({
		...patch,
		fieldsToChange: {
			mappingMode: 'defineBelow',
			value: { status: 'Disabled', isAlarmDetectEnabled: false },
		},
	});
	expect(items).toMatchObject([
		{ instanceUid: uid, name: 'Cedar Clinic', status: 'Disabled', isAlarmDetectEnabled: false },
	]);
	const [request] = await sent('PATCH', `/organizations/companies/${uid}`);
	expect(request!.body).toEqual([
		{ op: 'replace', path: '/status', value: 'Disabled' },
		{ op: 'replace', path: '/isAlarmDetectEnabled', value: false },
	]);
	const json = { ...patch, bodyMode: 'json', bodyJson: '{"status": "Active"}' };
	expect(await bench.json(json)).toMatchObject([{ status: 'Active' }]);

	const { message } = await bench.failure(patch);
	expect(message).toMatch(/nothing to change/);
});

it('starts a job, which answers with nothing', async () => {
	const all = { resource: 'job', operation: 'listBackupServerJobs', returnAll: true };
	const [job] = (await bench.json(all)) as [{ instanceUid: string; name: string }];
	const { items } = await bench.run({
		resource: 'job',
		operation: 'startBackupServerJob',
		jobUid: byId(job.instanceUid),
	});
	expect(items).toEqual([{ json: { success: true }, pairedItem: { item: 0 } }]);
	expect(await sent('POST', `/jobs/${job.instanceUid}/start`)).toHaveLength(1);
});

describe('files', () => {
	it('a license goes up as a form with a file', async () => {
		const content = Buffer.from('<license/>');
		const data = await storeBinary(content, 'veeam.lic', 'application/xml');
		const { items } = await bench.run(
			{
				resource: 'console',
				operation: 'installConsoleLicense',
				binaryPropertyName: 'license',
				simplify: false,
			},
			{ items: [{ json: {}, binary: { license: data } }] },
		);
		expect(items).toMatchObject([{ json: { status: 'Valid' }, pairedItem: { item: 0 } }]);
		const [request] = await sent('PUT', '/licensing/console');
		expect(request!.headers['content-type']).toMatch(/^multipart\/form-data; ?boundary=/);
		expect(request!.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
		expect(JSON.stringify(request!.body)).toMatch(/receivedBytes|veeam\.lic/);
	});

	it('a patch goes up as it is', async () => {
		const servers = { resource: 'backupServer', operation: 'listBackupServers', limit: 1 };
		const [server] = await bench.json(servers);
		const content = Buffer.alloc(250_000, 'patch');
		await bench.run(
			{
				resource: 'patchUpload',
				operation: 'uploadBackupServerPatchPart',
				backupServerUid: byId(server!.instanceUid),
				uploadUid: '11111111-1111-4111-8111-111111111111',
				fileStreamUid: '22222222-2222-4222-8222-222222222222',
				partNumber: 1,
			},
			{ items: [{ json: {}, binary: { data: await storeBinary(content, 'patch.iso') } }] },
		);
		const [request] = await sent('POST', '/uploadPart');
		expect(request).toMatchObject({
			query: { partNumber: '1' },
			body: { receivedBytes: 250_000 },
			headers: { 'content-type': 'application/octet-stream' },
		});
	});

	it('come down into the field the user named', async () => {
		await bench.simulator.control.settings({ downloadBytes: 300_000 });
		const { items } = await bench.run({
			resource: 'managementAgent',
			operation: 'downloadWindowsManagementPackage',
			outputFieldName: 'setup',
		});
		expect(items).toEqual([
			{
				json: expect.objectContaining({ fileName: expect.stringMatching(/\w/) }),
				binary: { setup: expect.objectContaining({ fileName: expect.stringMatching(/\w/) }) },
				pairedItem: { item: 0 },
			},
		]);
		expect(await readBinary(items[0]!.binary!.setup)).toHaveLength(300_000);
	});
});

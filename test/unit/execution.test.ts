/**
 * Parameters to request, answer to items: with the catalogue of Backup & Replication as it ships,
 * and a client that records what would leave. The contexts are n8n's own in test/integration.
 */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { fromFile } from '../../nodes/shared/catalogue/stored';
import { apiRequestOperation } from '../../nodes/shared/runtime/apiRequest';
import { execute } from '../../nodes/shared/runtime/execute';
import type { ProductOverlay } from '../../nodes/shared/form/overlay';
import type { Product } from '../../nodes/shared/runtime/product';
import type { ProductAdapter, VeeamClient, VeeamRequest } from '../../nodes/shared/http/types';
import operations from '../../nodes/VeeamBackupReplication/api/operations.json';

const catalogue = fromFile(operations);
const ID = '88788f9e-d8f5-4eb4-bc4f-9b3f5403bcec';

let sent: VeeamRequest[];
let client: VeeamClient;
let answer: unknown;

jest.mock('../../nodes/shared/http', () => ({
	...jest.requireActual<object>('../../nodes/shared/http'),
	connect: async () => client,
}));

const product = {
	adapter: {
		displayName: 'Veeam Backup & Replication',
		// The newest first; of one nobody knows the release.
		versions: [
			{ version: '1.3-rev1' },
			{ version: '1.3-rev0', release: '13.0' },
			{ version: '1.2-rev1', release: '12.3.1' },
		],
		catalogue: () => catalogue,
		paging: { limit: 'limit' },
	} as unknown as ProductAdapter,
	ownOperations: [apiRequestOperation('/jobs')],
	overlay: {} as ProductOverlay,
	labels: {
		operation: ({ id }) => id,
		field: (_, { name }) => name,
		fieldAt: (_, path) => path.join('.'),
		variant: (_, name) => name,
	},
} satisfies Product;

beforeEach(() => {
	sent = [];
	answer = {};
	client = {
		version: '1.3-rev2',
		origin: 'https://vbr.example.com:9419',
		request: async (request) => {
			sent.push(request);
			return { status: 200, headers: {}, body: answer };
		},
		list: async (request, options) => {
			sent.push({ ...request, ...options } as VeeamRequest);
			return answer as IDataObject[];
		},
		preview: ({ method, path }) => ({ method, url: path, headers: {} }),
		download: async (request) => {
			sent.push(request);
			return { data: '', mimeType: 'text/csv', fileName: 'report.csv', fileSize: '3 B' };
		},
		wait: async () => ({ id: ID, state: 'Stopped' }),
	};
});

async function run(parameters: IDataObject, { items = 1, continueOnFail = false } = {}) {
	const context = {
		getInputData: () => Array.from({ length: items }, () => ({ json: {} })),
		getNode: () => ({ name: 'Veeam', type: 'veeam', typeVersion: 1, parameters: {} }),
		getTimezone: () => 'Europe/Berlin',
		continueOnFail: () => continueOnFail,
		getNodeParameter: (name: string, itemIndex: number, fallback: unknown) => {
			const value = parameters[name];
			const own = Array.isArray(value) && name.startsWith('each:') ? value[itemIndex] : value;
			return own ?? (parameters[`each:${name}`] as unknown[] | undefined)?.[itemIndex] ?? fallback;
		},
	} as unknown as IExecuteFunctions;
	return (await execute(context, product))[0]!;
}

const refusal = async (parameters: IDataObject) => {
	const error = await run(parameters).then(
		() => undefined,
		(caught: { message: string; description?: string }) => caught,
	);
	expect(sent).toEqual([]);
	return { message: error?.message, description: error?.description };
};

describe('a request', () => {
	it('carries filters in wire form: enums spelled by the server, times with the zone of the workflow', async () => {
		answer = [];
		await run({
			operation: 'getManySessions',
			limit: 7,
			filters: {
				createdAfterFilter: '2026-01-31T22:00:00',
				stateFilter: 'stopped',
				typeFilter: ['backupjob', 'SomethingNewer'],
			},
		});
		expect(sent).toEqual([
			expect.objectContaining({
				method: 'GET',
				path: '/api/v1/sessions',
				query: {
					createdAfterFilter: '2026-01-31T22:00:00+01:00',
					stateFilter: 'Stopped',
					typeFilter: ['BackupJob', 'SomethingNewer'],
				},
				limit: 7,
			}),
		]);
	});

	it('spells an enum as an older version does', async () => {
		client = { ...client, version: '1.2-rev1' };
		answer = [];
		await run({ operation: 'getManyJobStates', filters: { statusFilter: 'Running' } });
		expect(sent[0]!.query).toEqual({ statusFilter: 'running' });
	});

	it('takes required fields from the top and the others from Additional Fields', async () => {
		await run({
			operation: 'createCreds',
			credentialType: 'Standard',
			username: 'DOMAIN\\svc',
			password: 'secret',
			additionalFields: { description: 'Backup' },
		});
		expect(sent[0]!.body).toEqual({
			media: 'json',
			value: {
				type: 'Standard',
				username: 'DOMAIN\\svc',
				password: 'secret',
				description: 'Backup',
			},
		});
	});

	it('takes a whole body as JSON and fills the id in it too', async () => {
		await run({
			operation: 'updateEncryptionPassword',
			encryptionPasswordId: ID,
			bodyMode: 'json',
			bodyJson: '{"hint":"The usual","uniqueId":"u1","modificationTime":"2026-01-01T00:00:00Z"}',
		});
		expect(sent[0]!.body).toMatchObject({ value: { id: ID, hint: 'The usual' } });
	});

	it('leaves out an optional body in which nothing is set', async () => {
		answer = [];
		await run({ operation: 'getAclRules' });
		expect(sent[0]!.body).toEqual(undefined);
	});
});

describe('bad input sends nothing', () => {
	it('names an operation that the version lacks, and what it needs', async () => {
		client = { ...client, version: '1.2-rev1' };
		expect(await refusal({ operation: 'retryJob', jobId: ID })).toEqual({
			message: '"retryJob" needs API 1.3-rev0 or later; this credential uses 1.2-rev1',
			description:
				'Choose another API version in the credential, if the server has it, or use another operation. API 1.3-rev0 came with Veeam Backup & Replication 13.0.',
		});
	});

	it('names a filter that the version lacks', async () => {
		client = { ...client, version: '1.2-rev1' };
		const { message } = await refusal({
			operation: 'getManyRepositoryStates',
			filters: { isOutOfDateFilter: true },
		});
		expect(message).toBe(
			'"isOutOfDateFilter" needs API 1.3-rev0 or later; this credential uses 1.2-rev1',
		);
	});

	it('names a body field of an operation that has no body in the version', async () => {
		client = { ...client, version: '1.3-rev0' };
		const rescan = { operation: 'rescanAllServers', additionalFields: { ids: [ID] } };
		expect((await refusal(rescan)).message).toBe(
			'"ids" needs API 1.3-rev1 or later; this credential uses 1.3-rev0',
		);
		await run({ operation: 'rescanAllServers' });
		expect(sent[0]!.body).toBeUndefined();
	});

	it('names a variant that the version lacks', async () => {
		client = { ...client, version: '1.2-rev1' };
		const { message, description } = await refusal({
			operation: 'createRepository',
			repositoryType: 'ExaGrid',
		});
		expect(message).toBe('"repositoryType" is "ExaGrid", which API 1.2-rev1 does not have');
		expect(description).toMatch(/^Choose one of: WinLocal, LinuxLocal, /);
	});

	it.each([[null], [[]], [{}], [['']], [[null]], ['']])(
		'says of a variant that is %j that it is empty',
		async (repositoryType) => {
			expect((await refusal({ operation: 'createRepository', repositoryType })).message).toBe(
				'"repositoryType" is empty',
			);
		},
	);

	it('says of a variant that is an object what was given', async () => {
		const { message } = await refusal({
			operation: 'createRepository',
			repositoryType: { a: 1 },
		});
		expect(message).toBe('"repositoryType" is "{"a":1}", which "createRepository" does not have');
	});

	it('refuses an update in which nothing was said', async () => {
		expect(await refusal({ operation: 'updateEmailSettings' })).toMatchObject({
			message: '"Fields to Change" is empty: "updateEmailSettings" has nothing to change',
		});
	});

	it('names every required field of a variant that is empty', async () => {
		expect(
			await refusal({ operation: 'createRepository', repositoryType: 'WinLocal', name: 'Main' }),
		).toMatchObject({ message: '"hostId", "repository.path" are empty' });
	});

	it.each([
		['jobId', 'getJob', {}, '"jobId" is empty'],
		['jobId', 'getJob', { jobId: '../license' }, 'The value "../license" of "jobId" is not an ID'],
		['limit', 'getManyJobs', { limit: 0 }, '"Limit" is 0: it must be a whole number of 1 or more'],
		[
			'date',
			'getManySessions',
			{ filters: { createdAfterFilter: 'yesterday' } },
			'The value "yesterday" of "createdAfterFilter" is not a date',
		],
		[
			'number',
			'getManyRepositoryStates',
			{ filters: { capacityFilter: 'much' } },
			'The value "much" of "capacityFilter" is not a number',
		],
		[
			'JSON',
			'createRepository',
			{ bodyMode: 'json', bodyJson: '{"name": "a",}' },
			/^"Body \(JSON\)" is not valid JSON: .*line 1, column 14/,
		],
	])('says what is wrong with %s of %s', async (_, operation, parameters, message) => {
		expect((await refusal({ operation, ...parameters })).message).toMatch(message);
	});

	it('sends a JSON body as it was given, whatever it lacks', async () => {
		const body = { name: 'Main', repository: {}, Unknown: [null], hostId: '' };
		await run({ operation: 'createRepository', bodyMode: 'json', bodyJson: JSON.stringify(body) });
		expect(sent[0]!.body).toEqual({ media: 'json', value: body });
	});

	it('names what a part lacks of which one field was given', async () => {
		const { message, description } = await refusal({
			operation: 'createRepository',
			repositoryType: 'WinLocal',
			name: 'Main',
			hostId: ID,
			fieldsToSet: { 'repository.taskLimitEnabled': true },
		});
		expect(message).toBe('"repository.path" is empty');
		expect(description).toContain('Add "repository.path" under "Fields to Set".');
	});

	it.each([[undefined], [null], ['']])('asks for a body where %p was given', async (bodyJson) => {
		const create = { operation: 'createRepository', bodyMode: 'json', bodyJson };
		expect((await refusal(create)).message).toBe('"Body (JSON)" is empty');
	});

	it.each([
		['a list without rows', [], '"repositoryIds" is empty'],
		['a row of nothing', [''], '"repositoryIds" is empty in row 1'],
		['a second row of nothing', [ID, undefined], '"repositoryIds" is empty in row 2'],
		['the text of an empty list', '[]', '"repositoryIds" is empty'],
		[
			'the zero ID',
			['00000000-0000-0000-0000-000000000000'],
			/"repositoryIds" is 0{8}-.*placeholder/,
		],
		['an object', [{ id: ID }], /The value .* of "repositoryIds" is not an ID/],
	])('refuses %s in a required list', async (_, repositoryIds, message) => {
		const maintain = { operation: 'enableExtentMaintenanceMode', scaleOutRepositoryId: ID };
		expect((await refusal({ ...maintain, repositoryIds })).message).toMatch(message);
	});

	it.each([
		['00000000-0000-0000-0000-000000000000', /^"account.credentialsId" is 0+-.*, the placeholder/],
		['', '"account.credentialsId" is empty'],
	])('refuses %p for an ID inside a part', async (credentialsId, expected) => {
		const { message } = await refusal({
			operation: 'createRepository',
			repositoryType: 'S3Compatible',
			name: 'Bucket',
			fieldsToSet: {
				account: { servicePoint: 'https://s3.example', regionId: 'eu', credentialsId },
				bucket: '{"bucketName":"b","folderName":"f"}',
			},
		});
		expect(message).toMatch(expected);
	});

	it('asks for exactly one of two alternatives', async () => {
		const copy = { operation: 'copyMachinesBackups', backupId: ID };
		const operation = catalogue.operations.find(
			({ body }) => body?.type === '#CopyMachinesBackupsSpec',
		)!;
		const { message } = await refusal({ ...copy, operation: operation.id, additionalFields: {} });
		expect(message).toMatch(/takes exactly one of "repositoryId" and "targetFolder"$/);
	});

	it.each([
		'https://evil.example/api/v1/jobs',
		'//evil.example/api',
		'/\\evil.example/api',
		'\\\\evil.example/api',
		'https:evil.example',
		'https:/api/v1/jobs',
		'javascript:alert(1)',
		'user@evil.example/api',
		'https://user:secret@vbr.example.com:9419/api/v1/jobs',
		'https://vbr.example.com:9419@evil.example/api',
		'https://vbr.example.com:9419.evil.example/api',
		'https://vbr.example.com:94190/api',
		'https://vbr.example.com:9419//evil.example',
		'http://vbr.example.com:9419/api/v1/jobs',
	])('refuses %s, another address than the server, in an API request', async (requestPath) => {
		const { message } = await refusal({ operation: 'apiRequest', requestPath });
		expect(message).toMatch(/^"Path" leads to another server/);
	});

	it.each([
		'/api/v1/jobs/../repositories/1',
		'/api/v1/jobs/%2e%2e/repositories/1',
		'/api/v1/jobs/.%2E/repositories/1',
		'/api/v1/jobs/%252e%252e/repositories/1',
		'/api/v1/jobs/..%2frepositories',
		'/api/v1/jobs/..%5crepositories',
		'/api/v1/jobs/..;a=b/repositories',
		'/api/v1/jobs/\uff0e\uff0e/repositories',
		'/api/v1/jobs/%c0%ae%c0%ae/repositories',
		'/api/v1/jobs/./1',
		'/api/v1/jobs/..?x=1',
		'../repositories/1',
		'/api/v1/jobs\\..\\repositories',
		'/api/v1/jobs\r\nX-Evil: 1',
		'/api/v1/jobs\t/1',
		'/api/v1/jobs\0',
		'/api/v1/jobs/%0d%0aX',
		'/api/v1/jobs/%250a',
		'/api/v1/jobs/{id}',
	])('refuses %j as the path of an API request', async (requestPath) => {
		const { message } = await refusal({
			operation: 'apiRequest',
			requestMethod: 'DELETE',
			requestPath,
		});
		expect(message).toMatch(/^"Path" contains/);
	});
});

describe('an API request', () => {
	it.each([
		['/api/v1/jobs?nameFilter=a..b&x=%2e%2e', '/api/v1/jobs', { nameFilter: 'a..b', x: '..' }],
		['api/v1/jobs/a.b', '/api/v1/jobs/a.b', {}],
		[' https://VBR.example.com:9419/api/v1/jobs#x ', '/api/v1/jobs', {}],
		['/api/v1/names/50%25 off', '/api/v1/names/50%25%20off', {}],
		['/Jobs/a:b@c', '/Jobs/a:b@c', {}],
	])('takes %j', async (requestPath, path, query) => {
		await run({ operation: 'apiRequest', requestPath });
		expect(sent[0]).toMatchObject({ method: 'GET', path, query });
	});

	it('writes an object among the query parameters as JSON text', async () => {
		const filter = [{ property: 'name', operation: 'equals', value: 'x' }];
		await run({
			operation: 'apiRequest',
			requestPath: '/api/v1/jobs',
			requestQuery: JSON.stringify({ filter, limit: 5, ids: ['a', 'b'] }),
		});
		expect(sent[0]!.query).toEqual({ filter: JSON.stringify(filter), limit: 5, ids: ['a', 'b'] });
	});
});

describe('an answer', () => {
	it('gives every element of a list as an item of its own, paired', async () => {
		answer = [{ id: '1' }, { id: '2' }];
		expect(await run({ operation: 'getManyJobs', returnAll: true })).toEqual([
			{ json: { id: '1' }, pairedItem: { item: 0 } },
			{ json: { id: '2' }, pairedItem: { item: 0 } },
		]);
		expect(sent[0]).toMatchObject({ limit: undefined });
	});

	it('of a delete is {deleted: true}', async () => {
		answer = undefined;
		expect(await run({ operation: 'deleteCreds', credentialId: ID })).toEqual([
			{ json: { deleted: true }, pairedItem: { item: 0 } },
		]);
	});

	it('that started work is the session at once, or its end when waited for', async () => {
		answer = { id: ID, state: 'Starting' };
		const start = { operation: 'startJob', jobId: ID, performActiveFull: false };
		expect(await run(start)).toMatchObject([{ json: { state: 'Starting' } }]);
		expect(await run({ ...start, waitForCompletion: true })).toMatchObject([
			{ json: { state: 'Stopped' } },
		]);
	});

	it('with bytes is put into the named binary field', async () => {
		expect(
			await run({
				operation: 'createLicenseReport',
				outputFieldName: 'report',
				reportFormat: 'csv',
			}),
		).toEqual([
			{
				json: { fileName: 'report.csv', mimeType: 'text/csv', fileSize: '3 B' },
				binary: { report: expect.objectContaining({ fileName: 'report.csv' }) },
				pairedItem: { item: 0 },
			},
		]);
	});
});

it('goes on after a failed item with {error}, and keeps the pairing', async () => {
	answer = { id: ID };
	expect(
		await run(
			{ operation: 'getJob', 'each:jobId': [ID, 'nonsense', ID] },
			{ items: 3, continueOnFail: true },
		),
	).toMatchObject([
		{ json: { id: ID }, pairedItem: { item: 0 } },
		{ json: { error: 'The value "nonsense" of "jobId" is not an ID' }, pairedItem: { item: 1 } },
		{ json: { id: ID }, pairedItem: { item: 2 } },
	]);
});

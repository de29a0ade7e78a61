/** Answers that real consoles gave, as integrations of others recorded them. */
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { Send } from '../../../nodes/shared/credential/types';
import { readErrors } from '../../../nodes/VeeamServiceProviderConsole/api/errors';
import { identityOf } from '../../../nodes/VeeamServiceProviderConsole/api/identity';
import { logIn, probe } from '../../../nodes/VeeamServiceProviderConsole/api/login';
import { VeeamServiceProviderConsole } from '../../../nodes/VeeamServiceProviderConsole/VeeamServiceProviderConsole.node';
import { listSearch } from '../../support/executeNode';
import { BackupServer } from '../transport.support';
import { credentials, failure, json, KEY, page, run } from './support';

const ACCOUNTS: Record<string, IDataObject> = {
	login: { authentication: 'password', username: 'u', password: 'p' },
	test: { authentication: 'apiKey', apiKey: KEY },
};

let server: BackupServer;

beforeAll(async () => {
	server = await BackupServer.start();
});
afterAll(async () => await server.stop());
beforeEach(() => {
	server.reset();
	server.tokens.add(KEY);
});

const jobs = (more: IDataObject = {}) => ({
	resource: 'job',
	operation: 'listBackupServerJobs',
	...more,
});

describe('jobs of two backup servers that have their ids in common', () => {
	const uuid = (head: string, index: number) =>
		`${head.repeat(8)}-0000-4000-8000-${String(index).padStart(12, '0')}`;
	const job = (index: number, ofServer: string): IDataObject => ({
		instanceUid: uuid('2', index),
		uniqueUid: uuid(ofServer, index),
		backupServerUid: uuid('b', Number(ofServer)),
		name: 'Daily',
		status: ofServer === '1' ? 'Success' : 'Failed',
	});
	const all = [
		...Array.from({ length: 500 }, (_, index) => job(index, '1')),
		...Array.from({ length: 10 }, (_, index) => job(index, '3')),
	];

	it.each([500, 100])('are all listed, at %s a page', async (atMost) => {
		server.handle = (request) => ({ body: page(all, request, atMost) });
		const found = json(await run(server, jobs({ returnAll: true })));
		expect(found.filter(({ status }) => status === 'Failed')).toHaveLength(10);
		expect(new Set(found.map(({ uniqueUid }) => uniqueUid)).size).toBe(510);
		expect(found).toHaveLength(510);
	});

	it('are once in the list where one moves onto the next page', async () => {
		// The list grows by one at its top while it is read.
		let asked = 0;
		server.handle = (request) => ({
			body: page(asked++ === 0 ? all : [job(499, '4'), ...all], request, 100),
		});
		const found = json(await run(server, jobs({ returnAll: true })));
		expect(new Set(found.map(({ uniqueUid }) => uniqueUid)).size).toBe(found.length);
		expect(found.length).toBeGreaterThanOrEqual(510);
	});

	it('tell records without an id of the console apart by their server', () => {
		const repository = { instanceUid: 'default', name: 'Default Backup Repository' };
		const [one, two] = ['a', 'b'].map((backupServerUid) =>
			identityOf({ ...repository, backupServerUid }),
		);
		expect(one).not.toBe(two);
		expect(identityOf({ name: 'without an id' })).toBeUndefined();
	});
});

describe('a version that the server does not know', () => {
	const body = {
		error: {
			code: 'UnsupportedApiVersion',
			message: "The HTTP resource that matches the request URI 'https://x' is not supported.",
			innerError: null,
		},
	};

	it('is named by an operation, with the place to change it', async () => {
		server.handle = () => ({ status: 400, body });
		const { message, description } = await failure(run(server, jobs()));
		expect(message).toBe('The server does not know API version 3.6.1.');
		expect(description).toMatch(/^Choose another API version in the credential: /);
		expect(description).toContain('3.5.1 to 8.1');
		expect(description).toContain('The HTTP resource that matches');
	});

	it.each(['login', 'test'])('is named by the %s of the credential', async (which) => {
		const credential = {
			serverUrl: 'vspc.example.com',
			apiVersion: '3.5.1',
			...ACCOUNTS[which],
		} as ICredentialDataDecryptedObject;
		const send: Send = async () =>
			await Promise.resolve({ statusCode: 400, headers: {}, body: JSON.stringify(body) });
		const done = which === 'login' ? logIn(send, credential) : probe(send, credential, undefined);
		await expect(done).rejects.toMatchObject({
			message: 'The server does not know API version 3.5.1.',
			description: expect.stringMatching(/Choose another API version.*HTTP resource/),
		});
	});
});

it.each([
	['problem+json', { title: 'Bad Request', detail: 'The filter is no JSON.' }],
	['problem+json with fields', { title: 'Bad Request.', errors: { filter: ['No JSON.'] } }],
])('what the server says is shown: %s', (_, body) => {
	const [error] = readErrors(body);
	expect(error?.message).toMatch(/^Bad Request/);
	expect(error?.message).toContain('JSON.');
});

it('a path that the server does not know is one reason for a web page', async () => {
	server.handle = () => ({
		status: 200,
		headers: { 'content-type': 'text/html' },
		body: '<!DOCTYPE html><html><head><title>Veeam Service Provider Console</title></head></html>',
	});
	const { message, description } = await failure(run(server, jobs()));
	expect(message).toMatch(/answered with a web page/);
	expect(description).toMatch(/does not know a path: check the path/);
	expect(description).toMatch(/whether this version of the server has the operation/);
	expect(description).toMatch(/proxy/);
});

it('From List tells jobs that have name and id in common apart by server and company', async () => {
	const id = '22222222-2222-2222-2222-222222222222';
	const rows: Record<string, IDataObject[]> = {
		'/infrastructure/backupServers/jobs': [
			{
				instanceUid: id,
				uniqueUid: 'u1',
				name: 'Daily',
				backupServerUid: 's1',
				organizationUid: 'a',
			},
			{
				instanceUid: id,
				uniqueUid: 'u2',
				name: 'Daily',
				backupServerUid: 's2',
				organizationUid: 'b',
			},
			{ instanceUid: 'other', uniqueUid: 'u3', name: 'Weekly', backupServerUid: 's1' },
		],
		'/infrastructure/backupServers': [
			{ instanceUid: 's1', name: 'vbr01' },
			{ instanceUid: 's2', name: 'vbr02' },
		],
		'/organizations/companies': [
			{ instanceUid: 'a', name: 'Acme' },
			{ instanceUid: 'b', name: 'Blue' },
		],
	};
	server.handle = (request) => {
		const path = new URL(request.url, 'https://x').pathname.replace('/api/v3', '');
		return { body: page(rows[path] ?? [], request) };
	};
	const { results } = await listSearch({
		node: VeeamServiceProviderConsole,
		credentials: credentials(server),
		parameters: { resource: 'job', operation: 'startBackupServerJob' },
		method: 'jobUidSearch',
	});
	expect(results).toEqual([
		{ name: 'Daily (vbr01, Acme)', value: id },
		{ name: 'Daily (vbr02, Blue)', value: id },
		{ name: 'Weekly', value: 'other' },
	]);
});

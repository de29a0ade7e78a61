/**
 * docs/adding-a-product.md, done: a product that nobody knows gets its catalogue, its form and its
 * credential, and works, in a copy of the package. The steps here are those of the page.
 */
import { execFileSync } from 'node:child_process';
import {
	cpSync,
	globSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ICredentialType, INodePropertyOptions, INodeType } from 'n8n-workflow';
import ts from 'typescript';

import { executeNode, testCredential, TestCredentials } from '../support/executeNode';
import { BackupServer, PASSWORD, USER } from './transport.support';

jest.setTimeout(240_000);

const ROOT = join(__dirname, '..', '..');
const TRIAL = join(ROOT, 'test', 'fourthProduct');
const FILES = join(TRIAL, 'files');
const NAME = 'ExampleBackupConsole';

/** What is written into files that are there already: file, after which text, new lines. */
const ENTRIES: Array<[file: string, after: string, lines: string]> = [
	[
		'nodes/neighbours.ts',
		`/api/identity';\n`,
		`import { NEIGHBOUR as example } from './${NAME}/api/identity';\n`,
	],
	['nodes/neighbours.ts', '\tvspc,\n', '\texample,\n'],
	['nodes/products.ts', `'vb365' | 'vspc'`, ` | 'example'`],
	[
		'nodes/products.ts',
		`from '../credentials/VeeamBackupMicrosoft365Api.credentials';\n`,
		`import { ${NAME}Api } from '../credentials/${NAME}Api.credentials';
import { product as example } from './${NAME}/product';
import { properties as exampleProperties } from './${NAME}/properties';
import { trigger as exampleTrigger } from './${NAME}/triggers';
import { ${NAME} } from './${NAME}/${NAME}.node.js';
import { ${NAME}Trigger } from './${NAME}/${NAME}Trigger.node.js';
`,
	],
	[
		'nodes/products.ts',
		'PRODUCTS: readonly RegisteredProduct[] = [\n',
		`	{
		key: 'example',
		folder: '${NAME}',
		product: example,
		properties: exampleProperties,
		trigger: exampleTrigger,
		Node: ${NAME},
		TriggerNode: ${NAME}Trigger,
		Credential: ${NAME}Api,
	},
`,
	],
	['package.json', '"credentials": [\n', `			"dist/credentials/${NAME}Api.credentials.js",\n`],
	[
		'package.json',
		'"nodes": [\n',
		`			"dist/nodes/${NAME}/${NAME}.node.js",
			"dist/nodes/${NAME}/${NAME}Trigger.node.js",
`,
	],
];

let copy: string;
let server: BackupServer;

const at = (...path: string[]) => join(copy, ...path);
const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '').length;

beforeAll(async () => {
	server = await BackupServer.start();
	copy = mkdtempSync(join(tmpdir(), 'fourth-product-'));
	for (const part of ['nodes', 'credentials', 'scripts/catalogue', 'package.json', 'tsconfig.json'])
		cpSync(join(ROOT, part), at(part), { recursive: true });
	symlinkSync(join(ROOT, 'node_modules'), at('node_modules'), 'junction');
	// 1. The files of the product.
	cpSync(FILES, copy, { recursive: true });
	// 2. The catalogue.
	execFileSync(
		process.execPath,
		['--import=tsx', at('scripts/catalogue/main.ts'), 'example', join(TRIAL, 'specification.json')],
		{ cwd: copy },
	);
	// 3. The entries elsewhere.
	for (const [file, after, added] of ENTRIES) {
		const text = readFileSync(at(file), 'utf8').replaceAll('\r\n', '\n');
		const place = text.indexOf(after) + after.length;
		expect([file, text.includes(after)]).toEqual([file, true]);
		writeFileSync(at(file), text.slice(0, place) + added + text.slice(place));
	}
});
afterAll(async () => {
	await server?.stop();
	if (copy) rmSync(copy, { recursive: true, force: true });
});
beforeEach(() => server.reset());

it('costs at most 250 lines that somebody writes, in its folder, a credential and three files', () => {
	const own = globSync('**/*', { cwd: FILES }).filter((file) =>
		statSync(join(FILES, file)).isFile(),
	);
	const inFiles = own.map((file) => lines(readFileSync(join(FILES, file), 'utf8')));
	const elsewhere = ENTRIES.map(([, , added]) => lines(added));
	const sum = [...inFiles, ...elsewhere].reduce((all, one) => all + one, 0);
	process.stderr.write(`  a fourth product: ${sum} lines, ${own.length} files of its own\n`);
	expect(own.every((file) => /^(nodes.Example|credentials.Example)/.test(file))).toBe(true);
	expect(new Set(ENTRIES.map(([file]) => file)).size).toBe(3);
	expect(sum).toBeLessThanOrEqual(250);
	expect(sum).toBeGreaterThan(150);
	expect(readFileSync(join(ROOT, 'docs/adding-a-product.md'), 'utf8')).toContain(`${sum} lines`);
});

it('is named where docs say how a product is added', () => {
	const page = readFileSync(join(ROOT, 'docs/adding-a-product.md'), 'utf8');
	for (const file of globSync(`nodes/${NAME}/**/*.ts`, { cwd: FILES })) {
		const name = file
			.replaceAll('\\', '/')
			.replace(`nodes/${NAME}/`, '')
			.replaceAll(NAME, '<Product>');
		expect([name, page.includes(`\`${name}\``)]).toEqual([name, true]);
	}
	for (const [file] of ENTRIES) expect(page).toContain(`\`${file}\``);
});

it('fits the types', () => {
	const { config } = ts.readConfigFile(at('tsconfig.json'), (file) => readFileSync(file, 'utf8'));
	const { options } = ts.parseJsonConfigFileContent(config, ts.sys, copy);
	const program = ts.createProgram({
		rootNames: [
			...globSync(`nodes/${NAME}/**/*.ts`, { cwd: copy }),
			`credentials/${NAME}Api.credentials.ts`,
		].map((file) => at(file)),
		options: { ...options, noEmit: true, rootDir: copy },
	});
	const wrong = ts.getPreEmitDiagnostics(program);
	expect(
		wrong.map(({ file, messageText }) => [
			file?.fileName,
			ts.flattenDiagnosticMessageText(messageText, '\n'),
		]),
	).toEqual([]);
});

describe('works:', () => {
	interface Registered {
		key: string;
		Node: new () => INodeType;
		TriggerNode: new () => INodeType;
		Credential: new () => ICredentialType;
	}
	let product: Registered;
	beforeAll(async () => {
		const { PRODUCTS } = (await import(at('nodes/products.ts'))) as { PRODUCTS: Registered[] };
		product = PRODUCTS.find(({ key }) => key === 'example')!;
	});

	const JOBS = [
		{ id: '88788f9e-d8f5-4eb4-bc4f-9b3f5403bcec', name: 'Nightly', isEnabled: true },
		{ id: '0f9c2ba4-e88f-467a-9a72-1d1a2c3b4d5e', name: 'Weekly', isEnabled: false },
	];
	const credentials = () =>
		new TestCredentials([new product.Credential()], {
			exampleBackupConsoleApi: {
				serverUrl: server.url,
				authentication: 'password',
				username: USER,
				password: PASSWORD,
				apiVersion: '1.0',
				ignoreSslIssues: true,
			},
		});
	const run = async (parameters: Record<string, string | boolean | object>) =>
		(
			await executeNode({
				node: product.Node,
				credentials: credentials(),
				parameters: parameters as never,
			})
		).items.map(({ json }) => json);

	it('six of its seven operations are offered, the login is the credential', () => {
		const { properties } = new product.Node().description;
		const offered = properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ options }) => (options as INodePropertyOptions[]).map(({ name }) => name));
		expect(offered.sort()).toEqual(
			['Delete', 'Get', 'Get', 'Get Many', 'Send', 'Start', 'Update'].sort(),
		);
		expect(new product.TriggerNode().description.properties.length).toBeGreaterThan(1);
	});

	it('its credential logs in and says so', async () => {
		server.handle = () => ({ body: { build: '1.0.0.7' } });
		const node = new product.Node();
		expect(
			await testCredential({
				node,
				credentials: credentials(),
				method: 'testExampleBackupConsoleApi',
				credentialType: 'exampleBackupConsoleApi',
			}),
		).toMatchObject({ status: 'OK', message: expect.stringContaining('Example Backup Console') });
		expect(server.logins).toBe(1);
	});

	it('a list comes page by page, a job is started, one field of it is changed', async () => {
		server.handle = ({ method, url }) => {
			const { pathname, searchParams } = new URL(url, server.url);
			if (pathname === '/api/jobs') {
				const offset = Number(searchParams.get('offset') ?? 0);
				return { body: { items: JOBS.slice(offset, offset + 1), total: JOBS.length } };
			}
			return method === 'GET' ? { body: JOBS[0] } : { status: 204 };
		};
		expect(
			await run({ resource: 'job', operation: 'getJobs', returnAll: true, simplify: false }),
		).toEqual(JOBS);
		const jobId = { __rl: true, mode: 'id', value: JOBS[0]!.id };
		expect(await run({ resource: 'job', operation: 'startJob', jobId })).toEqual([
			{ success: true },
		]);
		await run({
			resource: 'job',
			operation: 'updateJob',
			jobId,
			bodyMode: 'json',
			bodyJson: '{ "name": "Daily" }',
		});
		expect(
			server.calls.filter(({ method }) => method !== 'GET').map(({ method, url }) => [method, url]),
		).toEqual([
			['POST', `/api/jobs/${JOBS[0]!.id}/start`],
			['PUT', `/api/jobs/${JOBS[0]!.id}`],
		]);
		expect(JSON.parse(String(server.calls.at(-1)!.body))).toMatchObject({ name: 'Daily' });
	});

	it('a refusal comes with the words of the server', async () => {
		server.handle = () => ({ status: 404, body: { message: 'no such job' } });
		await expect(
			run({
				resource: 'job',
				operation: 'getJob',
				jobId: { __rl: true, mode: 'id', value: JOBS[0]!.id },
			}),
		).rejects.toThrow('no such job');
	});
});

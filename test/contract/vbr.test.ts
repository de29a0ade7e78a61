/**
 * Every operation of every revision, driven through the built node against Prism serving Veeam's
 * own specification. One test for each operation: all its body variants, each with what is
 * required and with everything the revision knows.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { resetSafeRegexEngine, safeRegex, setSafeRegexEngine } from 'n8n-workflow';
import type { Catalogue, Operation } from '../../nodes/shared/catalogue/types';
import { TestCredentials } from '../support/executeNode';
import { casesOf } from './cases';
import { drive } from './drive';
import type { OpenApi } from './openapi';
import { Prism } from './prism';
import { SPECIFICATIONS_FOLDER, specificationsOf } from './specifications';

const ROOT = resolve(__dirname, '../..');
const NODE = `${ROOT}/dist/nodes/VeeamBackupReplication/VeeamBackupReplication.node.js`;
const CREDENTIAL = `${ROOT}/dist/credentials/VeeamBackupReplicationApi.credentials.js`;
const CATALOGUE = `${ROOT}/dist/nodes/VeeamBackupReplication/operations.json`;

/** Left to the credential: getting and returning tokens. */
const LOGIN = /^\/api\/oauth2\/(token|logout)$/;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Method and path of every operation in Veeam's own file. */
function operationsIn(file: string): string[] {
	const { paths } = JSON.parse(readFileSync(file, 'utf8')) as OpenApi;
	return Object.entries(paths)
		.filter(([path]) => !LOGIN.test(path))
		.flatMap(([path, methods]) =>
			Object.keys(methods)
				.filter((method) => METHODS.includes(method))
				.map((method) => `${method.toUpperCase()} ${path}`),
		)
		.sort();
}

const nativeRegexEngine: Parameters<typeof setSafeRegexEngine>[0] = {
	...safeRegex,
	test: (pattern, input, flags) => new RegExp(pattern, flags).test(input),
};

const specifications = specificationsOf('vbr');

if (specifications.length === 0) {
	describe(`skipped: no vbr-<version>.json in ${SPECIFICATIONS_FOLDER}; name the folder of Veeam's specifications in VEEAM_SPECS`, () => {
		it.skip('drives every operation of Veeam Backup & Replication against its specification', () => {});
	});
} else if (!existsSync(NODE)) {
	it('drives the built node', () => {
		throw new Error(`${NODE} is missing: run "npm run build" first`);
	});
} else {
	const catalogue = JSON.parse(readFileSync(CATALOGUE, 'utf8')) as Catalogue;
	const byPath = new Map(
		catalogue.operations.map((operation) => [`${operation.method} ${operation.path}`, operation]),
	);

	describe.each(specifications)('$product $version', ({ version, file }) => {
		const wanted = operationsIn(file);
		const count = { operations: 0, requests: 0, refused: 0 };
		const refusals: Record<string, string[]> = {};
		let prism: Prism;
		let node: INodeType;
		let credentials: TestCredentials;

		beforeAll(async () => {
			// As in the browser. On the server n8n runs each expression of a condition in a virtual
			// machine of its own: 147 for one form, 30 times as long as the rest of it.
			setSafeRegexEngine(nativeRegexEngine);
			prism = await Prism.start(file);
			const { VeeamBackupReplication } = (await import(NODE)) as Record<
				string,
				new () => INodeType
			>;
			const { VeeamBackupReplicationApi } = (await import(CREDENTIAL)) as Record<
				string,
				new () => ICredentialType
			>;
			if (!VeeamBackupReplication || !VeeamBackupReplicationApi)
				throw new Error('Nothing exported');
			node = new VeeamBackupReplication();
			credentials = new TestCredentials([new VeeamBackupReplicationApi()], {
				veeamBackupReplicationApi: {
					serverUrl: prism.origin,
					authentication: 'password',
					username: 'user',
					password: 'password',
					apiVersion: version,
					ignoreSslIssues: true,
				},
			});
		}, 120_000);

		afterAll(async () => {
			resetSafeRegexEngine();
			await prism?.stop();
			const number = (value: number) => value.toLocaleString('en');
			process.stdout.write(
				`${version}: ${number(count.operations)} operations, ${number(count.requests)} requests, ${number(count.refused)} refused\n`,
			);
			mkdirSync(`${ROOT}/artifacts/contract`, { recursive: true });
			writeFileSync(
				`${ROOT}/artifacts/contract/vbr-${version}.json`,
				JSON.stringify({ ...count, refusals }, null, '\t'),
			);
		});

		it.each(wanted)(
			'accepts %s',
			async (methodAndPath) => {
				const operation = byPath.get(methodAndPath) as Operation;
				expect(operation?.in).toContain(version);

				const cases = casesOf({ description: node.description, catalogue }, operation, version);
				expect(cases).not.toHaveLength(0);
				count.operations++;

				const wrong: string[] = [];
				for (const one of cases) {
					const found = await drive({ node, prism, credentials, version }, operation, one);
					count.requests++;
					if (found.length > 0) count.refused++;
					wrong.push(...found);
				}
				if (wrong.length > 0) refusals[methodAndPath] = wrong;
				expect(wrong).toEqual([]);
			},
			120_000,
		);
	});
}

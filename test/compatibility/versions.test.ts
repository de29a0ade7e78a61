import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { allServers } from '../../demo/simulatedServer';
import type { DemoStack } from '../../demo/stack';
import { isInstalled, recipes } from '../../scripts/n8nRecipes';
import { importPolling, report, reported, veeamTrigger } from '../e2e/polling';
import { START_MINUTES, startTestStack } from '../e2e/stack';
import { baseNode, publish, veeamNode } from '../e2e/workflows';
import packageJson from '../../package.json';

/**
 * The same small tour in every version of n8n that the docs name. Installing one takes minutes and
 * 1.5 to 2 GB, so they are run by name (`npm test -- compatibility`) and in CI; the end-to-end stage runs the
 * newest.
 */
const versions = recipes();

/** As n8n calls the nodes of package.json. */
const NODES = packageJson.n8n.nodes.map((file) => {
	const name = basename(file, '.node.js');
	return `n8n-nodes-veeam.${name.charAt(0).toLowerCase()}${name.slice(1)}`;
});

it('there are versions to run, the lowest one that the README names first', () => {
	expect(versions.map(({ version }) => version)).toEqual(
		expect.arrayContaining([expect.stringMatching(/^1\.123\./), expect.stringMatching(/^2\./)]),
	);
	expect(versions[0]!.version).toMatch(/^1\.123\./);
});

for (const recipe of versions) {
	const { version, folder } = recipe;
	const [suite, why] = isInstalled(recipe)
		? [describe, '']
		: [describe.skip, ' (not installed: the stages n8n and older-n8n say why)'];
	suite(`n8n ${version}${why}`, () => {
		let stack: DemoStack;

		beforeAll(async () => {
			stack = await startTestStack(`compatibility-${version}`, {
				recipe: folder,
				withExamples: false,
			});
		}, START_MINUTES * 60_000);
		afterAll(async () => await stack?.stop(), 60_000);

		jest.setTimeout(120_000);

		it('is that version, and lists the six nodes and the three credentials', async () => {
			const { versionCli } = await stack.api.call<{ versionCli: string }>('GET', '/settings');
			expect(versionCli).toBe(version);
			const names = (await stack.api.nodeTypes()).map(({ name }) => name);
			expect(names).toEqual(expect.arrayContaining(NODES));
			const credentials = await stack.api.credentialTypes();
			for (const { credentialType } of allServers(stack))
				expect(credentials.filter(({ name }) => name === credentialType)).toHaveLength(1);
		});

		it('tests each credential, and says so where the password is wrong', async () => {
			const servers = allServers(stack);
			for (const { credentialType, credential } of servers) {
				const saved = stack.credentials[credentialType]!;
				expect([credentialType, await stack.api.testCredential(saved, credential)]).toMatchObject([
					credentialType,
					{ status: 'OK' },
				]);
			}
			const [{ credentialType, credential }] = servers as [(typeof servers)[number]];
			expect(
				await stack.api.testCredential(stack.credentials[credentialType]!, {
					...credential,
					password: 'wrong',
				}),
			).toMatchObject({
				status: 'Error',
				message: expect.stringContaining('The server refuses the username or the password'),
			});
		});

		it('fills a list to pick from', async () => {
			const type = (await stack.api.nodeTypes()).find(({ name }) => name === NODES[2])!;
			const properties = type.properties as Array<{
				name: string;
				modes?: Array<{ name: string; typeOptions?: { searchListMethod?: string } }>;
			}>;
			const method = properties
				.filter(({ name }) => name === 'jobId')
				.flatMap(({ modes = [] }) => modes)
				.find(({ name }) => name === 'list')!.typeOptions!.searchListMethod!;
			const credential = stack.credentials.veeamBackupReplicationApi!;
			const { results } = await stack.api.call<{ results: Array<{ name: string }> }>(
				'POST',
				'/dynamic-node-parameters/resource-locator-results',
				{
					path: 'parameters.jobId',
					methodName: method,
					nodeTypeAndVersion: { name: NODES[2], version: 1 },
					currentNodeParameters: { resource: 'job', operation: 'getJob' },
					credentials: {
						veeamBackupReplicationApi: { id: credential.id, name: credential.name },
					},
				},
			);
			expect(results.map(({ name }) => name)).toContain('Backup - Exchange');
		});

		it('runs an action of each product', async () => {
			const repositories = await publish(stack, 'Repositories', [
				veeamNode('Repositories', {
					resource: 'repository',
					operation: 'getManyRepositoryStates',
					returnAll: true,
				}),
			]);
			expect((await repositories.run<{ name: string }>()).map(({ name }) => name)).toContain(
				'Default Backup Repository',
			);
			const organizations = await publish(stack, 'Organizations', [
				veeamNode(
					'Organizations',
					{ resource: 'organization', operation: 'getOrganizations', returnAll: true },
					{},
					'veeamBackupMicrosoft365',
				),
			]);
			expect((await organizations.run<{ name: string }>()).map(({ name }) => name)).toContain(
				'example.onmicrosoft.com',
			);
			const companies = await publish(stack, 'Companies', [
				veeamNode(
					'Companies',
					{ resource: 'company', operation: 'listCompanies', returnAll: true },
					{},
					'veeamServiceProviderConsole',
				),
			]);
			expect((await companies.run()).length).toBeGreaterThan(2);
		});

		it('gives the reason of a refusal', async () => {
			const missing = '11111111-2222-3333-4444-555555555555';
			const one = await publish(stack, 'Missing', [
				veeamNode(
					'Job',
					{
						resource: 'job',
						operation: 'getJob',
						jobId: { __rl: true, mode: 'id', value: missing },
					},
					{ onError: 'continueRegularOutput' },
				),
			]);
			expect(await one.run()).toMatchObject([
				{ error: expect.stringContaining('The server knows no object with') },
			]);
		});

		it.each([
			[
				'a wrong password',
				{ password: 'wrong' },
				'The server refuses the username or the password',
			],
			['a server that is off', { serverUrl: 'https://127.0.0.1:1' }, 'the connection was refused'],
			['a name that nobody knows', { serverUrl: 'https://nowhere.invalid' }, 'is not known here'],
			['a certificate of its own', { ignoreSslIssues: false }, 'is not trusted: it is'],
		])('says what is wrong at %s', async (name, data, message) => {
			const { credentialType, credential } = allServers(stack)[0]!;
			const saved = await stack.api.saveCredential(name, credentialType, {
				...credential,
				...data,
			});
			const one = await publish(
				{ ...stack, credentials: { ...stack.credentials, [credentialType]: saved } },
				name,
				[
					veeamNode(
						'Jobs',
						{ resource: 'job', operation: 'getManyJobs' },
						{ onError: 'continueRegularOutput' },
					),
				],
			);
			expect(await one.run()).toMatchObject([{ error: expect.stringContaining(message) }]);
		});

		it('makes a report', async () => {
			const one = await publish(stack, 'Report', [
				veeamNode('Report', { resource: 'report', operation: 'getProtectionReport' }),
			]);
			const [item] = await one.run<{ verdict: { status: string }; html: string }>();
			expect(item).toMatchObject({ verdict: { status: 'bad' } });
			expect(item!.html).toContain('Backup - Exchange');
		});

		it('downloads a file whole, however n8n keeps it', async () => {
			const size = 300_000;
			await stack.vspc.control.settings({ downloadBytes: size });
			const sent = Buffer.from(Array.from({ length: size }, (_, byte) => byte % 251));
			const one = await publish(stack, 'Download', [
				veeamNode(
					'Package',
					{ resource: 'managementAgent', operation: 'downloadLinuxManagementPackage' },
					{},
					'veeamServiceProviderConsole',
				),
				baseNode('Hash', 'crypto', 1, {
					action: 'hash',
					type: 'SHA256',
					binaryData: true,
					binaryPropertyName: 'data',
					dataPropertyName: 'sha256',
				}),
			]);
			expect(await one.run()).toMatchObject([
				{ sha256: createHash('sha256').update(sent).digest('hex') },
			]);
		});

		it('starts a workflow once when a job fails, and is silent before', async () => {
			stack.standIns.tickets.clear();
			const workflow = await importPolling(stack, {
				name: `Watch ${version}`,
				nodes: [veeamTrigger('Watch', ['sessionFinished']), report(stack)],
			});
			await workflow.poll();
			await workflow.poll();
			expect(reported(stack)).toEqual([]);
			await stack.vbr.control.runJob('Backup - Exchange', {
				result: 'Failed',
				object: 'mail02',
				reason: 'Disk is locked',
				atOnce: true,
			});
			await stack.standIns.tickets.waitFor(({ status }) => status === 201, 60_000);
			await workflow.poll();
			await workflow.stop();
			expect(reported(stack)).toEqual([
				'problem: Backup Job "Backup - Exchange" failed:\n• mail02: Disk is locked',
			]);
		});
	});
}

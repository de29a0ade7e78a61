import type { DemoStack } from '../../demo/stack';
import { repositoryId } from '../../simulator/vbr/estate/repositories';
import { httpRequestNodeTests } from './httpRequestNode';
import { microsoft365Tests } from './microsoft365';
import { protectionReportTests } from './protectionReports';
import { outsideServiceTests } from './outsideServices';
import { restartTests } from './restart';
import { serviceProviderConsoleTests } from './serviceProviderConsole';
import { START_MINUTES, startTestStack } from './stack';
import { unreachableTests } from './unreachable';
import { baseNode, executeFrom, publish, statusOf, veeamNode } from './workflows';

/** A real n8n with the packed package, the simulated server over HTTPS, a real mail server. */
describe('In a real n8n', () => {
	let stack: DemoStack;

	beforeAll(async () => {
		stack = await startTestStack('e2e');
	}, START_MINUTES * 60_000);
	afterAll(async () => await stack?.stop(), 60_000);
	beforeEach(async () => await stack.vbr.control.reset());

	jest.setTimeout(180_000);

	it('the package is listed among the community packages, loaded, with its nodes', async () => {
		const { version } = jest.requireActual<{ version: string }>('../../package.json');

		const packages = await stack.api.call<unknown[]>('GET', '/community-packages');

		expect(packages).toEqual([
			{
				packageName: 'n8n-nodes-veeam',
				installedVersion: version,
				authorName: 'The n8n-nodes-veeam team',
				authorEmail: 'n8n-nodes-veeam@users.noreply.github.com',
				createdAt: expect.any(String),
				updatedAt: expect.any(String),
				failedLoading: false,
				installedNodes: [
					{
						name: 'Veeam Backup & Replication',
						type: 'n8n-nodes-veeam.veeamBackupReplication',
						latestVersion: 1,
					},
					{
						name: 'Veeam Backup & Replication Trigger',
						type: 'n8n-nodes-veeam.veeamBackupReplicationTrigger',
						latestVersion: 1,
					},
					{
						name: 'Veeam Backup for Microsoft 365',
						type: 'n8n-nodes-veeam.veeamBackupMicrosoft365',
						latestVersion: 1,
					},
					{
						name: 'Veeam Backup for Microsoft 365 Trigger',
						type: 'n8n-nodes-veeam.veeamBackupMicrosoft365Trigger',
						latestVersion: 1,
					},
					{
						name: 'Veeam Service Provider Console',
						type: 'n8n-nodes-veeam.veeamServiceProviderConsole',
						latestVersion: 1,
					},
					{
						name: 'Veeam Service Provider Console Trigger',
						type: 'n8n-nodes-veeam.veeamServiceProviderConsoleTrigger',
						latestVersion: 1,
					},
				],
			},
		]);
	});

	describe('the daily repository report', () => {
		it('arrives as a mail with every repository: the one in trouble, then the fullest first', async () => {
			const { mail, status } = await report(stack);

			expect(status).toBe('success');
			expect(mail.recipients).toEqual(['backup-team@example.com']);
			expect(mail.mail.subject).toMatch(
				/^❌ Repository Report \(vbr01\.example\.lab\): 1 repository is offline, 1 repository is low/,
			);
			const lines = mail.mail.text!.split('\n');
			const of = (state: string, names: string[]) =>
				lines.filter((line) => names.some((name) => line.startsWith(`[${state}] ${name} - `)));
			expect(of('Offline', ['NAS Repository'])).toHaveLength(1);
			expect(of('Low', ['Default Backup Repository'])).toHaveLength(1);
			const rest = ['Extent 2', 'Extent 1', 'Main Repository', 'Hardened Repository'];
			expect(of('OK', rest).map((line) => rest.find((name) => line.includes(name)))).toEqual(rest);
		});

		it('shows a name with markup as it is written', async () => {
			const id = repositoryId('Main Repository');
			await stack.vbr.control.change(REPOSITORIES, id, { name: '<b>R&D</b>' });

			const { mail } = await report(stack);

			expect(mail.mail.html).toContain('&lt;b&gt;R&amp;D&lt;/b&gt;');
			expect(mail.mail.html).not.toContain('<b>R&');
		});
	});

	describe('the protection report', () => protectionReportTests(() => stack));

	describe('the HTTP Request node with a credential of ours', () =>
		httpRequestNodeTests(() => stack));

	it('a token that expired between two runs is renewed by one login, unnoticed', async () => {
		const workflow = await publish(stack, 'Expired token', [
			veeamNode('Repositories', {
				resource: 'repository',
				operation: 'getManyRepositories',
				returnAll: true,
				simplify: false,
			}),
		]);
		const before = await workflow.run<{ id: string }>();
		expect(await stack.vbr.control.expireTokens()).toBeGreaterThan(0);
		await stack.vbr.control.clearRequests();

		const after = await workflow.run<{ id: string }>();

		expect(after).toEqual(before);
		expect(after).toHaveLength(11);
		const calls = (await stack.vbr.control.requests()).map(
			({ method, path, status }) => `${method} ${path} ${status}`,
		);
		expect(calls).toEqual([
			`GET ${REPOSITORIES} 401`,
			'POST /api/oauth2/token 200',
			`GET ${REPOSITORIES} 200`,
		]);
	});

	it('Continue On Fail gives one error item for a bad id, and pairs each result with its input', async () => {
		const main = repositoryId('Main Repository');
		const nas = repositoryId('NAS Repository');
		const workflow = await publish(stack, 'Continue On Fail', [
			baseNode('Ids', 'splitOut', 1, {
				fieldToSplitOut: 'body.ids',
				options: { destinationFieldName: 'id' },
			}),
			veeamNode(
				'Repository',
				{
					resource: 'repository',
					operation: 'getRepository',
					repositoryId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				},
				{ onError: 'continueRegularOutput' },
			),
			baseNode('Result', 'set', 3.4, {
				assignments: {
					assignments: [
						// Only resolvable where our item says which input item it comes from.
						{ id: 'asked', name: 'asked', type: 'string', value: "={{ $('Ids').item.json.id }}" },
						{ id: 'name', name: 'name', type: 'string', value: '={{ $json.name }}' },
						{ id: 'error', name: 'error', type: 'string', value: '={{ $json.error }}' },
					],
				},
				options: {},
			}),
		]);
		const unknown = '00000000-1111-2222-3333-444444444444';

		const items = await workflow.run<{ asked: string; name: string | null; error: string | null }>({
			ids: [main, unknown, nas],
		});

		expect(items).toEqual([
			{ asked: main, name: 'Main Repository', error: null },
			{ asked: unknown, name: null, error: expect.stringMatching(/\S/) },
			{ asked: nas, name: 'NAS Repository', error: null },
		]);
	});

	describe("the credential's Test button", () => {
		const test = async (changes: Record<string, unknown> = {}) =>
			await stack.api.testCredential(stack.credentials.veeamBackupReplicationApi!, {
				...stack.vbr.credential,
				...changes,
			});

		it('says yes to the right password', async () => {
			expect(await test()).toEqual({
				status: 'OK',
				message: expect.stringMatching(/^Connected: Veeam /) as string,
			});
		});

		it('says that the password is wrong', async () => {
			expect(await test({ password: 'not this one' })).toEqual({
				status: 'Error',
				message:
					'The server refuses the username or the password. Check both. Domain accounts are written DOMAIN\\user or user@domain, local ones .\\user. The server says: Authentication failed: wrong user name or password',
			});
		});

		it('says that the account has multi-factor authentication', async () => {
			const { status, message } = await test({ username: 'mfa' });
			expect(status).toBe('Error');
			expect(message).toMatch(/^The account uses multi-factor authentication/);
		});

		it('says which API versions the server knows', async () => {
			await stack.vbr.control.settings({ supportedVersions: ['1.2-rev1', '1.3-rev0'] });

			expect(await test({ apiVersion: '1.3-rev2' })).toEqual({
				status: 'Error',
				message:
					'The server does not know API version 1.3-rev2. It supports 1.2-rev1 and 1.3-rev0. Choose one of them as API version in the credential.',
			});
		});

		unreachableTests(test);
	});

	describe('Veeam Backup for Microsoft 365:', () => microsoft365Tests(() => stack));

	describe('Veeam Service Provider Console:', () => serviceProviderConsoleTests(() => stack));

	describe('A service outside, of which a stand-in answers:', () =>
		outsideServiceTests(() => stack));

	describe('n8n killed and started again:', () => restartTests(() => stack));
});

const REPOSITORIES = '/api/v1/backupInfrastructure/repositories';

/** Executes the example workflow and waits for its mail and its end. */
async function report(stack: DemoStack) {
	const example = stack.examples.find(({ name }) => name === 'Daily repository report')!;
	const earlier = stack.mail.mails.length;
	const execution = await executeFrom(stack, example.id, 'Every Morning at 7');
	const status = await statusOf(stack, execution);
	// Other examples mail, too, when the demo starts.
	const mail = await stack.mail.waitFor(
		({ number, mail: { subject = '' } }) =>
			number > earlier && subject.includes('Repository Report'),
		10_000,
	);
	return { mail, status };
}

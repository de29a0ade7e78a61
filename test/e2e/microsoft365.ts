import type { DemoStack } from '../../demo/stack';
import { tableOf } from './mailTable';
import { unreachableTests } from './unreachable';
import { exampleNamed, executeFrom, outputOf, publish, statusOf, veeamNode } from './workflows';

/** What Veeam Backup for Microsoft 365 does in a real n8n. */
export function microsoft365Tests(stackOf: () => DemoStack): void {
	beforeEach(async () => await stackOf().vb365.control.reset());

	it('a token that expired between two runs is renewed by one login, unnoticed', async () => {
		const { vb365: microsoft365 } = stackOf();
		const workflow = await publish(stackOf(), 'Microsoft 365: expired token', [
			veeamNode(
				'Organizations',
				{
					resource: 'organization',
					operation: 'getOrganizations',
					returnAll: true,
					simplify: false,
				},
				{},
				'veeamBackupMicrosoft365',
			),
		]);
		const before = await workflow.run<{ name: string }>();
		expect(await microsoft365.control.expireTokens()).toBeGreaterThan(0);
		await microsoft365.control.clearRequests();

		const after = await workflow.run<{ name: string }>();

		expect(after).toEqual(before);
		expect(after.map(({ name }) => name)).toEqual([
			'example.onmicrosoft.com',
			'branch.onmicrosoft.com',
		]);
		const calls = (await microsoft365.control.requests()).map(
			({ method, path, status }) => `${method} ${path} ${status}`,
		);
		expect(calls[0]).toBe('GET /v8/Organizations 401');
		expect(calls.filter((call) => call.startsWith('POST'))).toEqual(['POST /v8/token 200']);
		expect(calls.at(-1)).toBe('GET /v8/Organizations 200');
	});

	it('the example "unprotected users" makes a table of those in no backup', async () => {
		const example = exampleNamed(stackOf(), 'Microsoft 365: unprotected users to a table');
		const execution = await executeFrom(stackOf(), example.id, 'When Clicking Execute');

		expect(await statusOf(stackOf(), execution)).toBe('success');
		const items = await outputOf<{ table: string }>(stackOf(), execution, 'Table');
		expect(items).toHaveLength(1);
		expect(tableOf(items[0]!.table)).toEqual([
			['User', 'Email', 'Type'],
			['Jonas Weber', 'jonas.weber@example.onmicrosoft.com', 'User'],
			['Katya Petrova', 'katya.petrova@example.onmicrosoft.com', 'User'],
			['Liam Byrne', 'liam.byrne@example.onmicrosoft.com', 'User'],
			['Quinn Murphy', 'quinn.murphy@branch.onmicrosoft.com', 'User'],
		]);
	});

	describe('the example "restore a user\'s mail to PST"', () => {
		const request = async (body: { organization: string; user: string }) =>
			await fetch(`${stackOf().n8n.address}/webhook/restore-user-mail`, {
				method: 'POST',
				body: new URLSearchParams(body),
			});
		/** What became of the restore sessions, once the workflow has ended. */
		const stopped = async () => {
			for (let attempt = 0; attempt < 50; attempt++) {
				const calls = (await stackOf().vb365.control.requests()).filter(
					({ method, path }) => method === 'POST' && /RestoreSessions\/[^/]+\/stop$/i.test(path),
				);
				if (calls.length > 0) return calls.map(({ status }) => status);
				await new Promise((done) => setTimeout(done, 100));
			}
			return [];
		};

		it('answers with the PST of the mailbox, and stops the restore session', async () => {
			await stackOf().vb365.control.settings({ downloadBytes: 100_000 });

			const response = await request({
				organization: 'example.onmicrosoft.com',
				user: 'ada.winter@example.onmicrosoft.com',
			});

			const file = Buffer.from(await response.arrayBuffer());
			expect(response.status).toBe(200);
			expect(response.headers.get('content-type')).toBe('application/octet-stream');
			expect(response.headers.get('content-disposition')).toBe(
				'attachment; filename="ada.winter@example.onmicrosoft.com.pst"',
			);
			// What the simulator sends as a file, whole and unchanged.
			expect(file).toEqual(Buffer.from(Array.from({ length: 100_000 }, (_, at) => at % 251)));
			expect(await stopped()).toEqual([204]);
		});

		it('says that there is no such mailbox, and stops the restore session', async () => {
			const response = await request({
				organization: 'example.onmicrosoft.com',
				user: 'nobody@example.onmicrosoft.com',
			});

			expect(response.status).toBe(404);
			expect(await response.json()).toEqual({ error: 'There is no such mailbox in the backup.' });
			expect(await stopped()).toEqual([204]);
		});

		it('says what failed, and stops the restore session', async () => {
			await stackOf().vb365.control.fault({
				path: '/v8/RestoreSessions/*/Organization/Mailboxes*',
				action: { kind: 'status', status: 403, body: { message: 'No right to restore' } },
			});

			const response = await request({
				organization: 'example.onmicrosoft.com',
				user: 'ada.winter@example.onmicrosoft.com',
			});

			expect(response.status).toBe(502);
			expect(await response.json()).toEqual({ error: expect.stringMatching(/\S/) });
			expect(await stopped()).toEqual([204]);
		});

		it('says that there is no such organization, and opens no restore session', async () => {
			const response = await request({
				organization: 'nowhere.onmicrosoft.com',
				user: 'ada.winter@nowhere.onmicrosoft.com',
			});

			expect(response.status).toBe(404);
			expect(await response.json()).toEqual({
				error: 'There is no such organization in Veeam Backup for Microsoft 365.',
			});
			const calls = await stackOf().vb365.control.requests();
			expect(calls.filter(({ path }) => /RestoreSessions|explore/i.test(path))).toEqual([]);
		});
	});

	describe("the credential's Test button", () => {
		const test = async (changes: Record<string, unknown> = {}) =>
			await stackOf().api.testCredential(stackOf().credentials.veeamBackupMicrosoft365Api!, {
				...stackOf().vb365.credential,
				...changes,
			});

		it('says yes to the right password', async () => {
			expect(await test()).toEqual({
				status: 'OK',
				message: expect.stringMatching(/^Connected: Veeam /) as string,
			});
		});

		it('says that the password is wrong', async () => {
			const { status, message } = await test({ password: 'not this one' });
			expect(status).toBe('Error');
			expect(message).toMatch(/^The server refuses the username or the password\. /);
		});

		it('says that the assertion is refused', async () => {
			const { status, message } = await test({
				authentication: 'certificate',
				clientId: '6d1a0000-0000-4000-a000-000000000365',
				assertionToken: 'not signed',
			});
			expect(status).toBe('Error');
			expect(message).toMatch(/^The server refuses the client ID or the assertion\. /);
		});

		it('says that the server does not know the API version', async () => {
			const { status, message } = await test({ apiVersion: 'other', otherApiVersion: 'v99' });
			expect(status).toBe('Error');
			expect(message).toMatch(/^The server does not know API version v99\. /);
		});

		unreachableTests(test);
	});
}

import type { DemoStack } from '../../demo/stack';
import { baseNode, publish } from './workflows';

/** Our credentials in n8n's own HTTP Request node ("Predefined Credential Type"). */
export function httpRequestNodeTests(stackOf: () => DemoStack): void {
	const products = [
		{
			type: 'veeamBackupReplicationApi',
			path: '/api/v1/jobs/states?limit=1',
			holds: { data: [expect.any(Object)] },
			server: () => stackOf().vbr,
			other: () => stackOf().vb365,
			logins: 1,
		},
		{
			type: 'veeamBackupMicrosoft365Api',
			path: '/v8/Organizations',
			holds: { results: expect.any(Array) },
			server: () => stackOf().vb365,
			other: () => stackOf().vbr,
			logins: 1,
		},
		{
			type: 'veeamServiceProviderConsoleApi',
			path: '/api/v3/organizations/companies',
			holds: { data: expect.any(Array) },
			server: () => stackOf().vspc,
			other: () => stackOf().vbr,
			// The demo's credential is a key.
			logins: 0,
		},
	] as const;

	describe.each(products)('$type', ({ type, path, holds, server, other, logins }) => {
		const call = async (url: string, options: Record<string, unknown> = {}) => {
			const node = {
				...baseNode('Request', 'httpRequest', 4.2, {
					url,
					authentication: 'predefinedCredentialType',
					nodeCredentialType: type,
					options,
				}),
				credentials: { [type]: { id: null, name: 'any' } },
				onError: 'continueRegularOutput',
			};
			const workflow = await publish(stackOf(), `HTTP Request: ${type}`, [node]);
			return async () => (await workflow.run<Record<string, unknown>>())[0]!;
		};
		const received = async (of: ReturnType<typeof server>) => await of.control.requests();

		beforeEach(async () => {
			for (const one of [server(), other()]) {
				await one.control.reset();
				await one.control.expireTokens(true);
				await one.control.clearRequests();
			}
		});

		it('works, without a certificate that n8n trusts, with one login for several runs', async () => {
			const run = await call(`${server().url}${path}`);
			expect(await run()).toMatchObject(holds);
			expect(await run()).toMatchObject(holds);
			const paths = (await received(server())).filter(
				({ path: at, status }) => /\/token$/i.test(at) && status === 200,
			);
			expect(paths).toHaveLength(logins);
		});

		it('takes the token to no other server: not by a redirect that is followed, not by its address', async () => {
			await server().control.fault({
				method: 'GET',
				path: path.split('?')[0]!,
				times: 100,
				action: { kind: 'redirect', location: `${other().url}/steal` },
			});
			const redirected = await call(`${server().url}${path}`, {
				redirect: { redirect: { followRedirects: true, maxRedirects: 5 } },
			});
			expect(await redirected()).toHaveProperty('error');
			const elsewhere = await call(`${other().url}/steal`);
			expect(JSON.stringify(await elsewhere())).toMatch(
				/The request goes to https:[^ ]+, but the credential belongs to/,
			);
			// Published examples may poll it; nobody else asks for this path.
			expect((await received(other())).filter(({ path: at }) => at === '/steal')).toEqual([]);
		});
	});
}

import { VSPC_API_KEYS, VSPC_MFA_CODE } from '../../../simulator';
import { connected, type ServiceProviderConsoleClient } from './vspc.client';

describe('The login of Veeam Service Provider Console', () => {
	let client: ServiceProviderConsoleClient;

	beforeAll(async () => {
		client = await connected();
	});
	beforeEach(() => client.simulator.control.reset());
	afterAll(() => client.simulator.close());

	const statusWith = async (token: string | null) =>
		(await client.get('/about', {}, { token })).status;

	it('gives a token for an hour and renews it once', async () => {
		const { body } = await client.login();
		const before = await statusWith(body.access_token);
		await client.simulator.control.advance(3601);
		const late = await client.get('/about', {}, { token: body.access_token });
		const form = { grant_type: 'refresh_token', refresh_token: body.refresh_token };
		const renewed = await client.login(form);

		expect(body).toMatchObject({ token_type: 'bearer', expires_in: 3600, mfa_token: null });
		expect([before, late.status, renewed.status]).toEqual([200, 401, 200]);
		expect(late.body).toEqual({
			errors: [{ message: 'The access token has expired', type: 'security', code: 101 }],
		});
		expect((await client.login(form)).status).toBe(400);
	});

	it('says what is wrong with a login as OAuth does', async () => {
		const wrong = await client.login({ password: 'wrong' });
		const unknown = await client.login({ grant_type: 'nonsense' });

		expect([wrong.status, wrong.body]).toEqual([
			400,
			{
				error: 'invalid_grant',
				error_description: 'The user name or password is incorrect',
			},
		]);
		expect(unknown.body.error).toBe('unsupported_grant_type');
	});

	it('gives a user with MFA no token before the code', async () => {
		const { body, status } = await client.login({ username: 'mfa' });
		const form = { grant_type: 'mfa', mfa_token: body.mfa_token, mfa_code: '000000' };
		const wrong = await client.login(form);
		const right = await client.login({ ...form, mfa_code: VSPC_MFA_CODE });

		expect(status).toBe(200);
		expect(body).toEqual({ mfa_token: expect.any(String), token_type: 'bearer' });
		expect([wrong.status, right.status]).toEqual([400, 200]);
	});

	it('takes API keys that never expire; a read-only one writes nothing', async () => {
		await client.simulator.control.expireTokens(true);
		const body = { organizationInput: { name: 'New' }, ownerCredentials: { userName: 'owner' } };
		const write = (token: string) =>
			client.send('POST', '/organizations/companies', { token, body });
		const refused = await write(VSPC_API_KEYS.readOnly);

		expect(await statusWith(VSPC_API_KEYS.readOnly)).toBe(200);
		expect((await write(VSPC_API_KEYS.full)).status).toBe(200);
		expect([refused.status, refused.body.errors[0].type]).toEqual([403, 'security']);
		expect(await statusWith('no-key')).toBe(401);
	});

	it('gives a token that may only read where a login asks for one', async () => {
		const { access_token: token } = (await client.login({ readOnly: 'true' })).body;
		const path = '/infrastructure/backupServers/jobs';
		const [job] = (await client.get(path)).body.data;

		expect(await statusWith(token)).toBe(200);
		expect((await client.send('POST', `${path}/${job.instanceUid}/start`, { token })).status).toBe(
			403,
		);
	});

	it('knows its versions with and without a build, and no other', async () => {
		const ask = async (version: string) =>
			(await client.get('/about', {}, { headers: { 'X-Client-Version': version } })).status;

		expect([await ask('3.6'), await ask('3.6.1.1234'), await ask('2.0')]).toEqual([200, 200, 400]);
	});

	it('has the operations of a version alone', async () => {
		const path = '/organizations/companies/sites';
		const of = async (version: string) =>
			(await client.get(path, {}, { headers: { 'X-Client-Version': version } })).status;

		expect([await of('3.5.1'), await of('3.6')]).toEqual([200, 404]);
	});
});

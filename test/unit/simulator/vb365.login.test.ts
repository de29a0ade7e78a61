import { VB365_APPLICATIONS } from '../../../simulator';
import { connected, type Microsoft365Client } from './vb365.client';

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhcHAifQ.c2lnbmF0dXJl';

describe('The login of Veeam Backup for Microsoft 365', () => {
	let client: Microsoft365Client;

	beforeAll(async () => {
		client = await connected();
	});
	beforeEach(async () => {
		await client.simulator.control.reset();
		await client.login();
	});
	afterAll(() => client.simulator.close());

	it('gives a token for 60 minutes that ends by the simulated clock', async () => {
		const { body } = await client.login();
		const before = await client.get('/License');
		await client.simulator.control.advance(3599);
		const still = await client.get('/License');
		await client.simulator.control.advance(2);
		const after = await client.get('/License');

		expect(body).toMatchObject({ token_type: 'bearer', expires_in: 3600 });
		expect([before.status, still.status, after.status]).toEqual([200, 200, 401]);
		expect(after.body).toEqual({ message: 'The access token has expired' });
	});

	it('refuses a wrong password without a word of what is right', async () => {
		const { status, body } = await client.login({ password: 'wrong' });

		expect([status, body]).toEqual([401, { message: 'The user name or password is incorrect' }]);
	});

	it('takes a refresh token once', async () => {
		const { refresh_token: token } = (await client.login()).body;
		const form = { grant_type: 'refresh_token', refresh_token: token };

		expect((await client.login(form)).status).toBe(200);
		expect((await client.login(form)).status).toBe(401);
	});

	it('takes the assertion of a known application, and no other', async () => {
		const form = {
			grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
			client_id: VB365_APPLICATIONS[0] as string,
			assertion: JWT,
		};
		const good = await client.login(form);
		const stranger = await client.login({
			...form,
			client_id: '11111111-2222-4333-8444-555555555555',
		});
		const incomplete = await client.login({ ...form, assertion: '' });

		expect([good.status, stranger.status, incomplete.status]).toEqual([200, 401, 400]);
	});

	it('demands an antiforgery token from v7 on, unless the login says not to', async () => {
		await client.login({ disable_antiforgery_token: 'false' });
		const refused = await client.get('/License');
		await client.login({ disable_antiforgery_token: 'false' }, 'v6');
		const old = await client.get('/License', 'v6');

		expect(refused.status).toBe(400);
		expect(refused.body.message).toContain('antiforgery token');
		expect(old.status).toBe(200);
	});

	it.each([
		['v6', 404],
		['v7', 200],
		['v8', 204],
	])('logs out in %s with %i', async (version, status) => {
		await client.login({}, version);
		const logout = await client.ask(`/${version}/token/logout`, { method: 'POST' });

		expect(logout.status).toBe(status);
		expect((await client.get('/License', version)).status).toBe(status === 404 ? 200 : 401);
	});

	it('answers health and portal settings to anyone, and nothing else', async () => {
		client.token = null;
		const statuses = [];
		for (const path of ['/Health', '/RestorePortalSettings', '/License']) {
			statuses.push((await client.get(path)).status);
		}

		expect(statuses).toEqual([200, 200, 401]);
	});

	it('lets a restore operator restore, and nothing else', async () => {
		await client.login({ username: 'operator' });

		expect((await client.get('/RestoreSessions')).status).toBe(200);
		const { status, body } = await client.get('/Jobs');
		expect(status).toBe(403);
		expect(body).toMatchObject({ errorCode: 'ResourceAccessDenied' });
	});

	it('serves only the versions it is told to', async () => {
		await client.simulator.control.settings({ supportedVersions: ['v7'] });
		await client.login({}, 'v7');

		expect((await client.get('/License', 'v7')).status).toBe(200);
		expect((await client.get('/License', 'v8')).status).toBe(404);
		expect((await client.login({}, 'v8')).status).toBe(404);
	});
});

import { Client, connected } from './client';

const FORM = { grant_type: 'password', username: 'VBR01\\admin', password: 'veeam-demo' };

describe('Logging in to the simulated backup server', () => {
	let client: Client;

	beforeAll(async () => {
		client = await connected();
	});
	beforeEach(async () => {
		await client.simulator.control.reset();
		client.version = '1.3-rev2';
		await client.login();
	});
	afterAll(() => client.simulator.close());

	it('gives a token with the documented fields, and calls work with it', async () => {
		const { status, body } = await client.login();

		expect(status).toBe(200);
		expect(body).toEqual({
			access_token: expect.any(String),
			token_type: 'bearer',
			refresh_token: expect.any(String),
			expires_in: 900,
			'.issued': expect.any(String),
			'.expires': expect.any(String),
		});
		expect(Date.parse(body['.expires']) - Date.parse(body['.issued'])).toBe(900_000);
		expect((await client.get('/jobs/states?limit=1')).status).toBe(200);
	});

	it.each(['admin', '.\\admin', 'VBR01\\Admin', 'admin@example.lab'])(
		'knows the account as %s',
		async (username) => {
			expect((await client.login({ ...FORM, username })).status).toBe(200);
		},
	);

	it('tells a wrong password, an unknown user and an account with MFA apart from success', async () => {
		const wrong = await client.login({ ...FORM, password: 'wrong' });
		const unknown = await client.login({ ...FORM, username: 'nobody' });
		const mfa = await client.login({ ...FORM, username: 'mfa' });

		expect([wrong.status, wrong.body.errorCode]).toEqual([401, 'AccessDenied']);
		expect(unknown.body).toEqual(wrong.body);
		expect([mfa.status, mfa.body.errorCode]).toEqual([401, 'AccessDenied']);
		expect(mfa.body.message).toContain('MFA');
	});

	it('refuses a login that is no form, has no password, or asks for another grant', async () => {
		const json = await client.ask('/api/oauth2/token', { method: 'POST', body: FORM });
		const half = await client.login({ grant_type: 'password', username: 'admin' });
		const other = await client.login({ grant_type: 'client_credentials' });

		for (const reply of [json, half, other]) {
			expect([reply.status, reply.body.errorCode]).toEqual([400, 'UnexpectedContent']);
		}
	});

	it('wants a revision it knows on every call, the login and anonymous calls included', async () => {
		const replies = [
			await client.login(FORM, null),
			await client.login(FORM, '2.0-rev0'),
			await client.get('/serverTime', { version: null }),
			await client.get('/jobs', { version: '1.0-rev2' }),
		];

		for (const { status, body } of replies) {
			expect(status).toBe(400);
			expect(body).toEqual({
				errorCode: 'NotImplemented',
				message:
					'Unsupported RESTAPI version. The following versions are supported: ' +
					'1.1-rev0, 1.2-rev1, 1.3-rev0, 1.3-rev1, 1.3-rev2.',
				resourceId: '',
			});
		}
	});

	it('can be an older server that knows fewer revisions', async () => {
		await client.simulator.control.settings({ supportedVersions: ['1.2-rev1'] });

		const newer = await client.get('/jobs');
		const known = await client.get('/jobs', { version: '1.2-rev1' });

		expect(newer.body.message).toBe(
			'Unsupported RESTAPI version. The following versions are supported: 1.2-rev1.',
		);
		expect(known.status).toBe(200);
	});

	it('answers server time and certificate to anyone, and nothing else', async () => {
		const time = await client.get('/serverTime', { token: null });
		const certificate = await client.get('/serverCertificate', { token: null });
		const jobs = await client.get('/jobs', { token: null });
		const nonsense = await client.get('/jobs', { token: 'nonsense' });

		expect(Date.parse(time.body.serverTime)).toBeCloseTo(Date.now(), -4);
		expect(certificate.body.subject).toContain('Simulated Veeam server');
		expect([jobs.status, jobs.body.errorCode]).toEqual([401, 'AccessDenied']);
		expect([nonsense.status, nonsense.body.errorCode]).toEqual([401, 'InvalidToken']);
	});

	it('lets tokens expire when their time is over', async () => {
		const { control } = client.simulator;
		await control.tokenLifetime(60);
		await client.login();
		await control.advance(59);
		const before = await client.get('/jobs');
		await control.advance(2);
		const after = await client.get('/jobs');

		expect(before.status).toBe(200);
		expect([after.status, after.body.errorCode]).toEqual([401, 'ExpiredToken']);
	});

	it('takes a refresh token once, and not after 14 days', async () => {
		const { control } = client.simulator;
		const refresh = (token: string) =>
			client.login({ grant_type: 'refresh_token', refresh_token: token });
		const first = await client.login();
		await control.expireTokens();

		const renewed = await refresh(first.body.refresh_token);
		const again = await refresh(first.body.refresh_token);
		await control.advance(14 * 24 * 3600 + 1);
		const late = await refresh(renewed.body.refresh_token);

		expect([renewed.status, again.status, late.status]).toEqual([200, 401, 401]);
	});

	it('ends a token at logout', async () => {
		const logout = await client.ask('/api/oauth2/logout', { method: 'POST' });
		const after = await client.get('/jobs');

		expect([logout.status, after.status]).toEqual([200, 401]);
	});

	it('lets a viewer read what a viewer may read, and nothing more', async () => {
		await client.login({ ...FORM, username: 'viewer' });
		const start = await client.named('/jobs', 'Backup - Production VMs');
		const status = async (path: string) => (await client.get(path)).status;

		expect(await status('/jobs/states')).toBe(200);
		expect(await status('/sessions?limit=1')).toBe(200);
		expect(await status('/malwareDetection/events')).toBe(200);
		for (const path of ['/serverInfo', '/license', '/configBackup', '/credentials']) {
			expect(await status(path)).toBe(403);
		}
		const write = await client.post(`/jobs/${start.id}/start`, { performActiveFull: false });
		expect([write.status, write.body.errorCode]).toEqual([403, 'AccessDenied']);
	});

	it('lets a security administrator read findings that a viewer may not', async () => {
		await client.login({ ...FORM, username: 'security' });
		const findings = await client.get('/securityAnalyzer/bestPractices');
		const info = await client.get('/serverInfo');

		expect([findings.status, info.status]).toEqual([200, 403]);
	});
});

import { createHash } from 'node:crypto';
import { Client, connected } from './client';

describe('The control endpoint of the simulator', () => {
	let client: Client;

	beforeAll(async () => {
		client = await connected();
	});
	beforeEach(async () => {
		await client.simulator.control.reset();
		await client.login();
		await client.simulator.control.clearRequests();
	});
	afterAll(() => client.simulator.close());

	const JOBS = { path: '/api/v1/jobs*' };

	it('makes the next matching requests fail, as often and as late as told', async () => {
		await client.simulator.control.fault({
			...JOBS,
			after: 1,
			times: 2,
			action: {
				kind: 'status',
				status: 503,
				body: { errorCode: 'ServiceUnavailable', message: '' },
			},
		});
		const statuses = [];
		for (let call = 0; call < 5; call++) statuses.push((await client.get('/jobs')).status);

		expect(statuses).toEqual([200, 503, 503, 200, 200]);
		expect((await client.get('/sessions?limit=1')).status).toBe(200);
	});

	it('answers 429 with Retry-After', async () => {
		await client.simulator.control.fault({
			action: { kind: 'status', status: 429, headers: { 'retry-after': '2' } },
		});
		const { status, headers } = await client.get('/jobs');

		expect([status, headers['retry-after']]).toEqual([429, '2']);
	});

	it('breaks connections, before or after the request was carried out', async () => {
		const { control } = client.simulator;
		const body = { type: 'Standard', username: 'twice', password: 'x', description: '' };
		const total = async () => (await client.get('/credentials')).body.pagination.total;
		const before = await total();
		await control.fault({ method: 'POST', action: { kind: 'reset' } });
		await expect(client.post('/credentials', body)).rejects.toThrow(/socket hang up|ECONNRESET/);
		const afterReset = await total();
		await control.fault({ method: 'POST', action: { kind: 'resetAfter' } });
		await expect(client.post('/credentials', body)).rejects.toThrow(/socket hang up|ECONNRESET/);

		expect([afterReset, await total()]).toEqual([before, before + 1]);
	});

	it('hangs without an answer', async () => {
		await client.simulator.control.fault({ ...JOBS, action: { kind: 'hang' } });
		const hanging = client.get('/jobs').then(() => 'answered');
		hanging.catch(() => {});
		const patience = new Promise((resolve) => setTimeout(() => resolve('nothing'), 150));

		expect(await Promise.race([hanging, patience])).toBe('nothing');
	});

	it('redirects, answers a web page, and breaks off JSON', async () => {
		const { control } = client.simulator;
		await control.fault({ ...JOBS, action: { kind: 'redirect', location: 'https://other.lab/' } });
		const redirect = await client.get('/jobs');
		await control.fault({ ...JOBS, action: { kind: 'html' } });
		const page = await client.get('/jobs');
		await control.fault({ ...JOBS, action: { kind: 'broken' } });

		expect([redirect.status, redirect.headers.location]).toEqual([302, 'https://other.lab/']);
		expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html']);
		await expect(client.get('/jobs')).rejects.toThrow(SyntaxError);
	});

	it('gives a page that is short, and a total that changes', async () => {
		const { control } = client.simulator;
		await control.fault({
			...JOBS,
			query: { skip: '5' },
			action: { kind: 'shortPage', missing: 2 },
		});
		await control.fault({ ...JOBS, query: { skip: '8' }, action: { kind: 'changeTotal', by: 3 } });
		const full = await client.get('/jobs?skip=0&limit=5');
		const short = await client.get('/jobs?skip=5&limit=5');
		const changed = await client.get('/jobs?skip=8&limit=5');

		expect(full.body.data).toHaveLength(5);
		expect(short.body.pagination).toEqual({ total: 12, count: 3, skip: 5, limit: 5 });
		expect(short.body.data).toHaveLength(3);
		expect(changed.body.pagination).toEqual({ total: 15, count: 4, skip: 8, limit: 5 });
	});

	it('changes repositories, jobs and any record there is', async () => {
		const { control } = client.simulator;
		await control.repository('main repository', { isOnline: false, freeGB: 3 });
		await control.runJob('Backup - Test Lab', { result: 'Warning', message: 'Slow', atOnce: true });
		await control.change('/api/v1/license', undefined, { status: 'Expired' });
		const practices = (await client.get('/securityAnalyzer/bestPractices')).body.items;
		await control.change('/api/v1/securityAnalyzer/bestPractices', practices[1].id, {
			status: 'Violation',
		});

		const state = await client.named(
			'/backupInfrastructure/repositories/states',
			'Main Repository',
		);
		const job = await client.named('/jobs/states', 'Backup - Test Lab');
		expect(state).toMatchObject({ isOnline: false, freeGB: 3, capacityGB: 20480 });
		expect(job).toMatchObject({ lastResult: 'Warning', status: 'Disabled' });
		expect((await client.get('/license')).body).toMatchObject({
			status: 'Expired',
			edition: 'EnterprisePlus',
		});
		expect((await client.get('/securityAnalyzer/bestPractices')).body.items[1]).toEqual({
			...practices[1],
			status: 'Violation',
		});
	});

	it('says when there is nothing of that name', async () => {
		await expect(client.simulator.control.repository('Nowhere', {})).rejects.toThrow('Nowhere');
	});

	it('keeps what arrived, without secrets', async () => {
		await client.login();
		await client.get('/jobs?limit=3');
		await client.post('/credentials', {
			type: 'Standard',
			username: 'svc',
			password: 'hush-hush',
			description: '',
		});
		const requests = await client.simulator.control.requests();

		expect(requests).toMatchObject([
			{ method: 'POST', path: '/api/oauth2/token', body: { password: '***' }, status: 200 },
			{ method: 'GET', path: '/api/v1/jobs', query: { limit: '3' }, status: 200 },
			{ method: 'POST', path: '/api/v1/credentials', body: { username: 'svc', password: '***' } },
		]);
		expect(requests[1]?.headers).toMatchObject({
			authorization: 'Bearer ***',
			'x-api-version': '1.3-rev2',
		});
		const text = JSON.stringify(requests);
		for (const secret of ['veeam-demo', 'hush-hush', client.token as string]) {
			expect(text).not.toContain(secret);
		}
	});

	it('counts uploads and streams downloads of the size it is told', async () => {
		const { control } = client.simulator;
		await control.settings({ downloadBytes: 1_000_000 });
		const [backup] = (await client.get('/backups')).body.data;
		const upload = await client.post(
			`/backupBrowser/entraIdTenant/${backup.id}/uploadUser`,
			undefined,
			{ raw: { type: 'application/octet-stream', content: Buffer.alloc(3_000_000, 'a') } },
		);
		const download = await client.post('/license/createReport', {
			reportFormat: 'PDF',
		});
		const requests = await control.requests();

		expect(upload.status).toBe(200);
		expect(requests.find(({ path }) => path.endsWith('uploadUser'))?.body).toEqual({
			receivedBytes: 3_000_000,
		});
		expect(download.headers).toMatchObject({
			'content-disposition': 'attachment; filename="Create Report.bin"',
			'content-type': 'application/octet-stream',
			'content-length': '1000000',
		});
		const expected = Buffer.from(Array.from({ length: 1_000_000 }, (_, index) => index % 251));
		const digest = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex');
		expect(digest(download.bytes)).toBe(digest(expected));
	});

	it('puts everything back at a reset', async () => {
		const { control } = client.simulator;
		await control.repository('Main Repository', { isOnline: false });
		await control.settings({ downloadBytes: 1 });
		await control.fault({ action: { kind: 'html' } });
		await control.reset();
		const old = await client.get('/jobs');
		await client.login();
		const state = await client.named(
			'/backupInfrastructure/repositories/states',
			'Main Repository',
		);

		expect(old.status).toBe(401);
		expect(state.isOnline).toBe(true);
	});

	it('listens on this machine alone, and takes no token', () => {
		expect(client.simulator.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
		expect(client.simulator.controlUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
	});
});

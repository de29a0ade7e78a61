import { connected, type Microsoft365Client } from './vb365.client';

type Row = Record<string, unknown>;

describe('The lists of Veeam Backup for Microsoft 365', () => {
	let client: Microsoft365Client;

	beforeAll(async () => {
		client = await connected();
	});
	beforeEach(async () => {
		await client.simulator.control.reset();
		await client.login();
	});
	afterAll(() => client.simulator.close());

	const organization = async () =>
		(await client.named('/Organizations', 'example.onmicrosoft.com')).id as string;

	it('gives one list as an array up to v7 and as a page in v8', async () => {
		const [old, page] = [await client.get('/Jobs', 'v7'), await client.get('/Jobs', 'v8')];

		expect(old.body.map(({ name }: Row) => name)).toEqual(
			page.body.results.map(({ name }: Row) => name),
		);
		expect(page.body).toMatchObject({ offset: 0, limit: 30 });
	});

	it('says the total up to v7 and not in v8', async () => {
		const [old, page] = [
			await client.get('/JobSessions', 'v7'),
			await client.get('/JobSessions', 'v8'),
		];

		expect(old.body.totalCount).toBe(49);
		expect(page.body).not.toHaveProperty('totalCount');
		expect([old.body.results.length, page.body.results.length]).toEqual([30, 30]);
		expect(page.body._links.next.href).toBe('/v8/JobSessions?offset=30&limit=30');
	});

	it('gives up to 10,000 a page and no more', async () => {
		await client.simulator.control.addSessions(10_100);
		const first = await client.get('/JobSessions?limit=20000');
		const rest = await client.get('/JobSessions?limit=10000&offset=10000');

		expect(first.body.limit).toBe(10_000);
		expect(first.body.results).toHaveLength(10_000);
		expect(rest.body.results).toHaveLength(149);
		expect(rest.body._links).not.toHaveProperty('next');
	});

	it('answers the used repositories as v4 and as v6 do', async () => {
		const path = `/Organizations/${await organization()}/UsedRepositories`;
		const repositories = (await client.get('/BackupRepositories', 'v6')).body;
		const [v4, v6] = [await client.get(path, 'v4'), await client.get(path, 'v6')];
		const { _links: oldLinks, ...old } = v4.body[0];
		const { _links: newLinks, ...now } = v6.body.results[0];

		expect(old).toEqual(now);
		expect(Object.keys(old)).toEqual([
			'usedSpaceBytes',
			'localCacheUsedSpaceBytes',
			'objectStorageUsedSpaceBytes',
			'isAvailable',
			'details',
		]);
		const id = newLinks.backupRepository.href.split('/').pop();
		expect(repositories.map((one: { id: string }) => one.id)).toContain(id);
		expect(newLinks.backupRepository.href).toBe(`/v6/backuprepositories/${id}`);
		expect(oldLinks.backupRepository.href).toBe(
			`${client.simulator.url}/v4/backuprepositories/${id}`,
		);
		expect(v6.body).toMatchObject({ offset: 0, limit: 30 });
		expect(v6.body.setId).toMatch(/^[0-9a-f-]{36}$/);
	});

	it('does not look at the case of a path', async () => {
		const path = `/organizations/${await organization()}/USEDREPOSITORIES`;

		expect((await client.get(path)).body.results).toHaveLength(3);
		expect((await client.get('/license')).body).toEqual((await client.get('/License')).body);
	});

	it('filters sessions by job, type, end and status, `Succeeded` meaning `Success`', async () => {
		const job = await client.named('/Jobs', 'Teams');
		const count = async (query: string) =>
			(await client.get(`/JobSessions?limit=1000&${query}`)).body.results.length;
		const since = new Date(Date.now() - 24 * 3_600_000).toISOString();

		expect(await count(`jobId=${job.id}`)).toBe(7);
		expect(await count('jobType=Copy')).toBe(14);
		expect(await count('status=Failed')).toBe(2);
		expect(await count('status=Succeeded')).toBe(46);
		expect(await count(`endTimeLowerBound=${since}`)).toBe(7);
		expect(await count(`endTimeUpperBound=${since}`)).toBe(42);
	});

	it('filters repositories by proxy and users by name', async () => {
		const proxy = await client.named('/Proxies', 'proxy02.example.lab');
		const repositories = await client.get(`/BackupRepositories?proxyId=${proxy.id}`);
		const users = await client.get(
			`/Organizations/${await organization()}/Users?displayName=${encodeURIComponent('ada')}`,
		);

		expect(repositories.body.results.map(({ name }: Row) => name)).toEqual(['Branch Repository']);
		expect(users.body.results.map(({ name }: Row) => name)).toEqual([
			'ada.winter@example.onmicrosoft.com',
		]);
	});

	it('tells protected users from unprotected ones, and follows a change', async () => {
		const path = `/Organizations/${await organization()}/Users?limit=100`;
		const licensed = async () =>
			new Set((await client.get('/LicensedUsers?limit=100')).body.results.map(({ id }: Row) => id));
		const without = async () => {
			const covered = await licensed();
			const users = (await client.get(path)).body.results as Row[];
			return users.filter(({ id }) => !covered.has(id)).map(({ displayName }) => displayName);
		};
		const before = await without();
		await client.simulator.control.user('Jonas Weber', { isProtected: true });
		await client.simulator.control.user('Ada Winter', { isProtected: false });
		await client.simulator.control.addUser('Nadia Rossi');

		expect(before).toEqual(['Jonas Weber', 'Katya Petrova', 'Liam Byrne']);
		expect(await without()).toEqual(['Ada Winter', 'Katya Petrova', 'Liam Byrne', 'Nadia Rossi']);
	});

	it('shows repositories of every state', async () => {
		const { results } = (await client.get('/BackupRepositories')).body;
		const states = results.map((one: Row) => [
			one.name,
			one.isOutOfSync,
			one.isOutOfOrder,
			one.isOutdated,
			(one.objectStorage as Row | undefined)?.type ?? null,
		]);

		expect(states).toEqual([
			['Default Backup Repository', false, false, false, null],
			['Object Storage Repository', false, false, false, 'AmazonS3Compatible'],
			['Azure Archive', true, false, false, 'AzureBlobArchive'],
			['Branch Repository', false, true, false, null],
			['Upgraded Repository', false, false, true, null],
		]);
	});

	it.each([
		['/Jobs?organizationId=nonsense', 400, 'ParameterValidationFailure'],
		['/Jobs?limit=-1', 400, 'ParameterValidationFailure'],
		['/JobSessions?status=Nonsense', 400, 'ParameterValidationFailure'],
		['/Jobs/11111111-2222-4333-8444-555555555555', 404, 'ResourceNotFound'],
	])('refuses %s with %i', async (path, status, errorCode) => {
		const reply = await client.get(path);

		expect(reply.status).toBe(status);
		expect(reply.body).toEqual({
			message: expect.any(String),
			errorCode,
			stackTrace: expect.any(String),
		});
	});

	it('can lose records of a page, as a server under load does', async () => {
		await client.simulator.control.fault({
			path: '/v8/JobSessions',
			action: { kind: 'shortPage', missing: 3 },
		});

		expect((await client.get('/JobSessions')).body.results).toHaveLength(27);
		expect((await client.get('/JobSessions')).body.results).toHaveLength(30);
	});
});

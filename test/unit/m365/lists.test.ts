import { BackupServer } from '../transport.support';
import { answering, ID, run, sent } from './support';

let server: BackupServer;
beforeAll(async () => {
	server = await BackupServer.start();
});
afterAll(async () => await server.stop());
beforeEach(() => server.reset());

const repository = (version: string, base = '') => ({
	usedSpaceBytes: 2671837184,
	localCacheUsedSpaceBytes: 0,
	objectStorageUsedSpaceBytes: 0,
	isAvailable: true,
	details: '',
	_links: { backupRepository: { href: `${base}/${version}/backuprepositories/${ID(1)}` } },
});

describe('the repositories of an organization', () => {
	const list = { organizationId: { mode: 'id', value: ID(9) }, returnAll: true };

	it('come as a bare array in v4 and as a page in v6, and out as the same items', async () => {
		server.handle = answering({
			[`GET /v4/Organizations/${ID(9)}/usedRepositories`]: [repository('v4', server.url)],
			[`GET /v6/Organizations/${ID(9)}/usedRepositories`]: {
				offset: 0,
				limit: 10000,
				_links: { self: { href: '/v6/…' } },
				results: [repository('v6')],
				setId: ID(0).replace(/[48]/g, '0'),
			},
		});
		const v4 = await run(server, 'getOrganizationRepositories', list, { apiVersion: 'v4' });
		const v6 = await run(server, 'getOrganizationRepositories', list, { apiVersion: 'v6' });
		const simplified = (version: string) => ({
			isAvailable: true,
			details: '',
			_links: repository(version)._links,
			repositoryId: ID(1),
			// Of 2,671,837,184 bytes.
			usedSpaceGB: 2.49,
			localCacheUsedSpaceGB: 0,
			objectStorageUsedSpaceGB: 0,
		});
		expect(v4.json).toEqual([simplified('v4')]);
		expect(v6.json).toEqual([simplified('v6')]);
		expect(Object.keys(v4.json[0]!)).toEqual(Object.keys(v6.json[0]!));
	});

	it('are known from v4: no hint', async () => {
		server.handle = () => ({ body: [] });
		for (const apiVersion of ['v4', 'v5'])
			expect(
				(await run(server, 'getOrganizationRepositories', list, { apiVersion })).hints,
			).toEqual([]);
	});
});

describe('versions without a specification', () => {
	it('get what v6 has, with a hint that it is unverified', async () => {
		server.handle = answering({ 'GET /v5/Jobs': [{ id: ID(1), name: 'Mail' }] });
		const { json, hints } = await run(
			server,
			'getBackupJobs',
			{ simplify: false },
			{
				apiVersion: 'v5',
			},
		);
		expect(json).toEqual([{ id: ID(1), name: 'Mail' }]);
		expect(hints).toEqual([
			{
				message:
					'"Get Many (Backup Job)" is unverified for API v5: it was sent as API v6 has it. Check the result.',
				location: 'outputPane',
				type: 'warning',
			},
		]);
	});

	it('do not get what came later: said before anything is sent', async () => {
		await expect(
			run(server, 'getBackupProxyPools', {}, { apiVersion: 'v4' }),
		).rejects.toMatchObject({
			message: '"Get Many (Proxy Pool)" needs API v8 or later; this credential uses v4',
		});
		expect(server.received).toEqual([]);
	});
});

describe('lists', () => {
	const jobs = [1, 2, 3].map((number) => ({ id: ID(number), name: `Job ${number}` }));

	it('look the same whether a version sends an array or a page', async () => {
		server.handle = answering({
			'GET /v7/Jobs': jobs,
			'GET /v8/Jobs': { offset: 0, limit: 10000, results: jobs },
		});
		const everything = { returnAll: true, simplify: false };
		const v7 = await run(server, 'getBackupJobs', everything, { apiVersion: 'v7' });
		const v8 = await run(server, 'getBackupJobs', everything);
		expect(v7.json).toEqual(jobs);
		expect(v8.json).toEqual(jobs);
		expect(sent(server)).toEqual(['GET /v7/Jobs', 'GET /v8/Jobs?offset=0&limit=10000']);
	});

	it('are read on while pages are full, by the set of the first page', async () => {
		const users = Array.from({ length: 5 }, (_, index) => ({ id: `user${index}` }));
		server.handle = ({ url }) => {
			const query = new URL(url, server.url).searchParams;
			const offset = Number(query.get('offset'));
			// This server gives two at once, whatever it is asked for.
			return {
				body: { offset, limit: 2, setId: ID(77), results: users.slice(offset, offset + 2) },
			};
		};
		const { json } = await run(server, 'getOrganizationUsers', {
			organizationId: { mode: 'id', value: ID(9) },
			returnAll: true,
			simplify: false,
		});
		expect(json).toEqual(users);
		expect(sent(server)).toEqual([
			`GET /v8/Organizations/${ID(9)}/Users?offset=0&limit=10000`,
			`GET /v8/Organizations/${ID(9)}/Users?setId=${ID(77)}&offset=2&limit=2`,
			`GET /v8/Organizations/${ID(9)}/Users?setId=${ID(77)}&offset=4&limit=2`,
		]);
	});

	it('take Success for what the filter calls Succeeded', async () => {
		server.handle = () => ({ body: { offset: 0, limit: 50, results: [] } });
		for (const status of ['Success', 'succeeded'])
			await run(server, 'getJobSessions', { filters: { status } });
		expect(sent(server)).toEqual([
			'GET /v8/JobSessions?status=Succeeded&offset=0&limit=50',
			'GET /v8/JobSessions?status=Succeeded&offset=0&limit=50',
		]);
	});

	it('keep the change token of a feed', async () => {
		const feed = { nextChangeToken: 'abc', limit: 30, results: [{ eventType: 'JobSession' }] };
		server.handle = () => ({ body: feed });
		const { json } = await run(server, 'getEvents', { from: 'latest' });
		expect(json).toEqual([feed]);
	});
});

describe('writes', () => {
	it('may be DELETE with a body', async () => {
		server.handle = () => ({ status: 204 });
		const { json } = await run(server, 'removeBackupApplications', {
			organizationId: { mode: 'id', value: ID(9) },
			bodyJson: JSON.stringify([ID(1), ID(2)]),
		});
		expect(json).toEqual([{ deleted: true }]);
		const [call] = server.calls;
		expect(call).toMatchObject({
			method: 'DELETE',
			url: `/v8/Organizations/${ID(9)}/BackupApplications`,
		});
		expect(JSON.parse(String(call?.body))).toEqual([ID(1), ID(2)]);
	});

	it('are not repeated because they answer with a list', async () => {
		server.handle = () => ({ hangUp: true });
		await expect(
			run(server, 'createApplicationsInMicrosoftEntra', {
				organizationId: { mode: 'id', value: ID(9) },
				bodyMode: 'json',
				bodyJson: '{"displayNames":["n8n"]}',
			}),
		).rejects.toThrow();
		expect(server.calls).toHaveLength(1);
	});
});

describe('any path', () => {
	it('is taken with and without the version', async () => {
		server.handle = () => ({ body: { status: 'Healthy' } });
		for (const requestPath of ['/Health', '/v8/Health', `${server.url}/v7/Health?x=1`])
			await run(server, 'apiRequest', { requestMethod: 'GET', requestPath });
		expect(sent(server)).toEqual(['GET /v8/Health', 'GET /v8/Health', 'GET /v7/Health?x=1']);
	});
});

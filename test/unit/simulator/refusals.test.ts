import { Client, connected } from './client';

describe('What the simulated backup server refuses', () => {
	let client: Client;

	beforeAll(async () => {
		client = await connected();
	});
	afterAll(() => client.simulator.close());

	const NOWHERE = '11111111-2222-4333-8444-555555555555';

	it('tells an unknown id from one that is none', async () => {
		const unknown = await client.get(`/jobs/${NOWHERE}`);
		const nested = await client.get(`/sessions/${NOWHERE}/logs`);
		const none = await client.get('/jobs/not-a-uuid');

		expect([unknown.status, unknown.body]).toEqual([
			404,
			{
				errorCode: 'NotFound',
				message: `Job with ID '${NOWHERE}' was not found`,
				resourceId: NOWHERE,
			},
		]);
		expect(nested.status).toBe(404);
		expect([none.status, none.body.errorCode]).toEqual([400, 'UnexpectedContent']);
	});

	it.each([
		['/sessions?limit=many', 'query.limit'],
		['/sessions?stateFilter=Sleeping', 'query.stateFilter'],
		['/sessions?createdAfterFilter=yesterday', 'query.createdAfterFilter'],
		['/sessions?jobIdFilter=7', 'query.jobIdFilter'],
		['/sessions?orderAsc=perhaps', 'query.orderAsc'],
	])('refuses %s and names the parameter', async (path, where) => {
		const { status, body } = await client.get(path);

		expect([status, body.errorCode]).toEqual([400, 'UnexpectedContent']);
		expect(body.message).toContain(where);
	});

	it.each([
		['no body', undefined, 'body is required'],
		['no variant', { name: 'a', description: 'b' }, 'body.type is required'],
		['an unknown variant', { name: 'a', description: 'b', type: 'Floppy' }, 'body.type is none of'],
		[
			'a variant without its fields',
			{ name: 'a', description: 'b', type: 'WinLocal' },
			'body.hostId is required',
		],
		[
			'a wrong type deep inside',
			{
				...{ name: 'a', description: 'b', type: 'WinLocal', hostId: NOWHERE },
				repository: { path: 'C:\\', maxTaskCount: 'four' },
			},
			'body.repository.maxTaskCount is not a whole number',
		],
	])('refuses to add a repository with %s', async (_, given, message) => {
		const { status, body } = await client.post('/backupInfrastructure/repositories', given);

		expect([status, body.errorCode]).toEqual([400, 'UnexpectedContent']);
		expect(body.message).toContain(message);
	});

	it('takes enums in whatever case', async () => {
		expect((await client.get('/sessions?stateFilter=sTOPPED&limit=1')).status).toBe(200);
	});

	it('says when a body cannot be read, a path is unknown, or a method is not for it', async () => {
		const broken = await client.post('/credentials', undefined, {
			raw: { type: 'application/json', content: '{"type": ' },
		});
		const unknown = await client.get('/jobz');
		const method = await client.ask('/api/v1/jobs', { method: 'DELETE' });

		expect([broken.status, broken.body.errorCode]).toEqual([400, 'UnexpectedContent']);
		expect([unknown.status, unknown.body.errorCode]).toEqual([404, 'InvalidURI']);
		expect([method.status, method.body.errorCode]).toEqual([405, 'MethodNotAllowed']);
	});

	it('knows an operation only in the revisions that have it', async () => {
		const path = '/backupInfrastructure/proxies/states';
		const old = await client.get(path, { version: '1.2-rev1' });
		const newer = await client.get(path, { version: '1.3-rev0' });

		expect([old.status, old.body.errorCode]).toEqual([404, 'NotImplemented']);
		expect(newer.status).toBe(200);
	});
});

import { BackupServer, type Answer, type Received } from '../transport.support';
import { BASE, failure, json, KEY, page, run } from './support';

let server: BackupServer;

beforeAll(async () => {
	server = await BackupServer.start();
});
afterAll(async () => await server.stop());
beforeEach(() => {
	server.reset();
	server.tokens.add(KEY);
});

const UID = '00000000-0000-4000-8000-000000000007';
const ACTION = '97431954-0dd7-472a-8cb7-d0cb0fbccaf7';
const start = { resource: 'job', operation: 'startBackupServerJob', jobUid: UID };
const pathOf = ({ url }: Received): string => new URL(url, 'https://x').pathname;

/** A server that accepts everything and answers later, after so many looks at the action. */
function later(looks: number, result: Answer, end = 'succeed'): void {
	let asked = 0;
	server.handle = (request) => {
		const path = pathOf(request);
		if (path === `${BASE}/asyncActions/${ACTION}/result`) return result;
		if (path === `${BASE}/asyncActions/${ACTION}`) {
			const status = ++asked < looks ? 'running' : end;
			return { body: { data: { id: ACTION, actionName: 'StartJob', status } } };
		}
		// Another server's address: only the action's id counts.
		const location = `https://elsewhere.example:1280${BASE}/asyncActions/${ACTION}`;
		return { status: 202, headers: { location } };
	};
}

describe('an answer that comes later', () => {
	it('is waited for, on a change', async () => {
		later(2, { body: { data: { status: 'Running' } } });
		expect(json(await run(server, start))).toEqual([{ status: 'Running' }]);
		expect(server.calls.map((call) => `${call.method} ${pathOf(call)}`)).toEqual([
			`POST ${BASE}/infrastructure/backupServers/jobs/${UID}/start`,
			`GET ${BASE}/asyncActions/${ACTION}`,
			`GET ${BASE}/asyncActions/${ACTION}`,
			`GET ${BASE}/asyncActions/${ACTION}/result`,
		]);
	});

	it('is waited for, on a list', async () => {
		later(1, { body: { meta: { pagingInfo: { total: 1 } }, data: [{ name: 'Acme' }] } });
		const result = await run(server, {
			resource: 'company',
			operation: 'listCompanies',
			returnAll: true,
		});
		expect(json(result)).toEqual([{ name: 'Acme' }]);
	});

	it('is waited for, on a file', async () => {
		later(1, { headers: { 'content-type': 'application/xml' }, body: '<configuration/>' });
		const { items } = await run(server, {
			resource: 'deploymentTask',
			operation: 'getBackupServerDeploymentXml',
			backupServerDeploymentType: 'Standalone',
		});
		expect(items[0]?.json).toMatchObject({ fileName: 'xml', mimeType: 'application/xml' });
	});

	it('that is a failure is raised with the reason', async () => {
		const error = { message: 'The job is disabled.', type: 'logical', code: 17 };
		later(1, { status: 520, body: { errors: [error] } }, 'failed');
		expect(await failure(run(server, start))).toEqual({
			message: 'The job is disabled.',
			description:
				'The console could not do it. Check the values of the fields and the state of the object.',
		});
	});

	it('that is a failure does not quote the passwords of what began it', async () => {
		const [password, tag] = ['a,b"c}d Winter', 'visible'];
		const change = {
			resource: 'apiRequest',
			operation: 'apiRequest',
			requestMethod: 'POST',
			requestPath: `${BASE}/users`,
			requestBody: JSON.stringify({ tag, credentials: { password } }),
		};
		const quoted = `${tag}: ${JSON.stringify({ password })} ${encodeURIComponent(password)}`;
		const error = { message: quoted, type: 'logical', code: 17 };
		for (const end of ['failed', 'canceled']) {
			later(1, { status: 520, body: { errors: [error] } }, end);
			const { message, description } = await failure(run(server, change));
			expect(`${message} ${description}`).toContain(tag);
			expect(`${message} ${description}`).not.toMatch(/Winter/);
		}
		later(1, { body: { data: {} } }, 'failed');
		const { handle } = server;
		server.handle = (call) =>
			pathOf(call).endsWith(ACTION)
				? { body: { data: { id: ACTION, actionName: quoted, status: 'failed' } } }
				: handle(call);
		const { message } = await failure(run(server, change));
		expect(message).toContain(tag);
		expect(message).not.toMatch(/Winter/);
	});

	it.each([404, 410])('that is gone (%s) is told, so that nobody does it twice', async (status) => {
		const error = { message: 'Not found.', type: 'logical', code: 3 };
		later(1, { status, body: { errors: [error] } });
		expect(await failure(run(server, start))).toEqual({
			message: 'The server has done it, but no longer has its answer.',
			description: `It was async action ${ACTION}; answers are kept for five minutes. Do not make a change again: get the object to see it.`,
		});
	});

	it('whose action is gone is told', async () => {
		const error = { message: 'Not found.', type: 'logical', code: 3 };
		later(0, {});
		const { handle } = server;
		server.handle = (call) =>
			pathOf(call).includes('/asyncActions/')
				? { status: 404, body: { errors: [error] } }
				: handle(call);
		expect(await failure(run(server, start))).toEqual({
			message: 'The server no longer knows the outcome of the request.',
			description: `It was async action ${ACTION}. Check whether the change was made before you repeat it.`,
		});
	});

	it('that says the object was not found says so', async () => {
		const error = { message: 'No such job.', type: 'logical', code: 3 };
		later(1, { status: 404, body: { errors: [error] } }, 'failed');
		expect(await failure(run(server, start))).toMatchObject({ message: 'No such job.' });
	});

	it('that somebody canceled is a failure', async () => {
		later(1, { body: {} }, 'canceled');
		expect(await failure(run(server, start))).toMatchObject({
			message: '"StartJob" was canceled at the server.',
		});
	});
});

describe('a change', () => {
	it('carries one request ID through all tries, so that it is done once', async () => {
		let tries = 0;
		server.handle = () => (++tries === 1 ? { hangUp: true } : { body: {} });
		expect(json(await run(server, start))).toEqual([{ success: true }]);
		const ids = server.calls.map(({ headers }) => headers['x-request-id']);
		expect(ids).toHaveLength(2);
		expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
		expect(ids[1]).toBe(ids[0]);
	});

	it('has a request ID of its own', async () => {
		server.handle = () => ({ body: {} });
		await run(server, start, { items: [{ json: {} }, { json: {} }] });
		const ids = server.calls.map(({ headers }) => headers['x-request-id']);
		expect(new Set(ids).size).toBe(2);
	});
});

describe('a server that asks to wait', () => {
	it('is obeyed, where it says so in the body', async () => {
		const times: number[] = [];
		server.handle = (request) => {
			times.push(Date.now());
			return times.length === 1
				? {
						status: 429,
						body: { errors: [{ message: 'Slow down', type: 'transport', code: 1, retryAfter: 3 }] },
					}
				: { body: page([{ name: 'Acme' }], request) };
		};
		const result = await run(server, { resource: 'company', operation: 'listCompanies' });
		expect(json(result)).toEqual([{ name: 'Acme' }]);
		expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(2900);
	});

	it('for longer than anybody would is told of', async () => {
		server.handle = () => ({
			status: 429,
			body: { errors: [{ message: 'Slow down', type: 'transport', code: 1, retryAfter: 3600 }] },
		});
		expect(await failure(run(server, { resource: 'company', operation: 'listCompanies' }))).toEqual(
			{
				message: 'The server gets too many requests.',
				description:
					'Send fewer requests, or request less at once. The server says: Slow down. The server asks to wait 3600 seconds.',
			},
		);
	});
});

describe('an error of the server', () => {
	it('that may pass is tried again', async () => {
		let tries = 0;
		const error = { message: 'Busy', type: 'retryableLogical', code: 2 };
		server.handle = () =>
			++tries === 1 ? { status: 520, body: { errors: [error] } } : { body: {} };
		expect(json(await run(server, start))).toEqual([{ success: true }]);
		expect(tries).toBe(2);
	});

	it('that stays is raised at once', async () => {
		const error = { message: 'Object reference not set', type: 'unspecified', code: 3 };
		server.handle = () => ({ status: 520, body: { errors: [error] } });
		expect(await failure(run(server, start))).toEqual({
			message: 'Object reference not set.',
			description: 'Something went wrong inside Veeam Service Provider Console. Its logs say more.',
		});
		expect(server.calls).toHaveLength(1);
	});

	it('names the field as the form does', async () => {
		server.handle = () => ({
			status: 400,
			body: {
				errors: [
					{
						message: 'Value is not allowed',
						type: 'logical',
						code: 4,
						propertyName: 'resellerUid',
					},
					{ message: 'Too long', type: 'logical', code: 5, parameterName: 'name' },
				],
			},
		});
		const parameters = { resource: 'company', operation: 'getCompany', companyUid: UID };
		expect(await failure(run(server, parameters))).toEqual({
			message: '"Reseller ID" (resellerUid): Value is not allowed. "Name" (name): Too long.',
			description: 'Check "Reseller ID", "Name".',
		});
	});

	it('about the key says so', async () => {
		server.tokens.clear();
		expect(await failure(run(server, start))).toEqual({
			message: 'The server does not accept the API key of the credential.',
			description:
				'It is wrong, or it has been deleted or disabled. Paste the key of a user that may do this.',
		});
	});
});

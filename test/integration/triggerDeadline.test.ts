/** A server that never comes to an end must not silence a trigger for ever. */
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';

import { VeeamBackupReplicationTrigger } from '../../nodes/VeeamBackupReplication/VeeamBackupReplicationTrigger.node';
import { ActiveTrigger } from '../support/pollNode';
import { connectTo } from './backupReplication.support';

type Mood = 'well' | 'drips' | 'drips at repositories' | 'hangs at login';

let server: Server;
let url: string;
let mood: Mood;
let expired: boolean;
const asked: string[] = [];

beforeAll(async () => {
	const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }]);
	server = createServer({ key, cert }, (request, response) => {
		const path = String(request.url).split('?')[0] ?? '';
		asked.push(path);
		const json = (body: unknown) => {
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify(body));
		};
		if (path.endsWith('/token')) {
			if (mood === 'hangs at login') return;
			expired = false;
			json({ access_token: 'token-1', token_type: 'bearer', expires_in: 900 });
			return;
		}
		if (expired) {
			response.statusCode = 401;
			json({ errorCode: 'AccessDenied', message: 'Expired' });
			return;
		}
		const drips =
			mood === 'drips' || (mood === 'drips at repositories' && path.includes('repositories'));
		if (!drips) {
			json({ data: [], pagination: { total: 0, count: 0, skip: 0, limit: 1000 } });
			return;
		}
		response.setHeader('content-type', 'application/json');
		response.write('{');
		const drip = setInterval(() => response.write(' '), 100);
		response.on('close', () => clearInterval(drip));
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
	mood = 'well';
	expired = false;
	asked.length = 0;
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const triggerOn = (events: string[]) =>
	new ActiveTrigger({
		node: new VeeamBackupReplicationTrigger(),
		credentials: connectTo(url),
		parameters: { events },
		budget: 5000,
	});

jest.setTimeout(120_000);

it('a server that drips bytes costs a poll its time, and no more: the next one is heard', async () => {
	const trigger = triggerOn(['sessionFinished', 'serverReachability']);
	await trigger.activate();
	mood = 'drips';
	expect(await trigger.poll()).toEqual([]);
	expect(await trigger.poll()).toMatchObject([{ transition: 'problem', condition: 'unreachable' }]);
	mood = 'well';
	expect(await trigger.poll()).toMatchObject([
		{ transition: 'recovered', condition: 'unreachable' },
	]);
});

it('one list that drips does not silence the other events, and is named after three polls', async () => {
	const trigger = triggerOn(['repositoryStateChanged', 'sessionFinished']);
	await trigger.activate();
	mood = 'drips at repositories';
	const polls = [];
	for (let poll = 0; poll < 7; poll++) polls.push(...(await trigger.poll()));
	expect(polls).toMatchObject([
		{ transition: 'problem', condition: 'unreadable', object: { id: 'repositoryStateChanged' } },
	]);
	expect(String(polls[0]?.message)).toMatch(
		/"Repository State Changed" cannot be watched: .*(did not finish its answer within|was silent for)/,
	);
	expect(asked.filter((path) => path.endsWith('/sessions')).length).toBeGreaterThanOrEqual(4);
	mood = 'well';
	expect(await trigger.poll()).toMatchObject([{ transition: 'recovered' }]);
});

it('a login that hangs is broken off; its poll frees the trigger and says so', async () => {
	const trigger = triggerOn(['sessionFinished', 'serverReachability']);
	await trigger.activate();
	mood = 'hangs at login';
	expired = true;
	expect(await trigger.poll()).toEqual([]);
	const [problem] = await trigger.poll();
	expect(problem).toMatchObject({ transition: 'problem', condition: 'unreachable' });
	mood = 'well';
	// Whoever needs a login waits for the one that hangs, until its own 60 seconds are over.
	let items: unknown[] = [];
	for (let poll = 0; poll < 20 && items.length === 0; poll++) items = await trigger.poll();
	expect(items).toMatchObject([{ transition: 'recovered' }]);
});

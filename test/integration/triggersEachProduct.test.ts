/**
 * What each product's trigger does about a door that stays shut and a server that never ends: one wrong
 * password costs two logins however it is used, what drips costs a poll its time and no more.
 */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { executeNode, listSearch, loadOptions, TestCredentials } from '../support/executeNode';
import { ActiveTrigger } from '../support/pollNode';
import { PRODUCTS_UNDER_TEST } from '../support/products';
import { WIRE } from '../support/wire';
import { BackupServer, PASSWORD, USER } from '../unit/transport.support';

jest.setTimeout(120_000);

let server: BackupServer;
beforeAll(async () => void (server = await BackupServer.start()));
afterAll(async () => await server.stop());
beforeEach(() => server.reset());

const isLogin = ({ url }: { url: string }) => /token$/i.test(url);

const KEYS = ['vbr', 'vb365', 'vspc'] as const;

describe.each(PRODUCTS_UNDER_TEST.map((product, index) => ({ ...product, key: KEYS[index]! })))(
	'the trigger of $name',
	({ key, Credential, credentialType, Node, Trigger, list, event, version }) => {
		const { page } = WIRE[key];
		const credentials = (more: ICredentialDataDecryptedObject = {}) =>
			new TestCredentials([new Credential()], {
				[credentialType]: {
					...{ serverUrl: server.url, authentication: 'password', apiVersion: version },
					...{ username: USER, password: PASSWORD, ignoreSslIssues: true, ...more },
				},
			});
		const triggerOn = (events: string[], more: ICredentialDataDecryptedObject = {}) =>
			new ActiveTrigger({
				...{ node: new Trigger(), credentials: credentials(more) },
				...{ parameters: { events }, budget: 5000 },
			});
		const logins = () => server.received.filter(isLogin).length;

		it('shares one wrong password with all that use it: two logins, then a pause', async () => {
			const wrong = { password: 'rotated away' };
			const triggers = Array.from({ length: 5 }, () => triggerOn([event], wrong));
			const said: string[] = [];
			const note = async (doing: () => Promise<unknown>) => {
				const error = await doing().then(
					() => undefined,
					(one: Error) => one,
				);
				if (error) said.push(error.message);
			};
			const action = {
				...{ node: new Node(), credentials: credentials(wrong) },
				parameters: { ...list, returnAll: true },
				items: Array.from({ length: 20 }, () => ({ json: {} })),
			};
			const { loadOptions: options = {}, listSearch: searches = {} } = new Node().methods ?? {};
			const own = new Trigger().methods?.loadOptions ?? {};
			expect(Object.keys(searches).length).toBeGreaterThan(2);
			expect(Object.keys(own).length).toBeGreaterThan(0);
			await Promise.all([
				...triggers.map(async (trigger) => await note(async () => await trigger.activate())),
				note(async () => await executeNode(action)),
				// What an AI agent calls is the same node, as often as it likes.
				...Array.from({ length: 5 }, async () => await note(async () => await executeNode(action))),
			]);
			for (const method of Object.keys(options))
				await note(async () => await loadOptions({ ...action, method }));
			for (const method of Object.keys(searches))
				await note(async () => await listSearch({ ...action, method }));
			for (const method of Object.keys(own))
				await note(
					async () =>
						await loadOptions({ node: new Trigger(), credentials: credentials(wrong), method }),
				);
			for (let poll = 0; poll < 3; poll++)
				for (const trigger of triggers) await note(async () => await trigger.poll());
			expect(said.length).toBeGreaterThan(15);
			expect(said.filter((one) => !/^The server refuses/.test(one))).toEqual([]);
			expect(logins()).toBeGreaterThan(0);
			expect(logins()).toBeLessThanOrEqual(2);
			expect(server.calls).toEqual([]);
			// Of another account, or with another password, it is another matter.
			server.handle = () => ({ body: page([], 0) });
			await triggerOn([event]).activate();
		});

		it('waits for a server that drips no longer than a poll may take, and hears it again', async () => {
			server.handle = () => ({ body: page([], 0) });
			const trigger = triggerOn([event, 'serverReachability']);
			await trigger.activate();
			server.handle = () => ({ body: page([], 0), dripEvery: 200 });
			expect(await trigger.poll()).toEqual([]);
			expect(await trigger.poll()).toMatchObject([
				{ transition: 'problem', condition: 'unreachable' },
			]);
			server.handle = () => ({ body: page([], 0) });
			expect(await trigger.poll()).toMatchObject([
				{ transition: 'recovered', condition: 'unreachable' },
			]);
		});
	},
);

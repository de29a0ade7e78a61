import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nNode } from '../../demo/n8nApi';
import type { ReceivedRequest } from '../../simulator';
import { report, veeamTrigger } from '../e2e/polling';
import { START_MINUTES } from '../e2e/stack';
import {
	baseNode,
	failures,
	importAndPublish,
	pollEvery,
	publish,
	veeamNode,
} from '../e2e/workflows';
import { missing } from './services';
import { AT_ONCE, LARGEST_FILE, startQueueStack, type QueueStack } from './stack';

const reason = missing();
const suite = reason ? describe.skip : describe;

const SESSIONS = '/api/v1/sessions';

suite(`n8n in queue mode${reason ? ` (${reason})` : ''}`, () => {
	let stack: QueueStack;

	beforeAll(async () => {
		stack = await startQueueStack();
	}, START_MINUTES * 60_000);
	afterAll(async () => await stack?.stop(), 120_000);

	beforeEach(async () => {
		for (const { control } of servers()) await control.reset();
		stack.standIns.tickets.clear();
	});

	// All waits are for facts. A busy machine may take its time.
	jest.setTimeout(900_000);

	const servers = () => [stack.vbr, stack.vb365, stack.vspc];
	/** `publish` and the rest ask for the demo's stack, of which they use what this one has. */
	const asDemo = () => stack as unknown as Parameters<typeof publish>[0];
	const answered = (requests: ReceivedRequest[], path: RegExp, status = 200) =>
		requests.filter((one) => path.test(one.path) && one.status === status);

	it('200 runs of all products at once, while tokens expire: every run is right, none runs twice', async () => {
		const RUNS = 200;
		/** All tokens are worth nothing any more before the runs, and whenever so many have ended. */
		const EXPIRY = 50;
		const expire = async () => {
			for (const { control } of servers()) await control.expireTokens(true);
		};
		const once = { executeOnce: true };
		const count = (node: string) => `$('${node}').all().length`;
		const workflow = await publish(asDemo(), 'Queue: all products', [
			veeamNode('Repositories', {
				resource: 'repository',
				operation: 'getManyRepositoryStates',
				returnAll: true,
			}),
			veeamNode(
				'Organizations',
				{ resource: 'organization', operation: 'getOrganizations', returnAll: true },
				once,
				'veeamBackupMicrosoft365',
			),
			veeamNode(
				'Companies',
				{ resource: 'company', operation: 'listCompanies', returnAll: true },
				once,
				'veeamServiceProviderConsole',
			),
			{
				...baseNode('Counts', 'set', 3.4, {
					mode: 'raw',
					jsonOutput: `={{ { repositories: ${count('Repositories')}, organizations: ${count('Organizations')}, companies: ${count('Companies')}, run: $('Webhook').first().json.body.run } }}`,
					options: {},
				}),
				...once,
			},
		]);
		const [first] = await workflow.run<Record<string, number>>({ run: 0 });
		expect(first).toEqual({
			repositories: 11,
			organizations: 2,
			companies: expect.any(Number),
			run: 0,
		});
		await expire();
		for (const { control } of servers()) await control.clearRequests();

		let ended = 0;
		const runs = await Promise.all(
			Array.from({ length: RUNS }, async (_, run) => {
				const [result] = await workflow.run({ run }).catch(async (error: Error) => {
					throw new Error(`${error.message}\n${(await failures(asDemo())).join('\n')}`);
				});
				if (++ended % EXPIRY === 0 && ended < RUNS) await expire();
				return result;
			}),
		);

		expect(runs).toEqual(Array.from({ length: RUNS }, (_, run) => ({ ...first, run })));
		const [vbr, vb365, vspc] = (await Promise.all(
			servers().map(async ({ control }) => await control.requests()),
		)) as [ReceivedRequest[], ReceivedRequest[], ReceivedRequest[]];
		expect(answered(vbr, /repositories\/states$/)).toHaveLength(RUNS);
		expect(answered(vb365, /\/Organizations$/i)).toHaveLength(RUNS);
		expect(answered(vspc, /organizations\/companies$/)).toHaveLength(RUNS);
		// One token after each expiry for each worker at the least, and far fewer than runs: it is shared.
		const logins = [
			answered(vbr, /oauth2\/token$/),
			answered(vb365, /\/token$/i),
			[...answered(vspc, /\/token$/), ...answered(vspc, /authentication/)],
		].map(({ length }) => length);
		process.stderr.write(`  queue mode: ${RUNS} runs, logins ${logins.join(', ')}\n`);
		for (const number of logins) {
			expect(number).toBeGreaterThanOrEqual(RUNS / EXPIRY);
			expect(number).toBeLessThan(RUNS);
		}
	});

	const SIZE = 60_000_000;
	const download = () =>
		veeamNode(
			'Package',
			{ resource: 'managementAgent', operation: 'downloadLinuxManagementPackage' },
			{},
			'veeamServiceProviderConsole',
		);

	it('downloads 60 MB whole into the database, which is where queue mode keeps files', async () => {
		await stack.vspc.control.settings({ downloadBytes: SIZE });
		const workflow = await publish(asDemo(), 'Queue: download', [
			download(),
			baseNode('Hash', 'crypto', 1, {
				action: 'hash',
				type: 'SHA256',
				binaryData: true,
				binaryPropertyName: 'data',
				dataPropertyName: 'sha256',
			}),
			// The id of a file begins with where it is kept.
			baseNode('Kept', 'set', 3.4, {
				mode: 'raw',
				jsonOutput: `={{ { sha256: $json.sha256, kept: $('Package').first().binary.data.id.split(':')[0] } }}`,
				options: {},
			}),
		]);
		const sent = createHash('sha256');
		const block = Buffer.from(Array.from({ length: 251 }, (_, byte) => byte));
		sent.update(Buffer.alloc(SIZE, block));
		expect(await workflow.run()).toMatchObject([{ kept: 'database', sha256: sent.digest('hex') }]);
	});

	it('tells the limit of the database as what it is, in the words of n8n', async () => {
		await stack.vspc.control.settings({ downloadBytes: 80_000_000 });
		const workflow = await publish(asDemo(), 'Queue: too large', [
			{ ...download(), onError: 'continueRegularOutput' },
		]);
		const [{ error, details } = { error: '', details: '' }] = await workflow.run<{
			error: string;
			details: string;
		}>();
		expect(error).toBe('n8n could not store the file.');
		expect(details).toContain(
			`exceeds the max size limit of ${LARGEST_FILE} MB set for \`database\` mode`,
		);
		expect(details).toContain('N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE');
	});

	it('uploads 60 MB whole', async () => {
		const { control } = stack.vspc;
		await control.settings({ downloadBytes: SIZE });
		const workflow = await publish(asDemo(), 'Queue: upload', [
			download(),
			veeamNode(
				'License',
				{ resource: 'console', operation: 'installConsoleLicense', binaryPropertyName: 'data' },
				{},
				'veeamServiceProviderConsole',
			),
		]);
		await workflow.run();
		const uploads = (await control.requests()).filter(
			({ method, path }) => method === 'PUT' && path.endsWith('/licensing/console'),
		);
		expect(uploads.map(({ status }) => status)).toEqual([200]);
		// The file, and what multipart puts around it.
		const { receivedBytes } = uploads[0]!.body as { receivedBytes: number };
		expect(receivedBytes).toBeGreaterThanOrEqual(SIZE);
		expect(receivedBytes).toBeLessThan(SIZE + 2_000);
	});

	describe('a trigger', () => {
		let id: string | undefined;
		const watch = async (name: string, nodes: N8nNode[]) => {
			const every = { pollTimes: pollEvery(2) };
			id = await importAndPublish(asDemo(), {
				name,
				nodes: [veeamTrigger('Watch', ['sessionFinished'], every), ...nodes],
			});
			// One may be left of another workflow's trigger, and what the first one finds is no news.
			await untilAsked(3);
		};
		/** Polls of the trigger so far: each reads once what has ended, the oldest first. */
		const polls = async () =>
			// One that met an expired token is sent again.
			(await stack.vbr.control.requests()).filter(
				({ path, query, status }) =>
					path === SESSIONS && query.orderAsc === 'true' && status !== 401,
			).length;
		const untilAsked = async (times: number) => {
			for (let attempt = 0; attempt < 1500 && (await polls()) < times; attempt++) await sleep(200);
			expect(await polls()).toBeGreaterThanOrEqual(times);
		};
		const fail = async (reason: string) =>
			await stack.vbr.control.runJob('Backup - Exchange', {
				...{ result: 'Failed', object: 'mail02', reason, atOnce: true },
			});
		const messages = () =>
			stack.standIns.tickets.calls.map(
				({ body, status }) =>
					`${(body.item as { message: string }).message.split('• ')[1]} ${status}`,
			);
		const all = (count: number) =>
			Array.from({ length: count }, (_, at) => `mail02: reason ${at} 201`).sort();
		const untilReported = async (count: number) => {
			for (let attempt = 0; attempt < 1500 && messages().length < count; attempt++)
				await sleep(200);
			// What else is missing says nothing then, and the runs say whose fault it is.
			if (messages().length < count)
				throw new Error(
					[`${count} items wanted, came:`, ...messages(), ...(await failures(asDemo()))].join('\n'),
				);
		};

		afterEach(async () => {
			if (id) await stack.api.deactivateWorkflow(id);
			id = undefined;
			// n8n may answer before it has stopped the trigger.
			for (let before = -1; before !== (await polls()); await sleep(5_000)) before = await polls();
		});

		it('polls on main alone, however many processes there are, and emits once', async () => {
			await watch('Queue: polls', [report(asDemo())]);
			await fail('reason 0');
			await untilReported(1);
			await untilAsked((await polls()) + 2);
			expect(messages()).toEqual(all(1));

			await stack.n8n.kill();
			const without = await polls();
			// The workers live, and would have polled some times.
			await sleep(8_000);
			expect(await polls()).toBe(without);
			await stack.n8n.start();
			await stack.api.logIn();
			await untilAsked(without + 2);
			expect(messages()).toEqual(all(1));
		});

		it('main is killed during a poll: nothing is lost, nothing comes twice', async () => {
			const { control } = stack.vbr;
			await watch('Queue: main dies', [report(asDemo())]);
			await fail('reason 0');
			await untilReported(1);
			// Each answer takes so long that the poll is under way when main dies.
			await control.settings({ latencyMilliseconds: 2_500 });
			await fail('reason 1');
			await fail('reason 2');
			const before = await polls();
			await untilAsked(before + 1);
			await stack.n8n.kill();
			await control.settings({ latencyMilliseconds: 0 });
			await fail('reason 3');
			await stack.n8n.start();
			await stack.api.logIn();
			await fail('reason 4');
			await untilReported(5);
			await untilAsked((await polls()) + 3);
			expect(messages().sort()).toEqual(all(5));
		});
	});

	it('a worker is killed during runs: what it had begun fails and is not repeated, the rest arrives once', async () => {
		const RUNS = 10;
		const { control } = stack.vbr;
		const { standIns, api } = stack;
		const sink = {
			...baseNode('Send', 'httpRequest', 4.2, {
				method: 'POST',
				url: `${standIns.address}/tickets`,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: `={{ { incidentKey: 'run ' + $('Webhook').first().json.body.run } }}`,
				options: {},
			}),
			executeOnce: true,
		};
		const workflow = await publish(asDemo(), 'Queue: worker dies', [
			veeamNode('Repositories', {
				resource: 'repository',
				operation: 'getManyRepositoryStates',
				returnAll: true,
			}),
			sink,
		]);
		await workflow.run({ run: 'first' });
		standIns.tickets.clear();
		await control.clearRequests();
		await control.settings({ latencyMilliseconds: 3_000 });

		const runs = Array.from({ length: RUNS }, async (_, run) => {
			await workflow.run({ run }).catch(() => undefined);
		});
		const asked = async () =>
			(await control.requests()).filter(({ path }) => /repositories\/states$/.test(path)).length;
		for (let attempt = 0; attempt < 3000 && (await asked()) <= AT_ONCE; attempt++) await sleep(100);
		// More than fit into one worker: each of the two has some.
		await stack.workers[0]!.kill();
		await control.settings({ latencyMilliseconds: 0 });

		const statuses = async () => {
			const filter = encodeURIComponent(JSON.stringify({ status: undefined }));
			const { results } = await api.call<{
				results: Array<{ workflowName: string; status: string }>;
			}>('GET', `/executions?limit=50&filter=${filter}`);
			return results
				.filter(({ workflowName }) => workflowName === 'Queue: worker dies')
				.map(({ status }) => status);
		};
		const open = (status: string) => ['new', 'running', 'waiting'].includes(status);
		for (let attempt = 0; attempt < 1000 && (await statuses()).some(open); attempt++)
			await sleep(500);
		await stack.workers[0]!.start();

		const ended = (await statuses()).sort();
		process.stderr.write(`  queue mode: a worker killed: ${ended.join(', ')}\n`);
		// The first run, those of the worker that lives, and those of the one that died.
		expect(ended).toHaveLength(RUNS + 1);
		const succeeded = ended.filter((status) => status === 'success').length - 1;
		expect(ended.filter((status) => !['success', 'crashed', 'error'].includes(status))).toEqual([]);
		expect(succeeded).toBeLessThan(RUNS);
		expect(succeeded).toBeGreaterThan(0);
		const keys = standIns.tickets.calls.map(({ incidentKey }) => incidentKey);
		expect(new Set(keys).size).toBe(keys.length);
		expect(keys).toHaveLength(succeeded);
		void runs;
	});
});

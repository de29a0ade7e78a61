import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nCredential, N8nNode } from '../../demo/n8nApi';
import type { DemoStack } from '../../demo/stack';
import { report, reported, veeamTrigger } from '../e2e/polling';
import { START_MINUTES, startTestStack } from '../e2e/stack';
import { importAndPublish, pollEvery } from '../e2e/workflows';

/**
 * How n8n polls and what it keeps, by its own settings (2.41): scheduler.config.js, poll-job-provider.js,
 * poll-cursor.service.js. Without any of them it keeps a trigger's memory in its own.
 */
const SCHEDULER = { N8N_SCHEDULER_ENABLED: 'true', N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true' };
const DEFAULT = 'in memory';
const MODES: Record<string, Record<string, string>> = {
	[DEFAULT]: {},
	scheduler: SCHEDULER,
	'scheduler, durable cursors': { ...SCHEDULER, N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true' },
};

/** It looks every 5 and 10 seconds whether something is due: for a test more often. */
const EAGER = {
	N8N_SCHEDULER_EXECUTOR_INTERVAL: '2',
	N8N_SCHEDULER_MATERIALIZATION_INTERVAL: '5',
};

/** Of the triggers that poll often. */
const SECONDS = 5;

const JOB = 'Backup - Exchange';

/** What a mode came to. */
interface Count {
	reported: string[];
	/** Executions that failed: n8n makes one of each poll that raises an error. */
	errors: Record<string, number>;
	/** Logins with the wrong password that the server saw, over the same number of polls. */
	refusedLogins: number;
}

/**
 * One real n8n, started in each of its modes, one after the other: what happens is the same in each, and
 * so must be what the workflows get.
 */
describe('A trigger in a real n8n that polls', () => {
	let stack: DemoStack;
	/** Read by n8n at each start. */
	const env: Record<string, string> = { ...EAGER };
	const counts: Record<string, Count> = {};
	const running: string[] = [];

	beforeAll(async () => {
		stack = await startTestStack('scheduler', { env, withExamples: false });
	}, START_MINUTES * 60_000);
	afterAll(async () => await stack?.stop(), 60_000);

	afterEach(async () => {
		for (const id of running.splice(0)) await stack.api.deactivateWorkflow(id);
	});

	// All waits are for facts. A busy machine may take its time.
	jest.setTimeout(1_500_000);

	const restartIn = async (mode: string) => {
		for (const name of Object.keys(env)) delete env[name];
		Object.assign(env, EAGER, MODES[mode]);
		await stack.n8n.start();
		await stack.api.logIn();
	};
	const until = async (what: string, isSo: () => boolean | Promise<boolean>, seconds = 360) => {
		if (process.env.SAY) process.stderr.write(`    ${new Date().toISOString()} ${what}\n`);
		for (let attempt = 0; attempt < seconds * 4; attempt++) {
			if (await isSo()) return;
			await sleep(250);
		}
		throw new Error(
			`${what}: not within ${seconds} seconds. Reported:\n${reported(stack).join('\n')}`,
		);
	};
	const saying = (text: string, by: string) =>
		reported(stack, by).filter((line) => line.includes(text)).length;
	const untilSaid = async (by: string, ...texts: string[]) => {
		for (const text of texts) await until(`${by}: "${text}"`, () => saying(text, by) > 0);
	};
	const requests = async (path: string, status = 200) =>
		(await stack.vspc.control.requests()).filter(
			(one) => one.path.endsWith(path) && one.status === status,
		).length;
	/** The console is never in trouble: its trigger tells how often n8n has polled. */
	const polls = async (count: number) => {
		const before = await requests('/alarms/active');
		await until(`${count} polls`, async () => (await requests('/alarms/active')) >= before + count);
	};
	const publish = async (name: string, node: N8nNode, pollTimes: object = pollEvery(SECONDS)) => {
		const watch = { ...node, parameters: { ...node.parameters, pollTimes } };
		const id = await importAndPublish(stack, { name, nodes: [watch, report(stack)] });
		running.push(id);
		return id;
	};
	/** n8n answers before it has polled: waits until the poll has asked for `list`, and all else. */
	const firstPoll = async (
		{ requests: all }: DemoStack['vbr' | 'vb365' | 'vspc']['control'],
		list: RegExp,
	) => {
		let seen = 0;
		let still = 0;
		await until('a first poll', async () => {
			const now = await all();
			const isThere = now.some(({ path, status }) => list.test(path) && status === 200);
			still = isThere && now.length === seen ? still + 1 : 0;
			seen = now.length;
			return still >= 4;
		});
	};
	const failed = async (id: string) => {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id, status: ['error'] }));
		const { results } = await stack.api.call<{ results: unknown[] }>(
			'GET',
			`/executions?limit=100&filter=${filter}`,
		);
		return results.length;
	};
	const fail = async (reason: string) =>
		await stack.vbr.control.runJob(JOB, {
			...{ result: 'Failed', object: 'mail02', reason, atOnce: true },
		});
	const everything = { path: '*', times: 100_000 };
	const saveLogin = async ({ name, type }: N8nCredential, password?: string) =>
		await stack.api.saveCredential(name, type, {
			...stack.vb365.credential,
			...(password === undefined ? {} : { password }),
		});

	it.each(Object.keys(MODES))(
		'%s: nothing is lost, nothing comes twice, whatever goes wrong, and errors are rare',
		async (mode) => {
			const { vbr, vb365, vspc, api, n8n, standIns } = stack;
			// It has come up in the first one.
			if (mode !== DEFAULT) {
				await n8n.kill();
				await restartIn(mode);
			}
			for (const { control } of [vbr, vb365, vspc]) await control.reset();
			standIns.tickets.clear();
			const name = (text: string) => `${mode}: ${text}`;

			// 1. Published. What happens before the first poll by the clock is no history.
			const second = (new Date().getUTCSeconds() + 30) % 60;
			await vbr.control.clearRequests();
			const seldom = await publish(name('seldom'), veeamTrigger('Watch', ['sessionFinished']), {
				item: [{ mode: 'custom', cronExpression: `${second} * * * * *` }],
			});
			await firstPoll(vbr.control, /\/sessions$/);
			await fail('between');
			await vbr.control.clearRequests();
			const watched = await publish(
				name('all'),
				veeamTrigger('Watch', ['sessionFinished', 'repositoryStateChanged', 'serverReachability'], {
					serverReachabilityOptions: { polls: 3 },
				}),
			);
			const console_ = await publish(
				name('console'),
				veeamTrigger('Watch', ['alarm'], {}, 'veeamServiceProviderConsoleTrigger'),
			);
			const login = await publish(
				name('login'),
				veeamTrigger('Watch', ['jobSessionFinished'], {}, 'veeamBackupMicrosoft365Trigger'),
			);
			await firstPoll(vbr.control, /\/repositories\/states$/);
			await firstPoll(vb365.control, /\/JobSessions$/i);
			await firstPoll(vspc.control, /\/alarms\/active$/);

			// 2. The password of Microsoft 365 is wrong for a while; an alarm comes and goes.
			const credential = stack.credentials[vb365.credentialType]!;
			await polls(2);
			await saveLogin(credential, 'wrong');
			await vb365.control.expireTokens(true);
			await vb365.control.clearRequests();
			const { instanceUid } = await vspc.control.raiseAlarm({ message: 'first' });
			await untilSaid(name('console'), 'first');
			await vspc.control.removeAlarm(String(instanceUid));
			await untilSaid(name('console'), 'recovered');
			await untilSaid(name('seldom'), 'mail02: between');
			await api.deactivateWorkflow(seldom);
			await polls(4);
			const refusedLogins = (await vb365.control.requests()).filter(
				({ path, status = 0 }) => /token$/i.test(path) && status >= 400,
			).length;
			await saveLogin(credential);
			await vb365.control.runJob('Exchange - All Users', { status: 'Failed', atOnce: true });
			// n8n itself waits half an hour after such an error where its cursors are durable.
			if (env.N8N_POLLER_DURABLE_CURSORS_ENABLED) {
				await api.deactivateWorkflow(login);
				const workflow = await api.call<never>('GET', `/workflows/${login}`);
				await api.activateWorkflow(workflow);
			}
			await until(`${name('login')} goes on`, () => reported(stack, name('login')).length > 0);

			// 3. Backup & Replication cannot be reached for some polls.
			await vbr.control.fault({ ...everything, action: { kind: 'reset' } });
			await fail('while unreachable');
			await untilSaid(name('all'), 'cannot be reached');
			await polls(2);
			await vbr.control.clearFaults();
			await untilSaid(name('all'), 'can be reached again', 'mail02: while unreachable');

			// 4. n8n dies in the middle of a poll.
			await vbr.control.settings({ latencyMilliseconds: 2_000 });
			await vbr.control.clearRequests();
			await fail('just before n8n dies');
			await until('a poll', async () => (await vbr.control.requests()).length > 0);
			await n8n.kill();
			await fail('while n8n is dead');
			await vbr.control.repository('Main Repository', { isOnline: false });
			await vspc.control.raiseAlarm({ message: 'second' });
			await vbr.control.settings({ latencyMilliseconds: 0 });
			await restartIn(mode);
			await fail('after it');
			await untilSaid(name('all'), 'mail02: just before', 'mail02: while n8n', 'mail02: after it');
			await untilSaid(name('all'), '"Main Repository" is offline');
			await untilSaid(name('console'), 'second');
			await polls(2);

			const errors = {
				all: await failed(watched),
				console: await failed(console_),
				login: await failed(login),
				seldom: await failed(seldom),
			};
			const said = reported(stack).map((line) => line.split('\n').join(' '));
			counts[mode] = { reported: said.sort(), errors, refusedLogins };
			process.stderr.write(
				`  ${mode}: ${said.length} items, errors ${JSON.stringify(errors)}, refused logins ${refusedLogins}\n`,
			);

			// Once to each workflow that watches it, and nothing else: 409 is what comes twice.
			expect(reasonsOf(said)).toEqual(
				[
					...['between', 'while unreachable'],
					...['just before n8n dies', 'while n8n is dead', 'after it'],
				].sort(),
			);
			expect(said.filter((line) => / \(\d{3}\)$/.test(line))).toEqual([]);
			expect(said).toHaveLength(5 + 1 + 2 + 1 + 3);
			expect(errors).toMatchObject({ all: 0, console: 0, seldom: 0 });
			expect(errors.login).toBeGreaterThan(0);
			expect(refusedLogins).toBeGreaterThan(0);
			// The others are no worse than n8n's default.
			const usual = counts[DEFAULT] ?? counts[mode];
			expect(said.map(transitionOf).sort()).toEqual(usual.reported.map(transitionOf).sort());
			expect(errors.login).toBeLessThanOrEqual(usual.errors.login!);
			expect(refusedLogins).toBeLessThanOrEqual(usual.refusedLogins);
		},
	);
});

/** The rest says how long something lasted. */
const transitionOf = (line: string): string => line.split(':')[0]!;

/** Why the job failed, of each item that says so. */
const reasonsOf = (lines: string[]): string[] =>
	lines.flatMap((line) => /• mail02: (.*)$/.exec(line)?.[1] ?? []).sort();

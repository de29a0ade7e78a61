import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DemoError } from './DemoError';
import { n8nScript } from './installN8n';
import { DEMO_FOLDER } from './paths';
import { freePort, HOST } from './ports';
import { startGuarded, type GuardedProcess } from './processes';
import type { Redirects } from './standIns/standIns';

export interface RunningN8n {
	/** `http://127.0.0.1:5678` */
	address: string;
	/** The one that runs now: another after every restart. */
	readonly process: GuardedProcess;
	/** Everything n8n prints. */
	log: string;
	/** Ends it as a power failure would (SIGKILL). */
	kill(): Promise<void>;
	/** Starts it again on the same port and the same user folder. @throws DemoError as at first */
	start(): Promise<void>;
}

export interface N8nOptions {
	installation: string;
	userFolder: string;
	port: number;
	signal?: AbortSignal;
	/** Hosts that are not reached, but stand-ins for them. */
	redirects?: Redirects;
	/** Further settings of n8n. */
	env?: Record<string, string>;
	/** A worker takes executions from a queue; `port` then only says whether it is ready. */
	role?: 'main' | 'worker';
}

/** Long enough for the first start on a slow machine, which creates the database. */
const START_TIMEOUT = 300_000;

/**
 * Starts n8n for this machine only, offline, with a user folder of its own.
 * @throws DemoError with the end of n8n's log when it does not come up
 */
export async function startN8n(options: N8nOptions): Promise<RunningN8n> {
	mkdirSync(options.userFolder, { recursive: true });
	const address = `http://${HOST}:${options.port}`;
	const log = join(options.userFolder, 'n8n.log');
	rmSync(log, { force: true });
	let current = await launch(options, address, log);
	return {
		address,
		log,
		get process() {
			return current;
		},
		kill: async () => await current.kill(),
		start: async () => {
			current = await launch(options, address, log);
		},
	};
}

async function launch(options: N8nOptions, address: string, log: string): Promise<GuardedProcess> {
	const { installation, userFolder, port, redirects = {}, role = 'main', signal } = options;
	const n8n = startGuarded(n8nScript(installation), [role === 'main' ? 'start' : 'worker'], {
		cwd: userFolder,
		env: {
			...environmentWithoutN8n(),
			...settings(userFolder, port, await freePort()),
			...withoutMcpRegistry(installation),
			...(role === 'worker' ? workerSettings(port) : {}),
			...withoutProxy(Object.keys(redirects)),
			VEEAM_DEMO_REDIRECTS: JSON.stringify(redirects),
			...options.env,
		},
		log,
		preload: [join(DEMO_FOLDER, 'redirect.cjs')],
	});
	try {
		await untilReady({ address, process: n8n, log }, role, signal);
		return n8n;
	} catch (error) {
		await n8n.stop();
		throw error;
	}
}

/** Whoever reaches the internet by a proxy: what runs on this machine is not asked of that. */
function withoutProxy(redirected: string[]): Record<string, string> {
	const already = process.env.NO_PROXY ?? process.env.no_proxy;
	const hosts = [already, HOST, 'localhost', ...redirected].filter(Boolean).join(',');
	return { NO_PROXY: hosts, no_proxy: hosts };
}

/** Settings of an n8n that asks nobody on the internet for anything. */
function settings(userFolder: string, port: number, brokerPort: number): Record<string, string> {
	return {
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: HOST,
		N8N_HOST: 'localhost',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		// The list of verified packages comes from n8n's site, updates of others from the registry.
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'false',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		N8N_LOG_LEVEL: 'info',
		NO_COLOR: '1',
	};
}

/**
 * The module fetches a list of AI tool servers from n8n's site at every start. An n8n without it does
 * not start when it is told to leave it out.
 */
function withoutMcpRegistry(installation: string): Record<string, string> {
	const name = 'mcp-registry';
	const there = existsSync(join(installation, 'node_modules', 'n8n', 'dist', 'modules', name));
	return there ? { N8N_DISABLED_MODULES: name } : {};
}

/** A worker has no editor; this is where it says that it is ready. */
const workerSettings = (port: number): Record<string, string> => ({
	QUEUE_HEALTH_CHECK_ACTIVE: 'true',
	QUEUE_HEALTH_CHECK_PORT: String(port),
	N8N_WORKER_SERVER_ADDRESS: HOST,
});

/** Somebody's own n8n may be configured in the environment; nothing of that may reach the demo. */
function environmentWithoutN8n(): NodeJS.ProcessEnv {
	return Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) =>
				!/^(N8N|DB|EXECUTIONS|QUEUE|WORKFLOWS|CREDENTIALS|GENERIC|npm|NODE_OPTIONS|NODE_ENV|JEST)(_|$)/i.test(
					name,
				),
		),
	);
}

async function untilReady(
	{ address, process: n8n, log }: Pick<RunningN8n, 'address' | 'process' | 'log'>,
	role: 'main' | 'worker',
	signal?: AbortSignal,
) {
	const deadline = Date.now() + START_TIMEOUT;
	let ended = false;
	void n8n.ended.then(() => (ended = true));
	while (Date.now() < deadline) {
		signal?.throwIfAborted();
		if (ended) throw new DemoError('n8n ended while starting.', lastLines(log));
		if (await answers(`${address}/healthz/readiness`)) {
			// The web server answers a moment before the editor's own calls do.
			if (role === 'worker' || (await answers(`${address}/rest/settings`))) return;
		}
		await sleep(200);
	}
	throw new DemoError(`n8n did not start within ${START_TIMEOUT / 1000} s.`, lastLines(log));
}

async function answers(url: string): Promise<boolean> {
	try {
		const response = await fetch(url, {
			// None is left that n8n could close under the first call of somebody else.
			headers: { connection: 'close' },
			signal: AbortSignal.timeout(5_000),
		});
		await response.arrayBuffer();
		return response.ok;
	} catch {
		return false;
	}
}

/** The end of n8n's log, for a message. */
export function lastLines(log: string, count = 15): string {
	const lines = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-count);
	return `The end of ${log}:\n${lines.join('\n')}`;
}

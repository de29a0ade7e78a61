import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installCommunityPackage } from '../../demo/communityPackage';
import { installN8n } from '../../demo/installN8n';
import { startN8n, type RunningN8n } from '../../demo/n8n';
import { N8nApi } from '../../demo/n8nApi';
import { freePort } from '../../demo/ports';
import { provideCredentials, type DemoCredentials } from '../../demo/provision';
import {
	allServers,
	startSimulatedServers,
	type SimulatedServers,
} from '../../demo/simulatedServer';
import { startStandIns, type StandIns } from '../../demo/standIns/standIns';
import { VSPC_ACCOUNTS } from '../../simulator';
import { artifactsFolder, freePorts } from '../e2e/stack';
import { startServices } from './services';

/** n8n in queue mode: main and two workers, each with a user folder of its own. */
export interface QueueStack extends SimulatedServers {
	n8n: RunningN8n;
	workers: RunningN8n[];
	api: N8nApi;
	standIns: StandIns;
	credentials: DemoCredentials;
	stop(): Promise<void>;
}

const WORKERS = ['worker1', 'worker2'];

/**
 * How often n8n looks for workers that have died; its own 30 seconds are long for a test. A worker is
 * taken for dead after 60 seconds without a sign: with less, a busy machine loses those that live.
 */
const NOTICE = { QUEUE_WORKER_STALLED_INTERVAL: '5000' };

/** Executions at once, of each worker: so that those of one leave some for the other. */
export const AT_ONCE = 5;

/** Megabytes; n8n's own 512 take long to send. */
export const LARGEST_FILE = 70;
const FILES = { N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE: String(LARGEST_FILE) };

export async function startQueueStack(): Promise<QueueStack> {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-veeam-queue-'));
	// PostgreSQL runs as another user, who has to get there.
	chmodSync(folder, 0o755);
	const started: Array<() => Promise<void>> = [];
	const stop = async () => {
		for (const end of started.splice(0).reverse()) await end();
		for (const name of ['main', ...WORKERS]) {
			const log = join(folder, name, 'n8n.log');
			if (existsSync(log)) cpSync(log, join(artifactsFolder('queue'), `${name}.log`));
		}
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		const installation = await installN8n((line) => process.stderr.write(`  ${line}\n`));
		const main = join(folder, 'main');
		mkdirSync(main);
		await installCommunityPackage(main, join(artifactsFolder('queue'), 'package.log'));
		for (const worker of WORKERS)
			cpSync(join(main, '.n8n', 'nodes'), join(folder, worker, '.n8n', 'nodes'), {
				recursive: true,
			});

		const services = await startServices(folder);
		started.push(() => services.stop());
		const ports = await freePorts();
		const servers = await startSimulatedServers(ports, (end) => started.push(end));
		const standIns = await startStandIns(ports.standIns);
		started.push(() => standIns.stop());

		const env = { ...services.env, ...NOTICE, ...FILES, N8N_ENCRYPTION_KEY: 'of this test alone' };
		const limited = { ...env, N8N_CONCURRENCY_PRODUCTION_LIMIT: String(AT_ONCE) };
		const start = async (name: string, role: 'main' | 'worker', port: number) => {
			const redirects = standIns.redirects;
			const n8n = await startN8n({
				...{ installation, userFolder: join(folder, name), port, redirects, role },
				env: role === 'worker' ? limited : env,
			});
			started.push(() => n8n.process.stop());
			return n8n;
		};
		const n8n = await start('main', 'main', ports.n8n);
		const api = new N8nApi(n8n.address);
		await api.logIn();
		const health = await Promise.all(WORKERS.map(async () => await freePort()));
		const workers = await Promise.all(
			WORKERS.map(async (name, at) => await start(name, 'worker', health[at]!)),
		);

		const credentials = await provideCredentials(api, withTokens(servers), ports.smtp);
		return { ...servers, n8n, workers, api, standIns, credentials, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** Every product logged in to with a password: an API key never expires. */
function withTokens(servers: SimulatedServers): ReturnType<typeof allServers> {
	return allServers(servers).map((server) => {
		if (server.credentialType !== 'veeamServiceProviderConsoleApi') return server;
		const { name: username, password } = VSPC_ACCOUNTS[0]!;
		const credential = { ...server.credential, authentication: 'password', username, password };
		return { ...server, credential };
	});
}

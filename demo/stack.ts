import { join } from 'node:path';
import { mkdirSync, rmSync } from 'node:fs';
import { installCommunityPackage, registerCommunityPackage } from './communityPackage';
import { installN8n, type Say } from './installN8n';
import { startMailServer, type MailServer } from './mail';
import { startN8n, type RunningN8n } from './n8n';
import { N8nApi } from './n8nApi';
import type { DemoPorts } from './options';
import { HOST } from './ports';
import { provideCredentials, provideExamples, type DemoCredentials } from './provision';
import { allServers, startSimulatedServers, type SimulatedServers } from './simulatedServer';
import { startStandIns, type StandIns } from './standIns/standIns';

/** Everything the demo consists of, running. */
export interface DemoStack extends SimulatedServers {
	n8n: RunningN8n;
	/** Logged in as the owner. */
	api: N8nApi;
	mail: MailServer;
	/** `http://127.0.0.1:8025` */
	mailPage: string;
	/** What workflows sent to Slack and to the ticket system. */
	standIns: StandIns;
	credentials: DemoCredentials;
	examples: Array<{ id: string; name: string }>;
	/** Ends everything that was started, in reverse. */
	stop(): Promise<void>;
}

export interface StackOptions {
	/** `N8N_USER_FOLDER`: n8n's database, key and community packages. */
	userFolder: string;
	ports: DemoPorts;
	say: Say;
	signal?: AbortSignal;
	/** Further settings of n8n. */
	env?: Record<string, string>;
	/** Another n8n than the demo's: folder with its package.json and package-lock.json. */
	recipe?: string;
	/** Whether the example workflows are brought in. Default: yes. */
	withExamples?: boolean;
}

/**
 * Starts n8n with the package of this checkout, the simulated Veeam servers, the mail server and the
 * stand-ins for services outside.
 * When something fails on the way, what was started before is stopped again.
 * @throws DemoError with what a person can do about it
 */
export async function startStack(options: StackOptions): Promise<DemoStack> {
	const { userFolder, ports, say, signal, withExamples = true } = options;
	const started: Array<() => Promise<void>> = [];
	const stop = async () => {
		for (const end of started.splice(0).reverse()) await end();
	};
	try {
		mkdirSync(userFolder, { recursive: true });
		const installation = await installN8n(say, signal, options.recipe);

		say('Building and packing n8n-nodes-veeam');
		const log = join(userFolder, 'package.log');
		rmSync(log, { force: true });
		const communityPackage = await installCommunityPackage(userFolder, log, signal);

		say('Starting the simulated Veeam servers and the mail server');
		const servers = await startSimulatedServers(ports, (end) => started.push(end));
		const mail = await startMailServer({ smtp: ports.smtp, page: ports.mails });
		started.push(() => mail.stop());
		const standIns = await startStandIns(ports.standIns);
		started.push(() => standIns.stop());

		say('Starting n8n');
		const n8n = await startN8n({
			installation,
			userFolder,
			port: ports.n8n,
			signal,
			redirects: standIns.redirects,
			env: options.env,
		});
		started.push(() => n8n.process.stop());

		say('Setting up the user, the credentials and the example workflows');
		const api = new N8nApi(n8n.address);
		await api.logIn();
		await registerCommunityPackage(userFolder, api, communityPackage);
		const credentials = await provideCredentials(api, allServers(servers), ports.smtp);
		const examples = withExamples ? await provideExamples(api, credentials) : [];
		const mailPage = `http://${HOST}:${ports.mails}`;
		return { ...servers, n8n, api, mail, mailPage, standIns, credentials, examples, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

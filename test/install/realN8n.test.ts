/**
 * n8n installs the package itself: by its environment variables, and by the call that its editor makes.
 * The registry is one of this machine, which n8n and its npm reach under the public one's name.
 */
import { spawnSync } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installN8n } from '../../demo/installN8n';
import { startN8n, type RunningN8n } from '../../demo/n8n';
import { N8nApi } from '../../demo/n8nApi';
import { DEMO_FOLDER } from '../../demo/paths';
import { freePort } from '../../demo/ports';
import { provideCredentials } from '../../demo/provision';
import { allServers, startSimulatedServers } from '../../demo/simulatedServer';
import { startStandIns } from '../../demo/standIns/standIns';
import type { DemoStack } from '../../demo/stack';
import { importPolling, report, reported, veeamTrigger } from '../e2e/polling';
import { freePorts, START_MINUTES } from '../e2e/stack';
import { publish, veeamNode } from '../e2e/workflows';
import { blocks } from './docs';
import { previousRelease, presentRelease } from './previous';
import { startPublicRegistry, type Release } from './registry';

const suite = process.platform === 'win32' ? describe.skip : describe;

suite('n8n installs the package', () => {
	const work = mkdtempSync(join(tmpdir(), 'n8n-nodes-veeam-registry-'));
	let installation: string;
	let present: Release;
	let previous: Awaited<ReturnType<typeof previousRelease>>;
	let bin: string;
	let onEnd: Array<() => Promise<unknown>> = [];

	beforeAll(async () => {
		installation = await installN8n((line) => process.stderr.write(`  ${line}\n`));
		present = await presentRelease(join(work, 'present'));
		previous = await previousRelease(present, join(work, 'previous'));
		bin = npmThatIsRedirected(join(work, 'bin'));
	}, START_MINUTES * 60_000);
	afterAll(() => rmSync(work, { recursive: true, force: true, maxRetries: 5 }));
	afterEach(async () => {
		for (const end of onEnd.splice(0).reverse()) await end();
		onEnd = [];
	});

	jest.setTimeout(900_000);

	/** An n8n that may install packages which its maker has not verified, from that registry. */
	async function start(
		name: string,
		{ redirects }: Pick<Awaited<ReturnType<typeof startPublicRegistry>>, 'redirects'>,
		env: Record<string, string> = {},
	): Promise<{ n8n: RunningN8n; api: N8nApi; seconds: number; folder: string }> {
		const userFolder = join(work, name);
		const began = Date.now();
		const n8n = await startN8n({
			...{ installation, userFolder, redirects, port: await freePort() },
			env: {
				N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
				PATH: [bin, process.env.PATH].join(delimiter),
				npm_config_cache: join(work, 'npm-cache'),
				...env,
			},
		});
		onEnd.push(async () => await n8n.process.stop());
		const seconds = (Date.now() - began) / 1000;
		const api = new N8nApi(n8n.address);
		await api.logIn();
		const folder = join(userFolder, '.n8n', 'nodes', 'node_modules', present.manifest.name);
		return { n8n, api, seconds, folder };
	}

	const ours = async (api: N8nApi) => {
		const own = ({ name }: { name: string }) => name.startsWith(`${present.manifest.name}.`);
		const nodes = (await api.nodeTypes()).filter(own).map(({ name }) => name.split('.')[1]!);
		const credentials = (await api.credentialTypes()).map(({ name }) => name);
		return { nodes: nodes.sort(), credentials: credentials.filter((name) => /^veeam/.test(name)) };
	};
	/** Six nodes, and n8n's own double of each action node for AI agents. */
	const ALL = {
		nodes: [
			...['veeamBackupMicrosoft365', 'veeamBackupMicrosoft365Tool'],
			...['veeamBackupMicrosoft365Trigger', 'veeamBackupReplication'],
			...['veeamBackupReplicationTool', 'veeamBackupReplicationTrigger'],
			...['veeamServiceProviderConsole', 'veeamServiceProviderConsoleTool'],
			'veeamServiceProviderConsoleTrigger',
		],
		credentials: expect.arrayContaining([
			'veeamBackupMicrosoft365Api',
			'veeamBackupReplicationApi',
			'veeamServiceProviderConsoleApi',
		]) as string[],
	};
	const versionIn = (folder: string) =>
		(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Release['manifest']).version;
	const say = (what: string, folder: string, seconds: number) =>
		process.stderr.write(
			`  ${what}: ${(bytesIn(folder) / 1e6).toFixed(1)} MB, ${seconds.toFixed(1)} s\n`,
		);

	it('by the environment variables of the docs, and needs no registry from then on', async () => {
		const registry = await startPublicRegistry([present]);
		onEnd.push(async () => await registry.close());
		const env = Object.fromEntries(
			blocks('docs/install.md', 'By environment variables')[0]!
				.trim()
				.split('\n')
				.map((line) => /^([A-Z0-9_]+)=(.+)$/.exec(line)!.slice(1, 3) as [string, string]),
		);
		expect(env).toHaveProperty('N8N_COMMUNITY_PACKAGES_MANAGED_BY_ENV', 'true');
		const { n8n, api, seconds, folder } = await start('by-environment', registry, env);
		expect(await ours(api)).toEqual(ALL);
		expect(versionIn(folder)).toBe(present.manifest.version);
		expect(registry.asked.some((path) => path.endsWith('.tgz'))).toBe(true);
		say('environment variables, with the start of n8n', folder, seconds);

		await n8n.process.stop();
		await registry.close();
		await n8n.start();
		await api.logIn();
		expect(await ours(api)).toEqual(ALL);
	});

	it('by the call of the editor; an update keeps a workflow and an active trigger working', async () => {
		process.stderr.write(`  the version before: ${previous.source}\n`);
		const registry = await startPublicRegistry([previous, present]);
		onEnd.push(async () => await registry.close());
		const ports = await freePorts();
		const servers = await startSimulatedServers(ports, (end) => onEnd.push(end));
		const standIns = await startStandIns(ports.standIns);
		onEnd.push(async () => await standIns.stop());
		const { n8n, api, folder } = await start('by-editor', registry);
		expect((await ours(api)).nodes).toEqual([]);

		const { name } = present.manifest;
		const timed = async (method: 'POST' | 'PATCH', body: object) => {
			const began = Date.now();
			const installed = await api.call<{ packageName: string; installedVersion: string }>(
				method,
				'/community-packages',
				body,
			);
			return { ...installed, seconds: (Date.now() - began) / 1000 };
		};
		const installed = await timed('POST', { name, version: previous.manifest.version });
		expect(installed.installedVersion).toBe(previous.manifest.version);
		expect(versionIn(folder)).toBe(previous.manifest.version);
		expect(await ours(api)).toEqual(ALL);
		// The package alone: n8n takes the peer out before npm sees it.
		expect(existsSync(join(folder, 'node_modules', 'n8n-workflow'))).toBe(false);
		say('editor', folder, installed.seconds);

		const credentials = await provideCredentials(api, allServers(servers), ports.smtp);
		const stack = { ...servers, n8n, api, standIns, credentials } as unknown as DemoStack;
		const workflow = await publish(stack, 'Repositories', [
			veeamNode('List', {
				resource: 'repository',
				operation: 'getManyRepositoryStates',
				returnAll: true,
			}),
		]);
		// What they hold changes with each job that runs.
		const names = async () =>
			(await workflow.run<{ id: string; name: string }>()).map((one) => `${one.name} ${one.id}`);
		const before = await names();
		expect(before).toHaveLength(11);
		const polling = await importPolling(stack, {
			name: 'Failed',
			nodes: [veeamTrigger('Watch', ['sessionFinished']), report(stack)],
		});
		await polling.poll();
		const told = () => reported(stack, 'Failed').map((text) => text.split('• ')[1]);
		const fail = async (reason: string) => {
			await servers.vbr.control.runJob('Backup - Exchange', {
				...{ result: 'Failed', object: 'mail02', reason, atOnce: true },
			});
		};
		const untilTold = async (count: number) => {
			for (let attempt = 0; attempt < 150 && told().length < count; attempt++) await polling.poll();
			// Whatever came twice would come with the next one.
			await polling.poll();
			return told();
		};
		await fail('before');
		expect(await untilTold(1)).toEqual(['mail02: before']);
		const remembered = Object.keys(polling.memory() as object);

		// What fails while it is updated is news afterwards.
		await fail('meanwhile');
		const updated = await timed('PATCH', { name, version: present.manifest.version });
		expect(updated.installedVersion).toBe(present.manifest.version);
		expect(versionIn(folder)).toBe(present.manifest.version);
		process.stderr.write(`  editor, update: ${updated.seconds.toFixed(1)} s\n`);
		expect(await ours(api)).toEqual(ALL);
		expect(await names()).toEqual(before);
		expect(await untilTold(2)).toEqual(['mail02: before', 'mail02: meanwhile']);
		expect(Object.keys(polling.memory() as object)).toEqual(remembered);

		// The new version reads what the old one remembered, after a restart too.
		await n8n.process.stop();
		await fail('at night');
		await n8n.start();
		await api.logIn();
		expect(await names()).toEqual(before);
		await fail('after');
		const all = ['before', 'meanwhile', 'at night', 'after'].map((reason) => `mail02: ${reason}`);
		expect(await untilTold(4)).toEqual(all);
	});
});

/** npm as n8n calls it, led to the same stand-in as n8n. @returns the folder for the path */
function npmThatIsRedirected(folder: string): string {
	mkdirSync(folder, { recursive: true });
	const { stdout } = spawnSync('sh', ['-c', 'readlink -f "$(command -v npm)"'], {
		encoding: 'utf8',
	});
	const script = process.env.npm_execpath ?? stdout.trim();
	const redirect = join(DEMO_FOLDER, 'redirect.cjs');
	const file = join(folder, 'npm');
	writeFileSync(
		file,
		`#!/bin/sh\nexec "${process.execPath}" --require "${redirect}" "${script}" "$@"\n`,
	);
	chmodSync(file, 0o755);
	return folder;
}

function bytesIn(folder: string): number {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((file) => statSync(join(folder, file)))
		.reduce((sum, entry) => sum + (entry.isFile() ? entry.size : 0), 0);
}

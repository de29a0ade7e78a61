import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installCommunityPackage } from '../../demo/communityPackage';
import { installN8n } from '../../demo/installN8n';
import { startN8n } from '../../demo/n8n';
import { N8nApi } from '../../demo/n8nApi';
import { freePort } from '../../demo/ports';

/** What an n8n costs. */
export interface StartCost {
	/** Until it answers. */
	seconds: number;
	/** Of the processor, by then: says more where others use the machine, too. */
	processorSeconds: number;
	/** Of its process, three seconds later. */
	megabytes: number;
	/** Of `/types/nodes.json`, which the editor loads. */
	nodesKilobytes: number;
}

/** The same n8n without and with the package: medians of runs that alternate. */
export async function compareStart(
	runs: number,
	say: (line: string) => void,
): Promise<{ without: StartCost; with: StartCost }> {
	const installation = await installN8n(say);
	const folders = { without: folder(), with: folder() };
	try {
		await installCommunityPackage(folders.with, join(folders.with, 'package.log'));
		const costs: Record<keyof typeof folders, StartCost[]> = { without: [], with: [] };
		// One more at first: it creates the database.
		for (let run = 0; run <= runs; run++)
			for (const name of ['without', 'with'] as const) {
				const cost = await costOf(installation, folders[name]);
				if (run > 0) costs[name].push(cost);
			}
		return { without: median(costs.without), with: median(costs.with) };
	} finally {
		for (const used of Object.values(folders)) rmSync(used, { recursive: true, force: true });
	}
}

const folder = () => mkdtempSync(join(tmpdir(), 'n8n-nodes-veeam-bench-'));

async function costOf(installation: string, userFolder: string): Promise<StartCost> {
	const began = performance.now();
	const n8n = await startN8n({ installation, userFolder, port: await freePort() });
	const seconds = (performance.now() - began) / 1000;
	try {
		const processorSeconds = processorSecondsOf(n8n.process.child.pid!);
		await sleep(3_000);
		const status = readFileSync(`/proc/${n8n.process.child.pid}/status`, 'utf8');
		const megabytes = Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024;
		const api = new N8nApi(n8n.address);
		await api.logIn();
		const nodesKilobytes = Buffer.byteLength(JSON.stringify(await api.nodeTypes())) / 1000;
		return { seconds, processorSeconds, megabytes, nodesKilobytes };
	} finally {
		await n8n.process.stop();
	}
}

/** From /proc: user and system time stand behind the name, in hundredths. */
function processorSecondsOf(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
	return (Number(fields[11]) + Number(fields[12])) / 100;
}

function median(costs: StartCost[]): StartCost {
	const of = (key: keyof StartCost) =>
		costs.map((cost) => cost[key]).sort((a, b) => a - b)[Math.floor(costs.length / 2)]!;
	return {
		seconds: of('seconds'),
		processorSeconds: of('processorSeconds'),
		megabytes: of('megabytes'),
		nodesKilobytes: of('nodesKilobytes'),
	};
}

/** What loading all nodes of the package costs a process that has n8n's modules. */
export interface LoadCost {
	milliseconds: number;
	rssMegabytes: number;
	heapMegabytes: number;
	/** Data files that were read. */
	files: string[];
}

/** In a process of its own: memory once taken is not given back. */
export function loadCost(root: string): LoadCost {
	const script = join(__dirname, 'load.cjs');
	const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', script, root], {
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(stderr);
	return JSON.parse(stdout) as LoadCost;
}

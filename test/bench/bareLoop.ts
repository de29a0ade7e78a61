import { spawn } from 'node:child_process';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import type { ICredentialType, IDataObject, INodeType } from 'n8n-workflow';
import { executeNode, TestCredentials } from '../support/executeNode';
import { median } from './description';

const SESSIONS = 100_000;
const LATENCY = 50;
const RUNS = 3;
/** As the node begins: so many items a page, and so many pages at once. */
const PAGE = 1_000;
const AT_ONCE = 3;
const USER = { username: 'admin', password: 'veeam-demo' };

export interface SpeedResult {
	sessions: number;
	latencyMilliseconds: number;
	nodeSeconds: number;
	/** Kept connections, nothing but parsing. */
	keptSeconds: number;
	/** A new connection for each request, as n8n's helper has it. */
	newSeconds: number;
	/** Of this process alone: what is left where the machine is busy with other things. */
	nodeCpuSeconds: number;
	keptCpuSeconds: number;
	newCpuSeconds: number;
	/** Heap that the node's items take, and the array of the same records parsed. */
	nodeMegabytes: number;
	arrayMegabytes: number;
}

/** Many sessions with some latency: the node, and a loop at the same concurrency. */
export async function compareSpeed(
	node: INodeType,
	credentialType: new () => ICredentialType,
): Promise<SpeedResult> {
	const { url, child } = await startServer();
	const agents = [new Agent(kept(true)), new Agent(kept(false))] as const;
	try {
		const credentials = new TestCredentials([new credentialType()], {
			veeamBackupReplicationApi: {
				...{ serverUrl: url, authentication: 'password', ...USER },
				...{ apiVersion: '1.3-rev2', ignoreSslIssues: true },
			},
		});
		const parameters = {
			...{ resource: 'session', operation: 'getManySessions', returnAll: true, simplify: false },
		};
		const byNode = async () => (await executeNode({ node, parameters, credentials })).items;
		const token = String(
			(await call(agents[1], url, '/api/oauth2/token', undefined, USER)).access_token,
		);
		const bare = async (agent: Agent) => await readAll(agent, url, token);

		const [nodeSeconds, keptSeconds, newSeconds]: number[][] = [[], [], []];
		const cpu: Record<'node' | 'kept' | 'new', number[]> = { node: [], kept: [], new: [] };
		const heap: { node: number[]; array: number[] } = { node: [], array: [] };
		let sessions = 0;
		for (let run = 0; run < RUNS; run++) {
			const byTheNode = await measured(byNode);
			const byKept = await measured(async () => await bare(agents[0]));
			const byNew = await measured(async () => await bare(agents[1]));
			if (byTheNode.count !== byKept.count)
				throw new Error(`The node read ${byTheNode.count} sessions, the loop ${byKept.count}`);
			sessions = byTheNode.count;
			nodeSeconds!.push(byTheNode.seconds);
			keptSeconds!.push(byKept.seconds);
			newSeconds!.push(byNew.seconds);
			cpu.node.push(byTheNode.cpuSeconds);
			cpu.kept.push(byKept.cpuSeconds);
			cpu.new.push(byNew.cpuSeconds);
			heap.node.push(byTheNode.megabytes);
			heap.array.push(byKept.megabytes);
		}
		return {
			...{ sessions, latencyMilliseconds: LATENCY },
			nodeSeconds: median(nodeSeconds!),
			keptSeconds: median(keptSeconds!),
			newSeconds: median(newSeconds!),
			nodeCpuSeconds: median(cpu.node),
			keptCpuSeconds: median(cpu.kept),
			newCpuSeconds: median(cpu.new),
			nodeMegabytes: median(heap.node),
			arrayMegabytes: median(heap.array),
		};
	} finally {
		for (const agent of agents) agent.destroy();
		child.removeAllListeners('exit');
		child.kill();
	}
}

/** See sessionServer.ts. */
async function startServer() {
	const server = join(__dirname, 'sessionServer.ts');
	const child = spawn(
		process.execPath,
		['--import', 'tsx', server, String(SESSIONS), String(LATENCY)],
		{ stdio: ['ignore', 'pipe', 'inherit'] },
	);
	const url = await new Promise<string>((resolve, reject) => {
		child.once('exit', (code) => reject(new Error(`The server ended with code ${code}`)));
		child.stdout.once('data', (text: Buffer) => resolve(text.toString().trim()));
	});
	return { url, child };
}

const kept = (keepAlive: boolean) => ({
	...{ keepAlive, maxSockets: AT_ONCE, rejectUnauthorized: false },
});

async function measured(read: () => Promise<unknown[]>) {
	global.gc?.();
	const before = process.memoryUsage().heapUsed;
	const start = performance.now();
	const used = process.cpuUsage();
	const all = await read();
	const seconds = (performance.now() - start) / 1000;
	const { user, system } = process.cpuUsage(used);
	const cpuSeconds = (user + system) / 1e6;
	global.gc?.();
	const megabytes = (process.memoryUsage().heapUsed - before) / 1e6;
	return { seconds, cpuSeconds, megabytes, count: all.length };
}

async function readAll(agent: Agent, url: string, token: string): Promise<IDataObject[]> {
	const page = async (skip: number) =>
		(await call(agent, url, `/api/v1/sessions?skip=${skip}&limit=${PAGE}`, token)) as {
			data: IDataObject[];
			pagination: { total: number };
		};
	const first = await page(0);
	const pages: IDataObject[][] = [first.data];
	let next = PAGE;
	const worker = async () => {
		while (next < first.pagination.total) {
			const skip = next;
			next += PAGE;
			pages[skip / PAGE] = (await page(skip)).data;
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
	return pages.flat();
}

async function call(
	agent: Agent,
	url: string,
	path: string,
	token?: string,
	login?: typeof USER,
): Promise<IDataObject> {
	const body = login && new URLSearchParams({ grant_type: 'password', ...login }).toString();
	return await new Promise((resolve, reject) => {
		const sent = request(
			`${url}${path}`,
			{
				agent,
				method: body === undefined ? 'GET' : 'POST',
				headers: {
					'x-api-version': '1.3-rev2',
					...(token ? { authorization: `Bearer ${token}` } : {}),
					...(body ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
				},
			},
			(response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('error', reject);
				response.on('end', () =>
					resolve(JSON.parse(Buffer.concat(chunks).toString()) as IDataObject),
				);
			},
		);
		sent.on('error', reject);
		sent.end(body);
	});
}

/** What `npm run bench` prints of it. */
export const speedLines = (result: SpeedResult): string[] => [
	`${result.sessions.toLocaleString('en')} sessions, ${result.latencyMilliseconds} ms latency: node ${result.nodeSeconds.toFixed(2)} s; bare loop at ${PAGE} a page, ${AT_ONCE} at once, connections kept ${result.keptSeconds.toFixed(2)} s (${(result.nodeSeconds / result.keptSeconds).toFixed(2)} x), new ones ${result.newSeconds.toFixed(2)} s (${(result.nodeSeconds / result.newSeconds).toFixed(2)} x)`,
	`processor time: node ${result.nodeCpuSeconds.toFixed(2)} s, bare loop ${result.keptCpuSeconds.toFixed(2)} s with kept connections, ${result.newCpuSeconds.toFixed(2)} s with new ones`,
	`their items take ${result.nodeMegabytes.toFixed(0)} MB, the array of the records ${result.arrayMegabytes.toFixed(0)} MB`,
];

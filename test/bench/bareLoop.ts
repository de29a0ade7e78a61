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

/** The node as it is and as it stands in a new form; a loop that keeps connections, and one that does not. */
type Way = 'node' | 'simplified' | 'kept' | 'new';

/** Medians of one way to read all sessions. */
interface Cost {
	seconds: number;
	/** Of this process alone: what is left where the machine is busy with other things. */
	cpuSeconds: number;
	/** Heap that its items take. */
	megabytes: number;
}

export interface SpeedResult {
	sessions: number;
	latencyMilliseconds: number;
	ways: Record<Way, Cost>;
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
		const byNode = async (simplify: boolean) => {
			const operation = { resource: 'session', operation: 'getManySessions' };
			const parameters = { ...operation, returnAll: true, simplify };
			return (await executeNode({ node, parameters, credentials })).items;
		};
		const token = String(
			(await call(agents[1], url, '/api/oauth2/token', undefined, USER)).access_token,
		);
		const read: Record<Way, () => Promise<unknown[]>> = {
			node: async () => await byNode(false),
			simplified: async () => await byNode(true),
			kept: async () => await readAll(agents[0], url, token),
			new: async () => await readAll(agents[1], url, token),
		};

		const costs: Record<Way, Cost[]> = { node: [], simplified: [], kept: [], new: [] };
		for (let run = 0; run < RUNS; run++)
			for (const way of WAYS) {
				const { count, ...cost } = await measured(read[way]);
				if (count !== SESSIONS) throw new Error(`${way}: ${count} of ${SESSIONS} sessions`);
				costs[way].push(cost);
			}
		const of = (way: Way): Cost => ({
			seconds: median(costs[way].map(({ seconds }) => seconds)),
			cpuSeconds: median(costs[way].map(({ cpuSeconds }) => cpuSeconds)),
			megabytes: median(costs[way].map(({ megabytes }) => megabytes)),
		});
		const ways = {
			...{ node: of('node'), simplified: of('simplified') },
			...{ kept: of('kept'), new: of('new') },
		};
		return { sessions: SESSIONS, latencyMilliseconds: LATENCY, ways };
	} finally {
		for (const agent of agents) agent.destroy();
		child.removeAllListeners('exit');
		child.kill();
	}
}

const WAYS: readonly Way[] = ['node', 'simplified', 'kept', 'new'];

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

const CALLED: Record<Way, string> = {
	node: 'the node',
	simplified: 'the node, Simplify on (default)',
	kept: `bare loop, ${PAGE} a page, ${AT_ONCE} at once, connections kept`,
	new: "the same with new connections, as n8n's helper makes them",
};

/** What `npm run bench` prints of it. */
export function speedLines({ sessions, latencyMilliseconds, ways }: SpeedResult): string[] {
	const to = (value: number, other: number) => `${(value / other).toFixed(2)} x`;
	return [
		`${sessions.toLocaleString('en')} sessions, ${latencyMilliseconds} ms latency; in brackets: against kept, against new connections`,
		...WAYS.map((way) => {
			const { seconds, cpuSeconds, megabytes } = ways[way];
			const time = `${seconds.toFixed(2)} s (${to(seconds, ways.kept.seconds)}, ${to(seconds, ways.new.seconds)})`;
			const cpu = `${cpuSeconds.toFixed(2)} s (${to(cpuSeconds, ways.kept.cpuSeconds)}, ${to(cpuSeconds, ways.new.cpuSeconds)})`;
			return `${CALLED[way]}: ${time}, processor ${cpu}, items ${megabytes.toFixed(0)} MB`;
		}),
	];
}

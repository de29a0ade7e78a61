import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type {
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { vbrControlClient, type VbrControl } from '../../simulator';
import { executeNode, TestCredentials } from '../support/executeNode';
import { median } from './description';

const ROOT = join(__dirname, '../..');
const SESSIONS = 10_000;
/** What Veeam's server gives when no limit is asked for. */
const PLAIN_PAGE = 200;
const RUNS = 3;

export interface PagingResult {
	latencyMilliseconds: number;
	sessions: number;
	nodeSeconds: number;
	plainSeconds: number;
}

/**
 * What a workflow without this package does: one page after the other, by n8n's own request helper
 * with the same credential.
 */
export class PlainPaging implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Plain Paging',
		name: 'plainPaging',
		group: ['input'],
		version: 1,
		description: 'Reads page after page',
		defaults: { name: 'Plain Paging' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'veeamBackupReplicationApi', required: true }],
		properties: [],
	};

	readonly execute: INodeType['execute'];

	constructor(path = '/api/v1/sessions') {
		// n8n calls it on its own context: the node itself is here.
		this.execute = plainly(path);
	}
}

/** Page after page of a list. */
function plainly(path: string) {
	return async function (this: IExecuteFunctions) {
		const { serverUrl } = await this.getCredentials<{ serverUrl: string }>(
			'veeamBackupReplicationApi',
		);
		const all: IDataObject[] = [];
		for (let total = Infinity; all.length < total; ) {
			const page = (await this.helpers.httpRequestWithAuthentication.call(
				this,
				'veeamBackupReplicationApi',
				{
					url: `${serverUrl}${path}`,
					qs: { skip: all.length, limit: PLAIN_PAGE },
					headers: { 'x-api-version': '1.3-rev2' },
					skipSslCertificateValidation: true,
					json: true,
				},
			)) as { data: IDataObject[]; pagination: { total: number } };
			all.push(...page.data);
			total = page.pagination.total;
			if (page.data.length === 0) break;
		}
		return [this.helpers.returnJsonArray(all)];
	};
}

export interface SimulatorProcess {
	url: string;
	controlUrl: string;
	control: VbrControl;
	child: ChildProcess;
}

/** The simulator in a process of its own, so that both sides have a processor. */
export async function startSimulator(sessions: number): Promise<SimulatorProcess> {
	const child = spawn(
		process.execPath,
		['--import', 'tsx', join(ROOT, 'simulator/cli.ts'), '--port', '0', '--sessions', `${sessions}`],
		{ cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
	);
	let output = '';
	return await new Promise((resolve, reject) => {
		child.once('exit', (code) => reject(new Error(`The simulator ended with code ${code}`)));
		child.stdout?.on('data', (chunk) => {
			output += chunk;
			const url = /https:\S+/.exec(output)?.[0];
			const controlUrl = /Control: (\S+)/.exec(output)?.[1];
			if (url && controlUrl)
				resolve({ url, controlUrl, control: vbrControlClient(controlUrl), child });
		});
	});
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return (performance.now() - start) / 1000;
}

/**
 * Reads all sessions through the node and plainly, in turns.
 * @param latencies milliseconds that the server waits before each answer
 */
export async function comparePaging(
	node: INodeType,
	credentialType: new () => ICredentialType,
	latencies: number[],
): Promise<PagingResult[]> {
	const { url, control, child } = await startSimulator(SESSIONS);
	try {
		const credentials = new TestCredentials([new credentialType()], {
			veeamBackupReplicationApi: {
				serverUrl: url,
				authentication: 'password',
				username: 'admin',
				password: 'veeam-demo',
				apiVersion: '1.3-rev2',
				ignoreSslIssues: true,
			},
		});
		const byNode = async () => {
			const parameters = { resource: 'session', operation: 'getManySessions', returnAll: true };
			return (await executeNode({ node, parameters, credentials })).items.length;
		};
		const plainly = async () =>
			(await executeNode({ node: new PlainPaging(), credentials })).items.length;

		const results: PagingResult[] = [];
		for (const latencyMilliseconds of latencies) {
			await control.clearFaults();
			if (latencyMilliseconds > 0) {
				await control.fault({
					path: '/api/v1/sessions*',
					times: 1e6,
					action: { kind: 'delay', milliseconds: latencyMilliseconds },
				});
			}
			const sessions = await byNode();
			if (sessions < SESSIONS || (await plainly()) !== sessions) {
				throw new Error(`The node read ${sessions} sessions, plain paging another number`);
			}
			const nodeSeconds: number[] = [];
			const plainSeconds: number[] = [];
			for (let run = 0; run < RUNS; run++) {
				nodeSeconds.push(await secondsOf(byNode));
				plainSeconds.push(await secondsOf(plainly));
			}
			results.push({
				latencyMilliseconds,
				sessions,
				nodeSeconds: median(nodeSeconds),
				plainSeconds: median(plainSeconds),
			});
		}
		return results;
	} finally {
		child.removeAllListeners('exit');
		child.kill();
	}
}

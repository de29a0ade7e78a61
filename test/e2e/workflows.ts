import { randomUUID } from 'node:crypto';
import type { N8nNode, N8nWorkflow } from '../../demo/n8nApi';
import { withCredentials } from '../../demo/provision';
import type { DemoStack } from '../../demo/stack';

/** The nodes of the package, each with its credential's type. */
const NODES = {
	veeamBackupReplication: 'veeamBackupReplicationApi',
	veeamBackupMicrosoft365: 'veeamBackupMicrosoft365Api',
	veeamServiceProviderConsole: 'veeamServiceProviderConsoleApi',
};

/** One of n8n's own nodes. */
export function baseNode(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): N8nNode {
	return { name, type: `n8n-nodes-base.${type}`, typeVersion, parameters };
}

/** One of our nodes, with a credential to be filled in. */
export function veeamNode(
	name: string,
	parameters: Record<string, unknown>,
	more: Record<string, unknown> = {},
	node: keyof typeof NODES = 'veeamBackupReplication',
): N8nNode {
	return {
		name,
		type: `n8n-nodes-veeam.${node}`,
		typeVersion: 1,
		parameters,
		credentials: { [NODES[node]]: { id: null, name: 'any' } },
		...more,
	};
}

/** Nodes in a row, each connected to the next: what a workflow's JSON needs of them. */
export function inARow(nodes: N8nNode[]): Pick<N8nWorkflow, 'nodes' | 'connections'> {
	return {
		nodes: nodes.map((node, at) => ({ ...node, id: randomUUID(), position: [at * 220, 0] })),
		connections: Object.fromEntries(
			nodes
				.slice(0, -1)
				.map(({ name: from }, at) => [
					from,
					{ main: [[{ node: nodes[at + 1]!.name, type: 'main', index: 0 }]] },
				]),
		),
	};
}

/**
 * Imports a workflow (an example's JSON, or a name and nodes in a row), fills in the demo's
 * credentials and publishes it: its triggers and webhooks are live from then on, also after a
 * restart of n8n. A polling trigger may poll for the first time after this returns.
 * @returns its id in n8n
 */
export async function importAndPublish(
	{ api, credentials }: DemoStack,
	workflow: N8nWorkflow | { name: string; nodes: N8nNode[] },
): Promise<string> {
	const whole: N8nWorkflow =
		'connections' in workflow
			? workflow
			: { ...workflow, ...inARow(workflow.nodes), settings: { executionOrder: 'v1' } };
	const created = await api.createWorkflow(withCredentials(whole, credentials));
	await api.activateWorkflow(created);
	return created.id;
}

/**
 * For a polling trigger's parameter `pollTimes`. n8n refuses one expression that fires more often
 * than once a minute, but takes several of them.
 * @param seconds a divisor of 60
 */
export function pollEvery(seconds: number): { item: object[] } {
	const times = Array.from({ length: 60 / seconds }, (_, at) => at * seconds);
	return {
		item: times.map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` })),
	};
}

/** A way to call a workflow from outside, as often as wanted. */
export interface CallableWorkflow {
	/** Runs it with that body; gives back the items of its last node. */
	run<T>(body?: unknown): Promise<T[]>;
}

/**
 * Publishes a workflow of a webhook and the given nodes in a row. The webhook answers with what
 * the last node puts out.
 */
export async function publish(
	stack: DemoStack,
	name: string,
	nodes: N8nNode[],
): Promise<CallableWorkflow> {
	const path = randomUUID();
	const webhook = {
		...baseNode('Webhook', 'webhook', 2, {
			httpMethod: 'POST',
			path,
			responseMode: 'lastNode',
			responseData: 'allEntries',
			options: {},
		}),
		webhookId: path,
	};
	await importAndPublish(stack, { name, nodes: [webhook, ...nodes] });
	return {
		async run<T>(body: unknown = {}): Promise<T[]> {
			const call = async () =>
				await fetch(`${stack.n8n.address}/webhook/${path}`, {
					method: 'POST',
					headers: { 'content-type': 'application/json', connection: 'close' },
					body: JSON.stringify(body),
				});
			let response = await call();
			// n8n puts a published webhook into service a moment later; until then nothing is run.
			for (let attempt = 0; response.status === 404 && attempt < 50; attempt++) {
				await new Promise((done) => setTimeout(done, 200));
				response = await call();
			}
			const text = await response.text();
			if (!response.ok) throw new Error(`The workflow failed (${response.status}): ${text}`);
			return JSON.parse(text) as T[];
		},
	};
}

/** Executes a workflow as the editor's button does. Gives back the id of the execution. */
export async function executeFrom(
	{ api }: DemoStack,
	workflowId: string,
	trigger: string,
): Promise<string> {
	const workflowData = await api.call<N8nWorkflow>('GET', `/workflows/${workflowId}`);
	const { executionId } = await api.call<{ executionId: string }>(
		'POST',
		`/workflows/${workflowId}/run`,
		{ workflowData, triggerToStartFrom: { name: trigger } },
	);
	return executionId;
}

/** An example workflow as the demo has brought it in. */
export function exampleNamed({ examples }: DemoStack, name: string): { id: string; name: string } {
	const example = examples.find((one) => one.name === name);
	if (!example) throw new Error(`There is no example "${name}"`);
	return example;
}

/** An execution as n8n stores it. */
interface StoredExecution {
	resultData: {
		error?: { message?: string; description?: string };
		runData: Record<
			string,
			Array<{ data?: { main: Array<Array<{ json: Record<string, unknown> }> | null> } }>
		>;
	};
}

/** The items a node put out at its first output in an execution that has ended. */
export async function outputOf<T>(
	{ api }: DemoStack,
	executionId: string,
	node: string,
): Promise<T[]> {
	const { data } = await api.call<{ data: string }>('GET', `/executions/${executionId}`);
	const { runData } = (unflattened(data) as StoredExecution).resultData;
	return (runData[node]?.[0]?.data?.main[0] ?? []).map(({ json }) => json as T);
}

/** Why executions have failed: what the nodes said, the newest first. */
export async function failures({ api }: Pick<DemoStack, 'api'>): Promise<string[]> {
	const filter = encodeURIComponent(JSON.stringify({ status: 'error' }));
	const { results } = await api.call<{ results: Array<{ id: string }> }>(
		'GET',
		`/executions?limit=10&filter=${filter}`,
	);
	const said: string[] = [];
	for (const { id } of results) {
		const { data } = await api.call<{ data: string }>('GET', `/executions/${id}`);
		const { error } = (unflattened(data) as StoredExecution).resultData;
		said.push([id, error?.message, error?.description].filter(Boolean).join(' '));
	}
	return said;
}

/** Reads n8n's form of an execution: a list of values, in which texts stand for places in it. */
function unflattened(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const known = new Map<string, unknown>();
	const at = (binding: string): unknown => {
		if (known.has(binding)) return known.get(binding);
		const value = values[Number(binding)];
		if (value === null || typeof value !== 'object') return value;
		const copy: unknown[] | Record<string, unknown> = Array.isArray(value) ? [] : {};
		known.set(binding, copy);
		for (const [key, part] of Object.entries(value)) {
			(copy as Record<string, unknown>)[key] = typeof part === 'string' ? at(part) : part;
		}
		return copy;
	};
	return at('0');
}

/** Waits for the end of an execution: `success`, `error`, … */
export async function statusOf({ api }: DemoStack, executionId: string): Promise<string> {
	for (let attempt = 0; attempt < 250; attempt++) {
		const { status } = await api.call<{ status: string }>('GET', `/executions/${executionId}`);
		if (!['new', 'running', 'waiting'].includes(status)) return status;
		await new Promise((done) => setTimeout(done, 200));
	}
	throw new Error(`Execution ${executionId} did not end within 50 seconds`);
}

import { randomUUID } from 'node:crypto';
import type { N8nNode, N8nWorkflow } from '../../demo/n8nApi';
import { withCredentials } from '../../demo/provision';
import type { DemoStack } from '../../demo/stack';

const NODE = 'n8n-nodes-veeam.veeamBackupReplication';

/** One of n8n's own nodes. */
export function baseNode(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
): N8nNode {
	return { name, type: `n8n-nodes-base.${type}`, typeVersion, parameters };
}

/** Our node, with a credential to be filled in. */
export function veeamNode(
	name: string,
	parameters: Record<string, unknown>,
	more: Record<string, unknown> = {},
): N8nNode {
	const credentials = { veeamBackupReplicationApi: { id: null, name: 'any' } };
	return { name, type: NODE, typeVersion: 1, parameters, credentials, ...more };
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
	{ api, n8n, credentials }: DemoStack,
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
	const row = [webhook, ...nodes].map((node, at) => ({
		...node,
		id: randomUUID(),
		position: [at * 220, 0],
	}));
	const connections = Object.fromEntries(
		row
			.slice(0, -1)
			.map(({ name: from }, at) => [
				from,
				{ main: [[{ node: row[at + 1]!.name, type: 'main', index: 0 }]] },
			]),
	);
	const workflow: N8nWorkflow = {
		name,
		nodes: row,
		connections,
		settings: { executionOrder: 'v1' },
	};
	await api.activateWorkflow(await api.createWorkflow(withCredentials(workflow, credentials)));
	return {
		async run<T>(body: unknown = {}): Promise<T[]> {
			const call = async () =>
				await fetch(`${n8n.address}/webhook/${path}`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
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

/** Waits for the end of an execution: `success`, `error`, … */
export async function statusOf({ api }: DemoStack, executionId: string): Promise<string> {
	for (let attempt = 0; attempt < 100; attempt++) {
		const { status } = await api.call<{ status: string }>('GET', `/executions/${executionId}`);
		if (!['new', 'running', 'waiting'].includes(status)) return status;
		await new Promise((done) => setTimeout(done, 200));
	}
	throw new Error(`Execution ${executionId} did not end within 20 seconds`);
}

import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nNode, N8nWorkflow } from '../../demo/n8nApi';
import { exampleWorkflows, withCredentials } from '../../demo/provision';
import type { DemoStack } from '../../demo/stack';
import { baseNode, inARow, pollEvery } from './workflows';

/** A workflow with polling triggers in a real n8n, which polls every two seconds. */
export interface PollingWorkflow {
	id: string;
	/** The first time: publishes it and waits for its first poll. Later: waits for two polls. */
	poll(): Promise<void>;
	/** What its triggers remember, as n8n has stored it. */
	memory(): unknown;
	/** Ids of its executions, newest first. */
	executions(): Promise<string[]>;
	stop(): Promise<void>;
}

const SECONDS = 2;

/** Imports a workflow with the demo's credentials. It is not published until its first `poll`. */
export async function importPolling(
	{ api, credentials, n8n }: DemoStack,
	workflow: N8nWorkflow | { name: string; nodes: N8nNode[] },
): Promise<PollingWorkflow> {
	const whole: N8nWorkflow =
		'connections' in workflow
			? workflow
			: { ...workflow, ...inARow(workflow.nodes), settings: { executionOrder: 'v1' } };
	const triggers = whole.nodes.filter(({ parameters }) => parameters.pollTimes !== undefined);
	const nodes = whole.nodes.map((node) =>
		triggers.includes(node)
			? { ...node, parameters: { ...node.parameters, pollTimes: pollEvery(SECONDS) } }
			: node,
	);
	const created = await api.createWorkflow(withCredentials({ ...whole, nodes }, credentials));
	const { id } = created;
	const memory = () => storedMemory(n8n.log, id);
	let isPublished = false;
	return {
		id,
		memory,
		async stop() {
			if (isPublished) await api.deactivateWorkflow(id);
			isPublished = false;
		},
		async poll() {
			if (isPublished) return await sleep(2_250 * SECONDS);
			await api.activateWorkflow(created);
			isPublished = true;
			// n8n answers before it has polled; what the first poll remembers is stored at once.
			for (let attempt = 0; attempt < 150; attempt++) {
				const known = Object.keys((memory() ?? {}) as object);
				if (triggers.every(({ name }) => known.includes(`node:${name}`))) return;
				await sleep(200);
			}
			throw new Error(`"${whole.name}" did not poll within 30 seconds`);
		},
		async executions() {
			const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
			const { results } = await api.call<{ results: Array<{ id: string }> }>(
				'GET',
				`/executions?limit=50&filter=${filter}`,
			);
			return results.map((execution) => execution.id);
		},
	};
}

/** n8n's interface does not show it: it stands in the database beside n8n's log. */
function storedMemory(log: string, workflowId: string): unknown {
	const database = new DatabaseSync(join(dirname(log), '.n8n', 'database.sqlite'), {
		readOnly: true,
	});
	try {
		const row = database
			.prepare('SELECT staticData FROM workflow_entity WHERE id = ?')
			.get(workflowId);
		return JSON.parse(String(row?.staticData ?? null)) as unknown;
	} finally {
		database.close();
	}
}

/** A copy of an example as it is in `examples/`, which remembers nothing yet. */
export async function importExample(stack: DemoStack, name: string): Promise<PollingWorkflow> {
	const example = exampleWorkflows().find((one) => one.name === name);
	if (!example) throw new Error(`There is no example "${name}"`);
	return await importPolling(stack, example);
}

/** One of our triggers, polled once a minute, with a credential to be filled in. */
export function veeamTrigger(
	name: string,
	events: string[],
	parameters: Record<string, unknown> = {},
	node = 'veeamBackupReplicationTrigger',
): N8nNode {
	return {
		name,
		type: `n8n-nodes-veeam.${node}`,
		typeVersion: 1,
		parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, events, ...parameters },
		credentials: { [node.replace(/Trigger$/, 'Api')]: { id: null, name: 'any' } },
	};
}

/**
 * Sends each item to the ticket stand-in, under its workflow's name and event id: one that came
 * twice to a workflow is refused there.
 */
export function report({ standIns }: DemoStack): N8nNode {
	return {
		...baseNode('Report', 'httpRequest', 4.2, {
			method: 'POST',
			url: `${standIns.address}/tickets`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody:
				'={{ { incidentKey: $workflow.name + $json.eventId, by: $workflow.name, item: $json } }}',
			options: {},
		}),
		onError: 'continueRegularOutput',
	};
}

/** What `report` sent, as `transition: message`, in the order in which it came. */
export function reported({ standIns }: DemoStack, by?: string): string[] {
	return standIns.tickets.calls
		.filter(({ body }) => by === undefined || body.by === by)
		.map(({ body, status }) => {
			const { transition, message } = body.item as { transition: string; message: string };
			return `${transition}: ${message}${status === 201 ? '' : ` (${status})`}`;
		});
}

/** The mails that came after the first `earlier` ones, when there are so many of them. */
export async function mailsSince(
	{ mail }: DemoStack,
	earlier: number,
	count: number,
): Promise<Array<{ to: string[]; subject: string; text: string }>> {
	await mail.waitFor(({ number }) => number === earlier + count);
	return mail.mails.slice(earlier).map(({ recipients, mail: { subject, text } }) => ({
		to: recipients,
		subject: subject ?? '',
		text: (text ?? '').trim(),
	}));
}

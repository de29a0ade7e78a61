import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from './paths';
import { HOST } from './ports';
import type { SimulatedServer } from './simulatedServer';
import { SLACK_TOKEN } from './standIns/slack';
import type { N8nApi, N8nCredential, N8nWorkflow } from './n8nApi';

/** The demo's credentials by n8n's credential type. */
export type DemoCredentials = Record<string, N8nCredential>;

/**
 * Creates the demo's credentials, or points those of an earlier run at today's ports. They have the
 * names that n8n gives new ones and that the examples hold: so an example that a person imports by
 * hand finds them.
 */
export async function provideCredentials(
	api: N8nApi,
	servers: Array<SimulatedServer<unknown>>,
	smtpPort: number,
): Promise<DemoCredentials> {
	const smtp = {
		user: '',
		password: '',
		host: HOST,
		port: smtpPort,
		secure: false,
		disableStartTls: true,
		hostName: '',
	};
	const wanted: Array<[name: string, type: string, data: Record<string, unknown>]> = [
		...servers.map(({ product, credentialType, credential }): (typeof wanted)[number] => [
			product,
			credentialType,
			credential,
		]),
		['SMTP', 'smtp', smtp],
		['Slack', 'slackApi', { accessToken: SLACK_TOKEN }],
		// Stands open in the example of an agent: a model has to be paid for.
		['OpenAI', 'openAiApi', { apiKey: 'enter-your-api-key' }],
	];
	const credentials: DemoCredentials = {};
	for (const [name, type, data] of wanted) {
		credentials[type] = await api.saveCredential(`${name} account`, type, data);
	}
	return credentials;
}

/** The example workflows, as they are in `examples/`. */
export function exampleWorkflows(): N8nWorkflow[] {
	const folder = join(PROJECT_FOLDER, 'examples');
	return readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.sort()
		.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as N8nWorkflow);
}

/** The workflow with the demo's credentials in the places where the example leaves them open. */
export function withCredentials(workflow: N8nWorkflow, credentials: DemoCredentials): N8nWorkflow {
	return {
		...workflow,
		nodes: workflow.nodes.map((node) => {
			const wired = Object.keys(node.credentials ?? {}).map((type) => {
				const ours = credentials[type];
				return [type, ours ? { id: ours.id, name: ours.name } : node.credentials![type]];
			});
			return wired.length === 0 ? node : { ...node, credentials: Object.fromEntries(wired) };
		}),
	};
}

/**
 * Brings the example workflows in that n8n does not have yet, and publishes those that start by
 * themselves: at a time, or on a web request. One that a person has changed stays as it is.
 * @returns every example with its id in n8n
 */
export async function provideExamples(
	api: N8nApi,
	credentials: DemoCredentials,
): Promise<Array<{ id: string; name: string }>> {
	const there = await api.workflows();
	const examples: Array<{ id: string; name: string }> = [];
	for (const example of exampleWorkflows()) {
		const existing = there.find(({ name }) => name === example.name);
		if (existing) {
			examples.push(existing);
			continue;
		}
		const created = await api.createWorkflow(withCredentials(example, credentials));
		if (example.nodes.some(startsByItself)) await api.activateWorkflow(created);
		examples.push(created);
	}
	return examples;
}

/** Not where a person clicks or asks. */
const startsByItself = ({ type }: { type: string }) =>
	/(Trigger|\.webhook)$/.test(type) && !/(manual|chat)Trigger$/.test(type);

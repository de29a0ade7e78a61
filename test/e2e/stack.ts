import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DemoError } from '../../demo/DemoError';
import { PROJECT_FOLDER } from '../../demo/paths';
import type { DemoPorts } from '../../demo/options';
import { freePort } from '../../demo/ports';
import { exampleWorkflows } from '../../demo/provision';
import { PRODUCTS, type ProductKey } from '../../nodes/products';
import { startStack, type DemoStack, type StackOptions } from '../../demo/stack';

/** Starting takes seconds, installing n8n for the first time minutes. */
export const START_MINUTES = 15;

/** What a test run leaves for a person to look at; git ignores it. */
export function artifactsFolder(name: string): string {
	const folder = join(PROJECT_FOLDER, 'artifacts', name);
	mkdirSync(folder, { recursive: true });
	return folder;
}

/** Ports nobody uses. */
export async function freePorts(): Promise<DemoPorts> {
	const servers = {} as Record<ProductKey, number>;
	for (const { key } of PRODUCTS) servers[key] = await freePort();
	return {
		n8n: await freePort(),
		...servers,
		smtp: await freePort(),
		mails: await freePort(),
		standIns: await freePort(),
	};
}

/**
 * The whole demo on free ports, with an n8n that knows nothing of earlier runs. Its logs go to
 * `artifacts/<name>` when it is stopped.
 */
export async function startTestStack(
	name: string,
	options: Pick<StackOptions, 'env' | 'recipe' | 'withExamples'> = {},
): Promise<DemoStack> {
	const userFolder = mkdtempSync(join(tmpdir(), 'n8n-nodes-veeam-'));
	const keepLogs = () => {
		for (const file of ['n8n.log', 'package.log']) {
			const log = join(userFolder, file);
			if (existsSync(log)) cpSync(log, join(artifactsFolder(name), file));
		}
		rmSync(userFolder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		const stack = await startStack({
			...options,
			userFolder,
			ports: await freePorts(),
			// Straight to the terminal: jest would add a stack trace to every line.
			say: (line) => process.stderr.write(`  ${line}\n`),
		});
		await silencePolling(stack);
		return {
			...stack,
			stop: async () => {
				await stack.stop();
				keepLogs();
			},
		};
	} catch (error) {
		keepLogs();
		throw error instanceof DemoError ? new Error(error.text) : error;
	}
}

/** The examples that watch a server would report what tests do to it; those that test them start copies. */
async function silencePolling({ api, examples }: DemoStack): Promise<void> {
	const watching = exampleWorkflows()
		.filter(({ nodes }) => nodes.some(({ type }) => /veeam.+Trigger$/.test(type)))
		.map(({ name }) => name);
	for (const { id, name } of examples)
		if (watching.includes(name)) await api.deactivateWorkflow(id);
}

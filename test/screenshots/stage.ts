import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { N8nNode } from '../../demo/n8nApi';
import { PROJECT_FOLDER } from '../../demo/paths';
import type { DemoStack } from '../../demo/stack';
import { PRODUCTS, type ProductKey } from '../../nodes/products';
import { chromiumPath, startChromium } from '../browser/chromium';
import { Editor } from '../browser/editor';
import { startTestStack } from '../e2e/stack';

/** n8n's name of a product's action node. */
export const nodeTypeOf = (key: ProductKey): string => {
	const { folder } = PRODUCTS.find((one) => one.key === key)!;
	return `n8n-nodes-veeam.${folder.charAt(0).toLowerCase()}${folder.slice(1)}`;
};

/** The smallest screen on which everything has to be readable. */
export const SMALL_SCREEN = { width: 1280, height: 720 };

/** A real n8n with the simulated servers, and a browser logged in to it. */
export interface Stage {
	stack: DemoStack;
	editor: Editor;
	page: Page;
	/** Writes `artifacts/screenshots/<name>.png`, of the whole page where that is wished. */
	picture(name: string, of?: { fullPage?: boolean }): Promise<void>;
	/** Stores a workflow of a manual trigger and these nodes in a row, and opens it. */
	openWorkflow(name: string, nodes: N8nNode[]): Promise<void>;
	/** Opens the form of a node on the canvas. */
	openForm(node: string): Promise<void>;
}

/**
 * Runs a play of pictures and cleans up after it.
 * @throws Error where there is no Chromium here
 */
export async function onStage(play: (stage: Stage) => Promise<void>): Promise<void> {
	const path = chromiumPath();
	if (!path) throw new Error('There is no Chromium here: say where it is with CHROMIUM_PATH.');
	const folder = join(PROJECT_FOLDER, 'artifacts', 'screenshots');
	mkdirSync(folder, { recursive: true });
	const stack = await startTestStack('screenshots');
	try {
		const browser = await startChromium(path);
		try {
			const page = await browser.newPage({ viewport: SMALL_SCREEN });
			const editor = new Editor(page, stack.n8n.address, folder);
			await editor.logIn();
			await play(stageOf(stack, editor, folder));
		} finally {
			await browser.close();
		}
	} finally {
		await stack.stop();
	}
}

function stageOf(stack: DemoStack, editor: Editor, folder: string): Stage {
	const { page } = editor;
	return {
		stack,
		editor,
		page,
		async picture(name, { fullPage = false } = {}) {
			await page.waitForTimeout(400);
			await page.screenshot({
				path: join(folder, `${name}.png`),
				fullPage,
				style: '.el-notification, [data-test-id="ask-assistant-floating-button"] { display: none }',
			});
			console.log(`${name}.png`);
		},
		async openWorkflow(name, nodes) {
			const trigger: N8nNode = {
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				parameters: {},
			};
			const row = [trigger, ...nodes].map((node, index) => ({
				id: `node-${index}`,
				typeVersion: 1,
				position: [index * 240, 0],
				...node,
			}));
			const connections = Object.fromEntries(
				row
					.slice(0, -1)
					.map((node, index) => [
						node.name,
						{ main: [[{ node: row[index + 1]!.name, type: 'main', index: 0 }]] },
					]),
			);
			const { id } = await stack.api.createWorkflow({ name, nodes: row, connections });
			await editor.open(id!);
		},
		async openForm(node) {
			await page.locator(`[data-test-id="canvas-node"][data-node-name="${node}"]`).dblclick();
			await editor.at('ndv').waitFor();
		},
	};
}

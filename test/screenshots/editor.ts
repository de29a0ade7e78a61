/**
 * `tsx test/screenshots/editor.ts [part of a name]`: the editor on the smallest screen, in a real
 * n8n against the simulated servers; pictures in `artifacts/screenshots/`. Look at them.
 */
import { PRODUCTS, type ProductKey } from '../../nodes/products';
import { nodeTypeOf, onStage, type Stage } from './stage';
import type { N8nNode } from '../../demo/n8nApi';
import type { DemoStack } from '../../demo/stack';

/** What is worth a picture of a product. */
interface Views {
	/** The forms with the most and the longest fields and operations. */
	longest: Array<Record<string, unknown>>;
	/** An action in the middle of the node panel's list. */
	group: string;
	/** An operation with a preview. */
	previewed: Record<string, unknown>;
}

const VIEWS: Record<ProductKey, Views> = {
	vbr: {
		group: 'Get many job states',
		longest: [
			{ resource: 'diskManagement', operation: 'restorePartition' },
			{ resource: 'scaleOutRepository', operation: 'enableExtentSealedMode' },
			{
				resource: 'backup',
				operation: 'deleteBackup',
				filters: { fromDBIfSPUnavailable: true, includeGFS: true },
			},
		],
		previewed: { resource: 'repository', operation: 'getManyRepositoryStates' },
	},
	vb365: {
		group: 'Get many job sessions',
		longest: [
			{ resource: 'backupRepository', operation: 'addBackupRepository' },
			{ resource: 'explorerEmail', operation: 'completeExchangeEmailSettingsOAuthSignIn' },
		],
		previewed: { resource: 'organization', operation: 'getOrganizations' },
	},
	vspc: {
		group: 'Get many jobs',
		longest: [
			{ resource: 'backupAgentJob', operation: 'listBackupAgentJobs' },
			{
				resource: 'companyHostedResource',
				operation: 'listCompanyHostedVbrVcdOrganizationMappings',
			},
		],
		previewed: { resource: 'company', operation: 'listCompanies' },
	},
};

/** A product in front of the camera. */
interface Product extends Views {
	/** In the names of the pictures. */
	name: ProductKey;
	title: string;
	type: string;
}

const SHOWN: Product[] = PRODUCTS.map(({ key, product }) => ({
	...VIEWS[key],
	name: key,
	title: product.adapter.displayName,
	type: nodeTypeOf(key),
}));

function nodeOf(stack: DemoStack, product: Product, parameters: Record<string, unknown>): N8nNode {
	const { credentialType } = stack[product.name];
	const { id, name } = stack.credentials[credentialType]!;
	const credentials = { [credentialType]: { id, name } };
	return { name: product.title, type: product.type, parameters, credentials };
}

/** The list of actions in the node panel: its top, and the group of a resource. */
async function actions(stage: Stage, { name, title, group }: Product): Promise<void> {
	const { editor, picture } = stage;
	await editor.newWorkflow();
	await editor.findNode(title);
	await picture(`editor-${name}-triggers`);
	await editor.openActions();
	await picture(`editor-${name}-actions`);
	await editor.action(group).scrollIntoViewIfNeeded();
	await picture(`editor-${name}-actions-group`);
}

/** Each long form, and its list of operations. */
async function forms(stage: Stage, product: Product): Promise<void> {
	const { stack, page, picture } = stage;
	const { name, title, longest } = product;
	for (const parameters of longest) {
		const shown = `editor-${name}-${String(parameters.resource)}`;
		await stage.openWorkflow(shown, [nodeOf(stack, product, parameters)]);
		await stage.openForm(title);
		await picture(shown);
		await page.locator('[data-test-id="parameter-input-operation"]').click();
		await picture(`${shown}-operations`);
		await page.keyboard.press('Escape');
	}
}

/** A trigger with all its events: the form's top and, further down, their fields. */
async function trigger(stage: Stage, product: Product): Promise<void> {
	const { stack, page, picture } = stage;
	const { name, title } = product;
	const { type, ...node } = nodeOf(stack, product, {});
	const answer = await page.request.get(`${stack.n8n.address}/types/nodes.json`);
	const types = (await answer.json()) as Array<{ name: string; properties: Property[] }>;
	const events = types
		.find((one) => one.name === `${type}Trigger`)
		?.properties.find((one) => one.name === 'events')
		?.options?.map(({ value }) => value);
	if (!events) throw new Error(`n8n knows no trigger of ${name}`);
	const parameters = { events };
	await stage.openWorkflow(`${name} trigger`, [
		{ ...node, name: `${title} Trigger`, type: `${type}Trigger`, parameters },
	]);
	await stage.openForm(`${title} Trigger`);
	await picture(`editor-${name}-trigger`);
	for (const part of [2, 3, 4]) {
		await page.mouse.move(640, 400);
		await page.mouse.wheel(0, 450);
		await picture(`editor-${name}-trigger-${part}`);
	}
}

interface Property {
	name: string;
	options?: Array<{ value: string }>;
}

/** The fields of a node that has never run, at the next node's form. */
async function preview(stage: Stage, product: Product): Promise<void> {
	const { stack, page, picture } = stage;
	const { name, previewed } = product;
	await stage.openWorkflow(`${name} preview`, [
		nodeOf(stack, product, previewed),
		{ name: 'Next', type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters: {} },
	]);
	await stage.openForm('Next');
	await page.locator('[data-test-id="ndv"]').getByText('Usually outputs').first().waitFor();
	await picture(`editor-${name}-preview`);
}

/** The example of an AI agent, and one of its tools with the buttons "let the model define". */
async function tool(stage: Stage): Promise<void> {
	const { stack, editor, picture } = stage;
	const example = stack.examples.find(({ name }) => name.startsWith('AI agent'))!;
	await editor.open(example.id);
	await picture('editor-ai-agent');
	await stage.openForm('Get Failed Sessions');
	await picture('editor-ai-tool');
	await stage.page.locator('[data-test-id="ndv"]').getByText('Filters').first().hover();
	await stage.page.mouse.wheel(0, 600);
	await picture('editor-ai-tool-filters');
}

const wanted = process.argv[2] ?? '';

onStage(async (stage) => {
	const scenes: Array<[string, () => Promise<void>]> = [
		...SHOWN.flatMap(
			(product): Array<[string, () => Promise<void>]> => [
				[`${product.name}-preview`, () => preview(stage, product)],
				[`${product.name}-actions`, () => actions(stage, product)],
				[`${product.name}-trigger`, () => trigger(stage, product)],
				[`${product.name}-forms`, () => forms(stage, product)],
			],
		),
		['ai-tool', () => tool(stage)],
	];
	for (const [name, play] of scenes.filter(([one]) => one.includes(wanted)))
		await play().catch(async (error: unknown) => {
			console.error(name, error instanceof Error ? error.message : error);
			await stage.picture(`broken-${name}`);
		});
}).then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);

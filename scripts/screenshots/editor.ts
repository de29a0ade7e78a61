/**
 * `tsx scripts/screenshots/editor.ts [part of a name]`: the editor on the smallest screen, in a real
 * n8n against the simulated servers; pictures in `artifacts/screenshots/`. Look at them.
 */
import { onStage, type Stage } from './stage';
import type { N8nNode } from '../../demo/n8nApi';
import type { DemoStack } from '../../demo/stack';

interface Product {
	name: string;
	title: string;
	server: 'simulator' | 'microsoft365' | 'serviceProviderConsole';
	type: string;
	/** The forms with the most and the longest fields and operations. */
	longest: Array<Record<string, unknown>>;
	/** An action in the middle of the node panel's list. */
	group: string;
	/** An operation with a preview. */
	previewed: Record<string, unknown>;
}

const PRODUCTS: Product[] = [
	{
		name: 'vbr',
		title: 'Veeam Backup & Replication',
		server: 'simulator',
		type: 'n8n-nodes-veeam.veeamBackupReplication',
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
	{
		name: 'vb365',
		title: 'Veeam Backup for Microsoft 365',
		server: 'microsoft365',
		type: 'n8n-nodes-veeam.veeamBackupMicrosoft365',
		group: 'Get many job sessions',
		longest: [
			{ resource: 'backupRepository', operation: 'addBackupRepository' },
			{ resource: 'explorerEmail', operation: 'completeExchangeEmailSettingsOAuthSignIn' },
		],
		previewed: { resource: 'organization', operation: 'getOrganizations' },
	},
	{
		name: 'vspc',
		title: 'Veeam Service Provider Console',
		server: 'serviceProviderConsole',
		type: 'n8n-nodes-veeam.veeamServiceProviderConsole',
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
];

function nodeOf(stack: DemoStack, product: Product, parameters: Record<string, unknown>): N8nNode {
	const { credentialType } = stack[product.server];
	const { id, name } = stack.credentials[credentialType]!;
	const credentials = { [credentialType]: { id, name } };
	return { name: product.title, type: product.type, parameters, credentials };
}

/** The list of actions in the node panel: its top, and the group of a resource. */
async function actions(stage: Stage, { name, title, group }: Product): Promise<void> {
	const { editor, picture } = stage;
	await editor.newWorkflow();
	await editor.findNode(title);
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
		...PRODUCTS.flatMap(
			(product): Array<[string, () => Promise<void>]> => [
				[`${product.name}-preview`, () => preview(stage, product)],
				[`${product.name}-actions`, () => actions(stage, product)],
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

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeParameters, INodeProperties } from 'n8n-workflow';
import { deepCopy, NodeHelpers } from 'n8n-workflow';

import { operationOptions } from '../support/operationPickers';
import { catalogue, NODES, properties } from './description.support';
import { nameOperations } from '../../nodes/shared/form/operationNames';

type Connections = Record<string, Record<string, Array<Array<{ node: string; type: string }>>>>;

const example = JSON.parse(
	readFileSync(join(__dirname, '../../examples/ai-agent-backup-questions.json'), 'utf8'),
) as { nodes: INode[]; connections: Connections };

/** What n8n puts in front of a node's form when it makes a tool of it. */
const ofTools = ['descriptionType', 'toolDescription'];

const tools = example.nodes.filter(
	({ type }) => type === 'n8n-nodes-veeam.veeamBackupReplicationTool',
);

const toolParameters = ({ parameters }: INode): INodeParameters =>
	Object.fromEntries(Object.entries(parameters).filter(([name]) => !ofTools.includes(name)));

describe('the example of an AI agent', () => {
	const all = properties();

	it('has tools that hold only what the form of the node knows', () => {
		expect(tools).toHaveLength(3);
		for (const tool of tools) {
			const given = toolParameters(tool);
			const known = NodeHelpers.getNodeParameters(
				all,
				deepCopy(given),
				true,
				false,
				{ typeVersion: 1 },
				null,
			);
			expect(known).toMatchObject(given);
			expect(Object.keys(known!)).toEqual(expect.arrayContaining(Object.keys(given)));
			const entries = all.find(
				(one) =>
					one.name === 'filters' &&
					NodeHelpers.displayParameter(known!, one, { typeVersion: 1 }, null),
			)?.options as INodeProperties[] | undefined;
			const filters = (entries ?? []).map(({ name }) => name);
			expect(filters).toEqual(
				expect.arrayContaining(Object.keys((given.filters ?? {}) as INodeParameters)),
			);
		}
	});

	it('gives the model nothing that changes anything', () => {
		const reading = new Set([
			...catalogue.operations.filter(({ method }) => method === 'GET').map(({ id }) => id),
			'getFailureReasons',
		]);
		const used = tools.map(({ parameters }) => String(parameters.operation));
		expect(used.filter((id) => !reading.has(id))).toEqual([]);
		const offered = operationOptions(all).map(({ value }) => value);
		expect(offered).toEqual(expect.arrayContaining(used));
	});

	it('tells the model in a line what each tool is for', () => {
		for (const { parameters } of tools)
			expect(String(parameters.toolDescription)).toMatch(/^[A-Z].{30,160}$/);
	});

	it('connects nodes that are there, each to the input it is made for', () => {
		const names = new Set(example.nodes.map(({ name }) => name));
		const links = Object.entries(example.connections).flatMap(([from, outputs]) =>
			Object.entries(outputs).flatMap(([kind, targets]) =>
				targets.flat().map(({ node, type }) => ({ from, kind, node, type })),
			),
		);
		expect(links.filter(({ from, node }) => !names.has(from) || !names.has(node))).toEqual([]);
		expect(links.filter(({ kind, type }) => kind !== type)).toEqual([]);
		expect(links.filter(({ kind }) => kind === 'ai_tool').map(({ from }) => from)).toEqual(
			tools.map(({ name }) => name),
		);
	});

	it('says in a note what to set, and that it needs a model', () => {
		const note = example.nodes.find(({ type }) => type === 'n8n-nodes-base.stickyNote');
		expect(note?.parameters.content).toMatch(/OpenAI credential.*\n.*Backup Viewer/);
		expect(JSON.stringify(example)).not.toMatch(/"id": ?"\w{16}"/);
	});
});

it.each(NODES)("$product: a tool's description, the action, is one short line", (node) => {
	const actions = nameOperations(node.catalogue, node.overlay).map(({ action }) => action);
	expect(actions.filter((action) => action.length > 140 || action.includes('\n'))).toEqual([]);
});

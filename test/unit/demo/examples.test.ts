import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';

import { PRODUCTS } from '../../../nodes/products';
import type { N8nApi } from '../../../demo/n8nApi';
import { exampleWorkflows, provideCredentials } from '../../../demo/provision';
import { isShown } from '../../support/shown';

/** The descriptions of our nodes by the end of their type: n8n leaves what it does not know unread. */
const DESCRIPTIONS = new Map(
	PRODUCTS.flatMap(({ Node, TriggerNode }) => [new Node(), new TriggerNode()]).map(
		({ description }) => [description.name, description] as const,
	),
);

/** As a tool of an agent a node has another type. */
const descriptionOf = (type: string) =>
	DESCRIPTIONS.get((type.split('.').at(-1) ?? '').replace(/Tool$/, ''))!;

/** What n8n itself adds to a form. */
const OF_N8N = ['pollTimes', 'descriptionType', 'toolDescription'];

/** Parameters of a node, options in its collections too, that its form does not show. */
function unknownIn(type: string, parameters: INodeParameters): string[] {
	const description = descriptionOf(type);
	const unknown: string[] = [];
	for (const [name, value] of Object.entries(parameters)) {
		if (OF_N8N.includes(name)) continue;
		const property = description.properties.find(
			(one) => one.name === name && isShown(one, parameters, parameters, description),
		);
		if (!property) unknown.push(name);
		if (property?.type !== 'collection') continue;
		const options = (property.options as INodeProperties[]).map((one) => one.name);
		for (const inner of Object.keys(value as object))
			if (!options.includes(inner)) unknown.push(`${name}.${inner}`);
	}
	return unknown;
}

/** With what the node's form has by default for what decides on its fields. */
function filled(type: string, parameters: INodeParameters): INodeParameters {
	const { properties } = descriptionOf(type);
	const filledIn: INodeParameters = { ...parameters };
	const usual = NodeHelpers.getNodeParameters(
		properties,
		parameters,
		true,
		false,
		{ typeVersion: 1 },
		null,
	);
	for (const [name, value] of Object.entries(usual ?? {})) filledIn[name] ??= value;
	return filledIn;
}

/** By type, the name that the demo gives its credential. */
async function credentialNames(): Promise<Record<string, string>> {
	const api = {
		saveCredential: async (name: string, type: string) => ({ id: 'any', name, type }),
	} as unknown as N8nApi;
	const servers = PRODUCTS.map(({ product, Credential }) => ({
		product: product.adapter.displayName,
		credentialType: new Credential().name,
		credential: {},
	}));
	const credentials = await provideCredentials(api, servers as never, 25);
	return Object.fromEntries(Object.entries(credentials).map(([type, { name }]) => [type, name]));
}

describe.each(exampleWorkflows().map((workflow) => [workflow.name, workflow] as const))(
	'The example "%s"',
	(name, { nodes, connections }) => {
		it('has a note with its name that names every node which needs a credential', () => {
			const notes = nodes.filter(({ type }) => type.endsWith('.stickyNote'));
			expect(notes).toHaveLength(1);
			const content = String(notes[0]!.parameters.content);

			expect(content.split('\n')[0]).toBe(`## ${name}`);
			for (const node of nodes.filter(({ credentials }) => credentials)) {
				expect(content).toContain(`**${node.name}**`);
			}
		});

		it('leaves its credentials open, under the names of the demo', async () => {
			const names = await credentialNames();
			const used = nodes.flatMap(({ credentials }) => Object.entries(credentials ?? {}));

			expect(used.length).toBeGreaterThan(0);
			for (const [type, credential] of used) {
				expect(credential).toEqual({ id: null, name: names[type] });
			}
		});

		it('gives our nodes nothing that their forms do not have', () => {
			const ours = nodes.filter(({ type }) => type.startsWith('n8n-nodes-veeam.'));
			expect(ours.length).toBeGreaterThan(0);
			// What a form leaves to its defaults decides which fields it shows.
			for (const { name: node, type, parameters } of ours)
				expect([node, unknownIn(type, filled(type, parameters as INodeParameters))]).toEqual([
					node,
					[],
				]);
		});

		it('connects nodes that are there, and holds nothing of the n8n it was written in', () => {
			const known = nodes.map((node) => node.name);
			const ends = Object.entries(
				connections as Record<string, Record<string, Array<Array<{ node: string }>>>>,
			);
			expect(known).toEqual(
				expect.arrayContaining(
					ends.flatMap(([from, to]) => [
						from,
						...Object.values(to)
							.flat(2)
							.map(({ node }) => node),
					]),
				),
			);
			const slug = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');
			expect(nodes.map(({ id }) => id)).toEqual(known.map(slug));
		});
	},
);

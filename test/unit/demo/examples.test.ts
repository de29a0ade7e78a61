import { PRODUCTS } from '../../../nodes/products';
import type { N8nApi } from '../../../demo/n8nApi';
import { exampleWorkflows, provideCredentials } from '../../../demo/provision';

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

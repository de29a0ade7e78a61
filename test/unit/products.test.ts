import { globSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { NEIGHBOURS } from '../../nodes/neighbours';
import { PRODUCTS } from '../../nodes/products';
import packageJson from '../../package.json';
import { PRODUCTS as COMPILED } from '../../scripts/catalogue/products';

const NODES = join(__dirname, '..', '..', 'nodes');
const CONTRACT = join(__dirname, '..', 'contract');

describe('the registry of products', () => {
	it('has every folder of nodes/ that is a product', () => {
		const folders = readdirSync(NODES, { withFileTypes: true })
			.filter((entry) => entry.isDirectory() && entry.name !== 'shared')
			.map(({ name }) => name);
		expect(PRODUCTS.map(({ folder }) => folder).sort()).toEqual(folders.sort());
	});

	it('and package.json name the same nodes and credentials', () => {
		const names = (files: string[]) =>
			files.map((file) => /([^/]+)\.\w+\.js$/.exec(file)![1]).sort();
		expect(names(packageJson.n8n.nodes)).toEqual(
			PRODUCTS.flatMap(({ Node, TriggerNode }) => [Node.name, TriggerNode.name]).sort(),
		);
		expect(names(packageJson.n8n.credentials)).toEqual(
			PRODUCTS.map(({ Credential }) => Credential.name).sort(),
		);
	});

	it('and the catalogue compiler call them alike', () => {
		const asCompiled = COMPILED.map(({ key, folder, displayName }) => [key, folder, displayName]);
		expect(
			PRODUCTS.map(({ key, folder, product }) => [key, folder, product.adapter.displayName]).sort(),
		).toEqual(asCompiled.sort());
	});

	it('and the neighbours that each login knows are the same, each told from the others', () => {
		const ours = NEIGHBOURS.filter(({ control }) => control !== undefined);
		expect(ours.map(({ displayName }) => displayName)).toEqual(
			PRODUCTS.map(({ product }) => product.adapter.displayName),
		);
		for (const { path, control, advice, displayName } of ours) {
			expect(control).toMatch(/thereIsNoSuchPath$/);
			expect(control).not.toBe(path);
			expect(advice).toContain(displayName);
		}
		expect(new Set(ours.map(({ path }) => path)).size).toBe(ours.length);
	});

	it.each(PRODUCTS)('$key has its contract with the specifications', ({ key }) => {
		expect(globSync(`${key}*.test.ts`, { cwd: CONTRACT })).not.toEqual([]);
	});

	it.each(PRODUCTS)(
		'$key: file, class and node are called as the folder',
		({ folder, Node, TriggerNode, Credential }) => {
			expect([Node.name, TriggerNode.name]).toEqual([folder, `${folder}Trigger`]);
			const credential = new Credential().name;
			expect(new Node().description.credentials!.map(({ name }) => name)).toEqual([credential]);
			expect(new TriggerNode().description.credentials!.map(({ name }) => name)).toEqual([
				credential,
			]);
		},
	);
});

import type { IDataObject } from 'n8n-workflow';

import { PRODUCTS } from '../../nodes/products';
import { findOperations } from '../../nodes/shared/runtime/findOperations';
import type { Call } from '../../nodes/shared/runtime/product';
import { operationOptions } from '../support/operationPickers';
import { NODES } from './description.support';

describe.each(PRODUCTS)('Find Operations of $product.adapter.displayName', ({ key, product }) => {
	const { properties } = NODES.find(({ overlay }) => overlay === product.overlay)!;
	const offered = operationOptions(properties()).map(({ resource, value, name }) => ({
		resource,
		value: String(value),
		name,
	}));

	const find = async (findWords: unknown): Promise<{ items: IDataObject[]; hints: string[] }> => {
		const hints: string[] = [];
		const context = {
			getNodeParameter: () => findWords,
			addExecutionHints: ({ message }: { message: string }) => void hints.push(message),
		};
		if (!('execute' in findOperations)) throw new Error('It works item by item');
		const found = await findOperations.execute({
			context,
			product,
			itemIndex: 0,
		} as unknown as Call);
		return { items: found.map(({ json }) => json), hints };
	};

	it('lists everything that the form offers, as the form calls it, and nothing else', async () => {
		const { items, hints } = await find('');
		const listed = items.map(({ operation, parameters }) => ({
			resource: (parameters as IDataObject).resource,
			value: (parameters as IDataObject).operation,
			name: operation,
		}));
		const byValue = (a: { value: unknown }, b: { value: unknown }) =>
			String(a.value) < String(b.value) ? -1 : 1;
		expect(listed.sort(byValue)).toEqual([...offered].sort(byValue));
		expect(hints).toEqual([]);
	});

	it('finds by all of the words, in any order and case', async () => {
		const { items } = await find(' REPOSITORY  get many');
		expect(items.length).toBeGreaterThan(0);
		for (const item of items) expect(JSON.stringify(item)).toMatch(/repositor/i);
		expect(items.length).toBeLessThan((await find('')).items.length / 5);
	});

	it.each(['parameters', 'apiVersions', 'action'])(
		'looks at what operations are called, not at the names of its own fields: %s',
		async (word) => {
			const { items } = await find(word);
			const saidBy = ({ resource, operation, action, parameters, request }: IDataObject) =>
				[resource, operation, action, request, ...Object.values(parameters as IDataObject)].join();
			expect(items.filter((item) => !new RegExp(word, 'i').test(saidBy(item)))).toEqual([]);
		},
	);

	it('finds what Veeam’s reference calls something else', async () => {
		const TITLES: Record<string, Array<[string, string]>> = {
			vbr: [
				['unmount file system', 'stopFlrMount'],
				['stop publishing machine azure', 'azureRecoveryUnmount'],
			],
		};
		for (const [words, operation] of TITLES[key] ?? []) {
			const { items } = await find(words);
			expect(items.map(({ parameters }) => (parameters as IDataObject).operation)).toContain(
				operation,
			);
		}
	});

	it.each([[{}], [['repository']]])('refuses %j: no words can be read from it', async (given) => {
		await expect(find(given)).rejects.toThrow('The value of "Search" is not a text');
	});

	it('says so where nothing has all of the words', async () => {
		expect(await find('repository no-such-word')).toEqual({
			items: [],
			hints: ['No operation has all of these words: repository, no-such-word. Search with fewer.'],
		});
	});

	it.each([undefined, null])('lists everything where an expression gave %s', async (nothing) => {
		expect((await find(nothing)).items).toHaveLength(offered.length);
	});
});

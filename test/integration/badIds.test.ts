/** One bad ID among good ones, in every product. */
import type { INodeParameters } from 'n8n-workflow';

import { PRODUCTS, type ProductKey } from '../../nodes/products';
import { benchOf } from './bench.support';

jest.setTimeout(120_000);

const NOBODY = '00000000-0000-4000-8000-000000000000';

interface Use {
	list: INodeParameters;
	one: INodeParameters;
	/** Parameter of `one`. */
	idParameter: string;
	/** What a record calls its ID. */
	id: string;
}

const USES: Record<ProductKey, Use> = {
	vbr: {
		list: { resource: 'repository', operation: 'getManyRepositories' },
		one: { resource: 'repository', operation: 'getRepository' },
		idParameter: 'repositoryId',
		id: 'id',
	},
	vb365: {
		list: { resource: 'backupRepository', operation: 'getBackupRepositories' },
		one: { resource: 'backupRepository', operation: 'getBackupRepository' },
		idParameter: 'repositoryId',
		id: 'id',
	},
	vspc: {
		list: { resource: 'company', operation: 'listCompanies' },
		one: { resource: 'company', operation: 'getCompany' },
		idParameter: 'companyUid',
		id: 'instanceUid',
	},
};

it.each(PRODUCTS.map(({ key }) => key))(
	'%s gives {error} for a bad ID among good ones, each paired with its input',
	async (key) => {
		const { list, one, idParameter, id } = USES[key];
		const bench = await benchOf(key);
		try {
			const [first, second] = (await bench.json({ ...list, limit: 2 })).map((item) =>
				String(item[id]),
			);
			const { items } = await bench.run(
				{ ...one, [idParameter]: { __rl: true, mode: 'id', value: '={{ $json.id }}' } },
				{
					items: [first, NOBODY, second].map((given) => ({ json: { id: given } })),
					continueOnFail: true,
				},
			);
			expect(items).toMatchObject([
				{ json: { [id]: first }, pairedItem: { item: 0 } },
				{
					json: { error: expect.stringContaining(NOBODY) as string },
					pairedItem: { item: 1 },
				},
				{ json: { [id]: second }, pairedItem: { item: 2 } },
			]);
		} finally {
			await bench.close();
		}
	},
);

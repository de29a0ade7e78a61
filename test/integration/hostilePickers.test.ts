/**
 * "From List" of lists as servers can give them: names that are missing, blank or numbers, the same name on
 * two pages, 10,000 entries, and searches with characters that mean something somewhere.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { ProductKey } from '../../nodes/products';
import { PRODUCTS } from '../../nodes/products';
import { listSearch } from '../support/executeNode';
import { benchOf } from './bench.support';

jest.setTimeout(120_000);

/** A picker, the path of its list, and the words of its pages. */
const PICKERS: Record<
	ProductKey,
	{
		parameters: INodeParameters;
		field: string;
		path: string;
		idField: string;
		offset: string;
		page: (items: IDataObject[], total: number) => IDataObject;
		/** What the server is asked where a person searches; undefined where it cannot be. */
		searched?: (query: Record<string, unknown>) => unknown;
	}
> = {
	vbr: {
		parameters: { resource: 'job', operation: 'getJob' },
		field: 'jobId',
		path: '/api/v1/jobs',
		idField: 'id',
		offset: 'skip',
		page: (data, total) => ({ data, pagination: { total, count: data.length } }),
		searched: ({ nameFilter }) => String(nameFilter).replace(/^\*|\*$/g, ''),
	},
	vb365: {
		parameters: { resource: 'backupRepository', operation: 'getBackupRepository' },
		field: 'repositoryId',
		path: '/*/BackupRepositories',
		idField: 'id',
		offset: 'offset',
		page: (results, total) => ({ results, total, limit: results.length }),
	},
	vspc: {
		parameters: { resource: 'company', operation: 'getCompany' },
		field: 'companyUid',
		path: '/api/v3/organizations/companies',
		idField: 'instanceUid',
		offset: 'offset',
		page: (data, total) => ({ data, meta: { pagingInfo: { total, count: data.length } } }),
		searched: ({ filter }) =>
			(JSON.parse(String(filter)) as Array<{ value: unknown }>).map(({ value }) => value)[0],
	},
};

const SPECIAL = [
	"O'Neill",
	'100%',
	'a&b',
	'#1',
	'two words',
	'*',
	'"quoted"',
	'back\\slash',
	'+1',
	'ü—漢',
];

describe.each(PRODUCTS.map(({ key, Node }) => ({ key, Node })))('$key', ({ key, Node }) => {
	const { parameters, field, path, idField, offset, page, searched } = PICKERS[key];
	let bench: Awaited<ReturnType<typeof benchOf<ProductKey>>>;
	beforeAll(async () => {
		bench = await benchOf(key, {});
	});
	afterAll(async () => await bench.close());
	beforeEach(async () => await bench.simulator.control.reset());

	const give = async (items: IDataObject[], total = items.length, query?: Record<string, string>) =>
		await bench.simulator.control.fault({
			path,
			...(query ? { query } : {}),
			action: { kind: 'status', status: 200, body: page(items, total) },
		});
	const pick = async (filter?: string, paginationToken?: string) =>
		await listSearch({
			node: Node,
			credentials: bench.credentials,
			parameters,
			method: `${field}Search`,
			...(filter === undefined ? {} : { filter }),
			...(paginationToken === undefined ? {} : { paginationToken }),
		});

	it('shows an entry without a usable name by its ID, and none without an ID', async () => {
		const names = [undefined, null, '', '   ', 7, true, { a: 1 }, ['x'], 'Named'];
		await give([
			...names.map((name, at) => ({ [idField]: `id-${at}`, name })),
			{ name: 'No ID' },
			{ [idField]: null, name: 'No ID' },
		] as IDataObject[]);
		const { results } = await pick();
		expect(results.map(({ value }) => value).sort()).toEqual(names.map((_, at) => `id-${at}`));
		for (const { name, value } of results) {
			expect(name).toEqual(expect.any(String));
			expect(name).toMatch(value === 'id-8' ? /^Named/ : value === 'id-4' ? /^7/ : /^id-\d/);
		}
	});

	it('tells apart two of one name that stand on two pages', async () => {
		const entry = (at: number, name = `Entry ${String(at).padStart(5, '0')}`) => ({
			[idField]: `id-${at}`,
			name,
		});
		const all = Array.from({ length: 10_000 }, (_, at) => entry(at));
		all[99] = entry(99, 'Twin');
		all[100] = entry(100, 'Twin');
		await give(all.slice(0, 100), 10_000, { [offset]: '0' });
		await give(all.slice(99, 200), 10_000, { [offset]: '99' });
		const first = await pick();
		const second = await pick(undefined, String(first.paginationToken));
		expect([first.results.length, second.results.length]).toEqual([100, 100]);
		expect(second.paginationToken).toBe('200');
		const names = [...first.results, ...second.results].map(({ name }) => name);
		expect(new Set(names).size).toBe(200);
		expect(second.results[0]!.value).toBe('id-100');
	});

	if (!searched)
		it('says how far it looked where the server cannot search a list of 10,000', async () => {
			const all = Array.from({ length: 2_000 }, (_, at) => ({
				[idField]: `id-${at}`,
				name: `Entry ${at}`,
			}));
			await give(all, 10_000);
			expect((await pick('entry 1999')).results.map(({ value }) => value)).toEqual(['id-1999']);
			await give(all, 10_000);
			await expect(pick('entry 9999')).rejects.toMatchObject({
				message: 'None of the first 2000 entries is called "entry 9999"',
				description: expect.stringContaining('Give the ID'),
			});
		});

	it.each(SPECIAL)('searches for %s as it was typed', async (typed) => {
		if (searched) {
			const { length } = await bench.simulator.control.requests();
			await pick(` ${typed} `);
			const asked = (await bench.simulator.control.requests()).slice(length);
			const last = asked.filter((one) => one.path === path).at(-1)!;
			const said = searched(last.query as Record<string, unknown>);
			expect(said).toBe(typed);
			expect(last.status).toBe(200);
			return;
		}
		await give([
			{ [idField]: 'id-1', name: `before ${typed} behind` },
			{ [idField]: 'id-2', name: 'Another' },
		]);
		expect((await pick(typed)).results).toEqual([
			expect.objectContaining({ value: 'id-1', name: `before ${typed} behind` }),
		]);
	});
});

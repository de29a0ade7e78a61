/** What a report reads, from servers that lie about their lists: everything, or it is told that it is not. */
import type { IDataObject } from 'n8n-workflow';

import type { VeeamClient, VeeamRequest } from '../../../nodes/shared/http/types';
import { PageReader } from '../../../nodes/shared/report/pageReader';
import { PRODUCTS_ON_THE_WIRE } from '../../support/wire';

const COUNT = 40;
const GIVEN_AT_ONCE = 10;

describe.each(PRODUCTS_ON_THE_WIRE)('the report of $name reads a list', (product) => {
	const { adapter, version, path, skip, page } = product;
	const records = Array.from({ length: COUNT }, (_, at) => ({ id: `id-${at}` }));

	/** @param answer the items from a position on, and the total that goes with them */
	function readerOf(answer: (from: number) => { items: unknown[]; total: unknown }) {
		const asked: number[] = [];
		const client = {
			version,
			request: async ({ query }: VeeamRequest) => {
				const from = Number((query as IDataObject)[skip] ?? 0);
				asked.push(from);
				const { items, total } = answer(from);
				return await Promise.resolve({ status: 200, headers: {}, body: page(items, total) });
			},
		} as unknown as VeeamClient;
		return { reader: new PageReader(client, adapter), asked };
	}
	const part = (from: number) => records.slice(from, from + GIVEN_AT_ONCE);
	const list = { method: 'GET', path } as const;

	it.each([
		['as it is', COUNT, true],
		['as -1', -1, true],
		['as NaN', NaN, true],
		['as null', null, true],
		['as 0', 0, true],
		['smaller than the page', 3, true],
		['as 1.5', 1.5, true],
		['a little too high', COUNT + 1, false],
		['as 1e12', 1e12, false],
	])('whose total is given %s: all of it', async (_how, total, isWhole) => {
		const { reader, asked } = readerOf((from) => ({ items: part(from), total }));
		expect(await reader.read(list)).toEqual({ items: records, isWhole });
		expect(asked.length).toBeLessThan(15);
		expect(reader.left).toBe(Math.max(0, 12 - asked.length));
	});

	it('of which it wants a part: the part, and that there is more', async () => {
		for (const total of [COUNT, -1, 3, null]) {
			const { reader } = readerOf((from) => ({ items: part(from), total }));
			expect(await reader.read(list, 25)).toEqual({ items: records.slice(0, 25), isWhole: false });
			expect(await reader.read(list, COUNT)).toEqual({ items: records, isWhole: true });
		}
	});

	it('that is always the same page: once, and told where the total says more', async () => {
		for (const total of [null, 1e12]) {
			const { reader, asked } = readerOf(() => ({ items: part(0), total }));
			expect(await reader.read(list)).toEqual({ items: part(0), isWhole: total === null });
			expect(asked.length).toBeLessThan(15);
		}
	});

	it('that never ends: as much as a report reads, and that it is cut', async () => {
		const { reader } = readerOf((from) => ({
			items: Array.from({ length: 500 }, (_, at) => ({ id: `id-${from + at}` })),
			total: null,
		}));
		const { items, isWhole } = await reader.read(list, 5_000);
		expect([items.length, isWhole]).toEqual([5_000, false]);
	});

	it('that is no list: not taken for an empty one', async () => {
		const client = {
			version,
			request: async () => await Promise.resolve({ status: 200, headers: {}, body: { ok: true } }),
		} as unknown as VeeamClient;
		await expect(new PageReader(client, adapter).read(list)).rejects.toThrow(
			'The server did not answer with a list.',
		);
	});
});

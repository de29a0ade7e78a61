import type { IDataObject } from 'n8n-workflow';

import { wherePagesGo } from '../../nodes/shared/http/pagingPlacement';
import { readPages } from '../../nodes/shared/http/pages';
import type { ListOptions, VeeamRequest } from '../../nodes/shared/http/types';
import { adapter as microsoft365 } from '../../nodes/VeeamBackupMicrosoft365/api/adapter';
import { adapter } from '../../nodes/VeeamBackupReplication/api/adapter';
import { adapter as vspc } from '../../nodes/VeeamServiceProviderConsole/api/adapter';

const GET: VeeamRequest = { method: 'GET', path: '/api/v1/sessions' };

/** A list on a server, which may change whenever a page has been asked for. */
class ServerList {
	readonly asked: Array<[skip: number, limit: number]> = [];
	underWay = 0;
	mostUnderWay = 0;
	/** The most the server gives at once. */
	cap = Infinity;
	/** Runs before each answer, with the number of the request. */
	before: (request: number) => void = () => {};
	withTotal = true;

	constructor(public items: IDataObject[]) {}

	send = async (request: VeeamRequest): Promise<unknown> => {
		const { skip, limit } = request.query as { skip: number; limit: number };
		this.asked.push([skip, limit]);
		this.underWay++;
		this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
		const number = this.asked.length;
		await new Promise((resolve) => setImmediate(resolve));
		this.before(number);
		this.underWay--;
		const data = this.items.slice(skip, skip + Math.min(limit, this.cap));
		const pagination = { skip, limit, count: data.length, total: this.items.length };
		return this.withTotal ? { data, pagination } : { data };
	};

	/** @param largestPage pages do not grow where left out */
	async read(options: ListOptions = {}, pageSize = 1000, largestPage?: number) {
		const paging = { ...adapter.paging, pageSize, largestPage };
		return await readPages(GET, options, paging, 3, this.send);
	}
}

const sessions = (count: number, from = 0): IDataObject[] =>
	Array.from({ length: count }, (_, i) => ({ id: `session-${from + i}` }));

describe('reading a list page by page', () => {
	it('brings 10,000 items complete and in order, three pages at a time', async () => {
		const list = new ServerList(sessions(10_000));

		expect(await list.read()).toEqual(sessions(10_000));
		expect(list.asked).toHaveLength(10);
		expect(list.mostUnderWay).toBe(3);
	});

	it('asks for one page where one is enough', async () => {
		const list = new ServerList(sessions(40));

		expect(await list.read()).toEqual(sessions(40));
		expect(list.asked).toEqual([[0, 1000]]);
	});

	it('asks for no more than the limit and gives exactly the limit', async () => {
		const few = new ServerList(sessions(5000));
		expect(await few.read({ limit: 50 })).toEqual(sessions(50));
		expect(few.asked).toEqual([[0, 50]]);

		const many = new ServerList(sessions(5000));
		expect(await many.read({ limit: 2500 })).toEqual(sessions(2500));
		expect(many.asked).toEqual([
			[0, 1000],
			[1000, 1000],
			[2000, 500],
		]);
	});

	it('begins where the request says, and counts from there', async () => {
		const read = async (skip: unknown, options: ListOptions, list: ServerList) =>
			await readPages(
				{ ...GET, query: { skip: skip as number } },
				options,
				{ ...adapter.paging, pageSize: 1000, largestPage: undefined },
				3,
				list.send,
			);
		const list = new ServerList(sessions(5000));
		expect(await read(1500, {}, list)).toEqual(sessions(3500, 1500));
		expect(list.asked).toEqual([
			[1500, 1000],
			[2500, 1000],
			[3500, 1000],
			[4500, 500],
		]);
		expect(await read('10', { limit: 2 }, new ServerList(sessions(50)))).toEqual(sessions(2, 10));
		expect(await read(60, {}, new ServerList(sessions(50)))).toEqual([]);
		expect(await read('x', { limit: 1 }, new ServerList(sessions(50)))).toEqual(sessions(1));

		const untold = new ServerList(sessions(2500));
		untold.withTotal = false;
		expect(await read(1000, {}, untold)).toEqual(sessions(1500, 1000));
	});

	it('goes by what comes back where the server gives less than asked', async () => {
		const list = new ServerList(sessions(950));
		list.cap = 200;

		expect(await list.read()).toEqual(sessions(950));
		expect(list.asked.map(([skip]) => skip)).toEqual([0, 200, 400, 600, 800]);
	});

	it('fills up a single page that comes back short', async () => {
		const list = new ServerList(sessions(3000));
		list.before = (request) => (list.cap = request === 2 ? 400 : Infinity);

		expect(await list.read()).toEqual(sessions(3000));
		expect(list.asked).toEqual([
			[0, 1000],
			[1000, 1000],
			[2000, 1000],
			[1400, 600],
		]);
	});

	it('keeps once what moved onto the next page because something was put in front', async () => {
		const list = new ServerList(sessions(300, 10));
		list.before = (request) => {
			if (request === 2) list.items = [{ id: 'new' }, ...list.items];
		};

		expect(await list.read({}, 100)).toEqual(sessions(300, 10));
	});

	it('keeps to the limit though it has to read on for what moved', async () => {
		const list = new ServerList(sessions(400, 10));
		list.before = (request) => {
			if (request === 2) list.items = [{ id: 'new' }, ...list.items];
		};

		expect(await list.read({ limit: 250 }, 100)).toEqual(sessions(250, 10));
	});

	it('misses nothing when items vanish while it reads', async () => {
		const list = new ServerList(sessions(300));
		list.before = (request) => {
			if (request === 2) list.items = list.items.slice(7);
		};

		expect(await list.read({}, 100)).toEqual(sessions(300));
	});

	it('brings what was added at the end meanwhile', async () => {
		const list = new ServerList(sessions(250));
		list.before = (request) => {
			if (request === 3) list.items = [...list.items, ...sessions(120, 250)];
		};

		expect(await list.read({}, 100)).toEqual(sessions(370));
	});

	it('reads on to an empty page where no total is said, short pages included', async () => {
		const list = new ServerList(sessions(250));
		list.withTotal = false;
		list.before = (request) => (list.cap = request === 2 ? 30 : Infinity);

		expect(await list.read({}, 100)).toEqual(sessions(250));
		expect(list.asked).toEqual([
			[0, 100],
			[100, 100],
			[130, 100],
			[230, 100],
			[250, 100],
		]);
	});

	it('stops when a server gives the same page again and again', async () => {
		const keyed = new ServerList(sessions(100));
		const repeating = async (request: VeeamRequest) => {
			keyed.asked.push([Number(request.query?.skip), 0]);
			return { data: keyed.items };
		};
		const unkeyed = [{ name: 'a' }, { name: 'b' }];

		expect(await readPages(GET, {}, adapter.paging, 3, repeating)).toEqual(sessions(100));
		expect(keyed.asked).toHaveLength(2);
		expect(await readPages(GET, {}, adapter.paging, 3, async () => ({ data: unkeyed }))).toEqual(
			unkeyed,
		);
	});

	it('stops at an empty page though the server claims more', async () => {
		const asked: number[] = [];
		const lying = async (request: VeeamRequest) => {
			asked.push(Number(request.query?.skip));
			return { data: request.query?.skip === 0 ? sessions(10) : [], pagination: { total: 30 } };
		};

		expect(await readPages(GET, {}, adapter.paging, 3, lying)).toEqual(sessions(10));
		expect(asked).toEqual([0, 10, 20, 10]);
	});

	it('keeps items that share an id within one answer', async () => {
		const twins = [{ id: 'a' }, { id: 'a' }, { id: 'b' }, { id: 'a' }, { id: 'c' }];
		const list = new ServerList(twins);

		expect(await list.read({}, 2)).toEqual(twins);
	});

	it('takes a bare array and a list without paging as they are', async () => {
		const asked: VeeamRequest[] = [];
		const send = (body: unknown) => async (request: VeeamRequest) => {
			asked.push(request);
			return body;
		};
		const none = { pageIn: 'none' } as const;

		expect(await readPages(GET, none, adapter.paging, 3, send(sessions(3)))).toEqual(sessions(3));
		expect(
			await readPages(
				GET,
				{ ...none, limit: 2 },
				adapter.paging,
				3,
				send({ records: sessions(3) }),
			),
		).toEqual(sessions(2));
		expect(asked).toEqual([GET, GET]);
		expect(await readPages(GET, {}, adapter.paging, 3, send({ data: [] }))).toEqual([]);
		expect(await readPages(GET, {}, adapter.paging, 3, send({ id: 'one' }))).toBeUndefined();
	});

	it('pages in the body where the body is where the page goes', async () => {
		const bodies: unknown[] = [];
		const send = async (request: VeeamRequest) => {
			bodies.push(request.body);
			const { skip } = (request.body as { value: { pagination: { skip: number } } }).value
				.pagination;
			return { data: sessions(3).slice(skip, skip + 2), pagination: { total: 3 } };
		};
		const post: VeeamRequest = {
			method: 'POST',
			path: '/api/v1/inventory',
			body: { media: 'json', value: { pagination: { skip: 0, limit: 200 }, filter: 'kept' } },
		};

		expect(await readPages(post, {}, { ...adapter.paging, pageSize: 2 }, 3, send)).toEqual(
			sessions(3),
		);
		expect(bodies).toEqual([
			{ media: 'json', value: { pagination: { skip: 0, limit: 2 }, filter: 'kept' } },
			{ media: 'json', value: { pagination: { skip: 2, limit: 1 }, filter: 'kept' } },
		]);

		const top: unknown[] = [];
		await readPages(
			{ ...post, body: { media: 'json', value: { type: 'User' } } },
			{ pageIn: 'body', limit: 5 },
			adapter.paging,
			3,
			async (request) => {
				top.push(request.body);
				return { data: [] };
			},
		);
		expect(top).toEqual([{ media: 'json', value: { type: 'User', skip: 0, limit: 5 } }]);
	});

	it('raises the failure of a page and begins no further ones', async () => {
		const list = new ServerList(sessions(2000));
		list.before = (request) => {
			if (request === 2) throw new Error('page broken');
		};

		await expect(list.read({}, 100)).rejects.toThrow('page broken');
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect(list.asked.length).toBeLessThanOrEqual(7);
	});
});

describe('pages that grow while the server answers quickly', () => {
	const sizes = (list: ServerList) => list.asked.map(([, limit]) => limit);
	/** A busy machine must not look like a slow server. */
	let clock: jest.SpyInstance<number>;
	beforeEach(() => (clock = jest.spyOn(Date, 'now').mockReturnValue(0)));
	afterEach(() => clock.mockRestore());

	it('double as long as they come full, and share evenly what is left', async () => {
		const list = new ServerList(sessions(50_000));

		expect(await list.read({}, 1000, 10_000)).toEqual(sessions(50_000));
		expect(sizes(list)).toEqual([
			1000,
			...[2000, 2000, 2000],
			...[4000, 4000, 4000],
			// 31,000 are left: no page is larger than the most.
			...[8000, 8000, 8000],
			...[2334, 2334, 2332],
		]);
		expect(list.mostUnderWay).toBe(3);
	});

	it('never pass the most that the product allows, nor the size that was asked for', async () => {
		const list = new ServerList(sessions(50_000));
		expect(await list.read({}, 1000, 3000)).toEqual(sessions(50_000));
		expect(Math.max(...sizes(list))).toBe(3000);

		const small = new ServerList(sessions(1000));
		expect(await small.read({ pageSize: 100 }, 1000, 10_000)).toEqual(sessions(1000));
		expect(new Set(sizes(small))).toEqual(new Set([100]));

		const limited = new ServerList(sessions(50_000));
		expect(await limited.read({ limit: 4500 }, 1000, 10_000)).toEqual(sessions(4500));
		expect(sizes(limited)).toEqual([1000, 1167, 1167, 1166]);
	});

	it('stay as they are where the server gives less than it was asked for', async () => {
		const list = new ServerList(sessions(9000));
		list.cap = 1000;

		expect(await list.read({}, 1000, 10_000)).toEqual(sessions(9000));
		// Only what was under way when it showed is asked for in two parts.
		expect(list.asked.length).toBeLessThanOrEqual(9 + 3);
		expect(sizes(list).slice(-2)).toEqual([1000, 1000]);
	});

	it('stay as they are where the server is slow', async () => {
		const list = new ServerList(sessions(9000));
		list.before = (request) => clock.mockReturnValue(request * 3_000);

		expect(await list.read({}, 1000, 10_000)).toEqual(sessions(9000));
		expect(new Set(sizes(list))).toEqual(new Set([1000]));
	});

	it.each(['400', '422', '500'])('go back to what came before on a refusal (%s)', async (code) => {
		const list = new ServerList(sessions(20_000));
		list.before = () => {
			if (list.asked.at(-1)![1] > 2000) throw Object.assign(new Error('no'), { httpCode: code });
		};

		expect(await list.read({}, 1000, 10_000)).toEqual(sessions(20_000));
		expect(sizes(list).slice(-3)).toEqual([2000, 2000, 1000]);
	});

	it('are not blamed for what has nothing to do with them', async () => {
		const list = new ServerList(sessions(20_000));
		list.before = (request) => {
			if (request === 3) throw Object.assign(new Error('forbidden'), { httpCode: '403' });
		};
		await expect(list.read({}, 1000, 10_000)).rejects.toThrow('forbidden');

		const first = new ServerList(sessions(20_000));
		first.before = () => {
			throw Object.assign(new Error('bad request'), { httpCode: '400' });
		};
		await expect(first.read({}, 1000, 10_000)).rejects.toThrow('bad request');
		expect(first.asked).toHaveLength(1);
	});

	it('bring everything once while items come and go', async () => {
		const list = new ServerList(sessions(12_000, 10));
		list.before = (request) => {
			if (request === 3) list.items = [{ id: 'new' }, ...list.items];
		};
		expect(await list.read({}, 500, 10_000)).toEqual(sessions(12_000, 10));

		const shrinking = new ServerList(sessions(12_000));
		shrinking.before = (request) => {
			if (request === 5) shrinking.items = shrinking.items.slice(7);
		};
		expect(await shrinking.read({}, 500, 10_000)).toEqual(sessions(12_000));
	});
});

describe('where the pages of an operation are asked for', () => {
	const { operations } = adapter.catalogue();
	const where = (method: string, path: string, version: string) => {
		const operation = operations.find((one) => one.method === method && one.path === path);
		if (!operation) throw new Error(`No ${method} ${path}`);
		return wherePagesGo(adapter.catalogue(), operation, version, adapter.paging);
	};

	it.each([
		['GET', '/api/v1/sessions', '1.2-rev1', 'query'],
		['GET', '/api/v1/sessions/{id}/taskSessions', '1.3-rev1', 'query'],
		['GET', '/api/v1/sessions/{id}/taskSessions', '1.3-rev0', 'none'],
		['GET', '/api/v1/sessions/{id}/logs', '1.3-rev1', 'none'],
		['POST', '/api/v1/inventory', '1.3-rev1', 'body.pagination'],
		['POST', '/api/v1/backupBrowser/entraIdTenant/{backupId}/browse', '1.3-rev1', 'body'],
	])('%s %s in %s: %s', (method, path, version, binding) => {
		expect(where(method, path, version)).toBe(binding);
	});
});

describe.each([
	['VBR', adapter, { data: null, pagination: { total: 0, count: 0, skip: 0, limit: 200 } }],
	['Microsoft 365', microsoft365, { results: null, totalCount: 0, offset: 0, limit: 30 }],
	['VSPC', vspc, { data: null, meta: { pagingInfo: { total: 0, count: 0, offset: 0 } } }],
])('null in place of a list (%s)', (_, { paging }, empty) => {
	const read = async (body: unknown) =>
		await readPages(GET, {}, paging, 3, async () => await Promise.resolve(body));

	it('is an empty list where the server says that there are none', async () => {
		expect(await read(empty)).toEqual([]);
		expect(paging.items(empty)).toEqual([]);
	});

	it('is no list where the server says that there are some, or says nothing of it', async () => {
		const some = JSON.parse(JSON.stringify(empty).replace(/("total\w*"):0/, '$1:3')) as IDataObject;
		const unsaid = Object.fromEntries(Object.entries(empty).filter(([, one]) => one === null));
		expect(await read(some)).toBeUndefined();
		expect(await read(unsaid)).toBeUndefined();
		expect(await read(null)).toBeUndefined();
	});
});

/** Session > Get Many with "Include Failure Reasons", against simulated servers. */
import type { IDataObject } from 'n8n-workflow';

import { PRODUCTS } from '../../nodes/products';
import { benchOf } from './bench.support';

jest.setTimeout(300_000);

const LISTS = {
	vbr: { resource: 'session', operation: 'getManySessions', id: 'sessionId' },
	vb365: { resource: 'jobSession', operation: 'getJobSessions', id: 'jobSessionsId' },
} as const;

type Key = keyof typeof LISTS;

/** Result of a session, as each product says it. */
const resultOf = ({ result, status }: IDataObject): string => String(result ?? status);

const cases = PRODUCTS.flatMap(({ key, product }) =>
	key in LISTS
		? product.adapter.catalogue().versions.map((version) => [key as Key, version] as const)
		: [],
);

const start = async (key: Key, apiVersion?: string, sessions = 60) => {
	const bench = await benchOf(key, { sessions }, apiVersion === undefined ? {} : { apiVersion });
	const { resource, operation, id } = LISTS[key];
	const list = { resource, operation, includeReasons: true };
	const read = async (more: IDataObject = {}) => {
		const { items, hints } = await bench.run({ ...list, ...more } as never);
		return {
			items: items.map(({ json }) => json),
			hints: hints.map(({ message }) => message).filter((text) => /reasons/.test(text)),
		};
	};
	const reasonsOf = async (session: IDataObject) =>
		await bench.json({
			resource,
			operation: 'getFailureReasons',
			[id]: { __rl: true, mode: 'id', value: String(session.id) },
		});
	return { bench, list, read, reasonsOf };
};

describe.each(cases)('%s %s', (key, version) => {
	it('gives one item for each session with its reasons, as Get Failure Reasons has them', async () => {
		const { bench, list, read, reasonsOf } = await start(key, version);
		try {
			const without = await bench.json({ ...list, includeReasons: false, limit: 40 });
			for (const simplify of [true, false]) {
				const { items } = await read({ limit: 40, simplify });
				expect(items.map(({ id }) => id)).toEqual(without.map(({ id }) => id));
				const bad = items.filter((one) => ['Failed', 'Warning'].includes(resultOf(one)));
				expect(bad.length).toBeGreaterThan(0);
				expect(bad.length).toBeLessThan(items.length);
				for (const item of items) {
					if (bad.includes(item)) expect(item.reasons).not.toEqual([]);
					else expect(item.reasons).toEqual([]);
					expect(item).not.toHaveProperty('reasonsError');
				}
				const [one] = bad;
				const alone = await reasonsOf(one!);
				const told = (one!.reasons as IDataObject[]).flatMap(({ object, reasons }) =>
					(reasons as string[]).map((reason) => `${String(object)} ${reason}`),
				);
				// Each thing that is said alone is said here, object by object.
				for (const { objectName, reasons, message } of alone)
					for (const reason of (reasons as string[] | undefined) ?? [message as string]) {
						const words = reason.split(': ').at(-1)!;
						const said = told.filter((line) => line.includes(words));
						expect(said.length).toBeGreaterThan(0);
						if (objectName !== undefined)
							expect(said.some((line) => line.startsWith(String(objectName)))).toBe(true);
					}
			}
		} finally {
			await bench.close();
		}
	});
});

it('says in VBR 12.0 that the reasons are those of the whole session', async () => {
	const { bench, read } = await start('vbr', '1.1-rev0');
	try {
		expect((await read({ limit: 40 })).hints).toEqual([
			'API 1.1-rev0 has no task sessions: the reasons are those of the whole session.',
		]);
	} finally {
		await bench.close();
	}
});

it.each(['vbr', 'vb365'] as const)(
	'%s: refused reasons leave null and the error, stop after three, and a hint counts them',
	async (key) => {
		const { bench, read } = await start(key, undefined, 200);
		const path = key === 'vbr' ? '/api/v1/sessions/*/taskSessions' : '/v8/JobSessions/*/LogItems';
		try {
			await bench.simulator.control.fault({
				path,
				times: 1000,
				action: { kind: 'status', status: 403, body: { message: 'No' } },
			});
			await bench.simulator.control.clearRequests();
			const { items, hints } = await read({ returnAll: true });
			const bad = items.filter((one) => ['Failed', 'Warning'].includes(resultOf(one)));
			const refused = bad.filter(({ reasonsError }) => reasonsError !== undefined);
			for (const item of bad) expect(item.reasons).toBeNull();
			for (const item of items) if (!bad.includes(item)) expect(item.reasons).toEqual([]);
			expect(refused.length).toBeGreaterThanOrEqual(3);
			// Two at once: one more may be on its way.
			expect(refused.length).toBeLessThanOrEqual(4);
			expect(bad.length).toBeGreaterThan(refused.length);
			expect(hints).toEqual([
				`${refused.length} of ${bad.length} failed sessions gave no reasons: The account of the credential may not do this. ${bad.length - refused.length} of ${bad.length} failed sessions were not asked for their reasons: the others were refused.`,
			]);
		} finally {
			await bench.close();
		}
	},
);

it('asks for no more than some 200 answers, and says how many sessions were left out', async () => {
	const { bench, read } = await start('vbr', undefined, 8_000);
	try {
		await bench.simulator.control.clearRequests();
		const { items, hints } = await read({ returnAll: true });
		const bad = items.filter((one) => ['Failed', 'Warning'].includes(resultOf(one)));
		const left = bad.filter(({ reasons }) => reasons === null);
		expect(left.length).toBeGreaterThan(0);
		expect(left.length).toBeLessThan(bad.length);
		const asked = (await bench.simulator.control.requests()).filter(({ path }) =>
			/taskSessions|\/logs$/.test(path),
		);
		expect(asked.length).toBeLessThan(310);
		expect(hints).toEqual([
			`${left.length} of ${bad.length} failed sessions were not asked for their reasons: a list has 200 requests or 60 seconds for them. Filter the list, or use Get Failure Reasons.`,
		]);
	} finally {
		await bench.close();
	}
});

it.each([
	['false as text', 'false', false],
	['nothing', undefined, false],
	['true as text', 'true', true],
])('takes %s from an expression', async (_, includeReasons, isOn) => {
	const { bench, read } = await start('vbr');
	try {
		const { items } = await read({ limit: 5, includeReasons });
		expect('reasons' in items[0]!).toBe(isOn);
	} finally {
		await bench.close();
	}
});

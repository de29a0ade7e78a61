/**
 * Names that Simplify adds beside IDs, where the server refuses or breaks the list that has them: the rows
 * come all the same, with a hint, and the list is asked for once in an execution.
 */
import type { INodeParameters } from 'n8n-workflow';

import { PRODUCTS, type ProductKey } from '../../nodes/products';
import { benchOf } from './bench.support';

jest.setTimeout(120_000);

/** A list whose records name something by an ID, the list of names, and how it is refused. */
const LISTS: Record<
	ProductKey,
	{
		parameters: INodeParameters;
		names: string;
		/** A second list that is read for what the first has not. */
		also?: string;
		field: string;
		refusal: object;
	}
> = {
	vbr: {
		parameters: { resource: 'restorePoint', operation: 'getManyRestorePoints', limit: 20 },
		names: '/api/v1/backups',
		field: 'backupName',
		refusal: { errorCode: 'AccessDenied', message: 'Access is denied', resourceId: '' },
	},
	vb365: {
		parameters: { resource: 'jobSession', operation: 'getJobSessions', limit: 20 },
		names: '/v*/Jobs',
		also: '/v*/CopyJobs',
		field: 'jobName',
		refusal: { errorCode: 'ResourceAccessDenied', message: 'Access is denied' },
	},
	vspc: {
		parameters: { resource: 'triggeredAlarm', operation: 'listActiveAlarms', limit: 20 },
		names: '/api/v3/alarms/templates',
		field: 'alarmTemplateName',
		refusal: { errors: [{ message: 'Access is denied', type: 'security', code: 403 }] },
	},
};

describe.each(PRODUCTS.map(({ key }) => key))('%s', (key) => {
	const { parameters, names, also = names, field, refusal } = LISTS[key];
	let bench: Awaited<ReturnType<typeof benchOf<ProductKey>>>;
	beforeAll(async () => {
		bench = await benchOf(key, {});
	});
	afterAll(async () => await bench.close());
	beforeEach(async () => await bench.simulator.control.reset());

	const run = async (items = 3) =>
		await bench.run(parameters, { items: Array.from({ length: items }, () => ({ json: {} })) });

	it('come with the rows, from a list that is asked for once for all items', async () => {
		const { items } = await run();
		expect(items.length).toBeGreaterThan(0);
		expect(items.some(({ json }) => typeof json[field] === 'string')).toBe(true);
		const pattern = new RegExp(`^${names.replace('*', '\\d+')}$`);
		const asked = (await bench.simulator.control.requests()).filter(({ path }) =>
			pattern.test(path),
		);
		// Read on as far as names are missing, never anew.
		expect(new Set(asked.map(({ query }) => JSON.stringify(query))).size).toBe(asked.length);
	});

	it.each([
		['refused', { kind: 'status', status: 403, body: refusal }],
		['half an answer', { kind: 'broken' }],
		['a web page', { kind: 'html' }],
	] as const)(
		'are missing where their list is %s: all rows come, and a hint says it once',
		async (_, action) => {
			const { items: whole } = await run(1);
			await bench.simulator.control.clearRequests();
			for (const path of new Set([names, also]))
				await bench.simulator.control.fault({ path, times: 100, action });
			const { items, hints } = await run();
			expect(items).toHaveLength(3 * whole.length);
			for (const { json } of items) expect(json[field] ?? null).toBeNull();
			const said = hints.map(({ message }) => message).filter((one) => one.startsWith('Simplify'));
			expect(said.length).toBeGreaterThan(0);
			expect(new Set(said).size).toBe(said.length);
			expect(said[0]).toMatch(
				/^Simplify could not add all names from ".*": the list cannot be read: /,
			);
		},
	);
});

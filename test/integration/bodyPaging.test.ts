/** A list that takes its offset and limit in the body, asked for with a body of one's own. */
import { startBench, type Bench } from './backupReplication.support';

jest.setTimeout(60_000);

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
afterAll(async () => await bench.close());
beforeEach(async () => await bench.simulator.control.reset());

const names = async (parameters: object): Promise<unknown[]> => {
	const { items } = await bench.run({
		resource: 'inventory',
		operation: 'getInventoryObjects',
		hostname: { __rl: true, mode: 'id', value: 'vcenter01.example.com' },
		...parameters,
	});
	return items.map(({ json }) => json.name);
};
const asJson = (body: object) => ({ bodyMode: 'json', bodyJson: JSON.stringify(body) });

it('begins where the body says, and ends where the smaller of its limit and Limit says', async () => {
	const all = await names({ returnAll: true, ...asJson({}) });
	expect(all.length).toBeGreaterThan(6);
	const pagination = { skip: 2, limit: 3 };

	expect(await names({ returnAll: true, ...asJson({ pagination }) })).toEqual(all.slice(2, 5));
	expect(await names({ limit: 50, ...asJson({ pagination }) })).toEqual(all.slice(2, 5));
	expect(await names({ limit: 2, ...asJson({ pagination }) })).toEqual(all.slice(2, 4));
	expect(await names({ limit: 50, ...asJson({ pagination: { skip: 4 } }) })).toEqual(all.slice(4));
	expect(await names({ limit: 2, ...asJson({}) })).toEqual(all.slice(0, 2));
});

/** The protection report of the Service Provider Console, against the simulated server. */
import { startBench, type Bench } from './serviceProviderConsole.support';
import { steady } from '../support/reportModel';

jest.setTimeout(60_000);

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
afterAll(async () => await bench.close());
beforeEach(async () => await bench.simulator.control.reset());

const report = (reportOptions = {}) => ({
	resource: 'report',
	operation: 'getProtectionReport',
	reportOptions,
});

it('x', async () => {
	const [json = {}] = await bench.json(report());
	require('fs').writeFileSync('/tmp/w/r2-vspc-361.json', JSON.stringify(steady(json), null, 1));
	const r = (await bench.simulator.control.requests()).map((q) => q.method + q.path + JSON.stringify(q.query));
	require('fs').writeFileSync('/tmp/w/r2-vspc-361.req', r.join('\n'));
	const [v351 = {}] = await bench.json(report(), bench.connect({ apiVersion: "3.5.1" }));
	require('fs').writeFileSync('/tmp/w/r2-vspc-351.json', JSON.stringify(steady(v351), null, 1));
	await bench.simulator.control.makeGoodDay();
	const [good = {}] = await bench.json(report());
	require('fs').writeFileSync('/tmp/w/r2-vspc-good.json', JSON.stringify(steady(good), null, 1));
	await bench.simulator.control.reset();
	await bench.simulator.control.addEstate({ jobs: 500, repositories: 200 });
	await bench.simulator.control.clearRequests();
	const [big = {}] = await bench.json(report());
	require('fs').writeFileSync('/tmp/w/r2-vspc-big.json', JSON.stringify([big.counts, big.notes, (await bench.simulator.control.requests()).map((q) => q.method + q.path + JSON.stringify(q.query))], null, 1));
});

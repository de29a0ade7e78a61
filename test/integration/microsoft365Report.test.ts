/** The protection report of Veeam Backup for Microsoft 365, against the simulated server. */
import { startBench, type Bench } from './microsoft365.support';
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
	require('fs').writeFileSync('/tmp/w/r2-m365-v8.json', JSON.stringify(steady(json), null, 1));
	const r = (await bench.simulator.control.requests()).map((q) => q.method + q.path + JSON.stringify(q.query));
	require('fs').writeFileSync('/tmp/w/r2-m365-v8.req', r.join('\n'));
	const [v6 = {}] = await bench.json(report(), bench.connect({ apiVersion: 'v6' }));
	require('fs').writeFileSync('/tmp/w/r2-m365-v6.json', JSON.stringify(steady(v6), null, 1));
	await bench.simulator.control.makeGoodDay();
	const [good = {}] = await bench.json(report());
	require('fs').writeFileSync('/tmp/w/r2-m365-good.json', JSON.stringify(steady(good), null, 1));
	await bench.simulator.control.reset();
	await bench.simulator.control.addEstate({ jobs: 500, repositories: 200 });
	await bench.simulator.control.clearRequests();
	const [big = {}] = await bench.json(report());
	require('fs').writeFileSync('/tmp/w/r2-m365-big.json', JSON.stringify([big.counts, big.notes, (await bench.simulator.control.requests()).map((q) => q.method + q.path + JSON.stringify(q.query))], null, 1));
});

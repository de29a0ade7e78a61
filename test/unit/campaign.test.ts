/**
 * A small campaign of every event of the three triggers, in each of n8n's ways of keeping static data;
 * `npm run campaign -- --seed X --runs N` runs more of it.
 */
import { campaign } from '../campaign/campaign';

it('loses nothing, says nothing twice and nothing wrong', async () => {
	const { report, ...found } = await counted();
	console.log(report.join('\n'));
	expect(found).toEqual({ lost: [], twice: [], wrong: [], wrongRequests: [], crashed: [] });
}, 600_000);

async function counted() {
	const report: string[] = [];
	const { lost, twice, wrong, wrongRequests, crashed, ...counts } = await campaign({
		seed: 1,
		runs: 1,
		report: (line) => report.push(line),
	});
	// A campaign that meets nothing proves nothing.
	expect(counts.polls).toBeGreaterThan(3000);
	expect(counts.faults).toBeGreaterThan(500);
	expect(counts.kills).toBeGreaterThan(200);
	expect(counts.heard).toBeGreaterThan(1000);
	expect(counts.checks).toBeGreaterThan(300);
	return { report, lost, twice, wrong, wrongRequests, crashed };
}

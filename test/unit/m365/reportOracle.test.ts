/**
 * The report of Microsoft 365 on hundreds of made-up estates, refusals, filters and page sizes, in the
 * answers of v6, v7 and v8, against a plain oracle that knows the estate and shares no code with it.
 */
import { collect } from '../../../nodes/VeeamBackupMicrosoft365/report/collect';
import { bigMicrosoft365Report } from '../../support/bigReports';
import { request } from '../../support/reportClient';
import { makeEstate } from './oracle/estate';
import { judge } from './oracle/oracle';
import { diceOf, type Dice } from './oracle/random';
import { VERSIONS, type Version } from './oracle/schema';
import { serve } from './oracle/server';

const SEEDS = 300;

const SECTIONS = [
	'jobs',
	'missedRuns',
	'unprotected',
	'repositories',
	'licenses',
	'findings',
] as const;

function askedFor(dice: Dice, names: string[]) {
	const sections = dice.percent(70)
		? [...SECTIONS]
		: SECTIONS.filter(() => dice.percent(40)).concat(dice.pick(SECTIONS));
	const first = names[0] ?? 'Exchange 0';
	return {
		sections: [...new Set(sections)],
		include: dice.percent(12) ? dice.pick(['Exchange*', first, 'Exchnage*']) : undefined,
		exclude: dice.percent(8) ? dice.pick(['Teams*', first, 'Nobody*']) : undefined,
	};
}

async function runOne(version: Version, seed: number) {
	const dice = diceOf(seed * 3 + VERSIONS.indexOf(version));
	const estate = makeEstate(dice, version);
	const asked = askedFor(
		dice,
		estate.jobs.map(({ name }) => name),
	);
	const server = serve(estate);
	const expected = judge(estate, asked);
	const { sections, include, exclude } = asked;
	const report = await collect(
		{ getWorkflowStaticData: () => ({}) },
		server.client,
		request({
			hours: estate.hours,
			// The history is of the same jobs: it must change nothing else.
			sections: [...sections, ...(sections.includes('jobs') ? (['history'] as const) : [])],
			includeJobs: include === undefined ? [] : [include],
			excludeJobs: exclude === undefined ? [] : [exclude],
		}),
	).catch((error: Error) => error);
	const about = `${version} seed ${seed} ${JSON.stringify({ ...asked, refused: estate.refused })}`;
	return { estate, expected, report, server, about };
}

describe.each(VERSIONS)('on %s', (version) => {
	it(`${SEEDS} estates get the verdict and the counts that are true`, async () => {
		const wrong: string[] = [];
		const seen = { good: 0, warning: 0, bad: 0, error: 0 };
		for (let seed = 1; seed <= SEEDS; seed++) {
			const { expected, report, server, about } = await runOne(version, seed);
			wrong.push(...server.faults.map((fault) => `${about}: ${fault}`));
			if (report instanceof Error) {
				seen.error++;
				if (expected.status !== undefined) wrong.push(`${about}: failed: ${report.stack}`);
				continue;
			}
			seen[report.verdict.status]++;
			if (report.verdict.status !== expected.status)
				wrong.push(
					`${about}: ${report.verdict.text} is ${report.verdict.status}, not ${expected.status}`,
				);
			for (const [name, count] of Object.entries(expected.counts)) {
				const is = report.counts[name as keyof typeof report.counts];
				if (is !== count) wrong.push(`${about}: ${name} is ${is}, not ${count}`);
			}
		}
		process.stdout.write(`Microsoft 365 ${version}: ${SEEDS} estates ${JSON.stringify(seen)}\n`);
		expect(wrong).toEqual([]);
		// An oracle that sees one kind of day only proves nothing.
		expect(Math.min(seen.good, seen.warning, seen.bad)).toBeGreaterThan(SEEDS / 20);
	}, 240_000);

	it.each([
		[10_000, 13],
		[200, 25],
	])('500 jobs and 200 repositories at %d a page take at most %d requests', async (page, most) => {
		const { counts, requests } = await bigMicrosoft365Report(version, page);
		expect(counts).toMatchObject({ jobs: 500, failed: 500, repositories: 200 });
		expect(requests).toBeLessThanOrEqual(most);
	});
});

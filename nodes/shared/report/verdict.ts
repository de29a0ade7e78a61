import type { ReportModel, ReportStatus } from './model';

/** What a model says before it is judged. */
export type Unassessed = Omit<ReportModel, 'verdict'>;

/** "1 job", "2 jobs", "10,000 jobs" */
export const count = (number: number, one: string, many = `${one}s`): string =>
	`${number.toLocaleString('en')} ${number === 1 ? one : many}`;

const verb = (number: number, one: string, many: string) => (number === 1 ? one : many);

/** Adds the verdict: what is wrong, worst first, in one sentence; a good day says so. */
export const assessed = (model: Unassessed): ReportModel => ({
	...model,
	verdict: verdictOf(model),
});

function verdictOf({ counts, repositories, licenses, findings, tenants, unavailable }: Unassessed) {
	const found: Array<[ReportStatus, number, string]> = [
		['bad', counts.failed, `${count(counts.failed, 'job')} failed`],
		[
			'bad',
			counts.missedRuns,
			`${count(counts.missedRuns, 'job')} missed ${verb(counts.missedRuns, 'its', 'their')} run`,
		],
		[
			'bad',
			counts.unprotected,
			`${count(counts.unprotected, 'object')} without a recent restore point`,
		],
		[
			'bad',
			counts.offlineRepositories,
			`${count(counts.offlineRepositories, 'repository', 'repositories')} ${verb(counts.offlineRepositories, 'is', 'are')} offline`,
		],
		[
			repositories.some(({ status, online }) => status === 'bad' && online !== false)
				? 'bad'
				: 'warning',
			counts.lowRepositories,
			`${count(counts.lowRepositories, 'repository', 'repositories')} ${verb(counts.lowRepositories, 'is', 'are')} low`,
		],
		...[...new Set(licenses.map(({ status }) => status))]
			.filter((status) => status !== 'good')
			.map((status): [ReportStatus, number, string] => {
				const wrong = licenses.filter((license) => license.status === status).length;
				const what = status === 'bad' ? 'not valid' : 'expiring or used up';
				return [status, wrong, `${count(wrong, 'license')} ${verb(wrong, 'is', 'are')} ${what}`];
			}),
		[
			findings.some(({ status }) => status === 'bad') ? 'bad' : 'warning',
			findings.filter(({ status }) => status !== 'good').length,
			count(findings.filter(({ status }) => status !== 'good').length, 'finding'),
		],
		['warning', counts.warned, `${count(counts.warned, 'job')} with warnings`],
	];
	const wrong = found.filter(([, number]) => number > 0);
	const first = [...wrong.filter(([s]) => s === 'bad'), ...wrong.filter(([s]) => s !== 'bad')];
	const troubled = tenants.filter(({ status }) => status !== 'good').length;
	if (first.length === 0 && troubled > 0)
		return {
			status: tenants.some(({ status }) => status === 'bad') ? 'bad' : 'warning',
			text: `${count(troubled, 'tenant')} ${verb(troubled, 'needs', 'need')} a look`,
		} as const;
	const [worst] = first;
	if (worst)
		return {
			status: worst[0],
			text: first.map(([, , text]) => text).join(', '),
		};
	if (unavailable.length > 0)
		return { status: 'warning', text: 'Nothing wrong in what could be read' } as const;
	return { status: 'good', text: goodDay(counts) } as const;
}

/** Says what was well: silence would leave open whether anyone looked. */
function goodDay({ jobs, succeeded, repositories }: Unassessed['counts']): string {
	const said = [
		...(succeeded > 0 ? [`${count(succeeded, 'job')} succeeded`] : []),
		...(repositories > 0
			? [
					repositories === 1
						? 'the repository has space'
						: `all ${repositories} repositories have space`,
				]
			: []),
	];
	if (said.length > 0) return `All is well: ${said.join(', ')}`;
	return jobs > 0 ? 'All is well: no job ran in the period' : 'All is well';
}

import type { JobsSeen } from './jobTotals';
import type {
	ReportGap,
	ReportModel,
	ReportOptions,
	ReportRepository,
	ReportSection,
	ReportStatus,
} from './model';

/** What a report was asked for, and what of it no list of the model shows. */
export interface ReportScope
	extends Pick<ReportOptions, 'includeJobs' | 'excludeJobs' | 'includeTenants' | 'excludeTenants'> {
	/** Sections that were asked for and that the product has. */
	wanted: readonly ReportSection[];
	/** Undefined: no section needed the jobs, or they could not be read. */
	jobs?: JobsSeen;
	/** Machines, users … that restore points were looked for; undefined: not known. */
	objects?: number;
	/** Include patterns that no name matched (see `unmatchedPatterns`). */
	unmatched?: string[];
	/** Tenants that the report is about, where tenants were chosen or each has a report of its own. */
	tenants?: number;
}

/** What a model says before it is judged. */
export type Unassessed = Omit<ReportModel, 'verdict'> & { scope: ReportScope };

/** "1 job", "2 jobs", "10,000 jobs" */
export const count = (number: number, one: string, many = `${one}s`): string =>
	`${number.toLocaleString('en')} ${number === 1 ? one : many}`;

const verb = (number: number, one: string, many: string) => (number === 1 ? one : many);

/**
 * Adds the verdict: what is wrong, worst first, in one sentence. It is good, and says "All is well",
 * only where at least one job was looked at, all that was wanted could be read whole, and nothing is
 * wrong. A report of sections that need no job says what it found good instead.
 */
export const assessed = ({ scope, ...model }: Unassessed): ReportModel => ({
	...model,
	verdict: verdictOf(model, scope),
});

type Clause = [status: ReportStatus, text: string];

function verdictOf(
	model: Omit<ReportModel, 'verdict'>,
	scope: ReportScope,
): ReportModel['verdict'] {
	const wrong = [...troubles(model), ...doubts(model, scope)];
	const covered = worst(wrong.map(([status]) => status));
	const clauses = [...wrong, ...uncovered(model, covered)];
	const gaps = gapClause(model.unavailable);
	if (clauses.length === 0 && gaps === undefined)
		return { status: 'good', text: goodDay(model, scope) };
	const sorted = [
		...clauses.filter(([status]) => status === 'bad'),
		...clauses.filter(([status]) => status !== 'bad'),
	].map(([, text]) => text);
	const said = sorted.length > 0 ? sorted.join(', ') : 'Nothing wrong in what could be read';
	return {
		status: clauses.some(([status]) => status === 'bad') ? 'bad' : 'warning',
		text: `${said.charAt(0).toUpperCase()}${said.slice(1)}${gaps === undefined ? '' : `; ${gaps}`}`,
	};
}

/** What the lists and counts say is wrong. */
function troubles({
	counts,
	failures,
	longRuns,
	repositories,
	licenses,
	findings,
}: Omit<ReportModel, 'verdict'>): Clause[] {
	const numbered = (
		status: ReportStatus,
		number: number | null,
		text: (number: number) => string,
	): Clause[] => (number ? [[status, text(number)]] : []);
	const repository = (number: number) => count(number, 'repository', 'repositories');
	const troubled = repositories.filter(isTroubled);
	const found = findings.filter(({ status }) => status !== 'good');
	const earlier = failures.filter(({ isEarlier }) => isEarlier === true).length;
	return [
		...numbered('bad', counts.failed, (n) => `${count(n, 'job')} failed`),
		...numbered(
			'bad',
			counts.missedRuns,
			(n) => `${count(n, 'job')} missed ${verb(n, 'its', 'their')} run`,
		),
		...numbered(
			'bad',
			counts.unprotected,
			(n) => `${count(n, 'object')} without a recent restore point`,
		),
		...numbered(
			'bad',
			counts.offlineRepositories,
			(n) => `${repository(n)} ${verb(n, 'is', 'are')} offline`,
		),
		...numbered(
			worst(troubled.map(({ status }) => status)),
			troubled.length,
			(n) => `${repository(n)} ${verb(n, 'is', 'are')} in trouble (${statesOf(troubled)})`,
		),
		...numbered(
			repositories.some((one) => one.status === 'bad' && one.online !== false && !isTroubled(one))
				? 'bad'
				: 'warning',
			counts.lowRepositories,
			(n) => `${repository(n)} ${verb(n, 'is', 'are')} low`,
		),
		...(['bad', 'warning'] as const).flatMap((status) =>
			numbered(
				status,
				licenses.filter((license) => license.status === status).length,
				(n) =>
					`${count(n, 'license')} ${verb(n, 'is', 'are')} ${status === 'bad' ? 'not valid' : 'expiring or used up'}`,
			),
		),
		...numbered(worst(found.map(({ status }) => status)), found.length, (n) => count(n, 'finding')),
		...numbered('warning', counts.warned, (n) => `${count(n, 'job')} with warnings`),
		...numbered(
			'warning',
			longRuns.length,
			(n) => `${count(n, 'job')} ${verb(n, 'has', 'have')} been running for too long`,
		),
		...numbered(
			'warning',
			earlier,
			(n) =>
				`${count(n, 'job')} failed before the period and ${verb(n, 'has', 'have')} not run since`,
		),
	];
}

const isTroubled = ({ trouble, status }: ReportRepository): boolean =>
	trouble !== undefined && status !== 'good';

const statesOf = (repositories: ReportRepository[]): string =>
	[...new Set(repositories.map(({ trouble }) => trouble))].slice(0, 3).join(', ');

/** What nobody can call well, although no list shows anything wrong: nothing was there to look at. */
function doubts(
	{ counts, missedRuns, unavailable }: Omit<ReportModel, 'verdict'>,
	{ wanted, jobs, objects, unmatched = [], tenants, ...filters }: ReportScope,
): Clause[] {
	const doubts: string[] = [];
	const quoted = (patterns: string[]) => patterns.map((one) => JSON.stringify(one)).join(', ');
	if (tenants === 0)
		doubts.push(
			filters.includeTenants.length > 0
				? `no tenant matches ${quoted(filters.includeTenants)}`
				: filters.excludeTenants.length > 0
					? `no tenant is left without ${quoted(filters.excludeTenants)}`
					: 'no tenant was found',
		);
	const chosen = [...filters.includeJobs, ...filters.excludeJobs];
	// Whether there are jobs is open where a list of them could not be read: the gap says so.
	const isOpen = unavailable.some(({ section }) => section === 'jobs' || section === 'missedRuns');
	if (jobs?.total === 0 && tenants !== 0 && (chosen.length > 0 || !isOpen))
		doubts.push(
			filters.includeJobs.length > 0
				? `no job matches ${quoted(filters.includeJobs)}${filters.excludeJobs.length > 0 ? ` without ${quoted(filters.excludeJobs)}` : ''}`
				: filters.excludeJobs.length > 0
					? `no job is left without ${quoted(filters.excludeJobs)}`
					: 'no job was found',
		);
	const all = jobs?.total === 0 ? [...filters.includeJobs, ...filters.includeTenants] : [];
	const nothing = unmatched.filter((pattern) => !all.includes(pattern));
	if (nothing.length > 0 && tenants !== 0) doubts.push(`nothing matches ${quoted(nothing)}`);
	if (jobs && jobs.total > 0) {
		if (jobs.enabled === 0)
			doubts.push(
				jobs.total === 1 ? 'the only job is disabled' : `all ${jobs.total} jobs are disabled`,
			);
		else if (counts.jobs !== null && jobs.ran + jobs.planned + missedRuns.length === 0)
			doubts.push('no job ran in the period, and none is planned');
	}
	if (
		wanted.includes('unprotected') &&
		!wanted.some((one) => one === 'jobs' || one === 'missedRuns') &&
		objects === 0 &&
		jobs === undefined &&
		counts.unprotected === 0
	)
		doubts.push('no object is in any backup');
	return doubts.map((text): Clause => ['warning', text]);
}

/** Rows that are worse than anything said so far: no verdict is better than its worst row. */
function uncovered(
	{ repositories, licenses, findings, tenants }: Omit<ReportModel, 'verdict'>,
	covered: ReportStatus,
): Clause[] {
	const lists: Array<[string, string, Array<{ status: ReportStatus }>]> = [
		['repository', 'repositories', repositories],
		['license', 'licenses', licenses],
		['finding', 'findings', findings],
		['tenant', 'tenants', tenants],
	];
	return lists.flatMap(([one, many, rows]): Clause[] => {
		const wrong = rows.filter(({ status }) => RANK[status] > RANK[covered]);
		return wrong.length === 0
			? []
			: [
					[
						worst(wrong.map(({ status }) => status)),
						`${count(wrong.length, one, many)} ${verb(wrong.length, 'needs', 'need')} a look`,
					],
				];
	});
}

const RANK: Record<ReportStatus, number> = { good: 0, warning: 1, bad: 2 };

/** The worst of some; good where there is none. */
export const worst = (statuses: ReportStatus[]): ReportStatus =>
	statuses.reduce((a, b) => (RANK[b] > RANK[a] ? b : a), 'good' as ReportStatus);

const SECTION_WORDS: Record<ReportSection, string> = {
	jobs: 'jobs',
	missedRuns: 'missed runs',
	unprotected: 'restore points',
	repositories: 'repositories',
	licenses: 'licenses',
	findings: 'findings',
	tenants: 'tenants',
	history: 'history',
	allJobs: 'all jobs',
};

/** Every section that is missing in whole or in part, whatever else is wrong. */
function gapClause(gaps: ReportGap[]): string | undefined {
	const sections = [...new Set(gaps.map(({ section }) => SECTION_WORDS[section]))];
	return sections.length === 0 ? undefined : `not read completely: ${sections.join(', ')}`;
}

/** Says what was well: silence would leave open whether anyone looked. */
function goodDay({ counts }: Pick<ReportModel, 'counts'>, { jobs }: ReportScope): string {
	const { succeeded, running, repositories, unprotected } = counts;
	const said = [
		...(succeeded ? [`${count(succeeded, 'job')} succeeded`] : []),
		...(succeeded === 0 && running ? [`${count(running, 'job')} running`] : []),
		...(repositories
			? [
					repositories === 1
						? 'the repository has space'
						: `all ${repositories.toLocaleString('en')} repositories have space`,
				]
			: []),
	];
	if (jobs) {
		const idle = counts.succeeded === 0 && !running ? ['no job was due in the period'] : [];
		return ['All is well', [...idle, ...said].join(', ')].filter(Boolean).join(': ');
	}
	if (unprotected === 0) said.push('every object has a recent restore point');
	return ['Nothing wrong in what was asked for', said.join(', ')].filter(Boolean).join(': ');
}

import { isFuller } from './assess';
import { extraTroubles } from './extraVerdict';
import type { JobsSeen } from './jobTotals';
import type {
	ReportGap,
	ReportModel,
	ReportPoint,
	ReportOptions,
	ReportRepository,
	ReportSection,
	ReportStatus,
} from './model';
import { speechOf, type Speech } from './speech';

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

/**
 * Adds the verdict: what is wrong, worst first, in one sentence. It is good, and says "All is well",
 * only where at least one job was looked at, all that was wanted could be read whole, and nothing is
 * wrong. A report of sections that need no job says what it found good instead.
 */
export const assessed = ({ scope, ...model }: Unassessed): ReportModel => ({
	...model,
	verdict: verdictOf(model, scope),
});

type Clause = [status: ReportStatus, text: string, section?: ReportSection];

type Judged = Omit<ReportModel, 'verdict'>;

function verdictOf(model: Judged, scope: ReportScope): ReportModel['verdict'] {
	const speech = speechOf(model.language);
	const wrong = [...troubles(model, speech), ...doubts(model, scope, speech)];
	const covered = worst(wrong.map(([status]) => status));
	const clauses = [...wrong, ...uncovered(model, covered, speech)];
	const gaps = gapClause(model.unavailable, speech);
	if (clauses.length === 0 && gaps === undefined)
		return { status: 'good', text: goodDay(model, scope, speech) };
	const sorted = [
		...clauses.filter(([status]) => status === 'bad'),
		...clauses.filter(([status]) => status !== 'bad'),
	];
	const said =
		sorted.length > 0
			? speech.list(sorted.map(([, text]) => text))
			: speech.say('nothingWrongRead');
	const points = sorted.map(
		([status, text, section]): ReportPoint => ({
			status,
			text: speech.sentence(text),
			...(section === undefined ? {} : { section }),
		}),
	);
	if (gaps !== undefined) points.push({ status: 'warning', text: speech.sentence(gaps) });
	return {
		status: clauses.some(([status]) => status === 'bad') ? 'bad' : 'warning',
		text: [speech.sentence(said), ...(gaps === undefined ? [] : [gaps])].join(
			speech.say('semicolon'),
		),
		...(points.length > 1 ? { points } : {}),
	};
}

/** What the lists and counts say is wrong. */
function troubles(
	{ counts, failures, longRuns, repositories, licenses, findings, ...extras }: Judged,
	speech: Speech,
): Clause[] {
	const numbered = (
		section: ReportSection,
		status: ReportStatus,
		number: number | null,
		say: (n: number) => string,
	): Clause[] => (number ? [[status, say(number), section]] : []);
	const troubled = repositories.filter(isTroubled);
	const found = findings.filter(({ status }) => status !== 'good');
	const earlier = failures.filter(({ isEarlier }) => isEarlier === true).length;
	const licensesOf = (status: ReportStatus) =>
		licenses.filter((license) => license.status === status).length;
	return [
		...numbered('jobs', 'bad', counts.failed, (n) => speech.say('jobsFailed', { n })),
		...numbered('missedRuns', 'bad', counts.missedRuns, (n) => speech.say('jobsMissed', { n })),
		...numbered('unprotected', 'bad', counts.unprotected, (n) =>
			speech.say('objectsUnprotected', { n }),
		),
		...numbered('repositories', 'bad', counts.offlineRepositories, (n) =>
			speech.say('repositoriesOffline', { n }),
		),
		...numbered('repositories', worst(troubled.map(({ status }) => status)), troubled.length, (n) =>
			speech.say('repositoriesTroubled', { n, states: statesOf(troubled, speech) }),
		),
		...numbered(
			'repositories',
			repositories.some((one) => one.status === 'bad' && one.online !== false && !isTroubled(one))
				? 'bad'
				: 'warning',
			counts.lowRepositories,
			(n) => speech.say('repositoriesLow', { n }),
		),
		...numbered('licenses', 'bad', licensesOf('bad'), (n) => speech.say('licensesInvalid', { n })),
		...numbered('licenses', 'warning', licensesOf('warning'), (n) =>
			speech.say('licensesEnding', { n }),
		),
		...numbered('findings', worst(found.map(({ status }) => status)), found.length, (n) =>
			speech.say('findings', { n }),
		),
		...extraTroubles({ ...extras, counts }, speech),
		...numbered('jobs', 'warning', counts.warned, (n) => speech.say('jobsWarned', { n })),
		...numbered('missedRuns', 'warning', longRuns.length, (n) => speech.say('jobsTooLong', { n })),
		...numbered('jobs', 'warning', earlier, (n) => speech.say('jobsFailedEarlier', { n })),
	];
}

const isTroubled = (one: ReportRepository): boolean =>
	one.trouble !== undefined && one.status !== 'good' && !isFuller(one);

const statesOf = (repositories: ReportRepository[], speech: Speech): string =>
	speech.list(
		[...new Set(repositories.map(({ trouble = '' }) => trouble))]
			.slice(0, 3)
			.map((state) => speech.term(state)),
	);

/** What nobody can call well, although no list shows anything wrong: nothing was there to look at. */
function doubts(
	{ counts, missedRuns, unavailable }: Judged,
	{ wanted, jobs, objects, unmatched = [], tenants, ...filters }: ReportScope,
	speech: Speech,
): Clause[] {
	const doubts: string[] = [];
	const quoted = (patterns: string[]) => speech.list(patterns.map((one) => JSON.stringify(one)));
	if (tenants === 0)
		doubts.push(
			filters.includeTenants.length > 0
				? speech.say('tenantsNoneMatches', { patterns: quoted(filters.includeTenants) })
				: filters.excludeTenants.length > 0
					? speech.say('tenantsNoneLeft', { patterns: quoted(filters.excludeTenants) })
					: speech.say('tenantsNone'),
		);
	const chosen = [...filters.includeJobs, ...filters.excludeJobs];
	// Whether there are jobs is open where a list of them could not be read: the gap says so.
	const isOpen = unavailable.some(({ section }) => section === 'jobs' || section === 'missedRuns');
	const [patterns, excluded] = [quoted(filters.includeJobs), quoted(filters.excludeJobs)];
	if (jobs?.total === 0 && tenants !== 0 && (chosen.length > 0 || !isOpen))
		doubts.push(
			patterns && excluded
				? speech.say('jobsNoneMatchesWithout', { patterns, excluded })
				: patterns
					? speech.say('jobsNoneMatches', { patterns })
					: excluded
						? speech.say('jobsNoneLeft', { patterns: excluded })
						: speech.say('jobsNone'),
		);
	const all = jobs?.total === 0 ? [...filters.includeJobs, ...filters.includeTenants] : [];
	const nothing = unmatched.filter((pattern) => !all.includes(pattern));
	if (nothing.length > 0 && tenants !== 0)
		doubts.push(speech.say('nothingMatches', { patterns: quoted(nothing) }));
	if (jobs && jobs.total > 0) {
		if (jobs.enabled === 0)
			doubts.push(
				jobs.total === 1
					? speech.say('jobsOnlyDisabled')
					: speech.say('jobsAllDisabled', { n: jobs.total }),
			);
		else if (counts.jobs !== null && jobs.ran + jobs.planned + missedRuns.length === 0)
			doubts.push(speech.say('jobsNoneRan'));
	}
	if (
		wanted.includes('unprotected') &&
		!wanted.some((one) => one === 'jobs' || one === 'missedRuns') &&
		objects === 0 &&
		jobs === undefined &&
		counts.unprotected === 0
	)
		doubts.push(speech.say('objectsNone'));
	return doubts.map((text): Clause => ['warning', text]);
}

/** Rows that are worse than anything said so far: no verdict is better than its worst row. */
function uncovered(model: Judged, covered: ReportStatus, speech: Speech): Clause[] {
	return (['repositories', 'licenses', 'findings', 'tenants'] as const).flatMap(
		(list): Clause[] => {
			const rows: Array<{ status: ReportStatus }> = model[list];
			const wrong = rows.filter(({ status }) => RANK[status] > RANK[covered]);
			if (wrong.length === 0) return [];
			return [
				[
					worst(wrong.map(({ status }) => status)),
					speech.say(`look:${list}`, { n: wrong.length }),
					list,
				],
			];
		},
	);
}

const RANK: Record<ReportStatus, number> = { good: 0, warning: 1, bad: 2 };

/** The worst of some; good where there is none. */
export const worst = (statuses: ReportStatus[]): ReportStatus =>
	statuses.reduce((a, b) => (RANK[b] > RANK[a] ? b : a), 'good' as ReportStatus);

/** Every section that is missing in whole or in part, whatever else is wrong. */
function gapClause(gaps: ReportGap[], speech: Speech): string | undefined {
	const sections = [...new Set(gaps.map(({ section }) => speech.say(`part:${section}`)))];
	return sections.length === 0
		? undefined
		: speech.say('notReadWhole', { sections: speech.list(sections) });
}

/** Says what was well: silence would leave open whether anyone looked. */
function goodDay(
	{ counts }: Pick<ReportModel, 'counts'>,
	{ jobs }: ReportScope,
	speech: Speech,
): string {
	const { succeeded, running, repositories, unprotected } = counts;
	const said = [
		...(jobs && succeeded === 0 && !running ? [speech.say('jobsNoneDue')] : []),
		...(succeeded ? [speech.say('jobsSucceeded', { n: succeeded })] : []),
		...(succeeded === 0 && running ? [speech.say('jobsRunning', { n: running })] : []),
		...(repositories ? [speech.say('repositoriesHaveSpace', { n: repositories })] : []),
		...(!jobs && unprotected === 0 ? [speech.say('objectsAllProtected')] : []),
	];
	const text = speech.say(jobs ? 'allIsWell' : 'nothingWrongAsked');
	return said.length === 0 ? text : speech.say('withDetails', { text, details: speech.list(said) });
}

import { DateTime } from 'luxon';

import type { JobStanding } from './jobTotals';
import type { DayMark, ReportHistory, ReportHistoryJob } from './model';
import type { Speech } from './speech';

/** The history strip: one mark for each job and day, from the runs that a product's report has read. */

/** A run that ended. Times are milliseconds since 1970. */
export interface EndedRun {
	at: number;
	/** Unknown: the server says how it ended in a word that no version documents. */
	result: NonNullable<JobStanding['result']> | 'Unknown';
}

export interface JobPast {
	id: string;
	name: string;
	tenant?: string;
	/** In any order; those that ended before the first day do not count. */
	runs: EndedRun[];
}

/** How far back the runs are known. */
export interface KnownPast {
	/** All runs that ended since then are there. */
	since: number;
	/** All that failed or ended with warnings since then are there; `since` where not given. */
	wrongSince?: number;
}

const MARKS = { Success: 'good', Unknown: 'unknown', Warning: 'warning', Failed: 'bad' } as const;

/** What a day with several runs shows: that all were well is not said of one that may have failed. */
const RANK: Record<DayMark, number> = { none: 0, good: 1, unknown: 2, warning: 3, bad: 4 };

/** As texts and the CSV write a day. */
const SIGNS: Record<DayMark, string> = {
	good: '✓',
	warning: '!',
	bad: '✗',
	none: '·',
	unknown: '?',
};

/** As chats show a day: the characters themselves, for thirty codes a job would not fit. */
const SQUARES: Record<DayMark, string> = {
	good: '🟩',
	warning: '🟨',
	bad: '🟥',
	none: '⬜',
	unknown: '❔',
};

export const squaresOf = (marks: DayMark[]): string => marks.map((mark) => SQUARES[mark]).join('');

/** "✓✓!✗··✓" */
export const signsOf = (marks: DayMark[]): string => marks.map((mark) => SIGNS[mark]).join('');

/**
 * The first moment of the history: the beginning of its first day in the report's time zone.
 *
 * @param now end of the report's period, milliseconds since 1970
 * @param days the day of `now` included
 */
export const historyStart = (now: number, days: number, zone: string): number =>
	startOfDay(now, days - 1, zone).toMillis();

/**
 * The first moment of a day: counted from noon, for where clocks are changed at midnight it may come not at
 * all, or twice.
 */
function startOfDay(now: number, daysAgo: number, zone: string): DateTime {
	const noon = DateTime.fromMillis(now, { zone }).set({ hour: 12 }).minus({ days: daysAgo });
	const midnight = noon.startOf('day');
	const before = midnight.minus({ hours: 1 });
	return before.hasSame(midnight, 'day') ? before : midnight;
}

/**
 * The history of some jobs, the worst first: more failed days before fewer, then more with warnings.
 * A failure is a failure on whatever day it is seen; that a day was good, or that nothing ran on it, is
 * only said where its runs are all known.
 */
export function historyOf(
	jobs: JobPast[],
	{ now, days, timeZone: zone }: { now: number; days: number; timeZone: string },
	{ since, wrongSince = since }: KnownPast,
): ReportHistory {
	const starts = Array.from({ length: days }, (_, day) => startOfDay(now, days - 1 - day, zone));
	const dates = starts.map((start) => start.toISODate() ?? '');
	const place = new Map(dates.map((date, index) => [date, index]));
	const known = (mark: DayMark, start: number): DayMark => {
		if (start >= since || mark === 'bad') return mark;
		return start >= wrongSince && mark !== 'none' ? mark : 'unknown';
	};
	const rows = jobs.map(({ runs, ...job }): ReportHistoryJob => {
		const marks = starts.map((): DayMark => 'none');
		for (const { at, result } of runs) {
			// Clocks differ: what has ended has done so by now.
			const index = place.get(DateTime.fromMillis(Math.min(at, now), { zone }).toISODate() ?? '');
			const mark = MARKS[result];
			if (index !== undefined && RANK[mark] > RANK[marks[index] ?? 'none']) marks[index] = mark;
		}
		return { ...job, marks: marks.map((mark, day) => known(mark, starts[day]?.toMillis() ?? 0)) };
	});
	const ofUnread = new Set(
		jobs.filter(({ runs }) => runs.some(isUnread)).map(({ id, tenant }) => `${tenant}/${id}`),
	);
	const shown = rows.filter(
		(row) =>
			isTelling(row) || (row.marks.includes('unknown') && ofUnread.has(`${row.tenant}/${row.id}`)),
	);
	return { days: dates, jobs: shown.sort(worstFirst) };
}

const isUnread = ({ result }: EndedRun): boolean => result === 'Unknown';

const isTelling = ({ marks }: ReportHistoryJob): boolean =>
	marks.some((mark) => mark !== 'none' && mark !== 'unknown');

const number = ({ marks }: ReportHistoryJob, wanted: DayMark): number =>
	marks.filter((mark) => mark === wanted).length;

const worstFirst = (a: ReportHistoryJob, b: ReportHistoryJob): number =>
	number(b, 'bad') - number(a, 'bad') ||
	number(b, 'warning') - number(a, 'warning') ||
	a.name.localeCompare(b.name);

/**
 * The histories of several reports in one: the days of all of them, and a question mark where a job's
 * own report has no such day.
 */
export function joinHistories(
	all: Array<{ history: ReportHistory; name: (tenant?: string) => string | undefined }>,
): ReportHistory | undefined {
	if (all.length === 0) return undefined;
	const days = [...new Set(all.flatMap(({ history }) => history.days))].sort();
	const jobs = all.flatMap(({ history, name }) =>
		history.jobs.map((job): ReportHistoryJob => {
			const marks = new Map(history.days.map((day, index) => [day, job.marks[index]]));
			const tenant = name(job.tenant);
			return {
				...job,
				...(tenant === undefined ? {} : { tenant }),
				marks: days.map((day) => marks.get(day) ?? 'unknown'),
			};
		}),
	);
	return { days, jobs: jobs.sort(worstFirst) };
}

/** What is said of a history that does not go back as far as was asked. */
export const cutHistoryNote = (since: number, timeZone: string, speech: Speech): string =>
	speech.say('historyCut', {
		since: speech.time(DateTime.fromMillis(since).toISO(), timeZone),
	});

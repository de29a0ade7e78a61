import { DateTime } from 'luxon';

import type { ReportCounts, ReportJobState } from './model';
import type { Speech } from './speech';

/** A job as it stands when the report is made: what every product can say of its jobs. */
export interface JobStanding {
	name: string;
	/** Of the last run that ended in the period; undefined: none ended in it. */
	result?: 'Success' | 'Warning' | 'Failed';
	/** Runs that failed in the period. */
	failures: number;
	isRunning: boolean;
	isEnabled: boolean;
	/**
	 * Another run is to come: at a time ahead, continuously, or after another job. False for one that is
	 * started by hand alone, and where the server does not say.
	 */
	isPlanned: boolean;
}

export type JobCounts = Record<
	'jobs' | 'succeeded' | 'warned' | 'failed' | 'running' | 'idle' | 'disabled',
	number
>;

/** What the verdict must know of the jobs that no count says. */
export interface JobsSeen {
	total: number;
	/** Not disabled, whatever they did before. */
	enabled: number;
	/** Those whose run ended in the period, or is going on. */
	ran: number;
	/** Enabled ones that have another run to come. */
	planned: number;
}

/** Each job once: by its last result in the period, else as running, disabled or idle. */
export function jobCounts(jobs: JobStanding[]): JobCounts {
	const counts = { jobs: 0, succeeded: 0, warned: 0, failed: 0, running: 0, idle: 0, disabled: 0 };
	for (const job of jobs) {
		counts.jobs++;
		counts[keyOf(job)]++;
	}
	return counts;
}

const BY_RESULT = { Success: 'succeeded', Warning: 'warned', Failed: 'failed' } as const;

const keyOf = ({
	result,
	isRunning,
	isEnabled,
}: JobStanding): keyof ReportCounts & keyof JobCounts =>
	result ? BY_RESULT[result] : isRunning ? 'running' : isEnabled ? 'idle' : 'disabled';

const STATES = { running: 'Running', idle: 'Not run', disabled: 'Disabled' } as const;

/**
 * A job with its last run, as the section of all jobs has it.
 *
 * @param times milliseconds since 1970; undefined: the server does not tell them
 */
export function jobState(
	standing: JobStanding,
	about: Pick<ReportJobState, 'id' | 'type' | 'tenant'>,
	times: { start?: number; end?: number; nextRun?: number },
): ReportJobState {
	const { name, result, isRunning, isEnabled } = standing;
	const written = Object.entries(times).flatMap(([key, at]) =>
		at === undefined ? [] : [[key, DateTime.fromMillis(at, { zone: 'utc' }).toISO()]],
	);
	return {
		...about,
		name,
		state: result ?? STATES[isRunning ? 'running' : isEnabled ? 'idle' : 'disabled'],
		...(Object.fromEntries(written) as Pick<ReportJobState, 'start' | 'end' | 'nextRun'>),
	};
}

export const byJobName = (a: ReportJobState, b: ReportJobState): number =>
	a.name.localeCompare(b.name);

export const jobsSeen = (jobs: JobStanding[]): JobsSeen => ({
	total: jobs.length,
	enabled: jobs.filter(({ isEnabled }) => isEnabled).length,
	ran: jobs.filter(({ result, isRunning }) => result !== undefined || isRunning).length,
	planned: jobs.filter(({ isEnabled, isPlanned }) => isEnabled && isPlanned).length,
});

/** Jobs named in one note. */
const NAMED = 5;

/**
 * Jobs that failed in the period and ended it with a good run: worth a remark, and no warning.
 *
 * @returns a note for the report, or none
 */
export function mendedNote(jobs: JobStanding[], speech: Speech): string[] {
	const mended = jobs
		.filter(({ result, failures }) => result === 'Success' && failures > 0)
		.sort((a, b) => b.failures - a.failures || a.name.localeCompare(b.name));
	if (mended.length === 0) return [];
	const runs = mended.reduce((sum, { failures }) => sum + failures, 0);
	const named = mended.slice(0, NAMED).map(({ name, failures }) => `${name} (${failures})`);
	const more = mended.length - named.length;
	const list = speech.list(named);
	const jobsNamed = more > 0 ? speech.say('andMore', { list, n: more }) : list;
	return [speech.say('mended', { n: runs, jobs: jobsNamed })];
}

import type { IDataObject, NodeApiError } from 'n8n-workflow';

import type { RunReason } from '../common/runReason';
import { readTime } from '../common/time';
import { isUnreachable } from './eventFailures';
import { farewell, type Farewell } from './incidents';
import { shortKey } from './keys';
import { titled } from '../common/titles';
import { listOf, namePasses, numberOf } from './options';
import type { PollContext } from './pollContext';
import type { Notification, Severity, Transition, WatchedObject } from './types';

export type RunResult = 'Success' | 'Warning' | 'Failed';

/** One run of a job that is over. */
export interface Run {
	id: string;
	/** The job's; the run's own where it belongs to none. */
	jobId: string;
	/** See `WatchedObject.scope`. */
	scope?: string;
	name: string;
	/** "Backup Job" */
	type: string;
	result: RunResult;
	/** As the server gives it; often empty. */
	message?: string;
	/** ISO 8601 */
	endTime?: string;
	/** For the item: job type, company … */
	details?: IDataObject;
}

export type { RunReason };

/** What a product knows of a run, for its verdict. */
export interface RunReader {
	/** The run of a record; undefined where the user does not want its type. */
	run(pollContext: PollContext, record: IDataObject): Promise<Run | undefined> | Run | undefined;
	/** When it ended (or whatever its runs are ordered by), as the server writes it; default: `endTime`. */
	time?(record: IDataObject): unknown;
	/**
	 * The server will try again by itself: this failure is not the last word. Undefined where that
	 * shows only later: it is asked again in the next poll.
	 */
	willBeRetried(
		pollContext: PollContext,
		record: IDataObject,
	): Promise<boolean | undefined> | boolean | undefined;
	/** The failed objects (those with warnings where none failed). Asked for what is emitted only. */
	reasons(pollContext: PollContext, record: IDataObject): Promise<RunReason[]>;
	/** More for the item, such as the organization. Asked for what is emitted only. */
	details?(pollContext: PollContext, record: IDataObject): Promise<IDataObject>;
}

/**
 * What is known of a job that fails: failures in a row, and when the last one ended (seconds); where
 * one was emitted, the incident it opened: the job's id, name, type and scope.
 */
type Failing = [
	failures: number,
	last: number,
	id?: string,
	name?: string,
	type?: string,
	scope?: string,
];

/** Jobs that fail, by short id. Jobs that are well are not in it. */
export type Streaks = Record<string, Failing>;

/** So many are remembered: a job that was deleted after a failure may never succeed. */
const MOST_JOBS = 5000;

/** So many reasons stand in `reasons`, and so many in the message. */
const MOST_REASONS = 100;
const SHOWN = 10;

/**
 * What there is to say of a run. The first failure that is reported opens the job's incident
 * (`problem`), further ones belong to it (`repeated`); what is no failure ends it (`recovered`).
 * Runs are judged by the time they ended, whenever they became visible: a success from before the
 * last failure ends nothing.
 *
 * @param event value of the event: its fields are named after it
 * @param streaks is brought up to date
 * @returns undefined where the server may still try again: to be asked anew with the next poll
 */
export async function finishedRunOf(
	event: string,
	reader: RunReader,
	pollContext: PollContext,
	record: IDataObject,
	streaks: Streaks,
): Promise<Notification[] | undefined> {
	const { options } = pollContext;
	const run = await reader.run(pollContext, record);
	if (!run) return [];
	const key = streakOf(run);
	const known = streaks[key];
	// A job that was renamed out of the filters leaves no problem open that nobody watches.
	if (!isJobWatched(pollContext, { id: run.jobId, name: run.name }))
		return closeRun(streaks, key, 'leftOut', options.reportRecovery !== false, run.name);
	const isWanted = listOf(options[`${event}Results`]).includes(run.result);
	const time = readTime(reader.time?.(record) ?? run.endTime);
	const last = time === undefined ? (known?.[1] ?? 0) : Math.floor(time / 1000);
	const emit = async (transition: Transition, failures = 0) =>
		await notify(reader, pollContext, { run, record, transition, failures, known });

	if (run.result !== 'Failed') {
		const ends = run.result === 'Success' || options.warningRecovers !== false;
		if (!known || !ends || last < known[1]) return isWanted ? await emit('finished') : [];
		delete streaks[key];
		const wasReported = known[2] !== undefined;
		if (wasReported && options.reportRecovery !== false) return await emit('recovered');
		return isWanted ? await emit('finished') : [];
	}
	if (options.onlyAfterLastRetry === true) {
		const again = await reader.willBeRetried(pollContext, record);
		// A retry belongs to the same run: it is no failure more.
		if (again !== false) return again ? [] : undefined;
	}
	const failures = (known?.[0] ?? 0) + 1;
	const isReported = isWanted && failures >= (numberOf(options.failuresInRow) ?? 1);
	if (run.jobId !== run.id) {
		const latest = Math.max(last, known?.[1] ?? 0);
		const [, , id, name, type, scope] = known ?? [];
		const more = (one?: string) => (one === undefined ? [] : [one]);
		const about: Array<string | undefined> =
			id !== undefined
				? [id, name, type, ...more(scope)]
				: isReported
					? [run.jobId, run.name.slice(0, 60), run.type, ...more(run.scope)]
					: [];
		keep(streaks, key, [failures, latest, ...about] as Failing);
	}
	if (!isReported) return [];
	return await emit(known?.[2] === undefined ? 'problem' : 'repeated', failures);
}

/** By what a job is known among those that fail. */
export const streakOf = ({ jobId, scope }: Pick<Run, 'jobId' | 'scope'>): string =>
	shortKey(scope === undefined ? jobId : `${scope}/${jobId}`);

/** Whether the filters by job and by name let a job through. */
export function isJobWatched(
	{ options }: PollContext,
	{ id, name }: { id: string; name: string },
): boolean {
	const jobs = listOf(options.jobs);
	if (jobs.length > 0 && !jobs.includes(id)) return false;
	return namePasses(name, options.includeNames, options.excludeNames);
}

function keep(jobs: Streaks, key: string, job: Failing): void {
	// Anew at the end: the first is the one that has failed the longest ago.
	delete jobs[key];
	jobs[key] = job;
	const [oldest, ...others] = Object.keys(jobs);
	if (oldest !== undefined && others.length >= MOST_JOBS) delete jobs[oldest];
}

interface Verdict {
	run: Run;
	record: IDataObject;
	transition: Transition;
	failures: number;
	known?: Failing;
}

async function notify(
	reader: RunReader,
	pollContext: PollContext,
	verdict: Verdict,
): Promise<Notification[]> {
	const { run, record, transition } = verdict;
	const more = await reader.details?.(pollContext, record);
	const isGood = run.result === 'Success';
	const { all, unread } = isGood ? { all: [] } : await readReasons(reader, pollContext, record);
	const details = { ...more, ...run.details, ...(unread ? { reasonsError: unread } : {}) };
	const one = (reasons: RunReason[], occurrence: string, left: number): Notification => ({
		...notificationOf(verdict, reasons, left),
		occurrence,
		details: {
			...details,
			reasons: reasons.slice(0, MOST_REASONS),
			...(left + reasons.length > MOST_REASONS || left > 0
				? { moreReasons: left + Math.max(0, reasons.length - MOST_REASONS) }
				: {}),
		},
	});
	if (pollContext.options.onePer !== 'object' || transition === 'recovered' || all.length === 0)
		return [one(all, run.id, 0)];
	// One run may have more failed objects than a poll may give items: the last item says so.
	const shown = all.slice(0, pollContext.remainingItems);
	return shown.map((reason, index) =>
		one(
			[reason],
			`${run.id}#${reason.object}#${index}`,
			index === shown.length - 1 ? all.length - shown.length : 0,
		),
	);
}

/** A failure is reported even where the server does not give its reasons (no right, too old). */
async function readReasons(
	reader: RunReader,
	pollContext: PollContext,
	record: IDataObject,
): Promise<{ all: RunReason[]; unread?: string }> {
	if (pollContext.options.includeReasons !== true) return { all: [] };
	try {
		return { all: await reader.reasons(pollContext, record) };
	} catch (error) {
		// The next poll can.
		if (isUnreachable(error)) throw error as NodeApiError;
		return { all: [], unread: (error as Error).message };
	}
}

const SEVERITIES: Record<RunResult, Severity> = {
	Failed: 'error',
	Warning: 'warning',
	Success: 'info',
};

function notificationOf(
	{ run, record, transition, failures, known }: Verdict,
	reasons: RunReason[],
	left: number,
): Notification {
	const isOpen = known?.[2] !== undefined;
	return {
		transition,
		severity: SEVERITIES[run.result],
		// As the incident was opened: its key holds the type.
		object: {
			id: run.jobId,
			name: run.name,
			type: (isOpen && known[4]) || run.type,
			...(run.scope === undefined ? {} : { scope: run.scope }),
		},
		condition: 'failed',
		occurrence: run.id,
		...(run.endTime ? { occurredAt: run.endTime } : {}),
		previous: isOpen ? { problem: true } : null,
		current: { result: run.result, sessionId: run.id, failuresInRow: failures },
		message: messageOf(run, transition, reasons, { failures, left }),
		record,
	};
}

function messageOf(
	{ type, name, result, message }: Run,
	transition: Transition,
	reasons: RunReason[],
	{ failures, left }: { failures: number; left: number },
): string {
	const again = failures > 1 ? ` (${failures} failures in a row)` : '';
	const plain = { Failed: 'failed', Warning: 'finished with warnings', Success: 'succeeded' };
	const recovered = { ...plain, Warning: 'no longer fails: it finished with warnings' };
	const outcome =
		transition !== 'recovered'
			? plain[result]
			: result === 'Success'
				? 'succeeded again'
				: recovered[result];
	const lines = reasons
		.slice(0, SHOWN)
		.map(({ object, reasons: why }) => `• ${object}: ${why.join(' · ') || 'no reason given'}`);
	const more = left + Math.max(0, reasons.length - SHOWN);
	const said = reasons.length === 0 && message ? [message] : [];
	return [
		`${titled(type, name)} ${outcome}${again}${lines.length + said.length > 0 ? ':' : '.'}`,
		...lines,
		...said,
		...(more > 0 ? [`• and ${more} more`] : []),
	].join('\n');
}

/**
 * The end of an incident whose job is no longer there, or no longer watched.
 *
 * @param isWanted the user wants to hear of recoveries
 * @param called what the job is called now
 */
export function closeRun(
	streaks: Streaks,
	key: string,
	why: Farewell,
	isWanted = true,
	called?: string,
): Notification[] {
	const known = streaks[key];
	delete streaks[key];
	if (!known || !isWanted) return [];
	const [failures, last, id, name = '', type = 'Job', scope] = known;
	if (id === undefined) return [];
	const object: WatchedObject = { id, name, type, ...(scope ? { scope } : {}) };
	const closed = why === 'gone' ? { gone: true } : { watched: false };
	return [
		{
			transition: 'recovered',
			severity: 'info',
			object,
			condition: 'failed',
			occurrence: `${id}/${why}/${last}`,
			previous: { problem: true },
			current: { result: null, sessionId: null, failuresInRow: failures, ...closed },
			message: farewell(object, why, called),
			record: { ...object },
			details: { reasons: [] },
		},
	];
}

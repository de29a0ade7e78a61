import type { IDataObject, INodeProperties, NodeApiError } from 'n8n-workflow';

import { eventStreamEvent, type EventStream } from './eventStream';
import { shortKey } from './keys';
import { isUnreachable } from './eventFailures';
import { listOf, nameOptions, namePasses, numberOf } from './options';
import type { Notification, Severity, EventDefinition } from './types';
import type { PollContext } from './pollContext';

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

/** Why one object of a run failed. */
export interface RunReason extends IDataObject {
	object: string;
	/** Failed or Warning, as the server spells it. */
	result: string;
	reasons: string[];
}

/** What a product knows of its sessions. */
export interface FinishedRuns
	extends Pick<
		EventStream<Streaks>,
		'newest' | 'since' | 'overlap' | 'oldestFirst' | 'id' | 'time' | 'objectId'
	> {
	isOver(record: IDataObject): boolean;
	/** The run of a session; undefined where the user does not want its type. */
	run(pollContext: PollContext, record: IDataObject): Promise<Run | undefined> | Run | undefined;
	/**
	 * The server will try again by itself: this failure is not the last word. Undefined where that
	 * shows only later: it is asked again in the next poll.
	 */
	willBeRetried(
		pollContext: PollContext,
		record: IDataObject,
	): Promise<boolean | undefined> | boolean | undefined;
	/** The failed objects (those with warnings where none failed). Asked for what is told only. */
	reasons(pollContext: PollContext, record: IDataObject): Promise<RunReason[]>;
	/** More for the item, such as the organization. Asked for what is told only. */
	details?(pollContext: PollContext, record: IDataObject): Promise<IDataObject>;
}

/** By short id of the job: failures in a row, and 1 where one of them was told. */
export type Streaks = Record<string, [failures: number, emitted: 0 | 1]>;

const RESULTS: RunResult[] = ['Failed', 'Success', 'Warning'];

/**
 * The fields and options of an event about finished runs.
 *
 * @param jobs loadOptionsMethod that lists the jobs
 * @param more the product's own fields, e.g. the session types
 */
export function runFields(
	value: string,
	jobs: string,
	more: INodeProperties[] = [],
): Pick<EventDefinition, 'fields' | 'options'> {
	return {
		fields: [
			{
				displayName: 'Results',
				name: `${value}Results`,
				type: 'multiOptions',
				options: RESULTS.map((result) => ({ name: result, value: result })),
				default: ['Failed', 'Warning'],
				description: 'Which results to tell',
			},
			...more,
		],
		options: [
			{
				displayName: 'After Failures in a Row',
				name: 'failuresInRow',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 1,
				description: 'Tell a failed job only from its Nth failure in a row on',
			},
			...nameOptions(),
			{
				displayName: 'Include Reasons',
				name: 'includeReasons',
				type: 'boolean',
				default: true,
				description:
					'Whether to read why each object failed, which takes some requests per failure',
			},
			{
				displayName: 'Job Names or IDs',
				name: 'jobs',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: jobs },
				default: [],
				description:
					'Only these jobs; all where empty. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'One Item Per',
				name: 'onePer',
				type: 'options',
				options: [
					{ name: 'Object That Failed', value: 'object' },
					{ name: 'Session', value: 'session' },
				],
				default: 'session',
				description: 'Whether a failed session gives one item, or one for each of its objects',
			},
			{
				displayName: 'Only After Last Retry',
				name: 'onlyAfterLastRetry',
				type: 'boolean',
				default: true,
				description: 'Whether to leave out failures that the job will retry by itself',
			},
			{
				displayName: 'Tell Recovery',
				name: 'tellRecovery',
				type: 'boolean',
				default: true,
				description: 'Whether to tell when a job succeeds again after a failure that was told',
			},
		],
	};
}

/** An event that tells runs of jobs when they are over. */
export function finishedRunsEvent(
	described: Omit<EventDefinition, 'poll' | 'sample'>,
	product: FinishedRuns,
): EventDefinition {
	const { newest, since, overlap, oldestFirst, id, time, isOver } = product;
	return eventStreamEvent<Streaks>(described, {
		newest,
		since,
		overlap,
		oldestFirst,
		id,
		time,
		isOver,
		begin: () => ({}),
		emit: async (pollContext, record, streaks) => {
			const emitted = await finishedRunOf(described.value, product, pollContext, record, streaks);
			if (!emitted || emitted.length === 0) return emitted;
			const more = await product.details?.(pollContext, record);
			return emitted.map((one) => ({ ...one, details: { ...more, ...one.details } }));
		},
		objectId: product.objectId ?? ((record) => String(record.jobId ?? id(record))),
	});
}

/**
 * What there is to report of a run that is over, by the options of `runFields`.
 *
 * @param event value of the event: its fields are named after it
 * @param streaks failures in a row so far, by job; brought up to date
 * @returns undefined where the server may still try again: to be asked again later
 */
export async function finishedRunOf(
	event: string,
	product: Pick<FinishedRuns, 'run' | 'willBeRetried' | 'reasons'>,
	pollContext: PollContext,
	record: IDataObject,
	streaks: Streaks,
): Promise<Notification[] | undefined> {
	const { options } = pollContext;
	const run = await product.run(pollContext, record);
	if (!run) return [];
	const jobs = listOf(options.jobs);
	if (jobs.length > 0 && !jobs.includes(run.jobId)) return [];
	if (!namePasses(run.name, options.includeNames, options.excludeNames)) return [];

	const key = shortKey(run.scope === undefined ? run.jobId : `${run.scope}/${run.jobId}`);
	const [failures, emitted] = streaks[key] ?? [0, 0];
	const results = listOf(options[`${event}Results`]);
	if (run.result === 'Success') {
		delete streaks[key];
		const recovered = emitted === 1 && options.tellRecovery === true;
		if (!recovered && !results.includes('Success')) return [];
		return [happeningOf(run, record, recovered ? 'recovered' : 'finished', [])];
	}
	const inRow = run.result === 'Failed' ? failures + 1 : failures;
	const remember = (failed: number, wasTold: 0 | 1) => {
		// A run that belongs to no job has no next one.
		if (run.jobId !== run.id) keep(streaks, key, [failed, wasTold]);
	};
	remember(inRow, emitted);
	if (!results.includes(run.result)) return [];
	if (run.result === 'Failed') {
		const isLast = options.onlyAfterLastRetry !== true;
		const again = isLast ? false : await product.willBeRetried(pollContext, record);
		if (again !== false) {
			// A retry belongs to the same run: it is no failure more.
			remember(failures, emitted);
			return again ? [] : undefined;
		}
		if (inRow < (numberOf(options.failuresInRow) ?? 1)) return [];
	}
	remember(inRow, 1);
	const { reasons, unread } = await readReasons(product, pollContext, record);
	if (unread) run.details = { ...run.details, reasonsError: unread };
	if (options.onePer !== 'object' || reasons.length === 0)
		return [happeningOf(run, record, 'problem', reasons, inRow)];
	return reasons.map((reason, index) => ({
		...happeningOf(run, record, 'problem', [reason], inRow),
		occurrence: `${run.id}#${index}`,
	}));
}

/** So many jobs that fail are remembered: one that was deleted after a failure never succeeds. */
const MOST_STREAKS = 5000;

function keep(streaks: Streaks, key: string, streak: Streaks[string]): void {
	// Anew at the end: the first is the one that has failed the longest ago.
	delete streaks[key];
	streaks[key] = streak;
	const [oldest, ...others] = Object.keys(streaks);
	if (oldest !== undefined && others.length >= MOST_STREAKS) delete streaks[oldest];
}

/** A failure is told even where the server does not give its reasons (no right, too old). */
async function readReasons(
	product: Pick<FinishedRuns, 'reasons'>,
	pollContext: PollContext,
	record: IDataObject,
): Promise<{ reasons: RunReason[]; unread?: string }> {
	if (pollContext.options.includeReasons !== true) return { reasons: [] };
	try {
		return { reasons: await product.reasons(pollContext, record) };
	} catch (error) {
		// The next poll can.
		if (isUnreachable(error)) throw error as NodeApiError;
		return { reasons: [], unread: (error as Error).message };
	}
}

const SEVERITIES: Record<RunResult, Severity> = {
	Failed: 'error',
	Warning: 'warning',
	Success: 'info',
};

function happeningOf(
	run: Run,
	record: IDataObject,
	transition: 'problem' | 'recovered' | 'finished',
	reasons: RunReason[],
	failuresInRow = 0,
): Notification {
	return {
		transition,
		severity: SEVERITIES[run.result],
		object: {
			id: run.jobId,
			name: run.name,
			type: run.type,
			...(run.scope === undefined ? {} : { scope: run.scope }),
		},
		condition: 'failed',
		occurrence: run.id,
		...(run.endTime ? { occurredAt: run.endTime } : {}),
		previous: transition === 'recovered' ? { problem: true } : null,
		current: { result: run.result, sessionId: run.id, failuresInRow },
		message: messageOf(run, transition, reasons, failuresInRow),
		record,
		details: { ...run.details, reasons },
	};
}

/** So many objects stand in the message; `reasons` has them all. */
const SHOWN = 10;

function messageOf(
	{ type, name, result, message }: Run,
	transition: string,
	reasons: RunReason[],
	failuresInRow: number,
): string {
	const again = failuresInRow > 1 ? ` (${failuresInRow} failures in a row)` : '';
	const outcome =
		transition === 'recovered'
			? 'succeeded again'
			: { Failed: 'failed', Warning: 'finished with warnings', Success: 'succeeded' }[result];
	const lines = reasons
		.slice(0, SHOWN)
		.map(({ object, reasons: why }) => `• ${object}: ${why.join(' · ') || 'no reason given'}`);
	const more = reasons.length - SHOWN;
	const said = reasons.length === 0 && message ? [message] : [];
	return [
		`${type} "${name}" ${outcome}${again}${lines.length + said.length > 0 ? ':' : '.'}`,
		...lines,
		...said,
		...(more > 0 ? [`• and ${more} more`] : []),
	].join('\n');
}

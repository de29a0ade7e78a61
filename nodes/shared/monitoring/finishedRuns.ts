import type { IDataObject } from 'n8n-workflow';

import { HOUR, readTime } from '../common/time';
import { asManyAs, eventStreamEvent, type EventStream } from './eventStream';
import { shortKey } from './keys';
import { listOf } from './options';
import type { PollContext } from './pollContext';
import {
	closeRun,
	finishedRunOf,
	isJobWatched,
	streakOf,
	type RunReader,
	type RunResult,
	type Streaks,
} from './runJudge';
import type { Notification, EventDefinition } from './types';

export { runFields } from './runForm';
export { finishedRunOf } from './runJudge';
export type { Run, RunReason, RunResult, Streaks } from './runJudge';

/** What an event remembers of its runs. */
export interface FailingJobs {
	jobs: Streaks;
	/** When it was last looked whether they are still there, milliseconds. */
	looked?: number;
	/** Short ids of those that were in the list of jobs once; 2 where they were missing since. */
	listed?: Record<string, 1 | 2>;
	/**
	 * By short id: the run of a job that failed without a session that has an end, and how many times its
	 * sessions were looked through.
	 */
	examined?: Record<string, [run: number, tries: number]>;
}

/** What a product knows of its sessions. */
export interface FinishedRuns
	extends Omit<RunReader, 'time'>,
		Pick<
			EventStream<FailingJobs>,
			'newest' | 'since' | 'leftOut' | 'overlap' | 'oldestFirst' | 'id' | 'time' | 'objectId'
		> {
	isOver(record: IDataObject): boolean;
	/** Undefined while it runs, and where it has none. */
	result(record: IDataObject): RunResult | undefined;
	/**
	 * Ids of the jobs there are, to close the problem of one that was deleted; asked once an hour, and
	 * only while a job fails. Undefined where they cannot be read.
	 */
	jobIds?(pollContext: PollContext): Promise<Iterable<string> | undefined>;
	/**
	 * Whether the user wants runs of a type, as `Run.type` has it; default: of all. Asked when the
	 * settings have changed, of types with an open incident.
	 */
	isTypeWanted?(pollContext: PollContext, type: string): boolean;
}

/** How often it is looked whether jobs that fail are still there. */
const LOOK_EVERY = HOUR;

/** An event that emits runs of jobs when they are over. */
export function finishedRunsEvent(
	described: Omit<EventDefinition, 'poll' | 'sample'>,
	product: FinishedRuns,
): EventDefinition {
	const { newest, since, leftOut, overlap, oldestFirst, id, time, isOver } = product;
	return eventStreamEvent<FailingJobs>(described, {
		newest,
		since,
		leftOut,
		overlap,
		oldestFirst,
		id,
		time,
		isOver,
		begin: () => ({ jobs: {} }),
		// A success that is not wanted only ends what is open: reading it twice changes nothing.
		isRemembered: (pollContext, record) =>
			product.result(record) === 'Failed' ||
			wantedResults(described.value, pollContext).includes(String(product.result(record))),
		isProblem: (record) => product.result(record) !== 'Success',
		isWatched: async (pollContext, record, { jobs }) => {
			const run = await product.run(pollContext, record);
			if (!run || !isJobWatched(pollContext, { id: run.jobId, name: run.name })) return false;
			if (run.result === 'Failed') return true;
			// The end of a problem.
			const failing = jobs[streakOf(run)];
			const end = Math.floor((readTime(product.time(record)) ?? 0) / 1000);
			if (failing && end >= failing[1]) return true;
			return wantedResults(described.value, pollContext).includes(run.result);
		},
		emit: async (pollContext, record, failing) =>
			await finishedRunOf(described.value, product, pollContext, record, failing.jobs),
		objectId: product.objectId ?? ((record) => String(record.jobId ?? id(record))),
		after: async (pollContext, failing) => {
			const unwatched = pollContext.settingsChanged
				? closeUnwatched(described.value, product, pollContext, failing)
				: [];
			const room = pollContext.remainingItems - unwatched.length;
			return [...unwatched, ...(await closeGoneJobs(product, pollContext, failing, room))];
		},
		leave: ({ jobs }) => Object.keys(jobs).flatMap((key) => closeRun(jobs, key, 'eventUnpicked')),
	});
}

/** The results that the user wants to hear of. */
export const wantedResults = (event: string, { options }: PollContext): string[] =>
	listOf(options[`${event}Results`]);

/** The end of problems that the user's new settings leave out. */
function closeUnwatched(
	event: string,
	{ isTypeWanted }: FinishedRuns,
	pollContext: PollContext,
	{ jobs }: FailingJobs,
): Notification[] {
	const isWanted = pollContext.options.reportRecovery !== false;
	const failures = wantedResults(event, pollContext).includes('Failed');
	return asManyAs(pollContext.remainingItems, Object.keys(jobs), (key) => {
		const [, , id, name = '', type = ''] = jobs[key] ?? [];
		if (id === undefined) return [];
		const isWatched =
			isJobWatched(pollContext, { id, name }) && (isTypeWanted?.(pollContext, type) ?? true);
		if (failures && isWatched) return [];
		return closeRun(jobs, key, failures ? 'leftOut' : 'unpicked', isWanted);
	});
}

/**
 * The end of problems of jobs that were deleted: those that were in the list once and are missing in
 * two looks. A session may name a job that is in no list: of that one nothing can be said.
 */
async function closeGoneJobs(
	product: FinishedRuns,
	pollContext: PollContext,
	failing: FailingJobs,
	room: number,
): Promise<Notification[]> {
	const open = Object.entries(failing.jobs).filter(([, [, , id]]) => id !== undefined);
	const now = pollContext.serverNow();
	if (!product.jobIds || open.length === 0) {
		delete failing.looked;
		return [];
	}
	failing.looked ??= now;
	if (room <= 0 || Math.abs(now - failing.looked) < LOOK_EVERY) return [];
	const ids = await product.jobIds(pollContext);
	failing.looked = now;
	if (!ids) return [];
	const there = new Set([...ids].map((id) => shortKey(id)));
	const before = failing.listed ?? {};
	const listed: Record<string, 1 | 2> = {};
	const notifications: Notification[] = [];
	for (const [key] of open) {
		if (there.has(key)) listed[key] = 1;
		else if (before[key] === 1) listed[key] = 2;
		else if (before[key] === 2 && notifications.length >= room) {
			// The next poll goes on.
			listed[key] = 2;
			failing.looked = now - LOOK_EVERY;
		} else if (before[key] === 2) {
			const isWanted = pollContext.options.reportRecovery !== false;
			notifications.push(...closeRun(failing.jobs, key, 'gone', isWanted));
		}
	}
	failing.listed = listed;
	return notifications;
}

import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { readTime } from '../../shared/common/time';
import { amountOf } from '../../shared/monitoring/options';
import { iso } from '../../shared/report/assess';
import type { PageReader } from '../../shared/report/pageReader';
import { PAST, word, type Deciding } from '../../shared/report/readable';
import { same } from '../api/read';
import type { Job } from './jobs';
import {
	isRunning,
	JOB_TYPES,
	resultOfStatus,
	STATUSES,
	type JobKind,
	type JobResult,
} from './jobStatus';
import { flagOf, linkedId, textOf } from './values';
import { objectOf } from '../../shared/common/objects';

export const reads: ReadFields[] = [
	{
		operation: 'GET /JobSessions',
		fields: [
			...['id', 'status', 'details', 'creationTime', 'endTime', 'jobId', 'jobType', '_links'],
			...['jobWillBeRetried', 'retryCount', 'mainSessionId', 'statistics.transferredDataBytes'],
		],
		fallbacks: {
			jobId: 'a link leads to the job, else the time at which its last run began',
			jobType: 'the list that the link leads to says it',
			jobWillBeRetried: 'each failure is the last word',
			mainSessionId: 'null in the item',
		},
	},
];

/** What of a session decides. */
export const deciding: Deciding = {
	status: word(...STATUSES),
	creationTime: PAST,
	endTime: PAST,
};

/** Sessions of backup jobs and backup copy jobs. */
export const JOB_SESSIONS = '/JobSessions';

/** Nothing of the session will change any more. */
export const isOver = ({ status }: IDataObject): boolean => !isRunning(status);

/** How a session that is over has ended. */
export const resultOf = ({ status }: IDataObject): JobResult => resultOfStatus(status);

/** In words, where the result alone does not say it. */
export const resultDetails = (session: IDataObject): string | undefined =>
	isStopped(session)
		? 'It was stopped before its end.'
		: same(session.status, 'Success')
			? undefined
			: textOf(session.details);

export const isStopped = ({ status }: IDataObject): boolean => same(status, 'Stopped');

/**
 * When a session ended, as the server writes it: sessions that failed without an end (or with one in
 * the year 1 or 1900) count from their beginning. Undefined while it goes on.
 */
export function endTimeOf(session: IDataObject): string | undefined {
	const { endTime, creationTime } = session;
	if (!isOver(session)) return undefined;
	return [endTime, creationTime].map(textOf).find((text) => readTime(text) !== undefined);
}

/** Whether the server says when it ended. */
export const hasEnd = ({ endTime }: IDataObject): boolean =>
	readTime(textOf(endTime)) !== undefined;

/** `endTimeOf` in milliseconds since 1970; 0 where nothing says it. */
export const endOf = (session: IDataObject): number => readTime(endTimeOf(session)) ?? 0;

/** What a session sent to its target, in bytes; undefined where it does not say. */
export const transferredIn = ({ statistics }: IDataObject): number | undefined =>
	amountOf(objectOf(statistics).transferredDataBytes);

/** The server will run the job again by itself; undefined where the version does not say (v6). */
export const willBeRetried = ({ jobWillBeRetried }: IDataObject): boolean | undefined =>
	flagOf(jobWillBeRetried);

/** The job's id: v8 says it, before it a link does. */
export const jobIdOf = (session: IDataObject): string | undefined =>
	textOf(session.jobId) ?? linkedId(session, 'CopyJobs') ?? linkedId(session, 'Jobs');

const kindOf = (session: IDataObject): JobKind =>
	same(session.jobType, 'Copy') || linkedId(session, 'CopyJobs') !== undefined ? 'Copy' : 'Backup';

/** Stands for a job that was deleted meanwhile, or that the server does not name. */
export const unknownJob = (session: IDataObject): Pick<Job, 'id' | 'name' | 'kind' | 'type'> => {
	const kind = kindOf(session);
	return {
		id: jobIdOf(session) ?? String(session.id),
		name: 'Unknown job',
		kind,
		type: JOB_TYPES[kind],
	};
};

/**
 * Finds the job of each session: by its id or link; where nothing leads to a job, it is the one that
 * began its last run then. Of several that began at the same moment, each gets one session: the one
 * that ended as the job says.
 *
 * @returns for each session its job; none where it is gone, may not be read, or is not to be reported
 */
export function jobsOfSessions(sessions: IDataObject[], jobs: Job[]): Map<IDataObject, Job> {
	const byId = new Map(jobs.map((job) => [job.id.toLowerCase(), job]));
	const found = new Map<IDataObject, Job>();
	const unnamed = new Map<number, IDataObject[]>();
	for (const session of sessions) {
		const id = jobIdOf(session)?.toLowerCase();
		const job = id === undefined ? undefined : byId.get(id);
		if (job) found.set(session, job);
		const began = readTime(session.creationTime);
		if (id !== undefined || began === undefined) continue;
		unnamed.set(began, [...(unnamed.get(began) ?? []), session]);
	}
	for (const [began, some] of unnamed) {
		const free = new Set(jobs.filter(({ lastRun }) => lastRun === began));
		const give = (session: IDataObject, job: Job | undefined) => {
			if (!job) return;
			free.delete(job);
			found.set(session, job);
		};
		for (const session of some)
			give(
				session,
				[...free].find(({ record }) => same(record.lastStatus, String(session.status))),
			);
		for (const session of some) if (!found.has(session)) give(session, [...free][0]);
	}
	return found;
}

/** Requests for sessions that only the history needs. */
const HISTORY_PAGES = 5;

/** Sessions that ended since a time; some of those that go on may be among them. */
export interface KnownSessions {
	sessions: IDataObject[];
	/** All that ended since then are there; of older ones some may be missing. Milliseconds since 1970. */
	since: number;
}

/**
 * The sessions of a period and, where a history is wanted, of the days before it: in one list, unless
 * that takes more than five requests. The period's are always complete.
 *
 * @param from beginning of the period, milliseconds since 1970
 * @param since beginning of the history; not before `from` where none is wanted
 */
export async function readSessions(
	reader: PageReader,
	from: number,
	since: number,
): Promise<KnownSessions> {
	const request = (bound: number) => ({
		method: 'GET' as const,
		path: JOB_SESSIONS,
		query: { endTimeLowerBound: iso(bound) },
		label: 'Job Sessions',
	});
	if (since >= from) return { sessions: await reader.list(request(from)), since: from };
	// Pages may overlap.
	const read = new Map<unknown, IDataObject>();
	let asked = 0;
	for await (const { items, next } of reader.pages(request(since))) {
		for (const one of items) read.set(one.id ?? one, one);
		if (next === undefined) return { sessions: [...read.values()], since };
		if (++asked === HISTORY_PAGES) break;
	}
	// In no order that is documented: what was read may be of any day.
	const own = await reader.list(request(from));
	const ids = new Set(own.map(({ id }) => id));
	return {
		sessions: [...own, ...[...read.values()].filter(({ id }) => !ids.has(id))],
		since: from,
	};
}

import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { DAY, readTime } from '../../shared/common/time';
import { iso } from '../../shared/report/assess';
import { isAhead, PAST, unreadIn, word, type Deciding } from '../../shared/report/readable';
import type { PageReader } from '../../shared/report/pageReader';
import { enumValues, nearestVersion, valueStanding, type Standing } from '../../shared/catalogue';
import type { QueryValue, VeeamClient } from '../../shared/http/types';
import { amountOf } from '../../shared/monitoring/options';
import { adapter } from '../api/adapter';
import { isKnown } from './catalogueFacts';
import { resultOf } from './failureReasons';
import type { JobFinder } from './jobFinder';
import { BACKUP_TYPES } from './sessionTypes';
import { isNoId, same, textOf } from './text';

export const PATH = '/api/v1/sessions';

const FIELDS = [
	...['id', 'name', 'jobId', 'sessionType', 'creationTime', 'endTime', 'state'],
	...['result.result', 'result.message', 'result.isCanceled'],
	...['initiatedBy', 'platformName', 'progress.readSize', 'progress.transferredSize'],
];

const fallbacks = {
	initiatedBy: 'not known: 1.2-rev1 does not say who began a session',
	platformName: 'not known: 1.1-rev0 does not say it',
	jobId: 'looked up by the name of the job, see `JobFinder`',
	...Object.fromEntries(
		['progress.readSize', 'progress.transferredSize'].map((field) => [
			field,
			'the job has that of its last session, task sessions have their share (before 1.3-rev2)',
		]),
	),
};

export const reads: ReadFields[] = [
	{ operation: `GET ${PATH}`, fields: FIELDS, fallbacks },
	{ operation: `GET ${PATH}/{id}`, fields: FIELDS, fallbacks },
];

/** How a session says that it is over; 1.3-rev2 added the last state. */
const ended: Deciding = {
	state: word(
		...['Stopped', 'Starting', 'Stopping', 'Working', 'Pausing', 'Resuming', 'Idle'],
		...['WaitingTape', 'Postprocessing', 'WaitingRepository', 'WaitingSlot', 'ActionRequired'],
	),
	'result.result': word('None', 'Success', 'Warning', 'Failed'),
};

/** What of a session of a job decides. */
export const deciding: Deciding = { ...ended, creationTime: PAST, endTime: PAST };

export type RunResult = 'Failed' | 'Success' | 'Warning';

const RESULTS: RunResult[] = ['Failed', 'Success', 'Warning'];

/** Sessions of a period read at once: where there are more, only those that did not go well are. */
const MOST = 20_000;

/** How far back a last success is looked for, before the period. */
export const LOOK_BACK = 7 * DAY;

/** Sessions that are looked through for last successes. */
const SUCCESSES = 10_000;

/** The runs of the period, by job. */
export interface Runs {
	/** Ended runs by the key of their job, the last first. */
	byJob: Map<string, IDataObject[]>;
	/** Since then all runs are there, before it only those that failed or warned. */
	completeSince: number;
	/** Nothing that failed or warned is missing. */
	isWhole: boolean;
	/** Sessions of the report's jobs of which nobody can say when or how they ended; they are in no run. */
	unread: IDataObject[];
}

/** The job; where a session names none, whatever is called so. */
export const jobKeyOf = ({ jobId, name }: IDataObject): string =>
	isNoId(jobId) ? textOf(name) : textOf(jobId);

export const isResult = (session: IDataObject | undefined, ...results: string[]): boolean =>
	session !== undefined && results.some((result) => same(resultOf(session).result, result));

/** How a run ended; undefined while it runs, and where it has no result. */
export const runResultOf = (session: IDataObject): RunResult | undefined =>
	RESULTS.find((result) => same(resultOf(session).result, result));

/** A run that came to its end, with a result. */
export const isOver = (session: IDataObject): boolean =>
	same(session.state, 'Stopped') && runResultOf(session) !== undefined;

/**
 * A session of which nobody can say whether it is over, when it ended, or how.
 *
 * @param now by the server's clock, milliseconds since 1970
 */
export const isUnread = (session: IDataObject, now: number): boolean => {
	const unread = unreadIn(session, ended, now);
	if (unread.includes('state')) return true;
	return same(session.state, 'Stopped') && (unread.length > 0 || isAhead(endOf(session), now));
};

/** The job's id; the session's own where it belongs to no job. */
export const jobIdOf = ({ id, jobId }: IDataObject): string =>
	isNoId(jobId) ? textOf(id) : textOf(jobId);

const SESSION_TYPE = 'ESessionType';

/** Whether a version documents a type of sessions; see `Standing`. */
const typeStanding = (client: Pick<VeeamClient, 'version'>, type: string): Standing =>
	valueStanding(adapter.catalogue(), client.version, SESSION_TYPE, type);

/** Those of some types that a version may have sessions of. */
export const knownTypes = (client: Pick<VeeamClient, 'version'>, types: string[]): string[] =>
	types.filter((type) => typeStanding(client, type) !== 'unknown');

/**
 * The query that leaves out sessions of other types, as far as the version can: it has to know the
 * types, and several of them only where it takes a list. Of a version whose types are not all known
 * (see `Standing`) everything is read.
 */
export function typeFilter(
	client: Pick<VeeamClient, 'version'>,
	wanted: string[],
): Record<string, QueryValue> {
	const catalogue = adapter.catalogue();
	if (wanted.some((type) => typeStanding(client, type) === 'unverified')) return {};
	const known = enumValues(
		catalogue,
		SESSION_TYPE,
		nearestVersion(catalogue.versions, client.version),
	);
	const types = wanted.flatMap((type) => known.find((one) => same(one, type)) ?? []);
	const takesList = isKnown({ client }, `GET ${PATH}`, {
		name: 'typeFilter',
		isList: true,
	});
	const isNarrow = types.length === 1 || (types.length > 1 && takesList);
	return isNarrow ? { typeFilter: types } : {};
}

/** A believable end: it may be left out, or stand in the year 1 or 1900. */
export const hasEnd = ({ endTime }: IDataObject): boolean => readTime(endTime) !== undefined;

/** When a session ended, as the server writes it; one without a believable end has at least begun. */
export const endTimeOf = ({ endTime, creationTime }: IDataObject): string | undefined =>
	[endTime, creationTime].map(textOf).find((text) => readTime(text) !== undefined);

/** The same in milliseconds since 1970. */
export const endOf = (session: IDataObject): number | undefined => readTime(endTimeOf(session));

/** What a run read and sent to its target, in bytes; undefined where nothing says so. */
export interface RunSizes {
	read?: number;
	transferred?: number;
}

/** @param progress of a session, a task session or a job: null where there is none */
export function sizesIn(progress: unknown): RunSizes | undefined {
	const { readSize, transferredSize } = (progress ?? {}) as IDataObject;
	const [read, transferred] = [amountOf(readSize), amountOf(transferredSize)];
	if (read === undefined && transferred === undefined) return undefined;
	return {
		...(read === undefined ? {} : { read }),
		...(transferred === undefined ? {} : { transferred }),
	};
}

/**
 * Sessions of some types, by the server's filter where the version has one.
 *
 * @param query what else they are chosen by
 */
export async function readSessionsOf(
	reader: PageReader,
	types: string[],
	query: Record<string, QueryValue>,
): Promise<{ items: IDataObject[]; isWhole: boolean }> {
	const { items, isWhole } = await reader.read(
		{
			method: 'GET',
			path: PATH,
			query: {
				...typeFilter(reader.client, types),
				...query,
				...('endedAfterFilter' in query
					? { orderColumn: 'EndTime' }
					: { orderColumn: 'CreationTime' }),
				orderAsc: false,
			},
		},
		MOST,
	);
	const wanted = ({ sessionType }: IDataObject) => types.some((type) => same(sessionType, type));
	return { items: items.filter(wanted), isWhole };
}

/** Types of sessions that the API version documents. */
export const documentedTypes = (client: Pick<VeeamClient, 'version'>): string[] =>
	enumValues(adapter.catalogue(), SESSION_TYPE).filter(
		(type) => typeStanding(client, type) === 'known',
	);

/**
 * A run of a job whose type the version does not document, such as "Job" after 1.1-rev0: servers send
 * it nevertheless.
 */
export const isUndocumented = (
	client: Pick<VeeamClient, 'version'>,
	session: IDataObject,
): boolean => {
	const type = textOf(session.sessionType);
	return !isNoId(session.jobId) && type !== '' && typeStanding(client, type) !== 'known';
};

/**
 * Ended runs since `from`. A list that is too long to be read is read for its youngest part, and
 * besides for all that failed or warned: what decides a verdict is never cut off in silence.
 *
 * @param ids of the jobs that the report is about
 * @param onlyThose leave out sessions of other jobs: those that are gone since count otherwise
 */
export async function readRuns(
	reader: PageReader,
	from: number,
	ids: Set<string>,
	onlyThose: boolean,
	finder: JobFinder,
): Promise<Runs> {
	const read = async (query: Record<string, QueryValue>, most?: number) =>
		await reader.read(
			{
				method: 'GET',
				path: PATH,
				query: {
					endedAfterFilter: iso(from),
					...query,
					orderColumn: 'EndTime',
					orderAsc: false,
				},
			},
			most,
		);
	const young = await read({}, MOST);
	const lists = young.isWhole
		? [young]
		: [young, await read({ resultFilter: 'Failed' }), await read({ resultFilter: 'Warning' })];
	const sessions = new Map<string, IDataObject>();
	for (const session of lists.flatMap(({ items }) => items))
		sessions.set(textOf(session.id) || JSON.stringify(session), session);

	const { byJob, unread } = runsByJob(sessions.values(), ids, onlyThose, finder, reader.now());
	const oldest = young.items.at(-1);
	return {
		byJob,
		completeSince: young.isWhole ? from : ((oldest && endOf(oldest)) ?? from),
		isWhole: lists.slice(1).every(({ isWhole }) => isWhole),
		unread,
	};
}

/** Ended runs of the report's jobs by the key of their job, the last first. */
function runsByJob(
	sessions: Iterable<IDataObject>,
	ids: Set<string>,
	onlyThose: boolean,
	finder: JobFinder,
	now: number,
): Pick<Runs, 'byJob' | 'unread'> {
	const byJob = new Map<string, IDataObject[]>();
	const unread: IDataObject[] = [];
	for (const one of sessions) {
		const session = finder.withJob(one);
		const isOurs =
			ids.has(textOf(session.jobId)) ||
			(!onlyThose && BACKUP_TYPES.some((type) => same(session.sessionType, type)));
		const isStrange = isOurs && isUnread(session, now);
		if (isStrange) unread.push(session);
		if (isStrange || !isOurs || !isOver(session)) continue;
		const key = jobKeyOf(session);
		const known = byJob.get(key);
		if (known) known.push(session);
		else byJob.set(key, [session]);
	}
	for (const runs of byJob.values()) runs.sort((a, b) => (endOf(b) ?? 0) - (endOf(a) ?? 0));
	return { byJob, unread };
}

/** Requests for the runs before the period; a server that gives few at once tells of fewer days. */
const EARLIER_PAGES = 5;

/**
 * Ended runs between two times, for the history: the youngest ones, in at most five requests.
 *
 * @param ids see `readRuns`
 * @param since,until milliseconds since 1970
 */
export async function readEarlierRuns(
	reader: PageReader,
	{ since, until }: { since: number; until: number },
	ids: Set<string>,
	onlyThose: boolean,
	finder: JobFinder,
): Promise<Runs> {
	const sessions = new Map<string, IDataObject>();
	let completeSince = since;
	let isWhole = true;
	let asked = 0;
	const pages = reader.pages({
		method: 'GET',
		path: PATH,
		query: {
			...{ endedAfterFilter: iso(since), endedBeforeFilter: iso(until) },
			...{ orderColumn: 'EndTime', orderAsc: false },
		},
	});
	for await (const { items, next } of pages) {
		asked++;
		for (const session of items)
			sessions.set(textOf(session.id) || JSON.stringify(session), session);
		if (next === undefined || (asked < EARLIER_PAGES && sessions.size < MOST)) continue;
		const oldest = items.at(-1);
		completeSince = Math.max(since, (oldest && endOf(oldest)) ?? until);
		isWhole = false;
		break;
	}
	return {
		...runsByJob(sessions.values(), ids, onlyThose, finder, reader.now()),
		...{ completeSince, isWhole },
	};
}

/** When jobs last ended well, of runs that were read, by the key of the job. */
export function lastSuccessesOf({ byJob }: Runs): Map<string, number> {
	const last = new Map<string, number>();
	for (const [key, sessions] of byJob) {
		const success = sessions.find((one) => isResult(one, 'Success'));
		const end = success && endOf(success);
		if (end !== undefined) last.set(key, end);
	}
	return last;
}

/** When jobs last ended well before `from`, by the key of the job: one request for all of them. */
export async function readLastSuccesses(
	reader: PageReader,
	from: number,
	finder: JobFinder,
): Promise<Map<string, number>> {
	const { items } = await reader.read(
		{
			method: 'GET',
			path: PATH,
			query: {
				endedAfterFilter: iso(from - LOOK_BACK),
				endedBeforeFilter: iso(from),
				resultFilter: 'Success',
				orderColumn: 'EndTime',
				orderAsc: false,
			},
		},
		SUCCESSES,
	);
	const last = new Map<string, number>();
	for (const session of items) {
		const key = jobKeyOf(finder.withJob(session));
		const end = endOf(session);
		if (end !== undefined && end > (last.get(key) ?? 0)) last.set(key, end);
	}
	return last;
}

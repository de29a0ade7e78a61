import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { DAY, HOUR, isLocal, MINUTE, readTime, writeLike } from '../../shared/common/time';
import { UserFacingFailure } from '../../shared/http/errors';
import { isUnreachable } from '../../shared/monitoring/eventFailures';
import { numberOf } from '../../shared/monitoring/options';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { resultOf } from './failureReasons';
import { isResult, PATH as SESSIONS } from './sessions';
import { retryInName } from './sessionTypes';
import { flagOf, same, textOf } from './text';

export const reads: ReadFields[] = [
	{
		operation: 'GET /api/v1/jobs/{id}',
		fields: [
			...['schedule.runAutomatically', 'schedule.retry.isEnabled'],
			...['schedule.retry.retryCount', 'schedule.retry.awaitMinutes'],
			...['schedule.periodically.isEnabled', 'schedule.periodically.periodicallyKind'],
			'schedule.periodically.frequency',
		],
	},
	{
		operation: `GET ${SESSIONS}`,
		fields: [
			...['id', 'name', 'jobId', 'creationTime', 'endTime', 'result.result', 'result.isCanceled'],
			...['retryInfo.retryNumber', 'retryInfo.isRecheckRetry', 'originalSessionId'],
		],
		fallbacks: {
			jobId: 'the session has been given it before, see `JobFinder`',
			'retryInfo.retryNumber': 'tries are counted by the mark in their names, else by their times',
			'retryInfo.isRecheckRetry': 'a health check again is taken for a try',
			originalSessionId:
				'tries of one run are known by the mark in their names, else by their times',
		},
	},
];

/** A job's automatic retry, as its schedule has it. */
interface Retry {
	count: number;
	/** Milliseconds between a failure and the next try. */
	wait: number;
	/** Milliseconds between two runs of the schedule, where it says so. */
	period?: number;
}

/** A retry begins some time after the wait is over: the scheduler looks now and then. */
const SLACK = 10 * MINUTE;

/** A retry does not begin before the wait is over, but for the seconds that clocks differ. */
const EARLY = MINUTE;

/** Runs of a schedule begin so exactly. */
const EXACT = 2 * MINUTE;

/** A feed asks again about a session for 90 minutes only. */
const LONGEST_PATIENCE = 80 * MINUTE;

/** So far before a failure its earlier tries are looked for, and how often the job runs. */
const BEFORE = DAY;

/** Sessions of a job that are read at once: a job that runs every two minutes has 720 a day. */
const MOST = 1000;

/** A server may give fewer a page. */
const MOST_PAGES = 5;

/** Sessions of a job, oldest first, since a time. */
interface Around {
	from: number;
	sessions: IDataObject[];
	/** There are none after these. */
	isWhole: boolean;
}

/** What was read of a job in a poll: asked for once, however many of its sessions failed. */
const readBefore = new WeakMap<PollContext['client'], Map<string, Promise<unknown>>>();

/**
 * Whether the server will try a failed session again by itself. Its job says whether and how often it
 * retries; the sessions around the failure say how often it did, and whether the next try has begun,
 * however long ago that was.
 *
 * From 1.3-rev2 on, a session says which run it belongs to. In earlier versions its name may say that it is
 * a retry. If it does not, its start decides: a retry starts when the job's waiting time is over; a session
 * that starts when the schedule is due is a new run.
 *
 * A run that someone started by hand is not retried, and nothing in its record says so surely: a
 * failure whose retry does not begin in time counts as the last.
 *
 * @returns undefined while the next try may still begin
 */
export async function willBeRetried(
	pollContext: PollContext,
	session: IDataObject,
): Promise<boolean | undefined> {
	if (resultOf(session).isCanceled) return false;
	const ended = readTime(session.endTime);
	const jobId = textOf(session.jobId);
	const retry = await once(pollContext, `job ${jobId}`, () => readRetry(pollContext, jobId));
	if (!retry || ended === undefined) return false;
	const said = numberIn(session);
	if (said !== undefined && said >= retry.count) return false;
	const reach = retry.wait + SLACK;
	const sessions = await sessionsAround(pollContext, session, ended + reach);
	const run = new Tries(sessions, retry);
	if ((said ?? run.before(session)) >= retry.count) return false;
	if (run.next(session)) return true;
	const passed = pollContext.serverNow() - ended;
	// A time without an offset cannot be compared with the clock.
	if (isLocal(session.endTime) || reach > LONGEST_PATIENCE) return false;
	return passed < reach ? undefined : false;
}

/** The tries of one run among a job's sessions. */
class Tries {
	/** Names of this server say which session is a retry. */
	private readonly isNamed: boolean;

	constructor(
		private readonly sessions: IDataObject[],
		private readonly retry: Retry,
	) {
		this.isNamed = sessions.some((session) => retryInName(session) !== undefined);
	}

	/** How many tries of the same run came before: 0 for the run itself. */
	before(session: IDataObject): number {
		const run = runOf(session);
		if (run !== undefined)
			return run === textOf(session.id)
				? 0
				: this.sessions.filter(
						(other) =>
							runOf(other) === run && !isRecheck(other) && beganOf(other) < beganOf(session),
					).length;
		const earlier = this.sessions.find((other) => this.follows(session, other));
		return earlier ? 1 + this.before(earlier) : 0;
	}

	next(failed: IDataObject): IDataObject | undefined {
		return this.sessions.find((other) => this.follows(other, failed));
	}

	/** Whether one session is the try after another, failed one. */
	private follows(next: IDataObject, failed: IDataObject): boolean {
		const ended = readTime(failed.endTime);
		const gap = beganOf(next) - (ended ?? Number.NaN);
		if (!isResult(failed, 'Failed') || !(gap >= -EARLY) || !(beganOf(next) > beganOf(failed)))
			return false;
		const [run, other] = [runOf(failed), runOf(next)];
		if (other !== undefined)
			return other !== textOf(next.id) && other === (run ?? textOf(failed.id)) && !isRecheck(next);
		const { wait } = this.retry;
		if (gap > wait + SLACK) return false;
		if (this.isNamed) return isNextNumber(retryInName(next), retryInName(failed));
		return gap >= wait - EARLY && !this.isScheduled(next, failed);
	}

	/** Whether the schedule wanted a run when one began. */
	private isScheduled(next: IDataObject, failed: IDataObject): boolean {
		const span = beganOf(next) - beganOf(failed);
		const { period } = this.retry;
		if (period !== undefined) {
			const off = Math.abs(span - Math.max(1, Math.round(span / period)) * period);
			if (off <= EXACT) return true;
		}
		// After a run that went well comes the next one of the schedule: so often it runs.
		return this.sessions.some((one, index) => {
			const after = this.sessions[index + 1];
			return (
				after !== undefined &&
				isResult(one, 'Success', 'Warning') &&
				Math.abs(beganOf(after) - beganOf(one) - span) <= EXACT
			);
		});
	}
}

/** The first session of the run, as 1.3-rev2 says it: its own id for a first one. */
const runOf = ({ originalSessionId }: IDataObject): string | undefined =>
	textOf(originalSessionId) || undefined;

/** A health check that is done again is no try of the run. */
const isRecheck = ({ retryInfo }: IDataObject): boolean =>
	flagOf((retryInfo as IDataObject | null | undefined)?.isRecheckRetry) === true;

/** Which try a session is, where it says so itself. */
function numberIn(session: IDataObject): number | undefined {
	const { retryNumber } = (session.retryInfo ?? {}) as IDataObject;
	if (!isRecheck(session) && numberOf(retryNumber) !== undefined) return numberOf(retryNumber);
	// Absent for a run that is no retry.
	return runOf(session) === textOf(session.id) ? 0 : retryInName(session) || undefined;
}

const isNextNumber = (next: number | undefined, failed: number | undefined): boolean =>
	next !== undefined && (next === 0 || !failed || next === failed + 1);

const beganOf = ({ creationTime }: IDataObject): number => readTime(creationTime) ?? Number.NaN;

function once<T>({ client }: PollContext, what: string, read: () => Promise<T>): Promise<T> {
	const known = readBefore.get(client) ?? new Map<string, Promise<unknown>>();
	readBefore.set(client, known);
	const found = (known.get(what) as Promise<T> | undefined) ?? read();
	known.set(what, found);
	return found;
}

/** Undefined where the job does not retry, is gone or may not be read. */
async function readRetry(pollContext: PollContext, id: string): Promise<Retry | undefined> {
	const job = await reading(async () => {
		const { body } = await pollContext.client.request({
			method: 'GET',
			path: '/api/v1/jobs/{id}',
			pathParameters: { id },
			timeoutSeconds: 10,
		});
		return body as IDataObject;
	});
	const schedule = (job?.schedule ?? {}) as IDataObject;
	const { isEnabled, retryCount, awaitMinutes } = (schedule.retry ?? {}) as IDataObject;
	const count = numberOf(retryCount) ?? 0;
	if (isEnabled !== true || schedule.runAutomatically === false || count <= 0) return undefined;
	const period = periodOf(schedule);
	return {
		count,
		wait: (numberOf(awaitMinutes) ?? 10) * MINUTE,
		...(period === undefined ? {} : { period }),
	};
}

const UNITS: Array<[kind: string, milliseconds: number]> = [
	['Seconds', MINUTE / 60],
	['Minutes', MINUTE],
	['Hours', HOUR],
	['Days', DAY],
];

function periodOf({ periodically }: IDataObject): number | undefined {
	const { isEnabled, periodicallyKind, frequency } = (periodically ?? {}) as IDataObject;
	const unit = UNITS.find(([kind]) => same(periodicallyKind, kind))?.[1];
	const times = numberOf(frequency);
	return isEnabled === true && unit !== undefined && times ? times * unit : undefined;
}

/** The job's sessions from a day before a failed one to some time after it, oldest first. */
async function sessionsAround(
	pollContext: PollContext,
	session: IDataObject,
	to: number,
): Promise<IDataObject[]> {
	const began = readTime(session.creationTime) ?? readTime(session.endTime) ?? to;
	const jobId = textOf(session.jobId);
	const lastKey = `sessions ${jobId}`;
	const known = await (readBefore.get(pollContext.client)?.get(lastKey) as
		| Promise<Around>
		| undefined);
	if (known && covers(known, began - BEFORE, to)) return known.sessions;
	const read = async (from: number): Promise<Around> => ({
		from,
		...(await readSessions(pollContext, jobId, {
			after: writeLike(session.creationTime, from),
			to,
		})),
	});
	const reading = (async () => {
		const found = await read(began - BEFORE);
		// A job that runs all the time: what comes after the failure is what matters.
		return covers(found, found.from, to) ? found : await read(began - MINUTE);
	})();
	readBefore.get(pollContext.client)?.set(lastKey, reading);
	return (await reading).sessions;
}

function covers({ from, sessions, isWhole }: Around, begin: number, end: number): boolean {
	return from <= begin && (isWhole || beganOf(sessions.at(-1) ?? {}) >= end);
}

async function readSessions(
	pollContext: PollContext,
	jobId: string,
	{ after, to }: { after: string; to: number },
): Promise<{ sessions: IDataObject[]; isWhole: boolean }> {
	const query = {
		...{ jobIdFilter: jobId, createdAfterFilter: after },
		...{ orderColumn: 'CreationTime', orderAsc: true },
	};
	const sessions: IDataObject[] = [];
	const isWhole = await reading(async () => {
		const request = { method: 'GET' as const, path: SESSIONS, query, timeoutSeconds: 10 };
		let pages = 0;
		for await (const { items, next } of pollContext.pages(request, { pageSize: MOST })) {
			sessions.push(...items);
			if (next === undefined) return true;
			if (++pages >= MOST_PAGES || beganOf(items.at(-1) ?? {}) >= to) return false;
		}
		return true;
	});
	return { sessions: sessions.sort((a, b) => beganOf(a) - beganOf(b)), isWhole: isWhole ?? true };
}

/**
 * What cannot be read is not known; a server that is away, or whose answer was cut off, can be asked in
 * the next poll.
 */
async function reading<T>(read: () => Promise<T>): Promise<T | undefined> {
	try {
		return await read();
	} catch (error) {
		if (isUnreachable(error) || error instanceof UserFacingFailure) throw error as Error;
		return undefined;
	}
}

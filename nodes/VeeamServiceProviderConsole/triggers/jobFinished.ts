import type { IDataObject, INodeProperties } from 'n8n-workflow';

import {
	finishedRunOf,
	runFields,
	type FinishedRuns,
	type Streaks,
} from '../../shared/monitoring/finishedRuns';
import { farewell, type Farewell } from '../../shared/monitoring/incidents';
import { shortKey } from '../../shared/monitoring/keys';
import {
	ListFailures,
	type FailuresState,
	type ListName,
} from '../../shared/monitoring/listFailures';
import { listOf, namePasses } from '../../shared/monitoring/options';
import { DAY, MINUTE } from '../../shared/common/time';
import type { Farewells, Notification, Outcome } from '../../shared/monitoring/types';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { COMPANIES, isWantedCompany, withCompany } from './company';
import { pagesOf } from './lists';
import { JOB_KINDS, readJob, type Job, type JobKind } from '../model/jobs';
import { organizationOf } from '../model/companies';
import { sortBy } from '../model/queries';

const VALUE = 'jobFinished';
const KINDS = `${VALUE}Kinds`;

/** Reasons stand in the list; the console does not say what will be retried. */
const NOT_HERE = ['includeReasons', 'onlyAfterLastRetry'];

const usual = runFields(VALUE, 'getJobs', [
	{
		displayName: 'Job Kinds',
		name: KINDS,
		type: 'multiOptions',
		options: JOB_KINDS.map(({ name, value }) => ({ name, value })),
		default: ['agent', 'server', 'vb365'],
		description: 'Which jobs to watch; each kind takes one request per 500 jobs at each poll',
	},
]);

const optionsOf = (more: INodeProperties): INodeProperties[] =>
	[...(usual.options ?? []).filter(({ name }) => !NOT_HERE.includes(name)), more].sort((a, b) =>
		a.displayName.localeCompare(b.displayName),
	);

const described = {
	value: VALUE,
	name: 'Job Finished',
	action: 'On job finished or failed',
	description:
		'A backup server job, agent job or Microsoft 365 job has ended: failed, with warnings or successfully',
	fields: usual.fields,
	options: optionsOf(COMPANIES),
};

/**
 * A run that ended longer ago is not reported when its job shows up for the first time, and what is
 * known of a job that is no longer listed is kept for as long: agents report hours or days after the
 * end of a run.
 */
const LATE = 7 * DAY;

/** What counts as current when a trigger begins with the problems that are there. */
const RECENT: Record<JobKind['value'], number> = { agent: DAY, server: DAY, vb365: 7 * DAY };

/** In place of the time of a run: the run that is there now is to be reported as soon as it is over. */
const PENDING = '-';

/** What is known of one list of jobs. One entry for each job, whatever the number of its runs. */
interface ListState {
	/**
	 * By short id of the job: the time of the last run that was dealt with, in seconds, base 36; empty
	 * where there was none. A job that is gone has the minute since when, behind a blank.
	 */
	runs: Record<string, string>;
	/** By short id: what names it, where a failure of it was reported. */
	open: Record<string, [instanceUid: string, name: string, scope?: string]>;
	streaks: Streaks;
	/** Where a look that took too long goes on. */
	from?: number;
	/** The trigger starts fresh after a pause: what ended meanwhile becomes known silently. */
	anew?: true;
}

interface JobsState extends FailuresState {
	/** When the trigger began, by the server's clock: what ended before is not reported. */
	since: number;
	/** By kind; undefined where a list could not be read yet. */
	lists: Partial<Record<JobKind['value'], ListState>>;
	/** The same for kinds that were picked later. */
	sinceOf?: Partial<Record<JobKind['value'], number>>;
	/** The list whose turn it is: there was no room or time for it. */
	first?: JobKind['value'];
}

const runOf = (kind: JobKind): Pick<FinishedRuns, 'run' | 'willBeRetried' | 'reasons'> => ({
	run: ({ options }, record) => {
		const job = readJob(kind, record);
		const { result, instanceUid } = job;
		if (!result || !isWatched(options, job)) return undefined;
		return {
			id: `${instanceUid}/${job.runTime}`,
			jobId: instanceUid,
			...(job.scope === undefined ? {} : { scope: job.scope }),
			name: job.name,
			type: kind.type,
			result,
			message: kind.message(record),
			...(kind.time === 'lastEndTime' ? { endTime: job.runTime } : {}),
			details: kind.details(record),
		};
	},
	willBeRetried: () => false,
	reasons: async (_, record) => kind.reasons(record),
});

const isWatched = (options: IDataObject, { id, instanceUid, name, organization }: Job): boolean => {
	const jobs = listOf(options.jobs);
	return (
		isWantedCompany(options, organization) &&
		// Whoever gives ids by hand knows the one that paths take.
		(jobs.length === 0 || jobs.includes(id) || jobs.includes(instanceUid)) &&
		namePasses(name, options.includeNames, options.excludeNames)
	);
};

/** Ids of jobs were dealt with by `run`: the core need not know that a job has two. */
const optionsFor = (pollContext: PollContext): PollContext => ({
	...pollContext,
	options: { ...pollContext.options, jobs: [], includeReasons: true, onlyAfterLastRetry: false },
});

const tokenOf = ({ ranAt }: Job): string =>
	ranAt === undefined ? '' : Math.floor(ranAt / 1000).toString(36);

/** What of a look at one list is to be reported, oldest first. */
interface Fresh {
	job: Job;
	key: string;
	token: string;
}

/** One look at a list: what is new, and what became of the jobs. */
async function lookAt(
	pollContext: PollContext,
	kind: JobKind,
	before: ListState | undefined,
	since: number,
): Promise<{ state: ListState; notifications: Notification[]; unfinished: boolean }> {
	const state: ListState = {
		runs: { ...before?.runs },
		open: { ...before?.open },
		streaks: { ...before?.streaks },
	};
	const now = pollContext.serverNow();
	const isBaseline = since === Infinity || before?.anew === true;
	const from = before?.from ?? 0;
	const seen = new Set<string>();
	const fresh: Fresh[] = [];
	const leftOut: Notification[] = [];
	let isCut = false;
	const failuresCount = listOf(pollContext.options[`${VALUE}Results`]).includes('Failed');
	for await (const { items, next } of pagesOf(pollContext, kind.path, from)) {
		for (const record of items) {
			const job = readJob(kind, record);
			if (!job.id) continue;
			const key = shortKey(job.id);
			seen.add(key);
			const open = state.open[key];
			const isLeft = open && !(failuresCount && isWatched(pollContext.options, job));
			if (isLeft && leftOut.length >= pollContext.remainingItems) isCut = true;
			else if (isLeft) {
				leftOut.push(
					...close(pollContext, kind, state, key, failuresCount ? 'leftOut' : 'unpicked', job),
				);
				delete state.streaks[streakOf(job)];
			}
			const [known] = (state.runs[key] ?? '').split(' ');
			const isKnown = state.runs[key] !== undefined;
			const token = tokenOf(job);
			if (isKnown) state.runs[key] = known ?? '';
			if (job.result === undefined || token === '') {
				// A Microsoft 365 job has the beginning of the run that is going on as its time.
				const isBegun = kind.time === 'lastRun' && job.isRunning;
				if (!isKnown) state.runs[key] = isBegun ? PENDING : token;
			} else if (known !== token || !isKnown) {
				const isNew = isKnown || (!isBaseline && (job.ranAt ?? 0) > Math.max(since, now - LATE));
				const isCurrent =
					isBaseline &&
					pollContext.common.emitCurrentProblems &&
					job.result !== 'Success' &&
					(job.ranAt ?? 0) > now - RECENT[kind.value];
				if (isNew || isCurrent) fresh.push({ job, key, token });
				else state.runs[key] = token;
			}
		}
		if (next === undefined) break;
		if (pollContext.isExpired()) {
			state.from = next;
			break;
		}
	}
	if (before?.anew && state.from !== undefined) state.anew = true;
	const notifications: Notification[] = leftOut;
	const run = runOf(kind);
	const options = optionsFor(pollContext);
	fresh.sort((a, b) => (a.job.ranAt ?? 0) - (b.job.ranAt ?? 0));
	let done = 0;
	for (const { job, key, token } of fresh) {
		// The next poll finds the others as they are.
		if (notifications.length >= pollContext.remainingItems) break;
		done++;
		const { streaks } = state;
		const reported = (await finishedRunOf(VALUE, run, options, job.record, streaks)) ?? [];
		state.runs[key] = token;
		notifications.push(...reported);
		if (reported.some(({ transition }) => transition === 'recovered')) delete state.open[key];
		else if (reported.length > 0 && job.result !== 'Success')
			state.open[key] = [job.instanceUid, job.name, job.scope];
	}
	// Current problems that there was no room for: known as "not dealt with", the next poll reports them.
	for (const { key } of fresh.slice(done)) state.runs[key] ??= PENDING;
	const isWhole = from === 0 && state.from === undefined;
	if (isWhole) {
		const gone = closeGone(pollContext, kind, state, seen, notifications.length);
		notifications.push(...gone.closed);
		isCut ||= gone.isCut;
	}
	const unfinished = isCut || done < fresh.length || state.from !== undefined;
	return { state, notifications, unfinished };
}

/** A job that two looks did not bring is gone: a failure of it that was reported is over. */
function closeGone(
	pollContext: PollContext,
	kind: JobKind,
	state: ListState,
	seen: Set<string>,
	given: number,
): { closed: Notification[]; isCut: boolean } {
	const now = pollContext.serverNow();
	const closed: Notification[] = [];
	let isCut = false;
	for (const [key, entry] of Object.entries(state.runs)) {
		if (seen.has(key)) continue;
		const [token = '', gone] = entry.split(' ');
		if (gone === undefined) {
			state.runs[key] = `${token} ${Math.floor(now / MINUTE).toString(36)}`;
			continue;
		}
		if (state.open[key] && given + closed.length >= pollContext.remainingItems) {
			isCut = true;
			continue;
		}
		closed.push(...close(pollContext, kind, state, key, 'gone'));
		if (now - parseInt(gone, 36) * MINUTE > LATE) delete state.runs[key];
	}
	return { closed, isCut };
}

/** As `finishedRunOf` keys it. */
const streakOf = ({ instanceUid, scope }: Pick<Job, 'instanceUid' | 'scope'>): string =>
	shortKey(scope === undefined ? instanceUid : `${scope}/${instanceUid}`);

/** Ends what was reported of a job without another run of it. */
function close(
	pollContext: PollContext,
	kind: JobKind,
	state: ListState,
	key: string,
	why: Farewell,
	job?: Job,
): Notification[] {
	const open = state.open[key];
	if (!open) return [];
	const [instanceUid, name, scope] = open;
	const streak = streakOf({ instanceUid, scope: scope ?? undefined });
	const last = state.streaks[streak]?.[1] ?? 0;
	delete state.open[key];
	delete state.streaks[streak];
	if (pollContext.options.reportRecovery === false) return [];
	return [farewellOf(kind, open, why, last, job?.name ?? name)];
}

const farewellOf = (
	{ type }: JobKind,
	[id, name, scope]: ListState['open'][string],
	why: Farewell,
	last: number,
	called = name,
): Notification => {
	const object = { id, name, type, ...(scope ? { scope } : {}) };
	return {
		transition: 'recovered',
		severity: 'info',
		object,
		condition: 'failed',
		occurrence: `${why}/${last}`,
		previous: { problem: true },
		current: { problem: false, ...(why === 'gone' ? { gone: true } : { watched: false }) },
		message: farewell(object, why, called),
		record: { id, name },
	};
};

/** Kinds that the user took out, or the whole event: closes what is open of them. */
function leaveLists(memory: JobsState, kinds: JobKind[], most: number): Notification[] {
	const closed: Notification[] = [];
	for (const kind of kinds) {
		const list = memory.lists[kind.value];
		if (!list) continue;
		const open = { ...list.open };
		for (const [key, one] of Object.entries(open)) {
			if (closed.length >= most) break;
			const streak = streakOf({ instanceUid: one[0], scope: one[2] ?? undefined });
			closed.push(farewellOf(kind, one, 'unpicked', list.streaks[streak]?.[1] ?? 0));
			delete open[key];
		}
		if (Object.keys(open).length > 0) memory.lists[kind.value] = { ...list, open };
		else delete memory.lists[kind.value];
	}
	return closed;
}

function leave(before: unknown, most: number): Farewells {
	const known = before as JobsState;
	const memory: JobsState = { ...known, lists: { ...known.lists } };
	const notifications = leaveLists(memory, JOB_KINDS, most);
	return { notifications, ...(Object.keys(memory.lists).length > 0 ? { memory } : {}) };
}

const picked = ({ options }: PollContext): JobKind[] => {
	const kinds = listOf(options[KINDS]);
	return JOB_KINDS.filter(({ value }) => kinds.includes(value));
};

const listOfKind = ({ value, name, path }: JobKind): ListName => ({
	...{ id: `${VALUE}/${value}`, name, path },
	advice: 'Take this kind out of Job Kinds, or let the user of the credential read it.',
});

async function look(pollContext: PollContext, before: JobsState | undefined): Promise<Outcome> {
	const memory: JobsState = {
		...before,
		since: before?.since ?? pollContext.serverNow(),
		lists: { ...before?.lists },
	};
	const kinds = picked(pollContext);
	const turn = Math.max(
		0,
		kinds.findIndex(({ value }) => value === memory.first),
	);
	delete memory.first;
	const others = JOB_KINDS.filter((kind) => !kinds.includes(kind));
	if (pollContext.settingsChanged) {
		const begun = pollContext.since ?? pollContext.serverNow();
		const anew = kinds
			.filter(({ value }) => !memory.lists[value])
			.map(({ value }) => [value, begun]);
		memory.sinceOf = { ...memory.sinceOf, ...Object.fromEntries(anew) };
	}
	const notifications: Notification[] = leaveLists(memory, others, pollContext.remainingItems);
	const failures = new ListFailures(memory, pollContext.serverNow());
	for (const kind of others) notifications.push(...failures.leave(kind.value, listOfKind(kind)));
	let unfinished = false;
	for (const kind of [...kinds.slice(turn), ...kinds.slice(0, turn)]) {
		const { value } = kind;
		const remainingItems = pollContext.remainingItems - notifications.length;
		// What there is no room or time for is asked with the next poll.
		if (before && (remainingItems <= 0 || (notifications.length > 0 && pollContext.isExpired()))) {
			unfinished = true;
			memory.first ??= value;
			continue;
		}
		try {
			const looked = await lookAt(
				{ ...pollContext, remainingItems },
				kind,
				memory.lists[value],
				// A list that could not be read at first begins where the trigger did.
				before ? (memory.sinceOf?.[value] ?? before.since) : Infinity,
			);
			memory.lists[value] = looked.state;
			notifications.push(...looked.notifications);
			unfinished ||= looked.unfinished;
			notifications.push(...failures.read(value, listOfKind(kind)));
		} catch (error) {
			notifications.push(...failures.note(value, listOfKind(kind), error));
		}
	}
	failures.check(kinds.length);
	if (!before) memory.since = pollContext.serverNow();
	return { notifications, memory, ...(unfinished ? { unfinished: true as const } : {}) };
}

/** Keeps what failed and was reported: the job's next run that is well closes it. */
function beginAnew(before: unknown): JobsState {
	const { lists, ...others } = before as JobsState;
	const anew = Object.entries(lists).map(([kind, { open, streaks }]) => {
		const list: ListState = { runs: {}, open, streaks, anew: true };
		return [kind, list] as const;
	});
	return { ...others, lists: Object.fromEntries(anew) };
}

/** The run that ended last, of the first kind that has any. */
async function sample(pollContext: PollContext): Promise<Notification | undefined> {
	for (const kind of picked(pollContext)) {
		const query = { sort: sortBy(kind.time, 'descending'), limit: 50 };
		for (const record of await pollContext.list({ path: kind.path, query })) {
			const [notification] =
				(await finishedRunOf(VALUE, runOf(kind), optionsFor(pollContext), record, {})) ?? [];
			if (notification) return notification;
		}
	}
	return undefined;
}

/**
 * Jobs of all three kinds when a run is over. The lists know the last run of a job only, so the last
 * one that was reported is kept for each job, and the lists are read whole: a run that an agent
 * reports days after its end is reported then. Of two that end between two polls the later one is.
 */
export const jobFinished = withCompany(
	{
		...described,
		adoptsMemory: true,
		poll: async (pollContext, memory) => await look(pollContext, memory as JobsState | undefined),
		leave,
		beginAnew,
		sample,
	},
	{ organization: (_, job) => organizationOf(job) || undefined },
);

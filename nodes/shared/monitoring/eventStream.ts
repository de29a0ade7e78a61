import type { IDataObject } from 'n8n-workflow';
import { deepCopy } from 'n8n-workflow';

import { UserFacingFailure } from '../http/errors';
import { shortKey } from './keys';
import { HOUR, isLocal, MINUTE, readTime, writeLike } from '../common/time';
import type { Notification, Outcome, EventDefinition } from './types';
import type { PollContext } from './pollContext';

/**
 * How far back of the newest time each poll looks again. Records can appear late (a server that
 * closes a session after it ended) and clocks go back: an hour at the end of daylight saving time,
 * on servers whose times have no offset. What was seen before is known by its id.
 */
const OVERLAP = 90 * MINUTE;

/** What counts as current when a trigger begins with the problems that are there. */
const RECENT = 24 * HOUR;

/** Records that happen once: sessions, malware events. */
export interface EventStream<Own> {
	/** The newest records there are, newest first, as far as one request brings them. */
	newest(pollContext: PollContext): Promise<IDataObject[]>;
	/**
	 * Pages of what has a later time than `after` (which is as the server writes its own times;
	 * undefined: everything). May bring more: what is too old or known is left out. May keep in `own`
	 * what the next reading needs.
	 */
	since(
		pollContext: PollContext,
		after: string | undefined,
		own: Own,
	): AsyncIterable<{ items: IDataObject[] }>;
	/**
	 * Milliseconds to look back where OVERLAP is too short: for records whose only time is that of
	 * their beginning.
	 */
	overlap?: number;
	/** The pages come oldest first: reading can stop anywhere. Otherwise all are read before any. */
	oldestFirst: boolean;
	id(record: IDataObject): string;
	/** When it happened, as the server writes it. */
	time(record: IDataObject): unknown;
	/** It is over: nothing of it will change. Others are looked at again in the next poll. */
	isOver?(record: IDataObject): boolean;
	/**
	 * What there is to tell of a record; it is asked once for each, oldest first. Undefined where it
	 * cannot be said yet: it is asked again in the next poll, for 90 minutes at the most.
	 */
	emit(
		pollContext: PollContext,
		record: IDataObject,
		own: Own,
	): Promise<Notification[] | undefined>;
	/** What `tell` remembers from record to record; plain JSON. */
	begin(): Own;
	/** Wrong now, where the trigger begins with current problems: only the newest of an object. */
	isProblem?(record: IDataObject): boolean;
	objectId?(record: IDataObject): string;
}

export interface EventStreamState<Own> {
	/** The newest time that was reached, as the server writes it; undefined where there was none. */
	cursor?: string;
	/** Short ids of the records since cursor - OVERLAP, with the minute of each. */
	seen: Record<string, number>;
	own: Own;
}

type Described = Omit<EventDefinition, 'poll' | 'sample'>;

/** An event that tells every record once. */
export function eventStreamEvent<Own>(
	described: Described,
	feed: EventStream<Own>,
): EventDefinition {
	return {
		...described,
		poll: async (pollContext, memory) =>
			memory === undefined
				? await begin(pollContext, feed)
				: await goOn(pollContext, feed, memory as EventStreamState<Own>),
		sample: async (pollContext) => {
			const records = (await feed.newest(pollContext)).filter((record) => isOver(feed, record));
			for (const record of records.slice(0, 20)) {
				const [notification] = (await feed.emit(pollContext, record, feed.begin())) ?? [];
				if (notification) return notification;
			}
			return undefined;
		},
	};
}

const overlapOf = <Own>({ overlap }: EventStream<Own>): number => overlap ?? OVERLAP;

const isOver = <Own>({ isOver: over, time }: EventStream<Own>, record: IDataObject): boolean =>
	readTime(time(record)) !== undefined && (over?.(record) ?? true);

/** Takes what is there as known. Times are the server's own: its clock may differ from n8n's. */
async function begin<Own>(pollContext: PollContext, feed: EventStream<Own>): Promise<Outcome> {
	const newest = (await feed.newest(pollContext)).filter((record) => isOver(feed, record));
	const times = newest.map((record) => readTime(feed.time(record)) ?? 0);
	const memory: EventStreamState<Own> = { seen: {}, own: feed.begin() };
	if (newest.length === 0) return { notifications: [], memory };
	const latest = Math.max(...times);
	memory.cursor = String(feed.time(newest[times.indexOf(latest)] as IDataObject));
	const overlap = overlapOf(feed);
	const known = pollContext.common.emitCurrentProblems ? Math.max(RECENT, overlap) : overlap;
	const read = await readSince(
		pollContext,
		feed,
		writeLike(memory.cursor, latest - known),
		memory.own,
	);
	if (!read.complete)
		throw new UserFacingFailure({
			message: 'Reading what is there already takes longer than a poll may.',
			description: 'Narrow the event by its filters, or switch "Emit Current Problems" off.',
		});
	const notifications: Notification[] = [];
	const current = pollContext.common.emitCurrentProblems ? currentProblems(feed, read.records) : [];
	for (const record of read.records) {
		// Once only, so whatever the cap: what is not told now never would be.
		if (current.includes(record))
			notifications.push(...((await feed.emit(pollContext, record, memory.own)) ?? []));
		remember(memory, feed, record);
	}
	prune(memory, overlapOf(feed));
	return { notifications, memory };
}

/** The newest record of each object, where it is a problem. */
function currentProblems<Own>(feed: EventStream<Own>, records: IDataObject[]): IDataObject[] {
	const newest = new Map(
		records.map((record) => [feed.objectId?.(record) ?? feed.id(record), record]),
	);
	return [...newest.values()].filter((record) => feed.isProblem?.(record) ?? true);
}

async function goOn<Own>(
	pollContext: PollContext,
	feed: EventStream<Own>,
	before: EventStreamState<Own>,
): Promise<Outcome> {
	// A copy: a poll that fails half-way leaves the memory as it was.
	const memory = deepCopy(before);
	const cursor = readTime(memory.cursor);
	const after =
		cursor === undefined ? undefined : writeLike(memory.cursor, cursor - overlapOf(feed));
	const { records, complete } = await readSince(pollContext, feed, after, memory.own, memory);
	const notifications: Notification[] = [];
	let emitted = 0;
	for (const record of records) {
		if (
			notifications.length >= pollContext.remainingItems ||
			(emitted > 0 && pollContext.isExpired())
		)
			break;
		const happened = await feed.emit(pollContext, record, memory.own);
		emitted++;
		if (!happened) continue;
		notifications.push(...happened);
		remember(memory, feed, record);
	}
	stayInThePast(memory, pollContext.serverNow());
	prune(memory, overlapOf(feed));
	const unfinished = emitted < records.length || !complete;
	return { notifications, memory, ...(unfinished ? { unfinished } : {}) };
}

/**
 * What is over and not yet known, oldest first. `complete` is false where more is there: the order
 * allows to stop, and enough is read for this poll.
 */
async function readSince<Own>(
	pollContext: PollContext,
	feed: EventStream<Own>,
	after: string | undefined,
	own: Own,
	memory?: EventStreamState<Own>,
): Promise<{ records: IDataObject[]; complete: boolean }> {
	const found = new Map<string, IDataObject>();
	const enough = memory ? pollContext.remainingItems : Infinity;
	const floor = readTime(after) ?? 0;
	let complete = true;
	for await (const { items } of feed.since(pollContext, after, own)) {
		for (const record of items) {
			const time = readTime(feed.time(record));
			if (time === undefined || time < floor || !isOver(feed, record)) continue;
			const id = feed.id(record);
			if (memory?.seen[shortKey(id)] === undefined) found.set(id, record);
		}
		if (feed.oldestFirst && (found.size >= enough || pollContext.isExpired())) {
			complete = false;
			break;
		}
	}
	const records = [...found.values()].sort(
		(a, b) => (readTime(feed.time(a)) ?? 0) - (readTime(feed.time(b)) ?? 0),
	);
	return { records, complete };
}

function remember<Own>(
	memory: EventStreamState<Own>,
	feed: EventStream<Own>,
	record: IDataObject,
): void {
	const time = readTime(feed.time(record)) ?? 0;
	memory.seen[shortKey(feed.id(record))] = Math.floor(time / MINUTE);
	if (time > (readTime(memory.cursor) ?? 0)) memory.cursor = String(feed.time(record));
}

/**
 * A server whose date was wrong for a while left a time in the future: nothing would be later than
 * it for as long. Times without an offset cannot be compared with the clock.
 */
function stayInThePast<Own>(memory: EventStreamState<Own>, now: number): void {
	const cursor = readTime(memory.cursor);
	if (cursor === undefined || cursor <= now + OVERLAP || isLocal(memory.cursor)) return;
	memory.cursor = writeLike(memory.cursor, now);
}

/** Forgets what the next poll will not read again. */
function prune<Own>(memory: EventStreamState<Own>, overlap: number): void {
	const floor = Math.floor(((readTime(memory.cursor) ?? 0) - overlap) / MINUTE);
	for (const [key, minute] of Object.entries(memory.seen))
		if (minute < floor) delete memory.seen[key];
}

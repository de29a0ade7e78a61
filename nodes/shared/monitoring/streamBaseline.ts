import type { IDataObject } from 'n8n-workflow';

import { UserFacingFailure } from '../http/errors';
import { HOUR, isLocal, readTime, writeLike } from '../common/time';
import type { PollContext } from './pollContext';
import { StreamPoll } from './streamPoll';
import {
	FEW,
	isOver,
	LOOK_BACK,
	OVERLAP,
	ZONES,
	type EventStream,
	type EventStreamState,
	type Reading,
} from './streamTypes';

/** Bounds of the first look: what it does not reach is history, whenever it becomes visible. */
const FIRST_PAGES = 60;

/** What counts as current when a trigger begins with the problems that are there. */
const RECENT = 24 * HOUR;

/** What of a memory goes on where the trigger starts fresh. */
type Kept<Own> = Pick<EventStreamState<Own>, 'own' | 'seen' | 'recent'>;

/**
 * Takes what is there as known, by the server's own times: its clock may differ from n8n's. What is
 * to be emitted at once (current problems, what happened since `pollContext.since`) stays unknown.
 */
export async function begin<Own>(
	pollContext: PollContext,
	stream: EventStream<Own>,
	kept: Kept<Own> | undefined,
): Promise<StreamPoll<Own>> {
	const { emitCurrentProblems } = pollContext.common;
	const isAnew = kept !== undefined;
	const newest = (await stream.newest(pollContext)).filter((record) => isOver(stream, record));
	const now = pollContext.serverNow();
	const timeOf = (record: IDataObject) => readTime(stream.time(record)) ?? 0;
	const latest = newest.reduce<IDataObject | undefined>(
		(best, record) => (best && timeOf(best) >= timeOf(record) ? best : record),
		undefined,
	);
	// Without a finished record: the server's time. Never "everything".
	const cursor = latest ? String(stream.time(latest)) : new Date(now).toISOString();
	const from = Math.min(readTime(cursor) ?? now, now);
	const memory: EventStreamState<Own> = {
		cursor: isLocal(cursor) || (readTime(cursor) ?? 0) <= now ? cursor : writeLike(cursor, now),
		floor: from - Math.max(LOOK_BACK, stream.overlap ?? 0) - (isLocal(cursor) ? ZONES : 0),
		seen: kept?.seen ?? {},
		recent: kept?.recent ?? {},
		looked: now,
		...(pollContext.settingsChanged ? { adopting: true as const } : {}),
		own: kept?.own ?? stream.begin(),
	};
	const poll = new StreamPoll(pollContext, stream, memory);
	// What is to be emitted at once may be among it: then it is read with the first poll.
	if (stream.leftOut && !emitCurrentProblems && pollContext.since === undefined)
		memory.leftOut = now;
	const whole = memory.floor;
	const there = await readBaseline(pollContext, stream, memory, emitCurrentProblems ? RECENT : 0);
	const loud = new Set(emitCurrentProblems ? currentProblems(stream, there, from - RECENT) : []);
	// Local times cannot be compared with a clock: then all is taken as known.
	const news = isLocal(cursor) ? undefined : pollContext.since;
	// What happened since is looked for also where this look did not bring it: it had no time, or the
	// server had an empty list.
	let oldest = news ?? Infinity;
	if (news !== undefined) memory.floor = Math.max(whole, Math.min(memory.floor, news));
	for (const record of there) {
		const time = timeOf(record);
		const isNews = news !== undefined && !isLocal(stream.time(record)) && time >= news;
		const isOwed = isAnew && stream.isOwed?.(record, memory.own) === true;
		if (isNews || isOwed || loud.has(record)) oldest = Math.min(oldest, time);
		else poll.remember(record, time, stream.id(record));
	}
	if (oldest < (readTime(memory.cursor) ?? 0)) memory.cursor = writeLike(memory.cursor, oldest);
	return poll;
}

/** What is there already, as far back as late records are looked for; sets floor and `few`. */
async function readBaseline<Own>(
	pollContext: PollContext,
	stream: EventStream<Own>,
	memory: EventStreamState<Own>,
	needed: number,
): Promise<IDataObject[]> {
	const latest = readTime(memory.cursor) ?? 0;
	const at = (back: number) => writeLike(memory.cursor, Math.max(0, latest - back));
	const found = new Map<string, IDataObject>();
	/** Whether it came to the end. */
	const read = async (back: number, reading: Reading, most: number): Promise<boolean> => {
		let pages = 0;
		for await (const { items } of stream.since(pollContext, at(back), memory.own, reading)) {
			for (const record of items) if (isOver(stream, record)) found.set(stream.id(record), record);
			if (items.length > 0 && (++pages >= most || pollContext.isExpired())) return false;
		}
		return true;
	};
	const leftOut =
		(await stream.leftOut?.(pollContext, at(latest - memory.floor), memory.own)) ?? [];
	for (const record of leftOut) if (isOver(stream, record)) found.set(stream.id(record), record);
	const others = found.size;
	if (await read(latest - memory.floor, {}, 2)) {
		if (found.size - others <= FEW) memory.few = true;
		return [...found.values()];
	}
	const overlap = Math.max(stream.overlap ?? OVERLAP, needed);
	if (!(await read(overlap, {}, FIRST_PAGES)) && needed > 0)
		throw new UserFacingFailure({
			message: 'Reading what is there already takes longer than a poll may take.',
			description: 'Narrow the event by its filters, or switch "Emit Current Problems" off.',
		});
	const whole = await read(latest - memory.floor, { lookBack: true }, FIRST_PAGES);
	// What was not read would seem to be new.
	if (!whole) memory.floor = latest - (needed > 0 ? needed : 0);
	return [...found.values()];
}

/** The newest record of each object, where it is a problem and not long past. */
function currentProblems<Own>(
	stream: EventStream<Own>,
	records: IDataObject[],
	from: number,
): IDataObject[] {
	const timeOf = (record: IDataObject) => readTime(stream.time(record)) ?? 0;
	const newest = new Map(
		[...records]
			.sort((a, b) => timeOf(a) - timeOf(b))
			.map((record) => [stream.objectId?.(record) ?? stream.id(record), record]),
	);
	return [...newest.values()].filter(
		(record) => timeOf(record) >= from && (stream.isProblem?.(record) ?? true),
	);
}

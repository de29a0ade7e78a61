import type { IDataObject } from 'n8n-workflow';
import { deepCopy } from 'n8n-workflow';

import { UserFacingFailure } from '../http/errors';
import { DAY, HOUR, isLocal, MINUTE, readTime, writeLike } from '../common/time';
import { SeenIds, type StoredIds } from './seenIds';
import type { EventDefinition, Farewells, Notification, Outcome } from './types';
import type { PollContext } from './pollContext';

/**
 * How far back of the newest time each poll looks again. Records can appear late (a server that
 * closes a session after it ended) and clocks go back: an hour at the end of daylight saving time,
 * on servers whose times have no offset. What was dealt with before is known by its id.
 */
const OVERLAP = 90 * MINUTE;

/**
 * How late a record may become visible and still be emitted: a notebook's backup is reported when the
 * notebook comes back. Looked for once in LOOK_EVERY; with every poll where the server has few records.
 */
export const LOOK_BACK = 7 * DAY;
const LOOK_EVERY = HOUR;

/** So many records of LOOK_BACK come with every poll: fewer than a page. */
const FEW = 150;

/** Pages of the look back in one poll. */
const PAGES_BACK = 3;

/** How far back of the newest time records are looked for that the server's filters leave out. */
const LEFT_OUT = DAY;

/** How often: an idle poll is to cost one request. */
const LEFT_OUT_EVERY = 5 * MINUTE;

/** Bounds of the first look: what it does not reach is history, whenever it becomes visible. */
const FIRST_PAGES = 60;

/** So many ids are remembered: 280 KB. */
const MOST_SEEN = 40_000;

/** What counts as current when a trigger begins with the problems that are there. */
const RECENT = 24 * HOUR;

/** No time zone is farther from another. */
const ZONES = 26 * HOUR;

/** What a reading is for. */
export interface Reading {
	/**
	 * A look back: only records that may have to be emitted are needed. The server may be asked for
	 * less than everything.
	 */
	lookBack?: true;
}

/** Records that happen once: sessions, malware events. */
export interface EventStream<Own> {
	/** The newest records there are, newest first, as far as one request brings them. */
	newest(pollContext: PollContext): Promise<IDataObject[]>;
	/**
	 * Pages of what has a later time than `after` (as the server writes its own times). May bring
	 * more: what is too old or known is left out. May keep in `own` what the next reading needs.
	 */
	since(
		pollContext: PollContext,
		after: string,
		own: Own,
		reading: Reading,
	): AsyncIterable<{ items: IDataObject[] }>;
	/**
	 * Records that `since` does not bring, because the server's own filters and order leave them out,
	 * such as those without an end. Asked every few minutes; what is known is left out.
	 *
	 * @param after how far back to look, by a time that these records have (as the server writes it)
	 */
	leftOut?(pollContext: PollContext, after: string, own: Own): Promise<IDataObject[]>;
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
	 * Whether a record is remembered as long as late ones are looked for. Not needed for one that a
	 * look back does not ask for and whose second reading changes nothing. Default: all are.
	 */
	isRemembered?(pollContext: PollContext, record: IDataObject): boolean;
	/**
	 * What there is to emit of a record; it is asked once for each, oldest first. Undefined where it
	 * cannot be said yet: it is asked again in the next polls.
	 */
	emit(
		pollContext: PollContext,
		record: IDataObject,
		own: Own,
	): Promise<Notification[] | undefined>;
	/** What `emit` remembers from record to record; plain JSON. */
	begin(): Own;
	/** What there is besides records, after they were read, such as the end of a deleted job's problem. */
	after?(pollContext: PollContext, own: Own): Promise<Notification[]>;
	/** The event is no longer picked: the end of what `own` knows as open. `own` may be changed. */
	leave?(own: Own): Notification[];
	/** Wrong now, where the trigger begins with current problems: only the newest of an object. */
	isProblem?(record: IDataObject): boolean;
	objectId?(record: IDataObject): string;
}

export interface EventStreamState<Own> {
	/** The newest time that was reached, as the server writes its times. */
	cursor: string;
	/** Milliseconds: what is older is history, and never emitted. */
	floor: number;
	/** Ids of what was dealt with, by day. */
	seen: StoredIds;
	/** Ids of what was dealt with and is soon forgotten, by hour. */
	recent: StoredIds;
	/** Records of LOOK_BACK: few enough to come with every poll. */
	few?: true;
	/** The overlap has more than a page: what is new is read first, and the overlap after it. */
	wide?: true;
	/** How far the reading of a wide overlap has come, in milliseconds. */
	lap?: number;
	/** When the last look back ended, and how far the present one has come. */
	looked?: number;
	looking?: number;
	/** When what the server's filters leave out was last read. */
	leftOut?: number;
	/** The settings have changed, and what is open is not yet compared with them. */
	adopting?: true;
	own: Own;
}

type Described = Omit<EventDefinition, 'poll' | 'sample'>;

/** An event that emits every record once. */
export function eventStreamEvent<Own>(
	described: Described,
	stream: EventStream<Own>,
): EventDefinition {
	return {
		...described,
		adoptsMemory: true,
		poll: async (pollContext, kept) => {
			const state = kept as EventStreamState<Own> | undefined;
			// What was left of an event that was taken out is no state to go on from.
			const known = state?.cursor === undefined ? undefined : state;
			// A copy: a poll that fails half-way leaves the memory as it was.
			const poll =
				known && !pollContext.settingsChanged
					? new StreamPoll(pollContext, stream, copyOf(known))
					: await begin(pollContext, stream, known && copyOf(known).own);
			return await poll.run();
		},
		...(stream.leave
			? { leave: (memory: unknown, most: number) => leave(stream, memory, most) }
			: {}),
		sample: async (pollContext) => {
			const records = (await stream.newest(pollContext)).filter((record) => isOver(stream, record));
			for (const record of records.slice(0, 20)) {
				const [notification] = (await stream.emit(pollContext, record, stream.begin())) ?? [];
				if (notification) return notification;
			}
			return undefined;
		},
	};
}

/** Closes what is open, as many as there is room for; what is left waits as it is. */
function leave<Own>(stream: EventStream<Own>, memory: unknown, most: number): Farewells {
	const { farewells } = (memory ?? {}) as { farewells?: Notification[] };
	const own = () => stream.leave?.(copyOf(memory as EventStreamState<Own>).own) ?? [];
	const all = farewells ?? own();
	const left = all.slice(most);
	return {
		notifications: all.slice(0, most),
		...(left.length > 0 ? { memory: { farewells: left } } : {}),
	};
}

const copyOf = <Own>(state: EventStreamState<Own>): EventStreamState<Own> =>
	deepCopy(state as unknown as IDataObject) as unknown as EventStreamState<Own>;

const isOver = <Own>({ isOver: over, time }: EventStream<Own>, record: IDataObject): boolean =>
	readTime(time(record)) !== undefined && (over?.(record) ?? true);

/** One poll of a stream. */
class StreamPoll<Own> {
	private readonly notifications: Notification[] = [];
	private readonly seen: SeenIds;
	private readonly recent: SeenIds;
	private handled = 0;
	/** No more room or time: the next poll goes on. */
	private full = false;

	private readonly pollContext: PollContext;

	constructor(
		pollContext: PollContext,
		private readonly stream: EventStream<Own>,
		readonly memory: EventStreamState<Own>,
	) {
		const left = () => pollContext.remainingItems - this.notifications.length;
		// One object for the whole poll: products keep by it what they read once.
		const changed = memory.adopting ? { settingsChanged: true as const } : {};
		this.pollContext = Object.defineProperty({ ...pollContext, ...changed }, 'remainingItems', {
			get: left,
		});
		this.seen = new SeenIds(memory.seen, DAY);
		this.recent = new SeenIds(memory.recent, HOUR);
	}

	async run(): Promise<Outcome> {
		const { memory, pollContext, stream } = this;
		this.stayInThePast();
		const before = this.cursor;
		const isFinished = await this.readNew();
		if (isFinished) {
			if (memory.wide) await this.readWideOverlap(before);
			await this.lookBack(before);
			await this.readLeftOut(before);
			if (!this.full && !pollContext.isExpired() && stream.after) {
				this.notifications.push(...(await stream.after(pollContext, memory.own)));
				delete memory.adopting;
			}
		}
		this.stayInThePast();
		this.prune();
		return {
			notifications: this.notifications,
			memory,
			...(isFinished && !this.full ? {} : { unfinished: true }),
		};
	}

	private get cursor(): number {
		return readTime(this.memory.cursor) ?? 0;
	}

	private get overlap(): number {
		const overlap = this.stream.overlap ?? OVERLAP;
		return this.memory.few ? Math.max(overlap, LOOK_BACK) : overlap;
	}

	private at = (milliseconds: number): string =>
		writeLike(this.memory.cursor, Math.max(milliseconds, this.memory.floor - 1000));

	/** @returns whether all that is new was dealt with */
	private async readNew(): Promise<boolean> {
		const { memory } = this;
		// The bound itself may count or not: a second before it does no harm.
		const from = memory.wide ? this.cursor - 1000 : this.cursor - this.overlap;
		let pages = 0;
		let records = 0;
		let wide = false;
		const isFinished = await this.read(this.at(from), {}, (page, handled) => {
			pages++;
			records += page.length;
			if (pages === 1 && handled === 0) wide = page.length > 0;
			return true;
		});
		if (memory.few && records > 2 * FEW) delete memory.few;
		// More than a page, and nothing new on the first one.
		if (!memory.wide && this.stream.oldestFirst && wide && pages > 1) memory.wide = true;
		return isFinished;
	}

	/**
	 * Records that ended before what is known and appeared later, where the overlap is so wide that
	 * what is new would not be reached in a poll behind it.
	 */
	private async readWideOverlap(end: number): Promise<void> {
		const { memory } = this;
		const begin = Math.max(memory.lap ?? 0, end - this.overlap);
		let pages = 0;
		const reached = await this.readUpTo(begin, end, {}, () => ++pages < PAGES_BACK);
		if (reached < end) memory.lap = reached;
		else {
			if (memory.lap === undefined && pages <= 1) delete memory.wide;
			delete memory.lap;
		}
	}

	/** Records that became visible long after they ended. */
	private async lookBack(cursor: number): Promise<void> {
		const { memory, pollContext } = this;
		const now = pollContext.serverNow();
		if (memory.few) return;
		const isDue =
			memory.looking !== undefined || Math.abs(now - (memory.looked ?? 0)) >= LOOK_EVERY;
		if (!isDue || this.full || pollContext.isExpired()) return;
		const end = cursor - this.overlap;
		const begin = memory.looking ?? Math.min(cursor, now) - LOOK_BACK;
		let pages = 0;
		const reached =
			begin >= end
				? end
				: await this.readUpTo(begin, end, { lookBack: true }, () => ++pages < PAGES_BACK);
		if (reached < end) memory.looking = reached;
		else {
			memory.looked = now;
			delete memory.looking;
		}
	}

	/** Records that the server's own filters leave out of what was read. */
	private async readLeftOut(cursor: number): Promise<void> {
		const { memory, pollContext, stream } = this;
		if (!stream.leftOut || this.full || pollContext.isExpired()) return;
		const now = pollContext.serverNow();
		if (Math.abs(now - (memory.leftOut ?? 0)) < LEFT_OUT_EVERY) return;
		const from = Math.min(cursor, now) - LEFT_OUT;
		const records = await stream.leftOut(pollContext, this.at(from), memory.own);
		if (await this.deal(records)) memory.leftOut = now;
	}

	/** @returns how far it came, in milliseconds: `end` where it is done */
	private async readUpTo(
		begin: number,
		end: number,
		reading: Reading,
		goOn: () => boolean,
	): Promise<number> {
		const { stream } = this;
		let reached = begin;
		const isFinished = await this.read(this.at(begin - 1000), reading, (page) => {
			const times = page.map((record) => readTime(stream.time(record)) ?? 0);
			if (!stream.oldestFirst) return true;
			reached = Math.max(reached, ...times);
			return reached < end && goOn();
		});
		return isFinished || (!this.full && reached >= end) ? end : reached;
	}

	/**
	 * Deals with what is over and not yet known, oldest first.
	 *
	 * @param goOn hears of each page and how many of its records were dealt with
	 * @returns whether it came to the end of the list
	 */
	private async read(
		after: string,
		reading: Reading,
		goOn: (page: IDataObject[], handled: number) => boolean,
	): Promise<boolean> {
		const { stream, pollContext, memory } = this;
		const all: IDataObject[] = [];
		for await (const { items } of stream.since(pollContext, after, memory.own, reading)) {
			if (!stream.oldestFirst) {
				all.push(...items);
				continue;
			}
			const before = this.handled;
			if (!(await this.deal(items))) return false;
			if (!goOn(items, this.handled - before)) return false;
			if (pollContext.isExpired()) {
				this.full = true;
				return false;
			}
		}
		if (stream.oldestFirst) return true;
		return (await this.deal(all)) && goOn(all, 0);
	}

	/** @returns false where there is no more room or time */
	private async deal(items: IDataObject[]): Promise<boolean> {
		const { stream, pollContext, memory } = this;
		const timed = new Map<string, { record: IDataObject; time: number; id: string }>();
		for (const record of items) {
			const time = readTime(stream.time(record));
			if (time === undefined || time < memory.floor || !isOver(stream, record)) continue;
			const id = stream.id(record);
			timed.set(id, { record, time, id });
		}
		for (const { record, time, id } of [...timed.values()].sort((a, b) => a.time - b.time)) {
			if (this.seen.has(id) || this.recent.has(id)) continue;
			const room = pollContext.remainingItems;
			if (room <= 0 || (this.handled > 0 && pollContext.isExpired())) {
				this.full = true;
				return false;
			}
			const happened = await stream.emit(pollContext, record, memory.own);
			this.handled++;
			if (!happened) continue;
			if (happened.length > room && this.notifications.length > 0) {
				this.full = true;
				return false;
			}
			this.notifications.push(...happened);
			this.remember(record, time, id, happened.length > 0);
		}
		return true;
	}

	/** Dealt with, or there when the trigger began. */
	remember(record: IDataObject, time: number, id: string, wasEmitted = false): void {
		const { stream, pollContext, memory } = this;
		// What gave an item once never gives one again, whatever late records make of it.
		const keep = wasEmitted || (stream.isRemembered?.(pollContext, record) ?? true);
		(keep ? this.seen : this.recent).add(id, time);
		// A server whose date was wrong for a while leaves times in the future: nothing would be later
		// than those for as long.
		const written = stream.time(record);
		const slack = isLocal(written) ? ZONES : OVERLAP;
		if (time > this.cursor && time <= pollContext.serverNow() + slack)
			memory.cursor = String(written);
	}

	/** A clock that was put back leaves the cursor in the future. */
	private stayInThePast(): void {
		const { memory, pollContext } = this;
		const now = pollContext.serverNow();
		const local = isLocal(memory.cursor);
		if (this.cursor <= now + (local ? ZONES : OVERLAP)) return;
		memory.cursor = writeLike(memory.cursor, local ? now - ZONES : now);
		delete memory.lap;
		delete memory.looking;
	}

	/** Forgets what no later poll reads again. */
	private prune(): void {
		const { memory, pollContext } = this;
		// By the earliest of all clocks: one may be wrong for a while.
		const now = Math.min(this.cursor, pollContext.serverNow(), pollContext.now());
		const back = Math.max(LOOK_BACK, this.stream.overlap ?? 0) + DAY;
		this.seen.forgetBefore(now - back);
		this.recent.forgetBefore(Math.min(now, this.cursor) - this.overlap - HOUR);
		memory.floor = Math.max(memory.floor, now - back, this.seen.limit(MOST_SEEN) ?? 0);
		// Past the floor of what it still knows nothing is asked, so nothing needs to be forgotten twice.
	}
}

/**
 * Takes what is there as known, by the server's own times: its clock may differ from n8n's. What is
 * to be emitted at once (current problems, what happened since `pollContext.since`) stays unknown.
 */
async function begin<Own>(
	pollContext: PollContext,
	stream: EventStream<Own>,
	own: Own | undefined,
): Promise<StreamPoll<Own>> {
	const { emitCurrentProblems } = pollContext.common;
	const isFirst = own === undefined;
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
		seen: {},
		recent: {},
		looked: now,
		...(isFirst ? {} : { adopting: true as const }),
		own: own ?? stream.begin(),
	};
	const poll = new StreamPoll(pollContext, stream, memory);
	const current = emitCurrentProblems && isFirst;
	// What is to be emitted at once may be among it: then it is read with the first poll.
	if (stream.leftOut && !current && pollContext.since === undefined) memory.leftOut = now;
	const there = await readBaseline(pollContext, stream, memory, current ? RECENT : 0);
	const loud = new Set(current ? currentProblems(stream, there, from - RECENT) : []);
	// Local times cannot be compared with a clock: then all is taken as known.
	const { since } = pollContext;
	let oldest = Infinity;
	for (const record of there) {
		const time = timeOf(record);
		const isNews = since !== undefined && !isLocal(stream.time(record)) && time >= since;
		if (isNews || loud.has(record)) oldest = Math.min(oldest, time);
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
			message: 'Reading what is there already takes longer than a poll may.',
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

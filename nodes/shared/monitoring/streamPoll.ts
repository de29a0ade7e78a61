import type { IDataObject } from 'n8n-workflow';

import { DAY, HOUR, isLocal, MINUTE, readTime, writeLike } from '../common/time';
import type { PollContext } from './pollContext';
import { SeenIds } from './seenIds';
import {
	FEW,
	isOver,
	LOOK_BACK,
	OVERLAP,
	ZONES,
	type EventStream,
	type EventStreamState,
	type FormerSettings,
	type Reading,
} from './streamTypes';
import type { Notification, Outcome } from './types';

/** How often records are looked for that became visible late. */
const LOOK_EVERY = HOUR;

/** Pages of the look back in one poll. */
const PAGES_BACK = 3;

/** How far back of the newest time records are looked for that the server's filters leave out. */
const LEFT_OUT = DAY;

/** How often: an idle poll is to cost one request. */
const LEFT_OUT_EVERY = 5 * MINUTE;

/** So many ids are remembered: 280 KB. */
const MOST_SEEN = 40_000;

/** One poll of a stream. */
export class StreamPoll<Own> {
	private readonly notifications: Notification[] = [];
	private readonly seen: SeenIds;
	private readonly recent: SeenIds;
	private handled = 0;
	/** No more room or time: the next poll goes on. */
	private full = false;

	private readonly pollContext: PollContext;
	/** The same with settings that held before. */
	private readonly former = new Map<FormerSettings, PollContext>();

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
			if (this.isAllRead()) delete memory.before;
			if (pollContext.remainingItems <= 0) this.full = true;
			if (!this.full && !pollContext.isExpired() && stream.after) {
				const ends = await stream.after(pollContext, memory.own);
				this.notifications.push(...ends);
				if (pollContext.remainingItems <= 0) this.full = true;
				else delete memory.adopting;
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

	/** Since the settings have changed: everything that may have to be emitted was read once. */
	private isAllRead(): boolean {
		const { memory, stream, full } = this;
		const hasLooked = memory.few === true || memory.looked !== undefined;
		const isOpen = memory.looking !== undefined || memory.lap !== undefined;
		return !full && hasLooked && !isOpen && (!stream.leftOut || memory.leftOut !== undefined);
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
			if (this.seen.has(id)) continue;
			if (this.recent.has(id)) {
				// With the settings of now it may be one to be remembered for longer.
				if (memory.before) this.remember(record, time, id);
				continue;
			}
			if (memory.before && !(await this.isNews(record, time))) {
				this.handled++;
				this.remember(record, time, id);
				continue;
			}
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

	/** Whether the settings that held when it ended left it in: then it has become visible since. */
	private async isNews(record: IDataObject, time: number): Promise<boolean> {
		const { stream, pollContext, memory } = this;
		const local = isLocal(stream.time(record));
		const held = memory.before?.find((one) => time < (local ? one.local : one.until));
		if (!held || !stream.isWatched) return true;
		// One object for the whole poll, as above.
		const context = this.former.get(held) ?? { ...pollContext, options: held.options };
		this.former.set(held, context);
		return await stream.isWatched(context, record, memory.own);
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

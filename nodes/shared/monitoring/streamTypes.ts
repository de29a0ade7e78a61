import type { IDataObject } from 'n8n-workflow';
import { deepCopy } from 'n8n-workflow';

import { DAY, HOUR, MINUTE, readTime } from '../common/time';
import type { PollContext } from './pollContext';
import type { StoredIds } from './seenIds';
import type { Notification } from './types';

/**
 * How far back of the newest time each poll looks again. Records can appear late (a server that
 * closes a session after it ended) and clocks go back: an hour at the end of daylight saving time,
 * on servers whose times have no offset. What was dealt with before is known by its id.
 */
export const OVERLAP = 90 * MINUTE;

/**
 * How late a record may become visible and still be emitted: a notebook's backup is reported when the
 * notebook comes back. Looked for once in LOOK_EVERY; with every poll where the server has few records.
 */
export const LOOK_BACK = 7 * DAY;

/** No time zone is farther from another. */
export const ZONES = 26 * HOUR;

/** So many records of LOOK_BACK come with every poll: fewer than a page. */
export const FEW = 150;

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
	 * Whether it would have been reported with other settings (`pollContext.options`), or would have ended
	 * what is open. Asked where the settings have changed, with those before: what they left out is known,
	 * and what they did not is news where it is not yet known. Default: it would.
	 */
	isWatched?(pollContext: PollContext, record: IDataObject, own: Own): Promise<boolean> | boolean;
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
	/**
	 * What there is besides records, after they were read, such as the end of a deleted job's problem; no
	 * more than there is room for: it is asked again.
	 */
	after?(pollContext: PollContext, own: Own): Promise<Notification[]>;
	/** The event is no longer picked: the end of what `own` knows as open. `own` may be changed. */
	leave?(own: Own): Notification[];
	/**
	 * The end of something that was reported: reported also where the trigger starts fresh after a pause.
	 * Only where `since` brings everything.
	 */
	isOwed?(record: IDataObject, own: Own): boolean;
	/** Wrong now, where the trigger begins with current problems: only the newest of an object. */
	isProblem?(record: IDataObject): boolean;
	objectId?(record: IDataObject): string;
}

/** What ended while they held and was left out by them becomes known silently. */
export interface FormerSettings {
	options: IDataObject;
	/** Milliseconds since 1970. */
	until: number;
	/** The same for times without an offset: the newest that was known, as the server writes it. */
	local: number;
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
	/** The settings before that, oldest first, until everything was read once with those of now. */
	before?: FormerSettings[];
	own: Own;
}

export const copyOf = <Own>(state: EventStreamState<Own>): EventStreamState<Own> =>
	deepCopy(state as unknown as IDataObject) as unknown as EventStreamState<Own>;

/** What becomes of one thing after the other, as long as there is room: the others wait. */
export function asManyAs<Thing>(
	room: number,
	things: Thing[],
	close: (thing: Thing) => Notification[],
): Notification[] {
	const closed: Notification[] = [];
	for (const thing of things) {
		if (closed.length >= room) break;
		closed.push(...close(thing));
	}
	return closed;
}

export const isOver = <Own>(
	{ isOver: over, time }: EventStream<Own>,
	record: IDataObject,
): boolean => readTime(time(record)) !== undefined && (over?.(record) ?? true);

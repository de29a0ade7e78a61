import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ApiPart } from '../catalogue';
import type { ProductAdapter, VeeamClient, VeeamRequest } from '../http/types';
import type { Page, Short } from '../http/pageWalk';

/**
 * What became of something. `problem` opens an incident; `repeated` (another failure of it), `worsened`
 * and `reminder` speak of one that is open; `recovered` closes it; the others stand for themselves.
 */
export type Transition =
	| 'problem'
	| 'repeated'
	| 'worsened'
	| 'reminder'
	| 'recovered'
	| 'changed'
	| 'added'
	| 'removed'
	| 'started'
	| 'finished';

/** Begins the message of a manual test that is about nothing that has happened. */
export const EXAMPLE = 'Example: ';

export type Severity = 'error' | 'warning' | 'info';

/** What an event is about, in the product's terms. */
export interface WatchedObject {
	id: string;
	name: string;
	/** "Repository", "Backup Job" … */
	type: string;
	/**
	 * Tells it from others where ids repeat (objects of several backup servers): part of the
	 * incident's key, not shown.
	 */
	scope?: string;
}

/** Something that happened, as an event tells it; items.ts makes an item of it. */
export interface Notification {
	transition: Transition;
	severity: Severity;
	object: WatchedObject;
	/** What is wrong or different, for the incident's key: `lowSpace`, `state`. */
	condition: string;
	/**
	 * With condition, object and transition: the same occurrence has the same one however often and
	 * whenever it is found; another has another. See `identities.ts` for states.
	 */
	occurrence: string;
	/** When, by the server's own time; undefined where the server does not say. */
	occurredAt?: string;
	previous: unknown;
	current: unknown;
	/** One sentence (or a few lines) that a person can forward as it is. */
	message: string;
	/** As the server gives it. */
	record: IDataObject;
	/** More that people branch on: `company`, `reasons` … */
	details?: IDataObject;
}

/** What an event made of one poll. */
export interface Outcome {
	notifications: Notification[];
	/** To be given back at the next poll. Plain JSON, small. */
	memory: unknown;
	/** Something is left for the next poll: it begins with this event. */
	unfinished?: true;
}

/** What is closed when an event is no longer picked. */
export interface Farewells {
	notifications: Notification[];
	/** What there was no room for, to be given back at the next poll; undefined where nothing is left. */
	memory?: unknown;
}

/** What is closed of an event that stays. */
export interface Kept {
	notifications: Notification[];
	/** To be given back at the next poll. */
	memory: unknown;
}

/** One entry of a trigger's list of events. */
export interface EventDefinition {
	/** `sessionFinished` */
	value: string;
	/** "Session Finished" */
	name: string;
	/** In n8n's panel of nodes: "On license expiring or used up"; n8n makes one of the name otherwise. */
	action?: string;
	/** For the labels of its fields; default: the name without "State Changed". */
	short?: string;
	description: string;
	/** Shown when the event is picked. Names are unique in the trigger: begin them with `value`. */
	fields?: INodeProperties[];
	/** Shown under the event's "Add Option". Names as the event's code reads them. */
	options?: INodeProperties[];
	/**
	 * `GET /path` of the catalogue that the event stands on: a version without it refuses the event
	 * with a clear error.
	 */
	requires?: string;
	/**
	 * Choices of one of its fields that not every API version knows: by the choice's value the part of the
	 * API that says it. What a version lacks is said by an item; where it lacks all, the event is refused.
	 */
	needs?: { field: string; parts: Record<string, ApiPart> };
	/**
	 * The same where the choices are the values of an enum: a version may send one that it does not
	 * document, so that nothing is refused.
	 */
	needsValues?: {
		field: string;
		/** By the catalogue's name of it. */
		enumName: string;
		/** The choice as a person calls it. */
		nameOf(value: string): string;
		/** What is picked at first stands for whatever a version calls so: nothing of it is lacking. */
		isUsualComplete?: true;
	};
	/**
	 * The event keeps its memory when its settings change, and looks at `pollContext.settingsChanged`;
	 * any other starts fresh then.
	 */
	adoptsMemory?: true;
	/** What happened since the last poll. Without memory: takes the present as it is. */
	poll(pollContext: PollContext, memory: unknown): Promise<Outcome>;
	/**
	 * The user took the event out: closes what it has reported and not closed, without the server.
	 *
	 * @param most items that there is room for
	 */
	leave?(memory: unknown, most: number): Farewells;
	/**
	 * The user took conditions out, and what is left cannot be watched: closes what it has reported of
	 * them, without the server.
	 *
	 * @param memory not undefined
	 * @param most items that there is room for; what is left is closed by the next call
	 */
	closeUnpicked?(memory: unknown, options: IDataObject, most: number): Kept;
	/**
	 * The trigger was away for long and is to start fresh: what is kept of its memory, so that what was
	 * reported and is open is closed in time, and all the rest becomes known silently. Default: nothing.
	 *
	 * @param memory not undefined
	 */
	beginAnew?(memory: unknown): unknown;
	/** A realistic latest notification, for a manual test; undefined where the server has none. */
	sample(pollContext: PollContext): Promise<Notification | undefined>;
}

/** All that the trigger's poll has to know of a product. */
export interface TriggerProduct {
	adapter: ProductAdapter;
	events: EventDefinition[];
}

/** Options every event knows, from the trigger's own "Options". */
export interface CommonOptions {
	/** Tell at the first poll what is wrong at that time. */
	emitCurrentProblems: boolean;
	/** Tell again that a problem is still there, after so many hours; 0: never. */
	reminderHours: number;
	/** Items of one poll; what is more comes with the next. */
	maxItems: number;
	/** After a pause: what happened meanwhile is not reported. */
	beginsAnew: boolean;
}

/** What an event works with during one poll. */
export interface PollContext {
	readonly client: VeeamClient;
	readonly adapter: ProductAdapter;
	readonly common: CommonOptions;
	/** The event's fields and options, by name, with their defaults. */
	readonly options: IDataObject;
	/**
	 * From when on the event is to watch, by the server's clock, where its first look comes late:
	 * what happened since then is news. Undefined where that is now.
	 */
	since?: number;
	/** The user changed the event's settings since the memory was made. */
	settingsChanged?: true;
	/** As `options`, as they were when the memory was made; known where the settings have changed. */
	optionsBefore?: IDataObject;
	/** A list of this poll that ended before the server's own count of it. */
	readonly short?: Short;
	/** How many notifications may still be reported in this poll. */
	readonly remainingItems: number;
	/** Milliseconds since 1970 by the server's clock, as far as its last answer told it. */
	serverNow(): number;
	/** n8n's own clock. */
	now(): number;
	/** Too little time is left to begin anything more. */
	isExpired(): boolean;
	/** Pages of a list, as big as `pageSize` says, from position `from` on. */
	pages(
		request: VeeamRequest,
		options?: {
			from?: number;
			pageSize?: number;
			/** What the list is ordered by: rows that are equal may change places between two pages. */
			orderedBy?: (record: IDataObject) => unknown;
		},
	): AsyncGenerator<Page, void, undefined>;
	/** One request, within the time that is left. */
	get(request: Omit<VeeamRequest, 'method'>): Promise<unknown>;
	/**
	 * The records of one request's list. What is no list is refused: taken for an empty one, everything
	 * would seem to be gone, or new.
	 *
	 * @throws UserFacingFailure
	 */
	list(request: Omit<VeeamRequest, 'method'>): Promise<IDataObject[]>;
}

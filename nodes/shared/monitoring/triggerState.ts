import { randomBytes } from 'crypto';

import type { IDataObject, IPollFunctions } from 'n8n-workflow';

/** What is written now; a state of any other format is not read. */
const FORMAT = 3;

/** Why a trigger starts fresh: what it remembered does not go on. */
export type BeginningAnew =
	| { why: 'pause'; from: number; to: number }
	| { why: 'format'; format: string }
	| { why: 'server'; before: string };

/** What a trigger remembers between two polls; n8n keeps it with the workflow, for each node. */
export interface TriggerState {
	/** Of the layout: another package version may lay it out anew. */
	format: typeof FORMAT;
	/** Another one after each poll: tells which saved state a later one stands on. */
	stamp?: string;
	/** When the last poll ended that is remembered, whether it succeeded or not; milliseconds since 1970. */
	polledAt?: number;
	/** Host and port. Another server is another world. */
	server: string;
	/** By event value. */
	events: Record<string, EventState>;
	/** The event whose turn it is first: one that was not finished in the last poll. */
	first?: string;
	/** Polls in a row in which nothing worked. */
	failedPolls?: number;
	/** When an error was raised for it last, milliseconds since 1970. */
	raisedAt?: number;
	/** After an error that only a person can mend (wrong password): nothing is sent before. */
	pausedUntil?: number;
	/** When the server was reported to be unreachable. */
	unreachableSince?: number;
	/** When the trigger's first poll was, milliseconds since 1970. */
	begun?: number;
	/**
	 * How many times it was over that an event, or the server (by their values), could not be read; with
	 * more behind a slash, other things of an event that are counted.
	 */
	outages?: Record<string, number>;
}

export interface EventState {
	/** Fingerprint of the settings it was made with. */
	settings: string;
	/** What of those differed from the defaults. */
	set?: IDataObject;
	/** Undefined before the first look that succeeded. */
	state?: unknown;
	/** When it was read to the end last, by the server's clock: milliseconds since 1970. */
	readAt?: number;
	/**
	 * When the event should have begun, by the server's clock: its first look failed while others
	 * succeeded. What happened since then is not taken for history.
	 */
	since?: number;
	/** It was taken out, and not all that was open could be closed yet. */
	leaving?: true;
	/** What was said to be lacking in the API version, for one item each time it differs. */
	lacking?: string;
	/** Polls in a row that had more to read and came no further. */
	stalled?: number;
	failure?: Failure;
}

/** An event that cannot be read while others can. */
export interface Failure {
	/** In a row. */
	polls: number;
	/** Milliseconds since 1970; when it was reported. */
	emitted?: number;
}

/** What n8n kept, and why it does not go on where it does not. */
export function readTriggerState(
	context: IPollFunctions,
	server: string,
): { state: TriggerState; anew?: BeginningAnew } {
	const kept = context.getWorkflowStaticData('node').veeam as Partial<TriggerState> | undefined;
	const state: TriggerState = { format: FORMAT, server, events: {} };
	if (kept === undefined || kept === null) return { state };
	if (kept.format !== FORMAT || typeof kept.server !== 'string' || !kept.events)
		return {
			state,
			anew: { why: 'format', format: String(kept.format ?? 'unknown').slice(0, 20) },
		};
	if (kept.server !== server) return { state, anew: { why: 'server', before: kept.server } };
	return { state: kept as TriggerState };
}

/** A copy that a poll can change: n8n hands out an object that reports every change of it. */
export const copyOf = (state: TriggerState): TriggerState => ({
	...state,
	events: { ...state.events },
	...(state.outages ? { outages: { ...state.outages } } : {}),
});

/** Which outage of an event or of the server it is: the same when it is found anew after a restart. */
export const outageId = ({ begun = 0, outages }: TriggerState, value: string): string =>
	`${begun.toString(36)}/${outages?.[value] ?? 0}`;

/** An outage that was reported is over: the next one is another. */
export function outageIsOver(state: TriggerState, value: string): void {
	(state.outages ??= {})[value] = (state.outages[value] ?? 0) + 1;
}

/** @returns the state as written: with a new stamp */
export function writeTriggerState(context: IPollFunctions, memory: TriggerState): TriggerState {
	const written = { ...memory, stamp: randomBytes(6).toString('base64url') };
	context.getWorkflowStaticData('node').veeam = written as unknown as IDataObject;
	return written;
}

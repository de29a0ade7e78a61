import type { IDataObject, IPollFunctions } from 'n8n-workflow';

/** What a trigger remembers between two polls; n8n keeps it with the workflow, for each node. */
export interface TriggerState {
	/** Of the layout: another package version may lay it out anew. */
	format: 1;
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
	/** When the server was told to be unreachable. */
	unreachableSince?: number;
}

export interface EventState {
	/** Fingerprint of the settings it was made with. */
	settings: string;
	/** Undefined before the first look that succeeded. */
	state?: unknown;
	failure?: Failure;
}

/** An event that cannot be read while others can. */
export interface Failure {
	/** In a row. */
	polls: number;
	/** Milliseconds since 1970; when it was told. */
	emitted?: number;
}

export function readTriggerState(context: IPollFunctions, server: string): TriggerState {
	const kept = context.getWorkflowStaticData('node').veeam as TriggerState | undefined;
	// A plain copy: n8n hands out an object that reports every change of it.
	return kept?.format === 1 && kept.server === server
		? { ...kept, events: { ...kept.events } }
		: { format: 1, server, events: {} };
}

export function writeTriggerState(context: IPollFunctions, memory: TriggerState): void {
	context.getWorkflowStaticData('node').veeam = memory as unknown as IDataObject;
}

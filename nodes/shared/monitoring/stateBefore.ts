import type { PollSetup } from './pollSetup';
import { isBeingSaved, latestState } from './processMemory';
import { hostOf } from './serverReachability';
import { readTriggerState, type BeginningAnew, type TriggerState } from './triggerState';

/** What a poll begins from. */
export interface StateBefore {
	/** As n8n handed it out. */
	saved: TriggerState;
	/** The newest that stands on it, as far as this process knows. */
	before: TriggerState;
	/** Why nothing of it goes on. */
	anew?: BeginningAnew;
}

/** @returns undefined while n8n still saves what the last poll remembers: the next poll goes on then */
export function stateBefore({ context, client, now, trigger }: PollSetup): StateBefore | undefined {
	const { state: saved, anew } = readTriggerState(context, hostOf(client.origin));
	if (isBeingSaved(trigger, saved, now())) return undefined;
	// What n8n's scheduler calls its polls; elsewhere it is a workflow that is saved anew, with a memory.
	const isTick = context.getActivationMode?.() === 'update';
	return { saved, before: anew ? saved : latestState(trigger, saved, isTick), anew };
}

import { NodeOperationError } from 'n8n-workflow';

import { isLoginFailure, isRefusal } from './eventFailures';
import { outageId, type TriggerState } from './triggerState';
import { numberOf, readOptions } from './options';
import type { PollSetup } from './pollSetup';
import { DEFAULT_POLLS, serverReachability, unreachable } from './serverReachability';
import { HOUR, MINUTE } from '../common/time';
import type { Notification, EventDefinition } from './types';

/** Nothing could be read yet, ever. */
export const isNew = ({ events }: TriggerState): boolean =>
	Object.values(events).every(({ state }) => state === undefined);

/** What a poll that did not work comes to. */
export interface PollFailure {
	/** To be reported by an item. */
	notification?: Notification;
	/** To be raised: n8n shows it and runs the error workflow. */
	error?: Error;
}

/**
 * After a poll that did not reach the server: one item where the event "Server Unreachable" is
 * picked, else now and then an error.
 */
export function unreached(
	setup: PollSetup,
	memory: TriggerState,
	events: EventDefinition[],
	error: Error,
): PollFailure {
	const { context, client, product, now } = setup;
	if (!events.some(({ value }) => value === serverReachability.value))
		return failed(setup, memory, error);
	const polls = (memory.failedPolls ?? 0) + 1;
	memory.failedPolls = polls;
	const wanted = numberOf(readOptions(context, serverReachability).polls) ?? DEFAULT_POLLS;
	if (polls < wanted || memory.unreachableSince !== undefined) return {};
	memory.unreachableSince = now();
	const { displayName } = product.adapter;
	const occurrence = outageId(memory, serverReachability.value);
	return {
		notification: unreachable(client.origin, displayName, now(), error.message, occurrence),
	};
}

const isForPerson = (error: Error): boolean =>
	isLoginFailure(error) || isRefusal(error) || error instanceof NodeOperationError;

/** A server that stumbles for so many polls does more than restart. */
const QUIET_POLLS = 3;

/** Minutes before the next try, after each error in a row that only a person can mend. */
const BACKOFF = [0, 5, 15];

/**
 * After a poll in which nothing worked. An error that may pass is raised with the third poll in a
 * row and then once an hour, any other one at once; the trigger's very first poll raises each, so
 * that a workflow that cannot work is not activated.
 *
 * What a person has to mend, such as a wrong password, is tried again after 5 and then every 15
 * minutes: asking every minute could lock the account out. A corrected credential is tried at once.
 */
export function failed({ now }: PollSetup, memory: TriggerState, error: Error): PollFailure {
	const polls = (memory.failedPolls ?? 0) + 1;
	memory.failedPolls = polls;
	if (!isForPerson(error)) {
		const quiet = polls < QUIET_POLLS || now() - (memory.raisedAt ?? 0) < HOUR;
		if (quiet && !isNew(memory)) return {};
	} else {
		const minutes = BACKOFF[Math.min(polls, BACKOFF.length) - 1] ?? 0;
		memory.pausedUntil = now() + minutes * MINUTE;
	}
	memory.raisedAt = now();
	return { error };
}

import { createHmac, randomBytes } from 'crypto';

import type { TriggerState } from './triggerState';

/**
 * What this process of n8n knows of its triggers beside the static data.
 *
 * n8n's opt-in scheduler starts each poll from what was saved last. Without durable cursors it saves
 * nothing after a poll that gave no items or raised an error; with them it saves the former, but not
 * what the poll of an activation found. What such polls counted, noticed and read would be forgotten
 * each time. So their outcome is kept here, bound to the saved state that it stands on: it counts only
 * for a poll that begins from that very state. A poll that gives items is never kept: if n8n does not
 * get to save it, its items have to be given again.
 */
interface Kept {
	/**
	 * Stamps of the states that it stands on: the one that n8n certainly has saved, and the one that the
	 * last poll began from, which n8n may have saved, too. Undefined where n8n had none.
	 */
	bases: [saved: string | undefined, begun: string | undefined];
	state: TriggerState;
	/** The values that were refused, as `loginDigest` has them. */
	refused?: string;
}

const kept = new Map<string, Kept>();

/** So many triggers are remembered; each holds its state once more at the most. */
const MOST = 500;

/**
 * The newest state that stands on what n8n hands out.
 *
 * @param isTick a poll of n8n's scheduler: where it hands out nothing, that may be because it does not
 *   save what an activation found. At an activation nothing means a new trigger.
 */
export function latestState(trigger: string, saved: TriggerState, isTick: boolean): TriggerState {
	const known = kept.get(trigger);
	if (!known || known.state.server !== saved.server) return saved;
	if (saved.stamp === undefined && !isTick) return saved;
	return standsOn(known, saved) ? known.state : saved;
}

const standsOn = ({ bases, state }: Kept, { stamp }: TriggerState): boolean =>
	bases.includes(stamp) || (stamp !== undefined && state.stamp === stamp);

/**
 * After a poll without items. `saved` is what n8n handed out before it.
 *
 * @param refused digest of the values of the credential, where they were refused
 */
export function keepState(
	trigger: string,
	saved: TriggerState,
	state: TriggerState,
	refused?: string,
): void {
	const known = kept.get(trigger);
	// What n8n keeps in memory alone stands on what it saved before.
	const first = known && standsOn(known, saved) ? (known.bases[0] ?? saved.stamp) : saved.stamp;
	kept.delete(trigger);
	kept.set(trigger, {
		bases: [first, saved.stamp],
		state,
		...(refused === undefined ? {} : { refused }),
	});
	const [oldest] = kept.keys();
	if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
}

/** What was refused by the state that counts; undefined where this process does not know. */
export const refusedLogin = (trigger: string): string | undefined => kept.get(trigger)?.refused;

/** The last polls with items, by trigger: the stamp of the state they began from, and when they ended. */
const given = new Map<string, Array<{ base: string; at: number }>>();

/** n8n saves what a poll with items remembers while the next one may begin already; milliseconds. */
const SAVING = 45_000;

/** After a poll with items. `saved` is what n8n handed out before it. */
export function dropState(trigger: string, saved: TriggerState, now: number): void {
	const others = recent(trigger, now);
	kept.delete(trigger);
	given.delete(trigger);
	if (saved.stamp !== undefined) given.set(trigger, [...others, { base: saved.stamp, at: now }]);
	const [oldest] = given.keys();
	if (given.size > MOST && oldest !== undefined) given.delete(oldest);
}

const recent = (trigger: string, now: number) =>
	(given.get(trigger) ?? []).filter(({ at }) => Math.abs(now - at) < SAVING);

/**
 * A poll gave items a moment ago, and began from the very state that n8n hands out again: it had not
 * saved yet what that poll remembers (the scheduler runs polls that are due at the same time side by
 * side, each from what was saved before). The same items would be given twice.
 */
export const isBeingSaved = (trigger: string, { stamp }: TriggerState, now: number): boolean =>
	recent(trigger, now).some(({ base }) => base === stamp);

/** Of this process alone: no digest says anything elsewhere. */
const secret = randomBytes(32);

/** The same for the same values of a credential, and for no others. It is never stored. */
export const loginDigest = (values: object): string =>
	createHmac('sha256', secret).update(JSON.stringify(values)).digest('base64url');

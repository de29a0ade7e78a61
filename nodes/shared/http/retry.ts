import { DateTime } from 'luxon';

import type { ClientSettings } from './settings';

/** Statuses by which a server says "later". */
export const LATER = [429, 503];

/**
 * Seconds a `Retry-After` header asks to wait: a number of seconds or an HTTP date. Undefined where
 * there is none or nobody can read it.
 */
export function readRetryAfter(value: string | undefined, now: number): number | undefined {
	if (value === undefined || value.trim() === '') return undefined;
	const seconds = Number(value);
	if (Number.isFinite(seconds)) return Math.max(0, seconds);
	const date = DateTime.fromHTTP(value.trim());
	return date.isValid ? Math.max(0, (date.toMillis() - now) / 1000) : undefined;
}

/**
 * The pauses of one request: exponential with jitter (half to the whole of the step, so that many
 * clients do not come back together), or as the server asks; all of them within one budget.
 */
export class Backoff {
	private taken = 0;
	private repeats = 0;

	constructor(private readonly settings: ClientSettings) {}

	/** Seconds to pause before the next repetition; undefined when it is time to give up. */
	next(asked?: number): number | undefined {
		const { repeats, firstPause, longestPause, pauseBudget, random } = this.settings;
		if (this.repeats >= repeats) return undefined;
		const step = Math.min(longestPause, firstPause * 2 ** this.repeats);
		const pause = asked ?? step * (0.5 + random() / 2);
		if (this.taken + pause > pauseBudget) return undefined;
		this.repeats++;
		this.taken += pause;
		return pause;
	}
}

import type { Past } from './stateEntries';

/**
 * Gives each occurrence of a state an identity that stays the same when it is found a second time: after
 * a restart, or when n8n repeats a poll. It must not depend on the time of the poll.
 *
 * An occurrence is identified by its number: the first, second, third … of its kind for its object.
 * Counting starts at one of two points:
 *
 * - What the server says of the beginning (`mark`), such as the date on which a license expires. This is
 *   the same even in a workflow that is imported again.
 * - Where the server says nothing: when the event was first watched, which is remembered (`begun`).
 *
 * The counts of objects that disappeared are kept too (`gone`), so that they go on when one comes back.
 */
export interface Counting {
	/** When the event began, in base 36: another trigger's occurrences are others. */
	begun?: string;
	/** Of objects that went, by short id, the newest last. */
	gone?: Record<string, Past>;
}

/** So many objects that went are remembered. */
const MOST_GONE = 1000;

export const begunAt = (now: number): string => Math.floor(now).toString(36);

const pastOf = (past: Past | undefined, what: string) => {
	const known = past?.[what] ?? 0;
	const [ended, mark, same = 0] = typeof known === 'number' ? [known] : known;
	return { ended, mark, same };
};

/** The occurrence of `what` that is going on or comes next. */
export function occurrenceId(
	{ begun = '' }: Counting,
	past: Past | undefined,
	what: string,
	mark?: string,
): string {
	const before = pastOf(past, what);
	if (mark === undefined) return `${begun}/${before.ended}`;
	return `${mark}/${before.mark === mark ? before.same : 0}`;
}

/** One more of them is over. */
export function passOver(past: Past, what: string, mark?: string): void {
	const before = pastOf(past, what);
	const ended = before.ended + 1;
	past[what] =
		mark === undefined ? ended : [ended, mark, before.mark === mark ? before.same + 1 : 1];
}

/** Remembers the past of an object that goes. */
export function bury(counting: Counting, key: string, past: Past | undefined, now: number): void {
	if (!past || Object.keys(past).length === 0) return;
	const gone = (counting.gone ??= {});
	delete gone[key];
	gone[key] = past;
	const [oldest, ...others] = Object.keys(gone);
	if (oldest === undefined || others.length < MOST_GONE) return;
	delete gone[oldest];
	// One that nobody remembers must not count from the beginning again.
	counting.begun = begunAt(now);
}

/** The past of an object that comes, and is no longer gone. */
export function unearth(counting: Counting, key: string): Past | undefined {
	const past = counting.gone?.[key];
	if (past) delete counting.gone?.[key];
	return past;
}

import type { Past } from './stateEntries';

/**
 * What makes a happening of a state the same when it is found anew. Nothing in it depends on when
 * the trigger looks: after a restart, or where n8n runs a poll again, the trigger starts from what was
 * saved, and finds what it has found before.
 *
 * A happening is the N-th of its kind for its object: counted from what the server says of its
 * beginning where it says something (`mark`: the date on which a license expires), which survives
 * a workflow that is imported anew; else from when the event began, which is remembered. What belongs
 * to an object that went is remembered too (`gone`): one that comes back goes on counting.
 */
export interface Counting {
	/** When the event began, in base 36: another trigger's happenings are others. */
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

/** The happening of `what` that is going on or comes next. */
export function happeningId(
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

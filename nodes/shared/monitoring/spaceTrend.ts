import { DAY, HOUR } from '../common/time';

/**
 * When free space will be used up, from samples of it that lie whole days apart, at the same hour: what
 * the nightly backup writes and the morning's retention frees again is in none of them, or in all.
 */
export interface SpaceSamples {
	/** The hour of the newest sample, milliseconds since 1970; the others lie whole days before it. */
	at: number;
	/** Free space in parts of CAPACITY, the newest first; undefined for a day without a sample. */
	free: Array<number | undefined>;
}

/** A sample has two characters, for one is kept of each of 10,000 repositories. */
const CAPACITY = 1294;

/** A week, for retention often works once in it, and two days more: a single day may be odd. */
const SAMPLES = 10;
const WEEK = 7;

/** A poll takes the day's sample within so long of its hour; later it would be another hour's. */
const WINDOW = 2 * HOUR;

/** The hour of polls has changed, or there were none: the samples begin anew. */
const FORGOTTEN = 5 * DAY;

/** What was lost has to be more than rounding. */
const ROUNDING = 2;

/** As long as no week was seen, nothing is reported that lies farther ahead than what was looked at. */
const AT_LEAST = 3;

const NONE = '--';

/**
 * @param kept as this function returned it before
 * @param now milliseconds since 1970
 * @param share free space by capacity, 0 to 1
 * @returns at most 24 characters
 */
export function addSample(kept: string | undefined, now: number, share: number): string {
	const free = Math.max(0, Math.min(CAPACITY, Math.round(share * CAPACITY)));
	const before = readSamples(kept);
	const anew = () => writeSamples({ at: Math.floor(now / HOUR) * HOUR, free: [free] });
	if (!before || now < before.at - DAY) return anew();
	const days = Math.floor((now - before.at) / DAY);
	const isItsHour = now - before.at - days * DAY < WINDOW;
	if (days < 1 || !isItsHour)
		return now - before.at > FORGOTTEN ? anew() : (kept ?? writeSamples(before));
	const holes = Array.from({ length: Math.min(days - 1, SAMPLES) }, () => undefined);
	return writeSamples({
		at: before.at + days * DAY,
		free: [free, ...holes, ...before.free].slice(0, SAMPLES),
	});
}

export function readSamples(kept: string | undefined): SpaceSamples | undefined {
	if (!kept || kept.length < 6) return undefined;
	const free = (kept.slice(4).match(/../g) ?? []).map((part) =>
		part === NONE ? undefined : parseInt(part, 36),
	);
	return { at: parseInt(kept.slice(0, 4), 36) * HOUR, free };
}

function writeSamples({ at, free }: SpaceSamples): string {
	const parts = free.map((one) => (one === undefined ? NONE : one.toString(36).padStart(2, '0')));
	return (
		Math.floor(at / HOUR)
			.toString(36)
			.padStart(4, '0') + parts.join('')
	);
}

/** What the samples of one day and those before it say. */
interface Estimate {
	/** Until nothing is left; Infinity where free space does not shrink. */
	days: number;
	/** Days between the samples that it rests on. */
	span: number;
}

/**
 * @param day 0: the newest sample, 1: the one of the day before
 * @returns undefined where it is not known: a day without a sample, or nothing before it
 */
export function estimate({ free }: SpaceSamples, day = 0): Estimate | undefined {
	const now = free[day];
	if (now === undefined) return undefined;
	const lostSince = (span: number, from = day): number[] => {
		const [later, earlier] = [free[from], free[from + span]];
		return later === undefined || earlier === undefined ? [] : [earlier - later];
	};
	const of = (lost: number, span: number): Estimate => {
		if (lost < ROUNDING) return { days: Infinity, span };
		const perDay = lost / span;
		// By the emptiest day of the week: what retention frees once in it is used up before its next run.
		const week = free.slice(day, day + (span < WEEK ? 1 : WEEK));
		const days = week.map((one, age) => (one === undefined ? Infinity : one / perDay - age));
		return { days: Math.max(0, Math.min(...days)), span };
	};
	// Two pairs, each a week apart, where both are there: one odd day counts for half.
	const weeks = [...lostSince(WEEK), ...lostSince(WEEK, day + 1)];
	if (lostSince(WEEK).length > 0)
		return of(weeks.reduce((sum, lost) => sum + lost, 0) / weeks.length, WEEK);
	// A longer span has a week in it, a shorter one may lack the day on which retention works.
	for (let span = WEEK + 1; span < SAMPLES; span++)
		for (const lost of lostSince(span)) return of(lost, span);
	for (let span = WEEK - 1; span > 0; span--)
		for (const lost of lostSince(span)) return of(lost, span);
	return undefined;
}

/**
 * Whether a repository will be full soon. A single odd day should not report a problem that is taken back
 * the next day:
 *
 * - It opens when the last two estimates are within `limit` days. In the first week one estimate is
 *   enough, but it counts no farther ahead than the days that it rests on (at least `AT_LEAST`).
 * - It closes when the last two estimates are beyond one and a half times `limit`, or when the newest one
 *   is and much space was freed.
 *
 * @param limit days
 * @param isOpen the problem was reported before
 * @returns undefined where nothing can be said: before the second day's sample, and in between
 */
export function isFullWithin(
	samples: SpaceSamples,
	limit: number,
	isOpen: boolean,
): boolean | undefined {
	const today = estimate(samples);
	if (!today) return undefined;
	const [newest = 0, before = newest] = samples.free.filter((one) => one !== undefined);
	const others = [1, 2, 3].flatMap((day) => estimate(samples, day) ?? []);
	const isYoung = today.span < WEEK;
	if (isOpen) {
		if (today.days <= limit * 1.5) return today.days <= limit ? true : undefined;
		const isCleared = newest - before >= CAPACITY / 10 || newest >= 2 * before + ROUNDING;
		return isCleared || (others[0] !== undefined && others[0].days > limit * 1.5)
			? false
			: undefined;
	}
	if (isYoung) return today.days <= Math.min(limit, Math.max(AT_LEAST, today.span));
	return today.days <= limit && others[0] !== undefined && others[0].days <= limit;
}

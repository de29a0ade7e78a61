import { DAY } from '../common/time';

/**
 * The degree of a value that is a problem when it falls: 1 below `opens`, one more each time it
 * halves. An open problem closes only at `closes`: a value that wobbles around the threshold is
 * reported once.
 *
 * @param before the degree so far
 */
export function below(
	value: number,
	{ opens, closes }: { opens: number; closes: number },
	before: number,
): number {
	if (value >= (before > 0 ? Math.max(opens, closes) : opens)) return 0;
	if (value >= opens) return before;
	return degreeOf(opens, value);
}

/** 1 just below the threshold, 2 below its half, 3 its quarter, 4 its eighth; 5: nothing is left. */
const degreeOf = (threshold: number, value: number): number =>
	value <= 0 ? 5 : Math.min(4, 1 + Math.floor(Math.log2(threshold / value)));

/**
 * The degree of a value that is a problem when it rises: 1 from the first step on, one more for each
 * further step; closes below `closes`.
 *
 * @param steps ascending, e.g. `[90, 100]` percent
 */
export function above(
	value: number,
	{ steps, closes }: { steps: number[]; closes: number },
	before: number,
): number {
	const reached = steps.filter((step) => value >= step).length;
	return reached === 0 && before > 0 && value >= closes ? before : reached;
}

/** Free space over time: the least that says when it will be used up. */
export interface Trend {
	/** Milliseconds since 1970 of the last sample, and what was free then. */
	at: number;
	free: number;
	/** Free space lost each day, smoothed; undefined until a day has passed. */
	perDay?: number;
}

/** Samples closer together say more about one job than about the trend. */
const SAMPLE_EVERY = DAY / 4;

/** A day counts for a quarter: a week of weekend does not forget the week before. */
const WEIGHT = 0.25;

/** @param kept as `writeTrend` wrote it */
export function nextTrend(kept: string | undefined, now: number, free: number): Trend {
	const before = readTrend(kept);
	if (!before) return { at: now, free };
	const days = (now - before.at) / DAY;
	if (now - before.at < SAMPLE_EVERY) return before;
	const rate = (before.free - free) / days;
	const weight = 1 - (1 - WEIGHT) ** days;
	const perDay =
		before.perDay === undefined ? rate : before.perDay + weight * (rate - before.perDay);
	return { at: now, free, perDay };
}

/** Days until nothing is left; undefined where it does not shrink or is not known yet. */
export function daysLeft({ perDay }: Trend, free: number): number | undefined {
	return perDay !== undefined && perDay > 0 ? free / perDay : undefined;
}

/** Short: one for each of 10,000 repositories. Hours, and a tenth of the unit. */
export function writeTrend({ at, free, perDay }: Trend): string {
	const part = (number: number) => Math.round(number).toString(36);
	const parts = [part(at / 60_000), part(free * 10)];
	return [...parts, ...(perDay === undefined ? [] : [part(perDay * 10)])].join(' ');
}

export function readTrend(kept: string | undefined): Trend | undefined {
	if (!kept) return undefined;
	const [at = 0, free = 0, perDay] = kept.split(' ').map((part) => parseInt(part, 36));
	return {
		at: at * 60_000,
		free: free / 10,
		...(perDay === undefined ? {} : { perDay: perDay / 10 }),
	};
}

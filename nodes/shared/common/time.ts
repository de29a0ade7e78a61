import { DateTime } from 'luxon';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * Milliseconds of a time as the server writes it. One without an offset is read as UTC: only the
 * distance between such times counts, and `writeLike` gives it back as it came.
 *
 * @returns undefined where there is none: empty, unreadable, or a year that stands for "never"
 *   (0001, 1900: sessions that ended then were seen in the field; 9999, the last year there is)
 */
export function readTime(text: unknown): number | undefined {
	if (typeof text !== 'string' || text === '') return undefined;
	const time = DateTime.fromISO(text, { zone: 'utc' });
	return time.isValid && time.year > 1970 && time.year < 9999 ? time.toMillis() : undefined;
}

/** A difference of the clocks below is the time an answer took, and that its header has no milliseconds. */
const SLACK = 5_000;

/**
 * Milliseconds by which the server's clock is ahead of n8n's, as the `Date` of its answer tells: these
 * products tell the time in no other way.
 *
 * @param headers names in lower case
 * @param now n8n's clock, milliseconds since 1970
 * @returns undefined where the answer tells no time
 */
export function clockAhead(
	headers: Record<string, string> | undefined,
	now: number,
): number | undefined {
	const date = DateTime.fromHTTP(headers?.date ?? '');
	if (!date.isValid) return undefined;
	const difference = date.toMillis() - now;
	return Math.abs(difference) > SLACK ? difference : 0;
}

/** Written without an offset: in the server's own time zone, whichever that is. */
export const isLocal = (text: unknown): boolean =>
	typeof text === 'string' && !/(Z|[+-]\d\d:?\d\d)$/i.test(text);

/** A time for the server, with or without the offset, as its own times come. */
export function writeLike(example: unknown, milliseconds: number): string {
	const time = DateTime.fromMillis(milliseconds, { zone: 'utc' });
	return time.toISO({ includeOffset: !isLocal(example) }) ?? '';
}

/** "3 days", "5 hours", "1 minute": the largest unit that fits, for messages. */
export function span(milliseconds: number): string {
	const say = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;
	const past = Math.abs(milliseconds);
	if (past >= 2 * DAY) return say(Math.round(past / DAY), 'day');
	if (past >= HOUR) return say(Math.round(past / HOUR), 'hour');
	return say(Math.max(1, Math.round(past / MINUTE)), 'minute');
}

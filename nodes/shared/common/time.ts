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

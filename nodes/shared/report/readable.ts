import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { flagOf } from '../common/flags';
import { DAY } from '../common/time';
import { isObject } from '../common/objects';

/** What a field must hold to be read. */
interface Readable {
	/** `word`: one of `words`, whatever its case; `words`: also a list of them. */
	is: 'flag' | 'number' | 'text' | 'time' | 'word' | 'words';
	words?: readonly string[];
	/** Nothing there is an answer, too: "never", "no limit". */
	isOptional?: true;
	/** A time that has not come says nothing. */
	isPast?: true;
	/** A number below nothing says nothing. */
	isCount?: true;
}

/**
 * Fields of a record that decide a verdict, by their path; of a list inside a record each element is
 * meant. A value that cannot be read may stand for anything: what it is about is not known to be well.
 */
export type Deciding = Record<string, Readable>;

export const word = (...words: string[]): Readable => ({ is: 'word', words });
export const wordsOf = (...words: string[]): Readable => ({ is: 'words', words });
export const optional = (readable: Readable): Readable => ({ ...readable, isOptional: true });
export const FLAG: Readable = { is: 'flag' };
export const NUMBER: Readable = { is: 'number' };
export const COUNT: Readable = { is: 'number', isCount: true };
export const TEXT: Readable = { is: 'text' };
/** Nothing there stands for "never". */
export const TIME: Readable = { is: 'time', isOptional: true };
export const PAST: Readable = { is: 'time', isOptional: true, isPast: true };

const isNothing = (value: unknown): boolean =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** Clocks and time zones differ: a time ahead of now by less may well be past. */
const AHEAD = DAY;

/** Whether something that is over cannot have ended then. Milliseconds since 1970. */
export const isAhead = (time: number | undefined, now: number): boolean =>
	time !== undefined && time > now + AHEAD;

function isReadable(
	value: unknown,
	{ is, words = [], isPast, isCount }: Readable,
	now: number,
): boolean {
	if (is === 'flag') return flagOf(value) !== undefined;
	if (is === 'number')
		return (
			(typeof value === 'number' || typeof value === 'string') &&
			Number.isFinite(Number(value)) &&
			!(isCount && Number(value) < 0)
		);
	if (is === 'word' || is === 'words')
		return (is === 'words' ? [value].flat() : [value]).every(
			(one) =>
				typeof one === 'string' &&
				words.some((known) => known.toLowerCase() === one.trim().toLowerCase()),
		);
	if (typeof value !== 'string') return false;
	if (is === 'text') return true;
	const time = DateTime.fromISO(value, { zone: 'utc' });
	// The year 9999 is the last there is, and stands for "never".
	return time.isValid && !(isPast && time.year < 9999 && isAhead(time.toMillis(), now));
}

/** All values at a path: none where a list on the way is empty. */
const valuesAt = (record: unknown, names: string[]): unknown[] => {
	const [name, ...rest] = names;
	if (name === undefined) return [record];
	if (Array.isArray(record)) return record.flatMap((one) => valuesAt(one, names));
	return valuesAt(isObject(record) ? record[name] : undefined, rest);
};

/**
 * The fields of a record that cannot be read.
 *
 * @param now by the server's clock, milliseconds since 1970
 */
export const unreadIn = (record: IDataObject, deciding: Deciding, now: number): string[] =>
	Object.entries(deciding).flatMap(([path, readable]) =>
		valuesAt(record, path.split('.')).some((value) =>
			isNothing(value) ? !readable.isOptional : !isReadable(value, readable, now),
		)
			? [path]
			: [],
	);

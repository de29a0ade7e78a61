import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../common/objects';

/** What stands at a path; undefined where a part of it is not there. */
export const valueAt = (object: unknown, path: string[]): unknown =>
	path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), object);

/** An object with a value at a path; what is not there on the way is made. The given one stays as it is. */
export function setAt(
	object: IDataObject,
	[name = '', ...inner]: string[],
	value: unknown,
): IDataObject {
	const there = object[name];
	return {
		...object,
		[name]: (inner.length === 0
			? value
			: setAt(isObject(there) ? there : {}, inner, value)) as IDataObject[string],
	};
}

/** One field that differs between two objects. */
export interface Difference {
	/** Names from the outermost field, with dots: `schedule.daily.localTime`. */
	field: string;
	/** null where it was not there; left out where it was not there and is null now. */
	from?: unknown;
	/** null where it is gone. */
	to: unknown;
}

/** What differs, one entry a field at the depth where it differs; lists are compared as a whole. */
export function differences(before: unknown, after: unknown, at = ''): Difference[] {
	if (isObject(before) && isObject(after))
		return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
			differences(before[name], after[name], at === '' ? name : `${at}.${name}`),
		);
	// What the server did not answer may hold anything: null is said to it.
	if (before === undefined && after === null) return [{ field: at, to: null }];
	if (isSame(before, after) || (isNothing(before) && isNothing(after))) return [];
	// Of what is new or gone, each part by itself.
	if (isObject(after) && isNothing(before) && Object.keys(after).length > 0)
		return differences({}, after, at);
	if (isObject(before) && isNothing(after) && Object.keys(before).length > 0)
		return differences(before, {}, at);
	return [{ field: at, from: before ?? null, to: after ?? null }];
}

const isNothing = (value: unknown): boolean => value === undefined || value === null;

function isSame(a: unknown, b: unknown): boolean {
	if (a === b) return true;
	if (Array.isArray(a) && Array.isArray(b))
		return a.length === b.length && a.every((entry, index) => isSame(entry, b[index]));
	return isObject(a) && isObject(b) && differences(a, b).length === 0;
}

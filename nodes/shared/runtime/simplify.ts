import type { IDataObject } from 'n8n-workflow';

import type { Operation, TypeExpression } from '../catalogue/types';
import { HOUR, isLocal, readTime } from '../common/time';
import { inGigabytes } from '../common/sizes';
import type { ProductOverlay } from '../form/overlay';

/** n8n's guideline: a simplified output has at most ten fields. */
export const SIMPLIFIED_FIELDS = 10;

/** Fields by name, as the specification has them. */
type Known = Record<string, TypeExpression>;

/** What a person looks at first, best first. A field counts for the first pattern it meets. */
const FIELD_PRIORITY: RegExp[] = [
	/^id$/,
	/^(name|displayName|title)$/,
	/^(result|status|state|severity|lastStatus|lastResult)$/i,
	/^is(Online|OutOfDate|Disabled|Enabled|OutOfSync)$/,
	/^(type|sessionType|platformName|kind)$/,
	/^(message|failureMessage|error|errorMessage)$/,
	/(free|capacity|usedSpace|size)(GB|Bytes)?$/i,
	/(Time|TimeUtc|Date|lastRun|nextRun)$/,
	/^(progressPercent|objectsCount|pointsCount|retryCount)$/,
	/^(hostName|path|userName|company\w*|organizationName)$/,
	/^description$/,
];

/** Lower is more interesting. */
function rank(name: string, idField?: string): number {
	if (name === idField) return 0;
	const index = FIELD_PRIORITY.findIndex((pattern) => pattern.test(name));
	if (index >= 0) return index;
	return /(Id|Uid)$/.test(name) ? FIELD_PRIORITY.length + 1 : FIELD_PRIORITY.length;
}

/** Whether a field says which object it is: those come first, or a wide table starts with trifles. */
const tellsWhich = (name: string, idField?: string): boolean => rank(name, idField) < 2;

/** Whether a value reads well in a table cell. */
const isPlain = (value: unknown): boolean => value === null || typeof value !== 'object';

/**
 * Keeps the ten fields that a person looks at first: the same ones of every item, ID and name first,
 * the others in the order the server sent them. Nested values are left out.
 *
 * @param items as the server sent them
 * @param known the item's fields by the specification: tells a nested field that happens to be
 *   null everywhere from a plain one
 * @param keep fields that stay whatever they hold, beside the ten: the user asked for them
 * @param idField field that holds an object's id, besides `id`
 * @param beside fields that stand beside one of the server's: they count for none of the ten, and stay
 *   where that one does; always where it is `undefined`
 */
export function simplify(
	items: IDataObject[],
	known: Known = {},
	keep: (name: string) => boolean = () => false,
	idField?: string,
	beside: ReadonlyMap<string, string | undefined> = new Map(),
): IDataObject[] {
	const nested = (name: string) => /object|\[\]$|^#|^\{/.test(known[name] ?? '');
	const names = new Set<string>();
	for (const item of items) for (const name of Object.keys(item)) names.add(name);
	const plain = [...names].filter(
		(name) =>
			!keep(name) &&
			!beside.has(name) &&
			!nested(name) &&
			items.every((item) => isPlain(item[name])),
	);
	const chosen = new Set(
		plain.sort((a, b) => rank(a, idField) - rank(b, idField)).slice(0, SIMPLIFIED_FIELDS),
	);
	for (const [name, field] of beside)
		if (field === undefined || chosen.has(field)) chosen.add(name);
	// Asked of each name once, and not of each item's.
	const staying = [...names].filter((name) => chosen.has(name) || keep(name));
	const first = new Set(staying.filter((name) => tellsWhich(name, idField)));
	const others = new Set(staying.filter((name) => !first.has(name)));
	return items.map((item) => {
		const own = Object.keys(item);
		const ordered = [
			...own.filter((name) => first.has(name)),
			...own.filter((name) => others.has(name)),
		];
		return Object.fromEntries(ordered.map((name) => [name, item[name]]));
	});
}

/** A field that stands in the place of another, or behind it. */
interface Reading {
	name: string;
	instead: boolean;
	/** Undefined where the value says nothing: an item without it has none either. */
	of(value: unknown): number | null | undefined;
}

/** The fields of records that read better in another unit, by the name they have. */
export type Readings = Record<string, Reading>;

/**
 * Sizes in gigabytes in the place of bytes, and beside the time of the last run or point the hours that
 * have passed since.
 *
 * @param known the record's fields by the specification; a name that it has is not made once more
 * @param now by the server's clock
 */
export function readingsOf(
	{ bytes = [] }: Pick<ProductOverlay, 'bytes'>,
	{ path }: Pick<Operation, 'path'>,
	known: Known,
	now: number,
): Readings {
	const readings: Readings = {};
	const add = (field: string, reading: Reading) => {
		if (!(reading.name in known)) readings[field] = reading;
	};
	const pointTime = isOfPoints(path) ? POINT_TIMES.find((name) => name in known) : undefined;
	for (const [field, type] of Object.entries(known)) {
		if (
			/^(integer|number)$/.test(type) &&
			bytes.some((pattern) => pattern.test(`${path} ${field}`))
		)
			add(field, {
				name: `${field.replace(/Bytes$/, '')}GB`,
				instead: true,
				of: (value) => (typeof value === 'number' ? inGigabytes(value) : (value as null)),
			});
		else if (field === pointTime) add(field, ageAs('ageHours', now));
		else if (/^date/.test(type) && SINCE.test(field))
			add(field, ageAs(`${field.replace(/(Date|Time)$/i, '')}AgeHours`, now));
	}
	return readings;
}

/** When something was last done or seen; changes of its settings are none. */
const SINCE = /^(last|latest)(?!Modif|Chang|Updat|Action)[A-Z]/;

/** What the time of a restore point is called, best first. */
const POINT_TIMES = [
	'creationTime',
	'backupTime',
	'restorePointDate',
	'creationDate',
	'backupCreationTime',
];

const isOfPoints = (path: string): boolean => /restorePoints(\/latest|\/\{\w+\})?$/i.test(path);

/** A time without an offset is of an unknown zone: nothing is made of it. */
const ageAs = (name: string, now: number): Reading => ({
	name,
	instead: false,
	of(value) {
		const time = isLocal(value) ? undefined : readTime(value);
		if (time === undefined) return null;
		return Number((Math.max(0, now - time) / HOUR).toFixed(1));
	},
});

/** Of readings, those that stand beside a field, by their name. */
export const besideOf = (readings: Readings): Array<[string, string]> =>
	Object.entries(readings).flatMap(([field, { name, instead }]) =>
		instead ? [] : [[name, field]],
	);

/** Items with their readings. */
export function withReadings(items: IDataObject[], readings: Readings): IDataObject[] {
	if (Object.keys(readings).length === 0) return items;
	return items.map((item) => {
		const read: IDataObject = {};
		for (const name of Object.keys(item)) {
			const value = item[name];
			const reading = Object.hasOwn(readings, name) ? readings[name] : undefined;
			if (!reading?.instead) read[name] = value;
			if (reading) read[reading.name] = reading.of(value);
		}
		return read;
	});
}

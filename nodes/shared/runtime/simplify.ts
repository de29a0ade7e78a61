import type { IDataObject } from 'n8n-workflow';

import type { TypeExpression } from '../catalogue/types';

/** n8n's guideline: a simplified output has at most ten fields. */
export const SIMPLIFIED_FIELDS = 10;

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
 */
export function simplify(
	items: IDataObject[],
	known: Record<string, TypeExpression> = {},
	keep: (name: string) => boolean = () => false,
	idField?: string,
): IDataObject[] {
	const nested = (name: string) => /object|\[\]$|^#|^\{/.test(known[name] ?? '');
	const names = new Set(items.flatMap((item) => Object.keys(item)));
	const plain = [...names].filter(
		(name) => !keep(name) && !nested(name) && items.every((item) => isPlain(item[name])),
	);
	const chosen = new Set(
		plain.sort((a, b) => rank(a, idField) - rank(b, idField)).slice(0, SIMPLIFIED_FIELDS),
	);
	return items.map((item) =>
		Object.fromEntries(
			Object.entries(item)
				.filter(([name]) => chosen.has(name) || keep(name))
				.sort(([a], [b]) => Number(tellsWhich(b, idField)) - Number(tellsWhich(a, idField))),
		),
	);
}

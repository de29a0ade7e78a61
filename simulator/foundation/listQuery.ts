import { matchesPattern } from './faults';
import { valueAt } from './paths';

export type Item = Record<string, unknown>;

/** Where a filter's name does not say which field it means: filter stem -> fields to try. */
export type FieldAliases = Record<string, string[]>;

/**
 * Filters, by the parameters' names alone: `nameFilter` looks at `name`, `createdAfterFilter` at a
 * time, `isOnlineFilter` at a boolean. A filter whose field no record has is left aside.
 * @param query as it arrived, values are text or lists of text
 */
export function filtered(items: Item[], query: Item, aliases: FieldAliases): Item[] {
	let kept = items;
	for (const [name, wanted] of Object.entries(query)) {
		if (!name.endsWith('Filter') || wanted === '' || wanted === undefined) continue;
		const { stem, compare } = meaning(name.slice(0, -'Filter'.length));
		const field = fieldFor(stem, items, aliases);
		if (field) kept = kept.filter((item) => compare(valueAt(item, field), wanted));
	}
	return kept;
}

/** Sorts by the field that an order column means; unchanged where there is none. */
export function ordered(
	items: Item[],
	column: unknown,
	ascending: unknown,
	aliases: FieldAliases,
): Item[] {
	const field = typeof column === 'string' ? fieldFor(column, items, aliases) : undefined;
	if (!field) return items;
	const sign = String(ascending).toLowerCase() === 'true' ? 1 : -1;
	return [...items].sort((a, b) => sign * compareValues(valueAt(a, field), valueAt(b, field)));
}

type Comparison = (value: unknown, wanted: unknown) => boolean;

function meaning(stem: string): { stem: string; compare: Comparison } {
	const time = /^(.*?)(After|Before)(Time)?(Utc)?$/.exec(stem);
	if (time) return { stem: time[1] as string, compare: time[2] === 'After' ? after : before };
	return { stem, compare: /name$/i.test(stem) ? like : same };
}

const after: Comparison = (value, wanted) =>
	typeof value === 'string' && Date.parse(value) >= Date.parse(String(wanted));

const before: Comparison = (value, wanted) =>
	typeof value === 'string' && Date.parse(value) <= Date.parse(String(wanted));

/** `*` anywhere stands for anything; without one the text may stand anywhere in the name. */
const like: Comparison = (value, wanted) =>
	[wanted].flat().some((one) => {
		const pattern = String(one);
		return matchesPattern(String(value ?? ''), pattern.includes('*') ? pattern : `*${pattern}*`);
	});

const same: Comparison = (value, wanted) => {
	const values = [value].flat().map((one) => String(one).toLowerCase());
	return [wanted].flat().some((one) => values.includes(String(one).toLowerCase()));
};

/** The field a stem means: the name itself (`X.X` where nested, as `result.result`) or an alias. */
function fieldFor(stem: string, items: Item[], aliases: FieldAliases): string | undefined {
	const key = stem.charAt(0).toLowerCase() + stem.slice(1);
	const candidates = [key, ...(aliases[key] ?? [])];
	for (const candidate of candidates) {
		for (const item of items) {
			const found = pathIn(item, candidate);
			if (found) return found;
		}
	}
	return undefined;
}

function pathIn(item: Item, candidate: string): string | undefined {
	const [first, ...rest] = candidate.split('.') as [string, ...string[]];
	const name = Object.keys(item).find((one) => one.toLowerCase() === first.toLowerCase());
	if (name === undefined) return undefined;
	const inner = item[name];
	const isObject = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
	if (rest.length) {
		const below = isObject ? pathIn(inner as Item, rest.join('.')) : undefined;
		return below && `${name}.${below}`;
	}
	return isObject && name in (inner as Item) ? `${name}.${name}` : name;
}

function compareValues(a: unknown, b: unknown): number {
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	const [left, right] = [String(a ?? ''), String(b ?? '')];
	return left < right ? -1 : left > right ? 1 : 0;
}

import type { Item } from '../foundation/listQuery';
import { valueAt } from '../foundation/paths';
import { Refused, type Call } from '../foundation/product';

/** VSPC's query language: filters of conditions and groups, orders, and the fields to return. */

interface Expression {
	operation: string;
	property?: string | null;
	items?: Expression[] | null;
	collation?: string;
	value?: unknown;
}

interface Order {
	property: string;
	direction?: string;
	collation?: string;
}

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 500;

/** The items of a list that a query asks for, in its order. */
export function chosen(items: Item[], { query }: Call): Item[] {
	const filter = parsed<Expression[]>(query.filter) ?? [];
	const kept = items.filter((item) => filter.every((one) => holds(one, item)));
	const bounded = kept.filter(({ date }) => {
		if (typeof date !== 'string') return true;
		const [from, to] = [query.fromDate ?? date, query.toDate ?? date].map((one) =>
			String(one).slice(0, 10),
		) as [string, string];
		return date >= from && date <= to;
	});
	return ordered(bounded, parsed<Order[]>(query.sort) ?? []);
}

export function slice(items: Item[], { offset, limit }: Item): Item[] {
	const from = Number(offset ?? 0);
	const count = Number(limit ?? DEFAULT_LIMIT);
	if (from < 0 || count < 1) {
		const problems = [{ where: from < 0 ? 'query.offset' : 'query.limit', what: 'is too small' }];
		throw new Refused({ because: 'invalid', problems });
	}
	return items.slice(from, from + Math.min(count, MAX_LIMIT));
}

/** A record cut down to the fields that a query selects; whole where it selects none. */
export function selected(record: unknown, { query }: Call): unknown {
	const paths = (parsed<Array<{ propertyPath: string }>>(query.select) ?? []).map((one) =>
		one.propertyPath.split('.'),
	);
	return paths.length ? picked(record, paths) : record;
}

function picked(record: unknown, paths: string[][]): unknown {
	if (Array.isArray(record)) return record.map((one) => picked(one, paths));
	if (typeof record !== 'object' || record === null) return record;
	const entries = Object.entries(record).flatMap(([name, value]) => {
		const below = paths.filter(([first]) => first?.toLowerCase() === name.toLowerCase());
		if (!below.length) return [];
		const deeper = below.map((path) => path.slice(1));
		return [[name, deeper.some((path) => !path.length) ? value : picked(value, deeper)]];
	});
	return Object.fromEntries(entries) as Item;
}

function parsed<T>(text: unknown): T | undefined {
	return text === undefined || text === '' ? undefined : (JSON.parse(String(text)) as T);
}

function holds(expression: Expression, item: Item): boolean {
	const { operation, items, property } = expression;
	const group = GROUPS[operation.toLowerCase()];
	if (group) return group((items ?? []).map((one) => holds(one, item)));
	const compare = COMPARISONS[operation.toLowerCase()];
	if (!compare || !property) {
		const problems = [
			{
				where: 'query.filter',
				what: `has a condition without ${compare ? 'a property' : 'an operation'}`,
			},
		];
		throw new Refused({ because: 'invalid', problems });
	}
	return compare(valueOf(item, property), expression.value, expression.collation);
}

const GROUPS: Record<string, (results: boolean[]) => boolean> = {
	and: (results) => results.every(Boolean),
	or: (results) => results.some(Boolean),
	not: (results) => !results.every(Boolean),
	exclusiveor: (results) => results.filter(Boolean).length % 2 === 1,
};

type Comparison = (value: unknown, wanted: unknown, collation?: string) => boolean;

const order = (value: unknown, wanted: unknown, collation?: string): number => {
	if (typeof value === 'number') return value - Number(wanted);
	const [left, right] = [folded(value, collation), folded(wanted, collation)];
	const times = [Date.parse(left), Date.parse(right)] as const;
	const areTimes = /^\d{4}-\d\d-\d\d/.test(left) && !times.some(Number.isNaN);
	if (areTimes) return times[0] - times[1];
	if (collation?.toLowerCase() === 'lexicographic') return left.localeCompare(right);
	return left < right ? -1 : left > right ? 1 : 0;
};

const equal: Comparison = (value, wanted, collation) => {
	if (Array.isArray(value)) {
		const list = [wanted].flat();
		return value.length === list.length && subset(value, list, collation);
	}
	if (value === null || value === undefined) return wanted === null || wanted === undefined;
	return wanted !== null && order(value, wanted, collation) === 0;
};

const isIn = (value: unknown, list: unknown[], collation?: string): boolean =>
	list.some((one) => equal(value, one, collation));

const subset = (part: unknown[], whole: unknown[], collation?: string): boolean =>
	part.every((one) => isIn(one, whole, collation));

const COMPARISONS: Record<string, Comparison> = {
	equals: equal,
	notequals: (value, wanted, collation) => !equal(value, wanted, collation),
	in: (value, wanted, collation) => isIn(value, [wanted].flat(), collation),
	contains: (value, wanted, collation) =>
		Array.isArray(value)
			? isIn(wanted, value, collation)
			: folded(value, collation).includes(folded(wanted, collation)),
	subset: (value, wanted, collation) => subset([value].flat(), [wanted].flat(), collation),
	superset: (value, wanted, collation) => subset([wanted].flat(), [value].flat(), collation),
	lessthan: (value, wanted, collation) => order(value, wanted, collation) < 0,
	lessthanorequal: (value, wanted, collation) => order(value, wanted, collation) <= 0,
	greaterthan: (value, wanted, collation) => order(value, wanted, collation) > 0,
	greaterthanorequal: (value, wanted, collation) => order(value, wanted, collation) >= 0,
};

/** Text as a collation compares it. Enums and ids are compared without regard to case. */
function folded(value: unknown, collation = 'ordinal'): string {
	const text = String(value ?? '');
	return collation.toLowerCase() === 'ordinal' ? text : text.toLowerCase();
}

/** The value of a property such as `lastActivation.status`; a name nobody knows is refused. */
function valueOf(item: Item, property: string): unknown {
	const [first] = property.split('.') as [string];
	const name = Object.keys(item).find((one) => one.toLowerCase() === first.toLowerCase());
	if (name === undefined) {
		const problems = [{ where: 'query.filter', what: `names an unknown property ${property}` }];
		throw new Refused({ because: 'invalid', problems });
	}
	return valueAt(item, [name, ...property.split('.').slice(1)].join('.'));
}

function ordered(items: Item[], orders: Order[]): Item[] {
	return [...items].sort((a, b) => {
		for (const { property, direction, collation } of orders) {
			const sign = direction?.toLowerCase() === 'descending' ? -1 : 1;
			const result = order(valueOf(a, property), valueOf(b, property), collation);
			if (result !== 0) return sign * result;
		}
		return 0;
	});
}

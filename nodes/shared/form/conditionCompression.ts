import type { DisplayCondition } from 'n8n-workflow';

/** A condition of `displayOptions` on one parameter. */
export type Condition = Array<string | DisplayCondition>;

/** Conditions on one parameter: shown if one of `show` is met, and none of `hide`. */
export interface ShowAndHide {
	show: Condition;
	hide?: Condition;
}

/** A condition on text, and the values that meet it. */
interface Cover {
	condition: DisplayCondition;
	length: number;
	values: string[];
	/** Its place among all of them. */
	place: number;
}

/**
 * "The value is one of these", as short as it gets: values one by one, and conditions on their
 * beginning, end or middle where all that meet one are wanted. Written out, the operations that a
 * field belongs to would be a third of the description's weight.
 *
 * No regular expressions, although they would be shorter still: n8n's server runs each in a sandbox
 * with a time limit (n8n-workflow 2.41, safe-regex), which costs 100 ms a node and fails under load.
 *
 * @param all every value there is: what the conditions have to keep out
 */
export function oneOf(wanted: string[], all: string[]): Condition {
	return onlyOf(wanted, coversOf(wanted, all), new Set(wanted)).conditions;
}

/**
 * The same, where that is shorter as a wider condition with exceptions: "all that begin with `list`,
 * but not these".
 */
export function oneOfExcept(wanted: string[], all: string[]): ShowAndHide {
	const among = new Set(wanted);
	const near = coversOf(wanted, all);
	const plain = { show: onlyOf(wanted, near, among).conditions };
	const { conditions, met } = cover(wanted, near, (value) => !among.has(value));
	const exceptions = [...met].filter((value) => !among.has(value));
	if (exceptions.length === 0) return plain;
	const refused = new Set(exceptions);
	// What is not shown may be hidden as well.
	const allowed = coversOf(exceptions, all).filter(({ values }) =>
		values.every((value) => refused.has(value) || !met.has(value)),
	);
	const except = { show: conditions, hide: cover(exceptions, allowed).conditions };
	return JSON.stringify(except).length + OVERHEAD < JSON.stringify(plain).length ? except : plain;
}

/** The same without exceptions: by conditions that nothing else meets. */
const onlyOf = (wanted: string[], near: Cover[], among: Set<string>) =>
	cover(
		wanted,
		near.filter(({ values }) => values.every((value) => among.has(value))),
	);

/** Whether a value meets a condition. */
export const meets = (condition: Condition, value: string): boolean =>
	condition.some((one) => {
		if (typeof one === 'string') return one === value;
		const { startsWith, endsWith, includes } = one._cnd as Record<string, string | undefined>;
		return (
			(startsWith === undefined || value.startsWith(startsWith)) &&
			(endsWith === undefined || value.endsWith(endsWith)) &&
			(includes === undefined || value.includes(includes))
		);
	});

/** Of the name of the parameter, which stands twice. */
const OVERHEAD = 14;

/**
 * Takes the condition that saves most, again and again.
 *
 * @param isException values that count against a condition: they will have to be named
 * @returns the conditions, and all values that meet one of them
 */
function cover(
	wanted: string[],
	covers: Cover[],
	isException: (value: string) => boolean = () => false,
): { conditions: Condition; met: Set<string> } {
	const met = new Set<string>();
	const chosen: Cover[] = [];
	const left = new Set(wanted);
	for (;;) {
		let best: Cover | undefined;
		let most = 0;
		for (const candidate of covers) {
			const { values, length } = candidate;
			const named = values.filter((value) => left.has(value));
			if (written(named) - length <= most) continue;
			const exceptions = values.filter((value) => isException(value) && !met.has(value));
			const saved = written(named) - length - written(exceptions);
			if (saved > most) [best, most] = [candidate, saved];
		}
		if (!best) break;
		chosen.push(best);
		for (const value of best.values) {
			left.delete(value);
			met.add(value);
		}
	}
	const kept = needed(chosen, wanted);
	const covered = new Set(kept.flatMap(({ values }) => values));
	const rest = wanted.filter((value) => !covered.has(value));
	return {
		conditions: [...kept.map(({ condition }) => condition), ...rest],
		met: new Set([...covered, ...rest]),
	};
}

/** Less the conditions that later ones made dearer than the values that only they have. */
function needed(chosen: Cover[], wanted: string[]): Cover[] {
	return chosen.reduce<Cover[]>((kept, one) => {
		const others = kept.filter((other) => other !== one);
		const elsewhere = new Set(others.flatMap(({ values }) => values));
		const own = wanted.filter((value) => one.values.includes(value) && !elsewhere.has(value));
		return written(own) <= one.length ? others : kept;
	}, chosen);
}

/** Length of values in JSON, with their quotes and commas. */
const written = (values: string[]): number =>
	values.reduce((sum, value) => sum + value.length + 3, 0);

/** By the values there are: the conditions that each of them meets. */
const known = new Map<string, Map<string, Cover[]>>();

/** Conditions on the words that values consist of, those that one of the wanted ones meets. */
function coversOf(wanted: string[], all: string[]): Cover[] {
	const key = all.join();
	let byValue = known.get(key);
	if (!byValue) {
		byValue = new Map(all.map((value) => [value, []]));
		for (const one of makeCovers(all))
			for (const value of one.values) byValue.get(value)?.push(one);
		known.set(key, byValue);
	}
	const near = new Set<Cover>();
	for (const value of wanted) for (const one of byValue.get(value) ?? []) near.add(one);
	return [...near].sort((a, b) => a.place - b.place);
}

function makeCovers(all: string[]): Cover[] {
	const covers = new Map<string, Cover>();
	const add = (condition: DisplayCondition, meets: (value: string) => boolean) => {
		const text = JSON.stringify(condition);
		if (covers.has(text)) return;
		const values = all.filter(meets);
		const place = covers.size;
		if (values.length > 1) covers.set(text, { condition, length: text.length + 1, values, place });
	};
	for (const value of all) {
		const words = value.split(/(?=[A-Z])/);
		for (let from = 0; from < words.length; from++)
			for (let to = from + 1; to <= words.length; to++) {
				const part = words.slice(from, to).join('');
				if (from === 0) add({ _cnd: { startsWith: part } }, (other) => other.startsWith(part));
				else add({ _cnd: { includes: part } }, (other) => other.includes(part));
				if (to === words.length && from > 0)
					add({ _cnd: { endsWith: part } }, (other) => other.endsWith(part));
			}
	}
	return [...covers.values()];
}

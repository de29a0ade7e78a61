import type { DisplayCondition } from 'n8n-workflow';

/** A condition of `displayOptions` on one parameter. */
export type Condition = Array<string | DisplayCondition>;

/** A condition on text, and the values that meet it. */
interface Cover {
	condition: DisplayCondition;
	length: number;
	values: string[];
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
	const left = new Set(wanted);
	const conditions: Condition = [];
	const covers = coversOf(all).filter(({ values }) => values.every((value) => left.has(value)));
	for (;;) {
		let best: Cover | undefined;
		let most = 0;
		for (const cover of covers) {
			const saved = written(cover.values.filter((value) => left.has(value))) - cover.length;
			if (saved > most) [best, most] = [cover, saved];
		}
		if (!best) return [...conditions, ...wanted.filter((value) => left.has(value))];
		conditions.push(best.condition);
		for (const value of best.values) left.delete(value);
	}
}

/** Length of values in JSON, with their quotes and commas. */
const written = (values: string[]): number =>
	values.reduce((sum, value) => sum + value.length + 3, 0);

const known = new Map<string, Cover[]>();

/** Conditions on the words that values consist of, each with the values that meet it. */
function coversOf(all: string[]): Cover[] {
	const key = all.join();
	let covers = known.get(key);
	if (!covers) {
		covers = makeCovers(all);
		known.set(key, covers);
	}
	return covers;
}

function makeCovers(all: string[]): Cover[] {
	const covers = new Map<string, Cover>();
	const add = (condition: DisplayCondition, meets: (value: string) => boolean) => {
		const text = JSON.stringify(condition);
		if (covers.has(text)) return;
		const values = all.filter(meets);
		if (values.length > 1) covers.set(text, { condition, length: text.length + 1, values });
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

import type { DisplayCondition } from 'n8n-workflow';

/** A condition of `displayOptions` on one parameter. */
export type Condition = Array<string | DisplayCondition>;

/** A regular expression has to save this much, or the plain list stays: it is easier to read. */
const WORTH = 5;

/** Length of a condition with a regular expression of one letter. */
const SHORTEST = JSON.stringify([{ _cnd: { regex: '^x' } }]).length;

/**
 * "The value is one of these", as short as it gets: the list itself, or a regular expression of
 * prefixes that no other value has. The lists of operations a field belongs to would be a fourth of
 * the description's weight.
 *
 * @param all every value there is: what the prefixes have to keep out
 */
export function oneOf(wanted: string[], all: string[]): Condition {
	// Nothing to gain: most conditions name one or two values.
	if (JSON.stringify(wanted).length < SHORTEST + WORTH) return [...wanted];
	const regex = `^${prefixes(wanted, all, 0)}`;
	const condition: Condition = [{ _cnd: { regex } }];
	const saved = JSON.stringify(wanted).length - JSON.stringify(condition).length;
	return saved >= WORTH ? condition : [...wanted];
}

/** An expression for how the wanted values go on after `at` letters which they have in common. */
function prefixes(wanted: string[], all: string[], at: number): string {
	const start = wanted[0]?.slice(0, at) ?? '';
	const alike = all.filter((value) => value.startsWith(start));
	if (at > 0 && alike.length === wanted.length) return '';
	const byLetter = new Map<string, string[]>();
	for (const value of wanted) {
		const letter = value.charAt(at);
		byLetter.set(letter, [...(byLetter.get(letter) ?? []), value]);
	}
	const ways = [...byLetter].map(([letter, values]) =>
		letter === '' ? '$' : letter + prefixes(values, alike, at + 1),
	);
	return ways.length === 1 ? (ways[0] ?? '') : `(${ways.join('|')})`;
}

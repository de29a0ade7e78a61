/**
 * Choosing objects by their names: lists of patterns, separated by commas, in which `*` stands for
 * anything and case does not count. The one piece for triggers and reports.
 *
 * No regular expression: names come from whoever names a machine, and `*a*a*a*b` against a long row
 * of a's would hold up the whole of n8n for minutes.
 */

/** The patterns of a list as a user writes it: text with commas, or an array from an expression. */
export function patternsOf(list: unknown): string[] {
	const parts = Array.isArray(list) ? list.map(String) : String(list ?? '').split(',');
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Whether a whole name fits a pattern; time grows with the name's length times the pattern's. */
export function matchesPattern(name: string, pattern: string): boolean {
	const text = name.toLowerCase();
	const [first = '', ...rest] = pattern.toLowerCase().split(/\*+/);
	const last = rest.pop();
	if (last === undefined) return text === first;
	if (!text.startsWith(first)) return false;
	let at = first.length;
	for (const part of rest) {
		const found = text.indexOf(part, at);
		if (found < 0) return false;
		at = found + part.length;
	}
	return text.length - last.length >= at && text.endsWith(last);
}

/** Whether a name passes two lists of patterns. An empty list to include takes all. */
export function namePasses(name: string, include: unknown, exclude: unknown): boolean {
	const wanted = patternsOf(include);
	return (
		(wanted.length === 0 || wanted.some((pattern) => matchesPattern(name, pattern))) &&
		!patternsOf(exclude).some((pattern) => matchesPattern(name, pattern))
	);
}

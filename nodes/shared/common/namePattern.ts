/**
 * Whether a name is as a pattern says, in which `*` stands for anything; case does not count.
 *
 * Part by part and never back: a regular expression made of `*a*a*a*a*b` tries for minutes, and names
 * come from whoever names a machine.
 */
export function matchesPattern(name: string, pattern: string): boolean {
	const text = name.toLowerCase();
	const parts = pattern.toLowerCase().split('*');
	const first = parts.shift() ?? '';
	const last = parts.pop();
	if (last === undefined) return text === first;
	if (!text.startsWith(first)) return false;
	let at = first.length;
	for (const part of parts) {
		const found = text.indexOf(part, at);
		if (found < 0) return false;
		at = found + part.length;
	}
	return text.length - last.length >= at && text.endsWith(last);
}

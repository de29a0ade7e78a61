/** The texts under a key, at any depth. */
export function valuesAt(key: string, value: unknown, found = new Set<string>()): Set<string> {
	if (typeof value !== 'object' || value === null) return found;
	const here = (value as Record<string, unknown>)[key];
	if (typeof here === 'string') found.add(here);
	for (const inner of Object.values(value)) valuesAt(key, inner, found);
	return found;
}

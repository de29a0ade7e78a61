/** A flag of a server, also where it is written as text; undefined where the value is none. */
export function flagOf(value: unknown): boolean | undefined {
	const word = typeof value === 'string' ? value.toLowerCase() : value;
	if (word === true || word === 'true') return true;
	return word === false || word === 'false' ? false : undefined;
}

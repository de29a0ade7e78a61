/**
 * `Repository "Main"`; `A repository` where the server gives no name, so that no text has empty
 * quotes.
 *
 * @param type in the product's words, capitalised
 */
export function titled(type: string, name: unknown): string {
	const called = typeof name === 'string' ? name.trim() : '';
	if (called) return `${type} "${called}"`;
	const article = /^[aeio]/i.test(type) ? 'An' : 'A';
	return `${article} ${type.charAt(0).toLowerCase()}${type.slice(1)}`;
}

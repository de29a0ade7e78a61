/** A text of the server; empty where it sends none. */
export const textOf = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

/** An id that names nothing: left out, or all zeros. */
export const isNoId = (value: unknown): boolean => !/[1-9a-z]/i.test(textOf(value));

/** One test of a field, as the query language writes it. */
export interface Condition {
	property: string;
	operation: string;
	collation?: 'ignorecase';
	value: unknown;
}

/** Conditions that belong together. */
export interface Group {
	operation: 'or';
	items: Condition[];
}

/**
 * A condition in wire form. Text is compared without regard to case on request; other values have
 * none.
 */
export function condition(
	property: string,
	operation: string,
	value: unknown,
	ignoreCase: boolean,
): Condition {
	const values = Array.isArray(value) ? value : [value];
	const isText = values.length > 0 && values.every((one) => typeof one === 'string');
	return {
		property,
		operation,
		...(ignoreCase && isText ? { collation: 'ignorecase' } : {}),
		value,
	};
}

import type { IDataObject } from 'n8n-workflow';

import { CONTROL } from '../binding/parameterBinding';
import { isEmpty, readJson } from '../binding/values';
import type { Call } from './product';
import { ParameterError } from './parameterError';
import { isObject } from '../common/objects';

/** What the form calls the collections. */
const LABELS: Record<string, string> = {
	[CONTROL.additionalFields]: 'Additional Fields',
	[CONTROL.filters]: 'Filters',
	[CONTROL.options]: 'Options',
	[CONTROL.queryFilter]: 'Filter',
	[CONTROL.queryOptions]: 'Result Options',
};

/**
 * What a collection of the form holds, by name; nothing where an expression gave nothing. An expression
 * over the whole collection may give an object or its JSON text.
 *
 * @throws ParameterError where it holds something else: read as nothing, a filter would let all pass
 */
export function readCollection(
	{ context, itemIndex }: Pick<Call, 'context' | 'itemIndex'>,
	name: string,
): IDataObject {
	const given = context.getNodeParameter(name, itemIndex, {}) as unknown;
	if (isEmpty(given)) return {};
	const label = LABELS[name] ?? name;
	const value = readJson(given, label);
	if (isObject(value)) return value;
	throw new ParameterError(
		// Not quoted: it may hold what was meant for a password.
		`"${label}" is ${Array.isArray(value) ? 'a list' : `a ${typeof value === 'string' ? 'text' : typeof value}`}: it must hold fields with their values`,
		'Add its fields one by one, or let the expression give an object of them.',
	);
}

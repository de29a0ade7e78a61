import type { IDataObject } from 'n8n-workflow';

import { isEmpty, readJson } from '../binding/values';
import type { Call } from './product';
import { ParameterError } from './parameterError';
import { isObject } from '../common/objects';

/**
 * What a resource mapper holds, by field ID: from the editor, from an AI tool, or from an expression
 * (the mapper's own shape, a plain object, or its JSON text).
 *
 * @param label of the mapper
 * @throws ParameterError where it is no object
 */
export function readMapper(call: Call, parameter: string, label: string): IDataObject {
	const raw = call.context.getNodeParameter(parameter, call.itemIndex, {}) as unknown;
	if (isEmpty(raw)) return {};
	const given = readJson(raw, label);
	if (!isObject(given))
		throw new ParameterError(
			`"${label}" is not an object`,
			'Give the fields with their values, such as {"description": "Nightly"}.',
		);
	if (!('mappingMode' in given)) return given;
	const values = isEmpty(given.value) ? {} : readJson(given.value, label);
	if (!isObject(values)) return {};
	const schema = Array.isArray(given.schema) ? (given.schema as IDataObject[]) : [];
	// The editor lists every field there is. Those that were not added or taken away again hold nothing,
	// or `false` (switches, in older n8n); those that were added and left empty have no value at all.
	const offered = schema.filter(isObject);
	const removed = new Set(offered.filter((one) => one.removed === true).map(({ id }) => id));
	// Of a workflow that was made without the editor, it shows every field as added: nobody did.
	const added = removed.size > 0 ? offered.filter((one) => one.removed === false) : [];
	return {
		...Object.fromEntries(added.map(({ id }) => [String(id), undefined])),
		...Object.fromEntries(Object.entries(values).filter(([id]) => !removed.has(id))),
	};
}

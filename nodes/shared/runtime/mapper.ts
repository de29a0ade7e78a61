import type { IDataObject } from 'n8n-workflow';

import { FIELDS_TO_CHANGE } from '../form/controls';
import { isEmpty, readJson } from '../binding/values';
import type { Call } from './product';
import { isObject } from '../binding/objectPaths';
import { ParameterError } from './parameterError';

/**
 * What a resource mapper holds, by field ID: from the editor, from an AI tool, or from an expression
 * (the mapper's own shape, a plain object, or its JSON text).
 *
 * @throws ParameterError where it is no object
 */
export function readMapper(call: Call, parameter: string): IDataObject {
	const raw = call.context.getNodeParameter(parameter, call.itemIndex, {}) as unknown;
	if (isEmpty(raw)) return {};
	const given = readJson(raw, FIELDS_TO_CHANGE);
	if (!isObject(given))
		throw new ParameterError(
			`"${FIELDS_TO_CHANGE}" is not an object`,
			'Give the fields with their values, such as {"description": "Nightly"}.',
		);
	if (!('mappingMode' in given)) return given;
	const values = isEmpty(given.value) ? {} : readJson(given.value, FIELDS_TO_CHANGE);
	if (!isObject(values)) return {};
	const schema = Array.isArray(given.schema) ? (given.schema as IDataObject[]) : [];
	// The editor lists every field there is. Those that were not added or taken away again hold nothing,
	// or `false` (switches, in older n8n); those that were added and left empty have no value at all.
	const offered = schema.filter(isObject);
	const removed = new Set(offered.filter((one) => one.removed === true).map(({ id }) => id));
	const added = offered.filter((one) => one.removed === false).map(({ id }) => String(id));
	return {
		...Object.fromEntries(added.map((id) => [id, undefined])),
		...Object.fromEntries(Object.entries(values).filter(([id]) => !removed.has(id))),
	};
}

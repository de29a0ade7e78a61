import type { IDataObject } from 'n8n-workflow';

import { isNullable, neighbours } from '../catalogue';
import type { ApiVersion, Field, Operation } from '../catalogue/types';
import { versionNote, versionRemedy } from '../form/versionNote';
import {
	CONTROL,
	definitionIn,
	isRequiredIn,
	type ParameterBinding,
} from '../binding/parameterBinding';
import { FIELDS_TO_CHANGE } from '../form/controls';
import { isSecret } from '../form/fields';
import type { Call } from './product';
import { readCollection } from './collection';
import { readMapper } from './mapper';
import { ParameterError } from './parameterError';
import { missingFields, type MissingParts } from './required';
import { isEmpty, isHollow, toWire, type ValueContext } from '../binding/values';

/** The value of a field as the user left it; undefined where he did not add it. */
export function readBinding(call: Call, binding: ParameterBinding): unknown {
	const { context, itemIndex } = call;
	if (binding.collection === undefined)
		return unwrapped(context.getNodeParameter(binding.name, itemIndex, '', { extractValue: true }));
	const values =
		binding.collection === CONTROL.fieldsToChange
			? readMapper(call, binding.collection, FIELDS_TO_CHANGE)
			: readCollection(call, binding.collection);
	return unwrapped(values[binding.name]);
}

/**
 * The value of a resource locator inside a collection, where n8n does not extract it, or of one that
 * still is the default, which n8n takes for no locator.
 */
export const unwrapped = (value: unknown): unknown =>
	typeof value === 'object' &&
	value !== null &&
	('__rl' in value || Object.keys(value).sort().join() === 'mode,value')
		? (value as IDataObject).value
		: value;

/**
 * Values of many fields by API name, in wire form. Fields left empty are not sent.
 *
 * @param parts what is missing elsewhere in the body
 * @throws ParameterError listing every required field that is empty, or naming a field the
 *   credential's version lacks
 */
export function readBindings(
	call: Call,
	operation: Operation,
	bindings: ParameterBinding[],
	version: ApiVersion,
	parts?: MissingParts,
): IDataObject {
	const values: IDataObject = {};
	const missing: string[] = [];
	for (const binding of bindings) {
		const label = () => call.product.labels.field(operation, binding);
		const value = readBinding(call, binding);
		const definition = definitionIn(binding.definitions, version) ?? unverified(call, binding);
		const required = isRequiredIn(binding.definitions, version);
		if (isEmpty(value) || (required && isHollow(value) && !hasRows(definition, value))) {
			// Some versions insist on what later ones take for granted; what was added says something.
			const hidden = binding.collection !== undefined && operation.method !== 'PUT';
			const isLeftOut = hidden && !isThere(call, binding);
			if (required && isLeftOut && definition?.default !== undefined)
				values[binding.apiName] = definition.default as string;
			else if (definition && !required && takesEmpty(binding, definition, value))
				values[binding.apiName] = value as string;
			else if (definition && isMeantEmpty(operation, definition, value))
				values[binding.apiName] = value as string;
			else if (required) missing.push(label());
			else if (isAdded(binding) && (value === '' || isThere(call, binding)))
				throw new ParameterError(
					`"${label()}" is empty`,
					definition && isNullable(definition, version)
						? 'Give it a value, or remove the field: what is not there is not sent. To send null, choose it under "Set to Null" instead.'
						: 'Give it a value, or remove the field: what is not there is not sent. If the value comes from an expression, the item has no such field.',
				);
			continue;
		}
		if (!definition)
			throw lacking(
				call,
				label(),
				binding.definitions.flatMap((entry) => entry.in ?? operation.in),
			);
		const isHidden = isSecret(binding.apiName, definition.type);
		const context = valueContext(call, version, label, isHidden);
		values[binding.apiName] = (
			takesSeveral(binding) && !definition.type.endsWith('[]')
				? onlyOne(context, definition, value)
				: toWire(context, definition.type, value)
		) as IDataObject[string];
	}
	if (missing.length > 0 || parts) throw missingFields(missing, parts);
	return values;
}

/** A field as the other neighbour has it, of a version that lies between two known ones: see `standing`. */
const unverified = ({ client, product }: Call, { definitions }: ParameterBinding) =>
	neighbours(product.adapter.catalogue().versions, client.version)
		.flatMap((one) => definitionIn(definitions, one) ?? [])
		.at(-1);

/** Whether the form offers a list: what the newest version takes. */
const takesSeveral = ({ definitions }: ParameterBinding): boolean =>
	definitions.at(-1)?.type.endsWith('[]') ?? false;

/** The one value of a list, for a version that takes one. */
function onlyOne(context: ValueContext, { type }: Field, value: unknown): unknown {
	const values = toWire(context, `${type}[]`, value) as unknown[];
	if (values.length === 1) return values[0];
	throw new ParameterError(
		`"${context.label}" takes one value in API ${context.version}, not ${values.length}`,
		'Choose one of them, or another API version in the credential if the server has it.',
	);
}

/** Whether a field stands there because the user added it: left empty it is a mistake. */
const isAdded = ({ collection }: ParameterBinding): boolean => collection !== undefined;

/** Whether a parameter is filled by an expression, whatever it gives. */
export function isExpression({ context }: Pick<Call, 'context'>, parameter: string): boolean {
	const raw = unwrapped(context.getNode().parameters?.[parameter]);
	return typeof raw === 'string' && raw.startsWith('=');
}

/** Whether a collection has a field, if only without a value. */
function isThere(call: Call, { collection, name }: ParameterBinding): boolean {
	if (collection === undefined || collection === CONTROL.fieldsToChange) return false;
	return name in readCollection(call, collection);
}

/** For a field that the credential's version lacks. */
export const lacking = (call: Call, label: string, known: ApiVersion[]): ParameterError =>
	new ParameterError(
		`"${label}" needs ${versionNote(call.product.adapter.catalogue().versions, known)}; this credential uses ${call.client.version}`,
		versionRemedy(call.product.adapter, call.client, known, 'remove the field'),
	);

/** Whether a list has rows, all of which are empty: they are named by their number. */
const hasRows = (definition: Field | undefined, value: unknown): boolean =>
	Array.isArray(value) && value.length > 0 && /^[^#{].*\[\]$/.test(definition?.type ?? '');

/** Collections whose values go into the query. */
const QUERY = new Set<ParameterBinding['collection']>([CONTROL.filters, CONTROL.queryOptions]);

/** Types of text that may be the empty one. */
const TEXT = new Set(['string', 'password', 'any']);

/** Whether an empty text or list that the user added to a body can be sent. */
function takesEmpty(
	binding: ParameterBinding,
	{ type, minLength, minItems }: Field,
	value: unknown,
): boolean {
	// In a query an empty text asks for nothing.
	if (!isAdded(binding) || QUERY.has(binding.collection)) return false;
	return Array.isArray(value)
		? type.endsWith('[]') && !minItems
		: value === '' && TEXT.has(type) && !minLength;
}

/** The description of a new object: the APIs insist on having one, if only an empty one. */
const isMeantEmpty = ({ method }: Operation, field: Field, value: unknown): boolean =>
	method === 'POST' && value === '' && field.name === 'description' && !field.minLength;

/**
 * What values are written by.
 *
 * @param label asked for only where a message names the field
 * @param isHidden the field holds a secret
 */
export const valueContext = (
	call: Call,
	version: ApiVersion,
	label: () => string,
	isHidden = false,
): ValueContext => ({
	isSecret: isHidden,
	catalogue: call.product.adapter.catalogue(),
	version,
	get label() {
		return label();
	},
	timezone: call.context.getTimezone(),
	synonyms: call.product.adapter.synonyms,
});

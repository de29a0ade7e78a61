import type { INodeProperties, INodePropertyOptions, NodeParameterValueType } from 'n8n-workflow';

import { parseType, minimalValue } from '../catalogue';
import type { Catalogue, Field, Operation, TypeExpression } from '../catalogue/types';
import type { ProductOverlay } from './overlay';
import { byName, labelOf, withDistinctNames, valueLabel } from './operationNames';
import {
	bodyType,
	CONTROL,
	variantBinding,
	type ParameterBinding,
} from '../binding/parameterBinding';
import { NIL_UUID } from '../binding/values';
import { isSecretName, soundsSecret } from '../common/secretNames';
import { BY_EXPRESSION, choice, locator, NAME_OR_ID } from './locator';
import { findPicker } from './pickers';

/** What every part of the builder needs. */
export interface Sources {
	catalogue: Catalogue;
	overlay: ProductOverlay;
}

/** Whether a field holds a secret; what names one by its ID or describes it is none. */
export const isSecret = (name: string, type: TypeExpression = 'string'): boolean =>
	type === 'password' || isSecretName(name);

/**
 * The node property of one API parameter or body field, without `displayOptions`.
 *
 * @param inPath a path parameter: always a picker where a list exists
 */
export function fieldProperty(
	sources: Sources,
	operation: Operation,
	binding: ParameterBinding,
	inPath = false,
): INodeProperties {
	const { catalogue, overlay } = sources;
	// The newest definition: what a user of an old version gives is spelled and checked on sending.
	const field = binding.definitions.at(-1) ?? { name: binding.apiName, type: 'string' };
	const picker = findPicker(catalogue, overlay, { operation, binding, inPath });
	const picks = picker !== undefined && !field.type.endsWith('[]');
	// Among optional fields a locator is too heavy.
	const isOptional = binding.collection === CONTROL.additionalFields;
	const isChoice = picks && isOptional && picker.outer.length === 0;
	const isLocator = picks && !isOptional;
	const named = labelOf(overlay, operation, inPath ? binding.name : binding.apiName);
	// What is chosen from a list is the thing, not its ID.
	const thing = picks ? named.replace(/(?<=.) ID$/, '') : named;
	const label = isChoice ? thing + NAME_OR_ID : isLocator ? thing : named;
	const shown = isLocator
		? locator(picker, binding.name)
		: isChoice
			? choice(binding.name)
			: inputOf(sources, operation, binding, field);
	const description =
		hintOf(overlay, operation, binding.apiName) ?? (isChoice ? BY_EXPRESSION : undefined);
	return {
		displayName: label,
		name: binding.name,
		...shown,
		...(binding.alwaysRequired && insists(field, shown) ? { required: true } : {}),
		...(description === undefined ? {} : { description }),
	} as INodeProperties;
}

/**
 * Whether the editor refuses an empty value. A switch has none, and a description that the API
 * requires may be an empty text.
 */
const insists = (field: Field, { type }: Input): boolean =>
	type !== 'boolean' && (field.name !== 'description' || field.minLength !== undefined);

type Input = Omit<INodeProperties, 'displayName' | 'name'>;

function inputOf(
	sources: Sources,
	operation: Operation,
	binding: ParameterBinding,
	field: Field,
): Input {
	const type = parseType(field.type);
	// A switch that nobody touched would switch off what is on: an update has a third state.
	// So has one that not every version knows: it must not be sent where it is not.
	const unset =
		binding.collection === undefined && (operation.method === 'PUT' || !binding.alwaysRequired);
	if (unset && field.type === 'boolean')
		return { type: 'options', options: yesOrNo(), default: '' };
	switch (type.kind) {
		case 'enum':
			return { type: 'options', options: enumOptions(sources, type.name), default: '' };
		case 'list':
			return listInput(sources, type.of, field);
		case 'object':
		case 'map':
			return jsonInput(sources, field);
		case 'scalar':
			return scalarInput(type.name, field);
	}
}

const yesOrNo = (): INodePropertyOptions[] => [
	{ name: 'No', value: false },
	{ name: 'Yes', value: true },
];

/** Options of an enum: every value of every version. */
export function enumOptions({ catalogue, overlay }: Sources, name: string): INodePropertyOptions[] {
	const values = (catalogue.enums[name] ?? []).map((entry) =>
		typeof entry === 'string' ? entry : entry.value,
	);
	return valueOptions(overlay, values);
}

/** Values of the API as options, by label. */
const valueOptions = (overlay: ProductOverlay, values: string[]): INodePropertyOptions[] =>
	withDistinctNames(values.map((value) => ({ name: valueLabel(overlay, value), value }))).sort(
		(a, b) => byName(a.name, b.name),
	);

/** Options of a body's variants; undefined where it has none. */
export function variantOptions(
	sources: Sources,
	operation: Operation,
): INodePropertyOptions[] | undefined {
	const binding = variantBinding(sources.catalogue, operation);
	const type = bodyType(sources.catalogue, operation);
	if (!binding || !type?.variants) return undefined;
	const options = valueOptions(sources.overlay, Object.keys(type.variants.of));
	return binding.optional ? [{ name: 'None', value: '' }, ...options] : options;
}

function listInput(sources: Sources, of: TypeExpression, field: Field): Input {
	const type = parseType(of);
	if (type.kind === 'enum')
		return { type: 'multiOptions', options: enumOptions(sources, type.name), default: [] };
	if (type.kind !== 'scalar') return jsonInput(sources, field);
	const numeric = type.name === 'integer' || type.name === 'number';
	return {
		type: numeric ? 'number' : 'string',
		typeOptions: { multipleValues: true },
		default: [],
	};
}

/** The first few plain fields of an object. */
const plain = (value: unknown): unknown =>
	typeof value !== 'object' || value === null || Array.isArray(value)
		? value
		: Object.fromEntries(
				Object.entries(value)
					.filter(([, entry]) => typeof entry !== 'object')
					.slice(0, 4),
			);

/**
 * Starts empty, with its shape as a hint: what stands in a field is sent. The shape is of the newest
 * version that knows the field: one of all at once suits none. Where nothing in a required one is
 * required it shows what there is: `{}` would say nothing.
 */
function jsonInput({ catalogue }: Sources, field: Field): Input {
	const newest = (field.in ?? catalogue.versions).at(-1);
	const smallest = minimalValue(catalogue, field.type, newest);
	const says = JSON.stringify(smallest).length > 2;
	const shown =
		says || !field.required
			? smallest
			: plain(minimalValue(catalogue, field.type, newest, { optional: true }));
	// An empty shape says nothing.
	const hint = JSON.stringify(shown).length > 2 ? { hint: shapeHint(shown) } : {};
	return { type: 'json', default: '', ...hint };
}

/** Text of a hint that shows the shape of a JSON value; IDs are any, and not a row of zeros. */
export function shapeHint(shape: unknown): string {
	const whole = `Example: ${JSON.stringify(shape).replaceAll(NIL_UUID, 'ID')}`;
	if (whole.length <= LONGEST_HINT) return whole;
	const entry: unknown = Array.isArray(shape) ? shape[0] : shape;
	const keys = Object.keys(entry ?? {}).join(', ');
	return Array.isArray(shape) ? `A list of objects. Keys: ${keys}` : `Keys: ${keys}`;
}

/** Longer ones name the keys alone: hints are part of the description's weight. */
const LONGEST_HINT = 90;

function scalarInput(name: string, field: Field): Input {
	switch (name) {
		case 'boolean':
			return { type: 'boolean', default: false };
		case 'integer':
		case 'number':
			return {
				type: 'number',
				...(field.min === undefined ? {} : { typeOptions: { minValue: field.min } }),
				default: '' as NodeParameterValueType,
			} as Input;
		case 'dateTime':
		case 'date':
			return { type: 'dateTime', default: '' };
		case 'any':
			return { type: 'json', default: '' };
		default:
			return {
				type: 'string',
				...(soundsSecret(field.name) || name === 'password'
					? { typeOptions: { password: true } }
					: {}),
				...(field.name === 'email' ? { placeholder: 'name@email.com' } : {}),
				default: '',
			};
	}
}

/**
 * Help for a field, written by hand. Which versions know it is not said here: a thousand such notes
 * weigh more than they help, and the executor says it before anything is sent.
 */
function hintOf(
	overlay: ProductOverlay,
	operation: Operation,
	apiName: string,
): string | undefined {
	return overlay.operations[operation.id]?.hints?.[apiName] ?? overlay.hints[apiName];
}

import type { IDataObject } from 'n8n-workflow';

import { isRequired, objectType, minimalValue, variantsOf } from '../catalogue';
import type { ApiVersion, Operation } from '../catalogue/types';
import {
	bodyInput,
	bodyBindings,
	CONTROL,
	definitionIn,
	pathBindings,
	variantBinding,
	type ParameterBinding,
	type BodyInput,
	type VariantBinding,
} from '../binding/parameterBinding';
import type { RequestBody, VeeamRequest } from '../http/types';
import type { Call } from './product';
import * as controls from '../form/controls';
import { lacking, readBinding, readBindings } from './fields';
import { empty, nothingToChange, unknownField } from './fieldsToChange';
import { readMapper } from './mapper';
import { holdsFields, readFieldsToSet } from './fieldsToSet';
import { mergeUpdate, type Merged } from './mergeUpdate';
import { readFieldName } from './outputOptions';
import { ParameterError } from './parameterError';
import { missingOf, refuseIncomplete, type Missing, type MissingParts } from './required';
import { fieldsToNull, nullAndValue, refuseNull } from './setToNull';
import { exactJson, isEmpty, isHollow, readJson } from '../binding/values';
import { isObject } from '../common/objects';

/** The body of a request. */
export interface ReadBody {
	/** Left out where the operation may go without one and nothing was given. */
	body?: RequestBody;
	/** Of an update that changes only what was given. */
	merged?: Merged;
}

/**
 * The body of an operation from the editor's fields, its JSON, or a binary field of the item. JSON is
 * sent as it was given. An update by fields reads the object first; nothing else is sent here.
 *
 * @throws ParameterError naming every required field that is missing, before anything is changed
 */
export async function readBody(
	call: Call,
	operation: Operation,
	version: ApiVersion,
	pathParameters: VeeamRequest['pathParameters'],
): Promise<ReadBody> {
	const mode = call.context.getNodeParameter(CONTROL.bodyMode, call.itemIndex, 'fields') as string;
	if (bodyInput(call.product.adapter.catalogue(), operation) !== 'update' || mode === 'json') {
		const body = readGivenBody(call, operation, version, mode);
		return body === undefined ? {} : { body };
	}
	const own = ownIdField(call, operation, version);
	const merged = await mergeUpdate(call, operation, version, pathParameters, own);
	return { body: { media: 'json', value: merged.after }, merged };
}

/** The field of a body that repeats the ID in the path, where a version has it. */
function ownIdField(call: Call, operation: Operation, version: ApiVersion): IDataObject {
	const id = ownId(call, operation);
	const bindings = bodyBindings(call.product.adapter.catalogue(), operation);
	const own = bindings.filter((binding) => isFilled(binding, version));
	return id === undefined ? {} : Object.fromEntries(own.map(({ apiName }) => [apiName, id]));
}

function readGivenBody(
	call: Call,
	operation: Operation,
	version: ApiVersion,
	mode: string,
): RequestBody | undefined {
	const catalogue = call.product.adapter.catalogue();
	if (operation.body?.in && !operation.body.in.includes(version)) {
		const set = bodyBindings(catalogue, operation).find(
			(binding) => !isEmpty(readBinding(call, binding)),
		);
		if (set) throw lacking(call, call.product.labels.field(operation, set), operation.body.in);
		if (holdsFields(call)) throw lacking(call, controls.FIELDS_TO_SET, operation.body.in);
		if (mode === 'json' && !isHollow(typed(call)))
			throw lacking(call, controls.bodyJson().displayName, operation.body.in);
		return undefined;
	}
	const input = bodyInput(catalogue, operation);
	if (input === 'file') return readFile(call, operation);
	if (input === 'patch') {
		const value = readPatch(call, operation, version);
		const text = mode === 'json' ? exactJson(typed(call), value) : undefined;
		// An object of fields was no patch yet.
		return { media: 'json', value, ...(text?.startsWith('[') ? { text } : {}) };
	}
	const asJson = input === 'json' || input === 'update' || mode === 'json';
	const { value, text } = asJson
		? readJsonBody(call, operation, version)
		: { value: readFields(call, operation, version) };
	const isNothing = asJson ? !holdsSomething(input, operation, value) : isHollow(value);
	if (isNothing && !needsBody(operation, version)) return undefined;
	// Work can be started without saying anything, where the API insists on a body.
	const isBare = !asJson && operation.method === 'POST';
	if (isNothing && !isBare) throw withoutBody(call, operation, asJson, version);
	if (input === 'json') refusePlaceholder(call, operation, value);
	// JSON is sent as it was given: what is wrong with it, the server knows best.
	if (!asJson) refuseIncomplete(call, operation, value, version);
	if (operation.body?.media === 'multipart')
		return { media: 'form-data', value: value as Record<string, string> };
	return { media: 'json', value, ...(text === undefined ? {} : { text }) };
}

/** Whether JSON can be sent: as it was given, but a list of nothing names nothing. */
const holdsSomething = (input: BodyInput, { method }: Operation, value: unknown): boolean =>
	input === 'fields' || input === 'update' || (method === 'POST' && !Array.isArray(value))
		? value !== undefined
		: !isHollow(value);

/** An update without a body changes nothing. */
const needsBody = (operation: Operation, version: ApiVersion): boolean =>
	operation.method === 'PUT' || isRequired(operation.body ?? {}, version);

/** The hint of a field, taken as it stands, names nobody's object. */
function refusePlaceholder(call: Call, operation: Operation, value: unknown): void {
	const type = operation.body?.type ?? 'any';
	const shape = JSON.stringify(minimalValue(call.product.adapter.catalogue(), type));
	if (JSON.stringify(value) !== shape || !/"(00000000-[0-]*)?"/.test(shape)) return;
	throw new ParameterError(
		`"${controls.bodyJson().displayName}" is still the sample: ${shape}`,
		'Replace the empty texts and zero IDs by what is meant.',
	);
}

function withoutBody(
	call: Call,
	operation: Operation,
	asJson: boolean,
	version: ApiVersion,
): ParameterError {
	const shape = minimalValue(
		call.product.adapter.catalogue(),
		operation.body?.type ?? 'any',
		version,
	);
	return asJson
		? new ParameterError(
				`"${controls.bodyJson().displayName}" is empty`,
				`"${call.product.labels.operation(operation)}" needs a body, such as ${JSON.stringify(shape)}. If it comes from an expression, the item has no such field.`,
			)
		: new ParameterError(
				`"${call.product.labels.operation(operation)}" has nothing to send`,
				'Add at least one field and give it a value.',
			);
}

function readFile(call: Call, operation: Operation): RequestBody {
	const given = call.context.getNodeParameter(CONTROL.binaryPropertyName, call.itemIndex, 'data');
	const binaryProperty = readFieldName(given, controls.inputFile().displayName);
	if (!binaryProperty)
		throw new ParameterError(
			'"Input Binary Field" is empty',
			'Give the name of the field of the item that holds the file, mostly "data".',
		);
	return operation.body?.media === 'multipart'
		? { media: 'multipart', field: operation.body.filePart ?? 'file', binaryProperty }
		: { media: 'binary', binaryProperty };
}

/** One step of a JSON Patch (RFC 6902). */
interface PatchStep {
	op: string;
	path: string;
	value?: unknown;
}

/**
 * Fields to change as a JSON Patch: each is replaced. In JSON mode a patch as it is, or an object
 * whose fields are to be replaced.
 */
function readPatch(call: Call, operation: Operation, version: ApiVersion): PatchStep[] {
	const json = call.context.getNodeParameter(CONTROL.bodyMode, call.itemIndex, 'fields') === 'json';
	const label = controls.bodyJson().displayName;
	const given: unknown = json
		? readJson(typed(call), label)
		: readPatchFields(call, operation, version);
	const steps = Array.isArray(given) ? (given as PatchStep[]) : replacements(given);
	if (steps.length > 0) return steps;
	if (!json) throw nothingToChange(call, operation);
	throw new ParameterError(
		`"${label}" is empty: "${call.product.labels.operation(operation)}" has nothing to change`,
		'Give an object with the fields to change, or a JSON Patch: [{"op":"replace","path":"/name","value":"x"}].',
	);
}

/** @throws ParameterError naming a field that there is not, or that holds nothing */
function readPatchFields(call: Call, operation: Operation, version: ApiVersion): IDataObject {
	const bindings = bodyBindings(call.product.adapter.catalogue(), operation);
	for (const [id, value] of Object.entries(
		readMapper(call, CONTROL.fieldsToChange, controls.FIELDS_TO_CHANGE),
	)) {
		const binding = bindings.find(({ apiName }) => apiName === id);
		const known = bindings.map(({ apiName }) => apiName);
		if (!binding) unknownField(call, operation, id, known);
		else if (value === undefined || value === null)
			throw empty(call.product.labels.field(operation, binding));
	}
	return readWithNulls(call, operation, version, { plain: bindings, nulls: fieldsToNull(call) });
}

/** The fields of a body that are read one by one. */
interface Readable {
	plain: ParameterBinding[];
	/** Objects that are read in another place: all that is said of them here is null. */
	parts?: ParameterBinding[];
	/** Names of those that are to be null. */
	nulls: string[];
}

/**
 * Values of body fields, and null for those that are to be null.
 *
 * @param missing what is missing elsewhere in the body
 * @throws ParameterError naming a field that cannot be null in the version, or that has a value as well
 */
function readWithNulls(
	call: Call,
	operation: Operation,
	version: ApiVersion,
	{ plain, parts = [], nulls }: Readable,
	missing?: MissingParts,
): IDataObject {
	const all = [...plain, ...parts];
	for (const name of nulls) {
		const binding = all.find(({ apiName }) => apiName === name);
		const known = all.map(({ apiName }) => apiName);
		if (!binding) throw unknownField(call, operation, name, known);
		const definition = definitionIn(binding.definitions, version);
		if (!definition)
			throw lacking(
				call,
				call.product.labels.field(operation, binding),
				binding.definitions.flatMap((entry) => entry.in ?? operation.in),
			);
		refuseNull(call, operation, version, name, [definition]);
		if (!isEmpty(readBinding(call, binding))) throw nullAndValue(call, operation, name);
	}
	const others = plain.filter(({ apiName }) => !nulls.includes(apiName));
	return {
		...readBindings(call, operation, others, version, missing),
		...Object.fromEntries(nulls.map((name) => [name, null])),
	};
}

const replacements = (fields: unknown): PatchStep[] =>
	typeof fields === 'object' && fields !== null
		? Object.entries(fields).map(([name, value]) => ({
				op: 'replace',
				path: `/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`,
				value: value as unknown,
			}))
		: [];

function readFields(call: Call, operation: Operation, version: ApiVersion): IDataObject {
	const catalogue = call.product.adapter.catalogue();
	const dropdown = variantBinding(catalogue, operation);
	const variant = dropdown && readVariant(call, operation, dropdown, version);
	const bindings = bodyBindings(catalogue, operation, variant?.key);
	const body: IDataObject = {};
	if (dropdown && variant) body[dropdown.apiName] = variant.value;
	for (const binding of bindings)
		if (isFilled(binding, version)) body[binding.apiName] = ownId(call, operation) ?? null;
	const [parts, plain] = partition(
		bindings.filter((binding) => !binding.filledFrom),
		({ collection }) => collection === CONTROL.fieldsToSet,
	);
	const [nulls, plainNulls] = partition(fieldsToNull(call), (name) =>
		parts.some(({ apiName }) => name.startsWith(`${apiName}.`)),
	);
	const kind = dropdown && variant ? { [dropdown.apiName]: variant.value } : {};
	const objects = readFieldsToSet(call, operation, version, { parts, kind, nulls });
	const twice = plainNulls.find((name) => name in objects);
	if (twice !== undefined) throw nullAndValue(call, operation, twice);
	const missing = parts.flatMap(({ apiName, definitions }) => {
		const field = definitionIn(definitions, version);
		if (!field || plainNulls.includes(apiName)) return [];
		return missingOf({ catalogue, version }, field, objects[apiName], [apiName]);
	});
	const read = { plain, parts, nulls: plainNulls };
	return {
		...body,
		...objects,
		...readWithNulls(call, operation, version, read, labelled(call, operation, missing)),
	};
}

/** What is missing, in the words of the form; undefined where nothing is. */
function labelled(call: Call, operation: Operation, missing: Missing[]): MissingParts | undefined {
	const labels = (isObject: boolean) => [
		...new Set(
			missing
				.filter((one) => one.isObject === isObject)
				.map(({ path }) => call.product.labels.fieldAt(operation, path)),
		),
	];
	return missing.length > 0 ? { fields: labels(false), objects: labels(true) } : undefined;
}

const partition = <T>(all: T[], isFirst: (one: T) => boolean): [T[], T[]] => [
	all.filter(isFirst),
	all.filter((one) => !isFirst(one)),
];

/**
 * The value of the variant dropdown: as the version spells it, and as the catalogue's key; undefined
 * where it may be left at None.
 *
 * @throws ParameterError where it is empty, unknown, or a variant that the version lacks
 */
function readVariant(
	call: Call,
	operation: Operation,
	{ name, optional }: VariantBinding,
	version: ApiVersion,
): { key: string; value: string } | undefined {
	const catalogue = call.product.adapter.catalogue();
	const type = operation.body?.type.slice(1) ?? '';
	const raw: unknown = call.context.getNodeParameter(name, call.itemIndex, '');
	if (raw === '' && optional) return undefined;
	// Null, [] or {}: an expression gave nothing.
	const given = isHollow(raw) ? '' : typeof raw === 'string' ? raw : JSON.stringify(raw);
	const isGiven = (value: string) => value.toLowerCase() === given.toLowerCase();
	const key = Object.keys(objectType(catalogue, type).variants?.of ?? {}).find(isGiven);
	const found = variantsOf(catalogue, type, version)?.variants.find(({ value }) => isGiven(value));
	if (key !== undefined && found) return { key, value: found.value };

	const label = call.product.labels.variant(operation, name);
	const known = variantsOf(catalogue, type, version)?.variants.map(({ value }) => value) ?? [];
	const choices = `Choose one of: ${known.join(', ')}.`;
	if (given === '') throw new ParameterError(`"${label}" is empty`, choices);
	throw new ParameterError(
		key === undefined
			? `"${label}" is "${given}", which "${call.product.labels.operation(operation)}" does not have`
			: `"${label}" is "${given}", which API ${call.client.version} does not have`,
		choices,
	);
}

/** Whether a field repeats the id in the path, in a version that has it. */
const isFilled = ({ filledFrom, definitions }: ParameterBinding, version: ApiVersion): boolean =>
	filledFrom !== undefined && definitionIn(definitions, version) !== undefined;

/** The id in the path: the object that an update describes. */
function ownId(call: Call, operation: Operation): string | undefined {
	const binding = pathBindings(operation).at(-1);
	const value = binding && readBinding(call, binding);
	return isEmpty(value) ? undefined : String(value);
}

/** A body of JSON: its value, and its text where the value is not all of it. */
function readJsonBody(
	call: Call,
	operation: Operation,
	version: ApiVersion,
): { value?: unknown; text?: string } {
	const catalogue = call.product.adapter.catalogue();
	const raw = typed(call);
	if (raw === undefined || raw === null || raw === '') return {};
	const value = readJson(raw, controls.bodyJson().displayName);
	const text = exactJson(raw, value);
	if (isObject(value)) {
		const filled = bodyBindings(catalogue, operation).find((binding) => isFilled(binding, version));
		const id = filled && ownId(call, operation);
		const hasOwn = filled === undefined || !isEmpty(value[filled.apiName]);
		if (filled && id !== undefined && !hasOwn) {
			// Of a name that comes twice the last counts.
			const own = `${JSON.stringify(filled.apiName)}:${JSON.stringify(id)}`;
			return {
				// Not put into what was given: it may be the input item's own.
				value: { ...value, [filled.apiName]: id },
				text: text && `${text.slice(0, -1)},${own}}`,
			};
		}
	}
	return { value, text };
}

const typed = ({ context, itemIndex }: Call): unknown =>
	context.getNodeParameter(CONTROL.bodyJson, itemIndex, '');

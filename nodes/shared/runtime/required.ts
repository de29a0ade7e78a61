import type { IDataObject } from 'n8n-workflow';

import {
	fieldsOf,
	isRequired,
	minimalValue,
	objectType,
	parseType,
	variantsOf,
} from '../catalogue';
import type { ApiVersion, Catalogue, Field, Operation, TypeExpression } from '../catalogue/types';
import { standsForItsFields } from '../binding/parameterBinding';
import { FIELDS_TO_SET } from '../form/controls';
import type { PartPath } from '../form/mapperFields';
import type { Call } from './product';
import { ParameterError } from './parameterError';
import { isObject } from '../common/objects';

/** A required part that is not there. */
export interface Missing {
	path: PartPath;
	/** It is given by its fields, none of which is required. */
	isObject: boolean;
}

/** What a required part is looked for in. */
export interface Within {
	catalogue: Catalogue;
	version: ApiVersion;
}

/**
 * Required fields that a value lacks, at any depth. Of an object that is not there at all, the fields
 * that it cannot be without; the object itself where it has none.
 */
export function missingIn(
	within: Within,
	type: TypeExpression,
	value: unknown,
	at: PartPath = [],
): Missing[] {
	const parsed = parseType(type);
	if (parsed.kind === 'list')
		return Array.isArray(value)
			? value.flatMap((entry, row) => missingIn(within, parsed.of, entry, [...at, row]))
			: [];
	if (parsed.kind !== 'object' || !isObject(value)) return [];
	return ofAnyKind(within, parsed.name, value).flatMap((field) =>
		missingOf(within, field, value[field.name], [...at, field.name]),
	);
}

/** The fields of an object; of one that does not say its kind, those that all kinds require, and the kind. */
function ofAnyKind(
	{ catalogue, version }: Within,
	name: string,
	value: Record<string, unknown>,
): Field[] {
	const fork = variantsOf(catalogue, name, version);
	if (!fork || value[fork.on] !== undefined) return fieldsOf(catalogue, name, version, value);
	const [first = [], ...others] = fork.variants.map(({ type }) =>
		fieldsOf(catalogue, type, version),
	);
	const isDue = (field: Field, fields: Field[]): boolean =>
		fields.some((one) => one.name === field.name && isRequired(one, version));
	return first.filter((field) => [first, ...others].every((fields) => isDue(field, fields)));
}

/** The same for one field, with its value. */
export function missingOf(within: Within, field: Field, value: unknown, path: PartPath): Missing[] {
	if (value !== undefined) return missingIn(within, field.type, value, path);
	if (!isRequired(field, within.version)) return [];
	const isObject = standsForItsFields(within.catalogue, field.type);
	const inner = isObject ? missingIn(within, field.type, {}, path) : [];
	return inner.length > 0 ? inner : [{ path, isObject }];
}

/** What is missing inside the objects of a body, in the words of the form. */
export interface MissingParts {
	fields: string[];
	/** Objects that need no field of their own, but have to be there. */
	objects: string[];
}

/** For required fields without a value. */
export function missingFields(
	plain: string[],
	{ fields, objects }: MissingParts = { fields: [], objects: [] },
): ParameterError {
	const quoted = (labels: string[]) => labels.map((label) => `"${label}"`).join(', ');
	const all = [...plain, ...fields, ...objects];
	const add = [
		...(fields.length > 0 ? [quoted(fields)] : []),
		...(objects.length > 0 ? [`at least one field of ${quoted(objects)}`] : []),
	].join(', and ');
	return new ParameterError(
		`${quoted(all)} ${all.length === 1 ? 'is' : 'are'} empty`,
		`The operation needs ${all.length === 1 ? 'it' : 'them'}. ${add ? `Add ${add} under "${FIELDS_TO_SET}". ` : ''}If a value comes from an expression, the item has no such field.`,
	);
}

/**
 * @throws ParameterError where a body lacks what the operation needs, at any depth, or has not
 *   exactly one of several alternatives
 */
export function refuseIncomplete(
	call: Call,
	operation: Operation,
	value: unknown,
	version: ApiVersion,
): void {
	const catalogue = call.product.adapter.catalogue();
	const type = operation.body?.type ?? 'any';
	const name = call.product.labels.operation(operation);
	const missing = missingIn({ catalogue, version }, type, value);
	if (missing.length > 0) {
		const labels = missing.map(({ path }) => `"${call.product.labels.fieldAt(operation, path)}"`);
		throw new ParameterError(
			`"${name}" lacks ${[...new Set(labels)].join(', ')}`,
			`A body with all that is required looks like ${JSON.stringify(minimalValue(catalogue, type, version))}`,
		);
	}
	const groups = objectType(catalogue, type.slice(1)).oneOf;
	const has = (group: string[]) =>
		group.every((field) => (value as IDataObject)[field] !== undefined);
	if (!groups || groups.filter(has).length === 1) return;
	const labelled = groups.map((group) =>
		group.map((field) => `"${call.product.labels.fieldAt(operation, [field])}"`).join(' with '),
	);
	throw new ParameterError(
		`"${name}" takes exactly one of ${labelled.join(' and ')}`,
		'Give one of them and leave the others out.',
	);
}

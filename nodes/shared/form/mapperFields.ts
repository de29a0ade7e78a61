import type { FieldType, IDataObject, INodeProperties, ResourceMapperField } from 'n8n-workflow';

import { enumValues, keysOf, parseType, type Leaf } from '../catalogue';
import type { ApiVersion, Catalogue, Operation, TypeExpression } from '../catalogue/types';
import { isSecret, type Sources } from './fields';
import type { ProductOverlay } from './overlay';
import { byName, inPlaces, labelOf, valueLabel } from './operationNames';
import { valueAt } from '../binding/objectPaths';
import { CONTROL } from '../binding/parameterBinding';

/** Name of the method that loads the fields of a resource mapper. */
export const FIELDS_METHOD = 'fieldsToChange';

/**
 * A resource mapper. Its fields come from the catalogue when the form opens: written out they would
 * take more than the description's budget.
 *
 * @param loadedAnew parameters on which the fields depend
 */
export const mapper = (name: string, label: string, loadedAnew: string[]): INodeProperties => ({
	displayName: label,
	name,
	type: 'resourceMapper',
	default: { mappingMode: 'defineBelow', value: null },
	typeOptions: {
		loadOptionsDependsOn: [CONTROL.operation, ...loadedAnew],
		resourceMapper: {
			resourceMapperMethod: FIELDS_METHOD,
			mode: 'add',
			valuesLabel: label,
			fieldWords: { singular: 'field', plural: 'fields' },
			addAllFields: false,
			multiKeyMatch: false,
			supportAutoMap: false,
			// An empty text is one.
			allowEmptyValues: true,
		},
	},
});

/** Place of a field in the order of use: that of its name in the overlay, else behind all of them. */
export function everydayRank({ everydayFields = [] }: ProductOverlay, path: string[]): number {
	const name = path.join('.');
	const place = everydayFields.findIndex((pattern) => pattern.test(name));
	return place < 0 ? everydayFields.length : place;
}

export const byLabel = (a: ResourceMapperField, b: ResourceMapperField): number =>
	byName(a.displayName, b.displayName);

/** What the form offers is added field by field. */
export const OFFERED = { defaultMatch: false, required: false, display: true, removed: true };

/** A part of a body as a field of a resource mapper, with the value that the object has now. */
export function mapperField(
	sources: Sources,
	operation: Operation,
	version: ApiVersion,
	{ path, fields, kinds, isKind }: Leaf,
	record: IDataObject | undefined,
): ResourceMapperField {
	const { overlay } = sources;
	const types = [...new Set(fields.map((field) => mapperType(field.type)))];
	const enums = [...new Set(fields.map(({ type }) => type))];
	const parsed = parseType(fields[0]?.type ?? 'string');
	// Another type in another variant: text takes both, JSON as well.
	const choices = parsed.kind === 'enum' && enums.length === 1 ? parsed.name : undefined;
	const type =
		types.length > 1 || (types[0] === 'options' && choices === undefined)
			? 'string'
			: (types[0] ?? 'string');
	const present = isSecret(path.at(-1) ?? '') ? undefined : presentValue(record, path, type);
	const few = kinds && kinds.length <= MOST_KINDS && !isKind;
	const ofKinds = few ? ` (${kinds.map((kind) => valueLabel(overlay, kind)).join(', ')})` : '';
	return {
		id: path.join('.'),
		displayName:
			leafLabel(overlay, operation, path) +
			ofKinds +
			(enums.length === 1 ? noteOf(sources.catalogue, version, enums[0]!) : jsonOf(type)),
		...OFFERED,
		type,
		...(choices === undefined
			? {}
			: { options: optionsIn(sources, choices, version, fields[0]?.only) }),
		...(present === undefined ? {} : { defaultValue: present }),
	};
}

/** More kinds than that say nothing on a label. */
const MOST_KINDS = 2;

/** The values of an enum in a version, as that version spells them. */
function optionsIn(
	{ catalogue, overlay }: Sources,
	name: string,
	version: ApiVersion,
	only?: string[],
) {
	const wanted = only?.map((one) => one.toLowerCase());
	return enumValues(catalogue, name, version)
		.filter((value) => wanted?.includes(value.toLowerCase()) ?? true)
		.map((value) => ({ name: valueLabel(overlay, value), value }))
		.sort((a, b) => byName(a.name, b.name));
}

/** Names from the outermost field to the last; a number is the row of a list, from 0. */
export type PartPath = Array<string | number>;

/**
 * `schedule.daily.localTime` -> "Local Time (Daily, Schedule)"; `objects`, 1, `name` -> "Name (row 2 of
 * Objects)"; `objects`, 1 -> "Objects, row 2".
 *
 * Own name first, then what it stands in, from the nearest outwards: the editor cuts labels at some 27
 * letters, its menus at 45, and the outer names are those that many fields have in common.
 */
export function leafLabel(overlay: ProductOverlay, operation: Operation, path: PartPath): string {
	const steps: Array<{ name: string; row?: number }> = [];
	for (const step of path) {
		const outer = steps.at(-1);
		if (typeof step === 'string') steps.push({ name: labelOf(overlay, operation, step) });
		else if (outer) outer.row = step + 1;
	}
	const last = steps.pop();
	const places = steps
		.reverse()
		.map(({ name, row }) => (row === undefined ? name : `row ${row} of ${name}`));
	const own = last?.row === undefined ? (last?.name ?? '') : `${last.name}, row ${last.row}`;
	return inPlaces(own, places);
}

/** Names from the outermost one on: by them what stands in one object stays together in a list. */
export const placeOf = (overlay: ProductOverlay, operation: Operation, path: string[]): string =>
	path.map((one) => labelOf(overlay, operation, one)).join(': ');

/** What stands in a field of the object now, as the form can show it. */
function presentValue(
	record: IDataObject | undefined,
	path: string[],
	type: FieldType,
): string | number | boolean | undefined {
	const value = valueAt(record, path);
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'object') return value as string;
	return (type === 'string' ? withCommas(value) : undefined) ?? JSON.stringify(value, null, 2);
}

/** `a, b`; undefined where such text would be read as another list, or where it is none of plain values. */
function withCommas(value: unknown): string | undefined {
	if (!Array.isArray(value) || value.length === 0) return undefined;
	const isPlain = (one: unknown): boolean =>
		typeof one === 'string' ? /^[^\s,[]([^,\n]*[^\s,])?$/.test(one) : typeof one === 'number';
	return value.every(isPlain) ? value.join(', ') : undefined;
}

/** On the label of a field that takes several values as text. */
export const SEVERAL = ' (Comma-Separated)';

/** Letters of choices that fit on a label. */
const MOST_LETTERS = 90;

/** What the label of a list of plain values says: how they are given, and which there are where they are few. */
function severalNote(
	catalogue: Catalogue,
	version: ApiVersion,
	expression: TypeExpression,
): string {
	const type = parseType(expression);
	if (type.kind !== 'list' || !isPlainList(expression)) return '';
	const of = parseType(type.of);
	const choices = of.kind === 'enum' ? enumValues(catalogue, of.name, version).join(', ') : '';
	return choices === '' || choices.length > MOST_LETTERS
		? SEVERAL
		: ` (Comma-Separated: ${choices})`;
}

/** The same of a field whose JSON has other keys in another kind of object. */
const jsonOf = (type: FieldType): string =>
	type === 'array' ? ' (JSON List)' : type === 'object' ? ' (JSON)' : '';

/** What a label says of how its value is written: with commas, or as JSON. */
export function noteOf(
	catalogue: Catalogue,
	version: ApiVersion,
	expression: TypeExpression,
): string {
	const isJson = ['array', 'object'].includes(mapperType(expression));
	return isJson
		? jsonNote(catalogue, version, expression)
		: severalNote(catalogue, version, expression);
}

/** What the label of a field of JSON says: that it is one, and its keys. */
function jsonNote(catalogue: Catalogue, version: ApiVersion, expression: TypeExpression): string {
	const { kind } = parseType(expression);
	const what = kind === 'list' ? 'JSON List' : kind === 'map' ? 'JSON, by Name' : 'JSON';
	const keys = keysOf(catalogue, version, expression, MOST_LETTERS);
	return keys === '' ? ` (${what})` : ` (${what}: ${keys})`;
}

/** A list of texts, numbers, choices, dates or IDs: what a person writes with commas between. */
function isPlainList(expression: TypeExpression): boolean {
	const type = parseType(expression);
	if (type.kind !== 'list') return false;
	const of = parseType(type.of);
	return of.kind === 'enum' || (of.kind === 'scalar' && !NO_TEXT.includes(of.name));
}

/** Of these, a text with commas does not say what is meant. */
const NO_TEXT = ['any', 'object', 'boolean'];

/** How the editor takes values of a type. Plain lists are text: people do not write JSON. */
export function mapperType(expression: TypeExpression): FieldType {
	const type = parseType(expression);
	if (type.kind === 'list') return isPlainList(expression) ? 'string' : 'array';
	if (type.kind === 'enum') return 'options';
	if (type.kind !== 'scalar') return 'object';
	if (type.name === 'boolean') return 'boolean';
	if (type.name === 'integer' || type.name === 'number') return 'number';
	if (type.name === 'dateTime' || type.name === 'date') return 'dateTime';
	return 'string';
}

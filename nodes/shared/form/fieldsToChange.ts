import type { FieldType, IDataObject, INodeProperties, ResourceMapperField } from 'n8n-workflow';

import {
	enumValues,
	findOperation,
	leavesOf,
	parseType,
	variantsOf,
	type Leaf,
} from '../catalogue';
import type { ApiVersion, Catalogue, Operation, TypeExpression } from '../catalogue/types';
import { enumOptions, isSecret, type Sources } from './fields';
import type { ProductOverlay } from './overlay';
import { byName, labelOf, valueLabel } from './operationNames';
import { valueAt } from '../binding/objectPaths';
import { bodyBindings, bodyInput, CONTROL } from '../binding/parameterBinding';
import { FIELDS_TO_CHANGE } from './controls';

/** Name of the method that tells the fields of an update or of a JSON Patch. */
export const FIELDS_METHOD = 'fieldsToChange';

/**
 * The fields of an update or of a JSON Patch with their new values. A resource mapper, whose fields
 * come from the catalogue when the form opens: written out they would take a fourth of the
 * description's budget.
 *
 * @param loadedAnew parameters that name the object: each object has fields of its own
 */
export const fieldsToChange = (loadedAnew: string[]): INodeProperties => ({
	displayName: FIELDS_TO_CHANGE,
	name: CONTROL.fieldsToChange,
	type: 'resourceMapper',
	default: { mappingMode: 'defineBelow', value: null },
	required: true,
	description: 'Everything else stays as it is',
	typeOptions: {
		loadOptionsDependsOn: [CONTROL.operation, ...loadedAnew],
		resourceMapper: {
			resourceMapperMethod: FIELDS_METHOD,
			mode: 'add',
			valuesLabel: FIELDS_TO_CHANGE,
			fieldWords: { singular: 'field', plural: 'fields' },
			addAllFields: false,
			multiKeyMatch: false,
			supportAutoMap: false,
			// An empty text is one.
			allowEmptyValues: true,
		},
	},
});

/** The object that an update changes. */
export interface Known {
	/** The version whose fields are offered. */
	version: ApiVersion;
	/** The object as it is, where it could be read: its kind decides the fields, its values stand there. */
	record?: IDataObject;
}

/**
 * The fields that can be changed by an operation, by label; none for operations of another sort.
 * Those of an update are the parts of the object down to the last level; those of a JSON Patch the
 * ones on top.
 */
export function changeableFields(
	sources: Sources,
	operationId: string,
	known?: Known,
): ResourceMapperField[] {
	const operation = findOperation(sources.catalogue, operationId);
	if (!operation) return [];
	const input = bodyInput(sources.catalogue, operation);
	if (input === 'patch') return patchFields(sources, operation);
	const newest = operation.in.at(-1);
	const at = known && operation.in.includes(known.version) ? known : { version: newest ?? '' };
	return input === 'update' ? updateFields(sources, operation, at) : [];
}

const byLabel = (a: ResourceMapperField, b: ResourceMapperField): number =>
	byName(a.displayName, b.displayName);

/** What the form offers is added field by field; nothing is required. */
const OFFERED = { defaultMatch: false, required: false, display: true, removed: true };

function updateFields(
	sources: Sources,
	operation: Operation,
	{ version, record }: Known,
): ResourceMapperField[] {
	const leaves = updateLeaves(sources.catalogue, operation, version, record);
	return leaves
		.map((leaf) => ({ leaf, field: mapperField(sources, operation, version, leaf, record) }))
		.sort(
			(a, b) =>
				Number(a.leaf.path.length > 1) - Number(b.leaf.path.length > 1) ||
				byLabel(a.field, b.field),
		)
		.map(({ field }) => field);
}

/**
 * The fields of an update. Not among them: the ID that the path says already, and the kind of the
 * object where the object says it.
 *
 * @param record the object as it is
 * @param changed the object with what is given for the kinds of its parts
 */
export function updateLeaves(
	catalogue: Catalogue,
	operation: Operation,
	version: ApiVersion,
	record?: IDataObject,
	changed = record,
): Leaf[] {
	const type = operation.body?.type ?? 'any';
	const kind = kindField(catalogue, operation, version);
	const isSaid = ({ path: [name = '', ...inner] }: Leaf): boolean =>
		inner.length === 0 &&
		((name === 'id' && operation.path.endsWith('{id}')) ||
			(name === kind && (record === undefined || hasKind(record, kind))));
	return leavesOf(catalogue, type, version, changed).filter((leaf) => !isSaid(leaf));
}

/** Whether an object says of which kind it is. */
const hasKind = (record: IDataObject, kind: string): boolean =>
	record[kind] !== undefined && record[kind] !== null && record[kind] !== '';

/** The field of an object that tells its kind; undefined where there are none. */
export function kindField(
	catalogue: Catalogue,
	{ body }: Operation,
	version: ApiVersion,
): string | undefined {
	const type = parseType(body?.type ?? 'any');
	return type.kind === 'object' ? variantsOf(catalogue, type.name, version)?.on : undefined;
}

function mapperField(
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
	const present = isSecret(path.at(-1) ?? '') ? undefined : presentValue(record, path);
	const few = kinds && kinds.length <= MOST_KINDS && !isKind;
	return {
		id: path.join('.'),
		displayName:
			leafLabel(overlay, operation, path) +
			(few ? ` (${kinds.map((kind) => valueLabel(overlay, kind)).join(', ')})` : ''),
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

/** `schedule.daily.localTime` -> "Schedule: Daily: Local Time". */
export const leafLabel = (overlay: ProductOverlay, operation: Operation, path: string[]): string =>
	path.map((name) => labelOf(overlay, operation, name)).join(': ');

/** What stands in a field of the object now, as the form can show it. */
function presentValue(
	record: IDataObject | undefined,
	path: string[],
): string | number | boolean | undefined {
	const value = valueAt(record, path);
	if (value === undefined || value === null) return undefined;
	return typeof value === 'object' ? JSON.stringify(value, null, 2) : (value as string);
}

function patchFields(sources: Sources, operation: Operation): ResourceMapperField[] {
	const { catalogue, overlay } = sources;
	return bodyBindings(catalogue, operation)
		.filter(({ apiName }) => !isServers(sources, operation, apiName))
		.map(({ apiName, definitions }): ResourceMapperField => {
			const type = definitions.at(-1)?.type ?? 'string';
			const parsed = parseType(type);
			const types = new Set(definitions.map((definition) => mapperType(definition.type)));
			return {
				id: apiName,
				displayName: labelOf(overlay, operation, apiName),
				...OFFERED,
				// Another type in another version: text takes both, JSON as well.
				type: types.size > 1 ? 'string' : mapperType(type),
				...(parsed.kind === 'enum' ? { options: enumOptions(sources, parsed.name) } : {}),
			};
		})
		.sort(byLabel);
}

/** What no user changes: what the path says already, and what the server alone knows. */
const isServers = ({ overlay }: Sources, { path }: Operation, apiName: string): boolean =>
	path.includes(`{${apiName}}`) ||
	(overlay.serverOwned ?? []).some((pattern) => pattern.test(apiName));

function mapperType(expression: TypeExpression): FieldType {
	const type = parseType(expression);
	if (type.kind === 'list') return 'array';
	if (type.kind === 'enum') return 'options';
	if (type.kind !== 'scalar') return 'object';
	if (type.name === 'boolean') return 'boolean';
	if (type.name === 'integer' || type.name === 'number') return 'number';
	if (type.name === 'dateTime' || type.name === 'date') return 'dateTime';
	return 'string';
}

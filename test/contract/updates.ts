/**
 * Updates by fields, as a user makes them: Prism answers the read with an object of the wanted kind,
 * the form's fields are loaded from it, and the node changes one of them, or all.
 */
import type {
	INodeParameters,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { leavesOf, minimalValue, parseType, variantsOf } from '../../nodes/shared/catalogue';
import { enumValues } from '../../nodes/shared/catalogue/read';
import type { ApiVersion, Catalogue, Field, Operation } from '../../nodes/shared/catalogue/types';
import { setAt, valueAt } from '../../nodes/shared/binding/objectPaths';
import {
	CONTROL,
	definitionIn,
	pathBindings,
	queryBindings,
	queryLanguage,
} from '../../nodes/shared/binding/parameterBinding';
import { isHollow, NIL_UUID } from '../../nodes/shared/binding/values';
import { QUERY_OPTION } from '../../nodes/shared/form/queryLanguage';
import { type Case, type Form, resourceOf, SAMPLES } from './cases';

type Json = Record<string, never>;

/** Loads what the form offers for an object. */
export type LoadFields = (
	parameters: INodeParameters,
	record: Json,
) => Promise<ResourceMapperFields>;

/** One field changed and all fields changed, for each kind of the object. */
export async function updateCases(
	{ description, catalogue }: Form,
	operation: Operation,
	version: ApiVersion,
	load: LoadFields,
): Promise<Case[]> {
	const resource = resourceOf(description, operation.id);
	if (resource === undefined) return [];
	const type = operation.body?.type ?? 'any';
	const fork = variantsOf(catalogue, type.slice(1), version);
	const kinds = fork ? fork.variants.map(({ value }) => value) : [undefined];
	const query: INodeParameters = {};
	for (const { name, definitions } of queryBindings(operation)) {
		const type = definitionIn(definitions, version)?.type;
		if (type === undefined) continue;
		query[name] = type.startsWith('@')
			? enumValues(catalogue, type.slice(1), version)[0]
			: SAMPLES[type];
	}
	const selects = queryLanguage(operation).has('select');
	const cases: Case[] = [];
	for (const kind of kinds) {
		const record = recordOf(catalogue, type, version, kind);
		const parameters: INodeParameters = { resource, operation: operation.id, bodyMode: 'fields' };
		for (const { name, definitions } of pathBindings(operation))
			parameters[name] = SAMPLES[definitions[0]?.type ?? 'string'] as never;
		const { fields } = await load(parameters, record);
		const all = valuesOf(catalogue, type, version, { record, fields });
		// A part that is new would have to bring all that it demands.
		const changed = Object.entries(all).find(([id, value]) => {
			const path = id.split('.');
			const isBegun = path.length > 1 && valueAt(record, path.slice(0, -1)) === undefined;
			return !isBegun && !isSame(valueAt(record, path), value);
		});
		// Where the object has no part yet, the least that can be said is one whole part.
		const [part] = Object.keys(all).map((id) => id.split('.')[0]!);
		const least = changed
			? [changed]
			: Object.entries(all).filter(([id]) => id.split('.')[0] === part);
		const suffix = kind === undefined ? '' : `, ${fork?.on}=${kind}`;
		for (const extent of ['required', 'all'] as const) {
			const value = extent === 'all' ? all : Object.fromEntries(least);
			const schema = fields.map((field) => ({ ...field, removed: !(field.id in value) }));
			cases.push({
				name: extent + suffix,
				extent,
				record,
				query: extent === 'all' ? Object.keys(query) : [],
				body: [...new Set([...Object.keys(record), ...topLevel(Object.keys(value))])],
				leaves: Object.keys(value),
				parameters: {
					...parameters,
					...(extent === 'all' && Object.keys(query).length > 0
						? { [CONTROL.filters]: query }
						: {}),
					...(extent === 'all' && selects
						? { [CONTROL.queryOptions]: { [QUERY_OPTION.select]: ['name'] } }
						: {}),
					[CONTROL.fieldsToChange]: {
						mappingMode: 'defineBelow',
						value,
						matchingColumns: [],
						schema,
					} as never,
				},
			});
		}
	}
	return cases;
}

const topLevel = (ids: string[]): string[] => ids.map((id) => id.split('.')[0] ?? id);

/** Text and JSON text mean the same. */
const isSame = (a: unknown, b: unknown): boolean =>
	(typeof a === 'object' ? JSON.stringify(a) : a) === b;

/** The smallest object of a kind that the version takes, its empty texts (valid base64, too) and IDs filled in. */
function recordOf(catalogue: Catalogue, type: string, version: ApiVersion, variant?: string): Json {
	const of = variant === undefined ? {} : { variant };
	const least = minimalValue(catalogue, type, version, of);
	// The server answers with something where nothing is required.
	const smallest = isHollow(least)
		? minimalValue(catalogue, type, version, { ...of, optional: true })
		: least;
	const filled = JSON.stringify(smallest, (_, value: unknown) =>
		value === '' ? 'presents' : value,
	);
	return JSON.parse(filled.replaceAll(NIL_UUID, PRESENT_ID)) as Json;
}

const PRESENT_ID = '0a0b0c0d-1111-4222-8333-444455556666';

/** A value for every field of the object; what tells kinds apart inside it is chosen first. */
function valuesOf(
	catalogue: Catalogue,
	type: string,
	version: ApiVersion,
	{ record, fields }: { record: Json; fields: ResourceMapperField[] },
): Record<string, unknown> {
	const offered = new Map(fields.map((field) => [field.id, field]));
	const chosen: Record<string, unknown> = {};
	let draft: object = record;
	for (let found = true; found; ) {
		found = false;
		for (const { path, isKind, fields: definitions } of leavesOf(catalogue, type, version, draft)) {
			const id = path.join('.');
			const field = offered.get(id);
			if (!isKind || !field || valueAt(draft, path) !== undefined) continue;
			chosen[id] = sample(catalogue, version, definitions[0]!, field);
			draft = setAt(draft as never, path, chosen[id]);
			found = true;
			break;
		}
	}
	for (const { path, isKind, fields: definitions } of leavesOf(catalogue, type, version, draft)) {
		const id = path.join('.');
		const field = offered.get(id);
		if (!isKind && field) chosen[id] = sample(catalogue, version, definitions[0]!, field);
	}
	return chosen;
}

function sample(
	catalogue: Catalogue,
	version: ApiVersion,
	field: Field,
	offered: ResourceMapperField,
): unknown {
	const type = parseType(field.type);
	if (offered.type === 'array' || offered.type === 'object' || type.kind === 'list')
		return json(catalogue, version, field);
	if (type.kind === 'enum') {
		const choices = (offered.options ?? []) as INodePropertyOptions[];
		return choices.at(-1)?.value ?? enumValues(catalogue, type.name, version)[0];
	}
	if (type.kind !== 'scalar') return undefined;
	if (type.name === 'integer' || type.name === 'number')
		return Math.min(Math.max(field.min ?? 1, 2), field.max ?? 2);
	return SAMPLES[type.name];
}

/** JSON text of a list or map, as the editor's JSON field holds it. */
function json(catalogue: Catalogue, version: ApiVersion, field: Field): string {
	const value = minimalValue(catalogue, field.type, version);
	const filled = JSON.stringify(value, (_, one: unknown) => (one === '' ? 'sample' : one));
	return filled.replaceAll(NIL_UUID, String(SAMPLES.uuid));
}

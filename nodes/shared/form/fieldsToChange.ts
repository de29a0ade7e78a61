import type { IDataObject, INodeProperties, ResourceMapperField } from 'n8n-workflow';

import { findOperation, leavesOf, parseType, variantsOf, type Leaf } from '../catalogue';
import type { ApiVersion, Catalogue, Operation } from '../catalogue/types';
import { bodyBindings, bodyInput, CONTROL } from '../binding/parameterBinding';
import { FIELDS_TO_CHANGE } from './controls';
import { enumOptions, type Sources } from './fields';
import {
	byLabel,
	everydayRank,
	mapper,
	mapperField,
	placeOf,
	mapperType,
	OFFERED,
	noteOf,
} from './mapperFields';
import { byName, labelOf } from './operationNames';

/**
 * The fields of an update or of a JSON Patch with their new values.
 *
 * @param loadedAnew parameters that name the object: each object has fields of its own
 */
export const fieldsToChange = (loadedAnew: string[]): INodeProperties => ({
	...mapper(CONTROL.fieldsToChange, FIELDS_TO_CHANGE, loadedAnew),
	required: true,
	description: 'Everything else stays as it is',
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

function updateFields(
	sources: Sources,
	operation: Operation,
	{ version, record }: Known,
): ResourceMapperField[] {
	const leaves = updateLeaves(sources.catalogue, operation, version, record);
	return leaves
		.map((leaf) => ({
			field: mapperField(sources, operation, version, leaf, record),
			nested: Number(leaf.path.length > 1),
			rank: everydayRank(sources.overlay, leaf.path),
			place: placeOf(sources.overlay, operation, leaf.path),
		}))
		.sort((a, b) => a.nested - b.nested || a.rank - b.rank || byName(a.place, b.place))
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
				displayName:
					labelOf(overlay, operation, apiName) +
					(types.size > 1 ? '' : noteOf(catalogue, operation.in.at(-1) ?? '', type)),
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

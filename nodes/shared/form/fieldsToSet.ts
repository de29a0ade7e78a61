import type { IDataObject, INodeProperties, ResourceMapperField } from 'n8n-workflow';

import { leavesOf, type Leaf } from '../catalogue';
import type { ApiVersion, Catalogue, Operation } from '../catalogue/types';
import {
	bodyBindings,
	bodyInput,
	CONTROL,
	type ParameterBinding,
} from '../binding/parameterBinding';
import { FIELDS_TO_SET } from './controls';
import type { Sources } from './fields';
import { everydayRank, mapper, mapperField } from './mapperFields';

/**
 * The fields inside the objects of a body, one by one.
 *
 * @param loadedAnew dropdowns of variants: each variant has fields of its own
 */
export const fieldsToSet = (loadedAnew: string[]): INodeProperties =>
	mapper(CONTROL.fieldsToSet, FIELDS_TO_SET, loadedAnew);

/** The objects of a body, given by their own fields. @param variant as in `bodyBindings` */
export const partsOf = (
	catalogue: Catalogue,
	operation: Operation,
	variant?: string,
): ParameterBinding[] =>
	bodyInput(catalogue, operation) === 'fields'
		? bodyBindings(catalogue, operation, variant).filter(
				({ collection }) => collection === CONTROL.fieldsToSet,
			)
		: [];

/**
 * The fields inside the objects of a body, in the order of the API.
 *
 * @param parts the objects
 * @param kinds the body with what is given for its own kind and the kinds of its parts
 */
export function settableLeaves(
	catalogue: Catalogue,
	operation: Operation,
	version: ApiVersion,
	parts: ParameterBinding[],
	kinds: IDataObject,
): Leaf[] {
	const names = new Set(parts.map(({ apiName }) => apiName));
	const type = operation.body?.type ?? 'any';
	const leaves = leavesOf(
		catalogue,
		type,
		version,
		Object.keys(kinds).length > 0 ? kinds : undefined,
	);
	return leaves.filter(({ path: [name = ''] }) => names.has(name));
}

/** What the form says when the fields are loaded. */
export interface Opened {
	version: ApiVersion;
	/** The objects of the body: those of the chosen variant, or of all that it may be. */
	parts: ParameterBinding[];
	/** Its own kind and the kinds of its parts, as far as they are given. */
	kinds: IDataObject;
}

/**
 * The same as fields of the mapper: what is required first and open, then what people come for, then
 * the rest in the order of the API.
 */
export function settableFields(
	sources: Sources,
	operation: Operation,
	{ version, parts, kinds }: Opened,
): ResourceMapperField[] {
	const { catalogue, overlay } = sources;
	const leaves = settableLeaves(catalogue, operation, version, parts, kinds);
	const rank = ({ path, required }: Leaf): number => (required ? -1 : everydayRank(overlay, path));
	return leaves
		.map((leaf) => ({ leaf, rank: rank(leaf) }))
		.sort((a, b) => a.rank - b.rank)
		.map(({ leaf }) => {
			const field = mapperField(sources, operation, version, leaf, undefined);
			const required = leaf.required ?? false;
			return { ...field, required, removed: !required };
		});
}

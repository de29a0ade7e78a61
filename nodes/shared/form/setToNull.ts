import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { leavesOf } from '../catalogue';
import type { Catalogue, Operation } from '../catalogue/types';
import { bodyBindings, bodyInput, bodyType, CONTROL } from '../binding/parameterBinding';
import { partsOf } from './fieldsToSet';
import { leafLabel } from './mapperFields';
import type { Sources } from './fields';
import { byName, toldApart } from './operationNames';

/** Name of the method that loads the fields that can be null. */
export const NULL_OPTIONS = 'nullableFieldOptions';

/** An empty field is not sent, or as an empty text: what is to be null is named here. */
export const setToNull = (): INodeProperties => ({
	displayName: 'Set to Null',
	name: CONTROL.setToNull,
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: NULL_OPTIONS },
	default: [],
	description: 'Fields to send with the value null',
});

/**
 * Fields of a body that may be null in some version, as names from the outermost one to the last; none
 * where the body is given as JSON alone.
 */
export function nullablePaths(catalogue: Catalogue, operation: Operation): string[][] {
	const input = bodyInput(catalogue, operation);
	const paths = new Map<string, string[]>();
	const add = (path: string[]) => paths.set(path.join('.'), path);
	if (input === 'update') for (const path of nullableLeaves(catalogue, operation)) add(path);
	if (input === 'fields' || input === 'patch') {
		const variants = Object.keys(bodyType(catalogue, operation)?.variants?.of ?? {});
		for (const variant of [undefined, ...variants])
			for (const binding of bodyBindings(catalogue, operation, variant))
				if (!binding.filledFrom && binding.definitions.some(({ nullable }) => nullable))
					add([binding.apiName]);
		const parts = [undefined, ...variants].flatMap((variant) =>
			partsOf(catalogue, operation, variant).map(({ apiName }) => apiName),
		);
		for (const path of input === 'fields' ? nullableLeaves(catalogue, operation) : [])
			if (parts.includes(path[0]!)) add(path);
	}
	return [...paths.values()];
}

/** Those at any depth, of every version. */
const nullableLeaves = (catalogue: Catalogue, { in: versions, body }: Operation): string[][] =>
	versions.flatMap((version) =>
		leavesOf(catalogue, body?.type ?? 'any', version)
			.filter(({ fields }) => fields.some(({ nullable }) => nullable))
			.map(({ path }) => path),
	);

/** The same as choices. No request leaves for the server. */
export const nullableFields = (
	{ catalogue, overlay }: Sources,
	operation: Operation,
): INodePropertyOptions[] =>
	toldApart(
		nullablePaths(catalogue, operation).map((path) => ({
			name: leafLabel(overlay, operation, path),
			value: path.join('.'),
		})),
	).sort((a, b) => byName(a.name, b.name));

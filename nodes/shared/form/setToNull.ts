import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { branchesOf, isNullable, leavesOf } from '../catalogue';
import type { ApiVersion, Catalogue, Field, Operation } from '../catalogue/types';
import {
	bodyBindings,
	bodyInput,
	bodyType,
	CONTROL,
	definitionIn,
} from '../binding/parameterBinding';
import { updateLeaves } from './fieldsToChange';
import { partsOf } from './fieldsToSet';
import { leafLabel, placeOf } from './mapperFields';
import type { Sources } from './fields';
import { byName, withDistinctNames } from './operationNames';
import { versionNote } from './versionNote';

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

/** A field that may be null: names from the outermost one to the last, and the versions that take it. */
interface NullablePlace {
	path: string[];
	versions: ApiVersion[];
}

/**
 * Fields of a body that may be null in some version; none where the body is given as JSON alone. Of an
 * update also those inside its objects, and the objects themselves.
 */
export function nullablePlaces(catalogue: Catalogue, operation: Operation): NullablePlace[] {
	const input = bodyInput(catalogue, operation);
	const places = new Map<string, NullablePlace>();
	const add = (path: string[], fields: Field[], version: ApiVersion) => {
		if (!fields.some((field) => isNullable(field, version))) return;
		const place = places.get(path.join('.')) ?? { path, versions: [] };
		if (!place.versions.includes(version)) place.versions.push(version);
		places.set(path.join('.'), place);
	};
	if (input === 'update') {
		const type = operation.body?.type ?? 'any';
		for (const version of operation.in) {
			const parts = [
				...updateLeaves(catalogue, operation, version),
				...branchesOf(catalogue, type, version),
			];
			for (const { path, fields } of parts) add(path, fields, version);
		}
	}
	if (input === 'fields' || input === 'patch') {
		const variants = Object.keys(bodyType(catalogue, operation)?.variants?.of ?? {});
		for (const variant of [undefined, ...variants])
			for (const { apiName, definitions, filledFrom } of bodyBindings(
				catalogue,
				operation,
				variant,
			))
				for (const version of operation.in) {
					const definition = filledFrom ? undefined : definitionIn(definitions, version);
					if (definition) add([apiName], [definition], version);
				}
		const objects = new Set(
			[undefined, ...variants].flatMap((variant) =>
				partsOf(catalogue, operation, variant).map(({ apiName }) => apiName),
			),
		);
		const type = operation.body?.type ?? 'any';
		for (const version of objects.size > 0 ? operation.in : [])
			for (const { path, fields } of [
				...leavesOf(catalogue, type, version),
				...branchesOf(catalogue, type, version),
			])
				if (path.length > 1 && objects.has(path[0]!)) add(path, fields, version);
	}
	return [...places.values()];
}

/**
 * The same as choices, each with the versions that take null in it where not all do. No request leaves
 * for the server.
 */
export const nullableFields = (
	{ catalogue, overlay }: Sources,
	operation: Operation,
): INodePropertyOptions[] =>
	withDistinctNames(
		nullablePlaces(catalogue, operation)
			.map((one) => ({ ...one, place: placeOf(overlay, operation, one.path) }))
			.sort((a, b) => byName(a.place, b.place))
			.map(({ path, versions }) => ({
				name: leafLabel(overlay, operation, path),
				value: path.join('.'),
				...(versions.length < operation.in.length
					? { description: `Needs ${versionNote(catalogue.versions, versions)}` }
					: {}),
			})),
	);

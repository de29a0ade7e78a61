import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { findOperation, parseType } from '../catalogue';
import type { Operation, TypeExpression } from '../catalogue/types';
import { enumOptions, type Sources } from './fields';
import { CONTROL, queryPlaces } from './parameterNames';
import type { Wish } from './sharing';

/**
 * Filters that many operations have under one name with other choices each (`orderColumn`, `type`),
 * and very long dropdowns. Written out they would take a fourth of the description's whole budget,
 * so the editor asks for the choices of the operation at hand. They come from the catalogue: no
 * request is sent to the server.
 */

/** More definitions of one name than this, or more choices, and they are loaded. */
const MOST_DEFINITIONS = 2;
const MOST_CHOICES = 20;

/** Name of the method that loads the choices of a filter. */
const methodOf = (filter: string): string => `${filter}Options`;

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** The wishes with long or manifold choices replaced by a method that loads them. */
export function withLoadedOptions(wishes: Wish[]): Wish[] {
	const definitions = new Map<string, Set<string>>();
	for (const { property } of wishes) {
		if (!property.options) continue;
		const known = definitions.get(property.name) ?? new Set();
		definitions.set(property.name, known.add(JSON.stringify(property.options)));
	}
	return wishes.map((wish) => {
		const { options, ...property } = wish.property;
		if (!options) return wish;
		const many = (definitions.get(property.name)?.size ?? 0) > MOST_DEFINITIONS;
		if (!many && options.length <= MOST_CHOICES) return wish;
		const loaded = {
			...property,
			typeOptions: { loadOptionsMethod: methodOf(property.name) },
			default: property.type === 'multiOptions' ? [] : '',
		};
		return { ...wish, property: loaded };
	});
}

/** The methods the properties ask for: one for each name of an enum filter. */
export function loadOptionsMethods(sources: () => Sources): Record<string, LoadOptions> {
	const filters = new Set<string>();
	for (const operation of sources().catalogue.operations)
		for (const { apiName } of queryPlaces(operation))
			if (enumOf(operation, apiName) !== undefined) filters.add(apiName);
	return Object.fromEntries(
		[...filters].map((filter): [string, LoadOptions] => [
			methodOf(filter),
			async function () {
				const { catalogue } = sources();
				const id = String(this.getCurrentNodeParameter(CONTROL.operation));
				const operation = findOperation(catalogue, id);
				const name = operation && enumOf(operation, filter);
				return name === undefined ? [] : enumOptions(sources(), name);
			},
		]),
	);
}

/** The enum whose values a filter takes; undefined where it takes others. */
function enumOf(operation: Operation, filter: string): string | undefined {
	const place = queryPlaces(operation).find(({ apiName }) => apiName === filter);
	const type: TypeExpression = place?.definitions.at(-1)?.type ?? 'string';
	const parsed = parseType(type.replace(/\[\]$/, ''));
	return parsed.kind === 'enum' ? parsed.name : undefined;
}

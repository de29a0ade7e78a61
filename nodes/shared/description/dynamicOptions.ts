import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { findOperation, parseType } from '../catalogue';
import type { Operation } from '../catalogue/types';
import { enumOptions, type Sources } from './fields';
import { allPlaces, CONTROL } from './parameterNames';
import type { Wish } from './sharing';

/**
 * Dropdowns whose choices the editor asks for: long ones, and those that many operations have under
 * one name with other choices each (`orderColumn`, `type`). Written out they would take a third of
 * the description's budget. The choices come from the catalogue: no request leaves for the server.
 */

/** Up to so many choices are written out. */
const MOST_CHOICES = 4;
/** Up to so many definitions of one name are written out. */
const MOST_DEFINITIONS = 2;

/** Name of the method that loads the choices of a parameter. */
const methodOf = (parameter: string): string => `${parameter}Options`;

/** The wishes with long or manifold choices replaced by a method that loads them. */
export function withLoadedOptions(wishes: Wish[]): Wish[] {
	const definitions = new Map<string, Set<string>>();
	for (const { property } of wishes) {
		if (!isChoice(property)) continue;
		const known = definitions.get(property.name) ?? new Set();
		definitions.set(property.name, known.add(JSON.stringify(property.options)));
	}
	return wishes.map((wish) => {
		if (!isChoice(wish.property)) return wish;
		const { options = [], ...property } = wish.property;
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

/** A dropdown of API values; the node's own switches stay as they are. */
const isChoice = ({ name, type }: Wish['property']): boolean =>
	(type === 'options' || type === 'multiOptions') && !OWN.has(name);

const OWN = new Set<string>([...Object.values(CONTROL), 'requestMethod', 'requestReturns']);

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** The methods the properties ask for: one for each name of a parameter that takes an enum. */
export function loadOptionsMethods({ catalogue, names }: Sources): Record<string, LoadOptions> {
	const parameters = new Set<string>();
	for (const operation of catalogue.operations)
		for (const { name, definitions } of allPlaces(catalogue, operation))
			if (definitions.some(({ type }) => type.startsWith('='))) parameters.add(name);
	return Object.fromEntries(
		[...parameters].map((parameter): [string, LoadOptions] => [
			methodOf(parameter),
			async function () {
				const id = String(this.getCurrentNodeParameter(CONTROL.operation));
				const operation = findOperation(catalogue, id);
				const name = operation && enumOf({ catalogue, names }, operation, parameter);
				return name === undefined ? [] : enumOptions({ catalogue, names }, name);
			},
		]),
	);
}

/** The enum whose values a parameter takes in an operation; undefined where it takes others. */
function enumOf({ catalogue }: Sources, operation: Operation, parameter: string): string | undefined {
	for (const { name, definitions } of allPlaces(catalogue, operation)) {
		const type = parseType(definitions.at(-1)?.type.replace(/\[\]$/, '') ?? 'string');
		if (name === parameter && type.kind === 'enum') return type.name;
	}
	return undefined;
}

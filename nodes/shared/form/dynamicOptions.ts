import type { ILoadOptionsFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { findOperation, parseType } from '../catalogue';
import { valuesAt } from '../common/valuesAt';
import type { Operation } from '../catalogue/types';
import { enumOptions, variantOptions, type Sources } from './fields';
import { allBindings, CONTROL, variantBinding } from '../binding/parameterBinding';
import { FIELD_OPTIONS, returnedFields } from './queryLanguage';
import type { PropertyRequest } from './dedupe';
import { NULL_OPTIONS, nullableFields } from './setToNull';

/**
 * Dropdowns whose choices the editor asks for: long ones, and those that many operations have under
 * one name with other choices each (`orderColumn`, `type`). Written out they would take a third of
 * the description's budget. The choices come from the catalogue: no request leaves for the server.
 */

/** Up to so many choices are written out. */
const MOST_CHOICES = 2;
/** Up to so many definitions of one name are written out. */
const MOST_DEFINITIONS = 2;

/** Name of the method that loads the choices of a parameter. */
const methodOf = (parameter: string): string => `${parameter}Options`;

/** The property requests with long or manifold choices replaced by a method that loads them. */
export function withLoadedOptions(propertyRequests: PropertyRequest[]): PropertyRequest[] {
	const definitions = new Map<string, Set<string>>();
	for (const { property } of propertyRequests) {
		if (!isChoice(property)) continue;
		const known = definitions.get(property.name) ?? new Set();
		definitions.set(property.name, known.add(JSON.stringify(property.options)));
	}
	return propertyRequests.map((propertyRequest) => {
		if (!isChoice(propertyRequest.property)) return propertyRequest;
		const { options = [], ...property } = propertyRequest.property;
		const many = (definitions.get(property.name)?.size ?? 0) > MOST_DEFINITIONS;
		if (!many && options.length <= MOST_CHOICES) return propertyRequest;
		const loaded = {
			...property,
			typeOptions: { loadOptionsMethod: methodOf(property.name) },
			default: property.type === 'multiOptions' ? [] : '',
		};
		return { ...propertyRequest, property: loaded };
	});
}

/** A dropdown of API values; the node's own switches stay as they are. */
const isChoice = ({ name, type, options }: PropertyRequest['property']): boolean =>
	(type === 'options' || type === 'multiOptions') && options !== undefined && !OWN.has(name);

const OWN = new Set<string>([...Object.values(CONTROL), 'requestMethod', 'requestReturns']);

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/**
 * `methods.loadOptions` of a node: one for each name of a parameter whose choices can be loaded.
 *
 * @param sources nothing of them is looked at before a method is called, where `properties` are given
 * @param properties of the node: which methods they ask for
 */
export function loadOptionsMethods(
	sources: Sources,
	properties?: INodeProperties[],
): Record<string, LoadOptions> {
	const parameters = properties
		? [...valuesAt('loadOptionsMethod', properties)]
				.filter((method) => method.endsWith(methodOf('')) && method !== FIELD_OPTIONS)
				.map((method) => method.slice(0, -methodOf('').length))
		: new Set(
				sources.catalogue.operations.flatMap((operation) => [
					...choicesOf(sources, operation).keys(),
				]),
			);
	const methods = Object.fromEntries(
		[...parameters].map((parameter): [string, LoadOptions] => [
			methodOf(parameter),
			async function () {
				const id = String(this.getCurrentNodeParameter(CONTROL.operation));
				const operation = findOperation(sources.catalogue, id);
				return (operation && choicesOf(sources, operation).get(parameter)?.()) ?? [];
			},
		]),
	);
	return {
		...methods,
		async [FIELD_OPTIONS]() {
			const id = String(this.getCurrentNodeParameter(CONTROL.operation));
			const operation = findOperation(sources.catalogue, id);
			return operation ? returnedFields(sources.overlay, operation) : [];
		},
		async [NULL_OPTIONS]() {
			const id = String(this.getCurrentNodeParameter(CONTROL.operation));
			const operation = findOperation(sources.catalogue, id);
			return operation ? nullableFields(sources, operation) : [];
		},
	};
}

/** The choices of each parameter of an operation that has some. */
function choicesOf(
	sources: Sources,
	operation: Operation,
): Map<string, () => INodePropertyOptions[]> {
	const { catalogue } = sources;
	const choices = new Map<string, () => INodePropertyOptions[]>();
	const dropdown = variantBinding(catalogue, operation);
	if (dropdown) choices.set(dropdown.name, () => variantOptions(sources, operation) ?? []);
	for (const { name, definitions } of allBindings(catalogue, operation)) {
		const type = parseType(definitions.at(-1)?.type.replace(/\[\]$/, '') ?? 'string');
		if (type.kind === 'enum' && !choices.has(name))
			choices.set(name, () => enumOptions(sources, type.name));
	}
	return choices;
}

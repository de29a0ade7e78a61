import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { minimalValue } from '../catalogue';
import type { Catalogue, Operation } from '../catalogue/types';
import { actionPanel } from './actionPanel';
import { collectionRequests, entriesOf, type Collection } from './collections';
import * as controls from './controls';
import { withLoadedOptions } from './dynamicOptions';
import { fieldsToChange } from './fieldsToChange';
import { fieldsToSet } from './fieldsToSet';
import { fieldProperty, shapeHint, variantOptions, type Sources } from './fields';
import type { OwnOperationForm, ProductOverlay } from './overlay';
import { byName, labelOf, nameOperations, type NamedOperation } from './operationNames';
import {
	bodyInput,
	bodyBindings,
	CONTROL,
	isChange,
	offersJson,
	pathBindings,
	queryLanguage,
	queryBindings,
	returnsFile,
	returnsList,
	simplifies,
	startsWork,
	variantBinding,
	type ParameterBinding,
} from '../binding/parameterBinding';
import { scopeProperties } from './scopes';
import { sortPathParameters } from '../binding/sortPathParameters';
import { orderOfUse } from './orderOfUse';
import { queryFilter, queryOptionEntries, queryOptions } from './queryLanguage';
import { dedupe, type PropertyRequest } from './dedupe';
import { nullablePlaces, setToNull } from './setToNull';
import { versionNote } from './versionNote';
import { withinHoursProperties } from './withinHours';

/** Order of the form, from top to bottom. Path parameters come first: see sortPathParameters. */
const SECTION = {
	own: 0,
	query: 20,
	file: 21,
	returnAll: 22,
	limit: 23,
	bodyMode: 30,
	bodyJson: 31,
	variant: 32,
	name: 33,
	plain: 34,
	nested: 35,
	fieldsToSet: 36,
	additionalFields: 40,
	setToNull: 40.5,
	scope: 40.8,
	queryFilter: 41,
	filters: 42,
	queryOptions: 43,
	simplify: 44,
	includeReasons: 44.5,
	waitForCompletion: 45,
	options: 46,
	outputField: 47,
	previewOnly: 48,
} as const;

/**
 * The node's properties: resource and operation pickers, and the form of every operation.
 * Every call gives fresh objects: n8n changes what it is given.
 *
 * @throws Error where the names do not fit the catalogue (see nameOperations)
 */
export function buildProperties(
	catalogue: Catalogue,
	overlay: ProductOverlay,
	ownOperations: readonly OwnOperationForm[] = [],
): INodeProperties[] {
	const sources = { catalogue, overlay };
	const operations = nameOperations(catalogue, overlay);
	const top = sortPathParameters(
		operations.map(({ operation }) => pathProperties(sources, operation)),
	);
	const loadedAnew: LoadedAnew = {
		objects: objectParameters(sources, operations),
		variants: variantParameters(catalogue, operations),
	};
	const filters: PropertyRequest[] = [];
	const switches: PropertyRequest[] = [];
	const expands: PropertyRequest[] = [];
	const additional: PropertyRequest[] = [];
	for (const { operation } of operations) {
		top.push(...controlProperties(overlay, operation));
		for (const { property, place } of scopeProperties(overlay, operation))
			top.push({ property, operation: operation.id, section: SECTION.scope + place / 100 });
		for (const binding of queryBindings(operation)) {
			const property = fieldProperty(sources, operation, binding);
			const propertyRequest = { property, operation: operation.id };
			const optional = returnsList(operation) ? filters : switches;
			if (binding.collection === CONTROL.queryOptions)
				expands.push({ ...propertyRequest, section: 0 });
			else if (binding.collection) optional.push({ ...propertyRequest, section: 0 });
			else top.push({ ...propertyRequest, section: SECTION.query });
		}
		for (const property of withinHoursProperties(overlay, operation))
			filters.push({ property, operation: operation.id, section: 0 });
		const body = bodyProperties(sources, operation, loadedAnew);
		top.push(...body.top);
		additional.push(...body.additional);
	}
	const all = [
		...operations.map(({ operation }) => operation.id),
		...ownOperations.map(({ operation }) => operation),
	];
	const collections: Collection[] = [
		{ entries: switches, section: SECTION.filters, build: controls.switches },
		{ entries: filters, section: SECTION.filters, build: filtersOf(operations) },
		{
			entries: additional,
			section: SECTION.additionalFields,
			hide: JSON_MODE,
			build: controls.additionalFields,
		},
	];
	top.push(
		...ownProperties(ownOperations),
		...collections.flatMap(collectionRequests),
		...queryOptionProperties(
			operations.map(({ operation }) => operation),
			withLoadedOptions(expands),
		),
	);
	return [...pickers(sources, operations, ownOperations), ...dedupe(withLoadedOptions(top), all)];
}

/** Where any field can be filtered by, what the API has as parameters is called so: no two "Filters". */
const filtersOf = (operations: NamedOperation[]) =>
	operations.some(({ operation }) => queryLanguage(operation).has('filter'))
		? controls.parameters
		: controls.filters;

/** The parameters that say which object an update changes: its fields are loaded for each anew. */
function objectParameters(sources: Sources, operations: NamedOperation[]): string[] {
	const names = operations
		.filter(({ operation }) => bodyInput(sources.catalogue, operation) === 'update')
		.flatMap(({ operation }) => pathProperties(sources, operation))
		.map(({ property: { name, type } }) => (type === 'resourceLocator' ? `${name}.value` : name));
	return [...new Set(names)].sort();
}

/** Parameters with another choice of which the fields of a resource mapper are other ones. */
interface LoadedAnew {
	objects: string[];
	variants: string[];
}

/** The path parameters of an operation under which lists lie that fields inside a body pick from. */
function listsUnder(overlay: ProductOverlay, operation: Operation): string[] {
	const inner = overlay.pickers.filter(({ parameters }) =>
		parameters?.some((name) => name.includes('.')),
	);
	return pathBindings(operation)
		.filter(({ apiName }) => inner.some(({ list }) => list.includes(`{${apiName}}`)))
		.map(({ name }) => name);
}

/** The dropdowns of variants whose bodies have objects in them. */
function variantParameters(catalogue: Catalogue, operations: NamedOperation[]): string[] {
	const names = operations
		.map(({ operation }) => ({ operation, dropdown: variantBinding(catalogue, operation)?.name }))
		.filter(
			({ operation, dropdown }) =>
				dropdown !== undefined && bodyInput(catalogue, operation) === 'fields',
		)
		.map(({ dropdown = '' }) => dropdown);
	return [...new Set(names)].sort();
}

/** The Resource picker, and one Operation picker for each resource. */
function pickers(
	{ catalogue, overlay }: Sources,
	operations: NamedOperation[],
	ownOperations: readonly OwnOperationForm[],
): INodeProperties[] {
	const byResource = new Map<string, INodePropertyOptions[]>();
	const add = (resource: string, option: INodePropertyOptions) =>
		byResource.set(resource, [...(byResource.get(resource) ?? []), option]);
	for (const { operation, resource, name, action } of operations) {
		// That older versions lack it is said when it is tried (a note on half of them is 8 KB).
		const gone = !operation.in.includes(catalogue.versions.at(-1) ?? '');
		const note = gone
			? versionNote(catalogue.versions, operation.in).replace(/^(.*) or earlier$/, 'Until $1')
			: undefined;
		const description = [overlay.operations[operation.id]?.description, note]
			.filter(Boolean)
			.join('. ');
		add(resource, {
			name,
			value: operation.id,
			action,
			...(description ? { description } : {}),
		});
	}
	for (const { resource, operation, name, action, description } of ownOperations)
		add(resource, { name, value: operation, action, ...(description ? { description } : {}) });

	const order = orderOfUse(overlay, byResource);
	const resources = [...byResource.keys()]
		.map((value) => ({ name: overlay.resources[value]?.name ?? value, value }))
		.sort(order.resources);
	const sorted = new Map(
		resources.map(({ value }) => [value, (byResource.get(value) ?? []).sort(order.operations)]),
	);
	const panel = actionPanel(sorted, order.isListed);
	return [
		controls.picker('Resource', CONTROL.resource, resources, overlay.defaultResource),
		...panel.before,
		...[...sorted].map(([resource, options]): INodeProperties => {
			const preferred = options.find(({ name }) => name === 'Get Many') ?? options[0];
			return {
				...controls.picker(
					'Operation',
					CONTROL.operation,
					options.map(panel.pickerOption),
					preferred?.value ?? '',
				),
				displayOptions: { show: { resource: [resource] } },
			};
		}),
	];
}

function pathProperties(sources: Sources, operation: Operation): PropertyRequest[] {
	return pathBindings(operation).map((binding) => ({
		property: fieldProperty(sources, operation, binding, true),
		operation: operation.id,
		section: 0,
	}));
}

/** The node's own parameters that fit what an operation takes and brings back. */
function controlProperties(overlay: ProductOverlay, operation: Operation): PropertyRequest[] {
	const propertyRequest = (
		property: INodeProperties,
		section: number,
		further?: Partial<PropertyRequest>,
	): PropertyRequest => ({
		property,
		operation: operation.id,
		section,
		...further,
	});
	return [
		...(returnsList(operation)
			? [
					propertyRequest(controls.returnAll(), SECTION.returnAll),
					propertyRequest(controls.limit(), SECTION.limit, { show: { returnAll: [false] } }),
				]
			: []),
		...(queryLanguage(operation).has('filter')
			? [propertyRequest(queryFilter(), SECTION.queryFilter)]
			: []),
		...(simplifies(operation) ? [propertyRequest(controls.simplify(), SECTION.simplify)] : []),
		...(overlay.operations[operation.id]?.includesReasons
			? [propertyRequest(controls.includeReasons(), SECTION.includeReasons)]
			: []),
		...(startsWork(operation)
			? [
					propertyRequest(controls.waitForCompletion(), SECTION.waitForCompletion),
					propertyRequest(controls.waitOptions(), SECTION.options, {
						show: { waitForCompletion: [true] },
						anyOperation: true,
					}),
				]
			: []),
		...(returnsFile(operation)
			? [propertyRequest(controls.outputField(), SECTION.outputField)]
			: []),
		...(isChange(operation) ? [propertyRequest(controls.previewOnly(), SECTION.previewOnly)] : []),
	];
}

/** Hides the fields of a body that is given as JSON; a body without that choice has its fields. */
const JSON_MODE = { bodyMode: ['json'] };

function bodyProperties(
	sources: Sources,
	operation: Operation,
	loadedAnew: LoadedAnew,
): { top: PropertyRequest[]; additional: PropertyRequest[] } {
	const { catalogue } = sources;
	const top: PropertyRequest[] = [];
	const additional: PropertyRequest[] = [];
	const base = { operation: operation.id };
	const input = bodyInput(catalogue, operation);
	if (input === 'file')
		top.push({ ...base, property: controls.inputFile(), section: SECTION.file });
	const asJson = input !== 'file' && input !== 'none' && offersJson(catalogue, operation);
	if (asJson) {
		const json =
			input === 'update'
				? controls.wholeBody()
				: controls.bodyJson(
						input === 'json' && operation.body
							? shapeHint(minimalValue(catalogue, operation.body.type))
							: undefined,
					);
		const switched: Partial<PropertyRequest> =
			input === 'json' ? {} : { show: { bodyMode: ['json'] } };
		top.push({ ...base, property: json, section: SECTION.bodyJson, ...switched });
	}
	if (nullablePlaces(catalogue, operation).length > 0)
		top.push({ ...base, property: setToNull(), section: SECTION.setToNull, hide: JSON_MODE });
	if (input === 'update' || input === 'patch') {
		const mode = input === 'update' ? controls.updateMode() : controls.patchMode();
		const property = fieldsToChange(loadedAnew.objects);
		top.push({ ...base, property: mode, section: SECTION.bodyMode });
		top.push({ ...base, property, section: SECTION.additionalFields, hide: JSON_MODE });
	}
	if (input !== 'fields') return { top, additional };

	if (asJson) top.push({ ...base, property: controls.bodyMode(), section: SECTION.bodyMode });
	const dropdown = variantProperty(sources, operation);
	if (dropdown)
		top.push({ ...base, property: dropdown, section: SECTION.variant, hide: JSON_MODE });
	const variants = dropdown
		? (dropdown.options as INodePropertyOptions[]).map(({ value }) => String(value))
		: [undefined];
	const property = fieldsOnce(sources, operation);
	const parts = fieldsToSet([...loadedAnew.variants, ...listsUnder(sources.overlay, operation)]);
	for (const variant of variants) {
		const when =
			dropdown && variant !== undefined
				? { parameter: dropdown.name, values: [variant], all: variants as string[] }
				: undefined;
		for (const binding of bodyBindings(catalogue, operation, variant)) {
			if (binding.filledFrom) continue;
			if (binding.collection === CONTROL.fieldsToSet) {
				const mapped = { ...base, property: parts, section: SECTION.fieldsToSet };
				top.push({ ...mapped, when, hide: JSON_MODE });
				continue;
			}
			const propertyRequest = { ...base, property: property(binding), when };
			if (binding.collection) additional.push({ ...propertyRequest, section: 0 });
			else
				top.push({
					...propertyRequest,
					section: sectionOf(propertyRequest.property),
					hide: JSON_MODE,
				});
		}
	}
	return { top, additional };
}

/** Variants have most of their fields in common: each is built once. */
function fieldsOnce(
	sources: Sources,
	operation: Operation,
): (binding: ParameterBinding) => INodeProperties {
	const built = new Map<string, INodeProperties>();
	return (binding) => {
		const { name, alwaysRequired, collection, definitions } = binding;
		const key = JSON.stringify([name, alwaysRequired, collection, definitions.at(-1)]);
		const property = built.get(key) ?? fieldProperty(sources, operation, binding);
		built.set(key, property);
		return property;
	};
}

/** What a form starts with: the name; what it ends with: JSON. */
function sectionOf({ name, type }: INodeProperties): number {
	if (name === 'name') return SECTION.name;
	return type === 'json' ? SECTION.nested : SECTION.plain;
}

/** The dropdown of variants. */
function variantProperty(sources: Sources, operation: Operation): INodeProperties | undefined {
	const binding = variantBinding(sources.catalogue, operation);
	const options = variantOptions(sources, operation);
	if (!binding || !options) return undefined;
	const label = labelOf(sources.overlay, operation, binding.name);
	const dropdown = controls.dropdown(label, binding.name, options, '');
	return binding.optional ? dropdown : { ...dropdown, required: true };
}

/**
 * The collection of query options: one for each set of options that operations have, so that the
 * entries need no conditions of their own (they would weigh more than the entries).
 *
 * @param expands property requests of entries that only some operations have
 */
function queryOptionProperties(
	operations: Operation[],
	expands: PropertyRequest[],
): PropertyRequest[] {
	const sets = new Map<string, Operation[]>();
	for (const operation of operations) {
		const key = queryOptionEntries(operation)
			.map(({ name, type }) => `${name} ${type}`)
			.join();
		if (key !== '') sets.set(key, [...(sets.get(key) ?? []), operation]);
	}
	return [...sets.values()].flatMap((alike) => {
		const theirs = alike.map(({ id }) => id);
		const options = [
			...entriesOf(
				expands.filter(({ operation }) => theirs.includes(operation)),
				theirs,
			),
			...queryOptionEntries(alike[0]!),
		];
		const property = queryOptions(options.sort(byLabel));
		return theirs.map((operation) => ({ property, operation, section: SECTION.queryOptions }));
	});
}

const byLabel = (a: INodeProperties, b: INodeProperties): number =>
	byName(a.displayName, b.displayName);

/** Operations of our own bring their properties along. */
function ownProperties(ownOperations: readonly OwnOperationForm[]): PropertyRequest[] {
	return ownOperations.flatMap(({ operation, properties }) =>
		properties().map((property, index) => {
			const { displayOptions, ...rest } = property;
			const show = displayOptions?.show as PropertyRequest['show'];
			return { property: rest, operation, section: SECTION.own + index, show };
		}),
	);
}

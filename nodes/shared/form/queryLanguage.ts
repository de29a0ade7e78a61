import type { INodeProperties } from 'n8n-workflow';

import { allFields } from '../catalogue';
import type { Operation } from '../catalogue/types';
import type { ProductOverlay } from './overlay';
import { byName, inPlaces, withDistinctNames } from './operationNames';
import { CONTROL, queryLanguage } from '../binding/parameterBinding';
import { titleCase } from '../common/casing';

/**
 * The forms of a query language: a filter put together from conditions, an order, and the fields to
 * return. An operation has it where its query takes `filter`, `sort` or `select` as JSON text.
 */

/** Name of the search method for the fields of what an operation returns. */
export const FIELD_SEARCH = 'queryFieldSearch';
/** Name of the method that loads them as choices. */
export const FIELD_OPTIONS = 'queryFieldOptions';

/** Names of the entries of the collection of options, beside those under API names. */
export const QUERY_OPTION = {
	filterJson: 'filterJson',
	match: 'match',
	offset: 'offset',
	sort: 'sort',
	select: 'select',
} as const;

/** An operator of our own: at that time or later, so many hours before now. */
export const WITHIN_HOURS = 'withinHours';

/** Operators of a condition: name in the editor, by value in the language. */
const OPERATORS: Record<string, string> = {
	contains: 'Contains',
	equals: 'Equals',
	greaterThan: 'Greater Than',
	greaterThanOrEqual: 'Greater Than or Equal',
	superset: 'Has All Of',
	subset: 'Has Only',
	in: 'Is One Of',
	lessThan: 'Less Than',
	lessThanOrEqual: 'Less Than or Equal',
	notEquals: 'Not Equals',
	[WITHIN_HOURS]: 'Within the Last (Hours)',
};

const options = (choices: Record<string, string>) =>
	Object.entries(choices).map(([value, name]) => ({ name, value }));

const field = (): INodeProperties => ({
	displayName: 'Field',
	name: 'property',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: FIELD_SEARCH, searchable: true },
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. lastActivation.status',
		},
	],
});

/** Conditions on fields: each is open as soon as it is added. */
export const queryFilter = (): INodeProperties => ({
	displayName: 'Filter by Field',
	name: CONTROL.queryFilter,
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Condition',
	default: {},
	options: [
		{
			displayName: 'Condition',
			name: 'condition',
			values: [
				field(),
				{
					displayName: 'Operator',
					name: 'operator',
					type: 'options',
					options: options(OPERATORS),
					default: 'equals',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					description: 'Several values are separated by commas',
				},
				{
					displayName: 'Ignore Case',
					name: 'ignoreCase',
					type: 'boolean',
					default: true,
					description: 'Whether upper and lower case are the same in text',
				},
			],
		},
	],
});

/** Entries of the collection of options: what an operation's language has. */
export function queryOptionEntries(operation: Operation): INodeProperties[] {
	const language = queryLanguage(operation);
	return [
		...(language.has('filter') ? [filterJson(), mustMatch()] : []),
		...(takesOffset(operation) ? [offset()] : []),
		...(language.has('select') ? [select(operation)] : []),
		...(language.has('sort') ? [sort()] : []),
	];
}

const filterJson = (): INodeProperties => ({
	displayName: 'Filter (JSON)',
	name: QUERY_OPTION.filterJson,
	type: 'json',
	default: '',
	hint: 'Example: [{"operation":"or","items":[{"property":"name","operation":"equals","value":""}]}]',
	description: 'For nested groups. Must be met together with the other conditions.',
});

const mustMatch = (): INodeProperties => ({
	displayName: 'Must Match',
	name: QUERY_OPTION.match,
	type: 'options',
	options: options({ all: 'All Conditions', any: 'Any Condition' }),
	default: 'any',
});

/** Whether a list can be asked for from a position on, where there is a collection to say so. */
export const takesOffset = (operation: Operation): boolean =>
	queryLanguage(operation).size > 0 &&
	(operation.query ?? []).some(({ name }) => name === QUERY_OPTION.offset);

const offset = (): INodeProperties => ({
	displayName: 'Offset',
	name: QUERY_OPTION.offset,
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'Number of results to skip at the beginning',
});

/** Chosen from the fields that an operation is known to return; by name where none is known. */
const select = ({ returns }: Operation): INodeProperties => ({
	displayName: 'Fields to Return',
	name: QUERY_OPTION.select,
	...(Object.keys(returns.fields ?? {}).length > 0
		? { type: 'multiOptions', typeOptions: { loadOptionsMethod: FIELD_OPTIONS } }
		: { type: 'string', typeOptions: { multipleValues: true } }),
	default: [],
	description: 'All if empty',
});

const sort = (): INodeProperties => ({
	displayName: 'Sort',
	name: QUERY_OPTION.sort,
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Order',
	default: {},
	options: [
		{
			displayName: 'Order',
			name: 'order',
			values: [
				field(),
				{
					displayName: 'Direction',
					name: 'direction',
					type: 'options',
					options: [
						{ name: 'Ascending', value: 'ascending' },
						{ name: 'Descending', value: 'descending' },
					],
					default: 'ascending',
				},
			],
		},
	],
});

/** The collection of the options. */
export const queryOptions = (entries: INodeProperties[]): INodeProperties => ({
	displayName: 'Result Options',
	name: CONTROL.queryOptions,
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: entries,
});

/** Fields of what an operation returns, as choices. */
export function returnedFields(overlay: ProductOverlay, { returns }: Operation) {
	return asChoices(overlay, Object.keys(returns.fields ?? {}));
}

/** Fields that can be compared with: no object, but what is inside it ("Organization ID (Object)"). */
export function comparableFields(overlay: ProductOverlay, operation: Operation) {
	const fields = Object.entries(allFields(operation)).filter(([, type]) => !/^object/.test(type));
	return asChoices(
		overlay,
		fields.map(([name]) => name),
	);
}

const asChoices = (overlay: ProductOverlay, fields: string[]) =>
	withDistinctNames(
		fields
			.filter((name) => !name.startsWith('_'))
			.map((value) => {
				const [own = '', ...places] = value
					.split('.')
					.map((part) => overlay.labels[part] ?? titleCase(part, overlay.spellings))
					.reverse();
				return { name: inPlaces(own, places), value };
			}),
	).sort((a, b) => byName(a.name, b.name));

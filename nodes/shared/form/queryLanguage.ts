import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../catalogue/types';
import type { ProductOverlay } from './overlay';
import { byName, toldApart } from './operationNames';
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
	offset: 'offset',
	sort: 'sort',
	select: 'select',
} as const;

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
	description: 'For a field inside another, write both names with a dot between them',
});

/** Conditions, all of which or any of which have to be met. */
export const queryFilter = (): INodeProperties => ({
	displayName: 'Filter',
	name: CONTROL.queryFilter,
	type: 'fixedCollection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Filter',
			name: 'where',
			values: [
				{
					displayName: 'Must Match',
					name: 'match',
					type: 'options',
					options: [
						{ name: 'All Conditions', value: 'all' },
						{ name: 'Any Condition', value: 'any' },
					],
					default: 'all',
				},
				{
					displayName: 'Conditions',
					name: 'conditions',
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
				},
			],
		},
	],
});

/** Entries of the collection of options: what an operation's language has. */
export function queryOptionEntries(operation: Operation): INodeProperties[] {
	const language = queryLanguage(operation);
	return [
		...(language.has('filter') ? [filterJson()] : []),
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
	hint: 'Such as [{"operation":"or","items":[{"property":"name","operation":"equals","collation":"ignorecase","value":""}]}]',
	description: 'For nested groups. Must be met together with the other conditions.',
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
	const fields = Object.keys(returns.fields ?? {}).filter((name) => !name.startsWith('_'));
	return toldApart(
		fields.map((name) => ({ name: titleCase(name, overlay.spellings), value: name })),
	).sort((a, b) => byName(a.name, b.name));
}

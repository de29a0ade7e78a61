import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../catalogue/types';

/** A list from which the value of a parameter is chosen. */
export interface Picker {
	/** The list operation. */
	list: Operation;
	/** Field of an entry that holds the value. */
	idField: string;
	/** Fields of an entry that a person knows it by, best first; dots reach into nested objects. */
	labelFields: string[];
	/** The list's own path parameters: API name, and the node parameter that holds the outer choice. */
	outer: Array<{ apiName: string; parameter: string }>;
}

/** Name of the search method of a parameter. It asks which operation is chosen. */
export const searchMethodOf = (parameter: string): string => `${parameter}Search`;

/** The inside of a field whose value is picked from a list, or given as it is. */
export const locator = (
	picker: Pick<Picker, 'idField' | 'outer'>,
	parameter: string,
): Omit<INodeProperties, 'displayName' | 'name'> => ({
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	...(picker.outer.length
		? {
				typeOptions: {
					loadOptionsDependsOn: picker.outer.map(({ parameter: outer }) => `${outer}.value`),
				},
			}
		: {}),
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: searchMethodOf(parameter), searchable: true },
		},
		{
			displayName: picker.idField === 'name' ? 'By Name' : 'By ID',
			name: 'id',
			type: 'string',
		},
	],
});

/** Name of the method that loads the dropdown of a parameter. It asks which operation is chosen. */
export const choicesMethodOf = (parameter: string): string => `${parameter}Choices`;

/**
 * A dropdown of what there is, where a locator would weigh too much: 60 bytes in place of 200. n8n asks
 * that such a field says how an ID is given.
 */
export const choice = (parameter: string): Omit<INodeProperties, 'displayName' | 'name'> => ({
	type: 'options',
	typeOptions: { loadOptionsMethod: choicesMethodOf(parameter) },
	default: '',
});

/** On the label of such a dropdown, as everywhere in n8n. */
export const NAME_OR_ID = ' Name or ID';
/** Below it, word by word as n8n's lint wants it. */
export const BY_EXPRESSION =
	'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';

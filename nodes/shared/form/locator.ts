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

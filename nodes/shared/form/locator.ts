import type { INodeProperties } from 'n8n-workflow';

import type { Picker } from './pickers';

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

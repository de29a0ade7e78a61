import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { namePasses } from '../../shared/polling/options';

/** Options that choose objects by their names; in the order of the alphabet, without others between. */
export const NAME_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Exclude Names',
		name: 'excludeNames',
		type: 'string',
		default: '',
		placeholder: 'e.g. Test*, *archive*',
		description: 'Names to leave out, separated by commas; * stands for anything',
	},
	{
		displayName: 'Include Names',
		name: 'includeNames',
		type: 'string',
		default: '',
		placeholder: 'e.g. SQL*, Exchange',
		description: 'Only these names, separated by commas; * stands for anything',
	},
];

/** The options in the order that n8n's lint wants. */
export const inOrder = (options: INodeProperties[]): INodeProperties[] =>
	[...options].sort((a, b) => a.displayName.localeCompare(b.displayName));

/** What a record is about, where its name passes the options. */
export function byName(
	{ id, name }: IDataObject,
	{ includeNames, excludeNames }: IDataObject,
): { id: string; name: string } | undefined {
	const object = { id: String(id), name: String(name ?? '') };
	return namePasses(object.name, includeNames, excludeNames) ? object : undefined;
}

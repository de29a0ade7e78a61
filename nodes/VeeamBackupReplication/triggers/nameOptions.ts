import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { namePasses } from '../../shared/monitoring/options';
import { nameOf, textOf } from '../model/text';

/** The options in the order that n8n's lint wants. */
export const inOrder = (options: INodeProperties[]): INodeProperties[] =>
	[...options].sort((a, b) => a.displayName.localeCompare(b.displayName));

/** What a record is about, where its name passes the options. */
export function byName(
	record: IDataObject,
	{ includeNames, excludeNames }: IDataObject,
): { id: string; name: string } | undefined {
	const object = { id: textOf(record.id), name: nameOf(record) };
	return namePasses(object.name, includeNames, excludeNames) ? object : undefined;
}

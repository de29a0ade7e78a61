import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { namePasses } from '../../shared/monitoring/options';
import type { NamedObject } from '../../shared/monitoring/snapshotDiff';
import { nameOf, textOf } from '../model/text';

/** The options in the order that n8n's lint wants. */
export const inOrder = (options: INodeProperties[]): INodeProperties[] =>
	[...options].sort((a, b) => a.displayName.localeCompare(b.displayName));

/**
 * What a record is about, and whether the options leave its name out.
 *
 * @returns undefined where the name decides and the record lacks it: nothing can be said of it then
 */
export function byName(
	record: IDataObject,
	{ includeNames, excludeNames }: IDataObject,
): NamedObject | undefined {
	const object = { id: textOf(record.id), name: nameOf(record) };
	const isChosen = textOf(includeNames) !== '' || textOf(excludeNames) !== '';
	if (isChosen && textOf(record.name) === '') return undefined;
	return { ...object, isLeftOut: !namePasses(object.name, includeNames, excludeNames) };
}

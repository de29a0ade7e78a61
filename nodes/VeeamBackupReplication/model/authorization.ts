import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { readTime } from '../../shared/common/time';
import { same, textOf } from './text';

export const PATH = '/api/v1/authorization/events';

export const reads: ReadFields[] = [
	{
		operation: `GET ${PATH}`,
		fields: [
			...['id', 'name', 'description', 'state', 'creationTime', 'createdBy', 'expirationTime'],
			...['processedBy', 'processedTime'],
		],
		without: 'the event is refused (before 1.2-rev1)',
	},
];

/** The states a request of four-eyes authorization can have; others are notes in the same list. */
export const STATES = ['Approved', 'Expired', 'Pending', 'Rejected'];

/** A request, and no note. */
export const isRequest = ({ state }: IDataObject): boolean =>
	STATES.some((one) => same(state, one));

export const isPending = ({ state }: IDataObject): boolean => same(state, 'Pending');

/** What is asked for; the id where the server gives no words. */
export const requestName = ({ name, description, id }: IDataObject): string =>
	textOf(name) || textOf(description) || textOf(id);

/**
 * When the state of a request began, as the server writes it: it was made, or it is over. Not every
 * record says when it was over (the field is not required): undefined then.
 */
export function stateSince({
	state,
	creationTime,
	processedTime,
	expirationTime,
}: IDataObject): unknown {
	if (same(state, 'Pending')) return creationTime;
	if (readTime(processedTime) !== undefined) return processedTime;
	return same(state, 'Expired') && readTime(expirationTime) !== undefined
		? expirationTime
		: undefined;
}

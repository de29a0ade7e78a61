import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { readTime } from '../../shared/common/time';
import type { VeeamClient } from '../../shared/http/types';
import { same } from '../api/read';
import { isKnown } from './catalogueFacts';
import type { JobResult } from './jobStatus';
import { textOf } from './values';

export const reads: ReadFields[] = [
	{
		operation: 'GET /RestoreSessions',
		fields: [
			...['id', 'name', 'type', 'state', 'result', 'creationTime', 'endTime', 'initiatedBy'],
			...['scopeName', 'organization', 'clientHost', 'reason', 'details'],
		],
	},
	{
		operation: 'GET /RestoreSessions/{restoreSessionId}/Events',
		fields: ['id', 'type', 'status', 'itemName', 'title', 'message'],
	},
];

/** Sessions in which someone looks into backups and restores from them. */
export const RESTORE_SESSIONS = '/RestoreSessions';

/** What is restored, as people call it, by the server's word for its explorer. */
export const RESTORE_TYPES: Record<string, string> = {
	Vex: 'Exchange',
	Veod: 'OneDrive',
	Vesp: 'SharePoint',
	Vet: 'Teams',
};

/** What is restored, as people call it; the server's own word where it is none of these. */
export const restoreTypeOf = ({ type }: IDataObject): string =>
	Object.entries(RESTORE_TYPES).find(([word]) => same(type, word))?.[1] ?? textOf(type) ?? '';

/** It was closed: nothing of it will change any more. */
export const isStopped = ({ state }: IDataObject): boolean => same(state, 'Stopped');

/** When it was closed, as the server writes it; from its beginning where it was closed without an end. */
export function restoreEndTime(session: IDataObject): string | undefined {
	if (!isStopped(session)) return undefined;
	return [session.endTime, session.creationTime]
		.map(textOf)
		.find((text) => readTime(text) !== undefined);
}

/** How it went; what a later version may know is a warning. */
export const restoreResultOf = ({ result }: IDataObject): JobResult =>
	same(result, 'Success') ? 'Success' : same(result, 'Failed') ? 'Failed' : 'Warning';

/** From v8 on the server can be asked for sessions by their end, in order. */
export const canAskByEnd = (version: string): boolean =>
	isKnown(version, 'GET /RestoreSessions', 'endTimeFrom');

/**
 * `Teams restore session "Ada" by HOST\user`: servers give sessions without a name or a user, and
 * those without both.
 */
export function restoreTitle(session: IDataObject): string {
	const type = restoreTypeOf(session);
	const name = textOf(session.name) ?? textOf(session.scopeName);
	const user = textOf(session.initiatedBy);
	return [
		type === '' ? 'Restore session' : `${type} restore session`,
		...(name === undefined ? [] : [`"${name}"`]),
		...(user === undefined ? [] : [`by ${user}`]),
	].join(' ');
}

/** Short, for the item's object. */
export const restoreName = (session: IDataObject): string =>
	textOf(session.name) ?? textOf(session.scopeName) ?? 'Restore';

/** What was done to each item in a session. */
export const readRestoreEvents = async (
	client: Pick<VeeamClient, 'list'>,
	id: string,
): Promise<IDataObject[]> =>
	await client.list({
		method: 'GET',
		path: `${RESTORE_SESSIONS}/{restoreSessionId}/Events`,
		pathParameters: { restoreSessionId: id },
	});

const TROUBLE = ['Failed', 'Cancelled', 'Warning'];

/** An event of a session that did not go well, with the words for it. */
export function troubleOf(event: IDataObject) {
	const { itemName, title, status, message } = event;
	if (!TROUBLE.some((one) => same(status, one))) return undefined;
	return {
		object: textOf(itemName) ?? textOf(title) ?? 'Item',
		result: String(status),
		reasons: [textOf(message) ?? textOf(title) ?? 'no reason given'],
	};
}

import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { readTime } from '../../shared/common/time';
import { PAST, type Deciding } from '../../shared/report/readable';
import { same } from '../api/read';
import { isKnown } from './catalogueFacts';
import { textOf } from './values';

export const reads: ReadFields[] = [
	{ operation: 'GET /LicensedUsers', fields: ['id', 'name', 'lastBackupDate'] },
	{
		operation: 'GET /ProtectedUsers',
		fields: ['id', 'msid', 'displayName', 'mailboxes.email'],
		without: 'who has a license counts as in a backup',
	},
	{
		operation: 'GET /Organizations/{organizationId}/Users',
		fields: ['id', 'name', 'displayName', 'type', 'msid'],
		fallbacks: { msid: 'the name is compared' },
	},
];

/** Users that have a license, because they are in a backup. */
export const LICENSED_USERS = '/LicensedUsers';

/** Users that are in a backup (v8): also shared mailboxes and the like, without a license. */
export const PROTECTED_USERS = '/ProtectedUsers';

/** Users that an organization has, in a backup or not. */
export const ORGANIZATION_USERS = '/Organizations/{organizationId}/Users';

export const knowsProtectedUsers = (version: string): boolean =>
	isKnown(version, `GET ${PROTECTED_USERS}`);

export const userName = ({ name, displayName, id }: IDataObject): string =>
	textOf(name) ?? textOf(displayName) ?? String(id);

/** What of a user with a license decides. */
export const deciding: Deciding = { lastBackupDate: PAST };

/** When a user was backed up last; undefined: never. Milliseconds since 1970. */
export const lastBackupOf = ({ lastBackupDate }: IDataObject): number | undefined =>
	readTime(lastBackupDate);

/** A person's account, no shared or public mailbox; where the server does not say, it is one. */
export const isPerson = ({ type }: IDataObject): boolean => same(type ?? 'User', 'User');

/** By what a user is known in one list and the other; before v8 its licensed name may be either. */
export function userKeys(
	{ id, msid, name, displayName, mailboxes }: IDataObject,
	version: string,
): string[] {
	const mails = Array.isArray(mailboxes)
		? (mailboxes as IDataObject[]).map(({ email }) => email)
		: [];
	const names = knowsProtectedUsers(version) ? [] : [displayName];
	return [id, msid, name, ...mails, ...names].flatMap(
		(value) => textOf(value)?.toLowerCase() ?? [],
	);
}

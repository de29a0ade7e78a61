import type { IDataObject } from 'n8n-workflow';

import { HOUR, readTime } from '../../shared/common/time';
import type { Sections } from '../../shared/report/collect';
import { iso } from '../../shared/report/assess';
import type { ReportObject } from '../../shared/report/model';
import type { PageReader } from '../../shared/report/pageReader';
import { textOf } from '../model/lookups';
import { same, versionNumber } from '../api/read';

/** Each organization is a request of its own. */
const ORGANIZATIONS = 2;

const TYPE = 'User';

/**
 * Users whose last backup is too old, and users of the first organizations that are in no backup.
 *
 * @param organizations those that have jobs
 * @returns the users, and what is counted, for the report's notes
 */
export async function readUnprotected(
	reader: PageReader,
	sections: Sections,
	organizations: string[],
	rpoHours: number,
	now: () => number,
): Promise<{ unprotected: ReportObject[]; notes: string[] }> {
	const list = async (what: string, path: string, pathParameters: Record<string, string> = {}) =>
		await sections.of(
			'unprotected',
			what,
			async () => await reader.list({ method: 'GET', path, pathParameters, label: what }),
		);
	const licensed = await list('Licensed users', '/LicensedUsers');
	const isV8 = versionNumber(reader.client.version) >= 8;
	// Shared mailboxes and the like are in a backup without a license.
	const inBackup = isV8 ? await list('Protected users', '/ProtectedUsers') : licensed;
	const limit = now() - rpoHours * HOUR;
	const found = (licensed ?? []).flatMap((user): ReportObject[] => {
		const last = readTime(user.lastBackupDate);
		if (last !== undefined && last >= limit) return [];
		const name = textOf(user.name) ?? String(user.id);
		return [{ name, type: TYPE, lastRestorePoint: last === undefined ? null : iso(last) }];
	});
	const notes = licensed
		? [`Users whose last backup is older than ${rpoHours} hours are those with a license.`]
		: [];
	if (!licensed || !inBackup) return { unprotected: sorted(found), notes };

	const known = new Set([...licensed, ...inBackup].flatMap((user) => keysOf(user, isV8)));
	const some = organizations.slice(0, Math.min(ORGANIZATIONS, reader.left));
	for (const organizationId of some) {
		const path = '/Organizations/{organizationId}/Users';
		const users = await list('Users', path, { organizationId });
		const bare = (users ?? []).filter(
			(user) => same(user.type ?? TYPE, TYPE) && !keysOf(user, isV8).some((key) => known.has(key)),
		);
		for (const user of bare)
			found.push({
				name: textOf(user.name) ?? textOf(user.displayName) ?? String(user.id),
				type: TYPE,
				lastRestorePoint: null,
			});
	}
	const left = organizations.length - some.length;
	if (some.length > 0)
		notes.push(
			`Users in no backup are looked for in ${some.length === 1 ? 'one organization' : `${some.length} organizations`} with jobs${left > 0 ? ` (${left} more are left out)` : ''}; shared and public mailboxes, groups, sites and teams are not counted.`,
		);
	return { unprotected: sorted(found), notes };
}

const sorted = (objects: ReportObject[]): ReportObject[] =>
	objects.sort((a, b) => a.name.localeCompare(b.name));

/** By what a user is known in one list and the other; before v8 its licensed name may be either. */
function keysOf({ id, msid, name, displayName, mailboxes }: IDataObject, isV8: boolean): string[] {
	const mails = Array.isArray(mailboxes)
		? (mailboxes as IDataObject[]).map(({ email }) => email)
		: [];
	return [id, msid, name, ...mails, ...(isV8 ? [] : [displayName])].flatMap(
		(value) => textOf(value)?.toLowerCase() ?? [],
	);
}

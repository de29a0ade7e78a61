import { HOUR } from '../../shared/common/time';
import { inOrder } from '../../shared/http/concurrency';
import { iso } from '../../shared/report/assess';
import type { Sections } from '../../shared/report/collect';
import type { ReportObject } from '../../shared/report/model';
import type { Term } from '../../shared/report/languages/en';
import type { PageReader } from '../../shared/report/pageReader';
import { unreadIn } from '../../shared/report/readable';
import {
	deciding,
	isPerson,
	knowsProtectedUsers,
	lastBackupOf,
	LICENSED_USERS,
	ORGANIZATION_USERS,
	PROTECTED_USERS,
	userKeys,
	userName,
} from '../model/users';

const TYPE = 'User';

/** Organizations whose users are asked for at the same time. */
const AT_ONCE = 3;

/** Users without a backup that is young enough. */
export interface UnprotectedUsers {
	/** Undefined where the users with a license may not be read. */
	unprotected?: ReportObject[];
	/** Users that were looked at. */
	objects?: number;
	/** What is counted. */
	notes: string[];
}

/**
 * Users whose last backup is too old, and users that are in no backup. For the latter each organization
 * with a job costs one request: there is no list of the users of all.
 *
 * @param organizations those that have jobs
 */
export async function readUnprotected(
	reader: PageReader,
	sections: Sections,
	organizations: string[],
	rpoHours: number,
	now: () => number,
): Promise<UnprotectedUsers> {
	const { version } = reader.client;
	const { speech } = sections;
	const list = async (what: Term, path: string, pathParameters: Record<string, string> = {}) =>
		await sections.of('unprotected', what, async () => {
			const read = await reader.read({ method: 'GET', path, pathParameters, label: what });
			if (!read.isWhole) sections.cut('unprotected', sections.about(what, speech.say('cutShort')));
			return read;
		});
	const read = await list('Licensed users', LICENSED_USERS);
	if (!read) return { notes: [] };
	const licensed = read.items;
	const inBackup = knowsProtectedUsers(version)
		? await list('Protected users', PROTECTED_USERS)
		: read;
	const limit = now() - rpoHours * HOUR;
	sections.unread('unprotected', 'Licensed users', licensed, {
		...{ deciding, about: userName, now: now() },
	});
	const found = licensed.flatMap((user): ReportObject[] => {
		// Nobody can say whether it has one that is young enough.
		if (unreadIn(user, deciding, now()).length > 0) return [];
		const last = lastBackupOf(user);
		if (last !== undefined && last >= limit) return [];
		return [
			{ name: userName(user), type: TYPE, lastRestorePoint: last === undefined ? null : iso(last) },
		];
	});
	const notes = [speech.say('usersLicensed', { hours: rpoHours })];
	// Whoever is missing in a list that came short may be in a backup.
	if (!inBackup?.isWhole || !read.isWhole)
		return { unprotected: sorted(found), objects: licensed.length, notes };

	const known = new Set(
		[...licensed, ...inBackup.items].flatMap((user) => userKeys(user, version)),
	);
	const users = await inOrder(
		organizations,
		AT_ONCE,
		async (organizationId) =>
			(await list('Users', ORGANIZATION_USERS, { organizationId }))?.items ?? [],
	);
	const people = users.flat().filter(isPerson);
	for (const user of people)
		if (!userKeys(user, version).some((key) => known.has(key)))
			found.push({ name: userName(user), type: TYPE, lastRestorePoint: null });
	if (organizations.length > 0)
		notes.push(speech.say('usersInNoBackup', { n: organizations.length }));
	return { unprotected: sorted(found), objects: licensed.length + people.length, notes };
}

const sorted = (objects: ReportObject[]): ReportObject[] =>
	objects.sort((a, b) => a.name.localeCompare(b.name));

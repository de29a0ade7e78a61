import type { IDataObject } from 'n8n-workflow';

/** A kind of object that the change feed speaks of. */
export interface ChangeKind {
	/** "Protected User": the object's type, and the choice in the list. */
	name: string;
	/** Kinds of records, by what has happened. */
	records: Record<string, Change>;
	/** Reads one object by the record; undefined where the record does not say enough. */
	one?(record: IDataObject): { path: string; pathParameters: Record<string, string> } | undefined;
	/** A list of them, for an example, and for many at once where it is not of one organization. */
	list?: string;
	/** The record names a job: as its own id, or besides. */
	jobId?(record: IDataObject): unknown;
	/** For messages: `Items of job "Exchange"`. Default: the kind and the name. */
	title?(name: string): string;
}

export type Change = 'changed' | 'removed';

const both = (word: string): Record<string, Change> => ({
	[`${word}Update`]: 'changed',
	[`${word}Delete`]: 'removed',
});

const inOrganization = (name: string, list: string, parameter: string): ChangeKind => ({
	name: `Organization ${name}`,
	records: both(`Organization${name}`),
	list: `/Organizations/{organizationId}/${list}`,
	one: ({ id, organizationId }) =>
		typeof organizationId === 'string'
			? {
					path: `/Organizations/{organizationId}/${list}/{${parameter}}`,
					pathParameters: { organizationId, [parameter]: String(id) },
				}
			: undefined,
});

const protectedOne = (name: string): ChangeKind => ({
	name: `Protected ${name}`,
	records: both(`Protected${name}`),
	list: `/Protected${name}s`,
	one: ({ id }) => ({
		path: `/Protected${name}s/{protected${name}Id}`,
		pathParameters: { [`protected${name}Id`]: String(id) },
	}),
});

/** By the value in the list of choices, which is in the order of their names. */
export const CHANGE_KINDS: Record<string, ChangeKind> = {
	Job: {
		name: 'Job',
		records: both('Job'),
		list: '/Jobs',
		jobId: ({ id }) => id,
	},
	JobItems: {
		name: 'Job Items',
		records: { JobSelectedItemsChange: 'changed', JobExcludedItemsChange: 'changed' },
		list: '/Jobs',
		jobId: ({ jobId }) => jobId,
		title: (name) => `The items of job "${name}"`,
	},
	JobSession: {
		name: 'Job Session',
		records: both('JobSession'),
		list: '/JobSessions',
		jobId: ({ jobId }) => jobId,
		title: (name) => `A session of job "${name}"`,
	},
	M365BackupStoragePolicy: {
		name: 'Microsoft 365 Backup Storage Policy',
		records: {
			...both('M365BackupStoragePolicy'),
			M365BackupStoragePolicySelectedItemsChange: 'changed',
		},
	},
	OrganizationGroup: inOrganization('Group', 'Groups', 'groupId'),
	OrganizationSite: inOrganization('Site', 'Sites', 'siteId'),
	OrganizationTeam: inOrganization('Team', 'Teams', 'teamId'),
	OrganizationUser: inOrganization('User', 'Users', 'userId'),
	ProtectedGroup: protectedOne('Group'),
	ProtectedSite: protectedOne('Site'),
	ProtectedTeam: protectedOne('Team'),
	ProtectedUser: protectedOne('User'),
	RestorePoint: {
		name: 'Restore Point',
		records: { ...both('RestorePoint'), RestorePointObjectsChange: 'changed' },
		list: '/RestorePoints',
		one: ({ id }) => ({
			path: '/RestorePoints/{restorePointId}',
			pathParameters: { restorePointId: String(id) },
		}),
	},
	RestoreSession: {
		name: 'Restore Session',
		records: both('RestoreSession'),
		list: '/RestoreSessions',
		one: ({ id }) => ({
			path: '/RestoreSessions/{restoreSessionId}',
			pathParameters: { restoreSessionId: String(id) },
		}),
	},
};

/** The kind of a record of the feed, and what has happened to it. */
export function kindOf({ eventType }: IDataObject): { kind: string; change: Change } | undefined {
	const word = String(eventType).toLowerCase();
	for (const [kind, { records }] of Object.entries(CHANGE_KINDS)) {
		const found = Object.entries(records).find(([name]) => name.toLowerCase() === word);
		if (found) return { kind, change: found[1] };
	}
	return undefined;
}

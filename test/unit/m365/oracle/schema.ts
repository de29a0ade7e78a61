/**
 * What Veeam's specifications of v6, v7 and v8 say of the lists that a report reads: facts, by hand,
 * shared with no code of the nodes. Fields that a version lacks do not leave the fake server, and a
 * query parameter that it lacks is a fault of whoever sends it.
 */
export type Version = 'v6' | 'v7' | 'v8';

export const VERSIONS: Version[] = ['v6', 'v7', 'v8'];

interface ListFacts {
	/** By the version that has them first. */
	fields: Partial<Record<Version, string[]>>;
	/** Fields that were there in v6 or v7 and are gone since. */
	until?: Record<string, 'v6' | 'v7'>;
	query: Partial<Record<Version, string[]>>;
	/** The version from which on it comes in pages; before it a bare array. */
	paged: Version | 'never';
	/** The last version that has the list at all. */
	last?: Version;
	first?: Version;
}

const PAGING = ['limit', 'offset'];

export const LISTS: Record<string, ListFacts> = {
	'/Jobs': {
		fields: {
			v6: ['id', 'name', 'description', 'backupType', 'schedulePolicy', 'repositoryId', 'lastRun'],
			v7: ['lastBackup'],
			v8: ['organizationId', 'eTag'],
		},
		query: { v8: [...PAGING, 'organizationId', 'repositoryId'] },
		paged: 'v8',
	},
	'/CopyJobs': {
		fields: {
			v6: ['id', 'name', 'backupJobId', 'schedulePolicy', 'repositoryId', 'lastRun'],
			v7: ['lastBackup'],
			v8: ['organizationId', 'eTag'],
		},
		query: { v6: ['repositoryId'], v8: [...PAGING, 'organizationId'] },
		paged: 'v8',
	},
	'/JobSessions': {
		fields: {
			v6: ['id', 'details', 'creationTime', 'endTime', 'retryCount', 'progress', 'status'],
			v7: ['repositoryId', 'mainSessionId', 'jobWillBeRetried', 'jobType'],
			v8: ['jobId', 'jobSessionConfigType', 'eTag'],
		},
		query: {
			v6: [...PAGING, 'jobType', 'endTimeLowerBound'],
			v7: ['jobId', 'endTimeUpperBound'],
			v8: ['status'],
		},
		paged: 'v6',
	},
	'/JobSessions/{sessionId}/LogItems': {
		fields: { v6: ['id', 'usn', 'creationTime', 'endTime', 'title'], v8: ['type', 'message'] },
		until: { title: 'v7' },
		query: { v6: PAGING, v8: ['type', 'orderAsc'] },
		paged: 'v6',
	},
	'/BackupRepositories': {
		fields: {
			v6: [
				'id',
				'name',
				'path',
				'capacityBytes',
				'freeSpaceBytes',
				'isOutOfSync',
				'objectStorageId',
				'isLongTerm',
			],
			v8: ['isOutdated', 'isIndexed', 'isOutOfOrder', 'outOfOrderReason', 'objectStorage'],
		},
		until: { objectStorageId: 'v7' },
		query: { v6: ['proxyId', 'longTerm'], v8: PAGING },
		paged: 'v8',
	},
	'/objectstoragerepositories': {
		fields: { v6: ['id', 'name', 'sizeLimitEnabled', 'sizeLimitGB', 'freeSpaceBytes', 'type'] },
		query: { v6: ['longTerm'] },
		paged: 'never',
		last: 'v7',
	},
	'/Proxies': {
		fields: {
			v6: ['id', 'hostName', 'type', 'port', 'status'],
			v7: ['fqdn'],
			v8: ['maintenanceModeState', 'operatingSystem'],
		},
		query: { v6: ['extendedView'], v8: PAGING },
		paged: 'v8',
	},
	'/LicensedUsers': {
		fields: {
			v6: ['id', 'name', 'isBackedUp', 'lastBackupDate', 'licenseState', 'organizationId'],
		},
		query: { v6: [...PAGING, 'organizationId', 'name'] },
		paged: 'v6',
	},
	'/ProtectedUsers': {
		fields: { v8: ['id', 'msid', 'displayName', 'accountType', 'organizationId', 'mailboxes'] },
		query: { v8: [...PAGING, 'organizationId'] },
		paged: 'v8',
		first: 'v8',
	},
	'/Organizations/{organizationId}/Users': {
		fields: {
			v6: ['id', 'displayName', 'name', 'type', 'locationType'],
			v7: ['onPremisesSid', 'office'],
			v8: ['msid', 'eTag'],
		},
		query: { v6: [...PAGING, 'setId', 'userName', 'displayName'], v7: ['dataSource'] },
		paged: 'v6',
	},
};

const COMMON: Record<string, string[]> = {
	'/Jobs': ['nextRun', 'isEnabled', 'lastStatus', '_links'],
	'/CopyJobs': ['nextRun', 'isEnabled', 'lastStatus', '_links'],
	'/JobSessions': ['_links', 'statistics'],
};

const LICENSE: Record<Version, string[]> = {
	v6: ['licenseID', 'email', 'status', 'expirationDate', 'type', 'licensedTo', 'totalNumber'],
	v7: ['licenseID', 'email', 'status', 'licenseExpires', 'type', 'package', 'licensedTo'],
	v8: ['licenseID', 'email', 'status', 'licenseExpires', 'type', 'package', 'licensedTo'],
};

const order = (version: Version): number => VERSIONS.indexOf(version);

const upTo = (version: Version, table: Partial<Record<Version, string[]>>): string[] =>
	VERSIONS.filter((one) => order(one) <= order(version)).flatMap((one) => table[one] ?? []);

/** Whether a version has a list at all. */
export const hasList = (path: string, version: Version): boolean => {
	const { first = 'v6', last = 'v8' } = LISTS[path] ?? {};
	return path in LISTS && order(first) <= order(version) && order(version) <= order(last);
};

export const queryOf = (path: string, version: Version): string[] =>
	upTo(version, LISTS[path]?.query ?? {});

export const isPaged = (path: string, version: Version): boolean => {
	const paged = LISTS[path]?.paged ?? 'never';
	return paged !== 'never' && order(paged) <= order(version);
};

/** The record without what the version does not have. */
export function asIn(
	path: string,
	version: Version,
	record: Record<string, unknown>,
): Record<string, unknown> {
	const facts = LISTS[path];
	const known =
		path === '/License'
			? [...LICENSE[version], 'totalNumber', 'usedNumber', 'newNumber', 'supportID']
			: [...upTo(version, facts?.fields ?? {}), ...(COMMON[path] ?? [])].filter((field) => {
					const until = facts?.until?.[field];
					return until === undefined || order(version) <= order(until);
				});
	return Object.fromEntries(Object.entries(record).filter(([name]) => known.includes(name)));
}

import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { filledOf, GIGABYTE } from '../../shared/common/sizes';
import { amountOf, numberOf } from '../../shared/monitoring/options';
import { FLAG, NUMBER, optional, type Deciding } from '../../shared/report/readable';
import { isKnown } from './catalogueFacts';
import { flagOf, textOf } from './values';
import { objectOf } from '../../shared/common/objects';

export const reads: ReadFields[] = [
	{
		operation: 'GET /BackupRepositories',
		fields: [
			...['id', 'name', 'capacityBytes', 'freeSpaceBytes', 'isOutOfSync', 'isOutOfOrder'],
			...['outOfOrderReason', 'isOutdated', 'isIndexed', 'objectStorageId'],
			...['objectStorage.sizeLimitEnabled', 'objectStorage.sizeLimitGB'],
			...['objectStorage.freeSpaceBytes', 'objectStorage.usedSpaceBytes'],
		],
		fallbacks: {
			isOutOfOrder: 'not known: a note of the report, a refusal of the condition',
			outOfOrderReason: 'none is given',
			isOutdated: 'not known, as isOutOfOrder',
			isIndexed: 'not known, as isOutOfOrder',
			objectStorageId: 'the storage is in the record',
			'objectStorage.sizeLimitEnabled': 'the list of object storage has it',
			'objectStorage.sizeLimitGB': 'the list of object storage has it',
			'objectStorage.freeSpaceBytes': 'the list of object storage has it',
			'objectStorage.usedSpaceBytes': 'the list of object storage has it',
		},
	},
	{
		operation: 'GET /objectstoragerepositories',
		fields: ['id', 'sizeLimitEnabled', 'sizeLimitGB', 'freeSpaceBytes', 'usedSpaceBytes'],
		without: 'the repositories have their object storage in them (v8)',
	},
];

export const REPOSITORIES = '/BackupRepositories';

/** Object storage by itself: v6 and v7 list it apart from the repositories that stand on it. */
export const OBJECT_STORAGE = '/objectstoragerepositories';

/** What of a repository decides: its space, where it has any. */
export const decidingOfSpace: Deciding = Object.fromEntries(
	[
		...['capacityBytes', 'freeSpaceBytes'],
		...['objectStorage.sizeLimitGB', 'objectStorage.freeSpaceBytes'],
	].map((field) => [field, optional(NUMBER)]),
);

/** What of a repository's state decides, as far as the version has it. */
export const decidingOfState = (version: string): Deciding =>
	Object.fromEntries(
		['isOutOfSync', 'isOutOfOrder', 'isOutdated']
			.filter((field) => isKnown(version, `GET ${REPOSITORIES}`, `returns.${field}`))
			.map((field) => [field, FLAG]),
	);

/** Its ID where the server gives no name. */
export const repositoryName = ({ name, id }: IDataObject): string => textOf(name) ?? String(id);

/** Whether the record stands on object storage that is listed apart. */
export const needsObjectStorage = ({ objectStorage, objectStorageId }: IDataObject): boolean =>
	!objectStorage && textOf(objectStorageId) !== undefined;

/** The repositories with their object storage in them, as v8 gives them. */
export function withObjectStorage(records: IDataObject[], storages: IDataObject[]): IDataObject[] {
	const byId = new Map(storages.map((storage) => [String(storage.id), storage]));
	return records.map((record) => {
		const objectStorage = needsObjectStorage(record)
			? byId.get(String(record.objectStorageId))
			: undefined;
		return objectStorage ? { ...record, objectStorage } : record;
	});
}

/**
 * A repository's space, in gigabytes of 1024³ bytes: of object storage what its limit leaves; where
 * that has none, the figures of the repository itself.
 *
 * @returns undefined where the record does not say, or where there is no capacity (0, -1)
 */
export function spaceOf(record: IDataObject): { capacityGB: number; freeGB: number } | undefined {
	const { sizeLimitEnabled, sizeLimitGB, freeSpaceBytes } = objectOf(record.objectStorage);
	const limited = sizeLimitEnabled === true && numberOf(sizeLimitGB) !== undefined;
	const bytes = limited ? freeSpaceBytes : record.freeSpaceBytes;
	const free = numberOf(bytes);
	const capacity = limited
		? numberOf(sizeLimitGB)
		: (numberOf(record.capacityBytes) ?? Number.NaN) / GIGABYTE;
	if (free === undefined || !capacity || !(capacity > 0)) return undefined;
	return { capacityGB: capacity, freeGB: free / GIGABYTE };
}

/**
 * What a repository holds, in gigabytes of 1024³ bytes.
 *
 * @returns undefined where neither its object storage nor its disk says so
 */
export function usedIn(record: IDataObject): number | undefined {
	const used = amountOf(objectOf(record.objectStorage).usedSpaceBytes);
	if (used !== undefined) return used / GIGABYTE;
	const space = spaceOf(record);
	return filledOf(space?.capacityGB, space?.freeGB);
}

/** What a repository says of itself besides its space. */
export interface RepositoryState {
	/** It cannot be used; and why, where the server says so (v8). */
	isInvalid?: boolean;
	invalidReason?: string;
	/** Its copy of what is in the object storage is stale. */
	isOutOfSync?: boolean;
	/** Of an older format: it has to be upgraded (v8). */
	isOutOfDate?: boolean;
	isIndexed?: boolean;
}

/** Undefined what the record, or its version, does not say. */
export const stateOf = (record: IDataObject): RepositoryState => ({
	isInvalid: flagOf(record.isOutOfOrder),
	invalidReason: textOf(record.outOfOrderReason),
	isOutOfSync: flagOf(record.isOutOfSync),
	isOutOfDate: flagOf(record.isOutdated),
	isIndexed: flagOf(record.isIndexed),
});

/** Before v8 a repository says of its state only whether it is in sync. */
export const knowsRepositoryState = (version: string): boolean =>
	isKnown(version, 'GET /BackupRepositories', 'returns.isOutOfOrder');

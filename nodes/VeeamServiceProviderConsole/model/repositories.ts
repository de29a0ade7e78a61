import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { filledOf, GIGABYTE } from '../../shared/common/sizes';
import { amountOf, numberOf } from '../../shared/monitoring/options';
import { NUMBER, optional, word, type Deciding } from '../../shared/report/readable';
import { same, text } from './values';
import { objectOf } from '../../shared/common/objects';

export const REPOSITORIES = {
	path: '/infrastructure/backupServers/repositories',
	/** Space and state come only with it. */
	query: { expand: 'BackupRepositoryInfo' },
} as const;

/** What of a repository decides, as `readRepository` joins its record. */
export const deciding: Deciding = {
	status: word('Error', 'Healthy', 'Unknown', 'Warning'),
	capacity: optional(NUMBER),
	freeSpace: optional(NUMBER),
};

export interface Repository {
	/** Its own: the ids of a server's repositories repeat from server to server. */
	id: string;
	instanceUid: string;
	name: string;
	/** Of the computer that holds it; empty where not known. */
	host: string;
	serverId: string;
	/** Undefined where the server does not know it (object storage, nothing collected yet). */
	capacityGB?: number;
	freeGB?: number;
	/** What is stored there; undefined where the server does not know. */
	usedGB?: number;
	/** The scale-out repository that it is an extent of, by its own id. */
	parentId?: string;
	isScaleOut: boolean;
	/** Undefined where the server does not know. */
	state?: 'Healthy' | 'Warning' | 'Error';
	isOutOfDate?: boolean;
	/** The record with what `expand` brought beside its own fields. */
	record: IDataObject;
}

/** @param found an element of the list, with or without what `expand` brings */
export function readRepository(found: IDataObject): Repository {
	const { _embedded: embedded, backupRepositoryInfo: info, ...own } = found;
	const record: IDataObject = { ...objectOf(embedded), ...objectOf(info), ...own };
	const size = (value: unknown, isKnown: unknown): number | undefined => {
		const bytes = isKnown === false ? undefined : numberOf(value);
		return bytes === undefined ? undefined : bytes / GIGABYTE;
	};
	const capacityGB = size(record.capacity, record.isCapacityAvailable);
	const freeGB = size(record.freeSpace, record.isFreeSpaceAvailable);
	const usedGB =
		amountOf(size(record.usedSpace, record.isUsedSpaceAvailable)) ??
		amountOf(size(record.backupSize, undefined)) ??
		filledOf(capacityGB, freeGB);
	const parent = text(record.parentRepositoryUid);
	const server = text(record.backupServerUid);
	const state = (['Healthy', 'Warning', 'Error'] as const).find((one) => same(record.status, one));
	return {
		id: [text(record.instanceUid), text(record.backupServerUid)].filter(Boolean).join('/'),
		instanceUid: text(record.instanceUid),
		name: text(record.name),
		host: text(record.hostName),
		serverId: text(record.backupServerUid),
		...(capacityGB === undefined ? {} : { capacityGB }),
		...(freeGB === undefined ? {} : { freeGB }),
		...(usedGB === undefined ? {} : { usedGB }),
		...(/[1-9a-f]/i.test(parent) ? { parentId: [parent, server].filter(Boolean).join('/') } : {}),
		isScaleOut: same(record.type, 'ScaleOut'),
		...(state === undefined ? {} : { state }),
		...(typeof record.isOutOfDate === 'boolean' ? { isOutOfDate: record.isOutOfDate } : {}),
		record,
	};
}

export const reads: ReadFields[] = [
	{
		operation: 'GET /infrastructure/backupServers/repositories',
		fields: [
			'instanceUid',
			'name',
			'backupServerUid',
			'_embedded',
			'_embedded.capacity',
			'_embedded.isCapacityAvailable',
			'_embedded.freeSpace',
			'_embedded.isFreeSpaceAvailable',
			'_embedded.hostName',
			'_embedded.isOutOfDate',
			'_embedded.status',
			'_embedded.type',
			'_embedded.usedSpace',
			'_embedded.isUsedSpaceAvailable',
			'_embedded.backupSize',
			'_embedded.parentRepositoryUid',
		],
	},
];

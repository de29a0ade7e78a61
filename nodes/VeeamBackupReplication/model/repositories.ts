import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { amountOf, numberOf } from '../../shared/monitoring/options';
import type { VeeamClient } from '../../shared/http/types';
import { FLAG, NUMBER, optional, type Deciding } from '../../shared/report/readable';
import { isKnown } from './catalogueFacts';
import { flagOf, nameOf, same, textOf } from './text';

export const PATH = '/api/v1/backupInfrastructure/repositories/states';

export const reads: ReadFields[] = [
	{
		operation: `GET ${PATH}`,
		fields: [
			...['id', 'name', 'type', 'capacityGB', 'freeGB', 'usedSpaceGB', 'isOnline', 'isOutOfDate'],
		],
		fallbacks: {
			isOnline: 'not known: 1.1-rev0 does not have it',
			isOutOfDate: 'not known: 1.2-rev1 does not have it',
		},
	},
];

/**
 * What of a repository's state decides. Storage without a capacity has neither figure; 1.1-rev0 says
 * nothing of its reach.
 */
export const decidingOf =
	(reader: { client: Pick<VeeamClient, 'version'> }) =>
	({ capacityGB = null, freeGB = null }: IDataObject): Deciding => ({
		...(capacityGB === null && freeGB === null ? {} : { capacityGB: NUMBER, freeGB: NUMBER }),
		isOnline: isKnown(reader, `GET ${PATH}`, { name: 'returns.isOnline' }) ? FLAG : optional(FLAG),
	});

/** A repository's state; what the server does not say is undefined. */
export interface Repository {
	id: string;
	name: string;
	capacityGB?: number;
	freeGB?: number;
	/** What is stored there. */
	usedGB?: number;
	isOnline?: boolean;
	isOutOfDate?: boolean;
	/** It is made of others of the list. */
	isScaleOut: boolean;
}

export const repositoryOf = (record: IDataObject): Repository => ({
	id: textOf(record.id),
	name: nameOf(record),
	capacityGB: numberOf(record.capacityGB),
	freeGB: numberOf(record.freeGB),
	usedGB: amountOf(record.usedSpaceGB),
	isOnline: flagOf(record.isOnline),
	isOutOfDate: flagOf(record.isOutOfDate),
	isScaleOut: same(record.type, 'ExtendableRepository'),
});

import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { numberOf } from '../../shared/monitoring/options';
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
	usedGB: numberOf(record.usedSpaceGB),
	isOnline: flagOf(record.isOnline),
	isOutOfDate: flagOf(record.isOutOfDate),
	isScaleOut: same(record.type, 'ExtendableRepository'),
});

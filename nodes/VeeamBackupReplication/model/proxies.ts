import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { FLAG, type Deciding } from '../../shared/report/readable';
import { flagOf, nameOf, textOf } from './text';

export const PATH = '/api/v1/backupInfrastructure/proxies/states';

export const reads: ReadFields[] = [
	{
		operation: `GET ${PATH}`,
		fields: ['id', 'name', 'isDisabled', 'isOnline', 'isOutOfDate'],
		without: 'before 1.3-rev0 the conditions of proxies are refused',
	},
];

/** What of a proxy's state decides. */
export const deciding: Deciding = { isDisabled: FLAG, isOnline: FLAG, isOutOfDate: FLAG };

/** A backup proxy's state; what the server does not say is undefined. */
export interface Proxy {
	id: string;
	name: string;
	isDisabled?: boolean;
	isOnline?: boolean;
	isOutOfDate?: boolean;
}

export const proxyOf = (record: IDataObject): Proxy => ({
	id: textOf(record.id),
	name: nameOf(record),
	isDisabled: flagOf(record.isDisabled),
	isOnline: flagOf(record.isOnline),
	isOutOfDate: flagOf(record.isOutOfDate),
});

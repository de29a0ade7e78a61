import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { same, textOf } from './text';

export const PATH = '/api/v1/backupInfrastructure/managedServers';

export const reads: ReadFields[] = [
	{
		operation: `GET ${PATH}`,
		fields: ['id', 'name', 'status'],
		fallbacks: { status: 'not known: 1.1-rev0 does not have it' },
	},
];

/** Undefined where the record does not say. */
export const isUnavailable = ({ status }: IDataObject): boolean | undefined =>
	textOf(status) === '' ? undefined : same(status, 'Unavailable');

import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import type { VeeamClient } from '../../shared/http/types';
import { optional, word, type Deciding } from '../../shared/report/readable';
import { isKnown } from './catalogueFacts';
import { same, textOf } from './text';

export const PATH = '/api/v1/backupInfrastructure/managedServers';

export const reads: ReadFields[] = [
	{
		operation: `GET ${PATH}`,
		fields: ['id', 'name', 'status'],
		fallbacks: { status: 'not known: 1.1-rev0 does not have it' },
	},
];

const STATUS = word('Available', 'Unavailable');

/** What of a server decides; 1.1-rev0 does not say it. */
export const decidingOf = (reader: { client: Pick<VeeamClient, 'version'> }): Deciding => ({
	status: isKnown(reader, `GET ${PATH}`, { name: 'returns.status' }) ? STATUS : optional(STATUS),
});

/** Undefined where the record does not say. */
export const isUnavailable = ({ status }: IDataObject): boolean | undefined =>
	textOf(status) === '' ? undefined : same(status, 'Unavailable');

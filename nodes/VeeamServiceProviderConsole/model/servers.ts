import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { word, type Deciding } from '../../shared/report/readable';
import { organizationOf } from './companies';
import { same, text } from './values';

/** A backup server, or a server of Veeam Backup for Microsoft 365. */
export interface Server {
	id: string;
	name: string;
	/** Whose it is; empty where the record does not say. */
	organization: string;
	/** Undefined where the console does not know. */
	isOffline?: boolean;
	/** It is there, but reports a problem. Undefined where nobody can say, as of one that is offline. */
	isUnhealthy?: boolean;
	version?: string;
}

/** @param record an element of `GET /infrastructure/backupServers` or `…/vb365Servers` */
export function readServer(record: IDataObject): Server {
	const { status, displayVersion, version } = record;
	const isOffline = same(status, 'Inaccessible') ? true : isKnown(status) ? false : undefined;
	const isUnhealthy = same(status, 'Warning') ? true : same(status, 'Healthy') ? false : undefined;
	const shown = text(displayVersion) || text(version);
	return {
		id: text(record.instanceUid),
		name: text(record.name),
		organization: organizationOf(record),
		...(isOffline === undefined ? {} : { isOffline }),
		...(isUnhealthy === undefined ? {} : { isUnhealthy }),
		...(shown ? { version: shown } : {}),
	};
}

/** What of a server decides. */
export const deciding: Deciding = {
	status: word('Healthy', 'Inaccessible', 'Unknown', 'Warning'),
};

const isKnown = (status: unknown): boolean => text(status) !== '' && !same(status, 'Unknown');

export const reads: ReadFields[] = [
	{
		operation: 'GET /infrastructure/backupServers',
		fields: ['instanceUid', 'name', 'organizationUid', 'status', 'displayVersion', 'version'],
	},
	{
		operation: 'GET /infrastructure/vb365Servers',
		fields: ['instanceUid', 'name', 'organizationUid', 'status', 'version'],
	},
];

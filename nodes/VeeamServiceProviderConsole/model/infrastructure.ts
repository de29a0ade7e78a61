import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { UserFacingFailure } from '../../shared/http/errors';
import { FLAG, optional, word, type Deciding } from '../../shared/report/readable';
import { same, text } from './values';

/** What of a proxy decides. */
export const decidingOfProxies: Deciding = {
	status: word('Error', 'Healthy', 'Unknown', 'Warning'),
	isDisabled: optional(FLAG),
	isOutOfDate: optional(FLAG),
};

/** What of a failover plan decides. */
export const decidingOfPlans: Deciding = {
	status: word(
		...['Completed', 'Failed', 'InProgress', 'InUndoProgress', 'Ready', 'Success'],
		...['UndoFailed', 'Unknown'],
	),
};

/** A backup proxy of a backup server. */
export interface Proxy {
	id: string;
	name: string;
	serverId: string;
	isDisabled: boolean;
	isOutOfDate: boolean;
	/** Undefined where the console does not know, or all is well. */
	trouble?: 'error' | 'warning';
}

/** @param record an element of `GET /infrastructure/backupServers/proxies` */
export function readProxy(record: IDataObject): Proxy {
	const serverId = text(record.backupServerUid);
	const trouble = same(record.status, 'Error')
		? ('error' as const)
		: same(record.status, 'Warning')
			? ('warning' as const)
			: undefined;
	return {
		id: [text(record.instanceUid), serverId].filter(Boolean).join('/'),
		name: text(record.name) || text(record.hostName),
		serverId,
		isDisabled: record.isDisabled === true,
		isOutOfDate: record.isOutOfDate === true,
		...(trouble === undefined ? {} : { trouble }),
	};
}

/** A failover plan and how it stands. */
export interface FailoverPlan {
	id: string;
	name: string;
	serverId: string;
	/** "Ready", "Failed": as the console spells it. */
	state: string;
	isFailed: boolean;
	/** It waits to be started: nothing to tell. */
	isReady: boolean;
}

/** @param record an element of `GET /infrastructure/backupServers/failoverplans` */
export function readFailoverPlan(record: IDataObject): FailoverPlan {
	const serverId = text(record.backupServerUid);
	const state = text(record.status);
	return {
		id: [text(record.instanceUid), serverId].filter(Boolean).join('/'),
		...{ name: text(record.name), serverId, state },
		isFailed: ['Failed', 'UndoFailed'].some((one) => same(state, one)),
		isReady: ['', 'Ready', 'Unknown'].some((one) => same(state, one)),
	};
}

/** The console's own versions. */
export function consoleVersion({ serverVersion }: IDataObject): string {
	const version = text(serverVersion);
	if (version) return version;
	throw new UserFacingFailure({
		message: 'The console did not answer with its version.',
		description: 'The answer may have been cut off on the way: look at proxies in between.',
	});
}

export const reads: ReadFields[] = [
	{
		operation: 'GET /infrastructure/backupServers/proxies',
		fields: [
			...['instanceUid', 'name', 'hostName', 'backupServerUid'],
			...['status', 'isDisabled', 'isOutOfDate'],
		],
	},
	{
		operation: 'GET /infrastructure/backupServers/failoverplans',
		fields: ['instanceUid', 'name', 'backupServerUid', 'status'],
	},
	{ operation: 'GET /about', fields: ['serverVersion'] },
];

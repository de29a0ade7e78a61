import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { readTime } from '../../shared/common/time';
import { PAST, type Deciding } from '../../shared/report/readable';
import { text } from './values';

/** Lists of protected workloads, each with the date of its latest restore point. */
export const WORKLOADS = [
	{
		what: 'Virtual machines',
		type: 'Virtual Machine',
		path: '/protectedWorkloads/virtualMachines',
	},
	{
		what: 'Computers managed by the console',
		type: 'Computer',
		path: '/protectedWorkloads/computersManagedByConsole',
	},
	{
		what: 'Computers managed by backup servers',
		type: 'Computer',
		path: '/protectedWorkloads/computersManagedByBackupServer',
	},
] as const;

/** What of a workload decides. */
export const deciding: Deciding = { latestRestorePointDate: PAST };

export interface Workload {
	name: string;
	organization: string;
	/** Milliseconds since 1970; undefined: there is none. */
	latestPoint?: number;
}

/**
 * The workloads of a list, each once: consoles give the row of a machine several times (once for each
 * protection group, for instance). Of different dates the latest counts.
 */
export function readWorkloads(records: IDataObject[]): Workload[] {
	const found = new Map<string, Workload>();
	for (const record of records) {
		const latestPoint = readTime(record.latestRestorePointDate);
		const key = keyOf(record);
		const latest = Math.max(found.get(key)?.latestPoint ?? -Infinity, latestPoint ?? -Infinity);
		found.set(key, {
			name: text(record.name),
			organization: text(record.organizationUid),
			...(latest === -Infinity ? {} : { latestPoint: latest }),
		});
	}
	return [...found.values()];
}

/** Ids repeat from server to server and from company to company; a row without one is known by all it says. */
function keyOf(record: IDataObject): string {
	const id = text(record.instanceUid) || text(record.backupAgentUid);
	return id === ''
		? JSON.stringify(record)
		: [id, text(record.backupServerUid), text(record.organizationUid)].join('/');
}

const COMMON = ['name', 'organizationUid', 'latestRestorePointDate'];

export const reads: ReadFields[] = [
	{
		operation: 'GET /protectedWorkloads/virtualMachines',
		fields: [...COMMON, 'instanceUid', 'backupServerUid'],
	},
	{
		operation: 'GET /protectedWorkloads/computersManagedByConsole',
		fields: [...COMMON, 'backupAgentUid'],
	},
	{
		operation: 'GET /protectedWorkloads/computersManagedByBackupServer',
		fields: [...COMMON, 'instanceUid', 'backupServerUid'],
	},
];

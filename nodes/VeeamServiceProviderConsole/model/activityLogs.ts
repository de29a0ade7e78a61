import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { readTime } from '../../shared/common/time';
import { isOneOf, spaced, text } from './values';

/** Of restores; the console knows those that were begun in it. */
const RESTORES = ['RestorePerformed', 'CompanyRestored'];

/** Of what takes something away: jobs, backups' repositories, tenants, agents, accounts. */
const DELETIONS = [
	'BackupJobDeleted',
	'BackupPolicyRemoved',
	'BackupServerResourceRemoved',
	'CompanyDeleted',
	'CompanyLocationRemoved',
	'CompanyUserRemoved',
	'ManagementAgentDeleted',
	'PublicCloudAccountDeleted',
	'PublicCloudApplianceDeleted',
	'ResellerDeleted',
	'TenantRemoved',
	'UserRecordRemoved',
];

export interface ActivityRecord {
	/** "Backup Job Deleted" */
	kind: string;
	/** The console's sentence: who did what. */
	message: string;
	/** Milliseconds since 1970. */
	time: number;
	organization: string;
	isDeletion: boolean;
}

/** @returns undefined for what is neither a restore nor a deletion, or has no time */
export function readActivity(record: IDataObject): ActivityRecord | undefined {
	const type = record.activityLogType;
	const time = readTime(record.date);
	const isDeletion = isOneOf(type, DELETIONS);
	if (time === undefined || !(isDeletion || isOneOf(type, RESTORES))) return undefined;
	return {
		kind: spaced(type),
		message: text(record.message),
		time,
		organization: text(record.organizationUid),
		isDeletion,
	};
}

export const reads: ReadFields[] = [
	{
		operation: 'GET /eventLogs/activityLogs',
		fields: ['message', 'activityLogType', 'date', 'organizationUid'],
	},
];

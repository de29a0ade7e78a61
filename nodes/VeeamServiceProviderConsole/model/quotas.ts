import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { numberOf } from '../../shared/monitoring/options';
import { text } from './values';

/** Lists of cloud resources: versions before 3.6 have them elsewhere, with the same fields. */
export const RESOURCE_LISTS = [
	'/infrastructure/sites/tenants/backupResources',
	'/organizations/companies/sites/backupResources',
] as const;

/** What a cloud resource limits: fields of its quota and of its usage. */
export const QUOTAS = [
	{
		value: 'serversOverused',
		name: 'Servers',
		quota: 'serversQuota',
		unlimited: 'isServersQuotaUnlimited',
		used: 'serverBackups',
	},
	{
		value: 'storageOverused',
		name: 'Storage',
		quota: 'storageQuota',
		unlimited: undefined,
		used: 'usedStorageQuota',
	},
	{
		value: 'vmsOverused',
		name: 'Virtual Machines',
		quota: 'vmsQuota',
		unlimited: 'isVmsQuotaUnlimited',
		used: 'vmBackups',
	},
	{
		value: 'workstationsOverused',
		name: 'Workstations',
		quota: 'workstationsQuota',
		unlimited: 'isWorkstationsQuotaUnlimited',
		used: 'workstationBackups',
	},
] as const;

export type Quota = (typeof QUOTAS)[number];

export interface QuotaUsage {
	used: number;
	quota: number;
	/** One decimal. */
	usedPercent: number;
}

/**
 * How much of a quota is used.
 *
 * @param record the resource, with the fields of its usage
 * @returns `unlimited` where there is no limit; undefined where the server does not say
 */
export function readQuota(
	record: IDataObject,
	{ quota, unlimited, used }: Quota,
): QuotaUsage | 'unlimited' | undefined {
	const [is, of] = [numberOf(record[used]), numberOf(record[quota])];
	if (unlimited !== undefined && record[unlimited] === true) return 'unlimited';
	if (is === undefined || of === undefined) return undefined;
	if (of <= 0) return 'unlimited';
	return { used: is, quota: of, usedPercent: Math.round((is / of) * 1000) / 10 };
}

export const readResource = (record: IDataObject) => ({
	id: text(record.instanceUid),
	/** Of its cloud repository. */
	name: text(record.cloudRepositoryName),
	organization: text(record.companyUid),
});

const RESOURCE = [
	'instanceUid',
	'cloudRepositoryName',
	'companyUid',
	'storageQuota',
	'serversQuota',
	'isServersQuotaUnlimited',
	'vmsQuota',
	'isVmsQuotaUnlimited',
	'workstationsQuota',
	'isWorkstationsQuotaUnlimited',
];

const USAGE = [
	'backupResourceUid',
	'usedStorageQuota',
	'serverBackups',
	'vmBackups',
	'workstationBackups',
];

export const reads: ReadFields[] = RESOURCE_LISTS.flatMap((path) => {
	const without = 'the other version of the list has it';
	return [
		{ operation: `GET ${path}`, fields: RESOURCE, without },
		{ operation: `GET ${path}/usage`, fields: USAGE, without },
	];
});

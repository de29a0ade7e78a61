import type { IDataObject } from 'n8n-workflow';

import { knows } from '../../shared/catalogue';
import type { Condition } from '../../shared/monitoring/incidents';
import { listOf, numberOf } from '../../shared/monitoring/options';
import { onePage, snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { above } from '../../shared/monitoring/thresholds';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { COMPANIES, isWantedCompany, withCompany } from './company';
import { pagesOf, text } from '../model/lists';

const FIELD = 'companyUsageQuotas';
const TERABYTE = 1024 ** 4;
const GIGABYTE = 1024 ** 3;

/** The lists of cloud resources: versions before 3.6 had them elsewhere, with the same fields. */
const LISTS = ['/infrastructure/sites/tenants', '/organizations/companies/sites'];

/** What a cloud resource limits: fields of its quota and of its usage. */
const QUOTAS = [
	['serversOverused', 'Servers', 'serversQuota', 'isServersQuotaUnlimited', 'serverBackups'],
	['storageOverused', 'Storage', 'storageQuota', '', 'usedStorageQuota'],
	['vmsOverused', 'Virtual Machines', 'vmsQuota', 'isVmsQuotaUnlimited', 'vmBackups'],
	[
		'workstationsOverused',
		'Workstations',
		'workstationsQuota',
		'isWorkstationsQuotaUnlimited',
		'workstationBackups',
	],
] as const;

/** Path of the lists that the credential's version has. */
function base({ adapter, client }: PollContext): string {
	const has = (path: string) =>
		knows(adapter.catalogue(), client.version, `GET ${path}/backupResources/usage`);
	return LISTS.find(has) ?? String(LISTS[0]);
}

/** Cloud resources of all companies, each with its usage: two lists, whatever their number. */
async function* resources(pollContext: PollContext, from: number) {
	const path = `${base(pollContext)}/backupResources`;
	const usages = new Map<string, IDataObject>();
	for await (const { items } of pagesOf(pollContext, `${path}/usage`))
		for (const usage of items) usages.set(text(usage.backupResourceUid), usage);
	const all: IDataObject[] = [];
	for await (const { items } of pagesOf(pollContext, path))
		for (const resource of items)
			all.push({ ...usages.get(text(resource.instanceUid)), ...resource });
	yield* onePage(all, from);
}

/** 1.5 TB, 12.0 GB, or the number of machines. */
function figure(value: number, isSize: boolean): string {
	if (!isSize) return String(value);
	return value >= TERABYTE
		? `${(value / TERABYTE).toFixed(1)} TB`
		: `${(value / GIGABYTE).toFixed(1)} GB`;
}

function quotaCondition([name, label, quota, unlimited, used]: (typeof QUOTAS)[number]): Condition {
	const read = (record: IDataObject) => {
		const [is, of] = [numberOf(record[used]), numberOf(record[quota])];
		if (is === undefined || !of || (unlimited && record[unlimited] === true)) return undefined;
		return { used: is, quota: of, usedPercent: Math.round((is / of) * 1000) / 10 };
	};
	return {
		name,
		isWanted: (options) => listOf(options[FIELD]).includes(name),
		level: (record, before, { options }) => {
			const found = read(record);
			// A quota that was lifted is no problem; a usage that is missing for once says nothing.
			if (!found) return record[used] === undefined ? undefined : 0;
			const first = numberOf(options.usagePercent) ?? 90;
			const steps = first < 100 ? [first, 100] : [first];
			return above(found.usedPercent, { steps, closes: first - 5 }, before);
		},
		severity: (level) => (level > 1 ? 'error' : 'warning'),
		message: (record, transition) => {
			const found = read(record);
			const about = `${label} quota of "${text(record.cloudRepositoryName)}"`;
			if (!found) return `${about}: there is no limit any more.`;
			const isSize = name === 'storageOverused';
			const figures = `${figure(found.used, isSize)} of ${figure(found.quota, isSize)}`;
			return transition === 'recovered'
				? `${about} has room again: ${figures} (${found.usedPercent} %) used.`
				: `${about} is ${transition === 'reminder' ? 'still ' : ''}used up to ${found.usedPercent} %: ${figures}.`;
		},
		current: (record) => ({ ...read(record) }),
	};
}

/** Companies that come near to what their cloud resources allow. */
export const companyUsage = withCompany(
	snapshotEvent(
		{
			value: 'companyUsage',
			name: 'Company Usage',
			description: 'A company has used up so many percent of a quota, or has room again',
			fields: [
				{
					displayName: 'Quotas',
					name: FIELD,
					type: 'multiOptions',
					options: QUOTAS.map(([value, name]) => ({ name, value })),
					default: ['serversOverused', 'storageOverused', 'vmsOverused', 'workstationsOverused'],
					description: 'Which quotas of cloud backup resources to watch',
				},
			],
			options: [
				COMPANIES,
				{
					displayName: 'Used Up From (Percent)',
					name: 'usagePercent',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 90,
					description:
						'So many percent or more, and again at 100. It has recovered 5 percent lower.',
				},
			],
		},
		{
			type: 'Cloud Resource',
			pages: resources,
			object: ({ instanceUid, cloudRepositoryName, companyUid }, options) =>
				isWantedCompany(options, companyUid)
					? { id: text(instanceUid), name: text(cloudRepositoryName) }
					: undefined,
			conditions: QUOTAS.map(quotaCondition),
		},
	),
	{ organization: (_, { companyUid }) => text(companyUid) || undefined },
);

import type { IDataObject } from 'n8n-workflow';

import { knows } from '../../shared/catalogue';
import { GIGABYTE } from '../../shared/common/sizes';
import type { Condition } from '../../shared/monitoring/incidents';
import { usedUpFrom } from '../../shared/monitoring/licenseConditions';
import { listOf, numberOf } from '../../shared/monitoring/options';
import { onePage, snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { above } from '../../shared/monitoring/thresholds';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { COMPANIES, isWantedCompany, withCompany } from './company';
import { pagesOf } from './lists';
import { QUOTAS, readQuota, readResource, RESOURCE_LISTS, type Quota } from '../model/quotas';
import { text } from '../model/values';

const FIELD = 'companyUsageQuotas';
const TERABYTE = 1024 ** 4;

/** Path of the lists that the credential's version has. */
function base({ adapter, client }: PollContext): string {
	const has = (path: string) => knows(adapter.catalogue(), client.version, `GET ${path}/usage`);
	return RESOURCE_LISTS.find(has) ?? RESOURCE_LISTS[0];
}

/** Cloud resources of all companies, each with its usage: two lists, whatever their number. */
async function* resources(pollContext: PollContext, from: number) {
	const path = base(pollContext);
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

function quotaCondition(quota: Quota): Condition {
	const read = (record: IDataObject) => readQuota(record, quota);
	const usage = (record: IDataObject) => {
		const found = read(record);
		return found === 'unlimited' ? undefined : found;
	};
	return {
		name: quota.value,
		isWanted: (options) => listOf(options[FIELD]).includes(quota.value),
		level: (record, before, { options }) => {
			const found = read(record);
			// A quota that was lifted is no problem; a figure that is missing for once says nothing.
			if (found === 'unlimited') return 0;
			if (!found) return undefined;
			const first = numberOf(options.usagePercent) ?? 90;
			const steps = first < 100 ? [first, 100] : [first];
			return above(found.usedPercent, { steps, closes: first - 5 }, before);
		},
		severity: (level) => (level > 1 ? 'error' : 'warning'),
		message: (record, transition) => {
			const found = usage(record);
			const { name } = readResource(record);
			const about = `${quota.name} quota${name ? ` of "${name}"` : ''}`;
			if (!found)
				return transition === 'recovered'
					? `${about}: there is no limit any more.`
					: `${about} is still used up; the server does not say how far.`;
			const isSize = quota.value === 'storageOverused';
			const figures = `${figure(found.used, isSize)} of ${figure(found.quota, isSize)}`;
			return transition === 'recovered'
				? `${about} has room again: ${figures} (${found.usedPercent} %) used.`
				: `${about} is ${transition === 'reminder' ? 'still ' : ''}used up to ${found.usedPercent} %: ${figures}.`;
		},
		current: (record) => ({ ...usage(record) }),
	};
}

/** Companies that come near to what their cloud resources allow. */
export const companyUsage = withCompany(
	snapshotEvent(
		{
			value: 'companyUsage',
			name: 'Company Usage',
			action: 'On company quota nearly used up',
			description: 'A company approaches or reaches a quota, or is back below it',
			fields: [
				{
					displayName: 'Quotas',
					name: FIELD,
					type: 'multiOptions',
					options: QUOTAS.map(({ name, value }) => ({ name, value })),
					default: ['serversOverused', 'storageOverused', 'vmsOverused', 'workstationsOverused'],
					description: 'Which cloud backup resource quotas to watch',
				},
			],
			options: [COMPANIES, usedUpFrom('Report')],
		},
		{
			type: 'Cloud Resource',
			pages: resources,
			object: (record, options) => {
				const { id, name, organization } = readResource(record);
				return { id, name, isLeftOut: !isWantedCompany(options, organization) };
			},
			conditions: QUOTAS.map(quotaCondition),
		},
	),
	{ organization: (_, record) => readResource(record).organization || undefined },
);

import type { IDataObject } from 'n8n-workflow';

import {
	expiring,
	LICENSE_FIELD,
	licenseConditionsField,
	licenseOptions,
	overused,
	usageOf,
} from '../../shared/monitoring/licenseConditions';
import { onePage, snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { flag, isPicked } from '../../shared/monitoring/conditions';
import { licenseIn, licenseParts, PATH } from '../model/licenseParts';
import { same } from '../model/text';

const named = ({ name }: IDataObject) => String(name);

const used = overused(isPicked(LICENSE_FIELD, 'overused'), (record, transition) => {
	const usage = usageOf(record.used, record.licensed);
	if (!usage)
		return transition === 'recovered'
			? `${named(record)} has room again.`
			: `${named(record)} is still used up; the server does not say how far.`;
	const { used: is, licensed, usedPercent } = usage;
	const figures = `${is} of ${licensed} ${String(record.unit)} (${usedPercent} %)`;
	return transition === 'recovered'
		? `${named(record)} has room again: ${figures} used.`
		: `${named(record)} is ${transition === 'reminder' ? 'still ' : ''}used up to ${usedPercent} %: ${figures}.`;
});

const notValid = flag({
	field: LICENSE_FIELD,
	name: 'notValid',
	is: ({ status }) => (typeof status === 'string' ? !same(status, 'Valid') : undefined),
	severity: 'error',
	named,
	problem: 'is not valid: install a valid license',
	reminder: 'is still not valid',
	recovered: 'is valid again',
	current: ({ status = null }) => ({ status }),
});

/** A license that ends, is used up or not valid. */
export const license = snapshotEvent(
	{
		value: 'license',
		requires: `GET ${PATH}`,
		name: 'License',
		action: 'On license expiring or used up',
		description:
			'A license expires soon, is nearly used up or is not valid; needs a Backup Administrator',
		fields: [licenseConditionsField({ name: 'Support Expires Soon', value: 'supportExpiring' })],
		options: licenseOptions(),
	},
	{
		type: 'License',
		pages: async function* (pollContext, from) {
			yield* onePage(licenseParts(licenseIn(await pollContext.get({ path: PATH }))), from);
		},
		object: ({ id, name }) => ({ id: String(id), name: String(name) }),
		conditions: [
			expiring({
				name: 'expiring',
				isWanted: isPicked(LICENSE_FIELD, 'expiring'),
				named,
				field: 'expirationDate',
			}),
			notValid,
			used,
			expiring({
				name: 'supportExpiring',
				isWanted: isPicked(LICENSE_FIELD, 'supportExpiring'),
				named: (record) => `${named(record)}: support`,
				field: 'supportExpirationDate',
			}),
		],
		details: async (_watch, { licensedTo = null, edition = null, supportId = null }) => ({
			...{ licensedTo, edition, supportId },
		}),
	},
);

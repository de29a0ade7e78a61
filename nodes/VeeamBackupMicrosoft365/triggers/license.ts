import type { IDataObject } from 'n8n-workflow';

import { flag, isPicked } from '../../shared/monitoring/conditions';
import {
	expiring,
	LICENSE_FIELD,
	licenseConditionsField,
	licenseOptions,
	overused,
	usageOf,
} from '../../shared/monitoring/licenseConditions';
import { onePage, snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { same } from '../api/read';
import { LICENSE, licenseOf } from '../model/licenses';
import { textOf } from '../model/values';

const named = ({ licensedTo }: IDataObject): string =>
	textOf(licensedTo) ? `The license of ${String(licensedTo)}` : 'The license';

const notValid = flag({
	field: LICENSE_FIELD,
	name: 'notValid',
	is: ({ status }) => (textOf(status) ? !same(status, 'Valid') : undefined),
	severity: 'error',
	named,
	problem: ({ status }) => `is no longer valid: ${String(status).toLowerCase()}.`,
	reminder: 'is still not valid',
	recovered: 'is valid again',
	current: ({ status }) => ({ status }),
});

/** The license as it expires, is used up or replaced. */
export const license = snapshotEvent(
	{
		value: 'license',
		name: 'License',
		action: 'On license expiring or used up',
		description: 'The license expires soon, is nearly used up or is not valid, or has recovered',
		fields: [licenseConditionsField()],
		options: licenseOptions(),
	},
	{
		type: 'License',
		pages: (pollContext, from) => readLicense(pollContext, from),
		// Not by its ID: a new license puts right what was wrong with the old one.
		object: () => ({ id: 'license', name: 'License' }),
		conditions: [
			notValid,
			expiring({
				name: 'expiring',
				isWanted: isPicked(LICENSE_FIELD, 'expiring'),
				named,
				field: 'expirationDate',
			}),
			overused(isPicked(LICENSE_FIELD, 'overused'), (record, transition) => {
				const usage = usageOf(record.used, record.licensed);
				const words: Record<string, string> = {
					recovered: 'is used less again',
					worsened: 'is used up',
					reminder: 'is still nearly used up',
				};
				const said = `${named(record)} ${words[transition] ?? 'is nearly used up'}`;
				if (!usage) return `${said}; the server does not say how many users have it.`;
				const { used, licensed, usedPercent } = usage;
				return `${said}: ${used} of ${licensed} users (${usedPercent} %).`;
			}),
		],
	},
);

/** The record with the words that every product has for its license: versions differ in theirs. */
async function* readLicense(pollContext: PollContext, from: number) {
	const { record, expirationDate, usedUsers, licensedUsers } = licenseOf(
		await pollContext.get({ path: LICENSE }),
	);
	const common = { expirationDate, used: usedUsers, licensed: licensedUsers };
	yield* onePage([{ ...record, ...common }], from);
}

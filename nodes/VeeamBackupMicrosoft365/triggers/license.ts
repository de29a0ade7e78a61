import type { IDataObject } from 'n8n-workflow';

import type { Condition } from '../../shared/monitoring/incidents';
import {
	expiring,
	licenseOptions,
	overused,
	usageOf,
} from '../../shared/monitoring/licenseConditions';
import { listOf } from '../../shared/monitoring/options';
import { onePage, snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { same } from '../api/read';
import { LICENSE, licenseOf } from '../model/licenses';
import { textOf } from '../model/values';

const isWanted = (name: string) => (options: IDataObject) =>
	listOf(options.licenseConditions).includes(name);

const named = ({ licensedTo }: IDataObject): string =>
	textOf(licensedTo) ? `The license of ${String(licensedTo)}` : 'The license';

const notValid: Condition = {
	name: 'notValid',
	isWanted: isWanted('notValid'),
	level: ({ status }) => (textOf(status) ? Number(!same(status, 'Valid')) : undefined),
	severity: () => 'error',
	message: (record, transition) =>
		transition === 'recovered'
			? `${named(record)} is valid again.`
			: `${named(record)} is no longer valid: ${String(record.status).toLowerCase()}.`,
	current: ({ status }) => ({ status }),
};

/** The license as it expires, is used up or replaced. */
export const license = snapshotEvent(
	{
		value: 'license',
		name: 'License',
		description: 'The license expires soon, is nearly used up or not valid; later, that it is well',
		fields: [
			{
				displayName: 'Conditions',
				name: 'licenseConditions',
				type: 'multiOptions',
				options: [
					{ name: 'Expires Soon', value: 'expiring' },
					{ name: 'Not Valid', value: 'notValid' },
					{ name: 'Used Up', value: 'overused' },
				],
				default: ['expiring', 'notValid', 'overused'],
				description: 'What counts as a problem',
			},
		],
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
				isWanted: isWanted('expiring'),
				named,
				field: 'expirationDate',
			}),
			overused(isWanted('overused'), (record, transition) => {
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

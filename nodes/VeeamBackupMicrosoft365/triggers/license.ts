import type { IDataObject } from 'n8n-workflow';

import type { Condition } from '../../shared/monitoring/incidents';
import {
	expiryLevel,
	usageLevel,
	usageOf,
	worseThanFirst,
} from '../../shared/monitoring/licenseConditions';
import { listOf } from '../../shared/monitoring/options';
import { onePage, snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { DAY, readTime, span } from '../../shared/common/time';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { same } from '../api/read';
import { textOf } from '../model/lookups';

const isWanted = (name: string) => (options: IDataObject) =>
	listOf(options.licenseConditions).includes(name);

const named = ({ licensedTo }: IDataObject): string =>
	textOf(licensedTo) ? `The license of ${String(licensedTo)}` : 'The license';

/** v6 and earlier have another word for it. Undefined where it does not expire. */
const expiryOf = ({ licenseExpires, expirationDate }: IDataObject): number | undefined =>
	readTime(licenseExpires) ?? readTime(expirationDate);

const daysTo = (record: IDataObject, now: number): number =>
	((expiryOf(record) ?? Infinity) - now) / DAY;

const dateOf = (time: number | undefined): string =>
	time === undefined ? 'never' : new Date(time).toISOString().slice(0, 10);

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

const expiring: Condition = {
	name: 'expiring',
	isWanted: isWanted('expiring'),
	level: (record, before, { options, now }) => {
		if (!textOf(record.status)) return undefined;
		return expiryLevel(daysTo(record, now), before, options);
	},
	severity: worseThanFirst,
	message: (record, transition, { now }) => {
		const expiry = expiryOf(record);
		const date = dateOf(expiry);
		if (transition === 'recovered')
			return expiry === undefined
				? `${named(record)} no longer expires.`
				: `${named(record)} does not expire soon any more: it is valid until ${date}.`;
		const left = (expiry ?? now) - now;
		return left <= 0
			? `${named(record)} expired ${span(left)} ago, on ${date}.`
			: `${named(record)} expires in ${span(left)}, on ${date}.`;
	},
	current: (record, { now }) => {
		const expiry = expiryOf(record);
		return {
			expirationDate: expiry === undefined ? null : new Date(expiry).toISOString(),
			daysLeft: expiry === undefined ? null : Math.floor(daysTo(record, now)),
		};
	},
};

const usersOf = ({ usedNumber, totalNumber }: IDataObject) => usageOf(usedNumber, totalNumber);

const overused: Condition = {
	name: 'overused',
	isWanted: isWanted('overused'),
	level: (record, before, { options }) => {
		const usage = usersOf(record);
		return usage && usageLevel(usage.usedPercent, before, options);
	},
	severity: worseThanFirst,
	message: (record, transition) => {
		const { used, licensed, usedPercent } = usersOf(record) ?? {};
		const figures = `${used} of ${licensed} users (${usedPercent} %)`;
		const words: Record<string, string> = {
			recovered: `${named(record)} is used less again`,
			worsened: `${named(record)} is used up`,
			reminder: `${named(record)} is still nearly used up`,
		};
		return `${words[transition] ?? `${named(record)} is nearly used up`}: ${figures}.`;
	},
	current: (record) => ({ ...usersOf(record) }),
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
		options: [
			{
				displayName: 'Expires in (Days)',
				name: 'expiresInDays',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 30,
				description:
					'Expires Soon: so many days or less are left. Told again each time half of them are gone.',
			},
			{
				displayName: 'Used Up From (Percent)',
				name: 'usagePercent',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 90,
				description:
					'Used Up: so many percent of the licensed users or more, and again at 100 percent. It has recovered 5 percent below.',
			},
		],
	},
	{
		type: 'License',
		pages: (pollContext, from) => readLicense(pollContext, from),
		// Not by its ID: a new license puts right what was wrong with the old one.
		object: () => ({ id: 'license', name: 'License' }),
		conditions: [notValid, expiring, overused],
	},
);

async function* readLicense(pollContext: PollContext, from: number) {
	const record = (await pollContext.get({ path: '/License' })) as IDataObject;
	yield* onePage([record], from);
}

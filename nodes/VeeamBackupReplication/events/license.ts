import type { IDataObject } from 'n8n-workflow';

import type { Condition } from '../../shared/polling/incidents';
import { numberOf } from '../../shared/polling/options';
import { onePage, statesEvent } from '../../shared/polling/states';
import { above, below } from '../../shared/polling/thresholds';
import { DAY, readTime } from '../../shared/polling/time';
import { expected } from './answers';
import { same } from './catalogueFacts';
import { conditionsField, flag, isPicked } from './conditions';
import { licenseParts } from './licenseParts';

const FIELD = 'licenseConditions';

const named = ({ name }: IDataObject) => String(name);

/** One that expires, or whose support does: worse at half the days and at a quarter. */
const expiring = (name: string, field: string, about: string): Condition => {
	const daysOf = (record: IDataObject, now: number): number | undefined => {
		const end = readTime(record[field]);
		return end === undefined ? undefined : (end - now) / DAY;
	};
	return {
		name,
		isWanted: isPicked(FIELD, name),
		degree: (record, before, { options, now }) => {
			const days = daysOf(record, now);
			if (days === undefined) return 0;
			// On the last day it is still there.
			const opens = (numberOf(options.expiresInDays) ?? 30) + 1;
			return below(days, { opens, closes: opens }, before);
		},
		severity: (degree) => (degree > 1 ? 'error' : 'warning'),
		message: (record, transition, { now }) => {
			const days = daysOf(record, now);
			if (transition === 'recovered' || days === undefined)
				return `${named(record)}${about} does not expire soon any more.`;
			const count = (whole: number) => `${whole} ${whole === 1 ? 'day' : 'days'}`;
			const date = String(record[field]).slice(0, 10);
			return days <= 0
				? `${named(record)}${about} expired on ${date}.`
				: `${named(record)}${about} expires in ${count(Math.floor(days))}, on ${date}.`;
		},
		current: (record, { now }) => ({
			[field]: record[field] ?? null,
			daysLeft: Math.floor(daysOf(record, now) ?? 0),
		}),
	};
};

function usage({ used, licensed }: IDataObject) {
	const [is, of] = [numberOf(used), numberOf(licensed)];
	if (is === undefined || !of) return undefined;
	return { used: is, licensed: of, usedPercent: Math.round((is / of) * 1000) / 10 };
}

const overused: Condition = {
	name: 'overused',
	isWanted: isPicked(FIELD, 'overused'),
	degree: (record, before, { options }) => {
		const found = usage(record);
		if (!found) return 0;
		const first = numberOf(options.usagePercent) ?? 90;
		// What is used up is told once more.
		const steps = first < 100 ? [first, 100] : [first];
		return above(found.usedPercent, { steps, closes: first - 5 }, before);
	},
	severity: (degree) => (degree > 1 ? 'error' : 'warning'),
	message: (record, transition) => {
		const { used, licensed, usedPercent } = usage(record) ?? {};
		const figures = `${used} of ${licensed} ${String(record.unit)} (${usedPercent} %)`;
		return transition === 'recovered'
			? `${named(record)} has room again: ${figures} used.`
			: `${named(record)} is ${transition === 'reminder' ? 'still ' : ''}used up to ${usedPercent} %: ${figures}.`;
	},
	current: (record) => ({ ...usage(record) }),
};

const notValid = flag({
	field: FIELD,
	name: 'notValid',
	is: ({ status }) => (typeof status === 'string' ? !same(status, 'Valid') : false),
	severity: 'error',
	named,
	problem: 'is not valid: install a valid license',
	reminder: 'is still not valid',
	recovered: 'is valid again',
	current: ({ status = null }) => ({ status }),
});

/** A license that ends, is used up or not valid. */
export const license = statesEvent(
	{
		value: 'license',
		name: 'License',
		description:
			'A license expires soon, is nearly used up or not valid; needs a Backup Administrator',
		fields: [
			conditionsField(
				FIELD,
				[
					{ name: 'Expires Soon', value: 'expiring' },
					{ name: 'Not Valid', value: 'notValid' },
					{ name: 'Support Expires Soon', value: 'supportExpiring' },
					{ name: 'Used Up', value: 'overused' },
				],
				['expiring', 'notValid', 'overused'],
			),
		],
		options: [
			{
				displayName: 'Expires in (Days)',
				name: 'expiresInDays',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 30,
				description: 'So many days or less; told again at half and at a quarter of them',
			},
			{
				displayName: 'Used Up From (Percent)',
				name: 'usagePercent',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 90,
				description:
					'Used Up: so many percent or more, and again at 100. It has recovered 5 percent lower.',
			},
		],
	},
	{
		type: 'License',
		pages: async function* (watch, from) {
			const body = (await watch.get({ path: '/api/v1/license' })) as IDataObject | undefined;
			const found = typeof body?.status === 'string' ? body : undefined;
			yield* onePage(licenseParts(expected(found, 'a license')), from);
		},
		object: ({ id, name }) => ({ id: String(id), name: String(name) }),
		conditions: [
			expiring('expiring', 'expirationDate', ''),
			notValid,
			overused,
			expiring('supportExpiring', 'supportExpirationDate', ': support'),
		],
		details: async (_watch, { licensedTo = null, edition = null, supportId = null }) => ({
			...{ licensedTo, edition, supportId },
		}),
	},
);

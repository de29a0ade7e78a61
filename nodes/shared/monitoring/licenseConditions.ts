import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { conditionsField } from './conditions';
import { UNSAID, type Condition } from './incidents';
import { numberOf } from './options';
import { above, below } from './thresholds';
import { DAY, readTime } from '../common/time';

/** Percent below the threshold at which the problem is over: one more or less does not flap. */
const SLACK = 5;

/** The degree of a license with so many days left: worse at half of the days reported, and at a quarter. */
export function expiryLevel(days: number, before: number, { expiresInDays }: IDataObject): number {
	// On the last day it is still there.
	const opens = (numberOf(expiresInDays) ?? 30) + 1;
	return below(days, { opens, closes: opens }, before);
}

/** The degree of a license used by so many percent: what is used up is reported once more. */
export function usageLevel(percent: number, before: number, { usagePercent }: IDataObject): number {
	const first = numberOf(usagePercent) ?? 90;
	const steps = first < 100 ? [first, 100] : [first];
	return above(percent, { steps, closes: first - SLACK }, before);
}

/** @returns undefined where the license does not count */
export function usageOf(used: unknown, licensed: unknown) {
	const [is, of] = [numberOf(used), numberOf(licensed)];
	if (is === undefined || !of || of <= 0) return undefined;
	return { used: is, licensed: of, usedPercent: Math.round((is / of) * 1000) / 10 };
}

/**
 * What expires by the date in a field of the record; a record without it does not expire, unless it
 * lacks it for one look only.
 */
export function expiring(given: {
	name: string;
	isWanted: Condition['isWanted'];
	named(record: IDataObject): string;
	field: string;
}): Condition {
	const { name, isWanted, named, field } = given;
	const daysOf = (record: IDataObject, now: number): number | undefined => {
		const end = readTime(record[field]);
		return end === undefined ? undefined : (end - now) / DAY;
	};
	return {
		name,
		isWanted,
		level: (record, before, { options, now }) => {
			const days = daysOf(record, now);
			return days === undefined ? UNSAID : expiryLevel(days, before, options);
		},
		severity: worseThanFirst,
		isSaid: (record, { now }) => daysOf(record, now) !== undefined,
		message: (record, transition, { now }) => {
			const days = daysOf(record, now);
			if (transition === 'recovered' || days === undefined)
				return `${named(record)} does not expire soon any more.`;
			const whole = Math.floor(days);
			const date = String(record[field]).slice(0, 10);
			return days <= 0
				? `${named(record)} expired on ${date}.`
				: `${named(record)} expires in ${whole} ${whole === 1 ? 'day' : 'days'}, on ${date}.`;
		},
		current: (record, { now }) => ({
			[field]: record[field] ?? null,
			daysLeft: daysOf(record, now) === undefined ? null : Math.floor(daysOf(record, now) ?? 0),
		}),
		start: (record) => record[field],
	};
}

/** What is `used` of the record's `licensed`. */
export const overused = (
	isWanted: Condition['isWanted'],
	message: Condition['message'],
): Condition => ({
	name: 'overused',
	isWanted,
	level: ({ used, licensed }, before, { options }) => {
		const usage = usageOf(used, licensed);
		return usage ? usageLevel(usage.usedPercent, before, options) : UNSAID;
	},
	severity: worseThanFirst,
	isSaid: ({ used, licensed }) => usageOf(used, licensed) !== undefined,
	message,
	current: ({ used, licensed }) => ({ ...usageOf(used, licensed) }),
});

/** A first warning, an error when it gets worse. */
export const worseThanFirst = (level: number) => (level > 1 ? 'error' : 'warning');

/** The field with the conditions of a license. */
export const LICENSE_FIELD = 'licenseConditions';

/** Which conditions of a license are watched; those that a product has besides stand among them. */
export const licenseConditionsField = (
	...more: Array<{ name: string; value: string }>
): INodeProperties =>
	conditionsField(
		LICENSE_FIELD,
		[
			{ name: 'Expires Soon', value: 'expiring' },
			{ name: 'Not Valid', value: 'notValid' },
			...more,
			{ name: 'Used Up', value: 'overused' },
		],
		['expiring', 'notValid', 'overused'],
	);

/** The percentage from which something counts as used up, see `used`; fresh at every call. */
export const usedUpFrom = (report: string): INodeProperties => ({
	displayName: 'Used Up From (Percent)',
	name: 'usagePercent',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 90,
	description: `${report} from this percentage on, and again at 100. It counts as recovered 5 percentage points lower.`,
});

/** The thresholds that the user sets; fresh at every call. */
export const licenseOptions = (): INodeProperties[] => [
	{
		displayName: 'Expires in (Days)',
		name: 'expiresInDays',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 30,
		description:
			'Report when this many days or fewer are left, and again at half and a quarter of that',
	},
	usedUpFrom('Used Up: report'),
];

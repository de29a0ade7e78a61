import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { isPicked } from './conditions';
import type { Condition } from './incidents';
import { numberOf } from './options';
import type { SnapshotDiff } from './snapshotDiff';
import { addSample, estimate, isFullWithin, readSamples } from './spaceTrend';
import { below } from './thresholds';

/** A repository's space, in gigabytes. */
export interface Space {
	/** 0 where there is none, as for object storage: then nothing can run low. */
	capacityGB: number;
	freeGB: number;
}

/** The choices of an event's "Conditions" that `spaceWatch` looks after. */
export const SPACE_CHOICES: INodePropertyOptions[] = [
	{ name: 'Full Soon', value: 'fullSoon' },
	{ name: 'Low on Space', value: 'lowSpace' },
];

/** The options of an event with these conditions, in the order of the alphabet. */
export const SPACE_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Full in (Days)',
		name: 'fullInDays',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 14,
		description:
			'Full Soon: full within this many days at the rate of the last week, measured once a day. In the first week, it looks only as far ahead as the trigger has been watching, but at least 3 days.',
	},
	{
		displayName: 'Low Below (GB)',
		name: 'lowGB',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Low on Space: less than this many gigabytes free; 0 to check the percentage only',
	},
	{
		displayName: 'Low Below (Percent)',
		name: 'lowPercent',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 10,
		description:
			'Low on Space: less than this percentage free. It counts as recovered at one and a half times this value, so that free space close to the limit is reported only once.',
	},
];

/** What of a product's records speaks of space. */
export interface SpaceReading {
	/** The name of the event's field with the conditions that the user wants. */
	conditionsField: string;
	/** Undefined where the record does not say. */
	read(record: IDataObject): Space | undefined;
	/** How messages begin: `Repository "Main"`. */
	named(record: IDataObject): string;
}

/** The conditions `lowSpace` and `fullSoon` of a `snapshotEvent`, and what it has to keep for them. */
export function spaceWatch({
	conditionsField,
	read,
	named,
}: SpaceReading): Required<Pick<SnapshotDiff, 'conditions' | 'keep'>> {
	const space = (record: IDataObject) => {
		const found = read(record);
		return found && found.capacityGB > 0 ? found : undefined;
	};
	const percentOf = ({ capacityGB, freeGB }: Space) => (freeGB / capacityGB) * 100;
	const shown = (record: IDataObject) => {
		const found = space(record);
		return found ? { ...found, freePercent: Math.round(percentOf(found) * 10) / 10 } : {};
	};

	const lowSpace: Condition = {
		name: 'lowSpace',
		isWanted: isPicked(conditionsField, 'lowSpace'),
		level: (record, before, { options }) => {
			const found = space(record);
			if (!found) return undefined;
			const percent = numberOf(options.lowPercent) ?? 0;
			const gigabytes = numberOf(options.lowGB) ?? 0;
			return Math.max(
				below(percentOf(found), { opens: percent, closes: percent * 1.5 }, before),
				below(found.freeGB, { opens: gigabytes, closes: gigabytes * 1.5 }, before),
			);
		},
		severity: (level) => (level > 1 ? 'error' : 'warning'),
		message: (record, transition) => {
			const words: Record<string, string> = {
				recovered: 'has enough space again',
				worsened: 'is even lower on space',
				reminder: 'is still low on space',
			};
			return `${named(record)} ${words[transition] ?? 'is low on space'}: ${left(space(record))}.`;
		},
		current: shown,
	};

	/** As the samples say it: what a single poll reads may be the middle of a backup. */
	const daysOf = (kept: string | undefined): number | undefined => {
		const samples = readSamples(kept);
		const { days } = (samples && estimate(samples)) ?? {};
		return days === undefined || days === Infinity ? undefined : days;
	};
	const fullSoon: Condition = {
		name: 'fullSoon',
		isWanted: isPicked(conditionsField, 'fullSoon'),
		level: (record, before, { options, kept }) => {
			const samples = readSamples(kept);
			if (!samples || !space(record)) return undefined;
			const limit = numberOf(options.fullInDays) ?? 14;
			const isFull = isFullWithin(samples, limit, before > 0);
			if (isFull === undefined) return undefined;
			if (!isFull) return 0;
			return below(daysOf(kept) ?? Infinity, { opens: limit, closes: limit * 1.5 }, before) || 1;
		},
		severity: (level) => (level > 1 ? 'error' : 'warning'),
		message: (record, transition, { kept }) => {
			const days = daysOf(kept);
			if (transition === 'recovered' || days === undefined)
				return `${named(record)} no longer fills up soon: ${left(space(record))}.`;
			const count = Math.ceil(days);
			return `${named(record)} will be full in ${count} ${count === 1 ? 'day' : 'days'} if it goes on like this: ${left(space(record))}.`;
		},
		current: (record, { kept }) => {
			const days = daysOf(kept);
			return { ...shown(record), daysLeft: days === undefined ? null : Math.ceil(days) };
		},
	};

	return {
		conditions: [fullSoon, lowSpace],
		keep: (record, before, { options, now }) => {
			const found = space(record);
			if (!isPicked(conditionsField, 'fullSoon')(options)) return undefined;
			// One that does not say for once keeps its trend.
			return found ? addSample(before, now, found.freeGB / found.capacityGB) : before;
		},
	};
}

/** "5.0 GB of 100 GB free (5.0 %)" */
function left(space: Space | undefined): string {
	if (!space) return 'its space is not known';
	const { capacityGB, freeGB } = space;
	const percent = (freeGB / capacityGB) * 100;
	return `${freeGB.toFixed(1)} GB of ${capacityGB.toFixed(0)} GB free (${percent.toFixed(1)} %)`;
}

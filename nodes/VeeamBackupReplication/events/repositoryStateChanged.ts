import type { IDataObject } from 'n8n-workflow';

import type { Condition } from '../../shared/polling/incidents';
import { listOf, numberOf } from '../../shared/polling/options';
import { statesEvent } from '../../shared/polling/states';
import { below, daysLeft, nextTrend, readTrend, writeTrend } from '../../shared/polling/thresholds';

const PATH = '/api/v1/backupInfrastructure/repositories/states';

const isWanted = (name: string) => (options: IDataObject) =>
	listOf(options.repositoryConditions).includes(name);

const named = ({ name }: IDataObject) => `Repository "${String(name)}"`;

const offline: Condition = {
	name: 'offline',
	isWanted: isWanted('offline'),
	degree: ({ isOnline }) => (typeof isOnline === 'boolean' ? Number(!isOnline) : undefined),
	severity: () => 'error',
	message: (record, transition) =>
		({
			recovered: `${named(record)} is online again.`,
			reminder: `${named(record)} is still offline.`,
		})[transition as string] ?? `${named(record)} is offline.`,
	current: ({ isOnline }) => ({ isOnline }),
};

const outOfDate: Condition = {
	name: 'outOfDate',
	isWanted: isWanted('outOfDate'),
	degree: ({ isOutOfDate }) => (typeof isOutOfDate === 'boolean' ? Number(isOutOfDate) : undefined),
	message: (record, transition) =>
		transition === 'recovered'
			? `${named(record)} is up to date again.`
			: `${named(record)} runs outdated components: upgrade them.`,
	current: ({ isOutOfDate }) => ({ isOutOfDate }),
};

/** Capacity is 0 where there is none, as for object storage: then nothing can run low. */
function space({ capacityGB, freeGB }: IDataObject) {
	const [capacity, free] = [numberOf(capacityGB), numberOf(freeGB)];
	if (!capacity || capacity <= 0 || free === undefined) return undefined;
	return { capacity, free, percent: (free / capacity) * 100 };
}

const lowSpace: Condition = {
	name: 'lowSpace',
	isWanted: isWanted('lowSpace'),
	degree: (record, before, { options }) => {
		const found = space(record);
		if (!found) return undefined;
		const percent = numberOf(options.lowPercent) ?? 0;
		const gigabytes = numberOf(options.lowGB) ?? 0;
		return Math.max(
			below(found.percent, { opens: percent, closes: percent * 1.5 }, before),
			below(found.free, { opens: gigabytes, closes: gigabytes * 1.5 }, before),
		);
	},
	severity: (degree) => (degree > 1 ? 'error' : 'warning'),
	message: (record, transition) => {
		const { free = 0, capacity = 0, percent = 0 } = space(record) ?? {};
		const left = `${free.toFixed(1)} GB of ${capacity.toFixed(0)} GB free (${percent.toFixed(1)} %)`;
		const words: Record<string, string> = {
			recovered: 'has enough space again',
			worsened: 'is even lower on space',
			reminder: 'is still low on space',
		};
		return `${named(record)} ${words[transition] ?? 'is low on space'}: ${left}.`;
	},
	current: (record) => ({ ...space(record) }),
};

const fullSoon: Condition = {
	name: 'fullSoon',
	isWanted: isWanted('fullSoon'),
	degree: (record, before, { options, kept }) => {
		const trend = readTrend(kept);
		const found = space(record);
		if (!trend || !found) return undefined;
		const days = daysLeft(trend, found.free) ?? Infinity;
		const limit = numberOf(options.fullInDays) ?? 14;
		return below(days, { opens: limit, closes: limit * 1.5 }, before);
	},
	message: (record, transition, { kept }) => {
		const days = daysLeft(readTrend(kept) ?? { at: 0, free: 0 }, space(record)?.free ?? 0);
		return transition === 'recovered' || days === undefined
			? `${named(record)} no longer fills up soon.`
			: `${named(record)} will be full in ${Math.ceil(days)} days if it goes on like this.`;
	},
	current: (record, { kept }) => {
		const trend = readTrend(kept);
		const days = trend && daysLeft(trend, space(record)?.free ?? 0);
		return { ...space(record), daysLeft: days === undefined ? null : Math.ceil(days) };
	},
};

/** Repositories that go offline, age or fill, and recover. */
export const repositoryStateChanged = statesEvent(
	{
		value: 'repositoryStateChanged',
		name: 'Repository State Changed',
		description: 'A backup repository goes offline, runs low on space or out of date, or recovers',
		fields: [
			{
				displayName: 'Conditions',
				name: 'repositoryConditions',
				type: 'multiOptions',
				options: [
					{ name: 'Full Soon', value: 'fullSoon' },
					{ name: 'Low on Space', value: 'lowSpace' },
					{ name: 'Offline', value: 'offline' },
					{ name: 'Out of Date', value: 'outOfDate' },
				],
				default: ['lowSpace', 'offline', 'outOfDate'],
				description: 'What counts as a problem',
			},
		],
		options: [
			{
				displayName: 'Full in (Days)',
				name: 'fullInDays',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 14,
				description:
					'Full Soon: so many days or less at the rate at which the space has shrunk since the trigger began',
			},
			{
				displayName: 'Low Below (GB)',
				name: 'lowGB',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description: 'Low on Space: less than so many gigabytes free; 0 to look at percent alone',
			},
			{
				displayName: 'Low Below (Percent)',
				name: 'lowPercent',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: 10,
				description:
					'Low on Space: less than so many percent free. It has recovered at one and a half times as much, so that one that wobbles is told once.',
			},
		],
	},
	{
		type: 'Repository',
		pages: (watch, from) => watch.pages({ method: 'GET', path: PATH }, { from, pageSize: 10_000 }),
		object: ({ id, name }) => ({ id: String(id), name: String(name) }),
		conditions: [offline, outOfDate, lowSpace, fullSoon],
		keep: (record, before, { options, now }) => {
			const found = space(record);
			if (!found || !isWanted('fullSoon')(options)) return undefined;
			return writeTrend(nextTrend(before, now, found.free));
		},
	},
);

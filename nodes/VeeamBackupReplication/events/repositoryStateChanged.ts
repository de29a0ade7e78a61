import type { IDataObject } from 'n8n-workflow';

import type { Condition } from '../../shared/polling/incidents';
import { listOf, numberOf } from '../../shared/polling/options';
import { SPACE_CHOICES, SPACE_OPTIONS, spaceWatch } from '../../shared/polling/space';
import { statesEvent } from '../../shared/polling/states';

const PATH = '/api/v1/backupInfrastructure/repositories/states';

const CONDITIONS = 'repositoryConditions';

const isWanted = (name: string) => (options: IDataObject) =>
	listOf(options[CONDITIONS]).includes(name);

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

const space = spaceWatch({
	conditionsField: CONDITIONS,
	read: ({ capacityGB, freeGB }) => {
		const [capacity, free] = [numberOf(capacityGB), numberOf(freeGB)];
		return capacity === undefined || free === undefined
			? undefined
			: { capacityGB: capacity, freeGB: free };
	},
	named,
});

/** Repositories that go offline, age or fill, and recover. */
export const repositoryStateChanged = statesEvent(
	{
		value: 'repositoryStateChanged',
		name: 'Repository State Changed',
		description: 'A backup repository goes offline, runs low on space or out of date, or recovers',
		fields: [
			{
				displayName: 'Conditions',
				name: CONDITIONS,
				type: 'multiOptions',
				options: [
					...SPACE_CHOICES,
					{ name: 'Offline', value: 'offline' },
					{ name: 'Out of Date', value: 'outOfDate' },
				],
				default: ['lowSpace', 'offline', 'outOfDate'],
				description: 'What counts as a problem',
			},
		],
		options: SPACE_OPTIONS,
	},
	{
		type: 'Repository',
		pages: (watch, from) => watch.pages({ method: 'GET', path: PATH }, { from, pageSize: 10_000 }),
		object: ({ id, name }) => ({ id: String(id), name: String(name) }),
		conditions: [offline, outOfDate, ...space.conditions],
		keep: space.keep,
	},
);

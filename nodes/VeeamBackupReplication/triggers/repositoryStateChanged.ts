import type { IDataObject } from 'n8n-workflow';

import { nameOptions, numberOf } from '../../shared/monitoring/options';
import { SPACE_CHOICES, SPACE_OPTIONS, spaceWatch } from '../../shared/monitoring/space';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { asFlag, conditionsField, flag } from './conditions';
import { byName, inOrder } from './nameOptions';

const PATH = '/api/v1/backupInfrastructure/repositories/states';

const FIELD = 'repositoryConditions';

const named = ({ name }: IDataObject) => `Repository "${String(name)}"`;

const offline = flag({
	field: FIELD,
	name: 'offline',
	is: ({ isOnline }) => (asFlag(isOnline) === undefined ? undefined : !isOnline),
	severity: 'error',
	named,
	problem: 'is offline',
	reminder: 'is still offline',
	recovered: 'is online again',
	current: ({ isOnline }) => ({ isOnline }),
});

const outOfDate = flag({
	field: FIELD,
	name: 'outOfDate',
	is: ({ isOutOfDate }) => asFlag(isOutOfDate),
	named,
	problem: 'runs outdated components: upgrade them',
	reminder: 'still runs outdated components: upgrade them',
	recovered: 'is up to date again',
	current: ({ isOutOfDate }) => ({ isOutOfDate }),
});

const space = spaceWatch({
	conditionsField: FIELD,
	read: ({ capacityGB, freeGB }) => {
		const [capacity, free] = [numberOf(capacityGB), numberOf(freeGB)];
		return capacity === undefined || free === undefined
			? undefined
			: { capacityGB: capacity, freeGB: free };
	},
	named,
});

/** Repositories that go offline, age or fill, and recover. */
export const repositoryStateChanged = snapshotEvent(
	{
		value: 'repositoryStateChanged',
		name: 'Repository State Changed',
		description: 'A backup repository goes offline, runs low on space or out of date, or recovers',
		fields: [
			conditionsField(
				FIELD,
				[
					...SPACE_CHOICES,
					{ name: 'Offline', value: 'offline' },
					{ name: 'Out of Date', value: 'outOfDate' },
				],
				['lowSpace', 'offline', 'outOfDate'],
			),
		],
		options: inOrder([...nameOptions(), ...SPACE_OPTIONS]),
	},
	{
		type: 'Repository',
		pages: (pollContext, from) =>
			pollContext.pages({ method: 'GET', path: PATH }, { from, pageSize: 10_000 }),
		object: byName,
		conditions: [offline, outOfDate, ...space.conditions],
		keep: space.keep,
	},
);

import type { IDataObject } from 'n8n-workflow';

import { nameOptions } from '../../shared/monitoring/options';
import { SPACE_CHOICES, SPACE_OPTIONS, spaceWatch } from '../../shared/monitoring/space';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { PATH, repositoryOf } from '../model/repositories';
import { conditionsField, flag, not } from '../../shared/monitoring/conditions';
import { byName, inOrder } from './nameOptions';

const FIELD = 'repositoryConditions';

const named = (record: IDataObject) => `Repository "${repositoryOf(record).name}"`;

const offline = flag({
	field: FIELD,
	name: 'offline',
	is: (record) => not(repositoryOf(record).isOnline),
	severity: 'error',
	named,
	problem: 'is offline',
	reminder: 'is still offline',
	recovered: 'is online again',
	current: (record) => ({ isOnline: repositoryOf(record).isOnline ?? null }),
});

const outOfDate = flag({
	field: FIELD,
	name: 'outOfDate',
	is: (record) => repositoryOf(record).isOutOfDate,
	named,
	problem: 'runs outdated components: upgrade them',
	reminder: 'still runs outdated components: upgrade them',
	recovered: 'is up to date again',
	current: (record) => ({ isOutOfDate: repositoryOf(record).isOutOfDate ?? null }),
});

const space = spaceWatch({
	conditionsField: FIELD,
	read: (record) => {
		const { capacityGB, freeGB } = repositoryOf(record);
		return capacityGB === undefined || freeGB === undefined ? undefined : { capacityGB, freeGB };
	},
	named,
});

/** Repositories that go offline, age or fill, and recover. */
export const repositoryStateChanged = snapshotEvent(
	{
		value: 'repositoryStateChanged',
		name: 'Repository State Changed',
		action: 'On repository low on space, offline or recovered',
		description:
			'A backup repository goes offline, runs low on space or is out of date, or recovers',
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
		needs: {
			field: FIELD,
			parts: {
				offline: [`GET ${PATH}`, 'returns.isOnline'],
				outOfDate: [`GET ${PATH}`, 'returns.isOutOfDate'],
			},
		},
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

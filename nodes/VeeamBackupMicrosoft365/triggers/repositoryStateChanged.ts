import type { IDataObject } from 'n8n-workflow';

import type { Condition } from '../../shared/monitoring/incidents';
import { listOf, numberOf } from '../../shared/monitoring/options';
import {
	SPACE_CHOICES,
	SPACE_OPTIONS,
	spaceWatch,
	type Space,
} from '../../shared/monitoring/space';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import { refuseUnknown } from './conditions';
import { textOf } from '../model/lookups';

const PATH = '/BackupRepositories';

const CONDITIONS = 'repositoryConditions';

const named = ({ name }: IDataObject) => `Repository "${String(name)}"`;

const GB = 1024 ** 3;

/** Object storage has room only where a limit is set; its own figures stand apart (v8). */
function readSpace({
	capacityBytes,
	freeSpaceBytes,
	objectStorage,
}: IDataObject): Space | undefined {
	const {
		sizeLimitEnabled,
		sizeLimitGB,
		freeSpaceBytes: left,
	} = (objectStorage ?? {}) as IDataObject;
	const [limit, remaining] = [numberOf(sizeLimitGB), numberOf(left)];
	if (sizeLimitEnabled === true && limit !== undefined && remaining !== undefined)
		return { capacityGB: limit, freeGB: remaining / GB };
	const [capacity, free] = [numberOf(capacityBytes), numberOf(freeSpaceBytes)];
	if (capacity === undefined || free === undefined) return undefined;
	return { capacityGB: capacity / GB, freeGB: free / GB };
}

/** The first API version that tells a condition. */
const SINCE = { notIndexed: 8, outOfDate: 8, outOfOrder: 8 };

/** A flag of the record, wrong where it has the value `wrong`. */
function flag(
	name: string,
	field: string,
	wrong: boolean,
	words: { problem(record: IDataObject): string; recovered: string; reminder: string },
	severity: 'error' | 'warning' = 'warning',
): Condition {
	return {
		name,
		isWanted: (options) => listOf(options[CONDITIONS]).includes(name),
		level: (record) => {
			const value = record[field];
			return typeof value === 'boolean' ? Number(value === wrong) : undefined;
		},
		severity: () => severity,
		message: (record, transition) => {
			const said =
				transition === 'recovered' || transition === 'reminder'
					? words[transition]
					: words.problem(record);
			return `${named(record)} ${said}`;
		},
		current: (record) => ({ [field]: record[field] }),
	};
}

const outOfSync = flag('outOfSync', 'isOutOfSync', true, {
	problem: () => 'is out of sync with its object storage: synchronize it.',
	recovered: 'is in sync with its object storage again.',
	reminder: 'is still out of sync with its object storage.',
});

const invalid = flag(
	'outOfOrder',
	'isOutOfOrder',
	true,
	{
		problem: ({ outOfOrderReason }) => {
			const reason = textOf(outOfOrderReason);
			return `is invalid and cannot be used${reason ? `: ${reason}` : '.'}`;
		},
		recovered: 'can be used again.',
		reminder: 'is still invalid and cannot be used.',
	},
	'error',
);

const outOfOrder: Condition = {
	...invalid,
	current: ({ isOutOfOrder, outOfOrderReason }) => ({
		isOutOfOrder,
		outOfOrderReason: textOf(outOfOrderReason) ?? null,
	}),
};

const outOfDate = flag('outOfDate', 'isOutdated', true, {
	problem: () => 'is out of date: upgrade it.',
	recovered: 'is up to date again.',
	reminder: 'is still out of date: upgrade it.',
});

const notIndexed = flag('notIndexed', 'isIndexed', false, {
	problem: () => 'is not indexed.',
	recovered: 'is indexed again.',
	reminder: 'is still not indexed.',
});

const space = spaceWatch({ conditionsField: CONDITIONS, read: readSpace, named });

/** Repositories that fill, become invalid, age or lose touch with their object storage. */
export const repositoryStateChanged = snapshotEvent(
	{
		value: 'repositoryStateChanged',
		name: 'Repository State Changed',
		description: 'A backup repository runs low on space, is out of sync or invalid, or recovers',
		fields: [
			{
				displayName: 'Conditions',
				name: CONDITIONS,
				type: 'multiOptions',
				options: [
					...SPACE_CHOICES.slice(0, 1),
					{ name: 'Invalid (API V8)', value: 'outOfOrder' },
					...SPACE_CHOICES.slice(1),
					{ name: 'Not Indexed (API V8)', value: 'notIndexed' },
					{ name: 'Out of Date (API V8)', value: 'outOfDate' },
					{ name: 'Out of Sync', value: 'outOfSync' },
				],
				default: ['lowSpace', 'outOfDate', 'outOfOrder', 'outOfSync'],
				description: 'What counts as a problem',
			},
		],
		options: SPACE_OPTIONS,
	},
	{
		type: 'Repository',
		pages: (pollContext, from) => {
			refuseUnknown(pollContext, listOf(pollContext.options[CONDITIONS]), SINCE);
			return pollContext.pages({ method: 'GET', path: PATH }, { from });
		},
		object: ({ id, name }) => ({ id: String(id), name: String(name) }),
		conditions: [outOfOrder, outOfSync, outOfDate, notIndexed, ...space.conditions],
		keep: space.keep,
	},
);

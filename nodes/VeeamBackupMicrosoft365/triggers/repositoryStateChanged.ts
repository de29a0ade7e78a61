import type { IDataObject } from 'n8n-workflow';

import type { Condition } from '../../shared/monitoring/incidents';
import { listOf } from '../../shared/monitoring/options';
import { SPACE_CHOICES, SPACE_OPTIONS, spaceWatch } from '../../shared/monitoring/space';
import { snapshotEvent } from '../../shared/monitoring/snapshotDiff';
import type { PollContext } from '../../shared/monitoring/pollContext';
import {
	needsObjectStorage,
	OBJECT_STORAGE,
	REPOSITORIES,
	repositoryName,
	spaceOf,
	stateOf,
	withObjectStorage,
	type RepositoryState,
} from '../model/repositories';
import { refuseUnknown } from './conditions';
import { optional } from './lookups';

const CONDITIONS = 'repositoryConditions';

const named = (record: IDataObject) => `Repository "${repositoryName(record)}"`;

/** The field of a repository that a condition needs. */
const NEEDED = {
	notIndexed: [`GET ${REPOSITORIES}`, 'returns.isIndexed'],
	outOfDate: [`GET ${REPOSITORIES}`, 'returns.isOutdated'],
	outOfOrder: [`GET ${REPOSITORIES}`, 'returns.isOutOfOrder'],
} as const;

/** A flag of the repository, wrong where it has the value `wrong`; `field` is the server's word. */
function flag(
	name: string,
	state: keyof RepositoryState,
	field: string,
	wrong: boolean,
	words: { problem(record: IDataObject): string; recovered: string; reminder: string },
	severity: 'error' | 'warning' = 'warning',
): Condition {
	return {
		name,
		isWanted: (options) => listOf(options[CONDITIONS]).includes(name),
		level: (record) => {
			const value = stateOf(record)[state];
			return value === undefined ? undefined : Number(value === wrong);
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

const outOfSync = flag('outOfSync', 'isOutOfSync', 'isOutOfSync', true, {
	problem: () => 'is out of sync with its object storage: synchronize it.',
	recovered: 'is in sync with its object storage again.',
	reminder: 'is still out of sync with its object storage.',
});

const invalid = flag(
	'outOfOrder',
	'isInvalid',
	'isOutOfOrder',
	true,
	{
		problem: (record) => {
			const reason = stateOf(record).invalidReason;
			return `is invalid and cannot be used${reason ? `: ${reason}` : '.'}`;
		},
		recovered: 'can be used again.',
		reminder: 'is still invalid and cannot be used.',
	},
	'error',
);

const outOfOrder: Condition = {
	...invalid,
	current: (record) => ({
		isOutOfOrder: record.isOutOfOrder,
		outOfOrderReason: stateOf(record).invalidReason ?? null,
	}),
};

const outOfDate = flag('outOfDate', 'isOutOfDate', 'isOutdated', true, {
	problem: () => 'is out of date: upgrade it.',
	recovered: 'is up to date again.',
	reminder: 'is still out of date: upgrade it.',
});

const notIndexed = flag('notIndexed', 'isIndexed', 'isIndexed', false, {
	problem: () => 'is not indexed.',
	recovered: 'is indexed again.',
	reminder: 'is still not indexed.',
});

const space = spaceWatch({ conditionsField: CONDITIONS, read: spaceOf, named });

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
			refuseUnknown(pollContext, listOf(pollContext.options[CONDITIONS]), NEEDED);
			return readPages(pollContext, from);
		},
		object: (record) => ({ id: String(record.id), name: repositoryName(record) }),
		conditions: [outOfOrder, outOfSync, outOfDate, notIndexed, ...space.conditions],
		keep: space.keep,
	},
);

/** Pages of repositories; v6 and v7 list apart the object storage that some of them stand on. */
async function* readPages(pollContext: PollContext, from: number) {
	let storages: IDataObject[] | undefined;
	for await (const page of pollContext.pages({ method: 'GET', path: REPOSITORIES }, { from })) {
		if (page.items.some(needsObjectStorage))
			storages ??=
				(await optional(pollContext.client.list({ method: 'GET', path: OBJECT_STORAGE }))) ?? [];
		yield { ...page, items: withObjectStorage(page.items, storages ?? []) };
	}
}

import type { IDataObject } from 'n8n-workflow';

import { conditionsField, flag, not } from '../../shared/monitoring/conditions';
import { SPACE_CHOICES, SPACE_OPTIONS, spaceWatch } from '../../shared/monitoring/space';
import type { ApiPart } from '../../shared/catalogue';
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
} from '../model/repositories';
import { optional } from './lookups';

const CONDITIONS = 'repositoryConditions';

const named = (record: IDataObject) => `Repository "${repositoryName(record)}"`;

/** The field of a repository that a condition needs. */
const NEEDED = {
	notIndexed: [`GET ${REPOSITORIES}`, 'returns.isIndexed'],
	outOfDate: [`GET ${REPOSITORIES}`, 'returns.isOutdated'],
	outOfOrder: [`GET ${REPOSITORIES}`, 'returns.isOutOfOrder'],
} satisfies Record<string, ApiPart>;

const outOfSync = flag({
	field: CONDITIONS,
	name: 'outOfSync',
	is: (record) => stateOf(record).isOutOfSync,
	named,
	problem: 'is out of sync with its object storage: synchronize it',
	reminder: 'is still out of sync with its object storage',
	recovered: 'is in sync with its object storage again',
	current: ({ isOutOfSync }) => ({ isOutOfSync }),
});

const outOfOrder = flag({
	field: CONDITIONS,
	name: 'outOfOrder',
	is: (record) => stateOf(record).isInvalid,
	severity: 'error',
	named,
	problem: (record) => {
		const reason = stateOf(record).invalidReason;
		return `is invalid and cannot be used${reason ? `: ${reason}` : '.'}`;
	},
	reminder: 'is still invalid and cannot be used',
	recovered: 'can be used again',
	current: (record) => ({
		isOutOfOrder: record.isOutOfOrder,
		outOfOrderReason: stateOf(record).invalidReason ?? null,
	}),
});

const outOfDate = flag({
	field: CONDITIONS,
	name: 'outOfDate',
	is: (record) => stateOf(record).isOutOfDate,
	named,
	problem: 'is out of date: upgrade it',
	reminder: 'is still out of date: upgrade it',
	recovered: 'is up to date again',
	current: ({ isOutdated }) => ({ isOutdated }),
});

const notIndexed = flag({
	field: CONDITIONS,
	name: 'notIndexed',
	is: (record) => not(stateOf(record).isIndexed),
	named,
	problem: 'is not indexed',
	reminder: 'is still not indexed',
	recovered: 'is indexed again',
	current: ({ isIndexed }) => ({ isIndexed }),
});

const space = spaceWatch({ conditionsField: CONDITIONS, read: spaceOf, named });

/** Repositories that fill, become invalid, age or lose touch with their object storage. */
export const repositoryStateChanged = snapshotEvent(
	{
		value: 'repositoryStateChanged',
		name: 'Repository State Changed',
		action: 'On repository low on space, invalid or recovered',
		description: 'A backup repository runs low on space, is out of sync or invalid, or recovers',
		fields: [
			conditionsField(
				CONDITIONS,
				[
					...SPACE_CHOICES.slice(0, 1),
					{ name: 'Invalid (API V8)', value: 'outOfOrder' },
					...SPACE_CHOICES.slice(1),
					{ name: 'Not Indexed (API V8)', value: 'notIndexed' },
					{ name: 'Out of Date (API V8)', value: 'outOfDate' },
					{ name: 'Out of Sync', value: 'outOfSync' },
				],
				['lowSpace', 'outOfDate', 'outOfOrder', 'outOfSync'],
			),
		],
		options: SPACE_OPTIONS,
		needs: { field: CONDITIONS, parts: NEEDED },
	},
	{
		type: 'Repository',
		pages: readPages,
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

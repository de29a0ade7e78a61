import type { IDataObject } from 'n8n-workflow';

import { listOf, nameOptions } from '../../shared/monitoring/options';
import { snapshotEvent, type Tracked } from '../../shared/monitoring/snapshotDiff';
import { inWords } from '../model/catalogueFacts';
import { isDisabled } from '../model/jobs';
import { jobPages, jobTitle as named } from './jobPages';
import { nameOf, same } from '../model/text';
import { byName } from './nameOptions';

const FIELD = 'jobStateChangedChanges';

const STATUS = 'status';

const isWanted = (name: string) => (options: IDataObject) => listOf(options[FIELD]).includes(name);

const enabled: Tracked = {
	name: 'isEnabled',
	isWanted: isWanted('isEnabled'),
	value: (record) => {
		const disabled = isDisabled(record);
		return disabled === undefined ? undefined : !disabled;
	},
	severity: (record) => (isDisabled(record) ? 'warning' : 'info'),
	message: (record, _before, after) => `${named(record)} was ${after ? 'enabled' : 'disabled'}.`,
};

const lastResult: Tracked = {
	name: 'lastResult',
	isWanted: isWanted('lastResult'),
	firstCounts: true,
	// None while a job runs: the result before still counts.
	value: ({ lastResult: result }) =>
		typeof result !== 'string' || same(result, 'None') ? undefined : inWords(result),
	severity: ({ lastResult: result }) =>
		same(result, 'Failed') ? 'error' : same(result, 'Warning') ? 'warning' : 'info',
	message: (record, before, after) =>
		`The last result of job "${nameOf(record)}" is now ${String(after)}${before === null ? '' : ` (before: ${String(before)})`}.`,
};

const status: Tracked = {
	name: STATUS,
	isWanted: isWanted(STATUS),
	value: ({ status: value }) => (typeof value === 'string' ? inWords(value) : undefined),
	message: (record, before, after) =>
		`${named(record)} is now ${String(after).toLowerCase()} (before: ${String(before ?? 'unknown').toLowerCase()}).`,
};

/** Jobs that are switched on or off, get another result, start or stop, appear or go. */
export const jobStateChanged = snapshotEvent(
	{
		value: 'jobStateChanged',
		name: 'Job State Changed',
		action: 'On job enabled, disabled, added or removed',
		description: 'A job is enabled, disabled, added or removed, or its status or result changes',
		fields: [
			{
				displayName: 'Changes',
				name: FIELD,
				type: 'multiOptions',
				options: [
					{ name: 'Added', value: 'added' },
					{ name: 'Enabled or Disabled', value: 'isEnabled' },
					{ name: 'Last Result', value: 'lastResult' },
					{ name: 'Removed', value: 'removed' },
					{
						name: 'Status',
						value: STATUS,
						description: 'Running, inactive, disabled: changes twice with every run',
					},
				],
				default: ['isEnabled', 'lastResult'],
				description: 'Which changes to report',
			},
		],
		options: nameOptions(),
	},
	{
		type: 'Job',
		pages: jobPages,
		object: byName,
		tracked: [enabled, lastResult, status],
		presence: {
			isWanted: (options, which) => isWanted(which)(options),
			message: ({ name }, which) => `Job "${name}" was ${which}.`,
		},
	},
);

import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Condition } from '../../shared/monitoring/incidents';
import { listOf } from '../../shared/monitoring/options';
import type { Severity, Transition } from '../../shared/monitoring/types';

/** The field in which a user picks what counts as a problem. */
export const conditionsField = (
	name: string,
	choices: INodePropertyOptions[],
	usual: string[],
): INodeProperties => ({
	displayName: 'Conditions',
	name,
	type: 'multiOptions',
	options: [...choices].sort((a, b) => a.name.localeCompare(b.name)),
	default: [...usual],
	description: 'What counts as a problem',
});

/** Whether a condition is picked in such a field. */
export const isPicked =
	(field: string, condition: string) =>
	(options: IDataObject): boolean =>
		listOf(options[field]).includes(condition);

/** A condition that is there or not: undefined where the record does not say. */
export interface Flag {
	/** The field in which the user picks it. */
	field: string;
	name: string;
	is(record: IDataObject): boolean | undefined;
	severity?: Severity;
	named(record: IDataObject): string;
	/** What follows the name: "is offline". */
	problem: string;
	reminder: string;
	recovered: string;
	current(record: IDataObject): IDataObject;
}

/** Makes a condition of a flag. */
export function flag(given: Flag): Condition {
	const { field, name, is, severity, named, current } = given;
	const words = (transition: Transition): string =>
		transition === 'recovered'
			? given.recovered
			: transition === 'reminder'
				? given.reminder
				: given.problem;
	return {
		name,
		isWanted: isPicked(field, name),
		level: (record) => {
			const found = is(record);
			return found === undefined ? undefined : Number(found);
		},
		severity: () => severity ?? 'warning',
		message: (record, transition) => `${named(record)} ${words(transition)}.`,
		current,
	};
}

/** The opposite of what is known. */
export const not = (value: boolean | undefined): boolean | undefined =>
	value === undefined ? undefined : !value;

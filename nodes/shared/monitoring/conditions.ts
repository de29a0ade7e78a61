import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Condition, Facts } from './incidents';
import { listOf } from './options';
import type { Severity } from './types';

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

/** A condition that is there or not. */
export interface Flag {
	/** The field in which the user picks it. */
	field: string;
	name: string;
	/** @returns undefined where the record does not say */
	is(record: IDataObject, facts: Facts): boolean | undefined;
	/** Default: a warning. */
	severity?: Severity;
	/** How messages begin: `Repository "Main"`. */
	named(record: IDataObject): string;
	/** What follows the name: "is offline"; of the record where it says more, whole with its period. */
	problem: string | ((record: IDataObject) => string);
	reminder: string;
	recovered: string;
	current(record: IDataObject, facts: Facts): IDataObject;
}

/** Makes a condition of a flag. */
export function flag(given: Flag): Condition {
	const { field, name, is, severity = 'warning', named, problem, current } = given;
	const words = (record: IDataObject): string =>
		typeof problem === 'string' ? `${problem}.` : problem(record);
	return {
		name,
		isWanted: isPicked(field, name),
		level: (record, _, facts) => {
			const found = is(record, facts);
			return found === undefined ? undefined : Number(found);
		},
		severity: () => severity,
		message: (record, transition) => {
			const said =
				transition === 'recovered' || transition === 'reminder'
					? `${given[transition]}.`
					: words(record);
			return `${named(record)} ${said}`;
		},
		current,
	};
}

/** The opposite of what is known. */
export const not = (value: boolean | undefined): boolean | undefined =>
	value === undefined ? undefined : !value;

/** Fields of the record, null where it does not have them. */
export const shown =
	(...fields: string[]) =>
	(record: IDataObject): IDataObject =>
		Object.fromEntries(fields.map((field) => [field, record[field] ?? null]));

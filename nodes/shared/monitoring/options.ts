import type { IDataObject, INodeProperties, IPollFunctions } from 'n8n-workflow';

import { matchesPattern } from '../common/namePattern';
import type { EventDefinition } from './types';

/** The collection that holds an event's options. */
export const optionsName = ({ value }: Pick<EventDefinition, 'value'>): string => `${value}Options`;

/** The event's fields and options as the user set them, the others with their defaults, by name. */
export function readOptions(context: IPollFunctions, event: EventDefinition): IDataObject {
	const { fields = [], options = [] } = event;
	const added =
		options.length > 0 ? context.getNodeParameter(optionsName(event), {}) : ({} as IDataObject);
	return {
		...defaultsOf(options),
		...Object.fromEntries(
			fields.map(({ name, default: usual }) => [name, context.getNodeParameter(name, usual)]),
		),
		...(added as IDataObject),
	};
}

const defaultsOf = (properties: INodeProperties[]): IDataObject =>
	Object.fromEntries(properties.map(({ name, default: usual }) => [name, usual])) as IDataObject;

/** The choices of a multi-select; an expression may give them as text with commas. */
export function listOf(value: unknown): string[] {
	const parts = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** @returns undefined where the field is empty or no number */
export function numberOf(value: unknown): number | undefined {
	if (value === '' || value === null || value === undefined) return undefined;
	const number = Number(value);
	return Number.isFinite(number) ? number : undefined;
}

/**
 * Whether a name passes two lists of patterns, separated by commas, in which `*` stands for anything;
 * case does not count. An empty list to include takes all.
 */
export function namePasses(name: string, include: unknown, exclude: unknown): boolean {
	const wanted = listOf(include);
	const unwanted = listOf(exclude);
	return (
		(wanted.length === 0 || wanted.some((pattern) => matchesPattern(name, pattern))) &&
		!unwanted.some((pattern) => matchesPattern(name, pattern))
	);
}

/** Options that choose objects by their names, in the order of the alphabet; fresh at every call. */
export const nameOptions = (): INodeProperties[] => [
	{
		displayName: 'Exclude Names',
		name: 'excludeNames',
		type: 'string',
		default: '',
		placeholder: 'e.g. Test*, *archive*',
		description: 'Names to leave out, separated by commas; * stands for anything',
	},
	{
		displayName: 'Include Names',
		name: 'includeNames',
		type: 'string',
		default: '',
		placeholder: 'e.g. SQL*, Exchange',
		description: 'Only these names, separated by commas; * stands for anything',
	},
];

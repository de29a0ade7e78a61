import type { IDataObject, INodeProperties, IPollFunctions } from 'n8n-workflow';

import { namePasses, patternsOf } from '../common/namePatterns';
import { fingerprint } from './keys';
import type { EventDefinition } from './types';

export { namePasses } from '../common/namePatterns';

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

/**
 * Fingerprint of an event's settings: only what the user set and what differs from the default counts,
 * whatever the order. An option that a newer version of the package adds, renames or moves does not
 * change it.
 */
export function settingsOf(context: IPollFunctions, event: EventDefinition): string {
	const differing = Object.entries(setOptions(context, event))
		.map(([name, value]) => [name, canonical(value)])
		.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
	return fingerprint(JSON.stringify(differing));
}

/** What of an event's fields and options differs from the defaults. */
export function setOptions(context: IPollFunctions, event: EventDefinition): IDataObject {
	const { fields = [], options = [] } = event;
	const usual = new Map([...fields, ...options].map((one) => [one.name, canonical(one.default)]));
	return Object.fromEntries(
		Object.entries(readOptions(context, event)).filter(([name, value]) => {
			const text = canonical(value);
			return text !== usual.get(name) && text !== undefined;
		}),
	);
}

/** An event's fields and options as they were, by what of them was set. */
export const optionsOf = (
	{ fields = [], options = [] }: EventDefinition,
	set: IDataObject,
): IDataObject => ({ ...defaultsOf([...fields, ...options]), ...set });

/** A set of choices is the same in any order. */
const canonical = (value: unknown): string | undefined =>
	JSON.stringify(Array.isArray(value) ? [...value].map(String).sort() : value);

const defaultsOf = (properties: INodeProperties[]): IDataObject =>
	Object.fromEntries(properties.map(({ name, default: usual }) => [name, usual])) as IDataObject;

/** The choices of a multi-select; an expression may give them as text with commas. */
export const listOf = (value: unknown): string[] => patternsOf(value);

/** @returns undefined where the field is empty or no number */
export function numberOf(value: unknown): number | undefined {
	const isText = typeof value === 'string' && value.trim() !== '';
	if (!isText && typeof value !== 'number') return undefined;
	const number = Number(value);
	return Number.isFinite(number) ? number : undefined;
}

/** A size or count; one below nothing is none. */
export function amountOf(value: unknown): number | undefined {
	const number = numberOf(value);
	return number !== undefined && number >= 0 ? number : undefined;
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

/** The options that choose sessions by who began them; each fresh at every call. */
export const excludeUsers = (): INodeProperties => ({
	displayName: 'Exclude Users',
	name: 'excludeUsers',
	type: 'string',
	default: '',
	placeholder: 'e.g. *svc-audit',
	description:
		'Accounts whose sessions to leave out, separated by commas; * stands for anything. Sessions whose account the server does not name are always reported.',
});
export const includeUsers = (): INodeProperties => ({
	displayName: 'Include Users',
	name: 'includeUsers',
	type: 'string',
	default: '',
	placeholder: 'e.g. *admin*',
	description:
		'Only sessions of these accounts, separated by commas; * stands for anything. Sessions whose account the server does not name are always reported.',
});

/** Whether the options choose a session by who began it; one that names nobody always passes. */
export const userPasses = (user: string, { includeUsers, excludeUsers }: IDataObject): boolean =>
	user === '' || namePasses(user, includeUsers, excludeUsers);

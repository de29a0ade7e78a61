import { NodeOperationError, type IDataObject, type IPollFunctions } from 'n8n-workflow';

import {
	knows,
	knowsValue,
	operationBy,
	standing,
	valueStanding,
	type ApiPart,
	type Standing,
} from '../catalogue';
import type { ApiVersion, Catalogue } from '../catalogue/types';
import { versionNote, versionRemedy } from '../form/versionNote';
import type { VeeamClient } from '../http/types';
import { shortKey } from './keys';
import { listOf, readOptions } from './options';
import type { EventDefinition, Notification, TriggerProduct } from './types';

/**
 * Refuses an event that the credential's API version lacks, or of which it lacks all that is picked,
 * before anything is sent: staying silent for ever would look like good news.
 *
 * @throws NodeOperationError
 */
export function checkRequirement(
	context: IPollFunctions,
	{ adapter }: TriggerProduct,
	client: VeeamClient,
	event: EventDefinition,
): void {
	const { name, requires } = event;
	const catalogue = adapter.catalogue();
	const operation = requires ? operationBy(catalogue, requires) : undefined;
	if (operation && standing(catalogue, client.version, operation) === 'unknown')
		throw new NodeOperationError(
			context.getNode(),
			`"${name}" needs ${versionNote(catalogue.versions, operation.in)}; this credential uses ${client.version}`,
			{
				description: versionRemedy(adapter, client, operation.in, 'take the event out of Events'),
			},
		);
	const { field } = event.needs ?? {};
	if (field === undefined) return;
	const options = readOptions(context, event);
	const lacking = lackingParts(event, options, catalogue, client.version).filter(
		({ isUnverified }) => !isUnverified,
	);
	if (lacking.length === 0 || lacking.length < listOf(options[field]).length) return;
	const { displayName } = fieldOf(event);
	const since = [...new Set(lacking.map(({ versions }) => versions))].join('; ');
	throw new NodeOperationError(
		context.getNode(),
		`API ${client.version} has none of the picked conditions of "${name}"`,
		{
			description: `Pick others under ${displayName}, or ${otherVersion(client)}: what is picked needs ${since}.`,
		},
	);
}

/** A credential whose version is Automatic has the newest that its server knows already. */
const otherVersion = ({ automatic }: Pick<VeeamClient, 'automatic'>): string =>
	automatic
		? 'update the server, whose newest that is'
		: 'choose another API version in the credential, if the server has it';

/** A choice that a version does not know. */
export interface LackingChoice {
	value: string;
	/** As the form shows it. */
	name: string;
	/** "API 1.3-rev0 or later" */
	versions: string;
	/** Nobody knows whether the version says it: it is watched where it does. */
	isUnverified: boolean;
}

/** What the user picked and the API version does not surely say: it may never be reported. */
export const lackingChoices = (
	event: EventDefinition,
	options: IDataObject,
	catalogue: Catalogue,
	version: ApiVersion,
): LackingChoice[] => [
	...lackingParts(event, options, catalogue, version),
	...lackingValues(event, ownValues(event, options), catalogue, version),
];

/**
 * Values that are picked at first and that the API version does not know. They are nobody's choice, and
 * nothing to say of them while the trigger runs: what a version has no word for seldom happens there.
 */
export const lackingDefaults = (
	event: EventDefinition,
	options: IDataObject,
	catalogue: Catalogue,
	version: ApiVersion,
): LackingChoice[] => {
	if (event.needsValues?.isUsualComplete) return [];
	const own = ownValues(event, options);
	const others = valuesOf(event, options).filter((value) => !own.includes(value));
	return lackingValues(event, others, catalogue, version);
};

const valuesOf = ({ needsValues }: EventDefinition, options: IDataObject): string[] =>
	needsValues ? listOf(options[needsValues.field]) : [];

/** What the user picked himself: all of it where he took out any of what is picked at first. */
function ownValues(event: EventDefinition, options: IDataObject): string[] {
	const values = valuesOf(event, options);
	const { field } = event.needsValues ?? {};
	const usual = listOf(event.fields?.find(({ name }) => name === field)?.default);
	const isIn = (all: string[], value: string) =>
		all.some((one) => one.toLowerCase() === value.toLowerCase());
	if (!usual.every((value) => isIn(values, value))) return values;
	return values.filter((value) => !isIn(usual, value));
}

function lackingValues(
	{ needsValues }: EventDefinition,
	values: string[],
	catalogue: Catalogue,
	version: ApiVersion,
): LackingChoice[] {
	if (!needsValues) return [];
	const { enumName, nameOf } = needsValues;
	return values.flatMap((value) => {
		const known = catalogue.versions.filter((one) => knowsValue(catalogue, one, enumName, value));
		// Of what nobody knows nothing can be said: it may come with a newer server.
		if (known.length === 0) return [];
		const has = valueStanding(catalogue, version, enumName, value);
		return lackingOf({ value, name: nameOf(value) }, has, catalogue, known);
	});
}

function lackingParts(
	event: EventDefinition,
	options: IDataObject,
	catalogue: Catalogue,
	version: ApiVersion,
): LackingChoice[] {
	const { needs } = event;
	if (!needs) return [];
	const all = (fieldOf(event).options ?? []) as Array<{ name: string; value: string }>;
	const isIn = (one: ApiVersion, [operation, part]: ApiPart) =>
		knows(catalogue, one, operation, part);
	return listOf(options[needs.field]).flatMap((value) => {
		const part = needs.parts[value];
		if (!part) return [];
		const name = all.find((one) => one.value === value)?.name ?? value;
		const known = catalogue.versions.filter((one) => isIn(one, part));
		return lackingOf({ value, name }, standing(catalogue, version, ...part), catalogue, known);
	});
}

/** Nothing where the version has it. */
function lackingOf(
	choice: Pick<LackingChoice, 'value' | 'name'>,
	has: Standing,
	{ versions }: Catalogue,
	known: ApiVersion[],
): LackingChoice[] {
	if (has === 'known') return [];
	return [
		{ ...choice, versions: versionNote(versions, known), isUnverified: has === 'unverified' },
	];
}

const fieldOf = ({ fields = [], needs }: EventDefinition) =>
	fields.find(({ name }) => name === needs?.field) ?? { displayName: 'Conditions', options: [] };

/** The item that says what of an event is not watched; the rest of it is. */
export function notInVersion(
	{ value, name }: EventDefinition,
	lacking: LackingChoice[],
	{ version, automatic }: Pick<VeeamClient, 'version' | 'automatic'>,
	occurrence: string,
): Notification {
	const words = (some: LackingChoice[]) =>
		[...new Set(some.map(({ versions }) => versions))]
			.map((versions) => {
				const names = some.filter((one) => one.versions === versions).map((one) => `"${one.name}"`);
				return `${names.join(', ')} (${versions})`;
			})
			.join(', ');
	const absent = lacking.filter(({ isUnverified }) => !isUnverified);
	const unsure = lacking.filter(({ isUnverified }) => isUnverified);
	const sentences = [
		...(absent.length > 0
			? [
					`"${name}" does not watch ${words(absent)}: API ${version} of this credential does not say it. What else is picked is watched.`,
				]
			: []),
		...(unsure.length > 0
			? [
					`Whether API ${version} of this credential says ${words(unsure)} is unverified: "${name}" watches it if the server does.`,
				]
			: []),
	];
	return {
		transition: 'changed',
		severity: 'warning',
		object: { id: value, name, type: 'Event' },
		condition: 'notInVersion',
		occurrence: shortKey(`${version}/${lacking.map((one) => one.value).join()}/${occurrence}`),
		previous: null,
		current: {
			...{ version, notWatched: absent.map(({ value }) => value) },
			...(unsure.length > 0 ? { unverified: unsure.map(({ value }) => value) } : {}),
		},
		message: `${sentences.join(' ')} Take out what is not there, or ${otherVersion({ automatic })}.`,
		record: { event: value, version },
	};
}

import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { CONTROL } from '../binding/parameterBinding';
import { oneOfExcept } from './conditionCompression';

/**
 * One definition of a property for all operations that have the same one. Without it the
 * description of a product would be several times as heavy, and n8n keeps two copies of it.
 */

/** A property that an operation wants shown. */
export interface PropertyRequest {
	/** Without `displayOptions`. */
	property: INodeProperties;
	operation: string;
	/**
	 * Only with one of these values of another parameter of the operation (a variant dropdown), which
	 * offers `all` these.
	 */
	when?: { parameter: string; values: string[]; all: string[] };
	/** Further conditions, the same for all that share it. */
	show?: Record<string, Array<string | boolean>>;
	/** The same for what hides it; also where the parameter named is not there. */
	hide?: Record<string, string[]>;
	/**
	 * The further conditions suffice: they name a parameter that only the operations concerned have,
	 * at a value that is not its default.
	 */
	anyOperation?: true;
	/** Sections come in this order; within one, by first sight. */
	section: number;
}

/** One definition, the operations that share it, and the variants it is shown for. */
interface Group {
	propertyRequest: PropertyRequest;
	/** What each operation wants: its values of the dropdown, and those it offers. */
	operations: Map<string, { values: Set<string>; all: string[] }>;
	values: Set<string>;
}

/**
 * Properties with `displayOptions`, each definition once per set of conditions.
 *
 * @param all every operation that there is where the properties stand: an entry of a collection needs
 *   no condition to keep out operations that the collection is not shown for
 * @param prefix '/' inside a collection, where names of conditions are relative
 */
export function dedupe(
	propertyRequests: PropertyRequest[],
	all: string[],
	prefix: '' | '/' = '',
): INodeProperties[] {
	const groups = new Map<string, Group[]>();
	const dropdowns = dropdownsOf(propertyRequests);
	for (const { propertyRequest, definition } of merged(propertyRequests)) {
		const key = JSON.stringify([
			propertyRequest.section,
			definition,
			propertyRequest.show,
			propertyRequest.hide,
			propertyRequest.when?.parameter,
		]);
		const alike = groups.get(key) ?? [];
		if (!alike.some((group) => join(group, propertyRequest))) alike.push(groupOf(propertyRequest));
		groups.set(key, alike);
	}
	return [...groups.values()]
		.flat()
		.sort((a, b) => a.propertyRequest.section - b.propertyRequest.section)
		.map((group) => {
			const displayOptions = conditionsOf(group, all, dropdowns, prefix);
			const property = structuredClone(group.propertyRequest.property);
			return Object.keys(displayOptions).length > 0 ? { ...property, displayOptions } : property;
		});
}

function conditionsOf(
	{ propertyRequest, operations, values }: Group,
	all: string[],
	dropdowns: Map<string, Set<string>>,
	prefix: '' | '/',
): IDisplayOptions {
	const theirs = [...operations.keys()];
	const everywhere = propertyRequest.anyOperation || theirs.length === all.length;
	const ofOperations = everywhere ? undefined : oneOfExcept(theirs, all);
	const operation = `${prefix}operation`;
	const show: Conditions = ofOperations ? { [operation]: ofOperations.show } : {};
	const hide: Conditions = ofOperations?.hide ? { [operation]: ofOperations.hide } : {};
	for (const [name, wanted] of Object.entries(propertyRequest.show ?? {}))
		show[prefix + name] = [...wanted];
	for (const [name, unwanted] of Object.entries(propertyRequest.hide ?? {}))
		hide[prefix + name] = [...unwanted];
	if (!propertyRequest.when) return withoutEmpty({ show, hide });

	const parameter = prefix + propertyRequest.when.parameter;
	const offered = [...new Set([...operations.values()].flatMap((want) => want.all))];
	const others = offered.filter((value) => !values.has(value));
	// A dropdown that is hidden in JSON mode hides what depends on it.
	// Values one by one: n8n before 2.18 stops every execution over a condition on the beginning or end
	// of a value that other operations do not have.
	const shown = { show: { ...show, [parameter]: [...values] }, hide: { ...hide } };
	delete shown.hide[prefix + CONTROL.bodyMode];
	const hidden = { show, hide: { ...hide, [parameter]: others } };
	// Only inside a collection, where an entry has no value until the user adds it, does the dropdown
	// alone say for which operations: outside, n8n takes a hidden dropdown's default for a choice.
	if (prefix === '/' && dropdowns.get(propertyRequest.when.parameter)?.size === theirs.length) {
		delete shown.show[operation];
		delete shown.hide[operation];
	}
	// Whichever is shorter: the variants to show it for, or those to hide it for.
	const [one, other] = [withoutEmpty(hidden), withoutEmpty(shown)];
	return JSON.stringify(one).length < JSON.stringify(other).length ? one : other;
}

type Conditions = NonNullable<IDisplayOptions['show']>;

const withoutEmpty = ({ show, hide }: { show: Conditions; hide: Conditions }): IDisplayOptions =>
	Object.fromEntries(
		Object.entries({ show, hide }).filter(([, conditions]) => Object.keys(conditions).length > 0),
	);

/** The operations that have each dropdown of variants. */
function dropdownsOf(propertyRequests: PropertyRequest[]): Map<string, Set<string>> {
	const dropdowns = new Map<string, Set<string>>();
	for (const { when, operation } of propertyRequests) {
		if (!when) continue;
		dropdowns.set(when.parameter, (dropdowns.get(when.parameter) ?? new Set()).add(operation));
	}
	return dropdowns;
}

const groupOf = (propertyRequest: PropertyRequest): Group => ({
	propertyRequest,
	operations: new Map([[propertyRequest.operation, wantOf(propertyRequest)]]),
	values: new Set(propertyRequest.when?.values),
});

const wantOf = ({ when }: PropertyRequest) => ({
	values: new Set(when?.values),
	all: when?.all ?? [],
});

/**
 * Lets a wish share a group's definition. Operations may offer different variants (a new object has
 * fewer kinds than an old one): shared is what means the same to each of them.
 */
function join(group: Group, propertyRequest: PropertyRequest): boolean {
	if (!propertyRequest.when) {
		group.operations.set(propertyRequest.operation, wantOf(propertyRequest));
		return true;
	}
	const values = new Set([...group.values, ...propertyRequest.when.values]);
	const operations = new Map(group.operations).set(
		propertyRequest.operation,
		wantOf(propertyRequest),
	);
	const same = [...operations.values()].every(({ values: wanted, all }) =>
		all.every((value) => values.has(value) === wanted.has(value)),
	);
	if (!same) return false;
	group.operations = operations;
	group.values = values;
	return true;
}

/**
 * The same property of one operation under several variants becomes one wish; under all of them,
 * one without that condition.
 *
 * @returns each with a number that it shares with those that are defined alike
 */
function merged(
	propertyRequests: PropertyRequest[],
): Array<{ propertyRequest: PropertyRequest; definition: number }> {
	const result = new Map<string, { propertyRequest: PropertyRequest; definition: number }>();
	// A collection is one object that hundreds of operations wish for, and long to compare.
	const definitions = new Map<INodeProperties, number>();
	const alike = new Map<string, number>();
	for (const propertyRequest of propertyRequests) {
		const { property, operation, when, show, hide, section } = propertyRequest;
		let definition = definitions.get(property);
		if (definition === undefined) {
			const text = JSON.stringify(property);
			definition = alike.get(text) ?? alike.size;
			alike.set(text, definition);
			definitions.set(property, definition);
		}
		const key = JSON.stringify([section, definition, operation, when?.parameter, show, hide]);
		const known = result.get(key)?.propertyRequest;
		if (!known) result.set(key, { propertyRequest: { ...propertyRequest }, definition });
		else if (known.when && when)
			known.when = { ...when, values: [...new Set([...known.when.values, ...when.values])] };
	}
	return [...result.values()].map(({ propertyRequest, definition }) => {
		const everywhere =
			propertyRequest.when &&
			propertyRequest.when.values.length === propertyRequest.when.all.length;
		return {
			propertyRequest: everywhere ? { ...propertyRequest, when: undefined } : propertyRequest,
			definition,
		};
	});
}

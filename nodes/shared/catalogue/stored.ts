import type { ApiVersion, Catalogue, ObjectType, Operation, Parameter } from './types';

/**
 * How a catalogue lies in its file: ranges in place of lists of versions, so that a new version
 * changes only the lines of what is new. `since` is left out where the oldest version has the thing,
 * `until` where the newest has it. A list (`in`) is kept where there is a gap.
 */
export interface Range {
	since?: ApiVersion;
	until?: ApiVersion;
}

const expanded = new WeakMap<object, Catalogue>();

/** The catalogue of a file (operations.json), each range as the list of its versions. Done once. */
export function fromFile(file: unknown): Catalogue {
	const known = expanded.get(file as object);
	if (known) return known;
	const catalogue = expand(structuredCopy(file) as Catalogue);
	expanded.set(file as object, catalogue);
	return catalogue;
}

const structuredCopy = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** The versions of a range. */
export function versionsOf(versions: ApiVersion[], { since, until }: Range): ApiVersion[] {
	const from = since === undefined ? 0 : versions.indexOf(since);
	const to = until === undefined ? versions.length : versions.indexOf(until) + 1;
	return versions.slice(from, to);
}

/** Changes the file's object into a catalogue. */
function expand(catalogue: Catalogue): Catalogue {
	const { versions } = catalogue;
	const ranged = (thing: Range & { in?: ApiVersion[] }) => {
		const { since, until } = thing;
		if (since === undefined && until === undefined) return;
		thing.in = versionsOf(versions, { since, until });
		delete thing.since;
		delete thing.until;
	};
	const insideRange = (thing: { required?: unknown; nullable?: unknown }) => {
		for (const fact of ['required', 'nullable'] as const) {
			const range = thing[fact];
			if (typeof range === 'object' && !Array.isArray(range))
				thing[fact] = versionsOf(versions, range as Range);
		}
	};
	const parameters = (some: Parameter[] | undefined) =>
		some?.forEach((one) => {
			ranged(one);
			insideRange(one);
		});
	for (const operation of catalogue.operations) {
		ranged(operation);
		operation.in ??= versions;
		parameters(operation.pathParameters);
		parameters(operation.query);
		if (operation.body) parameters([operation.body as unknown as Parameter]);
		expandReturns(versions, operation);
	}
	for (const type of Object.values(catalogue.types)) {
		parameters(type.fields);
		expandVariants(type, ranged);
	}
	for (const values of Object.values(catalogue.enums))
		for (const value of values) if (typeof value === 'object') ranged(value);
	return catalogue;
}

function expandReturns(versions: ApiVersion[], { returns }: Operation): void {
	for (const [name, range] of Object.entries(returns.fieldsIn ?? {})) {
		if (!Array.isArray(range)) returns.fieldsIn![name] = versionsOf(versions, range as Range);
	}
}

function expandVariants({ variants }: ObjectType, ranged: (thing: Range) => void): void {
	for (const target of Object.values(variants?.of ?? {}))
		if (typeof target === 'object') ranged(target as Range);
}

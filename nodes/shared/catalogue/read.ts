import type {
	ApiVersion,
	Catalogue,
	EnumValue,
	Field,
	Operation,
	Parameter,
	Returns,
	TypeExpression,
} from './types';

/** A type expression taken apart. */
export type ParsedType =
	| { kind: 'scalar'; name: string }
	| { kind: 'enum'; name: string }
	| { kind: 'object'; name: string }
	| { kind: 'list'; of: TypeExpression }
	| { kind: 'map'; of: TypeExpression };

/** `#JobSpec[]` -> a list of `#JobSpec`; `#JobSpec` -> the object `JobSpec`. */
export function parseType(expression: TypeExpression): ParsedType {
	if (expression.endsWith('[]')) return { kind: 'list', of: expression.slice(0, -2) };
	if (expression.startsWith('{')) return { kind: 'map', of: expression.slice(1, -1) };
	if (expression.startsWith('@')) return { kind: 'enum', name: expression.slice(1) };
	if (expression.startsWith('#')) return { kind: 'object', name: expression.slice(1) };
	return { kind: 'scalar', name: expression };
}

/**
 * The known version nearest to the one asked for: itself, else the newest that is not newer, else
 * the oldest of all.
 *
 * @param versions oldest first
 */
export function nearestVersion(versions: ApiVersion[], asked: ApiVersion): ApiVersion {
	if (versions.includes(asked)) return asked;
	const older = versions.filter((version) => compareVersions(version, asked) <= 0);
	return older.at(-1) ?? versions[0] ?? asked;
}

/**
 * The known versions that say what one has: itself; the two it lies between, where no specification of
 * it is public (`1.2-rev0` lies between `1.1-rev0` and `1.2-rev1`); the newest for a newer one, the
 * oldest for an older one.
 *
 * @param versions oldest first
 */
export function neighbours(versions: ApiVersion[], asked: ApiVersion): ApiVersion[] {
	const nearest = nearestVersion(versions, asked);
	const next = versions[versions.indexOf(nearest) + 1];
	const isBetween = !versions.includes(asked) && !isOlder(asked, versions) && next !== undefined;
	return isBetween ? [nearest, next] : [nearest];
}

/** Whether a version is older than all that are known. */
export const isOlder = (asked: ApiVersion, [oldest]: ApiVersion[]): boolean =>
	oldest !== undefined && compareVersions(asked, oldest) < 0;

/** By their numbers, one after the other: `v4` < `v10`, `1.2-rev1` < `1.3-rev0`. */
export function compareVersions(a: ApiVersion, b: ApiVersion): number {
	const [left, right] = [a, b].map((version) => (version.match(/\d+/g) ?? []).map(Number));
	for (let at = 0; at < Math.max(left!.length, right!.length); at += 1) {
		const difference = (left![at] ?? 0) - (right![at] ?? 0);
		if (difference !== 0) return difference;
	}
	return 0;
}

const indexes = new WeakMap<Catalogue, Map<string, Operation>>();

/** An operation by our own id; undefined where the catalogue has none. */
export function findOperation(catalogue: Catalogue, id: string): Operation | undefined {
	let index = indexes.get(catalogue);
	if (!index) {
		index = new Map(catalogue.operations.map((operation) => [operation.id, operation]));
		indexes.set(catalogue, index);
	}
	return index.get(id);
}

/**
 * Whether a version knows a thing.
 *
 * @param parent the versions of what the thing belongs to, used where it has none of its own
 */
export function existsIn(
	thing: { in?: ApiVersion[] },
	version: ApiVersion,
	parent: ApiVersion[],
): boolean {
	return (thing.in ?? parent).includes(version);
}

/** Whether a version requires a field or parameter; without a version, whether any does. */
export function isRequired(thing: Pick<Parameter, 'required'>, version?: ApiVersion): boolean {
	if (!Array.isArray(thing.required)) return thing.required === true;
	return version === undefined || thing.required.includes(version);
}

/**
 * Whether a version takes null in a field. Versions differ widely: what the newest file of the Service
 * Provider Console says of 2,000 fields, the older ones say of one.
 */
export function isNullable(field: Pick<Field, 'nullable'>, version: ApiVersion): boolean {
	return Array.isArray(field.nullable) ? field.nullable.includes(version) : field.nullable === true;
}

/** Of some fields, those a version knows; without a version all, the newest of each name. */
export function fieldsIn<T extends Parameter>(
	catalogue: Catalogue,
	fields: T[] | undefined,
	version?: ApiVersion,
): T[] {
	if (version !== undefined) {
		return (fields ?? []).filter((field) => existsIn(field, version, catalogue.versions));
	}
	const newest = new Map<string, T>();
	for (const field of fields ?? []) {
		const known = newest.get(field.name);
		if (!known || age(catalogue, field) < age(catalogue, known)) newest.set(field.name, field);
	}
	return [...newest.values()];
}

/**
 * Fields of an object type: of the variant that a value belongs to, where one is given and the type
 * has variants; else those that all variants share.
 */
export function fieldsOf(
	catalogue: Catalogue,
	type: string,
	version?: ApiVersion,
	value?: Record<string, unknown>,
): Field[] {
	const fork = value && variantsOf(catalogue, type, version);
	const wanted = fork && String(value[fork.on]).toLowerCase();
	const variant = fork?.variants.find((one) => one.value.toLowerCase() === wanted);
	if (variant && variant.type !== type) return fieldsOf(catalogue, variant.type, version, value);
	return fieldsIn(catalogue, objectType(catalogue, type).fields, version);
}

export interface Variant {
	/** What the field `on` holds, as the version spells it. */
	value: string;
	/** Name of the variant's complete type. */
	type: string;
}

/** The variants of an object type and the field they depend on; undefined where it has none. */
export function variantsOf(
	catalogue: Catalogue,
	type: string,
	version?: ApiVersion,
): { on: string; variants: Variant[] } | undefined {
	const { variants, fields } = objectType(catalogue, type);
	if (!variants) return undefined;
	const of = Object.entries(variants.of)
		.map(([value, target]) => ({
			value,
			...(typeof target === 'string' ? { type: target, in: undefined } : target),
		}))
		.filter((one) => version === undefined || existsIn(one, version, catalogue.versions));
	if (of.length === 0) return undefined;
	const on = parseType(fields.find(({ name }) => name === variants.on)?.type ?? 'string');
	const spelt = (value: string) =>
		on.kind === 'enum' ? normalizeEnum(catalogue, on.name, value, version) : value;
	return {
		on: variants.on,
		variants: of.map((one) => ({ value: spelt(one.value), type: one.type })),
	};
}

/** Values of an enum as a version spells them; without a version all, spelt as in the newest. */
export function enumValues(catalogue: Catalogue, name: string, version?: ApiVersion): string[] {
	return (catalogue.enums[name] ?? [])
		.filter((one) => version === undefined || existsIn(bare(one), version, catalogue.versions))
		.map((one) => spelling(one, version));
}

/**
 * A value of an enum as a version of the API spells it. Compared without regard to case, because versions of
 * one API differ in it; a value nobody knows stays as it is.
 */
export function normalizeEnum(
	catalogue: Catalogue,
	name: string,
	value: string,
	version?: ApiVersion,
): string {
	const values = catalogue.enums[name] ?? [];
	const exact = values.find((one) => spelling(one, version) === value);
	if (exact !== undefined) return value;
	const wanted = value.toLowerCase();
	const known = values.find((one) => bare(one).value.toLowerCase() === wanted);
	return known === undefined ? value : spelling(known, version);
}

/** What an operation brings back in a version. The item's fields are those of `returns` throughout. */
export function returnsFor(operation: Operation, version?: ApiVersion): Returns {
	const own = version === undefined ? undefined : operation.returnsIn?.[version];
	if (!own) return operation.returns;
	const { fields } = operation.returns;
	return { ...own, ...(fields && own.kind !== 'nothing' ? { fields } : {}) };
}

/** An object type by name. */
export function objectType(catalogue: Catalogue, name: string): Catalogue['types'][string] {
	return catalogue.types[name] ?? { fields: [] };
}

function bare(one: EnumValue): Exclude<EnumValue, string> {
	return typeof one === 'string' ? { value: one } : one;
}

function spelling(one: EnumValue, version?: ApiVersion): string {
	const { value, as } = bare(one);
	return (version !== undefined && as?.[version]) || value;
}

/** How many versions lie between the last one that has the thing and the newest. */
function age(catalogue: Catalogue, thing: { in?: ApiVersion[] }): number {
	const { versions } = catalogue;
	const last = (thing.in ?? versions).slice(-1)[0];
	return versions.length - 1 - versions.indexOf(last ?? '');
}

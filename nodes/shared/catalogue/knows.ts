import {
	existsIn,
	fieldsIn,
	isOlder,
	isRequired,
	nearestVersion,
	neighbours,
	parseType,
	variantsOf,
} from './read';
import type { ApiVersion, Catalogue, Operation, Parameter, TypeExpression } from './types';

/**
 * Whether a version of the API knows an operation and, where one is named, a part of it. The one
 * answer to this question. A version newer than all of the catalogue is taken for the newest, one
 * between two known ones knows what both of them do.
 *
 * @param operation our own id, or `GET /path` as the catalogue has it; the operation itself
 * @param part a query or path parameter's name, `body.<field>` (nested fields with dots), or
 *   `returns.<field>` for a field at the top of a returned record
 */
export function knows(
	catalogue: Catalogue,
	version: ApiVersion,
	operation: string | Operation,
	part?: string,
): boolean {
	const found = typeof operation === 'string' ? operationBy(catalogue, operation) : operation;
	if (!found) return false;
	return neighbours(catalogue.versions, version).every((one) =>
		isKnownIn(catalogue, one, found, part),
	);
}

/** The same for one version that the catalogue has. */
function isKnownIn(
	catalogue: Catalogue,
	version: ApiVersion,
	operation: Operation,
	part?: string,
): boolean {
	if (!operation.in.includes(version)) return false;
	if (part === undefined) return true;
	const [place, ...names] = part.split('.');
	if (place === 'body' && names.length > 0) return knowsBody(catalogue, version, operation, names);
	if (place === 'returns' && names.length > 0) return returnsField(operation, names[0]!, version);
	return parameterIn(catalogue, version, operation, part) !== undefined;
}

/** What is known of an operation, or of a part of it, in a version. */
export type Standing = 'known' | 'unknown' | 'unverified';

/**
 * Whether a version has something, also where no specification of that version is public: what both of
 * its neighbours know it knows, what neither knows it lacks, and the rest is unverified. Newer than the
 * newest counts as the newest; of versions older than the oldest nothing is verified.
 *
 * @param operation,part see `knows`
 */
export function standing(
	catalogue: Catalogue,
	version: ApiVersion,
	operation: string | Operation,
	part?: string,
): Standing {
	const found = typeof operation === 'string' ? operationBy(catalogue, operation) : operation;
	if (!found) return 'unknown';
	const near = neighbours(catalogue.versions, version);
	const having = near.filter((one) => isKnownIn(catalogue, one, found, part));
	if (having.length === 0) return 'unknown';
	return having.length < near.length || isOlder(version, catalogue.versions)
		? 'unverified'
		: 'known';
}

/**
 * The catalogue's version whose facts count for an operation: itself, else the newest of its neighbours
 * that has the operation; where none has, the nearest.
 */
export function versionFor(
	{ versions }: Pick<Catalogue, 'versions'>,
	version: ApiVersion,
	operation: Pick<Operation, 'in'>,
): ApiVersion {
	const having = neighbours(versions, version).filter((one) => operation.in.includes(one));
	return having.at(-1) ?? nearestVersion(versions, version);
}

/** A part of the API: an operation (`GET /path`), and what of it; see `knows`. */
export type ApiPart = readonly [operation: string, part?: string];

/**
 * A query or path parameter of an operation as a version has it; undefined where it has none, and where
 * the version's neighbours do not agree.
 */
export function parameterIn(
	catalogue: Catalogue,
	version: ApiVersion,
	{ query = [], pathParameters = [], in: versions }: Operation,
	name: string,
): Parameter | undefined {
	const found = neighbours(catalogue.versions, version).map((near) =>
		[...query, ...pathParameters].find((one) => one.name === name && existsIn(one, near, versions)),
	);
	const [first] = found;
	return found.every((one) => one?.type === first?.type) ? found.at(-1) : undefined;
}

/** Whether a version spells a value of an enum among those it takes; case does not count. */
export function knowsValue(
	catalogue: Catalogue,
	version: ApiVersion,
	enumName: string,
	value: string,
): boolean {
	return valueStanding(catalogue, version, enumName, value) === 'known';
}

/** The same where neighbours of the version may not agree; see `standing`. */
export function valueStanding(
	{ enums, versions }: Pick<Catalogue, 'enums' | 'versions'>,
	version: ApiVersion,
	enumName: string,
	value: string,
): Standing {
	const wanted = value.toLowerCase();
	const values = (enums[enumName] ?? [])
		.map((one) => (typeof one === 'string' ? { value: one } : one))
		.filter((one) => one.value.toLowerCase() === wanted);
	const near = neighbours(versions, version);
	const having = near.filter((one) => values.some((known) => existsIn(known, one, versions)));
	if (having.length === 0) return 'unknown';
	return having.length === near.length ? 'known' : 'unverified';
}

/** An operation by our own id or by `GET /path`. */
export function operationBy(catalogue: Catalogue, key: string): Operation | undefined {
	let index = indexes.get(catalogue);
	if (!index) {
		index = new Map();
		for (const one of catalogue.operations)
			index.set(one.id, one).set(`${one.method} ${one.path}`, one);
		indexes.set(catalogue, index);
	}
	return index.get(key);
}

/** The fields of an operation's records, those inside others by the names that lead to them. */
export const allFields = ({ returns }: Operation): Record<string, TypeExpression> => ({
	...returns.fields,
	...returns.inner,
});

/** `/a/{}/b` of `/a/{id}/B`: placeholders are alike, and servers do not mind case. */
export const pathShape = (path: string): string => path.replace(/\{\w+\}/g, '{}').toLowerCase();

/** The list at a path, whatever its placeholders are called. */
export function listAt(catalogue: Catalogue, path: string): Operation | undefined {
	let index = lists.get(catalogue);
	if (!index) {
		const found = catalogue.operations.filter(
			({ method, returns }) =>
				method === 'GET' && (returns.kind === 'page' || returns.kind === 'list'),
		);
		// Of two at the same path the first one counts.
		index = new Map(found.reverse().map((one) => [pathShape(one.path), one]));
		lists.set(catalogue, index);
	}
	return index.get(pathShape(path));
}

const lists = new WeakMap<Catalogue, Map<string, Operation>>();

/**
 * What a list has to be asked by that is read for its names alone: the parameters that a version requires,
 * by their defaults (`extendedView` of the organizations in v6).
 *
 * @param operation see `knows`
 */
export function dueQuery(
	catalogue: Catalogue,
	version: ApiVersion,
	operation: string | Operation,
): Record<string, string | number | boolean> {
	const found = typeof operation === 'string' ? operationBy(catalogue, operation) : operation;
	if (!found) return {};
	const near = versionFor(catalogue, version, found);
	return Object.fromEntries(
		fieldsIn(catalogue, found.query, near).flatMap((one) =>
			isRequired(one, near) && one.default !== undefined ? [[one.name, one.default as string]] : [],
		),
	);
}

const indexes = new WeakMap<Catalogue, Map<string, Operation>>();

/** Whether the records of an operation have a field in a version that the catalogue knows. */
export function returnsField(operation: Operation, name: string, version: ApiVersion): boolean {
	const { returns, returnsIn } = operation;
	if (returnsIn?.[version]?.kind === 'nothing') return false;
	if (!Object.hasOwn(allFields(operation), name)) return false;
	return returns.fieldsIn?.[name]?.includes(version) ?? true;
}

function knowsBody(
	catalogue: Catalogue,
	version: ApiVersion,
	{ body, in: versions }: Operation,
	names: string[],
): boolean {
	if (!body || !existsIn(body, version, versions)) return false;
	let types = [body.type];
	for (const name of names) {
		types = types
			.flatMap((type) => objectsOf(catalogue, version, type))
			.flatMap((type) => fieldsIn(catalogue, catalogue.types[type]?.fields, version))
			.filter((field) => field.name === name)
			.map((field) => field.type);
		if (types.length === 0) return false;
	}
	return true;
}

/** The object type an expression leads to, with the types of the variants that a version has. */
export function objectsOf(
	catalogue: Pick<Catalogue, 'versions' | 'types' | 'enums'>,
	version: ApiVersion,
	expression: string,
): string[] {
	const type = parseType(expression);
	if (type.kind === 'list' || type.kind === 'map') return objectsOf(catalogue, version, type.of);
	if (type.kind !== 'object') return [];
	const fork = variantsOf(catalogue as Catalogue, type.name, version);
	const variants = new Set(fork?.variants.map((one) => one.type));
	variants.delete(type.name);
	return [type.name, ...[...variants].flatMap((one) => objectsOf(catalogue, version, `#${one}`))];
}

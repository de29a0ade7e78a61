import { existsIn, fieldsIn, nearestVersion, parseType, variantsOf } from './read';
import type { ApiVersion, Catalogue, Operation, Parameter, TypeExpression } from './types';

/**
 * Whether a version of the API knows an operation and, where one is named, a part of it. The one
 * answer to this question. A version newer than all of the catalogue is taken for the newest, any
 * other unknown one for the nearest older one.
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
	const nearest = nearestVersion(catalogue.versions, version);
	if (!found?.in.includes(nearest)) return false;
	if (part === undefined) return true;
	const [place, ...names] = part.split('.');
	if (place === 'body' && names.length > 0) return knowsBody(catalogue, nearest, found, names);
	if (place === 'returns' && names.length > 0) return returnsField(found, names[0]!, nearest);
	return parameterIn(catalogue, nearest, found, part) !== undefined;
}

/** A part of the API: an operation (`GET /path`), and what of it; see `knows`. */
export type ApiPart = readonly [operation: string, part?: string];

/** A query or path parameter of an operation as a version has it; undefined where it has none. */
export function parameterIn(
	catalogue: Catalogue,
	version: ApiVersion,
	{ query = [], pathParameters = [], in: versions }: Operation,
	name: string,
): Parameter | undefined {
	const nearest = nearestVersion(catalogue.versions, version);
	return [...query, ...pathParameters].find(
		(one) => one.name === name && existsIn(one, nearest, versions),
	);
}

/** Whether a version spells a value of an enum among those it takes; case does not count. */
export function knowsValue(
	catalogue: Catalogue,
	version: ApiVersion,
	enumName: string,
	value: string,
): boolean {
	const nearest = nearestVersion(catalogue.versions, version);
	const wanted = value.toLowerCase();
	return (catalogue.enums[enumName] ?? []).some((one) => {
		const plain = typeof one === 'string' ? { value: one } : one;
		return plain.value.toLowerCase() === wanted && existsIn(plain, nearest, catalogue.versions);
	});
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
	return catalogue.operations.find(
		(operation) =>
			operation.method === 'GET' &&
			(operation.returns.kind === 'page' || operation.returns.kind === 'list') &&
			pathShape(operation.path) === pathShape(path),
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

import { neighbours, standing } from '../catalogue';
import type { ApiVersion, Catalogue, Operation } from '../catalogue/types';
import { isObject } from '../common/objects';

/**
 * What of a request only one neighbour of a version knows that has no public specification (see
 * `standing`): query parameters, and fields of the body with dots (`storage.tag`), the outermost of each.
 * Nothing where the operation itself is not known to the version: that is said of all of it.
 */
export function unverifiedParts(
	catalogue: Catalogue,
	version: ApiVersion,
	operation: Operation,
	{ query = {}, body }: { query?: Record<string, unknown>; body?: unknown },
): string[] {
	// A version that the catalogue has disagrees with no neighbour. A body has hundreds of fields to ask about.
	if (neighbours(catalogue.versions, version).length < 2) return [];
	if (standing(catalogue, version, operation) !== 'known') return [];
	const isUnverified = (part: string) =>
		standing(catalogue, version, operation, part) === 'unverified';
	const inBody = (value: unknown, path: string[]): string[] => {
		if (Array.isArray(value)) return value.flatMap((one) => inBody(one, path));
		if (!isObject(value)) return [];
		return Object.entries(value).flatMap(([name, inner]) => {
			const at = [...path, name];
			return isUnverified(`body.${at.join('.')}`) ? [at.join('.')] : inBody(inner, at);
		});
	};
	const given = Object.keys(query).filter((name) => query[name] !== undefined);
	return [...new Set([...given.filter(isUnverified), ...inBody(body, [])])];
}

import type { ApiVersion, Catalogue, Operation } from '../catalogue/types';
import { fieldsIn, nearestVersion, parseType } from '../catalogue/read';
import type { ListOptions, ProductAdapter, VeeamRequest } from './types';

/**
 * Where the pages of an operation are asked for, in a version of its API: a list by GET mostly has
 * the offset and the limit in its query, a search by POST at the top of its body or in `pagination`;
 * some lists come all at once.
 *
 * @param version one the catalogue knows
 */
export function wherePagesGo(
	catalogue: Catalogue,
	{ query = [], body, in: versions }: Pick<Operation, 'query' | 'body' | 'in'>,
	version: ApiVersion,
	{ limit }: Pick<ProductAdapter['paging'], 'limit'>,
): NonNullable<ListOptions['pageIn']> {
	const known = (thing: { in?: ApiVersion[] }) => (thing.in ?? versions).includes(version);
	if (query.some((parameter) => parameter.name === limit && known(parameter))) return 'query';
	const type = body && parseType(body.type);
	if (body?.media !== 'json' || type?.kind !== 'object') return 'none';
	const fields = fieldsIn(catalogue, catalogue.types[type.name]?.fields, version);
	if (fields.some(({ name }) => name === 'pagination')) return 'body.pagination';
	return fields.some(({ name }) => name === limit) ? 'body' : 'none';
}

/**
 * Whether a list by GET takes an offset and a limit in a version: one that does not comes all at once,
 * and a strict server refuses parameters that it does not know. A path that the catalogue does not have
 * is taken for a list with pages.
 */
export function isPagedList(
	{ catalogue: read, paging }: Pick<ProductAdapter, 'catalogue' | 'paging'>,
	version: ApiVersion,
	{ method, path }: Pick<VeeamRequest, 'method' | 'path'>,
): boolean {
	const catalogue = read();
	const operation = catalogue.operations.find((one) => one.method === method && one.path === path);
	if (!operation || method !== 'GET') return true;
	const known = nearestVersion(catalogue.versions, version);
	return wherePagesGo(catalogue, operation, known, paging) !== 'none';
}

import type { ApiVersion, Catalogue, Operation } from '../catalogue/types';
import { knows, operationBy, versionFor } from '../catalogue/knows';
import type { ListOptions, ProductAdapter, VeeamRequest } from './types';

/**
 * Where the pages of an operation are asked for, in a version of its API: a list by GET mostly has
 * the offset and the limit in its query, a search by POST at the top of its body or in `pagination`;
 * some lists come all at once.
 *
 * The catalogue says the place; older versions of the API may not have it yet. Of a version between two
 * known ones, the neighbour whose request is sent decides: a list is not read for its first page alone.
 */
export function wherePagesGo(
	catalogue: Catalogue,
	operation: Operation,
	version: ApiVersion,
	{ limit }: Pick<ProductAdapter['paging'], 'limit'>,
): NonNullable<ListOptions['pageIn']> {
	if (!operation.paging) return 'none';
	const part = { query: limit, body: `body.${limit}`, 'body.pagination': 'body.pagination' };
	const near = versionFor(catalogue, version, operation);
	return knows(catalogue, near, operation, part[operation.paging]) ? operation.paging : 'none';
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
	const operation = operationBy(catalogue, `${method} ${path}`);
	if (!operation || method !== 'GET') return true;
	return wherePagesGo(catalogue, operation, version, paging) !== 'none';
}

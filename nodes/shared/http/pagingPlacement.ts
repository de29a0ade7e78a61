import type { ApiVersion, Catalogue, Operation } from '../catalogue/types';
import { knows } from '../catalogue/knows';
import type { ListOptions, ProductAdapter } from './types';

/**
 * Where the pages of an operation are asked for, in a version of its API: a list by GET mostly has
 * the offset and the limit in its query, a search by POST at the top of its body or in `pagination`;
 * some lists come all at once.
 *
 * The catalogue says the place; older versions of the API may not have it yet.
 */
export function wherePagesGo(
	catalogue: Catalogue,
	operation: Operation,
	version: ApiVersion,
	{ limit }: Pick<ProductAdapter['paging'], 'limit'>,
): NonNullable<ListOptions['pageIn']> {
	if (!operation.paging) return 'none';
	const part = { query: limit, body: `body.${limit}`, 'body.pagination': 'body.pagination' };
	return knows(catalogue, version, operation, part[operation.paging]) ? operation.paging : 'none';
}

import type { INodeProperties } from 'n8n-workflow';

import { valuesAt } from '../common/valuesAt';
import { searchMethodOf } from '../form/locator';
import { FIELD_SEARCH } from '../form/queryLanguage';
import { fieldSearch, listSearch, type ListSearch, type ListSource } from './listSearch';

/** `methods.listSearch` of a node: one method for each that its properties ask for. */
export function listSearchMethods(
	source: ListSource,
	properties: INodeProperties[],
): Record<string, ListSearch> {
	const suffix = searchMethodOf('');
	return Object.fromEntries(
		[...valuesAt('searchListMethod', properties)].map((method) => [
			method,
			method === FIELD_SEARCH
				? fieldSearch(source)
				: listSearch(source, method.slice(0, -suffix.length)),
		]),
	);
}

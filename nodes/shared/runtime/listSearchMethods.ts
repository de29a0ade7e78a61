import type { INodeProperties } from 'n8n-workflow';

import { searchMethodOf } from '../form/pickers';
import { FIELD_SEARCH } from '../form/queryLanguage';
import { fieldSearch, listSearch, type ListSearch, type ListSource } from './listSearch';

/** `methods.listSearch` of a node: one method for each that its properties ask for. */
export function listSearchMethods(
	source: ListSource,
	properties: INodeProperties[],
): Record<string, ListSearch> {
	const suffix = searchMethodOf('');
	return Object.fromEntries(
		[...methodsAskedFor(properties)].map((method) => [
			method,
			method === FIELD_SEARCH
				? fieldSearch(source)
				: listSearch(source, method.slice(0, -suffix.length)),
		]),
	);
}

/** Names of search methods at any depth of the properties. */
function methodsAskedFor(properties: INodeProperties[]): Set<string> {
	const found = new Set<string>();
	const look = (value: unknown): void => {
		if (typeof value !== 'object' || value === null) return;
		const { searchListMethod } = value as { searchListMethod?: unknown };
		if (typeof searchListMethod === 'string') found.add(searchListMethod);
		Object.values(value).forEach(look);
	};
	look(properties);
	return found;
}

import type { INodeProperties } from 'n8n-workflow';

import { allFields, listAt } from '../catalogue';
import type { Catalogue, Operation } from '../catalogue/types';
import { queryLanguage, returnsList } from '../binding/parameterBinding';
import { locator, type Picker } from './locator';
import type { ProductOverlay, Scope } from './overlay';

/**
 * Filters that every list has whose records say where they belong: Company, Location, Backup Server.
 * Which lists that are follows from what their records hold; they are asked for in the list's query
 * language.
 */

/** A scope of a list, and the fields of its records that say it. */
export interface ListScope {
	scope: Scope;
	/** By the names that lead to them: any of them may hold the ID. */
	fields: string[];
}

/** A company's own tenants are no others': a field this deep belongs to something else. */
const DEEPEST = 2;

/** The scopes that a list can be filtered by, less those that its path says already. */
export function scopesOf(overlay: ProductOverlay, operation: Operation): ListScope[] {
	if (!returnsList(operation) || !queryLanguage(operation).has('filter')) return [];
	const known = Object.keys(allFields(operation)).filter(
		(name) => name.split('.').length <= DEEPEST,
	);
	return (overlay.scopes ?? []).flatMap((scope) => {
		const isIn = [...operation.path.matchAll(/\{(\w+)\}/g)].some(([, name = '']) =>
			scope.field.test(name),
		);
		const fields = known.filter((name) => scope.field.test(name.split('.').at(-1) ?? ''));
		return isIn || fields.length === 0 ? [] : [{ scope, fields }];
	});
}

/** The list that a scope is chosen from. */
export function scopePicker(
	catalogue: Catalogue,
	overlay: ProductOverlay,
	{ list: path, idField }: Scope,
): Pick<Picker, 'list' | 'idField' | 'outer'> | undefined {
	const list = listAt(catalogue, `${overlay.pathPrefix}/${path}`);
	return list && { list, idField, outer: [] };
}

/**
 * The properties of an operation's scopes.
 *
 * @returns each with its place among all scopes: one that several operations have stands once
 */
export const scopeProperties = (
	overlay: ProductOverlay,
	operation: Operation,
): Array<{ property: INodeProperties; place: number }> =>
	scopesOf(overlay, operation).map(({ scope }) => ({
		place: (overlay.scopes ?? []).indexOf(scope),
		property: {
			displayName: scope.label,
			name: scope.parameter,
			...locator({ idField: scope.idField, outer: [] }, scope.parameter),
		},
	}));

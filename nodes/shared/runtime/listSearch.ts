import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { enumValues, fieldsIn, findOperation, knows, parseType, versionFor } from '../catalogue';
import type { ApiVersion, Catalogue, Operation } from '../catalogue/types';
import { present } from '../common/rows';
import type { ProductOverlay } from '../form/overlay';
import { nameOperations } from '../form/operationNames';
import { CONTROL, pathBindings, queryLanguage } from '../binding/parameterBinding';
import { pickersOf, type Picker } from '../form/pickers';
import { comparableFields } from '../form/queryLanguage';
import { versionNote } from '../form/versionNote';
import { condition } from './condition';
import { connect } from '../http';
import { believable } from '../http/pages';
import { NO_LIST } from '../http/pageWalk';
import type { ProductAdapter, QueryValue, VeeamClient } from '../http/types';

/** Entries that the editor shows at once; it asks for more as the user scrolls. */
const ENTRIES = 100;

/** Nobody scrolls further: whoever has more types a name. A server that never ends is left there. */
const MOST_SCROLLED = 10_000;
/** Entries that are looked through where the server cannot search by name. */
const SEARCHED = 2000;

export interface ListSource {
	adapter: ProductAdapter;
	overlay: ProductOverlay;
}

export type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
) => Promise<INodeListSearchResult>;

/**
 * What "From List" shows for a node parameter: the entries of the list that the chosen operation
 * picks it from, by name, a page at a time.
 *
 * The method raises a NodeOperationError where an outer choice is missing ("Choose a Session
 * first") or the credential's version lacks the list.
 */
export function listSearch(source: ListSource, parameter: string): ListSearch {
	return async function (filter, paginationToken) {
		const catalogue = source.adapter.catalogue();
		const id = String(this.getCurrentNodeParameter(CONTROL.operation) ?? '');
		const picker = pickerOf(catalogue, source.overlay, id, parameter);
		if (!picker) return { results: [] };
		return await readPage(this, source, picker, filter?.trim() ?? '', Number(paginationToken ?? 0));
	};
}

/** The fields of what the chosen operation returns, for its query language. Nothing is sent. */
export function fieldSearch({ adapter, overlay }: ListSource): ListSearch {
	return async function (filter = '') {
		const id = String(this.getCurrentNodeParameter(CONTROL.operation) ?? '');
		const operation = findOperation(adapter.catalogue(), id);
		const fields = operation ? comparableFields(overlay, operation) : [];
		return { results: fields.filter(matching(filter.trim())) };
	};
}

/**
 * Operations of our own pick as the API's operation does that takes the same; of several, the one
 * with the shortest path: `/sessions/{id}` before `/automation/sessions/{id}`.
 */
function pickerOf(
	catalogue: Catalogue,
	overlay: ProductOverlay,
	operationId: string,
	parameter: string,
): Picker | undefined {
	const operation =
		findOperation(catalogue, operationId) ??
		catalogue.operations
			.filter((other) => pathBindings(other).some(({ name }) => name === parameter))
			.sort((a, b) => a.path.length - b.path.length)[0];
	return operation && pickersOf(catalogue, overlay, operation).get(parameter);
}

async function readPage(
	context: ILoadOptionsFunctions,
	{ adapter, overlay }: ListSource,
	picker: Picker,
	filter: string,
	offset: number,
): Promise<INodeListSearchResult> {
	const { list } = picker;
	const client = await connect(context, 0, adapter);
	const { versions } = adapter.catalogue();
	const version = versionFor(adapter.catalogue(), client.version, list);
	if (!list.in.includes(version))
		throw new NodeOperationError(
			context.getNode(),
			`This list needs ${versionNote(versions, list.in)}; the credential uses ${client.version}`,
			{
				description:
					'Choose By ID and give the ID, or choose another API version in the credential.',
			},
		);
	const catalogue = adapter.catalogue();
	const { paging } = adapter;
	const nameFilter = overlay.search.filters.find((name) => knows(catalogue, version, list, name));
	const language = languageQuery(list, picker, filter);
	const request = {
		method: list.method,
		path: list.path,
		pathParameters: outerChoices(context, catalogue, overlay, picker),
		query: {
			...(filter && nameFilter ? { [nameFilter]: wildcarded(overlay, filter) } : {}),
			...orderOf(catalogue, overlay, list, version, 'newest'),
			...language,
		},
		label: 'From List',
	};
	if (filter && !nameFilter && !language.filter) {
		const items = await client.list(request, { limit: SEARCHED });
		const ownerOf = await ownersIn(client, items, picker, overlay);
		return { results: entriesOf(items, picker, overlay, ownerOf).filter(matching(filter)) };
	}
	const paged = knows(catalogue, version, list, paging.offset);
	const { body } = await client.request({
		...request,
		query: {
			...request.query,
			...(paged ? { [paging.offset]: offset, [paging.limit]: ENTRIES } : {}),
		},
	});
	const rows = paging.items(body);
	// Never taken for an empty list.
	if (!rows)
		throw new NodeOperationError(context.getNode(), NO_LIST.message, {
			description: NO_LIST.description,
		});
	const items = present(rows);
	const next = offset + rows.length;
	// A server that gives no total says only by a page without items that there is no more.
	const more =
		paged &&
		next < MOST_SCROLLED &&
		!Array.isArray(body) &&
		rows.length > 0 &&
		next < (believable(paging.total(body), 0, next) ?? Infinity);
	return {
		results: entriesOf(items, picker, overlay, await ownersIn(client, items, picker, overlay)),
		...(more ? { paginationToken: String(next) } : {}),
	};
}

/**
 * Search and order in a list's query language: by the field that a person knows an entry by.
 * Nothing where the list has none, or where its entries nest that field too deep to be sure of it.
 */
export function languageQuery(
	list: Operation,
	{ labelFields: [label = ''] }: Picker,
	filter: string,
): { filter?: string; sort?: string } {
	const language = queryLanguage(list);
	if (!(label in (list.returns.fields ?? {}))) return {};
	return {
		...(filter && language.has('filter')
			? { filter: JSON.stringify([condition(label, 'contains', filter, true)]) }
			: {}),
		...(language.has('sort')
			? { sort: JSON.stringify([{ property: label, direction: 'ascending' }]) }
			: {}),
	};
}

const wildcarded = ({ search }: ProductOverlay, filter: string): string =>
	`${search.wildcard}${filter}${search.wildcard}`;

const matching =
	(filter: string) =>
	({ name, value }: INodeListSearchItems): boolean =>
		[name, String(value)].some((text) => text.toLowerCase().includes(filter.toLowerCase()));

/** An order a person expects: newest first where there are times, else by name; or the other way round. */
export function orderOf(
	catalogue: Catalogue,
	{ search }: ProductOverlay,
	list: Operation,
	version: ApiVersion,
	first: 'newest' | 'name',
): Record<string, QueryValue> {
	const known = fieldsIn(catalogue, list.query, version);
	const column = parseType(known.find(({ name }) => name === search.orderColumn)?.type ?? 'string');
	const columns = column.kind === 'enum' ? enumValues(catalogue, column.name, version) : [];
	const find = (wanted: string) =>
		columns.find((name) => name.toLowerCase() === wanted.toLowerCase());
	const newest = find(search.timeColumn);
	const named = find(search.nameColumn);
	const order = first === 'name' ? (named ?? newest) : (newest ?? named);
	if (order === undefined) return {};
	return { [search.orderColumn]: order, [search.orderAscending]: order !== newest };
}

/** The ids of what the list lies in: a task is one of the chosen session. */
function outerChoices(
	context: ILoadOptionsFunctions,
	catalogue: Catalogue,
	overlay: ProductOverlay,
	{ outer, list }: Picker,
): Record<string, string> {
	return Object.fromEntries(
		outer.map(({ apiName, parameter }) => {
			const value = context.getCurrentNodeParameter(parameter, { extractValue: true });
			if (typeof value === 'string' && value.trim() !== '') return [apiName, value.trim()];
			const inner = nameOperations(catalogue, overlay).find(({ operation }) => operation === list);
			throw new NodeOperationError(
				context.getNode(),
				`Choose the ${wordsOf(parameter)} first: the list depends on it`,
				{ description: inner && `The list is "${inner.action}".` },
			);
		}),
	);
}

/** "session" of `sessionId`. */
const wordsOf = (parameter: string): string =>
	parameter
		.replace(/(Id|Uid)$/, '')
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.toLowerCase();

/** What a person knows an entry of a list by. */
export const labelOf = (item: IDataObject, { labelFields }: Picker): string | undefined =>
	labelFields.map((field) => read(item, field)).find(Boolean);

/**
 * Whose an entry is, in words: "vbr01, Acme". Names are read only where two entries have the same
 * name; without the right to read them the entries come as they are.
 */
export async function ownersIn(
	client: Pick<VeeamClient, 'list'>,
	items: IDataObject[],
	picker: Picker,
	{ search: { owners = [] } }: ProductOverlay,
): Promise<(item: IDataObject) => string | undefined> {
	const labels = items.map((item) => labelOf(item, picker));
	if (new Set(labels).size === labels.length) return () => undefined;
	const named = new Map<string, Map<string, string>>();
	for (const { field, list } of owners) {
		if (!list || named.has(list.path) || !items.some((item) => read(item, field))) continue;
		const { path, idField, nameField } = list;
		const found = await client
			.list({ method: 'GET', path, label: 'From List' }, { limit: SEARCHED })
			.catch((): IDataObject[] => []);
		named.set(path, new Map(found.map((one) => [String(one[idField]), String(one[nameField])])));
	}
	return (item) => {
		const words = owners.map(({ field, list }) => {
			const value = read(item, field);
			return list && value ? named.get(list.path)?.get(value) : value;
		});
		return [...new Set(words)].filter(Boolean).join(', ') || undefined;
	};
}

/** Items of a list as choices: names, with what tells those of the same name apart. */
export function entriesOf(
	items: IDataObject[],
	picker: Picker,
	{ search }: ProductOverlay,
	ownerOf: (item: IDataObject) => string | undefined,
): INodeListSearchItems[] {
	const labelled = items.flatMap((item) => {
		const value = item[picker.idField];
		if (value === undefined || value === null || value === '') return [];
		return [{ item, label: labelOf(item, picker) ?? String(value), value: value as string }];
	});
	const count = new Map<string, number>();
	for (const { label } of labelled) count.set(label, (count.get(label) ?? 0) + 1);
	return labelled.map(({ item, label, value }) => {
		if ((count.get(label) ?? 0) < 2) return { name: label, value };
		// Sessions of one job all have its name: the time tells them apart.
		const time = read(item, search.timeField)?.slice(0, 16).replace('T', ' ');
		const about = [ownerOf(item), time].filter(Boolean).join(', ');
		return { name: about ? `${label} (${about})` : label, value };
	});
}

/** Text of a field; dots reach into nested objects. */
function read(item: IDataObject, field: string): string | undefined {
	const value = field
		.split('.')
		.reduce<unknown>((object, name) => (object as IDataObject | undefined)?.[name], item);
	return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

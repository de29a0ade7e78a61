import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import {
	dueQuery,
	enumValues,
	fieldsIn,
	findOperation,
	knows,
	parseType,
	versionFor,
} from '../catalogue';
import type { ApiVersion, Catalogue, Operation } from '../catalogue/types';
import { present } from '../common/rows';
import type { ProductOverlay } from '../form/overlay';
import { nameOperations } from '../form/operationNames';
import { CONTROL, pathBindings, queryLanguage } from '../binding/parameterBinding';
import { fitOf, isChronological, pickersOf, type Picker } from '../form/pickers';
import { comparableFields } from '../form/queryLanguage';
import { versionNote, versionRemedy } from '../form/versionNote';
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

type Fit = NonNullable<ReturnType<typeof fitOf>>;

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
		const asked = filter?.trim() ?? '';
		const fit = fitOf(source.overlay, picker.list, operationBehind(catalogue, id));
		const page = await readPage(
			this,
			source,
			{ ...picker, fit },
			asked,
			Number(paginationToken ?? 0),
		);
		if (page.results.length > 0 || asked !== '' || paginationToken !== undefined) return page;
		throw nothingToPick(this, source, { ...picker, fit }, 0);
	};
}

/** What is known of an operation by its value: one of our own has no path. */
const operationBehind = (catalogue: Catalogue, id: string) =>
	findOperation(catalogue, id) ?? ({ id, method: 'GET', path: '' } as const);

/**
 * Says how to get an entry where there is none: an empty dropdown leads nowhere.
 *
 * @param seen entries that were looked through, none of which fits
 */
export function nothingToPick(
	context: ILoadOptionsFunctions,
	{ adapter, overlay }: ListSource,
	{ list, fit }: Picker & { fit?: Fit },
	seen: number,
): NodeOperationError {
	const catalogue = adapter.catalogue();
	const maker = catalogue.operations.find(
		({ method, path }) => method === 'POST' && path === list.path,
	);
	const said = (operation: Operation | undefined) =>
		nameOperations(catalogue, overlay).find((one) => one.operation === operation)?.action;
	const description =
		fit?.how ?? (maker ? `Make one with "${said(maker)}", or give the ID.` : 'Give the ID.');
	return new NodeOperationError(
		context.getNode(),
		fit && seen > 0
			? `None of "${said(list)}" fits: ${fit.field} is ${fit.not.join(' or ')} in ${seen < SEARCHED ? 'all' : `the first ${seen}`}`
			: `"${said(list)}" gives nothing to choose from`,
		{ description },
	);
}

/** The fields of what the chosen operation returns, for its query language. Nothing is sent. */
export function fieldSearch(source: ListSource): ListSearch {
	return async function (filter = '') {
		const { adapter, overlay } = source;
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

/** @throws NodeOperationError where the credential's version lacks the list */
export function versionOfList(
	context: ILoadOptionsFunctions,
	adapter: ProductAdapter,
	client: Pick<VeeamClient, 'version' | 'automatic'>,
	list: Operation,
): ApiVersion {
	const catalogue = adapter.catalogue();
	const version = versionFor(catalogue, client.version, list);
	if (list.in.includes(version)) return version;
	throw new NodeOperationError(
		context.getNode(),
		`This list needs ${versionNote(catalogue.versions, list.in)}; the credential uses ${client.version}`,
		{
			description: versionRemedy(adapter, client, list.in, 'give the ID'),
		},
	);
}

async function readPage(
	context: ILoadOptionsFunctions,
	{ adapter, overlay }: ListSource,
	picker: Picker & { fit?: Fit },
	filter: string,
	offset: number,
): Promise<INodeListSearchResult> {
	const { list } = picker;
	const client = await connect(context, 0, adapter);
	const version = versionOfList(context, adapter, client, list);
	const catalogue = adapter.catalogue();
	const { paging } = adapter;
	const nameFilter = overlay.search.filters.find((name) => knows(catalogue, version, list, name));
	const language = languageQuery(list, picker, filter);
	const request = {
		method: list.method,
		path: list.path,
		pathParameters: outerChoices(context, catalogue, overlay, picker),
		query: {
			...dueQuery(catalogue, version, list),
			...(filter && nameFilter ? { [nameFilter]: wildcarded(overlay, filter) } : {}),
			...orderOf(catalogue, overlay, list, version, 'newest'),
			...language,
		},
		label: 'From List',
	};
	const { fit } = picker;
	if (fit || (filter && !nameFilter && !language.filter)) {
		// The server cannot tell them apart: the newest are looked through.
		const all = await client.list(request, { limit: SEARCHED });
		const items = all.filter(
			(item) => !fit || !fit.not.some((one) => same(read(item, fit.field), one)),
		);
		if (items.length === 0 && filter === '')
			throw nothingToPick(context, { adapter, overlay }, picker, all.length);
		const ownerOf = await ownersIn(client, items, picker, { adapter, overlay });
		const results = entriesOf(items, picker, overlay, ownerOf).filter(matching(filter));
		if (results.length === 0 && all.length >= SEARCHED)
			throw new NodeOperationError(
				context.getNode(),
				`None of the first ${SEARCHED} entries is called "${filter}"`,
				{
					description: 'The server cannot search this list, and there may be more. Give the ID.',
				},
			);
		return { results };
	}
	const paged = knows(catalogue, version, list, paging.offset);
	// The last of the page before comes once more: one of the same name on this page is told apart.
	const before = paged && offset > 0 && !isChronological(list) ? 1 : 0;
	const { body } = await client.request({
		...request,
		query: {
			...request.query,
			...(paged ? { [paging.offset]: offset - before, [paging.limit]: ENTRIES + before } : {}),
		},
	});
	const rows = paging.items(body);
	// Never taken for an empty list.
	if (!rows)
		throw new NodeOperationError(context.getNode(), NO_LIST.message, {
			description: NO_LIST.description,
		});
	const items = present(rows);
	const next = offset - before + rows.length;
	// A server that gives no total says only by a page without items that there is no more.
	const more =
		paged &&
		next < MOST_SCROLLED &&
		!Array.isArray(body) &&
		rows.length > before &&
		next < (believable(paging.total(body), 0, next) ?? Infinity);
	return {
		results: entriesOf(
			items,
			picker,
			overlay,
			await ownersIn(client, items, picker, { adapter, overlay }),
		).slice(before > 0 && hasId(rows[0], picker) ? 1 : 0),
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
export const labelOf = (item: IDataObject, picker: Picker): string | undefined =>
	labelsOf(item, picker)[0];

const labelsOf = (item: IDataObject, { labelFields }: Picker): string[] =>
	labelFields.flatMap((field) => read(item, field) || []);

/**
 * Whose an entry is, in words: "vbr01, Acme". Names are read only where two entries have the same
 * name; without the right to read them the entries come as they are.
 */
export async function ownersIn(
	client: Pick<VeeamClient, 'list' | 'version'>,
	items: IDataObject[],
	picker: Picker,
	{ adapter, overlay }: ListSource,
): Promise<(item: IDataObject) => string | undefined> {
	const { owners = [] } = overlay.search;
	const labels = items.map((item) => labelOf(item, picker));
	const speaks = labels.every((label) => !isId(label));
	if (speaks && new Set(labels).size === labels.length) return () => undefined;
	const named = new Map<string, Map<string, string>>();
	for (const { field, list } of owners) {
		if (!list || named.has(list.path) || !items.some((item) => read(item, field))) continue;
		const { path, idField, nameField } = list;
		const query = dueQuery(adapter.catalogue(), client.version, `GET ${path}`);
		const found = await client
			.list({ method: 'GET', path, query, label: 'From List' }, { limit: SEARCHED })
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

const hasId = (item: IDataObject | null | undefined, { idField }: Picker): boolean =>
	![undefined, null, ''].includes(item?.[idField] as never);

/** Items of a list as choices: names, with what tells those of the same name apart. */
export function entriesOf(
	items: IDataObject[],
	picker: Picker,
	{ search }: ProductOverlay,
	ownerOf: (item: IDataObject) => string | undefined,
): INodeListSearchItems[] {
	const labelled = items.flatMap((item) => {
		const value = item[picker.idField];
		if (!hasId(item, picker)) return [];
		const label = labelOf(item, picker) ?? String(value);
		// What is known by an ID is called as what that names: a session as its job; else by what says more.
		const owner = isId(label) ? ownerOf(item) : undefined;
		const words = isId(label) ? labelsOf(item, picker).find((text) => !isId(text)) : undefined;
		return [{ item, label: owner ?? words ?? label, owner, value: value as string }];
	});
	const isAlways = isChronological(picker.list);
	const count = countOf(labelled.map(({ label }) => label));
	const entries = labelled.map(({ item, label, owner, value }) => {
		// Sessions of one job all have its name: time and result tell them apart.
		if (!isAlways && (count.get(label) ?? 0) < 2) return { name: label, value };
		const about = [
			owner === undefined ? ownerOf(item) : undefined,
			outcomeOf(item),
			timeOf(item, search.timeField),
		]
			.filter((text) => text !== undefined && text !== '' && text !== label)
			.join(', ');
		return { name: about ? `${label} (${about})` : label, value };
	});
	const twins = countOf(entries.map(({ name }) => name));
	return entries.map(({ name, value }) =>
		(twins.get(name) ?? 0) > 1 && name !== String(value)
			? { name: `${name} [${value}]`, value }
			: { name, value },
	);
}

const isId = (text: string | undefined): boolean =>
	/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text ?? '');

function countOf(texts: string[]): Map<string, number> {
	const count = new Map<string, number>();
	for (const text of texts) count.set(text, (count.get(text) ?? 0) + 1);
	return count;
}

/** How something ended; while it has not, how it stands. */
const outcomeOf = (item: IDataObject): string | undefined =>
	[read(item, 'result.result') ?? read(item, 'result'), read(item, 'state'), read(item, 'status')]
		.filter((text) => text !== undefined && !same(text, 'None'))
		.at(0);

/** To the second: two can begin in one minute. */
const timeOf = (item: IDataObject, timeField: string): string | undefined =>
	[timeField, 'startTime', 'backupTime', 'creationTime', 'creationDate', 'restorePointDate']
		.map((field) => read(item, field))
		.find(Boolean)
		?.slice(0, 19)
		.replace('T', ' ');

const same = (text: string | undefined, wanted: string): boolean =>
	text?.toLowerCase() === wanted.toLowerCase();

/** Text of a field; dots reach into nested objects. */
function read(item: IDataObject, field: string): string | undefined {
	const value = field
		.split('.')
		.reduce<unknown>((object, name) => (object as IDataObject | undefined)?.[name], item);
	const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
	return text.trim() === '' ? undefined : text;
}

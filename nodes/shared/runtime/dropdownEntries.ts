import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { dueQuery } from '../catalogue';
import type { ApiVersion } from '../catalogue/types';
import { byName, withDistinctNames } from '../form/operationNames';
import { isChronological, type Picker } from '../form/pickers';
import { walk } from '../http/pageWalk';
import type { VeeamClient, VeeamRequest } from '../http/types';
import { entriesOf, languageQuery, orderOf, ownersIn, type ListSource } from './listSearch';
import { isObject } from '../common/objects';

/** Seconds that all lists of a form have together. */
export const PATIENCE = 4;
/** Entries that a dropdown shows: it cannot be scrolled further as From List can. */
export const MOST_ENTRIES = 500;
/** Records that are looked through for whose an entry is. */
const MOST_OWNERS = 1_000;
const PAGE = 250;

/** The objects of a list as a dropdown shows them. */
export interface DropdownEntries {
	entries: INodePropertyOptions[];
	/** There are more than a dropdown shows. */
	isCut: boolean;
}

/**
 * A client that asks for nothing any more when the time is up, and for no list twice.
 *
 * @param seconds that all of it has
 */
export function inTime(
	{ adapter }: ListSource,
	client: VeeamClient,
	over: AbortSignal,
	seconds = PATIENCE,
): VeeamClient {
	const end = Date.now() + seconds * 1000;
	const lists = new Map<string, Promise<IDataObject[]>>();
	const timed: VeeamClient = {
		...client,
		async request(request) {
			over.throwIfAborted();
			const left = Math.max(0.1, (end - Date.now()) / 1000);
			return await client.request({ ...request, answerWithinSeconds: left });
		},
		async list(request, { limit = MOST_OWNERS } = {}) {
			const known = lists.get(request.path) ?? first(request, limit);
			lists.set(request.path, known);
			return await known;
		},
	};
	async function first(request: VeeamRequest, limit: number): Promise<IDataObject[]> {
		const items: IDataObject[] = [];
		for await (const page of walk(timed, adapter, request, { pageSize: PAGE })) {
			items.push(...page.items);
			if (items.length >= limit) break;
		}
		return items.slice(0, limit);
	}
	return timed;
}

/**
 * Reads a list for a dropdown, by name; what happens, the newest first.
 *
 * @param at the version, and what is chosen for the list's own path, by API name
 */
export async function dropdownEntries(
	{ adapter, overlay }: ListSource,
	client: VeeamClient,
	{ version, chosen }: { version: ApiVersion; chosen: Record<string, string> },
	picker: Picker,
): Promise<DropdownEntries> {
	const { list } = picker;
	const request = {
		method: list.method,
		path: list.path,
		pathParameters: Object.fromEntries(
			picker.outer.map(({ apiName }) => [apiName, chosen[apiName] ?? '']),
		),
		query: {
			...dueQuery(adapter.catalogue(), version, list),
			...orderOf(
				adapter.catalogue(),
				overlay,
				list,
				version,
				isChronological(list) ? 'newest' : 'name',
			),
			...languageQuery(list, picker, ''),
		},
		label: 'From List',
	};
	// One more tells whether there are more.
	const items = await client.list(request, { limit: MOST_ENTRIES + 1 });
	const shown = items.slice(0, MOST_ENTRIES).filter(isObject);
	const ownerOf = await ownersIn(client, shown, picker, { adapter, overlay });
	// Credentials of one username are told apart by what is written about them.
	const aboutOf = (item: IDataObject) => {
		const said = typeof item.description === 'string' ? item.description : undefined;
		return [ownerOf(item), said].filter(Boolean).join(', ') || undefined;
	};
	const entries = entriesOf(shown, picker, overlay, aboutOf).map(({ name, value }) => ({
		name,
		value: String(value),
	}));
	// What is still called alike is told apart by its ID; one ID stands once.
	const apart = withDistinctNames([
		...new Map(entries.map((entry) => [entry.value, entry])).values(),
	]);
	return {
		entries: isChronological(list) ? apart : apart.sort((a, b) => byName(a.name, b.name)),
		isCut: items.length > MOST_ENTRIES,
	};
}

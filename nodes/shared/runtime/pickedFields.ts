import type { IDataObject, INodePropertyOptions, ResourceMapperField } from 'n8n-workflow';

import { dueQuery } from '../catalogue';
import type { ApiVersion, Operation } from '../catalogue/types';
import { SEVERAL } from '../form/mapperFields';
import { byName, labelOf } from '../form/operationNames';
import type { ProductOverlay } from '../form/overlay';
import { fieldPicker, type Picker } from '../form/pickers';
import { within } from '../http/bounds';
import { inOrder } from '../http/concurrency';
import { walk } from '../http/pageWalk';
import type { VeeamClient, VeeamRequest } from '../http/types';
import { entriesOf, languageQuery, orderOf, ownersIn, type ListSource } from './listSearch';

/** Seconds that all lists of a form have together. */
const PATIENCE = 4;
/** Lists that a form loads; those that are required or added come first. */
const MOST_LISTS = 8;
const AT_ONCE = 4;
/** Entries that a dropdown shows: all of them are saved with the workflow. */
const MOST_ENTRIES = 500;
/** Records that are looked through for whose an entry is. */
const MOST_OWNERS = 1_000;
const PAGE = 250;

/** The form whose fields are loaded. */
export interface Opening {
	/** Undefined where the credential gives no connection. */
	client: VeeamClient | undefined;
	operation: Operation;
	version: ApiVersion;
	/** What is chosen for the path, by API name: some lists lie in it. */
	chosen: Record<string, string>;
	/** The values that the form holds, by field. */
	given: IDataObject;
}

/** A list that fields pick from, and the fields. */
interface Wanted {
	picker: Picker;
	ids: string[];
	/** Whether it can be read: what it lies under is chosen. */
	isOpen: boolean;
	/** On the label, where something has to be chosen before. */
	first?: string;
}

interface Loaded {
	entries: INodePropertyOptions[];
	isCut: boolean;
}

/** Why a field that has a list shows none, on its label. */
const NO_CHOICES = {
	refused: ' (List Not Available; Give the ID)',
	empty: ' (List Is Empty; Give the ID)',
	later: ' (Give the ID; Listed When Added and Refreshed)',
};

/**
 * Fields of a mapper with those that hold the ID of another object as dropdowns of what there is. Each
 * list is read once. What is refused, empty or late leaves the field as text, and its label says so;
 * nothing is raised.
 *
 * The dropdown only helps: the node takes any ID, so what the form holds now stays a choice, and an
 * expression gives what the list does not have.
 */
export async function withChoices(
	source: ListSource,
	opening: Opening,
	fields: ResourceMapperField[],
): Promise<ResourceMapperField[]> {
	const wanted = wantedLists(source, opening, fields);
	const loading = wanted.filter(({ isOpen }) => isOpen).slice(0, MOST_LISTS);
	const { client } = opening;
	const loaded = client
		? await loadAll(source, { ...opening, client }, loading)
		: new Map<Wanted, Loaded>();
	const byField = new Map(wanted.flatMap((one) => one.ids.map((id) => [id, one] as const)));
	return fields.map((field) => {
		const list = byField.get(field.id);
		if (!list) return field;
		const found = loaded.get(list);
		if (found && found.entries.length > 0) return asDropdown(field, found, opening.given[field.id]);
		const isLater = client !== undefined && list.isOpen && !loading.includes(list);
		const why = found ? NO_CHOICES.empty : isLater ? NO_CHOICES.later : NO_CHOICES.refused;
		return { ...field, displayName: field.displayName + (list.first ?? why) };
	});
}

/** The lists that fields pick from, the most needed first. */
function wantedLists(
	{ adapter, overlay }: ListSource,
	{ operation, version, chosen, given }: Opening,
	fields: ResourceMapperField[],
): Wanted[] {
	const catalogue = adapter.catalogue();
	const rank = ({ id, required }: ResourceMapperField) => (required || id in given ? 0 : 1);
	const found = new Map<string, Wanted>();
	for (const { id, type } of [...fields].sort((a, b) => rank(a) - rank(b))) {
		if (type !== 'string') continue;
		const picker = fieldPicker(catalogue, overlay, operation, id.split('.'));
		if (!picker?.list.in.includes(version)) continue;
		const lacking = picker.outer.find(({ apiName }) => chosen[apiName] === undefined);
		const key = `${picker.list.id} ${picker.idField}`;
		const list = found.get(key) ?? {
			picker,
			ids: [],
			isOpen: lacking === undefined,
			...(lacking ? { first: chooseFirst(overlay, operation, lacking.parameter) } : {}),
		};
		list.ids.push(id);
		found.set(key, list);
	}
	return [...found.values()];
}

/** For a list that lies under an object that is not chosen. @param parameter takes that object, from a list */
function chooseFirst(overlay: ProductOverlay, operation: Operation, parameter: string): string {
	const object = labelOf(overlay, operation, parameter).replace(/(?<=.) ID$/, '');
	return ` (Choose ${object} for a List)`;
}

/** What could be read in time. */
async function loadAll(
	source: ListSource,
	opening: Opening & { client: VeeamClient },
	wanted: Wanted[],
): Promise<Map<Wanted, Loaded>> {
	const loaded = new Map<Wanted, Loaded>();
	if (wanted.length === 0) return loaded;
	const broken = new AbortController();
	const timed = inTime(source, opening.client, broken.signal);
	const load = async (one: Wanted): Promise<void> => {
		try {
			loaded.set(one, await read(source, timed, opening, one.picker));
		} catch {
			// Text, and the label says so: the form is not for the sake of its lists.
		}
	};
	await within(PATIENCE * 1000, broken, async () => await inOrder(wanted, AT_ONCE, load)).catch(
		() => undefined,
	);
	// What comes later is late.
	return new Map(loaded);
}

/** A client that asks for nothing any more when the time is up, and for no list twice. */
function inTime({ adapter }: ListSource, client: VeeamClient, over: AbortSignal): VeeamClient {
	const end = Date.now() + PATIENCE * 1000;
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

async function read(
	{ adapter, overlay }: ListSource,
	client: VeeamClient,
	{ version, chosen }: Opening,
	picker: Picker,
): Promise<Loaded> {
	const { list } = picker;
	const request = {
		method: list.method,
		path: list.path,
		pathParameters: Object.fromEntries(
			picker.outer.map(({ apiName }) => [apiName, chosen[apiName] ?? '']),
		),
		query: {
			...dueQuery(adapter.catalogue(), version, list),
			...orderOf(adapter.catalogue(), overlay, list, version, 'name'),
			...languageQuery(list, picker, ''),
		},
		label: 'From List',
	};
	// One more tells whether there are more.
	const items = await client.list(request, { limit: MOST_ENTRIES + 1 });
	const shown = items
		.slice(0, MOST_ENTRIES)
		.filter((item) => typeof item === 'object' && !Array.isArray(item));
	const ownerOf = await ownersIn(client, shown, picker, { adapter, overlay });
	// Credentials of one user name are told apart by what is written about them.
	const aboutOf = (item: IDataObject) => {
		const said = typeof item.description === 'string' ? item.description : undefined;
		return [ownerOf(item), said].filter(Boolean).join(', ') || undefined;
	};
	const entries = entriesOf(shown, picker, overlay, aboutOf).map(({ name, value }) => ({
		name,
		value: String(value),
	}));
	return { entries: toldApart(entries), isCut: items.length > MOST_ENTRIES };
}

/** By name; where two are still called alike, their IDs tell them apart, and one ID stands once. */
function toldApart(entries: Array<{ name: string; value: string }>): INodePropertyOptions[] {
	const once = [...new Map(entries.map((entry) => [entry.value, entry])).values()];
	const count = new Map<string, number>();
	for (const { name } of once) count.set(name, (count.get(name) ?? 0) + 1);
	return once
		.map(({ name, value }) => ({
			name: (count.get(name) ?? 0) > 1 ? `${name} (${value})` : name,
			value,
		}))
		.sort((a, b) => byName(a.name, b.name));
}

function asDropdown(
	field: ResourceMapperField,
	{ entries, isCut }: Loaded,
	given: unknown,
): ResourceMapperField {
	const isSeveral = field.displayName.endsWith(SEVERAL);
	const names = new Map(entries.map(({ name, value }) => [value, name]));
	const nameOf = (held: string): string => {
		if (isSeveral && held === '[]') return 'None';
		const ids = isSeveral ? held.split(',').map((id) => id.trim()) : [held];
		return ids.map((id) => names.get(id) ?? `${id} (Not in the List)`).join(', ');
	};
	const held = [given, field.defaultValue].filter(
		(one): one is string => typeof one === 'string' && one !== '' && !one.startsWith('='),
	);
	const others = [...new Set(held)].filter((one) => !names.has(one));
	return {
		...field,
		type: 'options',
		displayName:
			(isSeveral ? field.displayName.slice(0, -SEVERAL.length) : field.displayName) +
			howToGiveMore(isCut, isSeveral),
		options: [...others.map((value) => ({ name: nameOf(value), value })), ...entries],
	};
}

/** What a dropdown of one choice among those that are listed cannot say. */
function howToGiveMore(isCut: boolean, isSeveral: boolean): string {
	if (isCut)
		return ` (First ${MOST_ENTRIES} Listed; Use an Expression for Others${isSeveral ? ' or Several' : ''})`;
	return isSeveral ? ' (Pick One; Use an Expression for Several)' : '';
}

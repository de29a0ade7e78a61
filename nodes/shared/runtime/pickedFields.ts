import type { IDataObject, ResourceMapperField } from 'n8n-workflow';

import type { ApiVersion, Operation } from '../catalogue/types';
import { SEVERAL } from '../form/mapperFields';
import { labelOf } from '../form/operationNames';
import type { ProductOverlay } from '../form/overlay';
import { fieldPicker, type Picker } from '../form/pickers';
import { within } from '../http/bounds';
import { inOrder } from '../http/concurrency';
import type { VeeamClient } from '../http/types';
import {
	dropdownEntries,
	inTime,
	MOST_ENTRIES,
	PATIENCE,
	type DropdownEntries,
} from './dropdownEntries';
import type { ListSource } from './listSearch';

/** Lists that a form loads; those that are required or added come first. */
const MOST_LISTS = 8;
const AT_ONCE = 4;

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
		: new Map<Wanted, DropdownEntries>();
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
): Promise<Map<Wanted, DropdownEntries>> {
	const loaded = new Map<Wanted, DropdownEntries>();
	if (wanted.length === 0) return loaded;
	const broken = new AbortController();
	const timed = inTime(source, opening.client, broken.signal);
	const load = async (one: Wanted): Promise<void> => {
		try {
			loaded.set(one, await dropdownEntries(source, timed, opening, one.picker));
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

function asDropdown(
	field: ResourceMapperField,
	{ entries, isCut }: DropdownEntries,
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

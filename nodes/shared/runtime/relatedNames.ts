import type { IDataObject } from 'n8n-workflow';

import { dueQuery, nearestVersion, returnsField } from '../catalogue';
import type { Operation, TypeExpression } from '../catalogue/types';
import { hint } from '../common/hint';
import { NAMES_ONE, recordPicker, type Picker } from '../form/pickers';
import { OVERDUE, within } from '../http/bounds';
import { walk } from '../http/pageWalk';
import { labelOf } from './listSearch';
import type { Call } from './product';

/** Kinds of things whose names are read for the records of an operation: a list each, seldom two. */
const MOST_KINDS = 3;
/** Records of one such list that are looked through. */
const MOST_RECORDS = 2_000;
const PAGE = 500;
/** Seconds for one list, each time it is read on. */
const PATIENCE = 15;

/** Whose names come first where there are more kinds. */
const FIRST = [
	/^(job|backup|alarmTemplate)Name$/,
	/(repository|company|organization)Name$/i,
	/serverName$/i,
];

/** A field that says what another one names by its ID. */
export interface NameField {
	name: string;
	idField: string;
	/** The lists that have the names. */
	pickers: Picker[];
}

/**
 * The fields, best first, that would say the names of what records name by IDs: `jobName` for `jobId`.
 * Those whose name the records have themselves are not among them.
 *
 * @param known the record's fields
 */
export function nameFieldsOf(
	call: Call,
	operation: Operation,
	known: Record<string, TypeExpression>,
): NameField[] {
	const { adapter, overlay } = call.product;
	const ranked = (name: string) => {
		const place = FIRST.findIndex((pattern) => pattern.test(name));
		return place < 0 ? FIRST.length : place;
	};
	const version = nearestVersion(adapter.catalogue().versions, call.client.version);
	const { fields = {} } = operation.returns;
	const isThere = (name: string) => !(name in fields) || returnsField(operation, name, version);
	const names = new Set(
		Object.keys(known)
			.filter(isThere)
			.map((name) => name.toLowerCase()),
	);
	const found = Object.keys(known).flatMap((idField) => {
		const name = `${idField.replace(NAMES_ONE, '')}Name`;
		const isSaid =
			names.has(name.toLowerCase()) ||
			overlay.calledAs?.some((one) => one.id === idField && one.inRecordsWith in known);
		const pickers = (
			isSaid ? [] : (recordPicker(adapter.catalogue(), overlay, operation, idField) ?? [])
		).filter(({ list }) => list.in.includes(version));
		return pickers.length > 0 ? [{ name, idField, pickers }] : [];
	});
	return found.sort((a, b) => ranked(a.name) - ranked(b.name));
}

/** Records with the IDs that they say by links alone. */
export function withLinkedIds(
	{ product: { linkedId } }: Call,
	records: IDataObject[],
	fields: NameField[],
): IDataObject[] {
	if (!linkedId || fields.length === 0) return records;
	return records.map((record) => {
		const linked: IDataObject = {};
		for (const { idField, pickers } of fields) {
			if (idField in record) continue;
			const id = pickers.map(({ list }) => linkedId(record, list.path)).find(Boolean);
			if (id !== undefined) linked[idField] = id;
		}
		return { ...record, ...linked };
	});
}

/** Items with a place for each name, beside its ID. */
export const withPlaces = (items: IDataObject[], fields: NameField[]): IDataObject[] => {
	// Where no record names anything there is nothing to say.
	const used = fields.filter(({ idField }) => items.some((item) => idOf(item[idField])));
	if (used.length === 0) return items;
	const byId = new Map(used.map(({ idField, name }) => [idField, name]));
	return items.map((item) => {
		const placed: IDataObject = {};
		for (const field of Object.keys(item)) {
			placed[field] = item[field];
			const name = byId.get(field);
			if (name !== undefined) placed[name] = null;
		}
		return placed;
	});
};

/**
 * Fills in the names that are left in simplified items. A list is read once in an execution, and only
 * as far as it takes; where it cannot be read or is too long, the names are missing and a hint says so.
 *
 * @param items simplified; changed in place
 * @param records what they were made of, in the same order, with the IDs
 */
export async function fillNames(
	call: Call,
	fields: NameField[],
	items: IDataObject[],
	records: IDataObject[],
): Promise<void> {
	const wanted = fields.filter(({ name }) => items.some((item) => name in item));
	const kinds = [...new Set(wanted.map(({ pickers: [first] }) => first?.list))].slice(
		0,
		MOST_KINDS,
	);
	const left = wanted.filter(({ pickers }) => !kinds.includes(pickers[0]?.list));
	if (left.length > 0)
		hint(
			call.context,
			`The names of ${MOST_KINDS} kinds of objects at most are read for Simplify: ${left.map(({ name }) => name).join(', ')} left out. The IDs are there with Simplify off.`,
		);
	for (const { name, idField, pickers } of wanted) {
		const ids = records.map((record) => idOf(record[idField]));
		const found = kinds.includes(pickers[0]?.list)
			? await namesOf(call, pickers, new Set(ids.filter((id) => id !== undefined)))
			: undefined;
		for (const [index, item] of items.entries()) {
			if (!(name in item)) continue;
			if (found) item[name] = found.get(ids[index] ?? '') ?? null;
			else delete item[name];
		}
	}
}

/** IDs as they are compared; undefined for what stands for none. */
const idOf = (value: unknown): string | undefined =>
	(typeof value === 'string' || typeof value === 'number') && /[^0-]/.test(String(value))
		? String(value).toLowerCase()
		: undefined;

/** A list on its way: read page by page, as far as names are missing. */
interface Lookup {
	names: Map<string, string>;
	/** IDs of several records that are called differently: servers that were cloned give the same ones. */
	shared: Set<string>;
	read: number;
	/** Undefined at the end of the list. */
	next: number | undefined;
	failed: boolean;
	/** The user has been told that names are missing. */
	said: boolean;
}

/** Of each execution: n8n gives one context to all items of a run. */
const lookups = new WeakMap<object, Map<string, Lookup>>();

function lookupOf({ context, client }: Call, picker: Picker): Lookup {
	const ofRun = lookups.get(context) ?? new Map<string, Lookup>();
	lookups.set(context, ofRun);
	// An expression in the credential may lead each item to another server.
	const key = `${client.origin} ${client.version} ${picker.list.id} ${picker.idField}`;
	const lookup = ofRun.get(key) ?? {
		names: new Map(),
		shared: new Set(),
		read: 0,
		next: 0,
		failed: false,
		said: false,
	};
	ofRun.set(key, lookup);
	return lookup;
}

/** @returns names by ID; undefined where no list can be read */
async function namesOf(
	call: Call,
	pickers: Picker[],
	wanted: Set<string>,
): Promise<Map<string, string> | undefined> {
	const names = new Map<string, string>();
	let anyRead = false;
	const missing = () => [...wanted].filter((id) => !names.has(id));
	for (const picker of pickers) {
		if (anyRead && missing().length === 0) break;
		const lookup = await lookUp(call, picker, missing());
		// What was read before a list broke off still counts.
		if (lookup.failed && lookup.names.size === 0) continue;
		anyRead = true;
		for (const id of missing()) if (lookup.names.has(id)) names.set(id, lookup.names.get(id)!);
	}
	if (anyRead && missing().length > 0) sayWhyMissing(call, pickers, missing());
	return anyRead ? names : undefined;
}

/** Says of IDs without a name why: unless a list was not read to its end, which was said before. */
function sayWhyMissing(call: Call, pickers: Picker[], missing: string[]): void {
	const lists = pickers.map((picker) => ({ picker, lookup: lookupOf(call, picker) }));
	const shared = lists.find(({ lookup }) => missing.some((id) => lookup.shared.has(id)));
	if (shared)
		return sayOnce(
			call,
			shared.lookup,
			shared.picker,
			'several of its entries have the same ID and different names',
		);
	const [first] = lists;
	if (first && lists.every(({ lookup }) => lookup.next === undefined))
		sayOnce(
			call,
			first.lookup,
			first.picker,
			'some IDs are not in it: what they name may have been deleted, or the account may not see it',
		);
}

/** The clock of a list may run out before that of the request that is under way. */
const whyUnread = ({ message }: Error): string =>
	message === OVERDUE ? `it did not come within ${PATIENCE} seconds` : message;

/** A list, read as far as it takes to know some names. */
async function lookUp(call: Call, picker: Picker, wanted: string[]): Promise<Lookup> {
	const lookup = lookupOf(call, picker);
	const isMissing = () => wanted.some((id) => !lookup.names.has(id) && !lookup.shared.has(id));
	if (!lookup.failed && isMissing() && lookup.next !== undefined && lookup.read < MOST_RECORDS)
		try {
			const broken = new AbortController();
			await within(PATIENCE * 1000, broken, async () => {
				await readOn(call, picker, lookup, () => isMissing() && !broken.signal.aborted);
			});
		} catch (error) {
			lookup.failed = true;
			sayOnce(call, lookup, picker, `the list cannot be read: ${whyUnread(error as Error)}`);
		}
	if (!lookup.failed && isMissing() && lookup.next !== undefined)
		sayOnce(call, lookup, picker, `the list is long, and only its first ${lookup.read} were read`);
	return lookup;
}

async function readOn(
	{ client, product: { adapter } }: Call,
	picker: Picker,
	lookup: Lookup,
	goOn: () => boolean,
): Promise<void> {
	const { method, path } = picker.list;
	const query = dueQuery(adapter.catalogue(), client.version, picker.list);
	const request = { method, path, query, label: 'Simplify', answerWithinSeconds: PATIENCE };
	for await (const page of walk(client, adapter, request, { from: lookup.next, pageSize: PAGE })) {
		for (const one of page.items) {
			const id = idOf(one[picker.idField]);
			const name = labelOf(one, picker);
			if (id === undefined || name === undefined || lookup.shared.has(id)) continue;
			if ((lookup.names.get(id) ?? name) === name) lookup.names.set(id, name);
			else {
				lookup.names.delete(id);
				lookup.shared.add(id);
			}
		}
		lookup.read += page.items.length;
		lookup.next = page.next;
		if (!goOn() || lookup.read >= MOST_RECORDS) return;
	}
}

/** Says, once for each execution, which names are missing and why. */
function sayOnce({ context, product }: Call, lookup: Lookup, picker: Picker, why: string): void {
	if (lookup.said) return;
	lookup.said = true;
	hint(
		context,
		`Simplify could not add all names from "${product.labels.operation(picker.list)}": ${why.replace(/\.$/, '')}. The IDs are there with Simplify off.`,
	);
}

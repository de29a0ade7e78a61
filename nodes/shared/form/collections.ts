import type { INodeProperties } from 'n8n-workflow';

import { withLoadedOptions } from './dynamicOptions';
import { byName } from './operationNames';
import { dedupe, type PropertyRequest } from './dedupe';
import { meets, oneOfExcept, type Condition } from './conditionCompression';

/**
 * Collections of optional fields. One collection for all operations gives each entry the condition
 * for which of them it is; where that weighs more, operations get a collection of their own, whose
 * entries need none.
 */

/** What the entries of a collection are wanted for. */
export interface Collection {
	/** Wishes of entries. */
	entries: PropertyRequest[];
	section: number;
	/** Further conditions on the collection itself. */
	hide?: PropertyRequest['hide'];
	build(options: INodeProperties[]): INodeProperties;
}

export function collectionRequests(collection: Collection): PropertyRequest[] {
	return apart(withLoadedOptions(collection.entries)).flatMap((some) => {
		const operations = [...new Set(some.map(({ operation }) => operation))];
		const entries = entriesOf(some, operations);
		const bare = operations.filter((operation) => isBareAtFirst(some, entries, operation));
		if (bare.length === 0) return requestsOf(collection, entries, operations);
		// Those whose collection would be empty before a choice get their own, which waits for it.
		const isBare = new Set(bare);
		const rest = some.filter(({ operation }) => !isBare.has(operation));
		const others = operations.filter((operation) => !isBare.has(operation));
		return [
			...requestsOf(collection, entriesOf(rest, others), others),
			...bare.flatMap((operation) => {
				const theirs = some.filter((entry) => entry.operation === operation);
				return requestsOf(
					collection,
					entriesOf(theirs, [operation]),
					[operation],
					choiceBefore(theirs),
				);
			}),
		];
	});
}

function requestsOf(
	{ section, hide, build }: Collection,
	entries: INodeProperties[],
	operations: string[],
	when?: PropertyRequest['when'],
): PropertyRequest[] {
	const property = build(entries);
	return operations.map((operation) => ({ property, operation, section, hide, when }));
}

/** Whether a collection shows no entry of an operation before a variant is chosen, or with some. */
function isBareAtFirst(
	requests: PropertyRequest[],
	entries: INodeProperties[],
	operation: string,
): boolean {
	const choice = choiceBefore(requests.filter((one) => one.operation === operation));
	return (choice?.all ?? []).some((value) => {
		const values = new Map([
			['/operation', operation],
			[`/${choice?.parameter}`, value],
		]);
		return !entries.some(({ displayOptions: { show = {}, hide = {} } = {} }) => {
			// What depends on the choice of another operation is not there at all.
			const isMet = ([name, condition]: [string, unknown]): boolean => {
				const given = values.get(name);
				return given !== undefined && meets(condition as Condition, given);
			};
			return Object.entries(show).every(isMet) && !Object.entries(hide).some(isMet);
		});
	});
}

/** The choices of a variant with which an operation has entries; undefined where all are always there. */
function choiceBefore(entries: PropertyRequest[]): PropertyRequest['when'] {
	const [first] = entries;
	if (!first?.when || entries.some(({ when }) => !when)) return undefined;
	const values = new Set(entries.flatMap(({ when }) => when?.values ?? []));
	// The dropdown starts empty.
	const all = new Set([...first.when.all, '']);
	return { parameter: first.when.parameter, values: [...values], all: [...all] };
}

/**
 * The entries in their order, with the conditions that they need.
 *
 * @param operations all that have the collection
 */
export const entriesOf = (entries: PropertyRequest[], operations: string[]): INodeProperties[] =>
	dedupe(entries, operations, '/').sort((a, b) => byName(a.displayName, b.displayName));

/** Bytes of `displayOptions` beside the condition on the operation. */
const CONDITION = 44;
/** Bytes that naming one more operation in a condition takes, roughly. */
const MORE = 15;
/** Bytes of a collection without entries. */
const COLLECTION = 190;

/** The entries of each collection: those of all operations together, less those that are apart. */
function apart(entries: PropertyRequest[]): PropertyRequest[][] {
	/** Operations that have an entry, by its text. */
	const users = new Map<string, Set<string>>();
	/** Entries that an operation has: text, and whether it depends on a variant. */
	const wanted = new Map<string, Map<string, boolean>>();
	for (const { property, operation, when } of entries) {
		const text = JSON.stringify(property);
		users.set(text, (users.get(text) ?? new Set()).add(operation));
		const theirs = wanted.get(operation) ?? new Map<string, boolean>();
		wanted.set(operation, theirs.set(text, when !== undefined));
	}
	const alike = new Map<string, string[]>();
	for (const [operation, texts] of wanted) {
		const key = JSON.stringify([...texts].sort());
		alike.set(key, [...(alike.get(key) ?? []), operation]);
	}
	const own = [...alike.values()].filter((operations) => {
		const condition = JSON.stringify(oneOfExcept(operations, [...wanted.keys()])).length;
		let saved = -COLLECTION - condition;
		for (const [text, varies] of wanted.get(operations[0] ?? '') ?? []) {
			const exclusive = users.get(text)?.size === operations.length;
			// One that depends on a variant has that condition here and there.
			if (!exclusive) saved -= text.length - MORE;
			else if (!varies) saved += CONDITION + condition;
		}
		return saved > 0;
	});
	const isApart = new Set(own.flat());
	return [
		entries.filter(({ operation }) => !isApart.has(operation)),
		...own.map((operations) => entries.filter(({ operation }) => operations.includes(operation))),
	].filter((some) => some.length > 0);
}

import type { INodeProperties } from 'n8n-workflow';

import { withLoadedOptions } from './dynamicOptions';
import { byName } from './operationNames';
import { dedupe, type PropertyRequest } from './dedupe';
import { oneOfExcept } from './conditionCompression';

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
	show?: PropertyRequest['show'];
	build(options: INodeProperties[]): INodeProperties;
}

export function collectionRequests({
	entries,
	section,
	show,
	build,
}: Collection): PropertyRequest[] {
	return apart(withLoadedOptions(entries)).flatMap((some) => {
		const operations = [...new Set(some.map(({ operation }) => operation))];
		const property = build(entriesOf(some, operations));
		return operations.map((operation) => ({ property, operation, section, show }));
	});
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

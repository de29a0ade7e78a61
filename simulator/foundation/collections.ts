import { returnsFor } from '../../nodes/shared/catalogue/read';
import type { ApiVersion } from '../../nodes/shared/catalogue/types';
import type { Generator } from './generate';
import type { Item } from './listQuery';
import { shapeOf, type Operations } from './operations';
import { uuidFor } from './random';
import type { RecordKinds } from './recordKinds';

/** Records behind a path that lists them. Ids are compared without regard to case. */
export interface Collection {
	/** Name of the field that identifies a record. */
	readonly key: string;
	/** @param query as it arrived, for the rare collection that depends on it */
	list(query: Item): Item[];
	get(id: string): Item | undefined;
	/** Left out where the records only follow from others. */
	put?(record: Item): void;
	remove?(id: string): void;
}

/** A collection that keeps what it is given, in order of arrival. */
export class Stored implements Collection {
	private records = new Map<string, Item>();

	constructor(
		records: Item[] = [],
		readonly key = 'id',
	) {
		for (const record of records) this.put(record);
	}

	list(): Item[] {
		return [...this.records.values()];
	}

	get(id: string): Item | undefined {
		return this.records.get(id.toLowerCase());
	}

	put(record: Item): void {
		this.records.set(String(record[this.key]).toLowerCase(), record);
	}

	remove(id: string): void {
		this.records.delete(id.toLowerCase());
	}
}

/** A collection computed from others each time it is read. */
export function derived(list: (query: Item) => Item[], key = 'id'): Collection {
	return {
		key,
		list,
		get: (id) => list({}).find((record) => String(record[key]).toLowerCase() === id.toLowerCase()),
	};
}

/** Makes a product's own collection for the parameters of a path. */
export type CollectionMaker = (params: Record<string, string>) => Collection | undefined;

const GENERATED = 3;

/** Finds the records behind a path: the product's own, or generated ones that are kept from then on. */
export class Collections {
	private generated = new Map<string, Stored>();
	private singles = new Map<string, Item>();

	constructor(
		private readonly operations: Operations,
		private readonly generator: Generator,
		private readonly kinds: RecordKinds,
		/** By shape of the path. */
		private readonly own: Record<string, CollectionMaker>,
		private readonly idFields: readonly string[] = ['id'],
	) {}

	/** The records that a version can show: those of kinds that it knows. */
	at(template: string, params: Record<string, string>, version: ApiVersion): Collection {
		const all = this.all(template, params, version);
		const [operation] = [this.operations.listOf(template), this.operations.itemOf(template)].filter(
			(one) => one?.in.includes(version),
		);
		if (!operation) return all;
		const shown = (record: Item) => this.kinds.has(operation, version, record);
		return {
			key: all.key,
			list: (query) => all.list(query).filter(shown),
			get: (id) => [all.get(id)].find((one) => one && shown(one)),
			...(all.put && { put: (record) => all.put?.(record) }),
			...(all.remove && { remove: (id) => all.remove?.(id) }),
		};
	}

	private all(template: string, params: Record<string, string>, version: ApiVersion): Collection {
		const own = this.own[shapeOf(template)]?.(params);
		if (own) return own;
		const path = filled(template, params);
		const kept = this.generated.get(path);
		if (kept) return kept;
		const made = this.make(template, path, version);
		this.generated.set(path, made);
		return made;
	}

	/** A thing of which there is one per path (settings): generated on first sight, then kept. */
	single(path: string, make: () => Item): Item {
		const found = this.singles.get(path) ?? make();
		this.singles.set(path, found);
		return found;
	}

	setSingle(path: string, value: Item): void {
		this.singles.set(path, value);
	}

	private make(template: string, path: string, version: ApiVersion): Stored {
		const list = this.operations.listOf(template);
		const item = this.operations.itemOf(template);
		const source = item ?? list;
		if (!source) return new Stored();
		const listFields = list ? returnsFor(list, version).fields : undefined;
		const returns = {
			...source.returns,
			fields: { ...listFields, ...returnsFor(source, version).fields },
		};
		const fields = Object.keys(returns.fields);
		const key = keyOf(fields, this.operations.parametersOf(template), this.idFields);
		const label = labelOf(template);
		return new Stored(
			Array.from({ length: GENERATED }, (_, index) => ({
				...this.generator.record(
					source,
					returns,
					version,
					`${path}/${index}`,
					`${label} ${index + 1}`,
				),
				...(/id$/i.test(key) &&
					fields.includes(key) && {
						[key]: returns.fields[key] === 'integer' ? index + 1 : uuidFor(`${path}/${index}`),
					}),
			})),
			key,
		);
	}
}

/**
 * The field by which paths name a record: one that is called as the parameter, the product's usual
 * one, one that looks like an id, one whose name the parameter ends with (`{bucketName}`: `name`).
 */
function keyOf(fields: string[], parameters: string[], usual: readonly string[]): string {
	const same = (name: string) => fields.find((one) => one.toLowerCase() === name.toLowerCase());
	const named = [...parameters, ...usual].map(same).find((field) => field !== undefined);
	const ending = (field: string) =>
		parameters.some((name) => name.toLowerCase().endsWith(field.toLowerCase()));
	return (
		named ?? fields.find((name) => /id$/i.test(name)) ?? fields.find(ending) ?? fields[0] ?? 'id'
	);
}

/** The path with its parameters' values. */
export function filled(template: string, params: Record<string, string>): string {
	return template.replace(/\{([^}]+)\}/g, (_, name: string) => params[name] ?? '');
}

/** What one record of a collection is called: `/wanAccelerators` -> "Wan Accelerator". */
export function labelOf(template: string): string {
	const segment =
		template
			.split('/')
			.filter((part) => part && !part.startsWith('{'))
			.pop() ?? 'Item';
	const singular = segment.replace(/ies$/, 'y').replace(/s$/, '');
	const words = singular.replace(/([a-z])([A-Z])/g, '$1 $2');
	return words.charAt(0).toUpperCase() + words.slice(1);
}

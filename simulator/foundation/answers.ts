import { randomUUID } from 'node:crypto';
import type { Generator } from './generate';
import { patched, type PatchOperation } from './jsonPatch';
import { filtered, ordered, type Item } from './listQuery';
import { shapeOf, type Operations } from './operations';
import type { RecordKinds } from './recordKinds';
import { Refused, type Answer, type Call, type Product, type Settings } from './product';
import { labelOf, type Collection } from './collections';

/** The answer to any operation of a catalogue that has no handler of its own. */
export class GenericAnswers {
	constructor(
		private readonly operations: Operations,
		private readonly generator: Generator,
		private readonly kinds: RecordKinds,
		private readonly product: Product,
		private readonly settings: Settings,
	) {}

	answer(call: Call): Answer {
		const { method, path } = call.operation;
		const { kind } = call.returns;
		if (kind === 'file') return this.file(call);
		if (method === 'GET') return this.read(call);
		const effect = this.effectOf(call);
		if (kind === 'session' || kind === 'sessions' || kind === 'task') {
			return this.product.startWork(call, effect?.resource, effect?.apply ?? (() => {}));
		}
		effect?.apply();
		if (kind === 'nothing') return {};
		if (effect?.resource && kind === 'item') return { body: effect.resource };
		if (kind === 'page' || kind === 'list') return this.list(call, this.generated(call));
		return { body: this.made(call, call.path, labelOf(path)) };
	}

	/** Filters, order and page of a list operation over given items. */
	list(call: Call, items: Item[]): Answer {
		const { operation, version, query, returns } = call;
		const shown = items.map((item) => this.kinds.spelled(operation, version, item));
		const sorted = this.product.choose?.(shown, call) ?? this.byName(call, shown);
		const part = returns.kind === 'page' ? this.product.slice(sorted, query) : sorted;
		return { body: this.product.page(part, sorted.length, query, returns, call) };
	}

	private byName({ query }: Call, items: Item[]): Item[] {
		const { aliases } = this.product;
		return ordered(filtered(items, query, aliases), query.orderColumn, query.orderAsc, aliases);
	}

	private read(call: Call): Answer {
		const { path } = call.operation;
		if (call.returns.kind === 'page' || call.returns.kind === 'list') {
			const collection = call.collections.at(path, call.params, call.version);
			return this.list(call, collection.list(call.query));
		}
		const record = this.recordOf(call);
		if (record) return { body: record };
		return { body: call.collections.single(call.path, () => this.single(call)) };
	}

	/** A thing of which there is one, as it is before anybody changed it. */
	single(call: Pick<Call, 'operation' | 'returns' | 'version' | 'path' | 'params'>): Item {
		const { path } = call.operation;
		const made = this.made(call, call.path, labelOf(path));
		const last = /\{([^}]+)\}$/.exec(path)?.[1];
		const field = last && (last in made ? last : 'id' in made ? 'id' : undefined);
		const id = field && last ? { [field]: call.params[last] } : {};
		return { ...made, ...id, ...this.product.singles[call.path] };
	}

	/** Lists that follow from no stored records: what a search or a browse finds. */
	private generated(call: Call): Item[] {
		const label = labelOf(call.operation.path);
		return [1, 2, 3].map((number) =>
			this.made(call, `${call.path}/${number}`, `${label} ${number}`),
		);
	}

	private made(
		{ operation, returns, version }: Pick<Call, 'operation' | 'returns' | 'version'>,
		seed: string,
		label: string,
	): Item {
		return this.generator.record(operation, returns, version, seed, label);
	}

	/** Every id in the path must be one that its list shows. */
	refuseUnknownIds(call: Call): void {
		for (const { collection, parameter } of this.operations.passages(call.operation.path)) {
			const id = call.params[parameter] ?? '';
			const records = call.collections.at(collection, call.params, call.version);
			// Some paths name one record by its id, others by its name.
			const isNamed = (record: Item) =>
				String(record[parameter]).toLowerCase() === id.toLowerCase();
			if (!records.get(id) && !records.list({}).some(isNamed)) {
				throw new Refused({ because: 'notFound', what: labelOf(collection), id });
			}
		}
	}

	/** Collection and id that a path ending in `{id}` addresses. */
	private addressed(call: Call): { collection: Collection; id: string } | undefined {
		const { path } = call.operation;
		const last = this.operations.passages(path).pop();
		if (!last || path !== `${last.collection}/{${last.parameter}}`) return undefined;
		return {
			collection: call.collections.at(last.collection, call.params, call.version),
			id: call.params[last.parameter] ?? '',
		};
	}

	private recordOf(call: Call): Item | undefined {
		const addressed = this.addressed(call);
		return addressed?.collection.get(addressed.id);
	}

	/** What a write does to the records, applied at once or when its session ends. */
	private effectOf(call: Call): { resource: Item; apply: () => void } | undefined {
		const { method, path } = call.operation;
		const { media } = call.operation.body ?? {};
		const body = { ...(call.body as Item | undefined) };
		const changed = (before: Item): Item =>
			media === 'jsonPatch'
				? patched(before, call.body as PatchOperation[])
				: { ...before, ...withoutPasswords(body) };
		const addressed = this.addressed(call);
		if (addressed) {
			const { collection, id } = addressed;
			const before = collection.get(id) as Item;
			if (method === 'DELETE') return { resource: before, apply: () => collection.remove?.(id) };
			if (method !== 'PUT' && method !== 'PATCH') return undefined;
			const resource = {
				...changed(before),
				[collection.key]: before[collection.key],
			};
			return { resource, apply: () => collection.put?.(resource) };
		}
		if (method === 'PUT' || method === 'PATCH') {
			const before = call.collections.single(call.path, () => this.single(call));
			const resource = changed(before);
			return { resource, apply: () => call.collections.setSingle(call.path, resource) };
		}
		if (method !== 'POST' || !this.creates(call)) return undefined;
		const collection = call.collections.at(path, call.params, call.version);
		const made = this.made(call, randomUUID(), labelOf(path));
		const ofRecord = call.returns.kind === 'item' ? made : {};
		const resource: Item = {
			...ofRecord,
			...withoutPasswords(body),
			[collection.key]: randomUUID(),
		};
		return { resource, apply: () => collection.put?.(resource) };
	}

	/** A POST creates a record where its path lists them and one can be read. */
	private creates(call: Call): boolean {
		const list = this.operations.listOf(call.operation.path);
		return (
			!!list && shapeOf(list.path) === shapeOf(call.operation.path) && !Array.isArray(call.body)
		);
	}

	private file(call: Call): Answer {
		const [media] = call.returns.media ?? [];
		const known = ['zip', 'iso', 'csv', 'pdf', 'xml'];
		const extension = known.find((one) => media?.includes(one)) ?? 'bin';
		return {
			headers: { 'content-type': media ?? 'application/octet-stream' },
			file: {
				name: `${labelOf(call.operation.path)}.${extension}`,
				bytes: this.settings.downloadBytes,
			},
		};
	}
}

/** A server never gives a password back. */
function withoutPasswords(body: Item): Item {
	return Object.fromEntries(
		Object.entries(body).filter(
			([name]) => !/^(password|privateKey|passphrase|rootPassword)$/i.test(name),
		),
	);
}

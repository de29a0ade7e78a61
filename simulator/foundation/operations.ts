import type {
	ApiVersion,
	Catalogue,
	EnumValue,
	Operation,
	Parameter,
	Returns,
	TypeExpression,
} from '../../nodes/shared/catalogue/types';

/** A template without its parameters' names: `/jobs/{id}` and `/jobs/{jobId}` are one. */
export function shapeOf(path: string): string {
	return path.replace(/\{[^}]*\}/g, '{}');
}

/** Whether a fact that carries `in` holds in a version. */
export function exists(fact: { in?: ApiVersion[] }, version: ApiVersion): boolean {
	return !fact.in || fact.in.includes(version);
}

export function isRequired(parameter: Pick<Parameter, 'required'>, version: ApiVersion): boolean {
	return parameter.required === true || !!parameter.required?.includes(version);
}

export function returnsOf(operation: Operation, version: ApiVersion): Returns {
	return { ...operation.returns, ...operation.returnsIn?.[version] };
}

/** The spellings of an enum's values that a version knows. */
export function enumValues(values: EnumValue[], version: ApiVersion): string[] {
	return values.flatMap((entry) => {
		if (typeof entry === 'string') return [entry];
		return exists(entry, version) ? [entry.as?.[version] ?? entry.value] : [];
	});
}

/** The type of one element where `type` is a list. */
export function elementOf(type: TypeExpression): TypeExpression | undefined {
	return type.endsWith('[]') ? type.slice(0, -2) : undefined;
}

/** Where a path leads through a collection: `/jobs/{id}/start` passes `{id}` of `/jobs`. */
export interface Passage {
	/** Template of the collection. */
	collection: string;
	parameter: string;
}

/** The catalogue with what the simulator asks it again and again. */
export class Operations {
	/** By shape; the paths that answer a GET with a page or list. */
	private lists = new Map<string, Operation>();
	/** By full template; the paths that answer a GET with one item. */
	private items = new Map<string, Operation>();

	constructor(readonly catalogue: Catalogue) {
		for (const operation of catalogue.operations) {
			if (operation.method !== 'GET') continue;
			const { kind } = operation.returns;
			if (kind === 'page' || kind === 'list') this.lists.set(shapeOf(operation.path), operation);
			else if (operation.path.endsWith('}')) this.items.set(operation.path, operation);
		}
	}

	/** How a version writes an enum's value; as given where the enum does not know it. */
	spelling(name: string, value: string, version: ApiVersion): string {
		const lower = value.toLowerCase();
		const entry = this.catalogue.enums[name]?.find(
			(one) => (typeof one === 'string' ? one : one.value).toLowerCase() === lower,
		);
		return typeof entry === 'object' ? (entry.as?.[version] ?? entry.value) : (entry ?? value);
	}

	/** The operation that lists a collection. */
	listOf(collection: string): Operation | undefined {
		return this.lists.get(shapeOf(collection));
	}

	/** The operation that reads one record of a collection. */
	itemOf(collection: string): Operation | undefined {
		const shape = `${shapeOf(collection)}/{}`;
		for (const [path, operation] of this.items) if (shapeOf(path) === shape) return operation;
		return undefined;
	}

	/**
	 * The collections whose records a path addresses, outermost first. Only where the catalogue
	 * lists the collection and reads a record by a parameter of this name (or `id`): two collections
	 * may share a path (`{sessionId}` and `{backupId}` below one segment).
	 */
	passages(path: string): Passage[] {
		const found: Passage[] = [];
		for (const match of path.matchAll(/\/\{([^}]+)\}/g)) {
			const collection = path.slice(0, match.index);
			const parameter = match[1] as string;
			const item = this.itemOf(collection);
			const itemParameter = item?.path.slice(item.path.lastIndexOf('{') + 1, -1);
			const own = itemParameter === parameter || parameter === 'id' || itemParameter === 'id';
			if (this.listOf(collection) && (!item || own)) found.push({ collection, parameter });
		}
		return found;
	}
}

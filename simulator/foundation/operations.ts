import type { Catalogue, Operation } from '../../nodes/shared/catalogue/types';

/** A template without its parameters' names: `/jobs/{id}` and `/jobs/{jobId}` are one. */
export function shapeOf(path: string): string {
	return path.replace(/\{[^}]*\}/g, '{}');
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

	/** Names of the parameters by which paths lead through a collection, that of its item first. */
	parametersOf(collection: string): string[] {
		const start = `${shapeOf(collection)}/{}`;
		const names = this.catalogue.operations
			.filter(({ path }) => `${shapeOf(path)}/`.startsWith(`${start}/`))
			.map(({ path }) => path.split('/')[start.split('/').length - 1]?.slice(1, -1) ?? '');
		const item = this.itemOf(collection);
		const first = item ? [item.path.slice(item.path.lastIndexOf('{') + 1, -1)] : [];
		return [...new Set([...first, ...names])];
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

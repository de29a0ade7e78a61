import type { Catalogue, Field, TypeExpression } from '../../nodes/shared/catalogue/types';

/**
 * Gives what an older version calls by another name the name of the newer one, wherever both stand
 * in the same place (the body of an operation, a field, a variant), so that the two merge into one
 * type. A name both versions know for something of its own is left alone.
 *
 * Changes `older`.
 */
export function align(older: Catalogue, newer: Catalogue): void {
	new Alignment(older, newer).run();
}

/** `{#Name[]}` -> what stands around the name, its mark, the name. */
const REFERENCE = /^(\{*)([#@])([^\]}[{]+)(.*)$/;

class Alignment {
	/** New name -> the older one it was copied from. */
	private readonly copies = new Map<string, string>();
	private readonly done = new Set<string>();

	constructor(
		private readonly older: Catalogue,
		private readonly newer: Catalogue,
	) {}

	run(): void {
		const known = new Map(this.newer.operations.map((one) => [`${one.method} ${one.path}`, one]));
		for (const operation of this.older.operations) {
			const twin = known.get(`${operation.method} ${operation.path}`);
			if (!twin) continue;
			if (operation.body && twin.body) {
				operation.body.type = this.expression(operation.body.type, twin.body.type);
			}
			for (const place of ['pathParameters', 'query'] as const) {
				this.fields(operation[place] ?? [], twin[place] ?? []);
			}
		}
	}

	private fields(older: Field[], newer: Field[]): void {
		for (const field of older) {
			const twin = newer.find(({ name }) => name === field.name);
			if (twin) field.type = this.expression(field.type, twin.type);
		}
	}

	/** What the older expression reads once the names are aligned. */
	private expression(older: TypeExpression, newer: TypeExpression): TypeExpression {
		const [, before, mark, name, after] = REFERENCE.exec(older) ?? [];
		const [, beforeToo, markToo, target, afterToo] = REFERENCE.exec(newer) ?? [];
		if (!name || !target) return older;
		if (before !== beforeToo || mark !== markToo || after !== afterToo) return older;
		const aligned = mark === '#' ? this.type(name, target) : this.enumeration(name, target);
		return aligned ? newer : older;
	}

	private type(name: string, target: string): boolean {
		if (!this.rename(this.older.types, '#', name, target)) return false;
		if (this.done.has(target)) return true;
		this.done.add(target);
		const type = this.older.types[target]!;
		const twin = this.newer.types[target]!;
		this.fields(type.fields, twin.fields);
		const twins = Object.entries(twin.variants?.of ?? {});
		for (const [value, variant] of Object.entries(type.variants?.of ?? {})) {
			const match = twins.find(([other]) => other.toLowerCase() === value.toLowerCase())?.[1];
			if (typeof match === 'string' && this.type(variant as string, match)) {
				type.variants!.of[value] = match;
			}
		}
		return true;
	}

	private enumeration(name: string, target: string): boolean {
		return this.rename(this.older.enums, '@', name, target);
	}

	private rename<T>(from: Record<string, T>, mark: string, name: string, target: string): boolean {
		if (name === target) return true;
		const copied = this.copies.get(mark + target);
		if (copied !== undefined || target in from) return copied === name;
		from[target] = structuredClone(from[name]!);
		this.copies.set(mark + target, name);
		return true;
	}
}

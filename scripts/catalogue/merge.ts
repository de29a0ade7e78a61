import { isDeepStrictEqual } from 'node:util';

import type {
	ApiVersion,
	Body,
	Catalogue,
	EnumValue,
	Field,
	ObjectType,
	Operation,
	Returns,
	VariantTarget,
} from '../../nodes/shared/catalogue/types';
import { CatalogueError } from './openapi';

/** One thing as each of the versions that have it says it, oldest first. */
type Told<T> = Array<{ version: ApiVersion; thing: T }>;

/**
 * Joins catalogues of one version each into one. Operations are matched by method and path, types
 * and enums by name, fields and parameters by name and type. Where versions differ in a title, a
 * default or a limit the newest is right; what exists, what is required and what may be null is kept
 * per version.
 */
export function merge(parts: Catalogue[]): Catalogue {
	const versions = parts.map((part) => part.versions[0]!);
	const tell = <T>(read: (part: Catalogue) => Record<string, T>): Map<string, Told<T>> => {
		const told = new Map<string, Told<T>>();
		// Newest first: its order is the order of the whole.
		for (const part of [...parts].reverse()) {
			for (const [key, thing] of Object.entries(read(part))) {
				told.set(key, [{ version: part.versions[0]!, thing }, ...(told.get(key) ?? [])]);
			}
		}
		return told;
	};
	const operations = tell((part) =>
		Object.fromEntries(part.operations.map((one) => [`${one.path} ${one.method}`, one])),
	);
	const types = tell((part) => part.types);
	const enums = tell((part) => part.enums);
	return {
		product: parts[0]!.product,
		versions,
		operations: [...operations.values()].map(mergeOperation),
		types: mapValues(types, mergeType),
		enums: mapValues(enums, mergeEnum),
	};
}

function mergeOperation(told: Told<Operation>): Operation {
	const newest = told.at(-1)!.thing;
	const versions = told.map(({ version }) => version);
	const merged: Operation = {
		id: newest.id,
		title: newest.title,
		tag: newest.tag,
		method: newest.method,
		path: newest.path,
		in: versions,
	} as Operation;
	if (newest.deprecated) merged.deprecated = true;
	if (newest.anonymous) merged.anonymous = true;
	for (const place of ['pathParameters', 'query'] as const) {
		const fields = mergeFields(
			told.map(({ version, thing }) => ({ version, thing: thing[place] ?? [] })),
		);
		if (fields.length > 0) merged[place] = fields;
	}
	const bodies = told.filter(({ thing }) => thing.body);
	if (bodies.length > 0) merged.body = mergeBody(newest, bodies, versions);
	const paging = told
		.map(({ thing }) => thing.paging)
		.filter(Boolean)
		.at(-1);
	if (paging) merged.paging = paging;
	Object.assign(merged, mergeReturns(told));
	return merged;
}

function mergeBody(operation: Operation, told: Told<Operation>, versions: ApiVersion[]): Body {
	const bodies = told.map(({ version, thing }) => ({ version, thing: thing.body! }));
	const { media, type, filePart } = bodies.at(-1)!.thing;
	const other = bodies.find(({ thing }) => thing.media !== media || thing.type !== type);
	if (other) {
		throw new CatalogueError(
			`The body of ${operation.method} ${operation.path} is ${other.thing.type} (${other.thing.media}) ` +
				`in ${other.version} and ${type} (${media}) later.`,
			'Teach scripts/catalogue/rename.ts that both names mean the same type.',
		);
	}
	return {
		media,
		...inSome('required', bodies),
		type,
		...existing(bodies, versions),
		...(filePart ? { filePart } : {}),
	};
}

/** Fields with the same name and type are one; its `in` and `required` say where it is so. */
export function mergeFields(told: Told<Field[]>): Field[] {
	const versions = told.map(({ version }) => version);
	const merged = new Map<string, Told<Field>>();
	for (const { version, thing: fields } of [...told].reverse()) {
		for (const field of fields) {
			const key = `${field.name} ${field.type} ${field.json ?? ''}${field.separator ?? ''}`;
			merged.set(key, [{ version, thing: field }, ...(merged.get(key) ?? [])]);
		}
	}
	return [...merged.values()].map((one) => {
		const { name, type, ...rest } = one.at(-1)!.thing;
		delete rest.required;
		delete rest.nullable;
		if (rest.only) rest.only = inAny(one.map(({ thing }) => thing.only ?? []));
		// Only where a field is required its default is ever sent: the one of such a version counts.
		const due = one.filter(({ thing }) => thing.required).at(-1);
		if (due?.thing.default !== undefined) rest.default = due.thing.default;
		return {
			name,
			type,
			...inSome('required', one),
			...existing(one, versions),
			...rest,
			...inSome('nullable', one),
		};
	});
}

function mergeType(told: Told<ObjectType>): ObjectType {
	const versions = told.map(({ version }) => version);
	const newest = told.at(-1)!.thing;
	const merged: ObjectType = {
		fields: mergeFields(told.map(({ version, thing }) => ({ version, thing: thing.fields }))),
	};
	const forked = told.filter(({ thing }) => thing.variants);
	if (forked.length > 0) {
		const on = forked.at(-1)!.thing.variants!.on;
		const targets = new Map<string, Told<string>>();
		for (const { version, thing } of [...forked].reverse()) {
			for (const [value, target] of Object.entries(thing.variants!.of)) {
				// The case of enum values changed between versions of VBR.
				const known = [...targets.keys()].find((one) => sameButCase(one, value)) ?? value;
				const name = typeof target === 'string' ? target : target.type;
				targets.set(known, [{ version, thing: name }, ...(targets.get(known) ?? [])]);
			}
		}
		merged.variants = { on, of: mapValues(targets, (one) => mergeTarget(one, versions)) };
	}
	const choice = newest.oneOf;
	if (choice) merged.oneOf = choice;
	const additional = told.filter(({ thing }) => thing.additional).at(-1)?.thing.additional;
	if (additional) merged.additional = additional;
	return merged;
}

function mergeTarget(told: Told<string>, versions: ApiVersion[]): VariantTarget {
	const type = told.at(-1)!.thing;
	if (told.some(({ thing }) => thing !== type)) {
		throw new CatalogueError(
			`A variant is the type ${told[0]!.thing} in ${told[0]!.version} and ${type} later.`,
			'Teach scripts/catalogue/rename.ts that both names mean the same type.',
		);
	}
	const { in: some } = existing(told, versions);
	return some ? { type, in: some } : type;
}

function mergeEnum(told: Told<EnumValue[]>): EnumValue[] {
	const versions = told.map(({ version }) => version);
	const values = new Map<string, Told<string>>();
	for (const { version, thing } of [...told].reverse()) {
		for (const one of thing) {
			const value = typeof one === 'string' ? one : one.value;
			const key = value.toLowerCase();
			// Two values of one version that differ only in case are two values.
			const twin = values.get(key)?.some((other) => other.version === version);
			const at = twin ? value : key;
			values.set(at, [{ version, thing: value }, ...(values.get(at) ?? [])]);
		}
	}
	return [...values.values()].map((one) => {
		const value = one.at(-1)!.thing;
		const others = one.filter(({ thing }) => thing !== value);
		const as = Object.fromEntries(others.map(({ version, thing }) => [version, thing]));
		const some = existing(one, versions);
		if (others.length === 0 && !some.in) return value;
		return { value, ...some, ...(others.length > 0 ? { as } : {}) };
	});
}

/** Answers that differ in more than their fields are told per version; the fields are joined. */
function mergeReturns(told: Told<Operation>): Pick<Operation, 'returns' | 'returnsIn'> {
	const newest = told.at(-1)!.thing.returns;
	const having = new Map<string, ApiVersion[]>();
	const joined = (which: 'fields' | 'inner') => {
		const all: NonNullable<Returns['fields']> = {};
		for (const { version, thing } of [...told].reverse()) {
			for (const [name, type] of Object.entries(thing.returns[which] ?? {})) {
				all[name] ??= type;
				having.set(name, [version, ...(having.get(name) ?? [])]);
			}
		}
		return Object.keys(all).length > 0 ? { [which]: all } : {};
	};
	const known = { ...joined('fields'), ...joined('inner') };
	const some = [...having].filter(([, versions]) => versions.length < told.length);
	const shape = withoutFields(newest);
	const returns: Returns = { ...shape, ...known };
	if (some.length > 0) returns.fieldsIn = Object.fromEntries(some);
	const returnsIn: Record<ApiVersion, Returns> = {};
	for (const { version, thing } of told) {
		const own = withoutFields(thing.returns);
		if (!isDeepStrictEqual(own, shape)) returnsIn[version] = own;
	}
	return Object.keys(returnsIn).length > 0 ? { returns, returnsIn } : { returns };
}

/** Values of all versions, the newest version's first; those that differ only in case once. */
function inAny(lists: string[][]): string[] {
	const values = new Map<string, string>();
	for (const value of [...lists].reverse().flat()) {
		if (!values.has(value.toLowerCase())) values.set(value.toLowerCase(), value);
	}
	return [...values.values()];
}

function withoutFields(returns: Returns): Returns {
	const shape = { ...returns };
	delete shape.fields;
	delete shape.inner;
	return shape;
}

/** A fact that a thing is said to have in some versions or in all; left out where in none. */
function inSome<K extends 'required' | 'nullable'>(
	fact: K,
	told: Told<{ [key in K]?: true | ApiVersion[] }>,
): { [key in K]?: true | ApiVersion[] } {
	const some = told.filter(({ thing }) => thing[fact]).map(({ version }) => version);
	if (some.length === 0) return {};
	return { [fact]: some.length === told.length ? true : some } as {
		[key in K]?: true | ApiVersion[];
	};
}

function existing(told: Told<unknown>, parent: ApiVersion[]): { in?: ApiVersion[] } {
	return told.length === parent.length ? {} : { in: told.map(({ version }) => version) };
}

function sameButCase(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}

function mapValues<A, B>(map: Map<string, A>, change: (value: A) => B): Record<string, B> {
	return Object.fromEntries([...map].map(([key, value]) => [key, change(value)]));
}

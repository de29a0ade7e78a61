import { fieldsOf, isRequired, parseType, variantsOf } from './read';
import type { ApiVersion, Catalogue, Field, TypeExpression } from './types';
import { isObject } from '../common/objects';

/** A part of an object that is given as one value: a scalar, a list, a map, or an object within itself. */
export interface Leaf {
	/** Names from the outermost field to this one: `['schedule', 'daily', 'localTime']`. */
	path: string[];
	/** Its definitions: several where variants differ in it. */
	fields: Field[];
	/**
	 * The variants that have it, as the version spells them, where it belongs to some only: of the
	 * innermost object that has variants.
	 */
	kinds?: string[];
	/** It tells the variants of the object apart that it stands in. */
	isKind?: true;
	/** The version requires it, and every part that it stands in, whatever else is given. */
	required?: true;
}

/** An object type taken apart. */
interface Parts {
	leaves: Leaf[];
	/** The objects that stand on the way to the leaves. */
	objects: Leaf[];
}

/**
 * Every leaf of an object type in a version.
 *
 * @param value an object of the type: of what has variants, the leaves of its own variant; without it,
 *   or where it does not say its variant, the leaves of all
 */
export const leavesOf = (
	catalogue: Catalogue,
	type: TypeExpression,
	version: ApiVersion,
	value?: unknown,
): Leaf[] => partsOf(catalogue, type, version, value).leaves;

/** The objects whose own fields stand for them, as `leavesOf` finds the fields. */
export const branchesOf = (
	catalogue: Catalogue,
	type: TypeExpression,
	version: ApiVersion,
	value?: unknown,
): Leaf[] => partsOf(catalogue, type, version, value).objects;

function partsOf(
	catalogue: Catalogue,
	type: TypeExpression,
	version: ApiVersion,
	value: unknown,
): Parts {
	const known = unions.get(catalogue) ?? new Map<string, Parts>();
	const key = `${version} ${type}`;
	const union = value === undefined ? known.get(key) : undefined;
	if (union) return union;
	const search = { catalogue, version, leaves: new Map(), objects: new Map() };
	collect(search, type, { path: [], inside: [], required: true }, value);
	const parts = { leaves: [...search.leaves.values()], objects: [...search.objects.values()] };
	if (value === undefined) unions.set(catalogue, known.set(key, parts));
	return parts;
}

/** Those of all variants: several hundred for a job, and every item asks for them. */
const unions = new WeakMap<Catalogue, Map<string, Parts>>();

interface Search {
	catalogue: Catalogue;
	version: ApiVersion;
	/** By path. */
	leaves: Map<string, Leaf>;
	objects: Map<string, Leaf>;
}

interface Place {
	path: string[];
	/** Names of the object types on the way, outermost first. */
	inside: string[];
	/** The variants that have this place, where not all do. */
	kinds?: string[];
	/** An object without it is refused. */
	required: boolean;
}

function collect(search: Search, type: TypeExpression, place: Place, value: unknown): void {
	const parsed = parseType(type);
	if (parsed.kind !== 'object') return;
	const inside = [...place.inside, parsed.name];
	for (const { field, kinds, isKind } of fieldsWithKinds(search, parsed.name, value)) {
		const path = [...place.path, field.name];
		const of = kinds ?? place.kinds;
		const required = place.required && of === undefined && isRequired(field, search.version);
		const at = { path, inside, kinds: of, required };
		const inner = isObject(value) ? value[field.name] : undefined;
		const due = required ? { required } : {};
		const found: Leaf = { path, fields: [field], kinds: of, isKind, ...due };
		if (isTree(search, field, inside)) {
			add(search.objects, found);
			collect(search, field.type, at, inner);
		} else add(search.leaves, found);
	}
}

/** Whether a field is an object whose own fields stand for it. One inside itself would never end. */
function isTree({ catalogue, version }: Search, { type }: Field, inside: string[]): boolean {
	const parsed = parseType(type);
	if (parsed.kind !== 'object' || inside.includes(parsed.name)) return false;
	const fork = variantsOf(catalogue, parsed.name, version);
	return fork !== undefined || fieldsOf(catalogue, parsed.name, version).length > 0;
}

interface FieldOfKinds {
	field: Field;
	kinds?: string[];
	isKind?: true;
}

/** What the server adds to an object, such as `_embedded` and `_links`, is none of its fields. */
export const isMetadata = (name: string): boolean => name.startsWith('_');

function fieldsWithKinds(search: Search, name: string, value: unknown): FieldOfKinds[] {
	const { catalogue, version } = search;
	const fork = variantsOf(catalogue, name, version);
	const own = (type: string, of?: Record<string, unknown>) =>
		fieldsOf(catalogue, type, version, of).filter((field) => !isMetadata(field.name));
	const marked = (field: Field): FieldOfKinds =>
		field.name === fork?.on ? { field, isKind: true } : { field };
	if (!fork) return own(name).map(marked);
	const wanted = isObject(value) ? String(value[fork.on]).toLowerCase() : undefined;
	const kind = fork.variants.find((one) => one.value.toLowerCase() === wanted);
	if (kind && isObject(value)) return own(name, value).map(marked);
	const all = fork.variants.map((one) => ({ value: one.value, fields: own(one.type) }));
	return all.flatMap((one) =>
		one.fields.map((field): FieldOfKinds => {
			const kinds = all.filter(({ fields }) => fields.some((other) => other.name === field.name));
			const shared = kinds.length === all.length;
			return { ...marked(field), ...(shared ? {} : { kinds: [one.value] }) };
		}),
	);
}

function add(found: Map<string, Leaf>, leaf: Leaf): void {
	const key = leaf.path.join('.');
	const known = found.get(key);
	if (!known) {
		found.set(key, leaf);
		return;
	}
	if (!leaf.required) delete known.required;
	// Another variant may have there an object of one kind only.
	if (leaf.isKind) known.isKind = true;
	const isThere = ({ type, nullable }: Field): boolean =>
		known.fields.some((one) => one.type === type && String(one.nullable) === String(nullable));
	known.fields.push(...leaf.fields.filter((field) => !isThere(field)));
	known.kinds =
		known.kinds && leaf.kinds ? [...new Set([...known.kinds, ...leaf.kinds])] : undefined;
}

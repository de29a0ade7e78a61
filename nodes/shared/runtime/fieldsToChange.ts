import type { IDataObject } from 'n8n-workflow';

import { leavesOf, branchesOf, type Leaf } from '../catalogue';
import type { ApiVersion, Operation } from '../catalogue/types';
import { CONTROL } from '../binding/parameterBinding';
import { isEmpty, toWire } from '../binding/values';
import { isSecret } from '../form/fields';
import { kindField, updateLeaves } from '../form/fieldsToChange';
import type { Call } from './product';
import { lacking, valueContext } from './fields';
import { setAt, valueAt } from '../binding/objectPaths';
import { FIELDS_TO_CHANGE as LABEL } from '../form/controls';
import { readMapper } from './mapper';
import { ParameterError } from './parameterError';
import { fieldsToNull, NULL, refuseNull, withNulls } from './setToNull';
import { isObject } from '../common/objects';

export const nothingToChange = (call: Call, operation: Operation): ParameterError =>
	new ParameterError(
		`"${LABEL}" is empty: "${call.product.labels.operation(operation)}" has nothing to change`,
		`Add a field under "${LABEL}" and give it a value.`,
	);

/** For a field without a value. */
export const empty = (label: string): ParameterError =>
	new ParameterError(
		`"${label}" is empty`,
		'Give it a value, or remove the field. If the value comes from an expression, the item has no such field.',
	);

/** @throws ParameterError naming a field that there is not, and those that are called alike */
export function unknownField(call: Call, operation: Operation, id: string, known: string[]): never {
	const near = nearest(id, known);
	throw new ParameterError(
		`"${call.product.labels.operation(operation)}" has no field "${id}"`,
		near.length > 0
			? `Did you mean ${near.map((one) => `"${one}"`).join(' or ')}?`
			: 'Remove it. The form lists the fields that there are.',
	);
}

/** The names most like a wrong one, best first, at most three. */
export function nearest(wrong: string, known: string[]): string[] {
	const wanted = wrong.toLowerCase();
	const last = wanted.split('.').at(-1) ?? wanted;
	return known
		.map((name) => {
			const own = name.toLowerCase();
			const inner = own.split('.').at(-1) ?? own;
			const distance = Math.min(
				editDistance(wanted, own),
				editDistance(last, inner),
				// A part of the name was given, or too much of it.
				own.includes(wanted) || wanted.includes(own) || inner.includes(last) ? 2 : Infinity,
			);
			return { name, distance };
		})
		.filter(({ name, distance }) => distance <= Math.max(2, name.length / 3))
		.sort((a, b) => a.distance - b.distance || a.name.length - b.name.length)
		.slice(0, 3)
		.map(({ name }) => name);
}

/** Letters to add, take away or replace until one text is the other (Levenshtein). */
function editDistance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++)
			next.push(
				Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)),
			);
		row = next;
	}
	return row[b.length]!;
}

/** One field that the user changes. */
export interface FieldChange {
	path: string[];
	/** In wire form. */
	value: unknown;
}

/** The fields that were given for an update, by ID, as they were given. */
export type GivenFields = Array<[id: string, value: unknown]>;

/**
 * The fields that were given for an update. Nothing is asked of the server.
 *
 * @throws ParameterError where nothing was given, or naming a field that no object has
 */
export function readGivenFields(
	call: Call,
	operation: Operation,
	version: ApiVersion,
): GivenFields {
	const any = leavesOf(call.product.adapter.catalogue(), operation.body?.type ?? 'any', version);
	const said = flattened(readMapper(call, CONTROL.fieldsToChange, LABEL), any);
	const given = withNulls(call, operation, said, fieldsToNull(call));
	if (given.length === 0) throw nothingToChange(call, operation);
	for (const [id, value] of given) {
		const isKnown = any.some(({ path }) => isAtOrIn(path.join('.'), id));
		if (!isKnown) throw notThere(call, operation, version, { id, known: any.map(idOf) });
		if (value === undefined || value === null)
			throw empty(call.product.labels.fieldAt(operation, id.split('.')));
	}
	return given;
}

/** A leaf by the name that the mapper has for it. */
export const idOf = ({ path }: Leaf): string => path.join('.');

/** Whether a leaf is the field of a name or stands inside it. */
export const isAtOrIn = (leaf: string, id: string): boolean =>
	leaf === id || leaf.startsWith(`${id}.`);

/**
 * The fields that an update changes, in wire form.
 *
 * @param record the object as it is: its kind decides which fields there are
 * @throws ParameterError naming a field that is empty, of the wrong type, of another kind of object or of
 *   another version
 */
export function toChanges(
	call: Call,
	operation: Operation,
	version: ApiVersion,
	record: IDataObject,
	given: GivenFields,
): FieldChange[] {
	const catalogue = call.product.adapter.catalogue();
	const any = leavesOf(catalogue, operation.body?.type ?? 'any', version);
	const kind = kindField(catalogue, operation, version);
	const said = given.filter(([id, value]) => !repeats(operation, record, kind, id, value));
	const draft = kindsGiven(any, said, record);
	const leaves = new Map(
		updateLeaves(catalogue, operation, version, record, draft).map((leaf) => [idOf(leaf), leaf]),
	);
	return said.map(([id, value]) => {
		const leaf = leaves.get(id);
		const inner = [...leaves.keys()].find((one) => one.startsWith(`${id}.`));
		if (!leaf && inner !== undefined && value === NULL) {
			const objects = branchesOf(catalogue, operation.body?.type ?? 'any', version, draft);
			const object = objects.find((one) => idOf(one) === id);
			refuseNull(call, operation, version, id, object?.fields ?? []);
			return { path: id.split('.'), value: null };
		}
		if (!leaf && inner !== undefined) throw notOneValue(call, operation, { id, inner, value });
		if (!leaf)
			throw notThere(call, operation, version, { id, record, kind, known: [...leaves.keys()] });
		return { path: leaf.path, value: wireValue(call, operation, version, leaf, value) };
	});
}

/**
 * Of given fields, those that tell kinds of objects apart: they decide which fields come with them.
 *
 * @param leaves those of all kinds
 * @param object what they are put into
 */
export function kindsGiven(
	leaves: Leaf[],
	given: GivenFields,
	object: IDataObject = {},
): IDataObject {
	const kinds = new Set(leaves.filter(({ isKind }) => isKind).map(idOf));
	return given.reduce(
		(known, [id, value]) =>
			kinds.has(id) && typeof value === 'string' ? setAt(known, id.split('.'), value) : known,
		object,
	);
}

/** Fields by ID; objects that stand for their fields taken apart: `{schedule: {daily: {…}}}`. */
export function flattened(given: IDataObject, leaves: Leaf[]): Array<[string, unknown]> {
	const trees = new Set<string>();
	for (const { path } of leaves)
		for (let depth = 1; depth < path.length; depth += 1) trees.add(path.slice(0, depth).join('.'));
	const takenApart = (values: IDataObject, outer: string): Array<[string, unknown]> =>
		Object.entries(values).flatMap(([name, raw]): Array<[string, unknown]> => {
			const id = outer + name;
			const value = trees.has(id) ? parsedObject(raw) : raw;
			return trees.has(id) && isObject(value) && Object.keys(value).length > 0
				? takenApart(value, `${id}.`)
				: [[id, raw]];
		});
	return takenApart(given, '');
}

function parsedObject(value: unknown): unknown {
	if (typeof value !== 'string' || !value.trim().startsWith('{')) return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		return value;
	}
}

/** Whether a value says again what the object is: its ID or its kind. */
function repeats(
	operation: Operation,
	record: IDataObject,
	kind: string | undefined,
	id: string,
	value: unknown,
): boolean {
	const isOwn = id === kind || (id === 'id' && operation.path.endsWith('{id}'));
	const own = record[id];
	return (
		isOwn && isEmpty(own) === false && String(own).toLowerCase() === String(value).toLowerCase()
	);
}

/** For an object that stands for its fields. */
export function notOneValue(
	call: Call,
	operation: Operation,
	{ id, inner, value }: { id: string; inner: string; value: unknown },
): ParameterError {
	const label = call.product.labels.fieldAt(operation, id.split('.'));
	return isEmpty(value) || (isObject(value) && Object.keys(value).length === 0)
		? empty(label)
		: new ParameterError(
				`"${label}" is not a single value`,
				`Name the fields inside it, such as "${inner}".`,
			);
}

interface Missed {
	id: string;
	/** The object, where it has been read. */
	record?: IDataObject;
	kind?: string;
	known: string[];
}

/**
 * The value that decides that an object does not have a field, from the outermost one inwards;
 * undefined where none does.
 */
function excludedBy(
	call: Call,
	operation: Operation,
	version: ApiVersion,
	{ id, record = {} }: Missed,
): { path: string[]; value: unknown } | undefined {
	const catalogue = call.product.adapter.catalogue();
	const type = operation.body?.type ?? 'any';
	let decided: IDataObject = {};
	return leavesOf(catalogue, type, version)
		.filter(
			({ path, isKind }) =>
				isKind && `.${id}.`.startsWith(['', ...path.slice(0, -1), ''].join('.')),
		)
		.sort((a, b) => a.path.length - b.path.length)
		.map(({ path }) => ({ path, value: valueAt(record, path) }))
		.filter(({ value }) => !isEmpty(value))
		.find(({ path, value }) => {
			decided = setAt(decided, path, value);
			return !leavesOf(catalogue, type, version, decided).some((leaf) => idOf(leaf) === id);
		});
}

/** Why a field is not among those of the object. */
export function notThere(
	call: Call,
	operation: Operation,
	version: ApiVersion,
	{ id, record, kind, known }: Missed,
): Error {
	const catalogue = call.product.adapter.catalogue();
	const type = operation.body?.type ?? 'any';
	const label = call.product.labels.fieldAt(operation, id.split('.'));
	const isIn = (one: ApiVersion) =>
		leavesOf(catalogue, type, one).some(({ path }) => path.join('.') === id);
	if (record && (id === kind || (id === 'id' && operation.path.endsWith('{id}'))))
		return new ParameterError(
			`"${label}" cannot be changed: the object has ${id} "${String(record[id])}"`,
			'Remove the field. Choose another object, or create a new one.',
		);
	const by = record && isIn(version) && excludedBy(call, operation, version, { id, record, known });
	if (by && by.path.join('.') === kind)
		return new ParameterError(
			`"${label}" does not exist in an object of the kind "${String(by.value)}"`,
			'Remove the field. The form lists the fields of the chosen object.',
		);
	if (by)
		return new ParameterError(
			`"${label}" does not go with "${call.product.labels.fieldAt(operation, by.path)}" "${String(by.value)}"`,
			'Remove one of them, or choose another value.',
		);
	const others = operation.in.filter((one) => one !== version && isIn(one));
	if (others.length > 0) return lacking(call, label, others);
	return unknownField(call, operation, id, known);
}

export function wireValue(
	call: Call,
	operation: Operation,
	version: ApiVersion,
	{ path, fields }: Leaf,
	value: unknown,
): unknown {
	const [field] = fields;
	const label = () => call.product.labels.fieldAt(operation, path);
	if (value === NULL) {
		refuseNull(call, operation, version, path.join('.'), fields);
		return null;
	}
	const type = field?.type ?? 'any';
	const isText = ['string', 'password', 'any'].includes(type);
	if (value === '' && isText && !field?.minLength) return '';
	if (Array.isArray(value) && value.length === 0 && type.endsWith('[]') && !field?.minItems)
		return [];
	if (isEmpty(value)) throw empty(label());
	const isHidden = isSecret(path.at(-1) ?? '', type);
	return toWire(valueContext(call, version, label, isHidden), type, value);
}

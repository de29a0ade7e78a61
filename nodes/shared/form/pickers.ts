import { listAt, pathShape } from '../catalogue';
import type { Catalogue, Operation } from '../catalogue/types';
import type { PickerNames, ProductOverlay } from './overlay';
import { allBindings, pathBindings, type ParameterBinding } from '../binding/parameterBinding';
import type { Picker } from './locator';
import { scopePicker, scopesOf } from './scopes';

export type { Picker };

/** Names of fields that a person knows a thing by, best first. */
const LABELS = [
	'name',
	'displayName',
	'hint',
	'userName',
	'username',
	'vmName',
	'objectName',
	'serverName',
	'hostName',
	'backupName',
	'title',
	'bestPractice',
	'unstructuredServerName',
	'note',
	'description',
	'type',
];

/** Where a parameter stands: a path parameter, or a field that holds the id of something. */
export interface PickerQuestion {
	operation: Operation;
	binding: Pick<ParameterBinding, 'name' | 'apiName'>;
	inPath: boolean;
}

/**
 * The list a parameter picks from. `{p}` of `…/X/{p}` is one of `GET …/X` where that is a list;
 * hand-written names add lists for other places.
 */
export function findPicker(
	catalogue: Catalogue,
	overlay: ProductOverlay,
	{ operation, binding, inPath }: PickerQuestion,
): Picker | undefined {
	const written = overlay.pickers.filter(({ parameters }) => parameters?.includes(binding.name));
	const here = written.find(
		({ under }) =>
			under !== undefined && operation.path.startsWith(`${overlay.pathPrefix}/${under}`),
	);
	const byRule =
		inPath && !here ? listAt(catalogue, before(operation.path, binding.apiName)) : undefined;
	const named = here ?? (byRule ? undefined : written.find(({ under }) => under === undefined));
	const list = named ? listAt(catalogue, `${overlay.pathPrefix}/${named.list}`) : byRule;
	if (!list || list === operation) return undefined;
	return pickerFor(list, binding.apiName, overlay, named?.idField);
}

/** What a field or parameter of this name picks from a list. */
function pickerFor(
	list: Operation,
	apiName: string,
	overlay: ProductOverlay,
	idField = idFieldOf(list, apiName, overlay),
): Picker | undefined {
	if (idField === undefined || !canBeAsked(list)) return undefined;
	return {
		list,
		idField,
		labelFields: labelFieldsOf(list, overlay),
		outer: pathBindings(list).map((one) => ({ apiName: one.apiName, parameter: one.name })),
	};
}

/** Not a list that wants to be given what a form does not know when it opens: the server would refuse. */
const canBeAsked = ({ query = [] }: Operation): boolean =>
	query.every(({ required, default: usual }) => required === undefined || usual !== undefined);

/** What is called so holds an ID, or several. */
export const IS_ID = /^id$|(Id|Uid)s?$/;

/**
 * The list that a field inside a body picks from; undefined where there is none, or where it is no ID.
 * Pickers may name a field with the objects around it (`account.credentialsId`): the longest name counts.
 */
export function fieldPicker(
	catalogue: Catalogue,
	overlay: ProductOverlay,
	operation: Operation,
	path: string[],
): Picker | undefined {
	const apiName = path.at(-1) ?? '';
	if (!IS_ID.test(apiName)) return undefined;
	const name = path
		.map((_, index) => path.slice(index).join('.'))
		.find((one) =>
			overlay.pickers.some(
				({ parameters, under }) =>
					parameters?.includes(one) &&
					(under === undefined || operation.path.startsWith(`${overlay.pathPrefix}/${under}`)),
			),
		);
	if (name === undefined) return undefined;
	return findPicker(catalogue, overlay, { operation, binding: { name, apiName }, inPath: false });
}

/** Every parameter of an operation that picks from a list, with that list. */
export function pickersOf(
	catalogue: Catalogue,
	overlay: ProductOverlay,
	operation: Operation,
): Map<string, Picker> {
	const inPath = new Set(pathBindings(operation).map(({ name }) => name));
	const found = new Map<string, Picker>();
	for (const binding of allBindings(catalogue, operation)) {
		if (found.has(binding.name)) continue;
		const picker = findPicker(catalogue, overlay, {
			operation,
			binding,
			inPath: inPath.has(binding.name),
		});
		if (picker) found.set(binding.name, picker);
	}
	for (const { scope } of scopesOf(overlay, operation)) {
		const picker = scopePicker(catalogue, overlay, scope);
		if (picker)
			found.set(scope.parameter, { ...picker, labelFields: labelFieldsOf(picker.list, overlay) });
	}
	return found;
}

const before = (path: string, placeholder: string): string =>
	path.slice(0, path.indexOf(`/{${placeholder}}`));

/** The entry's field called as the parameter; else that of its own id. */
function idFieldOf(
	list: Operation,
	parameter: string,
	overlay: ProductOverlay,
): string | undefined {
	const known = list.returns.fields ?? {};
	const candidates = [parameter, overlay.search.idField ?? 'id', 'id'];
	const override = overrideOf(list, overlay)?.idField;
	return override ?? candidates.find((field) => field in known);
}

function labelFieldsOf(list: Operation, overlay: ProductOverlay): string[] {
	const known = list.returns.fields ?? {};
	const override = overrideOf(list, overlay)?.labelField ?? [];
	return [...[override].flat(), ...LABELS.filter((field) => field in known)];
}

/** What the names say about a list wherever it is used. */
const overrideOf = (list: Operation, overlay: ProductOverlay): PickerNames | undefined =>
	overlay.pickers.find(
		(entry) =>
			entry.parameters === undefined &&
			entry.names === undefined &&
			pathShape(`${overlay.pathPrefix}/${entry.list}`) === pathShape(list.path),
	);

/** Which entries of a list an operation can do something with; undefined where all are. */
export function fitOf(
	overlay: ProductOverlay,
	list: Operation,
	{ id, method, path }: Pick<Operation, 'id' | 'method' | 'path'>,
): NonNullable<PickerNames['fits']>[number] | undefined {
	return overlay.pickers
		.filter((entry) => pathShape(`${overlay.pathPrefix}/${entry.list}`) === pathShape(list.path))
		.flatMap(({ fits = [] }) => fits)
		.find(({ of }) => [`${method} ${path}`, id].some((one) => new RegExp(of).test(one)));
}

/** Whether a list has what happens: many of one name, told apart by time and result. */
export const isChronological = ({ path }: Operation): boolean => CHRONOLOGICAL.test(path);

/** A field of a record that names one object by its ID. */
export const NAMES_ONE = /(Id|Uid)$/;

/** Lists of what happens: they have no end, and nobody knows a thing by them. */
const CHRONOLOGICAL = /(session|task|point|event|log|action|retrieval|report)s?$/i;

/**
 * The lists that have the names of what a field of a record names by its ID, best first: the one that a
 * parameter of this name picks from, or the one whose entries a path names so (`/X/{backupServerUid}`).
 * Undefined where there is none of its own, where it is the list that is read anyway, or one without an
 * end.
 */
export function recordPicker(
	catalogue: Catalogue,
	overlay: ProductOverlay,
	operation: Operation,
	field: string,
): [Picker, ...Picker[]] | undefined {
	if (!NAMES_ONE.test(field) || field === (overlay.search.idField ?? 'id')) return undefined;
	const ask = (name: string) =>
		findPicker(catalogue, overlay, {
			operation,
			binding: { name, apiName: field },
			inPath: false,
		});
	const found =
		writtenFor(catalogue, overlay, operation, field) ??
		ask(field) ??
		ask(`${field}Filter`) ??
		scopeOf(catalogue, overlay, field) ??
		listOfEntry(catalogue, overlay, field);
	if (!found || found.outer.length > 0 || CHRONOLOGICAL.test(found.list.path)) return undefined;
	// What is only known by its kind has no name.
	const labelFields = found.labelFields.filter((name) => name !== 'type');
	if (found.list.path === operation.path || labelFields.length === 0) return undefined;
	const also = overlay.pickers.find(
		(one) => one.also && listAt(catalogue, `${overlay.pathPrefix}/${one.list}`) === found.list,
	)?.also;
	const second = also && listAt(catalogue, `${overlay.pathPrefix}/${also}`);
	return [{ ...found, labelFields }, ...(second ? [{ ...found, list: second }] : [])];
}

/** The list that the overlay names for fields of records alone. */
function writtenFor(
	catalogue: Catalogue,
	overlay: ProductOverlay,
	{ path }: Operation,
	field: string,
): Picker | undefined {
	const written = overlay.pickers.find(
		({ names, under }) =>
			names?.includes(field) &&
			(under === undefined || path.startsWith(`${overlay.pathPrefix}/${under}`)),
	);
	const list = written && listAt(catalogue, `${overlay.pathPrefix}/${written.list}`);
	return list && pickerFor(list, field, overlay, written.idField);
}

/** The list of the companies, locations or servers that a field names. */
function scopeOf(catalogue: Catalogue, overlay: ProductOverlay, field: string): Picker | undefined {
	const scope = overlay.scopes?.find((one) => one.field.test(field));
	const picker = scope && scopePicker(catalogue, overlay, scope);
	return picker && { ...picker, labelFields: labelFieldsOf(picker.list, overlay) };
}

/** The one list `/X` of `/X/{field}` that is called as the field is; undefined where several are. */
function listOfEntry(
	catalogue: Catalogue,
	overlay: ProductOverlay,
	field: string,
): Picker | undefined {
	const stem = field.replace(NAMES_ONE, '').toLowerCase();
	const paths = catalogue.operations
		.map(({ path }) => path)
		.filter((path) => path.endsWith(`/{${field}}`) && path.split('{').length === 2)
		.map((path) => before(path, field))
		.filter((path) => path.split('/').at(-1)?.toLowerCase().includes(stem));
	const [list, ...others] = [...new Set(paths)].map((path) => listAt(catalogue, path));
	return list && others.length === 0 ? pickerFor(list, field, overlay) : undefined;
}

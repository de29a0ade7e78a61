import { listAt, pathShape } from '../catalogue';
import type { Catalogue, Operation } from '../catalogue/types';
import type { PickerNames, ProductOverlay } from './overlay';
import { allBindings, pathBindings, type ParameterBinding } from '../binding/parameterBinding';
import { scopePicker, scopesOf } from './scopes';

/** A list from which the value of a parameter is chosen. */
export interface Picker {
	/** The list operation. */
	list: Operation;
	/** Field of an entry that holds the value. */
	idField: string;
	/** Fields of an entry that a person knows it by, best first; dots reach into nested objects. */
	labelFields: string[];
	/** The list's own path parameters: API name, and the node parameter that holds the outer choice. */
	outer: Array<{ apiName: string; parameter: string }>;
}

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
	const idField = named?.idField ?? idFieldOf(list, binding.apiName, overlay);
	if (idField === undefined) return undefined;
	return {
		list,
		idField,
		labelFields: labelFieldsOf(list, overlay),
		outer: pathBindings(list).map(({ apiName, name }) => ({ apiName, parameter: name })),
	};
}

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
	const override = overrideOf(list, overlay)?.labelField;
	return [...(override ? [override] : []), ...LABELS.filter((field) => field in known)];
}

/** What the names say about a list wherever it is used. */
const overrideOf = (list: Operation, overlay: ProductOverlay): PickerNames | undefined =>
	overlay.pickers.find(
		(entry) =>
			entry.parameters === undefined &&
			pathShape(`${overlay.pathPrefix}/${entry.list}`) === pathShape(list.path),
	);

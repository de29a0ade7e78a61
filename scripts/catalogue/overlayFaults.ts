import { allFields, leavesOf } from '../../nodes/shared/catalogue';
import type { Catalogue, Operation } from '../../nodes/shared/catalogue/types';
import {
	allBindings,
	bodyInput,
	pascal,
	singular,
	variantBinding,
	type ParameterBinding,
} from '../../nodes/shared/binding/parameterBinding';
import { lowerCase, titleCase, tokenize } from '../../nodes/shared/common/casing';
import {
	idlePaths,
	labelOf,
	nameOperations,
	namesByRule,
	valueLabel,
} from '../../nodes/shared/form/operationNames';
import type {
	OperationOverlay,
	PickerNames,
	ProductOverlay,
} from '../../nodes/shared/form/overlay';
import { fieldPicker, IS_ID, pickersOf, recordPicker } from '../../nodes/shared/form/pickers';

/**
 * What of an overlay is there for nothing: entries that name nothing of the catalogue, and entries
 * that say what the rules say without them. Dead entries hide the living ones.
 *
 * @param ownOperations of the product: everyday.json may name them
 * @returns one line an entry; none where all are needed
 * @throws Error where the overlay does not fit the catalogue at all (see nameOperations)
 */
export function overlayFaults(
	catalogue: Catalogue,
	overlay: ProductOverlay,
	ownOperations: ReadonlyArray<{ operation: string }> = [],
): string[] {
	return [
		...operationFaults(catalogue, overlay),
		...everydayFaults(catalogue, overlay, ownOperations),
		...resourceFaults(catalogue, overlay),
		...fieldFaults(catalogue, overlay),
		...everydayFieldFaults(catalogue, overlay),
		...spellingFaults(catalogue, overlay),
		...pickerFaults(catalogue, overlay),
		...fitFaults(catalogue, overlay, ownOperations),
	];
}

const NOTHING = 'names nothing of the catalogue';
const NEEDLESS = 'says what the rule says';

function operationFaults(catalogue: Catalogue, overlay: ProductOverlay): string[] {
	// An overlay that does not fit at all: nothing can be compared with it.
	nameOperations(catalogue, overlay);
	const named = namesIn(catalogue, overlay);
	const byRule = namesByRule(catalogue, overlay);
	const byId = new Map(catalogue.operations.map((operation) => [operation.id, operation]));
	return Object.entries(overlay.operations).flatMap(([id, entry]) => {
		const operation = byId.get(id);
		if (!operation) return [`operations.json: ${id} ${NOTHING}`];
		const names = (['name', 'action'] as const).filter(
			(key) =>
				// Most are seen at a glance to be needed.
				entry[key]?.startsWith(byRule.get(id)![key]) &&
				namesIn(catalogue, without(overlay, id, key)) === named,
		);
		return [
			...names.map((key) => `operations.json: ${id}.${key} ${NEEDLESS}: "${entry[key]}"`),
			...ownFieldFaults(catalogue, overlay, operation, entry),
		];
	});
}

function everydayFaults(
	{ operations }: Catalogue,
	{ everyday }: ProductOverlay,
	ownOperations: ReadonlyArray<{ operation: string }>,
): string[] {
	const known = new Set([
		...operations.map(({ id }) => id),
		...ownOperations.map(({ operation }) => operation),
	]);
	const lost = everyday.filter((id) => !known.has(id));
	return lost.map((id) => `everyday.json: ${id} ${NOTHING}`);
}

/** All names in one text; '' where two operations would be called alike. */
function namesIn(catalogue: Catalogue, overlay: ProductOverlay): string {
	try {
		return nameOperations(catalogue, overlay)
			.map(({ operation, resource, name, action }) => [operation.id, resource, name, action].join())
			.join('\n');
	} catch {
		return '';
	}
}

/** An overlay less one thing that it says of an operation. */
function without(overlay: ProductOverlay, id: string, key: keyof OperationOverlay): ProductOverlay {
	const entry = { ...overlay.operations[id], [key]: undefined };
	return { ...overlay, operations: { ...overlay.operations, [id]: entry } };
}

/** Labels and hints of one operation's own. */
function ownFieldFaults(
	catalogue: Catalogue,
	overlay: ProductOverlay,
	operation: Operation,
	{ labels = {}, hints = {} }: OperationOverlay,
): string[] {
	const fields = new Set(fieldsOf(catalogue, operation));
	const plain = without(overlay, operation.id, 'labels');
	return [
		...[...Object.keys(labels), ...Object.keys(hints)]
			.filter((field) => !fields.has(field))
			.map((field) => `operations.json: ${operation.id}, ${field} ${NOTHING}`),
		...Object.entries(labels)
			.filter(([field, label]) => labelOf(plain, operation, field) === label)
			.map(
				([field, label]) => `operations.json: ${operation.id}, ${field} ${NEEDLESS}: "${label}"`,
			),
		...Object.entries(hints)
			.filter(([field, hint]) => overlay.hints[field] === hint)
			.map(([field]) => `operations.json: ${operation.id}, hint of ${field} ${NEEDLESS}`),
	];
}

/** By the name in the form and by the API's own. */
function fieldsOf(catalogue: Catalogue, operation: Operation): string[] {
	const dropdown = variantBinding(catalogue, operation);
	const names = ({ name, apiName }: ParameterBinding) => [name, apiName];
	return [
		...allBindings(catalogue, operation).flatMap(names),
		...(dropdown ? [dropdown.name] : []),
	];
}

const innerPaths = new WeakMap<Operation, string[][]>();

/** The fields inside the body of an operation in all its versions, as the form offers them one by one. */
function leafPathsOf(catalogue: Catalogue, operation: Operation): string[][] {
	const known = innerPaths.get(operation);
	if (known) return known;
	const input = bodyInput(catalogue, operation);
	const found = new Map<string, string[]>();
	for (const version of input === 'fields' || input === 'update' ? operation.in : [])
		for (const { path } of leavesOf(catalogue, operation.body?.type ?? 'any', version))
			if (path.length > 1) found.set(path.join('.'), path);
	innerPaths.set(operation, [...found.values()]);
	return [...found.values()];
}

/** Of these, those that may pick from a list. */
const innerFieldsOf = (catalogue: Catalogue, operation: Operation): string[][] =>
	leafPathsOf(catalogue, operation).filter((path) => IS_ID.test(path.at(-1) ?? ''));

function everydayFieldFaults(
	catalogue: Catalogue,
	{ everydayFields = [] }: ProductOverlay,
): string[] {
	const paths = catalogue.operations.flatMap((operation) =>
		leafPathsOf(catalogue, operation).map((path) => path.join('.')),
	);
	const all = [...new Set(paths)];
	return everydayFields
		.filter((pattern) => !all.some((path) => pattern.test(path)))
		.map((pattern) => `fields.json: everydayFields ${pattern.source} ${NOTHING}`);
}

/** By what a picker may name them: `credentialsId`, `account.credentialsId`. */
const innerNamesOf = (catalogue: Catalogue, operation: Operation): string[] =>
	innerFieldsOf(catalogue, operation).flatMap((path) =>
		path.map((_, index) => path.slice(index).join('.')),
	);

function resourceFaults(catalogue: Catalogue, overlay: ProductOverlay): string[] {
	return idlePaths(catalogue, overlay).map(
		([resource, path]) => `resources.json: ${resource}, path "${path}" ${NOTHING}`,
	);
}

function fieldFaults(catalogue: Catalogue, overlay: ProductOverlay): string[] {
	const { operations } = catalogue;
	// Fields deep inside a body have labels, too: forms load them when they open.
	const fields = new Set([
		...operations.flatMap((operation) => fieldsOf(catalogue, operation)),
		...Object.values(catalogue.types).flatMap(({ fields: inner = [] }) =>
			inner.map(({ name }) => name),
		),
	]);
	const values = new Set(valuesOf(catalogue));
	const dead = (what: string, written: object, known: Set<string>) =>
		Object.keys(written)
			.filter((name) => !known.has(name))
			.map((name) => `fields.json: ${what}.${name} ${NOTHING}`);
	const needless = (what: string, written: Record<string, string>, rule: (n: string) => string) =>
		Object.entries(written)
			.filter(([name, text]) => rule(name) === text)
			.map(([name, text]) => `fields.json: ${what}.${name} ${NEEDLESS}: "${text}"`);
	const bare = { ...overlay, labels: {}, values: {}, operations: {} };
	return [
		...dead('labels', overlay.labels, fields),
		...dead('hints', overlay.hints, fields),
		...dead('values', overlay.values, values),
		...needless('labels', overlay.labels, (name) => labelOf(bare, operations[0]!, name)),
		...needless('values', overlay.values, (value) => valueLabel(bare, value)),
		...(overlay.serverOwned ?? [])
			.filter((pattern) => ![...fields].some((name) => pattern.test(name)))
			.map((pattern) => `fields.json: serverOwned ${pattern.source} ${NOTHING}`),
	];
}

const valuesOf = ({ enums }: Catalogue): string[] =>
	Object.values(enums)
		.flat()
		.map((entry) => (typeof entry === 'string' ? entry : entry.value));

function spellingFaults(catalogue: Catalogue, overlay: ProductOverlay): string[] {
	const identifiers = new Set([
		...catalogue.operations.flatMap((operation) => [
			...operation.path.split('/').flatMap((segment) => [segment, singular(segment)]),
			...fieldsOf(catalogue, operation),
			...Object.keys(operation.returns.fields ?? {}),
		]),
		...Object.values(catalogue.types).flatMap(({ fields }) => fields.map(({ name }) => name)),
		...valuesOf(catalogue).map(pascal),
	]);
	const phrases = [...identifiers].map((identifier) => ({
		identifier,
		// Between blanks, so that whole words are looked for.
		words: ` ${tokenize(identifier).join(' ')} `,
	}));
	// Names and resources are written by hand, and put into lower case for the action list.
	const written = ` ${[
		...Object.values(overlay.resources).map(({ name }) => name),
		...Object.values(overlay.operations).map(({ name = '' }) => name),
		...Object.values(overlay.labels),
	]
		.join(' ')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, ' ')} `;
	return Object.entries(overlay.spellings).flatMap(([words, spelling]) => {
		const others = { ...overlay.spellings };
		delete others[words];
		const where = phrases.filter((phrase) => phrase.words.includes(` ${words} `));
		const isWritten = written.includes(` ${words} `);
		if (where.length === 0 && !isWritten) return [`fields.json: spellings.${words} ${NOTHING}`];
		const isNeeded =
			isWritten ||
			where.some(({ identifier }) => {
				const title = titleCase(identifier, overlay.spellings);
				return (
					title !== titleCase(identifier, others) ||
					lowerCase(title, overlay.spellings) !== lowerCase(title, others)
				);
			});
		return isNeeded ? [] : [`fields.json: spellings.${words} ${NEEDLESS}: "${spelling}"`];
	});
}

/** Rules of what fits an operation that match none, or look at what the list does not say. */
function fitFaults(
	{ operations }: Catalogue,
	{ pickers, pathPrefix }: ProductOverlay,
	ownOperations: ReadonlyArray<{ operation: string }>,
): string[] {
	const known = [
		...operations.flatMap(({ id, method, path }) => [id, `${method} ${path}`]),
		...ownOperations.map(({ operation }) => operation),
	];
	return pickers.flatMap(({ list, fits = [] }) => {
		const fields = operations.find(
			({ method, path }) => method === 'GET' && path === `${pathPrefix}/${list}`,
		)?.returns.fields;
		return fits.flatMap(({ of, field }) => [
			...(known.some((one) => new RegExp(of).test(one))
				? []
				: [`pickers.json: fits of "${of}" ${NOTHING}`]),
			...(fields && (field.split('.')[0] ?? '') in fields
				? []
				: [`pickers.json: fits field "${field}" of "${list}" ${NOTHING}`]),
		]);
	});
}

function pickerFaults(catalogue: Catalogue, overlay: ProductOverlay): string[] {
	const { pathPrefix } = overlay;
	const shape = (path: string) => path.replace(/\{\w+\}/g, '{}').toLowerCase();
	const lists = new Set(
		catalogue.operations.filter(({ method }) => method === 'GET').map(({ path }) => shape(path)),
	);
	const now = catalogue.operations.map((operation) => ({
		operation,
		fields: new Set([...fieldsOf(catalogue, operation), ...innerNamesOf(catalogue, operation)]),
		picked: pickedIn(catalogue, overlay, operation),
	}));
	const namedFrom = (from: ProductOverlay, operation: Operation, name: string) =>
		recordPicker(catalogue, from, operation, name)?.[0].list;
	const recordFields = new Set(catalogue.operations.flatMap((one) => Object.keys(allFields(one))));
	return overlay.pickers.flatMap((entry) => {
		const { parameters = [], names: inRecords = [], under, list } = entry;
		const where = under ? ` under ${under}` : '';
		const here = now.filter(
			({ operation }) => under === undefined || operation.path.startsWith(`${pathPrefix}/${under}`),
		);
		const dead = [
			// '' says that there is none.
			...(list === '' || lists.has(shape(`${pathPrefix}/${list}`))
				? []
				: [`pickers.json: list "${list}" ${NOTHING}`]),
			...(entry.also === undefined || lists.has(shape(`${pathPrefix}/${entry.also}`))
				? []
				: [`pickers.json: list "${entry.also}" ${NOTHING}`]),
			...parameters
				.filter((name) => !here.some(({ fields }) => fields.has(name)))
				.map((name) => `pickers.json: ${name}${where} ${NOTHING}`),
			...inRecords
				.filter((name) => !recordFields.has(name))
				.map((name) => `pickers.json: ${name} in records ${NOTHING}`),
		];
		if (dead.length > 0) return dead;

		/** Whether every operation picks from the same lists as now when a part of the entry is gone. */
		const isNeedless = (less: Partial<PickerNames>): boolean => {
			const pickers = overlay.pickers.map((one) => (one === entry ? { ...entry, ...less } : one));
			return here.every(
				({ operation, fields, picked }) =>
					(entry.parameters && !parameters.some((name) => fields.has(name))) ||
					pickedIn(catalogue, { ...overlay, pickers }, operation) === picked,
			);
		};
		const others = overlay.pickers.filter((one) => one !== entry);
		const byRule = inRecords.filter((name) =>
			catalogue.operations.every(
				(operation) =>
					!(name in allFields(operation)) ||
					namedFrom({ ...overlay, pickers: others }, operation, name) ===
						namedFrom(overlay, operation, name),
			),
		);
		if (byRule.length > 0)
			return byRule.map((name) => `pickers.json: ${name} in records ${NEEDLESS}: "${list}"`);
		const names = parameters.filter((name) =>
			isNeedless({ parameters: parameters.filter((one) => one !== name) }),
		);
		if (names.length > 0)
			return names.map((name) => `pickers.json: ${name}${where} ${NEEDLESS}: "${list}"`);
		return (['idField', 'labelField'] as const)
			.filter((key) => entry[key] !== undefined && isNeedless({ [key]: undefined }))
			.map((key) => `pickers.json: ${key} of "${list}" ${NEEDLESS}: "${entry[key]}"`);
	});
}

/** What an operation's parameters and the fields inside its body pick from, as a text to compare. */
const pickedIn = (catalogue: Catalogue, overlay: ProductOverlay, operation: Operation): string =>
	JSON.stringify(
		[
			...pickersOf(catalogue, overlay, operation),
			...innerFieldsOf(catalogue, operation).flatMap((path) => {
				const picker = fieldPicker(catalogue, overlay, operation, path);
				return picker ? [[path.join('.'), picker] as const] : [];
			}),
		].map(([parameter, picker]) => [
			parameter,
			picker.list.id,
			picker.idField,
			[...new Set(picker.labelFields)],
			picker.outer,
		]),
	);

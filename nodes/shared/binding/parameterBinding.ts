import type {
	ApiVersion,
	Catalogue,
	Field,
	ObjectType,
	Operation,
	TypeExpression,
} from '../catalogue/types';
import { objectType, parseType } from '../catalogue';

/**
 * Where every API parameter and body field of an operation is found among the node's parameters.
 * The one place for these names: the description builder writes them, the executor reads them.
 * Pure functions of the catalogue; names are part of saved workflows, so they never change.
 */

/** Names of the node's own parameters. No API field takes one of them. */
export const CONTROL = {
	resource: 'resource',
	operation: 'operation',
	returnAll: 'returnAll',
	limit: 'limit',
	/** Collection of the optional query parameters. */
	filters: 'filters',
	/** Builder of a filter in a query language. */
	queryFilter: 'queryFilter',
	/** Collection of what else a query language can say: order, fields, what to expand. */
	queryOptions: 'queryOptions',
	/** 'fields' (default) or 'json'. */
	bodyMode: 'bodyMode',
	/** The whole body as JSON, where `bodyMode` is 'json' or the body has no fields. */
	bodyJson: 'bodyJson',
	/** Collection of the optional body fields. */
	additionalFields: 'additionalFields',
	/** The fields of an update or of a JSON Patch, in a resource mapper. */
	fieldsToChange: 'fieldsToChange',
	/** The fields inside the objects of a body, in a resource mapper. */
	fieldsToSet: 'fieldsToSet',
	/** Fields of a body that are to be null. */
	setToNull: 'setToNull',
	/** Shows the request instead of sending it. */
	previewOnly: 'previewOnly',
	simplify: 'simplify',
	/** Reads why the runs of a list failed. */
	includeReasons: 'includeReasons',
	waitForCompletion: 'waitForCompletion',
	/** Collection of the options of waiting. */
	options: 'options',
	/** Input: the binary field of the item that is uploaded. */
	binaryPropertyName: 'binaryPropertyName',
	/** Output: the binary field of the item that receives the file. */
	outputFieldName: 'outputFieldName',
} as const;

export type CollectionName =
	| typeof CONTROL.filters
	| typeof CONTROL.queryOptions
	| typeof CONTROL.additionalFields
	| typeof CONTROL.fieldsToChange
	| typeof CONTROL.fieldsToSet;

/** One API parameter or body field, and the node parameter that holds its value. */
export interface ParameterBinding {
	/** Name in the API. */
	apiName: string;
	/** Name of the node parameter, or of the entry in `collection`. */
	name: string;
	/** The collection that holds it; undefined: a parameter of its own. */
	collection?: CollectionName;
	/**
	 * The node parameter of the path whose value this body field repeats. Not shown; the executor
	 * fills it in.
	 */
	filledFrom?: string;
	/** Required in every version of the operation (or variant): the editor may insist on it. */
	alwaysRequired: boolean;
	/** The versions of the operation, or of the variant of its body where one is chosen. */
	versions: ApiVersion[];
	/** Its definitions, oldest first: several where versions differ, their `in` are disjoint. */
	definitions: Field[];
}

/** The dropdown that decides which fields a body has. */
export interface VariantBinding {
	/** Name in the API of the field that tells the variants apart. */
	apiName: string;
	/** Name of the node parameter. */
	name: string;
	/**
	 * Some version knows no such field, or it may be left out: '' is a choice, with the fields that
	 * belong to no variant.
	 */
	optional: boolean;
}

/** How a body is given in the editor. */
export type BodyInput =
	/** Fields, with a switch to JSON. */
	| 'fields'
	/** JSON alone: a list, a map, or an object of nothing but lists of objects. */
	| 'json'
	/** Fields to change of what the server has, with a switch to the whole object as JSON. */
	| 'update'
	/** Fields to change, with a switch to JSON Patch. */
	| 'patch'
	/** A file of the input item. */
	| 'file'
	| 'none';

/** `setId`: by which a server knows the list again from page to page. */
const PAGING_PARAMETERS = new Set(['skip', 'offset', 'limit', 'setId']);

/** Says which related objects come along; stands with the other options of a query language. */
const EXPAND = 'expand';

/** `discoveredEntities` -> `discoveredEntity`; words that only look plural stay. */
export function singular(word: string): string {
	if (/(ss|us|is|series)$/i.test(word)) return word;
	if (/ies$/.test(word)) return word.replace(/ies$/, 'y');
	if (/(sses|shes|ches|xes)$/.test(word)) return word.slice(0, -2);
	return word.replace(/s$/, '');
}

export const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Some products begin the segments of their paths with a capital. */
const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Whether a value is given as JSON: an object, a map, or a list of them. */
const isNested = (type: TypeExpression): boolean => /^[#{]/.test(type);

const isPlaceholder = (segment: string): boolean => segment.startsWith('{');

/** Whether a value is an object whose own fields are given in its place: see runtime/fieldsToSet.ts. */
export function standsForItsFields(catalogue: Catalogue, expression: TypeExpression): boolean {
	const type = parseType(expression);
	if (type.kind !== 'object') return false;
	const { fields, variants } = objectType(catalogue, type.name);
	return variants !== undefined || fields.some((field) => !isMetadata(field));
}

/** The static segment before the placeholder; without one, the last static segment of the path. */
function collectionOf(path: string, placeholder?: string): string {
	const segments = path.split('/').filter(Boolean);
	const end = placeholder === undefined ? segments.length : segments.indexOf(`{${placeholder}}`);
	return (
		segments
			.slice(0, end)
			.filter((segment) => !isPlaceholder(segment))
			.at(-1) ?? ''
	);
}

/**
 * Node parameter of a path parameter: its API name, but `{id}` is called after what it is the id
 * of: `/jobs/{id}` -> `jobId`.
 */
export function pathParameterName(operation: Pick<Operation, 'path'>, apiName: string): string {
	if (apiName !== 'id') return apiName;
	return `${camel(singular(collectionOf(operation.path, apiName)))}Id`;
}

/** Path parameters of an operation, in the order of the path. */
export function pathBindings(operation: Operation): ParameterBinding[] {
	const byName = new Map((operation.pathParameters ?? []).map((entry) => [entry.name, entry]));
	return [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, apiName = '']) => ({
		apiName,
		name: pathParameterName(operation, apiName),
		alwaysRequired: true,
		versions: operation.in,
		definitions: [byName.get(apiName) ?? { name: apiName, type: 'string' }],
	}));
}

/** Whether an operation brings a list in some version: it gets Return All and Limit. */
export const returnsList = (operation: Operation): boolean =>
	allReturns(operation).some(({ kind }) => kind === 'page' || kind === 'list');

/** Whether an operation starts work that continues on the server, in some version. */
export const startsWork = (operation: Operation): boolean =>
	allReturns(operation).some(({ kind }) => ['session', 'sessions', 'task'].includes(kind));

export const returnsFile = (operation: Operation): boolean =>
	allReturns(operation).some(({ kind }) => kind === 'file');

/**
 * Whether Simplify has something to do with an answer: of what is read, and of started work. A change
 * that answers with the object answers with all of it.
 */
export const simplifies = (operation: Operation): boolean =>
	returnsList(operation) ||
	startsWork(operation) ||
	(operation.method === 'GET' &&
		allReturns(operation).some(
			({ kind, fields }) => kind === 'item' && Object.keys(fields ?? {}).length > 0,
		));

const allReturns = (operation: Operation) => [
	operation.returns,
	...Object.values(operation.returnsIn ?? {}),
];

/** Which parameters of a query language (JSON texts in the query) an operation takes. */
export function queryLanguage({ query = [] }: Operation): Set<string> {
	return new Set(query.filter(({ json }) => json).map(({ name }) => name));
}

/**
 * Query parameters: those required in the newest version on top, the others in `filters`. Paging is not among them, nor is
 * a query language: see `queryLanguage`.
 */
export function queryBindings(operation: Operation): ParameterBinding[] {
	const shown = (operation.query ?? []).filter(
		({ name, json }) => !json && !(returnsList(operation) && PAGING_PARAMETERS.has(name)),
	);
	const speaks = queryLanguage(operation).size > 0;
	const taken = new Set<string>([
		...Object.values(CONTROL),
		...pathBindings(operation).map(({ name }) => name),
	]);
	return groupByName(shown).map((definitions) =>
		binding(
			operation.in,
			definitions,
			speaks && definitions[0]?.name === EXPAND ? CONTROL.queryOptions : CONTROL.filters,
			'query',
			taken,
		),
	);
}

/** The type of the whole body where it is an object with known fields. */
export function bodyType(catalogue: Catalogue, operation: Operation): ObjectType | undefined {
	const type = operation.body?.type;
	const found = type?.startsWith('#') ? catalogue.types[type.slice(1)] : undefined;
	return found && ofVersions(found, operation.in);
}

/** Without the fields and variants that none of some versions has: operations share types. */
function ofVersions(type: ObjectType, versions: ApiVersion[]): ObjectType {
	const isThere = (one: { in?: ApiVersion[] } | string): boolean =>
		typeof one === 'string' || (one.in?.some((version) => versions.includes(version)) ?? true);
	const { fields, variants } = type;
	if (fields.every(isThere) && Object.values(variants?.of ?? {}).every(isThere)) return type;
	const of = Object.entries(variants?.of ?? {}).filter(([, target]) => isThere(target));
	return {
		...type,
		fields: fields.filter(isThere),
		...(variants ? { variants: { ...variants, of: Object.fromEntries(of) } } : {}),
	};
}

export function bodyInput(catalogue: Catalogue, operation: Operation): BodyInput {
	if (!operation.body) return 'none';
	const { media } = operation.body;
	const type = bodyType(catalogue, operation);
	const hasFile = media === 'multipart' && type?.fields.some(({ type: of }) => of === 'binary');
	if (media === 'binary' || hasFile) return 'file';
	if (media === 'jsonPatch') return type ? 'patch' : 'json';
	if (type && operation.method === 'PUT' && readBefore(catalogue, operation)) return 'update';
	// Fields that are JSON one and all would be the same thing in more boxes.
	const plain = type?.fields.some(
		({ type: of }) => !isNested(of) || standsForItsFields(catalogue, of),
	);
	return plain || type?.variants ? 'fields' : 'json';
}

/** Below so many fields a body is filled in faster than it is written. */
const FEW_FIELDS = 4;

/**
 * Whether the form offers a body as JSON beside its fields. Where the fields are few and hold no objects,
 * JSON could say nothing more.
 */
export function offersJson(catalogue: Catalogue, operation: Operation): boolean {
	const type = bodyType(catalogue, operation);
	if (!type || bodyInput(catalogue, operation) !== 'fields') return true;
	const isFlat = type.fields.every(({ type: of }) => !isNested(of) && !/^(any|object)/.test(of));
	const names = new Set(type.fields.map(({ name }) => name));
	const isClosed = !type.variants && !type.additional;
	return !isFlat || !isClosed || bodyPaging(operation) !== undefined || names.size >= FEW_FIELDS;
}

/**
 * Whether an operation may change something at the server. What is asked for page by page is a search,
 * whatever its method.
 */
export const isChange = ({ method, paging }: Operation): boolean =>
	method !== 'GET' && paging === undefined;

const readings = new WeakMap<Operation, Operation | null>();

/**
 * The read of the object that an update changes: the GET of the same path, which every version of the
 * update has. With it a PUT changes only what was given (see runtime/mergeUpdate.ts); without it the
 * whole object has to be given.
 */
export function readBefore(catalogue: Catalogue, operation: Operation): Operation | undefined {
	if (operation.method !== 'PUT' && operation.method !== 'PATCH') return undefined;
	const known = readings.get(operation);
	if (known !== undefined) return known ?? undefined;
	const found = catalogue.operations.find(
		({ method, path, returns, in: versions }) =>
			method === 'GET' &&
			path === operation.path &&
			returns.kind === 'item' &&
			operation.in.every((version) => versions.includes(version)),
	);
	readings.set(operation, found ?? null);
	return found;
}

/** The variant dropdown of a body that has variants: `/repositories` + `type` -> `repositoryType`. */
export function variantBinding(
	catalogue: Catalogue,
	operation: Operation,
): VariantBinding | undefined {
	const type = bodyType(catalogue, operation);
	const on = type?.variants?.on;
	if (on === undefined) return undefined;
	const definitions = type?.fields.filter(({ name }) => name === on) ?? [];
	return {
		apiName: on,
		name: camel(singular(collectionOf(operation.path))) + pascal(on),
		optional: !operation.in.every((version) => isRequiredIn(definitions, version)),
	};
}

/** The field of a body that holds offset and limit of a list that is asked for by POST. */
const BODY_PAGING = 'pagination';

/**
 * Where a list that is asked for by POST takes its offset and limit: on top of the body or in its
 * `pagination` object; undefined where it is not paged.
 */
export const bodyPaging = ({ paging }: Operation): 'body' | 'body.pagination' | undefined =>
	paging === 'query' ? undefined : paging;

/**
 * Fields of a body: those required in the newest version on top, the others in `additionalFields`;
 * objects, required or not, by their own fields in `fieldsToSet`.
 *
 * @param variant value of the variant dropdown; without it, or with an unknown one, the fields
 *   that belong to no variant
 */
export function bodyBindings(
	catalogue: Catalogue,
	operation: Operation,
	variant?: string,
): ParameterBinding[] {
	const base = bodyType(catalogue, operation);
	if (!base) return [];
	const target = variant === undefined ? undefined : base.variants?.of[variant];
	const typeName = typeof target === 'object' ? target.type : target;
	const versions = operation.in.filter(
		(version) => typeof target !== 'object' || target.in.includes(version),
	);
	const own = typeName === undefined ? undefined : catalogue.types[typeName];
	const type = own ? ofVersions(own, versions) : base;
	const path = pathBindings(operation);
	const dropdown = variantBinding(catalogue, operation);
	const taken = new Set<string>([
		...Object.values(CONTROL),
		...path.map(({ name }) => name),
		...queryBindings(operation).flatMap(({ name, collection }) => (collection ? [] : [name])),
		...(dropdown ? [dropdown.name] : []),
	]);
	const paging = pagingFields(operation);
	const ownId = path.at(-1);
	const hasBody = (version: ApiVersion) => operation.body?.in?.includes(version) ?? true;
	if (bodyInput(catalogue, operation) === 'patch') return changePlaces(versions, type.fields);
	return groupByName(type.fields)
		.filter(([first]) => first !== undefined && !isMetadata(first))
		.filter(([first]) => first !== undefined && first.name !== dropdown?.apiName)
		.filter(([first]) => !paging.has(first?.name ?? ''))
		.map((definitions) => {
			const inside = definitions.some((one) => standsForItsFields(catalogue, one.type));
			const found = binding(
				versions,
				definitions,
				inside ? CONTROL.fieldsToSet : CONTROL.additionalFields,
				'body',
				taken,
				hasBody,
			);
			// Only where the path ends in it is `{id}` the object that the body describes.
			if (found.apiName === 'id' && ownId && operation.path.endsWith('{id}'))
				found.filledFrom = ownId.name;
			return found;
		});
}

/** What the server adds to an object, such as `_embedded` and `_links`. */
const isMetadata = ({ name }: Field): boolean => name.startsWith('_');

/** Every field of an object may be changed by itself: none is required. */
function changePlaces(versions: ApiVersion[], fields: Field[]): ParameterBinding[] {
	const optional = fields.map((field): Field => ({ ...field, required: undefined }));
	return groupByName(optional.filter((field) => !isMetadata(field))).map((definitions) =>
		binding(versions, definitions, CONTROL.fieldsToChange, 'body', new Set()),
	);
}

/** Body fields that Return All and Limit stand for. */
function pagingFields(operation: Operation): Set<string> {
	const where = bodyPaging(operation);
	if (where === undefined) return new Set();
	return where === 'body' ? PAGING_PARAMETERS : new Set([BODY_PAGING]);
}

/** Every parameter and body field of an operation, those of each variant included. */
export function allBindings(catalogue: Catalogue, operation: Operation): ParameterBinding[] {
	const variants = Object.keys(bodyType(catalogue, operation)?.variants?.of ?? {});
	return [
		...pathBindings(operation),
		...queryBindings(operation),
		...[undefined, ...variants].flatMap((variant) => bodyBindings(catalogue, operation, variant)),
	];
}

/** Fields that share a name (their versions differ), together, in the order of first sight. */
function groupByName(fields: Field[]): Field[][] {
	const groups = new Map<string, Field[]>();
	for (const field of fields) groups.set(field.name, [...(groups.get(field.name) ?? []), field]);
	// The catalogue has the newest first.
	return [...groups.values()].map((definitions) => definitions.reverse());
}

function binding(
	versions: ApiVersion[],
	definitions: Field[],
	collection: CollectionName,
	prefix: 'query' | 'body',
	taken: Set<string>,
	isThere: (version: ApiVersion) => boolean = () => true,
): ParameterBinding {
	const apiName = definitions[0]?.name ?? '';
	const alwaysRequired = versions.every(
		(version) => isThere(version) && isRequiredIn(definitions, version),
	);
	const common = { apiName, alwaysRequired, versions, definitions };
	// What the newest version asks for stands on top too: nobody looks for it among what may be added.
	const newest = versions.at(-1);
	const isDue = newest !== undefined && isThere(newest) && isRequiredIn(definitions, newest);
	if ((!alwaysRequired && !isDue) || collection === CONTROL.fieldsToSet)
		return { ...common, name: apiName, collection };
	return { ...common, name: taken.has(apiName) ? prefix + pascal(apiName) : apiName };
}

/** The definition of a field that holds in a version; undefined where the version lacks it. */
export const definitionIn = (definitions: Field[], version: ApiVersion): Field | undefined =>
	definitions.find((definition) => definition.in?.includes(version) ?? true);

export function isRequiredIn(definitions: Field[], version: ApiVersion): boolean {
	const required = definitionIn(definitions, version)?.required;
	return required === true || (required?.includes(version) ?? false);
}

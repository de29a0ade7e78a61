/**
 * The catalogue of one product: the facts of every operation in every known API version.
 * Written by `npm run catalogue` from the vendor's OpenAPI files, read by the description
 * builder, the executor and the simulator. Facts only, no sentence of the vendor's.
 *
 * In the file things name the range of versions that have them (`since`, `until`); stored.ts makes
 * the lists (`in`) of it that are read here.
 */

/** A version as the product spells it: `1.2-rev1`, `v8`, `3.6.1`. */
export type ApiVersion = string;

/**
 * The type of a value, short enough to read in a diff:
 * `string` `uuid` `dateTime` `date` `time` `uri` `email` `password` `integer` `number` `boolean`
 * `binary` `base64` `any` · `@Name` a value of `enums.Name` · `#Name` an object of `types.Name` ·
 * `X[]` a list of X · `{X}` a map from names to X.
 */
export type TypeExpression = string;

/** A query or path parameter. */
export interface Parameter {
	name: string;
	type: TypeExpression;
	/** Always required where true; only in these versions where a list. */
	required?: true | ApiVersion[];
	/** The versions that know it; left out where those of its operation. */
	in?: ApiVersion[];
	default?: unknown;
	min?: number;
	max?: number;
	minItems?: number;
	maxItems?: number;
	minLength?: number;
	pattern?: string;
	/** Sent as JSON text in one value (VSPC's filter, sort, select). */
	json?: true;
	/** How the values of a list are joined into one; left out where the name is repeated. */
	separator?: ',';
}

/** A field of an object in a request body. Two fields may share a name if their `in` differ. */
export interface Field extends Parameter {
	/** May be null in every version where true; only in these versions where a list. */
	nullable?: true | ApiVersion[];
	/** The only values the field takes in this type: it is the one that tells variants apart. */
	only?: string[];
}

/** An object in a request body. */
export interface ObjectType {
	/** Every field in the vendor's order, inherited ones included. */
	fields: Field[];
	/**
	 * A body whose shape depends on the value of one of its fields. Each variant is a complete
	 * type (its `fields` hold the shared ones too).
	 */
	variants?: { on: string; of: Record<string, VariantTarget> };
	/** Exactly one of these groups of fields has to be there. */
	oneOf?: string[][];
	/** Any further name is taken with values of this type. */
	additional?: TypeExpression;
}

/** The name of the variant's type, with the versions that know it where not all do. */
export type VariantTarget = string | { type: string; in: ApiVersion[] };

/**
 * A value of an enum: plain where every version of the catalogue that has the enum spells it so;
 * `in` the versions that know it; `as` how versions that differ only in case spell it.
 */
export type EnumValue =
	| string
	| { value: string; in?: ApiVersion[]; as?: Record<ApiVersion, string> };

/** How a body travels. `jsonPatch`: an array of JSON Patch operations on the fields of `type`. */
export type BodyMedia = 'json' | 'form' | 'binary' | 'multipart' | 'jsonPatch';

export interface Body {
	media: BodyMedia;
	/** Always required where true; only in these versions where a list. */
	required?: true | ApiVersion[];
	/** Of the whole body: mostly `#Name`; `X[]` for a body that is a list; `binary`. */
	type: TypeExpression;
	in?: ApiVersion[];
	/** Of a multipart body that carries a file: the name of the part with it. */
	filePart?: string;
}

/**
 * Where a list takes its offset and limit: in the query, on top of the body or in the body's
 * `pagination`. A list without it comes all at once.
 */
export type PagingPlace = 'query' | 'body' | 'body.pagination';

/**
 * What a success brings back.
 * `page`: a list with paging; `list`: one without; `session`, `sessions`, `task`: work that goes
 * on after the answer; `file`: bytes; `nothing`: an empty body.
 */
export type ReturnKind =
	| 'page'
	| 'list'
	| 'item'
	| 'session'
	| 'sessions'
	| 'task'
	| 'file'
	| 'nothing';

export interface Returns {
	kind: ReturnKind;
	/**
	 * The field that holds the items of a page or list; '' where the body is the array itself.
	 * Of an item: the field it is wrapped in, left out where it is the body.
	 */
	items?: string;
	/**
	 * Top-level fields of the item (of one element for lists), nested objects as `object`. The union
	 * over all versions and variants.
	 */
	fields?: Record<string, TypeExpression>;
	/**
	 * Of lists that can be filtered by any field: the plain fields inside others, by the names that lead
	 * to them (`object.organizationUid`).
	 */
	inner?: Record<string, TypeExpression>;
	/** The versions that have a field, for those that not all versions of the operation have. */
	fieldsIn?: Record<string, ApiVersion[]>;
	/** Media types of a file. */
	media?: string[];
	/** Success statuses in use, e.g. [200] or [200, 202]. */
	status?: number[];
}

export interface Operation {
	/** Our own stable camelCase identifier; kept when the vendor renames theirs. Unique in a product. */
	id: string;
	/** The vendor's short operation title ("Get All Repositories"), newest version first. */
	title: string;
	/** The vendor's section. */
	tag: string;
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** As in the specification, less a version segment; `{name}` for parameters. */
	path: string;
	/** The versions that have it, oldest first. */
	in: ApiVersion[];
	deprecated?: true;
	/** May be called without a token. */
	anonymous?: true;
	pathParameters?: Parameter[];
	query?: Parameter[];
	body?: Body;
	/** Where its pages are asked for, in the versions that know the parameter; left out: not paged. */
	paging?: PagingPlace;
	returns: Returns;
	/** Where a version answers in another shape than `returns`. */
	returnsIn?: Record<ApiVersion, Returns>;
}

export interface Catalogue {
	/** Short product key: `vbr`, `vb365`, `vspc`. */
	product: string;
	/** Oldest first. */
	versions: ApiVersion[];
	/** By path, then method. */
	operations: Operation[];
	/** Objects reachable from request bodies, by the vendor's schema name. */
	types: Record<string, ObjectType>;
	enums: Record<string, EnumValue[]>;
}

/**
 * The parts of an OpenAPI 3.0 document the compiler reads, as they come from the file.
 * `understand.ts` has checked a document before anything else reads it.
 */
export interface Schema {
	$ref?: string;
	type?: string;
	format?: string;
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	allOf?: Schema[];
	oneOf?: Schema[];
	/** Veeam Backup for Microsoft 365: the shapes a merged object may take. */
	'x-anyOf'?: Schema[];
	discriminator?: { propertyName: string; mapping?: Record<string, string> };
	enum?: unknown[];
	additionalProperties?: boolean | Schema;
	nullable?: boolean;
	readOnly?: boolean;
	writeOnly?: boolean;
	default?: unknown;
	minimum?: number;
	maximum?: number;
	exclusiveMinimum?: boolean;
	exclusiveMaximum?: boolean;
	minItems?: number;
	maxItems?: number;
	minLength?: number;
	pattern?: string;
	[keyword: string]: unknown;
}

export interface RawParameter {
	$ref?: string;
	name: string;
	in: string;
	required?: boolean;
	schema?: Schema;
	content?: Record<string, { schema?: Schema }>;
	style?: string;
	explode?: boolean;
	[keyword: string]: unknown;
}

export interface RawBody {
	$ref?: string;
	required?: boolean;
	content?: Record<string, { schema?: Schema }>;
	[keyword: string]: unknown;
}

export interface RawOperation {
	operationId?: string;
	summary?: string;
	tags?: string[];
	deprecated?: boolean;
	security?: unknown[];
	parameters?: RawParameter[];
	requestBody?: RawBody;
	responses: Record<string, RawBody>;
	[keyword: string]: unknown;
}

export interface OpenApi {
	openapi: string;
	info: { title: string; version: string };
	paths: Record<string, Record<string, unknown>>;
	components?: Record<string, Record<string, unknown>>;
	tags?: Array<{ name: string }>;
	[keyword: string]: unknown;
}

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Something in a file that the compiler does not understand. Nothing is written after one. */
export class CatalogueError extends Error {
	constructor(
		message: string,
		/** How to fix it. */
		readonly description: string,
	) {
		super(message);
		this.name = 'CatalogueError';
	}
}

/** Every operation with its path and the parameters the path item gives to all of its operations. */
export function* operationsOf(document: OpenApi): Generator<{
	method: (typeof METHODS)[number];
	path: string;
	operation: RawOperation;
	parameters: RawParameter[];
}> {
	for (const [path, item] of Object.entries(document.paths)) {
		const shared = (item.parameters as RawParameter[] | undefined) ?? [];
		for (const method of METHODS) {
			const operation = item[method] as RawOperation | undefined;
			if (!operation) continue;
			const own = (operation.parameters ?? []).map((one) => resolve<RawParameter>(document, one));
			const inherited = shared
				.map((one) => resolve<RawParameter>(document, one))
				.filter(({ name, in: place }) => !own.some((o) => o.name === name && o.in === place));
			yield { method, path, operation, parameters: [...inherited, ...own] };
		}
	}
}

/** The thing a local `$ref` points at; the thing itself where it is no reference. */
export function resolve<T extends object>(document: OpenApi, thing: T & { $ref?: string }): T {
	let current = thing;
	for (const seen = new Set<string>(); current.$ref !== undefined; ) {
		if (seen.has(current.$ref)) {
			throw new CatalogueError(
				`The reference ${current.$ref} points at itself.`,
				'Ask the vendor for a corrected file.',
			);
		}
		seen.add(current.$ref);
		const found = pointer(document, current.$ref);
		if (found === undefined) {
			throw new CatalogueError(
				`The reference ${current.$ref} points at nothing.`,
				'The file is incomplete: download it again.',
			);
		}
		current = found as T & { $ref?: string };
	}
	return current;
}

/** The value at a `#/a/b` pointer; undefined where there is none or the reference leaves the file. */
export function pointer(document: OpenApi, reference: string): unknown {
	if (!reference.startsWith('#/')) return undefined;
	return reference
		.slice(2)
		.split('/')
		.map((part) => decodeURIComponent(part).replace(/~1/g, '/').replace(/~0/g, '~'))
		.reduce<unknown>(
			(value, key) =>
				value !== null && typeof value === 'object' && Object.hasOwn(value, key)
					? (value as Record<string, unknown>)[key]
					: undefined,
			document,
		);
}

/** The schema name a `$ref` ends in. */
export function nameOf(reference: string): string {
	const last = decodeURIComponent(reference.slice(reference.lastIndexOf('/') + 1));
	// Type expressions use []{}#@ as their own marks.
	return last.replace(/[^\w.-]/g, '_');
}

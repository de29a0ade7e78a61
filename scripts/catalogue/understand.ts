import { answerMedia, requestMedia } from './media';
import { CatalogueError, METHODS, pointer, resolve } from './openapi';
import type { OpenApi, RawBody, RawOperation, RawParameter, Schema } from './openapi';

/**
 * Walks a whole document and throws at the first thing the compiler would not understand, so that
 * nothing is dropped in silence. The error names the place as a JSON pointer.
 *
 * @throws CatalogueError
 */
export function understand(document: OpenApi): void {
	const components = document.components ?? {};
	for (const kind of Object.keys(components)) {
		if (!COMPONENTS.has(kind) && !kind.startsWith('x-')) {
			fail(`#/components/${kind}`, `"${kind}" is no kind of component the compiler knows.`);
		}
	}
	for (const [name, schema] of Object.entries(components.schemas ?? {})) {
		checkSchema(document, schema as Schema, `#/components/schemas/${name}`);
	}
	for (const [path, item] of Object.entries(document.paths)) {
		const at = `#/paths/${escape(path)}`;
		for (const [key, value] of Object.entries(item)) {
			if ((METHODS as readonly string[]).includes(key)) {
				checkOperation(document, value as RawOperation, `${at}/${key}`);
			} else if (key === 'parameters') {
				checkParameters(document, value as RawParameter[], `${at}/parameters`);
			} else if (!PATH_KEYS.has(key) && !key.startsWith('x-')) {
				fail(at, `"${key}" is neither a method the compiler knows nor a part of a path.`);
			}
		}
	}
}

/** Kept in the catalogue, or steering what is kept. */
const USED = new Set(
	(
		'$ref type format properties required items allOf oneOf discriminator enum additionalProperties ' +
		'nullable readOnly writeOnly default minimum maximum exclusiveMinimum exclusiveMaximum minItems ' +
		'maxItems minLength pattern'
	).split(' '),
);
/** Of no use to a form: prose, or limits that the server checks and says. */
const IGNORED = new Set(
	(
		'description title example examples externalDocs xml deprecated uniqueItems maxLength multipleOf ' +
		'minProperties maxProperties'
	).split(' '),
);
const TYPES = new Set(['object', 'array', 'string', 'integer', 'number', 'boolean']);
const COMPONENTS = new Set(
	'schemas responses parameters requestBodies examples headers securitySchemes links callbacks'.split(
		' ',
	),
);
const PATH_KEYS = new Set(['summary', 'description', 'servers']);

function checkSchema(document: OpenApi, schema: Schema, at: string): void {
	if (schema === null || typeof schema !== 'object' || Array.isArray(schema)) {
		fail(at, 'A schema is expected here.');
	}
	for (const keyword of Object.keys(schema)) {
		if (!USED.has(keyword) && !IGNORED.has(keyword) && !keyword.startsWith('x-')) {
			fail(at, `The schema keyword "${keyword}" is unknown to the compiler.`);
		}
	}
	if (schema.$ref !== undefined) checkReference(document, schema.$ref, at);
	if (schema.type !== undefined && !TYPES.has(schema.type)) {
		fail(at, `The type ${JSON.stringify(schema.type)} is unknown to the compiler.`);
	}
	if (schema.enum && (schema.type ?? 'string') !== 'string') {
		fail(at, `An enum of type ${schema.type} is unknown to the compiler: it knows enums of text.`);
	}
	for (const [name, property] of Object.entries(schema.properties ?? {})) {
		checkSchema(document, property, `${at}/properties/${escape(name)}`);
	}
	if (schema.items) checkSchema(document, schema.items, `${at}/items`);
	if (typeof schema.additionalProperties === 'object') {
		checkSchema(document, schema.additionalProperties, `${at}/additionalProperties`);
	}
	for (const list of ['allOf', 'oneOf', 'x-anyOf'] as const) {
		schema[list]?.forEach((one, index) => checkSchema(document, one, `${at}/${list}/${index}`));
	}
	if (schema.oneOf && !schema.discriminator && !schema.oneOf.every(isRequirement)) {
		fail(at, 'A oneOf without a discriminator is unknown to the compiler.');
	}
	for (const reference of Object.values(schema.discriminator?.mapping ?? {})) {
		checkReference(document, reference, `${at}/discriminator`);
	}
}

/** `{required: […]}` and nothing else: one of several groups of fields has to be there. */
export function isRequirement(schema: Schema): boolean {
	return Object.keys(schema).join() === 'required';
}

function checkOperation(document: OpenApi, operation: RawOperation, at: string): void {
	if (!operation.responses) fail(at, 'The operation declares no answers.');
	checkParameters(document, operation.parameters ?? [], `${at}/parameters`);
	if (operation.requestBody) {
		const body = resolve<RawBody>(document, operation.requestBody);
		checkContent(document, body, `${at}/requestBody`, requestMedia);
		if (Object.keys(body.content ?? {}).length === 0) {
			fail(`${at}/requestBody`, 'The request body declares no media type.');
		}
	}
	for (const [status, answer] of Object.entries(operation.responses)) {
		if (/^2/.test(status)) {
			const where = `${at}/responses/${status}`;
			checkContent(document, resolve<RawBody>(document, answer), where, answerMedia);
		}
	}
}

function checkContent(
	document: OpenApi,
	body: RawBody,
	at: string,
	known: (mediaType: string) => unknown,
): void {
	for (const [mediaType, { schema }] of Object.entries(body.content ?? {})) {
		if (known(mediaType) === undefined) {
			fail(at, `The media type "${mediaType}" is unknown to the compiler.`);
		}
		if (schema) checkSchema(document, schema, `${at}/content/${escape(mediaType)}/schema`);
	}
}

function checkParameters(document: OpenApi, parameters: RawParameter[], at: string): void {
	parameters.forEach((one, index) => {
		const where = `${at}/${index}`;
		if (one.$ref !== undefined) checkReference(document, one.$ref, where);
		const parameter = resolve<RawParameter>(document, one);
		if (!['path', 'query', 'header'].includes(parameter.in)) {
			fail(where, `The parameter "${parameter.name}" travels in "${parameter.in}".`);
		}
		if (parameter.style !== undefined && !['form', 'simple'].includes(parameter.style)) {
			fail(where, `The parameter "${parameter.name}" has the style "${parameter.style}".`);
		}
		const media = Object.keys(parameter.content ?? {});
		if (media.some((mediaType) => requestMedia(mediaType) !== 'json')) {
			fail(where, `The media type "${media.join()}" of a parameter is unknown to the compiler.`);
		}
		const schema = parameter.schema ?? parameter.content?.[media[0]!]?.schema;
		if (!schema) fail(where, `The parameter "${parameter.name}" has no schema.`);
		checkSchema(document, schema!, `${where}/schema`);
	});
}

function checkReference(document: OpenApi, reference: string, at: string): void {
	if (pointer(document, reference) === undefined) {
		fail(at, `The reference ${reference} points at nothing.`);
	}
}

function escape(key: string): string {
	return key.replace(/~/g, '~0').replace(/\//g, '~1');
}

function fail(at: string, message: string): never {
	throw new CatalogueError(
		`${message} (${at})`,
		'Teach scripts/catalogue this feature, or ask the vendor for a corrected file.',
	);
}

/**
 * Makes one of Veeam's specifications usable in Prism.
 *
 *     npx tsx test/contract/prepare.ts vbr-1.3-rev2.json prepared.json
 *
 * Anyone with Veeam's files can run it and serve the result: `npx @stoplight/prism-cli mock prepared.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { nameOf, type OpenApi, type OpenApiOperation, type Schema, SCHEMAS } from './openapi';
import { isUnion, RequestSchemas } from './requestSchemas';

/** The document is changed in place and given back. */
export function prepare(document: OpenApi): OpenApi {
	const { schemas } = document.components;
	correctTokenRequest(schemas);
	dropUndeclaredDuties(schemas);
	openPatchValues(schemas);
	closeRequestBodies(document);
	breakCircles(schemas);
	forEachSchema(document, dropFormatsPrismMisreads);
	for (const operation of operationsOf(document)) {
		// VB365 marks the operations that need no token only this way.
		if (operation['x-anonymous']) operation.security = [];
		for (const response of Object.values(operation.responses ?? {})) readAnswerTypes(response);
		operation.parameters?.forEach(readOneAsList);
	}
	putBasePathIntoPaths(document);
	return document;
}

/** Prism leaves the base path of the server out of what it compares: `/about` -> `/api/v3/about`. */
export function putBasePathIntoPaths(document: OpenApi): OpenApi {
	const { pathname } = new URL(document.servers?.[0]?.url ?? '/', 'https://server');
	const base = pathname.replace(/\/$/, '');
	document.paths = Object.fromEntries(
		Object.entries(document.paths).map(([path, methods]) => [base + path, methods]),
	);
	document.servers = [{ url: '/' }];
	return document;
}

function operationsOf(document: OpenApi): OpenApiOperation[] {
	return Object.values(document.paths)
		.flatMap((methods) => Object.values(methods))
		.filter((operation) => operation !== null && typeof operation === 'object');
}

/** 1.3-rev1 and later list the grant types with capitals; servers want them as OAuth spells them. */
function correctTokenRequest(schemas: Record<string, Schema>) {
	const grantType = schemas.ELoginGrantType;
	if (!grantType?.enum) return;
	grantType.enum = [...new Set(grantType.enum.map((value) => String(value).toLowerCase()))];
	grantType.default = 'password';
}

/** VSPC describes the value of a JSON Patch step as text; it is of the type of the field it replaces. */
function openPatchValues({ JsonPatch }: Record<string, Schema>) {
	if (JsonPatch?.properties?.value) JsonPatch.properties.value = { nullable: true };
}

/**
 * Some schemas require names that no property declares (1.3-rev0: `isDisabled` of repositories, v6:
 * `itemType` of what is retrieved): nobody can know what to send, and servers do not ask for it.
 */
export function dropUndeclaredDuties(schemas: Record<string, Schema>) {
	const declared = (schema: Schema | undefined, seen = new Set<Schema>()): string[] => {
		if (!schema || seen.has(schema)) return [];
		seen.add(schema);
		const parts = [schema.$ref === undefined ? undefined : schemas[nameOf(schema.$ref)]];
		return [
			...Object.keys(schema.properties ?? {}),
			...[...parts, ...(schema.allOf ?? [])].flatMap((part) => declared(part, seen)),
		];
	};
	for (const schema of Object.values(schemas)) {
		const names = new Set(declared(schema));
		for (const part of [schema, ...(schema.allOf ?? [])])
			if (part.required) part.required = part.required.filter((name) => names.has(name));
	}
}

function closeRequestBodies(document: OpenApi) {
	const request = new RequestSchemas(document.components.schemas);
	const bodies = [
		...operationsOf(document).map(({ requestBody }) => requestBody),
		...Object.values(document.components.requestBodies ?? {}),
	];
	for (const body of bodies) {
		for (const [type, media] of Object.entries(body?.content ?? {})) {
			if (media.schema && /json/.test(type)) media.schema = request.convert(media.schema);
		}
	}
}

/**
 * A base schema lists its children, which take the base in: for answers it is split in two, the
 * fields (taken in by the children) and the choice.
 */
function breakCircles(schemas: Record<string, Schema>) {
	for (const [name, schema] of Object.entries({ ...schemas })) {
		if (!isUnion(schema)) continue;
		const { oneOf = [], discriminator, ...fields } = schema;
		schemas[`${name}__Fields`] = fields;
		schemas[name] = { oneOf, discriminator };
		for (const { $ref = '' } of oneOf) {
			for (const part of schemas[nameOf($ref)]?.allOf ?? []) {
				if (part.$ref === SCHEMAS + name) part.$ref += '__Fields';
			}
		}
	}
}

function forEachSchema(value: unknown, visit: (schema: Schema) => void) {
	if (Array.isArray(value)) value.forEach((entry) => forEachSchema(entry, visit));
	else if (value !== null && typeof value === 'object') {
		visit(value as Schema);
		Object.values(value).forEach((entry) => forEachSchema(entry, visit));
	}
}

/**
 * Numbers: the sample generator answers the smallest 32-bit integer for them. Times: Veeam means
 * "22:00", the validator a time with seconds and zone. Some formats are objects by mistake.
 */
function dropFormatsPrismMisreads(schema: Schema) {
	const { type, format } = schema;
	if (type === 'integer' || type === 'number' || format === 'time') delete schema.format;
	else if (type === 'string' && typeof format !== 'string') delete schema.format;
}

/** In a query a list of one looks like a text: Prism knows better only where the list cannot be null. */
function readOneAsList({ schema }: NonNullable<OpenApiOperation['parameters']>[number]) {
	if (schema?.type === 'array') delete schema.nullable;
}

/** Some examples are what the editor of the specification put there first. */
const isPlaceholder = (example: unknown): boolean =>
	isDeepStrictEqual(example, { property: 'value' });

/** VB365: the token answer has no media type, and downloads are described as objects. */
function readAnswerTypes({ content = {} }: NonNullable<OpenApiOperation['responses']>[string]) {
	const any = content['*/*'];
	if (any) {
		content['application/json'] ??= any;
		delete content['*/*'];
	}
	for (const media of Object.values(content))
		if (isPlaceholder(media.example)) delete media.example;
	const file = content['application/octet-stream'];
	if (file?.schema?.type === 'object') file.schema = { type: 'string', format: 'binary' };
}

if (require.main === module) {
	const [input, output] = process.argv.slice(2);
	if (!input || !output) {
		console.error('Usage: tsx test/contract/prepare.ts <specification> <prepared>');
		process.exitCode = 1;
	} else {
		const document = prepare(JSON.parse(readFileSync(input, 'utf8')) as OpenApi);
		writeFileSync(output, JSON.stringify(document));
	}
}

import { withBase } from './normalise';
import { CatalogueError, METHODS, pointer } from './openapi';
import type { OpenApi, RawBody, RawOperation, RawParameter, Schema } from './openapi';

type Json = Record<string, unknown>;

/**
 * A Swagger 2 document as OpenAPI 3.0.
 *
 * Our own, because the converters at hand do not fit: swagger2openapi was last published in 2021 and
 * brings a dozen packages, @scalar/openapi-upgrader needs Node 22 and passes over what it does not
 * know, while here nothing may be lost in silence.
 *
 * @throws CatalogueError
 */
export function fromSwagger2(raw: Json): OpenApi {
	for (const key of Object.keys(raw)) {
		if (!TOP_LEVEL.has(key) && !key.startsWith('x-')) {
			throw refusal(`"${key}" is no part of Swagger 2 the compiler knows.`);
		}
	}
	const reader = new Swagger2(raw);
	const paths = Object.entries(raw.paths as Json).map(([path, item]) => [
		path,
		reader.pathItem(item as Json),
	]);
	return {
		openapi: '3.0.3',
		info: raw.info as OpenApi['info'],
		tags: raw.tags as OpenApi['tags'],
		paths: withBase(Object.fromEntries(paths) as OpenApi['paths'], String(raw.basePath ?? '')),
		components: {
			schemas: mapValues(raw.definitions as Json, (one) => schemaOf(one as Json)),
			responses: mapValues(raw.responses as Json, (one) =>
				reader.answer(one as Json, raw.produces as string[]),
			),
			parameters: mapValues(raw.parameters as Json, (one) => parameterOf(one as Json)),
		},
	};
}

const TOP_LEVEL = new Set(
	(
		'swagger info host basePath schemes consumes produces paths definitions parameters responses ' +
		'securityDefinitions security tags externalDocs'
	).split(' '),
);

class Swagger2 {
	constructor(private readonly raw: Json) {}

	pathItem(item: Json): Json {
		const shared = this.parameters(item);
		return mapValues(item, (value, key) => {
			if (key === 'parameters') return shared.filter(({ in: place }) => !IN_BODY.has(place));
			if (!(METHODS as readonly string[]).includes(key)) return value;
			return this.operation(value as Json, shared);
		});
	}

	answer(answer: Json, produces: string[] | undefined): RawBody {
		if (answer.$ref !== undefined) return { $ref: refOf(answer.$ref as string) };
		if (answer.schema === undefined) return {};
		const schema = schemaOf(answer.schema as Json);
		const binary = schema.format === 'binary';
		const media = produces ?? [binary ? 'application/octet-stream' : 'application/json'];
		return { content: Object.fromEntries(media.map((type) => [type, { schema }])) };
	}

	private operation(operation: Json, shared: RawParameter[]): RawOperation {
		const own = this.parameters(operation);
		const inBody = [...shared, ...own].filter(({ in: place }) => IN_BODY.has(place));
		const { consumes, produces, responses, ...rest } = operation;
		const answers = mapValues(responses as Json, (answer) =>
			this.answer(answer as Json, (produces ?? this.raw.produces) as string[] | undefined),
		);
		return {
			...rest,
			parameters: own.filter(({ in: place }) => !IN_BODY.has(place)),
			...(inBody.length > 0
				? { requestBody: body(inBody, (consumes ?? this.raw.consumes) as string[] | undefined) }
				: {}),
			responses: answers,
		};
	}

	private parameters(holder: Json): RawParameter[] {
		return ((holder.parameters ?? []) as Json[]).map((one) => {
			if (one.$ref === undefined) return parameterOf(one);
			const target = pointer(this.raw as unknown as OpenApi, one.$ref as string);
			if (target === undefined)
				throw refusal(`The reference ${String(one.$ref)} points at nothing.`);
			return parameterOf(target as Json);
		});
	}
}

const IN_BODY = new Set(['body', 'formData']);

function body(parameters: RawParameter[], consumes: string[] | undefined): RawBody {
	const whole = parameters.find(({ in: place }) => place === 'body');
	if (whole) {
		const media = consumes ?? ['application/json'];
		return {
			required: whole.required,
			content: Object.fromEntries(media.map((type) => [type, { schema: whole.schema }])),
		};
	}
	const required = parameters.filter((one) => one.required).map(({ name }) => name);
	const schema: Schema = {
		type: 'object',
		required,
		properties: Object.fromEntries(parameters.map((one) => [one.name, one.schema!])),
	};
	const hasFile = parameters.some((one) => one.schema?.format === 'binary');
	const media = consumes ?? [hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded'];
	return {
		required: required.length > 0,
		content: Object.fromEntries(media.map((type) => [type, { schema }])),
	};
}

/** Swagger 2 spells a parameter's type beside its name; OpenAPI 3 in a schema. */
function parameterOf(raw: Json): RawParameter {
	const { name, in: place, required, schema, collectionFormat, ...described } = raw;
	const parameter: RawParameter = { name: name as string, in: place as string };
	if (required) parameter.required = true;
	delete described.allowEmptyValue;
	parameter.schema = schemaOf((schema as Json | undefined) ?? described);
	if (parameter.schema.type === 'array' && place === 'query') {
		// Without a word about it, Swagger 2 joins by commas and OpenAPI 3 repeats the name.
		const format = collectionFormat ?? 'csv';
		if (format !== 'csv' && format !== 'multi') {
			throw refusal(`The parameter "${String(name)}" joins its values as "${String(format)}".`);
		}
		parameter.explode = format === 'multi';
	}
	return parameter;
}

function schemaOf(raw: Json): Schema {
	return convert(raw) as Schema;
}

function convert(value: unknown, inProperties = false): unknown {
	if (Array.isArray(value)) return value.map((one) => convert(one));
	if (value === null || typeof value !== 'object') return value;
	const raw = value as Json;
	const schema: Json = {};
	for (const [key, inside] of Object.entries(raw)) {
		// Names of properties are not keywords; what a default or an example holds is no schema.
		if (inProperties) schema[key] = convert(inside);
		else if (key === 'default' || key === 'example' || key === 'enum') schema[key] = inside;
		else schema[key] = convert(inside, key === 'properties');
	}
	if (inProperties) return schema;
	if (typeof raw.$ref === 'string') schema.$ref = refOf(raw.$ref);
	if (typeof raw.discriminator === 'string') {
		schema.discriminator = { propertyName: raw.discriminator };
	}
	if (raw['x-nullable'] === true) schema.nullable = true;
	if (raw.type === 'file') Object.assign(schema, { type: 'string', format: 'binary' });
	return schema;
}

function refOf(reference: string): string {
	return reference
		.replace(/^#\/definitions\//, '#/components/schemas/')
		.replace(/^#\/(parameters|responses)\//, '#/components/$1/');
}

function mapValues<T>(
	record: Json | undefined,
	change: (value: unknown, key: string) => T,
): Record<string, T> {
	return Object.fromEntries(
		Object.entries(record ?? {}).map(([key, value]) => [key, change(value, key)]),
	);
}

function refusal(message: string): CatalogueError {
	return new CatalogueError(
		message,
		'Teach scripts/catalogue this feature, or ask the vendor for a corrected file.',
	);
}

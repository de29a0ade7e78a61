import { readFileSync } from 'node:fs';
import Ajv, { type ErrorObject } from 'ajv';
import { nameOf, type OpenApi, type OpenApiOperation, type Schema, SCHEMAS } from './openapi';
import { dropUndeclaredDuties, putBasePathIntoPaths } from './prepare';
import { isUnion } from './requestSchemas';

const ROOT = 'https://specification/';
const SUFFIX = '__Answer';

type Responses = NonNullable<OpenApiOperation['responses']>;

/**
 * Holds answers to one of Veeam's files: nothing of ours tells what an answer holds. The schemas are
 * read as they are meant, not as a validator would read them: an object has no field that it does not
 * name, and one with variants is of the variant that its own field names.
 */
export class AnswerSchemas {
	private readonly ajv = new Ajv({ strict: false, allErrors: true, verbose: true, logger: false });
	private readonly document: OpenApi;
	private readonly answers: Record<string, Schema> = {};
	private isReady = false;
	/** 3.5.1 and 3.6 of VSPC name one nullable field where 3.6.1 names 2,000: they do not say where null may be. */
	private readonly saysWhereNull: boolean;

	/** @param file one of Veeam's OpenAPI files */
	constructor(file: string) {
		const text = readFileSync(file, 'utf8');
		this.document = putBasePathIntoPaths(JSON.parse(text) as OpenApi);
		this.saysWhereNull = (text.match(/"nullable":\s*true/g) ?? []).length > 1;
		const { schemas } = this.document.components;
		dropUndeclaredDuties(schemas);
		this.ajv.addFormat('uuid', /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i);
		this.ajv.addFormat('date-time', /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/);
		for (const [path, methods] of Object.entries(this.document.paths)) {
			for (const [method, operation] of Object.entries(methods)) {
				for (const [status, { content }] of Object.entries(this.responsesOf(operation))) {
					const schema = (content?.['application/json'] ?? content?.['*/*'])?.schema;
					if (schema) this.answers[this.key(method, path, status)] = this.closed(schema);
				}
			}
		}
		for (const [name, schema] of Object.entries({ ...schemas }))
			schemas[name + SUFFIX] = isUnion(schema) ? this.union(name, schema) : this.closed(schema);
	}

	/**
	 * What is wrong with an answer; undefined where the file describes none in JSON.
	 *
	 * @param path as the file has it, with the base path of its server
	 */
	flaws(method: string, path: string, status: number, body: unknown): string[] | undefined {
		if (!this.isReady) {
			const { schemas } = this.document.components;
			this.ajv.addSchema({ $id: ROOT, components: { schemas }, answers: this.answers });
			this.isReady = true;
		}
		const key = this.key(method, path, String(status));
		if (!(key in this.answers)) return undefined;
		const check = this.ajv.getSchema(`${ROOT}#/answers/${encodeURIComponent(key)}`);
		if (!check) throw new Error(`${key} cannot be compiled`);
		if (check(body) as boolean) return [];
		return [...new Set((check.errors ?? []).filter((one) => this.isNews(one)).map(inWords))];
	}

	/** The branch of a variant says what is wrong; that the branch was taken is no news. */
	private isNews({ keyword, data }: ErrorObject): boolean {
		return keyword !== 'if' && (this.saysWhereNull || data !== null);
	}

	private key(method: string, path: string, status: string): string {
		return `${method.toLowerCase()} ${path} ${status}`.replace(/[/{}~%]/g, '_');
	}

	private responsesOf({ responses }: OpenApiOperation): Responses {
		const shared = (this.document.components.responses ?? {}) as Responses;
		return Object.fromEntries(
			Object.entries(responses ?? {}).map(([status, one]) => [
				status,
				one.$ref === undefined ? one : (shared[nameOf(one.$ref)] ?? {}),
			]),
		);
	}

	/** A schema whose objects hold what they name and no more. */
	private closed(schema: Schema): Schema {
		if (schema.$ref)
			return nullableAs(schema, { $ref: `${SCHEMAS}${nameOf(schema.$ref)}${SUFFIX}` });
		const { allOf, properties, items, additionalProperties: more } = schema;
		const [only, ...others] = allOf ?? [];
		if (only && others.length === 0 && !properties) return nullableAs(schema, this.closed(only));
		if (allOf || properties) {
			const fields = this.fieldsOf(schema);
			return this.object(fields, schema.nullable);
		}
		if (items) return { ...bare(schema), items: this.closed(items) };
		if (typeof more === 'object')
			return { ...bare(schema), additionalProperties: this.closed(more) };
		return bare(schema);
	}

	private object({ properties, required }: Fields, nullable?: boolean): Schema {
		return {
			type: 'object',
			...(nullable && { nullable }),
			properties: Object.fromEntries(
				Object.entries(properties).map(([name, field]) => [name, this.closed(field)]),
			),
			required: [...new Set(required)],
			additionalProperties: Object.keys(properties).length === 0,
		};
	}

	/** The variant that the record names; of a kind without one, what all have. */
	private union(name: string, base: Schema): Schema {
		const on = base.discriminator?.propertyName ?? '';
		const own = this.fieldsOf(base);
		return Object.entries(base.discriminator?.mapping ?? {}).reduceRight<Schema>(
			(otherwise, [value, reference]) => {
				const child = this.document.components.schemas[nameOf(reference)];
				if (!child) throw new Error(`${name} refers to ${reference}, which is not there`);
				const variant: Schema = { properties: { [on]: { enum: [value] } }, required: [on] };
				return { if: variant, then: this.object(this.fieldsOf(child)), else: otherwise };
			},
			this.object(own),
		);
	}

	/** All fields of an object, inherited ones first; a base with variants gives only its own. */
	private fieldsOf(schema: Schema): Fields {
		if (schema.$ref)
			return this.fieldsOf(this.document.components.schemas[nameOf(schema.$ref)] ?? {});
		const parts = (schema.allOf ?? []).map((part) => this.fieldsOf(part));
		return {
			properties: Object.assign(
				{},
				...parts.map((part) => part.properties),
				schema.properties,
			) as Fields['properties'],
			required: [...parts.flatMap((part) => part.required), ...(schema.required ?? [])],
		};
	}
}

interface Fields {
	properties: Record<string, Schema>;
	required: string[];
}

/** A value as ajv reads it: null is named among the values, formats are those that are checked. */
function bare(schema: Schema): Schema {
	const { type, format, nullable, enum: values, ...rest } = schema;
	return {
		...rest,
		...(type === undefined ? {} : { type }),
		...(format === 'uuid' || format === 'date-time' ? { format } : {}),
		...(nullable && type !== undefined ? { nullable } : {}),
		...(values ? { enum: nullable ? [...values, null] : values } : {}),
	};
}

const nullableAs = (outer: Schema, inner: Schema): Schema =>
	outer.nullable ? { anyOf: [inner, { enum: [null] }] } : inner;

const inWords = ({ instancePath, message = '', params }: ErrorObject): string =>
	`${instancePath.replace(/\/\d+(?=\/|$)/g, '/…')} ${message} ${JSON.stringify(params)}`;

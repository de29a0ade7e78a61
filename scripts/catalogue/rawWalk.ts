import { requestMedia } from './media';
import { withBase } from './normalise';
import { METHODS, pointer } from './openapi';
import type { OpenApi } from './openapi';
import type { Product } from './products';

/**
 * A second, deliberately simple reading of a file, which shares nothing with the compiler's own:
 * what it finds and the finished catalogue lacks has been lost on the way. Reads OpenAPI 3 and
 * Swagger 2 as they come.
 */

type Json = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

/** One step from a body towards a field. */
export type Step = { field: string } | { variant: string };

export interface RawField {
	steps: Step[];
	name: string;
	required: boolean;
	enum: string[];
	/** The declaration: fields inherited by many types are declared once. */
	site: object;
}

export interface RawParameterFound {
	name: string;
	place: 'path' | 'query' | 'header';
	required: boolean;
	enum: string[];
}

export interface RawOperationFound {
	key: string;
	parameters: RawParameterFound[];
	fields: RawField[];
	readOnly: Set<object>;
	hasBody: boolean;
	/** Fields of JSON Patch itself: the catalogue has those of the patched object instead. */
	patch: object[];
}

export function walk(raw: Json, product: Product): RawOperationFound[] {
	const base = raw.swagger ? raw.basePath : raw.servers?.[0]?.url;
	const found: RawOperationFound[] = [];
	for (const [path, item] of Object.entries<Json>(withBase(raw.paths, base ?? ''))) {
		for (const method of METHODS) {
			if (!item[method]) continue;
			const key = `${method.toUpperCase()} ${path.replace(product.prefix, '')}`;
			found.push(new RawOperationWalk(raw).read(key, item[method], item.parameters ?? []));
		}
	}
	return found;
}

class RawOperationWalk {
	private readonly fields: RawField[] = [];
	private readonly readOnly = new Set<object>();
	private readonly seen = new Set<object>();
	private patch: object[] = [];

	constructor(private readonly raw: Json) {}

	read(key: string, operation: Json, shared: Json[]): RawOperationFound {
		const all = new Map<string, Json>();
		for (const one of [...shared, ...(operation.parameters ?? [])]) {
			const parameter = this.target(one);
			all.set(`${parameter.in} ${parameter.name}`, parameter);
		}
		const parameters: RawParameterFound[] = [];
		for (const one of all.values()) {
			if (one.in === 'body') this.visit(one.schema, []);
			else if (one.in === 'formData') this.formField(one);
			else parameters.push(this.parameter(one));
		}
		const body = operation.requestBody ? this.target(operation.requestBody) : undefined;
		const entries = Object.entries<Json>(body?.content ?? {});
		const chosen = entries.find(([media]) => requestMedia(media) === 'json') ?? entries[0];
		if (chosen) this.visit(chosen[1].schema ?? {}, []);
		const inBody = [...all.values()].some((one) => one.in === 'body' || one.in === 'formData');
		const { fields, readOnly, patch } = this;
		return { key, parameters, fields, readOnly, patch, hasBody: Boolean(body) || inBody };
	}

	/** Swagger 2 says of a form's field itself that it is required, in the word for a schema's list. */
	private formField({ required, ...schema }: Json): void {
		this.field(schema.name, schema, [], Boolean(required));
	}

	private parameter(one: Json): RawParameterFound {
		const schema = one.schema ?? Object.values<Json>(one.content ?? {})[0]?.schema ?? one;
		return {
			name: one.name,
			place: one.in,
			required: one.required === true,
			enum: this.enumOf(schema),
		};
	}

	private visit(schema: Json, steps: Step[]): void {
		const isNamed = schema.$ref !== undefined;
		const target = this.target(schema);
		const only = target.allOf?.length === 1 && !target.properties && !target.discriminator;
		if (!isNamed && only) return this.visit(target.allOf[0], steps);
		if (this.seen.has(target)) return;
		this.seen.add(target);
		if (target.items) {
			const { properties } = this.target(target.items);
			if (properties?.op && properties?.path) this.patch = Object.values(properties);
			else this.visit(target.items, steps);
		}
		if (typeof target.additionalProperties === 'object') {
			this.visit(target.additionalProperties, steps);
		}
		const required = this.requiredOf(target);
		for (const [name, property] of this.propertiesOf(target)) {
			this.field(name, property, steps, required.has(name));
		}
		for (const [value, reference] of this.variantsOf(schema, target)) {
			this.visit({ $ref: reference }, [...steps, { variant: value }]);
		}
	}

	private field(name: string, property: Json, steps: Step[], required: boolean): void {
		if (property.readOnly || this.target(property).readOnly) {
			this.readOnly.add(property);
			return;
		}
		this.fields.push({ steps, name, required, enum: this.enumOf(property), site: property });
		this.visit(property, [...steps, { field: name }]);
	}

	private propertiesOf(schema: Json, all = new Map<string, Json>()): Map<string, Json> {
		for (const base of schema.allOf ?? []) this.propertiesOf(this.target(base), all);
		for (const [name, one] of Object.entries<Json>(schema.properties ?? {})) all.set(name, one);
		for (const shape of schema['x-anyOf'] ?? []) {
			for (const [name, one] of this.propertiesOf(this.target(shape))) {
				if (!all.has(name)) all.set(name, one);
			}
		}
		return all;
	}

	private requiredOf(schema: Json): Set<string> {
		const bases = (schema.allOf ?? []).flatMap((base: Json) => [
			...this.requiredOf(this.target(base)),
		]);
		return new Set([...bases, ...(schema.required ?? [])]);
	}

	private variantsOf(reference: Json, schema: Json): Array<[string, string]> {
		const { discriminator, oneOf } = schema;
		if (!discriminator) return [];
		if (discriminator.mapping) return Object.entries<string>(discriminator.mapping);
		const name = String(reference.$ref).split('/').pop();
		const schemas: Json = this.raw.definitions ?? this.raw.components?.schemas ?? {};
		const folder = this.raw.definitions ? '#/definitions/' : '#/components/schemas/';
		const children = Object.keys(schemas).filter((child) =>
			schemas[child].allOf?.some((base: Json) => base.$ref === folder + name),
		);
		const references: string[] =
			oneOf?.map((one: Json) => one.$ref) ?? children.map((child) => folder + child);
		return references.map((one) => [one.slice(one.lastIndexOf('/') + 1), one]);
	}

	private enumOf(schema: Json): string[] {
		let target = this.target(schema);
		for (let depth = 0; depth < 8; depth += 1) {
			if (target.items) target = this.target(target.items);
			else if (target.allOf?.length === 1 && !target.properties)
				target = this.target(target.allOf[0]);
		}
		return (target.enum ?? []).filter((value: unknown) => typeof value === 'string');
	}

	private target(thing: Json): Json {
		let target = thing;
		for (let depth = 0; target.$ref !== undefined && depth < 20; depth += 1) {
			target = pointer(this.raw as unknown as OpenApi, target.$ref) as Json;
		}
		return target;
	}
}

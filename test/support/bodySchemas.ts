/**
 * What bodies hold, read from a vendor's OpenAPI file alone: nothing of the catalogue is used here.
 */
import { readFileSync } from 'node:fs';
import Ajv, { type ValidateFunction } from 'ajv';

import { nameOf, type OpenApi, type Schema } from '../contract/openapi';
import { dropUndeclaredDuties, prepare, putBasePathIntoPaths } from '../contract/prepare';

/** A part of a body that is given as one value. */
export interface SchemaLeaf {
	path: string[];
	schema: Schema;
	/** Required in its object. */
	required: boolean;
	/** Required in its object, which is required in its own, and so on. */
	always: boolean;
	/** A list of objects, a map, or an object without known fields: JSON inside the mapper. */
	json: boolean;
}

/** A place in a body whose value decides which fields its object has. */
export interface Fork {
	path: string[];
	values: string[];
}

/** Chooses a value for a fork. */
export type Choose = (fork: Fork) => string;

interface Whole {
	properties: Record<string, Schema>;
	required: string[];
	fork?: { on: string; of: Map<string, Schema> };
	type?: string;
	items?: Schema;
	additional?: boolean | Schema;
	schema: Schema;
}

export class BodySchemas {
	private readonly document: OpenApi;
	private readonly prepared: OpenApi;
	private readonly judges = new Map<string, ValidateFunction>();
	/** What `whole` found, of a schema with its variants and without. */
	private readonly known = { all: new WeakMap<Schema, Whole>(), own: new WeakMap<Schema, Whole>() };
	private readonly ajv = new Ajv({
		strict: false,
		validateFormats: false,
		allErrors: false,
		inlineRefs: false,
		code: { optimize: false },
	});

	constructor(file: string) {
		const read = () => JSON.parse(readFileSync(file, 'utf8')) as OpenApi;
		this.document = putBasePathIntoPaths(read());
		dropUndeclaredDuties(this.document.components.schemas);
		this.prepared = prepare(read());
		const { schemas } = this.prepared.components;
		this.ajv.addSchema({ $id: 'spec', components: { schemas } });
	}

	/** Method and path of every operation that takes an object as JSON, with its schema. */
	objects(): Array<{ method: string; path: string; schema: Schema }> {
		return Object.entries(this.document.paths).flatMap(([path, methods]) =>
			Object.entries(methods)
				.filter(([method]) => /^(post|put|delete)$/.test(method))
				.flatMap(([method]) => {
					const schema = this.bodyOf(this.document, method, path);
					const isObject = schema && this.isObject(schema);
					return isObject ? [{ method: method.toUpperCase(), path, schema }] : [];
				}),
		);
	}

	/** Whether a GET of the same path is there. */
	isRead = (path: string): boolean => this.document.paths[path]?.get !== undefined;

	/** Judges a body as a whole, by the vendor's schema with what it does not name forbidden. */
	judge(method: string, path: string): ValidateFunction {
		const schema = this.bodyOf(this.prepared, method.toLowerCase(), path);
		const text = JSON.stringify(schema).replaceAll('"#/components', '"spec#/components');
		// Ajv knows again what it compiled by the object alone.
		const judge = this.judges.get(text) ?? this.ajv.compile(JSON.parse(text) as object);
		this.judges.set(text, judge);
		return judge;
	}

	private bodyOf(document: OpenApi, method: string, path: string): Schema | undefined {
		const { requestBody } = document.paths[path]?.[method] ?? {};
		const body = requestBody?.$ref
			? document.components.requestBodies?.[nameOf(requestBody.$ref)]
			: requestBody;
		return Object.entries(body?.content ?? {}).find(([media]) => media === 'application/json')?.[1]
			.schema;
	}

	/** The values of the field that decides on the fields of the whole body; none where there is none. */
	variantsOf(schema: Schema): { on: string; values: string[] } | undefined {
		const { fork } = this.whole(schema);
		return fork && { on: fork.on, values: [...fork.of.keys()] };
	}

	/** An object with fields of its own. */
	isObject(schema: Schema): boolean {
		const { properties, fork, items } = this.whole(schema);
		const own = Object.entries(properties).filter(([name, one]) => isSent(name, one));
		return items === undefined && (fork !== undefined || own.length > 0);
	}

	/** What is given of an object, for a choice at each fork; the choices are given by name as well. */
	leaves(schema: Schema, choose: Choose): SchemaLeaf[] {
		const found: SchemaLeaf[] = [];
		this.collect(schema, { path: [], inside: [], always: true }, choose, found);
		return found;
	}

	private collect(
		schema: Schema,
		at: { path: string[]; inside: string[]; always: boolean },
		choose: Choose,
		found: SchemaLeaf[],
	): void {
		const whole = this.whole(schema);
		const { fork } = whole;
		const name = this.nameIn(schema);
		const inside = name === undefined ? at.inside : [...at.inside, name];
		let { properties, required } = whole;
		if (fork) {
			const value = choose({ path: [...at.path, fork.on], values: [...fork.of.keys()] });
			const variant = fork.of.get(value);
			if (variant) ({ properties, required } = this.whole(variant, true));
			properties = { ...properties, [fork.on]: { type: 'string', enum: [value] } };
		}
		for (const [field, one] of Object.entries(properties)) {
			if (!isSent(field, this.whole(one).schema) || !isSent(field, one)) continue;
			const path = [...at.path, field];
			const isRequired = required.includes(field) || field === fork?.on;
			const always = at.always && isRequired;
			const inner = this.nameIn(one);
			if (this.isObject(one) && !(inner !== undefined && inside.includes(inner)))
				this.collect(one, { path, inside, always }, choose, found);
			else {
				const json = this.isJson(one);
				found.push({ path, schema: one, required: isRequired, always, json });
			}
		}
	}

	private isJson(schema: Schema): boolean {
		const { items, type, properties, additional } = this.whole(schema);
		if (items) return this.isObject(items) || this.isJson(items);
		return type === 'object' || Object.keys(properties).length > 0 || Boolean(additional);
	}

	/** A value that the schema takes: text is told apart by its number. */
	sample(schema: Schema, depth = 0): unknown {
		const whole = this.whole(schema);
		const { items, fork } = whole;
		const { format, enum: values, minimum, maximum, minLength } = whole.schema;
		if (values?.length) return values[0];
		if (items) return [this.sample(items, depth + 1)];
		if (fork || whole.type === 'object' || Object.keys(whole.properties).length > 0) {
			const [value = ''] = fork ? [...fork.of.keys()] : [];
			const own = fork ? this.whole(fork.of.get(value)!, true) : whole;
			const fields = Object.entries(own.properties).filter(
				([name, one]) => own.required.includes(name) && name !== fork?.on && isSent(name, one),
			);
			const object = Object.fromEntries(
				fields.map(([name, one]) => [name, depth > 6 ? {} : this.sample(one, depth + 1)]),
			);
			if (fork) object[fork.on] = value;
			if (Object.keys(object).length === 0 && typeof whole.additional === 'object')
				object.sample = this.sample(whole.additional, depth + 1);
			return object;
		}
		if (whole.type === 'boolean') return true;
		if (whole.type === 'integer' || whole.type === 'number')
			return Math.min(Math.max(Number(minimum ?? 1), 1), Number(maximum ?? 1));
		if (format === 'uuid') return '1b6ed2ae-3dd9-4b1f-8d8f-2a7a3b0f4c11';
		if (format === 'date-time') return '2026-01-31T22:00:00Z';
		if (format === 'date') return '2026-01-31';
		return 'sample'.padEnd(Number(minLength ?? 0), 'x');
	}

	private nameIn(schema: Schema): string | undefined {
		if (schema.$ref) return nameOf(schema.$ref);
		const [only, ...others] = schema.allOf ?? [];
		return only?.$ref && others.length === 0 && !schema.properties ? nameOf(only.$ref) : undefined;
	}

	/**
	 * A schema with all that it refers to and is composed of; asked for again and again, found once.
	 *
	 * @param own without its variants
	 */
	private whole(schema: Schema, own = false): Whole {
		const known = own ? this.known.own : this.known.all;
		const whole = known.get(schema) ?? this.composed(schema, own, []);
		known.set(schema, whole);
		return whole;
	}

	private composed(schema: Schema, own: boolean, seen: Schema[]): Whole {
		if (seen.includes(schema)) return { properties: {}, required: [], schema: {} };
		const past = [...seen, schema];
		const { schemas } = this.document.components;
		const referred = schema.$ref ? schemas[nameOf(schema.$ref)] : undefined;
		const parts = [...(referred ? [referred] : []), ...(schema.allOf ?? [])].map((one) =>
			// A variant takes in its base, which lists the variants: those are not the variant's own.
			this.composed(
				one,
				own || (schema.allOf !== undefined && this.nameIn(schema) === undefined),
				past,
			),
		);
		const mapping = schema.oneOf && schema.discriminator?.mapping;
		const fork =
			mapping && !own
				? {
						on: schema.discriminator!.propertyName,
						of: new Map(
							Object.entries(mapping).map(([value, $ref]): [string, Schema] => [value, { $ref }]),
						),
					}
				: undefined;
		const all = [...parts];
		return {
			properties: Object.assign(
				{},
				...all.map((part) => part.properties),
				schema.properties,
			) as Record<string, Schema>,
			required: [...all.flatMap((part) => part.required), ...(schema.required ?? [])],
			fork: fork ?? all.map((part) => part.fork).find(Boolean),
			type: schema.type ?? all.map((part) => part.type).find(Boolean),
			items: schema.items ?? all.map((part) => part.items).find(Boolean),
			additional: schema.additionalProperties ?? all.map((part) => part.additional).find(Boolean),
			schema: Object.assign({}, ...all.map((part) => part.schema), schema) as Schema,
		};
	}
}

/** What a user may give: not what the server alone writes. */
const isSent = (name: string, schema: Schema): boolean =>
	!name.startsWith('_') && schema.readOnly !== true;

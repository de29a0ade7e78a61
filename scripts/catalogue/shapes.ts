import type {
	EnumValue,
	Field,
	ObjectType,
	Parameter,
	TypeExpression,
} from '../../nodes/shared/catalogue/types';
import { CatalogueError, nameOf, resolve } from './openapi';
import type { OpenApi, Schema } from './openapi';
import { isRequirement } from './understand';

/** Stands between the owner and the field in the name of a type or enum the vendor gave none. */
export const ANONYMOUS = '>';

/** A property with the name of the schema that declares it, inherited ones included. */
interface Property {
	schema: Schema;
	owner: string;
}

/** Collects the object types and enums that the schemas given to it lead to. */
export class Shapes {
	readonly types: Record<string, ObjectType> = {};
	readonly enums: Record<string, EnumValue[]> = {};
	/** `Type.field`: names that a schema requires and no property declares; left out. */
	readonly undeclared = new Set<string>();

	/** @param side what is never sent (`readOnly`) or never answered (`writeOnly`) is left out */
	constructor(
		private readonly document: OpenApi,
		private readonly side: 'request' | 'answer' = 'request',
	) {}

	/**
	 * The type expression of a schema; what it refers to is collected on the way.
	 *
	 * @param owner name for what the schema declares without one, e.g. `JobSpec>schedule`
	 */
	expression(schema: Schema, owner: string): TypeExpression {
		if (schema.$ref !== undefined) return this.named(schema.$ref);
		if (isWrapper(schema)) return this.expression(schema.allOf![0]!, owner);
		if (schema.enum) return this.enumeration(schema, owner);
		if (schema.type === 'array' || schema.items) {
			return `${schema.items ? this.expression(schema.items, owner) : 'any'}[]`;
		}
		if (this.hasFields(schema)) return this.object(schema, owner);
		if (schema.type === 'object' || schema.additionalProperties) return this.map(schema, owner);
		return scalar(schema);
	}

	/** Properties of a schema in the vendor's order, those of its bases first. */
	properties(schema: Schema, owner: string, seen = new Set<Schema>()): Map<string, Property> {
		const all = new Map<string, Property>();
		if (seen.has(schema)) return all;
		seen.add(schema);
		const add = (name: string, property: Property) => all.set(name, property);
		for (const base of schema.allOf ?? []) {
			const baseOwner = base.$ref === undefined ? owner : nameOf(base.$ref);
			this.properties(resolve(this.document, base), baseOwner, seen).forEach((p, n) => add(n, p));
		}
		for (const [name, property] of Object.entries(schema.properties ?? {})) {
			add(name, { schema: property, owner: `${owner}${ANONYMOUS}${name}` });
		}
		for (const shape of schema['x-anyOf'] ?? []) {
			const shapeOwner = shape.$ref === undefined ? owner : nameOf(shape.$ref);
			this.properties(resolve(this.document, shape), shapeOwner, seen).forEach(
				(p, n) => all.has(n) || add(n, p),
			);
		}
		return all;
	}

	/** Value of the discriminator -> reference of the variant's schema. Empty where there are none. */
	variants(schema: Schema, name: string): Record<string, string> {
		const { discriminator } = schema;
		if (!discriminator) return {};
		if (discriminator.mapping) return discriminator.mapping;
		const references =
			schema.oneOf?.map((one) => one.$ref).filter((one) => one !== undefined) ??
			this.childrenOf(name);
		return Object.fromEntries(references.map((one) => [one.slice(one.lastIndexOf('/') + 1), one]));
	}

	/** Type, default and limits of a field or parameter. */
	describe(name: string, schema: Schema, owner: string): Parameter {
		const type = this.expression(schema, owner);
		// A reference to a named scalar carries the limits there.
		const target = resolve(this.document, isWrapper(schema) ? schema.allOf![0]! : schema);
		const all = { ...target, ...schema };
		const parameter: Parameter = { name, type };
		if (isPlain(all.default)) parameter.default = all.default;
		if (all.minimum !== undefined) parameter.min = all.minimum + (all.exclusiveMinimum ? 1 : 0);
		if (all.maximum !== undefined) parameter.max = all.maximum - (all.exclusiveMaximum ? 1 : 0);
		if (all.minItems) parameter.minItems = all.minItems;
		if (all.maxItems !== undefined) parameter.maxItems = all.maxItems;
		if (all.minLength) parameter.minLength = all.minLength;
		if (all.pattern !== undefined) parameter.pattern = all.pattern;
		return parameter;
	}

	/** Whether values of a schema are objects with fields of their own. */
	hasFields(schema: Schema): boolean {
		if (schema.properties || schema.oneOf || schema.discriminator || schema['x-anyOf']) return true;
		return (schema.allOf ?? []).some((one) => {
			const base = resolve(this.document, one);
			return base !== schema && (base.type === 'object' || this.hasFields(base));
		});
	}

	private named(reference: string): TypeExpression {
		const name = nameOf(reference);
		const schema = resolve(this.document, { $ref: reference } as Schema);
		if (schema.enum) return this.enumeration(schema, name);
		const isMap = schema.type === 'object' && schema.additionalProperties && !schema.properties;
		if (this.hasFields(schema) || (schema.type === 'object' && !isMap)) {
			return this.object(schema, name);
		}
		return this.expression(schema, name);
	}

	private enumeration(schema: Schema, name: string): TypeExpression {
		const values = schema.enum!.filter((value) => value !== null) as string[];
		if (values.length === 0) return 'string';
		this.enums[name] = [...new Set(values)];
		return `@${name}`;
	}

	private map(schema: Schema, owner: string): TypeExpression {
		const values = schema.additionalProperties;
		return `{${typeof values === 'object' ? this.expression(values, owner) : 'any'}}`;
	}

	private object(schema: Schema, name: string): TypeExpression {
		if (this.types[name]) return `#${name}`;
		const type: ObjectType = { fields: [] };
		this.types[name] = type;
		const required = this.required(schema);
		const properties = this.properties(schema, name);
		for (const [field, property] of properties) {
			const hidden = this.side === 'request' ? 'readOnly' : 'writeOnly';
			if (resolve(this.document, property.schema)[hidden] || property.schema[hidden]) continue;
			type.fields.push(this.field(field, property, required.has(field)));
		}
		this.narrow(type, schema, [name]);
		for (const field of required) {
			// Nobody can know what to give: the vendor's own examples do without.
			if (!properties.has(field)) this.undeclared.add(`${name}.${field}`);
		}
		for (const [value, reference] of Object.entries(this.variants(schema, name))) {
			const target = this.named(reference);
			if (!target.startsWith('#')) {
				throw new CatalogueError(
					`The variant "${value}" of ${name} is no object.`,
					'Ask the vendor for a corrected file.',
				);
			}
			type.variants ??= { on: schema.discriminator!.propertyName, of: {} };
			type.variants.of[value] = target.slice(1);
		}
		if (schema.oneOf?.every(isRequirement)) {
			type.oneOf = schema.oneOf.map((one) => one.required ?? []);
		}
		const values = schema.additionalProperties;
		if (values) {
			type.additional = typeof values === 'object' ? this.expression(values, name) : 'any';
		}
		return `#${name}`;
	}

	private field(name: string, { schema, owner }: Property, required: boolean): Field {
		const field: Field = this.describe(name, schema, owner);
		if (required) field.required = true;
		const target = resolve(this.document, schema);
		if (schema.nullable ?? target.nullable ?? target.enum?.includes(null)) field.nullable = true;
		return field;
	}

	/**
	 * A variant used by itself: the field that tells variants apart can only name this one.
	 *
	 * @param line the type and those it inherits from, down to `schema`
	 */
	private narrow(type: ObjectType, schema: Schema, line: string[]): void {
		for (const base of schema.allOf ?? []) {
			if (base.$ref === undefined || line.includes(nameOf(base.$ref))) continue;
			const baseName = nameOf(base.$ref);
			const target = resolve(this.document, base);
			const mapped = Object.entries(this.variants(target, baseName));
			const values = line
				.map((name) => mapped.filter(([, reference]) => nameOf(reference) === name))
				.find((some) => some.length > 0);
			const field = type.fields.find((one) => one.name === target.discriminator?.propertyName);
			if (field && values) field.only ??= values.map(([value]) => value);
			this.narrow(type, target, [...line, baseName]);
		}
	}

	private required(schema: Schema, seen = new Set<Schema>()): Set<string> {
		if (seen.has(schema)) return new Set();
		seen.add(schema);
		const bases = (schema.allOf ?? []).flatMap((base) => [
			...this.required(resolve(this.document, base), seen),
		]);
		return new Set([...bases, ...(schema.required ?? [])]);
	}

	/** Schemas that inherit from a base: how Swagger 2 and bare discriminators list their variants. */
	private childrenOf(name: string): string[] {
		const schemas = (this.document.components?.schemas ?? {}) as Record<string, Schema>;
		const own = `#/components/schemas/${name}`;
		return Object.keys(schemas)
			.filter((child) => schemas[child]!.allOf?.some((base) => base.$ref === own))
			.map((child) => `#/components/schemas/${child}`);
	}
}

/** `{allOf: [one]}` without anything of its own: how OpenAPI 3.0 puts words beside a reference. */
function isWrapper(schema: Schema): boolean {
	return schema.allOf?.length === 1 && !schema.properties && !schema.discriminator && !schema.enum;
}

function isPlain(value: unknown): boolean {
	if (Array.isArray(value)) return value.every(isPlain);
	return ['string', 'number', 'boolean'].includes(typeof value);
}

const FORMATS: Record<string, TypeExpression> = {
	uuid: 'uuid',
	'date-time': 'dateTime',
	date: 'date',
	time: 'time',
	uri: 'uri',
	email: 'email',
	password: 'password',
	binary: 'binary',
	byte: 'base64',
};

/** A format is a hint: one that is not ours to show leaves plain text. */
function scalar(schema: Schema): TypeExpression {
	if (schema.type === undefined) return 'any';
	if (schema.type === 'string') return FORMATS[schema.format ?? ''] ?? 'string';
	return schema.type;
}

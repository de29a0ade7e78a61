import { nameOf, type Schema, SCHEMAS } from './openapi';

const SUFFIX = '__Request';

/**
 * Rewrites the schemas of request bodies so that a validator sees what the specification means:
 *
 * - Veeam's base schemas list their children in `oneOf`, and each child takes the base in by
 *   `allOf`. Read literally, that circle lets any body pass. Here a body with variants becomes a
 *   chain of if/then on the field that tells them apart, so that it is held to one variant, and
 *   what is wrong is said about that variant alone.
 * - An object takes no fields that it does not name. OpenAPI lets unknown fields pass; a server
 *   drops them, and a misspelt field of ours would never be found.
 * - Read-only fields are not sent.
 * - A field that is required but nowhere described (a slip of the pen: "ddServerName" is required,
 *   "ddServername" described) may hold anything.
 *
 * Responses keep the original schemas: the copies are called `<Name>__Request`.
 */
export class RequestSchemas {
	private readonly done = new Set<string>();

	constructor(private readonly schemas: Record<string, Schema>) {}

	/** The request form of a schema anywhere in a request body. */
	convert(schema: Schema): Schema {
		if (schema.$ref) return this.convertReference(schema);
		const alias = aliasOf(schema);
		if (alias) return nullableAs(schema, this.convertReference(alias));
		if (schema.allOf || schema.properties || schema.type === 'object') {
			return this.object(schema, this.fieldsOf(schema));
		}
		if (schema.items) return { ...schema, items: this.convert(schema.items) };
		return schema;
	}

	private convertReference(reference: Schema): Schema {
		const name = nameOf(reference.$ref ?? '');
		const original = this.schemas[name];
		if (!original) throw new Error(`The specification refers to ${reference.$ref}, which it lacks`);
		if (!this.done.has(name)) {
			this.done.add(name);
			this.schemas[name + SUFFIX] = isUnion(original)
				? this.union(original)
				: this.convert(original);
		}
		return { $ref: SCHEMAS + name + SUFFIX };
	}

	/** if variant 1 then its fields, else if variant 2 …, else say which variants there are. */
	private union(base: Schema): Schema {
		const on = base.discriminator?.propertyName ?? '';
		const byVariant = new Map<string, string[]>();
		for (const [value, reference] of Object.entries(base.discriminator?.mapping ?? {})) {
			byVariant.set(reference, [...(byVariant.get(reference) ?? []), value]);
		}
		const values = [...byVariant.values()].flat();
		const other: Schema = {
			type: 'object',
			required: [on],
			properties: { [on]: { type: 'string', enum: values } },
		};
		return [...byVariant].reduceRight<Schema>((otherwise, [reference, literals]) => {
			const variant: Schema = { properties: { [on]: { enum: literals } }, required: [on] };
			const child = this.schemas[nameOf(reference)];
			if (!child) throw new Error(`The specification refers to ${reference}, which it lacks`);
			const fields = this.fieldsOf(child);
			fields.properties[on] = { type: 'string', enum: literals };
			return { if: variant, then: this.object(child, fields), else: otherwise };
		}, other);
	}

	private object(schema: Schema, fields: Fields): Schema {
		const undescribed = fields.required.filter((name) => !(name in fields.properties));
		const properties = [
			...Object.entries(fields.properties).filter(([, field]) => !field.readOnly),
			...undescribed.map((name): [string, Schema] => [name, {}]),
		];
		const names = new Set(properties.map(([name]) => name));
		const open = fields.additional ?? (properties.length === 0 ? true : false);
		return {
			type: 'object',
			...(schema.nullable && { nullable: true }),
			properties: Object.fromEntries(
				properties.map(([name, field]) => [name, this.convert(field)]),
			),
			required: [...new Set(fields.required)].filter((name) => names.has(name)),
			additionalProperties: typeof open === 'object' ? this.convert(open) : open,
		};
	}

	/** All fields of an object, inherited ones first. A base with variants gives only its own. */
	private fieldsOf(schema: Schema): Fields {
		const target = schema.$ref ? this.schemas[nameOf(schema.$ref)] : undefined;
		if (target) return this.fieldsOf(target);
		const parts = (schema.allOf ?? []).map((part) => this.fieldsOf(part));
		return {
			properties: Object.assign(
				{},
				...parts.map((part) => part.properties),
				schema.properties,
			) as Record<string, Schema>,
			required: [...parts.flatMap((part) => part.required), ...(schema.required ?? [])],
			additional: schema.additionalProperties ?? parts.map((part) => part.additional).find(Boolean),
		};
	}
}

interface Fields {
	properties: Record<string, Schema>;
	required: string[];
	additional?: boolean | Schema;
}

export const isUnion = (schema: Schema): boolean =>
	schema.oneOf !== undefined && schema.discriminator !== undefined;

/** `{ allOf: [{ $ref }], description }` is how Veeam gives a field's type a text of its own. */
function aliasOf(schema: Schema): Schema | undefined {
	const [only, ...others] = schema.allOf ?? [];
	return only?.$ref && others.length === 0 && !schema.properties ? only : undefined;
}

const nullableAs = (outer: Schema, inner: Schema): Schema =>
	outer.nullable ? { anyOf: [inner, { enum: [null] }] } : inner;

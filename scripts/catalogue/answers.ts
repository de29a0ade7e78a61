import type { Operation, Returns, TypeExpression } from '../../nodes/shared/catalogue/types';
import { answerMedia } from './media';
import { nameOf, resolve } from './openapi';
import type { OpenApi, RawBody, RawOperation, Schema } from './openapi';
import type { Product } from './products';
import type { Shapes } from './shapes';

/** What a success of an operation brings back. */
export function readAnswers(
	document: OpenApi,
	shapes: Shapes,
	product: Product,
	operation: RawOperation,
	read: Operation,
): Returns {
	const statuses = Object.keys(operation.responses).filter((status) => /^2\d\d$/.test(status));
	const contents = statuses.flatMap((status) =>
		// Some files declare a body for 204; HTTP has none.
		status === '204'
			? []
			: Object.entries(resolve<RawBody>(document, operation.responses[status]!).content ?? {}),
	);
	const status = statuses.map(Number);
	const files = contents.filter(([media, { schema }]) => isFile(document, media, schema));
	if (files.length > 0) {
		return { kind: 'file', media: files.map(([media]) => media), status };
	}
	const schema = contents.map(([, one]) => one.schema).find((one) => one !== undefined);
	const returns = schema
		? new AnswerReader(document, shapes, product, read).read(schema)
		: { kind: 'nothing' as const };
	return { ...returns, status };
}

function isFile(document: OpenApi, media: string, schema?: Schema): boolean {
	if (answerMedia(media) === 'file') return true;
	return schema !== undefined && resolve(document, schema).format === 'binary';
}

class AnswerReader {
	constructor(
		private readonly document: OpenApi,
		private readonly shapes: Shapes,
		private readonly product: Product,
		private readonly operation: Operation,
	) {}

	read(schema: Schema): Returns {
		const { work, itemEnvelope, lists, feedMark } = this.product;
		const name = schema.$ref === undefined ? '' : nameOf(schema.$ref);
		const whole = resolve(this.document, schema);
		if (this.operation.method !== 'GET') {
			const kinds = ['session', 'sessions', 'task'] as const;
			const kind = kinds.find((one) => work[one].test(name));
			if (kind === 'sessions') return { kind, ...this.workList(whole) };
			if (kind) return { kind, fields: this.fields(schema) };
		}
		if (whole.type === 'array') {
			return { kind: this.listKind(), items: '', ...this.fieldsOf(whole.items) };
		}
		const properties = this.shapes.properties(whole, name);
		for (const { items, marks } of lists) {
			const list = properties.get(items);
			const known = properties.size === 1 || marks.some((mark) => properties.has(mark));
			const feed = feedMark !== undefined && properties.has(feedMark);
			if (!list || !known || feed) continue;
			const array = resolve(this.document, list.schema);
			if (array.type === 'array') {
				return { kind: this.listKind(), items, ...this.fieldsOf(array.items) };
			}
		}
		const wrapped = itemEnvelope ? properties.get(itemEnvelope) : undefined;
		const fields = this.fields(wrapped?.schema ?? schema);
		const empty = Object.keys(fields).length === 0 && this.isObject(wrapped?.schema ?? schema);
		if (empty) return { kind: 'nothing' };
		return { kind: 'item', ...(wrapped ? { items: itemEnvelope } : {}), ...nonEmpty(fields) };
	}

	/** A list of sessions sits in an envelope of its own. */
	private workList(whole: Schema): Partial<Returns> {
		const list = Object.entries(whole.properties ?? {}).find(
			([, one]) => resolve(this.document, one).type === 'array',
		);
		if (!list) return {};
		return { items: list[0], ...this.fieldsOf(resolve(this.document, list[1]).items) };
	}

	private listKind(): 'page' | 'list' {
		const { offset, limit } = this.product.paging;
		const names = new Set(this.operation.query?.map(({ name }) => name));
		return names.has(offset) && names.has(limit) ? 'page' : 'list';
	}

	private fieldsOf(schema: Schema | undefined): Partial<Returns> {
		if (!schema) return {};
		const inner = this.canBeFiltered() ? this.inner(schema) : {};
		return {
			...nonEmpty(this.fields(schema)),
			...(Object.keys(inner).length > 0 ? { inner } : {}),
		};
	}

	/** Whether any field can be compared with: only there those inside others are of use. */
	private canBeFiltered(): boolean {
		return this.operation.query?.some(({ name, json }) => json && name === 'filter') ?? false;
	}

	/** The plain fields inside other objects, by the names that lead to them: `object.type`. */
	private inner(schema: Schema, above: Schema[] = []): Record<string, TypeExpression> {
		const owner = schema.$ref === undefined ? this.operation.id : nameOf(schema.$ref);
		const whole = resolve(this.document, schema);
		if (above.includes(whole)) return {};
		const found: Record<string, TypeExpression> = {};
		for (const [name, property] of this.shapes.properties(whole, owner)) {
			if (property.schema.writeOnly || name.startsWith('_')) continue;
			if (!this.isObject(property.schema)) continue;
			const held = {
				...this.fields(property.schema),
				...this.inner(property.schema, [...above, whole]),
			};
			for (const [inside, type] of Object.entries(held))
				if (!type.startsWith('object')) found[`${name}.${inside}`] = type;
		}
		return found;
	}

	/** Top-level fields, those of every variant included. */
	private fields(schema: Schema, seen = new Set<Schema>()): Record<string, TypeExpression> {
		const owner = schema.$ref === undefined ? this.operation.id : nameOf(schema.$ref);
		const whole = resolve(this.document, schema);
		if (seen.has(whole)) return {};
		seen.add(whole);
		const fields: Record<string, TypeExpression> = {};
		for (const [name, property] of this.shapes.properties(whole, owner)) {
			if (property.schema.writeOnly) continue;
			fields[name] = this.type(property.schema, property.owner);
		}
		for (const reference of new Set(Object.values(this.shapes.variants(whole, owner)))) {
			Object.assign(fields, { ...this.fields({ $ref: reference }, seen), ...fields });
		}
		return fields;
	}

	/** Like an expression of the request side, with `object` for whatever has an inside. */
	private type(schema: Schema, owner: string): TypeExpression {
		const whole = resolve(this.document, schema);
		if (whole.type === 'array') return `${whole.items ? this.type(whole.items, owner) : 'any'}[]`;
		if (this.isObject(schema)) return 'object';
		return this.shapes.expression(schema, owner);
	}

	private isObject(schema: Schema): boolean {
		const whole = resolve(this.document, schema);
		if (whole.allOf?.length === 1 && !whole.properties) return this.isObject(whole.allOf[0]!);
		return whole.type === 'object' || this.shapes.hasFields(whole);
	}
}

function nonEmpty(fields: Record<string, TypeExpression>): Partial<Returns> {
	return Object.keys(fields).length > 0 ? { fields } : {};
}

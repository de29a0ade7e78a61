/**
 * Answers made from a vendor's OpenAPI file alone: nothing of the catalogue is read here.
 */
import { readFileSync } from 'node:fs';

import { nameOf, type OpenApi, type Schema } from '../contract/openapi';
import { putBasePathIntoPaths } from '../contract/prepare';

export interface SpecifiedAnswer {
	/** `POST /api/v1/jobs/{id}/start` */
	methodAndPath: string;
	/** Of the first success with JSON; undefined where none has any. */
	schema: Schema | undefined;
}

export class SampleAnswers {
	private readonly document: OpenApi;
	private count = 0;

	constructor(file: string) {
		this.document = putBasePathIntoPaths(JSON.parse(readFileSync(file, 'utf8')) as OpenApi);
	}

	/** What every operation answers. */
	all(): SpecifiedAnswer[] {
		const { components, paths } = this.document;
		const shared = (components.responses ?? {}) as Record<string, object>;
		return Object.entries(paths).flatMap(([path, methods]) =>
			Object.entries(methods)
				.filter(([method]) => /^(get|post|put|patch|delete)$/.test(method))
				.map(([method, { responses = {} }]) => {
					const contents = Object.entries(responses)
						.filter(([status]) => /^2/.test(status))
						.map(([, one]) => (one.$ref ? shared[nameOf(one.$ref)] : one) as typeof one)
						.flatMap(({ content = {} }) => Object.entries(content))
						.filter(([media]) => /json|^\*\/\*$/.test(media));
					const schema = contents[0]?.[1].schema;
					return { methodAndPath: `${method.toUpperCase()} ${path}`, schema };
				}),
		);
	}

	/** A value of a schema: lists of two, texts that differ from one another. */
	sample(schema: Schema | undefined, depth = 0): unknown {
		const whole = this.whole(schema);
		const { type, format, enum: values, items, properties = {} } = whole;
		if (values?.length) return values[0];
		if (type === 'array' || items)
			return depth > 4 ? [] : [this.sample(items, depth + 1), this.sample(items, depth + 1)];
		if (type === 'object' || Object.keys(properties).length > 0)
			return depth > 4
				? {}
				: Object.fromEntries(
						Object.entries(properties).map(([name, one]) => [name, this.sample(one, depth + 1)]),
					);
		if (type === 'boolean') return false;
		if (type === 'integer' || type === 'number') return ++this.count;
		if (format === 'uuid')
			return `1b6ed2ae-3dd9-4b1f-8d8f-${(++this.count).toString(16).padStart(12, '0')}`;
		if (format === 'date-time') return '2026-01-31T22:00:00Z';
		return `text ${++this.count}`;
	}

	/** A schema with what it refers to and is composed of; of alternatives the first. */
	whole(schema: Schema | undefined, seen: Schema[] = []): Schema {
		if (!schema || seen.includes(schema)) return {};
		const past = [...seen, schema];
		const referred = schema.$ref
			? this.whole(this.document.components.schemas[nameOf(schema.$ref)], past)
			: {};
		const [first] = schema.oneOf ?? schema.anyOf ?? [];
		const parts = [
			referred,
			...[...(schema.allOf ?? []), first].map((one) => this.whole(one, past)),
		];
		return parts.reduce<Schema>(
			(all, part) => ({
				...part,
				...all,
				properties: { ...part.properties, ...all.properties },
			}),
			{ ...schema },
		);
	}
}

/** What the vendor's own files say of a body, read without the package's compiler. */
import type { Operation } from '../../nodes/shared/catalogue/types';
import { nameOf, type OpenApi, type OpenApiOperation, type Schema } from '../contract/openapi';

/** What may stand at a place of a body: one entry for each variant that has it. */
export interface Place {
	/** Names joined by dots. */
	path: string;
	takesNull: boolean[];
}

/** A schema with what it refers to and inherits. */
export function whole(document: OpenApi, schema: Schema | undefined, seen: Schema[] = []): Schema {
	if (!schema || seen.includes(schema)) return {};
	const past = [...seen, schema];
	const parts = [
		schema.$ref ? document.components.schemas[nameOf(schema.$ref)] : undefined,
		...(schema.allOf ?? []),
	].map((one) => whole(document, one, past));
	return parts.reduce<Schema>(
		(all, part) => ({
			...part,
			...all,
			properties: { ...part.properties, ...all.properties },
			required: [...(part.required ?? []), ...(all.required ?? [])],
		}),
		schema,
	);
}

/** Every place inside an object, down to the last level; entries of lists are not looked into. */
export function placesOf(document: OpenApi, schema: Schema | undefined): Place[] {
	const places = new Map<string, Place>();
	const walk = (one: Schema | undefined, at: string, inside: string[]): void => {
		const here = whole(document, one);
		const variants = Object.values(here.discriminator?.mapping ?? {}).map(($ref) => ({ $ref }));
		for (const shape of variants.length > 0 ? variants : [here])
			for (const [name, inner] of Object.entries(whole(document, shape).properties ?? {})) {
				const path = at === '' ? name : `${at}.${name}`;
				const type = whole(document, inner);
				if (name.startsWith('_') || type.readOnly === true) continue;
				const place = places.get(path) ?? { path, takesNull: [] };
				place.takesNull.push(type.nullable === true || (type.enum ?? []).includes(null));
				places.set(path, place);
				const names = namesIn(inner);
				if (names.some((known) => inside.includes(known))) continue;
				walk(inner, path, [...inside, ...names]);
			}
	};
	walk(schema, '', namesIn(schema));
	return [...places.values()];
}

const namesIn = (schema: Schema | undefined): string[] =>
	[schema, ...(schema?.allOf ?? [])].flatMap((one) => (one?.$ref ? [nameOf(one.$ref)] : []));

/** An operation as the file of a version has it. */
export const rawOperation = (
	document: OpenApi,
	{ method, path }: Pick<Operation, 'method' | 'path'>,
	base: string,
): OpenApiOperation => document.paths[base + path]?.[method.toLowerCase()] ?? {};

/** The schema of what is sent. */
export function bodySchema(
	document: OpenApi,
	{ requestBody }: OpenApiOperation,
): Schema | undefined {
	const body = requestBody?.$ref
		? document.components.requestBodies?.[nameOf(requestBody.$ref)]
		: requestBody;
	return Object.values(body?.content ?? {})[0]?.schema;
}

/** The schema of the object that a success brings back, out of its envelope. */
export function answeredSchema(
	document: OpenApi,
	{ responses }: OpenApiOperation,
	envelope: string,
): Schema | undefined {
	const schema = Object.values(responses?.['200']?.content ?? {})[0]?.schema;
	return whole(document, schema).properties?.[envelope] ?? schema;
}

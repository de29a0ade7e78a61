import type { OpenApi } from './openapi';

type Json = Record<string, unknown>;

/** An OpenAPI 3.0 or 3.1 document as OpenAPI 3.0, with the path of its server in front of its paths. */
export function fromOpenApi(raw: Json): OpenApi {
	const is31 = String(raw.openapi).startsWith('3.1');
	const document = (is31 ? downgrade(raw) : { ...raw }) as unknown as OpenApi;
	const servers = document.servers as Array<{ url: string }> | undefined;
	return { ...document, paths: withBase(document.paths, servers?.[0]?.url ?? '') };
}

/** `https://server:1280/api/v3` before `/jobs` gives `/api/v3/jobs`. */
export function withBase(paths: OpenApi['paths'], url: string): OpenApi['paths'] {
	const base = url.replace(/^([a-z]+:)?\/\/[^/]+/i, '').replace(/\/+$/, '');
	return Object.fromEntries(Object.entries(paths).map(([path, item]) => [base + path, item]));
}

/**
 * Writes the keywords of OpenAPI 3.1 (JSON Schema 2020-12) that 3.0 has another word for in 3.0's.
 * Whatever it leaves is refused later by `understand`.
 */
function downgrade(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(downgrade);
	if (value === null || typeof value !== 'object') return value;
	const schema = Object.fromEntries(
		Object.entries(value).map(([key, inside]) => [key, downgrade(inside)]),
	);
	if (Array.isArray(schema.type)) {
		const types = schema.type.filter((type) => type !== 'null');
		if (types.length < schema.type.length) schema.nullable = true;
		if (types.length === 1) schema.type = types[0];
	}
	for (const [limit, bound] of [
		['exclusiveMinimum', 'minimum'],
		['exclusiveMaximum', 'maximum'],
	] as const) {
		if (typeof schema[limit] !== 'number') continue;
		schema[bound] = schema[limit];
		schema[limit] = true;
	}
	if (typeof schema.const === 'string') {
		schema.enum = [schema.const];
		delete schema.const;
	}
	return schema;
}

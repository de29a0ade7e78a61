import type {
	Body,
	Catalogue,
	Operation,
	PagingPlace,
	Parameter,
} from '../../nodes/shared/catalogue/types';
import { readAnswers } from './answers';
import { requestMedia } from './media';
import { CatalogueError, operationsOf, resolve } from './openapi';
import type { OpenApi, RawBody, RawOperation, RawParameter, Schema } from './openapi';
import type { Product } from './products';
import { ANONYMOUS, Shapes } from './shapes';

/**
 * What one file says: a catalogue of one version. Operation ids are the vendor's still.
 *
 * @param notes gets a line for what the file says and the catalogue leaves out
 */
export function compile(
	document: OpenApi,
	product: Product,
	version: string,
	notes: string[] = [],
): Catalogue {
	const shapes = new Shapes(document);
	const operations: Operation[] = [];
	for (const { method, path: fullPath, operation, parameters } of operationsOf(document)) {
		const path = fullPath.replace(product.prefix, '');
		const key = `${method.toUpperCase()} ${path}`;
		if (product.leftToCredential.includes(key)) continue;
		const read: Operation = {
			id: operation.operationId ?? key,
			title: operation.summary?.trim() || titleFrom(operation.operationId ?? key),
			tag: operation.tags?.[0] ?? '',
			method: method.toUpperCase() as Operation['method'],
			path,
			in: [version],
			returns: { kind: 'nothing' },
		};
		if (operation.deprecated) read.deprecated = true;
		if (operation['x-anonymous'] || operation.security?.length === 0) read.anonymous = true;
		const places = { path: 'pathParameters', query: 'query' } as const;
		for (const place of ['path', 'query'] as const) {
			const some = parameters.filter((parameter) => parameter.in === place);
			if (some.length > 0) {
				read[places[place]] = some.map((one) => parameterOf(shapes, one, read.id, key));
			}
		}
		refuseForeignHeaders(parameters, product, key);
		const body = bodyOf(document, shapes, operation, product, read.id, key);
		if (body) read.body = body;
		read.returns = readAnswers(document, shapes, product, operation, read);
		const paging = pagingPlace(shapes, product, read);
		if (paging) read.paging = paging;
		operations.push(read);
	}
	const { types, enums, undeclared } = shapes;
	notes.push(...[...undeclared].map((one) => `${one} is required and declared nowhere: left out`));
	return { product: product.key, versions: [version], operations, types, enums };
}

function parameterOf(shapes: Shapes, raw: RawParameter, owner: string, key: string): Parameter {
	const content = Object.values(raw.content ?? {})[0]?.schema;
	const schema = raw.schema ?? content!;
	const parameter = shapes.describe(raw.name, schema, `${owner}${ANONYMOUS}${raw.name}`);
	if (raw.required) parameter.required = true;
	if (content) parameter.json = true;
	if (raw.in === 'query' && raw.explode === false && parameter.type.endsWith('[]')) {
		parameter.separator = ',';
	}
	if (raw.in === 'path' && !raw.required) {
		throw new CatalogueError(
			`The path parameter "${raw.name}" of ${key} is not required.`,
			'Ask the vendor for a corrected file.',
		);
	}
	return parameter;
}

function refuseForeignHeaders(parameters: RawParameter[], product: Product, key: string): void {
	const foreign = parameters.find(
		({ in: place, name }) =>
			place === 'header' && !product.ownedHeaders.includes(name.toLowerCase()),
	);
	if (foreign) {
		throw new CatalogueError(
			`${key} takes the header "${foreign.name}", which nothing sends.`,
			`Let the adapter of ${product.displayName} send it and name it in scripts/catalogue/products.ts.`,
		);
	}
}

function bodyOf(
	document: OpenApi,
	shapes: Shapes,
	operation: RawOperation,
	product: Product,
	owner: string,
	key: string,
): Body | undefined {
	if (!operation.requestBody) return undefined;
	const raw = resolve<RawBody>(document, operation.requestBody);
	const entries = Object.entries(raw.content ?? {});
	const chosen = entries.find(([media]) => requestMedia(media) === 'json') ?? entries[0]!;
	const media = requestMedia(chosen[0])!;
	const others = entries.filter(([other]) => !['json', media].includes(requestMedia(other)!));
	if (others.length > 0 && media !== 'json') {
		throw new CatalogueError(
			`${key} takes its body in two ways: ${entries.map(([type]) => type).join(' and ')}.`,
			'Teach scripts/catalogue which of them to use.',
		);
	}
	const schema = chosen[1].schema ?? {};
	const required = raw.required ? { required: true as const } : {};
	if (media === 'binary') return { media, ...required, type: 'binary' };
	if (media === 'jsonPatch' || isJsonPatch(document, schema)) {
		const patched = patchedType(document, shapes, operation, product, owner);
		return { media: 'jsonPatch', ...required, type: patched ?? shapes.expression(schema, owner) };
	}
	const type = shapes.expression(schema, `${owner}${ANONYMOUS}body`);
	const part = media === 'multipart' ? filePartOf(shapes, type) : undefined;
	return { media, ...required, type, ...(part ? { filePart: part } : {}) };
}

/** The part of a multipart body that holds bytes. */
function filePartOf(shapes: Shapes, type: string): string | undefined {
	return shapes.types[type.slice(1)]?.fields.find((field) => field.type === 'binary')?.name;
}

/** Where a list takes its limit: in the query, in the body's `pagination`, on top of the body. */
function pagingPlace(
	shapes: Shapes,
	{ paging: { limit } }: Product,
	{ query = [], body, returns }: Operation,
): PagingPlace | undefined {
	if (!['page', 'list', 'sessions'].includes(returns.kind)) return undefined;
	if (query.some(({ name }) => name === limit)) return 'query';
	if (body?.media !== 'json') return undefined;
	const names = (shapes.types[body.type.slice(1)]?.fields ?? []).map(({ name }) => name);
	if (names.includes('pagination')) return 'body.pagination';
	return names.includes(limit) ? 'body' : undefined;
}

/** A list of objects with `op` and `path`: JSON Patch under the plain JSON media type (RFC 6902). */
export function isJsonPatch(document: OpenApi, schema: Schema): boolean {
	const list = resolve(document, schema);
	if (!list.items) return false;
	const { properties } = resolve(document, list.items);
	return Boolean(properties?.op && properties.path);
}

/** The fields a patch may change are those of the object it answers with. */
function patchedType(
	document: OpenApi,
	shapes: Shapes,
	operation: RawOperation,
	product: Product,
	owner: string,
): string | undefined {
	const answer = operation.responses['200'];
	const raw = answer && resolve<RawBody>(document, answer).content;
	const schema = raw && Object.values(raw)[0]?.schema;
	if (!schema) return undefined;
	const whole = resolve(document, schema);
	const envelope = product.itemEnvelope;
	const item = envelope ? (whole.properties?.[envelope] ?? schema) : schema;
	const type = shapes.expression(item, `${owner}${ANONYMOUS}patched`);
	return type.startsWith('#') && shapes.types[type.slice(1)]!.fields.length > 0 ? type : undefined;
}

/** "GetJobSession" -> "Get Job Session", for the few operations without a title. */
function titleFrom(operationId: string): string {
	const words = operationId
		.replace(/[_\W]+/g, ' ')
		.replace(/([a-z\d])([A-Z])/g, '$1 $2')
		.trim();
	return words.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

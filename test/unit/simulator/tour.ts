import {
	fieldsIn,
	isRequired,
	parseType,
	returnsFor,
	minimalValue,
} from '../../../nodes/shared/catalogue';
import type { Catalogue, Operation, Parameter } from '../../../nodes/shared/catalogue/types';
import type { AnswerSchema } from './exact.schema';
import type { Asked, HttpsClient, Reply } from './https';

const NOWHERE = '11111111-2222-4333-8444-555555555555';

export interface TourOptions {
	catalogue: Catalogue;
	client: HttpsClient;
	version: string;
	/** What stands before an operation's path. */
	prefix: string;
	headers?: Record<string, string>;
	/** Where an answer may hold its list, besides being it. */
	listField: string;
	/** Where else one answer in a hundred has it. */
	otherListField?: string;
	/** Fields that identify a record where none is called as the parameter. */
	idFields: string[];
	/** Ids of parameters whose list stands elsewhere. */
	known?: Record<string, string>;
	/** Ids to take although there is a list. @param collection the path up to the id, as it is sent */
	always?: (parameter: Parameter, collection: string) => string | undefined;
	/** What a body has to say for its call to do something. */
	inBodies?: Record<string, unknown>;
}

/** Sorts operations by the first pattern that fits `POST /path`. */
export const placeIn =
	(order: RegExp[]) =>
	({ method, path }: Operation): number =>
		order.findIndex((pattern) => pattern.test(`${method} ${path}`));

/** Calls operations as a client would that takes its ids from the lists. */
export class CatalogueTour {
	/** Path parameters of the last call, as they were sent. */
	ids: Record<string, string> = {};
	/** Path of the last call, without prefix and query. */
	sent = '';

	constructor(private readonly options: TourOptions) {}

	async call(operation: Operation): Promise<Reply> {
		const { client, prefix, headers } = this.options;
		const path = await this.path(operation);
		this.sent = path;
		return client.ask(`${prefix}${path}${this.query(operation)}`, {
			method: operation.method,
			headers,
			...this.body(operation),
		});
	}

	/**
	 * Calls operations one after the other.
	 *
	 * @param before what has to be there for a call, by `POST /path`
	 * @param after after each call; what it returns is wrong, too
	 * @returns what is wrong with their answers
	 */
	async judge(
		operations: Operation[],
		exact: AnswerSchema,
		before: (name: string) => Promise<string[] | undefined>,
		after: (operation: Operation, reply: Reply) => Promise<string[] | undefined>,
	): Promise<string[]> {
		const { version } = this.options;
		const wrong: string[] = [];
		for (const operation of operations) {
			const name = `${operation.method} ${operation.path}`;
			wrong.push(...((await before(name)) ?? []));
			const reply = await this.call(operation);
			const found = flaws(operation, version, reply);
			found.push(...((await after(operation, reply)) ?? []));
			if (found.length === 0) found.push(...exact.flawsOf(operation, version, reply));
			if (found.length > 0) wrong.push(`${name}: ${found.join(', ')}`);
		}
		return wrong;
	}

	/** What a path answers, and what it says when it is sent the same again. */
	async putBack(get: Operation, put: Operation): Promise<{ got: Reply; reply: Reply }> {
		const { client, prefix, headers } = this.options;
		const got = await client.ask(`${prefix}${await this.path(get)}${this.query(get)}`, { headers });
		const body = get.returns.items ? got.body?.[get.returns.items] : got.body;
		const path = `${prefix}${await this.path(put)}`;
		return { got, reply: await client.ask(path, { method: put.method, headers, body }) };
	}

	/** The path with an id from the list that leads to it; any id where there is none. */
	private async path({ path, pathParameters = [] }: Operation): Promise<string> {
		let built = '';
		const ids: Record<string, string> = {};
		for (const part of path.split('/').slice(1)) {
			const name = /^\{(.+)\}$/.exec(part)?.[1];
			const parameter = pathParameters.find((one) => one.name === name);
			if (parameter) ids[parameter.name] = await this.id(built, parameter);
			built += `/${parameter ? encodeURIComponent(ids[parameter.name]!) : part}`;
		}
		this.ids = ids;
		return built;
	}

	private async id(collection: string, parameter: Parameter): Promise<string> {
		const { catalogue, version, known, always } = this.options;
		if (parseType(parameter.type).kind === 'enum') {
			return String(minimalValue(catalogue, parameter.type, version));
		}
		const fixed = always?.(parameter, collection);
		if (fixed !== undefined) return fixed;
		const first = await this.firstOf(collection);
		const value = idIn(first, parameter, this.options.idFields);
		if (value !== undefined) return isOfType(value, parameter) ? value : plain(parameter);
		return known?.[parameter.name] ?? plain(parameter);
	}

	/** The first record of the list at a path; none where nothing lists it. */
	private async firstOf(collection: string): Promise<Record<string, unknown>> {
		const { catalogue, client, version, prefix, headers, listField, otherListField } = this.options;
		const list = catalogue.operations.find(
			(one) => one.method === 'GET' && one.in.includes(version) && shape(one.path).test(collection),
		);
		if (!list) return {};
		const { body } = await client.ask(`${prefix}${collection}${this.query(list)}`, { headers });
		const records = [body, body?.[listField], body?.[otherListField ?? '']];
		return records.find((one) => Array.isArray(one))?.[0] ?? {};
	}

	private query({ query }: Operation): string {
		const { catalogue, version } = this.options;
		const search = new URLSearchParams();
		for (const parameter of fieldsIn(catalogue, query, version)) {
			if (!isRequired(parameter, version)) continue;
			const value = parameter.name === 'from' && parameter.type === 'string' ? 'latest' : undefined;
			search.append(
				parameter.name,
				value ?? String(minimalValue(catalogue, parameter.type, version)),
			);
		}
		return search.size ? `?${search.toString()}` : '';
	}

	private body({ body }: Operation): Asked {
		const { catalogue, version } = this.options;
		if (!body || (body.in && !body.in.includes(version))) return {};
		if (body.media === 'binary') {
			return { raw: { type: 'application/octet-stream', content: 'bytes' } };
		}
		if (body.media === 'multipart') return { raw: multipart(catalogue, body.type) };
		if (body.media === 'form') {
			const made = minimalValue(catalogue, body.type, version) as Record<string, string>;
			const content = new URLSearchParams(made).toString();
			return { raw: { type: 'application/x-www-form-urlencoded', content } };
		}
		if (body.media === 'jsonPatch') return { body: [] };
		const made = minimalValue(catalogue, body.type, version) as Record<string, unknown>;
		for (const [name, value] of Object.entries(this.options.inBodies ?? {}))
			if (name in made) made[name] = value;
		return { body: made };
	}
}

/** What identifies a record for a path parameter: the field of that name, else the likeliest one. */
function idIn(
	record: Record<string, unknown>,
	parameter: Parameter,
	idFields: string[],
): string | undefined {
	const names = Object.keys(record);
	const wanted = parameter.name.toLowerCase();
	const called = (name: string) => names.filter((one) => one.toLowerCase() === name.toLowerCase());
	const likely = [
		...[parameter.name, ...idFields].flatMap(called),
		...names.filter((one) => /id$/i.test(one)),
		...names.filter((one) => wanted.endsWith(one.toLowerCase())),
	];
	const field = likely.find((one) => isOfType(String(record[one]), parameter)) ?? likely[0];
	if (field !== undefined) return String(record[field]);
	// VBR 12.0 has what names a host one level down.
	const inside = Object.values(record).find(
		(one): one is Record<string, unknown> =>
			typeof one === 'object' && one !== null && parameter.name in one,
	);
	const value = inside?.[parameter.name] ?? record[names[0] ?? ''];
	return value === undefined ? undefined : String(value);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function isOfType(value: string, { type }: Parameter): boolean {
	if (type === 'integer') return /^\d+$/.test(value);
	if (type === 'uuid') return UUID.test(value);
	return !/^date/.test(type) || !Number.isNaN(Date.parse(value));
}

function plain({ type }: Parameter): string {
	if (type === 'integer') return '1';
	if (type === 'date') return '2026-01-31';
	return type === 'dateTime' ? '2026-01-31T00:00:00Z' : NOWHERE;
}

function multipart(catalogue: Catalogue, type: string): { type: string; content: string } {
	const boundary = 'simulator-boundary';
	const names = catalogue.types[type.slice(1)]?.fields.map(({ name }) => name) ?? [];
	const parts = names.map(
		(name) =>
			`--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${name}.bin"\r\n\r\nbytes\r\n`,
	);
	return {
		type: `multipart/form-data; boundary=${boundary}`,
		content: `${parts.join('')}--${boundary}--\r\n`,
	};
}

function shape(path: string): RegExp {
	return new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`, 'i');
}

/** What is wrong with an answer's shape; nothing where all is well. */
export function flaws(operation: Operation, version: string, reply: Reply): string[] {
	const { kind, items, fields, status } = returnsFor(operation, version);
	if (!status?.includes(reply.status)) {
		return [`status ${reply.status}: ${JSON.stringify(reply.body).slice(0, 200)}`];
	}
	if (kind === 'nothing') return [];
	if (kind === 'file') {
		const named = /filename=/.test(String(reply.headers['content-disposition']));
		return reply.bytes.length && named ? [] : ['is no file'];
	}
	const isList = kind === 'page' || kind === 'list' || kind === 'sessions';
	const found = items ? reply.body?.[items] : reply.body;
	if (isList && !Array.isArray(found)) return ['is no list'];
	const record = isList ? found[0] : found;
	const names = Object.keys(record ?? {});
	if (!isList && fields && !names.length) return ['is empty'];
	return record && fields && !names.some((name) => name in fields) ? ['has no known field'] : [];
}

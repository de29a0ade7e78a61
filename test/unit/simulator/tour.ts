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
	/** Fields that identify a record where none is called as the parameter. */
	idFields: string[];
	/** Ids of parameters whose list stands elsewhere. */
	known?: Record<string, string>;
	/** Ids to take although there is a list. */
	always?: Record<string, string>;
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

	constructor(private readonly options: TourOptions) {}

	async call(operation: Operation): Promise<Reply> {
		const { client, prefix, headers } = this.options;
		const path = await this.path(operation);
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
	 * @param after after each that may have begun some work
	 * @returns what is wrong with their answers
	 */
	async judge(
		operations: Operation[],
		exact: AnswerSchema,
		before: (name: string) => Promise<string[] | undefined>,
		after: () => Promise<unknown>,
	): Promise<string[]> {
		const { version } = this.options;
		const wrong: string[] = [];
		for (const operation of operations) {
			const name = `${operation.method} ${operation.path}`;
			wrong.push(...((await before(name)) ?? []));
			const reply = await this.call(operation);
			const found = flaws(operation, version, reply);
			if (found.length === 0) found.push(...exact.flawsOf(operation, version, reply));
			if (operation.method !== 'GET') await after();
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
		const { catalogue, client, version, prefix, headers, listField, idFields, known } =
			this.options;
		if (parseType(parameter.type).kind === 'enum') {
			return String(minimalValue(catalogue, parameter.type, version));
		}
		const elsewhere = known?.[parameter.name];
		const fixed = this.options.always?.[parameter.name];
		if (fixed !== undefined) return fixed;
		const list = catalogue.operations.find(
			(one) => one.method === 'GET' && one.in.includes(version) && shape(one.path).test(collection),
		);
		const query = list ? this.query(list) : '';
		const reply = list
			? await client.ask(`${prefix}${collection}${query}`, { headers })
			: undefined;
		const body = reply?.body;
		const records = [body, body?.[listField]].find((one) => Array.isArray(one));
		const [first = {}] = records ?? [];
		const names = Object.keys(first);
		const same = (wanted: string) =>
			names.find((one) => one.toLowerCase() === wanted.toLowerCase());
		const field =
			[parameter.name, ...idFields].map(same).find((one) => one !== undefined) ??
			names.find((one) => /id$/i.test(one)) ??
			names.find((one) => parameter.name.toLowerCase().endsWith(one.toLowerCase())) ??
			names[0];
		const value = field === undefined ? (elsewhere ?? plain(parameter)) : String(first[field]);
		const isOfType =
			parameter.type === 'integer'
				? /^\d+$/.test(value)
				: !/^date/.test(parameter.type) || !Number.isNaN(Date.parse(value));
		return isOfType ? value : plain(parameter);
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
		return { body: minimalValue(catalogue, body.type, version) };
	}
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
	const isList = kind === 'page' || kind === 'list';
	const found = items ? reply.body?.[items] : reply.body;
	if (isList && !Array.isArray(found)) return ['is no list'];
	const record = isList ? found[0] : found;
	const names = Object.keys(record ?? {});
	if (!isList && fields && !names.length) return ['is empty'];
	return record && fields && !names.some((name) => name in fields) ? ['has no known field'] : [];
}

import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

import type { QueryValue, VeeamRequest } from '../http/types';
import type { Call } from './call';
import { send } from './output';
import { ParameterError } from './parameterError';
import { readOutputOptions } from './outputOptions';
import { splitRequestPath } from './requestPath';
import { CONTROL } from '../binding/parameterBinding';
import { isEmpty, readJson } from '../binding/values';
import { isOn, previewOf } from './preview';
import type { OutputItems } from './product';

/** Operation value of the one resource that reaches any path. */
export const API_REQUEST = 'apiRequest';

const METHODS = new Set<string>(['DELETE', 'GET', 'PATCH', 'POST', 'PUT']);

/** How an answer is read: as it comes, page after page, or as bytes. */
const RETURNS = { auto: 'item', allPages: 'page', file: 'file' } as const;

/** Any path of the API with the same sign-in, paging, waiting and errors as every operation. */
export async function executeApiRequest(call: Call): Promise<OutputItems> {
	const parameter = (name: string, fallback?: unknown) =>
		call.context.getNodeParameter(name, call.itemIndex, fallback) as unknown;
	const { path, query } = splitRequestPath(parameter('requestPath'), call.client.origin);
	const method = String(parameter('requestMethod', 'GET')).toUpperCase() as IHttpRequestMethods;
	if (!METHODS.has(method))
		throw new ParameterError(
			`"Method" is ${JSON.stringify(method)}`,
			`Choose one of: ${[...METHODS].join(', ')}.`,
		);
	const body = readObject(parameter('requestBody', ''), 'Body (JSON)');
	if (body !== undefined && method === 'GET')
		throw new ParameterError(
			'"Body (JSON)" cannot be sent with GET',
			'Remove the body, or choose the method that takes it: searches are mostly a POST.',
		);
	const returns = parameter('requestReturns', 'auto') as keyof typeof RETURNS;

	const request: VeeamRequest = {
		method,
		path,
		query: {
			...query,
			...readQueryParameters(parameter('requestQuery', '')),
		},
		...(body === undefined ? {} : { body: { media: 'json' as const, value: body } }),
		label: `${method} ${path}`,
	};
	if (method !== 'GET' && isOn(call, CONTROL.previewOnly)) return previewOf(call, request);
	const kind = RETURNS[returns] ?? 'item';
	const outputOptions = readOutputOptions(call, {
		paged: false,
		simplifies: false,
		waits: true,
	});
	// Whether the answer started work shows only in the answer: waiting is decided there.
	return await send(
		call,
		{ method: method as 'GET' },
		{ kind: kind === 'item' && outputOptions.wait ? 'session' : kind },
		request,
		outputOptions,
	);
}

/** Query parameters; an object or a list of objects is written as JSON text: VSPC's `filter`. */
function readQueryParameters(value: unknown): Record<string, QueryValue> {
	const given = readObject(value, 'Query Parameters') ?? {};
	const isNested = (one: unknown): boolean =>
		typeof one === 'object' && one !== null && (!Array.isArray(one) || one.some(isNested));
	return Object.fromEntries(
		Object.entries(given).map(([name, one]) => [
			name,
			(isNested(one) ? JSON.stringify(one) : one) as QueryValue,
		]),
	);
}

function readObject(value: unknown, label: string): IDataObject | unknown[] | undefined {
	if (isEmpty(value)) return undefined;
	const read = readJson(value, label);
	if (typeof read === 'object' && read !== null) return read as IDataObject;
	throw new ParameterError(`"${label}" is not a JSON object`, 'Put its fields between { and }.');
}

import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

import type { QueryValue, VeeamRequest } from '../http/types';
import type { Call } from './call';
import { send } from './output';
import { ParameterError } from './parameterError';
import { readOutputOptions } from './outputOptions';
import { isEmpty, readJson } from '../binding/values';
import type { OutputItems } from './product';

/** Operation value of the one resource that reaches any path. */
export const API_REQUEST = 'apiRequest';

/** How an answer is read: as it comes, page after page, or as bytes. */
const RETURNS = { auto: 'item', allPages: 'page', file: 'file' } as const;

/** Any path of the API with the same sign-in, paging, waiting and errors as every operation. */
export async function executeApiRequest(call: Call): Promise<OutputItems> {
	const parameter = (name: string, fallback?: unknown) =>
		call.context.getNodeParameter(name, call.itemIndex, fallback) as unknown;
	const { path, query } = splitPath(String(parameter('requestPath')), call.client.origin);
	const method = String(parameter('requestMethod', 'GET')).toUpperCase() as IHttpRequestMethods;
	const body = readObject(parameter('requestBody', ''), 'Body');
	const returns = parameter('requestReturns', 'auto') as keyof typeof RETURNS;

	const request: VeeamRequest = {
		method,
		path,
		query: {
			...query,
			...(readObject(parameter('requestQuery', ''), 'Query Parameters') as Record<
				string,
				QueryValue
			>),
		},
		...(body === undefined || method === 'GET'
			? {}
			: { body: { media: 'json' as const, value: body } }),
		label: `${method} ${path}`,
	};
	const kind = RETURNS[returns] ?? 'item';
	const propertyRequests = readOutputOptions(call, {
		paged: false,
		simplifies: false,
		waits: true,
	});
	// Whether the answer started work shows only in the answer: waiting is decided there.
	return await send(
		call,
		{ method: method as 'GET' },
		{ kind: kind === 'item' && propertyRequests.wait ? 'session' : kind },
		request,
		propertyRequests,
	);
}

/**
 * Splits what a user typed or pasted into path and query.
 *
 * @throws ParameterError where it is another server's address: a token goes to its own server only
 */
function splitPath(
	typed: string,
	origin: string,
): { path: string; query: Record<string, QueryValue> } {
	const text = typed.trim();
	if (isEmpty(text))
		throw new ParameterError('"Path" is empty', 'Give the path as the API reference has it.');
	const url = URL.canParse(text, `${origin}/`) ? new URL(text, `${origin}/`) : undefined;
	if (!url)
		throw new ParameterError(
			`"Path" is not a path: "${text}"`,
			'Give the path as the API reference has it.',
		);
	if (url.origin !== new URL(origin).origin)
		throw new ParameterError(
			`"Path" leads to another server: ${url.origin}`,
			`Requests go to the server of the credential, ${origin}, and to no other. Give the path alone, such as ${url.pathname}.`,
		);
	const query: Record<string, QueryValue> = {};
	for (const name of new Set(url.searchParams.keys())) {
		const values = url.searchParams.getAll(name);
		query[name] = values.length > 1 ? values : (values[0] ?? '');
	}
	return { path: url.pathname, query };
}

function readObject(value: unknown, label: string): IDataObject | unknown[] | undefined {
	if (isEmpty(value)) return undefined;
	const read = readJson(value, label);
	if (typeof read === 'object' && read !== null) return read as IDataObject;
	throw new ParameterError(`"${label}" is not a JSON object`, 'Put its fields between { and }.');
}

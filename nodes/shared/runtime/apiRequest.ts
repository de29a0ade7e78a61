import type { IDataObject, IHttpRequestMethods, INodeProperties } from 'n8n-workflow';

import { previewOnly, waitForCompletion } from '../form/controls';
import type { ResourceNames } from '../form/overlay';
import type { QueryValue, VeeamRequest } from '../http/types';
import { send } from './output';
import { ParameterError } from './parameterError';
import { readOutputOptions } from './outputOptions';
import { splitRequestPath } from './requestPath';
import { exactJson, isEmpty, readJson } from '../binding/values';
import { isPreviewOnly, previewOf } from './preview';
import type { Call, OutputItems, OwnOperation } from './product';

/** The resource that reaches any path of a product's API, for what no operation covers. */
export const apiRequestResource: ResourceNames = {
	name: 'API Request',
	paths: [],
	inPanel: true,
};

/**
 * API Request > Send.
 *
 * @param examplePath a path of the product, as the placeholder
 * @param waits whether an answer can name work that goes on, to be waited for
 */
export function apiRequestOperation(examplePath: string, waits = true): OwnOperation {
	return {
		resource: 'apiRequest',
		operation: 'apiRequest',
		name: 'Send',
		action: 'Send an API request',
		description: 'Any path, with the same login, paging, waiting and error messages',
		properties: () => [
			...properties(examplePath),
			...(waits ? waiting() : []),
			{ ...previewOnly(), displayOptions: withBody },
		],
		execute: sendRequest,
	};
}

const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];

const withBody = { show: { requestMethod: METHODS.filter((method) => method !== 'GET') } };

const properties = (examplePath: string): INodeProperties[] => [
	{
		displayName: 'Method',
		name: 'requestMethod',
		type: 'options',
		options: METHODS.map((name) => ({ name, value: name })),
		default: 'GET',
	},
	{
		displayName: 'Path',
		name: 'requestPath',
		type: 'string',
		required: true,
		default: '',
		placeholder: `e.g. ${examplePath}`,
		description: 'As in the API reference, with or without a query',
	},
	{
		displayName: 'Query Parameters',
		name: 'requestQuery',
		type: 'json',
		default: '',
		hint: 'Example: {"limit": 10}',
	},
	{
		displayName: 'Body (JSON)',
		name: 'requestBody',
		type: 'json',
		displayOptions: withBody,
		default: '',
	},
	{
		displayName: 'Returns',
		name: 'requestReturns',
		type: 'options',
		options: [
			{ name: 'A File', value: 'file' },
			{ name: 'All Pages of a List', value: 'allPages' },
			{ name: 'The Answer as It Comes', value: 'auto' },
		],
		default: 'auto',
		description: 'How the answer is read',
	},
];

/** Its options are those of every operation that waits. */
const waiting = (): INodeProperties[] => [{ ...waitForCompletion(), displayOptions: withBody }];

/** How an answer is read: as it comes, page after page, or as bytes. */
const RETURNS = { auto: 'item', allPages: 'page', file: 'file' } as const;

/** Any path of the API with the same sign-in, paging, waiting and errors as every operation. */
async function sendRequest(call: Call): Promise<OutputItems> {
	const parameter = (name: string, fallback?: unknown) =>
		call.context.getNodeParameter(name, call.itemIndex, fallback) as unknown;
	const { path, query } = splitRequestPath(parameter('requestPath'), call.client.origin);
	const method = String(parameter('requestMethod', 'GET')).toUpperCase() as IHttpRequestMethods;
	if (!METHODS.includes(method))
		throw new ParameterError(
			`"Method" is ${JSON.stringify(method)}`,
			`Choose one of: ${METHODS.join(', ')}.`,
		);
	const typed = parameter('requestBody', '');
	const body = readObject(typed, 'Body (JSON)');
	const text = exactJson(typed, body);
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
		...(body === undefined
			? {}
			: { body: { media: 'json' as const, value: body, ...(text === undefined ? {} : { text }) } }),
		label: `${method} ${path}`,
	};
	if (method !== 'GET' && isPreviewOnly(call)) return previewOf(call, request);
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

/** Query parameters; an object or a list of objects is written as JSON text, as query languages are. */
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

import type { INodeProperties } from 'n8n-workflow';

import { previewOnly, waitForCompletion } from './controls';
import type { OwnOperation, ResourceNames } from './overlay';

/** The resource that reaches any path of a product's API, for what no operation covers. */
export const apiRequestResource: ResourceNames = { name: 'API Request', paths: [] };

/**
 * @param examplePath a path of the product, as the placeholder
 * @param waits whether the product's answers tell of work that can be waited for
 */
export function apiRequestOperation(examplePath: string, waits = true): OwnOperation {
	return {
		resource: 'apiRequest',
		operation: 'apiRequest',
		name: 'Send',
		action: 'Send an API request',
		description: 'For any path, with the same sign-in, paging, waiting and errors',
		properties: () => [
			...properties(examplePath),
			...(waits ? waiting() : []),
			{ ...previewOnly(), displayOptions: withBody },
		],
	};
}

const withBody = { show: { requestMethod: ['DELETE', 'PATCH', 'POST', 'PUT'] } };

const properties = (examplePath: string): INodeProperties[] => [
	{
		displayName: 'Method',
		name: 'requestMethod',
		type: 'options',
		options: ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'].map((name) => ({ name, value: name })),
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
		hint: 'Such as {"limit": 10}',
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

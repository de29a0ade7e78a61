import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { CONTROL } from '../binding/parameterBinding';

/** The node's own parameters, without `displayOptions`. Fresh objects at every call. */

export const dropdown = (
	displayName: string,
	name: string,
	options: INodePropertyOptions[],
	initial: INodePropertyOptions['value'],
): INodeProperties => ({ displayName, name, type: 'options', options, default: initial });

/** Of resources or operations: an expression makes no sense there. */
export const picker = (...given: Parameters<typeof dropdown>): INodeProperties => ({
	...dropdown(...given),
	noDataExpression: true,
});

export const returnAll = (): INodeProperties => ({
	displayName: 'Return All',
	name: CONTROL.returnAll,
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
});

export const limit = (): INodeProperties => ({
	displayName: 'Limit',
	name: CONTROL.limit,
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
});

export const simplify = (): INodeProperties => ({
	displayName: 'Simplify',
	name: CONTROL.simplify,
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
});

export const includeReasons = (): INodeProperties => ({
	displayName: 'Include Failure Reasons',
	name: CONTROL.includeReasons,
	type: 'boolean',
	default: false,
	description:
		'Whether to read why each session failed or ended with warnings, object by object. Takes several requests per session.',
});

export const previewOnly = (): INodeProperties => ({
	displayName: 'Preview Only',
	name: CONTROL.previewOnly,
	type: 'boolean',
	default: false,
	description:
		'Whether to return the request instead of sending it. An update is read and compared: the item lists what would change.',
});

export const waitForCompletion = (): INodeProperties => ({
	displayName: 'Wait for Completion',
	name: CONTROL.waitForCompletion,
	type: 'boolean',
	default: false,
	description:
		'Whether to wait until the work has ended and return its result. If off, its session is returned at once.',
});

/** Options of waiting. */
export const waitOptions = (): INodeProperties => ({
	displayName: 'Options',
	name: CONTROL.options,
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'On Failure',
			name: 'onFailure',
			type: 'options',
			options: [
				{
					name: 'Raise an Error',
					value: 'error',
					description: 'The error holds the reason of each failed object',
				},
				{
					name: 'Return the Result',
					value: 'return',
					description: 'The item holds the failed session',
				},
			],
			default: 'error',
			description: 'What to do if the work fails',
		},
		{
			displayName: 'Timeout (Seconds)',
			name: 'timeoutSeconds',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 3600,
			description: 'How long to wait. The work itself continues after that.',
		},
	],
});

export const inputFile = (): INodeProperties => ({
	displayName: 'Input Binary Field',
	name: CONTROL.binaryPropertyName,
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the input binary field containing the file to be uploaded',
});

export const outputField = (): INodeProperties => ({
	displayName: 'Put Output File in Field',
	name: CONTROL.outputFieldName,
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output binary field to put the file in',
});

export const bodyMode = (): INodeProperties => ({
	displayName: 'Specify Body',
	name: CONTROL.bodyMode,
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Using Fields Below', value: 'fields' },
		{ name: 'Using JSON', value: 'json' },
	],
	default: 'fields',
});

/** What a change by fields is called, in the form and in messages. */
export const FIELDS_TO_CHANGE = 'Fields to Change';

/** What the fields inside the objects of a body are called. */
export const FIELDS_TO_SET = 'Fields to Set';

const changeFields = (): INodePropertyOptions => ({
	name: FIELDS_TO_CHANGE,
	value: 'fields',
	description: 'Everything else stays as it is',
});

/** How an update is given; see runtime/mergeUpdate.ts. */
export const updateMode = (): INodeProperties => ({
	...bodyMode(),
	displayName: 'Update With',
	options: [
		changeFields(),
		{
			name: 'Whole Body (JSON)',
			value: 'json',
			description: 'Replaces everything: what is not in it is lost',
		},
	],
});

/** How a JSON Patch is given. */
export const patchMode = (): INodeProperties => ({
	...bodyMode(),
	displayName: 'Update With',
	options: [
		changeFields(),
		{ name: 'JSON Patch', value: 'json', description: 'Or an object with the fields to change' },
	],
});

/** @param shape a hint at what the body looks like */
export const bodyJson = (shape?: string): INodeProperties => ({
	displayName: 'Body (JSON)',
	name: CONTROL.bodyJson,
	type: 'json',
	default: '',
	...(shape === undefined ? {} : { hint: shape }),
});

/** The whole object of an update. */
export const wholeBody = (): INodeProperties => ({
	...bodyJson(),
	displayName: 'Whole Body (JSON)',
	description: 'Replaces everything: what is not in it is lost or set back to its default',
});

export const additionalFields = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Additional Fields',
	name: CONTROL.additionalFields,
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options,
});

export const filters = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Filters',
	name: CONTROL.filters,
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options,
});

/** What `filters` is called beside a filter by any field. */
export const parameters = (options: INodeProperties[]): INodeProperties => ({
	...filters(options),
	displayName: 'Parameters',
	placeholder: 'Add Parameter',
});

/** What `filters` is called where nothing is filtered: switches of a write. */
export const switches = (options: INodeProperties[]): INodeProperties => ({
	...filters(options),
	displayName: 'Request Options',
	placeholder: 'Add Option',
});

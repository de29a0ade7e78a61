/**
 * Runs the operations of the built-from-data nodes from their description alone, as the editor does:
 * what a form shows is filled in, nothing is sent, and what would have left is recorded.
 */
import type {
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeParameters,
	INodeProperties,
	INodePropertyOptions,
	INodeType,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import { execute } from '../../nodes/shared/runtime/execute';
import type { Product } from '../../nodes/shared/runtime/product';
import type { VeeamClient, VeeamRequest } from '../../nodes/shared/http/types';
import { isShown } from '../support/shown';

export const ID = '88788f9e-d8f5-4eb4-bc4f-9b3f5403bcec';

/** What a client without a server saw; reads are answered with `record`. */
export class Recorder {
	readonly sent: VeeamRequest[] = [];
	record: unknown = {};

	constructor(readonly version: string) {}

	/** Requests that change something. */
	get writes(): VeeamRequest[] {
		return this.sent.filter(({ method }) => method !== 'GET');
	}

	client = (): VeeamClient => ({
		version: this.version,
		origin: 'https://server.example',
		request: async (request) => {
			this.sent.push(request);
			return { status: 200, headers: {}, body: structuredClone(this.record) };
		},
		list: async (request) => {
			this.sent.push(request);
			return [];
		},
		preview: ({ method, path }) => ({ method, url: path, headers: {} }),
		download: async (request) => {
			this.sent.push(request);
			return { data: '', mimeType: 'text/csv', fileName: 'file.csv', fileSize: '3 B' };
		},
		wait: async () => ({ id: ID, state: 'Stopped' }),
	});
}

export interface Outcome {
	error?: Error & { description?: string };
	items?: IDataObject[];
}

/** Runs one item with these parameters. The module `http` has to be mocked to connect to `recorder`. */
export async function run(product: Product, parameters: IDataObject): Promise<Outcome> {
	const context = {
		getInputData: () => [{ json: {} }],
		getNode: () => ({ name: 'Veeam', type: 'veeam', typeVersion: 1, parameters: {} }),
		getTimezone: () => 'Europe/Berlin',
		continueOnFail: () => false,
		addExecutionHints: () => undefined,
		getNodeParameter: (
			name: string,
			_itemIndex: number,
			fallback: unknown,
			options?: { extractValue?: boolean },
		) => {
			const value = name in parameters ? parameters[name] : fallback;
			const isLocator = typeof value === 'object' && value !== null && '__rl' in value;
			return isLocator && options?.extractValue ? (value as IDataObject).value : value;
		},
	} as unknown as IExecuteFunctions;
	try {
		const [items = []] = await execute(context, product);
		return { items: items.map(({ json }) => json) };
	} catch (error) {
		return { error: error as Error };
	}
}

export { isShown };

/** Default values of everything the form shows: the form as a person first sees it. */
export function untouched(properties: INodeProperties[], chosen: INodeParameters): INodeParameters {
	const values = { ...chosen };
	for (let found = true; found; ) {
		found = false;
		for (const property of properties) {
			if (property.name in values || !isShown(property, values)) continue;
			values[property.name] = structuredClone(property.default) as never;
			found = true;
		}
	}
	return values;
}

/** The properties shown for these values, less the node's own pickers. */
export const shownProperties = (
	properties: INodeProperties[],
	values: INodeParameters,
): INodeProperties[] =>
	properties.filter(
		(property) => !['resource', 'operation'].includes(property.name) && isShown(property, values),
	);

/** Whether a dropdown lists objects of a server. */
export const asksServer = ({ typeOptions }: INodeProperties): boolean =>
	/Choices$/.test(typeOptions?.loadOptionsMethod ?? '');

/** The choices of a dropdown, loaded where the editor would load them. */
export async function choicesOf(
	node: INodeType,
	property: INodeProperties,
	values: INodeParameters,
): Promise<INodePropertyOptions[]> {
	const method = property.typeOptions?.loadOptionsMethod;
	if (typeof method !== 'string') return (property.options ?? []) as INodePropertyOptions[];
	// There is no server here, and an expression gives any ID.
	if (asksServer(property)) return [];
	const load = node.methods?.loadOptions?.[method];
	return (await load?.call(editorContext(values))) ?? [];
}

/** What a resource mapper shows: fields, or why there are none. */
export async function mapperOf(
	node: INodeType,
	property: INodeProperties,
	values: INodeParameters,
): Promise<ResourceMapperFields> {
	const method = property.typeOptions?.resourceMapper?.resourceMapperMethod ?? '';
	const load = node.methods?.resourceMapping?.[method];
	return (await load?.call(editorContext(values))) ?? { fields: [] };
}

/** The fields that a resource mapper offers. */
export const mappedFields = async (
	...given: Parameters<typeof mapperOf>
): Promise<ResourceMapperField[]> => (await mapperOf(...given)).fields;

export const editorContext = (values: INodeParameters): ILoadOptionsFunctions =>
	({
		getCurrentNodeParameter: (name: string) => {
			const value = values[name];
			const isLocator = typeof value === 'object' && value !== null && '__rl' in value;
			return isLocator ? (value as IDataObject).value : value;
		},
		getNode: () => ({ name: 'Veeam', type: 'veeam', typeVersion: 1, parameters: values }),
		getTimezone: () => 'Europe/Berlin',
	}) as unknown as ILoadOptionsFunctions;

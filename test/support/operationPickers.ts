import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** The Operation pickers of the form, one for each resource. */
export const operationPickers = (all: INodeProperties[]): INodeProperties[] =>
	all.filter(({ name, type }) => name === 'operation' && type === 'options');

/** Every option of every Operation picker, with its resource. */
export function operationOptions(
	all: INodeProperties[],
): Array<INodePropertyOptions & { resource: string }> {
	return operationPickers(all).flatMap(({ options, displayOptions }) =>
		(options as INodePropertyOptions[]).map((option) => ({
			...option,
			resource: String(displayOptions?.show?.resource?.[0]),
		})),
	);
}

import type { INodeParameters, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

/** Whether the form shows a property, as n8n decides it. */
export const isShown = (
	property: INodeProperties,
	values: INodeParameters,
	root: INodeParameters = values,
	description: INodeTypeDescription | null = null,
): boolean =>
	!isOfAnother(property, values, root) &&
	NodeHelpers.displayParameter(values, property, { typeVersion: 1 }, description, root);

/** Belongs to other operations: n8n would say so too, after going through all of its conditions. */
function isOfAnother(
	{ displayOptions }: INodeProperties,
	values: INodeParameters,
	root: INodeParameters,
): boolean {
	const operations = displayOptions?.show?.operation;
	if (values !== root || !operations || typeof values.operation !== 'string') return false;
	return (
		operations.every((one) => typeof one === 'string') && !operations.includes(values.operation)
	);
}

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { CONTROL } from '../binding/parameterBinding';

/** More actions than this make the panel and the form behind it slow: a shorter panel lists all. */
const MOST_ACTIONS = 100;

/** n8n's own entry, which it adds to every resource and never lists; an empty list would keep it from starting. */
const NOT_LISTED = { name: 'Custom API Call', value: '__CUSTOM_API_CALL__' };

/**
 * Keeps the node panel to the actions that people come for. The panel mounts every action of a node
 * before it shows the first, and takes them down again before the form opens, and has no search for
 * community nodes: with 541, 523 and 990 of them it was 2.2 to 3.7 times slower than Notion's, the form
 * 1.9 times (docs/architecture.md). What it leaves out is chosen in the form, by Resource and Operation.
 *
 * For each resource n8n lists the options of the first property called `operation` that belongs to it,
 * whatever its type (`resourceCategories` of the editor; the same in 1.123, 2.0 and 2.41). So one before
 * the pickers takes their resources out of the panel. It is never shown and never sent: what shows it
 * hides it.
 *
 * @param operations the operations of each resource, by its value
 */
export function outOfPanel(
	operations: ReadonlyMap<string, readonly INodePropertyOptions[]>,
	isInPanel: (resource: string) => boolean,
): INodeProperties[] {
	if ([...operations.values()].flat().length <= MOST_ACTIONS) return [];
	const resource = [...operations.keys()].filter((one) => !isInPanel(one));
	return [
		{
			displayName: 'Operation',
			name: CONTROL.operation,
			type: 'hidden',
			options: [NOT_LISTED],
			default: '',
			displayOptions: { show: { resource }, hide: { resource } },
		},
	];
}

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { CONTROL } from '../binding/parameterBinding';

/** More actions than this make the panel and the form behind it slow: a shorter panel lists all. */
const MOST_ACTIONS = 100;

/** n8n's own entry, which it adds to every resource and never lists; an empty list would keep it from starting. */
const NOT_LISTED = { name: 'Custom API Call', value: '__CUSTOM_API_CALL__' };

/** No node has this version, so the panel looks no further at a property that asks for it. */
const NO_VERSION = { '@version': [0] };

/** What n8n reads an action from stands before the pickers; these then need no action texts. */
export interface ActionPanel {
	before: INodeProperties[];
	/** An option as the Operation picker has it. */
	pickerOption: (option: INodePropertyOptions) => INodePropertyOptions;
}

/**
 * Keeps the node panel to the actions that people come for. The panel mounts every action of a node
 * before it shows the first, and takes them down again before the form opens, and has no search for
 * community nodes: with 541, 523 and 990 of them it was 2.2 to 3.7 times slower than Notion's, the form
 * 1.9 times (docs/architecture.md). What it leaves out is chosen in the form, by Resource and Operation.
 *
 * n8n reads the actions of a resource from the first property called `operation` that belongs to the
 * resource, whatever its type: the panel from the first of the node's version (`resourceCategories` of the
 * editor), the name of a node and the description of a tool from the first of any version
 * (`resolveResourceAndOperation` of n8n-workflow); the same in 1.123, 2.0 and 2.41. So three kinds stand
 * before the pickers, never shown and never sent:
 *
 * 1. the names of all operations of the resources that the panel lists, for no version;
 * 2. for each of these resources what the panel lists;
 * 3. an empty list for all other resources.
 *
 * @param operations the operations of each resource in the order of use, by its value, with their action texts
 * @param isListed whether the panel lists an operation of a resource
 */
export function actionPanel(
	operations: ReadonlyMap<string, readonly INodePropertyOptions[]>,
	isListed: (operation: string, resource: string) => boolean,
): ActionPanel {
	if ([...operations.values()].flat().length <= MOST_ACTIONS)
		return { before: [], pickerOption: (option) => option };
	const listed = new Map<string, INodePropertyOptions[]>();
	const others: string[] = [];
	for (const [resource, options] of operations) {
		const some = options.filter(({ value }) => isListed(String(value), resource));
		if (some.length > 0) listed.set(resource, some);
		else others.push(resource);
	}
	const names = [...listed.keys()]
		.flatMap((resource) => operations.get(resource) ?? [])
		.map(({ value, action }) => ({ name: '', value, action }));
	return {
		before: [
			{
				...unseen(names),
				displayOptions: { show: { resource: [...listed.keys()], ...NO_VERSION } },
			},
			...[...listed].map(([resource, options]) => of([resource], options)),
			of(others, [NOT_LISTED]),
		],
		pickerOption: ({ name, value, description }) =>
			description ? { name, value, description } : { name, value },
	};
}

const unseen = (options: INodePropertyOptions[]): INodeProperties => ({
	displayName: 'Operation',
	name: CONTROL.operation,
	type: 'hidden',
	options,
	default: '',
});

/** Never displayed: what shows it hides it. */
const of = (resource: string[], options: INodePropertyOptions[]): INodeProperties => ({
	...unseen(options),
	displayOptions: { show: { resource }, hide: { resource } },
});

import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import * as lastOfOne from 'n8n-workflow-1';

import { byName } from '../../nodes/shared/form/operationNames';
import { orderOfUse } from '../../nodes/shared/form/orderOfUse';
import { NODES, optionsOf } from './description.support';

/**
 * The node panel at 1280 x 720, measured in n8n 2.41.1 with all actions in it: 21,512 px for 523 actions
 * and 63 headings are 41 screens, so a screen holds 14 rows.
 */
const ROWS_OF_A_SCREEN = 14;

describe.each(NODES)('the panel of $product', ({ Node, actions, overlay }) => {
	const { description } = new Node();
	const all = description.properties;
	const resources = optionsOf(all.find(({ name }) => name === 'resource')!);
	const belongsTo = (resource: INodePropertyOptions) => (property: INodeProperties) =>
		property.name === 'operation' &&
		property.displayOptions?.show?.resource?.includes(resource.value as string) === true;
	/** What the form offers. */
	const operationsOf = (resource: INodePropertyOptions): INodePropertyOptions[] =>
		optionsOf(all.filter(belongsTo(resource)).find(({ type }) => type === 'options')!);
	const isOfThisVersion = ({ displayOptions }: INodeProperties) =>
		displayOptions?.show?.['@version']?.includes(description.version as number) ?? true;
	/**
	 * What the panel lists: n8n takes the first property that belongs to the resource and to the node's
	 * version, of any type, without its own entry.
	 */
	const actionsOf = (resource: INodePropertyOptions): INodePropertyOptions[] =>
		optionsOf(all.filter(belongsTo(resource)).find(isOfThisVersion)!).filter(
			({ value }) => value !== '__CUSTOM_API_CALL__',
		);
	const listed = resources.filter((resource) => actionsOf(resource).length > 0);
	const valuesOf = (options: INodePropertyOptions[]) => options.map(({ value }) => String(value));

	it('shows the 40 everyday actions within its first four screens', () => {
		const rows = listed.flatMap((resource) => [
			`heading ${resource.name}`,
			...valuesOf(actionsOf(resource)),
		]);
		expect(new Set(overlay.everyday).size).toBeGreaterThanOrEqual(40);
		const below = overlay.everyday.filter((id) => rows.indexOf(id) >= 4 * ROWS_OF_A_SCREEN + 1);
		expect(below).toEqual([]);
		expect(overlay.everyday.filter((id) => !rows.includes(id))).toEqual([]);
	});

	it('lists what people come for in the order of the form, and at last how to find the others', () => {
		expect(listed).toEqual(resources.slice(0, listed.length));
		const everyday = new Set(overlay.everyday);
		for (const resource of listed.slice(0, -1))
			expect(valuesOf(actionsOf(resource))).toEqual(
				valuesOf(operationsOf(resource)).filter((id) => everyday.has(id)),
			);
		expect(actionsOf(listed.at(-1)!).map(({ action }) => action)).toEqual([
			'Find an operation that is not listed here',
			'Send an API request',
		]);
		// Each is mounted before the panel opens: see actionPanel.ts.
		expect(listed.flatMap(actionsOf).length).toBeLessThanOrEqual(48);
	});

	it('lists an action by the name and with the description that it has in the form', () => {
		for (const resource of listed) {
			const offered = new Map(operationsOf(resource).map((option) => [option.value, option]));
			for (const { action, ...option } of actionsOf(resource)) {
				expect(option).toEqual(offered.get(option.value));
				expect(action).toEqual(actions.get(String(option.value)));
			}
		}
	});

	it.each([
		['this n8n-workflow', NodeHelpers],
		['the one of the last n8n 1.x', lastOfOne.NodeHelpers as unknown as typeof NodeHelpers],
	])('with %s, nodes of its resources are named by what they do', (_, helpers) => {
		const nameOf = (parameters: INodeParameters) => helpers.makeNodeName(parameters, description);
		for (const resource of listed)
			for (const operation of valuesOf(operationsOf(resource)))
				expect(nameOf({ resource: resource.value as string, operation })).toBe(
					actions.get(operation),
				);
	});

	it('never shows in the form what decides about the panel', () => {
		const hidden = all.filter(({ name, type }) => name === 'operation' && type !== 'options');
		expect(hidden.length).toBeGreaterThan(2);
		for (const { value } of resources)
			for (const property of hidden)
				expect(
					NodeHelpers.displayParameter(
						{ resource: value as string },
						property,
						{ typeVersion: description.version as number },
						description,
					),
				).toBe(false);
		// n8n does not start with an empty list in it.
		for (const property of hidden) expect(optionsOf(property)).not.toEqual([]);
	});

	it('begins with the report, and lists by the alphabet what is not in the panel', () => {
		expect(resources[0]).toEqual({ name: 'Report', value: 'report' });
		const isInPanel = (resource: INodePropertyOptions) => actionsOf(resource).length > 0;
		const rest = resources.filter((resource) => !isInPanel(resource)).map(({ name }) => name);
		const isOlder = (name: string): boolean => name.endsWith('(Version 12.0)');
		const current = rest.filter((name) => !isOlder(name)).sort(byName);
		// What only an older version has is last.
		expect(rest).toEqual([...current, ...rest.filter(isOlder).sort(byName)]);
		expect(resources.slice(0, resources.length - rest.length).every(isInPanel)).toBe(true);
	});

	it('lists what is deprecated or for older servers only at the end of each resource', () => {
		const superseded = ({ name }: INodePropertyOptions) => /\((Deprecated|V6)\)$/.test(name);
		for (const resource of resources) {
			const flags = operationsOf(resource).map(superseded);
			expect([resource.value, flags]).toEqual([
				resource.value,
				[...flags].sort((a, b) => Number(a) - Number(b)),
			]);
		}
	});
});

it('an everyday operation that does not exist is refused when the form is built', () => {
	const byResource = new Map([['job', [{ name: 'Start', value: 'startJob' }]]]);
	expect(() =>
		orderOfUse({ everyday: ['startJob', 'strtJob'], resources: {} }, byResource),
	).toThrow('The order of use names what does not exist: strtJob');
});

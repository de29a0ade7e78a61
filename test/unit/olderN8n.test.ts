import { isDeepStrictEqual } from 'node:util';

import {
	NodeHelpers as newest,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import * as lastOfOne from 'n8n-workflow-1';
import * as beforeTheCheck from 'n8n-workflow-2';

import { operationOptions } from '../support/operationPickers';
import { PRODUCTS } from '../../nodes/products';

/**
 * n8n decides with `n8n-workflow` which fields of a node are shown, and asks it before every run
 * whether something required is missing. Until about 2.18 it read a value that a display condition
 * looks at without asking whether there is one: one careless condition, and no operation of the
 * node runs. 1.120.0 belongs to the last n8n 1.x, 2.17.2 is the last without the check.
 */
const OLD: Record<string, typeof newest> = {
	'1.120.0': lastOfOne.NodeHelpers as unknown as typeof newest,
	'2.17.2': beforeTheCheck.NodeHelpers as unknown as typeof newest,
};

const ACTIONS: Array<new () => INodeType> = PRODUCTS.map(({ Node }) => Node);
const TRIGGERS: Array<new () => INodeType> = PRODUCTS.map(({ TriggerNode }) => TriggerNode);

const optionsOf = ({ options = [] }: INodeProperties) => options as INodePropertyOptions[];

/** A node as it is added, every resource, every operation with its resource, every event alone. */
function waysOf({ properties }: INodeTypeDescription): INodeParameters[] {
	const operations = operationOptions(properties).map(({ resource, value }) => ({
		resource,
		operation: value,
	}));
	const events = properties
		.filter(({ name }) => name === 'events')
		.flatMap(optionsOf)
		.map(({ value }) => ({ events: [value as string] }));
	const resources = properties
		.filter(({ name }) => name === 'resource')
		.flatMap(optionsOf)
		.map(({ value }) => ({ resource: value as string }));
	return [{}, ...resources, ...operations, ...events];
}

const SHOWS = ['show', 'hide'] as const;

/** Names of the parameters that a display condition looks at, those inside collections too. */
function selectorsOf(properties: INodeProperties[]): Set<string> {
	const names = new Set<string>();
	for (const { displayOptions, type, options } of properties) {
		for (const kind of SHOWS)
			for (const path of Object.keys(displayOptions?.[kind] ?? {}))
				names.add(path.replace('/', ''));
		if (type === 'collection')
			for (const name of selectorsOf(options as INodeProperties[])) names.add(name);
	}
	return names;
}

/** What an n8n of some version shows of a node, and what it says is missing. */
function seenBy(
	helpers: typeof newest,
	description: INodeTypeDescription,
	given: INodeParameters,
): { values: INodeParameters; options: Record<string, string[]>; issues: unknown } {
	const { properties } = description;
	const version = { typeVersion: [description.version].flat().at(-1)! };
	const values = helpers.getNodeParameters(properties, given, true, false, version, description)!;
	const node = { ...version, parameters: values } as INode;
	const options: Record<string, string[]> = {};
	for (const property of properties) {
		if (property.type !== 'collection' || !(property.name in values)) continue;
		if (!helpers.displayParameter(values, property, version, description)) continue;
		options[property.name] = (property.options as INodeProperties[])
			// As the editor does when it fills "Add option".
			.filter((option) =>
				helpers.displayParameter(
					values[property.name] as INodeParameters,
					option,
					version,
					description,
					values,
				),
			)
			.map(({ name }) => name);
	}
	return {
		values,
		options,
		issues: helpers.getNodeParametersIssues(properties, node, description),
	};
}

/** The same with each value of each dropdown that other fields depend on. */
function variantsOf(
	properties: INodeProperties[],
	selectors: Set<string>,
	given: INodeParameters,
	{ values }: { values: INodeParameters },
	description: INodeTypeDescription,
): INodeParameters[] {
	const version = { typeVersion: 1 };
	return properties
		.filter(
			({ name, type }) =>
				selectors.has(name) && !(name in given) && name in values && type === 'options',
		)
		.filter((property) => newest.displayParameter(values, property, version, description))
		.flatMap((property) =>
			optionsOf(property)
				.filter(({ value }) => value !== values[property.name])
				.map(({ value }) => ({ ...given, [property.name]: value as string })),
		);
}

describe.each([...ACTIONS, ...TRIGGERS].map((Node) => ({ name: Node.name, Node })))(
	'$name in older n8n',
	({ Node }) => {
		const { description } = new Node();
		const ways = waysOf(description);
		const selectors = selectorsOf(description.properties);

		it('shows the same fields for every operation and event, and asks for the same', () => {
			const different: unknown[] = [];
			let looked = 0;
			const compare = (given: INodeParameters) => {
				const wanted = seenBy(newest, description, given);
				looked += 1;
				for (const [version, helpers] of Object.entries(OLD)) {
					try {
						const seen = seenBy(helpers, description, given);
						// Said at length only where they differ: jest's own comparison takes longer than n8n.
						if (!isDeepStrictEqual(seen, wanted)) expect(seen).toEqual(wanted);
					} catch (error) {
						different.push([version, given, String(error).slice(0, 500)]);
					}
				}
				return wanted;
			};
			for (const way of ways) {
				const seen = compare(way);
				for (const variant of variantsOf(description.properties, selectors, way, seen, description))
					compare(variant);
			}
			expect(different.slice(0, 5)).toEqual([]);
			expect(looked).toBeGreaterThanOrEqual(ways.length);
			expect(ways.length).toBeGreaterThan(5);
		});
	},
);

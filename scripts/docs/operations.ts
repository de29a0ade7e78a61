/**
 * Pages with every resource and operation of each action node, from the properties the nodes ship:
 * `docs/operations/<product>.md`, written by `npm run docs`.
 */
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { PRODUCTS } from '../../nodes/products';

/** What a node is called and the form it ships. */
export interface DescribedNode {
	displayName: string;
	properties: INodeProperties[];
}

/** The nodes of the package, in the order in which the README shows them. */
export const packageNodes = (): DescribedNode[] =>
	PRODUCTS.map(({ product, properties }) => ({
		displayName: product.adapter.displayName,
		properties: properties(),
	}));

/** A table of resources and their operations, as the editor shows them. */
export function resourceTable(properties: INodeProperties[]): string {
	const resources = properties.find(({ name }) => name === 'resource')?.options ?? [];
	const rows = (resources as INodePropertyOptions[]).map(({ name, value }) => {
		const operation = properties.find(
			(property) =>
				property.name === 'operation' &&
				property.type === 'options' &&
				property.displayOptions?.show?.resource?.[0] === value,
		);
		const names = ((operation?.options ?? []) as INodePropertyOptions[]).map((one) => one.name);
		return `| ${name} | ${names.join(' · ')} |`;
	});
	return ['| Resource | Operations |', '| --- | --- |', ...rows].join('\n');
}

/** Path of a node's page below `docs/`: `operations/veeam-backup-replication.md`. */
export const operationsPath = ({ displayName }: DescribedNode): string =>
	`operations/${displayName.toLowerCase().match(/\w+/g)!.join('-')}.md`;

/** The page of one node. */
export function operationsPage({ displayName, properties }: DescribedNode): string {
	const table = resourceTable(properties);
	// Its head and the line below that are no resources.
	const resources = table.split('\n').length - 2;
	return `# Operations: ${displayName}

${resources} resources, as the node's **Resource** and **Operation** lists show them. Both lists can be searched:
open one and type. This page is generated: \`npm run docs\`.

${table}
`;
}

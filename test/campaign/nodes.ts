/** The trigger nodes, as n8n loads them. */
import type { IDataObject, INodeType } from 'n8n-workflow';

import { PRODUCTS } from '../../nodes/products';
import { SIMULATORS } from '../../simulator/simulators';
import type { Product } from './wire';

const made = new Map<Product, INodeType>();

export function triggerOf(product: Product): INodeType {
	const { TriggerNode } = PRODUCTS.find(({ key }) => key === product)!;
	const node = made.get(product) ?? new TriggerNode();
	made.set(product, node);
	return node;
}

export const credentialOf = (product: Product, apiVersion: string): IDataObject => ({
	serverUrl: `https://server.example:${SIMULATORS[product].port}`,
	apiVersion,
	authentication: product === 'vspc' ? 'apiKey' : 'token',
	...{ accessToken: 'token', apiKey: 'key', apiToken: 'token' },
	ignoreSslIssues: false,
});

/** The trigger nodes, as n8n loads them; the path is put together so that tsx does not take it for JSON. */
import { join } from 'node:path';
import type { IDataObject, INodeType } from 'n8n-workflow';

import type { Product } from './wire';

const CLASSES: Record<Product, string> = {
	vbr: 'VeeamBackupReplication',
	vb365: 'VeeamBackupMicrosoft365',
	vspc: 'VeeamServiceProviderConsole',
};

const PORTS: Record<Product, number> = { vbr: 9419, vb365: 4443, vspc: 1280 };

const made = new Map<Product, INodeType>();

export async function triggerOf(product: Product): Promise<INodeType> {
	const name = CLASSES[product];
	const file = join(__dirname, `../../nodes/${name}/${name}Trigger.node.ts`);
	if (!made.has(product)) {
		const module = (await import(file)) as Record<string, new () => INodeType>;
		made.set(product, new module[`${name}Trigger`]!());
	}
	return made.get(product)!;
}

export const credentialOf = (product: Product, apiVersion: string): IDataObject => ({
	serverUrl: `https://server.example:${PORTS[product]}`,
	apiVersion,
	authentication: product === 'vspc' ? 'apiKey' : 'token',
	...{ accessToken: 'token', apiKey: 'key', apiToken: 'token' },
	ignoreSslIssues: false,
});

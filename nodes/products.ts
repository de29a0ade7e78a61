import type { ICredentialType, INodeProperties, INodeType } from 'n8n-workflow';

import { VeeamBackupMicrosoft365Api } from '../credentials/VeeamBackupMicrosoft365Api.credentials';
import { VeeamBackupReplicationApi } from '../credentials/VeeamBackupReplicationApi.credentials';
import { VeeamServiceProviderConsoleApi } from '../credentials/VeeamServiceProviderConsoleApi.credentials';
import type { TriggerProduct } from './shared/monitoring/types';
import type { Product } from './shared/runtime/product';
import { product as vb365 } from './VeeamBackupMicrosoft365/product';
import { properties as vb365Properties } from './VeeamBackupMicrosoft365/properties';
import { trigger as vb365Trigger } from './VeeamBackupMicrosoft365/triggers';
import { VeeamBackupMicrosoft365 } from './VeeamBackupMicrosoft365/VeeamBackupMicrosoft365.node.js';
import { VeeamBackupMicrosoft365Trigger } from './VeeamBackupMicrosoft365/VeeamBackupMicrosoft365Trigger.node.js';
import { product as vbr } from './VeeamBackupReplication/product';
import { properties as vbrProperties } from './VeeamBackupReplication/properties';
import { trigger as vbrTrigger } from './VeeamBackupReplication/triggers';
import { VeeamBackupReplication } from './VeeamBackupReplication/VeeamBackupReplication.node.js';
import { VeeamBackupReplicationTrigger } from './VeeamBackupReplication/VeeamBackupReplicationTrigger.node.js';
import { product as vspc } from './VeeamServiceProviderConsole/product';
import { properties as vspcProperties } from './VeeamServiceProviderConsole/properties';
import { trigger as vspcTrigger } from './VeeamServiceProviderConsole/triggers';
import { VeeamServiceProviderConsole } from './VeeamServiceProviderConsole/VeeamServiceProviderConsole.node.js';
import { VeeamServiceProviderConsoleTrigger } from './VeeamServiceProviderConsole/VeeamServiceProviderConsoleTrigger.node.js';

/**
 * Short, for commands and file names. What a product must have outside its folder is a
 * `Record<ProductKey, …>`: the type check says where one is missing.
 */
export type ProductKey = 'vbr' | 'vb365' | 'vspc';

/** A product as scripts, tests, docs and the demo find it. */
export interface RegisteredProduct {
	key: ProductKey;
	/** Under nodes/; the action node's file and class are called alike. */
	folder: string;
	/** Its adapter holds the catalogue; its overlay, what things are called. */
	product: Product;
	/** The action node's form, fresh at every call. */
	properties(): INodeProperties[];
	trigger: TriggerProduct;
	Node: new () => INodeType;
	TriggerNode: new () => INodeType;
	Credential: new () => ICredentialType;
}

/**
 * Every product of the package, in the order in which the docs show them. What walks all products walks
 * this list. n8n does not load this file: it takes the nodes from package.json.
 *
 * The nodes are imported as `.node.js`: tsx, which runs the scripts, would take `.node` for the
 * `.node.json` beside it.
 */
export const PRODUCTS: readonly RegisteredProduct[] = [
	{
		key: 'vbr',
		folder: 'VeeamBackupReplication',
		product: vbr,
		properties: vbrProperties,
		trigger: vbrTrigger,
		Node: VeeamBackupReplication,
		TriggerNode: VeeamBackupReplicationTrigger,
		Credential: VeeamBackupReplicationApi,
	},
	{
		key: 'vb365',
		folder: 'VeeamBackupMicrosoft365',
		product: vb365,
		properties: vb365Properties,
		trigger: vb365Trigger,
		Node: VeeamBackupMicrosoft365,
		TriggerNode: VeeamBackupMicrosoft365Trigger,
		Credential: VeeamBackupMicrosoft365Api,
	},
	{
		key: 'vspc',
		folder: 'VeeamServiceProviderConsole',
		product: vspc,
		properties: vspcProperties,
		trigger: vspcTrigger,
		Node: VeeamServiceProviderConsole,
		TriggerNode: VeeamServiceProviderConsoleTrigger,
		Credential: VeeamServiceProviderConsoleApi,
	},
];

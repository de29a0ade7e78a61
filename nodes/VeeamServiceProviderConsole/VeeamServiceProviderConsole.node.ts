import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { actionMethods } from '../shared/runtime/actionMethods';
import { execute } from '../shared/runtime/execute';
import { testVeeamServiceProviderConsoleApi } from './api/credentialTest';
import { product } from './product';
import { properties } from './properties';

export class VeeamServiceProviderConsole implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Veeam Service Provider Console',
		name: 'veeamServiceProviderConsole',
		icon: {
			light: 'file:../../icons/veeamServiceProviderConsole.svg',
			dark: 'file:../../icons/veeamServiceProviderConsole.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"].replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase() }}',
		description:
			'Manage, bill and report on tenants, or start when an alarm is triggered or a job of a tenant fails',
		defaults: {
			name: 'Veeam Service Provider Console',
		},
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'veeamServiceProviderConsoleApi',
				required: true,
				testedBy: 'testVeeamServiceProviderConsoleApi',
			},
		],
		properties: properties(),
	};

	methods = {
		credentialTest: { testVeeamServiceProviderConsoleApi },
		...actionMethods(() => product, this.description.properties),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, product);
	}
}

import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { poll } from '../shared/monitoring/poll';
import { SUBTITLE } from '../shared/monitoring/properties';
import { testVeeamServiceProviderConsoleApi } from './api/credentialTest';
import { trigger } from './triggers';
import { getCompanies, getJobs } from './triggers/choices';
import { properties } from './triggers/properties';

export class VeeamServiceProviderConsoleTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Veeam Service Provider Console Trigger',
		name: 'veeamServiceProviderConsoleTrigger',
		icon: {
			light: 'file:../../icons/veeamServiceProviderConsole.svg',
			dark: 'file:../../icons/veeamServiceProviderConsole.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: SUBTITLE,
		description:
			'Manage, bill and report on tenants, or start when an alarm is triggered or a job of a tenant fails',
		defaults: {
			name: 'Veeam Service Provider Console Trigger',
		},
		polling: true,
		inputs: [],
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
		loadOptions: { getCompanies, getJobs },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this, trigger);
	}
}

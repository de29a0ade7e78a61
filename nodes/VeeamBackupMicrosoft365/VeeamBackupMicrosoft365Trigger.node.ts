import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { poll } from '../shared/monitoring/poll';
import { SUBTITLE } from '../shared/monitoring/properties';
import { testVeeamBackupMicrosoft365Api } from './api/credentialTest';
import { trigger } from './triggers';
import { getJobs } from './triggers/choices';
import { properties } from './triggers/properties';

export class VeeamBackupMicrosoft365Trigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Veeam Backup for Microsoft 365 Trigger',
		name: 'veeamBackupMicrosoft365Trigger',
		icon: {
			light: 'file:../../icons/veeamBackupMicrosoft365.svg',
			dark: 'file:../../icons/veeamBackupMicrosoft365.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: SUBTITLE,
		description:
			'Start jobs, restore mail and files, and report, or start when a job fails or a repository runs low',
		defaults: {
			name: 'Veeam Backup for Microsoft 365 Trigger',
		},
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'veeamBackupMicrosoft365Api',
				required: true,
				testedBy: 'testVeeamBackupMicrosoft365Api',
			},
		],
		properties: properties(),
	};

	methods = {
		credentialTest: { testVeeamBackupMicrosoft365Api },
		loadOptions: { getJobs },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this, trigger);
	}
}

import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { poll } from '../shared/monitoring/poll';
import { SUBTITLE } from '../shared/monitoring/properties';
import { testVeeamBackupReplicationApi } from './api/credentialTest';
import { trigger } from './triggers';
import { getJobs, getSessionTypes } from './triggers/choices';
import { properties } from './triggers/properties';

export class VeeamBackupReplicationTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Veeam Backup & Replication Trigger',
		name: 'veeamBackupReplicationTrigger',
		icon: {
			light: 'file:../../icons/veeamBackupReplication.svg',
			dark: 'file:../../icons/veeamBackupReplication.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: SUBTITLE,
		description:
			'Start jobs, restore, list and report, or start when a job fails or a repository runs low',
		defaults: {
			name: 'Veeam Backup & Replication Trigger',
		},
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'veeamBackupReplicationApi',
				required: true,
				testedBy: 'testVeeamBackupReplicationApi',
			},
		],
		properties: properties(),
	};

	methods = {
		credentialTest: { testVeeamBackupReplicationApi },
		loadOptions: { getJobs, getSessionTypes },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this, trigger);
	}
}

import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { actionMethods } from '../shared/runtime/actionMethods';
import { execute } from '../shared/runtime/execute';
import { testVeeamBackupReplicationApi } from './api/credentialTest';
import { product } from './product';
import { properties } from './properties';

export class VeeamBackupReplication implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Veeam Backup & Replication',
		name: 'veeamBackupReplication',
		icon: {
			light: 'file:../../icons/veeamBackupReplication.svg',
			dark: 'file:../../icons/veeamBackupReplication.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"].replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase() }}',
		description:
			'Start jobs, restore, list and report, or start when a job fails or a repository runs low',
		defaults: {
			name: 'Veeam Backup & Replication',
		},
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
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
		...actionMethods(() => product, this.description.properties),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, product);
	}
}

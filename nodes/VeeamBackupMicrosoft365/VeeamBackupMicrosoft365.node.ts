import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { actionMethods } from '../shared/runtime/actionMethods';
import { execute } from '../shared/runtime/execute';
import { testVeeamBackupMicrosoft365Api } from './api/credentialTest';
import { product } from './product';
import { properties } from './properties';

export class VeeamBackupMicrosoft365 implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Veeam Backup for Microsoft 365',
		name: 'veeamBackupMicrosoft365',
		icon: {
			light: 'file:../../icons/veeamBackupMicrosoft365.svg',
			dark: 'file:../../icons/veeamBackupMicrosoft365.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"].replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase() }}',
		description:
			'Start jobs, restore mail and files, and report, or start when a job fails or a repository runs low',
		defaults: {
			name: 'Veeam Backup for Microsoft 365',
		},
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
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
		...actionMethods(() => product, this.description.properties),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, product);
	}
}

import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { actionMethods } from '../shared/runtime/actionMethods';
import { execute } from '../shared/runtime/execute';
import { testExampleBackupConsoleApi } from './api/credentialTest';
import { product } from './product';
import { properties } from './properties';

export class ExampleBackupConsole implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Example Backup Console',
		name: 'exampleBackupConsole',
		icon: 'file:../../icons/exampleBackupConsole.svg',
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"].replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase() }}',
		description: 'Run and change backup jobs',
		defaults: { name: 'Example Backup Console' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'exampleBackupConsoleApi', required: true, testedBy: 'testExampleBackupConsoleApi' },
		],
		properties: properties(),
	};

	methods = {
		credentialTest: { testExampleBackupConsoleApi },
		...actionMethods(() => product, this.description.properties),
	};

	async execute(this: IExecuteFunctions) {
		return await execute(this, product);
	}
}

import type { INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { poll } from '../shared/monitoring/poll';
import { SUBTITLE } from '../shared/monitoring/properties';
import { testExampleBackupConsoleApi } from './api/credentialTest';
import { trigger } from './triggers';
import { properties } from './triggers/properties';

export class ExampleBackupConsoleTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Example Backup Console Trigger',
		name: 'exampleBackupConsoleTrigger',
		icon: 'file:../../icons/exampleBackupConsole.svg',
		group: ['trigger'],
		version: 1,
		subtitle: SUBTITLE,
		description: 'Start when the server cannot be reached',
		defaults: { name: 'Example Backup Console Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{ name: 'exampleBackupConsoleApi', required: true, testedBy: 'testExampleBackupConsoleApi' },
		],
		properties: properties(),
	};

	methods = { credentialTest: { testExampleBackupConsoleApi } };

	async poll(this: IPollFunctions) {
		return await poll(this, trigger);
	}
}

/** The three products as a user meets them: nodes, credential, one list, one event. */
import type { ICredentialDataDecryptedObject, ICredentialType, INodeType } from 'n8n-workflow';

import { VeeamBackupMicrosoft365Api } from '../../credentials/VeeamBackupMicrosoft365Api.credentials';
import { VeeamBackupReplicationApi } from '../../credentials/VeeamBackupReplicationApi.credentials';
import { VeeamServiceProviderConsoleApi } from '../../credentials/VeeamServiceProviderConsoleApi.credentials';
import { VeeamBackupMicrosoft365 } from '../../nodes/VeeamBackupMicrosoft365/VeeamBackupMicrosoft365.node';
import { VeeamBackupMicrosoft365Trigger } from '../../nodes/VeeamBackupMicrosoft365/VeeamBackupMicrosoft365Trigger.node';
import { VeeamBackupReplication } from '../../nodes/VeeamBackupReplication/VeeamBackupReplication.node';
import { VeeamBackupReplicationTrigger } from '../../nodes/VeeamBackupReplication/VeeamBackupReplicationTrigger.node';
import { VeeamServiceProviderConsole } from '../../nodes/VeeamServiceProviderConsole/VeeamServiceProviderConsole.node';
import { VeeamServiceProviderConsoleTrigger } from '../../nodes/VeeamServiceProviderConsole/VeeamServiceProviderConsoleTrigger.node';
import {
	startMicrosoft365Simulator,
	startServiceProviderConsoleSimulator,
	startSimulator,
	VSPC_ACCOUNTS,
	type RunningServer,
} from '../../simulator';
import { executeNode, testCredential, TestCredentials } from './executeNode';
import { ActiveTrigger } from './pollNode';

export interface ProductUnderTest {
	name: string;
	port: number;
	/** An API version. */
	version: string;
	Credential: new () => ICredentialType;
	credentialType: string;
	Node: new () => INodeType;
	Trigger: new () => INodeType;
	list: { resource: string; operation: string };
	event: string;
	start(): Promise<RunningServer>;
	/** The credential for the simulated server, less its address. */
	account: ICredentialDataDecryptedObject;
}

const ADMIN = { username: '.\\admin', password: 'veeam-demo' };

export const PRODUCTS_UNDER_TEST: ProductUnderTest[] = [
	{
		name: 'Veeam Backup & Replication',
		port: 9419,
		version: '1.3-rev1',
		Credential: VeeamBackupReplicationApi,
		credentialType: 'veeamBackupReplicationApi',
		Node: VeeamBackupReplication,
		Trigger: VeeamBackupReplicationTrigger,
		list: { resource: 'repository', operation: 'getManyRepositoryStates' },
		event: 'sessionFinished',
		start: startSimulator,
		account: { ...ADMIN, apiVersion: 'auto' },
	},
	{
		name: 'Veeam Backup for Microsoft 365',
		port: 4443,
		version: 'v8',
		Credential: VeeamBackupMicrosoft365Api,
		credentialType: 'veeamBackupMicrosoft365Api',
		Node: VeeamBackupMicrosoft365,
		Trigger: VeeamBackupMicrosoft365Trigger,
		list: { resource: 'organization', operation: 'getOrganizations' },
		event: 'jobSessionFinished',
		start: startMicrosoft365Simulator,
		account: { ...ADMIN, apiVersion: 'auto' },
	},
	{
		name: 'Veeam Service Provider Console',
		port: 1280,
		version: '3.6.1',
		Credential: VeeamServiceProviderConsoleApi,
		credentialType: 'veeamServiceProviderConsoleApi',
		Node: VeeamServiceProviderConsole,
		Trigger: VeeamServiceProviderConsoleTrigger,
		list: { resource: 'company', operation: 'listCompanies' },
		event: 'alarm',
		start: startServiceProviderConsoleSimulator,
		account: {
			username: VSPC_ACCOUNTS[0]!.name,
			password: VSPC_ACCOUNTS[0]!.password,
			apiVersion: 'auto',
		},
	},
];

/** Uses a product as users do, and gives back what each of the ways says, or `OK`. */
export async function everyWay(
	{ Node, Trigger, Credential, credentialType, list, event }: ProductUnderTest,
	data: ICredentialDataDecryptedObject,
	ways: Way[] = WAYS,
): Promise<Partial<Record<Way, string>>> {
	const credentials = () =>
		new TestCredentials([new Credential()], {
			[credentialType]: { authentication: 'password', ignoreSslIssues: true, ...data },
		});
	const run: Record<Way, () => Promise<unknown>> = {
		action: async () =>
			await executeNode({
				...{ node: instanceOf(Node), credentials: credentials() },
				parameters: { ...list, returnAll: true },
			}),
		trigger: async () =>
			await new ActiveTrigger({
				...{
					node: instanceOf(Trigger),
					credentials: credentials(),
					parameters: { events: [event] },
				},
			}).activate(),
		test: async () => {
			const node = instanceOf(Node);
			const method = node.description.credentials?.[0]?.testedBy as string;
			const result = await testCredential({
				...{ node, credentials: credentials(), method, credentialType },
			});
			if (result.status === 'Error') throw new Error(result.message);
		},
	};
	const said: Partial<Record<Way, string>> = {};
	for (const way of ways) said[way] = await run[way]().then(() => 'OK', textOf);
	return said;
}

/** n8n too makes one instance of a node's class. */
const instances = new Map<new () => INodeType, INodeType>();
function instanceOf(Type: new () => INodeType): INodeType {
	const instance = instances.get(Type) ?? new Type();
	instances.set(Type, instance);
	return instance;
}

export type Way = 'action' | 'trigger' | 'test';
const WAYS: Way[] = ['action', 'trigger', 'test'];

const textOf = ({ message, description }: { message: string; description?: string }): string =>
	[message, description].filter(Boolean).join(' ');

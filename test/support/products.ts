/** The products as a user meets them: nodes, credential, one list, one event. */
import type { ICredentialDataDecryptedObject, ICredentialType, INodeType } from 'n8n-workflow';

import { PRODUCTS, type ProductKey } from '../../nodes/products';
import type { RunningServer } from '../../simulator';
import { SIMULATORS } from '../../simulator/simulators';
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

/** An API version, one list and one event of each. */
const USES: Record<ProductKey, Pick<ProductUnderTest, 'version' | 'list' | 'event'>> = {
	vbr: {
		version: '1.3-rev1',
		list: { resource: 'repository', operation: 'getManyRepositoryStates' },
		event: 'sessionFinished',
	},
	vb365: {
		version: 'v8',
		list: { resource: 'organization', operation: 'getOrganizations' },
		event: 'jobSessionFinished',
	},
	vspc: {
		version: '3.6.1',
		list: { resource: 'company', operation: 'listCompanies' },
		event: 'alarm',
	},
};

const ACCOUNT = { username: '.\\admin', password: 'veeam-demo', apiVersion: 'auto' };

export const PRODUCTS_UNDER_TEST: ProductUnderTest[] = PRODUCTS.map(
	({ key, product, Node, TriggerNode, Credential }) => ({
		name: product.adapter.displayName,
		port: SIMULATORS[key].port,
		Credential,
		credentialType: new Credential().name,
		Node,
		Trigger: TriggerNode,
		start: SIMULATORS[key].start,
		account: ACCOUNT,
		...USES[key],
	}),
);

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

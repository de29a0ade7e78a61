import { NodeHelpers, type INodeParameters } from 'n8n-workflow';

import { VeeamBackupReplicationApi } from '../../credentials/VeeamBackupReplicationApi.credentials';
import { VeeamBackupReplication } from '../../nodes/VeeamBackupReplication/VeeamBackupReplication.node';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator';
import {
	executeNode,
	listSearch,
	TestCredentials,
	type ExecuteOptions,
	type ExecuteResult,
} from '../support/executeNode';

export interface Bench {
	simulator: Simulator;
	credentials: TestCredentials;
	run(
		parameters: INodeParameters,
		options?: Omit<ExecuteOptions, 'node' | 'parameters' | 'credentials'>,
	): Promise<ExecuteResult>;
	/** Names and values that "From List" shows. */
	pick(parameter: string, parameters: INodeParameters, filter?: string): Promise<Choices>;
	/** The error of a run that must fail. */
	failure(parameters: INodeParameters, credentials?: TestCredentials): Promise<Failure>;
	close(): Promise<void>;
}

export interface Choices {
	results: Array<{ name: string; value: unknown }>;
	paginationToken?: unknown;
}

export interface Failure {
	message: string;
	description?: string | null;
}

/** Built once: n8n too makes one instance of a node's class. */
const node = new VeeamBackupReplication();

/** A simulated server, and the node with a credential for it. */
export async function startBench(
	options: SimulatorOptions = {},
	credential: Record<string, string | boolean> = {},
): Promise<Bench> {
	const simulator = await startSimulator(options);
	const credentials = connectTo(simulator.url, credential);
	const run: Bench['run'] = async (parameters, more = {}) =>
		await executeNode({ node, credentials, parameters, ...more });
	return {
		simulator,
		credentials,
		run,
		async pick(parameter, parameters, filter) {
			const property = node.description.properties.find(
				(candidate) =>
					candidate.name === parameter &&
					NodeHelpers.displayParameter(parameters, candidate, { typeVersion: 1 }, node.description),
			);
			const method = property?.modes?.[0]?.typeOptions?.searchListMethod;
			if (!method) throw new Error(`No list to pick ${parameter} from`);
			return await listSearch({ node, credentials, parameters, method, filter });
		},
		async failure(parameters, other = credentials) {
			const error = await executeNode({ node, credentials: other, parameters }).then(
				({ items }) => {
					throw new Error(`Expected a failure, got ${JSON.stringify(items)}`);
				},
				(caught: Failure) => caught,
			);
			return { message: error.message, description: error.description };
		},
		close: () => simulator.close(),
	};
}

/** The credential of the node, as a user fills it in. */
export const connectTo = (
	serverUrl: string,
	more: Record<string, string | boolean> = {},
): TestCredentials =>
	new TestCredentials([new VeeamBackupReplicationApi()], {
		veeamBackupReplicationApi: {
			serverUrl,
			authentication: 'password',
			username: '.\\admin',
			password: 'veeam-demo',
			apiVersion: '1.3-rev2',
			ignoreSslIssues: true,
			...more,
		},
	});

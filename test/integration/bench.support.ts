import {
	NodeHelpers,
	type ICredentialType,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';

import {
	executeNode,
	listSearch,
	TestCredentials,
	type ExecuteOptions,
	type ExecuteResult,
} from '../support/executeNode';

type Credential = Record<string, string | boolean>;

/** A node and what it needs to meet its simulated server. */
export interface Setup<S> {
	/** Made once: n8n too makes one instance of a node's class. */
	node: INodeType;
	credentialType: ICredentialType;
	/** As a user fills the credential in, less the server's URL. */
	credential: Credential;
	start(): Promise<S>;
}

export interface Bench<S> {
	simulator: S;
	credentials: TestCredentials;
	run(
		parameters: INodeParameters,
		options?: Partial<Omit<ExecuteOptions, 'node' | 'parameters'>>,
	): Promise<ExecuteResult>;
	/** What the output items hold. */
	json(
		parameters: INodeParameters,
		credentials?: TestCredentials,
	): Promise<Array<ExecuteResult['items'][number]['json']>>;
	/** Names and values that "From List" shows. */
	pick(parameter: string, parameters: INodeParameters, filter?: string): Promise<Choices>;
	/** The error of a run that must fail. */
	failure(parameters: INodeParameters, credentials?: TestCredentials): Promise<Failure>;
	/** Another credential for the same server. */
	connect(changes: Credential): TestCredentials;
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

/** The credential of a node, as a user fills it in. */
export const credentialFor = (
	{ credentialType, credential }: Pick<Setup<unknown>, 'credentialType' | 'credential'>,
	serverUrl: string,
	changes: Credential = {},
): TestCredentials =>
	new TestCredentials([credentialType], {
		[credentialType.name]: { serverUrl, ignoreSslIssues: true, ...credential, ...changes },
	});

/** A simulated server, and the node with a credential for it. */
export async function benchFor<S extends { url: string; close(): Promise<void> }>(
	setup: Setup<S>,
	credential: Credential = {},
): Promise<Bench<S>> {
	const { node } = setup;
	const simulator = await setup.start();
	const connect = (changes: Credential) =>
		credentialFor(setup, simulator.url, { ...credential, ...changes });
	const credentials = connect({});
	const run: Bench<S>['run'] = async (parameters, more = {}) =>
		await executeNode({ node, credentials, parameters, ...more });
	return {
		simulator,
		credentials,
		run,
		connect,
		async json(parameters, other = credentials) {
			return (await run(parameters, { credentials: other })).items.map(({ json }) => json);
		},
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
			const error = await run(parameters, { credentials: other }).then(
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

import { NodeHelpers, type INodeParameters, type INodeType } from 'n8n-workflow';

import { PRODUCTS, type ProductKey } from '../../nodes/products';
import type { SimulatorOptions } from '../../simulator';
import { SIMULATORS, type SimulatorOf } from '../../simulator/simulators';
import {
	executeNode,
	listSearch,
	TestCredentials,
	type ExecuteOptions,
	type ExecuteResult,
} from '../support/executeNode';

type Credential = Record<string, string | boolean>;

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

/** The credential of a product's node for its simulated server, as a user fills it in. */
export function credentialFor(
	key: ProductKey,
	serverUrl: string,
	changes: Credential = {},
): TestCredentials {
	const type = new (registered(key).Credential)();
	const { credential } = SIMULATORS[key];
	return new TestCredentials([type], {
		[type.name]: { serverUrl, ignoreSslIssues: true, ...credential, ...changes },
	});
}

const registered = (key: ProductKey) => PRODUCTS.find((one) => one.key === key)!;

/** Made once: n8n too makes one instance of a node's class. */
const nodes = new Map<ProductKey, INodeType>();

/** A product's simulated server, and its node with a credential for it. */
export async function benchOf<Key extends ProductKey>(
	key: Key,
	options: SimulatorOptions = {},
	credential: Credential = {},
): Promise<Bench<SimulatorOf<Key>>> {
	const node = nodes.get(key) ?? new (registered(key).Node)();
	nodes.set(key, node);
	const simulator = (await SIMULATORS[key].start(options)) as SimulatorOf<Key>;
	const connect = (changes: Credential) =>
		credentialFor(key, simulator.url, { ...credential, ...changes });
	const credentials = connect({});
	const run: Bench<SimulatorOf<Key>>['run'] = async (parameters, more = {}) =>
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

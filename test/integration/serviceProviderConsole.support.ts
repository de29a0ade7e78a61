import { VeeamServiceProviderConsoleApi } from '../../credentials/VeeamServiceProviderConsoleApi.credentials';
import { VeeamServiceProviderConsole } from '../../nodes/VeeamServiceProviderConsole/VeeamServiceProviderConsole.node';
import {
	startServiceProviderConsoleSimulator,
	VSPC_API_KEYS,
	type ServiceProviderConsoleSimulator,
} from '../../simulator';
import { benchFor, credentialFor, type Bench as AnyBench } from './bench.support';

export type Bench = AnyBench<ServiceProviderConsoleSimulator>;

const setup = {
	node: new VeeamServiceProviderConsole(),
	credentialType: new VeeamServiceProviderConsoleApi(),
	credential: { authentication: 'apiKey', apiKey: VSPC_API_KEYS.full, apiVersion: '3.6.1' },
};

/** A simulated Veeam Service Provider Console, and the node with a credential for it. */
export const startBench = async (): Promise<Bench> =>
	await benchFor({ ...setup, start: () => startServiceProviderConsoleSimulator() });

/** The credential of the node, as a user fills it in. */
export const connectTo = (serverUrl: string, changes: Record<string, string | boolean> = {}) =>
	credentialFor(setup, serverUrl, changes);

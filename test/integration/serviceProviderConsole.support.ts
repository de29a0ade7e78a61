import type { ServiceProviderConsoleSimulator } from '../../simulator';
import { benchOf, credentialFor, type Bench as AnyBench } from './bench.support';

export type Bench = AnyBench<ServiceProviderConsoleSimulator>;

/** A simulated Veeam Service Provider Console, and the node with a credential for it. */
export const startBench = async (): Promise<Bench> => await benchOf('vspc');

/** The credential of the node, as a user fills it in. */
export const connectTo = (serverUrl: string, changes: Record<string, string | boolean> = {}) =>
	credentialFor('vspc', serverUrl, changes);

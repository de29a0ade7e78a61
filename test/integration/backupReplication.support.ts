import type { Simulator, SimulatorOptions } from '../../simulator';
import { benchOf, credentialFor, type Bench as AnyBench } from './bench.support';

export type Bench = AnyBench<Simulator>;

/** A simulated Veeam Backup & Replication server, and the node with a credential for it. */
export const startBench = async (
	options: SimulatorOptions = {},
	credential: Record<string, string | boolean> = {},
): Promise<Bench> => await benchOf('vbr', options, credential);

/** The credential of the node, as a user fills it in. */
export const connectTo = (serverUrl: string, changes: Record<string, string | boolean> = {}) =>
	credentialFor('vbr', serverUrl, changes);

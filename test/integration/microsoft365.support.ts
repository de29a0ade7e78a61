import type { Microsoft365Simulator, SimulatorOptions } from '../../simulator';
import { benchOf, type Bench as AnyBench } from './bench.support';

export type Bench = AnyBench<Microsoft365Simulator>;

/** A simulated Veeam Backup for Microsoft 365 server, and the node with a credential for it. */
export const startBench = async (options: SimulatorOptions = {}): Promise<Bench> =>
	await benchOf('vb365', options);

import { VeeamBackupReplicationApi } from '../../credentials/VeeamBackupReplicationApi.credentials';
import { VeeamBackupReplication } from '../../nodes/VeeamBackupReplication/VeeamBackupReplication.node';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator';
import { benchFor, credentialFor, type Bench as AnyBench } from './bench.support';

export type Bench = AnyBench<Simulator>;

const setup = {
	node: new VeeamBackupReplication(),
	credentialType: new VeeamBackupReplicationApi(),
	credential: {
		authentication: 'password',
		username: '.\\admin',
		password: 'veeam-demo',
		apiVersion: '1.3-rev2',
	},
};

/** A simulated Veeam Backup & Replication server, and the node with a credential for it. */
export const startBench = async (
	options: SimulatorOptions = {},
	credential: Record<string, string | boolean> = {},
): Promise<Bench> => await benchFor({ ...setup, start: () => startSimulator(options) }, credential);

/** The credential of the node, as a user fills it in. */
export const connectTo = (serverUrl: string, changes: Record<string, string | boolean> = {}) =>
	credentialFor(setup, serverUrl, changes);

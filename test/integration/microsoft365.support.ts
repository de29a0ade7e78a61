import { VeeamBackupMicrosoft365Api } from '../../credentials/VeeamBackupMicrosoft365Api.credentials';
import { VeeamBackupMicrosoft365 } from '../../nodes/VeeamBackupMicrosoft365/VeeamBackupMicrosoft365.node';
import {
	startMicrosoft365Simulator,
	type Microsoft365Simulator,
	type SimulatorOptions,
} from '../../simulator';
import { benchFor, type Bench as AnyBench } from './bench.support';

export type Bench = AnyBench<Microsoft365Simulator>;

const setup = {
	node: new VeeamBackupMicrosoft365(),
	credentialType: new VeeamBackupMicrosoft365Api(),
	credential: {
		authentication: 'password',
		username: '.\\admin',
		password: 'veeam-demo',
		apiVersion: 'v8',
	},
};

/** A simulated Veeam Backup for Microsoft 365 server, and the node with a credential for it. */
export const startBench = async (options: SimulatorOptions = {}): Promise<Bench> =>
	await benchFor({ ...setup, start: () => startMicrosoft365Simulator(options) });

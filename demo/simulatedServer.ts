import { startVbrSimulator, type VbrControl } from '../simulator';

/** The simulated Veeam Backup & Replication server, with what n8n needs to log in to it. */
export interface SimulatedServer {
	/** `https://127.0.0.1:9419` */
	url: string;
	/** User and password, to print. */
	login: string;
	/** Data of the credential `veeamBackupReplicationApi`. */
	credential: Record<string, unknown>;
	/** Changes the state of the server and shows what arrived. */
	control: VbrControl;
	stop(): Promise<void>;
}

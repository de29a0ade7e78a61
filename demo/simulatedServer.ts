import { ACCOUNTS, startSimulator, type VbrControl } from '../simulator';

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

/** Starts the simulated server on a port of this machine. */
export async function startSimulatedServer(port: number): Promise<SimulatedServer> {
	const simulator = await startSimulator({ port });
	const { name: username, password } = ACCOUNTS[0]!;
	return {
		url: simulator.url,
		login: `${username} / ${password}`,
		credential: {
			serverUrl: simulator.url,
			authentication: 'password',
			username,
			password,
			apiVersion: '1.3-rev2',
			// Its certificate is self-signed, as that of a newly installed backup server.
			ignoreSslIssues: true,
		},
		control: simulator.control,
		stop: () => simulator.close(),
	};
}

import {
	ACCOUNTS,
	startMicrosoft365Simulator,
	startServiceProviderConsoleSimulator,
	startSimulator,
	VB365_ACCOUNTS,
	VSPC_API_KEYS,
	type Vb365Control,
	type VbrControl,
	type VspcControl,
} from '../simulator';

/** A simulated Veeam server, with what n8n needs to log in to it. */
export interface SimulatedServer<Control> {
	/** The product, as Veeam calls it. */
	product: string;
	/** `https://127.0.0.1:9419` */
	url: string;
	/** User and password or API key, to print. */
	login: string;
	/** n8n's type of its credential. */
	credentialType: string;
	/** Data of its credential. */
	credential: Record<string, unknown>;
	/** Changes the state of the server and shows what arrived. */
	control: Control;
	stop(): Promise<void>;
}

/** One simulated server of each product. */
export interface SimulatedServers {
	/** Veeam Backup & Replication. */
	simulator: SimulatedServer<VbrControl>;
	microsoft365: SimulatedServer<Vb365Control>;
	serviceProviderConsole: SimulatedServer<VspcControl>;
}

export type SimulatorPorts = Record<keyof SimulatedServers, number>;

/** As newly installed, each server has a self-signed certificate. */
const SELF_SIGNED = { ignoreSslIssues: true };

/** How each server is started on a port of this machine. */
const START: {
	[Name in keyof SimulatedServers]: (port: number) => Promise<SimulatedServers[Name]>;
} = {
	async simulator(port) {
		const { url, control, close } = await startSimulator({ port });
		const { name: username, password } = ACCOUNTS[0]!;
		return {
			product: 'Veeam Backup & Replication',
			url,
			login: `${username} / ${password}`,
			credentialType: 'veeamBackupReplicationApi',
			credential: {
				serverUrl: url,
				authentication: 'password',
				username,
				password,
				apiVersion: '1.3-rev2',
				...SELF_SIGNED,
			},
			control,
			stop: close,
		};
	},
	async microsoft365(port) {
		const { url, control, close } = await startMicrosoft365Simulator({ port });
		const { name: username, password } = VB365_ACCOUNTS[0]!;
		return {
			product: 'Veeam Backup for Microsoft 365',
			url,
			login: `${username} / ${password}`,
			credentialType: 'veeamBackupMicrosoft365Api',
			credential: {
				serverUrl: url,
				authentication: 'password',
				username,
				password,
				apiVersion: 'v8',
				...SELF_SIGNED,
			},
			control,
			stop: close,
		};
	},
	async serviceProviderConsole(port) {
		const { url, control, close } = await startServiceProviderConsoleSimulator({ port });
		const apiKey = VSPC_API_KEYS.full;
		return {
			product: 'Veeam Service Provider Console',
			url,
			login: `API key ${apiKey}`,
			credentialType: 'veeamServiceProviderConsoleApi',
			credential: {
				serverUrl: url,
				authentication: 'apiKey',
				apiKey,
				apiVersion: '3.6.1',
				...SELF_SIGNED,
			},
			control,
			stop: close,
		};
	},
};

/**
 * Starts the simulated servers of all products.
 * @param onStarted told how to end each, as soon as it runs
 */
export async function startSimulatedServers(
	ports: SimulatorPorts,
	onStarted: (stop: () => Promise<void>) => void,
): Promise<SimulatedServers> {
	const start = async <Name extends keyof SimulatedServers>(name: Name) => {
		const server = await START[name](ports[name]);
		onStarted(async () => await server.stop());
		return server;
	};
	return {
		simulator: await start('simulator'),
		microsoft365: await start('microsoft365'),
		serviceProviderConsole: await start('serviceProviderConsole'),
	};
}

/** All of them, in the order in which they are shown. */
export function allServers({
	simulator,
	microsoft365,
	serviceProviderConsole,
}: SimulatedServers): Array<SimulatedServer<unknown>> {
	return [simulator, microsoft365, serviceProviderConsole];
}

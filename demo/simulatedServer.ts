import { PRODUCTS, type ProductKey } from '../nodes/products';
import { SIMULATORS, type SimulatorOf } from '../simulator/simulators';

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

/** One simulated server of each product, by the product's key. */
export type SimulatedServers = {
	[Key in ProductKey]: SimulatedServer<SimulatorOf<Key>['control']>;
};

export type SimulatorPorts = Record<ProductKey, number>;

/** Starts the simulated server of a product on a port of this machine. */
async function startServer(key: ProductKey, port: number): Promise<SimulatedServer<unknown>> {
	const registered = PRODUCTS.find((one) => one.key === key)!;
	const { url, control, close } = await SIMULATORS[key].start({ port });
	const credential: Record<string, string> = SIMULATORS[key].credential;
	const { username, password, apiKey } = credential;
	return {
		product: registered.product.adapter.displayName,
		url,
		login: apiKey === undefined ? `${username} / ${password}` : `API key ${apiKey}`,
		credentialType: new registered.Credential().name,
		// As newly installed, each server has a self-signed certificate.
		credential: { serverUrl: url, ...credential, ignoreSslIssues: true },
		control,
		stop: close,
	};
}

/**
 * Starts the simulated servers of all products.
 * @param onStarted gets what ends a server, as soon as it runs
 */
export async function startSimulatedServers(
	ports: SimulatorPorts,
	onStarted: (stop: () => Promise<void>) => void,
): Promise<SimulatedServers> {
	const servers: Partial<Record<ProductKey, SimulatedServer<unknown>>> = {};
	for (const { key } of PRODUCTS) {
		const server = await startServer(key, ports[key]);
		servers[key] = server;
		onStarted(async () => await server.stop());
	}
	return servers as SimulatedServers;
}

/** All of them, in the order in which they are shown. */
export const allServers = (servers: SimulatedServers): Array<SimulatedServer<unknown>> =>
	PRODUCTS.map(({ key }) => servers[key]);

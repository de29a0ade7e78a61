import type { ProductKey } from '../nodes/products';
import {
	ACCOUNTS,
	DEFAULT_PORT,
	startMicrosoft365Simulator,
	startServiceProviderConsoleSimulator,
	startSimulator,
	VB365_ACCOUNTS,
	VB365_DEFAULT_PORT,
	VSPC_ACCOUNTS,
	VSPC_API_KEYS,
	VSPC_DEFAULT_PORT,
	type RunningServer,
	type SimulatorOptions,
} from './index';

/** What stands in for the server of a product. */
export interface ProductSimulator {
	/** Where the real server listens too. */
	port: number;
	start(options?: SimulatorOptions): Promise<RunningServer & { control: unknown }>;
	/** Who may log in. */
	users: ReadonlyArray<{ name: string; role: string }>;
	/** The credential for it with every right, less its address. */
	credential: Record<string, string>;
}

const passwordOf = ({ name, password }: { name: string; password: string }) => ({
	authentication: 'password',
	username: name,
	password,
});

/** The simulators of all products, by the key of nodes/products.ts. */
export const SIMULATORS = {
	vbr: {
		port: DEFAULT_PORT,
		start: startSimulator,
		users: ACCOUNTS,
		credential: { ...passwordOf(ACCOUNTS[0]!), apiVersion: '1.3-rev2' },
	},
	vb365: {
		port: VB365_DEFAULT_PORT,
		start: startMicrosoft365Simulator,
		users: VB365_ACCOUNTS,
		credential: { ...passwordOf(VB365_ACCOUNTS[0]!), apiVersion: 'v8' },
	},
	vspc: {
		port: VSPC_DEFAULT_PORT,
		start: startServiceProviderConsoleSimulator,
		users: [
			...VSPC_ACCOUNTS,
			{ name: VSPC_API_KEYS.full, role: 'API key' },
			{ name: VSPC_API_KEYS.readOnly, role: 'read-only API key' },
		],
		credential: { authentication: 'apiKey', apiKey: VSPC_API_KEYS.full, apiVersion: '3.6.1' },
	},
} satisfies Record<ProductKey, ProductSimulator>;

/** The running simulator of a product. */
export type SimulatorOf<Key extends ProductKey> = Awaited<
	ReturnType<(typeof SIMULATORS)[Key]['start']>
>;

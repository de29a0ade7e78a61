import { parseArgs } from 'node:util';
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

interface Choice {
	name: string;
	port: number;
	start(options: SimulatorOptions): Promise<RunningServer>;
	users: ReadonlyArray<{ name: string; role: string }>;
}

const PRODUCTS: Record<string, Choice> = {
	vbr: {
		name: 'Veeam Backup & Replication',
		port: DEFAULT_PORT,
		start: startSimulator,
		users: ACCOUNTS,
	},
	vb365: {
		name: 'Veeam Backup for Microsoft 365',
		port: VB365_DEFAULT_PORT,
		start: startMicrosoft365Simulator,
		users: VB365_ACCOUNTS,
	},
	vspc: {
		name: 'Veeam Service Provider Console',
		port: VSPC_DEFAULT_PORT,
		start: startServiceProviderConsoleSimulator,
		users: [
			...VSPC_ACCOUNTS,
			{ name: VSPC_API_KEYS.full, role: 'API key' },
			{ name: VSPC_API_KEYS.readOnly, role: 'read-only API key' },
		],
	},
};

const HELP = `Stands in for a Veeam server.

  --product <name>     ${Object.keys(PRODUCTS).join(', ')} (default vbr)
  --port <n>           port of the API (default ${Object.values(PRODUCTS)
		.map(({ port }) => port)
		.join(', ')})
  --control-port <n>   port of the control endpoint (default: port + 1)
  --sessions <n>       past sessions to add to those of the last week (vbr, vb365)
  --session-seconds <n>  how long started work takes (default 3)
  --token-seconds <n>  lifetime of an access token (default 900, vb365 and vspc 3600)
  --speed <n>          simulated seconds per second (default 1)
`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			product: { type: 'string', default: 'vbr' },
			port: { type: 'string' },
			'control-port': { type: 'string' },
			sessions: { type: 'string' },
			'session-seconds': { type: 'string' },
			'token-seconds': { type: 'string' },
			speed: { type: 'string' },
			help: { type: 'boolean' },
		},
	});
	if (values.help) {
		console.log(HELP);
		return;
	}
	const product = PRODUCTS[values.product];
	if (!product) {
		throw new Error(`--product is none of ${Object.keys(PRODUCTS).join(', ')}.`);
	}
	const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
	const port = number(values.port) ?? product.port;
	const sessionSeconds = number(values['session-seconds']);
	const tokenLifetimeSeconds = number(values['token-seconds']);
	const simulator = await product.start({
		port,
		controlPort: number(values['control-port']) ?? (port === 0 ? 0 : port + 1),
		sessions: number(values.sessions),
		speed: number(values.speed),
		...(tokenLifetimeSeconds !== undefined && { tokenLifetimeSeconds }),
		settings: sessionSeconds === undefined ? {} : { sessionSeconds },
	});
	console.log(`Simulated ${product.name}: ${simulator.url}`);
	console.log(`Control: ${simulator.controlUrl}`);
	console.log(`Users: ${product.users.map(({ name, role }) => `${name} (${role})`).join(', ')}`);
	const end = (): void => void simulator.close().then(() => process.exit(0));
	process.once('SIGINT', end);
	process.once('SIGTERM', end);
}

main().catch((error: NodeJS.ErrnoException) => {
	console.error(
		error.code === 'EADDRINUSE'
			? `The port is taken: ${error.message}. Choose another with --port.`
			: error.message,
	);
	process.exit(1);
});

import { parseArgs } from 'node:util';

import { PRODUCTS } from '../nodes/products';
import { SIMULATORS, type ProductSimulator } from './simulators';

/** By the product's key. */
const CHOICES = new Map(
	PRODUCTS.map(({ key, product }): [string, ProductSimulator & { name: string }] => [
		key,
		{ ...SIMULATORS[key], name: product.adapter.displayName },
	]),
);

const HELP = `Stands in for a Veeam server.

  --product <name>     ${[...CHOICES.keys()].join(', ')} (default vbr)
  --port <n>           port of the API (default ${[...CHOICES.values()]
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
	const product = CHOICES.get(values.product);
	if (!product) {
		throw new Error(`--product is none of ${[...CHOICES.keys()].join(', ')}.`);
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

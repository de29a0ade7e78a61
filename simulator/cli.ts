import { parseArgs } from 'node:util';
import { ACCOUNTS, DEFAULT_PORT, startSimulator } from './index';

const HELP = `Stands in for a Veeam Backup & Replication server.

  --port <n>           port of the API (default ${DEFAULT_PORT})
  --control-port <n>   port of the control endpoint (default: port + 1)
  --sessions <n>       past sessions to add to those of the last week
  --session-seconds <n>  how long started work takes (default 3)
  --token-seconds <n>  lifetime of an access token (default 900)
  --speed <n>          simulated seconds per second (default 1)
`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
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
	const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
	const port = number(values.port) ?? DEFAULT_PORT;
	const sessionSeconds = number(values['session-seconds']);
	const simulator = await startSimulator({
		port,
		controlPort: number(values['control-port']) ?? (port === 0 ? 0 : port + 1),
		sessions: number(values.sessions),
		speed: number(values.speed),
		tokenLifetimeSeconds: number(values['token-seconds']),
		settings: sessionSeconds === undefined ? {} : { sessionSeconds },
	});
	console.log(`Simulated Veeam Backup & Replication: ${simulator.url}`);
	console.log(`Control: ${simulator.controlUrl}`);
	console.log(`Users: ${ACCOUNTS.map(({ name, role }) => `${name} (${role})`).join(', ')}`);
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

import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PRODUCTS, type ProductKey } from '../nodes/products';
import { SIMULATORS } from '../simulator/simulators';
import { DemoError } from './DemoError';
import { cacheFolder } from './paths';
import type { NamedPort } from './ports';
import type { SimulatorPorts } from './simulatedServer';

/** Where each part listens. */
export type DemoPorts = SimulatorPorts & {
	n8n: number;
	smtp: number;
	mails: number;
	standIns: number;
};

export interface DemoOptions {
	ports: DemoPorts;
	/** The same ports, with the words for a message. */
	named: NamedPort[];
	/** Where n8n's database and the rest of the demo's data are. */
	dataFolder: string;
	/** Start with an n8n that knows no workflow. */
	fresh: boolean;
	/** Build the package and start n8n again when a source changes. */
	watch: boolean;
	help: boolean;
}

/** Of the simulated servers, by the product's key. */
const SERVERS = Object.fromEntries(
	PRODUCTS.map(({ key, product }) => [
		key,
		{
			what: `the simulated ${product.adapter.displayName}`,
			flag: `${key}-port`,
			env: `VEEAM_DEMO_${key.toUpperCase()}_PORT`,
			port: SIMULATORS[key].port,
		},
	]),
) as Record<ProductKey, NamedPort>;

const PORTS = {
	n8n: { what: 'n8n', flag: 'port', env: 'VEEAM_DEMO_PORT', port: 5678 },
	...SERVERS,
	smtp: { what: 'the mail server', flag: 'smtp-port', env: 'VEEAM_DEMO_SMTP_PORT', port: 2525 },
	mails: {
		what: 'the page with the mails',
		flag: 'mail-port',
		env: 'VEEAM_DEMO_MAIL_PORT',
		port: 8025,
	},
	standIns: {
		what: 'the page with the Slack messages and tickets',
		flag: 'stand-in-port',
		env: 'VEEAM_DEMO_STAND_IN_PORT',
		port: 8026,
	},
} satisfies Record<keyof DemoPorts, NamedPort>;

export const USAGE = `npm run demo -- [options]

Starts n8n with this package, simulated Veeam servers, a mail server and stand-ins for Slack and a
ticket system, all on this machine.

${Object.values(PORTS)
	.map(({ flag, env, what, port }) => `  --${flag} N`.padEnd(28) + `${what} (${port}; or ${env})`)
	.join('\n')}
  --data FOLDER             the demo's data (a folder in the cache; or VEEAM_DEMO_DATA)
  --watch                   rebuild the package and restart n8n when a source changes (npm run dev)
  --fresh                   forget the workflows, credentials and executions of earlier runs
  --help                    this text

VEEAM_DEMO_CACHE: the folder for n8n (2.2 GB) and the demo's data, instead of the system's cache folder.`;

/**
 * Reads the command line, then the environment.
 * @throws DemoError for an option nobody knows or a port that is none
 */
export function readOptions(argv: string[], env: NodeJS.ProcessEnv): DemoOptions {
	const values = parse(argv);
	const port = ({ flag, env: variable, port: standard }: NamedPort): number => {
		const given = values[flag] ?? env[variable];
		if (given === undefined || given === '') return standard;
		const number = Number(given);
		if (Number.isInteger(number) && number > 0 && number < 65_536) return number;
		throw new DemoError(
			`"${String(given)}" is no port.`,
			`--${flag} (${variable}) takes a number from 1 to 65535.`,
		);
	};
	const keys = Object.keys(PORTS) as Array<keyof DemoPorts>;
	const ports = Object.fromEntries(keys.map((key) => [key, port(PORTS[key])])) as DemoPorts;
	const named = keys.map((key) => ({ ...PORTS[key], port: ports[key] }));
	const dataFolder = resolve(
		String(values.data ?? (env.VEEAM_DEMO_DATA || join(cacheFolder(env), 'demo'))),
	);
	return {
		ports,
		named,
		dataFolder,
		fresh: values.fresh === true,
		watch: values.watch === true,
		help: values.help === true,
	};
}

function parse(argv: string[]): Record<string, string | boolean | undefined> {
	const strings = Object.values(PORTS).map(({ flag }) => [flag, { type: 'string' as const }]);
	try {
		return parseArgs({
			args: argv,
			options: {
				...Object.fromEntries(strings),
				data: { type: 'string' },
				fresh: { type: 'boolean' },
				watch: { type: 'boolean' },
				help: { type: 'boolean', short: 'h' },
			},
		}).values as Record<string, string | boolean | undefined>;
	} catch (error) {
		throw new DemoError((error as Error).message, 'npm run demo -- --help shows every option.');
	}
}

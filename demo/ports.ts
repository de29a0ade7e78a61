import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { DemoError } from './DemoError';

/** A port the demo listens on, with what a person needs to choose another. */
export interface NamedPort {
	what: string;
	port: number;
	/** Command line flag, without dashes. */
	flag: string;
	env: string;
}

/** Where the demo listens: on this machine only. */
export const HOST = '127.0.0.1';

/** @throws DemoError naming each port that somebody else uses, and how to choose another */
export async function checkPorts(ports: NamedPort[]): Promise<void> {
	const twice = ports.find(({ port }, at) => ports.findIndex((other) => other.port === port) < at);
	if (twice) throw new DemoError(`Port ${twice.port} is asked for twice.`, choose(twice));
	const taken: NamedPort[] = [];
	for (const named of ports) if (!(await isFree(named.port))) taken.push(named);
	if (taken.length === 0) return;
	throw new DemoError(
		taken
			.map(({ what, port }) => `Port ${port} (${what}) is in use by another program.`)
			.join('\n'),
		`${taken.map(choose).join('\n')}\nIf a demo is running already, end it with Ctrl-C where it was started.`,
	);
}

function choose({ flag, env, port }: NamedPort): string {
	const other = port >= 65_000 ? port - 1 : port + 1;
	return `Choose another: npm run demo -- --${flag} ${other} (or set ${env}=${other}).`;
}

async function isFree(port: number): Promise<boolean> {
	return await new Promise((done) => {
		const server = createServer();
		server.once('error', () => done(false));
		server.listen({ port, host: HOST, exclusive: true }, () => server.close(() => done(true)));
	});
}

/**
 * A port nobody uses at the moment. Not one that the system gives to whoever asks for any (from 32768
 * on with Linux, from 49152 with others): it could be gone before it is used.
 */
export async function freePort(): Promise<number> {
	for (;;) {
		const port = randomInt(20_000, 30_000);
		if (await isFree(port)) return port;
	}
}

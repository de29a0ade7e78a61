import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DemoError } from './DemoError';
import { lastLines } from './n8n';
import { OWNER } from './n8nApi';
import { readOptions, USAGE, type DemoOptions } from './options';
import { checkPorts } from './ports';
import { processIsAlive } from './processes';
import { allServers } from './simulatedServer';
import { startStack, type DemoStack } from './stack';
import { rebuildOnChange, type Development } from './watch';

const began = Date.now();

function say(line: string) {
	const seconds = Math.round((Date.now() - began) / 1000);
	console.log(`${`${seconds} s`.padStart(6)}  ${line}`);
}

/** Aborts when the demo is to end: Ctrl-C, a closed terminal, or the npm that started it is gone. */
function endOfDemo(): AbortSignal {
	const controller = new AbortController();
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) {
		process.on(signal, () => controller.abort(new Ended()));
	}
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) controller.abort(new Ended());
	}, 1_000).unref();
	return controller.signal;
}

/** The demo was asked to end: no failure. */
class Ended extends Error {}

function checkNode() {
	if (Number(process.versions.node.split('.')[0]) >= 24) return;
	throw new DemoError(
		`n8n needs Node 24, and this is Node ${process.versions.node}.`,
		'Start it with "npm run demo": the package brings Node 24 along.',
	);
}

/**
 * Keeps two demos from working on one database.
 * @returns removes the mark
 */
function claim(userFolder: string, address: string): () => void {
	const mark = join(userFolder, 'running.json');
	try {
		const other = JSON.parse(readFileSync(mark, 'utf8')) as { pid: number; address: string };
		if (processIsAlive(other.pid)) {
			throw new DemoError(
				`The demo is running already: ${other.address} (process ${other.pid}).`,
				'Use that one, or end it with Ctrl-C where it was started.',
			);
		}
	} catch (error) {
		if (error instanceof DemoError) throw error;
		// No mark, or one that was not written to its end: nobody is there.
	}
	mkdirSync(userFolder, { recursive: true });
	writeFileSync(mark, JSON.stringify({ pid: process.pid, address }));
	return () => rmSync(mark, { force: true });
}

function introduce(stack: DemoStack, { ports }: DemoOptions) {
	const { mailPage, standIns, examples } = stack;
	const servers = allServers(stack).map(
		({ product, url, login }) => `  ${product.padEnd(32)}${url} (${login})`,
	);
	const width = Math.max(...examples.map(({ name }) => name.length)) + 2;
	console.log(`
n8n is ready:      http://localhost:${ports.n8n}
  log in with      ${OWNER.email} / ${OWNER.password}
Mails arrive at:   ${mailPage}
Slack and tickets: ${standIns.address}

Simulated servers, each with its credential in n8n:
${servers.join('\n')}

Example workflows:
${examples.map(({ id, name }) => `  ${name.padEnd(width)}http://localhost:${ports.n8n}/workflow/${id}`).join('\n')}

Open the workflow "Daily protection report: Backup & Replication", click "Execute workflow", and read
the mail. Then "Failed job with the reason per object to Slack and by mail": what Slack shows stands at
${standIns.address}.
Ctrl-C ends everything.
`);
}

async function main() {
	const options = readOptions(process.argv.slice(2), process.env);
	if (options.help) return console.log(USAGE);
	checkNode();
	const ended = endOfDemo();
	const userFolder = options.dataFolder;
	const release = claim(userFolder, `http://localhost:${options.ports.n8n}`);
	try {
		await checkPorts(options.named);
		if (options.fresh) {
			say('Forgetting the workflows and credentials of earlier runs');
			for (const name of ['.n8n', 'n8n.log', 'package.log']) {
				rmSync(join(userFolder, name), { recursive: true, force: true, maxRetries: 3 });
			}
		}
		const stack = await startStack({ userFolder, ports: options.ports, say, signal: ended });
		const development = options.watch
			? rebuildOnChange(stack.n8n, userFolder, join(userFolder, 'package.log'), say)
			: undefined;
		try {
			say('Ready');
			introduce(stack, options);
			await untilEnd(stack, ended, development);
		} finally {
			development?.stop();
			console.log('Stopping …');
			await stack.stop();
		}
	} finally {
		release();
	}
}

/** @throws Ended, or DemoError when n8n ends by itself */
async function untilEnd({ n8n }: DemoStack, ended: AbortSignal, development?: Development) {
	await new Promise((_, fail) => {
		const end = () => fail(ended.reason as Error);
		if (ended.aborted) end();
		ended.addEventListener('abort', end);
		const watchProcess = (): void =>
			void n8n.process.ended.then(() =>
				// Ctrl-C reaches n8n too: give our own signal the time to arrive.
				setTimeout(() => {
					if (!development?.restarting)
						return fail(new DemoError('n8n has ended.', lastLines(n8n.log)));
					untilRestarted(development, watchProcess);
				}, 500),
			);
		watchProcess();
	});
}

/** Goes on when n8n has been started again. */
function untilRestarted(development: Development, then: () => void) {
	const timer = setInterval(() => {
		if (development.restarting) return;
		clearInterval(timer);
		then();
	}, 200);
}

main()
	.catch((error: unknown) => {
		const wasAskedTo = error instanceof Ended || (error as Error).name === 'AbortError';
		if (wasAskedTo) return;
		console.error(`\n${error instanceof DemoError ? error.text : (error as Error).stack}`);
		process.exitCode = 1;
	})
	.finally(() => process.exit());

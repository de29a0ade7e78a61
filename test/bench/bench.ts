/**
 * `npm run bench`: figures of the built nodes. Prints, asserts nothing: times depend on the machine,
 * only ratios within one run mean something. Needs `npm run build` before. `npm run bench -- speed load`
 * prints some of it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { compareSpeed, speedLines } from './bareLoop';
import { weigh } from './description';
import { comparePaging } from './paging';
import { TRIGGER, weighPolling, type Cost } from './polling';
import { countReportRequests, countSectionRequests, weighForms } from './reports';
import { weighScales } from './scale';
import { compareStart, loadCost, type StartCost } from './start';

const ROOT = join(__dirname, '../..');
const LATENCIES = [0, 50];
const START_RUNS = 3;

/** What can be asked for by name: `npm run bench -- speed start`. */
const SECTIONS: Record<string, (nodes: string[]) => Promise<void>> = {
	description: async (nodes) => {
		for (const file of nodes) {
			const weight = await weigh(file);
			console.log(
				`${weight.name}: description ${weight.kilobytes.toFixed(1)} KB, ${weight.resources} resources, ${weight.operations} operations, ${weight.properties} properties, loads in ${weight.loadMilliseconds.toFixed(0)} ms`,
			);
		}
	},
	paging: async () => {
		for (const result of await comparePaging(
			await backupReplication(),
			await credentialType(),
			LATENCIES,
		)) {
			const { sessions, latencyMilliseconds, nodeSeconds, plainSeconds } = result;
			console.log(
				`${sessions.toLocaleString('en')} sessions, ${latencyMilliseconds} ms latency: node ${nodeSeconds.toFixed(2)} s, plain paging at 200 ${plainSeconds.toFixed(2)} s: ${(plainSeconds / nodeSeconds).toFixed(1)} times as fast`,
			);
		}
	},
	speed: async () => {
		const speed = await compareSpeed(await backupReplication(), await credentialType());
		for (const line of speedLines(speed)) console.log(line);
	},
	polling: async () => {
		const { VeeamBackupReplicationTrigger } = (await import(TRIGGER)) as {
			VeeamBackupReplicationTrigger: new () => INodeType;
		};
		const { events, sessions, repositories, idle, naive, stateBytes } = await weighPolling(
			new VeeamBackupReplicationTrigger(),
			await credentialType(),
		);
		const told = ({ requests, bytes, seconds }: Cost) =>
			`${requests} requests, ${(bytes / 1e6).toFixed(2)} MB, ${seconds.toFixed(2)} s`;
		console.log(
			`Idle poll of ${events.length} events, ${sessions.toLocaleString('en')} sessions and ${repositories.toLocaleString('en')} repositories: ${told(idle)}; remembers ${(stateBytes / 1000).toFixed(0)} KB`,
		);
		console.log(`Reading both lists plainly by 200: ${told(naive)}`);
	},
	reports: async () => {
		for (const line of await countReportRequests()) console.log(line);
		for (const line of await countSectionRequests()) console.log(line);
		for (const line of weighForms()) console.log(line);
	},
	scale: async () => {
		for (const { name, requests, bytes, stateBytes } of await weighScales())
			console.log(
				`Idle poll, ${name}: ${requests} requests, ${(bytes / 1e6).toFixed(2)} MB; remembers ${(stateBytes / 1000).toFixed(0)} KB`,
			);
	},
	load: async () => {
		const { milliseconds, rssMegabytes, heapMegabytes, files } = await Promise.resolve(
			loadCost(ROOT),
		);
		console.log(
			`All nodes load in ${milliseconds.toFixed(0)} ms and take ${rssMegabytes.toFixed(0)} MB (heap ${heapMegabytes.toFixed(0)} MB); data files read: ${files.join(', ') || 'none'}`,
		);
	},
	start: async () => {
		if (process.platform === 'linux') await printStart();
		else console.log('The memory of n8n is read from /proc, which Linux alone has.');
	},
};

const backupReplication = async () =>
	new (
		(await import(
			join(ROOT, 'dist/nodes/VeeamBackupReplication/VeeamBackupReplication.node.js')
		)) as {
			VeeamBackupReplication: new () => INodeType;
		}
	).VeeamBackupReplication();

const credentialType = async () =>
	(
		(await import(join(ROOT, 'dist/credentials/VeeamBackupReplicationApi.credentials.js'))) as {
			VeeamBackupReplicationApi: new () => ICredentialType;
		}
	).VeeamBackupReplicationApi;

async function main() {
	const { n8n } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	const nodes = n8n.nodes.map((file) => join(ROOT, file));
	const missing = nodes.find((file) => !existsSync(file));
	if (missing) throw new Error(`${missing} is missing.\nRun "npm run build" first.`);
	const wanted = process.argv.slice(2);
	const unknown = wanted.find((name) => !(name in SECTIONS));
	if (unknown)
		throw new Error(`There is no "${unknown}".\nThere are: ${Object.keys(SECTIONS).join(', ')}.`);
	for (const [name, print] of Object.entries(SECTIONS)) {
		if (wanted.length > 0 && !wanted.includes(name)) continue;
		await print(nodes);
		console.log();
	}
	process.exit();
}

/** n8n without and with the package, from the end-to-end tests' installation. */
async function printStart() {
	const { without, with: having } = await compareStart(START_RUNS, (line) => console.error(line));
	const line = ({ seconds, processorSeconds, megabytes, nodesKilobytes }: StartCost) =>
		`start ${seconds.toFixed(2)} s (${processorSeconds.toFixed(2)} s of the processor), ${megabytes.toFixed(0)} MB, nodes.json ${(nodesKilobytes / 1000).toFixed(2)} MB`;
	const more = (key: keyof StartCost) => `${((having[key] / without[key] - 1) * 100).toFixed(1)} %`;
	console.log(`n8n without the package: ${line(without)}`);
	console.log(`n8n with the package:    ${line(having)}`);
	console.log(
		`The package adds ${more('seconds')} to the start (${more('processorSeconds')} of the processor), ${(having.megabytes - without.megabytes).toFixed(0)} MB, ${more('nodesKilobytes')} to nodes.json`,
	);
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exit(1);
});

/**
 * Randomized campaigns of all events of the three triggers, against worlds and a fault model of their own:
 * nothing here comes from the simulator, nor from the code under test but the nodes themselves.
 */
import { Dice } from './dice';
import type { Keeping } from './host';
import { runStates, type Counts } from './runStates';
import { EVENT as REACHABILITY, runReachability, VERSIONS } from './runReachability';
import { runRecords } from './runRecords';
import { RECORD_WORLDS } from './worlds/records';
import { STATE_WORLDS } from './worlds/states';

export interface CampaignSetup {
	seed: number;
	/** Runs of each event in each way of keeping static data. */
	runs: number;
	/** Only events whose "product event" contains this. */
	only?: string;
	log?: (line: string) => void;
	report?: (line: string) => void;
}

export interface CampaignResult {
	polls: number;
	faults: number;
	kills: number;
	heard: number;
	checks: number;
	lost: string[];
	twice: string[];
	wrong: string[];
	wrongRequests: string[];
	crashed: string[];
}

const KEEPINGS: Keeping[] = ['memory', 'scheduler', 'durable'];

interface Runnable {
	name: string;
	versions: string[];
	run(
		keeping: Keeping,
		version: string,
		dice: Dice,
		seed: number,
		log?: (line: string) => void,
	): Promise<Counts>;
}

const ALL: Runnable[] = [
	...STATE_WORLDS.map(
		(world): Runnable => ({
			name: `${world.product} ${world.event}`,
			versions: world.versions,
			run: (...how) => runStates(world, ...how),
		}),
	),
	...RECORD_WORLDS.map(
		(world): Runnable => ({
			name: `${world.product} ${world.event}`,
			versions: world.versions,
			run: (...how) => runRecords(world, ...how),
		}),
	),
	...(['vbr', 'vb365', 'vspc'] as const).map(
		(product): Runnable => ({
			name: `${product} ${REACHABILITY}`,
			versions: VERSIONS[product],
			run: (...how) => runReachability(product, ...how),
		}),
	),
];

export async function campaign(setup: CampaignSetup): Promise<CampaignResult> {
	const { seed, runs, only = '', log, report = () => {} } = setup;
	const result: CampaignResult = {
		...{ polls: 0, faults: 0, kills: 0, heard: 0, checks: 0 },
		...{ lost: [], twice: [], wrong: [], wrongRequests: [], crashed: [] },
	};
	const requests = new Set<string>();
	for (const one of ALL.filter(({ name }) => name.includes(only))) {
		const own = { polls: 0, faults: 0, kills: 0, heard: 0, lost: 0, twice: 0, wrong: 0 };
		for (let run = 0; run < runs; run++)
			for (const keeping of KEEPINGS) {
				const number = seed + run;
				const dice = new Dice(
					number * 7919 +
						[...one.name, ...keeping].reduce(
							(sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003,
							7,
						),
				);
				const version = one.versions[(number + KEEPINGS.indexOf(keeping)) % one.versions.length]!;
				try {
					const counts = await one.run(keeping, version, dice, number, log);
					for (const name of ['polls', 'faults', 'kills', 'heard', 'checks'] as const)
						result[name] += counts[name];
					for (const name of ['polls', 'faults', 'kills', 'heard'] as const)
						own[name] += counts[name];
					for (const name of ['lost', 'twice', 'wrong'] as const) {
						result[name].push(...counts.verdicts[name]);
						own[name] += counts.verdicts[name].length;
					}
					for (const request of counts.wrongRequests) requests.add(request);
				} catch (error) {
					result.crashed.push(
						`CRASH ${one.name} ${version} ${keeping} seed ${number}: ${(error as Error).stack ?? ''}`,
					);
				}
			}
		report(
			`${one.name.padEnd(36)} ${own.polls} polls, ${own.faults} faults, ${own.kills} kills, ${own.heard} items: ${own.lost} lost, ${own.twice} twice, ${own.wrong} wrong`,
		);
	}
	result.wrongRequests.push(...requests);
	report(
		`${result.polls} polls, ${result.faults} faults, ${result.kills} kills, ${result.heard} items, ${result.checks} checks: ${result.lost.length} lost, ${result.twice.length} twice, ${result.wrong.length} wrong`,
	);
	return result;
}

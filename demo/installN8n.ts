import { spawnSync } from 'node:child_process';
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statfsSync,
	writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { DemoError } from './DemoError';
import { npm } from './npm';
import { keepNativeParts, placeNativeParts } from './nativeParts';
import { cacheFolder, DEMO_FOLDER, n8nFolder, n8nVersion } from './paths';
import { processIsAlive } from './processes';

/** Takes one line for the person who waits. */
export type Say = (line: string) => void;

/** What an installation takes: 2.2 GB in place, the rest is npm's cache and room to compile. */
const NEEDED_BYTES = 4e9;

/** Parts of n8n that are machine code, not in every version; all else installs without scripts. */
const NATIVE_PACKAGES = ['sqlite3', 'isolated-vm'];

const nativePackages = (work: string): string[] =>
	NATIVE_PACKAGES.filter((name) => existsSync(join(work, 'node_modules', name)));

/**
 * Makes sure that the n8n of a lock file is in the cache, and installs it if not.
 * An interrupted installation is never taken for a finished one: it happens in a folder of its
 * own, which gets its final name last.
 * @param recipe folder with the package.json, package-lock.json and .npmrc; the demo's by default
 * @returns the folder whose node_modules holds n8n
 * @throws DemoError when the network, the disk or a compiler is missing
 */
export async function installN8n(
	say: Say,
	signal?: AbortSignal,
	recipe = DEMO_FOLDER,
): Promise<string> {
	const target = n8nFolder(recipe);
	if (existsSync(target)) return target;

	const cache = cacheFolder();
	mkdirSync(cache, { recursive: true });
	removeAbandoned(cache);
	checkSpace(cache);

	const work = join(cache, `installing-${process.pid}-${basename(target)}`);
	const log = join(cache, 'install.log');
	rmSync(log, { force: true });
	mkdirSync(work);
	for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
		copyFileSync(join(recipe, file), join(work, file));
	}
	try {
		const version = n8nVersion(recipe);
		say(`Installing n8n ${version} into ${target}`);
		// Asked first, without npm's repetitions: a missing network is said after a second.
		await npm(['view', `n8n@${version}`, 'version', '--fetch-retries=0'], {
			cwd: work,
			log,
			signal,
		});
		say('This happens once and takes 4 to 10 minutes; later runs start at once.');
		// Not `npm ci`: it refuses a lock file without the optional packages of other systems, some of
		// which a registry may lack. `npm install` keeps to the versions of the lock file all the same.
		await withProgress(say, 'packages', work, () =>
			npm(['install', '--ignore-scripts'], { cwd: work, log, signal }),
		);
		await buildNativePackages(work, log, say, signal);
		checkItLoads(work, log);
		moveIntoPlace(work, target);
		return target;
	} finally {
		rmSync(work, { recursive: true, force: true, maxRetries: 5 });
	}
}

async function buildNativePackages(work: string, log: string, say: Say, signal?: AbortSignal) {
	const missing = nativePackages(work).filter((name) => !placeNativeParts(work, name));
	if (missing.length === 0) return;
	const headers = await nodeHeaders(work, log, signal);
	await withProgress(say, `${missing.join(' and ')} (compiled if need be)`, undefined, () =>
		npm(['rebuild', ...missing], {
			cwd: work,
			log,
			signal,
			env: headers ? { npm_config_nodedir: headers } : {},
		}),
	);
	rmSync(join(work, 'headers'), { recursive: true, force: true });
	for (const name of missing) keepNativeParts(work, name);
}

/**
 * The folder with the C headers of the running Node, taken from the registry: so no other site has
 * to be reachable, and a `nodedir` for another Node in somebody's own npm configuration does not
 * matter. Undefined where the registry has none for this system; node-gyp then fetches them itself.
 */
async function nodeHeaders(work: string, log: string, signal?: AbortSignal) {
	const name = `node-${process.platform}-${process.arch}`;
	const folder = join(work, 'headers');
	mkdirSync(folder);
	writeFileSync(join(folder, 'package.json'), '{"private":true}');
	try {
		await npm(
			[
				'install',
				`${name}@${process.versions.node}`,
				'--no-save',
				'--no-audit',
				'--ignore-scripts',
			],
			{ cwd: folder, log, signal },
		);
	} catch (error) {
		if (signal?.aborted) throw error;
		return undefined;
	}
	const found = join(folder, 'node_modules', name);
	return existsSync(join(found, 'include', 'node', 'node.h')) ? found : undefined;
}

/** A machine part that does not load would show up much later, as an n8n that does not start. */
function checkItLoads(work: string, log: string) {
	const check = spawnSync(
		process.execPath,
		['-e', `for (const name of ${JSON.stringify(nativePackages(work))}) require(name)`],
		{ cwd: work, encoding: 'utf8', windowsHide: true },
	);
	if (check.status === 0) return;
	writeFileSync(log, check.stderr, { flag: 'a' });
	throw new DemoError(
		`n8n was installed, but a part of it does not run with Node ${process.versions.node}.`,
		`What it said: ${log}`,
	);
}

function moveIntoPlace(work: string, target: string) {
	try {
		renameSync(work, target);
	} catch (error) {
		// Another run was faster; its installation is as good as ours.
		if (!existsSync(target)) throw error;
	}
}

/** Runs something long and says every 15 seconds how far it is. */
async function withProgress<T>(
	say: Say,
	what: string,
	folder: string | undefined,
	run: () => Promise<T>,
): Promise<T> {
	const began = Date.now();
	const line = () => {
		const seconds = Math.round((Date.now() - began) / 1000);
		const counted = folder ? countPackages(folder) : '';
		say(`  ${what}${counted} … ${seconds} s`);
	};
	say(`  ${what} …`);
	const timer = setInterval(line, 15_000);
	try {
		return await run();
	} finally {
		clearInterval(timer);
		line();
	}
}

/** `: 734 of 1086` top-level folders are filled; npm itself says nothing until it ends. */
function countPackages(folder: string): string {
	const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, unknown>;
	};
	const wanted = Object.keys(lock.packages).filter((path) =>
		/^node_modules\/(@[^/]+\/)?[^/]+$/.test(path),
	);
	const there = wanted.filter((path) => existsSync(join(folder, path, 'package.json')));
	return `: ${there.length} of ${wanted.length} folders`;
}

function checkSpace(cache: string) {
	const { bavail, bsize } = statfsSync(cache);
	const free = bavail * bsize;
	if (free >= NEEDED_BYTES) return;
	throw new DemoError(
		`n8n needs about 4 GB, and ${(free / 1e9).toFixed(1)} GB are free in ${cache}.`,
		'Free some space, or choose a folder on another disk with VEEAM_DEMO_CACHE.',
	);
}

/** Removes what installations left behind that were killed. */
function removeAbandoned(cache: string) {
	for (const name of readdirSync(cache)) {
		const pid = /^installing-(\d+)-/.exec(name)?.[1];
		if (pid && !processIsAlive(Number(pid))) {
			rmSync(join(cache, name), { recursive: true, force: true });
		}
	}
}

/** The script that `node` runs to start n8n. */
export function n8nScript(installation: string): string {
	return join(installation, 'node_modules', 'n8n', 'bin', 'n8n');
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The folder of this checkout that holds the demo. */
export const DEMO_FOLDER = __dirname;

/** The root of the checkout. */
export const PROJECT_FOLDER = resolve(DEMO_FOLDER, '..');

/**
 * Where everything goes that outlives a run: the installed n8n and the demo's own user folder.
 * `VEEAM_DEMO_CACHE` overrides the operating system's cache folder.
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
	if (env.VEEAM_DEMO_CACHE) return resolve(env.VEEAM_DEMO_CACHE);
	const name = 'n8n-nodes-veeam';
	if (process.platform === 'win32') {
		return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), name, 'Cache');
	}
	if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', name);
	return join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), name);
}

/**
 * The folder of the installed n8n. Its name holds everything an installation depends on, so that
 * another lock file or another Node brings an installation of its own.
 *
 * @param recipe folder with the package.json, package-lock.json and .npmrc of an n8n; the demo's by default
 */
export function n8nFolder(recipe = DEMO_FOLDER, cache = cacheFolder()): string {
	const hash = createHash('sha256');
	for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
		// A checkout on Windows may have other line ends; they change nothing that is installed.
		hash.update(readFileSync(join(recipe, file), 'utf8').replaceAll('\r\n', '\n'));
	}
	const key = hash.digest('hex').slice(0, 12);
	const node = process.versions.node.split('.')[0];
	return join(cache, `n8n-${key}-node${node}-${process.platform}-${process.arch}`);
}

/** The version of n8n that a recipe installs. */
export function n8nVersion(recipe = DEMO_FOLDER): string {
	const manifest = JSON.parse(readFileSync(join(recipe, 'package.json'), 'utf8')) as {
		dependencies: { n8n: string };
	};
	return manifest.dependencies.n8n;
}

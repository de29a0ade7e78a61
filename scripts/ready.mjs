/**
 * Makes a fresh clone ready: installs what package-lock.json names where that is not what
 * node_modules holds. Runs on the Node that started npm (20 or later) and needs nothing installed;
 * afterwards the devDependency `node` puts Node 24, which n8n needs, first in every npm script.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

function packagesOf(lockFile) {
	return JSON.parse(readFileSync(new URL(`../${lockFile}`, import.meta.url), 'utf8')).packages;
}

/** What differs between the lock file and node_modules; undefined where nothing does. */
function difference() {
	if (!existsSync(new URL('../node_modules/.package-lock.json', import.meta.url))) {
		return 'nothing is installed yet';
	}
	const installed = packagesOf('node_modules/.package-lock.json');
	for (const [path, wanted] of Object.entries(packagesOf('package-lock.json'))) {
		if (path === '' || wanted.optional || wanted.peer) continue;
		if (installed[path]?.version !== wanted.version) {
			return `${path.replace(/^.*node_modules\//, '')} ${wanted.version} is missing`;
		}
	}
	return undefined;
}

/** @throws Error when the installation fails; npm has said why. */
export function ready() {
	const reason = difference();
	if (!reason) return;
	console.log(`Installing the dependencies (${reason}); the first time takes some minutes.`);
	// npm sets npm_execpath in its scripts; without it, npm is on the PATH.
	const npm = process.env.npm_execpath;
	const { status } = npm
		? spawnSync(process.execPath, [npm, 'ci'], { cwd: ROOT, stdio: 'inherit' })
		: spawnSync('npm ci', { cwd: ROOT, stdio: 'inherit', shell: true });
	if (status !== 0) {
		throw new Error(
			'npm could not install the dependencies.\nRead what it says above; mostly the network or a proxy is in the way.',
		);
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	try {
		ready();
	} catch (error) {
		console.error(error.message);
		process.exitCode = 1;
	}
}

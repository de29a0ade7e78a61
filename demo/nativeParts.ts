import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from './paths';

/**
 * The machine code of a package, kept in the cache by version, Node and system: compiling sqlite3 takes
 * minutes, and several versions of n8n share it.
 */
function keptParts(work: string, name: string): string {
	const { version } = JSON.parse(
		readFileSync(join(work, 'node_modules', name, 'package.json'), 'utf8'),
	) as { version: string };
	const node = `abi${process.versions.modules}-${process.platform}-${process.arch}`;
	return join(cacheFolder(), 'native', `${name}-${version}-${node}`);
}

/** Where a package looks for what was compiled; others bring it along, for this Node or not. */
const builtIn = (work: string, name: string) =>
	join(work, 'node_modules', name, 'build', 'Release');

/** Puts the machine code of an earlier installation into this one. @returns whether there was one */
export function placeNativeParts(work: string, name: string): boolean {
	const kept = keptParts(work, name);
	if (!existsSync(kept)) return false;
	cpSync(kept, builtIn(work, name), { recursive: true });
	return true;
}

/** Keeps what was compiled for the next installation. */
export function keepNativeParts(work: string, name: string): void {
	const built = builtIn(work, name);
	if (!existsSync(built)) return;
	const kept = keptParts(work, name);
	const unfinished = `${kept}-${process.pid}`;
	mkdirSync(dirname(kept), { recursive: true });
	cpSync(built, unfinished, {
		recursive: true,
		// What a compiler leaves on the way is ten times as large.
		filter: (file) => !/(^|[\\/])(obj\.target|\.deps)([\\/]|$)|\.a$/.test(file.slice(built.length)),
	});
	rmSync(kept, { recursive: true, force: true });
	renameSync(unfinished, kept);
}

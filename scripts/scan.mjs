/**
 * `npm run scan`: what n8n's reviewers run on a published package, before it is published: their
 * scanner over the source and over the packed tarball, which must find no error and, stricter than
 * theirs, no warning. Then what n8n needs to load the package, checked on the unpacked tarball.
 * Needs `npm run build` before.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkTarball, unpackTarball } from './tarball.mjs';
import { scanFolder } from './scanner.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-veeam-pack-'));
try {
	const unpacked = await unpackTarball(ROOT, folder);
	const findings = [
		...(await scanFolder('source', ROOT, 'source')),
		...(await scanFolder('tarball', unpacked, 'tarball')),
		...(await checkTarball(unpacked, ROOT)),
	];
	for (const finding of findings) console.error(finding);
	console.log(
		findings.length === 0
			? 'Source and tarball: no error, no warning; n8n can load what is packed.'
			: `${findings.length} findings.`,
	);
	process.exitCode = findings.length === 0 ? 0 : 1;
} catch (error) {
	console.error(error.message);
	process.exitCode = 1;
} finally {
	rmSync(folder, { recursive: true, force: true });
}

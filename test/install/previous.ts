import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, extract } from 'tar';
import { packPackage } from '../../demo/communityPackage';
import { npm } from '../../demo/npm';
import { PROJECT_FOLDER } from '../../demo/paths';
import type { Release } from './registry';

/** Lower than any that is released. */
const BEFORE = '0.0.9';

/**
 * The version before, packed: built anew from the last tag of a release, or from the commit that
 * VEEAM_PREVIOUS names. Where neither is there (nothing is released yet, or the clone has no tags), it
 * is the present one under a lower number.
 *
 * @param present the present version, packed
 * @param folder takes what is made
 * @returns the release, and what it was made of
 */
export async function previousRelease(
	present: Release,
	folder: string,
): Promise<Release & { source: string }> {
	mkdirSync(folder, { recursive: true });
	const commit = process.env.VEEAM_PREVIOUS ?? lastTag();
	const archive = commit ? await packCommit(commit, folder) : present.archive;
	const work = join(folder, 'unpacked');
	mkdirSync(work);
	await extract({ file: archive, cwd: work });
	const file = join(work, 'package', 'package.json');
	const manifest = JSON.parse(readFileSync(file, 'utf8')) as Release['manifest'];
	const isLower = manifest.version !== present.manifest.version;
	const version = isLower ? manifest.version : BEFORE;
	writeFileSync(file, JSON.stringify({ ...manifest, version }, null, 2));
	const packed = join(folder, `${manifest.name}-${version}.tgz`);
	await create({ file: packed, cwd: work, gzip: true }, ['package']);
	return {
		archive: packed,
		manifest: { ...manifest, version },
		source: commit ?? 'the present one under a lower number',
	};
}

const git = (...parameters: string[]) =>
	spawnSync('git', parameters, { cwd: PROJECT_FOLDER, encoding: 'utf8' });

/** The tag of the release before this commit; undefined where there is none. */
function lastTag(): string | undefined {
	const { status, stdout } = git('describe', '--tags', '--abbrev=0', '--match', 'v*', 'HEAD^');
	return status === 0 ? stdout.trim() : undefined;
}

/** Checks a commit out beside this one, builds it with the packages of this one, and packs it. */
async function packCommit(commit: string, folder: string): Promise<string> {
	const checkout = join(folder, 'checkout');
	const archive = join(folder, 'source.tar');
	const { status, stderr } = git('archive', '--format=tar', `--output=${archive}`, commit);
	if (status !== 0) throw new Error(`git knows no ${commit}: ${stderr}`);
	mkdirSync(checkout);
	await extract({ file: archive, cwd: checkout });
	rmSync(archive);
	symlinkSync(join(PROJECT_FOLDER, 'node_modules'), join(checkout, 'node_modules'));
	const log = join(folder, 'previous.log');
	await npm(['run', 'build'], { cwd: checkout, log });
	const packed = join(folder, 'packed');
	mkdirSync(packed);
	await npm(['pack', '--pack-destination', packed, '--ignore-scripts'], { cwd: checkout, log });
	const manifest = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
		name: string;
		version: string;
	};
	return join(packed, `${manifest.name}-${manifest.version}.tgz`);
}

/** The present version, packed as npm would publish it. */
export async function presentRelease(folder: string): Promise<Release> {
	mkdirSync(folder, { recursive: true });
	const manifest = JSON.parse(
		readFileSync(join(PROJECT_FOLDER, 'package.json'), 'utf8'),
	) as Release['manifest'];
	const archive = await packPackage(folder, join(folder, 'pack.log'));
	const own = join(folder, `present-${manifest.version}.tgz`);
	cpSync(archive, own);
	return { archive: own, manifest };
}

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { buildAnswers, serialiseAnswers } from './answerShapes';
import { build } from './build';
import { answersPath, cataloguePath, readCommitted, ROOT } from './files';
import { load } from './load';
import { CatalogueError } from './openapi';
import { checkOverlay } from './overlay';
import { PRODUCTS } from './products';
import type { Product } from './products';
import { report } from './report';
import { serialise } from './serialise';
import { SKIPPED } from '../skipped';

/** The folder with the vendor's files: `VEEAM_SPECS`, or `../shared/specs` where it is there. */
export const specsFolder = (environment = process.env): string | undefined =>
	folderOf(environment.VEEAM_SPECS, 'specs');

/** The one with files of older versions: `VEEAM_SPECS_OLDER`, or `../shared/specs-older`. */
export const olderSpecsFolder = (environment = process.env): string | undefined =>
	folderOf(environment.VEEAM_SPECS_OLDER, 'specs-older');

function folderOf(named: string | undefined, name: string): string | undefined {
	if (named) return path.resolve(named);
	const beside = path.join(ROOT, '..', 'shared', name);
	return existsSync(beside) ? beside : undefined;
}

/**
 * `npm run catalogue:check`: compiles every product again and compares with what is committed, and
 * holds the overlay against it. A product without a catalogue is compiled for loss alone.
 *
 * @param folder,older with the vendor's files
 * @returns the lines to print
 * @throws CatalogueError if a catalogue differs, or an overlay has entries that are there for nothing
 */
export function check(folder: string | undefined, root?: string, older?: string): string {
	// What needs no file of the vendor's is checked in any case.
	for (const product of PRODUCTS) {
		const committed = readCommitted(cataloguePath(product, root));
		if (committed) checkOverlay(product, committed.catalogue, root);
	}
	if (folder === undefined) {
		return `${SKIPPED} VEEAM_SPECS is not set and ../shared/specs is not there.`;
	}
	const folders = [...new Set([folder, older ?? folder])];
	return PRODUCTS.map((product) => checkProduct(product, folders, root)).join('\n');
}

function checkProduct(product: Product, folders: string[], root?: string): string {
	const committed = readCommitted(cataloguePath(product, root));
	const { sources } = load(product, folders);
	const versions = sources.map(({ version }) => version);
	const missing = (committed?.catalogue.versions ?? []).filter((one) => !versions.includes(one));
	if (sources.length === 0 || missing.length > 0) {
		return `${SKIPPED} ${product.key}: the folder has no file of ${missing.join(', ') || 'it'}`;
	}
	const built = build(product, sources, committed?.catalogue);
	const text = serialise(built.catalogue);
	const lines = report(built, Buffer.byteLength(text));
	if (!committed) return `${lines}\n  no node yet: checked for loss, not written`;
	refuseDifference(product, 'operations.json', text, committed.text);
	const answers = serialiseAnswers(buildAnswers(product, sources, built.catalogue));
	const file = answersPath(product, root);
	const known = existsSync(file) ? readFileSync(file, 'utf8').replace(/\r\n/g, '\n') : '';
	refuseDifference(product, 'answers.json', answers, known);
	const overlay = checkOverlay(product, built.catalogue, root);
	return [lines, '  the committed catalogue is the same', ...overlay].join('\n');
}

function refuseDifference(product: Product, name: string, text: string, committed: string): void {
	if (committed === text) return;
	const [now, then] = [text.split('\n'), committed.split('\n')];
	const at = now.findIndex((line, index) => line !== then[index]);
	throw new CatalogueError(
		`nodes/${product.folder}/api/${name} is not what the files give, from line ${at + 1} on:\n` +
			`  committed  ${then[at] ?? '(end)'}\n  compiled   ${now[at] ?? '(end)'}`,
		`Run: npm run catalogue -- ${product.key} <the folders with the files>, and commit the outcome.`,
	);
}

if (require.main === module) {
	try {
		console.log(check(specsFolder(), undefined, olderSpecsFolder()));
	} catch (error) {
		if (!(error instanceof CatalogueError)) throw error;
		console.error(`${error.message}\n${error.description}`);
		process.exitCode = 1;
	}
}

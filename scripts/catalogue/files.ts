import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { fromFile } from '../../nodes/shared/catalogue/stored';
import type { Catalogue } from '../../nodes/shared/catalogue/types';
import type { Product } from './products';

/** The folder of the package. */
export const ROOT = path.resolve(__dirname, '..', '..');

export function cataloguePath(product: Product, root = ROOT): string {
	return path.join(root, 'nodes', product.folder, 'api', 'operations.json');
}

/** Beside the catalogue: what answers hold (answerShapes.ts). */
export function answersPath(product: Product, root = ROOT): string {
	return path.join(path.dirname(cataloguePath(product, root)), 'answers.json');
}

/** The text of the committed catalogue, with Unix line ends; undefined where there is none. */
export function readCommitted(file: string): { text: string; catalogue: Catalogue } | undefined {
	if (!existsSync(file)) return undefined;
	// Git may check text out with CRLF on Windows.
	const text = readFileSync(file, 'utf8').replace(/\r\n/g, '\n');
	return { text, catalogue: fromFile(JSON.parse(text)) };
}

/** Writes whole or not at all. */
export function writeCatalogue(file: string, text: string): void {
	mkdirSync(path.dirname(file), { recursive: true });
	const draft = `${file}.new`;
	writeFileSync(draft, text);
	renameSync(draft, file);
}

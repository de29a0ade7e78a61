import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersFromFile, type AnswerCatalogue } from '../../nodes/shared/catalogue/answerTypes';
import { fromFile } from '../../nodes/shared/catalogue/stored';
import type { Catalogue } from '../../nodes/shared/catalogue/types';

/** What the package knows of a product: its operations, and what their answers hold. */
export interface CatalogueFiles {
	catalogue: Catalogue;
	answers: AnswerCatalogue;
}

const read = new Map<string, CatalogueFiles>();

/**
 * The catalogue of a product, read once.
 *
 * @param node the folder of its nodes, `VeeamBackupReplication`
 */
export function catalogueFiles(node: string): CatalogueFiles {
	const file = (name: string): unknown =>
		JSON.parse(readFileSync(join(__dirname, '../../nodes', node, 'api', name), 'utf8'));
	const known = read.get(node) ?? {
		catalogue: fromFile(file('operations.json')),
		answers: answersFromFile(file('answers.json')),
	};
	read.set(node, known);
	return known;
}

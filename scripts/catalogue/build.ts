import type { Catalogue } from '../../nodes/shared/catalogue/types';
import { align } from './align';
import { compile } from './compile';
import { withIds } from './ids';
import { within } from './load';
import type { Source } from './load';
import { measure } from './measure';
import type { Measure } from './measure';
import { merge } from './merge';
import { nameAndPrune } from './naming';
import { CatalogueError } from './openapi';
import { inOrder } from './order';
import type { Product } from './products';

export interface Built {
	catalogue: Catalogue;
	/** With notes of what a file says and the catalogue leaves out. */
	measures: Array<{ file: string; version: string; notes: string[]; measure: Measure }>;
}

/**
 * One catalogue from the files of all versions of a product.
 *
 * @param sources oldest version first
 * @param committed the catalogue as it is, whose operation ids are kept
 * @throws CatalogueError for what it does not understand, and if anything of a file was lost
 */
export function build(product: Product, sources: Source[], committed?: Catalogue): Built {
	const notes = sources.map((): string[] => []);
	const parts = sources.map(({ file, document, version }, index) =>
		within(file, () => compile(document, product, version, notes[index])),
	);
	for (let older = parts.length - 2; older >= 0; older -= 1) {
		for (const newer of parts.slice(older + 1)) align(parts[older]!, newer);
	}
	const catalogue = inOrder(withIds(nameAndPrune(merge(parts)), committed, product));
	const measures = sources.map(({ file, raw, version }, index) => ({
		file,
		version,
		notes: notes[index]!,
		measure: measure(raw, product, catalogue, version),
	}));
	for (const { file, measure: one } of measures) refuseLoss(file, one);
	return { catalogue, measures };
}

const SHOWN = 10;

function refuseLoss(file: string, { lost }: Measure): void {
	if (lost.length === 0) return;
	const more = lost.length > SHOWN ? [`… and ${lost.length - SHOWN} more.`] : [];
	throw new CatalogueError(
		[`${file}: ${lost.length} facts would be lost.`, ...lost.slice(0, SHOWN), ...more].join('\n  '),
		'This is a mistake in scripts/catalogue: the file was understood and yet not kept whole.',
	);
}

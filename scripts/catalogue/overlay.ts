import { PRODUCTS } from '../../nodes/products';
import type { Catalogue } from '../../nodes/shared/catalogue/types';
import { ROOT } from './files';
import { CatalogueError } from './openapi';
import { overlayFaults } from './overlayFaults';
import type { Product } from './products';

/**
 * Holds a product's overlay against a catalogue.
 *
 * @returns the line to print: that all is well, or what the overlay lacks for new operations; none where
 *   the product has no overlay
 * @throws CatalogueError naming the entries that are there for nothing
 */
export function checkOverlay(
	{ key, folder }: Product,
	catalogue: Catalogue,
	root = ROOT,
): string[] {
	const registered = PRODUCTS.find((one) => one.key === key);
	if (!registered || root !== ROOT) return [];
	let faults: string[];
	try {
		faults = overlayFaults(catalogue, registered.product.overlay, registered.product.ownOperations);
	} catch (error) {
		return [`  the overlay does not fit yet: ${(error as Error).message}`];
	}
	if (faults.length === 0) return ['  every entry of the overlay is needed'];
	throw new CatalogueError(
		`nodes/${folder}/overlay has entries that are there for nothing:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
		'Delete them.',
	);
}

import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { SpecificationRules } from './specificationRules';

/** A product as the compiler sees it. */
export interface Product extends SpecificationRules {
	/** Under nodes/. */
	folder: string;
}

const NODES = join(__dirname, '..', '..', 'nodes');

/**
 * Every product that brings the rules for its files, `nodes/<folder>/api/specification.ts`. Not taken
 * from the registry, which loads the catalogues: a new product is compiled before it has one.
 */
export const PRODUCTS: Product[] = globSync('*/api/specification.ts', { cwd: NODES })
	.sort()
	.map((file) => {
		const { specification } = module.require(join(NODES, file)) as {
			specification: SpecificationRules;
		};
		return { ...specification, folder: dirname(dirname(file)) };
	});

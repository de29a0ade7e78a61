import { createLabels } from '../shared/execution/labels';
import type { Product } from '../shared/execution/product';
import { adapter } from './adapter';
import { names } from './names';
import { ownOperations } from './ownOperations';

/** All that the executor has to know of Veeam Backup for Microsoft 365. */
export const product: Product = {
	adapter,
	ownOperations,
	labels: createLabels(adapter.catalogue, names),
	// Known from the product's documentation of v4; v6 and later have it too.
	verifiedInOlder: ['getOrganizationRepositories'],
};

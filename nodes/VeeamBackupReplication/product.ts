import { createLabels } from '../shared/execution/labels';
import type { Product } from '../shared/execution/product';
import { adapter } from './adapter';
import { names } from './names';
import { ownOperations } from './ownOperations';

/** All that the executor has to know of Veeam Backup & Replication. */
export const product: Product = {
	adapter,
	ownOperations,
	// The outcome of a session stands one level down: people read it first.
	flatten: { result: { result: 'result', message: 'message', isCanceled: 'isCanceled' } },
	labels: createLabels(adapter.catalogue, names),
};

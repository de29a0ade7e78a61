import { createLabels } from '../shared/execution/labels';
import type { Product } from '../shared/execution/product';
import { adapter } from './adapter';
import { names } from './names';
import { ownOperations } from './ownOperations';

/** All that the executor has to know of Veeam Service Provider Console. */
export const product: Product = {
	adapter,
	ownOperations,
	// The state of an alarm stands one level down: people read it first.
	flatten: { lastActivation: { time: 'time', status: 'status', message: 'message' } },
	labels: createLabels(adapter.catalogue, names),
};

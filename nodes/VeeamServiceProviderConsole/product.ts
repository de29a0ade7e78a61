import { COMBINE_REPORTS, executeCombineReports } from '../shared/report/combineOperation';
import { createLabels } from '../shared/runtime/labels';
import type { Product } from '../shared/runtime/product';
import { adapter } from './api/adapter';
import { overlay } from './overlay';
import { ownOperations } from './operations';

/** All that the executor has to know of Veeam Service Provider Console. */
export const product: Product = {
	adapter,
	ownOperations,
	combiningOperations: { [COMBINE_REPORTS]: executeCombineReports },
	// The state of an alarm stands one level down: people read it first.
	flatten: {
		lastActivation: { names: { time: 'time', status: 'status', message: 'message' } },
	},
	labels: createLabels(adapter.catalogue, overlay),
	overlay,
};

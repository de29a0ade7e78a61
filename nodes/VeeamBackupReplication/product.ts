import { COMBINE_REPORTS, executeCombineReports } from '../shared/report/combineOperation';
import { createLabels } from '../shared/runtime/labels';
import type { Product } from '../shared/runtime/product';
import { adapter } from './api/adapter';
import { overlay } from './overlay';
import { ownOperations } from './operations';

/** All that the executor has to know of Veeam Backup & Replication. */
export const product: Product = {
	adapter,
	ownOperations,
	combiningOperations: { [COMBINE_REPORTS]: executeCombineReports },
	// The outcome of a session stands one level down: people read it first.
	flatten: {
		result: {
			names: { result: 'result', message: 'message', isCanceled: 'isCanceled' },
			always: true,
		},
	},
	waitsLater: ({ sessionType }) =>
		typeof sessionType === 'string' ? 'Session > Wait for Completion' : undefined,
	labels: createLabels(adapter.catalogue, overlay),
	overlay,
};

import { createLabels } from '../shared/runtime/labels';
import type { Product } from '../shared/runtime/product';
import { adapter } from './api/adapter';
import { ownOperations } from './operations';
import { sessionReasons } from './operations/failureReasons';
import { overlay } from './overlay';

/** All that the executor has to know of Veeam Backup & Replication. */
export const product: Product = {
	adapter,
	ownOperations,
	// The outcome of a session stands one level down: people read it first.
	flatten: {
		result: {
			names: { result: 'result', message: 'message', isCanceled: 'isCanceled' },
			always: true,
		},
	},
	waitsLater: ({ sessionType }) =>
		typeof sessionType === 'string' ? 'Session > Wait for Completion' : undefined,
	sessionReasons,
	labels: createLabels(adapter.catalogue, overlay),
	overlay,
};

import { createLabels } from '../shared/runtime/labels';
import type { Product } from '../shared/runtime/product';
import { adapter } from './api/adapter';
import { linkedId } from './model/values';
import { ownOperations } from './operations';
import { sessionReasons } from './operations/failureReasons';
import { overlay } from './overlay';

/** All that the executor has to know of Veeam Backup for Microsoft 365. */
export const product: Product = {
	adapter,
	ownOperations,
	// Older versions say what a record belongs to by links alone.
	linkedId: (record, list) => linkedId(record, list.slice(1)),
	sessionReasons,
	labels: createLabels(adapter.catalogue, overlay),
	overlay,
	waitsLater: ({ jobId, status }) =>
		typeof jobId === 'string' && typeof status === 'string'
			? 'Job Session > Wait for Completion'
			: undefined,
	// Known from the product's documentation of v4; v6 and later have it too.
	verifiedInOlder: ['getOrganizationRepositories'],
};

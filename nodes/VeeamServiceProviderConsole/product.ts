import { createLabels } from '../shared/runtime/labels';
import type { Product } from '../shared/runtime/product';
import { adapter } from './api/adapter';
import { ID_FIELD } from './api/identity';
import { ownOperations } from './operations';
import { overlay } from './overlay';

/** All that the executor has to know of Veeam Service Provider Console. */
export const product: Product = {
	adapter,
	ownOperations,
	idField: ID_FIELD,
	// The state of an alarm stands one level down: people read it first.
	flatten: {
		lastActivation: { names: { time: 'time', status: 'status', message: 'message' } },
		// And where it was triggered.
		object: {
			names: {
				type: 'objectType',
				objectName: 'objectName',
				computerName: 'computerName',
				organizationUid: 'organizationUid',
				locationUid: 'locationUid',
				managementAgentUid: 'managementAgentUid',
				objectUid: 'objectUid',
			},
		},
	},
	labels: createLabels(adapter.catalogue, overlay),
	overlay,
};

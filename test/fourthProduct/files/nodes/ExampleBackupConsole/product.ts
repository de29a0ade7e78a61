import { createLabels } from '../shared/runtime/labels';
import type { Product } from '../shared/runtime/product';
import { adapter } from './api/adapter';
import { ownOperations } from './operations';
import { overlay } from './overlay';

export const product: Product = {
	adapter,
	ownOperations,
	labels: createLabels(adapter.catalogue, overlay),
	overlay,
};

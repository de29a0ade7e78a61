import type { ProductOverlay } from '../../shared/form/overlay';
import { readOverlay } from '../../shared/form/readOverlay';
import { apiRequestResource } from '../../shared/runtime/apiRequest';
import everyday from './everyday.json';
import resources from './resources.json';

export const overlay: ProductOverlay = readOverlay(
	{ resources, everyday },
	{
		pathPrefix: '/api',
		defaultResource: 'job',
		sharedResources: { apiRequest: apiRequestResource },
		search: { filters: ['name'] },
	},
);

import { apiRequestResource } from '../../shared/form/apiRequest';
import type { ProductOverlay } from '../../shared/form/overlay';
import { reportResource } from '../../shared/report/options';
import { descriptions } from './descriptions';
import { everyday } from './everyday';
import { hints, labels, serverOwned, spellings, values } from './fields';
import { operations } from './operations';
import { own } from '../operations/forms';
import { pickers } from './pickers';
import { resources } from './resources';

/** How Veeam Service Provider Console calls things. */
export const names: ProductOverlay = {
	pathPrefix: '',
	omitted: [],
	defaultResource: 'company',
	everyday,
	resources: { ...resources, apiRequest: apiRequestResource, report: reportResource },
	operations,
	descriptions,
	spellings,
	labels,
	values,
	hints,
	pickers,
	serverOwned,
	search: {
		filters: [],
		wildcard: '',
		orderColumn: '',
		orderAscending: '',
		timeColumn: '',
		nameColumn: '',
		timeField: 'creationTime',
	},
	own,
};

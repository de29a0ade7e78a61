import { apiRequestResource } from '../../shared/form/apiRequest';
import type { ProductOverlay } from '../../shared/form/overlay';
import { reportResource } from '../../shared/report/options';
import { descriptions } from './descriptions';
import { everyday } from './everyday';
import { hints, labels, spellings, values } from './fields';
import { operations } from './operations';
import { own } from '../operations/forms';
import { pickers } from './pickers';
import { resources } from './resources';

/** How Veeam Backup & Replication calls things. */
export const names: ProductOverlay = {
	pathPrefix: '/api/v1',
	omitted: [],
	defaultResource: 'job',
	everyday,
	resources: { ...resources, apiRequest: apiRequestResource, report: reportResource },
	operations,
	descriptions,
	spellings,
	labels,
	values,
	hints,
	pickers,
	search: {
		filters: [
			'nameFilter',
			'vmNameFilter',
			'backupObjectNameFilter',
			'machineNameFilter',
			'serverNameFilter',
		],
		wildcard: '*',
		orderColumn: 'orderColumn',
		orderAscending: 'orderAsc',
		timeColumn: 'CreationTime',
		nameColumn: 'Name',
		timeField: 'creationTime',
	},
	own,
};

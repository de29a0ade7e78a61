import { apiRequestResource } from '../shared/description/apiRequest';
import type { ProductNames } from '../shared/description/names';
import { reportResource } from '../shared/report/options';
import { descriptions } from './names.descriptions';
import { hints, labels, spellings, values } from './names.fields';
import { operations } from './names.operations';
import { own } from './names.own';
import { pickers } from './names.pickers';
import { resources } from './names.resources';

/** How Veeam Backup & Replication calls things. */
export const names: ProductNames = {
	pathPrefix: '/api/v1',
	omitted: [],
	defaultResource: 'job',
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

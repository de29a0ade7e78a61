import { apiRequestResource } from '../shared/description/apiRequest';
import type { ProductNames } from '../shared/description/names';
import { descriptions } from './names.descriptions';
import { hints, labels, spellings, values } from './names.fields';
import { operations } from './names.operations';
import { own } from './names.own';
import { pickers } from './names.pickers';
import { resources } from './names.resources';
import { restores } from './names.restores';

/** How Veeam Backup for Microsoft 365 calls things. */
export const names: ProductNames = {
	pathPrefix: '',
	omitted: [],
	defaultResource: 'backupJob',
	resources: { ...resources, apiRequest: apiRequestResource },
	operations: { ...restores, ...operations },
	descriptions,
	spellings,
	labels,
	values,
	hints,
	pickers,
	search: {
		filters: ['displayName', 'name', 'Name'],
		wildcard: '*',
		orderColumn: 'orderBy',
		orderAscending: 'orderAsc',
		timeColumn: 'CreationTime',
		nameColumn: 'Name',
		timeField: 'creationTime',
	},
	own,
};

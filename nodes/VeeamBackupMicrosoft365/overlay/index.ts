import { apiRequestResource } from '../../shared/form/apiRequest';
import type { ProductOverlay } from '../../shared/form/overlay';
import { descriptions } from './descriptions';
import { everyday } from './everyday';
import { hints, labels, spellings, values } from './fields';
import { operations } from './operations';
import { own } from '../operations/forms';
import { pickers } from './pickers';
import { resources } from './resources';
import { restores } from './restores';

/** How Veeam Backup for Microsoft 365 calls things. */
export const names: ProductOverlay = {
	pathPrefix: '',
	omitted: [],
	defaultResource: 'backupJob',
	everyday,
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

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
const named = (path: string) => ({ path, idField: 'instanceUid', nameField: 'name' });

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
		// Jobs of two servers can have their names, and even their ids, in common.
		owners: [
			{ field: 'backupServerUid', list: named('/infrastructure/backupServers') },
			{ field: 'vb365ServerName' },
			{ field: 'mappedOrganizationUid', list: named('/organizations/companies') },
			{ field: 'organizationUid', list: named('/organizations/companies') },
			{ field: 'vspcOrganizationName' },
		],
	},
	own,
};

import { apiRequestResource } from '../../shared/runtime/apiRequest';
import type { ProductOverlay } from '../../shared/form/overlay';
import { readOverlay } from '../../shared/form/readOverlay';
import { reportResource } from '../../shared/report/options';
import everyday from './everyday.json';
import fields from './fields.json';
import operations from './operations.json';
import pickers from './pickers.json';
import resources from './resources.json';

/** How Veeam Backup & Replication calls things. */
export const overlay: ProductOverlay = readOverlay(
	{ operations, resources, fields, pickers, everyday },
	{
		pathPrefix: '/api/v1',
		// A session is called as its job is.
		calledAs: [{ id: 'jobId', inRecordsWith: 'sessionType' }],
		defaultResource: 'job',
		sharedResources: { apiRequest: apiRequestResource, report: reportResource },
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
	},
);

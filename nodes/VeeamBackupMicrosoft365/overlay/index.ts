import { apiRequestResource } from '../../shared/runtime/apiRequest';
import type { ProductOverlay } from '../../shared/form/overlay';
import { readOverlay } from '../../shared/form/readOverlay';
import everyday from './everyday.json';
import fields from './fields.json';
import operations from './operations.json';
import pickers from './pickers.json';
import resources from './resources.json';

const named = (path: string) => ({ path, idField: 'id', nameField: 'name' });

/** How Veeam Backup for Microsoft 365 calls things. */
export const overlay: ProductOverlay = readOverlay(
	{ operations, resources, fields, pickers, everyday },
	{
		pathPrefix: '',
		defaultResource: 'backupJob',
		sharedResources: { apiRequest: apiRequestResource },
		search: {
			filters: ['displayName', 'name', 'Name'],
			wildcard: '*',
			orderColumn: 'orderBy',
			orderAscending: 'orderAsc',
			timeColumn: 'CreationTime',
			nameColumn: 'Name',
			timeField: 'creationTime',
			owners: [
				{ field: 'jobId', list: named('/Jobs') },
				{ field: 'jobId', list: named('/CopyJobs') },
				{ field: 'organizationId', list: named('/Organizations') },
				{ field: 'repositoryId', list: named('/BackupRepositories') },
			],
		},
	},
);

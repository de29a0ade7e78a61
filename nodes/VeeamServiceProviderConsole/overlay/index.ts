import { apiRequestResource } from '../../shared/runtime/apiRequest';
import type { ProductOverlay } from '../../shared/form/overlay';
import { readOverlay } from '../../shared/form/readOverlay';
import { reportResource } from '../../shared/report/options';
import { ID_FIELD } from '../api/identity';
import everyday from './everyday.json';
import fields from './fields.json';
import operations from './operations.json';
import pickers from './pickers.json';
import resources from './resources.json';

const named = (path: string) => ({ path, idField: ID_FIELD, nameField: 'name' });

/** How Veeam Service Provider Console calls things. */
export const overlay: ProductOverlay = readOverlay(
	{ operations, resources, fields, pickers, everyday },
	{
		pathPrefix: '',
		defaultResource: 'company',
		sharedResources: { apiRequest: apiRequestResource, report: reportResource },
		search: {
			idField: ID_FIELD,
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
		scopes: [
			{
				parameter: 'filterCompany',
				label: 'Company',
				list: 'organizations/companies',
				idField: ID_FIELD,
				// A job of a shared server belongs to the company that it is mapped to.
				field: /^(company|organization|mappedOrganization|vspcOrganization|assignedCompany)Uid$/,
			},
			{
				parameter: 'filterLocation',
				label: 'Location',
				list: 'organizations/locations',
				idField: ID_FIELD,
				field: /^locationUid$/,
			},
			{
				parameter: 'filterBackupServer',
				label: 'Backup Server',
				list: 'infrastructure/backupServers',
				idField: ID_FIELD,
				field: /^(backupServer|vbrServer)Uid$/,
			},
		],
	},
);

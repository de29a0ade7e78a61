import type { PickerNames } from '../shared/description/names';

/**
 * Lists to choose from beyond the rule "`…/X/{p}` is one of `GET …/X`": ids whose own list stands
 * elsewhere, and fields that hold the id of something.
 */
export const pickers: PickerNames[] = [
	// Path parameters
	{ parameters: ['alarmUid'], list: 'alarms/templates', idField: 'instanceUid' },
	{ parameters: ['computerUid'], under: 'infrastructure/computers', list: 'discovery/computers' },
	{ parameters: ['backupServerUid'], list: 'infrastructure/backupServers' },
	{ parameters: ['managementAgentUid'], list: 'infrastructure/managementAgents' },
	{ parameters: ['siteUid'], list: 'infrastructure/sites', idField: 'siteUid' },
	{ parameters: ['tenantUid'], under: 'infrastructure', list: 'infrastructure/sites/tenants' },
	{
		parameters: ['applianceUid'],
		under: 'infrastructure/sites',
		list: 'infrastructure/sites/publicCloud/appliances',
	},
	{
		parameters: ['proxyUid'],
		list: 'infrastructure/backupServers/{backupServerUid}/proxies',
	},
	{ parameters: ['vb365ServerUid'], list: 'infrastructure/vb365Servers' },
	{ parameters: ['vOneServerUid'], list: 'infrastructure/voneServers' },
	{
		parameters: ['vb365OrganizationUid'],
		list: 'infrastructure/vb365Servers/{vb365ServerUid}/organizations',
	},
	{
		parameters: ['vb365JobUid'],
		list: 'infrastructure/vb365Servers/organizations/jobs',
		idField: 'instanceUid',
	},
	{
		parameters: ['vb365BackupJobUid'],
		list: 'infrastructure/vb365Servers/organizations/jobs/backup',
		idField: 'instanceUid',
	},
	{
		parameters: ['vb365CopyJobUid'],
		list: 'infrastructure/vb365Servers/organizations/jobs/copy',
		idField: 'instanceUid',
	},
	{
		parameters: ['identityProviderName'],
		list: 'organizations/{organizationUid}/identityProviders',
		idField: 'name',
	},
	{ parameters: ['companyUid'], list: 'organizations/companies' },
	{ parameters: ['resellerUid'], list: 'organizations/resellers' },
	{ parameters: ['organizationUid', 'mappedOrganizationUid'], list: 'organizations' },
	{ parameters: ['locationUid'], list: 'organizations/locations' },
	{ parameters: ['userUid'], list: 'users' },
	{ parameters: ['subscriptionPlanUid'], list: 'subscriptionPlans' },
	{ parameters: ['hardwarePlanUid'], list: 'infrastructure/sites/hardwarePlans' },
];

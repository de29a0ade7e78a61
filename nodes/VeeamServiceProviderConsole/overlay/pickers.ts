import type { PickerNames } from '../../shared/form/overlay';

const jobs = 'infrastructure/backupServers/jobs';
const vb365Jobs = 'infrastructure/vb365Servers/organizations/jobs';
const hosted = 'hostedResources';
/** No path of a list. */
const NONE = '';

/**
 * Lists to choose from beyond the rule "`…/X/{p}` is one of `GET …/X`": ids whose list stands
 * elsewhere, lists whose entries have no name (a job of one kind has it in the list of all jobs), and
 * fields that hold the id of something.
 */
export const pickers: PickerNames[] = [
	// Path parameters
	{ parameters: ['jobUid'], under: jobs, list: jobs, idField: 'instanceUid' },
	{ parameters: ['ruleUid'], under: 'discovery', list: 'discovery/rules' },
	{ parameters: ['backupAgentUid'], under: 'infrastructure', list: 'infrastructure/backupAgents' },
	{
		parameters: ['backupAgentJobUid'],
		list: 'infrastructure/backupAgents/jobs',
		idField: 'instanceUid',
	},
	{ parameters: ['computerUid'], under: 'infrastructure', list: 'discovery/computers' },
	{ parameters: ['hardwarePlanUid'], list: 'infrastructure/sites/hardwarePlans' },
	{
		parameters: ['applianceUid'],
		under: 'infrastructure/sites/{siteUid}/publicCloud',
		list: 'infrastructure/sites/{siteUid}/publicCloud/appliances',
	},
	{
		parameters: ['sqlAccountId'],
		list: 'infrastructure/sites/publicCloud/sqlAccounts',
		idField: 'accountId',
	},
	{ parameters: ['vb365JobUid'], list: vb365Jobs, idField: 'instanceUid' },
	{ parameters: ['vb365BackupJobUid'], list: `${vb365Jobs}/backup`, idField: 'instanceUid' },
	{ parameters: ['vb365CopyJobUid'], list: `${vb365Jobs}/copy`, idField: 'instanceUid' },
	{
		parameters: ['identityProviderName'],
		under: 'organizations',
		list: 'organizations/{organizationUid}/identityProviders',
		idField: 'name',
	},
	{ parameters: ['invoiceUid'], list: 'organizations/companies/billing/invoices/' },
	{ parameters: ['pluginId'], list: 'plugins/' },
	{
		parameters: ['siteUid'],
		under: 'organizations',
		list: 'infrastructure/sites',
		idField: 'siteUid',
	},
	// Lists whose entries have but ids: no list to choose from
	{
		parameters: ['taskUid', 'vb365BackupResourceUid', 'hostedVbrBackupResourceUid'],
		under: '',
		list: NONE,
	},
	...['replicationResources', 'vcdReplicationResources', 'wanAcceleratorResources'].map(
		(things): PickerNames => ({
			parameters: ['resourceUid'],
			under: `organizations/resellers/{resellerUid}/sites/{siteUid}/${things}`,
			list: NONE,
		}),
	),
	// Path parameters and fields
	{ parameters: ['companyUid'], list: 'organizations/companies' },
	{ parameters: ['resellerUid'], under: 'organizations', list: 'organizations/resellers' },
	{ parameters: ['organizationUid'], list: 'organizations' },
	{ parameters: ['locationUid'], list: 'organizations/locations' },
	{ parameters: ['subscriptionPlanUid'], list: 'subscriptionPlans' },
	// Lists whose entries are known by another field
	{ list: 'alarms/active', labelField: 'object.objectName' },
	{ list: 'asyncActions', labelField: 'actionName' },
	{ list: 'discovery/computers', labelField: 'info.hostName' },
	{ list: 'infrastructure/sites', labelField: 'siteName' },
	{ list: 'infrastructure/sites/tenants', labelField: 'credentials.userName' },
	{
		list: 'infrastructure/sites/tenants/{tenantUid}/backupResources',
		labelField: 'cloudRepositoryName',
	},
	{ list: 'infrastructure/managementAgents', labelField: 'friendlyName' },
	{
		list: 'infrastructure/vb365Servers/organizations/companyMappings',
		labelField: 'vb365OrganizationName',
	},
	...['vbr', 'vb365'].flatMap((product): PickerNames[] => [
		{
			list: `organizations/companies/{companyUid}/${hosted}/${product}`,
			labelField: 'friendlyName',
		},
		{
			list: `organizations/resellers/{resellerUid}/${hosted}/${product}`,
			labelField: 'friendlyName',
		},
	]),
	{
		list: 'organizations/companies/{companyUid}/sites/{siteUid}/backupResources',
		labelField: 'cloudRepositoryName',
	},
	{
		list: 'organizations/resellers/{resellerUid}/sites/{siteUid}/backupResources',
		labelField: 'resourceFriendlyName',
	},
	{
		list: `organizations/companies/{companyUid}/${hosted}/vbr/{vbrHostedResourceUid}/mappedVcdOrganizations`,
		labelField: 'vcdOrganizationName',
	},
	{
		list: `organizations/companies/{companyUid}/${hosted}/vbr/{vbrHostedResourceUid}/tagResources`,
		labelField: 'tagName',
	},
	{ list: 'protectedWorkloads/objectStorages', labelField: 'objectStorageName' },
];

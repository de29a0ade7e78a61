import type { OperationName } from '../../shared/form/overlay';

/**
 * Operation names where the rules read badly, by `METHOD path`: verbs that the path does not hold,
 * and nouns that only the console's own term explains. Where the name alone makes no good entry of
 * the node panel's action list, name and action.
 */
export const operations: Record<string, OperationName> = {
	// Alarms, async actions, sign-in
	'DELETE asyncActions/{actionId}': 'Cancel',
	'GET alarms/active/{activeAlarmUid}/history': 'Get Many Status Changes',
	'GET asyncActions/config': 'Get Settings',
	'PUT asyncActions/{actionId}/requestData': 'Attach Request Data',
	'GET authentication/keys/rsa': ['Get RSA Key', 'Get an RSA key'],
	'GET authentication/keys/rsa-pkcs12': [
		'Generate PKCS #12 Key Pair',
		'Generate a PKCS #12 key pair',
	],
	'GET authentication/keys/totp-secret': ['Get MFA Secret', 'Get an MFA secret'],
	'POST authentication/asymmetricalgorithm': ['Create Challenge', 'Create a sign-in challenge'],
	'PATCH authentication/asymmetricalgorithm': ['Answer Challenge', 'Answer a sign-in challenge'],
	'POST authentication/keys/rsa-pkcs12/decrypt': [
		'Decrypt PKCS #12 Container',
		'Decrypt a PKCS #12 container',
	],
	'POST authentication/refresh': ['Refresh Tokens', 'Refresh tokens'],
	'POST authentication/usernamepassword': [
		'Log In With Password',
		'Log in with user name and password',
	],
	// Console
	'GET about': ['Get Version', 'Get the version of the console'],
	'GET configuration/certificates': ['Get Many Certificates', 'Get many certificates'],
	'GET configuration/certificates/console': ['Get Certificate', 'Get the console certificate'],
	'PUT configuration/certificates/console': [
		'Install Certificate',
		'Install the console certificate',
	],
	'GET licensing/console': ['Get License', 'Get the console license'],
	'PUT licensing/console': ['Install License', 'Install the console license'],
	'GET licensing/console/settings': [
		'Get License Settings',
		'Get the settings of the console license',
	],
	'POST licensing/console/update': ['Renew License', 'Renew the console license'],
	'GET discovery/timeZones': ['Get Many Time Zones', 'Get many time zones'],
	'GET misc/countries': ['Get Many Countries', 'Get many countries'],
	'GET misc/currencies': ['Get Many Currencies', 'Get many currencies'],
	'GET misc/usaStates': ['Get Many US States', 'Get many US states'],
	'GET proxy/sessions': ['Get Many Proxy Sessions', 'Get many proxy sessions'],
	// Agents and policies
	'GET configuration/backupPoliciesToAssign': [
		'Get Many to Assign',
		'Get many backup policies to assign',
	],
	'GET infrastructure/managementAgents/packages/linux': [
		'Download Linux Package',
		'Download the management agent package for Linux',
	],
	'GET infrastructure/managementAgents/packages/mac': [
		'Download Mac Package',
		'Download the management agent package for Mac',
	],
	'GET infrastructure/managementAgents/packages/windows': [
		'Download Windows Package',
		'Download the management agent package for Windows',
	],
	'GET infrastructure/managementAgents/{managementAgentUid}/hosted/linux': [
		'Get Linux Deployment Settings',
		'Get the settings for deployment on hosted Linux computers',
	],
	...policies('linux', 'Linux'),
	...policies('mac', 'Mac'),
	...policies('windows', 'Windows'),
	'GET infrastructure/unverifiedAgents': [
		'Get Many Unverified',
		'Get many unverified management agents',
	],
	'GET infrastructure/unverifiedAgents/{unverifiedAgentUid}': [
		'Get Unverified',
		'Get an unverified management agent',
	],
	'POST infrastructure/unverifiedAgents/{unverifiedAgentUid}/accept': [
		'Accept Unverified',
		'Accept an unverified management agent',
	],
	'POST infrastructure/backupAgents/linux/{backupAgentUid}/assignedPolicies': [
		'Assign Policy',
		'Assign a policy to a Linux backup agent',
	],
	'POST infrastructure/backupAgents/mac/{backupAgentUid}/assignedPolicies': [
		'Assign Policy',
		'Assign a policy to a Mac backup agent',
	],
	'POST infrastructure/backupAgents/windows/{backupAgentUid}/assignedPolicies': [
		'Assign Policy',
		'Assign a policy to a Windows backup agent',
	],
	'POST infrastructure/backupAgents/linux/{backupAgentUid}/jobs/configuration': 'Create',
	'POST infrastructure/backupAgents/mac/{backupAgentUid}/jobs/configuration': 'Create',
	'POST infrastructure/backupAgents/windows/{backupAgentUid}/jobs/configuration': 'Create',
	'POST infrastructure/backupAgents/linux/{backupAgentUid}/update': 'Upgrade',
	'POST infrastructure/backupAgents/mac/{backupAgentUid}/update': 'Upgrade',
	'POST infrastructure/backupAgents/windows/{backupAgentUid}/update': 'Upgrade',
	'POST infrastructure/backupAgents/{backupAgentUid}/collect': [
		'Collect Data',
		'Collect the data of a backup agent',
	],
	'PUT infrastructure/backupAgents/windows/{backupAgentUid}/settings': 'Replace Settings',
	'PATCH infrastructure/backupAgents/windows/{backupAgentUid}/settings': 'Update Settings',
	'POST infrastructure/managementAgents/{managementAgentUid}/adTree/discover': [
		'Get Active Directory Tree',
		'Get the Active Directory tree of a management agent',
	],
	'PUT infrastructure/managementAgents/{managementAgentUid}/credentials': 'Set Credentials',
	// Backup servers
	'POST infrastructure/backupServers/{backupServerUid}/collect': [
		'Collect Data',
		'Collect the data of a backup server',
	],
	'POST infrastructure/backupServers/{backupServerUid}/upgrade/iso/predownload': [
		'Download Upgrade File',
		'Download the upgrade file of a backup server',
	],
	'POST infrastructure/backupServers/{backupServerUid}/credentials/linux': [
		'Create Linux Credential',
		'Create a Linux credential',
	],
	'POST infrastructure/backupServers/{backupServerUid}/credentials/standard': [
		'Create Standard Credential',
		'Create a standard credential',
	],
	...backupServerAppliances(),
	'POST infrastructure/backupServers/{backupServerUid}/servers/virtualCenter/{virtualCenterUid}/objects/expand':
		['Get Many VMs in Containers', 'Get many VMs in vSphere containers'],
	'GET infrastructure/backupServers/{backupServerUid}/servers/virtualCenter/{virtualCenterUid}/tags':
		['Get Many vCenter Tags', 'Get many vCenter tags'],
	'GET infrastructure/backupServers/{backupServerUid}/servers/virtualCenter/{virtualCenterUid}/tags/{tagUrn}/virtualMachines':
		['Get Many VMs with Tag', 'Get many VMs with a vCenter tag'],
	'POST infrastructure/backupServers/{backupServerUid}/vcdServers/{vcdServerUid}/objects/expand': [
		'Get Many VMs in Containers',
		'Get many VMs in Cloud Director containers',
	],
	// The names by rule are longer than the form is wide.
	'GET infrastructure/backupServers/{backupServerUid}/vcdServers/vcdOrganizations': [
		'Get Many Organizations for Backup Server',
		'Get many Cloud Director organizations for a backup server',
	],
	'GET infrastructure/backupServers/{backupServerUid}/vcdServers/{vcdServerUid}/vcdOrganizations': [
		'Get Many Organizations for Cloud Director Server',
		'Get many organizations of a Cloud Director server',
	],
	'GET infrastructure/sites/{siteUid}/vcdServers/{vcdServerUid}/vcdOrganizations': [
		'Get Many Organizations for Cloud Director Server',
		'Get many organizations of a Cloud Director server of a site',
	],
	'GET infrastructure/backupServers/{backupServerUid}/vcdServers/vcdOrganizations/{vcdOrganizationUid}/vDCs':
		[
			'Get Many VDCs for Cloud Director Organization',
			'Get many VDCs of a Cloud Director organization',
		],
	'GET infrastructure/sites/{siteUid}/vcdServers/vcdOrganizations/{vcdOrganizationUid}/vDCs': [
		'Get Many VDCs for Cloud Director Organization',
		'Get many VDCs of a Cloud Director organization of a site',
	],
	'GET organizations/companies/{companyUid}/hostedResources/vbr/{vbrHostedResourceUid}/mappedVcdOrganizations':
		[
			'Get Many Mapped Organizations for Hosted Resource',
			'Get many Cloud Director organizations mapped to a hosted resource',
		],
	'GET infrastructure/backupServers/{backupServerUid}/vcdServers/vcdOrganizations/vDCs/{vdcUid}': [
		'Get Organization VDC',
		'Get an organization VDC',
	],
	'GET infrastructure/sites/{siteUid}/vcdServers/vcdOrganizations/vDCs/{vdcUid}': [
		'Get Organization VDC',
		'Get an organization VDC of a site',
	],
	// Jobs
	'POST infrastructure/backupServers/jobs/{jobUid}/assign': [
		'Assign to Company',
		'Assign a job to a company',
	],
	'DELETE infrastructure/backupServers/jobs/{jobUid}/assign': [
		'Unassign From Company',
		'Unassign a job from its company',
	],
	'POST infrastructure/backupServers/{backupServerUid}/jobs/backupVmJobs/vSphere': [
		'Create for vSphere',
		'Create a VM backup job for vSphere',
	],
	'POST infrastructure/backupServers/{backupServerUid}/jobs/backupVmJobs/vcd': [
		'Create for Cloud Director',
		'Create a VM backup job for Cloud Director',
	],
	'GET infrastructure/backupServers/jobs/backupVmJobs/vSphere/{jobUid}/configuration':
		'Get vSphere Configuration',
	'PATCH infrastructure/backupServers/jobs/backupVmJobs/vSphere/{jobUid}/configuration':
		'Update vSphere Configuration',
	'GET infrastructure/backupServers/jobs/backupVmJobs/vcd/{jobUid}/configuration':
		'Get Cloud Director Configuration',
	'PATCH infrastructure/backupServers/jobs/backupVmJobs/vcd/{jobUid}/configuration':
		'Update Cloud Director Configuration',
	'GET infrastructure/jobSessionHeatmap/': [
		'Get Session Heatmap',
		'Get the heatmap of job sessions',
	],
	// Deployment and discovery
	'GET deployment/deploy/backupServers/configuration/xml': [
		'Download Backup Server Configuration',
		'Download an example configuration of a backup server',
	],
	'GET deployment/deploy/voneServers/configuration/xml': [
		'Download Veeam ONE Configuration',
		'Download an example configuration of a Veeam ONE server',
	],
	'POST deployment/deploy/{deploymentTaskUid}/wait': [
		'Start Waiting Task',
		'Start a task that waits for a deployment task',
	],
	'POST infrastructure/computers/{computerUid}/installBackupServer/iso/predownload': [
		'Download Backup Server File',
		'Download the installation file of a backup server',
	],
	'POST infrastructure/computers/{computerUid}/installVOneServer/iso/predownload': [
		'Download Veeam ONE File',
		'Download the installation file of a Veeam ONE server',
	],
	'POST discovery/computers/{computerUid}/scheduledTasks/installBackupServer': [
		'Schedule Backup Server Installation',
		'Schedule the installation of a backup server',
	],
	'POST discovery/computers/{computerUid}/scheduledTasks/installVOneServer': [
		'Schedule Veeam ONE Installation',
		'Schedule the installation of a Veeam ONE server',
	],
	'POST discovery/computers/{computerUid}/scheduledDeploymentTasks/{taskUid}/start': [
		'Start for Computer',
		'Start a scheduled deployment task of a computer',
	],
	'POST infrastructure/managementAgents/{managementAgentUid}/scheduledDeploymentTasks/{taskUid}/start':
		['Start for Management Agent', 'Start a scheduled deployment task of a management agent'],
	'POST infrastructure/backupServers/{backupServerUid}/scheduledTasks/patch': [
		'Schedule Backup Server Patch',
		'Schedule the patch of a backup server',
	],
	'POST infrastructure/backupServers/{backupServerUid}/scheduledTasks/upgrade': [
		'Schedule Backup Server Upgrade',
		'Schedule the upgrade of a backup server',
	],
	'POST infrastructure/voneServers/{vOneServerUid}/scheduledTasks/upgrade': [
		'Schedule Veeam ONE Upgrade',
		'Schedule the upgrade of a Veeam ONE server',
	],
	'GET discovery/rules/{ruleUid}/computers': 'Get Many Computers',
	...discoveryRules('linux', 'Linux', {
		custom: 'Import-Based',
		networkBased: 'Network-Based',
	}),
	...discoveryRules('windows', 'Windows', {
		adBased: 'Active Directory',
		custom: 'Import-Based',
		networkBased: 'Network-Based',
	}),
	// Public cloud
	...environment('aws', 'AWS'),
	...environment('azure', 'Azure'),
	...environment('google', 'Google Cloud'),
	'POST infrastructure/sites/{siteUid}/publicCloud/aws/accounts/{accountUid}/grantPermissionsForMigration':
		['Grant Permissions', 'Grant an AWS account the permissions for an upgrade'],
	'POST infrastructure/sites/{siteUid}/publicCloud/aws/accounts/{accountUid}/validateCloudCredentialsForMigration':
		['Validate Credentials', 'Validate the credentials of an AWS account'],
	'POST infrastructure/sites/{siteUid}/publicCloud/azure/accounts/existing': [
		'Add Existing',
		'Add an existing Azure account',
	],
	'GET infrastructure/sites/{siteUid}/publicCloud/azure/accounts/deviceCode': [
		'Get Device Code',
		'Get a device code for an Azure account',
	],
	'POST infrastructure/sites/publicCloud/accounts/sync': [
		'Synchronize Accounts',
		'Synchronize public cloud accounts',
	],
	'POST infrastructure/sites/publicCloud/guestOsCredentials/sync': [
		'Synchronize',
		'Synchronize guest OS credentials',
	],
	'POST infrastructure/sites/publicCloud/sqlAccounts/sync': [
		'Synchronize',
		'Synchronize public cloud SQL accounts',
	],
	'POST infrastructure/sites/publicCloud/appliances/{applianceUid}/certificate/verify':
		'Verify Certificate',
	'POST infrastructure/sites/publicCloud/appliances/{applianceUid}/mapping': 'Create Mapping',
	'POST infrastructure/sites/{siteUid}/publicCloud/appliances/{applianceUid}/collect': [
		'Collect Data',
		'Collect the data of a public cloud appliance of a site',
	],
	// Cloud Connect
	...gatewayPools(),
	'PUT infrastructure/sites/{siteUid}/maintenanceModeIsEnabled': [
		'Set Maintenance Mode',
		'Set the maintenance mode of a site',
	],
	'PUT infrastructure/sites/{siteUid}/tenantManagementInCloudConnectIsEnabled': [
		'Set Tenant Management',
		'Set the tenant management of a site',
	],
	// Microsoft 365 and Veeam ONE
	'GET infrastructure/unactivatedVb365Servers': [
		'Get Many Unactivated',
		'Get many unactivated Microsoft 365 backup servers',
	],
	'GET infrastructure/unactivatedVb365Servers/{uniqueUid}': [
		'Get Unactivated',
		'Get an unactivated Microsoft 365 backup server',
	],
	'POST infrastructure/vb365Servers/organizations/companyMappings': [
		'Create Company Mapping',
		'Map a Microsoft 365 organization to a company',
	],
	'POST infrastructure/vb365Servers/{vb365ServerUid}/collect': [
		'Collect Data',
		'Collect the data of a Microsoft 365 backup server',
	],
	'POST infrastructure/vb365Servers/{vb365ServerUid}/organizations/deviceCode': [
		'Create Device Code',
		'Create a device code for a Microsoft 365 organization',
	],
	'GET infrastructure/vb365Servers/{vb365ServerUid}/organizations/deviceCode/{code}/status': [
		'Get Device Code Status',
		'Get the status of a device code',
	],
	'POST infrastructure/vb365Servers/{vb365ServerUid}/organizations/Microsoft365': 'Create',
	'GET infrastructure/vb365Servers/{vb365ServerUid}/organizations/Microsoft365': [
		'Get Many With Settings',
		'Get many Microsoft 365 organizations with their settings',
	],
	'GET infrastructure/vb365Servers/{vb365ServerUid}/organizations/Microsoft365/{vb365OrganizationUid}':
		['Get With Settings', 'Get a Microsoft 365 organization with its settings'],
	'PATCH infrastructure/vb365Servers/{vb365ServerUid}/organizations/Microsoft365/{vb365OrganizationUid}':
		'Update',
	'GET infrastructure/vb365Servers/{vb365ServerUid}/organizations/Microsoft365/{vb365OrganizationUid}/certificate/exist':
		['Check Certificate', 'Check the certificate of a Microsoft 365 organization'],
	'POST infrastructure/voneServers/{vOneServerUid}/collect': [
		'Collect Data',
		'Collect the data of a Veeam ONE server',
	],
	'POST infrastructure/voneServers/{vOneServerUid}/upgrade/iso/predownload': [
		'Download Upgrade File',
		'Download the upgrade file of a Veeam ONE server',
	],
	// Licenses
	...license('backupServers/{backupServerUid}', 'a backup server license'),
	...license('sites/{siteUid}', 'a site license'),
	...license('vb365Servers/{vb365ServerUid}', 'a Microsoft 365 backup server license'),
	...license('voneServers/{vOneServerUid}', 'a Veeam ONE server license'),
	'GET licensing/reports/latest': ['Get Many Latest', 'Get many of the latest license reports'],
	'GET licensing/reports/{id}/csv': ['Download CSV', 'Download a license report as CSV'],
	'GET licensing/usage/organizations': [
		'Get Many Usages by Organization',
		'Get many license usages by organization',
	],
	'POST licensing/reports/finalization': ['Finalize', 'Finalize license reports'],
	// Organizations
	'GET organizations/companies/billing/settings/': [
		'Get Many Billing Settings',
		'Get many company billing settings',
	],
	'GET organizations/companies/{companyUid}/billing/settings/': [
		'Get Billing Settings',
		'Get the billing settings of a company',
	],
	'PATCH organizations/companies/{companyUid}/billing/settings/': [
		'Update Billing Settings',
		'Update the billing settings of a company',
	],
	'POST organizations/companies/{companyUid}/hostedResources/vbr/{vbrHostedResourceUid}/tagResources':
		['Create Tag Resource', 'Create a tag resource of a company'],
	'POST organizations/companies/{companyUid}/hostedResources/vbr/{vbrHostedResourceUid}/mappedVcdOrganizations':
		['Map Cloud Director Organization', 'Map a Cloud Director organization to a company'],
	'GET organizations/provider': ['Get Provider', 'Get the service provider'],
	'GET organizations/provider/companies': [
		'Get Many Provider Companies',
		'Get many companies of the service provider',
	],
	'POST organizations/{organizationUid}/configuration/notification/smtp/test': [
		'Test SMTP Server',
		'Test the SMTP server',
	],
	'POST organizations/{organizationUid}/configuration/notification/test': [
		'Test',
		'Test email notifications',
	],
	'POST organizations/{organizationUid}/configuration/notification/oauth2/signin': [
		'Start OAuth 2.0 Sign-In',
		'Start the OAuth 2.0 sign-in of the SMTP server',
	],
	'GET organizations/{organizationUid}/configuration/notification/oauth2/signin/completion': [
		'Complete OAuth 2.0 Sign-In',
		'Complete the OAuth 2.0 sign-in of the SMTP server',
	],
	'POST organizations/{organizationUid}/configuration/notification/welcomeEmail':
		'Create Welcome Email',
	'POST organizations/{organizationUid}/configuration/refreshsecuritytoken': [
		'Refresh Security Token',
		'Refresh the security token of an organization',
	],
	'GET organizations/{organizationUid}/keys': [
		'Get Many API Keys',
		'Get many organization API keys',
	],
	'POST organizations/companies/{companyUid}/welcomeEmail': [
		'Send Welcome Email',
		'Send a welcome email to a company',
	],
	'POST organizations/resellers/{resellerUid}/welcomeEmail': [
		'Send Welcome Email',
		'Send a welcome email to a reseller',
	],
	'GET organizations/companies/usage': ['Get Many Usages', 'Get many company usages'],
	'GET organizations/companies/{companyUid}/usage': [
		'Get Many Usages for Company',
		'Get many usages of a company',
	],
	'GET organizations/companies/{companyUid}/billing/invoices': [
		'Get Many for Company',
		'Get many invoices of a company',
	],
	'GET organizations/companies/billing/invoices/{invoiceUid}/pdf': [
		'Download PDF',
		'Download an invoice as PDF',
	],
	'POST organizations/companies/{companyUid}/billing/generateInvoices': [
		'Create',
		'Create an invoice for a company',
	],
	'POST organizations/companies/{companyUid}/billing/generateQuotaUsageReport': [
		'Create Quota Usage Report',
		'Create a quota usage report of a company',
	],
	'POST organizations/resellers/{resellerUid}/companies': [
		'Assign Company',
		'Assign a company to a reseller',
	],
	'DELETE organizations/resellers/{resellerUid}/companies': [
		'Unassign Company',
		'Unassign a company from a reseller',
	],
	'POST organizations/identityProviders/name': [
		'Check Name',
		'Check whether an identity provider name is free',
	],
	'POST organizations/{organizationUid}/identityProviders/saml2': [
		'Create SAML 2.0',
		'Create a SAML 2.0 identity provider',
	],
	'GET organizations/{organizationUid}/identityProviders/saml2/{identityProviderName}/metadata': [
		'Download Metadata',
		'Download the metadata of an identity provider',
	],
	'GET organizations/{organizationUid}/identityProviders/{identityProviderName}/rules': [
		'Get Many for Identity Provider',
		'Get many rules of an identity provider',
	],
	// Users
	'POST users/serviceProvider/localUserRule/discovery': [
		'Discover',
		'Discover domain users and groups',
	],
	'POST users/resetpassword': ['Reset Password', 'Reset the password of a user'],
	'PUT users/resetpassword': ['Complete Password Reset', 'Complete the password reset of a user'],
	'GET users/me': ['Get Current', 'Get the current user'],
	'POST users/{userUid}/locations': ['Assign Location', 'Assign a location to a user'],
	'DELETE users/{userUid}/locations': ['Unassign Location', 'Unassign a location from a user'],
	'DELETE users/{userUid}/tokens': ['Revoke Tokens', 'Revoke the tokens of a user'],
	'POST users/{userUid}/logins/apikey': ['Create API Key', 'Create an API key of a user'],
	'POST users/{userUid}/logins/asymmetricalgorithm': [
		'Add Public Key',
		'Add a public key to a user',
	],
	'POST users/{userUid}/logins/totp': ['Enable MFA', 'Enable MFA for a user'],
	// Plugins
	'GET plugins/user/islogged': ['Check Login', 'Check whether the user is logged in'],
	'POST plugins/{pluginId}/agents': [
		'Set Management Agents',
		'Set the management agents of a plugin',
	],
	'POST plugins/{pluginId}/apikey': ['Create API Key', 'Create an API key of a plugin'],
	'POST plugins/{pluginId}/enabled': ['Set Status', 'Set the status of a plugin'],
	'POST plugins/{pluginId}/organizations': [
		'Set Organizations',
		'Set the organizations of a plugin',
	],
	// Protected workloads
	...cloudWorkload('databases', 'Database', 'databaseUid'),
	...cloudWorkload('fileShares', 'File Share', 'fileShareUid'),
	...cloudWorkload('virtualMachines', 'VM', 'cloudVirtualMachineUid'),
	...latest('computersManagedByBackupServer/restorePoints', 'protected computer'),
	...latest('computersManagedByConsole/restorePoints', 'protected computer'),
	...latest('virtualMachines/backupRestorePoints', 'protected VM'),
	// Pulse
	'POST pulse/sync': ['Synchronize', 'Synchronize with VCSP Pulse'],
};

function discoveryRules(
	platform: string,
	name: string,
	kinds: Record<string, string>,
): Record<string, OperationName> {
	return Object.fromEntries(
		Object.entries(kinds).flatMap(([segment, kind]) => {
			const path = `discovery/rules/${platform}/${segment}`;
			const rule = `${kind === 'Active Directory' ? kind : kind.toLowerCase()} discovery rule for ${name}`;
			const article = kind === 'Network-Based' ? 'a' : 'an';
			const entries: Array<[string, OperationName]> = [
				[`GET ${path}`, [`Get Many ${kind}`, `Get many ${rule.replace('rule', 'rules')}`]],
				[`POST ${path}`, [`Create ${kind}`, `Create ${article} ${rule}`]],
				[`GET ${path}/{ruleUid}`, [`Get ${kind}`, `Get ${article} ${rule}`]],
				[`PATCH ${path}/{ruleUid}`, [`Update ${kind}`, `Update ${article} ${rule}`]],
			];
			return entries;
		}),
	);
}

function environment(key: string, name: string): Record<string, OperationName> {
	const path = `infrastructure/sites/{siteUid}/publicCloud/${key}`;
	return {
		[`GET ${path}/backupServerIpAddresses`]: [
			'Get Backup Server IP Addresses',
			`Get the IP addresses of a site in ${name}`,
		],
		[`POST ${path}/connection`]: ['Create Connection', `Create a connection to ${name}`],
		[`POST ${path}/keys`]: ['Create Key', `Create an encryption key in ${name}`],
		[`GET ${path}/virtualMachines`]: ['Get Many VMs', `Get many VMs in ${name}`],
	};
}

function license(path: string, what: string): Record<string, OperationName> {
	return {
		[`PUT licensing/${path}`]: ['Install', `Install ${what}`],
		[`POST licensing/${path}/update`]: ['Renew', `Renew ${what}`],
	};
}

function latest(path: string, of: string): Record<string, OperationName> {
	return {
		[`GET protectedWorkloads/${path}/latest`]: [
			'Get Many Latest Restore Points',
			`Get many latest restore points of a ${of}`,
		],
	};
}

function policies(key: string, name: string): Record<string, OperationName> {
	const path = `configuration/backupPolicies/${key}`;
	return {
		[`GET ${path}`]: [`Get Many for ${name}`, `Get many backup policies for ${name}`],
		[`POST ${path}`]: [`Create for ${name}`, `Create a backup policy for ${name}`],
		[`GET ${path}/{policyUid}`]: [`Get for ${name}`, `Get a backup policy for ${name}`],
		[`PATCH ${path}/{policyUid}`]: [`Update for ${name}`, `Update a backup policy for ${name}`],
	};
}

function gatewayPools(): Record<string, OperationName> {
	const path = 'infrastructure/sites';
	return {
		[`GET ${path}/cloudgatewaypools`]: ['Get Many Pools', 'Get many cloud gateway pools'],
		[`GET ${path}/{siteUid}/cloudgatewaypools`]: [
			'Get Many Pools for Site',
			'Get many cloud gateway pools of a site',
		],
		[`GET ${path}/cloudgatewaypools/{instanceUid}`]: ['Get Pool', 'Get a cloud gateway pool'],
		[`GET ${path}/cloudgatewaypools/{instanceUid}/cloudgateways`]: [
			'Get Many in Pool',
			'Get many cloud gateways in a pool',
		],
	};
}

function cloudWorkload(segment: string, name: string, id: string): Record<string, OperationName> {
	const path = `protectedWorkloads/publicCloud/${segment}`;
	const lower = name === 'VM' ? name : name.toLowerCase();
	return {
		[`GET ${path}`]: [`Get Many ${name}s`, `Get many protected cloud ${lower}s`],
		[`GET ${path}/backups`]: [
			`Get Many ${name} Backups`,
			`Get many backups of protected cloud ${lower}s`,
		],
		[`GET ${path}/{${id}}/backups`]: [
			`Get Many Backups for ${name}`,
			`Get many backups of a protected cloud ${lower}`,
		],
	};
}

/** Appliances that backup servers manage; those of sites have the plain names. */
function backupServerAppliances(): Record<string, OperationName> {
	const path = 'infrastructure/backupServers';
	const one = `${path}/{backupServerUid}/publicCloud/appliances/{applianceUid}`;
	return {
		[`GET ${path}/publicCloud/appliances`]: [
			'Get Many on Backup Servers',
			'Get many public cloud appliances on backup servers',
		],
		[`GET ${path}/{backupServerUid}/publicCloud/appliances`]: [
			'Get Many for Backup Server',
			'Get many public cloud appliances of a backup server',
		],
		[`GET ${one}`]: ['Get for Backup Server', 'Get a public cloud appliance of a backup server'],
		[`POST ${one}/collect`]: [
			'Collect Data for Backup Server',
			'Collect the data of a public cloud appliance of a backup server',
		],
	};
}

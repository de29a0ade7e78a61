import type { OperationName } from '../../shared/form/overlay';

const SESSION = 'RestoreSessions/{restoreSessionId}';
const ORGANIZATION = 'Organizations/{organizationId}';
const AZURE = 'AzureServiceAccounts/{serviceAccountId}/Subscriptions';
const GROUP = `${AZURE}/{subscriptionId}/ResourceGroups`;
const LOCATION = `${AZURE}/{subscriptionId}/Locations`;
const NETWORK = `${GROUP}/{resourceGroupName}/VirtualNetworks`;
const CLOUD = 'EC2Resources/VirtualPrivateCloud';
const TEAM = `${SESSION}/organization/teams`;

/** Names of the buckets or containers of an object storage, and of the folders in them. */
const storage = (root: string, parent: string, one: string): Record<string, OperationName> => ({
	[`GET ${root}`]: [`Get Many ${one}s`, `Get many ${one.toLowerCase()}s`],
	[`GET ${root}/{Name}`]: [`Get ${one}`, `Get a ${one.toLowerCase()}`],
	[`GET ${root}/{${parent}}/folders`]: [
		'Get Many Folders',
		`Get many folders of a ${one.toLowerCase()}`,
	],
	[`GET ${root}/{${parent}}/folders/{Name}`]: [
		'Get Folder',
		`Get a folder of a ${one.toLowerCase()}`,
	],
	[`POST ${root}/{${parent}}/folders`]: [
		'Create Folder',
		`Create a folder in a ${one.toLowerCase()}`,
	],
});

/** Names of the e-mail settings of an Explorer. */
const explorer = (path: string, product: string): Record<string, OperationName> => {
	// Lower case in a sentence, as the other Teams are.
	const said = product === 'Teams' ? 'teams' : product;
	return {
		[`GET ${path}`]: [`Get ${product} Settings`, `Get the email settings of the ${said} explorer`],
		[`PUT ${path}`]: [
			`Update ${product} Settings`,
			`Update the email settings of the ${said} explorer`,
		],
		...signIn(path, ` for ${product}`, `of the ${said} explorer`),
	};
};

/** Signing in to a mail service takes two steps; the test message has had two addresses. */
const signIn = (path: string, suffix: string, what: string): Record<string, OperationName> => ({
	[`POST ${path}/PrepareOAuthSignIn`]: [
		`Prepare Sign-In${suffix}`,
		`Prepare the sign in to the mail service ${what}`,
	],
	[`POST ${path}/CompleteOAuthSignIn`]: [
		`Complete Sign-In${suffix}`,
		`Complete the sign in to the mail service ${what}`,
	],
	[`POST ${path}/SendTestEmail`]: [`Send Test Message${suffix}`, `Send a test message ${what}`],
	[`POST ${path}/${path.startsWith('Vet') ? 'sendTest' : 'SendTest'}`]: [
		`Send Test Message${suffix} (Earlier Versions)`,
		`Send a test message ${what} with an earlier version`,
	],
});

/** Names of things that a repository holds, or that are protected: `GET …/X` and `GET …/X/{id}`. */
const held = (
	root: string,
	things: Array<[path: string, id: string, one: string, many: string]>,
	where: string,
): Record<string, OperationName> =>
	Object.fromEntries(
		things.flatMap(([path, id, one, many]) => [
			[`GET ${root}${path}`, [`Get Many ${many}`, `Get many ${many}${where}`]],
			[`GET ${root}${path}/{${id}}`, [`Get ${one}`, `Get ${withArticle(one)}${where}`]],
		]),
	);

const withArticle = (noun: string) => (/^(?!one)[aeio]/i.test(noun) ? `an ${noun}` : `a ${noun}`);

const lowered = (names: Record<string, OperationName>): Record<string, OperationName> =>
	Object.fromEntries(
		Object.entries(names).map(([key, [name, action]]) => [
			key,
			[name!, (action ?? '').replace(/\b(Mailbox|Site|Team|Group|User|Organization)/g, lowerFirst)],
		]),
	);

const lowerFirst = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);

/**
 * Operation names where the rules read badly, by `METHOD path`: verbs that the path does not hold,
 * and nouns that only the console's own term explains.
 */
export const operations: Record<string, OperationName> = {
	// Backup server
	'GET Configuration/Updates': ['Get Update Settings', 'Get the update settings'],
	'PUT Configuration/Updates': ['Change Update Settings', 'Change the update settings'],
	'GET ExclusionSettings': ['Get Excluded Mailbox Folders', 'Get the excluded mailbox folders'],
	'PUT ExclusionSettings': [
		'Update Excluded Mailbox Folders',
		'Update the excluded mailbox folders',
	],
	'GET Health': ['Get Health', 'Get the health of the backup server'],
	'GET HistorySettings': ['Get History Settings', 'Get the job session history settings'],
	'PUT HistorySettings': ['Update History Settings', 'Update the job session history settings'],
	'GET InternetProxySettings': ['Get Internet Proxy Settings', 'Get the internet proxy settings'],
	'PUT InternetProxySettings': [
		'Update Internet Proxy Settings',
		'Update the internet proxy settings',
	],
	'GET ManagementMode': ['Get Management Mode', 'Get the management mode'],
	'PUT ManagementMode': ['Update Management Mode', 'Update the management mode'],
	'GET RestorePortalSettings': ['Get Restore Portal Settings', 'Get the restore portal settings'],
	'GET ServiceInstance': [
		'Get Version and Installation ID',
		'Get version and installation ID of the backup server',
	],
	'POST token/AuthCode': ['Get Authorization Code', 'Get an authorization code'],
	// Storage and cloud
	...storage('AzureResources/containers', 'containerName', 'Container'),
	...storage('S3Resources/buckets', 'bucketName', 'Bucket'),
	...storage('S3CompatibleResources/buckets', 'bucketName', 'Bucket'),
	'POST AzureServiceAccounts/DeviceCode': ['Get Device Code', 'Get a device code for Azure'],
	[`GET ${AZURE}`]: 'Get Many Subscriptions',
	[`GET ${LOCATION}`]: 'Get Many Locations',
	[`GET ${LOCATION}/{locationName}/VirtualMachineSizes`]: 'Get Many VM Sizes',
	[`GET ${LOCATION}/{locationName}/VirtualMachineSizes/{vmSizeName}`]: 'Get VM Size',
	[`GET ${GROUP}`]: 'Get Many Resource Groups',
	[`GET ${NETWORK}`]: 'Get Many Virtual Networks',
	[`GET ${NETWORK}/{virtualNetworkName}/Subnets`]: 'Get Many Subnets',
	'GET EC2Resources/InstanceType': ['Get Many Instance Types', 'Get many instance types'],
	'GET EC2Resources/InstanceType/{instanceTypeName}': ['Get Instance Type', 'Get an instance type'],
	[`GET ${CLOUD}`]: ['Get Many Virtual Private Clouds', 'Get many virtual private clouds'],
	[`GET ${CLOUD}/{name}`]: ['Get Virtual Private Cloud', 'Get a virtual private cloud'],
	[`GET ${CLOUD}/{id}/SecurityGroup`]: ['Get Many Security Groups', 'Get many security groups'],
	[`GET ${CLOUD}/{id}/SecurityGroup/{securityGroupName}`]: [
		'Get Security Group',
		'Get a security group',
	],
	[`GET ${CLOUD}/{id}/Subnets`]: ['Get Many Subnets', 'Get many subnets'],
	[`GET ${CLOUD}/{id}/Subnets/{subnetName}`]: ['Get Subnet', 'Get a subnet'],
	// E-mail
	'GET AuditEmailSettings': ['Get Settings', 'Get the audit notification settings'],
	'PUT AuditEmailSettings': ['Update Settings', 'Update the audit notification settings'],
	...signIn('AuditEmailSettings', '', 'for audit notifications'),
	'GET VboEmailSettings': ['Get Settings', 'Get the email notification settings'],
	'PUT VboEmailSettings': ['Update Settings', 'Update the email notification settings'],
	...signIn('VboEmailSettings', '', 'for email notifications'),
	...explorer('VexEmailSettings', 'Exchange'),
	...explorer('VeodEmailSettings', 'OneDrive'),
	...explorer('VespEmailSettings', 'SharePoint'),
	...explorer('VetEmailSettings', 'Teams'),
	// Organizations and their parts
	[`POST ${ORGANIZATION}/AuditItems`]: ['Add', 'Add audit items'],
	[`POST ${ORGANIZATION}/AuditItems/remove`]: ['Delete Many', 'Delete many audit items'],
	[`PUT ${ORGANIZATION}/BackupAccounts`]: ['Replace', 'Replace the backup accounts'],
	[`GET ${ORGANIZATION}/Applications`]: [
		'Get Many in Microsoft Entra',
		'Get many applications in Microsoft Entra',
	],
	[`POST ${ORGANIZATION}/Applications`]: [
		'Create in Microsoft Entra',
		'Create applications in Microsoft Entra',
	],
	[`POST ${ORGANIZATION}/BackupApplications`]: ['Add', 'Add backup applications'],
	[`PUT ${ORGANIZATION}/BackupApplications`]: ['Replace', 'Replace the backup applications'],
	[`DELETE ${ORGANIZATION}/BackupApplications`]: ['Delete Many', 'Delete many backup applications'],
	[`POST ${ORGANIZATION}/DeviceCode`]: ['Get Device Code', 'Get a device code for applications'],
	'GET Organization': ['Get for Tenant', 'Get the organization of the tenant'],
	'POST DeviceCode': ['Get Device Code', 'Get a device code'],
	'POST DeviceCode/check': ['Check Device Code', 'Check a device code'],
	'POST Organizations': ['Add', 'Add an organization'],
	'GET Organizations/SyncState': [
		'Get Many Synchronization States',
		'Get many synchronization states',
	],
	[`GET ${ORGANIZATION}/SyncState`]: [
		'Get Synchronization State',
		'Get the synchronization state of an organization',
	],
	[`POST ${ORGANIZATION}/Sync`]: [
		'Start Synchronization',
		'Start the synchronization of an organization',
	],
	[`GET ${ORGANIZATION}/tenantInformation`]: [
		'Get Multi-Geo Tenants',
		'Get the multi-geo tenants of an organization',
	],
	[`GET ${ORGANIZATION}/usedRepositories`]: [
		'Get Many Repositories',
		'Get many repositories of an organization',
	],
	[`GET ${ORGANIZATION}/versionBackupOptions`]: 'Get Version Backup Options',
	[`PUT ${ORGANIZATION}/versionBackupOptions`]: 'Update Version Backup Options',
	[`GET ${ORGANIZATION}/Groups/{groupId}/Members`]: [
		'Get Many Members',
		'Get many members of an organization group',
	],
	[`GET ${ORGANIZATION}/Users/{userId}/OneDrives`]: [
		'Get Many OneDrives',
		'Get many OneDrives of an organization user',
	],
	[`GET ${ORGANIZATION}/Users/{userId}/OneDrives/{onedriveId}`]: [
		'Get OneDrive',
		'Get a OneDrive of an organization user',
	],
	[`GET ${ORGANIZATION}/LicensingInformation`]: [
		'Get for Organization',
		'Get the license information of an organization',
	],
	'GET Organization/LoggedInUser': ['Get', 'Get the user logged in to the restore portal'],
	'GET Organization/LoggedInUser/EffectiveScope': [
		'Get Objects to Manage',
		'Get the objects that the restore portal user may manage',
	],
	'GET Organization/LoggedInUser/OperatorInfo': [
		'Get Operator Info',
		'Get what the restore portal user may do',
	],
	'GET Organization/LoggedInUser/RestorePoints': [
		'Get Many Restore Points',
		'Get many restore points of the restore portal user',
	],
	'GET GlobalRetentionExclusionSettings': [
		'Get Global',
		'Get the global exclusions from retention',
	],
	'PUT GlobalRetentionExclusionSettings': [
		'Update Global',
		'Update the global exclusions from retention',
	],
	[`GET ${ORGANIZATION}/RetentionExclusion`]: [
		'Get for Organization',
		'Get the retention exclusions of an organization',
	],
	[`PUT ${ORGANIZATION}/RetentionExclusion`]: [
		'Update for Organization',
		'Update the retention exclusions of an organization',
	],
	[`DELETE ${ORGANIZATION}/RetentionExclusion`]: [
		'Delete for Organization',
		'Delete the retention exclusions of an organization',
	],
	// Jobs
	'GET CopyJobs/{id}/BackupJob': ['Get Backup Job', 'Get the backup job of a backup copy job'],
	'GET Jobs/{jobId}/CopyJob': ['Get for Backup Job', 'Get the backup copy job of a backup job'],
	[`GET ${ORGANIZATION}/Jobs`]: [
		'Get Many in Organization',
		'Get many backup jobs in an organization',
	],
	[`POST ${ORGANIZATION}/Jobs`]: [
		'Create in Organization',
		'Create a backup job in an organization',
	],
	'GET Jobs/{jobId}/ExcludedItems': [
		'Get Many Excluded',
		'Get many excluded items of a backup job',
	],
	'POST Jobs/{jobId}/ExcludedItems': ['Add Excluded', 'Add excluded items to a backup job'],
	'DELETE Jobs/{jobId}/ExcludedItems': [
		'Delete Excluded',
		'Delete excluded items from a backup job',
	],
	'GET Jobs/{jobId}/ExcludedItems/{itemId}': [
		'Get Excluded',
		'Get an excluded item of a backup job',
	],
	'PUT Jobs/{jobId}/ExcludedItems/{itemId}': [
		'Update Excluded',
		'Update an excluded item of a backup job',
	],
	'GET Jobs/{jobId}/SelectedItems': ['Get Many', 'Get many items of a backup job'],
	'POST Jobs/{jobId}/SelectedItems': ['Add', 'Add items to a backup job'],
	'DELETE Jobs/{jobId}/SelectedItems': ['Delete', 'Delete items from a backup job'],
	'GET Jobs/{jobId}/SelectedItems/{itemId}': ['Get', 'Get an item of a backup job'],
	'PUT Jobs/{jobId}/SelectedItems/{itemId}': ['Update', 'Update an item of a backup job'],
	'GET JobSessions/Changes': ['Get Changes', 'Get the changes of job sessions'],
	'GET JobSessions/{sessionId}/LogItems': [
		'Get Many Log Items',
		'Get many log items of a job session',
	],
	'GET JobSessions/{sessionId}/LogItems/{logItemId}': [
		'Get Log Item',
		'Get a log item of a job session',
	],
	'GET JobSessions/{sessionId}/ProcessedObjects': [
		'Get Many Processed Objects',
		'Get many processed objects of a job session',
	],
	'GET Jobs/{jobId}/JobSessions': [
		'Get Many for Backup Job',
		'Get many job sessions of a backup job',
	],
	'GET DataRetrievals/{dataRetrievalId}/mailboxes': 'Get Many Mailboxes',
	'GET DataRetrievals/{dataRetrievalId}/onedrives': 'Get Many OneDrives',
	'GET DataRetrievals/{dataRetrievalId}/teams': 'Get Many Teams',
	'GET DataRetrievals/{dataRetrievalId}/webs': 'Get Many Sites',
	'GET DataRetrievalSessions/{sessionId}/LogItems': [
		'Get Many Log Items',
		'Get many log items of a data retrieval session',
	],
	'GET DataRetrievalSessions/{sessionId}/LogItems/{logItemId}': [
		'Get Log Item',
		'Get a log item of a data retrieval session',
	],
	// License
	'GET License': ['Get', 'Get the license'],
	'GET License/AutoUpdate': ['Get Auto Update', 'Get the auto update of the license'],
	'PUT License/AutoUpdate': ['Set Auto Update', 'Set the auto update of the license'],
	'POST License/Install': ['Install', 'Install a license'],
	'POST License/Update': ['Update', 'Update the license'],
	'DELETE LicensedUsers/{licensedUserId}': ['Revoke License', 'Revoke the license of a user'],
	'GET licensing/reports/latest': [
		'Get Usage Report (V6)',
		'Get the license usage report with API v6',
	],
	'POST licensing/reports/{reportId}/approve': [
		'Submit Usage Report (V6)',
		'Submit the license usage report with API v6',
	],
	'GET licensing/statistic/platform': ['Get Platform', 'Get the licensing platform'],
	'GET licensing/statistic/reports/latest': ['Get Usage Report', 'Get the license usage report'],
	'POST licensing/statistic/reports/{reportId}/approve': [
		'Submit Usage Report',
		'Submit the license usage report',
	],
	'GET licensing/statistic/usage': ['Get Usage', 'Get the license usage'],
	// Repositories, proxy servers
	'POST BackupRepositories': ['Add', 'Add a backup repository'],
	'POST objectstoragerepositories': ['Add', 'Add an object storage'],
	'GET BackupRepositories/{repositoryId}/backedupOrganizations': [
		'Get Many Organizations',
		'Get many backed up organizations of a repository',
	],
	'POST BackupRepositories/{repositoryId}/Sync': [
		'Synchronize Cache',
		'Synchronize the cache of a repository',
	],
	'POST BackupRepositories/{repositoryId}/changeOwner': [
		'Change Owner',
		'Change the owner of a backup repository',
	],
	...lowered(
		held(
			'BackupRepositories/{repositoryId}/',
			[
				['GroupData', 'groupId', 'Group', 'Groups'],
				['MailboxData', 'mailboxId', 'Mailbox', 'Mailboxes'],
				['OneDriveData', 'oneDriveId', 'OneDrive', 'OneDrives'],
				['OrganizationData', 'organizationId', 'Organization', 'Organizations'],
				['SiteData', 'siteId', 'SharePoint Site', 'SharePoint Sites'],
				['TeamData', 'teamId', 'Team', 'Teams'],
				['UserData', 'userId', 'User', 'Users'],
			],
			' in a repository',
		),
	),
	...lowered(
		held(
			'Protected',
			[
				['Groups', 'protectedGroupId', 'Group', 'Groups'],
				['Sites', 'protectedSiteId', 'SharePoint Site', 'SharePoint Sites'],
				['Teams', 'protectedTeamId', 'Team', 'Teams'],
				['Users', 'protectedUserId', 'User', 'Users'],
			],
			' under protection',
		),
	),
	'POST Proxies': ['Add', 'Add a proxy server'],
	'POST Proxies/CheckSshConnectionConfig': ['Check SSH Connection', 'Check an SSH connection'],
	'POST Proxies/Rescan': ['Rescan Many', 'Rescan many proxy servers'],
	'POST Proxies/{proxyId}/Remove': ['Delete', 'Delete a proxy server'],
	'POST Proxies/{proxyId}/maintenance/disable': [
		'Disable Maintenance Mode',
		'Disable the maintenance mode of a proxy server',
	],
	'POST Proxies/{proxyId}/maintenance/enable': [
		'Enable Maintenance Mode',
		'Enable the maintenance mode of a proxy server',
	],
	'POST ProxyPools': ['Add', 'Add a proxy pool'],
	'GET ProxyPools/{poolId}/proxies': [
		'Get Many Proxy Servers',
		'Get many proxy servers of a proxy pool',
	],
	'POST ProxyPools/{poolId}/proxies': ['Add Proxy Servers', 'Add proxy servers to a proxy pool'],
	'DELETE ProxyPools/{poolId}/proxies': [
		'Delete Proxy Servers',
		'Delete proxy servers from a proxy pool',
	],
	'POST RepositoryOwnerChangeSessions/{sessionId}/Stop': ['Stop', 'Stop a change owner session'],
	'POST RepositorySynchronizeSessions/{sessionId}/StopSynchronize': [
		'Stop',
		'Stop a synchronization session',
	],
	'POST EncryptionKeys': ['Add', 'Add an encryption password'],
	'POST Accounts': ['Add', 'Add a cloud account'],
	'POST AzureServiceAccounts': ['Add', 'Add an Azure service account'],
	'GET Events': ['Get Changes', 'Get the events since a change token'],
	// Roles
	[`GET ${ORGANIZATION}/RbacRoles`]: [
		'Get Many in Organization',
		'Get many restore operator roles in an organization',
	],
	[`POST ${ORGANIZATION}/RbacRoles`]: ['Create', 'Create a restore operator role'],
	'GET RbacRoles/{roleId}/operators': ['Get Many Operators', 'Get many operators of a role'],
	'POST RbacRoles/{roleId}/operators': ['Add Operators', 'Add operators to a role'],
	'DELETE RbacRoles/{roleId}/operators': ['Delete Operators', 'Delete operators from a role'],
	'GET RbacRoles/{roleId}/operators/{operatorId}': ['Get Operator', 'Get an operator of a role'],
	'GET RbacRoles/{roleId}/selectedItems': ['Get Many Objects', 'Get many objects of a role'],
	'POST RbacRoles/{roleId}/selectedItems': ['Add Objects', 'Add objects to a role'],
	'DELETE RbacRoles/{roleId}/selectedItems': ['Delete Objects', 'Delete objects from a role'],
	'GET RbacRoles/{roleId}/selectedItems/{itemId}': ['Get Object', 'Get an object of a role'],
	'GET RbacRoles/{roleId}/excludedItems': [
		'Get Many Excluded Objects',
		'Get many excluded objects of a role',
	],
	'POST RbacRoles/{roleId}/excludedItems': [
		'Add Excluded Objects',
		'Add excluded objects to a role',
	],
	'DELETE RbacRoles/{roleId}/excludedItems': [
		'Delete Excluded Objects',
		'Delete excluded objects from a role',
	],
	'GET RbacRoles/{roleId}/excludedItems/{itemId}': [
		'Get Excluded Object',
		'Get an excluded object of a role',
	],
	// Reports
	'POST Reports/GenerateLicenseOverview': ['Get License Overview', 'Get a license overview report'],
	'POST Reports/GenerateMailboxProtection': [
		'Get Mailbox Protection',
		'Get a mailbox protection report',
	],
	'POST Reports/GenerateOneDriveProtection': [
		'Get OneDrive Protection',
		'Get a OneDrive protection report',
	],
	'POST Reports/GenerateSharepointProtection': [
		'Get SharePoint Protection',
		'Get a SharePoint protection report',
	],
	'POST Reports/GenerateStorageConsumption': [
		'Get Storage Consumption',
		'Get a storage consumption report',
	],
	'POST Reports/GenerateTeamsProtection': ['Get Teams Protection', 'Get a teams protection report'],
	'POST Reports/GenerateUserProtection': ['Get User Protection', 'Get a user protection report'],
	// Restore points
	'GET RestorePoints/Changes': ['Get Changes', 'Get the changes of restore points'],
	'GET RestorePoints/{restorePointId}/mailboxes': 'Get Many Mailboxes (V6)',
	'GET RestorePoints/{restorePointId}/onedrives': 'Get Many OneDrives (V6)',
	'GET RestorePoints/{restorePointId}/teams': 'Get Many Teams (V6)',
	'GET RestorePoints/{restorePointId}/webs': 'Get Many Sites (V6)',
	'GET RestorePoints/{restorePointId}/protectedGroups': 'Get Many Groups',
	'GET RestorePoints/{restorePointId}/protectedMailboxes': 'Get Many Mailboxes',
	'GET RestorePoints/{restorePointId}/protectedOnedrives': 'Get Many OneDrives',
	'GET RestorePoints/{restorePointId}/protectedSites': 'Get Many Sites',
	'GET RestorePoints/{restorePointId}/protectedTeams': 'Get Many Teams',
	'GET RestorePoints/{restorePointId}/protectedUsers': 'Get Many Users',
	// Restore sessions
	'POST BackupRepositories/{repositoryId}/explore': [
		'Start for Repository',
		'Start a restore session for a backup repository',
	],
	'POST DataRetrievals/{dataRetrievalId}/explore': [
		'Start for Data Retrieval Job',
		'Start a restore session for a data retrieval job',
	],
	'POST Jobs/{jobId}/explore': ['Start for Backup Job', 'Start a restore session for a backup job'],
	'POST Organization/Explore': [
		'Start for Tenant',
		'Start a restore session for the organization of the tenant',
	],
	'POST Organization/OperatorExplore': [
		'Start as Operator',
		'Start a restore session as a restore operator',
	],
	[`POST ${ORGANIZATION}/explore`]: [
		'Start for Organization',
		'Start a restore session for an organization',
	],
	[`GET ${SESSION}/Events`]: ['Get Many Events', 'Get many events of a restore session'],
	[`GET ${SESSION}/Events/{eventId}`]: ['Get Event', 'Get an event of a restore session'],
	[`GET ${SESSION}/Statistics`]: ['Get Statistics', 'Get the statistics of a restore session'],
	[`POST ${SESSION}/Stop`]: ['Stop', 'Stop a restore session'],
	[`GET ${SESSION}/organization`]: [
		'Get Organization',
		'Get the organization of a restore session',
	],
	[`POST ${SESSION}/organization/exportToPst`]: [
		'Export Mail to PST',
		'Export the mail of an organization to PST',
	],
	[`POST ${SESSION}/organization/restoreDeviceCode`]: [
		'Get Device Code',
		'Get a device code for a restore',
	],
	[`POST ${SESSION}/organization/searchExchange`]: [
		'Search Mailbox Items',
		'Search the mailbox items of an organization',
	],
	[`POST ${SESSION}/organization/searchTeams`]: [
		'Search Teams Items',
		'Search the items of all teams of an organization',
	],
	// Teams
	[`GET ${TEAM}/{teamId}/channels/{channelId}/children`]: [
		'Get Many Items',
		'Get many items of a team channel',
	],
	[`POST ${TEAM}/{teamId}/channels/{channelId}/startOperatorExportPosts`]: [
		'Start Export as Operator',
		'Start an export of channel posts as a restore operator',
	],
	[`GET ${TEAM}/{teamId}/channels/{channelId}/operatorExport/{requestExportId}`]: [
		'Download Export as Operator',
		'Download exported channel posts as a restore operator',
	],
	[`POST ${TEAM}/{teamId}/posts/operatorStartExportTask`]: [
		'Start Export as Operator',
		'Start an export of team posts as a restore operator',
	],
	[`GET ${TEAM}/{teamId}/posts/operatorExport/{requestExportId}`]: [
		'Download Export as Operator',
		'Download exported team posts as a restore operator',
	],
	[`GET ${TEAM}/{teamId}/files/{fileId}`]: [
		'Get (Earlier Versions)',
		'Get a team file with an earlier version',
	],
	[`GET ${TEAM}/{teamId}/files/{fileId}/versions`]: [
		'Get Many Versions (V7)',
		'Get many versions of a team file with API v7',
	],
	[`POST ${TEAM}/{teamId}/files/{fileId}/restore`]: [
		'Restore (Earlier Versions)',
		'Restore a team file with an earlier version',
	],
	[`POST ${TEAM}/{teamId}/files/{fileId}/save`]: [
		'Save as File (Earlier Versions)',
		'Save a team file with an earlier version',
	],
	[`POST ${TEAM}/{teamId}/files/{fileId}/send`]: [
		'Send by Email (Earlier Versions)',
		'Send a team file with an earlier version',
	],
	[`POST ${TEAM}/{teamId}/tabs/restore`]: [
		'Restore Many in Several Channels',
		'Restore many tabs in several channels',
	],
	[`POST ${TEAM}/{teamId}/tabs/operatorRestore`]: [
		'Restore Many in Several Channels as Operator',
		'Restore many tabs in several channels as a restore operator',
	],
};

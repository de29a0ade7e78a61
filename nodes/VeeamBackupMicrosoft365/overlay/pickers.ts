import type { PickerNames } from '../../shared/form/overlay';

/** Lists to choose from beyond the rule, and lists whose entries hold their name elsewhere. */
export const pickers: PickerNames[] = [
	// Path parameters
	{ parameters: ['sessionId'], under: 'JobSessions', list: 'JobSessions', idField: 'id' },
	{
		parameters: ['sessionId'],
		under: 'DataRetrievalSessions',
		list: 'DataRetrievalSessions',
		idField: 'id',
	},
	{
		parameters: ['locationName'],
		list: 'AzureServiceAccounts/{serviceAccountId}/Subscriptions/{subscriptionId}/Locations',
		idField: 'name',
	},
	{
		parameters: ['vmSizeName'],
		list: 'AzureServiceAccounts/{serviceAccountId}/Subscriptions/{subscriptionId}/Locations/{locationName}/VirtualMachineSizes',
		idField: 'name',
	},
	{
		parameters: ['resourceGroupName'],
		list: 'AzureServiceAccounts/{serviceAccountId}/Subscriptions/{subscriptionId}/ResourceGroups',
		idField: 'name',
	},
	{
		parameters: ['virtualNetworkName'],
		list: 'AzureServiceAccounts/{serviceAccountId}/Subscriptions/{subscriptionId}/ResourceGroups/{resourceGroupName}/VirtualNetworks',
		idField: 'name',
	},
	{
		parameters: ['fileId'],
		list: 'RestoreSessions/{restoreSessionId}/organization/teams/{teamId}/files',
		idField: 'id',
	},
	// Fields and filters
	{
		parameters: ['organizationId', 'backedUpOrganizationId'],
		list: 'Organizations',
		idField: 'id',
	},
	{ parameters: ['repositoryId', 'backupRepositoryId'], list: 'BackupRepositories', idField: 'id' },
	{ parameters: ['proxyId'], list: 'Proxies', idField: 'id' },
	{ parameters: ['poolId', 'proxyPoolId'], list: 'ProxyPools', idField: 'id' },
	{ parameters: ['jobId', 'backupJobId'], list: 'Jobs', idField: 'id' },
	{ parameters: ['encryptionKeyId'], list: 'EncryptionKeys', idField: 'id' },
	{ parameters: ['accountId'], list: 'Accounts', idField: 'id' },
	{ parameters: ['dataRetrievalId'], list: 'DataRetrievals', idField: 'id' },
	{ parameters: ['restorePointId'], list: 'RestorePoints', idField: 'id' },
	{ parameters: ['serviceAccountId'], list: 'AzureServiceAccounts', idField: 'id' },
	// Lists whose entries hold their name elsewhere
	{ list: 'EncryptionKeys', labelField: 'description' },
	{ list: 'JobSessions', labelField: 'jobId' },
	{ list: 'Proxies', labelField: 'hostName' },
	{ list: 'RepositoryOwnerChangeSessions', labelField: 'startTime' },
	{ list: 'RepositorySynchronizeSessions', labelField: 'repositoryId' },
	{
		list: 'RestoreSessions/{restoreSessionId}/organization/teams/{teamId}/posts',
		labelField: 'subject',
	},
	{ list: 'RestorePoints', labelField: 'backupTime' },
];

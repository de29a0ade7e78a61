import type { PickerNames } from '../../shared/form/overlay';

/**
 * Lists to choose from beyond the rule: mounts and sessions whose stop lives under another path
 * than their list, fields that hold the id of something, and lists whose entries nest their name.
 */
export const pickers: PickerNames[] = [
	// Path parameters
	{ parameters: ['sessionId'], under: 'restore/flr/{', list: 'backupBrowser/flr' },
	{
		parameters: ['sessionId'],
		under: 'restore/unstructuredData',
		list: 'backupBrowser/flr/unstructuredData',
	},
	{
		parameters: ['sessionId'],
		under: 'restore/entraId/auditLog',
		list: 'backupBrowser/flr/unstructuredData',
	},
	{
		parameters: ['sessionId'],
		under: 'restore/entraId/tenant',
		list: 'backupBrowser/entraIdTenant',
	},
	{ parameters: ['sessionId'], under: 'exportlogs', list: 'sessions' },
	{ parameters: ['sessionId'], under: 'malwareDetection', list: 'sessions' },
	{ parameters: ['browseSessionId'], list: 'sessions' },
	{ parameters: ['scanSessionLogId'], list: 'taskSessions', idField: 'id' },
	{ parameters: ['taskId'], list: 'tasks', idField: 'id' },
	{ parameters: ['backupId'], under: 'backupBrowser/entraIdTenant', list: 'backups' },
	{ parameters: ['hostname'], list: 'backupInfrastructure/managedServers', idField: 'name' },
	{
		parameters: ['protectionGroupId'],
		under: 'inventory/physical',
		list: 'agents/protectionGroups',
	},
	{ parameters: ['domainId'], under: 'inventory/activeDirectory', list: 'adDomains' },
	{ parameters: ['instanceId'], under: 'license/capacity', list: 'license/instances' },
	// Fields and filters
	{ parameters: ['backupId', 'backupIdFilter'], list: 'backups' },
	{ parameters: ['backupObjectId', 'backupObjectIdFilter'], list: 'backupObjects', idField: 'id' },
	{
		parameters: [
			'restorePointId',
			'newRestorePointId',
			'oldRestorePointId',
			'restorePointIdFilter',
		],
		list: 'restorePoints',
	},
	{
		parameters: ['jobId', 'jobIdFilter', 'targetJobId', 'primaryJobId'],
		list: 'jobs',
		idField: 'id',
	},
	{
		parameters: [
			'repositoryId',
			'repositoryIdFilter',
			'backupRepositoryId',
			'targetRepositoryId',
			'cacheRepositoryId',
		],
		list: 'backupInfrastructure/repositories',
		idField: 'id',
	},
	{
		parameters: [
			'credentialsId',
			'shareCredentialsId',
			'accessCredentialsId',
			'targetServerCredentialsId',
			'secondaryNodeCredentialsId',
		],
		list: 'credentials',
	},
	{
		parameters: ['hostId', 'hostIdFilter', 'mountHostId', 'storageHostId'],
		list: 'backupInfrastructure/managedServers',
		idField: 'id',
	},
	{ parameters: ['unstructuredDataServerId'], list: 'inventory/unstructuredDataServers' },
	{ parameters: ['sobrIdFilter'], list: 'backupInfrastructure/scaleOutRepositories' },
	// Lists whose entries nest their name
	{ list: 'backupBrowser/flr', labelField: 'sourceProperties.machineName' },
	{ list: 'backupBrowser/flr/unstructuredData', labelField: 'sourceProperties.backupId' },
	{ list: 'backupBrowser/entraIdTenant', labelField: 'sourceProperties.tenantName' },
	{ list: 'globalExclusions/vm', labelField: 'inventoryObject.name' },
	{ list: 'malwareDetection/events', labelField: 'machine.displayName' },
	{ list: 'malwareDetection/backupObjects', idField: 'objectId' },
	{ list: 'inventory/unstructuredDataServers/sessions', idField: 'sessionId' },
	{ list: 'restore/instantRecovery/azure/vm', labelField: 'spec.vmName' },
	{ list: 'restore/instantRecovery/vSphere/fcd', labelField: 'mountedDisks.0.nameLabel' },
	{ list: 'cloudCredentials', labelField: 'account' },
];

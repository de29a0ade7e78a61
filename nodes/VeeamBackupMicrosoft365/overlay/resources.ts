import type { ResourceNames } from '../../shared/form/overlay';

const IN_SESSION = 'RestoreSessions/{restoreSessionId}';
const ONE_DRIVE = `${IN_SESSION}/Organization/OneDrives`;
const SITE = `${IN_SESSION}/Organization/Sites`;
const MAILBOX = `${IN_SESSION}/organization/mailboxes`;
const TEAM = `${IN_SESSION}/organization/teams`;

/**
 * Resources as the console and the reference group them, with the starts of their paths. What can be
 * restored stands beside what is protected: a Mailbox is one of a restore session, an Organization
 * User one of Microsoft 365.
 */
export const resources: Record<string, ResourceNames> = {
	amazonArchiverAppliance: { name: 'Amazon Archiver Appliance', paths: ['EC2Resources'] },
	amazonS3Storage: {
		name: 'Amazon S3 Storage',
		plural: 'Amazon S3 storages',
		paths: ['S3Resources'],
	},
	auditItem: { name: 'Audit Item', paths: ['Organizations/{organizationId}/AuditItems'] },
	auditNotification: { name: 'Audit Notification', paths: ['AuditEmailSettings'] },
	azureBlobStorage: { name: 'Azure Blob Storage', paths: ['AzureResources'] },
	azureServiceAccount: { name: 'Azure Service Account', paths: ['AzureServiceAccounts'] },
	backupAccount: {
		name: 'Backup Account',
		paths: ['Organizations/{organizationId}/BackupAccounts'],
	},
	backupApplication: {
		name: 'Backup Application',
		paths: [
			'Organizations/{organizationId}/Applications',
			'Organizations/{organizationId}/BackupApplications',
			'Organizations/{organizationId}/DeviceCode',
		],
	},
	backupCopyJob: { name: 'Backup Copy Job', paths: ['CopyJobs', 'Jobs/{jobId}/CopyJob'] },
	backupJob: { name: 'Backup Job', paths: ['Jobs', 'Organizations/{organizationId}/Jobs'] },
	backupJobItem: {
		name: 'Backup Job Item',
		paths: ['Jobs/{jobId}/ExcludedItems', 'Jobs/{jobId}/SelectedItems'],
	},
	backupRepository: { name: 'Backup Repository', paths: ['BackupRepositories'] },
	backupServer: {
		name: 'Backup Server',
		paths: [
			'Configuration',
			'ExclusionSettings',
			'Health',
			'HistorySettings',
			'InternetProxySettings',
			'ManagementMode',
			'RestorePortalSettings',
			'ServiceInstance',
			'token',
		],
	},
	changeOwnerSession: { name: 'Change Owner Session', paths: ['RepositoryOwnerChangeSessions'] },
	cloudAccount: { name: 'Cloud Account', paths: ['Accounts'] },
	dataRetrievalJob: { name: 'Data Retrieval Job', paths: ['DataRetrievals'] },
	dataRetrievalSession: { name: 'Data Retrieval Session', paths: ['DataRetrievalSessions'] },
	emailNotification: { name: 'Email Notification', paths: ['VboEmailSettings'] },
	encryptionPassword: { name: 'Encryption Password', paths: ['EncryptionKeys'] },
	event: { name: 'Event', paths: ['Events'] },
	explorerEmail: {
		name: 'Explorer Email',
		paths: ['VeodEmailSettings', 'VespEmailSettings', 'VetEmailSettings', 'VexEmailSettings'],
	},
	jobSession: { name: 'Job Session', paths: ['JobSessions', 'Jobs/{jobId}/JobSessions'] },
	license: {
		name: 'License',
		paths: ['License', 'licensing', 'Organizations/{organizationId}/LicensingInformation'],
	},
	licensedUser: { name: 'Licensed User', paths: ['LicensedUsers'] },
	mailbox: { name: 'Mailbox', paths: [MAILBOX] },
	mailboxFolder: { name: 'Mailbox Folder', paths: [`${MAILBOX}/{mailboxId}/folders`] },
	mailboxItem: { name: 'Mailbox Item', paths: [`${MAILBOX}/{mailboxId}/items`] },
	objectStorage: { name: 'Object Storage', paths: ['objectstoragerepositories'] },
	oneDrive: { name: 'OneDrive', paths: [ONE_DRIVE] },
	oneDriveDocument: { name: 'OneDrive Document', paths: [`${ONE_DRIVE}/{oneDriveId}/Documents`] },
	oneDriveFolder: { name: 'OneDrive Folder', paths: [`${ONE_DRIVE}/{oneDriveId}/Folders`] },
	organization: { name: 'Organization', paths: ['Organizations', 'Organization', 'DeviceCode'] },
	organizationGroup: {
		name: 'Organization Group',
		paths: ['Organizations/{organizationId}/Groups'],
	},
	organizationSite: { name: 'Organization Site', paths: ['Organizations/{organizationId}/Sites'] },
	organizationTeam: { name: 'Organization Team', paths: ['Organizations/{organizationId}/Teams'] },
	organizationUser: { name: 'Organization User', paths: ['Organizations/{organizationId}/Users'] },
	protectedObject: {
		name: 'Protected Object',
		paths: ['ProtectedGroups', 'ProtectedSites', 'ProtectedTeams', 'ProtectedUsers'],
	},
	proxyPool: { name: 'Proxy Pool', paths: ['ProxyPools'] },
	proxyServer: { name: 'Proxy Server', paths: ['Proxies'] },
	report: { name: 'Report', paths: ['Reports'] },
	repositoryData: {
		name: 'Repository Data',
		plural: 'repository data',
		paths: [
			'BackupRepositories/{repositoryId}/GroupData',
			'BackupRepositories/{repositoryId}/MailboxData',
			'BackupRepositories/{repositoryId}/OneDriveData',
			'BackupRepositories/{repositoryId}/OrganizationData',
			'BackupRepositories/{repositoryId}/SiteData',
			'BackupRepositories/{repositoryId}/TeamData',
			'BackupRepositories/{repositoryId}/UserData',
		],
	},
	restoreOperatorRole: {
		name: 'Restore Operator Role',
		paths: ['RbacRoles', 'Organizations/{organizationId}/RbacRoles'],
	},
	restorePoint: { name: 'Restore Point', paths: ['RestorePoints'] },
	restorePortalUser: { name: 'Restore Portal User', paths: ['Organization/LoggedInUser'] },
	restoreSession: {
		name: 'Restore Session',
		paths: [
			'RestoreSessions',
			'BackupRepositories/{repositoryId}/explore',
			'DataRetrievals/{dataRetrievalId}/explore',
			'Jobs/{jobId}/explore',
			'Organization/Explore',
			'Organization/OperatorExplore',
			'Organizations/{organizationId}/explore',
		],
	},
	retentionExclusion: {
		name: 'Retention Exclusion',
		paths: [
			'GlobalRetentionExclusionSettings',
			'Organizations/{organizationId}/RetentionExclusion',
		],
	},
	s3CompatibleStorage: { name: 'S3 Compatible Storage', paths: ['S3CompatibleResources'] },
	sharePointAttachment: {
		name: 'SharePoint Attachment',
		paths: [`${SITE}/{siteId}/Items/{itemId}/Attachments`],
	},
	sharePointDocument: { name: 'SharePoint Document', paths: [`${SITE}/{siteId}/Documents`] },
	sharePointFolder: { name: 'SharePoint Folder', paths: [`${SITE}/{siteId}/Folders`] },
	sharePointItem: { name: 'SharePoint Item', paths: [`${SITE}/{siteId}/Items`] },
	sharePointLibrary: { name: 'SharePoint Library', paths: [`${SITE}/{siteId}/Libraries`] },
	sharePointList: { name: 'SharePoint List', paths: [`${SITE}/{siteId}/Lists`] },
	sharePointSite: { name: 'SharePoint Site', paths: [SITE] },
	synchronizationSession: {
		name: 'Synchronization Session',
		paths: ['RepositorySynchronizeSessions'],
	},
	team: { name: 'Team', paths: [TEAM] },
	teamChannel: { name: 'Team Channel', paths: [`${TEAM}/{teamId}/channels`] },
	teamFile: {
		name: 'Team File',
		paths: [`${TEAM}/{teamId}/files`, `${TEAM}/{teamId}/channels/{channelId}/files`],
	},
	teamPost: { name: 'Team Post', paths: [`${TEAM}/{teamId}/posts`] },
	teamTab: {
		name: 'Team Tab',
		paths: [`${TEAM}/{teamId}/tabs`, `${TEAM}/{teamId}/channels/{channelId}/tabs`],
	},
};

/**
 * What admins of Microsoft 365 backups come for, in the order of use: is everybody protected, did the
 * jobs run, is there space, give this mail back.
 */
export const everyday: readonly string[] = [
	// Reports: the mail of the morning, then Veeam's own.
	'getProtectionReport',
	'generateUserProtectionReport',
	'generateMailboxProtectionReport',
	'generateOneDriveProtectionReport',
	'generateSharePointProtectionReport',
	'generateTeamsProtectionReport',
	'generateLicenseOverviewReport',
	'generateStorageConsumptionReport',
	// Jobs: run them, change them.
	'getBackupJobs',
	'startBackupJob',
	'stopBackupJob',
	'getBackupJob',
	'enableBackupJob',
	'disableBackupJob',
	'editBackupJobSettings',
	'createBackupJob',
	'removeBackupJob',
	'getBackupJobsByOrganizationId',
	'createBackupJobInOrganization',
	// Job sessions: what ran, why it failed, wait for the rest.
	'getJobSessions',
	'getFailureReasons',
	'waitForJobSession',
	'getJobSessionBySessionId',
	'getJobSessionsOfBackupJob',
	'getJobSessionLog',
	'getProcessedObjects',
	// Who is in the backups.
	'getProtectedUsers',
	'getProtectedGroups',
	'getProtectedSites',
	'getProtectedTeams',
	// Repositories: is there space.
	'getBackupRepositories',
	'getBackupRepository',
	'addBackupRepository',
	'editBackupRepositorySettings',
	'synchronizeCache',
	// Mailboxes of an open restore session: what most restores are about.
	'getMailboxes',
	'searchForExchangeItemsInMailbox',
	'exportMailboxData',
	'restoreMailboxDataToOriginalExchangeServer',
	'restoreMailboxDataToAnotherExchangeServer',
];

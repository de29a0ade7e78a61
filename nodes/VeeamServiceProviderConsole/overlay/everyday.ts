/**
 * What service providers come for, in the order of use: what is wrong at which tenant, who uses how
 * much, run the job again.
 */
export const everyday: readonly string[] = [
	// The mail of the morning, for each tenant too.
	'getProtectionReport',
	// Alarms: the provider's inbox.
	'listActiveAlarms',
	'resolveActiveAlarm',
	'acknowledgeActiveAlarm',
	'getActiveAlarm',
	'listActiveAlarmHistory',
	'deleteActiveAlarm',
	// Companies: who they are and what they use.
	'listCompanies',
	'listCompaniesUsage',
	'getCompany',
	'listCompanyUsage',
	'createCompany',
	'editCompany',
	'deleteCompany',
	'sendWelcomeEmailToCompany',
	// Jobs of the tenants' backup servers.
	'listBackupServerJobs',
	'startBackupServerJob',
	'retryBackupServerJob',
	'stopBackupServerJob',
	'getBackupServerJob',
	'listBackupServerJobsByServer',
	'getJobSessionHeatmap',
	'editBackupServerJob',
	'assignBackupServerJob',
	// Backup agents of the tenants' machines.
	'listBackupAgents',
	'getBackupAgent',
	'activateBackupAgent',
	'deactivateBackupAgent',
	'restartBackupAgentService',
	'collectBackupAgent',
	'editBackupAgent',
	// Repositories: is there space.
	'listBackupRepositories',
	'getBackupRepository',
	'listBackupRepositoriesByServer',
	// Invoices at the end of the month.
	'listInvoices',
	'generateInvoice',
	'downloadInvoicePdf',
	'sendInvoice',
	'getInvoice',
	'listInvoicesByCompany',
];

import type { ProductOverlay } from '../../shared/form/overlay';

/** What operations of Backup for Microsoft 365 do, where a name is not enough. In our own words. */
export const descriptions: ProductOverlay['descriptions'] = {
	addBackupAccounts: 'Backup accounts share the load so that Microsoft 365 throttles each less',
	addBackupApplications:
		'Backup applications share the load so that Microsoft 365 throttles each less',
	createDataRetrievalJob:
		'Brings backups from archive storage back for a while, so that items can be restored',
	enableMaintenanceModeForBackupProxyServer:
		'The proxy takes no new work until the mode is disabled',
	revokeLicenseFromUsers:
		'Frees the license for another user; the backups of this one stay until they are removed',
	startSynchronization: 'Reads users, groups, sites and teams of the organization anew',
	synchronizeCache: 'Rebuilds the local cache of an object storage',
};

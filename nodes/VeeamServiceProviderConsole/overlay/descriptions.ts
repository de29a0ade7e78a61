import type { ProductOverlay } from '../../shared/form/overlay';

/** What operations of Service Provider Console do, where a name is not enough. In our own words. */
export const descriptions: ProductOverlay['descriptions'] = {
	acknowledgeActiveAlarm: 'Marks it as seen; it stays open',
	collectBackupServer: 'Has the console read the server anew instead of at the next interval',
	createCompanyHostedVbrVcdOrganizationMapping:
		'A mapped organization is managed, reported and billed with its company',
	createVb365OrganizationToCompanyMapping:
		'A mapped organization is managed, reported and billed with its company',
	finalizeLicenseReports: 'Approves the monthly usage, which is then no longer changed',
	resolveActiveAlarm: 'Closes the alarm',
	setSiteMaintenanceMode: 'While it is on, the site takes no backups of tenants',
	syncPulseData:
		'Brings licenses and contracts in line with VCSP Pulse, the licensing portal for service providers',
};

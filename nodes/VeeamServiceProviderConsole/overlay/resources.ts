import type { ResourceNames } from '../../shared/form/overlay';

const backupServers = 'infrastructure/backupServers';
const sites = 'infrastructure/sites';
const companies = 'organizations/companies';
const resellers = 'organizations/resellers';
const vb365Servers = 'infrastructure/vb365Servers';

/** A kind of thing that is listed for all of its owners (`owners/things`) and for one of them. */
const owned = (owners: string, things: string): string[] => [
	`${owners}/${things}`,
	`${owners}/{}/${things}`,
];

/** Jobs of one kind on backup servers. */
const jobs = (name: string, segment: string): ResourceNames => ({
	name,
	paths: owned(backupServers, `jobs/${segment}`),
});

/** Policies of Veeam Backup for Public Clouds for one kind of workload. */
const cloudPolicies = (name: string, segment: string): ResourceNames => ({
	name,
	plural: name.replace(/y$/, 'ies'),
	paths: owned(backupServers, `publicCloud/policies/${segment}`),
});

/** What a cloud offers for appliances, beside accounts, connections and appliances. */
const cloud = (key: string, name: string): Record<string, ResourceNames> => {
	const path = `${sites}/{}/publicCloud/${key}`;
	return {
		[`${key}Account`]: { name: `${name} Account`, paths: [`${path}/accounts`] },
		[`${key}Appliance`]: { name: `${name} Appliance`, paths: [`${path}/appliances`] },
		[`${key}Environment`]: { name: `${name} Environment`, paths: [path] },
	};
};

/**
 * Resources as the console's own menus call things, with the starts of their paths. API sections of
 * more than 30 operations (jobs, Cloud Connect, companies, resellers) are split by what they are
 * about, so that each list of operations can be read at a glance.
 */
export const resources: Record<string, ResourceNames> = {
	administratorPortalUser: {
		name: 'Administrator Portal User',
		paths: ['users/serviceProvider/localUserRule'],
	},
	alarmTemplate: {
		name: 'Alarm Template',
		paths: ['alarms/templates', 'organizations/{}/configuration/alarms'],
	},
	asyncAction: { name: 'Async Action', paths: ['asyncActions'] },
	authentication: { name: 'Authentication', paths: ['authentication'] },
	...cloud('aws', 'AWS'),
	...cloud('azure', 'Azure'),
	...cloud('google', 'Google Cloud'),
	backupAgent: { name: 'Backup Agent', paths: ['infrastructure/backupAgents'] },
	backupAgentJob: {
		name: 'Backup Agent Job',
		paths: owned('infrastructure/backupAgents', 'jobs'),
	},
	linuxBackupAgent: { name: 'Linux Backup Agent', paths: ['infrastructure/backupAgents/linux'] },
	linuxBackupAgentJob: {
		name: 'Linux Backup Agent Job',
		paths: owned('infrastructure/backupAgents/linux', 'jobs'),
	},
	macBackupAgent: { name: 'Mac Backup Agent', paths: ['infrastructure/backupAgents/mac'] },
	macBackupAgentJob: {
		name: 'Mac Backup Agent Job',
		paths: owned('infrastructure/backupAgents/mac', 'jobs'),
	},
	windowsBackupAgent: {
		name: 'Windows Backup Agent',
		paths: ['infrastructure/backupAgents/windows'],
	},
	windowsBackupAgentJob: {
		name: 'Windows Backup Agent Job',
		paths: owned('infrastructure/backupAgents/windows', 'jobs'),
	},
	backupPolicy: {
		name: 'Backup Policy',
		paths: ['configuration/backupPolicies', 'configuration/backupPoliciesToAssign'],
	},
	backupRepository: { name: 'Backup Repository', paths: owned(backupServers, 'repositories') },
	backupServer: { name: 'Backup Server', paths: [backupServers] },
	backupServerCredential: {
		name: 'Backup Server Credential',
		paths: [`${backupServers}/{}/credentials`],
	},
	backupServerLicense: { name: 'Backup Server License', paths: ['licensing/backupServers'] },
	encryptionPassword: {
		name: 'Encryption Password',
		paths: [`${backupServers}/{}/encryptionPasswords`],
	},
	// Jobs of backup servers, one resource for each kind
	job: {
		name: 'Job',
		paths: [...owned(backupServers, 'jobs'), 'infrastructure/jobSessionHeatmap'],
	},
	agentJob: jobs('Agent Job', 'agentJobs'),
	backupCopyJob: jobs('Backup Copy Job', 'backupCopyJobs'),
	backupTapeJob: jobs('Backup to Tape Job', 'backupTapeJobs'),
	cdpReplicationJob: jobs('CDP Policy', 'cdpReplicationJobs'),
	fileCopyJob: jobs('File Copy Job', 'fileCopyJobs'),
	fileShareCopyJob: jobs('File Share Copy Job', 'fileShareCopyJobs'),
	fileShareJob: jobs('File Share Backup Job', 'fileShareJobs'),
	fileTapeJob: jobs('File to Tape Job', 'fileTapeJobs'),
	objectStorageBackupCopyJob: jobs('Object Storage Backup Copy Job', 'objectStorageBackupCopyJobs'),
	objectStorageBackupJob: jobs('Object Storage Backup Job', 'objectStorageBackupJobs'),
	replicationJob: jobs('Replication Job', 'replicationVmJobs'),
	simpleBackupCopyJob: jobs('Immediate Backup Copy Job', 'simpleBackupCopyJobs'),
	vmBackupJob: jobs('VM Backup Job', 'backupVmJobs'),
	vmCopyJob: jobs('VM Copy Job', 'vmCopyJobs'),
	failoverPlan: { name: 'Failover Plan', paths: owned(backupServers, 'failoverplans') },
	invoice: {
		name: 'Invoice',
		paths: [
			`${companies}/billing/invoices`,
			`${companies}/{}/billing/generateInvoices`,
			`${companies}/{}/billing/generateQuotaUsageReport`,
			`${companies}/{}/billing/invoices`,
		],
	},
	cloudGateway: {
		name: 'Cloud Gateway',
		paths: [...owned(sites, 'cloudgateways'), ...owned(sites, 'cloudgatewaypools')],
	},
	hardwarePlan: { name: 'Hardware Plan', paths: owned(sites, 'hardwarePlans') },
	site: { name: 'Site', paths: [sites] },
	siteLicense: { name: 'Site License', paths: ['licensing/sites'] },
	siteVcdServer: {
		name: 'Site Cloud Director',
		plural: 'Site Cloud Director Servers',
		paths: owned(sites, 'vcdServers'),
	},
	tenant: { name: 'Tenant', paths: owned(sites, 'tenants') },
	tenantBackupResource: {
		name: 'Tenant Backup Resource',
		paths: owned(`${sites}/tenants`, 'backupResources'),
	},
	tenantReplicationResource: {
		name: 'Tenant Replication Resource',
		paths: owned(`${sites}/tenants`, 'replicationResources'),
	},
	tenantVcdReplicationResource: {
		name: 'Tenant Cloud Director Replication Resource',
		paths: owned(`${sites}/tenants`, 'vcdReplicationResources'),
	},
	company: { name: 'Company', plural: 'Companies', paths: [companies] },
	companyHostedResource: {
		name: 'Company Hosted Resource',
		paths: owned(companies, 'hostedResources/vbr'),
	},
	companyHostedBackupResource: {
		name: 'Company Hosted Backup Resource',
		paths: [
			`${companies}/hostedResources/vbr/backupResources`,
			`${companies}/{}/hostedResources/vbr/{}/backupResources`,
		],
	},
	companyMicrosoft365Resource: {
		name: 'Company Microsoft 365 Resource',
		paths: owned(companies, 'hostedResources/vb365'),
	},
	companyMicrosoft365BackupResource: {
		name: 'Company Microsoft 365 Backup Resource',
		paths: [
			`${companies}/hostedResources/vb365/backupResources`,
			`${companies}/{}/hostedResources/vb365/{}/backupResources`,
		],
	},
	companySiteResource: { name: 'Company Site Resource', paths: owned(companies, 'sites') },
	companySiteBackupResource: {
		name: 'Company Site Backup Resource',
		paths: [`${companies}/sites/backupResources`, `${companies}/{}/sites/{}/backupResources`],
	},
	companySiteReplicationResource: {
		name: 'Company Site Replication Resource',
		paths: [
			`${companies}/sites/replicationResources`,
			`${companies}/{}/sites/{}/replicationResources`,
		],
	},
	companySiteVcdReplicationResource: {
		name: 'Company Site Cloud Director Replication Resource',
		paths: [
			`${companies}/sites/vcdReplicationResources`,
			`${companies}/{}/sites/{}/vcdReplicationResources`,
		],
	},
	console: {
		name: 'Console',
		paths: [
			'about',
			'configuration/certificates',
			'discovery/timeZones',
			'licensing/console',
			'misc',
			'proxy',
		],
	},
	container: { name: 'Container', paths: ['organizations/containers'] },
	deploymentTask: { name: 'Deployment Task', paths: ['deployment/deploy'] },
	discoveredComputer: {
		name: 'Discovered Computer',
		paths: ['discovery/computers', 'infrastructure/computers'],
	},
	discoveryRule: { name: 'Discovery Rule', paths: ['discovery/rules'] },
	linuxDiscoveryRule: { name: 'Linux Discovery Rule', paths: ['discovery/rules/linux'] },
	windowsDiscoveryRule: { name: 'Windows Discovery Rule', paths: ['discovery/rules/windows'] },
	enterpriseManager: { name: 'Enterprise Manager', paths: ['infrastructure/enterpriseManagers'] },
	eventLog: { name: 'Event Log', paths: ['eventLogs'] },
	guestOsCredential: {
		name: 'Guest OS Credential',
		paths: [`${sites}/publicCloud/guestOsCredentials`],
	},
	identityProvider: {
		name: 'Identity Provider',
		paths: owned('organizations', 'identityProviders'),
	},
	identityProviderRule: {
		name: 'Identity Provider Rule',
		paths: [
			...owned('organizations', 'identityProviders/rules'),
			'organizations/{}/identityProviders/{}/rules',
		],
	},
	licenseReport: {
		name: 'License Report',
		paths: ['licensing/reports', 'licensing/usage'],
	},
	location: {
		name: 'Location',
		paths: ['organizations/locations', 'organizations/{}/locations'],
	},
	managementAgent: {
		name: 'Management Agent',
		paths: ['infrastructure/managementAgents', 'infrastructure/unverifiedAgents'],
	},
	microsoft365Server: {
		name: 'Microsoft 365 Backup Server',
		paths: [vb365Servers, 'infrastructure/unactivatedVb365Servers'],
	},
	microsoft365ServerLicense: {
		name: 'Microsoft 365 Backup Server License',
		paths: ['licensing/vb365Servers'],
	},
	microsoft365Organization: {
		name: 'Microsoft 365 Organization',
		paths: owned(vb365Servers, 'organizations'),
	},
	microsoft365Job: {
		name: 'Microsoft 365 Job',
		paths: owned(vb365Servers, 'organizations/jobs'),
	},
	microsoft365BackupJob: {
		name: 'Microsoft 365 Backup Job',
		paths: [
			...owned(vb365Servers, 'organizations/jobs/backup'),
			`${vb365Servers}/{}/organizations/{}/jobs/backup`,
		],
	},
	microsoft365BackupCopyJob: {
		name: 'Microsoft 365 Backup Copy Job',
		paths: owned(vb365Servers, 'organizations/jobs/copy'),
	},
	notificationSetting: {
		name: 'Notification Setting',
		paths: owned('organizations', 'configuration/notification'),
	},
	organization: { name: 'Organization', paths: ['organizations'] },
	patchUpload: {
		name: 'Patch Upload',
		paths: [
			`${backupServers}/{}/patch/upload`,
			`${sites}/{}/publicCloud/appliances/patches/upload`,
			'infrastructure/voneServers/{}/patch/upload',
		],
	},
	permission: {
		name: 'Permission',
		paths: ['permissions', `${companies}/{}/permissions`, `${resellers}/{}/permissions`],
	},
	plugin: { name: 'Plugin', paths: ['plugins'] },
	protectedCloudWorkload: {
		name: 'Protected Cloud Workload',
		paths: ['protectedWorkloads/publicCloud'],
	},
	protectedComputerByBackupServer: {
		name: 'Protected Computer Managed by Backup Server',
		plural: 'Protected Computers Managed by Backup Server',
		paths: ['protectedWorkloads/computersManagedByBackupServer'],
	},
	protectedComputerByConsole: {
		name: 'Protected Computer Managed by Console',
		plural: 'Protected Computers Managed by Console',
		paths: ['protectedWorkloads/computersManagedByConsole'],
	},
	protectedFileShare: { name: 'Protected File Share', paths: ['protectedWorkloads/fileShares'] },
	protectedMicrosoft365Object: {
		name: 'Protected Microsoft 365 Object',
		paths: ['protectedWorkloads/vb365ProtectedObjects'],
	},
	protectedObjectStorage: {
		name: 'Protected Object Storage',
		plural: 'Protected Object Storages',
		paths: ['protectedWorkloads/objectStorages'],
	},
	protectedVm: { name: 'Protected VM', paths: ['protectedWorkloads/virtualMachines'] },
	publicCloudAppliance: {
		name: 'Public Cloud Appliance',
		paths: [
			...owned(backupServers, 'publicCloud/appliances'),
			...owned(sites, 'publicCloud/appliances'),
			`${sites}/publicCloud`,
			`${sites}/{}/publicCloud`,
		],
	},
	publicCloudPolicy: {
		name: 'Public Cloud Policy',
		paths: [`${backupServers}/publicCloud/policies`],
	},
	cloudDatabasePolicy: cloudPolicies('Cloud Database Policy', 'databases'),
	cloudFileSharePolicy: cloudPolicies('Cloud File Share Policy', 'fileShares'),
	cloudNetworkPolicy: cloudPolicies('Cloud Network Policy', 'networks'),
	cloudVmPolicy: cloudPolicies('Cloud VM Policy', 'virtualMachines'),
	publicCloudSqlAccount: {
		name: 'Public Cloud SQL Account',
		paths: [`${sites}/publicCloud/sqlAccounts`],
	},
	pulse: { name: 'Pulse', paths: ['pulse'] },
	pulseLicense: { name: 'Pulse License', paths: ['pulse/licenses'] },
	pulseTenant: { name: 'Pulse Tenant', paths: ['pulse/tenants'] },
	reseller: { name: 'Reseller', paths: [resellers] },
	resellerBackupResource: {
		name: 'Reseller Backup Resource',
		paths: [`${resellers}/sites/backupResources`, `${resellers}/{}/sites/{}/backupResources`],
	},
	resellerBackupServerResource: {
		name: 'Reseller Backup Server Resource',
		paths: owned(resellers, 'hostedResources/vbr'),
	},
	resellerMicrosoft365Resource: {
		name: 'Reseller Microsoft 365 Resource',
		paths: owned(resellers, 'hostedResources/vb365'),
	},
	resellerReplicationResource: {
		name: 'Reseller Replication Resource',
		paths: [
			`${resellers}/sites/replicationResources`,
			`${resellers}/{}/sites/{}/replicationResources`,
		],
	},
	resellerSiteResource: { name: 'Reseller Site Resource', paths: owned(resellers, 'sites') },
	resellerVcdReplicationResource: {
		name: 'Reseller Cloud Director Replication Resource',
		paths: [
			`${resellers}/sites/vcdReplicationResources`,
			`${resellers}/{}/sites/{}/vcdReplicationResources`,
		],
	},
	resellerWanAcceleratorResource: {
		name: 'Reseller WAN Accelerator Resource',
		paths: [
			`${resellers}/sites/wanAcceleratorResources`,
			`${resellers}/{}/sites/{}/wanAcceleratorResources`,
		],
	},
	scheduledDeploymentTask: {
		name: 'Scheduled Deployment Task',
		paths: [
			'discovery/computers/{}/scheduledDeploymentTasks',
			'discovery/computers/{}/scheduledTasks',
			'infrastructure/managementAgents/{}/scheduledDeploymentTasks',
			`${backupServers}/{}/scheduledTasks`,
			'infrastructure/voneServers/{}/scheduledTasks',
		],
	},
	subscriptionPlan: {
		name: 'Subscription Plan',
		paths: ['subscriptionPlans', `${companies}/{}/subscriptionPlan`],
	},
	triggeredAlarm: { name: 'Triggered Alarm', paths: ['alarms/active'] },
	user: {
		name: 'User',
		paths: ['users', 'organizations/locations/{}/users', 'organizations/{}/users'],
	},
	userIdentity: {
		name: 'User Identity',
		plural: 'User Identities',
		paths: ['users/logins', 'users/{}/logins'],
	},
	vcdServer: {
		name: 'Cloud Director',
		plural: 'Cloud Director Servers',
		paths: owned(backupServers, 'vcdServers'),
	},
	voneServer: { name: 'Veeam ONE Server', paths: ['infrastructure/voneServers'] },
	voneServerLicense: { name: 'Veeam ONE Server License', paths: ['licensing/voneServers'] },
};

import type { ResourceNames } from '../../shared/form/overlay';

/**
 * Resources as the Veeam console groups them, with the starts of their paths. API sections of more
 * than 30 operations (backup browser, restore, agents) are split along the product's terms.
 */
export const resources: Record<string, ResourceNames> = {
	accessControlRecord: { name: 'Access Control Record', paths: ['acl'] },
	activeDirectoryDomain: {
		name: 'Active Directory Domain',
		paths: ['adDomains', 'inventory/activeDirectory'],
	},
	agent: {
		name: 'Agent',
		paths: [
			'agents/packages',
			'agents/protectedComputers',
			'agents/discoveredEntities/states',
			'agents/discoveredEntities/{}/backups',
			'agents/discoveredEntities/{}/attachBackup',
			'agents/discoveredEntities/{}/detachBackup',
		],
	},
	agentRecoveryAppliance: {
		name: 'Agent Recovery Appliance',
		paths: ['agents/recoveryAppliances'],
	},
	authorizationEvent: { name: 'Authorization Event', paths: ['authorization/events'] },
	automation: { name: 'Automation', paths: ['automation'] },
	backup: { name: 'Backup', paths: ['backups'] },
	backupFile: { name: 'Backup File', paths: ['backups/{}/backupFiles'] },
	backupObject: { name: 'Backup Object', paths: ['backupObjects', 'backups/{}/objects'] },
	backupServer: {
		name: 'Backup Server',
		paths: [
			'generalOptions',
			'registerVbr',
			'serverCertificate',
			'serverInfo',
			'serverTime',
			'services',
			'/api/oauth2',
		],
	},
	cloudBrowser: { name: 'Cloud Browser', paths: ['cloudBrowser'] },
	cloudCredential: { name: 'Cloud Credential', paths: ['cloudCredentials'] },
	cloudHelperAppliance: {
		name: 'Cloud Helper Appliance',
		paths: ['cloudCredentials/{}/helperAppliances'],
	},
	configurationBackup: { name: 'Configuration Backup', paths: ['configBackup'] },
	credential: { name: 'Credential', paths: ['credentials'] },
	deploymentKit: { name: 'Deployment Kit', paths: ['deployment'] },
	discoveredEntity: {
		name: 'Discovered Entity',
		paths: ['agents/discoveredEntities', 'agents/protectionGroups/{}/discoveredEntities'],
	},
	diskManagement: { name: 'Disk Management', paths: ['diskManagement'] },
	diskPublishing: { name: 'Disk Publishing', paths: ['dataIntegration'] },
	emailNotification: { name: 'Email Notification', paths: ['generalOptions/emailSettings'] },
	encryptionPassword: { name: 'Encryption Password', paths: ['encryptionPasswords'] },
	entraIdItem: {
		name: 'Entra ID Item',
		paths: [
			'backupBrowser/entraIdTenant/{backupId}',
			'backupBrowser/entraIdTenant/{}/compare',
			'backupBrowser/entraIdTenant/{}/exportToJson',
			'backupBrowser/entraIdTenant/{}/exportToJsonDownload',
			'backupBrowser/entraIdTenant/{}/recursiveCompare',
			'backupBrowser/entraIdTenant/{}/startCompare',
			'backupBrowser/entraIdTenant/{}/startRecursiveCompare',
		],
	},
	entraIdRestore: {
		name: 'Entra ID Restore',
		paths: ['backupBrowser/entraIdTenant', 'restore/entraId'],
	},
	entraIdTenant: { name: 'Entra ID Tenant', paths: ['inventory/entraId/tenants'] },
	eventForwarding: {
		name: 'Event Forwarding',
		paths: ['generalOptions/eventForwarding', 'generalOptions/vsaEventForwarding'],
	},
	failback: { name: 'Failback', paths: ['failback'] },
	failover: { name: 'Failover', paths: ['failover'] },
	fileRestore: { name: 'File Restore', paths: ['backupBrowser/flr', 'restore/flr'] },
	globalExclusion: { name: 'Global Exclusion', paths: ['globalExclusions/vm'] },
	helperApplianceTemplate: {
		name: 'Helper Appliance Template',
		paths: ['backupInfrastructure/helperApplianceTemplates'],
	},
	highAvailabilityCluster: {
		name: 'High Availability Cluster',
		paths: ['highAvailabilityCluster'],
	},
	hostAuthentication: { name: 'Host Authentication', paths: ['generalOptions/hostAuthentication'] },
	instantDiskRecovery: {
		name: 'Instant Disk Recovery',
		paths: ['restore/instantRecovery/vSphere/fcd'],
	},
	instantFileShareRecovery: {
		name: 'Instant File Share Recovery',
		paths: ['restore/instantRecovery/unstructuredData'],
	},
	instantRecoveryToAzure: {
		name: 'Instant Recovery to Azure',
		paths: ['restore/instantRecovery/azure/vm'],
	},
	instantRecoveryToHyperV: {
		name: 'Instant Recovery to Hyper-V',
		paths: ['restore/instantRecovery/hyperV/vm'],
	},
	instantRecoveryToVSphere: {
		name: 'Instant Recovery to vSphere',
		paths: ['restore/instantRecovery/vSphere/vm'],
	},
	inventory: { name: 'Inventory', paths: ['inventory'] },
	job: { name: 'Job', paths: ['jobs'] },
	kmsServer: { name: 'KMS Server', paths: ['kmsServers'] },
	license: { name: 'License', paths: ['license'] },
	malwareDetection: { name: 'Malware Detection', paths: ['malwareDetection'] },
	malwareDetectionObject: {
		name: 'Malware Detection Object',
		paths: ['malwareDetection/backupObjects'],
	},
	malwareEvent: { name: 'Malware Event', paths: ['malwareDetection/events'] },
	managedServer: {
		name: 'Managed Server',
		paths: ['backupInfrastructure/managedServers', 'connectionCertificate'],
	},
	mountServer: { name: 'Mount Server', paths: ['backupInfrastructure/mountServers'] },
	nodeExporter: { name: 'Node Exporter', paths: ['generalOptions/nodeExporterSettings'] },
	protectionGroup: { name: 'Protection Group', paths: ['agents/protectionGroups'] },
	proxy: { name: 'Proxy', paths: ['backupInfrastructure/proxies'] },
	recoveryMedia: {
		name: 'Recovery Media',
		paths: [
			'recoveryMedia',
			'backupObjects/{}/createRecoveryMedia',
			'agents/protectionGroups/{}/discoveredEntities/{}/createRecoveryMedia',
		],
	},
	recoveryToken: { name: 'Recovery Token', paths: ['agents/recoveryTokens'] },
	replica: { name: 'Replica', paths: ['replicas'] },
	replicaRestorePoint: {
		name: 'Replica Restore Point',
		paths: ['replicaPoints', 'replicas/{}/replicaPoints'],
	},
	repository: { name: 'Repository', paths: ['backupInfrastructure/repositories'] },
	restore: {
		name: 'Restore',
		paths: [
			'restore/applicationItems',
			'restore/startVolumeRestore',
			'restore/unstructuredData',
			'restore/vmRestore',
		],
	},
	restorePoint: {
		name: 'Restore Point',
		paths: ['restorePoints', 'backupObjects/{}/restorePoints'],
	},
	role: { name: 'Role', paths: ['security/roles', 'security/restoreOptions'] },
	scaleOutRepository: {
		name: 'Scale-Out Repository',
		paths: ['backupInfrastructure/scaleOutRepositories'],
	},
	securityAnalyzer: { name: 'Security & Compliance Analyzer', paths: ['securityAnalyzer'] },
	session: { name: 'Session', paths: ['sessions'] },
	storageLatency: { name: 'Storage Latency', paths: ['generalOptions/storageLatency'] },
	supportLog: { name: 'Support Log', paths: ['exportlogs'] },
	task: { name: 'Task', paths: ['tasks'] },
	taskSession: { name: 'Task Session', paths: ['taskSessions', 'sessions/{}/taskSessions'] },
	trafficRule: { name: 'Traffic Rule', paths: ['trafficRules'] },
	unstructuredDataFileRestore: {
		name: 'Unstructured Data File Restore',
		paths: [
			'backupBrowser/flr/unstructuredData',
			'restore/flr/unstructuredData',
			'restore/unstructuredData/{}/unmount',
		],
	},
	unstructuredDataServer: {
		name: 'Unstructured Data Server',
		paths: ['inventory/unstructuredDataServers'],
	},
	user: { name: 'User', paths: ['security/users', 'security/settings'] },
	wanAccelerator: { name: 'WAN Accelerator', paths: ['backupInfrastructure/wanAccelerators'] },
};

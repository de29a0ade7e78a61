import type { Operation } from '../../nodes/shared/catalogue/types';
import { API } from './api';

/** Session type by path, first match wins; what fits none is `Infrastructure`. */
const SESSION_TYPES: Array<[RegExp, string]> = [
	[/\/instantRecovery\/vSphere\/fcd\/.*migrate/, 'FirstClassDiskQuickMigration'],
	// 1.1-rev0 has no type of its own for a migration of disks.
	[/\/instantRecovery\/vmware\/fcd\/.*migrate/, 'QuickMigration'],
	[/\/instantRecovery\/(vSphere|vmware)\/fcd/, 'FirstClassDiskInstantRestore'],
	[/\/instantRecovery\/azure\/.*migrate/, 'AzureInstantRecoveryMigration'],
	[/\/instantRecovery\/azure\/.*switchover/, 'AzureInstantRecoverySwitchover'],
	[/\/instantRecovery\/azure\/.*unmount/, 'AzureInstantRecoveryStop'],
	[/\/instantRecovery\/azure/, 'AzureInstantRecovery'],
	[/\/instantRecovery\/unstructuredData\/.*migrate/, 'FileInstantRecoveryMigration'],
	[/\/instantRecovery\/unstructuredData/, 'FileInstantRecovery'],
	[/\/instantRecovery\/.*migrate/, 'QuickMigration'],
	[/\/instantRecovery/, 'InstantRecovery'],
	[/\/vmRestore\/cloudDirector/, 'CloudDirectorVmRestore'],
	[/\/vmRestore/, 'RestoreVm'],
	[/\/restore\/flr/, 'FileLevelRestore'],
	[/\/restore\/unstructuredData/, 'NasRestore'],
	[/entraId.*fromCopy/i, 'EntraIdRestoreFromCopy'],
	[/\/(restore|backupBrowser)\/entraId/, 'EntraIdRestore'],
	[/\/dataIntegration/, 'PublishBackupContentViaMount'],
	[/\/failover\/planned/, 'PlannedFailover'],
	[/\/failover\/permanent/, 'PermanentFailover'],
	[/\/failover\/undo/, 'UndoFailover'],
	[/\/failover/, 'Failover'],
	[/\/failback\/switch/, 'SwitchReplicaToProduction'],
	[/\/failback\/commit/, 'CommitFailback'],
	[/\/failback\/undo/, 'UndoFailback'],
	[/\/failback/, 'Failback'],
	[/\/configBackup/, 'ConfigurationBackup'],
	[/\/automation/, 'Automation'],
	[/\/securityAnalyzer/, 'SecurityComplianceAnalyzer'],
	[/\/malwareDetection/, 'MalwareDetection'],
	[/\/exportlogs/, 'LogsExport'],
	[/\/scaleOutRepositories\/.*Mode/, 'RepositoryMaintenance'],
	[/\/backups\/runHealthcheck/, 'FileBackupHealthCheck'],
	[/\/backups\/.*(copyTo|moveTo)/, 'CopyBackup'],
	[/\/backups/, 'DeleteBackup'],
	[/\/jobs/, 'BackupJob'],
	[/\/protectionGroups|\/discoveredEntities/, 'AgentDiscovery'],
	[/startBrowse/, 'UnstructuredDataBrowse'],
];

const TASK_TYPES: Array<[RegExp, string]> = [
	[/rescan/, 'HierarchyRescan'],
	[/generateKit/, 'DeploymentKit'],
	[/RecoveryMedia/, 'RecoveryMedia'],
	[/search$/, 'FlrSearch'],
	[/prepareDownload$/, 'FlrDownload'],
	[/restore|copyTo/, 'FlrRestore'],
];

/** Type of the session or task that an operation starts. */
export function workType(operation: Operation, as: 'session' | 'task'): string {
	const path = operation.path.replace(API, '');
	if (as === 'task') return TASK_TYPES.find(([pattern]) => pattern.test(path))?.[1] ?? 'Common';
	if (operation.method === 'DELETE' && !/\/backups/.test(path)) return 'InfrastructureItemDeletion';
	return SESSION_TYPES.find(([pattern]) => pattern.test(path))?.[1] ?? 'Infrastructure';
}

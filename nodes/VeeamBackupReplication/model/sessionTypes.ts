import type { IDataObject } from 'n8n-workflow';

import { inWords } from './catalogueFacts';
import { isNoId, same, textOf } from './text';

/**
 * What people mean by backup; other sessions drown them. 1.1-rev0 knows Job alone, 1.2-rev1 BackupJob,
 * FileServerSave and ReplicaJob of these, 1.3-rev0 adds agents, logs of databases and copies of file
 * backups, rev1 backup copies, rev2 agents that stand alone, IRIS and other platforms.
 */
export const BACKUP_TYPES = [
	'AgentBackup',
	'AgentPolicy',
	'BackupCopyJob',
	'BackupJob',
	'EndpointBackup',
	'FileServerSave',
	'IrisBackup',
	'Job',
	'OracleLogBackup',
	'PlatformBackupJob',
	'PostgreSqlLogBackup',
	'ReplicaJob',
	'SqlLogBackup',
	'UnstructuredDataBackupCopy',
];

/** Sessions that bring data of the backups out, to wherever: also a look into them. */
const READING = [
	'AdForestRestore',
	'ApplicationLevelRestore',
	'AzureInstantRecovery',
	'AzureInstantRecoveryMount',
	'CloudDirectorVAppRestore',
	'CloudDirectorVmRestore',
	'DiskRestore',
	'EndpointRestore',
	'EntraIdRestore',
	'EntraIdRestoreFromCopy',
	'FileInstantRecovery',
	'FileLevelRestore',
	'FirstClassDiskInstantRestore',
	'InstantDiskRecovery',
	'InstantRecovery',
	'LinuxFileLevelRestore',
	'NasRestore',
	'PublishBackupContentViaMount',
	'PublishBackupContentViaNfs',
	'RestoreAgentVolumes',
	'RestoreRecoveryApplianceVolumes',
	'RestoreVm',
	'RetrieveBackup',
	'UnstructuredDataBrowse',
];

/** Sessions that take backups, or what they are kept on, away. */
const DESTROYING = ['DeleteBackup', 'InfrastructureItemDeletion'];

/** What an insider does: these sessions read data of others, or destroy some. */
export const SENSITIVE_TYPES = [...READING, ...DESTROYING].sort((a, b) => a.localeCompare(b));

export const isSensitive = ({ sessionType }: IDataObject): boolean =>
	SENSITIVE_TYPES.some((type) => same(sessionType, type));

/** Sessions that let replicas take over, or give back to what they were made of. */
const FAILING_OVER = [
	'CommitFailback',
	'Failback',
	'Failover',
	'FailoverPlan',
	'PermanentFailover',
	'PlannedFailover',
	'SwitchReplicaToProduction',
	'UndoFailback',
	'UndoFailover',
];

/** Restores, failovers and deletions: what a report of the period names with whoever began it. */
export const ACTIVITY_TYPES = [...SENSITIVE_TYPES, ...FAILING_OVER];

export const isDeletion = ({ sessionType }: IDataObject): boolean =>
	DESTROYING.some((type) => same(sessionType, type));

/** Sessions that try whether backups can be restored, with what is found in them. */
export const SURE_BACKUP_TYPES = ['SureBackup', 'SureBackupContentScan'];

export const REPLICATION_TYPES = ['ReplicaJob'];

export const isReplication = ({ sessionType }: IDataObject): boolean =>
	REPLICATION_TYPES.some((type) => same(sessionType, type));

/** How the console calls the work, where the type's own words are not it. */
const CALLED: Record<string, string> = {
	agentbackup: 'Agent Backup',
	backupcopyjob: 'Backup Copy Job',
	backupjob: 'Backup Job',
	endpointbackup: 'Agent Backup',
	filelevelrestore: 'File-Level Restore',
	fileserversave: 'File Backup',
	linuxfilelevelrestore: 'Linux File-Level Restore',
	oraclelogbackup: 'Oracle Log Backup',
	platformbackupjob: 'Backup Job',
	postgresqllogbackup: 'PostgreSQL Log Backup',
	replicajob: 'Replication Job',
	deletebackup: 'Deletion of Backups',
	infrastructureitemdeletion: 'Deletion of Infrastructure',
	sqllogbackup: 'SQL Server Log Backup',
	unstructureddatabackupcopy: 'File Backup Copy',
};

/** "Backup Job" */
export const kindOf = ({ sessionType }: IDataObject): string =>
	CALLED[String(sessionType).toLowerCase()] ?? inWords(sessionType);

/** "Daily (Retry 1)": not every version has another mark. Blanks are looked at from their first one alone. */
const RETRY = /(?<!\s)\s*\(retry:?\s*(\d*)\)$/i;

/** A retry is a run of the same job: "Daily (Retry 1)" -> "Daily". The job's id where there is no name. */
export const jobNameOf = ({ name, jobId, id }: IDataObject): string =>
	textOf(name).replace(RETRY, '') || (isNoId(jobId) ? textOf(id) : textOf(jobId));

/**
 * Which retry a session is, by its name: 0 where a retry has no number, undefined for one that is no
 * retry, or whose server writes no such mark.
 */
export function retryInName({ name }: IDataObject): number | undefined {
	const found = RETRY.exec(textOf(name));
	return found ? Number(found[1] ?? 0) : undefined;
}

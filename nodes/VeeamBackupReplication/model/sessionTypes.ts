import type { IDataObject } from 'n8n-workflow';

import { inWords } from './catalogueFacts';
import { isNoId, textOf } from './text';

/**
 * What people mean by backup; other sessions drown them. 1.2-rev1 knows BackupJob, FileServerSave and
 * ReplicaJob of these, 1.3-rev0 adds agents, logs of databases and copies of file backups, rev1
 * backup copies, rev2 agents that stand alone, IRIS and other platforms.
 */
export const BACKUP_TYPES = [
	'AgentBackup',
	'AgentPolicy',
	'BackupCopyJob',
	'BackupJob',
	'EndpointBackup',
	'FileServerSave',
	'IrisBackup',
	'OracleLogBackup',
	'PlatformBackupJob',
	'PostgreSqlLogBackup',
	'ReplicaJob',
	'SqlLogBackup',
	'UnstructuredDataBackupCopy',
];

/** How the console calls the work, where the type's own words are not it. */
const CALLED: Record<string, string> = {
	agentbackup: 'Agent Backup',
	backupcopyjob: 'Backup Copy Job',
	backupjob: 'Backup Job',
	endpointbackup: 'Agent Backup',
	fileserversave: 'File Backup',
	oraclelogbackup: 'Oracle Log Backup',
	platformbackupjob: 'Backup Job',
	postgresqllogbackup: 'PostgreSQL Log Backup',
	replicajob: 'Replication Job',
	sqllogbackup: 'SQL Server Log Backup',
	unstructureddatabackupcopy: 'File Backup Copy',
};

/** "Backup Job" */
export const kindOf = ({ sessionType }: IDataObject): string =>
	CALLED[String(sessionType).toLowerCase()] ?? inWords(sessionType);

/** "Daily (Retry 1)": not every version has another mark. */
const RETRY = /\s*\(retry:?\s*(\d*)\)$/i;

/** A retry is a run of the same job: "Daily (Retry 1)" -> "Daily". The job's id where there is no name. */
export const jobNameOf = ({ name, jobId, id }: IDataObject): string =>
	textOf(name).replace(RETRY, '') || (isNoId(jobId) ? textOf(id) : textOf(jobId));

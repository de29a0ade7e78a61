/**
 * What backup admins come for, in the order of use: the morning's questions first (what failed, why,
 * is there space), then what is done about it.
 */
export const everyday: readonly string[] = [
	// The mail of the morning is what the package is installed for.
	'getProtectionReport',
	// Jobs: see how they are, run them, change them.
	'getManyJobStates',
	'startJob',
	'getManyJobs',
	'getJob',
	'stopJob',
	'retryJob',
	'enableJob',
	'disableJob',
	'startVSphereQuickBackupJob',
	'startHyperVQuickBackupJob',
	'startAgentQuickBackupJob',
	'updateJob',
	'createJob',
	'cloneJob',
	'deleteJob',
	// Sessions: what ran, why it failed, wait for the rest.
	'getManySessions',
	'getFailureReasons',
	'waitForSession',
	'getSession',
	'getSessionLogs',
	'stopSession',
	// Repositories: is there space, are they online.
	'getManyRepositoryStates',
	'getManyRepositories',
	'getRepository',
	'rescanRepositories',
	'createRepository',
	'updateRepository',
	// Restore points: is there something to restore from.
	'getManyRestorePoints',
	'getBackupRestorePoints',
	'getRestorePoint',
	// Instant recovery: the restore that is in a hurry.
	'vSphereRecoveryMount',
	'getManyVSphereRecoveryMounts',
	'getVSphereRecoveryMount',
	'vSphereRecoveryMigrate',
	'vSphereRecoveryUnmount',
	// Malware: what was found, and report what another tool has found.
	'getManyMalwareEvents',
	'createMalwareEvent',
	'getMalwareEvent',
	// The backup of the backup server itself.
	'startConfigBackup',
];

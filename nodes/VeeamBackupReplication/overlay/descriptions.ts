import type { ProductOverlay } from '../../shared/form/overlay';

/** What operations of Backup & Replication do, where a name is not enough. In our own words. */
export const descriptions: ProductOverlay['descriptions'] = {
	clearAgentPolicyCache:
		'Removes restore points that agents keep locally while the repository is out of reach',
	downloadBackupMeta:
		'Brings the metadata of a backup in an archive or object storage back to a repository',
	enableExtentMaintenanceMode:
		'Jobs and restores leave the extents (repositories that form the scale-out repository) alone',
	enableExtentSealedMode:
		'The extents take no new backups; what they hold can be restored until it expires',
	hyperVRecoveryMigrate: 'Moves the VM that runs from the backup to production storage',
	replicaCommitFailback:
		'Accepts the VM that was failed back to; the replica takes part in replication again',
	replicaFailback: 'Returns from the replica to a production VM with the changes made meanwhile',
	replicaFailover:
		'Starts the replica in place of the production VM; to be undone or made permanent',
	replicaPermanentFailover: 'Makes the replica the production VM',
	replicaPlannedFailover:
		'Replicates once more, shuts the production VM down and starts the replica',
	replicaUndoFailback: 'Returns to the replica, because the VM failed back to does not work',
	replicaUndoFailover: 'Returns to the production VM; changes made in the replica are lost',
	startAgentQuickBackupJob: 'Adds one increment for these machines, outside the schedule',
	startHyperVQuickBackupJob: 'Adds one increment for these machines, outside the schedule',
	startVSphereQuickBackupJob: 'Adds one increment for these machines, outside the schedule',
	suppressBestPracticesAlert: 'The rule no longer counts as not met',
	vSphereRecoveryMigrate: 'Moves the VM that runs from the backup to production storage',
	// Named far from the title in Veeam's own reference: who searches by that one finds it here.
	azureRecoveryUnmount: 'REST reference: Stop Publishing Machine to Microsoft Azure',
	fcdDismount: 'REST reference: Stop FCD Publishing',
	getEntraRestoreDeviceCodeState: 'REST reference: Get Credentials for Delegated Restore',
	hyperVRecoveryUnmount: 'REST reference: Stop Publishing Machine to Microsoft Hyper-V',
	setAutoUpdate: 'REST reference: Enable or Disable License Auto Update',
	startEntraRestore: 'REST reference: Mount Microsoft Entra ID Tenant',
	stopEntraRestore: 'REST reference: Unmount Microsoft Entra ID Tenant',
	stopFlrMount: 'REST reference: Unmount File System',
	vSphereRecoveryUnmount: 'REST reference: Stop Publishing Machine to VMware vSphere',
};

import type { Item } from '../../foundation/listQuery';
import { numberFor, uuidFor } from '../../foundation/random';
import type { ObjectOutcome, Outcome } from '../work';
import { completed } from './complete';
import { repositoryId } from './repositories';

/** A job as the estate knows it; what the API shows follows from this and the sessions. */
export interface Job {
	id: string;
	name: string;
	type: string;
	description: string;
	sessionType: string;
	platform: string;
	workload: string;
	repository: string;
	/** Machines or shares it protects. */
	objects: string[];
	/** Agent jobs report no task sessions. */
	withoutTasks?: true;
	/** Hours before the estate's start at which its last run began; one run each day. */
	hoursAgo: number;
	isDisabled?: true;
	/** How the last run ended, where not well. */
	lastRun?: Outcome & { object?: ObjectOutcome };
}

const SEE_LOG = 'See the session log for details';

const JOBS: Array<Omit<Job, 'id' | 'description'>> = [
	{
		name: 'Backup - Production VMs',
		type: 'VSphereBackup',
		sessionType: 'BackupJob',
		platform: 'VMware',
		workload: 'Vm',
		repository: 'Main Repository',
		objects: ['dc01', 'sql01', 'app01', 'web01'],
		hoursAgo: 8,
	},
	{
		name: 'Backup - Exchange',
		type: 'VSphereBackup',
		sessionType: 'BackupJob',
		platform: 'VMware',
		workload: 'Vm',
		repository: 'Hardened Repository',
		objects: ['mail01', 'mail02'],
		hoursAgo: 7,
		lastRun: {
			result: 'Failed',
			message: SEE_LOG,
			object: {
				name: 'mail01',
				result: 'Failed',
				message: SEE_LOG,
				reason: 'Cannot freeze the guest: VSS writer Exchange timed out after 900 seconds',
			},
		},
	},
	{
		name: 'Backup - File Servers',
		type: 'VSphereBackup',
		sessionType: 'BackupJob',
		platform: 'VMware',
		workload: 'Vm',
		repository: 'Default Backup Repository',
		objects: ['fs01', 'fs02'],
		hoursAgo: 6,
		lastRun: {
			result: 'Warning',
			message: 'Free space on Default Backup Repository is below 10 percent',
			object: {
				name: 'fs02',
				result: 'Warning',
				message: 'Free space on Default Backup Repository is below 10 percent',
			},
		},
	},
	{
		name: 'Backup - Hyper-V Cluster',
		type: 'HyperVBackup',
		sessionType: 'BackupJob',
		platform: 'HyperV',
		workload: 'Vm',
		repository: 'Scale-out Repository 1',
		objects: ['hv-app01', 'hv-db01', 'hv-web01'],
		hoursAgo: 5,
	},
	{
		name: 'Copy - Offsite',
		type: 'BackupCopy',
		sessionType: 'BackupCopyJob',
		platform: 'VMware',
		workload: 'Vm',
		repository: 'S3 Offsite Bucket',
		objects: ['dc01', 'sql01', 'app01', 'web01'],
		hoursAgo: 4,
	},
	{
		name: 'Replica - Tier 1',
		type: 'VSphereReplica',
		sessionType: 'ReplicaJob',
		platform: 'VMware',
		workload: 'Vm',
		repository: 'Main Repository',
		objects: ['sql01'],
		hoursAgo: 3,
	},
	{
		name: 'Agents - Branch Servers',
		type: 'WindowsAgentBackup',
		sessionType: 'AgentBackup',
		platform: 'WindowsPhysical',
		workload: 'Server',
		repository: 'Linux Repository',
		objects: ['br-srv01', 'br-srv02'],
		withoutTasks: true,
		hoursAgo: 9,
		lastRun: {
			result: 'Failed',
			message: SEE_LOG,
			reason: 'br-srv02.example.lab cannot be reached: connection timed out',
		},
	},
	{
		name: 'Agents - Linux',
		type: 'LinuxAgentBackup',
		sessionType: 'AgentBackup',
		platform: 'LinuxPhysical',
		workload: 'Server',
		repository: 'Linux Repository',
		objects: ['lnx-db01'],
		withoutTasks: true,
		hoursAgo: 10,
	},
	{
		name: 'Policy - Laptops',
		type: 'WindowsAgentBackupWorkstationPolicy',
		sessionType: 'AgentPolicy',
		platform: 'WindowsPhysical',
		workload: 'Workstation',
		repository: 'Linux Repository',
		objects: ['lt-0117', 'lt-0142', 'lt-0203'],
		withoutTasks: true,
		hoursAgo: 11,
	},
	{
		name: 'Files - Departments',
		type: 'FileBackup',
		sessionType: 'FileServerSave',
		platform: 'UnstructuredData',
		workload: 'File',
		repository: 'Main Repository',
		objects: ['\\\\fs01\\departments'],
		hoursAgo: 12,
		lastRun: {
			result: 'Warning',
			message: '3 files were skipped because they were locked',
			object: {
				name: '\\\\fs01\\departments',
				result: 'Warning',
				message: '3 files were skipped because they were locked',
			},
		},
	},
	{
		name: 'Entra ID - example.lab',
		type: 'EntraIDTenantBackup',
		sessionType: 'BackupJob',
		platform: 'EntraID',
		workload: 'Application',
		repository: 'Default Backup Repository',
		objects: ['example.lab'],
		hoursAgo: 13,
	},
	{
		name: 'Backup - Test Lab',
		type: 'VSphereBackup',
		sessionType: 'BackupJob',
		platform: 'VMware',
		workload: 'Vm',
		repository: 'NAS Repository',
		objects: ['lab01', 'lab02'],
		hoursAgo: 30,
		isDisabled: true,
		lastRun: { result: 'Failed', message: 'NAS Repository is not available' },
	},
];

export function estateJobs(): Job[] {
	return JOBS.map((job) => ({
		...job,
		id: uuidFor(`job/${job.name}`),
		description: `Protects ${job.objects.length} object(s)`,
	}));
}

/** A job as `/jobs/{id}` shows it. */
export function jobRecord(job: Job): Item {
	const record: Item = {
		id: job.id,
		name: job.name,
		type: job.type,
		isDisabled: job.isDisabled ?? false,
		description: job.description,
		isHighPriority: false,
		...(job.workload === 'Vm' && {
			virtualMachines: {
				includes: job.objects.map((name) => ({
					platform: 'VSphere',
					type: 'VirtualMachine',
					name,
					hostName: 'vcenter01.example.lab',
					objectId: `vm-${numberFor(name, 100, 999)}`,
				})),
			},
		}),
		storage: {
			backupRepositoryId: repositoryId(job.repository),
			retentionPolicy: { type: 'RestorePoints', quantity: 7 },
		},
		schedule: {
			runAutomatically: true,
			daily: { isEnabled: true, localTime: '22:00', dailyKind: 'Everyday' },
		},
	};
	return completed('JobModel', job.type, record);
}

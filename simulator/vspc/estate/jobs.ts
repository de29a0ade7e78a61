import { iso } from '../../foundation/clock';
import type { Item } from '../../foundation/listQuery';
import { numberFor, uuidFor } from '../../foundation/random';
import { serverId } from './servers';
import { companyId, locationId } from './tenants';

const HOUR = 3_600_000;

type Outcome = [status: string, object?: string, message?: string];

const JOBS: Array<
	[company: string, name: string, type: string, objects: string[], outcome?: Outcome]
> = [
	['Acme Bakery', 'Daily VMs', 'BackupVm', ['erp01', 'dc01']],
	['Acme Bakery', 'Copy to cloud', 'BackupCopy', ['erp01', 'dc01']],
	[
		'Blue Harbor Logistics',
		'Production',
		'BackupVm',
		['sql01', 'app01', 'app02'],
		['Failed', 'sql01', 'Failed to create a snapshot: the datastore is full'],
	],
	['Blue Harbor Logistics', 'Copy to cloud', 'BackupCopy', ['sql01', 'app01', 'app02']],
	[
		'Cedar Clinic',
		'Patient Records',
		'BackupVm',
		['ehr01', 'pacs01'],
		['Warning', 'pacs01', 'The repository is low on free space'],
	],
	[
		'Cedar Clinic',
		'Offsite Copy',
		'BackupCopy',
		['ehr01'],
		['Failed', 'ehr01', 'The cloud gateway cannot be reached: connection timed out'],
	],
	['Delta Engineering', 'CAD Servers', 'BackupVm', ['cad01', 'cad02']],
	['Delta Engineering', 'Old Test VMs', 'BackupVm', ['test01'], ['None']],
];

/** Objects of a job's last run, and how each went. */
export function sessionTasks(job: Item, objects: string[], outcome: Item, time: number): Item[] {
	return objects.map((objectName) => {
		const isUnlucky =
			objectName === (outcome.object ?? objects[0]) &&
			['Failed', 'Warning'].includes(String(outcome.status));
		return {
			instanceUid: uuidFor(`${String(job.instanceUid)}/${objectName}/${time}`),
			objectUid: uuidFor(`object/${objectName}`),
			objectName,
			totalObjects: 1,
			processedObjects: 1,
			readDataSize: numberFor(objectName, 1, 90) * 1_000_000,
			transferredDataSize: numberFor(objectName, 1, 30) * 1_000_000,
			startTime: iso(time - 600_000),
			endTime: iso(time),
			duration: 600,
			failureMessages: isUnlucky ? [String(outcome.failureMessage ?? 'Processing failed')] : [],
			status: isUnlucky ? outcome.status : 'Success',
		};
	});
}

export const objectsOfJobs = new Map(
	JOBS.map(([company, name, , objects]) => [uuidFor(`vspc/job/${company}/${name}`), objects]),
);

export function backupServerJobs(now: number): Item[] {
	return JOBS.map(([company, name, type, objects, outcomeOfRun]) => {
		const [status, object, failureMessage]: Outcome = outcomeOfRun ?? ['Success'];
		const instanceUid = uuidFor(`vspc/job/${company}/${name}`);
		const ended = now - numberFor(instanceUid, 1, 20) * HOUR;
		const job: Item = {
			status,
			isEnabled: status !== 'None',
			instanceUid,
			uniqueUid: uuidFor(`unique/${instanceUid}`),
			name,
			description: `${name} of ${company}`,
			createdBy: 'administrator',
			creationTime: iso(now - 200 * 24 * HOUR),
			backupServerUid: serverId(company),
			locationUid: locationId(company),
			siteUid: null,
			organizationUid: companyId(company),
			mappedOrganizationUid: companyId(company),
			type,
			lastRun: iso(ended - 600_000),
			lastEndTime: iso(ended),
			lastDuration: 600,
			processingRate: 84.5,
			avgDuration: 580,
			transferredData: 21_000_000,
			backupChainSize: 900_000_000,
			bottleneck: 'Source',
			scheduleType: type === 'BackupCopy' ? 'Continuously' : 'Daily',
			failureMessage: failureMessage ?? '',
			targetType: type === 'BackupCopy' ? 'Cloud' : 'Local',
			destination: type === 'BackupCopy' ? 'Cloud Repository 1' : 'Default Backup Repository',
			retentionLimit: 14,
			retentionLimitType: 'Days',
			isGfsOptionEnabled: false,
		};
		const outcome = { status, object, failureMessage };
		return { ...job, lastSessionTasks: sessionTasks(job, objects, outcome, ended) };
	});
}

/** A backup copy job's own facts; what it shares with all jobs comes with `expand`. */
export function backupCopyFacts(job: Item): Item {
	return {
		instanceUid: job.instanceUid,
		uniqueUid: job.uniqueUid,
		targetRepositoryUid: uuidFor('vspc/repository/vcc01.example.lab/Cloud Repository 1'),
		targetWanAcceleratorUid: null,
		sourceWanAcceleratorUid: null,
		weeklyRestorePointsToKeep: 4,
		monthlyRestorePointsToKeep: 0,
		yearlyRestorePointsToKeep: 0,
		retentionPolicyType: 'Simple',
		isRpoOptionsEnabled: true,
		rpoOptionsValue: 1,
		rpoOptionsUnit: 'Days',
	};
}

export function backupVmFacts(job: Item): Item {
	return {
		instanceUid: job.instanceUid,
		uniqueUid: job.uniqueUid,
		subtype: 'VSphere',
		targetRepositoryUid: uuidFor(`vspc/repository/${String(job.backupServerUid)}`),
		protectedVmCount: (job.lastSessionTasks as unknown[] | undefined)?.length ?? 0,
	};
}

export function agentJobs(agents: Item[], now: number): Item[] {
	return agents.map((agent) => {
		const isFailing = String(agent.name).startsWith('ws01.acme');
		const ended = now - numberFor(String(agent.name), 1, 20) * HOUR;
		return {
			status: isFailing ? 'Failed' : 'Success',
			instanceUid: uuidFor(`vspc/agentJob/${String(agent.name)}`),
			originalUid: uuidFor(`original/${String(agent.name)}`),
			backupAgentUid: agent.instanceUid,
			organizationUid: agent.organizationUid,
			name: `Agent backup of ${String(agent.name).split('.')[0]}`,
			description: '',
			configUid: uuidFor(`config/${String(agent.name)}`),
			systemType: agent.agentPlatform,
			backupPolicyUid: null,
			backupPolicyName: '',
			backupPolicyAssignStatus: 'Unassigned',
			operationMode: agent.operationMode,
			destination: 'Cloud Repository 1',
			restorePoints: 7,
			lastRun: iso(ended - 900_000),
			lastEndTime: iso(ended),
			lastDuration: 900,
			nextRun: iso(ended + 24 * HOUR),
			avgDuration: 880,
			backupMode: 'EntireComputer',
			targetType: 'CloudRepository',
			isEnabled: true,
			scheduleType: 'Daily',
			failureMessage: isFailing ? 'The computer was shut down during the backup' : '',
			backedUpSize: numberFor(String(agent.name), 10, 200) * 1_000_000,
			freeSpace: 900_000_000,
		};
	});
}

export function vb365Jobs(server: Item, now: number): Item[] {
	const known: Array<[name: string, jobType: string, lastStatus: string, details: string]> = [
		['Mailboxes', 'BackupJob', 'Success', ''],
		[
			'Teams and SharePoint',
			'BackupJob',
			'Failed',
			'The application has lost its permission to read sites',
		],
		['Copy to archive', 'CopyJob', 'Warning', 'Some objects were skipped'],
	];
	return known.map(([name, jobType, lastStatus, lastStatusDetails]) => ({
		instanceUid: uuidFor(`vspc/vb365/job/${name}`),
		name,
		jobType,
		repositoryUid: uuidFor('vspc/vb365/repository'),
		repositoryName: 'Default Backup Repository',
		vb365OrganizationUid: uuidFor('vspc/vb365/organization'),
		vspcOrganizationUid: server.organizationUid,
		vspcOrganizationName: 'Blue Harbor Logistics',
		scheduleEditingAvailable: true,
		vb365ServerUid: server.instanceUid,
		vb365ServerName: server.name,
		managementAgentUid: server.managementAgentUid,
		lastRun: iso(now - numberFor(name, 1, 12) * HOUR),
		nextRun: iso(now + 12 * HOUR),
		isEnabled: true,
		isCopyJobAvailable: false,
		lastStatus,
		lastStatusDetails,
		siteName: 'vcc01.example.lab',
		locationName: 'Default location',
		lastErrorLogRecords:
			lastStatus === 'Failed' ? [{ message: lastStatusDetails, logType: 'Error' }] : [],
	}));
}

import { iso } from '../../foundation/clock';
import type { Item } from '../../foundation/listQuery';
import { numberFor, uuidFor } from '../../foundation/random';
import type { Job } from './jobs';
import { repositoryId } from './repositories';

const DAY = 86_400_000;
const POINTS = 7;

/** Whether a job leaves backups: a replica and a disabled job do not. */
function leavesBackups(job: Job): boolean {
	return job.type !== 'VSphereReplica' && !job.isDisabled;
}

export function backupId(job: Job): string {
	return uuidFor(`backup/${job.name}`);
}

export function backupObjectId(job: Job, object: string): string {
	// The malware events point to the object of the primary backup.
	return uuidFor(job.type === 'BackupCopy' ? `object/copy/${object}` : `object/${object}`);
}

export function backups(jobs: Job[], now: number): Item[] {
	return jobs.filter(leavesBackups).map((job) => ({
		id: backupId(job),
		jobId: job.id,
		name: job.name,
		platformName: job.platform,
		platformId: uuidFor(`platform/${job.platform}`),
		creationTime: iso(now - 200 * DAY),
		repositoryId: repositoryId(job.repository),
		repositoryName: job.repository,
		jobType: job.type,
	}));
}

export function backupObjects(jobs: Job[]): Item[] {
	return jobs.filter(leavesBackups).flatMap((job) =>
		job.objects.map((name) => ({
			id: backupObjectId(job, name),
			name,
			type: job.workload === 'Vm' ? 'VM' : job.workload,
			platformName: job.platform,
			platformId: uuidFor(`platform/${job.platform}`),
			restorePointsCount: POINTS,
			objectId: `vm-${numberFor(name, 100, 9999)}`,
			lastRunFailed: job.lastRun?.object?.name === name && job.lastRun.result === 'Failed',
			backupId: backupId(job),
			size: numberFor(name, 20, 900) * 1_073_741_824,
		})),
	);
}

export function restorePoints(jobs: Job[], now: number): Item[] {
	return jobs
		.filter(leavesBackups)
		.flatMap((job) =>
			job.objects.flatMap((name) =>
				Array.from({ length: POINTS }, (_, day) =>
					restorePoint(job, name, now - day * DAY - job.hoursAgo * 3_600_000, day === POINTS - 1),
				),
			),
		);
}

/** The point that a run of a job leaves for one object. */
export function restorePoint(job: Job, object: string, time: number, full = false): Item {
	return {
		id: uuidFor(`point/${job.name}/${object}/${time}`),
		name: object,
		platformName: job.platform,
		platformId: uuidFor(`platform/${job.platform}`),
		creationTime: iso(time),
		backupId: backupId(job),
		backupObjectId: backupObjectId(job, object),
		type: full ? 'Full' : 'Increment',
		allowedOperations: ['StartViVMInstantRecovery', 'StartFlrRestore', 'PublishBackupContent'],
		malwareStatus: object === 'app01' ? 'Infected' : 'Clean',
		guestOsFamily: object.startsWith('lnx') ? 'Linux' : 'Windows',
		originalSize: numberFor(object, 20, 900) * 1_073_741_824,
	};
}

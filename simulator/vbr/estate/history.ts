import { numberFor, uuidFor } from '../../foundation/random';
import type { ObjectOutcome, Work } from '../work';
import type { Job } from './jobs';
import { repositoryId } from './repositories';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export type PastWork = Omit<Work, 'usn'>;

/** A week of runs: each job once a day, the last one as the estate tells it. */
export function weekOfRuns(jobs: Job[], now: number): PastWork[] {
	const runs = jobs.flatMap((job) =>
		Array.from({ length: 7 }, (_, day) => {
			const created = now - day * DAY - job.hoursAgo * HOUR;
			return pastRun(job, `session/${job.name}/${day}`, created, day === 0);
		}),
	);
	return [...runs, ...housekeeping(now)];
}

/** So many more runs before `until`, five minutes apart, all of which ended well or with a warning. */
export function moreRuns(jobs: Job[], count: number, until: number, batch: number): PastWork[] {
	const enabled = jobs.filter((job) => !job.isDisabled);
	return Array.from({ length: count }, (_, index) => {
		const job = enabled[index % enabled.length] as Job;
		return pastRun(job, `more/${batch}/${index}`, until - (index + 1) * 5 * 60_000, false);
	});
}

function pastRun(job: Job, seed: string, created: number, last: boolean): PastWork {
	const unlucky = numberFor(seed, 1, 14) === 1;
	const told = last ? job.lastRun : undefined;
	const result = told?.result ?? (unlucky ? 'Warning' : 'Success');
	return {
		id: uuidFor(seed),
		as: 'session',
		name: job.name,
		type: job.sessionType,
		created,
		startingFor: 20_000,
		workingFor: numberFor(seed, 2, 45) * 60_000,
		jobId: job.id,
		repositoryId: repositoryId(job.repository),
		platform: job.platform,
		initiatedBy: 'Scheduler',
		result,
		message: told?.message ?? (unlucky ? 'Retried once because of a network problem' : ''),
		reason: told?.reason,
		objects: job.withoutTasks ? [] : job.objects.map((name) => objectOutcome(name, told?.object)),
	};
}

function objectOutcome(name: string, told?: ObjectOutcome): ObjectOutcome {
	return told?.name === name ? { ...told } : { name, result: 'Success', message: '' };
}

function housekeeping(now: number): PastWork[] {
	const known: Array<[name: string, type: string, hours: number, resource?: string]> = [
		['Configuration backup', 'ConfigurationBackup', 20],
		['Rescan of Main Repository', 'Infrastructure', 26, 'Main Repository'],
		['Security & compliance analysis', 'SecurityComplianceAnalyzer', 31],
		['Malware detection', 'MalwareDetection', 29],
		['Export of jobs', 'Automation', 44],
		['Rescan of vcenter01.example.lab', 'HierarchyRescan', 27],
	];
	return known.map(([name, type, hours, resource]) => ({
		id: uuidFor(type === 'ConfigurationBackup' ? 'session/config' : `session/${name}`),
		as: type === 'HierarchyRescan' ? 'task' : 'session',
		name,
		type,
		created: now - hours * HOUR,
		startingFor: 5_000,
		workingFor: 90_000,
		resourceId: resource && repositoryId(resource),
		initiatedBy: 'Scheduler',
		result: 'Success',
		message: '',
		objects: [],
	}));
}

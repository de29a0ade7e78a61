import { iso } from '../foundation/clock';
import type { Item } from '../foundation/listQuery';
import { numberFor, uuidFor } from '../foundation/random';
import type { Outcome, Plan } from './estate/jobs';
import { repositoryId } from './estate/infrastructure';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** One run of a job. How it ends is settled at its start, but told only when it ends. */
export interface Run {
	id: string;
	jobId: string;
	jobName: string;
	repositoryId: string;
	kind: 'Backup' | 'Copy';
	objects: string[];
	/** Milliseconds since 1970, and how long it takes. */
	created: number;
	duration: number;
	outcome: Outcome;
	retryCount: number;
	jobWillBeRetried: boolean;
	mainSessionId: string;
	/** When a user stopped it. */
	stopped?: number;
	/** Whether what it brings about has come about. */
	settled: boolean;
	full?: boolean;
}

export function endOf(run: Run): number {
	return run.stopped ?? run.created + run.duration;
}

export function statusOf(run: Run, now: number): string {
	if (endOf(run) > now) return 'Running';
	return run.stopped ? 'Stopped' : run.outcome.status;
}

/** A week of runs: each job once a day, the last one as the estate tells it. */
export function weekOfRuns(jobs: Plan[], now: number): Run[] {
	return jobs.flatMap((job) =>
		Array.from({ length: 7 }, (_, day) => {
			const outcome: Outcome = day === 0 ? job.lastRun : { status: 'Success' };
			const created = now - day * DAY - job.hoursAgo * HOUR;
			return pastRun(job, `vb365/session/${job.name}/${day}`, created, outcome);
		}),
	);
}

/** So many more runs before `until`, five minutes apart. */
export function moreRuns(jobs: Plan[], count: number, until: number, batch: number): Run[] {
	return Array.from({ length: count }, (_, index) => {
		const job = jobs[index % jobs.length] as Plan;
		const seed = `vb365/more/${batch}/${index}`;
		const status = numberFor(seed, 1, 14) === 1 ? 'Warning' : 'Success';
		return pastRun(job, seed, until - (index + 1) * 5 * 60_000, { status });
	});
}

export function pastRun(job: Plan, seed: string, created: number, outcome: Outcome): Run {
	const id = uuidFor(seed);
	return {
		id,
		jobId: job.id,
		jobName: job.name,
		repositoryId: repositoryId(job.repository),
		kind: job.kind,
		objects: job.objects,
		created,
		duration: numberFor(seed, 2, 30) * 60_000,
		outcome,
		retryCount: 0,
		jobWillBeRetried: false,
		mainSessionId: id,
		settled: true,
	};
}

const DETAILS: Record<string, string> = {
	Running: 'Processing objects',
	Success: 'Job finished successfully',
	Warning: 'Job finished with warnings',
	Failed: 'Job finished with errors',
	Stopped: 'Job was stopped by user',
};

const BOTTLENECKS: Record<string, string> = { Running: 'Detecting', Success: 'Source' };

/** A run as the API shows it. */
export function sessionRecord(run: Run, now: number): Item {
	const status = statusOf(run, now);
	const over = status !== 'Running';
	const progress = Math.floor((100 * (now - run.created)) / Math.max(1, run.duration));
	return {
		id: run.id,
		jobId: run.jobId,
		repositoryId: run.repositoryId,
		mainSessionId: run.mainSessionId,
		details: DETAILS[status],
		creationTime: iso(run.created),
		endTime: over ? iso(endOf(run)) : null,
		retryCount: run.retryCount,
		jobWillBeRetried: over && run.jobWillBeRetried,
		progress: over ? 100 : Math.min(99, progress),
		jobType: run.kind,
		jobSessionConfigType: run.full ? 'Full' : 'Incremental',
		status,
		statistics: {
			processingRateBytesPS: 1_350_000,
			processingRateItemsPS: 12,
			readRateBytesPS: 2_200_000,
			writeRateBytesPS: 1_400_000,
			transferredDataBytes: over ? numberFor(run.id, 10, 900) * 1_048_576 : 0,
			processedObjects: over ? run.objects.length : 0,
			bottleneck: BOTTLENECKS[status] ?? 'NA',
		},
		eTag: over ? 2 : 1,
		_links: {
			self: { href: `/~/JobSessions/${run.id}` },
			log: { href: `/~/JobSessions/${run.id}/LogItems` },
			job: { href: `/~/${run.kind === 'Copy' ? 'CopyJobs' : 'Jobs'}/${run.jobId}` },
		},
	};
}

/** What a run's log says: the line of the object that went wrong holds the reason. */
export function logItems(run: Run, now: number): Item[] {
	const { outcome } = run;
	const status = statusOf(run, now);
	const lines: Array<[type: string, message: string]> = [
		['Success', `Connected to organization`],
		['Success', `Found ${run.objects.length} objects`],
	];
	if (status === 'Running') lines.push(['Running', 'Processing objects']);
	else if (status === 'Stopped') lines.push(['Stop', 'Stopped by user']);
	else {
		const unlucky = outcome.object ?? run.objects[0];
		for (const name of new Set([...run.objects, ...(unlucky ? [unlucky] : [])])) {
			const isGood = outcome.status === 'Success' || name !== unlucky;
			const reason = outcome.reason ?? 'Processing failed';
			const type = outcome.status === 'Failed' ? 'Error' : 'Warning';
			lines.push(
				isGood ? ['Success', `Processed ${name}`] : [type, `Processing ${name}: ${reason}`],
			);
		}
		const type = outcome.status === 'Failed' ? 'Error' : outcome.status;
		lines.push([type, DETAILS[status] as string]);
	}
	return lines.map(([type, message], index) => {
		const time = iso(Math.min(run.created + index * 1000, endOf(run)));
		const id = uuidFor(`${run.id}/log/${index}/${message}`);
		return {
			id,
			usn: index + 1,
			type,
			message,
			title: message,
			creationTime: time,
			endTime: type === 'Running' ? null : time,
			_links: { self: { href: `/~/JobSessions/${run.id}/LogItems/${id}` } },
		};
	});
}

/** The objects of a run and how each went. */
export function processedObjects(run: Run, now: number): Item[] {
	if (statusOf(run, now) === 'Running') return [];
	const unlucky = run.outcome.object ?? run.objects[0];
	return run.objects.map((name) => ({
		id: uuidFor(`object/${name}`),
		type: 'User',
		status: name === unlucky ? run.outcome.status : 'Success',
		_links: {},
	}));
}

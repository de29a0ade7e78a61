import { randomUUID } from 'node:crypto';
import { derived, type CollectionMaker } from '../foundation/collections';
import { iso } from '../foundation/clock';
import type { Item } from '../foundation/listQuery';
import { Refused, type Answer, type Call } from '../foundation/product';
import { API, at } from './api';
import type { Estate } from './estate';
import { backupId, backupObjectId, restorePoint } from './estate/backups';
import type { Job } from './estate/jobs';
import { repositoryId } from './estate/repositories';
import { workAnswer } from './startWork';
import { endOf, phaseOf, progressOf, type ObjectOutcome, type Work } from './work';

const DAY = 86_400_000;
/** What one run takes from its repository. */
const GROWTH_GB = 1.5;

export function jobCollections(estate: Estate): Record<string, CollectionMaker> {
	const jobs = {
		key: 'id',
		list: () => estate.jobs.list(),
		get: (id: string) => estate.jobs.get(id),
		put: (record: Item) => estate.jobs.put({ ...record, isDisabled: record.isDisabled === true }),
		remove: (id: string) => estate.jobs.remove(id),
	};
	return {
		[at('/jobs')]: () => ({ ...jobs }),
		[at('/jobs/states')]: () =>
			derived(() => estate.jobs.list().map((job) => jobState(estate, job))),
	};
}

export function jobHandlers(estate: Estate): Record<string, (call: Call) => Answer> {
	const start = (call: Call): Answer => {
		const job = existing(estate, call);
		if (running(estate, job.id as string)) {
			throw new Refused({
				because: 'conflict',
				what: 'The job is running already',
				id: String(job.id),
			});
		}
		const work = runJob(estate, job, `VBR01\\${call.user?.name}`);
		return workAnswer(estate, call, [work]);
	};
	const stop = (call: Call): Answer => {
		const job = existing(estate, call);
		const work = running(estate, job.id as string);
		if (!work) {
			throw new Refused({
				because: 'conflict',
				what: 'The job is not running',
				id: String(job.id),
			});
		}
		estate.work.stop(work, true);
		return workAnswer(estate, call, [work]);
	};
	const switched =
		(isDisabled: boolean) =>
		(call: Call): Answer => {
			estate.jobs.put({ ...existing(estate, call), isDisabled });
			return {};
		};
	return {
		[`POST ${API}/jobs/{id}/start`]: start,
		[`POST ${API}/jobs/{id}/retry`]: start,
		[`POST ${API}/jobs/{id}/stop`]: stop,
		[`POST ${API}/jobs/{id}/enable`]: switched(false),
		[`POST ${API}/jobs/{id}/disable`]: switched(true),
		[`POST ${API}/jobs/{id}/clone`]: (call) => {
			const job = existing(estate, call);
			const copy: Item = { ...job, ...(call.body as Item), id: randomUUID() };
			copy.name = (call.body as Item | undefined)?.name ?? `${String(job.name)}_clone1`;
			estate.jobs.put(copy);
			return { body: copy };
		},
		[`POST ${API}/jobs/quickBackup/vSphere`]: (call) => quickBackup(estate, call),
		[`POST ${API}/jobs/quickBackup/hyperV`]: (call) => quickBackup(estate, call),
		[`POST ${API}/jobs/quickBackup/agent`]: (call) => quickBackup(estate, call),
	};
}

function existing(estate: Estate, { params }: Call): Item {
	const job = estate.jobs.get(params.id ?? '');
	if (!job) throw new Refused({ because: 'notFound', what: 'Job', id: params.id ?? '' });
	return job;
}

/** Runs a job; its objects end as the session does, the failing one alone where one is named. */
export function runJob(
	estate: Estate,
	job: Item,
	initiatedBy: string,
	retry?: Work['retry'],
): Work {
	const plan = estate.plans.get(String(job.id));
	const { outcome, object: failing } = estate.outcomes.take(String(job.name));
	const names = plan?.objects ?? [];
	const unlucky = failing ?? names[0];
	const objects = names.map(
		(name): ObjectOutcome =>
			name === unlucky && outcome.result !== 'Success'
				? { name, ...outcome }
				: { name, result: 'Success', message: '' },
	);
	const total = estate.world.settings.sessionSeconds * 1000;
	return estate.work.start({
		as: 'session',
		name: retry ? `${String(job.name)} (Retry ${retry.number})` : String(job.name),
		retry,
		type: plan?.sessionType ?? 'BackupJob',
		startingFor: total * 0.2,
		workingFor: total * 0.8,
		jobId: String(job.id),
		repositoryId: plan && repositoryId(plan.repository),
		platform: plan?.platform,
		initiatedBy,
		...outcome,
		objects: plan?.withoutTasks ? [] : objects,
		whenOver: (work) => plan && leaveBackups(estate, plan, work),
	});
}

/** What a run leaves behind: restore points of the objects that went well, and less free space. */
function leaveBackups(estate: Estate, plan: Job, work: Work): void {
	if (work.stopped || !estate.backups.get(backupId(plan))) return;
	const good = plan.withoutTasks
		? work.result === 'Failed'
			? []
			: plan.objects
		: work.objects.filter(({ result }) => result !== 'Failed').map(({ name }) => name);
	for (const name of good) {
		estate.restorePoints.put(restorePoint(plan, name, endOf(work)));
		const object = estate.backupObjects.get(backupObjectId(plan, name));
		if (object) {
			object.restorePointsCount = Number(object.restorePointsCount) + 1;
			object.lastRunFailed = false;
		}
	}
	const state = estate.repositoryStates.get(repositoryId(plan.repository));
	if (!state || !good.length) return;
	const grown = GROWTH_GB * good.length;
	state.usedSpaceGB = round(Number(state.usedSpaceGB) + grown);
	if (Number(state.capacityGB) > 0) state.freeGB = Math.max(0, round(Number(state.freeGB) - grown));
}

function round(gigabytes: number): number {
	return Math.round(gigabytes * 10) / 10;
}

function quickBackup(estate: Estate, call: Call): Answer {
	const wanted = String((call.body as Item).name ?? (call.body as Item).objectId ?? '');
	const plans = [...estate.plans.values()];
	const plan = plans.find(({ objects }) => objects.includes(wanted)) ?? (plans[0] as Job);
	const job = { ...estate.jobs.get(plan.id), id: plan.id, name: `${plan.name} (Quick Backup)` };
	const work = runJob(estate, job, `VBR01\\${call.user?.name}`);
	if (wanted) work.objects = work.objects.filter(({ name }) => name === wanted);
	return workAnswer(estate, call, [work]);
}

function running(estate: Estate, jobId: string): Work | undefined {
	const now = estate.world.clock.now();
	return estate.work
		.list('session')
		.find((work) => work.jobId === jobId && phaseOf(work, now) !== 'Stopped');
}

function jobState(estate: Estate, job: Item): Item {
	const now = estate.world.clock.now();
	const plan = estate.plans.get(String(job.id));
	const last = estate.work.list('session').find(({ jobId }) => jobId === job.id);
	const isRunning = last !== undefined && phaseOf(last, now) !== 'Stopped';
	const status = isRunning ? 'Running' : job.isDisabled ? 'Disabled' : 'Inactive';
	return {
		id: job.id,
		name: job.name,
		type: job.type,
		description: job.description ?? '',
		status,
		lastRun: last ? iso(last.created) : null,
		lastResult: !last || isRunning ? 'None' : last.result,
		nextRun: plan && !job.isDisabled ? iso(nextRun(plan, now)) : null,
		nextRunPolicy: job.isDisabled ? '<Disabled>' : '',
		workload: plan?.workload ?? 'Vm',
		repositoryId: plan ? repositoryId(plan.repository) : null,
		repositoryName: plan?.repository ?? null,
		objectsCount: plan?.objects.length ?? 0,
		sessionId: last?.id ?? null,
		highPriority: job.isHighPriority === true,
		progressPercent: isRunning ? progressOf(last, now) : 0,
		...estate.jobStates.get(String(job.id)),
	};
}

/** The next full day after the last planned run. */
function nextRun(plan: Job, now: number): number {
	const first = now - (now % DAY) - plan.hoursAgo * 3_600_000;
	return first + DAY * Math.ceil((now - first) / DAY);
}

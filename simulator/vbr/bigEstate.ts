import { randomUUID } from 'node:crypto';
import { iso } from '../foundation/clock';
import type { Item } from '../foundation/listQuery';
import { uuidFor } from '../foundation/random';
import type { Estate } from './estate';
import { backupId, backupObjectId, restorePoint } from './estate/backups';
import { jobRecord, type Job } from './estate/jobs';
import { repositoryId } from './estate/repositories';
import type { Result } from './work';

/** So many more jobs, each of which ran once two hours ago. */
export interface MoreJobs {
	count: number;
	/** Machines of each; default 20. */
	objects?: number;
	/** How all of them and their machines ended; default Success. */
	result?: Result;
	/** What the machines say; may only point to the log. */
	message?: string;
	/** Default "Job 1", "Job 2" …; `{n}` stands for the number. */
	name?: string;
}

const HOUR = 3_600_000;
const REPOSITORY = 'Main Repository';

/** An estate as big as a test wants it. Control calls, beside those of `control.ts`. */
export function bigEstateControl(
	estate: () => Estate,
): Record<string, (params: Record<string, string>, body: Item) => unknown> {
	return {
		'POST /estate/jobs': (_, body) => addJobs(estate(), body as unknown as MoreJobs),
		'POST /estate/repositories': (_, { count }) => addRepositories(estate(), Number(count)),
	};
}

function addJobs(
	estate: Estate,
	{ count, objects = 20, result = 'Success', message = '', name = 'Job {n}' }: MoreJobs,
): Item {
	const now = estate.world.clock.now();
	const plans = Array.from({ length: count }, (_, index): Job => {
		const called = name.replace('{n}', String(index + 1));
		return {
			id: uuidFor(`job/${called}`),
			name: called,
			type: 'VSphereBackup',
			description: '',
			sessionType: 'BackupJob',
			platform: 'VMware',
			workload: 'Vm',
			repository: REPOSITORY,
			objects: Array.from({ length: objects }, (__, object) => `vm-${index + 1}-${object + 1}`),
			hoursAgo: 2,
		};
	});
	for (const plan of plans) {
		estate.plans.set(plan.id, plan);
		estate.jobs.put(jobRecord(plan));
		estate.backups.put({
			id: backupId(plan),
			jobId: plan.id,
			name: plan.name,
			platformName: plan.platform,
			platformId: uuidFor(`platform/${plan.platform}`),
			creationTime: iso(now),
			repositoryId: repositoryId(plan.repository),
			repositoryName: plan.repository,
			jobType: plan.type,
		});
		for (const object of plan.objects) {
			const failed = result === 'Failed';
			estate.backupObjects.put({
				id: backupObjectId(plan, object),
				name: object,
				type: 'VM',
				platformName: plan.platform,
				platformId: uuidFor(`platform/${plan.platform}`),
				restorePointsCount: failed ? 0 : 1,
				lastRunFailed: failed,
				backupId: backupId(plan),
				size: 1_073_741_824,
			});
			if (!failed) estate.restorePoints.put(restorePoint(plan, object, now - 2 * HOUR));
		}
	}
	estate.work.addHistory(
		plans.map((plan) => ({
			id: randomUUID(),
			as: 'session',
			name: plan.name,
			type: plan.sessionType,
			created: now - 2 * HOUR,
			startingFor: 20_000,
			workingFor: 600_000,
			jobId: plan.id,
			repositoryId: repositoryId(plan.repository),
			platform: plan.platform,
			initiatedBy: 'Scheduler',
			result,
			message,
			objects: plan.objects.map((object) => ({ name: object, result, message })),
		})),
	);
	return { jobs: estate.jobs.list().length };
}

function addRepositories(estate: Estate, count: number): Item {
	const like = estate.repositories.list().find(({ name }) => name === REPOSITORY) as Item;
	const state = estate.repositoryStates.get(String(like.id));
	for (let index = 1; index <= count; index++) {
		const own = { id: uuidFor(`more/repository/${index}`), name: `Repository ${index}` };
		estate.repositories.put({ ...like, ...own });
		estate.repositoryStates.set(own.id, { ...state, ...own });
	}
	return { repositories: estate.repositories.list().length };
}

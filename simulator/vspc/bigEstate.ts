import { iso } from '../foundation/clock';
import type { Stored } from '../foundation/collections';
import type { Item } from '../foundation/listQuery';
import { uuidFor } from '../foundation/random';
import type { Estate } from './estate';

const HOUR = 3_600_000;

/** So many more jobs, a third of each kind, and repositories; like the first that there are. */
export function addBigEstate(estate: Estate, jobs: number, repositories: number): void {
	const lists = [estate.jobs, estate.agentJobs, estate.vb365Jobs];
	const examples = lists.map((list) => list.list()[0] as Item);
	for (let number = 0; number < jobs; number++) {
		const list = lists[number % lists.length] as Stored;
		const instanceUid = uuidFor(`vspc/big/job/${number}`);
		list.put({ ...examples[number % lists.length], instanceUid, name: `Job ${number}` });
	}
	const [repository = {}] = estate.repositories.list();
	const info = estate.repositoryInfos.get(String(repository.instanceUid)) ?? {};
	for (let number = 0; number < repositories; number++) {
		const instanceUid = uuidFor(`vspc/big/repository/${number}`);
		estate.repositories.put({ ...repository, instanceUid, name: `Repository ${number}` });
		estate.repositoryInfos.set(instanceUid, info);
	}
}

/** Every job has run well and none is disabled, nothing is low, offline or alarming. */
export function makeGoodDay(estate: Estate): void {
	const ended = iso(estate.now - HOUR);
	for (const list of [estate.jobs, estate.agentJobs])
		for (const job of list.list()) {
			if (job.isEnabled === false) {
				list.remove(String(job.instanceUid));
				continue;
			}
			const tasks = (job.lastSessionTasks ?? []) as Item[];
			list.put({
				...job,
				status: 'Success',
				failureMessage: '',
				lastEndTime: ended,
				...(tasks.length > 0 && {
					lastSessionTasks: tasks.map((task) => ({
						...task,
						status: 'Success',
						failureMessages: [],
					})),
				}),
			});
		}
	for (const job of estate.vb365Jobs.list())
		estate.vb365Jobs.put({
			...job,
			lastStatus: 'Success',
			lastStatusDetails: '',
			lastErrorLogRecords: [],
		});
	for (const server of estate.backupServers.list())
		estate.backupServers.put({ ...server, status: 'Healthy' });
	for (const [id, info] of estate.repositoryInfos)
		estate.repositoryInfos.set(id, {
			...info,
			freeSpace: Number(info.capacity) / 2,
			status: 'Healthy',
		});
	for (const alarm of estate.alarms.list()) estate.alarms.remove(String(alarm.instanceUid));
}

import type { Estate } from './estate';
import { ORGANIZATIONS } from './estate/organizations';
import { jobRecord, plan } from './estate/jobs';
import { uuidFor } from '../foundation/random';
import { pastRun } from './runs';

const HOUR = 3_600_000;

/** So many more jobs, each with a failed run an hour ago and a good one before, and repositories. */
export function addBigEstate(estate: Estate, jobs: number, repositories: number): void {
	const { now } = estate;
	const [known] = estate.repositories.list();
	for (let number = 0; number < repositories; number++)
		estate.repositories.put({
			...known,
			id: uuidFor(`vb365/repository/more/${number}`),
			name: `Repository ${number}`,
		});
	const plans = Array.from({ length: jobs }, (_, number) =>
		plan(`Job ${number}`, number % 2, 'Default Backup Repository', ['Ada Winter'], { hoursAgo: 1 }),
	);
	for (const one of plans) {
		estate.plans.set(one.id, one);
		estate.jobs.put(jobRecord(one, now));
	}
	const failed = { status: 'Failed', object: 'Ada Winter', reason: 'The mailbox is gone' } as const;
	estate.keep(
		plans.flatMap((one) => [
			pastRun(one, `vb365/big/${one.name}`, now - HOUR, failed),
			pastRun(one, `vb365/big/${one.name}/before`, now - 7 * HOUR, { status: 'Success' }),
		]),
	);
}

/** Every job has run well since, nothing is low, offline or unprotected. */
export function makeGoodDay(estate: Estate): void {
	const { now } = estate;
	estate.keep(
		[...estate.plans.values()]
			.filter(({ isEnabled }) => isEnabled)
			.map((one) => pastRun(one, `vb365/good/${one.name}`, now - HOUR, { status: 'Success' })),
	);
	for (const repository of estate.repositories.list())
		estate.repositories.put({
			...repository,
			freeSpaceBytes: Math.floor(Number(repository.capacityBytes) / 2),
			isOutOfSync: false,
			isOutOfOrder: false,
			isOutdated: false,
			outOfOrderReason: '',
		});
	for (const proxy of estate.proxies.list()) estate.proxies.put({ ...proxy, status: 'Online' });
	for (const { id } of ORGANIZATIONS)
		for (const user of estate.users.get(id)?.list() ?? [])
			estate.protectedUsers.add(String(user.id));
}

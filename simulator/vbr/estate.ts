import type { Item } from '../foundation/listQuery';
import { Stored } from '../foundation/collections';
import type { World } from '../foundation/product';
import { backupObjects, backups, restorePoints } from './estate/backups';
import { moreRuns, weekOfRuns } from './estate/history';
import { estateJobs, jobRecord, type Job } from './estate/jobs';
import * as records from './estate/records';
import { repositories, repositoryStates, scaleOutRepositories } from './estate/repositories';
import { managedServers, proxies, proxyStates } from './estate/servers';
import { Outcomes } from './outcomes';
import { WorkBook } from './work';

/** Everything the simulated backup server knows. */
export class Estate {
	readonly work: WorkBook;
	readonly outcomes = new Outcomes();
	readonly repositories = new Stored(repositories());
	readonly scaleOut = new Stored(scaleOutRepositories());
	readonly servers = new Stored(managedServers());
	readonly proxies = new Stored(proxies());
	/** By id of the repository or proxy. */
	readonly repositoryStates = repositoryStates();
	readonly proxyStates = proxyStates();
	/** What `/jobs/states` shows otherwise than follows, by id of the job. */
	readonly jobStates = new Map<string, Item>();
	/** What the estate was born with; jobs made through the API are in `jobs` alone. */
	readonly plans = new Map<string, Job>();
	readonly jobs: Stored;
	readonly backups: Stored;
	readonly backupObjects: Stored;
	readonly restorePoints: Stored;
	readonly stored: Record<string, Stored>;
	readonly singles: Record<string, Item>;
	private batches = 0;

	constructor(readonly world: World) {
		const now = world.clock.now();
		const plans = estateJobs();
		for (const plan of plans) this.plans.set(plan.id, plan);
		this.work = new WorkBook(world.clock);
		this.work.addHistory(weekOfRuns(plans, now));
		this.jobs = new Stored(plans.map(jobRecord));
		this.backups = new Stored(backups(plans, now));
		this.backupObjects = new Stored(backupObjects(plans));
		this.restorePoints = new Stored(restorePoints(plans, now));
		this.stored = {
			'/credentials': new Stored(records.credentials(now)),
			'/security/users': new Stored(records.users()),
			'/malwareDetection/events': new Stored(records.malwareEvents(now)),
			'/authorization/events': new Stored(records.authorizationEvents(now)),
			'/securityAnalyzer/bestPractices': new Stored(records.bestPractices()),
			'/agents/protectionGroups': new Stored(records.protectionGroups()),
		};
		this.singles = { ...records.singles(now), ...records.rolesOfUsers() };
	}

	/** So many more sessions, older than all there are. Returns how many sessions there are then. */
	addSessions(count: number): number {
		const sessions = this.work.list('session');
		const oldest = sessions[sessions.length - 1]?.created ?? this.world.clock.now();
		this.work.addHistory(moreRuns([...this.plans.values()], count, oldest, ++this.batches));
		return sessions.length + count;
	}
}

import { randomUUID } from 'node:crypto';
import { iso } from '../foundation/clock';
import { Stored } from '../foundation/collections';
import type { Item } from '../foundation/listQuery';
import { Refused, type World } from '../foundation/product';
import { uuidFor } from '../foundation/random';
import { proxies, proxyPools, repositories } from './estate/infrastructure';
import { jobRecord, plans, selectedItems, type Outcome, type Plan } from './estate/jobs';
import {
	groupRecords,
	ORGANIZATIONS,
	organizationRecords,
	siteRecords,
	teamRecords,
	userRecord,
} from './estate/organizations';
import { ChangeFeed } from './events';
import { pastRestores, type Restore } from './restores';
import { endOf, moreRuns, sessionRecord, statusOf, weekOfRuns, type Run } from './runs';

/** What a run takes from its repository. */
const GROWTH_BYTES = 2_000_000_000;

/** Everything the simulated backup server knows. */
export class Estate {
	readonly organizations: Stored;
	readonly proxies = new Stored(proxies());
	readonly proxyPools = new Stored(proxyPools());
	readonly repositories = new Stored(repositories());
	/** What the estate was born with; jobs made through the API are in `jobs` alone. */
	readonly plans = new Map(plans().map((plan) => [plan.id, plan]));
	readonly jobs: Stored;
	readonly copyJobs: Stored;
	/** By job and by organization. */
	readonly selectedItems = new Map<string, Stored>();
	readonly users = new Map<string, Stored>();
	readonly groups = new Map<string, Stored>();
	readonly sites = new Map<string, Stored>();
	readonly teams = new Map<string, Stored>();
	/** Ids of users that are in a backup. */
	readonly protectedUsers = new Set<string>();
	readonly restorePoints = new Stored();
	readonly restores = new Map<string, Restore>();
	readonly syncs = new Map<
		string,
		{ id: string; repositoryId: string; started: number; stopped?: boolean }
	>();
	readonly ownerChanges = new Map<string, Item & { started: number; stopped?: number }>();
	readonly events = new ChangeFeed();
	/** Newest first. */
	private runs: Run[];
	private readonly runsById = new Map<string, Run>();
	private readonly told: Array<Outcome & { match?: string }> = [];
	private batches = 0;

	constructor(readonly world: World) {
		const now = world.clock.now();
		const all = [...this.plans.values()];
		this.organizations = new Stored(organizationRecords(now));
		const records = (kind: Plan['kind']) =>
			all.filter((plan) => plan.kind === kind).map((plan) => jobRecord(plan, now));
		this.jobs = new Stored(records('Backup'));
		this.copyJobs = new Stored(records('Copy'));
		for (const plan of all) this.selectedItems.set(plan.id, new Stored(selectedItems(plan)));
		for (const organization of ORGANIZATIONS) {
			const { id, users, unprotected } = organization;
			const found = users.map((name) => userRecord(organization, name));
			this.users.set(id, new Stored(found));
			for (const user of found.slice(0, users.length - unprotected)) {
				this.protectedUsers.add(String(user.id));
			}
			this.groups.set(id, new Stored(groupRecords(organization)));
			this.sites.set(id, new Stored(siteRecords(organization)));
			this.teams.set(id, new Stored(teamRecords(organization)));
		}
		this.runs = [];
		this.keep(weekOfRuns(all, now));
		for (const run of [...this.runs].reverse()) this.leavePoint(run);
		for (const restore of pastRestores(now)) this.restores.set(restore.id, restore);
	}

	get now(): number {
		return this.world.clock.now();
	}

	/** Newest first, as the API shows them. */
	sessions(fits: (run: Run) => boolean = () => true): Item[] {
		const { now } = this;
		return this.runs.filter(fits).map((run) => sessionRecord(run, now));
	}

	run(id: string): Run | undefined {
		return this.runsById.get(id.toLowerCase());
	}

	/** A job as the API shows it, its last run included. */
	withLastRun(job: Item): Item {
		const { now } = this;
		const own = this.runs.filter(({ jobId }) => jobId === job.id);
		const [last] = own;
		if (!last) return job;
		const good = own.find((run) => ['Success', 'Warning'].includes(statusOf(run, now)));
		return {
			...job,
			lastRun: iso(last.created),
			lastStatus: statusOf(last, now),
			lastBackup: good ? iso(endOf(good)) : null,
		};
	}

	running(jobId: string): Run | undefined {
		return this.runs.find((run) => run.jobId === jobId && statusOf(run, this.now) === 'Running');
	}

	/** Runs a job; how it ends is as a control call told, or well. */
	start(job: Item, full = false): Run {
		const { now } = this;
		const plan = this.plans.get(String(job.id));
		const repository = this.repositories.get(String(job.repositoryId));
		const proxy = this.proxies.get(String(repository?.proxyId));
		if (proxy?.status === 'Offline') {
			const what = `The backup proxy server ${String(proxy.hostName)} is offline`;
			throw new Refused({ because: 'refused', status: 500, code: 'ProxyOffline', what });
		}
		const id = randomUUID();
		const run: Run = {
			id,
			jobId: String(job.id),
			jobName: String(job.name),
			repositoryId: String(job.repositoryId),
			kind: this.copyJobs.get(String(job.id)) ? 'Copy' : 'Backup',
			objects: plan?.objects ?? ['Organization'],
			created: now,
			duration: this.world.settings.sessionSeconds * 1000,
			outcome: this.nextOutcome(String(job.name)),
			retryCount: 0,
			jobWillBeRetried: false,
			mainSessionId: id,
			settled: false,
			full,
		};
		this.keep([run]);
		this.tellSession(run);
		return run;
	}

	/** How the next run ends; only that of the job called `match` where one is named. */
	tell(outcome: Outcome & { match?: string }): void {
		this.told.push(outcome);
	}

	/** So many more sessions, older than all there are. Returns how many there are then. */
	addSessions(count: number): number {
		const oldest = this.runs[this.runs.length - 1]?.created ?? this.now;
		const enabled = [...this.plans.values()].filter(({ isEnabled }) => isEnabled);
		this.keep(moreRuns(enabled, count, oldest, ++this.batches));
		return this.runs.length;
	}

	stop(run: Run): void {
		run.stopped = this.now;
		run.settled = true;
		this.tellSession(run);
	}

	/** Brings about what ended runs and other work bring about. */
	settle(): void {
		const { now } = this;
		for (const run of this.runs) {
			if (run.settled || statusOf(run, now) === 'Running') continue;
			run.settled = true;
			this.leavePoint(run);
			this.takeSpace(run);
			this.tellSession(run);
		}
		const takes = this.world.settings.sessionSeconds * 1000;
		for (const sync of this.syncs.values()) {
			const repository = this.repositories.get(sync.repositoryId);
			const over = !sync.stopped && sync.started + takes <= now;
			if (over && repository) this.repositories.put({ ...repository, isOutOfSync: false });
		}
		for (const change of this.ownerChanges.values()) {
			if (change.done || change.stopped || change.started + takes > now) continue;
			change.done = true;
			for (const id of change.repositoryIds as string[]) {
				const repository = this.repositories.get(id);
				if (repository) this.repositories.put({ ...repository, proxyId: change.toOwnerId });
			}
		}
	}

	/** Past runs besides those of the first week. */
	keep(runs: Run[]): void {
		for (const run of runs) this.runsById.set(run.id, run);
		this.runs = [...this.runs, ...runs].sort((a, b) => b.created - a.created);
	}

	/** How what is started now ends. */
	nextOutcome(jobName: string): Outcome {
		const fits = ({ match }: { match?: string }) =>
			!match || jobName.toLowerCase().includes(match.toLowerCase());
		const index = this.told.findIndex(fits);
		const [told] = index < 0 ? [] : this.told.splice(index, 1);
		return { status: 'Success', ...told };
	}

	private tellSession(run: Run): void {
		const status = statusOf(run, this.now);
		const { id, jobId, kind } = run;
		this.events.add('JobSessionUpdate', id, { jobId, status, jobType: kind });
		if (status !== 'Running') this.events.add('JobUpdate', jobId, { jobType: kind });
	}

	private leavePoint(run: Run): void {
		const plan = this.plans.get(run.jobId);
		if (run.stopped || run.outcome.status === 'Failed' || !plan) return;
		const id = uuidFor(`vb365/point/${run.id}`);
		const holds = (what: Plan['holds'][number]) => plan.holds.includes(what);
		this.restorePoints.put({
			id,
			isDeleted: false,
			repositoryId: run.repositoryId,
			backupTime: iso(endOf(run)),
			jobId: run.jobId,
			retrievalId: null,
			organizationId: ORGANIZATIONS[plan.organization]?.id,
			isExchange: holds('isExchange'),
			isSharePoint: holds('isSharePoint'),
			isOneDrive: holds('isOneDrive'),
			isTeams: holds('isTeams'),
			isLongTermCopy: false,
			isCopy: run.kind === 'Copy',
			isRetrieved: false,
			eTag: 1,
			objectsEtag: 1,
			immutabilityExpiresOn: null,
			_links: { self: { href: `/~/RestorePoints/${id}` } },
		});
		if (run.settled) this.events.add('RestorePointUpdate', id);
	}

	private takeSpace(run: Run): void {
		const repository = this.repositories.get(run.repositoryId);
		const free = Number(repository?.freeSpaceBytes);
		if (!repository || run.stopped || free <= 0) return;
		this.repositories.put({ ...repository, freeSpaceBytes: Math.max(0, free - GROWTH_BYTES) });
	}
}

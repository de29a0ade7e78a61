import { iso } from '../foundation/clock';
import { Stored } from '../foundation/collections';
import type { Item } from '../foundation/listQuery';
import type { World } from '../foundation/product';
import { uuidFor } from '../foundation/random';
import { activeAlarms, alarmRecord, alarmTemplates, type RaisedAlarm } from './estate/alarms';
import { agentJobs, backupServerJobs, objectsOfJobs, sessionTasks, vb365Jobs } from './estate/jobs';
import * as servers from './estate/servers';
import * as tenants from './estate/tenants';

const KEY = 'instanceUid';

/** How a run of a job ends. */
export interface JobOutcome {
	status: 'Success' | 'Warning' | 'Failed';
	object?: string;
	failureMessage?: string;
}

interface Running {
	jobs: Stored;
	id: string;
	started: number;
	ends: number;
	outcome: JobOutcome;
}

/** Everything the simulated console knows. */
export class Estate {
	readonly companies = new Stored(tenants.companies(), KEY);
	readonly resellers = new Stored(tenants.resellers(), KEY);
	readonly organizations = new Stored(tenants.organizations(), KEY);
	readonly locations = new Stored(tenants.COMPANY_NAMES.map(tenants.locationRecord), KEY);
	readonly sites = new Stored(servers.sites(), 'siteUid');
	readonly tenants: Stored;
	readonly backupServers = new Stored(servers.backupServers(), KEY);
	readonly managementAgents: Stored;
	readonly backupAgents: Stored;
	readonly agentJobs: Stored;
	readonly jobs: Stored;
	readonly vb365Servers = new Stored(servers.vb365Servers(), KEY);
	readonly vb365Jobs: Stored;
	readonly repositories: Stored;
	/** What `expand=BackupRepositoryInfo` adds, by repository. */
	readonly repositoryInfos: Map<string, Item>;
	readonly alarmTemplates = new Stored(alarmTemplates(), KEY);
	readonly alarms: Stored;
	/** By alarm, newest first. */
	readonly alarmHistory = new Map<string, Item[]>();
	/** Counters that a control call has set, by company. */
	readonly counters = new Map<string, Record<string, number>>();
	private running: Running[] = [];
	private readonly told: Array<JobOutcome & { match?: string }> = [];

	constructor(readonly world: World) {
		const now = world.clock.now();
		this.tenants = new Stored(
			tenants.COMPANY_NAMES.map((name) => tenants.tenantRecord(name, servers.SITE_ID, now)),
			KEY,
		);
		this.managementAgents = new Stored(servers.managementAgents(now), KEY);
		const agents = servers.backupAgents(now);
		this.backupAgents = new Stored(agents, KEY);
		this.agentJobs = new Stored(agentJobs(agents, now), KEY);
		this.jobs = new Stored(backupServerJobs(now), KEY);
		this.vb365Jobs = new Stored(
			this.vb365Servers.list().flatMap((server) => vb365Jobs(server, now)),
			KEY,
		);
		const repositories = servers.repositories();
		this.repositories = new Stored(
			repositories.map(({ record }) => record),
			KEY,
		);
		this.repositoryInfos = new Map(
			repositories.map(({ record, info }) => [String(record[KEY]), info]),
		);
		this.alarms = new Stored(activeAlarms(now), KEY);
	}

	get now(): number {
		return this.world.clock.now();
	}

	/** Usage of every company on every day of this and the last month at least, today first. */
	usage(): Item[] {
		return Array.from({ length: 62 }, (_, day) => day).flatMap((day) => {
			const date = iso(this.now - day * 86_400_000).slice(0, 10);
			return this.companies.list().map((company) => {
				const record = tenants.usageRecord(String(company.name), company.resellerUid, date);
				const set = day === 0 ? (this.counters.get(String(company[KEY])) ?? {}) : {};
				const counters = (record.counters as Array<{ type: string; value: number }>).filter(
					({ type }) => !(type in set),
				);
				const told = Object.entries(set).map(([type, value]) => ({ type, value }));
				return { ...record, companyUid: company[KEY], counters: [...counters, ...told] };
			});
		});
	}

	/** Usage of today alone, as the lists without a date show it. */
	usageToday(): Item[] {
		return this.usage().slice(0, this.companies.list().length);
	}

	addCompany(name: string, rest: Item = {}): Item {
		const company = { ...tenants.companyRecord(name), ...rest };
		this.companies.put(company);
		this.organizations.put(tenants.organizationRecord(String(company[KEY]), name, 'Company'));
		this.locations.put(tenants.locationRecord(name));
		return company;
	}

	removeCompany(id: string): void {
		this.companies.remove(id);
		this.organizations.remove(id);
		const owned = [
			this.jobs,
			this.managementAgents,
			this.backupAgents,
			this.agentJobs,
			this.backupServers,
		];
		for (const collection of owned) {
			for (const record of collection.list()) {
				if (record.organizationUid === id) collection.remove(String(record[KEY]));
			}
		}
	}

	/** How the next job ends that is started; only the one called `match` where one is named. */
	tell(outcome: JobOutcome & { match?: string }): void {
		this.told.push(outcome);
	}

	isRunning(id: string): boolean {
		return this.running.some((one) => one.id === id.toLowerCase());
	}

	start(jobs: Stored, job: Item): void {
		const id = String(job[KEY]);
		const ends = this.now + this.world.settings.sessionSeconds * 1000;
		const index = this.told.findIndex(({ match }) => !match || match === job.name);
		const [told] = index < 0 ? [] : this.told.splice(index, 1);
		const outcome: JobOutcome = { status: 'Success', ...told };
		this.running.push({ jobs, id, started: this.now, ends, outcome });
		jobs.put({ ...job, [statusField(job)]: 'Running', lastRun: iso(this.now) });
	}

	/** Ends a running job at once, as it would have ended or as stopped. */
	end(id: string, stopped = false): void {
		for (const one of this.running) {
			if (one.id !== id.toLowerCase()) continue;
			one.ends = this.now;
			if (stopped) one.outcome = { status: 'Failed', failureMessage: 'Stopped by user' };
		}
		this.settle();
	}

	raise(raised: RaisedAlarm): Item {
		const alarm = alarmRecord(raised, this.now);
		this.alarms.put(alarm);
		return alarm;
	}

	/** Gives an alarm another status; the one before stays in its history. */
	changeAlarm(alarm: Item, status: string, remark = ''): Item {
		const before = alarm.lastActivation as Item;
		const id = String(alarm[KEY]);
		const history = this.alarmHistory.get(id) ?? [before];
		const lastActivation = {
			...before,
			instanceUid: uuidFor(`activation/${id}/${history.length}`),
			time: iso(this.now),
			status,
			remark,
		};
		this.alarmHistory.set(id, [lastActivation, ...history]);
		const after = { ...alarm, lastActivation };
		this.alarms.put(after);
		return after;
	}

	/** Brings about what ended jobs bring about. */
	settle(): void {
		const { now } = this;
		const over = this.running.filter(({ ends }) => ends <= now);
		if (!over.length) return;
		this.running = this.running.filter(({ ends }) => ends > now);
		for (const { jobs, id, started, ends, outcome } of over) {
			const job = jobs.get(id);
			if (job) jobs.put({ ...job, ...ended(job, outcome, started, ends) });
		}
	}
}

function statusField(job: Item): string {
	return 'lastStatus' in job ? 'lastStatus' : 'status';
}

/** What a run leaves in its job's record. */
function ended(job: Item, outcome: JobOutcome, started: number, ends: number): Item {
	const message =
		outcome.status === 'Success' ? '' : (outcome.failureMessage ?? 'Processing failed');
	if ('lastStatus' in job) {
		const lastErrorLogRecords = message ? [{ message, logType: 'Error' }] : [];
		return { lastStatus: outcome.status, lastStatusDetails: message, lastErrorLogRecords };
	}
	const objects = objectsOfJobs.get(String(job[KEY]));
	return {
		status: outcome.status,
		lastEndTime: iso(ends),
		lastDuration: Math.round((ends - started) / 1000),
		failureMessage: message,
		...(objects && { lastSessionTasks: sessionTasks(job, objects, { ...outcome }, ends) }),
	};
}

/**
 * Random estates of a console and what it answers about them, field by field as each version's schema
 * has them; and what is true of them, said once more in the plainest words. Shares nothing with the
 * code under test.
 */
import type { IDataObject } from 'n8n-workflow';

import { randomOf } from '../../support/random';

export const HOUR = 3_600_000;
export const NOW = Date.parse('2020-02-02T06:00:00Z');
export const VERSIONS = ['3.5.1', '3.6', '3.6.1'] as const;
export type Version = (typeof VERSIONS)[number];

/** Chances for an estate: the same ones in every run. */
export function chancesOf(seed: number) {
	const next = randomOf(seed);
	const below = (count: number) => Math.floor(next() * count);
	const oneOf = <T>(all: readonly T[]): T => all[below(all.length)] as T;
	const maybe = (chance: number) => next() < chance;
	const times = <T>(most: number, make: (index: number) => T): T[] =>
		Array.from({ length: below(most + 1) }, (_, index) => make(index));
	const uuid = () =>
		`${below(2 ** 31)
			.toString(16)
			.padStart(8, '0')}-0000-4000-8000-${below(2 ** 31)
			.toString(16)
			.padStart(12, '0')}`;
	return { next, below, oneOf, maybe, times, uuid };
}

const at = (hours: number): string => new Date(NOW + hours * HOUR).toISOString();

const JOB_STATUS = {
	agent: ['Failed', 'None', 'Running', 'Starting', 'Stopping', 'Success', 'Unknown', 'Warning'],
	server: [
		'Disabling',
		'Enabling',
		'Failed',
		'Idle',
		'None',
		'Running',
		'Starting',
		'Stopping',
		'Success',
		'Unknown',
		'WaitingRepository',
		'WaitingTape',
		'Warning',
	],
	vb365: [
		'Failed',
		'NotConfigured',
		'Queued',
		'Running',
		'Starting',
		'Stopped',
		'Stopping',
		'Success',
		'Unknown',
		'Warning',
	],
} as const;

/** All that the console has, by the path of its list. */
export interface Estate {
	version: Version;
	answers: Record<string, IDataObject[]>;
	console: IDataObject;
	refused: Set<string>;
}

export const LISTS = {
	companies: '/organizations/companies',
	agent: '/infrastructure/backupAgents/jobs',
	server: '/infrastructure/backupServers/jobs',
	vb365: '/infrastructure/vb365Servers/organizations/jobs',
	vb365Servers: '/infrastructure/vb365Servers',
	servers: '/infrastructure/backupServers',
	repositories: '/infrastructure/backupServers/repositories',
	alarms: '/alarms/active',
	serverLicenses: '/licensing/backupServers',
	vb365Licenses: '/licensing/vb365Servers',
	vms: '/protectedWorkloads/virtualMachines',
	byConsole: '/protectedWorkloads/computersManagedByConsole',
	byServer: '/protectedWorkloads/computersManagedByBackupServer',
} as const;

/** How likely each thing is to be wrong: half of the estates are meant to be well. */
export function estateOf(seed: number, version: Version): Estate {
	const r = chancesOf(seed);
	const trouble = r.maybe(0.45) ? 0 : r.oneOf([0.03, 0.1, 0.35]);
	const wrong = (chance = 1) => r.maybe(trouble * chance);
	const provider = r.uuid();
	const companies = r.times(4, (index) => ({ id: r.uuid(), name: `Company ${index % 3}` }));
	const owner = () => (companies.length > 0 && r.maybe(0.8) ? r.oneOf(companies).id : provider);
	const servers = r.times(3, (index) => ({ id: r.uuid(), name: `vbr${index}`, owner: owner() }));
	const m365 = r.times(2, (index) => ({ id: r.uuid(), name: `vbo${index}`, owner: owner() }));
	const shared = r.uuid();
	const run = (kind: keyof typeof JOB_STATUS) => {
		const hours = wrong(0.5) ? -r.oneOf([30, 100, 700]) : -r.oneOf([1, 5, 23]);
		const well = r.maybe(0.9)
			? 'Success'
			: r.oneOf(JOB_STATUS[kind].filter((one) => one !== 'Failed' && one !== 'Warning'));
		const status = wrong() ? r.oneOf(['Failed', 'Warning'] as const) : well;
		const never = status === 'None' && r.maybe(0.5);
		return {
			status,
			lastRun: never ? null : at(hours - 0.5),
			lastEndTime: never ? null : at(hours),
			isEnabled: !wrong(0.7),
			nextRun: wrong(0.7) ? r.oneOf([at(-3), null]) : r.oneOf([at(4), at(100), at(-0.1)]),
			failureMessage: status === 'Failed' ? 'It broke\r\n' : null,
		};
	};
	const agentJobs = r.times(4, (index) => {
		const owned = owner();
		return {
			instanceUid: r.uuid(),
			backupAgentUid: r.uuid(),
			organizationUid: owned,
			name: `Agent ${index}`,
			systemType: r.oneOf(['Linux', 'Mac', 'Windows', 'Unknown']),
			...run('agent'),
		};
	});
	const serverJobs = servers.flatMap((server) =>
		r.times(3, (index) => {
			const { nextRun, ...last } = run('server');
			void nextRun;
			return {
				instanceUid: r.maybe(0.3) ? shared : r.uuid(),
				uniqueUid: r.uuid(),
				backupServerUid: server.id,
				organizationUid: server.owner,
				mappedOrganizationUid: companies.length > 0 && r.maybe(0.3) ? r.oneOf(companies).id : null,
				name: `Job ${index}`,
				type: r.oneOf(['BackupVm', 'BackupCopy', 'Unknown']),
				lastSessionTasks: [],
				...last,
			};
		}),
	);
	const vb365Jobs = m365.flatMap((server) =>
		r.times(2, (index) => {
			const { status, lastEndTime, failureMessage, ...last } = run('vb365');
			void lastEndTime;
			return {
				instanceUid: r.uuid(),
				vb365ServerUid: server.id,
				vb365ServerName: server.name,
				vspcOrganizationUid: server.owner === provider ? null : server.owner,
				name: `Mail ${index}`,
				jobType: 'BackupJob',
				lastStatus: status,
				lastStatusDetails: failureMessage ?? '',
				...last,
			};
		}),
	);
	const repositories = servers.flatMap((server) =>
		r.times(2, (index) => {
			const capacity = r.oneOf([null, -1, 0, 10 * 1024 ** 4]);
			const free = (capacity ?? 0) * (wrong() ? r.oneOf([0.01, 0.07]) : r.oneOf([0.2, 0.6]));
			return {
				instanceUid: index === 0 ? shared : r.uuid(),
				backupServerUid: server.id,
				name: `Repository ${index}`,
				_embedded: {
					capacity,
					isCapacityAvailable: capacity !== null && capacity > 0,
					freeSpace: capacity === null ? null : free,
					isFreeSpaceAvailable: capacity !== null && capacity > 0,
					hostName: `host${index}`,
					isOutOfDate: r.maybe(0.1),
					status: wrong(0.7) ? r.oneOf(['Error', 'Warning']) : r.oneOf(['Healthy', 'Unknown']),
				},
			};
		}),
	);
	const license = (more: IDataObject): IDataObject => ({
		status: wrong(0.5)
			? r.oneOf(['Error', 'Expired', 'Warning', 'Unlicensed'])
			: r.oneOf(['Valid', 'Unknown']),
		expirationDate: wrong(0.5) ? r.oneOf([at(-24), at(24 * 20)]) : r.oneOf([null, at(24 * 200)]),
		...more,
	});
	const [full, room] = [
		{ total: 10, used: 12 },
		{ total: 10, used: 4 },
	];
	const usage = () => (wrong(0.4) ? full : r.oneOf([room, { total: 0, used: 0 }]));
	const point = () => (wrong() ? at(-r.oneOf([60, 300])) : at(-r.oneOf([2, 40])));
	const workload = (more: IDataObject): IDataObject => ({
		organizationUid: owner(),
		name: `machine ${r.below(9)}`,
		latestRestorePointDate: point(),
		...more,
	});
	const twice = (rows: IDataObject[]) =>
		rows.flatMap((row) => (r.maybe(0.2) ? [row, { ...row }] : [row]));
	const alarms = r.times(3, () => ({
		instanceUid: r.uuid(),
		alarmTemplateUid: r.uuid(),
		repeatCount: 1,
		object: {
			instanceUid: r.uuid(),
			type: r.oneOf(['BackupServer', 'BackupServerJob', 'Unknown']),
			organizationUid: owner(),
			computerName: r.oneOf(['srv', '']),
			objectUid: null,
			objectName: r.oneOf(['thing', null]),
		},
		lastActivation: {
			instanceUid: r.uuid(),
			time: at(-r.below(50)),
			status: wrong()
				? r.oneOf(['Error', 'Warning'])
				: r.oneOf(['Acknowledged', 'Info', 'Resolved']),
			message: r.oneOf(['Something\r\n', null]),
			remark: '\r\n',
		},
		...(version === '3.6.1' ? { area: 'vspc' } : {}),
	}));
	const answers: Record<string, IDataObject[]> = {
		[LISTS.companies]: companies.map(({ id, name }) => ({
			instanceUid: id,
			name,
			status: 'Active',
		})),
		[LISTS.agent]: agentJobs,
		[LISTS.server]: serverJobs,
		[LISTS.vb365]: vb365Jobs,
		[LISTS.vb365Servers]: m365.map(({ id, name, owner: owned }) => ({
			instanceUid: id,
			name,
			organizationUid: owned,
			status: 'Healthy',
		})),
		[LISTS.servers]: servers.map(({ id, name, owner: owned }) => ({
			instanceUid: id,
			name,
			organizationUid: owned,
			status: wrong(0.4) ? 'Inaccessible' : r.oneOf(['Healthy', 'Unknown', 'Warning']),
		})),
		[LISTS.repositories]: repositories,
		[LISTS.alarms]: alarms,
		[LISTS.serverLicenses]: servers.map(({ id }) => {
			const [units, sockets, capacity] = [usage(), usage(), usage()];
			return license({
				autoUpdateEnabled: false,
				backupServerUid: id,
				units: units.total,
				usedUnits: units.used,
				unitType: 'Instances',
				sockets: sockets.total || null,
				usedSockets: sockets.used,
				capacity: capacity.total || null,
				usedCapacity: capacity.used,
			});
		}),
		[LISTS.vb365Licenses]: m365.map(({ id }) => {
			const users = usage();
			return license({
				autoUpdateEnabled: false,
				vb365ServerUid: id,
				licensedUsers: users.total,
				protectedUsers: users.used,
			});
		}),
		[LISTS.vms]: twice(
			servers.flatMap((server) =>
				r
					.times(2, () =>
						workload({ instanceUid: shared, objectUid: r.uuid(), backupServerUid: server.id }),
					)
					.slice(0, 1),
			),
		),
		[LISTS.byConsole]: r.times(2, () => workload({ backupAgentUid: r.uuid(), numberOfJobs: 1 })),
		[LISTS.byServer]: twice(
			servers.flatMap((server) =>
				r.times(2, () => ({
					...workload({ instanceUid: r.uuid(), backupServerUid: server.id }),
					...(wrong(0.3) ? { latestRestorePointDate: null } : {}),
				})),
			),
		),
	};
	const refusable = Object.values(LISTS).filter(
		(path) => path !== LISTS.companies && path !== LISTS.vb365Servers,
	);
	const refused = new Set(r.maybe(0.15) ? [r.oneOf(refusable)] : []);
	const { status, expirationDate } = license({});
	return {
		version,
		answers,
		console: {
			status: status === 'Unlicensed' ? 'Error' : status,
			expirationDate: expirationDate ?? null,
		},
		refused,
	};
}

/** What a report has to say. */
export interface Truth {
	/** `well`: nothing wrong and something looked at; `bad`: an error; else a warning. */
	verdict: 'good' | 'warning' | 'bad';
	counts: Record<string, number | null>;
}

type Row = IDataObject;
const past = (time: unknown): number | undefined =>
	typeof time === 'string' ? Date.parse(time) : undefined;

/** @param tenant id of the only company it is about; undefined: all */
export function truthOf({ answers, console: own, refused }: Estate, tenant?: string): Truth {
	const rows = (path: string): Row[] => (refused.has(path) ? [] : (answers[path] ?? []));
	const companies = new Set(rows(LISTS.companies).map(({ instanceUid }) => instanceUid));
	const isOurs = (organization: unknown) =>
		tenant === undefined || (organization === tenant && companies.has(tenant));
	const serverOwner = new Map(rows(LISTS.servers).map((row) => [row.instanceUid, row]));
	const problems: Array<'warning' | 'bad'> = [];
	const add = (what: 'warning' | 'bad', number = 1) => {
		for (let i = 0; i < number; i++) problems.push(what);
		return number;
	};
	// Where no Microsoft 365 server has a job, their licenses are left out, and a note says so.
	const noMail = !refused.has(LISTS.vb365) && rows(LISTS.vb365).length === 0;
	if ([...refused].some((path) => !(noMail && path === LISTS.vb365Licenses))) add('warning');

	const since = NOW - 24 * HOUR;
	const jobs = [
		...rows(LISTS.agent).map((row) => ({
			row,
			org: row.organizationUid,
			state: row.status,
			time: row.lastEndTime,
			waits: [] as string[],
		})),
		...rows(LISTS.server).map((row) => ({
			row,
			org: row.mappedOrganizationUid ?? row.organizationUid,
			state: row.status,
			time: row.lastEndTime,
			waits: ['WaitingRepository', 'WaitingTape'],
		})),
		...rows(LISTS.vb365).map((row) => ({
			row,
			org: row.vspcOrganizationUid,
			state: row.lastStatus,
			time: row.lastRun,
			waits: ['Queued'],
		})),
	].filter(({ org }) => isOurs(org));
	const counts = {
		jobs: jobs.length,
		succeeded: 0,
		warned: 0,
		failed: 0,
		running: 0,
		idle: 0,
		disabled: 0,
	};
	let [missed, enabled, alive] = [0, 0, 0];
	for (const { row, state, time, waits } of jobs) {
		const ended = past(time);
		const isIn = ended !== undefined && ended >= since;
		const isRunning = ['Running', 'Starting', 'Stopping', ...waits].includes(String(state));
		const on = row.isEnabled === true;
		const next = past(row.nextRun);
		if (isIn && state === 'Failed') counts.failed += add('bad');
		else if (isIn && state === 'Warning') counts.warned += add('warning');
		else if (isIn && state === 'Success') counts.succeeded++;
		else if (isRunning) counts.running++;
		else if (on) counts.idle++;
		else counts.disabled++;
		// The last thing that happened was a failure, and nothing has mended it.
		if (!isIn && on && state === 'Failed' && ended !== undefined) add('warning');
		const isLate = on && next !== undefined && next <= NOW - HOUR / 4;
		if (isLate && !isRunning) missed += add('bad');
		if (isLate && isRunning && (past(row.lastRun) ?? 0) < since) add('warning');
		if (on) enabled++;
		if (
			isRunning ||
			(isIn && ['Failed', 'Warning', 'Success'].includes(String(state))) ||
			(on && (next ?? 0) > NOW)
		)
			alive++;
	}
	const allJobsRead = ![LISTS.agent, LISTS.server, LISTS.vb365].some((path) => refused.has(path));
	if (jobs.length === 0 && allJobsRead) add('warning');
	if (jobs.length > 0 && (enabled === 0 || alive + missed === 0)) add('warning');

	const ownerOf = (id: unknown) => serverOwner.get(id as string)?.organizationUid;
	let [repositories, low, offline] = [0, 0, 0];
	for (const row of rows(LISTS.repositories)) {
		if (!isOurs(ownerOf(row.backupServerUid))) continue;
		repositories++;
		const info = row._embedded as Row;
		const percent =
			info.isCapacityAvailable === true
				? (Number(info.freeSpace) / Number(info.capacity)) * 100
				: undefined;
		if (percent !== undefined && percent < 10) low += add(percent < 5 ? 'bad' : 'warning');
		if (info.status === 'Error') add('bad');
		if (info.status === 'Warning') add('warning');
		if (serverOwner.get(row.backupServerUid as string)?.status === 'Inaccessible')
			offline += add('bad');
	}
	const licenses = [
		...(tenant === undefined ? [own] : []),
		...rows(LISTS.serverLicenses).filter((row) => isOurs(ownerOf(row.backupServerUid))),
		...rows(LISTS.vb365Licenses).filter((row) => {
			const of = rows(LISTS.vb365).filter((job) => job.vb365ServerUid === row.vb365ServerUid);
			const server = (answers[LISTS.vb365Servers] ?? []).find(
				(one) => one.instanceUid === row.vb365ServerUid,
			);
			if (refused.has(LISTS.vb365)) return isOurs(server?.organizationUid);
			if (noMail) return false;
			return isOurs(of[0]?.vspcOrganizationUid);
		}),
	];
	for (const row of licenses) {
		const expires = past(row.expirationDate);
		if (['Error', 'Expired', 'Unlicensed'].includes(String(row.status)) || (expires ?? NOW) < NOW)
			add('bad');
		else if (row.status === 'Warning' || (expires !== undefined && expires < NOW + 31 * 24 * HOUR))
			add('warning');
		const over = [
			[row.usedUnits, row.units],
			[row.usedSockets, row.sockets],
			[row.usedCapacity, row.capacity],
			[row.protectedUsers, row.licensedUsers],
		].some(([used, total]) => Number(total ?? 0) > 0 && Number(used ?? 0) > Number(total));
		if (over) add('warning');
	}
	let findings = 0;
	for (const row of rows(LISTS.alarms)) {
		const { organizationUid } = row.object as Row;
		const { status } = row.lastActivation as Row;
		if (!isOurs(organizationUid)) continue;
		if (status === 'Error') findings += add('bad');
		if (status === 'Warning') findings += add('warning');
	}
	const machines = [LISTS.vms, LISTS.byConsole, LISTS.byServer].flatMap((path) => {
		const seen = new Set<string>();
		return rows(path).filter((row) => {
			const id = JSON.stringify([
				row.instanceUid ?? row.backupAgentUid,
				row.backupServerUid ?? null,
				row.organizationUid,
			]);
			return !seen.has(id) && seen.add(id);
		});
	});
	const unprotected = add(
		'bad',
		machines.filter(
			(row) =>
				isOurs(row.organizationUid) && (past(row.latestRestorePointDate) ?? 0) < NOW - 48 * HOUR,
		).length,
	);
	const noJobs = [LISTS.agent, LISTS.server, LISTS.vb365].every((path) => refused.has(path));
	const known = (number: number, ...paths: string[]) =>
		paths.every((path) => refused.has(path)) ? null : number;
	return {
		verdict: problems.includes('bad') ? 'bad' : problems.length > 0 ? 'warning' : 'good',
		counts: {
			...(noJobs ? {} : counts),
			missedRuns: known(missed, LISTS.agent, LISTS.server, LISTS.vb365),
			unprotected: known(unprotected, LISTS.vms, LISTS.byConsole, LISTS.byServer),
			repositories: known(repositories, LISTS.repositories),
			lowRepositories: known(low, LISTS.repositories),
			offlineRepositories: known(offline, LISTS.repositories),
			findings: known(findings, LISTS.alarms),
		},
	};
}

import { diceOf, type Dice } from './random';
import type { Version } from './schema';

type Record_ = Record<string, unknown>;

export const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GB = 1024 ** 3;

/** What became of a job, as the one who made it up knows: the oracle judges by this alone. */
export interface MadeJob {
	id: string;
	name: string;
	kind: 'Backup' | 'Copy';
	isEnabled: boolean;
	organization: string;
	/** Of the last run that ended in the period. */
	last?: 'Success' | 'Warning' | 'Failed';
	isRunning: boolean;
	/** Running since before the period, its next run overdue. */
	hangs: boolean;
	/** The last run failed before the period. */
	failedEarlier: boolean;
	missed: boolean;
	planned: boolean;
	/** Runs that failed in the period. */
	failures: number;
	/** As it appears in the record of the job: how its last run ended, and whether that was in the period. */
	said?: { result: 'Success' | 'Warning' | 'Failed'; inPeriod: boolean };
	record: Record_;
}

export interface MadeSession {
	record: Record_;
	jobId: string;
	endedInPeriod: boolean;
	/** Nothing in the answer leads to its job but the time at which it began. */
	isNameless: boolean;
}

export interface MadeEstate {
	version: Version;
	now: number;
	hours: number;
	jobs: MadeJob[];
	sessions: MadeSession[];
	repositories: Array<{ record: Record_; free?: number; flags: string[] }>;
	storages: Record_[];
	proxies: Array<{ record: Record_; offline: boolean; maintained: boolean }>;
	license: { record: Record_; days?: number; expired: boolean; overused: boolean };
	organizations: string[];
	licensed: Array<{ record: Record_; hoursAgo?: number }>;
	protectedUsers: Record_[];
	people: Record<string, Array<{ record: Record_; covered: boolean; isPerson: boolean }>>;
	/** By path: the status that the server answers instead. */
	refused: Record<string, number>;
	/** So many items of a page at most. */
	pageMaximum: number;
}

const ISO = (time: number): string => new Date(time).toISOString();

/** A whole estate, all of it from the dice. */
export function makeEstate(dice: Dice, version: Version): MadeEstate {
	const now = Date.UTC(
		2026,
		dice.from(0, 11),
		dice.from(1, 28),
		dice.from(0, 23),
		dice.from(0, 59),
	);
	const hours = dice.pick([24, 24, 24, 12, 72]);
	const organizations = Array.from({ length: dice.from(1, 3) }, (_, i) => `org-${i + 1}`);
	const isCalm = dice.percent(35);
	const estate: MadeEstate = {
		version,
		now,
		hours,
		jobs: [],
		sessions: [],
		repositories: [],
		storages: [],
		proxies: [],
		license: makeLicense(dice, version, now, isCalm),
		organizations,
		licensed: [],
		protectedUsers: [],
		people: {},
		refused: {},
		pageMaximum: dice.pick([10_000, 10_000, 200, 7]),
	};
	const isSilent = dice.percent(8);
	const count = dice.percent(6) ? 0 : dice.from(1, 12);
	for (let index = 0; index < count; index++) {
		const kind = dice.percent(20) ? 'Copy' : 'Backup';
		makeJob(estate, dice, { index, kind, isCalm, isSilent });
	}
	makeRepositories(estate, dice, isCalm);
	for (let index = dice.from(1, 4); index > 0; index--) {
		const offline = dice.percent(isCalm ? 0 : 15);
		const maintained = version === 'v8' && dice.percent(20);
		estate.proxies.push({
			offline,
			maintained,
			record: {
				id: `proxy-${index}`,
				hostName: dice.percent(90) ? `proxy${index}` : undefined,
				fqdn: `proxy${index}.example`,
				status: dice.pick([offline ? 'Offline' : 'Online', offline ? 'offline' : 'online']),
				maintenanceModeState: maintained ? dice.pick(['Enabled', 'Enabling']) : 'Disabled',
			},
		});
	}
	makeUsers(estate, dice, isCalm);
	makeRefusals(estate, dice);
	return estate;
}

function makeLicense(dice: Dice, version: Version, now: number, isCalm: boolean) {
	const days = dice.percent(25) ? undefined : dice.pick(isCalm ? [45, 300] : [-3, 0, 12, 45, 300]);
	const expired = days !== undefined && days < 0;
	const overused = dice.percent(isCalm ? 0 : 12);
	const end = days === undefined ? null : ISO(now + days * DAY + 3 * HOUR);
	return {
		days,
		expired,
		overused,
		record: {
			licenseID: 'license',
			status: expired ? 'Expired' : 'Valid',
			type: 'Subscription',
			package: 'Suite',
			licensedTo: 'Example',
			[version === 'v6' ? 'expirationDate' : 'licenseExpires']: end,
			totalNumber: 100,
			usedNumber: overused ? 120 : 60,
			newNumber: 3,
		},
	};
}

const STORIES = [
	'good',
	'good',
	'good',
	'warned',
	'failed',
	'stopped',
	'mended',
	'running',
	'runningAgain',
	'hangs',
	'missed',
	'missedDaily',
	'weekly',
	'byHand',
	'failedEarlier',
	'failedUnlisted',
] as const;

/** Stories of which more than one session is in the period, or one that goes on. */
const MANY_RUNS: readonly string[] = ['mended', 'runningAgain'];

const CALM = ['good', 'good', 'good', 'mended', 'runningAgain', 'weekly', 'byHand'] as const;

/** What no run of happens: an estate where everything stands still. */
const SILENT = ['weekly', 'byHand', 'byHand', 'byHand'] as const;

function makeJob(
	estate: MadeEstate,
	dice: Dice,
	given: { index: number; kind: 'Backup' | 'Copy'; isCalm: boolean; isSilent: boolean },
): void {
	const { now, hours, version } = estate;
	const { index, kind, isCalm, isSilent } = given;
	const from = now - hours * HOUR;
	const story = dice.pick(isSilent ? SILENT : isCalm ? CALM : STORIES);
	const isEnabled = dice.percent(isSilent ? 30 : 88);
	const id = `${kind.toLowerCase()}-${index}`;
	const organization = dice.pick(estate.organizations);
	const job: MadeJob = {
		id,
		name: `${dice.pick(['Exchange', 'Teams', 'SharePoint', 'OneDrive'])} ${index}`,
		kind,
		isEnabled,
		organization,
		isRunning: false,
		hangs: false,
		failedEarlier: false,
		missed: false,
		planned: false,
		failures: 0,
		record: {},
	};
	let lastRun: number | undefined;
	let nextRun: number | undefined = now + dice.from(1, 20) * HOUR;
	let lastStatus: string | undefined;
	let schedulePolicy: Record_ =
		kind === 'Backup'
			? { scheduleEnabled: true, type: 'Periodically', periodicallyEvery: 'Hours1' }
			: { type: 'Periodically', periodicallyEvery: 'Hours1' };
	// Whole seconds that no two jobs share.
	let started = now - dice.from(2, hours - 2) * HOUR - index * 61_000;
	const run = (status: string, at: number, more: Record_ = {}) => {
		const end = at + dice.from(1, 50) * 60_000;
		const endedInPeriod = end >= from && end <= now;
		// A server that names the job of one session names that of all.
		const isNameless = version === 'v6' && !MANY_RUNS.includes(story) && dice.percent(50);
		estate.sessions.push({
			jobId: id,
			endedInPeriod,
			isNameless,
			record: {
				id: `session-${id}-${at}`,
				...(version === 'v8' ? { jobId: dice.pick([id, id.toUpperCase()]) } : {}),
				...(isNameless
					? { _links: { self: { href: `/${version}/JobSessions/x` } } }
					: { _links: { job: { href: linkOf(version, kind, id) } } }),
				jobType: kind,
				status: dice.percent(90) ? status : status.toLowerCase(),
				creationTime: ISO(at),
				endTime: ISO(end),
				details: status === 'Failed' ? 'It failed.' : null,
				retryCount: 0,
				jobWillBeRetried: false,
				...more,
			},
		});
		if (endedInPeriod && status === 'Failed') job.failures++;
		lastRun = at;
		lastStatus = status;
	};
	const settle = (result: 'Success' | 'Warning' | 'Failed') => {
		job.last = result;
		job.said = { result, inPeriod: true };
	};
	// Of runs that are not the last one v6 may not know the job: those keep their link there.
	const before = () => {
		run('Success', started - 40 * HOUR - hours * HOUR);
		(estate.sessions.at(-1) as MadeSession).isNameless = false;
	};
	if (dice.percent(50)) before();
	switch (story) {
		case 'good':
			run('Success', started);
			settle('Success');
			break;
		case 'warned':
			run('Warning', started);
			settle('Warning');
			break;
		case 'stopped':
			run(dice.pick(['Stopped', 'NotConfigured']), started);
			settle('Warning');
			break;
		case 'failed':
			run('Failed', started);
			settle('Failed');
			break;
		case 'mended': {
			const earlier = dice.from(1, 4);
			for (let back = earlier; back > 0; back--) {
				linked('Failed', started - back * 1000 - 7);
				(estate.sessions.at(-1) as MadeSession).record.endTime = ISO(started - back * 1000);
			}
			run('Success', started);
			settle('Success');
			break;
		}
		case 'running':
			going(now - dice.from(1, Math.min(5, hours - 1)) * HOUR);
			break;
		case 'runningAgain':
			linked('Success', started - HOUR / 2);
			settle('Success');
			job.said = undefined;
			going(Math.min(now - 60_000, started + HOUR));
			break;
		case 'hangs':
			going(from - dice.from(1, 50) * HOUR);
			nextRun = now - dice.from(1, 40) * HOUR;
			job.hangs = true;
			break;
		case 'missed':
			idle(from - dice.from(1, 100) * HOUR, 'Success');
			nextRun = now - dice.from(1, 40) * HOUR;
			job.missed = isEnabled;
			break;
		case 'missedDaily':
			if (kind === 'Backup')
				schedulePolicy = { scheduleEnabled: true, type: 'Daily', dailyType: 'Everyday' };
			nextRun = now + 10 * HOUR;
			idle(Math.min(from - HOUR, now - 40 * HOUR), 'Success');
			job.missed = isEnabled && kind === 'Backup';
			break;
		case 'weekly':
			idle(from - dice.from(1, 100) * HOUR, dice.pick(['Success', 'Success', 'Warning']));
			nextRun = now + dice.from(20, 120) * HOUR;
			break;
		case 'byHand':
			if (dice.percent(70)) idle(from - dice.from(1, 600) * HOUR, 'Success');
			nextRun = undefined;
			schedulePolicy = kind === 'Backup' ? { scheduleEnabled: false, type: 'ManualOnly' } : {};
			break;
		case 'failedEarlier':
			idle(from - dice.from(1, 100) * HOUR, 'Failed');
			job.failedEarlier = true;
			break;
		case 'failedUnlisted':
			// The job says that it failed in the period, and no session of it is listed.
			lastRun = started;
			lastStatus = 'Failed';
			settle('Failed');
			break;
	}
	if (!isEnabled && nextRun !== undefined && nextRun < now && !job.hangs) nextRun = undefined;
	job.planned = isEnabled && nextRun !== undefined && nextRun > now;
	job.record = {
		id,
		name: job.name,
		organizationId: version === 'v8' ? organization : undefined,
		_links: { organization: { href: `/${version}/Organizations/${organization}` } },
		isEnabled,
		lastStatus: lastStatus ?? null,
		lastRun: lastRun === undefined ? null : ISO(lastRun),
		nextRun: nextRun === undefined ? null : ISO(nextRun),
		schedulePolicy,
	};
	estate.jobs.push(job);

	function linked(status: string, at: number): void {
		run(status, at);
		const session = estate.sessions.at(-1) as MadeSession;
		session.isNameless = false;
		session.record._links = { job: { href: linkOf(version, kind, id) } };
	}
	function going(at: number): void {
		job.isRunning = true;
		lastRun = at;
		lastStatus = dice.pick(['Running', 'Queued', 'Disconnected']);
		if (dice.percent(60))
			estate.sessions.push({
				jobId: id,
				endedInPeriod: false,
				isNameless: false,
				record: {
					id: `session-${id}-${at}`,
					...(version === 'v8' ? { jobId: id } : {}),
					_links: { job: { href: linkOf(version, kind, id) } },
					jobType: kind,
					status: lastStatus,
					creationTime: ISO(at),
					endTime: version === 'v6' ? '0001-01-01T00:00:00' : null,
				},
			});
	}
	function idle(at: number, status: string): void {
		lastRun = at;
		lastStatus = status;
		job.said = { result: status as 'Success', inPeriod: false };
		started = at;
	}
}

const linkOf = (version: Version, kind: 'Backup' | 'Copy', id: string): string =>
	`/${version}/${kind === 'Copy' ? 'CopyJobs' : 'Jobs'}/${id}`;

/** Percent free that are far from where a threshold of 10 changes anything. */
const FREE = [2, 4, 7, 9, 15, 40, 90];

function makeRepositories(estate: MadeEstate, dice: Dice, isCalm: boolean): void {
	const { version } = estate;
	for (let index = dice.from(0, 6); index > 0; index--) {
		const free = dice.pick(isCalm ? [15, 40, 90] : FREE);
		const flags: string[] = [];
		const record: Record_ = { id: `repository-${index}`, name: `Repository ${index}` };
		let known: number | undefined = free;
		const figures = (capacity: unknown, left: unknown) =>
			Object.assign(record, { capacityBytes: capacity, freeSpaceBytes: left });
		const shape = dice.pick(['disk', 'disk', 'disk', 'none', 'bucket', 'limited'] as const);
		if (shape === 'disk') figures(1000 * GB, free * 10 * GB);
		else if (shape === 'none') {
			const [capacity, left] = dice.pick([
				[0, 0],
				[-1, -1],
				[null, null],
				[1000 * GB, null],
			]);
			figures(capacity, left);
			known = undefined;
		} else {
			const limited = shape === 'limited';
			const storage = {
				id: `storage-${index}`,
				name: `Bucket ${index}`,
				sizeLimitEnabled: limited,
				sizeLimitGB: limited ? 200 : null,
				freeSpaceBytes: limited ? free * 2 * GB : null,
			};
			figures(0, 0);
			if (!limited) known = undefined;
			if (version === 'v8') record.objectStorage = storage;
			else {
				record.objectStorageId = storage.id;
				estate.storages.push(storage);
			}
		}
		record.isOutOfSync = dice.percent(isCalm ? 0 : 8);
		if (record.isOutOfSync === true) flags.push('outOfSync');
		if (version === 'v8') {
			record.isOutOfOrder = dice.percent(isCalm ? 0 : 8);
			record.isOutdated = dice.percent(isCalm ? 0 : 8);
			if (record.isOutOfOrder === true) flags.push('invalid');
			if (record.isOutdated === true) flags.push('outdated');
		}
		estate.repositories.push({ record, free: known, flags });
	}
}

function makeUsers(estate: MadeEstate, dice: Dice, isCalm: boolean): void {
	const { version, now } = estate;
	for (const organization of estate.organizations) {
		const people: MadeEstate['people'][string] = [];
		for (let index = dice.from(0, 9); index > 0; index--) {
			const name = `user${index}@${organization}.example`;
			const state = dice.pick(
				isCalm
					? (['fresh', 'shared', 'mailbox'] as const)
					: (['fresh', 'fresh', 'fresh', 'stale', 'never', 'bare', 'shared', 'mailbox'] as const),
			);
			const covered = state !== 'bare' && state !== 'mailbox';
			const hoursAgo = { fresh: 5, stale: 90, never: undefined }[state as 'fresh'];
			if (covered && state !== 'shared')
				estate.licensed.push({
					hoursAgo,
					record: {
						id: `licensed-${name}`,
						name: dice.percent(50) ? name : name.toUpperCase(),
						isBackedUp: true,
						organizationId: organization,
						...(hoursAgo === undefined ? {} : { lastBackupDate: ISO(now - hoursAgo * HOUR) }),
					},
				});
			if (covered)
				estate.protectedUsers.push({
					id: `protected-${name}`,
					displayName: `User ${index}`,
					accountType: 'User',
					organizationId: organization,
					mailboxes: [{ id: 'mailbox', email: name }],
				});
			const isPerson = state !== 'mailbox';
			people.push({
				covered,
				isPerson,
				record: {
					id: `person-${name}`,
					name,
					displayName: `User ${index} of ${organization}`,
					type: isPerson ? dice.pick(['User', 'User', null]) : 'Shared',
				},
			});
		}
		estate.people[organization] = people;
	}
	// Before v8 nobody tells an unlicensed mailbox that is in a backup from one that is not.
	if (version !== 'v8')
		for (const [organization, people] of Object.entries(estate.people))
			estate.people[organization] = people.filter(
				({ covered, record }) =>
					!covered || estate.licensed.some((one) => sameName(one.record.name, record.name)),
			);
}

export const sameName = (a: unknown, b: unknown): boolean =>
	String(a).toLowerCase() === String(b).toLowerCase();

function makeRefusals(estate: MadeEstate, dice: Dice): void {
	if (!dice.percent(25)) return;
	const paths = [
		'/Jobs',
		'/CopyJobs',
		'/JobSessions',
		'/BackupRepositories',
		'/objectstoragerepositories',
		'/License',
		'/Proxies',
		'/LicensedUsers',
		'/ProtectedUsers',
		'/Organizations/{organizationId}/Users',
		'/JobSessions/{sessionId}/LogItems',
	];
	for (let count = dice.from(1, 2); count > 0; count--)
		estate.refused[dice.pick(paths)] = dice.pick([403, 403, 500, 404]);
}

/** 500 jobs of two organizations, each of which failed an hour ago, and 200 repositories. */
export function makeBigEstate(version: Version, pageMaximum: number): MadeEstate {
	const now = Date.UTC(2026, 5, 6, 7);
	const estate = makeEstate(diceOf(1), version);
	const jobs = Array.from({ length: 500 }, (_, index) => {
		const organization = `org-${(index % 2) + 1}`;
		return {
			id: `backup-${index}`,
			name: `Job ${index}`,
			organizationId: organization,
			_links: { organization: { href: `/${version}/Organizations/${organization}` } },
			isEnabled: true,
			lastStatus: 'Failed',
			lastRun: ISO(now - HOUR - index * 1000),
			nextRun: ISO(now + HOUR),
		};
	});
	return {
		...estate,
		now,
		hours: 24,
		pageMaximum,
		refused: {},
		organizations: ['org-1', 'org-2'],
		jobs: jobs.map((record) => ({ kind: 'Backup', record }) as unknown as MadeJob),
		sessions: jobs.map(
			({ id, lastRun }) =>
				({
					record: {
						id: `session-${id}`,
						jobId: id,
						_links: { job: { href: linkOf(version, 'Backup', id) } },
						status: 'Failed',
						creationTime: lastRun,
						endTime: ISO(Date.parse(lastRun) + 60_000),
					},
				}) as unknown as MadeSession,
		),
		repositories: Array.from({ length: 200 }, (_, index) => ({
			flags: [],
			record: {
				id: `repository-${index}`,
				name: `Repository ${index}`,
				capacityBytes: 1000 * GB,
				freeSpaceBytes: 500 * GB,
			},
		})),
	};
}

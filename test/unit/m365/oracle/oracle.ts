import { HOUR, sameName, type MadeEstate, type MadeJob } from './estate';

/** What a user picked, as far as it changes what is true. */
export interface Asked {
	sections: string[];
	/** One pattern with `*` at its end, or a name. */
	include?: string;
	exclude?: string;
}

type Status = 'good' | 'warning' | 'bad';

export interface Expected {
	/** Undefined: nothing at all could be read, which is no report but an error. */
	status?: Status;
	counts: Record<string, number | null>;
}

const passes = (name: string, pattern: string): boolean =>
	pattern.endsWith('*')
		? name.toLowerCase().startsWith(pattern.slice(0, -1).toLowerCase())
		: sameName(name, pattern);

/** The truth about an estate, from the stories it was made of. */
export function judge(estate: MadeEstate, { sections, include, exclude }: Asked): Expected {
	const { version, refused } = estate;
	const wants = (...some: string[]) => some.some((one) => sections.includes(one));
	const troubles: Status[] = [];
	let read = 0;
	/** Whether a list that these sections need can be read; where not, that is a warning. */
	const can = (path: string, needed = true): boolean => {
		if (!needed) return false;
		if (refused[path]) troubles.push('warning');
		else read++;
		return !refused[path];
	};
	const counts: Record<string, number | null> = {};
	for (const name of COUNTS) counts[name] = null;

	// Jobs
	const needJobs = wants('jobs', 'missedRuns', 'unprotected');
	const backup = can('/Jobs', needJobs);
	const copy = can('/CopyJobs', needJobs);
	const listed = estate.jobs.filter(({ kind }) => (kind === 'Backup' ? backup : copy));
	const chosen = listed.filter(
		({ name }) =>
			(include === undefined || passes(name, include)) &&
			(exclude === undefined || !passes(name, exclude)),
	);
	const haveJobs = backup || copy;
	if (haveJobs) {
		const sessions = can('/JobSessions', wants('jobs'));
		const strangers =
			sessions && include === undefined && exclude === undefined ? strangersOf(estate, listed) : [];
		const total = chosen.length + strangers.length;
		if (total === 0) troubles.push('warning');
		if (
			include !== undefined &&
			backup &&
			copy &&
			!listed.some(({ name }) => passes(name, include))
		)
			troubles.push('warning');
		const lastOf = (job: MadeJob) =>
			sessions || !job.said
				? lastSeen(job, sessions)
				: job.said.inPeriod
					? job.said.result
					: undefined;
		if (wants('jobs')) {
			const of = (result: string) =>
				chosen.filter((job) => lastOf(job) === result).length +
				strangers.filter((one) => one === result).length;
			const others = chosen.filter((job) => lastOf(job) === undefined);
			Object.assign(counts, {
				jobs: total,
				succeeded: of('Success'),
				warned: of('Warning'),
				failed: of('Failed'),
				running: others.filter(({ isRunning }) => isRunning).length,
				disabled: others.filter((job) => !job.isRunning && !job.isEnabled).length,
				idle: others.filter((job) => !job.isRunning && job.isEnabled).length,
			});
			if (counts.failed) troubles.push('bad');
			if (counts.warned) troubles.push('warning');
			if (chosen.some(({ failedEarlier }) => failedEarlier)) troubles.push('warning');
			const ran = chosen.some((job) => lastOf(job) !== undefined || job.isRunning);
			const planned = chosen.some((job) => job.planned);
			const overdue = wants('missedRuns') && chosen.some(({ missed }) => missed);
			if (total > 0 && !ran && !planned && !overdue && strangers.length === 0)
				troubles.push('warning');
		}
		if (chosen.some(({ hangs }) => hangs)) troubles.push('warning');
		if (total > 0 && strangers.length === 0 && !chosen.some(({ isEnabled }) => isEnabled))
			troubles.push('warning');
		if (wants('missedRuns')) {
			counts.missedRuns = chosen.filter(({ missed }) => missed).length;
			if (counts.missedRuns) troubles.push('bad');
		}
	}

	// Repositories and proxies
	const needRepositories = wants('repositories', 'findings');
	const repositories = can('/BackupRepositories', needRepositories);
	let findings: number | undefined;
	if (repositories) {
		const apart = version !== 'v8' && estate.storages.length > 0 && wants('repositories');
		const storages = apart ? can('/objectstoragerepositories') : true;
		if (wants('repositories')) {
			counts.repositories = estate.repositories.length;
			counts.offlineRepositories = 0;
			const free = estate.repositories.map(({ record, free: left }) =>
				record.objectStorageId !== undefined && !storages ? 100 : (left ?? 100),
			);
			counts.lowRepositories = free.filter((one) => one < 10).length;
			if (free.some((one) => one <= 5)) troubles.push('bad');
			if (counts.lowRepositories > 0) troubles.push('warning');
			if (estate.repositories.some(({ flags }) => flags.includes('invalid'))) troubles.push('bad');
		}
		if (wants('findings')) {
			const flags = estate.repositories.flatMap((one) => one.flags);
			findings = flags.length;
			if (flags.length > 0) troubles.push(flags.includes('invalid') ? 'bad' : 'warning');
		}
	}
	if (can('/Proxies', wants('findings'))) {
		const offline = estate.proxies.filter((one) => one.offline);
		findings = (findings ?? 0) + offline.length;
		if (offline.length > 0)
			troubles.push(offline.some(({ maintained }) => !maintained) ? 'bad' : 'warning');
	}
	counts.findings = findings ?? null;

	// License
	if (can('/License', wants('licenses'))) {
		const { days, expired, overused } = estate.license;
		if (expired) troubles.push('bad');
		else if (overused || (days !== undefined && days <= 30)) troubles.push('warning');
	}

	// Users
	if (can('/LicensedUsers', wants('unprotected'))) {
		let unprotected = estate.licensed.filter(
			({ hoursAgo }) => hoursAgo === undefined || hoursAgo > 48,
		).length;
		if (version !== 'v8' || can('/ProtectedUsers')) {
			const organizations = new Set(
				chosen.filter(({ isEnabled }) => isEnabled).map(({ organization }) => organization),
			);
			for (const organization of organizations)
				if (can('/Organizations/{organizationId}/Users'))
					unprotected += (estate.people[organization] ?? []).filter(
						({ covered, isPerson }) => !covered && isPerson,
					).length;
		}
		counts.unprotected = unprotected;
		if (unprotected > 0) troubles.push('bad');
	}

	if (read === 0 && troubles.length > 0) return { counts };
	const status = troubles.includes('bad') ? 'bad' : troubles.length > 0 ? 'warning' : 'good';
	return { status, counts };
}

const COUNTS = [
	'jobs',
	'succeeded',
	'warned',
	'failed',
	'running',
	'idle',
	'disabled',
	'missedRuns',
	'unprotected',
	'repositories',
	'lowRepositories',
	'offlineRepositories',
	'findings',
];

/** Where sessions can be read, `last`; where not, only what the job itself says. */
const lastSeen = (job: MadeJob, sessions: boolean): MadeJob['last'] =>
	sessions ? job.last : undefined;

/** How jobs ended whose list may not be read, but whose sessions name them. */
function strangersOf(estate: MadeEstate, listed: MadeJob[]): Array<string | undefined> {
	const known = new Set(listed.map(({ id }) => id));
	return estate.jobs
		.filter(({ id }) => !known.has(id))
		.filter((job) =>
			estate.sessions.some((one) => one.jobId === job.id && one.endedInPeriod && !one.isNameless),
		)
		.map(({ last }) => last);
}

export { HOUR };

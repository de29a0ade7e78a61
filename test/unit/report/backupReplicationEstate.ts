/** Random estates of a backup server, each with what is true of it. */
import type { IDataObject } from 'n8n-workflow';

import type { ReportModel } from '../../../nodes/shared/report/model';
import { REVISIONS, type BackupServer, type Revision } from '../../support/backupServer';
import { randomOf } from '../../support/random';

const HOUR = 3_600_000;
const NO_ID = '00000000-0000-0000-0000-000000000000';

interface Truth {
	/** Of what the report must say; undefined where what it depends on is refused. */
	counts: Partial<Record<keyof ReportModel['counts'], number | null>>;
	status: 'good' | 'warning' | 'bad';
	/** Nothing on the server says to which job a share without any restore point belongs. */
	isOpen: boolean;
}

interface Estate {
	server: BackupServer;
	includeJobs: string[];
	truth: Truth;
}

interface TrueJob {
	record: IDataObject;
	result?: 'Success' | 'Warning' | 'Failed';
	isEarlier: boolean;
	isRunning: boolean;
	isDisabled: boolean;
	isMissed: boolean;
	isLong: boolean;
	isPlanned: boolean;
}

const SECTIONS_OF: Record<string, string[]> = {
	'/jobs/states': ['jobs'],
	'/sessions': ['jobs'],
	'/taskSessions': ['jobs'],
	'/backupObjects': ['unprotected'],
	'/restorePoints': ['unprotected'],
	'/backupInfrastructure/repositories/states': ['repositories'],
	'/license': ['licenses'],
	'/malwareDetection/events': ['findings'],
	'/securityAnalyzer/bestPractices': ['findings'],
};

export function estateOf(seed: number, revision: Revision): Estate {
	const random = randomOf(seed);
	const chance = (share: number) => random() < share;
	const pick = <T>(...all: T[]): T => all[Math.floor(random() * all.length)]!;
	// By the server's clock.
	const ahead = pick(0, 0, 5 * HOUR, -3 * HOUR);
	const now = Date.now() + ahead;
	const at = (hours: number) => new Date(now + hours * HOUR).toISOString();
	const cased = (word: string) => (REVISIONS.indexOf(revision) < 2 ? word.toLowerCase() : word);
	// Most estates have little that is wrong, so that good days are among them.
	const evil = pick(0, 0, 0.03, 0.15, 0.4);
	let number = 0;
	const id = () =>
		`${(++number).toString(16).padStart(8, '0')}-1111-4111-8111-${seed.toString(16).padStart(12, '0')}`;

	// Jobs and their sessions.
	const sessions: IDataObject[] = [];
	const session = (jobId: string, name: string, hoursAgo: number, result: string) => {
		const one = {
			...{ id: id(), jobId, name, sessionType: 'BackupJob', state: 'Stopped', usn: number },
			...{ creationTime: at(-hoursAgo - 0.4), endTime: at(-hoursAgo) },
			result: { result, message: chance(0.5) ? 'No space' : '', isCanceled: false },
		};
		sessions.push(one);
		return one;
	};
	const jobs = Array.from({ length: pick(0, 1, 1, 2, 3, 6, 12) }, (_, index): TrueJob => {
		const jobId = id();
		const name = `${pick('SQL', 'Mail', 'File')} ${index}`;
		const isRunning = chance(0.1);
		const isDisabled = !isRunning && chance(0.1);
		const isIdle = chance(0.25);
		const runs = Array.from({ length: isIdle ? 0 : pick(1, 1, 2, 5) }, (_unused, run) =>
			session(
				jobId,
				`${name}${chance(0.1) ? ' (Retry 1)' : ''}`,
				// Within the period and far from its ends.
				1 + run * 4 + random(),
				chance(evil) ? pick('Failed', 'Warning') : 'Success',
			),
		);
		const before =
			chance(0.7) && session(jobId, name, 30 + random() * 100, chance(evil) ? 'Failed' : 'Success');
		const last = runs[0] ?? (before || undefined);
		const isOverdue = chance(evil / 2);
		const started = chance(0.5) ? 2 : 70;
		const next = isOverdue ? at(-pick(2, 9, 48)) : chance(0.8) ? at(pick(1, 20, 100)) : undefined;
		const isVague = next === undefined && chance(0.2);
		return {
			record: {
				...{ id: jobId, name, type: 'VSphereBackup', description: '', workload: cased('Vm') },
				status: cased(isRunning ? 'Running' : isDisabled ? 'Disabled' : 'Inactive'),
				lastRun: isRunning ? at(-started) : (last?.creationTime ?? null),
				lastResult: isRunning ? 'None' : (last?.result.result ?? 'None'),
				// Without an offset, within a day of now: it can be anything.
				nextRun: isVague ? at(pick(-4, 4)).replace(/\.\d+Z$/, '') : (next ?? null),
				objectsCount: 1,
				...(last && !isRunning ? { sessionId: last.id } : {}),
			},
			result: runs[0]?.result.result as TrueJob['result'],
			isEarlier: !isRunning && !isDisabled && runs.length === 0 && last?.result.result === 'Failed',
			...{ isRunning, isDisabled },
			isMissed: isOverdue && !isRunning && !isDisabled,
			isLong: isOverdue && isRunning && started > 24,
			isPlanned: !isDisabled && ((next !== undefined && !isOverdue) || isVague),
		};
	});

	// Machines: in the backup of a job, some in another one's, too.
	const backups: IDataObject[] = [];
	const objects: IDataObject[] = [];
	const points: IDataObject[] = [];
	const backupOf = (platformName: string, jobId: string): string => {
		const found = backups.find((one) => one.jobId === jobId && one.platformName === platformName);
		if (found) return String(found.id);
		const backup = {
			...{ id: id(), jobId, platformName, platformId: NO_ID, name: 'Backup' },
			...{ creationTime: at(-999), repositoryId: id(), repositoryName: 'R', jobType: 'Backup' },
		};
		backups.push(backup);
		return backup.id;
	};
	interface TrueMachine {
		rows: Array<{ jobId: string; isYoung: boolean }>;
	}
	const machines: TrueMachine[] = [];
	const places = [...jobs.map(({ record }) => String(record.id)), NO_ID];
	const total = jobs.length === 0 ? 0 : pick(0, 2, 5, 20);
	for (let index = 0; index < total; index++) {
		const platformName = pick('VMware', 'VMware', 'VMware', 'LinuxPhysical', 'UnstructuredData');
		const isVm = platformName === 'VMware';
		// Machines of one platform may be called alike; agents and shares are known by their name.
		const name = isVm
			? chance(0.15)
				? 'twin'
				: `vm${index}`
			: platformName === 'LinuxPhysical'
				? `192.0.2.${index}`
				: `\\\\nas\\share${index}`;
		const pointName = isVm
			? chance(0.1)
				? name.toUpperCase()
				: name
			: platformName === 'LinuxPhysical'
				? chance(0.5)
					? `host${index}`
					: name
				: `${name} Id: 0`;
		const objectId = `vm-${index}`;
		const count = isVm && chance(0.2) ? 2 : 1;
		const rows: TrueMachine['rows'] = [];
		for (let row = 0; row < count; row++) {
			const jobId = pick(...places);
			if (rows.some((one) => one.jobId === jobId)) continue;
			const backupId = backupOf(platformName, jobId);
			const isYoung = !chance(evil);
			const ages = [
				...(isYoung ? Array.from({ length: pick(1, 3) }, (_, day) => 2 + day * 12) : []),
				...Array.from({ length: pick(0, 2) }, (_, day) => 60 + day * 24),
			];
			const backupObjectId = id();
			objects.push({
				...{ id: backupObjectId, objectId, name, platformName, platformId: NO_ID, backupId },
				...{ type: isVm ? 'VM' : 'Computer', restorePointsCount: ages.length },
				...{ lastRunFailed: false, size: 1 },
			});
			for (const age of ages)
				points.push({
					...{ id: id(), name: pointName, platformName, platformId: NO_ID, backupId },
					...{ creationTime: at(-age), type: 'Increment', allowedOperations: [] },
					...{ backupObjectId, malwareStatus: 'Clean' },
				});
			rows.push({ jobId, isYoung });
		}
		machines.push({ rows });
	}
	if (total > 0 && chance(0.1))
		objects.push({
			...{ id: id(), objectId: 'x', name: 'outdated_vm', platformName: 'VMware', type: 'VM' },
			...{ platformId: NO_ID, restorePointsCount: 3, backupId: backups[0]?.id },
		});

	// Repositories, license, findings.
	const repositories = Array.from({ length: pick(1, 2, 5) }, (_, index) => {
		const free = chance(evil) ? pick(2, 7) : pick(30, 60);
		const isOnline = !chance(evil / 2);
		const capacityGB = chance(0.1) ? pick(0, -1) : 1_000;
		return {
			record: {
				...{ id: id(), name: `R${index}`, type: 'WinLocal', description: '', capacityGB },
				...{ freeGB: free * 10, usedSpaceGB: 5, isOnline, isOutOfDate: false },
			},
			...{ isOffline: !isOnline, isLow: capacityGB > 0 && free < 10, isFull: free < 5 },
		};
	});
	const days = chance(evil) ? pick(-3, 5) : pick(200, undefined);
	const used = chance(evil) ? 11 : 5;
	const isInvalid = chance(evil / 3);
	const malware = Array.from({ length: chance(evil) ? pick(1, 3) : 0 }, () => ({
		...{ id: id(), type: 'EncryptedData', machine: { displayName: 'vm1' }, details: 'x' },
		...{ detectionTimeUtc: at(-3), creationTimeUtc: at(-3), source: 'Manual', createdBy: '' },
		...{ state: pick('Created', 'FalsePositive'), severity: pick('Infected', 'Suspicious') },
		engine: '',
	}));
	const practices = Array.from({ length: pick(0, 3) }, (_, index) => ({
		...{ id: id(), bestPractice: `Practice${index}`, note: '' },
		status: chance(evil) ? 'Violation' : 'OK',
	}));

	const refused = chance(0.15)
		? { [pick(...Object.keys(SECTIONS_OF))]: pick(403, 500) }
		: undefined;
	const includeJobs = chance(0.2) ? [pick('SQL*', 'Mail*', 'mail *', 'Typo*')] : [];
	return {
		server: {
			...{ sessions, backups, objects, points, malware, practices, refused },
			jobs: jobs.map(({ record }) => record),
			repositories: repositories.map(({ record }) => record),
			license: {
				...{ status: isInvalid ? 'Invalid' : 'Valid', type: 'Subscription', licensedTo: 'x' },
				...(days === undefined ? {} : { expirationDate: at(days * 24 + 1) }),
				edition: 'EnterprisePlus',
				instanceLicenseSummary: { licensedInstancesNumber: 10, usedInstancesNumber: used },
			},
			pageMaximum: pick(Infinity, 200, 3),
			ahead,
		},
		includeJobs,
		truth: truthOf(),
	};

	function truthOf(): Truth {
		const isRefused = (path: string) => refused?.[path] !== undefined;
		const prefix = includeJobs[0]?.replace('*', '').toLowerCase();
		const chosen = jobs.filter(
			({ record }) => prefix === undefined || String(record.name).toLowerCase().startsWith(prefix),
		);
		const ids = new Set(chosen.map(({ record }) => String(record.id)));
		const isFiltered = prefix !== undefined;
		const bare = machines.filter(({ rows }) => {
			const inside = rows.filter(({ jobId }) => !isFiltered || ids.has(jobId));
			return inside.length > 0 && !inside.some(({ isYoung }) => isYoung);
		}).length;
		const noJobs = isRefused('/jobs/states');
		const by = (result: string) => chosen.filter((job) => job.result === result).length;
		const without = chosen.filter(({ result }) => result === undefined);
		const open = [...malware, ...practices].filter((one) =>
			'state' in one ? one.state !== 'FalsePositive' : one.status === 'Violation',
		);
		const seenFindings = open.filter((one) =>
			'state' in one
				? !isRefused('/malwareDetection/events')
				: !isRefused('/securityAnalyzer/bestPractices'),
		);
		const noPoints =
			(objects.length > 0 && isRefused('/restorePoints') && points.length >= 0) ||
			isRefused('/backupObjects') ||
			(isFiltered && noJobs);
		const noRepositories = isRefused('/backupInfrastructure/repositories/states');
		const sessionsKnown = !noJobs && !isRefused('/sessions');
		const counts: Truth['counts'] = {
			...(noJobs ? { jobs: null, failed: null } : { jobs: chosen.length }),
			...(sessionsKnown
				? {
						...{ succeeded: by('Success'), warned: by('Warning'), failed: by('Failed') },
						running: without.filter(({ isRunning }) => isRunning).length,
						disabled: without.filter(({ isDisabled }) => isDisabled).length,
						idle: without.filter((job) => !job.isRunning && !job.isDisabled).length,
					}
				: {}),
			missedRuns: noJobs ? null : chosen.filter(({ isMissed }) => isMissed).length,
			...(isRefused('/restorePoints') ? {} : { unprotected: noPoints ? null : bare }),
			repositories: noRepositories ? null : repositories.length,
			lowRepositories: noRepositories ? null : repositories.filter(({ isLow }) => isLow).length,
			offlineRepositories: noRepositories
				? null
				: repositories.filter(({ isOffline }) => isOffline).length,
			findings: seenFindings.length,
		};
		const known = noJobs ? [] : chosen;
		const bad =
			known.some(({ isMissed }) => isMissed) ||
			(sessionsKnown && by('Failed') > 0) ||
			(!noPoints && bare > 0) ||
			(!noRepositories &&
				repositories.some(({ isOffline, isLow, isFull }) => isOffline || (isLow && isFull))) ||
			(!isRefused('/license') && (isInvalid || (days ?? 0) < 0)) ||
			seenFindings.some((one) => 'severity' in one && one.severity === 'Infected');
		const enabled = known.filter(({ isDisabled }) => !isDisabled);
		const warning =
			refused !== undefined ||
			known.length === 0 ||
			enabled.length === 0 ||
			(known.every(({ result, isRunning }) => result === undefined && !isRunning) &&
				!enabled.some(({ isPlanned }) => isPlanned)) ||
			known.some(({ result, isEarlier, isLong }) => result === 'Warning' || isEarlier || isLong) ||
			repositories.some(({ isLow }) => isLow) ||
			used > 10 ||
			(days ?? 999) <= 30 ||
			seenFindings.length > 0;
		const isOpen =
			isFiltered &&
			revision !== '1.3-rev2' &&
			objects.some(
				(one) => one.platformName === 'UnstructuredData' && one.restorePointsCount === 0,
			);
		return { counts, status: bad ? 'bad' : warning ? 'warning' : 'good', isOpen };
	}
}

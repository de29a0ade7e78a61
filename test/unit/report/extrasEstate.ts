/** Random estates of a backup server for the sections to choose, each with what is true of it. */
import type { IDataObject } from 'n8n-workflow';

import type { ReportSection } from '../../../nodes/shared/report/model';
import { REVISIONS, type BackupServer, type Revision } from '../../support/backupServer';
import { randomOf } from '../../support/random';

const HOUR = 3_600_000;

type Status = 'good' | 'warning' | 'bad';

interface Estate {
	server: BackupServer;
	sections: ReportSection[];
	truth: {
		counts: Record<string, number | null>;
		status: Status;
		/** "name@host" of machines that are in no backup. */
		missing: Set<string>;
		/** No answer of this revision tells twins apart: a gap is right, a guess is not. */
		isOpen: boolean;
	};
}

const ALL: ReportSection[] = [
	...(['about', 'notBackedUp', 'verifications', 'configBackup'] as const),
	...(['infrastructure', 'activities', 'growth', 'scaleOut'] as const),
];

const PATHS: Record<string, ReportSection> = {
	'/serverInfo': 'about',
	'/inventory': 'notBackedUp',
	'/backupObjects': 'notBackedUp',
	'/replicas': 'verifications',
	'/configBackup': 'configBackup',
	'/backupInfrastructure/managedServers': 'infrastructure',
	'/backupInfrastructure/scaleOutRepositories': 'scaleOut',
};

export function estateOf(seed: number, revision: Revision): Estate {
	const random = randomOf(seed);
	const chance = (share: number) => random() < share;
	const pick = <T>(...all: T[]): T => all[Math.floor(random() * all.length)]!;
	const many = <T>(most: number, make: (index: number) => T): T[] =>
		Array.from({ length: Math.floor(random() * (most + 1)) }, (_, index) => make(index));
	// By the server's clock.
	const ahead = pick(0, 0, 5 * HOUR, -3 * HOUR);
	const now = Date.now() + ahead;
	const at = (hours: number) => new Date(now + hours * HOUR).toISOString();
	const cased = (word: string) =>
		REVISIONS.indexOf(revision) < 2 && chance(0.5) ? word.toLowerCase() : word;
	const evil = pick(0, 0, 0.05, 0.2, 0.5);
	const isOldest = revision === '1.2-rev1';
	let number = 0;
	const id = () =>
		`${(++number).toString(16).padStart(8, '0')}-1111-4111-8111-00000000000${seed % 10}`;
	const problems: Array<{ section: ReportSection; status: Status }> = [];
	const wrong = (section: ReportSection, status: Status) => problems.push({ section, status });

	// Machines: ids are a server's own and repeat from server to server.
	const inventory: IDataObject[] = [];
	const objects: IDataObject[] = [];
	const missing = new Set<string>();
	let isOpen = false;
	const hosts = pick(['vc1'], ['vc1'], ['vc1', 'vc2'], ['vc1', 'hv1']);
	for (const hostName of hosts) {
		const isHyperV = hostName === 'hv1';
		// Only the newest revision names the machine in backups of Hyper-V.
		const namesId = !isHyperV || revision === '1.3-rev2';
		const called: string[] = [];
		many(8, (index) => {
			const isTwin = called.length > 0 && chance(0.08);
			const name = isTwin ? pick(...called) : `${pick('web', 'db', 'App')}-${hostName}-${index}`;
			called.push(name);
			const objectId = isHyperV ? `guid-${hostName}-${index}` : `vm-${index}`;
			inventory.push({
				...{ name: chance(0.2) ? name.toUpperCase() : name, objectId, hostName, size: '1 GB' },
				...{ platform: isHyperV ? 'HyperV' : 'VMware', type: 'VirtualMachine' },
			});
			const row = (more: IDataObject) =>
				objects.push({
					...{ id: id(), name, objectId, platformName: isHyperV ? 'HyperV' : 'VMware' },
					...{ platformId: 'p', type: 'VM', restorePointsCount: pick(0, 1, 7), backupId: 'b' },
					...more,
				});
			const how = chance(evil)
				? 'none'
				: pick('plain', 'plain', 'plain', 'agent', 'leftOver', 'new');
			// An agent, or a backup of an older id, is known by the name: it says nothing of one twin.
			if (how === 'none') missing.add(`${hostName}/${objectId}`);
			else if (how === 'agent' && !isTwin)
				row({ name: `${name}.corp.example`, objectId: undefined, platformName: 'LinuxPhysical' });
			else if (how === 'leftOver' && !isTwin) row({ name: `outdated_${name}` });
			else if (how === 'new' && !isTwin) row({ objectId: `vm-before-${hostName}-${index}` });
			else row({});
			if (isTwin && !namesId) isOpen = true;
		});
		// What is known of one twin by name alone leaves open which of them it is.
		const twins = called.filter((name, index) => called.indexOf(name) !== index);
		if (
			twins.some((twin) =>
				objects.some(
					({ name, objectId }) =>
						String(name).includes(twin) &&
						(objectId === undefined ||
							String(name) !== twin ||
							String(objectId).startsWith('vm-before')),
				),
			)
		)
			isOpen = true;
	}
	if (chance(0.2) && hosts.length > 0)
		inventory.push({ name: 'template', objectId: 't', hostName: 'vc1', type: 'Template' });
	if (missing.size > 0) wrong('notBackedUp', 'warning');

	// SureBackup and replication runs, replicas.
	const sessions: IDataObject[] = [];
	let checks = 0;
	many(4, () => {
		const jobId = id();
		const sessionType = pick('SureBackup', 'ReplicaJob');
		const runs = many(3, (index) => ({
			result: chance(evil) ? pick('Failed', 'Warning') : 'Success',
			ago: chance(0.15) ? 30 + index : 1 + index * 5,
		}));
		for (const { result, ago } of runs)
			sessions.push({
				...{ id: id(), jobId, name: `Job ${jobId}`, sessionType, state: 'Stopped' },
				...{ creationTime: at(-ago - 1), endTime: at(-ago) },
				result: { result, message: 'why', isCanceled: false },
			});
		const [last] = runs.filter(({ ago }) => ago < 24).sort((a, b) => a.ago - b.ago);
		if (last && last.result !== 'Success') {
			checks++;
			wrong('verifications', last.result === 'Failed' ? 'bad' : 'warning');
		}
	});
	const replicas = many(4, (index) => {
		const state = chance(evil) ? 'FailedFailover' : pick('Ready', 'Processing', 'Failover');
		return { id: id(), name: `replica ${index}`, type: 'CDP', state: cased(state) };
	});
	const failedReplicas = replicas.filter(({ state }) => /failedfailover/i.test(state)).length;

	// Restores and deletions, among other sessions.
	let activities = 0;
	many(6, () => {
		const sessionType = pick(
			'RestoreVm',
			'FileLevelRestore',
			'DeleteBackup',
			'Failover',
			'BackupJob',
		);
		const ago = pick(2, 10, 23, 30);
		const isOpenYet = chance(0.2);
		if (sessionType !== 'BackupJob' && ago < 24) activities++;
		sessions.push({
			...{ id: id(), name: 'x', sessionType, state: isOpenYet ? 'Working' : 'Stopped' },
			...{ creationTime: at(-ago), endTime: isOpenYet ? null : at(-ago + 0.5) },
			result: { result: isOpenYet ? 'None' : 'Success', message: '', isCanceled: false },
		});
	});

	// Proxies and servers.
	let down = 0;
	const proxies = many(4, (index) => {
		const [isDisabled, isOnline, isOutOfDate] = [chance(0.15), !chance(evil), chance(evil / 2)];
		const isWrong = !isOldest && !isDisabled && (!isOnline || isOutOfDate);
		if (isWrong) {
			down++;
			wrong('infrastructure', isOnline ? 'warning' : 'bad');
		}
		return { id: id(), name: `P${index}`, isDisabled, isOnline, isOutOfDate };
	});
	let unavailable = 0;
	const servers = many(4, (index) => {
		const isDown = chance(evil);
		if (isDown) unavailable++;
		return { id: id(), name: `S${index}`, status: isDown ? 'Unavailable' : 'Available' };
	});

	const success = chance(evil) ? pick(undefined, -60) : -20;
	const isEnabled = !chance(evil / 2);
	if (!isEnabled || success !== -20) wrong('configBackup', 'warning');

	// Scale-out repositories of two extents each, which are low, offline or wait for a resync.
	const repositories: IDataObject[] = [];
	const scaleOut = many(2, (index) => {
		const extents = [0, 1].map((one) => {
			const isOnline = !chance(evil / 2);
			const free = chance(evil) ? pick(2, 6) : 40;
			const needs = chance(evil / 2);
			const extent = { id: id(), name: `Extent ${index}.${one}` };
			repositories.push({
				...{ ...extent, type: 'WinLocal', capacityGB: 100, freeGB: free, usedSpaceGB: 1, isOnline },
			});
			return { ...extent, isOnline, free, needs };
		});
		const free = extents.reduce((sum, one) => sum + one.free, 0) / 2;
		const isBad = free < 5 || extents.some(({ isOnline }) => !isOnline);
		const isWrong = isBad || free < 10 || extents.some(({ needs }) => needs);
		return {
			record: {
				...{ id: id(), name: `SOBR ${index}` },
				performanceTier: {
					performanceExtents: extents.map(({ id: own, name, needs }) => ({
						...{
							id: own,
							name,
							status: [cased(needs ? 'ResyncRequired' : pick('Normal', 'Sealed'))],
						},
					})),
				},
			},
			status: isBad ? ('bad' as const) : isWrong ? ('warning' as const) : ('good' as const),
		};
	});

	const sections = ALL.filter(() => chance(0.6));
	if (sections.length === 0) sections.push('activities');
	const refusable = Object.keys(PATHS).filter((path) => sections.includes(PATHS[path]!));
	const refused =
		chance(0.12) && sections.length > 1 && refusable.length > 0
			? { [pick(...refusable)]: pick(403, 500) }
			: {};
	const isRefused = (path: string) => refused[path] !== undefined;
	if (!isRefused('/replicas'))
		for (let index = 0; index < failedReplicas; index++) wrong('verifications', 'bad');
	if (!isRefused('/backupInfrastructure/managedServers'))
		for (let index = 0; index < unavailable; index++) wrong('infrastructure', 'bad');
	if (!isRefused('/backupInfrastructure/scaleOutRepositories'))
		for (const { status } of scaleOut) if (status !== 'good') wrong('scaleOut', status);
	const noMachines =
		isRefused('/inventory') || (isRefused('/backupObjects') && sections.includes('notBackedUp'));
	const said = problems
		.filter(({ section }) => sections.includes(section))
		.filter(({ section }) => !(section === 'notBackedUp' && noMachines))
		.filter(({ section }) => !(section === 'configBackup' && isRefused('/configBackup')))
		.map(({ status }) => status);
	const known = (section: ReportSection, count: number) =>
		sections.includes(section) ? count : null;
	return {
		server: {
			...{ inventory, objects, sessions, replicas, proxies, servers, repositories, refused, ahead },
			scaleOut: scaleOut.map(({ record }) => record),
			info: { name: 'B', buildVersion: '13', patches: [] },
			configBackup: {
				isEnabled,
				...(success === undefined
					? {}
					: { lastSuccessfulBackup: { lastSuccessfulTime: at(success), sessionId: id() } }),
			},
			pageMaximum: pick(Infinity, 200, 3),
		},
		sections,
		truth: {
			counts: {
				notBackedUp: noMachines ? null : known('notBackedUp', missing.size),
				verifications: known(
					'verifications',
					checks + (isRefused('/replicas') ? 0 : failedReplicas),
				),
				infrastructure: known(
					'infrastructure',
					down + (isRefused('/backupInfrastructure/managedServers') ? 0 : unavailable),
				),
				activities: known('activities', activities),
			},
			status: said.includes('bad')
				? 'bad'
				: said.includes('warning') || Object.keys(refused).length > 0
					? 'warning'
					: 'good',
			missing,
			isOpen: isOpen && sections.includes('notBackedUp') && !noMachines,
		},
	};
}

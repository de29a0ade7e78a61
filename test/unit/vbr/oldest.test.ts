/**
 * VBR 12.0 (1.1-rev0), and servers between it and 12.3.1 (1.2-rev0), of which nobody knows what they have:
 * they are tried as either of their neighbours. Answers are built from the specifications.
 */
import type { IDataObject, INode, IPollFunctions } from 'n8n-workflow';

import { adapter } from '../../../nodes/VeeamBackupReplication/api/adapter';
import { readFailureReasons } from '../../../nodes/VeeamBackupReplication/model/failureReasons';
import { collect } from '../../../nodes/VeeamBackupReplication/report/collect';
import { REPORT_SECTIONS } from '../../../nodes/VeeamBackupReplication/report/sections';
import { trigger } from '../../../nodes/VeeamBackupReplication/triggers';
import { sessionFinished } from '../../../nodes/VeeamBackupReplication/triggers/sessionFinished';
import {
	checkRequirement,
	lackingChoices,
	notInVersion,
} from '../../../nodes/shared/monitoring/requires';
import type { ReportModel, ReportOptions } from '../../../nodes/shared/report/model';
import { BackupPolls } from '../../support/backupPolls';
import { backupServer, OLDEST, type BackupServer, type Revision } from '../../support/backupServer';
import { request } from '../../support/reportClient';

const NOW = Date.now();
const HOUR = 3_600_000;
const at = (hours: number): string => new Date(NOW + hours * HOUR).toISOString();
const result = (word: string, message = '') => ({ result: word, message, isCanceled: false });

/** Jobs A (failed), B (well) and C (of which only the state says that it failed). */
const ESTATE: BackupServer = {
	jobs: ['A', 'B', 'C'].map((name, index) => ({
		...{ id: `job-${name}`, name, type: 'Backup', status: 'inactive', workload: 'vm' },
		...{ lastRun: at(-3), lastResult: index === 1 ? 'Success' : 'Failed', nextRun: at(20) },
		sessionId: `session-${name}`,
	})),
	sessions: [
		session('session-A', 'A', 'Failed', 'Disk is full'),
		session('session-B', 'B', 'Success'),
		// Renamed since: the job still says which its last session is.
		session('session-C', 'C as it was called', 'Failed', 'Lost'),
		// An earlier run of A, found by the name alone.
		session('earlier', 'A', 'Success', '', -20),
		session('restore', 'A', 'Success', '', -5, 'RestoreVm'),
	],
	repositories: [
		{ id: 'r', name: 'Main', type: 'WinLocal', capacityGB: 100, freeGB: 50, usedSpaceGB: 40 },
	].map((one) => ({ ...one, isOnline: true })),
	objects: ['fresh', 'stale'].map((name) => ({
		...{ id: `object-${name}`, name, type: 'VM', platformName: 'VMware', platformId: 'p' },
		...{ restorePointsCount: 1, backupId: 'b' },
	})),
	points: [
		{ id: '1', name: 'fresh', creationTime: at(-4), backupObjectId: 'object-fresh' },
		{ id: '2', name: 'stale', creationTime: at(-90), backupObjectId: 'object-stale' },
	].map((one) => ({ ...one, platformName: 'VMware', platformId: 'p', backupId: 'b' })),
	servers: [{ id: 's', name: 'vcenter', type: 'ViHost', status: 'Available' }],
	license: { status: 'Valid', expirationDate: at(9000) },
	practices: [{ id: 'x', bestPractice: 'MFAEnabled', status: 'Violation', note: '' }],
	configBackup: { isEnabled: true, lastSuccessfulBackup: { lastSuccessfulTime: at(-8) } },
	info: { name: 'BACKUP01', buildVersion: '12.0.0.1420', patches: [] },
};

function session(
	id: string,
	name: string,
	word: string,
	message = '',
	hours = -2,
	sessionType = 'Job',
): IDataObject {
	return {
		...{ id, name, sessionType, state: 'Stopped', usn: 1, resourceId: 'a backup, no job' },
		...{ creationTime: at(hours - 1), endTime: at(hours), result: result(word, message) },
	};
}

async function report(
	revision: Revision | typeof OLDEST,
	version: string,
	options: Partial<ReportOptions> = {},
): Promise<ReportModel & { asked: string[] }> {
	const client = backupServer(revision, ESTATE, version);
	const model = await collect({ getWorkflowStaticData: () => ({}) }, client, {
		...request(options),
		sections: [...REPORT_SECTIONS.all],
	});
	return { ...model, asked: client.asked.map(({ path }) => path.replace('/api/v1', '')) };
}

describe('the report of 12.0', () => {
	it('gives each session to its job: by the last one that the job names, else by the name', async () => {
		const { failures, counts, allJobs } = await report(OLDEST, OLDEST);
		expect(counts).toMatchObject({ jobs: 3, failed: 2, succeeded: 1 });
		expect(failures).toMatchObject([
			{ id: 'job-A', name: 'A', reason: 'Disk is full', failures: 1, lastSuccess: at(-20) },
			{ id: 'job-C', name: 'C', reason: 'Lost', failures: 1 },
		]);
		expect(allJobs?.map(({ id }) => id)).toEqual(['job-A', 'job-B', 'job-C']);
	});

	it('finds the machine without a young point', async () => {
		const { unprotected, asked } = await report(OLDEST, OLDEST);
		expect(unprotected).toEqual([{ name: 'stale', type: 'VM', lastRestorePoint: at(-90) }]);
		expect(asked).not.toContain('/restorePoints');
	});

	it('says what its API lacks, asks for none of it, and calls nothing of it wrong', async () => {
		const { notes, unavailable, asked, licenses, findings } = await report(OLDEST, OLDEST);
		expect(unavailable).toEqual([]);
		expect([licenses, findings]).toEqual([[], []]);
		const said = notes.filter((note) => note.includes('API 1.1-rev0'));
		for (const word of [
			...['license', 'Malware', 'Analyzer', 'Which machines', 'repositories are online'],
			...['SureBackup', 'Replicas', 'proxies', 'managed servers', 'restores', 'no backup', 'read'],
		])
			expect([word, said.filter((note) => note.includes(word))]).toEqual([
				word,
				[expect.any(String)],
			]);
		for (const path of [
			...['/license', '/malwareDetection/events', '/securityAnalyzer/bestPractices'],
			...['/taskSessions', '/replicas', '/inventory', '/backupInfrastructure/proxies/states'],
		])
			expect(asked).not.toContain(path);
	});

	it('is about the chosen jobs alone', async () => {
		const { failures, counts } = await report(OLDEST, OLDEST, { includeJobs: ['A', 'B'] });
		expect(failures.map(({ name }) => name)).toEqual(['A']);
		expect(counts.jobs).toBe(2);
	});
});

describe.each([OLDEST, '1.2-rev1'] as const)(
	'a server of 1.2-rev0 that answers as %s',
	(revision) => {
		const isOlder = revision === OLDEST;

		it('has a report of what it answers, and notes for the rest', async () => {
			const { unavailable, unprotected, licenses, findings, notes, failures } = await report(
				revision,
				'1.2-rev0',
			);
			expect(unavailable).toEqual([]);
			expect(unprotected.map(({ name }) => name)).toEqual(['stale']);
			expect(failures.map(({ id }) => id)).toEqual(['job-A', 'job-C']);
			expect(licenses).toHaveLength(isOlder ? 0 : 1);
			expect(findings).toHaveLength(isOlder ? 0 : 1);
			expect(notes.some((note) => note.includes('license is not in API 1.2-rev0'))).toBe(isOlder);
		});

		it('tells of a failed job and its recovery', async () => {
			const polls = new BackupPolls(sessionFinished, revision, { version: '1.2-rev0', now: NOW });
			await tellsOfBoth(polls, isOlder ? 'Job' : 'BackupJob', !isOlder);
		});

		it('is not refused what nobody knows to be missing', () => {
			for (const event of trigger.events)
				expect(() => checkRequirement(context(), trigger, client('1.2-rev0'), event)).not.toThrow();
		});
	},
);

it.each([
	[OLDEST, ['offline', 'outOfDate'], undefined],
	['1.2-rev0', ['outOfDate'], ['offline']],
	['1.2-rev1', ['outOfDate'], undefined],
])(
	'conditions of repositories that %s does not say are named',
	(version, notWatched, unverified) => {
		const event = trigger.events.find(({ value }) => value === 'repositoryStateChanged')!;
		const options = { repositoryConditions: ['lowSpace', 'offline', 'outOfDate'] };
		const lacking = lackingChoices(event, options, adapter.catalogue(), version);
		const { current, message } = notInVersion(event, lacking, { version }, 'occurrence');
		expect(current).toEqual({ version, notWatched, ...(unverified ? { unverified } : {}) });
		expect(message.includes('unverified')).toBe(unverified !== undefined);
	},
);

async function tellsOfBoth(polls: BackupPolls, sessionType: string, hasJobId: boolean) {
	const run = (id: string, word: string, hours: number, name = 'A') => ({
		...session(id, name, word, word === 'Failed' ? 'x' : '', hours, sessionType),
		...(hasJobId ? { jobId: 'job-A' } : {}),
	});
	polls.server = { jobs: [ESTATE.jobs![0]!], sessions: [run('0', 'Success', -5)] };
	expect(await polls.poll()).toEqual([]);
	polls.now += HOUR / 6;
	polls.server.sessions!.push(run('1', 'Failed', 0.1));
	expect(await polls.poll()).toMatchObject([
		{ transition: 'problem', object: { id: 'job-A', name: 'A' } },
	]);
	polls.now += HOUR / 6;
	polls.server.sessions!.push(run('2', 'Success', 0.3, 'A (Retry 1)'));
	expect(await polls.poll()).toMatchObject([
		{ transition: 'recovered', object: { id: 'job-A', name: 'A' } },
	]);
}

const context = (): IPollFunctions => {
	const node = { name: 'Veeam', parameters: {} } as unknown as INode;
	return {
		getNode: () => node,
		getNodeParameter: (_name: string, usual: unknown) => usual,
	} as unknown as IPollFunctions;
};
const client = (version: string) => backupServer(OLDEST, {}, version);

describe('triggers of 12.0', () => {
	it('tell of a failed job and its recovery', async () => {
		await tellsOfBoth(new BackupPolls(sessionFinished, OLDEST, { now: NOW }), 'Job', false);
	});

	it('tell of a job that no list has by its name, until it ends well', async () => {
		const polls = new BackupPolls(sessionFinished, OLDEST, { now: NOW });
		polls.server = { jobs: [], sessions: [] };
		await polls.poll();
		polls.now += HOUR / 6;
		polls.server.sessions!.push(session('1', 'Agents', 'Failed', 'x', 0.1));
		expect(await polls.poll()).toMatchObject([
			{ transition: 'problem', object: { id: 'Agents', name: 'Agents' } },
		]);
		polls.now += HOUR / 6;
		polls.server.sessions!.push(session('2', 'Agents', 'Success', '', 0.3));
		expect(await polls.poll()).toMatchObject([
			{ transition: 'recovered', object: { id: 'Agents' } },
		]);
	});

	it.each(['malwareEvent', 'license', 'securityFinding', 'authorizationEvent'])(
		'refuse %s, whose list came later',
		(value) => {
			const event = trigger.events.find((one) => one.value === value)!;
			expect(() => checkRequirement(context(), trigger, client(OLDEST), event)).toThrow(
				/needs .*1\.2-rev1/,
			);
		},
	);

	it('refuse no other', () => {
		const refused = trigger.events.filter((event) => {
			try {
				checkRequirement(context(), trigger, client(OLDEST), event);
				return false;
			} catch {
				return true;
			}
		});
		expect(refused.map(({ value }) => value).sort()).toEqual([
			'authorizationEvent',
			'license',
			'malwareEvent',
			'proxyOrServerStateChanged',
			'securityFinding',
		]);
	});
});

it('the reason of a failed session of 12.0 is its own', async () => {
	expect(adapter.catalogue().versions[0]).toBe(OLDEST);
	const asked = backupServer(OLDEST, ESTATE);
	const [reason, ...more] = await readFailureReasons(asked, ESTATE.sessions![0]!);
	expect(more).toEqual([]);
	expect(reason).toMatchObject({ taskSessionId: null, objectName: 'A', message: 'Disk is full' });
	expect(asked.asked.map(({ path }) => path)).toEqual(['/api/v1/sessions/{id}/logs']);
});

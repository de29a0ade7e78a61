/** What a server leaves out once is not known: no change, no end, no word "undefined"; on every revision. */
import type { IDataObject } from 'n8n-workflow';

import { configBackupOverdue } from '../../../nodes/VeeamBackupReplication/triggers/configBackupOverdue';
import { jobMissedRun } from '../../../nodes/VeeamBackupReplication/triggers/jobMissedRun';
import { jobStateChanged } from '../../../nodes/VeeamBackupReplication/triggers/jobStateChanged';
import { authorizationEvent } from '../../../nodes/VeeamBackupReplication/triggers/authorizationEvent';
import { license } from '../../../nodes/VeeamBackupReplication/triggers/license';
import { proxyOrServerStateChanged } from '../../../nodes/VeeamBackupReplication/triggers/proxyOrServerStateChanged';
import { repositoryStateChanged } from '../../../nodes/VeeamBackupReplication/triggers/repositoryStateChanged';
import { securityFinding } from '../../../nodes/VeeamBackupReplication/triggers/securityFinding';
import { BackupPolls } from '../../support/backupPolls';
import { REVISIONS, type BackupServer } from '../../support/backupServer';
import type { EventDefinition } from '../../../nodes/shared/monitoring/types';

const START = Date.parse('2026-11-02T08:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (milliseconds: number): string => new Date(START + milliseconds).toISOString();

const ID = '55555555-5555-4555-8555-555555555555';

/** The one record of an event, with a problem: what the server answers, and where it stands. */
const WRONG: Record<string, { event: EventDefinition; record: IDataObject; place: string }> = {
	repository: {
		event: repositoryStateChanged,
		place: 'repositories',
		record: { id: ID, name: 'Main', isOnline: false, capacityGB: 1000, freeGB: 20 },
	},
	'managed server': {
		event: proxyOrServerStateChanged,
		place: 'servers',
		record: { id: ID, name: 'esx1', type: 'ViHost', status: 'Unavailable' },
	},
	job: {
		event: jobMissedRun,
		place: 'jobs',
		record: {
			...{ id: ID, name: 'Daily', type: 'VSphereBackup', status: 'Inactive' },
			...{ nextRun: at(-5 * HOUR), lastRun: at(-9 * DAY), lastResult: 'Success' },
		},
	},
	'best practice': {
		event: securityFinding,
		place: 'practices',
		record: { id: ID, bestPractice: 'WinRMServiceDisabled', status: 'Violation', note: '' },
	},
	license: {
		event: license,
		place: 'license',
		record: {
			...{ status: 'Valid', expirationDate: at(10 * DAY), edition: 'Standard' },
			instanceLicenseSummary: { licensedInstancesNumber: 100, usedInstancesNumber: 99 },
		},
	},
	'configuration backup': {
		event: configBackupOverdue,
		place: 'configBackup',
		record: { isEnabled: true, lastSuccessfulBackup: { lastSuccessfulTime: at(-3 * DAY) } },
	},
};

describe.each(REVISIONS)('in %s', (revision) => {
	const serverWith = (place: string, record: IDataObject): BackupServer => {
		const single = ['license', 'configBackup'].includes(place);
		return { proxies: [], servers: [], [place]: single ? record : [record] };
	};

	describe.each(Object.entries(WRONG))('a %s with a problem', (_, { event, record, place }) => {
		const optional = Object.keys(record).filter((name) => {
			// The id is what it is, and without these there is no answer at all.
			if (name === 'id') return false;
			return !(place === 'license' && name === 'status') && name !== 'isEnabled';
		});

		it.each(optional)('stays as it was where %s is left out once', async (name) => {
			const polls = new BackupPolls(event, revision, {
				// Before 1.3-rev0 nothing says how proxies are.
				options: { proxyOrServerConditions: ['unavailable'] },
				common: { emitCurrentProblems: true },
				now: START,
			});
			polls.server = serverWith(place, record);
			const first = await polls.poll();
			expect(first.length).toBeGreaterThan(0);
			const told = first.map(({ message }) => message);
			for (const without of [name, undefined, name, undefined]) {
				polls.now += 60_000;
				const rest = Object.fromEntries(
					Object.entries(record).filter(([field]) => field !== without),
				);
				polls.server = serverWith(place, rest);
				expect(await polls.glance()).toEqual([]);
			}
			expect(told.join('\n')).not.toMatch(/undefined|""|NaN/);
		});
	});

	it('a job whose schedule was taken away is back, with the second look', async () => {
		const polls = new BackupPolls(jobMissedRun, revision, {
			common: { emitCurrentProblems: true },
			now: START,
		});
		const { record } = WRONG.job!;
		polls.server = { jobs: [{ ...record, lastRun: at(-DAY) }] };
		expect(await polls.poll()).toHaveLength(1);
		polls.server = { jobs: [{ ...record, lastRun: at(-DAY), nextRun: null }] };
		expect(await polls.poll()).toEqual([]);
		expect((await polls.poll()).map(({ transition }) => transition)).toEqual(['recovered']);
	});

	it('a configuration backup that never succeeded is reported, one that says so once is not', async () => {
		const never = new BackupPolls(configBackupOverdue, revision, {
			common: { emitCurrentProblems: true },
			now: START,
		});
		never.server.configBackup = { isEnabled: true, lastSuccessfulBackup: null };
		expect(await never.glance()).toEqual(['problem: Configuration backup has never succeeded.']);
		const well = new BackupPolls(configBackupOverdue, revision, { now: START });
		const good = { isEnabled: true, lastSuccessfulBackup: { lastSuccessfulTime: at(-HOUR) } };
		for (const configBackup of [good, { isEnabled: true, lastSuccessfulBackup: {} }, good]) {
			well.server.configBackup = configBackup;
			expect(await well.poll()).toEqual([]);
		}
	});

	it('findings stay while the analyzer has no list, however long it runs', async () => {
		const polls = new BackupPolls(securityFinding, revision, { now: START });
		const { record } = WRONG['best practice']!;
		polls.server.practices = [{ ...record, status: 'OK' }];
		expect(await polls.poll()).toEqual([]);
		polls.server.practices = [record];
		expect(await polls.glance()).toEqual([
			'problem: Best practice "WinRM Service Disabled" is violated.',
		]);
		for (let poll = 0; poll < 5; poll++) {
			polls.server.practices = [];
			expect(await polls.poll()).toEqual([]);
		}
		polls.server.practices = [record];
		expect(await polls.poll()).toEqual([]);
		polls.server.practices = [{ ...record, status: 'OK' }];
		expect((await polls.poll()).map(({ transition }) => transition)).toEqual(['recovered']);
	});

	it('a name that is left out once takes nothing out of Include Names', async () => {
		const polls = new BackupPolls(repositoryStateChanged, revision, {
			options: { includeNames: 'Main' },
			common: { emitCurrentProblems: true },
			now: START,
		});
		const { record } = WRONG.repository!;
		polls.server.repositories = [record];
		expect(await polls.poll()).toHaveLength(2);
		polls.server.repositories = [{ ...record, name: undefined }];
		expect(await polls.poll()).toEqual([]);
		polls.server.repositories = [record];
		expect(await polls.poll()).toEqual([]);
	});

	it('a job is called by its id where the server gives no name', async () => {
		const polls = new BackupPolls(jobStateChanged, revision, { now: START });
		const job = { id: ID, type: 'VSphereBackup', status: 'Inactive', lastResult: 'Success' };
		polls.server.jobs = [job];
		expect(await polls.poll()).toEqual([]);
		polls.server.jobs = [{ ...job, status: 'Disabled' }];
		expect(await polls.glance()).toEqual([`changed: Job "${ID}" was disabled.`]);
	});

	describe('a request of four-eyes authorization', () => {
		const request = (more: IDataObject) => ({
			...{ id: ID, name: 'Delete backup', description: '', createdBy: 'LAB\\eve' },
			...{ creationTime: at(-6 * HOUR), state: 'Pending', ...more },
		});
		const begun = async (creationTime: string) => {
			const polls = new BackupPolls(authorizationEvent, revision, { now: START });
			polls.server.requests = [request({ creationTime })];
			expect(await polls.poll()).toEqual([]);
			polls.now += HOUR;
			return polls;
		};

		it.each([
			['six hours', -6 * HOUR],
			['ten days', -10 * DAY],
		])('that is approved without a time %s after it was made is not lost', async (_, made) => {
			const polls = await begun(at(made));
			const approved = { creationTime: at(made), state: 'Approved', processedBy: 'LAB\\adam' };
			polls.server.requests = [request(approved)];
			const items = await polls.poll();
			expect(items.map(({ message }) => message)).toEqual([
				'The request "Delete backup" of LAB\\eve was approved by LAB\\adam.',
			]);
			expect(items[0]!.occurredAt).toBeUndefined();
			polls.now += HOUR;
			expect(await polls.poll()).toEqual([]);
			polls.now += 10 * DAY;
			expect(await polls.poll()).toEqual([]);
		});

		it('has the same identity when it is reported again', async () => {
			const polls = await begun(at(-6 * HOUR));
			polls.server.requests = [request({ state: 'Rejected' })];
			const before = polls.memory;
			const [first] = await polls.poll();
			polls.memory = before;
			polls.now += HOUR;
			const [again] = await polls.poll();
			expect(again!.occurrence).toBe(first!.occurrence);
		});
	});
});

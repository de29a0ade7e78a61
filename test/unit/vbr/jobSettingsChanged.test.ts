/** Settings of jobs that are changed: the jobs as each revision's schema has them. */
import type { IDataObject } from 'n8n-workflow';

import { jobSettingsChanged } from '../../../nodes/VeeamBackupReplication/triggers/jobSettingsChanged';
import { BackupPolls } from '../../support/backupPolls';
import { REVISIONS, type Revision } from '../../support/backupServer';

const REPOSITORY = '88788f9e-d8f5-4eb4-bc4f-9b3f5403bcec';
const OTHER = '99999999-d8f5-4eb4-bc4f-9b3f5403bcec';

const idOf = (index: number) => `44444444-4444-4444-8444-${String(index).padStart(12, '0')}`;

/** Words that changed their case with 1.3-rev1. */
const weekday = (revision: Revision, day: string) =>
	revision < '1.3-rev1' ? day.toLowerCase() : day;

const machine = (name: string, more: IDataObject = {}) => ({
	...{
		platform: 'VMware',
		type: 'VirtualMachine',
		hostName: 'vcenter',
		name,
		objectId: `vm-${name}`,
	},
	...{ size: '12 GB', ...more },
});

/** A backup job of virtual machines: the one kind that all revisions have. */
const job = (revision: Revision, index = 1, more: IDataObject = {}) => ({
	...{ id: idOf(index), name: `Job ${index}`, description: 'Nightly', isDisabled: false },
	type: revision === '1.2-rev1' ? 'Backup' : 'VSphereBackup',
	isHighPriority: false,
	virtualMachines: { includes: [machine('dc01')] },
	storage: {
		backupRepositoryId: REPOSITORY,
		backupProxies: { autoSelection: true },
		retentionPolicy: { type: 'Days', quantity: 14 },
		gfsPolicy: { isEnabled: false },
		advancedSettings: {
			storageData: {
				compressionLevel: 'Optimal',
				encryption: {
					...{ isEnabled: true, encryptionType: 'ByUserPassword' },
					encryptionPasswordId: '11111111-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
				},
			},
		},
	},
	guestProcessing: {
		appAwareProcessing: {
			isEnabled: true,
			appSettings: [
				{
					...{ vss: 'RequireSuccess', transactionLogs: 'Process' },
					vmObject: machine('sql01'),
					mySql: { usePasswordFile: true, passwordFilePath: 'C:\\hunter2.txt' },
				},
			],
		},
		guestFSIndexing: { isEnabled: false },
		guestCredentials: {
			credentials: {
				...{ credentialsId: '22222222-bbbb-4bbb-8bbb-bbbbbbbbbbbb', credentialsType: 'Standard' },
				...{ username: 'hunter2', password: 'hunter2' },
			},
		},
	},
	schedule: {
		runAutomatically: true,
		daily: {
			...{ isEnabled: true, localTime: '22:00', dailyKind: 'SelectedDays' },
			days: [weekday(revision, 'Monday'), weekday(revision, 'Friday')],
		},
		retry: { isEnabled: true, retryCount: 3, awaitMinutes: 10 },
	},
	...more,
});

type Job = ReturnType<typeof job>;

const copyOf = (one: Job): Job => JSON.parse(JSON.stringify(one)) as Job;

describe.each(REVISIONS)('settings of jobs, in %s', (revision) => {
	const begun = async (options: IDataObject = {}, jobs: Job[] = [job(revision)]) => {
		const polls = new BackupPolls(jobSettingsChanged, revision, { options });
		polls.server.details = jobs;
		expect(await polls.poll()).toEqual([]);
		return polls;
	};

	/** What three polls report once the job is another, and what it takes to be one again. */
	const changed = async (change: (one: Job) => void, options?: IDataObject) => {
		const polls = await begun(options);
		const other = copyOf(job(revision));
		change(other);
		polls.server.details = [other];
		const items = await polls.poll();
		expect([await polls.poll(), await polls.poll()]).toEqual([[], []]);
		expect(
			JSON.stringify([items.map((item) => ({ ...item, record: null })), polls.memory]),
		).not.toContain('hunter2');
		return items;
	};

	it('reports exactly what differs, with the whole item', async () => {
		const items = await changed((one) => {
			one.storage.retentionPolicy.quantity = 7;
			one.storage.advancedSettings.storageData.encryption.isEnabled = false;
			one.description = 'Someone was here';
		});
		expect(items).toEqual([
			{
				transition: 'changed',
				severity: 'warning',
				object: { id: idOf(1), name: 'Job 1', type: 'Job' },
				condition: 'settings',
				occurrence: expect.stringMatching(/^\w+\/1\./) as string,
				previous: {
					'storage.advancedSettings.storageData.encryption.isEnabled': true,
					'storage.retentionPolicy.quantity': 14,
				},
				current: {
					'storage.advancedSettings.storageData.encryption.isEnabled': false,
					'storage.retentionPolicy.quantity': 7,
				},
				message: [
					'Settings of job "Job 1" were changed (encryption, retention):',
					'• storage.advancedSettings.storageData.encryption.isEnabled: true → false',
					'• storage.retentionPolicy.quantity: 14 → 7',
				].join('\n'),
				record: expect.objectContaining({ id: idOf(1) }) as IDataObject,
				details: {
					jobType: revision === '1.2-rev1' ? 'Backup' : 'VSphereBackup',
					changedSettings: ['encryption', 'retention'],
				},
			},
		]);
	});

	it.each<[string, (one: Job) => void, IDataObject]>([
		[
			'the repository',
			(one) => (one.storage.backupRepositoryId = OTHER),
			{ 'storage.backupRepositoryId': OTHER },
		],
		[
			'the schedule, switched off',
			(one) => (one.schedule = { runAutomatically: false } as Job['schedule']),
			{
				'schedule.runAutomatically': false,
				'schedule.daily.isEnabled': null,
				'schedule.daily.localTime': null,
				'schedule.daily.dailyKind': null,
				'schedule.daily.days': null,
				'schedule.retry.isEnabled': null,
				'schedule.retry.retryCount': null,
				'schedule.retry.awaitMinutes': null,
			},
		],
		[
			'a machine whose applications are no longer looked after',
			(one) => (one.guestProcessing.appAwareProcessing.appSettings[0]!.vss = 'Disabled'),
			{ 'guestProcessing.appAwareProcessing.appSettings[sql01].vss': 'Disabled' },
		],
		[
			'a machine that is added to the guest processing',
			(one) =>
				one.guestProcessing.appAwareProcessing.appSettings.push({
					...{ vss: 'Disabled', vmObject: machine('ex01') },
				} as never),
			{
				'guestProcessing.appAwareProcessing.appSettings': 'ex01, sql01',
				'guestProcessing.appAwareProcessing.appSettings[ex01].vss': 'Disabled',
			},
		],
		[
			'other credentials, by their id',
			(one) => (one.guestProcessing.guestCredentials.credentials.credentialsId = OTHER),
			{ 'guestProcessing.guestCredentials.credentials.credentialsId': OTHER },
		],
	])('reports %s', async (_, change, current) => {
		const items = await changed(change);
		expect(items.map((item) => item.current)).toEqual([current]);
	});

	it.each<[string, (one: Job) => void]>([
		[
			'other machines, a proxy, a name or a description',
			(one) => {
				one.virtualMachines.includes.push(machine('dc02'));
				one.storage.backupProxies.autoSelection = false;
				Object.assign(one, { name: 'Renamed', description: '' });
			},
		],
		['the order of days', (one) => one.schedule.daily.days.reverse()],
		['the case of words', (one) => (one.schedule.daily.dailyKind = 'selecteddays')],
		[
			'where a machine runs and how big it is',
			(one) =>
				Object.assign(one.guestProcessing.appAwareProcessing.appSettings[0]!.vmObject, {
					...{ size: '99 GB', hostName: 'vcenter2', powerState: 'Off' },
				}),
		],
		['a password', (one) => (one.guestProcessing.guestCredentials.credentials.password = 'x')],
	])('says nothing of %s', async (_, change) => expect(await changed(change)).toEqual([]));

	it('watches what is picked, for the jobs that are', async () => {
		const retention = (one: Job) => (one.storage.retentionPolicy.quantity = 7);
		const schedule = { jobSettingsChangedSettings: ['schedule'] };
		expect(await changed(retention, schedule)).toEqual([]);
		expect(await changed(retention, { includeNames: 'Job 1' })).toHaveLength(1);
		expect(await changed(retention, { excludeNames: 'Job*' })).toEqual([]);
	});

	it.each<[string, (one: IDataObject) => void]>([
		['an aspect', (one) => delete one.schedule],
		['several', (one) => delete one.storage],
		['one field', (one) => delete (one.storage as IDataObject).backupRepositoryId],
		['all', (one) => Object.assign(one, { storage: null, schedule: null, guestProcessing: null })],
	])('takes %s that is left out once for no change', async (_, leaveOut) => {
		const polls = await begun();
		const less = copyOf(job(revision)) as unknown as IDataObject;
		leaveOut(less);
		polls.server.details = [less];
		expect(await polls.poll()).toEqual([]);
		polls.server.details = [job(revision)];
		expect([await polls.poll(), await polls.poll()]).toEqual([[], []]);
		// Nor does one that the first look left out become one.
		const fresh = await begun({}, [less as unknown as Job]);
		fresh.server.details = [job(revision)];
		expect([await fresh.poll(), await fresh.poll()]).toEqual([[], []]);
	});

	it('reports what is gone for good, with the second look', async () => {
		const polls = await begun();
		const less = copyOf(job(revision)) as unknown as IDataObject;
		delete (less.schedule as IDataObject).retry;
		polls.server.details = [less];
		expect(await polls.poll()).toEqual([]);
		expect((await polls.poll()).map(({ current }) => current)).toEqual([
			{
				...{ 'schedule.retry.isEnabled': null, 'schedule.retry.retryCount': null },
				'schedule.retry.awaitMinutes': null,
			},
		]);
		expect(await polls.poll()).toEqual([]);
	});

	it('knows a change again that is reported twice, and tells two alike from each other', async () => {
		const polls = await begun();
		const [a, b] = [job(revision), copyOf(job(revision))];
		b.storage.retentionPolicy.quantity = 1;
		const before = polls.memory;
		polls.server.details = [b];
		const [first] = await polls.poll();
		polls.memory = before;
		const [again] = await polls.poll();
		expect(again!.occurrence).toBe(first!.occurrence);
		polls.server.details = [a];
		await polls.poll();
		polls.server.details = [b];
		const [second] = await polls.poll();
		expect(second!.current).toEqual(first!.current);
		expect(second!.occurrence).not.toBe(first!.occurrence);
	});

	it('goes on where the room for items ended', async () => {
		const jobs = Array.from({ length: 30 }, (_, index) => job(revision, index));
		const polls = await begun({}, jobs);
		polls.server.details = jobs.map((one) => {
			const other = copyOf(one);
			other.storage.retentionPolicy.quantity = 2;
			return other;
		});
		const told: string[] = [];
		for (let poll = 0; poll < 5; poll++)
			told.push(...(await polls.poll(7)).map(({ object }) => object.id));
		expect(told.sort()).toEqual(jobs.map(({ id }) => id).sort());
	});
});

it('keeps 5,000 jobs in less than 500 KB, all of them different, and misses no change of them', async () => {
	const polls = new BackupPolls(jobSettingsChanged, '1.3-rev2');
	const jobs = Array.from({ length: 5_000 }, (_, index) => {
		const one = job('1.3-rev2', index);
		one.schedule.daily.localTime = `${index % 24}:${index % 60}`;
		one.guestProcessing.appAwareProcessing.appSettings[0]!.vmObject.name = `vm${index}`;
		return one;
	});
	polls.server.details = jobs;
	expect(await polls.poll()).toEqual([]);
	expect(polls.asked).toHaveLength(10);
	expect(await polls.poll()).toEqual([]);
	expect(JSON.stringify(polls.memory).length).toBeLessThan(500_000);
	polls.server.details = jobs.map((one, index) => {
		if (index % 1_000 !== 999) return one;
		const other = copyOf(one);
		other.guestProcessing.appAwareProcessing.isEnabled = false;
		return other;
	});
	const told = [...(await polls.poll()), ...(await polls.poll())];
	expect(told.map(({ object }) => object.name).sort()).toEqual(
		[1999, 2999, 3999, 4999, 999].map((index) => `Job ${index}`),
	);
	// Where there was no room for the settings, which of the aspects differs is still known.
	expect(told.map(({ details }) => details!.changedSettings)).toEqual(
		told.map(() => ['guestProcessing']),
	);
	expect(await polls.poll()).toEqual([]);
	expect(JSON.stringify(polls.memory).length).toBeLessThan(500_000);
});

describe('a user who edits the event', () => {
	const event = 'jobSettingsChangedSettings';
	const begun = async (aspects: string[]) => {
		const options: IDataObject = { [event]: aspects };
		const polls = new BackupPolls(jobSettingsChanged, '1.3-rev1', { options });
		const only = job('1.3-rev1');
		polls.server.details = [only];
		expect([await polls.poll(), await polls.poll()]).toEqual([[], []]);
		const edit = (now: string[]) => {
			options[event] = now;
			polls.settingsChanged = true;
		};
		return { polls, only, edit };
	};

	it('hears what changed meanwhile of settings that stay, and nothing of those that are added', async () => {
		const { polls, only, edit } = await begun(['retention']);
		only.storage.retentionPolicy.quantity = 7;
		only.storage.backupRepositoryId = OTHER;
		edit(['retention', 'repository']);
		expect((await polls.poll()).map(({ current }) => current)).toEqual([
			{ 'storage.retentionPolicy.quantity': 7 },
		]);
		polls.settingsChanged = undefined;
		expect(await polls.poll()).toEqual([]);
		only.storage.backupRepositoryId = REPOSITORY;
		expect((await polls.poll()).map(({ current }) => current)).toEqual([
			{ 'storage.backupRepositoryId': REPOSITORY },
		]);
	});
});

it('gives another id to the same change of a job that was gone for a while', async () => {
	const polls = new BackupPolls(jobSettingsChanged, '1.3-rev1');
	const ids: string[] = [];
	for (let round = 0; round < 3; round++) {
		const one = job('1.3-rev1');
		polls.server.details = [one];
		expect(await polls.poll()).toEqual([]);
		one.storage.retentionPolicy.quantity = 7;
		ids.push(...(await polls.poll()).map(({ occurrence }) => occurrence));
		polls.server.details = [];
		for (let poll = 0; poll < 3; poll++) expect(await polls.poll()).toEqual([]);
	}
	expect(ids).toHaveLength(3);
	expect(new Set(ids).size).toBe(3);
});

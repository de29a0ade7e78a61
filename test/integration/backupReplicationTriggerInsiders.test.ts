/** What an insider does: restores and deletions that begin, and settings of jobs that are changed. */
import { SENSITIVE_TYPES } from '../../nodes/VeeamBackupReplication/model/sessionTypes';
import {
	eventOn,
	glance,
	simulator,
	useSimulator,
	wholeItem,
} from './backupReplicationTrigger.support';

useSimulator();

const EVE = 'LAB\\eve';
const NO_JOB = '00000000-0000-0000-0000-000000000000';

/** As much of a job as is changed here. */
interface Job {
	id: string;
	storage: {
		retentionPolicy: { quantity: number };
		advancedSettings?: { storageData?: { encryption?: { isEnabled?: boolean } } };
	};
}

const begin = (sessionType: string, name = 'dc01', initiatedBy = EVE) =>
	simulator.control.startWork({ sessionType, name, initiatedBy });

describe.each([
	// These versions do not say who began a session.
	['1.1-rev0', 'InstantRecovery', 'Instant Recovery', null],
	['1.2-rev1', 'FileLevelRestore', 'File-Level Restore', null],
	['1.3-rev2', 'FileLevelRestore', 'File-Level Restore', EVE],
] as const)('a session that begins, in %s', (apiVersion, sessionType, kind, initiatedBy) => {
	const started = () => eventOn('sessionStarted', { credential: { apiVersion } });
	const by = initiatedBy === null ? '' : ` by ${EVE}`;

	it('is reported once, with who began it where the version says it; what ran before is not', async () => {
		await begin(sessionType, 'before');
		const trigger = started();
		const first = await trigger.activate();
		expect(first).toEqual([]);
		expect(await trigger.poll()).toEqual([]);
		await simulator.control.advance(60);
		const session = await begin(sessionType);
		await begin('BackupJob', 'Nightly');
		await begin('SecurityComplianceAnalyzer', 'Nobody picked it');
		expect(await trigger.poll()).toEqual([
			wholeItem({
				event: 'sessionStarted',
				transition: 'started',
				severity: 'warning',
				message: `${kind} "dc01"${by} began.`,
				object: { id: session.id, name: 'dc01', type: kind },
				condition: 'started',
				occurredAt: session.creationTime as string,
				previous: null,
				current: { sessionId: session.id as string },
				...{ sessionType, initiatedBy, jobId: null, platformName: null },
				record: { id: session.id as string, state: 'Working' },
			}),
		]);
		expect([await trigger.poll(), await trigger.restart()]).toEqual([[], []]);
	});
});

it('is about no job where the session has none', async () => {
	const { jobId } = await begin('RestoreVm');
	expect([undefined, null, NO_JOB]).toContain(jobId);
});

describe('types of sessions that the version does not know', () => {
	const first = async (apiVersion: string, sessionStartedTypes?: string[]) => {
		const fields = sessionStartedTypes ? { sessionStartedTypes } : {};
		const trigger = eventOn('sessionStarted', { fields, credential: { apiVersion } });
		const items = await trigger.activate();
		expect([await trigger.poll(), await trigger.restart()]).toEqual([[], []]);
		return items;
	};

	/** Those of the usual choice that the enum of 1.1-rev0's specification does not have. */
	const LACKING = SENSITIVE_TYPES.filter(
		(one) =>
			![
				...['FirstClassDiskInstantRestore', 'InfrastructureItemDeletion'],
				...['InstantRecovery', 'RestoreVm'],
			].includes(one),
	);

	it('are named by one item at the first poll, all that the user picked himself', async () => {
		const [item, ...more] = await first(
			'1.1-rev0',
			SENSITIVE_TYPES.filter((one) => one !== 'RestoreVm'),
		);
		expect(more).toEqual([]);
		expect(item).toMatchObject({
			...{ event: 'sessionStarted', transition: 'changed', severity: 'warning' },
			condition: 'notInVersion',
			object: { id: 'sessionStarted', name: 'Session Started', type: 'Event' },
			current: { version: '1.1-rev0', notWatched: LACKING },
		});
		expect(item!.message).toMatch(
			/^"Session Started" does not watch .*"Deletion of Backups", .*"File-Level Restore", .* \(API 1\.2-rev1 or later\)/,
		);
	});

	it('are named without the usual ones where the user picked more than those', async () => {
		const [item, ...more] = await first('1.1-rev0', [...SENSITIVE_TYPES, 'CheckpointRemoval']);
		expect(more).toEqual([]);
		expect(item).toMatchObject({ current: { notWatched: ['CheckpointRemoval'] } });
	});

	it('are named by a manual test where the choice is the usual one', async () => {
		await begin('RestoreVm');
		const trigger = eventOn('sessionStarted', { credential: { apiVersion: '1.1-rev0' } });
		const [shown, hint, ...more] = await trigger.poll('manual');
		expect(more).toEqual([]);
		expect(shown).toMatchObject({ transition: 'started' });
		expect(hint).toMatchObject({ condition: 'notInVersion', current: { notWatched: LACKING } });
		expect(hint!.message).toMatch(/^Test: "Session Started" does not watch /);
	});

	it.each([
		['1.1-rev0', undefined],
		['1.2-rev1', undefined],
		['1.1-rev0', ['RestoreVm']],
		['1.1-rev0', []],
		['1.3-rev2', undefined],
	])('are none in %s of %j', async (version, types) => {
		expect(await first(version, types)).toEqual([]);
	});

	it('are named also where nothing else is picked: the server may send them nevertheless', async () => {
		const items = await first('1.2-rev1', ['RetrieveBackup']);
		expect(glance(items)).toEqual([
			'changed: "Session Started" does not watch "Retrieve Backup" (API 1.3-rev0 or later): API 1.2-rev1 of this credential does not say it. What else is picked is watched. Take out what is not there, or choose another API version in the credential, if the server has it.',
		]);
	});

	it('are named of finished sessions where the user chose them, not where he left the choice', async () => {
		const finished = async (fields: Record<string, string[]>) =>
			(
				await eventOn('sessionFinished', {
					fields,
					credential: { apiVersion: '1.1-rev0' },
				}).activate()
			).map(({ current }) => current);
		expect(await finished({})).toEqual([]);
		expect(await finished({ sessionFinishedTypes: ['Job', 'BackupCopyJob'] })).toEqual([
			{ version: '1.1-rev0', notWatched: ['BackupCopyJob'] },
		]);
	});
});

describe.each(['1.2-rev1', '1.3-rev2'])(
	'settings of a job that are changed, in %s',
	(apiVersion) => {
		const JOB = 'Backup - Exchange';
		const changed = (options = {}) =>
			eventOn('jobSettingsChanged', { options, credential: { apiVersion } });
		const jobOf = async () => (await simulator.control.job(JOB, {})) as unknown as Job;

		it('are reported once, exactly what differs, with no secret', async () => {
			const { storage, id } = await jobOf();
			const trigger = changed();
			expect(await trigger.activate()).toEqual([]);
			expect(await trigger.poll()).toEqual([]);
			const before = storage.retentionPolicy.quantity;
			const encryption = { isEnabled: true, encryptionPassword: 'hunter2', password: 'hunter2' };
			const { advancedSettings } = storage;
			await simulator.control.job(JOB, {
				description: 'Nothing to see here',
				storage: {
					...storage,
					retentionPolicy: { ...storage.retentionPolicy, quantity: before + 1 },
					advancedSettings: {
						...advancedSettings,
						storageData: { ...advancedSettings?.storageData, encryption },
					},
				},
			});
			const items = await trigger.poll();
			const path = 'storage.advancedSettings.storageData.encryption.isEnabled';
			const was = advancedSettings?.storageData?.encryption?.isEnabled ?? null;
			expect(items).toEqual([
				wholeItem({
					event: 'jobSettingsChanged',
					transition: 'changed',
					severity: 'warning',
					message: [
						`Settings of job "${JOB}" were changed (encryption, retention):`,
						`• ${path}: ${was ?? 'none'} → true`,
						`• storage.retentionPolicy.quantity: ${before} → ${before + 1}`,
					].join('\n'),
					object: { id, name: JOB, type: 'Job' },
					condition: 'settings',
					previous: { [path]: was, 'storage.retentionPolicy.quantity': before },
					current: { [path]: true, 'storage.retentionPolicy.quantity': before + 1 },
					...{
						jobType: apiVersion === '1.2-rev1' ? 'Backup' : 'VSphereBackup',
						changedSettings: ['encryption', 'retention'],
					},
					record: { id },
				}),
			]);
			const { previous, current, message } = items[0]!;
			expect(JSON.stringify([previous, current, message])).not.toContain('hunter2');
			expect([await trigger.poll(), await trigger.restart()]).toEqual([[], []]);
		});

		it('say nothing of what is no setting of these, nor of jobs that are left out', async () => {
			const [some, none] = [changed(), changed({ excludeNames: '*Exchange' })];
			for (const trigger of [some, none]) expect(await trigger.activate()).toEqual([]);
			await simulator.control.job(JOB, { description: 'Another one' });
			expect([await some.poll(), await none.poll()]).toEqual([[], []]);
			const { storage } = await jobOf();
			await simulator.control.job(JOB, {
				storage: { ...storage, retentionPolicy: { ...storage.retentionPolicy, quantity: 99 } },
			});
			expect([(await some.poll()).length, await none.poll()]).toEqual([1, []]);
		});
	},
);

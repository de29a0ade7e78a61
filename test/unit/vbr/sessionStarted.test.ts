/** Restores and deletions that begin, as each revision's sessions tell of them. */
import type { IDataObject } from 'n8n-workflow';

import { sessionStarted } from '../../../nodes/VeeamBackupReplication/triggers/sessionStarted';
import { BackupPolls } from '../../support/backupPolls';
import { REVISIONS } from '../../support/backupServer';

const START = Date.parse('2026-11-02T08:00:00Z');
const MINUTE = 60_000;
const at = (minutes: number): string => new Date(START + minutes * MINUTE).toISOString();

let count = 0;
const session = (sessionType: string, begin: number, more: IDataObject = {}): IDataObject => ({
	id: `33333333-3333-4333-8333-${String(++count).padStart(12, '0')}`,
	jobId: '00000000-0000-0000-0000-000000000000',
	name: 'dc01',
	sessionType,
	creationTime: at(begin),
	endTime: null,
	state: 'Working',
	result: { result: 'None', message: '', isCanceled: false },
	initiatedBy: 'LAB\\eve',
	platformName: 'VMware',
	...more,
});

describe.each(REVISIONS)('a session that begins, in %s', (revision) => {
	// 1.2-rev1 does not say who.
	const by = revision === '1.2-rev1' ? '' : ' by LAB\\eve';
	const initiatedBy = revision === '1.2-rev1' ? null : 'LAB\\eve';

	const begun = async (options: IDataObject = {}, sessions: IDataObject[] = []) => {
		const polls = new BackupPolls(sessionStarted, revision, { options, now: START });
		polls.server.sessions = sessions;
		expect(await polls.poll()).toEqual([]);
		polls.now += 10 * MINUTE;
		return polls;
	};

	it('is silent about what began before, and reports a restore while it runs, once', async () => {
		const polls = await begun({}, [session('RestoreVm', -5), session('FileLevelRestore', -600)]);
		const restore = session('FileLevelRestore', 4);
		polls.server.sessions!.push(restore, session('BackupJob', 5));
		const [item, ...more] = await polls.poll();
		expect(more).toEqual([]);
		expect(item).toMatchObject({
			transition: 'started',
			severity: 'warning',
			condition: 'started',
			object: { id: restore.id, name: 'dc01', type: 'File-Level Restore' },
			occurredAt: at(4),
			previous: null,
			current: { sessionId: restore.id },
			message: `File-Level Restore "dc01"${by} began.`,
			details: {
				...{ sessionType: 'FileLevelRestore', initiatedBy, jobId: null },
				platformName: 'VMware',
			},
		});
		Object.assign(restore, { state: 'Stopped', endTime: at(9), result: { result: 'Success' } });
		polls.now += 60 * MINUTE;
		expect(await polls.poll()).toEqual([]);
	});

	it('reports a deletion by default, backups and replicas only where they are picked', async () => {
		const polls = await begun();
		polls.server.sessions!.push(session('DeleteBackup', 1), session('ReplicaJob', 2));
		expect(await polls.glance()).toEqual([`started: Deletion of Backups "dc01"${by} began.`]);
		const all = await begun({ sessionStartedTypes: [] });
		all.server.sessions!.push(session('DeleteBackup', 1), session('ReplicaJob', 2));
		expect((await all.poll()).map(({ severity }) => severity)).toEqual(['warning', 'info']);
	});

	it('finds one that becomes visible an hour late', async () => {
		const polls = await begun();
		polls.server.sessions!.push(session('RestoreVm', 5));
		expect(await polls.poll()).toHaveLength(1);
		polls.now += 60 * MINUTE;
		polls.server.sessions!.push(session('RestoreVm', 3));
		expect(await polls.poll()).toHaveLength(1);
	});

	it('leaves out accounts as the options say, never one that the server does not name', async () => {
		const polls = await begun({ excludeUsers: '*eve' });
		polls.server.sessions!.push(
			session('RestoreVm', 1),
			session('RestoreVm', 2, { initiatedBy: 'LAB\\adam' }),
			session('RestoreVm', 3, { initiatedBy: undefined }),
		);
		expect(await polls.poll()).toHaveLength(revision === '1.2-rev1' ? 3 : 2);
	});

	it('says what began where the session has no name', async () => {
		const polls = await begun();
		polls.server.sessions!.push(session('RestoreVm', 1, { name: undefined }));
		const [item] = await polls.poll();
		expect(item!.message).toBe(`Restore VM${by} began.`);
		expect(item!.object.name).toBe('Restore VM');
	});

	it('asks for the picked types alone where the version takes a list', async () => {
		const polls = await begun();
		await polls.poll();
		expect(polls.asked.every((line) => line.includes('typeFilter'))).toBe(revision !== '1.2-rev1');
	});
});

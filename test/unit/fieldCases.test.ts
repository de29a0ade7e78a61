/** Answers that were seen in the field: small, one describe for each, given to what has to read them. */
import type { IDataObject } from 'n8n-workflow';

import { collect } from '../../nodes/VeeamBackupReplication/report/collect';
import { sessionFinished } from '../../nodes/VeeamBackupReplication/triggers/sessionFinished';
import { BackupPolls } from '../support/backupPolls';
import { backupServer, REVISIONS } from '../support/backupServer';
import { request } from '../support/reportClient';

const START = Date.parse('2026-11-02T08:00:00Z');
const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;

const at = (minutes: number): string => new Date(START + minutes * MINUTE).toISOString();

/** A year or some minutes away, as a server writes it that leaves the offset out. */
const local = (minutes: number, more = 0): string =>
	new Date(START + minutes * MINUTE + more).toISOString().replace('Z', '');

let count = 0;
const uuid = () => `44444444-4444-4444-8444-${String(++count).padStart(12, '0')}`;

const session = (name: string, more: IDataObject = {}): IDataObject => ({
	...{ id: uuid(), jobId: uuid(), name, sessionType: 'BackupJob', state: 'Stopped', usn: 1 },
	...{ creationTime: at(1), endTime: at(7) },
	result: { result: 'Failed', message: 'x', isCanceled: false },
	...more,
});

const success = { result: { result: 'Success', message: '', isCanceled: false } };

/** A job that ended well every half an hour, so many times: few sessions and many are read in other ways. */
const history = (runs: number, write: (minutes: number) => string): IDataObject[] =>
	Array.from({ length: runs }, (_, index) => {
		const end = -30 * (index + 1);
		return session('Hourly', { ...success, creationTime: write(end - 5), endTime: write(end) });
	});

/** Sessions that are there when the trigger begins, of which nothing is to be reported. */
async function begun(
	revision: (typeof REVISIONS)[number],
	sessions: IDataObject[],
	options: IDataObject = {},
): Promise<BackupPolls> {
	const polls = new BackupPolls(sessionFinished, revision, { options, now: START });
	polls.server.sessions = sessions;
	expect(await polls.poll()).toEqual([]);
	polls.now += 10 * MINUTE;
	return polls;
}

const names = async (polls: BackupPolls): Promise<string[]> => {
	const items = await polls.poll();
	polls.now += 5 * MINUTE;
	return items.map(({ transition, object }) => `${transition}: ${object.name}`).sort();
};

describe.each(REVISIONS)('Session Finished in %s', (revision) => {
	describe.each([
		['few', 1],
		['many', 200],
	])('F3a: a time in the far future without an offset, beside %s sessions', (_, runs) => {
		const wrong = () =>
			session('clock wrong', { creationTime: local(0, YEAR), endTime: local(5, YEAR) });
		const real = (end: number, more: IDataObject = {}) =>
			session('real', { creationTime: local(end - 6), endTime: local(end), ...more });

		it('that is there when the trigger begins silences nothing after it', async () => {
			const polls = await begun(revision, [...history(runs, local), wrong()]);
			polls.server.sessions!.push(real(9));
			expect(await names(polls)).toEqual(['problem: real']);
			polls.server.sessions!.push(real(14));
			expect(await names(polls)).toEqual(['problem: real']);
			expect(await names(polls)).toEqual([]);
		});

		it('that comes while it watches is reported once, and what really failed after it', async () => {
			const polls = await begun(revision, history(runs, local));
			polls.server.sessions!.push(wrong());
			expect(await names(polls)).toEqual(['problem: clock wrong']);
			const first = real(14);
			polls.server.sessions!.push(first);
			expect(await names(polls)).toEqual(['problem: real']);
			polls.server.sessions!.push(real(19, { ...success, jobId: first.jobId }));
			expect(await names(polls)).toEqual(['recovered: real']);
			expect(await names(polls)).toEqual([]);
		});
	});

	describe('F11a: a run of a job whose type is not documented', () => {
		const odd = (more: IDataObject = {}) => session('J', { sessionType: 'Job', ...more });

		it('is reported with the types that are picked at first, and what ends its problem', async () => {
			const polls = await begun(revision, [...history(200, at), odd({ endTime: at(-20) })]);
			const failed = odd();
			polls.server.sessions!.push(failed);
			const [item, ...more] = await polls.poll();
			expect(more).toEqual([]);
			expect(item).toMatchObject({
				transition: 'problem',
				object: { id: failed.jobId, name: 'J', type: 'Job' },
				occurredAt: at(7),
				details: { sessionType: 'Job' },
			});
			expect(await names(polls)).toEqual([]);
			polls.server.sessions!.push(
				odd({ ...success, jobId: failed.jobId, creationTime: at(11), endTime: at(12) }),
			);
			expect(await names(polls)).toEqual(['recovered: J']);
			expect(await names(polls)).toEqual([]);
		});

		it('is reported where all types count', async () => {
			const polls = await begun(revision, history(1, at), { sessionFinishedTypes: [] });
			polls.server.sessions!.push(odd());
			expect(await names(polls)).toEqual(['problem: J']);
		});

		it('is not where other types were picked, nor is work of no job or of a documented type', async () => {
			const narrow = await begun(revision, history(1, at), { sessionFinishedTypes: ['BackupJob'] });
			narrow.server.sessions!.push(odd());
			expect(await names(narrow)).toEqual([]);
			const polls = await begun(revision, history(1, at));
			polls.server.sessions!.push(
				odd({ jobId: '00000000-0000-0000-0000-000000000000' }),
				session('Discovery', { sessionType: 'Infrastructure' }),
			);
			expect(await names(polls)).toEqual([]);
		});
	});

	describe('F11b: a session that failed without an end', () => {
		const endless = [
			['none', undefined],
			['null', null],
			['the year 1900', '1900-01-01T00:00:00'],
			['the year 1', '0001-01-01T00:00:00'],
		] as const;

		it.each(endless)('is reported once, by its beginning: %s', async (_, endTime) => {
			const polls = await begun(revision, [
				...history(200, at),
				session('before', { creationTime: at(-40), endTime }),
			]);
			const failed = session('K', { endTime });
			polls.server.sessions!.push(failed);
			const [item, ...more] = await polls.poll();
			expect(more).toEqual([]);
			expect(item).toMatchObject({ transition: 'problem', object: { name: 'K' } });
			expect(item!.occurredAt).toBe(at(1));
			expect(JSON.stringify(item)).not.toContain('undefined');
			polls.now += 10 * MINUTE;
			expect(await names(polls)).toEqual([]);
			// The server closes it at last.
			failed.endTime = at(15);
			expect(await names(polls)).toEqual([]);
			polls.server.sessions!.push(
				session('K', { ...success, jobId: failed.jobId, creationTime: at(20), endTime: at(22) }),
			);
			expect(await names(polls)).toEqual(['recovered: K']);
		});

		it('is a current problem where the trigger begins with those', async () => {
			const polls = new BackupPolls(sessionFinished, revision, {
				common: { emitCurrentProblems: true },
				now: START,
			});
			polls.server.sessions = [session('K', { creationTime: at(-40), endTime: undefined })];
			expect(await names(polls)).toEqual(['problem: K']);
			expect(await names(polls)).toEqual([]);
		});

		it('is nothing while it works', async () => {
			const polls = await begun(revision, history(1, at));
			polls.server.sessions!.push(session('K', { endTime: null, state: 'Working' }));
			expect(await names(polls)).toEqual([]);
		});
	});
});

describe.each(REVISIONS)('F1: a machine without a backup for 12 days, in %s', (revision) => {
	const ago = (hours: number): string => new Date(Date.now() - hours * 60 * MINUTE).toISOString();
	const platform = { platformName: 'VMware', platformId: '00000000-0000-0000-0000-000000000000' };
	const [jobId, backupId] = [uuid(), uuid()];
	const machine = (name: string) => ({
		...{ id: name, objectId: `vm-${name}`, name, type: 'VM', restorePointsCount: 7, backupId },
		...platform,
	});
	const point = (name: string, hours: number) => ({
		...{ id: uuid(), name, backupId, backupObjectId: name, type: 'Increment', ...platform },
		creationTime: ago(hours),
	});
	const server = {
		jobs: [
			{
				...{ id: jobId, name: 'Daily', type: 'VSphereBackup', status: 'Inactive' },
				...{ lastResult: 'Success', lastRun: ago(3), nextRun: ago(-20) },
			},
		],
		sessions: [session('Daily', { ...success, jobId, creationTime: ago(4), endTime: ago(3) })],
		backups: [{ id: backupId, jobId, name: 'Daily', ...platform }],
		objects: [machine('vm-backed-up'), machine('vm-without')],
		points: [point('vm-backed-up', 3), point('vm-without', 300)],
	};

	it.each([
		['without a filter', {}],
		['of the job that backs it up', { includeJobs: ['Daily'] }],
	])('is the only one in the report, which is not well: %s', async (_, options) => {
		const kept = {};
		const { unprotected, verdict } = await collect(
			{ getWorkflowStaticData: () => kept },
			backupServer(revision, server),
			{ ...request({ sections: ['jobs', 'unprotected'] }), ...options },
		);
		expect(unprotected.map(({ name }) => name)).toEqual(['vm-without']);
		expect(verdict).toEqual({ status: 'bad', text: '1 object without a recent restore point' });
	});
});

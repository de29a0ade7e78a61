/** Answers from the field and odd ones, given to the events of Microsoft 365 one poll after the other. */
import type { IDataObject } from 'n8n-workflow';

import { adapter } from '../../../nodes/VeeamBackupMicrosoft365/api/adapter';
import { jobSessionFinished } from '../../../nodes/VeeamBackupMicrosoft365/triggers/jobSessionFinished';
import { license } from '../../../nodes/VeeamBackupMicrosoft365/triggers/license';
import { restoreSessionFinished } from '../../../nodes/VeeamBackupMicrosoft365/triggers/restoreSessionFinished';
import { sessionStarted } from '../../../nodes/VeeamBackupMicrosoft365/triggers/sessionStarted';
import { VERSIONS } from './oracle/schema';
import type { PollContext } from '../../../nodes/shared/monitoring/pollContext';
import type { EventDefinition, Notification } from '../../../nodes/shared/monitoring/types';

const NOW = Date.parse('2026-11-21T06:00:00Z');
const MINUTE = 60_000;
const ago = (minutes: number): string => new Date(NOW - minutes * MINUTE).toISOString();

/** An event that is polled, with what the server answers by path; lower bounds are kept. */
function watch(event: EventDefinition, version: string, options: IDataObject = {}) {
	const answers: Record<string, IDataObject[]> = {};
	let record: unknown;
	let memory: unknown;
	const listOf = (path: string, query: IDataObject = {}): IDataObject[] => {
		const bound = Date.parse(
			String(query.endTimeLowerBound ?? query.endTimeFrom ?? query.startTimeFrom ?? ''),
		);
		return (answers[path] ?? []).filter(({ endTime, creationTime }) => {
			const time = Date.parse(String(query.startTimeFrom === undefined ? endTime : creationTime));
			return Number.isNaN(bound) || Number.isNaN(time) || time >= bound;
		});
	};
	const fields = Object.fromEntries(
		[...(event.fields ?? []), ...(event.options ?? [])].map((one) => [one.name, one.default]),
	);
	const context = {
		client: {
			version,
			list: async ({ path, query }: { path: string; query?: IDataObject }) =>
				await Promise.resolve(listOf(path, query)),
		},
		adapter,
		common: { emitCurrentProblems: false, reminderHours: 0, maxItems: 500 },
		options: { ...fields, ...options },
		remainingItems: 500,
		serverNow: () => NOW,
		now: () => NOW,
		list: async ({ path, query }: { path: string; query?: IDataObject }) =>
			await Promise.resolve(listOf(path, query)),
		isExpired: () => false,
		async *pages({ path, query }: { path: string; query?: IDataObject }) {
			yield await Promise.resolve({ items: listOf(path, query), from: 0, next: undefined });
		},
		get: async ({ path, query }: { path: string; query?: IDataObject }) =>
			await Promise.resolve(path === '/License' ? record : { results: listOf(path, query) }),
	} as unknown as PollContext;
	return {
		async poll(now: Record<string, IDataObject[]>, single?: unknown): Promise<Notification[]> {
			for (const path of Object.keys(answers)) delete answers[path];
			Object.assign(answers, now);
			record = single;
			const outcome = await event.poll(context, memory);
			memory = outcome.memory;
			return outcome.notifications;
		},
	};
}

const messages = (notifications: Notification[]) => notifications.map(({ message }) => message);

describe.each(VERSIONS)('%s', (version) => {
	it('case F3b: a session that ended in the year 9999 silences nothing', async () => {
		const jobs = watch(jobSessionFinished, version);
		const session = (id: string, endTime: string, created: number): IDataObject => ({
			id,
			status: 'Failed',
			endTime,
			creationTime: ago(created),
		});
		await jobs.poll({ '/JobSessions': [session('s0', ago(120), 130)] });
		const s1 = session('s1', '9999-12-31T23:59:59.9999999', 60);
		const first = await jobs.poll({ '/JobSessions': [s1] });
		expect(first.map(({ occurrence }) => occurrence)).toEqual(['s1']);
		const second = await jobs.poll({ '/JobSessions': [s1, session('s2', ago(0), 6)] });
		expect(second.map(({ occurrence }) => occurrence)).toEqual(['s2']);
	});

	it('case F10: a restore session without a name has no empty quotes', async () => {
		const restores = watch(restoreSessionFinished, version);
		const session = {
			type: 'Vet',
			state: 'Stopped',
			result: 'Success',
			creationTime: ago(9),
			endTime: ago(3),
		};
		await restores.poll({ '/RestoreSessions': [{ ...session, id: 'r0', endTime: ago(8) }] });
		const told = await restores.poll({
			'/RestoreSessions': [
				{ ...session, id: 'r1', initiatedBy: 'HOST\\user' },
				{ ...session, id: 'r2', name: '', initiatedBy: ' ', scopeName: 'Ada' },
				{ ...session, id: 'r3', type: '', name: null },
			],
		});
		expect(messages(told).sort()).toEqual([
			'Restore session finished.',
			'Teams restore session "Ada" finished.',
			'Teams restore session by HOST\\user finished.',
		]);
	});

	it('a session that failed without an end is reported once', async () => {
		const jobs = watch(jobSessionFinished, version);
		const old = { id: 's0', status: 'Success', creationTime: ago(50), endTime: ago(40) };
		await jobs.poll({ '/JobSessions': [old] });
		const failed = { id: 's1', status: 'Failed', creationTime: ago(20), endTime: null };
		expect(await jobs.poll({ '/JobSessions': [old, failed] })).toHaveLength(1);
		expect(await jobs.poll({ '/JobSessions': [old, failed] })).toEqual([]);
		const closed = { ...failed, endTime: ago(1) };
		expect(await jobs.poll({ '/JobSessions': [old, closed] })).toEqual([]);
	});

	it('a session that begins is reported with who began it, and nothing that began before', async () => {
		const started = watch(sessionStarted, version);
		const restore = { type: 'Vex', state: 'Working', result: 'Success' };
		const before = { ...restore, id: 'r0', creationTime: ago(300) };
		const retrieval = { id: 'd0', type: 'Retrieve', name: 'Old', creationTime: ago(400) };
		expect(
			await started.poll({ '/RestoreSessions': [before], '/DataRetrievalSessions': [retrieval] }),
		).toEqual([]);
		const told = await started.poll({
			'/RestoreSessions': [
				before,
				{
					...restore,
					id: 'r1',
					name: 'Explore Ada',
					initiatedBy: 'HOST\\admin',
					organization: 'example.com',
					creationTime: ago(2),
				},
			],
			'/DataRetrievalSessions': [
				retrieval,
				{ id: 'd1', type: 'RetrievalRemoving', name: 'Old', creationTime: ago(1) },
				// Not picked by default: it reads and destroys nothing.
				{ id: 'd2', type: 'RetrievalChangeAvailabilityPeriodDays,', creationTime: ago(1) },
			],
		});
		expect(told).toMatchObject([
			{
				transition: 'started',
				severity: 'warning',
				object: { id: 'r1', name: 'Explore Ada', type: 'Restore Session' },
				occurredAt: ago(2),
				message: 'Exchange restore session "Explore Ada" by HOST\\admin began.',
				details: { initiatedBy: 'HOST\\admin', organization: 'example.com' },
			},
			{ object: { id: 'd1' }, message: 'Removal of retrieved data "Old" began.' },
		]);
		expect(await started.poll({ '/RestoreSessions': [before] })).toEqual([]);
	});

	it('an answer that is no license is no news, good or bad', async () => {
		const watched = watch(license, version);
		const name = version === 'v6' ? 'expirationDate' : 'licenseExpires';
		const valid = { status: 'Valid', totalNumber: 10, usedNumber: 4, [name]: ago(-300 * 24 * 60) };
		await watched.poll({}, valid);
		const told = await watched.poll({}, { ...valid, usedNumber: 10, [name]: ago(-5 * 24 * 60) });
		expect(told.map(({ condition, transition }) => [condition, transition])).toEqual([
			['expiring', 'problem'],
			['overused', 'problem'],
		]);
		expect(messages(told).join()).toContain('10 of 10 users (100 %)');
		await expect(watched.poll({}, '{"status":"Va')).rejects.toThrow(
			'did not answer with its license',
		);
		const again = await watched.poll({}, { ...valid, usedNumber: 4 });
		expect(again.map(({ transition }) => transition)).toEqual(['recovered', 'recovered']);
	});
});

/** Failures that their job's retries heal or do not, on every revision, with what each says of retries. */
import type { IDataObject } from 'n8n-workflow';

import { sessionFinished } from '../../../nodes/VeeamBackupReplication/triggers/sessionFinished';
import { BackupPolls } from '../../support/backupPolls';
import { REVISIONS, type Revision } from '../../support/backupServer';

const START = Date.parse('2026-11-02T08:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const JOB = '11111111-1111-4111-8111-111111111111';

const at = (milliseconds: number): string => new Date(START + milliseconds).toISOString();

/** How a server says that a session is a retry: by the fields of 1.3-rev2, by its name, not at all. */
type Mark = 'fields' | 'name' | 'none';

const marksOf = (revision: Revision): Mark[] =>
	revision === '1.3-rev2' ? ['fields'] : ['name', 'none'];

const CASES = REVISIONS.flatMap((revision) =>
	marksOf(revision).map((mark): [Revision, Mark] => [revision, mark]),
);

describe.each(CASES)('%s, retries marked by %s', (revision, mark) => {
	let sessions: IDataObject[];
	let polls: BackupPolls;

	/** A session that begins and lasts so many minutes after the start. */
	function session(
		begin: number,
		lasts: number,
		result: string,
		retry?: { of: string; number: number },
	): string {
		const id = `22222222-2222-4222-8222-${String(sessions.length + 1).padStart(12, '0')}`;
		sessions.push({
			id,
			jobId: JOB,
			name: retry && mark === 'name' ? `Logs (Retry ${retry.number})` : 'Logs',
			sessionType: 'BackupJob',
			creationTime: at(begin * MINUTE),
			endTime: at((begin + lasts) * MINUTE),
			state: 'Stopped',
			result: { result, message: 'Disk is locked', isCanceled: false },
			originalSessionId: retry?.of ?? id,
			...(retry ? { retryInfo: { isRecheckRetry: false, retryNumber: retry.number } } : {}),
		});
		return id;
	}

	const jobs = (schedule: IDataObject = {}) => [
		{
			...{ id: JOB, name: 'Logs', type: 'VSphereBackup', isDisabled: false },
			schedule: {
				runAutomatically: true,
				retry: { isEnabled: true, retryCount: 3, awaitMinutes: 10 },
				...schedule,
			},
		},
	];

	const everyMinutes = (frequency: number) => ({
		periodically: { isEnabled: true, periodicallyKind: 'Minutes', frequency },
	});

	/** Sessions that have ended by the minute, and what the trigger makes of them. */
	async function poll(minute: number): Promise<string[]> {
		polls.now = START + minute * MINUTE;
		polls.server.sessions = sessions
			.filter(({ creationTime }) => Date.parse(String(creationTime)) <= polls.now)
			.map((one) =>
				Date.parse(String(one.endTime)) <= polls.now
					? one
					: { ...one, state: 'Working', endTime: null, result: { result: 'None' } },
			);
		return (await polls.poll()).map(
			({ transition, occurredAt }) =>
				`${transition} ${(Date.parse(String(occurredAt)) - START) / MINUTE}`,
		);
	}

	beforeEach(() => {
		sessions = [];
		polls = new BackupPolls(sessionFinished, revision, {
			options: { includeReasons: false },
			now: START,
		});
	});

	it('says nothing of a failure that a retry healed two days and 190 runs ago', async () => {
		polls.server.details = jobs(everyMinutes(15));
		session(-30, 2, 'Success');
		await poll(0);
		const baseline = polls.memory;
		const failed = session(0, 2, 'Failed');
		session(12, 2, 'Success', { of: failed, number: 1 });
		for (let run = 2; run < 192; run++) session(run * 15, 2, 'Success');
		expect(await poll(2 * 24 * 60 + 1)).toEqual([]);
		// n8n restarts: only what was saved with an item is kept.
		polls.memory = baseline;
		expect(await poll(2 * 24 * 60 + 2)).toEqual([]);
	});

	it('reports each failure of an hourly job that is not retried, soon after its retry is due', async () => {
		polls.server.details = jobs({
			periodically: { isEnabled: true, periodicallyKind: 'Hours', frequency: 1 },
		});
		session(-60, 45, 'Success');
		await poll(0);
		for (let run = 0; run < 4; run++) session(run * 60, 45, 'Failed');
		const told: string[] = [];
		for (let minute = 1; minute <= 300; minute++)
			for (const line of await poll(minute)) told.push(`${minute}: ${line}`);
		expect(told.map((line) => line.replace(/^\d+: /, ''))).toEqual([
			'problem 45',
			'repeated 105',
			'repeated 165',
			'repeated 225',
		]);
		expect(Number.parseInt(told[0]!)).toBeLessThanOrEqual(66);
	});

	it('learns how often a job runs where its schedule does not say', async () => {
		polls.server.details = jobs();
		for (let run = -5; run < 0; run++) session(run * 60, 45, 'Success');
		await poll(0);
		session(0, 45, 'Failed');
		session(60, 45, 'Failed');
		expect(await poll(66)).toEqual(['problem 45']);
	});

	it('reports the last of three retries, once', async () => {
		polls.server.details = jobs();
		session(-DAY / MINUTE, 5, 'Success');
		await poll(0);
		const failed = session(1, 5, 'Failed');
		for (const number of [1, 2, 3]) session(1 + number * 16, 5, 'Failed', { of: failed, number });
		const told: string[] = [];
		for (let minute = 2; minute < 90; minute += 3) told.push(...(await poll(minute)));
		expect(told).toEqual(['problem 54']);
	});

	it.each([
		[1000, 1],
		[60, 20],
	])('asks little where the server gives %i a page', async (pageMaximum, most) => {
		polls.server = { details: jobs(everyMinutes(15)), pageMaximum };
		session(-30, 2, 'Success');
		await poll(0);
		for (let run = 1; run < 400; run++) session(run * 15, 2, run % 40 === 7 ? 'Failed' : 'Success');
		const told = await poll(400 * 15);
		expect(told.filter((line) => line.startsWith('problem'))).toHaveLength(10);
		expect(told.filter((line) => line.startsWith('recovered'))).toHaveLength(10);
		const asked = polls.asked.filter((line) => line.includes('jobIdFilter'));
		expect(asked.length).toBeLessThanOrEqual(most);
	});
});

it('takes a health check that is done again for no retry', async () => {
	const polls = new BackupPolls(sessionFinished, '1.3-rev2', {
		options: { includeReasons: false },
		now: START,
	});
	const base = {
		...{ jobId: JOB, name: 'Logs', sessionType: 'BackupJob', state: 'Stopped' },
	};
	polls.server = {
		details: [
			{
				...{ id: JOB, name: 'Logs', type: 'VSphereBackup', isDisabled: false },
				schedule: {
					runAutomatically: true,
					retry: { isEnabled: true, retryCount: 3, awaitMinutes: 10 },
				},
			},
		],
		sessions: [
			{
				...base,
				...{ id: 'a', originalSessionId: 'a', creationTime: at(-HOUR), endTime: at(-HOUR) },
				result: { result: 'Success' },
			},
		],
	};
	await polls.poll();
	polls.now = START + 40 * MINUTE;
	polls.server.sessions!.push(
		{
			...base,
			...{ id: 'b', originalSessionId: 'b', creationTime: at(0), endTime: at(MINUTE) },
			result: { result: 'Failed' },
		},
		{
			...base,
			...{
				id: 'c',
				originalSessionId: 'b',
				creationTime: at(12 * MINUTE),
				endTime: at(14 * MINUTE),
			},
			result: { result: 'Success' },
			retryInfo: { isRecheckRetry: true },
		},
	);
	expect((await polls.poll()).map(({ transition }) => transition)).toEqual([
		'problem',
		'recovered',
	]);
});

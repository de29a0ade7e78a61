/** Sessions that end, as the trigger of Veeam Backup & Replication tells them. */
import { BACKUP_TYPES } from '../../nodes/VeeamBackupReplication/model/sessionTypes';
import {
	eventOn,
	glance,
	simulator,
	useSimulator,
	wholeItem,
} from './backupReplicationTrigger.support';

useSimulator();

const EXCHANGE = 'Backup - Exchange';
const FAILED = {
	...{ result: 'Failed', object: 'mail02', reason: 'Disk is locked', atOnce: true },
} as const;

const run = (outcome: object = FAILED, job = EXCHANGE) => simulator.control.runJob(job, outcome);

/** The job retries so often, after so many minutes. */
const retries = (retryCount: number, awaitMinutes = 10, more = {}) =>
	simulator.control.job(EXCHANGE, {
		schedule: {
			runAutomatically: true,
			retry: { isEnabled: true, retryCount, awaitMinutes },
			...more,
		},
	});

/** Requests that the next poll sends besides reading the list. */
async function askedBesides(poll: () => Promise<unknown>): Promise<string[]> {
	await simulator.control.clearRequests();
	await poll();
	return (await simulator.control.requests())
		.filter(({ query }) => query.endedAfterFilter === undefined)
		.map(({ method, path }) => `${method} ${path}`)
		.filter((line) => !line.includes('token'));
}

describe('a job that fails', () => {
	it('is told once, with the reason of each object, and again when it succeeds', async () => {
		const trigger = eventOn('sessionFinished');
		expect(await trigger.activate()).toEqual([]);
		const session = await run();
		const [problem, ...more] = await trigger.poll();
		expect(more).toEqual([]);
		expect(problem).toEqual(
			wholeItem({
				event: 'sessionFinished',
				transition: 'problem',
				severity: 'error',
				message: expect.stringMatching(
					/^Backup Job "Backup - Exchange" failed:\n• mail02: Disk is locked/,
				) as unknown as string,
				object: { id: session.jobId, name: EXCHANGE, type: 'Backup Job' },
				condition: 'failed',
				occurredAt: session.endTime as string,
				previous: null as never,
				current: { result: 'Failed', sessionId: session.id as string, failuresInRow: 1 },
				sessionType: 'BackupJob',
				reasons: [
					{
						object: 'mail02',
						result: 'Failed',
						reasons: expect.arrayContaining(['Disk is locked']) as unknown as string[],
					},
				],
				record: { id: session.id as string },
			}),
		);
		expect([await trigger.poll(), await trigger.restart()]).toEqual([[], []]);

		await run({ result: 'Success', atOnce: true });
		const [recovered] = await trigger.poll();
		expect(glance([recovered!])).toEqual([
			'recovered: Backup Job "Backup - Exchange" succeeded again.',
		]);
		await run();
		const [again] = await trigger.poll();
		const all = [problem!, recovered!, again!];
		expect(new Set(all.map(({ incidentKey }) => incidentKey)).size).toBe(1);
		expect(new Set(all.map(({ eventId }) => eventId)).size).toBe(3);
	});

	it('is read with two requests more where its schedule retries, with one where it does not', async () => {
		const trigger = eventOn('sessionFinished', { options: { includeReasons: false } });
		await trigger.activate();
		const { jobId } = await run();
		expect(await askedBesides(() => trigger.poll())).toEqual([`GET /api/v1/jobs/${String(jobId)}`]);
		await retries(1);
		await run();
		expect(await askedBesides(() => trigger.poll())).toEqual([
			`GET /api/v1/jobs/${String(jobId)}`,
			'GET /api/v1/sessions',
		]);
	});

	it('is told at once where its job is gone', async () => {
		const trigger = eventOn('sessionFinished', { options: { includeReasons: false } });
		await trigger.activate();
		await run();
		await simulator.control.removeJob(EXCHANGE);
		expect(glance(await trigger.poll())).toEqual([
			'problem: Backup Job "Backup - Exchange" failed:\nSee the session log for details',
		]);
	});
});

describe.each(['1.3-rev2', '1.3-rev0', '1.2-rev1'])('a job that retries, in %s', (apiVersion) => {
	const quiet = (options = {}) =>
		eventOn('sessionFinished', {
			options: { includeReasons: false, ...options },
			credential: { apiVersion },
		});
	const retry = (of: unknown, number: number, outcome: object = FAILED) =>
		// Only 1.3-rev2 says which retry it is.
		run({ ...outcome, retry: { number, of, hidden: apiVersion !== '1.3-rev2' || undefined } });

	it('is told when the last retry has failed, under its own name', async () => {
		await retries(2);
		const trigger = quiet();
		await trigger.activate();
		const { id } = await run();
		expect(await trigger.poll()).toEqual([]);
		await simulator.control.advance(600);
		await retry(id, 1);
		expect(await trigger.poll()).toEqual([]);
		await simulator.control.advance(600);
		await retry(id, 2);
		const items = await trigger.poll();
		expect(items).toHaveLength(1);
		expect(items[0]).toMatchObject({
			message: expect.stringMatching(/^Backup Job "Backup - Exchange" failed:/) as string,
			object: { name: EXCHANGE },
			current: { failuresInRow: 1 },
		});
	});

	it('is not told where a retry succeeds', async () => {
		await retries(2);
		const trigger = quiet();
		await trigger.activate();
		const { id } = await run();
		expect(await trigger.poll()).toEqual([]);
		await simulator.control.advance(600);
		await retry(id, 1, { result: 'Success', atOnce: true });
		expect([await trigger.poll(), await trigger.poll()]).toEqual([[], []]);
	});

	it('is told each time where the user wants every failure', async () => {
		await retries(2);
		const trigger = quiet({ onlyAfterLastRetry: false });
		await trigger.activate();
		await run();
		expect(await trigger.poll()).toHaveLength(1);
	});
});

it('tells a failure whose retry did not begin in time: it was started by hand', async () => {
	await retries(3, 5);
	const trigger = eventOn('sessionFinished', { options: { includeReasons: false } });
	await trigger.activate();
	const { id, endTime } = await run();
	expect(await trigger.poll()).toEqual([]);
	const later = Date.parse(String(endTime)) + 16 * 60_000;
	const clock = jest.spyOn(Date, 'now').mockReturnValue(later);
	try {
		expect(await trigger.poll()).toMatchObject([{ current: { sessionId: id } }]);
	} finally {
		clock.mockRestore();
	}
});

describe('the options of sessions', () => {
	const told = async (
		setup: Parameters<typeof eventOn>[1],
		runs: Array<() => Promise<unknown>>,
	) => {
		const trigger = eventOn('sessionFinished', {
			...setup,
			options: { includeReasons: false, ...setup?.options },
		});
		await trigger.activate();
		for (const one of runs) await one();
		return (await trigger.poll()).map(
			({ object, current }) =>
				`${(object as { name: string }).name}: ${(current as { result: string }).result}`,
		);
	};
	const good = (job?: string) => () => run({ result: 'Success', atOnce: true }, job);
	const bad = (job?: string) => () => run(FAILED, job);
	const FILES = 'Backup - File Servers';

	it('choose results, types, jobs, names and failures in a row', async () => {
		expect(
			await told({ fields: { sessionFinishedResults: ['Success'] } }, [good(), bad(FILES)]),
		).toEqual([`${EXCHANGE}: Success`]);
		expect(
			await told({ fields: { sessionFinishedTypes: ['AgentBackup'] } }, [
				bad(),
				bad('Agents - Linux'),
			]),
		).toEqual(['Agents - Linux: Failed']);
		const jobId = String((await run({ result: 'Success', atOnce: true }, FILES)).jobId);
		expect(await told({ options: { jobs: [jobId] } }, [bad(), bad(FILES)])).toEqual([
			`${FILES}: Failed`,
		]);
		expect(
			await told({ options: { includeNames: 'backup*', excludeNames: '*Exchange' } }, [
				bad(),
				bad(FILES),
			]),
		).toEqual([`${FILES}: Failed`]);
		expect(await told({ options: { failuresInRow: 2 } }, [bad(FILES), bad(), bad()])).toEqual([
			`${EXCHANGE}: Failed`,
		]);
		expect(await told({ options: { reportRecovery: false } }, [bad(), good()])).toEqual([
			`${EXCHANGE}: Failed`,
		]);
		expect(await told({ options: { onePer: 'object', includeReasons: true } }, [bad()])).toEqual([
			`${EXCHANGE}: Failed`,
		]);
	});

	it.each([
		['1.2-rev1', undefined],
		['1.3-rev0', ['AgentBackup', 'AgentPolicy', 'BackupJob', 'FileServerSave']],
		['1.3-rev2', ['BackupCopyJob', 'EndpointBackup', 'IrisBackup', 'PlatformBackupJob']],
	])('ask %s only for the types of backups that it knows', async (apiVersion, some) => {
		const trigger = eventOn('sessionFinished', { credential: { apiVersion } });
		await trigger.activate();
		const asked = (await simulator.control.requests()).find(({ path }) =>
			path.endsWith('/sessions'),
		);
		const typeFilter = asked!.query.typeFilter as string[] | undefined;
		if (!some) return expect(typeFilter).toBeUndefined();
		expect(typeFilter).toEqual(expect.arrayContaining(some));
		expect(BACKUP_TYPES).toEqual(expect.arrayContaining(typeFilter ?? []));
	});
});

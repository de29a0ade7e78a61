/** "From List": what a person chooses from. */
import { connectTo, startBench, type Bench } from './backupReplication.support';
import { listSearch, loadOptions } from '../support/executeNode';
import { VeeamBackupReplication } from '../../nodes/VeeamBackupReplication/VeeamBackupReplication.node';

jest.setTimeout(60_000);

let bench: Bench;
beforeAll(async () => (bench = await startBench({ sessions: 250 })));
afterAll(async () => await bench.close());

const chosen = (value: unknown) => ({ __rl: true, mode: 'list', value: String(value) });
const session = { resource: 'session', operation: 'getSession' };

it('shows sessions newest first, a page at a time, and tells those of one name apart', async () => {
	const first = await bench.pick('sessionId', session);
	expect(first.results).toHaveLength(100);
	expect(first.paginationToken).toBe('100');
	expect(new Set(first.results.map(({ name }) => name)).size).toBe(100);
	for (const { name } of first.results)
		expect(name).toMatch(
			/ \((Success|Warning|Failed|\w+), \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\)( \[.+\])?$/,
		);

	const second = await listSearch({
		node: VeeamBackupReplication,
		credentials: bench.credentials,
		parameters: session,
		method: 'sessionIdSearch',
		paginationToken: '100',
	});
	const ids = [...first.results, ...second.results].map(({ value }) => value);
	expect(new Set(ids).size).toBe(200);
});

it('offers what fits the operation: what runs to stop, what failed to look into', async () => {
	const stop = { resource: 'session', operation: 'stopSession' };
	const failure = await bench.pick('sessionId', stop).catch((error: unknown) => error);
	expect(failure).toMatchObject({
		message: 'None of "Get many sessions" fits: state is Stopped in all',
		description: 'Nothing is running. Start a job or a restore first.',
	});
	const { results } = await bench.pick('sessionId', {
		resource: 'session',
		operation: 'getFailureReasons',
	});
	const all = await bench.json({
		resource: 'session',
		operation: 'getManySessions',
		returnAll: true,
	});
	const failed = all.filter(({ result }) => result === 'Failed' || result === 'Warning');
	expect(failed.length).toBeGreaterThan(0);
	expect(results.map(({ value }) => value)).toEqual(failed.map(({ id }) => id));
	for (const { name } of results) expect(name).toMatch(/\((Failed|Warning), /);
});

it('says how far a long list was looked through where nothing in it fits', async () => {
	const long = await startBench({ sessions: 2_100 });
	try {
		const stop = { resource: 'session', operation: 'stopSession' };
		await expect(long.pick('sessionId', stop)).rejects.toThrow(
			'None of "Get many sessions" fits: state is Stopped in the first 2000',
		);
	} finally {
		await long.close();
	}
});

it.each([-1e6, 1e12])('goes on where the total is %d off', async (by) => {
	await bench.simulator.control.fault({
		path: '/api/v1/sessions',
		action: { kind: 'changeTotal', by },
	});
	const { results, paginationToken } = await bench.pick('sessionId', session);
	expect([results.length, paginationToken]).toEqual([100, '100']);
});

it('does not take half an answer for an empty list', async () => {
	await bench.simulator.control.fault({ path: '/api/v1/sessions', action: { kind: 'broken' } });
	await expect(bench.pick('sessionId', session)).rejects.toThrow(
		'The server did not answer with a list.',
	);
});

it('offers the list to the operations of our own too', async () => {
	const { results } = await bench.pick('sessionId', {
		resource: 'session',
		operation: 'getFailureReasons',
	});
	expect(results.length).toBeGreaterThan(10);
});

it('follows an outer choice: the files of the chosen backup', async () => {
	const file = { resource: 'backupFile', operation: 'getBackupFile' };
	await expect(bench.pick('backupFileId', file)).rejects.toThrow(
		'Choose the backup first: the list depends on it',
	);
	const { results: backups } = await bench.pick('backupId', file);
	const { results } = await bench.pick('backupFileId', {
		...file,
		backupId: chosen(backups[0]!.value),
	});
	expect(results.length).toBeGreaterThan(0);
	const path = (await bench.simulator.control.requests()).at(-1)!.path;
	expect(path).toBe(`/api/v1/backups/${String(backups[0]!.value)}/backupFiles`);
});

it('finds by a part of the name, whatever the case', async () => {
	const { results } = await bench.pick('jobId', { resource: 'job', operation: 'getJob' }, 'EXCH');
	expect(results.map(({ name }) => name)).toEqual(['Backup - Exchange']);
});

it('says which version a list needs that the credential lacks', async () => {
	const old = connectTo(bench.simulator.url, { apiVersion: '1.2-rev1' });
	await expect(
		listSearch({
			node: VeeamBackupReplication,
			credentials: old,
			parameters: { resource: 'user', operation: 'getUser' },
			method: 'userIdSearch',
		}),
	).rejects.toMatchObject({ message: expect.stringMatching(/^This list needs API 1\.3-rev\d/) });
});

it('offers the values of a long enum without asking the server', async () => {
	await bench.simulator.control.clearRequests();
	const options = await loadOptions({
		node: VeeamBackupReplication,
		credentials: bench.credentials,
		parameters: { resource: 'session', operation: 'getManySessions' },
		method: 'typeFilterOptions',
	});
	expect(options.length).toBeGreaterThan(100);
	expect(options).toContainEqual({ name: 'Backup Job', value: 'BackupJob' });
	expect(await bench.simulator.control.requests()).toEqual([]);
});

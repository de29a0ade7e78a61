/** Jobs, job sessions and restores of Microsoft 365, against a simulated server. */
import { readBinary } from '../support/executeNode';
import { startBench, type Bench } from './microsoft365.support';

jest.setTimeout(120_000);

let bench: Bench;
beforeAll(async () => (bench = await startBench({ sessions: 10_000 })));
afterAll(async () => await bench.close());

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
const sessions = { resource: 'jobSession', operation: 'getJobSessions', returnAll: true };

it('gives all of more than 10,000 sessions once, newest first, though v8 names no total', async () => {
	await bench.simulator.control.clearRequests();
	const items = await bench.json({ ...sessions, simplify: false });
	expect(items.length).toBeGreaterThan(10_000);
	expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
	const times = items.map(({ creationTime }) => String(creationTime));
	expect(times).toEqual([...times].sort().reverse());
	const asked = (await bench.simulator.control.requests()).filter(({ path }) =>
		path.endsWith('/JobSessions'),
	);
	expect(asked.map(({ query }) => query)).toEqual([
		{ offset: '0', limit: '10000' },
		{ offset: '10000', limit: '10000', setId: expect.stringMatching(/^[\da-f-]{36}$/) },
	]);
	expect(
		await bench.json({ ...sessions, simplify: false }, bench.connect({ apiVersion: 'v7' })),
	).toHaveLength(items.length);
});

it('filters by the status that sessions themselves show, though the filter has another word', async () => {
	for (const status of ['Success', 'Succeeded']) {
		await bench.simulator.control.clearRequests();
		const items = await bench.json({
			...sessions,
			returnAll: false,
			limit: 20,
			filters: { status },
			simplify: false,
		});
		expect(new Set(items.map((item) => item.status))).toEqual(new Set(['Success']));
		expect((await bench.simulator.control.requests()).at(-1)!.query).toMatchObject({
			status: 'Succeeded',
		});
	}
});

describe('a backup job', () => {
	const start = async (name: string, more = {}) => {
		const { results } = await bench.pick(
			'jobId',
			{ resource: 'backupJob', operation: 'startBackupJob' },
			name,
		);
		return {
			resource: 'backupJob',
			operation: 'startBackupJob',
			jobId: { __rl: true, mode: 'list', value: String(results[0]!.value) },
			waitForCompletion: true,
			...more,
		};
	};

	// A simulated minute in 30 ms: no answer comes as soon as its session begins.
	beforeAll(async () => await bench.simulator.control.speed(2_000));

	it.each(['v6', 'v7', 'v8'])('is started and waited for in %s', async (apiVersion) => {
		await bench.simulator.control.nextOutcome({ status: 'Success' } as never);
		const job = await start('Exchange - All Users');
		const items = await bench.json(job, bench.connect({ apiVersion }));
		expect(items).toEqual([
			expect.objectContaining({
				id: expect.stringMatching(/^[\da-f-]{36}$/),
				status: 'Success',
				endTime: expect.stringMatching(/^\d{4}-/),
			}),
		]);
		const [newest] = await bench.json({ ...sessions, returnAll: false, limit: 1 });
		expect(newest!.id).toBe(items[0]!.id);
	});

	it.each(['v7', 'v8'])('that fails in %s raises an error with the reasons', async (apiVersion) => {
		await bench.simulator.control.nextOutcome({
			status: 'Failed',
			object: 'anna@example.lab',
			reason: 'The mailbox is locked',
		} as never);
		const { message, description } = await bench.failure(
			await start('Exchange - All Users'),
			bench.connect({ apiVersion }),
		);
		expect(message).toMatch(/^The job .*\(session [\da-f-]{36}\) failed\.$/);
		expect(description).toBe('Processing anna@example.lab: The mailbox is locked');
	});

	it('that fails is returned where asked, and its reasons come as items', async () => {
		await bench.simulator.control.nextOutcome({
			status: 'Failed',
			object: 'anna@example.lab',
			reason: 'The mailbox is locked',
		} as never);
		const [session] = await bench.json(
			await start('Exchange - All Users', { options: { onFailure: 'return' } }),
		);
		expect(session).toMatchObject({ status: 'Failed' });
		const { items } = await bench.run({
			resource: 'jobSession',
			operation: 'getFailureReasons',
			jobSessionsId: byId(session!.id),
		});
		expect(items).toEqual([
			{
				json: {
					jobSessionId: session!.id,
					jobId: expect.any(String),
					result: 'Failed',
					message: 'Processing anna@example.lab: The mailbox is locked',
					creationTime: expect.stringMatching(/^\d{4}-/),
					endTime: expect.stringMatching(/^\d{4}-/),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it.each(['v7', 'v8'])('loses items by a DELETE that names them (%s)', async (apiVersion) => {
		const credentials = bench.connect({ apiVersion });
		const job = { resource: 'backupJob', jobId: (await start('Exchange - All Users')).jobId };
		const items = { ...job, operation: 'getBackupJobItems', returnAll: true, simplify: false };
		const before = await bench.json(items, credentials);
		const { id } = before[0] as { id: string };
		await bench.json(
			{
				...job,
				operation: 'removeBackupJobItems',
				...(apiVersion === 'v8' ? { bodyJson: JSON.stringify([id]) } : { filters: { ids: id } }),
			},
			credentials,
		);
		expect(await bench.json(items, credentials)).toEqual(before.filter((item) => item.id !== id));
		const sent = (await bench.simulator.control.requests()).filter(
			({ method }) => method === 'DELETE',
		);
		expect(sent.at(-1)).toMatchObject(
			apiVersion === 'v8' ? { body: [id] } : { query: { ids: id } },
		);
	});
});

it('restores a mailbox to PST: session, mailbox, items, file, end of the session', async () => {
	await bench.simulator.control.settings({ downloadBytes: 300_000 });
	const { results } = await bench.pick('organizationId', {
		resource: 'restoreSession',
		operation: 'createRestoreSessionForOrganization',
	});
	const [session] = await bench.json({
		resource: 'restoreSession',
		operation: 'createRestoreSessionForOrganization',
		organizationId: { __rl: true, mode: 'list', value: String(results[0]!.value) },
		additionalFields: { type: 'Vex' },
		waitForCompletion: true,
	});
	expect(session).toMatchObject({ type: 'Vex', state: 'Working' });
	const restoreSessionId = byId(session!.id);

	const mailboxes = await bench.pick(
		'mailboxId',
		{ resource: 'mailbox', operation: 'getMailbox', restoreSessionId },
		'ada',
	);
	expect(mailboxes.results.length).toBeGreaterThan(0);
	const mailboxId = { __rl: true, mode: 'list', value: String(mailboxes.results[0]!.value) };

	const inMailbox = { restoreSessionId, mailboxId };
	const all = await bench.json({
		resource: 'mailboxItem',
		operation: 'getMailboxItems',
		...inMailbox,
		returnAll: true,
		simplify: false,
	});
	const word = String(all[0]!.subject).split(' ')[0]!;
	const found = await bench.json({
		resource: 'mailbox',
		operation: 'searchForExchangeItemsInMailbox',
		...inMailbox,
		returnAll: true,
		additionalFields: { query: `subject:${word}` },
		simplify: false,
	});
	expect(found).toEqual(all.filter(({ subject }) => String(subject).includes(word)));
	expect(found.length).toBeLessThan(all.length);

	const { items } = await bench.run({
		resource: 'mailboxItem',
		operation: 'exportMailboxItems',
		...inMailbox,
		additionalFields: { items: JSON.stringify(found.map(({ id }) => ({ id }))) },
		outputFieldName: 'mail',
	});
	expect(items).toEqual([
		{
			json: expect.objectContaining({ fileName: expect.stringMatching(/\.pst$/) }),
			binary: { mail: expect.objectContaining({ fileExtension: 'pst' }) },
			pairedItem: { item: 0 },
		},
	]);
	expect(await readBinary(items[0]!.binary!.mail)).toHaveLength(300_000);

	const stop = { resource: 'restoreSession', operation: 'stopRestoreSession', restoreSessionId };
	expect(await bench.json(stop)).toHaveLength(1);
	const get = { resource: 'restoreSession', operation: 'getRestoreSession', restoreSessionId };
	expect(await bench.json(get)).toMatchObject([{ state: 'Stopped', result: 'Success' }]);
	const { message } = await bench.failure({
		resource: 'mailbox',
		operation: 'getMailboxes',
		restoreSessionId,
	});
	expect(message).toMatch(/stopped/);
});

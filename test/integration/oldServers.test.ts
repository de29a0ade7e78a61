/**
 * Servers of Veeam Backup & Replication 12.0 to 12.3.0, and a credential whose API version is Automatic:
 * the newest revision that both know is found, the credential's test says so, an operation, a trigger and
 * the report work, and what the revision lacks names the product version that brings it.
 */
import type { IDataObject } from 'n8n-workflow';

import { VeeamBackupReplication } from '../../nodes/VeeamBackupReplication/VeeamBackupReplication.node';
import { VeeamBackupReplicationTrigger } from '../../nodes/VeeamBackupReplication/VeeamBackupReplicationTrigger.node';
import { testCredential } from '../support/executeNode';
import { ActiveTrigger } from '../support/pollNode';
import type { Failure } from './bench.support';
import { startBench, type Bench } from './backupReplication.support';

const FAILED = {
	result: 'Failed',
	object: 'mail02',
	reason: 'Disk is locked',
	atOnce: true,
} as const;

const wordOf = (result: unknown): unknown =>
	typeof result === 'string' ? result : (result as IDataObject | null)?.result;

/**
 * What each product knows, by the table in Veeam's reference ("Versioning"). Nobody has a specification of
 * 1.1-rev1 to 1.2-rev0: the simulator answers 1.1-rev1 as the version before it, and the others as the one
 * after, so that both kinds are met. Whether malware events are answered follows.
 */
const SERVERS = [
	{ product: '12.0', revisions: ['1.0-rev2', '1.1-rev0'], isAnswered: false },
	{ product: '12.1', revisions: ['1.1-rev0', '1.1-rev1'], isAnswered: false },
	{ product: '12.2', revisions: ['1.1-rev0', '1.1-rev1', '1.1-rev2'], isAnswered: true },
	{ product: '12.3.0', revisions: ['1.1-rev1', '1.1-rev2', '1.2-rev0'], isAnswered: true },
];

let bench: Bench;
beforeAll(async () => {
	bench = await startBench({}, { apiVersion: 'auto' });
});
afterAll(async () => await bench.close());

const auto = () => bench.connect({ apiVersion: 'auto' });

const versionsAsked = async (): Promise<unknown[]> =>
	(await bench.simulator.control.requests())
		.filter(({ path }) => !path.endsWith('/token'))
		.map(({ headers }) => headers['x-api-version']);

describe.each(SERVERS)('a server of $product', ({ revisions, isAnswered }) => {
	const newest = revisions.at(-1);
	beforeEach(async () => {
		await bench.simulator.control.reset();
		await bench.simulator.control.settings({ supportedVersions: revisions });
	});

	it('is found by Automatic, and the test of the credential says which revision', async () => {
		const result = await testCredential({
			node: VeeamBackupReplication,
			credentials: auto(),
			method: 'testVeeamBackupReplicationApi',
			credentialType: 'veeamBackupReplicationApi',
		});
		expect(result.message).toMatch(
			new RegExp(`^Connected: Veeam Backup & Replication .*, API ${newest}\\.$`),
		);
		expect(result.status).toBe('OK');
		// Of 12.0 there is a specification.
		expect(/\(unverified: /.test(result.message)).toBe(newest !== '1.1-rev0');
	});

	it('answers a list that both neighbours know, without a hint', async () => {
		const parameters = { resource: 'job', operation: 'getManyJobStates', returnAll: true };
		const { items, hints } = await bench.run(parameters, { credentials: auto() });
		expect(items.length).toBeGreaterThan(0);
		expect(new Set(await versionsAsked())).toEqual(new Set([newest]));
		const said = hints.map(({ message }) => message);
		expect(said.some((one) => one.includes('unverified'))).toBe(false);
	});

	it('says of an operation that it may lack which product version brings it', async () => {
		const parameters = { resource: 'malwareEvent', operation: 'getManyMalwareEvents' };
		const ended = await bench.run(parameters, { credentials: auto() }).then(
			({ hints }) => hints.map(({ message }) => message).join(' '),
			({ message, description }: Failure) => `${message} ${description ?? ''}`,
		);
		// A server that has it answers, with a hint; one that does not is refused in words.
		expect(ended).toMatch(
			isAnswered
				? new RegExp(`is unverified for API ${newest}`)
				: /API 1\.2-rev1 came with Veeam Backup & Replication 12\.3\.1\./,
		);
	});

	it('says why a session failed, and where its objects are not told apart', async () => {
		await bench.simulator.control.runJob('Backup - Exchange', FAILED);
		const sessions = { resource: 'session', operation: 'getManySessions', returnAll: true };
		const { items: all } = await bench.run(sessions, { credentials: auto() });
		const failed = all
			.map(({ json }) => json)
			.filter(({ name, result }) => name === 'Backup - Exchange' && wordOf(result) === 'Failed')
			.sort((a, b) => String(b.endTime).localeCompare(String(a.endTime)))[0];
		const { items, hints } = await bench.run(
			{
				resource: 'session',
				operation: 'getFailureReasons',
				sessionId: { __rl: true, mode: 'id', value: String(failed?.id) },
			},
			{ credentials: auto() },
		);
		const reasons = items.flatMap(({ json }) => json.reasons as string[]);
		expect(reasons.join(' ')).not.toBe('');
		const said = hints.map(({ message }) => message).join(' ');
		if (isAnswered) expect(items[0]?.json.objectName).toBe('mail02');
		else expect(said).toContain(`API ${newest} does not say which objects of a session failed`);
	});

	it('gives its report', async () => {
		const { items, hints } = await bench.run(
			{ resource: 'report', operation: 'getProtectionReport' },
			{ credentials: auto() },
		);
		const { verdict, counts } = items[0]?.json as unknown as {
			verdict: { status: string; text: string };
			counts: IDataObject;
		};
		expect(hints.some(({ message }) => /is unverified/.test(message))).toBe(newest !== '1.1-rev0');
		expect(['good', 'warning', 'bad']).toContain(verdict.status);
		expect(counts.jobs).toBeGreaterThan(0);
	});

	it('is watched by a trigger', async () => {
		const trigger = new ActiveTrigger({
			node: new VeeamBackupReplicationTrigger(),
			credentials: auto(),
			parameters: { events: ['sessionFinished'] } as never,
		});
		await trigger.activate();
		await bench.simulator.control.runJob('Backup - Exchange', FAILED);
		const found = (await trigger.poll()).filter(({ condition }) => condition === 'failed');
		expect(found.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^(Backup )?Job "Backup - Exchange" failed/),
		]);
	});
});

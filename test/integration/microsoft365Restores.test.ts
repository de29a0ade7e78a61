/** Restore sessions of Microsoft 365, and lists that lose what a DELETE names. */
import type { INodeParameters } from 'n8n-workflow';

import { adapter } from '../../nodes/VeeamBackupMicrosoft365/api/adapter';
import { overlay } from '../../nodes/VeeamBackupMicrosoft365/overlay';
import { nameOperations } from '../../nodes/shared/form/operationNames';
import { startBench, type Bench } from './microsoft365.support';

jest.setTimeout(120_000);

let bench: Bench;
beforeAll(async () => (bench = await startBench()));
afterAll(async () => await bench.close());
beforeEach(async () => await bench.simulator.control.reset());

const byId = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });
const first = async (resource: string, operation: string) => {
	const [item] = await bench.json({ resource, operation, limit: 1 });
	return byId(item!.id);
};
const open = async (operation: string, more: INodeParameters) =>
	await bench.json({
		resource: 'restoreSession',
		operation,
		additionalFields: { type: 'Vex' },
		waitForCompletion: true,
		...more,
	});

describe('a restore session', () => {
	const organization = async () => await first('organization', 'getOrganizations');
	const OPENED: Array<[string, string, () => Promise<INodeParameters>]> = [
		[
			'an organization',
			'createRestoreSessionForOrganization',
			async () => ({ organizationId: await organization() }),
		],
		[
			'a backup job',
			'createRestoreSessionForBackupJob',
			async () => ({ jobId: await first('backupJob', 'getBackupJobs') }),
		],
		[
			'a backup repository',
			'createRestoreSessionForBackupRepository',
			async () => ({
				resource: 'backupRepository',
				repositoryId: await first('backupRepository', 'getBackupRepositories'),
				organizationId: await organization(),
			}),
		],
	];

	it.each(OPENED)('is opened for %s, looked into and stopped', async (_, operation, chosen) => {
		const [session] = await open(operation, {
			...(await chosen()),
			resource: resourceOf(operation),
		});
		expect(session).toMatchObject({ type: 'Vex', state: 'Working' });
		const inSession = { resource: 'restoreSession', restoreSessionId: byId(session!.id) };
		const mailboxes = await bench.json({
			...inSession,
			resource: 'mailbox',
			operation: 'getMailboxes',
			returnAll: true,
		});
		expect(mailboxes.length).toBeGreaterThan(0);
		expect(await bench.json({ ...inSession, operation: 'stopRestoreSession' })).toHaveLength(1);
		expect(await bench.json({ ...inSession, operation: 'getRestoreSession' })).toMatchObject([
			{ state: 'Stopped' },
		]);
	});
});

describe('a restore in an open session', () => {
	const restore = async (apiVersion = 'v8') => {
		const credentials = bench.connect({ apiVersion });
		const [session] = await open('createRestoreSessionForOrganization', {
			organizationId: await first('organization', 'getOrganizations'),
		});
		const restoreSessionId = byId(session!.id);
		const [mailbox] = await bench.json({
			resource: 'mailbox',
			operation: 'getMailboxes',
			restoreSessionId,
			limit: 1,
		});
		return {
			session: session!,
			credentials,
			parameters: {
				resource: resourceOf('restoreMailboxDataToOriginalExchangeServer'),
				operation: 'restoreMailboxDataToOriginalExchangeServer',
				restoreSessionId,
				mailboxId: byId(mailbox!.id),
				bodyMode: 'json',
				bodyJson: '{}',
				waitForCompletion: true,
			},
		};
	};

	beforeEach(async () => await bench.simulator.control.speed(100));

	it('is waited for in v8: the session stays open, with the events of this restore', async () => {
		const { parameters, session } = await restore();
		for (let time = 0; time < 2; time++)
			expect(await bench.json(parameters)).toEqual([
				expect.objectContaining({
					id: session.id,
					state: 'Working',
					events: [expect.objectContaining({ type: 'Restore', status: 'Success' })],
				}),
			]);
	});

	it('that fails in v8 raises an error with the reason', async () => {
		await bench.simulator.control.nextOutcome({
			status: 'Failed',
			match: 'restore',
			reason: 'The mailbox is gone',
		} as never);
		const { parameters, session } = await restore();
		const { message, description } = await bench.failure(parameters);
		expect(message).toBe(`The restore (session ${String(session.id)}) failed.`);
		expect(description).toMatch(/The mailbox is gone$/);
	});

	it('has ended in v7 when the answer comes: it counts', async () => {
		const { parameters, credentials } = await restore('v7');
		expect(await bench.json(parameters, credentials)).toMatchObject([
			{ createdItemsCount: 1, failedItemsCount: 0 },
		]);
	});
});

const resources = new Map(
	nameOperations(adapter.catalogue(), overlay).map(({ operation, resource }) => [
		operation.id,
		resource,
	]),
);
function resourceOf(operation: string): string {
	return resources.get(operation)!;
}

it('a proxy pool loses the servers that a DELETE names', async () => {
	const pool = { resource: 'proxyPool', poolId: await first('proxyPool', 'getBackupProxyPools') };
	const list = {
		...pool,
		resource: resourceOf('getBackupProxyServersByBackupProxyPoolId'),
		operation: 'getBackupProxyServersByBackupProxyPoolId',
		returnAll: true,
		simplify: false,
	};
	const before = await bench.json(list);
	const [{ id }] = before as [{ id: string }];
	const named = [{ proxyId: id }];
	const operation = 'removeBackupProxyServersFromBackupProxyPool';
	const removed = await bench.json({
		...pool,
		resource: resourceOf(operation),
		operation,
		bodyJson: JSON.stringify(named),
	});
	expect(removed).toEqual([{ deleted: true }]);
	expect(await bench.json(list)).toEqual(before.filter((proxy) => proxy.id !== id));
	const sent = (await bench.simulator.control.requests()).filter(
		({ method }) => method === 'DELETE',
	);
	expect(sent.map(({ body }) => body)).toEqual([named]);
});

it('an organization loses the backup applications that a DELETE names', async () => {
	const organizationId = await first('organization', 'getOrganizations');
	const operation = 'removeBackupApplications';
	const ids = ['11111111-1111-4111-8111-111111111111'];
	expect(
		await bench.json({
			resource: resourceOf(operation),
			operation,
			organizationId,
			bodyJson: JSON.stringify(ids),
		}),
	).toEqual([{ deleted: true }]);
	expect((await bench.simulator.control.requests()).at(-1)).toMatchObject({
		method: 'DELETE',
		path: `/v8/Organizations/${organizationId.value}/BackupApplications`,
		body: ids,
	});
});

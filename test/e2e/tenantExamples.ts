import type { DemoStack } from '../../demo/stack';
import { importExample, mailsSince, type PollingWorkflow } from './polling';

/** The examples with a trigger of Service Provider Console. */
export function tenantExampleTests(stackOf: () => DemoStack): void {
	const running: PollingWorkflow[] = [];
	const start = async (name: string): Promise<PollingWorkflow> => {
		const workflow = await importExample(stackOf(), name);
		running.push(workflow);
		await workflow.poll();
		expect(await workflow.executions()).toEqual([]);
		return workflow;
	};
	afterEach(async () => {
		for (const workflow of running.splice(0)) await workflow.stop();
	});

	it('"alarms by tenant": one mail for each tenant, and one when it is over', async () => {
		const { mail, vspc: serviceProviderConsole } = stackOf();
		const { control } = serviceProviderConsole;
		const earlier = mail.mails.length;
		const workflow = await start('Service provider: alarms by tenant');
		const raise = async (company: string, objectName: string, message: string) =>
			await control.raiseAlarm({ company, objectName, message });

		await raise('Acme Bakery', 'acme-new-1', 'No space is left');
		await raise('Acme Bakery', 'acme-new-2', 'The connection is lost');
		await raise('Cedar Clinic', 'cedar-new', 'The license expires');
		await workflow.poll();
		const told = await mailsSince(stackOf(), earlier, 2);
		await control.alarm('cedar-new', 'Resolved');
		await workflow.poll();
		const over = (await mailsSince(stackOf(), earlier, 3))[2];

		const to = ['service-desk@example.com'];
		const alarm = (name: string) =>
			`• Alarm "Job state" on backup server "${name}" was triggered (error): `;
		expect(told.sort((one, other) => one.subject.localeCompare(other.subject))).toEqual([
			{
				to,
				subject: 'Acme Bakery: 2 alarms',
				text: expect.stringContaining('• Alarm "Job state" on'),
			},
			{
				to,
				subject: `Cedar Clinic: ${alarm('cedar-new').slice(2)}The license expires`,
				text: `${alarm('cedar-new')}The license expires`,
			},
		]);
		expect(told[0]!.text.split('\n').sort()).toEqual([
			`${alarm('acme-new-1')}No space is left`,
			`${alarm('acme-new-2')}The connection is lost`,
		]);
		expect(over).toEqual({
			to,
			subject:
				'Cedar Clinic: Over: Alarm "Job state" on backup server "cedar-new" was resolved (resolved)',
			text: '• Over: Alarm "Job state" on backup server "cedar-new" was resolved (resolved).',
		});
		expect(await workflow.executions()).toHaveLength(2);
	});

	it('"failed jobs to a table": a row for each failure, with its tenant and the reason', async () => {
		const { api, vspc: serviceProviderConsole } = stackOf();
		const { control } = serviceProviderConsole;
		const workflow = await start('Service provider: failed jobs of tenants to a table');
		const fail = async (job: string, message: string) =>
			await control.runJob(job, { status: 'Failed', failureMessage: message, atOnce: true });
		const rows = async (count: number): Promise<Array<Record<string, unknown>>> => {
			for (let attempt = 0; attempt < 100; attempt++) {
				const { data: tables } = await api.call<{
					data: Array<{ id: string; name: string; projectId: string }>;
				}>('GET', '/data-tables-global');
				const table = tables.find(({ name }) => name === 'Failed jobs of tenants');
				if (table) {
					const { data } = await api.call<{ data: Array<Record<string, unknown>> }>(
						'GET',
						`/projects/${table.projectId}/data-tables/${table.id}/rows`,
					);
					if (data.length >= count) return data;
				}
				await new Promise((done) => setTimeout(done, 200));
			}
			throw new Error(`The table did not get ${count} rows`);
		};

		await fail('Production', 'The datastore is full');
		await fail('Patient Records', 'Connection refused');
		await workflow.poll();
		await rows(2);
		await fail('Production', 'The datastore is still full');
		await workflow.poll();
		const all = await rows(3);

		expect(all.map(({ tenant, job, result, reason }) => ({ tenant, job, result, reason }))).toEqual(
			expect.arrayContaining([
				{
					tenant: 'Blue Harbor Logistics',
					job: 'Production',
					result: 'Failed',
					reason: expect.stringContaining('The datastore is full'),
				},
				{
					tenant: 'Cedar Clinic',
					job: 'Patient Records',
					result: 'Failed',
					reason: expect.stringContaining('Connection refused'),
				},
				{
					tenant: 'Blue Harbor Logistics',
					job: 'Production',
					result: 'Failed',
					reason: expect.stringContaining('The datastore is still full'),
				},
			]),
		);
		expect(all).toHaveLength(3);
		expect(new Set(all.map(({ eventId }) => eventId)).size).toBe(3);
		for (const { kind, endedAt } of all)
			expect([kind, Date.parse(String(endedAt))]).toEqual([expect.any(String), expect.any(Number)]);
	});
}

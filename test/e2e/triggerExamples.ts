import type { DemoStack } from '../../demo/stack';
import { importExample, mailsSince, type PollingWorkflow } from './polling';

/** The examples with a trigger: what a person gets of them when something happens. */
export function triggerExampleTests(stackOf: () => DemoStack): void {
	const running: PollingWorkflow[] = [];
	/** A copy that has polled once, and has said nothing. */
	const start = async (name: string): Promise<PollingWorkflow> => {
		const workflow = await importExample(stackOf(), name);
		running.push(workflow);
		await workflow.poll();
		return workflow;
	};

	let earlier = 0;
	beforeEach(() => {
		stackOf().standIns.slack.clear();
		stackOf().standIns.tickets.clear();
		earlier = stackOf().mail.mails.length;
	});
	afterEach(async () => {
		for (const workflow of running.splice(0)) await workflow.stop();
		expect(stackOf().standIns.slack.refused).toEqual([]);
	});

	/** The mails of this test, when there are so many. */
	const mails = async (count: number) => await mailsSince(stackOf(), earlier, count);

	it('"failed job to Slack and by mail": the reason of every object, in both; and the recovery', async () => {
		const { vbr: simulator, standIns } = stackOf();
		const workflow = await start('Failed job with the reason per object to Slack and by mail');
		const job = 'Backup - Exchange';
		const reason = 'Disk <1> & <2> are locked';

		const session = await simulator.control.runJob(job, {
			result: 'Failed',
			object: 'mail02',
			reason,
			atOnce: true,
		});
		await workflow.poll();

		const message = await standIns.slack.waitFor(({ channel }) => channel === '#backup-alerts');
		const server = new URL(simulator.url).host;
		const escaped = 'Disk &lt;1&gt; &amp; &lt;2&gt; are locked';
		const [context] = [message.blocks.at(-1)] as Array<{ elements: Array<{ text: string }> }>;
		expect(message.text).toBe(`Backup Job "${job}" failed:`);
		expect(message.blocks).toEqual([
			{ type: 'header', text: { type: 'plain_text', text: `❌ ${job}` } },
			{
				type: 'section',
				text: {
					type: 'mrkdwn',
					text: `Backup Job "${job}" failed:\n• mail02: ${escaped}`,
				},
			},
			{ type: 'context', elements: [{ type: 'mrkdwn', text: expect.any(String) }] },
		]);
		const where = `Veeam Backup & Replication on ${server}, `;
		expect(context!.elements[0]!.text).toContain(where.replace('&', '&amp;'));
		expect(context!.elements[0]!.text).toContain(
			String(new Date(String(session.endTime)).getFullYear()),
		);
		expect(await mails(1)).toEqual([
			{
				to: ['backup-team@example.com'],
				subject: `Backup Job "${job}" failed`,
				text: expect.stringMatching(/^Backup Job/),
			},
		]);
		const [mail] = await mails(1);
		expect(mail!.text.split('\n').slice(0, 3)).toEqual([
			`Backup Job "${job}" failed:`,
			`• mail02: ${reason}`,
			'',
		]);
		expect(mail!.text).toContain(where);

		await simulator.control.runJob(job, { atOnce: true });
		await workflow.poll();

		expect((await mails(2))[1]!.subject).toBe(`Backup Job "${job}" succeeded again`);
		await standIns.slack.waitFor(({ number }) => number === 2);
		expect(standIns.slack.messages[1]!.blocks[0]).toEqual({
			type: 'header',
			text: { type: 'plain_text', text: `✅ ${job}` },
		});
	});

	it('"repository low, offline and recovered": each with its own words', async () => {
		const { vbr: simulator } = stackOf();
		const { control } = simulator;
		const workflow = await start('Repository low, offline and recovered');
		const main = async (state: Record<string, unknown>) => {
			await control.repository('Main Repository', state);
			await workflow.poll();
		};

		await main({ freeGB: 1800 });
		await mails(1);
		await main({ freeGB: 700 });
		await mails(2);
		await main({ freeGB: 9000 });
		await mails(3);
		await main({ isOnline: false });
		await mails(4);
		await main({ isOnline: true });

		const to = ['backup-team@example.com'];
		const [look, worse, done] = [
			'Please look into it.',
			'It was reported before and got worse: please look into it now.',
			'Nothing is left to do.',
		];
		const name = 'Repository "Main Repository"';
		expect(await mails(5)).toEqual([
			{
				to,
				subject: `${name} is low on space: 1800.0 GB of 20480 GB free (8.8 %)`,
				text: `${name} is low on space: 1800.0 GB of 20480 GB free (8.8 %).\n\n${look}`,
			},
			{
				to,
				subject: `${name} is even lower on space: 700.0 GB of 20480 GB free (3.4 %)`,
				text: `${name} is even lower on space: 700.0 GB of 20480 GB free (3.4 %).\n\n${worse}`,
			},
			{
				to,
				subject: `${name} has enough space again: 9000.0 GB of 20480 GB free (43.9 %)`,
				text: `${name} has enough space again: 9000.0 GB of 20480 GB free (43.9 %).\n\n${done}`,
			},
			{ to, subject: `${name} is offline`, text: `${name} is offline.\n\n${look}` },
			{
				to,
				subject: `${name} is online again`,
				text: `${name} is online again.\n\n${done}`,
			},
		]);
	});

	it('"open and close a ticket": opened once, closed on recovery, opened anew at the next problem', async () => {
		const { vbr: simulator, standIns } = stackOf();
		const { control } = simulator;
		const workflow = await start('Open and close a ticket by incident key');
		const calls = async (count: number) => {
			await standIns.tickets.waitFor((call) => standIns.tickets.calls.indexOf(call) === count - 1);
			return standIns.tickets.calls.map(({ action, status }) => `${action} ${status}`);
		};
		const run = async (result: 'Failed' | 'Success') => {
			await control.runJob('Backup - Exchange', { result, reason: 'No space', atOnce: true });
			await workflow.poll();
		};

		await run('Failed');
		await calls(1);
		await run('Failed');
		await calls(2);
		await run('Success');
		await calls(3);
		await run('Failed');
		await calls(4);
		await control.repository('Main Repository', { isOnline: false });
		await workflow.poll();

		expect(await calls(5)).toEqual(['open 201', 'open 409', 'close 200', 'open 201', 'open 201']);
		const [first, second, third] = standIns.tickets.tickets;
		expect(standIns.tickets.tickets.map(({ state }) => state)).toEqual(['closed', 'open', 'open']);
		expect(first).toEqual({
			id: 1,
			incidentKey: expect.stringMatching(/^127\.0\.0\.1:\d+\/Backup Job\/[-\w]+\/failed$/),
			state: 'closed',
			opened: {
				incidentKey: first!.incidentKey,
				title: 'Backup Job "Backup - Exchange" failed',
				text: 'Backup Job "Backup - Exchange" failed:\n• mail01: No space',
				severity: 'error',
			},
			closed: {
				incidentKey: first!.incidentKey,
				text: 'Backup Job "Backup - Exchange" succeeded again.',
			},
		});
		expect(second!.incidentKey).toBe(first!.incidentKey);
		expect(third!.opened.text).toBe('Repository "Main Repository" is offline.');
		// Whatever was refused was to be expected: no execution failed.
		for (const id of await workflow.executions())
			expect(
				(await stackOf().api.call<{ status: string }>('GET', `/executions/${id}`)).status,
			).toBe('success');
	});

	it('"license expiring": both products, when the days are few and when a new one is there', async () => {
		const { vbr: simulator, vb365: microsoft365 } = stackOf();
		const day = (days: number) =>
			new Date(Date.now() + days * 86_400_000 + 3_600_000).toISOString();
		const workflow = await start('License expiring');
		expect(await workflow.executions()).toEqual([]);
		const change = async (vbr: number, m365: number) => {
			const expirationDate = day(vbr);
			// 1.3-rev2 has the date in the part of the license, older versions have it on top.
			await simulator.control.change('/api/v1/license', undefined, {
				expirationDate,
				instanceLicenseSummary: {
					licensedInstancesNumber: 100,
					usedInstancesNumber: 10,
					expirationDate,
				},
			});
			await microsoft365.control.change('/License', undefined, { licenseExpires: day(m365) });
			await workflow.poll();
		};

		await change(10, 20);
		const told = await mails(2);
		await change(300, 300);
		const recovered = (await mails(4)).slice(2);

		const subjects = (all: typeof told) => all.map(({ subject }) => subject).sort();
		expect(subjects(told)).toEqual([
			`Instance license expires in 10 days, on ${day(10).slice(0, 10)}`,
			`The license of Example Ltd expires in 20 days, on ${day(20).slice(0, 10)}`,
		]);
		const text = (product: string) =>
			told.find((mail) => mail.text.includes(`${product} on `))!.text;
		expect(text('Replication').split('\n')).toEqual([
			`Instance license expires in 10 days, on ${day(10).slice(0, 10)}.`,
			'',
			`Veeam Backup & Replication on ${new URL(simulator.url).host}`,
		]);
		expect(text('365').split('\n')).toEqual([
			`The license of Example Ltd expires in 20 days, on ${day(20).slice(0, 10)}.`,
			'',
			`Veeam Backup for Microsoft 365 on ${new URL(microsoft365.url).host}`,
		]);
		expect(subjects(recovered)).toEqual([
			'All well again: Veeam Backup & Replication',
			'All well again: Veeam Backup for Microsoft 365',
		]);
	});

	describe('"malware event":', () => {
		const name = 'Malware event: page someone and take a quick backup';
		const machine = (displayName: string) => ({
			severity: 'Infected',
			type: 'MalwareExtensions',
			details: 'Files with the extension .locked',
			machine: { displayName, uuid: `00000000-0000-0000-0000-0000000${displayName.length}` },
		});
		const said = () =>
			stackOf().standIns.slack.messages.map(({ channel, text }) => [channel, text]);
		const quickBackups = async () =>
			(await stackOf().vbr.control.requests()).filter(
				({ method, path }) => method === 'POST' && /quickBackup/i.test(path),
			);

		it('pages someone, and takes a quick backup of the machine', async () => {
			const { vbr: simulator, standIns } = stackOf();
			await simulator.control.settings({ sessionSeconds: 1 });
			const workflow = await start(name);
			await simulator.control.clearRequests();

			await simulator.control.addMalwareEvent(machine('app01'));
			await workflow.poll();
			await standIns.slack.waitFor(({ text }) => text.startsWith('Quick backup'));

			expect(said()).toEqual([
				[
					'#security-on-call',
					'🚨 Machine "app01" is infected: Malware Extensions. Files with the extension .locked',
				],
				['#security-on-call', 'Quick backup of app01: Success'],
			]);
			expect(await quickBackups()).toEqual([
				expect.objectContaining({
					status: 201,
					body: {
						name: 'app01',
						type: 'VirtualMachine',
						platform: 'VSphere',
						hostName: 'vcenter01.example.lab',
						objectId: 'vm-103',
					},
				}),
			]);
		});

		it('says of each of several machines whose backup failed, and which is no VM', async () => {
			const { vbr: simulator, standIns } = stackOf();
			await simulator.control.settings({ sessionSeconds: 1 });
			const workflow = await start(name);

			await simulator.control.addMalwareEvent(machine('web01'));
			await simulator.control.addMalwareEvent(machine('laptop-7'));
			await simulator.control.nextOutcome({ result: 'Failed', reason: 'Snapshot not possible' });
			await workflow.poll();
			await standIns.slack.waitFor(({ number }) => number === 4);

			const texts = said().map(([, text]) => String(text));
			expect(texts.filter((text) => text.startsWith('🚨'))).toHaveLength(2);
			expect(texts.filter((text) => !text.startsWith('🚨')).sort()).toEqual([
				'No quick backup of laptop-7: the vCenter Server knows no such VM',
				expect.stringMatching(/^No quick backup of web01: .*Snapshot not possible/s),
			]);
		});
	});

	describe('"quick backup before patching":', () => {
		const ask = async (vm: string) => {
			const response = await fetch(
				`${stackOf().n8n.address}/webhook/quick-backup-before-patching`,
				{
					method: 'POST',
					headers: { connection: 'close' },
					body: new URLSearchParams({ vm }),
				},
			);
			return { status: response.status, body: (await response.json()) as unknown };
		};
		beforeEach(async () => await stackOf().vbr.control.settings({ sessionSeconds: 1 }));

		it('answers when the VM has a new restore point', async () => {
			expect(await ask('sql01')).toEqual({
				status: 200,
				body: {
					vm: 'sql01',
					result: 'Success',
					session: 'Backup - Production VMs (Quick Backup)',
					endTime: expect.any(String),
				},
			});
			const { path, body } = (await stackOf().vbr.control.requests()).find(
				({ method, path: asked }) => method === 'POST' && asked.includes('quickBackup'),
			)!;
			expect(path).toBe('/api/v1/jobs/quickBackup/vSphere');
			expect(body).toMatchObject({ name: 'sql01', objectId: 'vm-102' });
		});

		it('answers with the reason when the backup fails', async () => {
			await stackOf().vbr.control.nextOutcome({
				result: 'Failed',
				object: 'sql01',
				reason: 'VSS writer SQL timed out',
			});

			expect(await ask('sql01')).toEqual({
				status: 502,
				body: { error: expect.stringContaining('VSS writer SQL timed out') },
			});
		});

		it('says that there is no such VM', async () => {
			expect(await ask('nobody')).toEqual({
				status: 404,
				body: { error: 'The vCenter Server knows no VM of this name.' },
			});
		});
	});
}

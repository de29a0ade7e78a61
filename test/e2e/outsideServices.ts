import type { N8nNode } from '../../demo/n8nApi';
import type { DemoStack } from '../../demo/stack';
import { baseNode, publish } from './workflows';

/** n8n's own nodes reach the stand-ins by the addresses of the real services. */
export function outsideServiceTests(stackOf: () => DemoStack): void {
	beforeEach(() => {
		stackOf().standIns.slack.clear();
		stackOf().standIns.tickets.clear();
	});

	const blocks = [
		{ type: 'header', text: { type: 'plain_text', text: 'Backup failed' } },
		{ type: 'section', text: { type: 'mrkdwn', text: '*Daily* failed: no space left' } },
	];

	it("n8n's Slack node posts a text to a channel, with its token", async () => {
		const workflow = await publish(stackOf(), 'Slack: text', [slackNode('={{ $json.body.text }}')]);

		const [answer] = await workflow.run<Record<string, unknown>>({ text: 'Daily failed' });

		expect(answer).toMatchObject({ ok: true, channel: '#backup-alerts' });
		expect(stackOf().standIns.slack.messages).toEqual([
			{
				number: 1,
				receivedAt: expect.any(Date),
				channel: '#backup-alerts',
				text: 'Daily failed',
				blocks: [],
				attachments: [],
				body: { channel: '#backup-alerts', text: 'Daily failed', ...ALSO_SENT },
			},
		]);
	});

	it("n8n's Slack node posts blocks with a text for the notification", async () => {
		const workflow = await publish(stackOf(), 'Slack: blocks', [
			slackNode('Daily failed', {
				messageType: 'block',
				blocksUi: '={{ JSON.stringify({ blocks: $json.body.blocks }) }}',
			}),
		]);

		await workflow.run({ blocks });

		expect(stackOf().standIns.slack.messages).toMatchObject([
			{ channel: '#backup-alerts', text: 'Daily failed', blocks },
		]);
	});

	it('what Slack would refuse fails the node, and another token too', async () => {
		const { api, standIns, credentials } = stackOf();
		const tooMany = Array.from({ length: 51 }, () => ({ type: 'divider' }));
		const nodes = [
			slackNode('', {
				messageType: 'block',
				blocksUi: JSON.stringify({ blocks: tooMany }),
			}),
		];
		const workflow = await publish(stackOf(), 'Slack: too many blocks', [
			{ ...nodes[0]!, onError: 'continueRegularOutput' },
		]);
		const slackApi = await api.saveCredential('Another Slack token (test)', 'slackApi', {
			accessToken: 'another',
		});
		const unauthorized = await publish(
			{ ...stackOf(), credentials: { ...credentials, slackApi } },
			'Slack: another token',
			[{ ...slackNode('Daily failed'), onError: 'continueRegularOutput' }],
		);

		expect(await workflow.run()).toEqual([{ error: 'Slack error response: "invalid_blocks"' }]);
		expect(await unauthorized.run()).toEqual([{ error: 'Slack error response: "invalid_auth"' }]);
		expect(standIns.slack.messages).toEqual([]);
		expect(standIns.slack.refused).toEqual([
			{
				error: 'invalid_blocks',
				messages: ['[ERROR] no more than 50 items allowed [json-pointer:/blocks]'],
				body: { channel: '#backup-alerts', blocks: tooMany, ...ALSO_SENT },
			},
		]);
	});

	it('an incoming webhook of Slack takes a message', async () => {
		const workflow = await publish(stackOf(), 'Slack: webhook', [
			request('https://hooks.slack.com/services/T0/B0/any', '={{ { text: $json.body.text } }}'),
		]);

		expect(await workflow.run({ text: 'Daily failed' })).toEqual([{ data: 'ok' }]);

		expect(stackOf().standIns.slack.messages).toMatchObject([
			{ channel: '', text: 'Daily failed' },
		]);
	});

	it('a ticket is opened once by its incident key, and closed', async () => {
		const incidentKey = 'server/repository/low-space';
		const open = await publish(stackOf(), 'Open a ticket', [
			request('https://tickets.example.com/tickets', '={{ $json.body }}'),
		]);
		const close = await publish(stackOf(), 'Close a ticket', [
			request('https://tickets.example.com/tickets/close', '={{ $json.body }}'),
		]);
		const opened = { incidentKey, title: 'Low on space' };
		const ticket = { id: 1, incidentKey, state: 'open', opened };

		expect(await open.run(opened)).toEqual([ticket]);
		expect(await open.run(opened)).toEqual([{ error: expect.objectContaining({ status: 409 }) }]);
		expect(await close.run({ incidentKey })).toEqual([
			{ ...ticket, state: 'closed', closed: { incidentKey } },
		]);

		expect(stackOf().standIns.tickets.calls.map(({ action, status }) => [action, status])).toEqual([
			['open', 201],
			['open', 409],
			['close', 200],
		]);
	});
}

/** n8n sends its own option along; Slack ignores it. */
const ALSO_SENT = { includeLinkToWorkflow: false };

function slackNode(text: string, more: Record<string, unknown> = {}): N8nNode {
	return {
		...baseNode('Slack', 'slack', 2.3, {
			authentication: 'accessToken',
			resource: 'message',
			operation: 'post',
			select: 'channel',
			channelId: { __rl: true, mode: 'name', value: '#backup-alerts' },
			messageType: 'text',
			text,
			otherOptions: ALSO_SENT,
			...more,
		}),
		credentials: { slackApi: { id: null, name: 'any' } },
	};
}

function request(url: string, jsonBody: string): N8nNode {
	return {
		...baseNode('Request', 'httpRequest', 4.2, {
			method: 'POST',
			url,
			sendBody: true,
			specifyBody: 'json',
			jsonBody,
			options: {},
		}),
		onError: 'continueRegularOutput',
	};
}

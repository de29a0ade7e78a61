import { freePort } from '../../../demo/ports';
import { startStandIns, type StandIns } from '../../../demo/standIns/standIns';

let standIns: StandIns;

beforeAll(async () => {
	standIns = await startStandIns(await freePort());
});
afterAll(async () => await standIns.stop());
beforeEach(() => {
	standIns.slack.clear();
	standIns.tickets.clear();
});

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

describe('The stand-in for Slack', () => {
	const post = (body: Record<string, unknown>) => standIns.slack.post(body);

	it('keeps a message with its channel, text and blocks', () => {
		const blocks = [
			{ type: 'header', text: { type: 'plain_text', text: 'Backup failed' } },
			section('*Daily* failed'),
			{ type: 'divider' },
			{ type: 'context', elements: [{ type: 'mrkdwn', text: 'by n8n' }] },
		];
		const body = { channel: '#backup', text: 'Daily failed', blocks };

		expect(post(body)).toBeUndefined();

		expect(standIns.slack.messages).toEqual([
			{
				number: 1,
				receivedAt: expect.any(Date),
				channel: '#backup',
				text: 'Daily failed',
				blocks,
				attachments: [],
				body,
			},
		]);
	});

	it.each<[string, Record<string, unknown>, { error: string; messages: string[] }]>([
		['nothing to show', { text: '', blocks: [] }, { error: 'no_text', messages: [] }],
		[
			'a text of more than 40,000 characters',
			{ text: 'x'.repeat(40_001) },
			{ error: 'msg_too_long', messages: [] },
		],
		[
			'blocks that are JSON in a text',
			{ blocks: JSON.stringify([section('a')]) },
			{ error: 'invalid_blocks_format', messages: [] },
		],
		[
			'51 blocks',
			{ blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) },
			{
				error: 'invalid_blocks',
				messages: ['[ERROR] no more than 50 items allowed [json-pointer:/blocks]'],
			},
		],
		[
			'a section of 3,001 characters',
			{ blocks: [section('ok'), section('x'.repeat(3_001))] },
			{
				error: 'invalid_blocks',
				messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]'],
			},
		],
		[
			'an empty section',
			{ blocks: [section(''), { type: 'section' }] },
			{
				error: 'invalid_blocks',
				messages: [
					'[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]',
					'[ERROR] must define either fields or text [json-pointer:/blocks/1]',
				],
			},
		],
		[
			'a heading in mrkdwn, and one of 151 characters',
			{
				blocks: [
					{ type: 'header', text: { type: 'mrkdwn', text: 'a' } },
					{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } },
				],
			},
			{
				error: 'invalid_blocks',
				messages: [
					'[ERROR] must be a valid enum value [json-pointer:/blocks/0/text/type]',
					'[ERROR] must be less than 151 characters [json-pointer:/blocks/1/text/text]',
				],
			},
		],
		[
			'11 fields in a section',
			{
				blocks: [{ type: 'section', fields: Array.from({ length: 11 }, () => section('a').text) }],
			},
			{
				error: 'invalid_blocks',
				messages: ['[ERROR] no more than 10 items allowed [json-pointer:/blocks/0/fields]'],
			},
		],
		[
			'a kind of block that Slack does not know',
			{ blocks: [{ type: 'heading' }] },
			{
				error: 'invalid_blocks',
				messages: ['[ERROR] unsupported type: heading [json-pointer:/blocks/0/type]'],
			},
		],
		[
			'the same block_id twice',
			{ blocks: ['a', 'b'].map((text) => ({ ...section(text), block_id: 'one' })) },
			{
				error: 'invalid_blocks',
				messages: ['[ERROR] block_id must be unique [json-pointer:/blocks/1/block_id]'],
			},
		],
		[
			'blocks that are each small enough, but too long together',
			{ blocks: Array.from({ length: 5 }, () => section('x'.repeat(2_900))) },
			{ error: 'msg_blocks_too_long', messages: [] },
		],
	])('refuses %s, and remembers that', (_what, parts, refusal) => {
		const body = { channel: '#backup', ...parts };

		expect(post(body)).toEqual(refusal);

		expect(standIns.slack.messages).toEqual([]);
		expect(standIns.slack.refused).toEqual([{ ...refusal, body }]);
	});

	it('takes 50 blocks, a section of 3,000 and a heading of 150 characters', () => {
		const dividers = Array.from({ length: 48 }, () => ({ type: 'divider' }));
		const heading = { type: 'header', text: { type: 'plain_text', text: 'x'.repeat(150) } };

		const blocks = [heading, section('x'.repeat(3_000)), ...dividers];

		expect(post({ channel: 'C1', blocks })).toBeUndefined();
		expect(standIns.slack.messages[0]!.blocks).toHaveLength(50);
	});

	it('a wait in vain tells what was refused', async () => {
		post({ channel: '#backup' });

		await expect(standIns.slack.waitFor(() => true, 10)).rejects.toThrow(
			'No such Slack message within 10 ms; 0 others are there. Refused: no_text.',
		);
	});
});

describe('The stand-in for a ticket system', () => {
	const call = async (path: string, body: unknown) => {
		const response = await fetch(`${standIns.address}${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		return [response.status, await response.json()];
	};

	it('opens a ticket once for an incident, and again only when it was closed', async () => {
		const incidentKey = 'server/repository-1/low-space';
		const opened = { incidentKey, title: 'Repository 1 is low' };
		const ticket = { id: 1, incidentKey, state: 'open', opened };

		expect(await call('/tickets', opened)).toEqual([201, ticket]);
		expect(await call('/tickets', opened)).toEqual([
			409,
			{ message: `Ticket 1 is open for ${incidentKey} already.`, id: 1 },
		]);
		const closed = { incidentKey, title: 'Recovered' };
		expect(await call('/tickets/close', closed)).toEqual([
			200,
			{ ...ticket, state: 'closed', closed },
		]);
		expect(await call('/tickets/close', closed)).toEqual([
			404,
			{ message: `No ticket is open for ${incidentKey}.` },
		]);
		expect(await call('/tickets', opened)).toEqual([201, { ...ticket, id: 2 }]);

		expect(standIns.tickets.calls.map(({ action, status }) => `${action} ${status}`)).toEqual([
			'open 201',
			'open 409',
			'close 200',
			'close 404',
			'open 201',
		]);
		expect(standIns.tickets.tickets.map(({ state }) => state)).toEqual(['closed', 'open']);
	});

	it('refuses a ticket without an incident key', async () => {
		expect(await call('/tickets', { title: 'Something' })).toEqual([
			400,
			{ message: 'incidentKey is missing.' },
		]);
		expect(standIns.tickets.tickets).toEqual([]);
	});
});

it('the page shows messages, refusals and tickets as text', async () => {
	standIns.slack.post({ channel: '#backup', text: '<b>R&D</b>' });
	standIns.slack.post({ channel: '#backup' });
	await fetch(`${standIns.address}/tickets`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ incidentKey: 'a<b', title: 'Low' }),
	});

	const page = await (await fetch(standIns.address)).text();

	expect(page).toContain('<p>&lt;b&gt;R&amp;D&lt;/b&gt;</p>');
	expect(page).toContain('<td>no_text</td>');
	expect(page).toContain('<tr><td>1</td><td>open</td><td>a&lt;b</td><td>Low</td></tr>');
});

import { blockHtml, messageHtml, mrkdwnHtml } from '../../../demo/standIns/slackHtml';
import { freePort } from '../../../demo/ports';
import { startStandIns } from '../../../demo/standIns/standIns';
import { renderSlackBlocks } from '../../../nodes/shared/report/slackBlocks';
import { badDay } from '../report/models';

it.each([
	[
		'*bold* and _italic_, ~gone~, `code`',
		'<b>bold</b> and <i>italic</i>, <s>gone</s>, <code>code</code>',
	],
	['a*b*c and snake_case_name', 'a*b*c and snake_case_name'],
	['&lt;b&gt; R&amp;D', '&lt;b&gt; R&amp;D'],
	['"quoted" \'so\'', '&quot;quoted&quot; &#39;so&#39;'],
	['<https://veeam.example|the log>', '<u>the log</u>'],
	['<https://veeam.example>', '<u>https://veeam.example</u>'],
	['<!channel> <@U123|ada>', '<b>@channel</b> <b>ada</b>'],
	[':red_circle: :new: :unknown_one:', '🔴 🆕 :unknown_one:'],
	['* not bold *', '* not bold *'],
])('%s is seen as %s', (text, html) => {
	expect(mrkdwnHtml(text)).toBe(html);
});

it.each([
	[{ type: 'header', text: { type: 'plain_text', text: '*A* <b>' } }, '<h3>*A* &lt;b&gt;</h3>'],
	[{ type: 'divider' }, '<hr>'],
	[
		{ type: 'context', elements: [{ type: 'mrkdwn', text: '_by_ n8n' }] },
		'<small><i>by</i> n8n</small>',
	],
	[
		{
			type: 'section',
			fields: [
				{ type: 'mrkdwn', text: '*Jobs*' },
				{ type: 'plain_text', text: '12' },
			],
		},
		'<div class="fields"><p><b>Jobs</b></p><p>12</p></div>',
	],
	[{ type: 'video' }, '<pre>{\n &quot;type&quot;: &quot;video&quot;\n}</pre>'],
])('the block %j is seen as its readers see it', (block, html) => {
	expect(blockHtml(block)).toBe(html);
});

it('the text of a message is seen where it has no blocks', () => {
	const message = { text: '*Hi*', blocks: [] as unknown[], attachments: [] };
	expect(messageHtml(message)).toContain('<p><b>Hi</b></p>');
	expect(messageHtml({ ...message, blocks: [{ type: 'divider' }] })).not.toContain('Hi');
});

it('a report is shown without a sign of its markup, on the page of the stand-in', async () => {
	const standIns = await startStandIns(await freePort());
	try {
		const blocks = renderSlackBlocks(badDay(), 20);
		expect(standIns.slack.post({ channel: '#backup', text: 'x', blocks })).toBeUndefined();
		const page = await (await fetch(standIns.address)).text();
		expect(page).toContain('<h3>Backup Report</h3>');
		expect(page).toContain('🔴 <b>2 jobs failed</b>');
		expect(page).toContain('<b>Backup - Exchange</b>');
		expect(page).not.toMatch(/:[a-z_]+_circle:|&quot;type&quot;|mrkdwn/);
	} finally {
		await standIns.stop();
	}
});

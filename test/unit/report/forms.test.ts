import { renderCsv } from '../../../nodes/shared/report/csv';
import { renderHtml } from '../../../nodes/shared/report/html';
import type { ReportModel } from '../../../nodes/shared/report/model';
import { renderSlackBlocks } from '../../../nodes/shared/report/slackBlocks';
import { figures, tablesOf } from '../../../nodes/shared/report/tables';
import { renderTeamsCard } from '../../../nodes/shared/report/teamsCard';
import { renderText } from '../../../nodes/shared/report/text';
import { subject, whereOf } from '../../../nodes/shared/report/words';
import { badDay, goodDay, HOSTILE, hostileDay, hugeEstate, hugeSections } from './models';

interface Text {
	type: string;
	text: string;
	emoji?: boolean;
	verbatim?: boolean;
}

interface Block {
	type: string;
	text?: Text;
	elements?: Text[];
}

const htmlOf = (model: ReportModel, rows = 20) => renderHtml(model, rows, '#00b336');
const blocksOf = (model: ReportModel, rows = 20) =>
	renderSlackBlocks(model, rows) as unknown as Block[];
const slackTexts = (blocks: Block[]): Text[] =>
	blocks.flatMap(({ text, elements = [] }) => [...(text ? [text] : []), ...elements]);
const bytes = (text: string) => Buffer.byteLength(text);

const hostile = Object.entries(HOSTILE);
const huge = hugeEstate();
const everySectionAndHostile = hugeSections((name) => `${'<&>🚀'.repeat(30)}"'*_${name}`);
const hugeAndHostile = hugeEstate((name) => `${'<&>🚀'.repeat(30)}"'*_👩‍👩‍👧‍👦${name}`);

describe('the HTML', () => {
	it('is made of tables and inline styles: no script, image or form, no link out of the mail', () => {
		for (const model of [goodDay(), badDay(), huge]) {
			const page = htmlOf(model);
			expect(page.match(/<(script|link|img|svg|iframe|form|object|a href="[^#])/gi)).toBeNull();
			expect(page.match(/url\(|https?:\/\//gi)).toBeNull();
		}
	});

	it('closes every element that it opens', () => {
		for (const model of [goodDay(), badDay(), hostileDay(HOSTILE.attribute!)]) {
			const open: string[] = [];
			for (const [, end, name] of htmlOf(model).matchAll(/<(\/?)([a-z]+)\b[^>]*>/g)) {
				if (['meta', 'br'].includes(name!)) continue;
				if (end) expect(open.pop()).toBe(name);
				else open.push(name!);
			}
			expect(open).toEqual([]);
		}
	});

	it.each([
		['a huge estate', huge],
		['a huge estate of hostile names', hugeAndHostile],
		['a huge estate with every section', hugeSections()],
		['a huge estate with every section and hostile names', everySectionAndHostile],
	])('weighs at most 100 KB for %s, whatever the rows asked for', (_, model) => {
		for (const rows of [1, 20, 500])
			expect(bytes(htmlOf(model, rows))).toBeLessThanOrEqual(100_000);
	});

	it('shows the rows asked for and says how many there are more', () => {
		const page = htmlOf(huge, 5);
		expect(page).toContain('+495 more');
		expect(page).toContain('+195 more');
		expect(page).toContain('+15 more');
	});

	it('shows a day in the zone of the report', () => {
		expect(htmlOf(goodDay())).toContain('Fri 20 Nov 07:00 – Sat 21 Nov 07:00 (Europe/Berlin)');
	});

	it.each(hostile)('shows hostile names as text: %s', (_, name) => {
		const harmless = htmlOf(hostileDay('harmless'));
		const tags = (page: string) =>
			page.match(/<[a-z/!][^>]*>/gi)!.map((tag) => tag.replace(/ title="[^"]*"/g, ''));
		const page = htmlOf(hostileDay(name));
		// The same elements with the same attributes as with a harmless name, but for tooltips.
		expect(tags(page).filter((tag) => tag !== '<span>' && tag !== '</span>')).toEqual(
			tags(harmless).filter((tag) => tag !== '<span>' && tag !== '</span>'),
		);
		expect(page).not.toMatch(/[\u202a-\u202e]/);
	});

	it('cuts a long name and keeps the whole as its tooltip', () => {
		const page = htmlOf(hostileDay('x'.repeat(300)));
		expect(page).toContain(`title="${'x'.repeat(300)}">${'x'.repeat(79)}…<`);
	});

	it('keeps a name from right to left to itself', () => {
		expect(htmlOf(hostileDay(HOSTILE.rightToLeft!))).toContain(
			`\u2068${HOSTILE.rightToLeft}\u2069`,
		);
	});
});

describe('the Slack blocks', () => {
	it('show by an ellipsis that a row has more facts than there is room for', () => {
		const long = '&'.repeat(200);
		const machine = { name: 'vm01', host: long, platform: long, tenant: long };
		const said = slackTexts(blocksOf({ ...badDay(), notBackedUp: [machine] })).map(
			({ text }) => text,
		);
		expect(said.filter((text) => text.includes('vm01') && text.includes(' · …'))).toHaveLength(1);
	});

	/** How many of what is numbered are shown, and how many are said to be left out. */
	const counted = (texts: string[], what: string) => ({
		shown: new Set(texts.join('\n').match(new RegExp(`${what}\\d+`, 'g'))).size,
		left: texts
			.flatMap((text) => [...text.matchAll(/\+(\d+) more/g)])
			.reduce((sum, [, n]) => sum + Number(n), 0),
	});

	it('count the points of the verdict that had no room', () => {
		const points = Array.from({ length: 80 }, (_, at) => ({
			status: 'bad' as const,
			text: `point${at} ${'&'.repeat(200)}`,
		}));
		const model = { ...goodDay(), verdict: { status: 'bad' as const, text: 'Bad', points } };
		const { shown, left } = counted(
			slackTexts(blocksOf(model)).map(({ text }) => text),
			'point',
		);
		expect(shown).toBeGreaterThan(5);
		expect(shown + left).toBe(80);
	});

	it('count the objects of a job that had no room', () => {
		const objects = Array.from({ length: 30 }, (_, at) => ({
			name: `vm${at}${'&'.repeat(70)}`,
			result: 'Failed' as const,
			reason: '&'.repeat(200),
		}));
		const [failure] = badDay().failures;
		const model = { ...badDay(), failures: [{ ...failure!, objects }] };
		const row = slackTexts(blocksOf(model, 500)).filter(({ text }) => text.includes('vm0&'));
		expect(row.map(({ text }) => text.length <= 3_000)).toEqual([true]);
		const { shown, left } = counted(
			row.map(({ text }) => text),
			'vm',
		);
		expect(shown + left).toBe(30);
	});

	it.each([
		['a good day', goodDay()],
		['a bad day', badDay()],
		['a huge estate', huge],
		['a huge estate of hostile names', hugeAndHostile],
		['a huge estate with every section', hugeSections()],
		['a huge estate with every section and hostile names', everySectionAndHostile],
	])('keep to the limits for %s: 50 blocks, 3,000 characters a text', (_, model) => {
		for (const rows of [1, 20, 500]) {
			const blocks = blocksOf(model, rows);
			expect(blocks.length).toBeLessThanOrEqual(50);
			for (const { text, type } of slackTexts(blocks)) {
				expect(text.length).toBeGreaterThan(0);
				expect(text.length).toBeLessThanOrEqual(type === 'plain_text' ? 150 : 3_000);
				// No entity is torn apart.
				if (type === 'mrkdwn') expect(text.replace(/&(amp|lt|gt);/g, '')).not.toContain('&');
			}
		}
	});

	it.each(hostile)('hold no mention, link or markup of a name: %s', (_, name) => {
		for (const { type, text, emoji, verbatim } of slackTexts(blocksOf(hostileDay(name)))) {
			if (type === 'plain_text') {
				expect(emoji).toBe(false);
				continue;
			}
			expect(verbatim).toBe(true);
			expect(text).not.toMatch(/[<>]/);
			expect(text.replace(/&(amp|lt|gt);/g, '')).not.toContain('&');
			expect(text).not.toMatch(/[~`]/);
			// Our own bold is in pairs around a name or number, and a name adds no star.
			expect(text).not.toMatch(/\*bold\*|_italic_|:rotating_light:/);
		}
	});

	it('show the name all the same', () => {
		const texts = slackTexts(blocksOf(hostileDay(HOSTILE.mention!))).map(({ text }) => text);
		expect(texts.join('\n')).toContain('*&lt;!channel&gt; &lt;@U123&gt; &lt;#C1&gt;*');
	});
});

describe('the Teams card', () => {
	it.each([
		['a good day', goodDay()],
		['a huge estate', huge],
		['a huge estate of hostile names', hugeAndHostile],
		['a huge estate with every section', hugeSections()],
		['a huge estate with every section and hostile names', everySectionAndHostile],
	])('weighs at most 28 KB for %s', (_, model) => {
		for (const rows of [1, 20, 500])
			expect(bytes(JSON.stringify(renderTeamsCard(model, rows)))).toBeLessThanOrEqual(28_000);
	});

	it('is an Adaptive Card whose texts are never read as Markdown', () => {
		const { type, version, body } = renderTeamsCard(hostileDay(HOSTILE.markdownLink!), 20) as {
			type: string;
			version: string;
			body: Array<{ type: string; inlines: Array<{ type: string; text: string }> }>;
		};
		expect([type, version]).toEqual(['AdaptiveCard', '1.4']);
		expect([...new Set(body.map((block) => block.type))]).toEqual(['RichTextBlock']);
		const runs = body.flatMap(({ inlines }) => inlines);
		expect([...new Set(runs.map((run) => run.type))]).toEqual(['TextRun']);
		expect(runs.map(({ text }) => text)).toContain(HOSTILE.markdownLink);
	});
});

describe('what is good', () => {
	const repositories = (bad: number, good: number) => ({
		...badDay(),
		repositories: Array.from({ length: bad + good }, (_, index) => ({
			id: String(index),
			name: `R${index}`,
			status: index < bad ? ('bad' as const) : ('good' as const),
		})),
	});
	const shownOf = (model: ReportModel, maxRows: number) => {
		const table = tablesOf(model, maxRows).find(({ section }) => section === 'repositories');
		return [table?.rows.length, table?.more];
	};

	it.each([
		[1, 4, 20, [5, undefined]],
		[1, 5, 20, [6, undefined]],
		[1, 200, 20, [6, '+195 without a problem, all in the CSV']],
		[0, 6, 20, [5, '+1 without a problem, in the CSV']],
		[18, 10, 20, [20, '+8 without a problem, all in the CSV']],
		[25, 10, 20, [20, '+15 more, all in the CSV']],
		[1, 200, 500, [126, '+75 without a problem, all in the CSV']],
	])('folds %i bad and %i good repositories in %i rows', (bad, good, maxRows, expected) => {
		expect(shownOf(repositories(bad, good), maxRows)).toEqual(expected);
		const rows = renderCsv(repositories(bad, good)).split('\r\n');
		expect(rows.filter((line) => line.startsWith('Repositories,'))).toHaveLength(bad + good);
	});

	it('is not what nobody knows: a license of an unknown state has no green mark', () => {
		const license = { name: 'L', status: 'good' as const, state: 'Unknown' };
		const page = htmlOf({ ...goodDay(), repositories: [], licenses: [license] });
		expect(page).toMatch(/background:#5b646d;color:#ffffff[^>]*>Unknown</);
		expect(page).not.toMatch(/background:#1a7f37;color:#ffffff[^>]*>Unknown</);
	});
});

it('a finding is a sentence: it is not cut like a name', () => {
	const text = `Repository ${'is full '.repeat(20)}and cannot be used: the proxy is off`;
	const model = { ...badDay(), findings: [{ source: 'X', text, status: 'bad' as const }] };
	expect(htmlOf(model)).toContain(text);
	expect(renderText(model, 20)).toContain(text);
});

it('a subject begins with a mark, and names whom it is about', () => {
	expect(subject(badDay())).toMatch(/^❌ Backup Report \(vbr01\.example\.lab\): 2 jobs failed, /);
	expect(subject(goodDay())).toMatch(/^✅ Backup Report \(vbr01\.example\.lab\): All is well/);
	expect(subject({ ...goodDay(), tenant: 'Alpha' })).toMatch(/^✅ Backup Report \(Alpha\): /);
});

describe('the head', () => {
	const named = { ...badDay(), host: { name: 'VBR-HQ', version: '13.0.1.1071' } };
	const WHERE = 'Veeam Backup & Replication 13.0.1.1071 · VBR-HQ (vbr01.example.lab:9419)';

	it('names the server, its address, the version and the build, in every form', () => {
		expect(htmlOf(named)).toContain(WHERE.replace('&', '&amp;'));
		expect(renderText(named, 20)).toContain(`\n${WHERE}\n`);
		expect(JSON.stringify(renderSlackBlocks(named, 20))).toContain(WHERE.replace('&', '&amp;'));
		expect(JSON.stringify(renderTeamsCard(named, 20))).toContain(WHERE);
		expect(subject(named)).toMatch(/^❌ Backup Report \(VBR-HQ\): /);
	});

	it('says an address once, and what is not known not at all', () => {
		const server = 'vbr01.example.lab:9419';
		const where = (host: object) => whereOf({ ...badDay(), server, host });
		expect(where({ name: 'VBR01.example.lab' })).toBe(`Veeam Backup & Replication · ${server}`);
		expect(where({})).toBe(`Veeam Backup & Replication · ${server}`);
		expect(where({ version: '8.1' })).toBe(`Veeam Backup & Replication 8.1 · ${server}`);
	});
});

describe('the plain text', () => {
	it('tells a bad day line by line', () => {
		const text = renderText(badDay(), 20);
		expect(text.split('\n').slice(0, 20)).toEqual([
			'Backup Report:',
			'- 2 jobs failed',
			'- 1 job missed its run',
			'- 2 objects without a recent restore point',
			'- 1 repository is offline',
			'- 1 repository is low',
			'- 2 findings',
			'- 1 license is expiring or used up',
			'- 1 job with warnings',
			'Veeam Backup & Replication · vbr01.example.lab:9419',
			'Fri 20 Nov 07:00 – Sat 21 Nov 07:00 (Europe/Berlin)',
			'Jobs: 12, Succeeded: 7, Warnings: 1, Failed: 2, Running: 1, Disabled: 1',
			'',
			'JOBS WITH FAILURES AND WARNINGS (3)',
			'[Failed] Backup - Exchange - vSphere Backup, Sat 21 Nov 00:00, 3 failures, last success Fri 20 Nov 00:00',
			'    mail01: Cannot freeze the guest: VSS writer Exchange timed out after 900 seconds',
			'[Failed] Agents - Branch Servers - Windows Agent Backup, Fri 20 Nov 22:00, no success known',
			'    br-srv02.example.lab cannot be reached: connection timed out',
			'[Warning] Backup - File Servers - vSphere Backup, Sat 21 Nov 01:00',
			'    fs01: Free space on Default Backup Repository is below 10 percent',
		]);
	});

	it.each(hostile)('has as many lines as with a harmless name: %s', (_, name) => {
		const lines = (model: ReportModel) => renderText(model, 20).split(/[\n\r\u2028]/).length;
		expect(lines(hostileDay(name))).toBe(lines(hostileDay('harmless')));
	});
});

/** A CSV reader by the book (RFC 4180). */
function parse(csv: string): string[][] {
	const rows: string[][] = [[]];
	for (const [, quoted, bare, end] of csv.matchAll(
		/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g,
	)) {
		rows.at(-1)!.push(quoted === undefined ? bare! : quoted.replaceAll('""', '"'));
		if (end === '\r\n') rows.push([]);
		if (end === '') break;
	}
	return rows.slice(0, -1);
}

describe('the CSV', () => {
	it('is one table of all rows with a mark for Excel', () => {
		const csv = renderCsv(badDay());
		expect(csv.startsWith('\ufeffSection,Tenant,Name,')).toBe(true);
		const rows = parse(csv.slice(1));
		expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([24]));
		expect(rows.filter(([section]) => section === 'Jobs')).toHaveLength(9);
		expect(rows.filter(([section]) => section === 'Repositories')).toHaveLength(4);
	});

	it('has a row for each object of a huge estate', () => {
		expect(parse(renderCsv(huge).slice(1)).length).toBeGreaterThan(20_000);
	});

	it.each([
		'=1+1',
		'+1',
		'-1',
		'@SUM(A1)',
		'\t=1',
		'\r=1',
		' =1',
		'＝1',
		'\u200b=1',
		'a\0b',
		...Object.values(HOSTILE),
	])('makes %j harmless and keeps it readable', (name) => {
		const cells = parse(renderCsv(hostileDay(name)).slice(1)).flat();
		for (const cell of cells) expect(cell).not.toMatch(/^\s*[=+\-@\t\r]/);
		const dangerous = /^\s*[=+\-@\t\r＝]/.test(name.replace('\u200b', ''));
		const kept = name.replace(/\p{Surrogate}/gu, '\ufffd').replace(/[\0\u200b\u202e]/g, '');
		expect(cells).toContain(dangerous ? `'${kept}` : kept);
	});
});

describe('what a form shows', () => {
	it('are offsets where the clocks were changed within the period', () => {
		const period = (from: string, to: string) =>
			renderText({ ...goodDay(), period: { from, to, hours: 24 } }, 20).split('\n')[2];
		expect(period('2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z')).toBe(
			'Sun 25 Oct 02:30 +02:00 – Sun 25 Oct 02:30 +01:00 (Europe/Berlin)',
		);
		expect(period('2026-10-25T01:30:00Z', '2026-10-26T01:30:00Z')).toBe(
			'Sun 25 Oct 02:30 – Mon 26 Oct 02:30 (Europe/Berlin)',
		);
	});

	it('are dashes for jobs that could not be read, not zeros', () => {
		const day = goodDay();
		const unread = { ...day.counts, jobs: null, succeeded: null, warned: null, failed: null };
		const model = {
			...day,
			counts: { ...unread, disabled: null },
			unavailable: [{ section: 'jobs' as const, reason: 'Jobs: Access denied' }],
		};
		expect(renderText(model, 20)).toContain('\nJobs: –, Succeeded: –, Warnings: –, Failed: –\n');
		expect(renderSlackBlocks(model, 20)[2]).toMatchObject({
			text: { text: 'Jobs *–* · Succeeded *–* · Warnings *–* · Failed *–*' },
		});
	});

	it('are the numbers of the sections where nobody asked for jobs', () => {
		const none = Object.fromEntries(Object.keys(goodDay().counts).map((name) => [name, null]));
		const counts = { ...none, repositories: 1_002 } as unknown as ReportModel['counts'];
		expect(renderText({ ...goodDay(), counts }, 20)).toContain('\nRepositories: 1,002\n');
	});

	it('is the same word in the mail and in the CSV, and no praise for what is not known', () => {
		const model = badDay();
		const words: Array<Partial<ReportModel['repositories'][number]>> = [
			{ online: true, status: 'good' },
			{ status: 'good' },
			{ online: false, status: 'bad' },
			{ status: 'bad', trouble: 'Error' },
			{ usedPercent: 10, capacityGB: 10, freeGB: 9, status: 'good' },
			{ usedPercent: 95, capacityGB: 10, freeGB: 0.5, status: 'warning' },
		];
		model.repositories = words.map((one, index) => ({
			...{ id: `${index}`, name: `R${index}`, status: 'good' as const },
			...one,
		}));
		const badges = [...renderText(model, 20).matchAll(/\[([^\]]*)\] R\d/g)].map(([, b]) => b);
		expect(badges).toEqual(['Online', 'Unknown', 'Offline', 'Error', 'OK', 'Low']);
		const cells = parse(renderCsv(model).slice(1));
		expect(cells.filter(([s]) => s === 'Repositories').map((row) => row[4])).toEqual(badges);
		expect(cells.map((row) => row[4])).not.toContain('bad');
		expect(htmlOf({ ...model, repositories: model.repositories.slice(0, 1) })).toContain(
			'background:#5b646d;color:#ffffff;font-size:12px;line-height:18px">Online</span>',
		);
	});

	it('is a job that runs too long with the time since when', () => {
		const longRuns = [
			{ id: 'j', name: 'Copy', since: '2026-11-18T06:00:00Z', expected: '2026-11-19T06:00:00Z' },
		];
		expect(renderText({ ...goodDay(), longRuns }, 20)).toContain(
			'[Running] Copy - running since Wed 18 Nov 07:00, next run expected Thu 19 Nov 07:00',
		);
		expect(renderCsv({ ...goodDay(), longRuns })).toContain(
			'Running for Too Long,,Copy,,Running,,Running since 2026-11-18T06:00:00Z',
		);
	});
});

describe('a report of repositories alone', () => {
	const { counts, ...good } = goodDay();
	const model: ReportModel = {
		...good,
		counts: {
			...{ ...counts, jobs: null, missedRuns: null, unprotected: null, findings: null },
			...{ repositories: 4, lowRepositories: 1, offlineRepositories: 2 },
		},
		growth: [
			{ name: 'New', usedGB: 5 },
			{ name: 'Known', usedGB: 5, grownGB: 1.5 },
		],
	};

	it('counts repositories and those in trouble, not the rows of a table', () => {
		expect(figures(model)).toEqual([
			['Repositories', '4', 'good'],
			['Offline', '2', 'bad'],
			['Low', '1', 'warning'],
		]);
		const grown = {
			...model.counts,
			...{ repositories: null, lowRepositories: null, offlineRepositories: null },
		};
		expect(figures({ ...model, counts: grown })).toEqual([['Size and growth', '2', 'good']]);
	});

	it('has no badge where growth is not known yet', () => {
		const text = renderText(model, 20);
		expect(text).toContain('\nNew - 5.0 GB used');
		expect(text).toContain('\n[+1.5 GB] Known - 5.0 GB used');
		const chats = [JSON.stringify(blocksOf(model)), JSON.stringify(renderTeamsCard(model, 20))];
		expect(chats[0]).toContain('*New* · 5.0 GB used');
		expect(chats[0]).toContain('*Known* +1.5 GB · 5.0 GB used');
		const page = htmlOf(model);
		const row = page.slice(page.indexOf('>New<'), page.indexOf('>Known<'));
		expect(row).not.toContain('border-radius:10px');
		for (const form of [...chats, text, page]) expect(form).not.toMatch(/–[\]<"]/);
	});
});

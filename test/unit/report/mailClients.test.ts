/**
 * The mail's HTML, held to what Outlook (Windows), Gmail and Apple Mail all take, or leave out without
 * harm. The lists are of this file's own: what the renderer adds has to be looked up and added here.
 */
import { combineReports } from '../../../nodes/shared/report/combine';
import { historyOf } from '../../../nodes/shared/report/history';
import { renderHtml } from '../../../nodes/shared/report/html';
import type { ReportModel } from '../../../nodes/shared/report/model';
import { badDay, goodDay, HOSTILE, hostileDay, hugeEstate, hugeSections } from './models';

const withHistory = (days: number): ReportModel => ({
	...badDay(),
	history: historyOf(
		[
			{
				id: '1',
				name: 'Daily',
				runs: [{ at: Date.parse('2026-11-20T01:00:00Z'), result: 'Failed' }],
			},
		],
		{ now: Date.parse('2026-11-21T06:00:00Z'), days, timeZone: 'UTC' },
		{ since: Date.parse('2026-11-18T00:00:00Z') },
	),
});

/** With one that could not be reported on. */
const several = (): ReportModel =>
	combineReports(
		[badDay(), { ...goodDay(), server: 'b:9419' }, { error: 'timed out' }, withHistory(7)],
		{ language: 'en', title: 'All servers', timeZone: 'UTC' },
	);

const PAGES: Array<[string, string]> = (
	[
		['a good day', goodDay()],
		['a bad day', badDay()],
		['a week of history', withHistory(7)],
		['a month of history', withHistory(30)],
		['a huge estate', hugeEstate()],
		['all sections that can be chosen', hugeSections()],
		['several servers', several()],
		['another language', badDay('ja')],
		['hostile names', hostileDay(Object.values(HOSTILE).join(' '))],
	] as Array<[string, ReportModel]>
).map(([name, model]) => [name, renderHtml(model, 20, '')]);

const ELEMENTS = 'html head meta title style body div span a b br table tr td'.split(' ');

const ATTRIBUTES: Record<string, string> = {
	html: 'lang',
	meta: 'charset name content',
	body: 'class style',
	div: 'class style',
	span: 'class style title',
	a: 'href name class style',
	b: 'class style',
	table: 'role class width cellpadding cellspacing style',
	td: 'class width height bgcolor align valign colspan style',
};

/** All three take them. */
const SAFE = [
	...['color', 'background', 'text-align', 'padding', 'padding-top', 'padding-bottom', 'margin'],
	...['font-family', 'font-size', 'font-weight', 'line-height', 'height', 'text-decoration'],
	...['border-top', 'border-left', 'border-collapse', 'display'],
];

/** Outlook on Windows leaves these out, or takes them in part: the page must do without, and it does. */
const DECORATION = [
	...['margin-top', 'border-radius', 'max-width', 'max-height', 'overflow'],
	...['white-space', 'word-break'],
];

/** Only within the <style> that dark mode and phones have. */
const SHEET = [
	...['color', 'background', 'border-color', 'padding-left', 'padding-right'],
	...['color-scheme', 'supported-color-schemes'],
];

const tagsOf = (page: string) =>
	[...page.matchAll(/<([a-z]+)((?:\s[^<>]*)?)>/g)].map(([, name = '', rest = '']) => ({
		name,
		attributes: new Map(
			[...rest.matchAll(/\s([a-z-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
		),
	}));

const declarations = (style: string): Array<[string, string]> =>
	style
		.split(';')
		.filter(Boolean)
		.map((one) => [one.slice(0, one.indexOf(':')).trim(), one.slice(one.indexOf(':') + 1).trim()]);

describe.each(PAGES)('the mail of %s', (_, page) => {
	it('has no element and no attribute that a client would drop', () => {
		const odd = tagsOf(page).flatMap(({ name, attributes }) => [
			...(ELEMENTS.includes(name) ? [] : [name]),
			...[...attributes.keys()]
				.filter((key) => !(ATTRIBUTES[name] ?? '').split(' ').includes(key))
				.map((key) => `${name} ${key}`),
		]);
		expect([...new Set(odd)]).toEqual([]);
		expect(page.match(/<(?!!DOCTYPE)[^a-z/]/g)).toBeNull();
	});

	it('has no style that needs more than tables, colours and text', () => {
		const used = tagsOf(page).flatMap(({ attributes }) =>
			declarations(attributes.get('style') ?? ''),
		);
		expect(used.length).toBeGreaterThan(50);
		const names = [...new Set(used.map(([name]) => name))];
		expect(names.filter((name) => ![...SAFE, ...DECORATION].includes(name))).toEqual([]);
		const values = used.map(([, value]) => value);
		expect(
			values.filter((value) => /url\(|var\(|calc\(|rgba?\(|hsla?\(|!important|vw|rem/.test(value)),
		).toEqual([]);
		const displays = used.filter(([name]) => name === 'display').map(([, value]) => value);
		expect(displays.filter((value) => !['none', 'inline-block'].includes(value))).toEqual([]);
	});

	it('has one style sheet of classes and media queries, small enough for Gmail', () => {
		const sheets = [...page.matchAll(/<style>([^]*?)<\/style>/g)].map(([, text = '']) => text);
		expect(sheets).toHaveLength(1);
		const [sheet = ''] = sheets;
		expect(sheet.length).toBeLessThan(8_192);
		expect(sheet.match(/@(?!media)/g)).toBeNull();
		const selectors = [...sheet.matchAll(/([^{}@]+)\{[^{}]*:[^{}]*\}/g)].map(([, one = '']) =>
			one.replace(/^[^]*\{/, '').trim(),
		);
		expect(selectors.length).toBeGreaterThan(8);
		expect(selectors.filter((one) => !/^(:root|\.[a-z-]+)$/.test(one))).toEqual([]);
		const names = [...sheet.matchAll(/[{;]\s*([a-z-]+):/g)].map(([, name = '']) => name);
		expect(names.filter((name) => !SHEET.includes(name))).toEqual([]);
	});

	it('links only within itself, to empty anchors by name', () => {
		const links = tagsOf(page).flatMap(({ attributes }) => attributes.get('href') ?? []);
		for (const link of links) expect(page.split(`<a name="${link.slice(1)}"></a>`)).toHaveLength(2);
		expect(links.filter((link) => !/^#[a-z]+$/i.test(link))).toEqual([]);
	});

	it('has a space before each !important, and borders that Outlook can draw', () => {
		expect(page).not.toMatch(/[^ ]!important/);
		for (const [, width] of page.matchAll(/border(?!-radius)[a-z-]*:(\d+)px/g))
			expect(Number(width)).toBeLessThanOrEqual(8);
	});

	it('gives every cell of a history its colour as an attribute, too', () => {
		const cells = tagsOf(page).filter(({ attributes }) => attributes.get('height') === '18');
		for (const { attributes } of cells) {
			const colour = attributes.get('bgcolor');
			expect(colour).toMatch(/^#[0-9a-f]{6}$/);
			expect(attributes.get('style')).toContain(`background:${colour};`);
		}
	});
});

it('would be caught with a layout that Outlook does not know', () => {
	const [, page] = PAGES[0]!;
	const changed = page.replace('style="margin:0', 'style="display:flex;margin:0');
	const found = tagsOf(changed).flatMap(({ attributes }) =>
		declarations(attributes.get('style') ?? ''),
	);
	expect(found).toContainEqual(['display', 'flex']);
});

import { html, plain, cut, shown } from './escape';
import type { DayMark, ReportModel, ReportPoint, ReportStatus } from './model';
import {
	bytesOf,
	figures,
	fitToLimit,
	remarks,
	tablesOf,
	type ReportRow,
	type ReportTable,
	type RowStatus,
} from './tables';
import { speechOf, type Speech } from './speech';
import { period, titleOf, whereOf } from './words';

/*
 * What mail clients take, looked up in the data of caniemail.com (github.com/hteumeuleu/caniemail, as of
 * 2026-06-29); test/unit/report/mailClients.test.ts holds every page to it:
 *
 * - Outlook on Windows (Word's engine) knows no flexbox, no grid, no position, no border-radius, no
 *   @media, no max-height, no overflow, no white-space, and of `display` only `none`: layout is tables
 *   with `width`, and what it leaves out costs looks only. It takes padding on cells alone (all cells of a
 *   row get the largest), `max-width` on tables alone, borders up to 8 px (not surely on div), and draws
 *   any weight from 600 on as bold. Background colours it takes; the `bgcolor` besides is for older ones.
 * - Gmail reads <style> (up to 16 KB, in the head) for Google accounts only, drops the whole of it for a
 *   function that it cannot read, and knows neither the dark mode query nor `color-scheme`: it changes
 *   colours by itself. Ours has classes and two media queries, and the page is readable without it.
 * - Outlook on the Mac and the web know the dark mode query, Apple Mail `color-scheme` as well.
 * - Links within a mail work in all of them where they point to an empty <a name>, not to an id; in
 *   Gmail on iOS they do nothing. Nothing depends on them.
 * - No client shows everywhere what folds by itself: what is left out is counted, and stands in the CSV.
 *   SVG and forms are for Apple Mail at best; images from outside are held back, so there are none.
 */

/** Remarks of a mail that has room for no row; of others as many more as a section has rows. */
const NOTES = 10;

/** Gmail cuts a mail beyond 102 KB. */
const LIMIT = 100_000;

/**
 * Text on a pill stays readable whichever side a client inverts; text in a status colour is the
 * class's, so that dark mode can lighten it.
 */
const COLOUR: Record<RowStatus, string> = {
	good: '#1a7f37',
	warning: '#9a6700',
	bad: '#c62828',
	neutral: '#5b646d',
};

/**
 * Mail clients that know it show this in dark mode; the others use the inline styles. Short names:
 * each is in every row.
 */
const STYLE = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.b{background:#15171a !important}.c{background:#1f2327 !important}.t{color:#e8eaed !important}
.m{color:#aab2ba !important}.l{border-color:#3a4148 !important}.u{background:#3a4148 !important}
.v-good{background:#16301e !important}.v-warning{background:#352a10 !important}.v-bad{background:#3b1a1c !important}
.f-warning{color:#f0b429 !important}.f-bad{color:#ff8a80 !important}
}
@media (max-width:480px){.p{padding-left:14px !important;padding-right:14px !important}}`;

const TINT: Record<ReportStatus, string> = {
	good: '#e6f4ea',
	warning: '#fff4dc',
	bad: '#fdeaea',
};

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const MUTED = 'color:#5b646d;font-size:13px;line-height:18px';

/**
 * The report as a mail: tables and inline styles alone (mail clients block scripts, SVG and outside
 * images), at most 100,000 bytes.
 *
 * @param brandColour `#00b336`; empty: the colour of the verdict
 */
export const renderHtml = (model: ReportModel, maxRows: number, brandColour: string): string =>
	fitToLimit(maxRows, bytesOf, LIMIT, (rows, lines) => page(model, rows, lines, brandColour));

function page(model: ReportModel, maxRows: number, maxLines: number, brandColour: string): string {
	const { verdict } = model;
	const speech = speechOf(model.language);
	const title = html(shown(titleOf(model), 150));
	const says = html(shown(verdict.text, 1_000));
	const where = html(shown(whereOf(model), 200));
	const notes = remarks(model, NOTES + maxRows);
	const tables = tablesOf(model, maxRows, maxLines);
	return `<!DOCTYPE html>
<html lang="${speech.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${title}</title><style>${STYLE}</style></head>
<body class="b" style="margin:0;padding:0;background:#f2f4f6">
<div style="display:none;max-height:0;overflow:hidden">${says}</div>
<table role="presentation" class="b" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f4f6"><tr><td align="center" style="padding:16px 8px">
<table role="presentation" class="c" width="100%" cellpadding="0" cellspacing="0" style="max-width:680px;background:#ffffff;${FONT};border-radius:6px;border-top:5px solid ${brandColour || COLOUR[verdict.status]}">
<tr><td class="p" style="padding:20px 24px 4px"><div class="t" style="color:#1c2126;font-size:22px;line-height:28px;font-weight:600">${title}</div><div class="m" style="${MUTED}">${where}<br>${html(period(model))}</div></td></tr>
<tr><td class="p" style="padding:12px 24px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td class="t v-${verdict.status}" style="padding:12px 14px;background:${TINT[verdict.status]};border-left:5px solid ${COLOUR[verdict.status]};color:#1c2126;font-size:17px;line-height:24px;font-weight:600">${verdictHtml(verdict, tables)}</td></tr></table></td></tr>
<tr><td class="p" style="padding:0 24px 8px">${figureTable(model)}</td></tr>
${tables.map((table, index) => tableHtml(table, speech, isFirst(tables, index))).join('\n')}
${notes.length > 0 ? `<tr><td class="p m" style="padding:18px 24px 0;${MUTED}">${notes.map((note) => html(shown(note, 300))).join('<br>')}</td></tr>` : ''}
<tr><td class="p" style="padding:0 24px 20px">&nbsp;</td></tr>
</table></td></tr></table>
</body></html>
`;
}

/** The worst in large letters, the rest as a list: each leads to its section. */
function verdictHtml({ text, points = [] }: ReportModel['verdict'], tables: ReportTable[]): string {
	const linked = ({ text: point, section }: ReportPoint, style: string): string => {
		const said = html(shown(point, 400));
		return tables.some((table) => table.section === section)
			? `<a href="#${section}" class="t" style="color:#1c2126;text-decoration:none;${style}">${said}</a>`
			: said;
	};
	const [first, ...others] = points;
	if (!first) return html(shown(text, 1_000));
	const small = 'font-size:14px;line-height:20px;font-weight:400';
	const rows = others.map(
		(point) =>
			`<tr><td class="f-${point.status}" width="16" valign="top" style="color:${COLOUR[point.status]};${small}">&#9679;</td><td class="t" style="color:#1c2126;${small}">${linked(point, small)}</td></tr>`,
	);
	return `${linked(first, 'font-size:17px;line-height:24px;font-weight:600')}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin-top:4px">${rows.join('')}</table>`;
}

/** Links of the verdict lead to the first table of a section. */
const isFirst = (tables: ReportTable[], index: number): boolean =>
	tables.findIndex(({ section }) => section === tables[index]?.section) === index;

function figureTable(model: ReportModel): string {
	const all = figures(model);
	// A phone has room for some forty letters beside each other: more go in two rows.
	const isWide = all.map(([label]) => label).join('').length > PHONE;
	const perRow = isWide ? Math.ceil(all.length / 2) : all.length;
	const width = Math.floor(100 / perRow);
	const cells = all.map(([label, number, status]) => {
		const wrong = status !== 'good';
		const colour = wrong ? COLOUR[status] : '#1c2126';
		return `<td width="${width}%" align="center" style="padding:6px 2px"><div class="${wrong ? `f-${status}` : 't'}" style="color:${colour};font-size:24px;line-height:30px;font-weight:600">${html(number)}</div><div class="m" style="color:#5b646d;font-size:12px;line-height:16px">${html(label)}</div></td>`;
	});
	return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0">${rowsOf(cells, perRow).join('')}</table>`;
}

/** Letters of the figures' labels that a phone shows in one row. */
const PHONE = 44;

const rowsOf = (cells: string[], perRow: number): string[] =>
	Array.from(
		{ length: Math.ceil(cells.length / perRow) },
		(_, row) => `<tr>${cells.slice(row * perRow, (row + 1) * perRow).join('')}</tr>`,
	);

function tableHtml(
	{ section, title, rows, total, days, more }: ReportTable,
	speech: Speech,
	isTarget: boolean,
): string {
	return `<tr><td class="p" style="padding:18px 24px 0"><div class="t" style="color:#1c2126;font-size:16px;line-height:22px;font-weight:600;padding-bottom:6px">${isTarget ? `<a name="${section}"></a>` : ''}${html(title)} <span class="m" style="color:#5b646d;font-weight:400">${speech.number(total)}</span></div>
<table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse">
${days === undefined ? '' : daysHead(days, speech)}${rows.map((row) => rowHtml(row, speech)).join('\n')}${more === undefined ? '' : `\n<tr><td colspan="2" class="m l" style="padding:8px 0;border-top:1px solid #dfe3e8;${MUTED}">${html(more)}</td></tr>`}
</table></td></tr>`;
}

function rowHtml(row: ReportRow, speech: Speech): string {
	if (row.marks) return markedRow(row, row.marks);
	const facts = row.facts.map((fact) => html(shown(fact, 80))).join(' · ');
	const lines = row.lines.map(
		(line) =>
			`<div class="m" style="${MUTED};padding-top:3px">${
				line.name === undefined
					? ''
					: `<b class="t" style="color:#1c2126">${named(line.name)}</b>: `
			}${html(shown(line.text, 400))}</div>`,
	);
	if (row.moreLines > 0)
		lines.push(
			`<div class="m" style="${MUTED};padding-top:3px">${html(speech.say('more', { n: row.moreLines }))}</div>`,
		);
	// Bars and reasons have the whole width: on a phone they need it.
	const below = `${row.bar === undefined ? '' : bar(row.bar)}${lines.join('')}`;
	return `<tr><td class="l" style="padding:8px 8px ${below ? 2 : 8}px 0;border-top:1px solid #dfe3e8;word-break:break-word"><div class="t" style="color:#1c2126;font-size:15px;line-height:20px">${named(row.name, row.maxName)}${row.isNew ? newMark(speech) : ''}</div>${
		facts && `<div class="m" style="${MUTED}">${facts}</div>`
	}</td><td class="l" align="right" valign="top" style="padding:8px 0 0;border-top:1px solid #dfe3e8;white-space:nowrap">${pill(row)}</td></tr>${
		below && `<tr><td colspan="2" style="padding:0 0 8px;word-break:break-word">${below}</td></tr>`
	}`;
}

/** As many days stand beside a name on a phone; more go below it. */
const BESIDE = 10;

/** The number of each day above its marks; where they have a line of their own, the first and the last. */
function daysHead(days: string[], speech: Speech): string {
	const label = 'color:#5b646d;font-size:11px;line-height:14px';
	const cell = (text: string, align = 'center', width = '') =>
		`<td class="m"${width} align="${align}" style="${label}">${html(text)}</td>`;
	const dated = (day = '') => speech.date(day, 'utc');
	if (days.length > BESIDE)
		return `<tr><td colspan="2"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr>${cell(dated(days[0]), 'left')}${cell(dated(days.at(-1)), 'right')}</tr></table></td></tr>\n`;
	return `<tr><td></td><td align="right"><table role="presentation" cellpadding="0" cellspacing="2"><tr>${days.map((day) => cell(String(Number(day.slice(-2))), 'center', ' width="18"')).join('')}</tr></table></td></tr>\n`;
}

/** A job with a cell for each day. The colour of a cell is an attribute: Outlook takes it from there. */
function markedRow(row: ReportRow, marks: DayMark[]): string {
	const facts = row.facts.map((fact) => html(shown(fact, 80))).join(' · ');
	const isBeside = marks.length <= BESIDE;
	const width = isBeside ? '18' : `${(100 / marks.length).toFixed(2)}%`;
	const cells = marks.map((mark) => {
		const { colour, sign } = DAY[mark];
		const faint = mark === 'none' || mark === 'unknown';
		return `<td width="${width}" height="18" bgcolor="${colour}" align="center"${faint ? ' class="u m"' : ''} style="background:${colour};color:${faint ? '#5b646d' : '#ffffff'};font-size:11px;line-height:18px;font-weight:600">${sign}</td>`;
	});
	const strip = `<table role="presentation"${isBeside ? '' : ' width="100%"'} cellpadding="0" cellspacing="${isBeside ? 2 : 1}"><tr>${cells.join('')}</tr></table>`;
	const title = `<div class="t" style="color:#1c2126;font-size:15px;line-height:20px">${named(row.name)}</div>${facts && `<div class="m" style="${MUTED}">${facts}</div>`}`;
	const line = 'border-top:1px solid #dfe3e8';
	return isBeside
		? `<tr><td class="l" style="padding:5px 8px 5px 0;${line};word-break:break-word">${title}</td><td class="l" align="right" valign="middle" style="padding:3px 0;${line}">${strip}</td></tr>`
		: `<tr><td colspan="2" class="l" style="padding:6px 0;${line};word-break:break-word">${title}${strip}</td></tr>`;
}

/** Failures and warnings have a sign besides: not everybody tells the colours apart. */
const DAY: Record<DayMark, { colour: string; sign: string }> = {
	good: { colour: COLOUR.good, sign: '&nbsp;' },
	warning: { colour: COLOUR.warning, sign: '!' },
	bad: { colour: COLOUR.bad, sign: '&times;' },
	none: { colour: '#e6e9ec', sign: '&nbsp;' },
	unknown: { colour: '#e6e9ec', sign: '?' },
};

const pill = ({ badge, status }: ReportRow): string =>
	badge &&
	`<span style="display:inline-block;padding:1px 9px;border-radius:10px;background:${COLOUR[status]};color:#ffffff;font-size:12px;line-height:18px">${html(shown(badge, 20))}</span>`;

/** Beside the name: a mark of its own, for a colour means how bad it is. */
const newMark = (speech: Speech): string =>
	` <span style="padding:0 6px;border-radius:8px;background:#2b5fd9;color:#ffffff;font-size:11px;line-height:16px;font-weight:600">${html(speech.say('badgeNew'))}</span>`;

/** A bar of two cells: the used part in the status's colour. */
function bar({ percent, status }: NonNullable<ReportRow['bar']>): string {
	const cell = (width: number, colour: string, name: string) =>
		width > 0
			? `<td${name} width="${width}%" style="background:${colour};height:8px;line-height:8px;font-size:1px">&nbsp;</td>`
			: '';
	return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin-top:3px"><tr>${cell(percent, COLOUR[status], '')}${cell(100 - percent, '#dfe3e8', ' class="u"')}</tr></table>`;
}

/** A name; the whole of it as the tooltip where it is cut. */
function named(text: string, max = 80): string {
	const short = html(shown(text, max));
	const whole = plain(text);
	return [...whole].length > max ? `<span title="${html(cut(whole, 300))}">${short}</span>` : short;
}

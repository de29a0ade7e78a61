/** What is wrong with the forms of a report, by what each of them may hold and how much of it. */
import { renderCsv } from '../../../nodes/shared/report/csv';
import { renderHtml } from '../../../nodes/shared/report/html';
import type { ReportModel } from '../../../nodes/shared/report/model';
import { renderSlackBlocks } from '../../../nodes/shared/report/slackBlocks';
import { renderTeamsCard } from '../../../nodes/shared/report/teamsCard';
import { renderText } from '../../../nodes/shared/report/text';
import { subject } from '../../../nodes/shared/report/words';
import { SLIP } from '../../support/damage';

const ELEMENT =
	/^<(!DOCTYPE html|\/?(html|head|title|style|body|div|span|a|b|br|table|tr|td)|meta)( [a-z-]+="[^"<>]*")*>$/;

const withoutSheet = (page: string) => page.replace(/<style>.*?<\/style>/s, '');

/** Elements by name and number; the tooltip of a long name is none. */
export function elementsOf(page: string): Record<string, number> {
	const tags = withoutSheet(page)
		.replace(/<span title="[^"]*">(.*?)<\/span>/gs, '$1')
		.match(/<\/?[a-z]+/g);
	const counts: Record<string, number> = {};
	for (const tag of tags ?? []) counts[tag] = (counts[tag] ?? 0) + 1;
	return counts;
}

/** Cells of a CSV by RFC 4180, line by line. */
export function cellsOf(csv: string): string[][] {
	const rows: string[][] = [[]];
	for (const [, quoted, bare = '', end] of csv
		.replace(/^\ufeff/, '')
		.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
		rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? bare);
		if (end === '\r\n') rows.push([]);
		if (end === '') break;
	}
	return rows.filter((row) => row.length > 1);
}

export const textsIn = (value: unknown): string[] =>
	typeof value === 'object' && value !== null
		? Object.entries(value).flatMap(([key, one]) =>
				key === 'text' && typeof one === 'string' ? [one] : textsIn(one),
			)
		: [];

/** Kinds of elements of a card. */
const typesIn = (value: unknown): string[] =>
	typeof value === 'object' && value !== null
		? Object.entries(value).flatMap(([key, one]) =>
				key === 'type' && typeof one === 'string' ? [one] : typesIn(one),
			)
		: [];

/** What is wrong with the forms of a report. */
export function faultsOf(model: ReportModel): string[] {
	const page = renderHtml(model, 20, '');
	const blocks = renderSlackBlocks(model, 20);
	const said = textsIn(blocks);
	const card = renderTeamsCard(model, 20);
	const cells = cellsOf(renderCsv(model));
	const text = renderText(model, 20);
	const line = subject(model);
	const tags = withoutSheet(page).match(/<[^>]*>/g) ?? [];
	const odd = tags.filter((tag) => !ELEMENT.test(tag));
	const strayed = withoutSheet(page)
		.replace(/<[^>]*>/g, '')
		.match(/[<>].{0,20}/);
	const open = said.slice(1).filter((one) => (one.match(/\*/g) ?? []).length % 2 !== 0);
	const cut = said.slice(1).filter((one) => /&(?!(amp|lt|gt);)/.test(one));
	const header = JSON.stringify(blocks[0]);
	const checks: Array<[boolean, string]> = [
		[odd.length > 0, `HTML: ${odd[0]}`],
		[strayed !== null, `HTML outside of elements: ${strayed?.[0]}`],
		[Buffer.byteLength(page) > 102_400, `HTML of ${Buffer.byteLength(page)} bytes`],
		[blocks.length > 50, `${blocks.length} blocks`],
		[said.some((one) => one.length > 3_000), 'a Slack text of more than 3,000 characters'],
		[said.some((one) => one.trim() === ''), 'an empty Slack text'],
		[said.slice(1).some((one) => /[<>]/.test(one)), 'a Slack link or mention'],
		[open.length > 0, `Slack's bold is open: ${open[0]?.slice(0, 200)}`],
		[cut.length > 0, `Slack's & is bare: ${cut[0]?.slice(0, 200)}`],
		[textsIn(blocks[0]).join().length > 150, `a header of more than 150 characters: ${header}`],
		[Buffer.byteLength(JSON.stringify(card)) > 28 * 1024, 'a card of more than 28 KB'],
		[
			typesIn(card).some((one) => !['AdaptiveCard', 'RichTextBlock', 'TextRun'].includes(one)),
			`a card of ${typesIn(card).join()}`,
		],
		[new Set(cells.map((row) => row.length)).size !== 1, 'CSV: rows of several lengths'],
		[
			cells.flat().some((cell) => /^\s*[=+@＝＋＠]/.test(cell)),
			`CSV: a formula: ${cells.flat().find((cell) => /^\s*[=+@]/.test(cell))}`,
		],
		[/(?![\n])[\p{Cc}\u2028\u2029]/u.test(text), 'text: a control character'],
		[
			/[\p{Cc}\u2028]/u.test(line) || [...line].length > 255,
			`a subject of ${[...line].length}: ${line}`,
		],
		[SLIP.test(text), `text: ${SLIP.exec(text)?.[0]}`],
	];
	return checks.flatMap(([isWrong, what]) => (isWrong ? [what] : []));
}

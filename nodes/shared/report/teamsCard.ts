import type { IDataObject } from 'n8n-workflow';

import { shown } from './escape';
import { squaresOf } from './history';
import type { ReportModel } from './model';
import {
	bytesOf,
	figures,
	fitToLimit,
	remarks,
	tablesOf,
	type ReportRow,
	type RowStatus,
} from './tables';
import { speechOf, type Speech } from './speech';
import { period, titleOf, whereOf } from './words';

/** Teams takes 28 KB with the message around the card. */
const LIMIT = 24_000;

const COLOUR: Record<RowStatus, string> = {
	good: 'Good',
	warning: 'Warning',
	bad: 'Attention',
	neutral: 'Default',
};

/** An Adaptive Card for Microsoft Teams, at most 24,000 bytes. */
export const renderTeamsCard = (model: ReportModel, maxRows: number): IDataObject =>
	fitToLimit(
		maxRows,
		(card) => bytesOf(JSON.stringify(card)),
		LIMIT,
		(rows, lines) => card(model, rows, lines),
	);

function card(model: ReportModel, maxRows: number, maxLines: number): IDataObject {
	const { verdict } = model;
	const speech = speechOf(model.language);
	return {
		type: 'AdaptiveCard',
		$schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
		version: '1.4',
		msteams: { width: 'Full' },
		body: [
			line([
				run(shown(titleOf(model), 150), {
					size: 'Large',
					weight: 'Bolder',
				}),
			]),
			line([
				run(shown(verdict.points?.[0]?.text ?? verdict.text, 500), {
					color: COLOUR[verdict.status],
					weight: 'Bolder',
				}),
			]),
			...(verdict.points ?? []).slice(1).map((point) =>
				line([run('● ', { color: COLOUR[point.status] }), run(shown(point.text, 150))], {
					spacing: 'Small',
				}),
			),
			line(
				figures(model).map(([label, number, status], index) =>
					run(`${index > 0 ? ' · ' : ''}${label} ${number}`, {
						...(status !== 'good' ? { color: COLOUR[status] } : {}),
					}),
				),
			),
			line([run(`${shown(whereOf(model), 150)} · ${period(model)}`, muted)]),
			...tablesOf(model, maxRows, maxLines).flatMap(({ title, rows, total, days, more }) => [
				line(
					[
						run(`${title} (${speech.number(total)})${days ? ` ${speech.span(days)}` : ''}`, {
							weight: 'Bolder',
						}),
					],
					{
						spacing: 'Large',
						separator: true,
					},
				),
				...rows.flatMap((row) => rowLines(row, speech)),
				...(more === undefined ? [] : [line([run(more, muted)])]),
			]),
			...remarks(model, 10).map((note) => line([run(shown(note, 300), muted)])),
		],
	};
}

const muted: IDataObject = { isSubtle: true, size: 'Small' };

// Text of a TextRun is never read as Markdown, unlike that of a TextBlock or a fact.
const run = (text: string, more: IDataObject = {}): IDataObject => ({
	type: 'TextRun',
	text,
	...more,
});

const line = (inlines: IDataObject[], more: IDataObject = {}): IDataObject => ({
	type: 'RichTextBlock',
	inlines,
	...more,
});

function rowLines(row: ReportRow, speech: Speech): IDataObject[] {
	const facts = row.facts.map((fact) => shown(fact, 80)).join(' · ');
	if (row.marks)
		return [
			line([
				run(`${squaresOf(row.marks)} ${shown(row.name, 80)}`),
				...(facts ? [run(` · ${facts}`, muted)] : []),
			]),
		];
	return [
		line([
			...(row.badge
				? [run(`${shown(row.badge, 20)}  `, { color: COLOUR[row.status], weight: 'Bolder' })]
				: []),
			...(row.isNew
				? [run(`${speech.say('badgeNew')}  `, { color: 'Accent', weight: 'Bolder' })]
				: []),
			run(shown(row.name, row.maxName ?? 80)),
			...(facts ? [run(` · ${facts}`, muted)] : []),
		]),
		...row.lines.map(({ name, text }) =>
			line(
				[run(`    ${name === undefined ? '' : `${shown(name, 80)}: `}${shown(text, 150)}`, muted)],
				{ spacing: 'None' },
			),
		),
		...(row.moreLines > 0
			? [line([run(`    ${speech.say('more', { n: row.moreLines })}`, muted)], { spacing: 'None' })]
			: []),
	];
}

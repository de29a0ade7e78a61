import { shown } from './escape';
import type { ReportModel } from './model';
import { signsOf } from './history';
import { figures, remarks, tablesOf } from './tables';
import { speechOf } from './speech';
import { period, subject, titleOf, whereOf } from './words';

/** The report as a plain text mail: lines of one fact each, no markup. */
export function renderText(model: ReportModel, maxRows: number): string {
	const speech = speechOf(model.language);
	const { points } = model.verdict;
	const name = (text: string) => shown(text, 80);
	const lines = [
		...(points === undefined
			? [subject(model, 1_000)]
			: [`${shown(titleOf(model), 200)}:`, ...points.map(({ text }) => `- ${shown(text, 400)}`)]),
		shown(whereOf(model), 200),
		period(model),
		figures(model)
			.map(([label, number]) => `${label}: ${number}`)
			.join(', '),
	];
	for (const { title, rows, total, days, more } of tablesOf(model, maxRows)) {
		lines.push('', `${title.toLocaleUpperCase(speech.locale)} (${speech.number(total)})`);
		if (days) lines.push(`${speech.span(days)}: ${speech.say('signs')}`);
		for (const row of rows) {
			const facts = row.facts.map(name).join(', ');
			if (row.marks) {
				lines.push(`${signsOf(row.marks)} ${name(row.name)}${facts && ` - ${facts}`}`);
				continue;
			}
			lines.push(
				`${row.badge && `[${shown(row.badge, 20)}] `}${row.isNew ? `${speech.say('badgeNew').toLocaleUpperCase(speech.locale)} ` : ''}${shown(row.name, row.maxName ?? 80)}${facts && ` - ${facts}`}`,
			);
			for (const line of row.lines)
				lines.push(
					`    ${line.name === undefined ? '' : `${name(line.name)}: `}${shown(line.text, 300)}`,
				);
			if (row.moreLines > 0) lines.push(`    ${speech.say('more', { n: row.moreLines })}`);
		}
		if (more !== undefined) lines.push(more);
	}
	const notes = remarks(model);
	if (notes.length > 0) lines.push('', ...notes.map((note) => `* ${shown(note, 300)}`));
	return `${lines.join('\n')}\n`;
}

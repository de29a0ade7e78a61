import type { IDataObject } from 'n8n-workflow';

import { cut, mrkdwn, plain, shown } from './escape';
import { squaresOf } from './history';
import type { ReportModel } from './model';
import {
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

/** Slack's documented limits. */
const BLOCKS = 50;
const TEXT = 3_000;
const HEADER = 150;

/** Sections of text: the rest of the 50 is for the head, the figures and the remarks. */
const TEXT_BLOCKS = 40;

const SIGN: Record<RowStatus, string> = {
	good: ':large_green_circle:',
	warning: ':large_yellow_circle:',
	bad: ':red_circle:',
	neutral: ':white_circle:',
};

/** A message of Slack's Block Kit: at most 50 blocks, no text longer than 3,000 characters. */
export function renderSlackBlocks(model: ReportModel, maxRows: number): IDataObject[] {
	const speech = speechOf(model.language);
	const sections = fitToLimit<string[]>(
		maxRows,
		(blocks) => blocks.length,
		TEXT_BLOCKS,
		(rows, lines) => tablesOf(model, rows, lines).flatMap((table) => tableTexts(table, speech)),
	);
	const { verdict } = model;
	const where = whereOf(model);
	return [
		{
			type: 'header',
			text: {
				type: 'plain_text',
				emoji: false,
				text: headline(titleOf(model)),
			},
		},
		...verdictTexts(verdict, speech).map(section),
		section(
			figures(model)
				.map(([label, number]) => `${label} *${number}*`)
				.join(' · '),
		),
		context(`${name(where, 200)}\n${name(period(model), 200)}`),
		...sections.map(section),
		...notesOf(model).map(context),
	].slice(0, BLOCKS);
}

const NOTE_BLOCKS = 3;

/** Notes, as many as fit in three blocks. */
function notesOf(model: ReportModel): string[] {
	return fullest(
		30,
		(most) =>
			texts(
				remarks(model, most).map((note) => `• ${name(note, 300)}`),
				'',
			),
		(blocks) => blocks.length <= NOTE_BLOCKS,
	);
}

const VERDICT_BLOCKS = 3;

/** The worst, and of the rest as many as fit in three blocks: escaped, a sign may be five. */
function verdictTexts(
	{ status, text, points = [] }: ReportModel['verdict'],
	speech: Speech,
): string[] {
	const [first, ...others] = points;
	const worst = `${SIGN[status]} *${name(first?.text ?? text, 500)}*`;
	const lines = others.map((point) => `• ${name(point.text, 150)}`);
	return fullest(
		lines.length,
		(most) => texts(speech.withMore(lines, most), worst),
		(blocks) => blocks.length <= VERDICT_BLOCKS,
	);
}

/** What has the most parts and still fits; without any where nothing does. */
function fullest<T>(parts: number, made: (most: number) => T, fits: (one: T) => boolean): T {
	for (let most = parts; most > 0; most--) {
		const one = made(most);
		if (fits(one)) return one;
	}
	return made(0);
}

/** An emoji counts as two. */
const headline = (text: string): string =>
	plain(text).length > HEADER ? cut(plain(text), HEADER / 2) : plain(text);

const name = (text: string, max = 80): string => mrkdwn(shown(text, max));

// Verbatim: an address in a name stays text.
const said = (text: string): IDataObject => ({ type: 'mrkdwn', text, verbatim: true });

const section = (text: string): IDataObject => ({ type: 'section', text: said(text) });

const context = (text: string): IDataObject => ({ type: 'context', elements: [said(text)] });

/** A table as texts that Slack takes; rows are never torn apart. */
function tableTexts({ title, rows, total, days, more }: ReportTable, speech: Speech): string[] {
	return texts(
		[...rows.map((row) => rowText(row, speech)), ...(more === undefined ? [] : [more])],
		`*${title}* (${speech.number(total)})${days ? ` ${speech.span(days)}` : ''}`,
	);
}

function texts(parts: string[], head: string): string[] {
	const all: string[] = [];
	let text = head;
	for (const piece of parts) {
		if (text.length + 1 + piece.length > TEXT) {
			all.push(text);
			text = piece;
		} else text = text === '' ? piece : `${text}\n${piece}`;
	}
	return text === '' ? all : [...all, text];
}

/** Facts of a row, as many as leave room for its name; an ellipsis stands for the others. */
function joined(facts: string[]): string {
	return fullest(
		facts.length,
		(most) => [...facts.slice(0, most), ...(most < facts.length ? ['…'] : [])].join(' · '),
		(text) => text.length <= TEXT / 3,
	);
}

function rowText(row: ReportRow, speech: Speech): string {
	const facts = joined(row.facts.map((fact) => name(fact)));
	if (row.marks) return `${squaresOf(row.marks)} ${name(row.name)}${facts && ` · ${facts}`}`;
	const head = `${SIGN[row.status]} ${row.isNew ? ':new: ' : ''}*${name(row.name, row.maxName)}*${row.badge && ` ${name(row.badge, 20)}`}${facts && ` · ${facts}`}`;
	const lines = row.lines.map(
		(line) => `• ${line.name === undefined ? '' : `${name(line.name)}: `}${name(line.text, 150)}`,
	);
	// Lines are left out whole: a cut inside one could tear markup apart.
	return fullest(
		lines.length,
		(most) => [head, ...speech.withMore(lines, most, row.moreLines)].join('\n      '),
		(text) => text.length <= TEXT,
	);
}

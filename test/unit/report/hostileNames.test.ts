/**
 * Names that mean harm, on everything that has a name in the answers of a server: jobs, machines,
 * repositories, tenants, users, servers. A report of them is that of the same estate with plain names, in
 * every form: the same lines, the same elements, the same cells.
 */
import { NodeApiError, type IDataObject } from 'n8n-workflow';

import type { VeeamClient } from '../../../nodes/shared/http/types';
import { combineReports } from '../../../nodes/shared/report/combine';
import { renderCsv } from '../../../nodes/shared/report/csv';
import { renderHtml } from '../../../nodes/shared/report/html';
import type { ReportModel } from '../../../nodes/shared/report/model';
import { renderSlackBlocks } from '../../../nodes/shared/report/slackBlocks';
import { LANGUAGES, type Language } from '../../../nodes/shared/report/speech';
import { renderTeamsCard } from '../../../nodes/shared/report/teamsCard';
import { renderText } from '../../../nodes/shared/report/text';
import { subject } from '../../../nodes/shared/report/words';
import { SLIP } from '../../support/damage';
import { HOSTILE } from './models';
import { SOURCES } from './randomEstates';
import { VERSIONS, wellOf } from './wellEstates';

jest.setTimeout(300_000);

const NAMES: Record<string, string> = {
	...HOSTILE,
	veryLong: 'Backup of the machines in the second data centre, '.repeat(10),
	longEmoji: '👩🏽‍🚒'.repeat(60),
	arabic: 'نسخة احتياطية للخادم',
	isolates: '\u2066\u2067\u2068 turned \u202d',
	marks: 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘',
	controls: 'a\u0000b\u0007c\td\u001b[31me\u0085f',
	comment: '--><!-- <![endif]--></td></tr></table>',
	style: '</style></title><style>*{display:none}</style>',
	numeric: '&#60;img src=x onerror=alert(1)&#62;',
	slackDate: '<!date^1392734382^{date}|x> <!subteam^S1> @here #general',
	table: '| a | b |\n|---|---|\n> quote\n- list\n1. one',
	csv: '","\r\n"=1+1","@SUM(1)',
	nothing: '\u200b\ufeff ',
};

/** Fields that hold what a person may call something. */
const NAMED =
	/^(name|displayName|hostName|jobName|serverName|objectName|vb365ServerName|backupServerName|organizationName|companyName|repositoryName|licensedTo|initiatedBy|userName|managedServerName|email)$/i;

/** A client of the same server on which everything is called so; what it was asked by name is turned back. */
function calling(client: VeeamClient, prefix: string): VeeamClient {
	const plain = new Map<string, string>();
	const renamed = (value: unknown, key = ''): unknown => {
		if (Array.isArray(value)) return value.map((one) => renamed(one, key));
		if (typeof value === 'object' && value !== null)
			return Object.fromEntries(
				Object.entries(value).map(([name, one]) => [name, renamed(one, name)]),
			);
		if (typeof value !== 'string' || value === '' || !NAMED.test(key)) return value;
		plain.set(prefix + value, value);
		return prefix + value;
	};
	const back = <T extends { pathParameters?: Record<string, string> }>(request: T): T => ({
		...request,
		...(request.pathParameters === undefined
			? {}
			: {
					pathParameters: Object.fromEntries(
						Object.entries(request.pathParameters).map(([name, one]) => [
							name,
							plain.get(one) ?? one,
						]),
					),
				}),
	});
	return {
		...client,
		request: async (one) => {
			const answer = await client.request(back(one));
			return { ...answer, body: renamed(answer.body) as IDataObject };
		},
		list: async (one, options) => renamed(await client.list(back(one), options)) as IDataObject[],
	};
}

const ELEMENT =
	/^<(!DOCTYPE html|\/?(html|head|title|style|body|div|span|a|b|br|table|tr|td)|meta)( [a-z-]+="[^"<>]*")*>$/;

const withoutSheet = (page: string) => page.replace(/<style>.*?<\/style>/s, '');

/** Elements by name and number; the tooltip of a long name is none. */
function elementsOf(page: string): Record<string, number> {
	const tags = withoutSheet(page)
		.replace(/<span title="[^"]*">(.*?)<\/span>/gs, '$1')
		.match(/<\/?[a-z]+/g);
	const counts: Record<string, number> = {};
	for (const tag of tags ?? []) counts[tag] = (counts[tag] ?? 0) + 1;
	return counts;
}

/** Cells of a CSV by RFC 4180, line by line. */
function cellsOf(csv: string): string[][] {
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

const textsIn = (value: unknown): string[] =>
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
function faultsOf(model: ReportModel): string[] {
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

/** What must not depend on names: how many lines, elements and rows there are. */
const shapeOf = (model: ReportModel) => ({
	...{ lines: renderText(model, 20).split('\n').length, rows: cellsOf(renderCsv(model)).length },
	elements: elementsOf(renderHtml(model, 20, '')),
	blocks: textsIn(renderSlackBlocks(model, 20)).join('\n').split('\n').length,
	verdict: model.verdict.status,
	counts: model.counts,
});

const SPOKEN = Object.keys(LANGUAGES) as Language[];

describe.each(SOURCES)('a report of $name', ({ client, report }) => {
	it.each(Object.entries(NAMES))(
		'has its form, whatever things are called: %s',
		async (kind, name) => {
			const place = Object.keys(NAMES).indexOf(kind);
			const language = SPOKEN[place % SPOKEN.length]!;
			const seed = 1 + place;
			// Both are made at one moment of a day: the estates have a clock of their own.
			const made = async (prefix: string): Promise<ReportModel[]> => {
				try {
					return await report(calling(client(seed), prefix), language, seed);
				} catch (error) {
					// A server that refuses everything has no report.
					if (error instanceof NodeApiError) return [];
					throw error;
				}
			};
			const [models, plain] = [await made(name), await made('Zz ')];
			expect(models).toHaveLength(plain.length);
			const title = { title: name, timeZone: 'UTC', language };
			const all = models.length === 0 ? [] : [...models, combineReports(models, title)];
			for (const model of all)
				expect(faultsOf({ ...model, title: name, server: name })).toEqual([]);
			// What is cut is another matter, and a point would end the name of a host.
			if (name.length > 80 || name.includes('.')) return;
			for (const [index, model] of models.entries())
				expect(shapeOf(model)).toEqual(shapeOf(plain[index]!));
		},
	);
});

describe.each(VERSIONS)('an estate of %s that is well', (version) => {
	it('is so whatever things are called', async () => {
		const { product, models } = await wellOf(version);
		for (const [kind, name] of Object.entries(NAMES)) {
			const found = await product.report(calling(product.client(), name), 'en');
			expect([kind, found.map(({ verdict, counts }) => [verdict.status, counts])]).toEqual([
				kind,
				models.map(({ verdict, counts }) => [verdict.status, counts]),
			]);
		}
	});
});

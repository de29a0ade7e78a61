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
import { renderText } from '../../../nodes/shared/report/text';
import { cellsOf, elementsOf, faultsOf, textsIn } from './formFaults';
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

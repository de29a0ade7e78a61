import { REPORT_SECTIONS as OF_REPLICATION } from '../../nodes/VeeamBackupReplication/report/sections';
import { REPORT_SECTIONS as OF_CONSOLE } from '../../nodes/VeeamServiceProviderConsole/report/sections';
import { renderCsv } from '../../nodes/shared/report/csv';
import { renderHtml } from '../../nodes/shared/report/html';
import { renderSlackBlocks } from '../../nodes/shared/report/slackBlocks';
import { renderTeamsCard } from '../../nodes/shared/report/teamsCard';
import { renderText } from '../../nodes/shared/report/text';
import { hugeEstate, hugeSections } from '../unit/report/models';
import {
	bigMicrosoft365Report,
	bigVbrReport,
	bigVspcReport,
	type BigReport,
} from '../support/bigReports';

const REPORTS: Array<
	[name: string, pageAsked: number, report: (page: number) => Promise<BigReport>]
> = [
	...(['1.2-rev1', '1.3-rev2'] as const).map((version): (typeof REPORTS)[number] => [
		`Backup & Replication ${version}`,
		Infinity,
		async (page) => await bigVbrReport(version, page),
	]),
	...(['v6', 'v8'] as const).map((version): (typeof REPORTS)[number] => [
		`Microsoft 365 ${version}`,
		10_000,
		async (page) => await bigMicrosoft365Report(version, page),
	]),
	['Service Provider Console 3.6.1', 500, async (page) => await bigVspcReport('3.6.1', page)],
];

/** One line for each product: requests of its report, where the server gives the page asked for and 200. */
export async function countReportRequests(): Promise<string[]> {
	const lines: string[] = [];
	for (const [name, pageAsked, report] of REPORTS) {
		const asked = await report(pageAsked);
		const small = await report(200);
		const { jobs, repositories } = asked.counts;
		lines.push(
			`Report of ${jobs} jobs and ${repositories} repositories, ${name}: ${asked.requests} requests at the page asked for, ${small.requests} at 200 a page`,
		);
	}
	return lines;
}

/** One line for each product that has them: requests with every section that can be chosen. */
export async function countSectionRequests(): Promise<string[]> {
	const of = async (name: string, report: Promise<BigReport>) =>
		`The same with every section, ${name}: ${(await report).requests} requests`;
	return [
		await of(
			'Backup & Replication 1.2-rev1',
			bigVbrReport('1.2-rev1', Infinity, OF_REPLICATION.all),
		),
		await of(
			'Backup & Replication 1.3-rev2',
			bigVbrReport('1.3-rev2', Infinity, OF_REPLICATION.all),
		),
		await of('Service Provider Console 3.6.1', bigVspcReport('3.6.1', 500, OF_CONSOLE.all)),
	];
}

const kilobytes = (text: string): string => `${(Buffer.byteLength(text) / 1000).toFixed(1)} KB`;

/** What the forms of big reports weigh, and how long rendering takes: Gmail cuts a mail at 102 KB. */
export const weighForms = (): string[] =>
	[
		['500 jobs, 10,000 objects', hugeEstate()] as const,
		['1,000 jobs, every section, 30 days', hugeSections()] as const,
	].map(([name, model]) => {
		const began = performance.now();
		const html = kilobytes(renderHtml(model, 20, ''));
		const slack = renderSlackBlocks(model, 20).length;
		const teams = kilobytes(JSON.stringify(renderTeamsCard(model, 20)));
		const text = kilobytes(renderText(model, 20));
		const csv = kilobytes(renderCsv(model));
		const took = Math.round(performance.now() - began);
		return `Forms of ${name}: HTML ${html}, ${slack} Slack blocks, Teams ${teams}, text ${text}, CSV ${csv}, in ${took} ms`;
	});

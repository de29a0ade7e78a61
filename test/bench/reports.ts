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

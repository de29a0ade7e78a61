import type { IDataObject } from 'n8n-workflow';

import { readTime } from '../../shared/common/time';
import { byStatus, iso } from '../../shared/report/assess';
import type { Sections } from '../../shared/report/collect';
import type { ReportFinding, ReportStatus } from '../../shared/report/model';
import type { PageReader } from '../../shared/report/pageReader';
import { inWords, isKnown, same } from '../model/catalogueFacts';
import { PATH, recordedAt } from '../model/malware';
import { textOf } from '../model/text';

const SEVERITY: Array<[severity: string, status: ReportStatus]> = [
	['Infected', 'bad'],
	['Suspicious', 'warning'],
];

/** Malware events of the period, the worst first. */
export async function readMalware(
	reader: PageReader,
	sections: Sections,
	from: number,
): Promise<ReportFinding[]> {
	// By the time an event was recorded where the version can: external ones bring old times.
	const name = 'createdAfterTimeUtcFilter';
	const filter = isKnown(reader, `GET ${PATH}`, { name }) ? name : 'detectedAfterTimeUtcFilter';
	const { items, isWhole } = await reader.read({
		method: 'GET',
		path: PATH,
		query: { [filter]: iso(from) },
	});
	if (!isWhole) sections.cut('findings', 'Malware events: there are more than a report reads.');
	return items
		.filter(({ state, severity }) => !same(state, 'FalsePositive') && !same(severity, 'Clean'))
		.map((event): ReportFinding => {
			const { displayName } = (event.machine ?? {}) as IDataObject;
			const time = readTime(event.detectionTimeUtc) ?? readTime(recordedAt(event));
			const what = textOf(event.details) || inWords(textOf(event.type));
			return {
				source: 'Malware detection',
				text: `${textOf(displayName) || 'Unknown machine'}: ${what} (${textOf(event.severity)})`,
				status: SEVERITY.find(([severity]) => same(event.severity, severity))?.[1] ?? 'good',
				...(time === undefined ? {} : { time: iso(time) }),
			};
		})
		.sort(byStatus);
}

/**
 * What the Security & Compliance Analyzer found.
 *
 * @returns `neverRun` where it has no results at all
 */
export async function readBestPractices(
	reader: PageReader,
): Promise<{ findings: ReportFinding[]; neverRun: boolean }> {
	const practices = await reader.counted(
		async () =>
			await reader.client.list(
				{ method: 'GET', path: '/api/v1/securityAnalyzer/bestPractices' },
				{ pageIn: 'none' },
			),
	);
	return {
		neverRun: practices.length === 0,
		findings: practices
			.filter(({ status }) => same(status, 'Violation'))
			.map(({ bestPractice, note }) => ({
				source: 'Security & Compliance Analyzer',
				text: `Not met: ${inWords(textOf(bestPractice))}${note ? ` (${textOf(note)})` : ''}`,
				status: 'warning' as const,
			})),
	};
}

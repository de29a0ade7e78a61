import { readTime } from '../../shared/common/time';
import { byStatus, iso } from '../../shared/report/assess';
import type { Sections } from '../../shared/report/collect';
import type { ReportFinding, ReportStatus } from '../../shared/report/model';
import type { PageReader } from '../../shared/report/pageReader';
import { hasStatus, PATH as PRACTICES, practiceName } from '../model/bestPractices';
import * as malware from '../model/malware';
import { textOf } from '../model/text';

/** By the grade of a finding. */
const STATUS: ReportStatus[] = ['good', 'warning', 'bad'];

/** Malware events of the period, the worst first. */
export async function readMalware(
	reader: PageReader,
	sections: Sections,
	from: number,
): Promise<ReportFinding[]> {
	// By the time an event was recorded where the version can: external ones bring old times.
	const { items, isWhole } = await reader.read({
		method: 'GET',
		path: malware.PATH,
		query: { [malware.timesOf(reader).filter]: iso(from) },
	});
	if (!isWhole) sections.cut('findings', 'Malware events: there are more than a report reads.');
	return items
		.filter((event) => !malware.isFalsePositive(event) && !malware.isClean(event))
		.map((event): ReportFinding => {
			const time = readTime(event.detectionTimeUtc) ?? readTime(malware.recordedAt(event));
			const what = textOf(event.details) || malware.kindOfFinding(event);
			return {
				id: textOf(event.id),
				source: 'Malware detection',
				text: `${malware.machineOf(event).name}: ${what} (${textOf(event.severity)})`,
				status: STATUS[malware.gradeOf(event)]!,
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
		async () => await reader.client.list({ method: 'GET', path: PRACTICES }, { pageIn: 'none' }),
	);
	return {
		neverRun: practices.length === 0,
		findings: practices
			.filter((practice) => hasStatus(practice, 'Violation'))
			.map((practice) => {
				const note = textOf(practice.note);
				return {
					id: textOf(practice.id),
					source: 'Security & Compliance Analyzer',
					text: `Not met: ${practiceName(practice)}${note ? ` (${note})` : ''}`,
					status: 'warning' as const,
				};
			}),
	};
}

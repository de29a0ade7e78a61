import { readTime } from '../../shared/common/time';
import { byStatus, iso } from '../../shared/report/assess';
import type { Sections } from '../../shared/report/collect';
import type { ReportFinding, ReportStatus } from '../../shared/report/model';
import type { PageReader } from '../../shared/report/pageReader';
import { deciding, hasStatus, PATH as PRACTICES, practiceName } from '../model/bestPractices';
import * as malware from '../model/malware';
import { textOf } from '../model/text';

/** By the grade of a finding. */
const STATUS: ReportStatus[] = ['good', 'warning', 'bad'];

/** Malware events of the period, the worst first. */
export async function readMalware(
	reader: PageReader,
	sections: Sections,
	{ from, now }: { from: number; now: number },
): Promise<ReportFinding[]> {
	// By the time an event was recorded where the version can: external ones bring old times.
	const list = await reader.read({
		method: 'GET',
		path: malware.PATH,
		query: { [malware.timesOf(reader).filter]: iso(from) },
	});
	const { speech } = sections;
	const items = sections.itemsOf('findings', 'Malware events', list);
	sections.unread('findings', 'Malware events', items, {
		...{ deciding: malware.deciding, about: (event) => malware.machineOf(event).name, now },
	});
	const { open, cleaned } = malware.openFindings(items);
	if (cleaned > 0) sections.notes.push(speech.say('findingsCleaned', { n: cleaned }));
	return open
		.map((event): ReportFinding => {
			const time = readTime(event.detectionTimeUtc) ?? readTime(malware.recordedAt(event));
			const what = textOf(event.details) || speech.term(malware.kindOfFinding(event));
			return {
				id: textOf(event.id),
				source: 'Malware detection',
				text: `${speech.term(malware.machineOf(event).name)}: ${what} (${speech.term(textOf(event.severity))})`,
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
	sections: Sections,
	now: number,
): Promise<{ findings: ReportFinding[]; neverRun: boolean }> {
	const practices = sections.itemsOf(
		'findings',
		'Security & Compliance Analyzer',
		await reader.read({ method: 'GET', path: PRACTICES }),
	);
	const { speech } = sections;
	sections.unread('findings', 'Security & Compliance Analyzer', practices, {
		...{ deciding, about: practiceName, now },
	});
	return {
		neverRun: practices.length === 0,
		findings: practices
			.filter((practice) => hasStatus(practice, 'Violation'))
			.map((practice) => {
				const note = textOf(practice.note);
				const name = practiceName(practice);
				return {
					id: textOf(practice.id),
					source: 'Security & Compliance Analyzer',
					text: speech.say('practiceNotMet', { practice: note ? `${name} (${note})` : name }),
					status: 'warning' as const,
				};
			}),
	};
}

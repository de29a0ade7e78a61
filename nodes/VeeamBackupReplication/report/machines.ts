import type { ReportObject } from '../../shared/report/model';
import type { Sections } from '../../shared/report/collect';
import type { PageReader } from '../../shared/report/pageReader';
import { inWords } from '../model/catalogueFacts';
import { readProtection } from '../model/machines';

/**
 * Machines without a restore point inside the RPO. One in several backups (a backup and its copy)
 * needs a young point in any of them.
 *
 * @param limit ISO 8601: points since then are inside
 * @param jobs ids of those the report is about; undefined: all
 */
export async function readUnprotected(
	reader: PageReader,
	sections: Sections,
	limit: string,
	jobs: Set<string> | undefined,
): Promise<{ rows: ReportObject[]; total: number }> {
	const found = await readProtection(reader, limit, jobs);
	const { speech } = sections;
	for (const reason of found.unresolved) sections.cut('unprotected', speech.saying(reason));
	if (found.leftOvers > 0) sections.notes.push(speech.say('leftOvers', { n: found.leftOvers }));
	const rows = found.unprotected
		.map(
			({ name, type, last }): ReportObject => ({
				...{ name, type: inWords(type) },
				...(last === undefined ? {} : { lastRestorePoint: last }),
			}),
		)
		.sort((a, b) => a.name.localeCompare(b.name));
	return { rows, total: found.total };
}

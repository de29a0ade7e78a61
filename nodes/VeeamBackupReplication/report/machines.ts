import type { ReportObject } from '../../shared/report/model';
import type { Sections } from '../../shared/report/collect';
import type { PageReader } from '../../shared/report/pageReader';
import { inWords } from '../model/catalogueFacts';
import { deciding, readProtection } from '../model/machines';
import { nameOf } from '../model/text';

/**
 * Machines without a restore point inside the RPO. One in several backups (a backup and its copy)
 * needs a young point in any of them.
 *
 * @param limit milliseconds since 1970: points since then are inside
 * @param now by the server's clock
 * @param jobs ids of those the report is about; undefined: all
 */
export async function readUnprotected(
	reader: PageReader,
	sections: Sections,
	{ limit, now }: { limit: number; now: number },
	jobs: Set<string> | undefined,
): Promise<{ rows: ReportObject[]; total: number }> {
	const found = await readProtection(reader, { limit, now }, jobs);
	const { speech } = sections;
	sections.unread('unprotected', 'Restore points', found.undated, {
		...{ deciding, about: nameOf, now },
	});
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

import type { IDataObject } from 'n8n-workflow';

import type { VeeamRequest } from '../../shared/http/types';
import type { Sections } from '../../shared/report/collect';
import type { Term } from '../../shared/report/languages/en';
import type { ReportSection } from '../../shared/report/model';
import type { PageReader } from '../../shared/report/pageReader';

/**
 * A list as far as a report reads one; what is cut off is said.
 *
 * @returns undefined where no section wants it, or where it is refused
 */
export async function readList(
	reader: PageReader,
	all: Sections,
	sections: ReportSection[],
	what: Term,
	request: VeeamRequest,
): Promise<IDataObject[] | undefined> {
	const read = await all.of(
		sections,
		what,
		async () => await reader.read({ ...request, label: what }),
	);
	if (read && !read.isWhole)
		all.cut(
			sections,
			all.speech.say('cutFirst', { what: all.speech.term(what), n: read.items.length }),
		);
	return read?.items;
}

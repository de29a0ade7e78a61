import type { IDataObject } from 'n8n-workflow';

import type { VeeamRequest } from '../../shared/http/types';
import type { Sections, Unread } from '../../shared/report/collect';
import type { Term } from '../../shared/report/languages/en';
import type { ReportSection } from '../../shared/report/model';
import type { PageReader } from '../../shared/report/pageReader';
import { text } from '../model/values';

/** What a record is called; an alarm by what it is about. */
const nameOf = ({ name, hostName, instanceUid, object }: IDataObject): string =>
	text(name) ||
	text(hostName) ||
	text((object as IDataObject | null)?.objectName) ||
	text(instanceUid);

/** What of the records of a list has to be readable. */
export interface Judged {
	deciding: Unread['deciding'];
	/** Whose a record is: what another tenant has, and cannot be read, is no gap of this report. */
	isOurs: (record: IDataObject) => boolean;
}

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
	judged?: Judged,
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
	if (read && judged) {
		const { deciding, isOurs } = judged;
		const ours = read.items.filter(isOurs);
		all.unread(sections, what, ours, { deciding, about: nameOf, now: reader.now() });
	}
	return read?.items;
}

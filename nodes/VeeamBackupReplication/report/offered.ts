import type { Sections } from '../../shared/report/collect';
import type { ReportSection } from '../../shared/report/model';
import type { PageReader } from '../../shared/report/pageReader';
import type { Term } from '../../shared/report/languages/en';
import { standingIn } from '../model/catalogueFacts';
import { isNotOffered } from '../model/notOffered';

/** A part of a section that not every version has. */
interface Part {
	section: ReportSection | readonly ReportSection[];
	/** "Replicas": begins the reason of a refusal. */
	what: Term;
	/** `GET /path`: without it the version does not have the part. */
	operation: string;
	/** Says that the version does not have it. */
	note: string;
}

/**
 * What a part of a section reads; undefined with a note where the version does not have it. Where
 * nobody knows whether it does, the server is asked: that it has no such operation is no refusal.
 */
export async function whereOffered<T>(
	reader: PageReader,
	sections: Sections,
	{ section, what, operation, note }: Part,
	read: () => Promise<T>,
): Promise<T | undefined> {
	const offered = standingIn(reader, operation);
	if (offered === 'unknown') {
		sections.notOffered(section, note);
		return undefined;
	}
	return await sections.of(section, what, async () => {
		try {
			return await read();
		} catch (error) {
			if (offered === 'known' || !isNotOffered(error)) throw error as Error;
			sections.notOffered(section, note);
			return undefined;
		}
	});
}

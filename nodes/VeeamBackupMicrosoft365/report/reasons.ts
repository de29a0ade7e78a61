import { failedObjects } from '../model/failedObjects';
import { readFailureReasons } from '../model/failureReasons';
import { resultDetails } from '../model/jobSessions';
import { same } from '../api/read';
import type { ReportJob } from '../../shared/report/model';
import type { PageReader } from '../../shared/report/pageReader';
import type { FailedJob } from './jobs';

/** Failed sessions whose log is read: it alone names the objects. */
const LOGS = 3;

/** Stands for the job where a line of a log names no object: an object may be called like its job. */
const ITSELF = '';

/**
 * Adds why they failed: by object from the logs of the first ones, with the session's own words for
 * the others. A log that cannot be read costs its lines alone.
 *
 * @returns the failures, and notes on the logs that were not read
 */
export async function addReasons(
	reader: PageReader,
	failures: FailedJob[],
): Promise<{ failures: ReportJob[]; notes: string[] }> {
	// One at least, however many requests the rest of the report took.
	const logs = Math.max(1, Math.min(LOGS, reader.left));
	const read = failures.filter(({ session }) => session !== undefined).slice(0, logs);
	const unread: string[] = [];
	const all: ReportJob[] = [];
	for (const failure of failures) {
		const { session, ...job } = failure;
		if (!session) {
			all.push(job);
			continue;
		}
		const lines = read.includes(failure)
			? await readFailureReasons(reader, session).catch((error: Error) => {
					unread.push(`Reasons of "${job.name}" could not be read: ${error.message}`);
					return [];
				})
			: [];
		const found = failedObjects(lines, ITSELF);
		const own = found.find(({ object }) => object === ITSELF)?.reasons.join(' · ');
		const objects = found
			.filter(({ object }) => object !== ITSELF)
			.map(({ object, result, reasons }) => ({
				name: object,
				result: same(result, 'Failed') ? ('Failed' as const) : ('Warning' as const),
				reason: reasons.join(' · '),
			}));
		const words = own ?? resultDetails(session) ?? 'See the log of its session.';
		const isSaid = objects.length > 0 && own === undefined;
		all.push({ ...job, objects, ...(isSaid ? {} : { reason: words }) });
	}
	const left = failures.some((one) => one.session !== undefined && !read.includes(one));
	return {
		failures: all,
		notes: [
			...(left
				? ['Reasons of each object are read for the first failures only: see the session logs.']
				: []),
			...unread,
		],
	};
}

import { failedObjects } from '../model/failedObjects';
import { readFailureReasons } from '../model/failureReasons';
import { isStopped, resultDetails } from '../model/jobSessions';
import { same } from '../api/read';
import type { ReportJob } from '../../shared/report/model';
import type { Speech } from '../../shared/report/speech';
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
	speech: Speech,
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
					unread.push(speech.say('reasonsUnread', { job: job.name, reason: error.message }));
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
		const words =
			own ??
			(isStopped(session) ? speech.say('stoppedEarly') : resultDetails(session)) ??
			speech.say('seeLogOfSession');
		const isSaid = objects.length > 0 && own === undefined;
		all.push({ ...job, objects, ...(isSaid ? {} : { reason: words }) });
	}
	const left = failures.some((one) => one.session !== undefined && !read.includes(one));
	return {
		failures: all,
		notes: [...(left ? [speech.say('reasonsOfFirst')] : []), ...unread],
	};
}

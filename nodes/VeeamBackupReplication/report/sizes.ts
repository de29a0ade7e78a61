import type { IDataObject } from 'n8n-workflow';

import type { Sections } from '../../shared/report/collect';
import { gigabytes } from '../../shared/report/growth';
import type { ReportSection } from '../../shared/report/model';
import type { PageReader } from '../../shared/report/pageReader';
import { isKnown } from '../model/catalogueFacts';
import { PATH as JOBS, type Job } from '../model/jobs';
import { PATH as SESSIONS, sizesIn, type Runs, type RunSizes } from '../model/sessions';
import { addSizes, PATH as TASKS, readTaskSizes } from '../model/taskSessions';
import { textOf } from '../model/text';
import type { JobReport } from './jobs';
import { whereOffered } from './offered';

/**
 * Adds what the runs read and sent to the jobs' states, and sums it up over the period.
 *
 * A session has its sizes from 1.3-rev2 on, a job those of its last session from 1.3-rev0 on: no request.
 * Where the version has neither, or the sum needs runs before the last, the tasks of the period have
 * them: one request for all.
 *
 * @returns the sums over all runs of the period; undefined where no run says anything
 */
export async function addRunSizes(
	reader: PageReader,
	sections: Sections,
	{ reports, jobs, runs, from }: { reports: JobReport[]; jobs: Job[]; runs: Runs; from: number },
): Promise<{ readGB?: number; transferredGB?: number } | undefined> {
	const ended = [...runs.byJob.values()].flat();
	const lastOf = new Map(
		jobs.flatMap(({ lastSession }) => (lastSession ? [[lastSession.id, lastSession.sizes]] : [])),
	);
	const own = (session: IDataObject): RunSizes | undefined =>
		sizesIn(session.progress) ?? lastOf.get(textOf(session.id));
	const has = (operation: string, field: string) =>
		isKnown(reader, operation, { name: `returns.${field}` });
	const ofSessions = has(`GET ${SESSIONS}`, 'progress');
	// The sum needs all runs, a job its last one alone.
	const lacking: ReportSection[] = [
		...(!ofSessions && sections.wants('growth') ? (['growth'] as const) : []),
		...(!ofSessions && sections.wants('allJobs') && !has(`GET ${JOBS}`, 'sessionProgress')
			? (['allJobs'] as const)
			: []),
	];
	const isMissing = ended.length > 0 && lacking.length > 0;
	const tasks = isMissing
		? await whereOffered(
				reader,
				sections,
				{
					...{ section: lacking, what: 'Task sessions', operation: `GET ${TASKS}` },
					note: sections.speech.say('sizesMissing', { version: reader.client.version }),
				},
				async () => await readTaskSizes(reader, from),
			)
		: undefined;
	if (tasks && !tasks.isWhole) sections.notes.push(sections.speech.say('sizesYoungest'));
	const sizesOf = (session: IDataObject): RunSizes | undefined =>
		own(session) ?? tasks?.bySession.get(textOf(session.id));
	for (const { state, shown: session } of reports) {
		const { read, transferred } = (session && sizesOf(session)) ?? {};
		if (read !== undefined) state.readGB = gigabytes(read);
		if (transferred !== undefined) state.transferredGB = gigabytes(transferred);
	}
	const sum = ended.map(sizesOf).reduce<RunSizes>((all, one) => addSizes(all, one), {});
	if (sum.read === undefined && sum.transferred === undefined) return undefined;
	return {
		...(sum.read === undefined ? {} : { readGB: gigabytes(sum.read) }),
		...(sum.transferred === undefined ? {} : { transferredGB: gigabytes(sum.transferred) }),
	};
}

import type { IDataObject } from 'n8n-workflow';

import { knows } from '../../shared/catalogue';
import type { ReadFields } from '../../shared/catalogue/readFields';
import { readTime } from '../../shared/common/time';
import { UserFacingFailure } from '../../shared/http/errors';
import { iso } from '../../shared/report/assess';
import type { EndedRun } from '../../shared/report/history';
import type { PageReader } from '../../shared/report/pageReader';
import { adapter } from '../api/adapter';
import { organizationOf } from './companies';
import type { RunResult } from './jobs';
import { same, text } from './values';
import { objectsIn } from '../../shared/common/objects';

const PATH = '/infrastructure/jobSessionHeatmap/';

const SESSION = 'dataPerDays.sessions';

export const reads: ReadFields[] = [
	{
		operation: `GET ${PATH}`,
		fields: [
			'dataPerDays',
			...['jobName', 'serverName', 'organizationUid', 'result', 'startTime', 'endTime'].map(
				(field) => `${SESSION}.${field}`,
			),
		],
		without: 'a note: before 3.6 the console has the last run of each job only',
	},
];

/** Whether the version has past sessions of jobs at all. */
export const hasJobHistory = (version: string): boolean =>
	knows(adapter.catalogue(), version, `GET ${PATH}`);

/** What the console remembers of one job. It names jobs by name and server here, not by id. */
export interface RememberedJob {
	id: string;
	name: string;
	/** Of the company, reseller or provider whose it is; empty where none. */
	organization: string;
	runs: EndedRun[];
}

/** What the console writes where a session has not ended, or ended without a result. */
const isNoResult = (result: unknown): boolean =>
	['', 'None', 'Running', 'Unknown'].some((one) => same(text(result), one));

const RESULTS: RunResult[] = ['Success', 'Warning', 'Failed'];

/**
 * All sessions of jobs between two times, by job: one request, without pages.
 *
 * @param since,until milliseconds since 1970
 * @throws UserFacingFailure where the answer is none
 */
export async function readJobHistory(
	reader: PageReader,
	since: number,
	until: number,
): Promise<RememberedJob[]> {
	const { dataPerDays } = await reader.get(PATH, 'data', { from: iso(since), to: iso(until) });
	if (dataPerDays !== null && !Array.isArray(dataPerDays))
		throw new UserFacingFailure({
			message: 'The server did not answer with sessions of jobs.',
			description: 'The answer may have been cut off on the way: look at proxies in between.',
		});
	const jobs = new Map<string, RememberedJob>();
	for (const session of (dataPerDays ?? []).flatMap(sessionsOf)) {
		const result = RESULTS.find((one) => same(session.result, one));
		const at = readTime(session.endTime) ?? readTime(session.startTime);
		// One that goes on, or has said nothing yet, has no result.
		if (at === undefined || (result === undefined && isNoResult(session.result))) continue;
		const [name, organization] = [text(session.jobName), organizationOf(session)];
		const id = [organization, text(session.serverName), name].join('/');
		const job = jobs.get(id) ?? { id, name, organization, runs: [] };
		job.runs.push({ at, result: result ?? 'Unknown' });
		jobs.set(id, job);
	}
	return [...jobs.values()];
}

const sessionsOf = (day: unknown): IDataObject[] => {
	const { sessions } = (day ?? {}) as IDataObject;
	return objectsIn(sessions);
};

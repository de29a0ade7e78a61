import type { IDataObject } from 'n8n-workflow';

import type { Page } from '../../shared/http/pageWalk';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { isJobless, JobFinder } from '../model/jobFinder';
import { jobPages } from './jobPages';

/** What was read in a poll: jobs are asked for once. */
const finders = new WeakMap<PollContext['client'], Promise<JobFinder>>();

/** The sessions with their jobs, also in 1.1-rev0, where that takes the list of jobs. */
export async function withJobs(
	pollContext: PollContext,
	sessions: IDataObject[],
): Promise<IDataObject[]> {
	if (!sessions.some(isJobless)) return sessions;
	const { client } = pollContext;
	const finder = finders.get(client) ?? readFinder(pollContext);
	finders.set(client, finder);
	const jobs = await finder;
	return sessions.map((session) => jobs.withJob(session));
}

/** The same, page by page. */
export async function* pagesWithJobs(
	pollContext: PollContext,
	pages: AsyncIterable<Page>,
): AsyncGenerator<Page, void, undefined> {
	for await (const page of pages) yield { ...page, items: await withJobs(pollContext, page.items) };
}

async function readFinder(pollContext: PollContext): Promise<JobFinder> {
	const jobs: IDataObject[] = [];
	for await (const { items } of jobPages(pollContext, 0)) jobs.push(...items);
	return new JobFinder(jobs);
}

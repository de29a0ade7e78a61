import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { finishedRunsEvent, runFields } from '../../shared/monitoring/finishedRuns';
import { listOf } from '../../shared/monitoring/options';
import type { Notification, EventDefinition } from '../../shared/monitoring/types';
import type { PollContext } from '../../shared/monitoring/pollContext';
import { COMPANIES, isWantedCompany, withCompany } from './company';
import { JOB_KINDS, resultOf, type JobKind } from '../model/jobLists';
import { filterBy, pagesOf, sortBy, text } from '../model/lists';

const VALUE = 'jobFinished';
const KINDS = `${VALUE}Kinds`;

/** Reasons stand in the list; the console does not say what will be retried. */
const NOT_HERE = ['includeReasons', 'onlyAfterLastRetry'];

const usual = runFields(VALUE, 'getJobs', [
	{
		displayName: 'Job Kinds',
		name: KINDS,
		type: 'multiOptions',
		options: JOB_KINDS.map(({ name, value }) => ({ name, value })),
		default: ['agent', 'server', 'vb365'],
		description: 'Which jobs to watch; each kind takes a request of its own per poll',
	},
]);

const optionsOf = (more: INodeProperties): INodeProperties[] =>
	[...(usual.options ?? []).filter(({ name }) => !NOT_HERE.includes(name)), more].sort((a, b) =>
		a.displayName.localeCompare(b.displayName),
	);

const described = {
	value: VALUE,
	name: 'Job Finished',
	description:
		'A backup server job, agent job or Microsoft 365 job has ended: failed, with warnings or well',
	fields: usual.fields,
	options: optionsOf(COMPANIES),
};

/** Each kind of job names its organization in its own way. */
const organizationOf = (job: IDataObject): string | undefined =>
	text(job.vspcOrganizationUid) ||
	text(job.mappedOrganizationUid) ||
	text(job.organizationUid) ||
	undefined;

/** The runs of one list of jobs. */
const runsOf = (kind: JobKind): EventDefinition =>
	finishedRunsEvent(described, {
		overlap: kind.overlap,
		newest: async (pollContext) => {
			const query = { sort: sortBy(kind.time, 'descending'), limit: 50 };
			const body = await pollContext.get({ path: kind.path, query });
			return pollContext.adapter.paging.items(body) ?? [];
		},
		since: (pollContext, after) =>
			pagesOf(
				pollContext,
				kind.path,
				0,
				after ? { filter: filterBy(kind.time, 'greaterThan', after) } : {},
			),
		oldestFirst: false,
		// A job keeps its id from run to run.
		id: (job) => `${text(job.instanceUid)}/${text(job[kind.time])}`,
		time: (job) => job[kind.time],
		result: (job) => resultOf(kind, job),
		isOver: (job) => resultOf(kind, job) !== undefined,
		run: ({ options }, job) => {
			const result = resultOf(kind, job);
			if (!result || !isWantedCompany(options, organizationOf(job))) return undefined;
			const endTime = kind.endTime(job);
			return {
				id: `${text(job.instanceUid)}/${text(job[kind.time])}`,
				jobId: text(job.instanceUid),
				name: text(job.name),
				type: kind.type,
				result,
				message: kind.message(job),
				...(endTime ? { endTime } : {}),
				details: kind.details(job),
			};
		},
		willBeRetried: () => false,
		reasons: async (_, job) => kind.reasons(job),
	});

const LISTS = JOB_KINDS.map((kind) => ({ kind, event: runsOf(kind) }));

const picked = ({ options }: PollContext) => {
	const kinds = listOf(options[KINDS]);
	return LISTS.filter(({ kind }) => kinds.includes(kind.value));
};

/** A watch as the core reads its options, with those that this product does not offer. */
const complete = (pollContext: PollContext, remainingItems: number): PollContext => ({
	...pollContext,
	remainingItems,
	options: { ...pollContext.options, includeReasons: true, onlyAfterLastRetry: false },
});

/**
 * Jobs of all three kinds when a run is over. The lists know the last run of a job only: of two that
 * end between two polls the later one is told.
 */
export const jobFinished = withCompany(
	{
		...described,
		poll: async (pollContext, before) => {
			const known = (before ?? {}) as Record<string, unknown>;
			const memory: Record<string, unknown> = {};
			const notifications: Notification[] = [];
			let unfinished = false;
			for (const { kind, event } of picked(pollContext)) {
				const remainingItems = pollContext.remainingItems - notifications.length;
				// What there is no room for is asked with the next poll.
				if (remainingItems <= 0 && known[kind.value] !== undefined) {
					memory[kind.value] = known[kind.value];
					unfinished = true;
					continue;
				}
				const outcome = await event.poll(complete(pollContext, remainingItems), known[kind.value]);
				memory[kind.value] = outcome.memory;
				notifications.push(...outcome.notifications);
				unfinished ||= outcome.unfinished === true;
			}
			return { notifications, memory, ...(unfinished ? { unfinished: true as const } : {}) };
		},
		sample: async (pollContext) => {
			for (const { event } of picked(pollContext)) {
				const notification = await event.sample(complete(pollContext, 1));
				if (notification) return notification;
			}
			return undefined;
		},
	},
	{ organization: (_, job) => organizationOf(job) },
);

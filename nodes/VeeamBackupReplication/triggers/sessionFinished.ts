import type { IDataObject } from 'n8n-workflow';

import {
	finishedRunsEvent,
	runFields,
	type FailingJobs,
} from '../../shared/monitoring/finishedRuns';
import { listOf } from '../../shared/monitoring/options';
import type { PollContext } from '../../shared/monitoring/pollContext';
import type { QueryValue } from '../../shared/http/types';
import { reasonsByObject, resultOf } from '../model/failureReasons';
import { isKnown } from '../model/catalogueFacts';
import { willBeRetried } from '../model/retries';
import {
	documentedTypes,
	endTimeOf,
	hasEnd,
	isOver,
	isUndocumented,
	jobIdOf,
	knownTypes,
	PATH,
	runResultOf,
	typeFilter,
} from '../model/sessions';
import { BACKUP_TYPES, jobNameOf, kindOf } from '../model/sessionTypes';
import { isJobless } from '../model/jobFinder';
import { SESSION_TYPES } from './choices';
import { jobPages } from './jobPages';
import { pagesWithJobs, withJobs } from './sessionJobs';
import { isNoId, same, textOf } from '../model/text';

/** Pages of what the server's filters leave out, in one poll. */
const PAGES_LEFT_OUT = 3;

/** Sessions of jobs and of other work, when they are over. */
export const sessionFinished = finishedRunsEvent(
	{
		value: 'sessionFinished',
		name: 'Session Finished',
		action: 'On job or other session finished or failed',
		short: 'Session',
		description: 'A job or other work has ended: failed, with warnings or successfully',
		...runFields('sessionFinished', 'getJobs', [
			{
				displayName: 'Session Type Names or IDs',
				name: 'sessionFinishedTypes',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getSessionTypes' },
				default: [...BACKUP_TYPES],
				description:
					'Which kinds of work count; all if empty. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
		]),
		// What is picked at first is every kind of backup, whatever a version calls it.
		needsValues: { field: 'sessionFinishedTypes', ...SESSION_TYPES, isUsualComplete: true },
	},
	{
		newest: async (pollContext) => {
			const query = { ...over(pollContext), orderColumn: 'EndTime', orderAsc: false, limit: 20 };
			return await withJobs(pollContext, await pollContext.list({ path: PATH, query }));
		},
		since: (pollContext, after, { jobs }, { lookBack }) =>
			pagesWithJobs(
				pollContext,
				pollContext.pages(
					{
						method: 'GET',
						path: PATH,
						query: {
							...over(pollContext),
							// A late success matters while a job fails: it may be the end of it.
							...(lookBack && Object.keys(jobs).length === 0 ? resultFilter(pollContext) : {}),
							endedAfterFilter: after,
							orderColumn: 'EndTime',
							orderAsc: true,
						},
					},
					{ orderedBy: ({ endTime }) => endTime },
				),
			),
		leftOut: readLeftOut,
		oldestFirst: true,
		objectId: objectIdOf,
		id: ({ id }) => String(id),
		time: endTimeOf,
		result: runResultOf,
		isOver,
		run: ({ options, client }, session) => {
			const result = runResultOf(session);
			if (!result || !isPicked(client, listOf(options.sessionFinishedTypes), session))
				return undefined;
			return {
				id: String(session.id),
				jobId: objectIdOf(session),
				name: jobNameOf(session),
				type: kindOf(session),
				result,
				message: resultOf(session).message,
				endTime: endTimeOf(session),
				details: { sessionType: session.sessionType ?? null },
			};
		},
		willBeRetried: (pollContext, session) =>
			isNoId(session.jobId) ? false : willBeRetried(pollContext, session),
		reasons: async ({ client }, session) => await reasonsByObject(client, session),
		isTypeWanted: ({ options, client }, type) => {
			const types = listOf(options.sessionFinishedTypes);
			const isKind = (sessionType: string) => kindOf({ sessionType }) === type;
			if (types.length === 0 || types.some(isKind)) return true;
			return areBackups(types) && isUndocumentedKind(client, type);
		},
		jobIds: async (pollContext) => {
			const ids: string[] = [];
			for await (const { items } of jobPages(pollContext, 0))
				ids.push(...items.map(({ id }) => textOf(id)));
			return ids;
		},
	},
);

/** A run of a job that no list has is known by its name: so its success ends the problem. */
function objectIdOf(session: IDataObject): string {
	return isJobless(session) ? jobNameOf(session) : jobIdOf(session);
}

/** All that is called a backup: then work of a kind that nobody knows counts, too. */
const areBackups = (types: string[]): boolean =>
	BACKUP_TYPES.every((one) => types.some((type) => same(type, one)));

const isPicked = (client: PollContext['client'], types: string[], session: IDataObject): boolean =>
	types.length === 0 ||
	(types.some((type) => same(session.sessionType, type)) && !isStray(client, session)) ||
	(areBackups(types) && isUndocumented(client, session));

/** Work of no job and of a type that the version does not have: older ones call runs of jobs so. */
const isStray = (client: PollContext['client'], { jobId, sessionType }: IDataObject): boolean =>
	isNoId(jobId) && knownTypes(client, [textOf(sessionType)]).length === 0;

const isUndocumentedKind = (client: PollContext['client'], kind: string): boolean =>
	!documentedTypes(client).some((sessionType) => kindOf({ sessionType }) === kind);

/**
 * Sessions without an end, which no filter and no order by the end finds; and, where all backups are
 * picked, those of undocumented types, which the server cannot be asked for. The youngest come first.
 */
async function readLeftOut(
	pollContext: PollContext,
	after: string,
	{ jobs }: FailingJobs,
): Promise<IDataObject[]> {
	const { client, options } = pollContext;
	const types = listOf(options.sessionFinishedTypes);
	// The success that ends such a job's problem has to be found, too.
	const isOpen = Object.values(jobs).some(
		([, , , , kind]) => kind && isUndocumentedKind(client, kind),
	);
	const found: IDataObject[] = [];
	let pages = 0;
	const all = pagesWithJobs(
		pollContext,
		pollContext.pages(
			{
				method: 'GET',
				path: PATH,
				query: {
					stateFilter: 'Stopped',
					...(areBackups(types) ? {} : typeFilter(client, types)),
					...(isOpen ? {} : resultFilter(pollContext)),
					createdAfterFilter: after,
					orderColumn: 'CreationTime',
					orderAsc: false,
				},
			},
			{ orderedBy: ({ creationTime }) => creationTime },
		),
	);
	for await (const { items } of all) {
		found.push(...items.filter((one) => !hasEnd(one) || isUndocumented(client, one)));
		if (++pages >= PAGES_LEFT_OUT || pollContext.isExpired()) break;
	}
	return found.filter((session) => isPicked(client, types, session));
}

/**
 * Late sessions matter where they are to be reported, and where they count as failures in a row.
 */
function resultFilter(pollContext: PollContext): Record<string, QueryValue> {
	const takesList = isKnown(pollContext, `GET ${PATH}`, { name: 'resultFilter', isList: true });
	const wanted = listOf(pollContext.options.sessionFinishedResults);
	if (!takesList || wanted.includes('Success')) return {};
	return { resultFilter: ['Failed', 'Warning'] };
}

/** What the server can filter itself. */
const over = ({ options, client }: PollContext): Record<string, QueryValue> => ({
	stateFilter: 'Stopped',
	...typeFilter(client, listOf(options.sessionFinishedTypes)),
});

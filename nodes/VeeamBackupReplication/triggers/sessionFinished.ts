import { finishedRunsEvent, runFields } from '../../shared/monitoring/finishedRuns';
import { listOf } from '../../shared/monitoring/options';
import type { PollContext } from '../../shared/monitoring/pollContext';
import type { QueryValue } from '../../shared/http/types';
import { readFailureReasons, resultOf } from '../model/failureReasons';
import { isKnown } from '../model/catalogueFacts';
import { willBeRetried } from '../model/retries';
import { isOver, jobIdOf, PATH, runResultOf, typeFilter } from '../model/sessions';
import { BACKUP_TYPES, jobNameOf, kindOf } from '../model/sessionTypes';
import { jobPages } from './jobPages';
import { same, textOf } from '../model/text';

/** Sessions of jobs and of other work, when they are over. */
export const sessionFinished = finishedRunsEvent(
	{
		value: 'sessionFinished',
		name: 'Session Finished',
		action: 'On job or other session finished or failed',
		short: 'Session',
		description: 'A job or other work has ended: failed, with warnings or well',
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
	},
	{
		newest: async (pollContext) => {
			const query = { ...over(pollContext), orderColumn: 'EndTime', orderAsc: false, limit: 20 };
			return await pollContext.list({ path: PATH, query });
		},
		since: (pollContext, after, { jobs }, { lookBack }) =>
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
		oldestFirst: true,
		objectId: jobIdOf,
		id: ({ id }) => String(id),
		time: ({ endTime }) => endTime,
		result: runResultOf,
		isOver,
		run: ({ options }, session) => {
			const types = listOf(options.sessionFinishedTypes);
			const result = runResultOf(session);
			if (!result || (types.length > 0 && !types.some((type) => same(session.sessionType, type))))
				return undefined;
			return {
				id: String(session.id),
				jobId: jobIdOf(session),
				name: jobNameOf(session),
				type: kindOf(session),
				result,
				message: resultOf(session).message,
				endTime: String(session.endTime),
				details: { sessionType: session.sessionType ?? null },
			};
		},
		willBeRetried: (pollContext, session) =>
			jobIdOf(session) === session.id ? false : willBeRetried(pollContext, session),
		reasons: async ({ client }, session) =>
			(await readFailureReasons(client, session, { logs: 'ifNeeded', detailed: 50 })).map(
				({ objectName, result, reasons }) => ({ object: objectName, result, reasons }),
			),
		isTypeWanted: ({ options }, type) => {
			const types = listOf(options.sessionFinishedTypes);
			return types.length === 0 || types.some((sessionType) => kindOf({ sessionType }) === type);
		},
		jobIds: async (pollContext) => {
			const ids: string[] = [];
			for await (const { items } of jobPages(pollContext, 0))
				ids.push(...items.map(({ id }) => textOf(id)));
			return ids;
		},
	},
);

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

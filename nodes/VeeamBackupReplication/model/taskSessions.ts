import type { IDataObject } from 'n8n-workflow';

import type { ReadFields } from '../../shared/catalogue/readFields';
import { HOUR, readTime } from '../../shared/common/time';
import { iso } from '../../shared/report/assess';
import type { PageReader } from '../../shared/report/pageReader';
import { textOf } from './text';
import { isResult, sizesIn, type RunSizes } from './sessions';

/** Before 1.2-rev1 no version has them. */
export const PATH = '/api/v1/taskSessions';

export const reads: ReadFields[] = [
	{
		operation: `GET ${PATH}`,
		fields: [...['id', 'sessionId', 'endTime', 'progress.readSize', 'progress.transferredSize']],
		without: 'sessions speak for themselves (before 1.2-rev1)',
	},
];

const MOST = 100_000;

/**
 * Objects that failed or warned, by session: of the whole time the runs took, joined here, because
 * the server's filter by session type has been seen to match nothing.
 */
export async function readTasks(
	reader: PageReader,
	runs: IDataObject[],
): Promise<{ bySession: Map<string, IDataObject[]>; isWhole: boolean }> {
	const begun = runs.flatMap(({ creationTime }) => readTime(creationTime) ?? []);
	const since = begun.reduce((a, b) => Math.min(a, b), Infinity);
	const { items, isWhole } = await reader.read(
		{
			method: 'GET',
			path: PATH,
			query: {
				...(Number.isFinite(since) ? { endedAfterFilter: iso(since - HOUR) } : {}),
				orderColumn: 'EndTime',
				orderAsc: false,
			},
		},
		MOST,
	);
	const bySession = new Map<string, IDataObject[]>();
	for (const task of items) {
		if (!isResult(task, 'Failed', 'Warning')) continue;
		const id = textOf(task.sessionId);
		bySession.set(id, [...(bySession.get(id) ?? []), task]);
	}
	return { bySession, isWhole };
}

/**
 * What the sessions of a period read and sent, by session: the sum of their tasks, in one request.
 *
 * @param from milliseconds since 1970
 */
export async function readTaskSizes(
	reader: PageReader,
	from: number,
): Promise<{ bySession: Map<string, RunSizes>; isWhole: boolean }> {
	const { items, isWhole } = await reader.read(
		{
			method: 'GET',
			path: PATH,
			query: { endedAfterFilter: iso(from), orderColumn: 'EndTime', orderAsc: false },
		},
		MOST,
	);
	const bySession = new Map<string, RunSizes>();
	for (const task of items) {
		const sizes = sizesIn(task.progress);
		if (!sizes) continue;
		const id = textOf(task.sessionId);
		bySession.set(id, addSizes(bySession.get(id), sizes));
	}
	return { bySession, isWhole };
}

const sum = (a: number | undefined, b: number | undefined): number | undefined =>
	a === undefined ? b : b === undefined ? a : a + b;

/** What is not known of one of them is left out of the sum. */
export function addSizes(a: RunSizes | undefined, b: RunSizes | undefined): RunSizes {
	const [read, transferred] = [sum(a?.read, b?.read), sum(a?.transferred, b?.transferred)];
	return {
		...(read === undefined ? {} : { read }),
		...(transferred === undefined ? {} : { transferred }),
	};
}

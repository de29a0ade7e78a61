import type { IDataObject } from 'n8n-workflow';

import { exampleOf, type Examined, type Facts } from './incidents';
import type { PollContext } from './pollContext';
import { changeOf, meet } from './snapshotCompare';
import { entriesOf, wanted, type SnapshotDiff, type SnapshotState } from './snapshotTypes';
import { EXAMPLE, type Notification } from './types';

/** Of the first page: an object that is wrong; else one that could be, reported as if it were. */
export async function sample(
	pollContext: PollContext,
	states: SnapshotDiff,
): Promise<Notification | undefined> {
	const emitted: Notification[] = [];
	const begun: SnapshotState = { entries: {}, pass: 1, begun: 'sample' };
	const entries = entriesOf(states, begun);
	const loud = { ...pollContext, common: { ...pollContext.common, emitCurrentProblems: true } };
	for await (const { items } of states.pages(pollContext, 0)) {
		for (const record of items)
			emitted.push(...(await meet(loud, states, begun, entries, record)).notifications);
		const problem = emitted.find(({ transition }) => transition === 'problem');
		return problem ?? emitted[0] ?? (await example(pollContext, states, items));
	}
	return undefined;
}

async function example(
	pollContext: PollContext,
	states: SnapshotDiff,
	records: IDataObject[],
): Promise<Notification | undefined> {
	const all = records.flatMap((record): Examined[] => {
		const named = states.object(record, pollContext.options);
		if (!named || named.isLeftOut) return [];
		const { id, name, scope } = named;
		const object = { id, name, ...(scope === undefined ? {} : { scope }), type: states.type };
		const facts: Facts = { options: pollContext.options, now: pollContext.serverNow() };
		facts.kept = states.keep?.(record, undefined, facts);
		return [{ record, object, facts }];
	});
	const conditions = wanted(states.conditions, pollContext);
	const [said] = conditions.flatMap((condition) =>
		all
			.filter(
				({ record, facts }) =>
					condition.isSaid?.(record, facts) ?? condition.level(record, 0, facts) !== undefined,
			)
			.map((examined) => ({ condition, examined })),
	);
	const examined = said?.examined ?? all[0];
	if (!examined) return undefined;
	const { record } = examined;
	const condition = said?.condition ?? conditions[0];
	const tracked = wanted(states.tracked, pollContext).find(
		({ value }) => (value(record) ?? null) !== null,
	);
	const change = { was: null, identify: () => 'example', past: {} };
	const notification = condition
		? exampleOf(condition, examined)
		: tracked && changeOf(tracked, examined, { ...change, is: tracked.value(record) ?? null });
	if (!notification) return undefined;
	notification.message = `${EXAMPLE}${notification.message}`;
	notification.details = await states.details?.(pollContext, record, notification);
	return notification;
}
